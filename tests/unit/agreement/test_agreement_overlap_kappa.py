"""Links by overlap: greedy, largest first, and the results of the method's own program."""

from __future__ import annotations

import json
from pathlib import Path

import numpy as np
import pytest

from ssp_coder.agreement.overlap_kappa import overlap_agreement
from ssp_coder.agreement.tracks import Bouts, bouts_from
from ssp_coder.domain.time import micros

EXAMPLES = Path(__file__).parents[3] / "schemas" / "checks" / "worked_examples.json"


def naive(a: Bouts, b: Bouts) -> list[tuple[int, int, float]]:
    """Every pair looked at, taken by overlap, then by the lower place of B, then of A."""
    found = []
    for i in range(len(a)):
        for j in range(len(b)):
            shared = min(a.ends[i], b.ends[j]) - max(a.starts[i], b.starts[j])
            longer = max(a.ends[i] - a.starts[i], b.ends[j] - b.starts[j])
            if shared > 0:
                found.append((-(int(shared) / int(longer)), j, i))
    taken_a: set[int] = set()
    taken_b: set[int] = set()
    linked = []
    for share, j, i in sorted(found):
        if i not in taken_a and j not in taken_b:
            taken_a.add(i)
            taken_b.add(j)
            linked.append((i, j, -share))
    return linked


def drawn(random: np.random.Generator) -> Bouts:
    starts = random.integers(0, 100, int(random.integers(0, 15)))
    return bouts_from(
        [(int(at), int(at + random.integers(0, 15)), int(random.integers(0, 3))) for at in starts]
    )


def test_links_equal_a_plain_search_also_where_states_of_one_coder_overlap() -> None:
    random = np.random.default_rng(21)
    for _ in range(500):
        a, b = drawn(random), drawn(random)
        found = overlap_agreement(a, b, 3, 0.6)
        expected = naive(a, b)
        assert found.pairs == tuple(sorted((i, j) for i, j, share in expected if share >= 0.6))
        assert found.weak == tuple(sorted((i, j) for i, j, share in expected if share < 0.6))


def test_a_weak_link_uses_up_both_events_and_counts_for_neither() -> None:
    a, b = bouts_from([(0, 10, 0)]), bouts_from([(5, 15, 0)])
    found = overlap_agreement(a, b, 1, 0.6)
    assert found.weak == ((0, 0),)
    assert found.table.tolist() == [[0, 1], [1, 0]]


def test_just_the_smallest_overlap_is_enough() -> None:
    a, b = bouts_from([(0, 10, 0)]), bouts_from([(0, 6, 0)])
    assert overlap_agreement(a, b, 1, 0.6).pairs == ((0, 0),)
    assert overlap_agreement(a, b, 1, 0.61).pairs == ()


def test_states_that_only_touch_or_have_no_length_are_not_linked() -> None:
    a = bouts_from([(0, 10, 0), (20, 20, 0)])
    b = bouts_from([(10, 20, 0), (20, 20, 0)])
    found = overlap_agreement(a, b, 1, 0.6)
    assert found.pairs == found.weak == ()
    assert (found.misses, found.false_alarms) == (2, 2)


def test_nothing_is_linked_with_nothing() -> None:
    some, none = bouts_from([(0, 10, 0)]), bouts_from([])
    assert overlap_agreement(some, none, 2, 0.6).table.tolist() == [[0, 0, 1], [0, 0, 0], [0, 0, 0]]
    assert overlap_agreement(none, some, 2, 0.6).false_alarms == 1
    assert overlap_agreement(none, none, 2, 0.6).kappa.n == 0


def published() -> list[dict]:
    rows = json.loads(EXAMPLES.read_text(encoding="utf-8"))
    return [row for row in rows if row["kind"] == "timed_events"]


@pytest.mark.parametrize("row", published(), ids=lambda row: row["id"])
def test_the_results_of_the_authors_program_are_reproduced(row: dict) -> None:
    given, wanted = row["input"], row["expected"]
    a, b = (
        bouts_from(
            [(micros(str(on)), micros(str(off)), int(code)) for on, off, code in given[coder]]
        )
        for coder in ("coder1", "coder2")
    )
    codes = given["codes"] if isinstance(given["codes"], int) else len(given["codes"])
    kappa = overlap_agreement(a, b, codes, given["overlap"]).kappa
    got = {
        "easydiag_kappa": kappa.kappa.value,
        "easydiag_kappa_max": kappa.kappa_max.value,
        "easydiag_p_o": kappa.p_o.value,
    }
    for name, value in wanted.items():
        assert got[name] == pytest.approx(value, abs=row["tolerance"])
