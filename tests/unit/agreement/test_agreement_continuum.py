"""Alpha of units on a continuum: u-alpha by naive sums, alpha_U by a published example."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import permutations

import numpy as np
import pytest

from ssp_coder.agreement.continuum import Section, alpha_u, u_alpha
from ssp_coder.agreement.estimate import Undefined


def units(*spans: tuple[float, float, str]) -> tuple[Section, ...]:
    return tuple(Section(start=start, length=length, code=code) for start, length, code in spans)


def second_by_second(observer: Sequence[Section], length: int) -> list[str]:
    line = [""] * length
    for unit in observer:
        for second in range(int(unit.start), int(unit.end)):
            line[second] = unit.code
    return line


def naive_u_alpha(observers: Sequence[Sequence[Section]], length: int) -> tuple[float, float]:
    """Both figures from whole seconds, by the printed formula."""
    lines = [second_by_second(one, length) for one in observers]
    codes = [*sorted({code for line in lines for code in line} - {""}), ""]
    met = {(c, k): 0.0 for c in codes for k in codes}
    for one, other in permutations(lines, 2):
        for pair in zip(one, other, strict=True):
            met[pair] += 1 / (len(lines) - 1)
    long = {c: sum(met[c, k] for k in codes) for c in codes}
    whole = sum(long.values())
    fix = {c: sum(u.length**2 for one in observers for u in one if u.code == c) for c in codes}
    fix[""] = sum(line.count("") for line in lines)
    below = whole**2 - sum(fix.values())
    chance = {
        (c, k): whole * (long[c] * long[k] - (fix[c] if c == k else 0)) / below for c, k in met
    }
    nominal = 1 - (whole - sum(met[c, c] for c in codes)) / (
        sum(chance.values()) - sum(chance[c, c] for c in codes)
    )
    real = [c for c in codes if c]
    return nominal, 1 - sum(met[c, ""] for c in real) / sum(chance[c, ""] for c in real)


def random_observers(seed: int) -> tuple[tuple[Section, ...], ...]:
    chance = np.random.default_rng(seed)
    observers = []
    for _ in range(int(chance.integers(2, 4))):
        at, spans = 0, []
        while True:
            start = at + int(chance.integers(0, 6))
            length = int(chance.integers(1, 8))
            if start + length > 60:
                break
            spans.append((start, length, "ab"[int(chance.integers(2))]))
            at = start + length
        observers.append(units(*spans))
    return tuple(observers)


@pytest.mark.parametrize("seed", range(12))
def test_u_alpha_is_that_of_whole_seconds(seed: int) -> None:
    observers = random_observers(seed)
    found = u_alpha(observers, 60)
    nominal, binary = naive_u_alpha(observers, 60)
    assert found.nominal.value == pytest.approx(nominal)
    assert found.binary.value == pytest.approx(binary)
    assert found.nominal.n == sum(map(len, observers))


def test_the_same_units_agree_completely() -> None:
    line = units((0, 4, "a"), (6, 3, "b"))
    found = u_alpha((line, line, line), 12)
    assert (found.nominal.value, found.binary.value) == (1, 1)


def test_only_gaps_are_nothing_to_compare() -> None:
    assert u_alpha(((), ()), 10).nominal.undefined is Undefined.NOTHING
    assert alpha_u(((), ()), 10).alpha.undefined is Undefined.NOTHING


def test_one_unit_over_everything_leaves_nothing_to_differ() -> None:
    everything = units((0, 10, "a"))
    assert u_alpha((everything, everything), 10).nominal.undefined is Undefined.ONE_CODE


def test_tenths_of_a_second_may_touch() -> None:
    line = units((0, 0.1, "a"), (0.1, 0.2, "b"), (0.3, 0.7, "a"))
    assert u_alpha((line, line), 1).nominal.value == pytest.approx(1)


KRIPPENDORFF = (
    units((75, 70, "c"), (220, 30, "c"), (30, 60, "k"), (150, 50, "k")),
    units((70, 80, "c"), (205, 20, "c"), (250, 20, "c"), (30, 60, "k"), (150, 50, "k")),
)


def test_the_older_alpha_comes_out_as_printed() -> None:
    found = alpha_u(KRIPPENDORFF, 300)
    c, k = found.by_code
    assert (c.code, k.code) == ("c", "k")
    assert c.observed == pytest.approx(0.0144, abs=1e-4)
    assert c.expected == pytest.approx(0.0532, abs=1e-4)
    assert c.alpha.value == pytest.approx(0.7286, abs=1e-4)
    assert c.alpha.n == 5


def test_over_all_codes_disagreements_are_summed_before_they_are_divided() -> None:
    found = alpha_u(KRIPPENDORFF, 300)
    observed = sum(one.observed for one in found.by_code)
    expected = sum(one.expected for one in found.by_code)
    assert found.alpha.value == pytest.approx(1 - observed / expected)
    assert found.alpha.n == 9


def test_a_code_marked_alike_has_no_disagreement() -> None:
    k = alpha_u(KRIPPENDORFF, 300).by_code[1]
    assert (k.observed, k.alpha.value) == (0, 1)


@pytest.mark.parametrize(
    ("observers", "length", "fact"),
    [
        ((units((0, 1, "a")),), 10, "1 observers cannot agree"),
        ((units((0, 3, "a"), (2, 3, "a")), ()), 10, "overlaps the one before"),
        ((units((8, 3, "a")), ()), 10, "does not lie in 0 to 10"),
        ((units((-1, 3, "a")), ()), 10, "does not lie"),
        ((units((1, 0, "a")), ()), 10, "does not lie"),
        ((units((0, 1, "a")), ()), 0, "length 0 holds nothing"),
    ],
)
def test_units_that_cannot_be_are_refused(
    observers: Sequence[Sequence[Section]], length: float, fact: str
) -> None:
    for figure in (u_alpha, alpha_u):
        with pytest.raises(ValueError, match=fact):
            figure(observers, length)


def test_units_of_different_codes_may_overlap_only_for_the_older_alpha() -> None:
    observers = (units((0, 5, "a"), (3, 5, "b")), units((0, 5, "a"), (3, 5, "b")))
    assert alpha_u(observers, 20).alpha.value == 1
    with pytest.raises(ValueError, match="overlaps"):
        u_alpha(observers, 20)
