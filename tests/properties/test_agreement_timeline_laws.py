"""Laws of agreement on timelines, whatever two coders did."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from ssp_coder.agreement.alignment import Onsets, aligned, alignment_agreement
from ssp_coder.agreement.bootstrap import resampled
from ssp_coder.agreement.estimate import Undefined
from ssp_coder.agreement.interval_agreement import interval_agreement
from ssp_coder.agreement.ipf import expected
from ssp_coder.agreement.kappa import kappa_of
from ssp_coder.agreement.linked import LinkedAgreement
from ssp_coder.agreement.onsets import onset_agreement
from ssp_coder.agreement.overlap_kappa import overlap_agreement
from ssp_coder.agreement.protocol import Protocol
from ssp_coder.agreement.raster import UNSEEN, Units, tally, units_of
from ssp_coder.agreement.time_units import readings, time_agreement
from ssp_coder.agreement.tracks import Bouts, Stretch, bouts_from
from ssp_coder.domain.time import Micros

CODES, END = 3, 120
PROTOCOL = Protocol(
    unit_us=Micros(4), tolerance_us=Micros(8), block_us=Micros(20), resamples=30, seed=1
)


@st.composite
def states(draw: st.DrawFn) -> list[tuple[int, int, int]]:
    """States of an exclusive group, some of them without length."""
    edges = sorted(draw(st.lists(st.integers(0, END), max_size=12)))
    return [
        (start, end, draw(st.integers(0, CODES - 1)))
        for start, end in zip(edges[::2], edges[1::2], strict=False)
    ]


@st.composite
def windows(draw: st.DrawFn) -> Stretch:
    edges = sorted(draw(st.lists(st.integers(0, END), max_size=4, unique=True)))
    blind = list(zip(edges[::2], edges[1::2], strict=False))
    return Stretch(start_us=0, end_us=END, blind=np.array(blind, np.int64).reshape(-1, 2))


PLAIN = Stretch(start_us=0, end_us=END)
both = st.tuples(states(), states()).map(lambda two: (bouts_from(two[0]), bouts_from(two[1])))


def cut(a: Bouts, b: Bouts, window: Stretch) -> Units:
    return units_of(a, b, window, PROTOCOL.unit_us, CODES)


@given(both, st.integers(0, 60))
def test_a_tolerance_never_lowers_agreement(pair: tuple[Bouts, Bouts], tolerance: int) -> None:
    exact, forth, back = readings(cut(*pair, PLAIN), tolerance)
    agreed = [np.trace(tally(*one, CODES + 1)) for one in (exact, forth, back)]
    assert agreed[0] <= min(agreed[1:])


@given(both, windows())
def test_no_tolerance_is_plain_kappa(pair: tuple[Bouts, Bouts], window: Stretch) -> None:
    units = cut(*pair, window)
    plain = kappa_of(tally(units.a, units.b, units.k))
    for own, other in readings(units, 0):
        assert kappa_of(tally(own, other, units.k)) == plain


@given(both, windows())
def test_cells_of_time_are_the_sum_of_their_spans(
    pair: tuple[Bouts, Bouts], window: Stretch
) -> None:
    units = cut(*pair, window)
    table = tally(units.a, units.b, units.k)
    for (i, j), count in np.ndenumerate(table):
        assert sum(span.length_us for span in units.spans(i, j)) == count * units.unit_us
    assert table.sum() == (units.a != UNSEEN).sum()


@given(both, st.permutations(range(CODES)))
def test_other_names_of_the_codes_change_no_figure(
    pair: tuple[Bouts, Bouts], names: list[int]
) -> None:
    renamed = [
        bouts_from(
            [
                (start, end, names[code])
                for start, end, code in zip(
                    one.starts.tolist(), one.ends.tolist(), one.codes.tolist(), strict=True
                )
            ]
        )
        for one in pair
    ]
    same(cut(*pair, PLAIN), cut(renamed[0], renamed[1], PLAIN))
    # States without length may share an onset; then only their order tells which comes first.
    if all(len(set(one.starts.tolist())) == len(one) for one in pair):
        before, after = (overlap_agreement(*two, CODES, 0.6) for two in (pair, renamed))
        assert before.kappa.kappa.value == pytest.approx(after.kappa.kappa.value)
        assert before.table.sum() == after.table.sum()


def same(one: Units, other: Units) -> None:
    left, right = (time_agreement(units, PROTOCOL) for units in (one, other))
    for name in ("exact", "forth", "back"):
        before, after = getattr(left, name).kappa, getattr(right, name).kappa
        assert before.undefined == after.undefined
        assert before.value == pytest.approx(after.value)
        assert before.low == pytest.approx(after.low, abs=1e-9)


@given(both, windows())
def test_changing_sides_changes_no_kappa(pair: tuple[Bouts, Bouts], window: Stretch) -> None:
    a, b = pair
    there = time_agreement(cut(a, b, window), PROTOCOL)
    back = time_agreement(cut(b, a, window), PROTOCOL)
    assert there.exact.kappa.value == pytest.approx(back.exact.kappa.value)
    assert there.forth.kappa.value == pytest.approx(back.back.kappa.value)
    assert there.mean.value == pytest.approx(back.mean.value)


@given(states())
def test_whoever_repeats_himself_agrees_with_himself(rows: list[tuple[int, int, int]]) -> None:
    one = bouts_from(rows)
    time = time_agreement(cut(one, one, PLAIN), PROTOCOL).exact.kappa
    aligned_events = alignment_agreement(one, one, CODES, 10)
    for kappa in (time, aligned_events.kappa.kappa):
        assert kappa.undefined is not None or kappa.value == pytest.approx(1.0)
    assert aligned_events.misses == aligned_events.false_alarms == 0


@given(both, st.integers(0, 40), st.sampled_from([0.3, 0.6, 1.0]))
def test_every_event_stands_in_the_table_once(
    pair: tuple[Bouts, Bouts], tolerance: int, overlap: float
) -> None:
    a, b = pair
    for found in (
        alignment_agreement(a, b, CODES, tolerance),
        overlap_agreement(a, b, CODES, overlap),
    ):
        assert found.table.sum() == len(a) + len(b)
        assert found.table[-1, -1] == 0
        check_cells(found)
        check_chance(found)


def check_cells(found: LinkedAgreement) -> None:
    for (row, column), count in np.ndenumerate(found.table):
        if (row, column) != (CODES, CODES):
            items = found.items(row, column)
            assert sum(1 if None in item else 2 for item in items) == count


def check_chance(found: LinkedAgreement) -> None:
    """The fitted table has the same margins, nothing at nil-nil, and a finite kappa or none."""
    fitted = expected(found.table)
    for axis in (0, 1):
        assert fitted.sum(axis=axis) == pytest.approx(found.table.sum(axis=axis))
    assert fitted[-1, -1] == 0
    kappa = found.kappa.kappa
    assert kappa.value is None or (np.isfinite(kappa.value) and kappa.value <= 1 + 1e-12)


@given(both)
def test_events_that_only_one_coder_has_are_all_alone(pair: tuple[Bouts, Bouts]) -> None:
    a, _ = pair
    found = alignment_agreement(a, bouts_from([]), CODES, 10)
    assert found.misses == len(a)
    assert found.pairs == ()
    wanted = Undefined.NOTHING if not len(a) else None
    assert found.linked.undefined is wanted


times = st.lists(st.integers(0, 60), max_size=8, unique=True).map(sorted)


@given(times, times, st.integers(0, 20), st.data())
def test_a_wider_reach_never_costs_a_pair_of_the_same_code(
    first: list[int], second: list[int], tolerance: int, data: st.DataObject
) -> None:
    codes = st.lists(st.just(0), min_size=8, max_size=8)
    a = Onsets(first, data.draw(codes)[: len(first)])
    b = Onsets(second, data.draw(codes)[: len(second)])
    assert len(aligned(a, b, tolerance)) <= len(aligned(a, b, tolerance + 5))


@given(st.integers(1, 12), st.integers(-9, 9), st.integers(0, 3))
def test_a_constant_lag_below_half_the_distance_shifts_only_the_median(
    count: int, lag: int, code: int
) -> None:
    at = [100 + 21 * place for place in range(count)]
    a, b = (bouts_from([(t + shift, t + shift, code) for t in at]) for shift in (0, lag))
    found = onset_agreement(a, b, 4, (10,))[code]
    assert found.counts.f1.value == 1
    assert found.lags.median_us.value == lag


@given(both, windows(), st.integers(1, 50))
def test_intervals_are_counted_once_each(
    pair: tuple[Bouts, Bouts], window: Stretch, width: int
) -> None:
    found = interval_agreement(*pair, CODES, window, width)
    assert len({one.total.n for one in found}) == 1
    for one in found:
        assert one.table.sum() == one.total.n == one.exact_count.n
        assert one.occurrence.n + one.table[1, 1] == one.total.n


@given(st.integers(1, 20), st.integers(0, 1_000))
def test_summed_blocks_are_the_whole_and_seeds_repeat(blocks: int, seed: int) -> None:
    tables = np.random.default_rng(seed).integers(0, 30, (blocks, 2, 2)).astype(float)
    one, other = resampled(tables, 20, seed), resampled(tables, 20, seed)
    assert one.tobytes() == other.tobytes()
    assert resampled(tables[:1], 5, seed)[0].tolist() == tables[0].tolist()


@given(both, windows(), st.integers(4, 70))
def test_blocks_add_up_to_the_table(
    pair: tuple[Bouts, Bouts], window: Stretch, length: int
) -> None:
    units = cut(*pair, window)
    protocol = Protocol(
        unit_us=Micros(4), tolerance_us=Micros(8), block_us=Micros(length), resamples=5
    )
    found = time_agreement(units, protocol)
    for table, (own, other) in zip(found.tables, readings(units, 8), strict=True):
        assert table.tolist() == tally(own, other, units.k).tolist()
