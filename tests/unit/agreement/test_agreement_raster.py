"""Units of time: the code that covers the midpoint, and what was removed."""

from __future__ import annotations

import numpy as np
import pytest

from ssp_coder.agreement.raster import UNSEEN, raster, tallies, tally, units_of
from ssp_coder.agreement.tracks import Bouts, Stretch, bouts_from

NONE = 9


def stretch(start: int, end: int, *blind: tuple[int, int]) -> Stretch:
    return Stretch(start_us=start, end_us=end, blind=np.array(blind, dtype=np.int64).reshape(-1, 2))


def naive(events: list[tuple[int, int, int]], part: Stretch, unit: int) -> list[int]:
    """Unit after unit, event after event."""
    codes = []
    middle = part.start_us + unit // 2
    while middle < part.end_us:
        code = NONE
        for start, end, own in sorted(events):
            if start <= middle < end:
                code = own
        if any(low <= middle < high for low, high in part.blind.tolist()):
            code = UNSEEN
        codes.append(code)
        middle += unit
    return codes


def test_a_unit_has_the_code_that_covers_its_midpoint() -> None:
    bouts = bouts_from([(4, 15, 0), (15, 30, 1)])
    assert raster(bouts, stretch(0, 40), 10, NONE).tolist() == [0, 1, 1, NONE]


def test_a_state_that_ends_at_a_midpoint_does_not_cover_it() -> None:
    assert raster(bouts_from([(0, 5, 0)]), stretch(0, 10), 10, NONE).tolist() == [NONE]
    assert raster(bouts_from([(5, 6, 0)]), stretch(0, 10), 10, NONE).tolist() == [0]


def test_a_last_unit_without_midpoint_in_the_window_is_no_unit() -> None:
    assert len(raster(bouts_from([]), stretch(0, 25), 10, NONE)) == 2
    assert len(raster(bouts_from([]), stretch(0, 26), 10, NONE)) == 3


def test_the_grid_begins_with_the_window() -> None:
    bouts = bouts_from([(103, 113, 0)])
    assert raster(bouts, stretch(103, 133), 10, NONE).tolist() == [0, NONE, NONE]


def test_what_was_removed_has_no_code() -> None:
    bouts = bouts_from([(0, 10, 0), (30, 40, 0)])
    part = stretch(0, 40, (10, 30))
    assert raster(bouts, part, 10, NONE).tolist() == [0, UNSEEN, UNSEEN, 0]


def test_a_state_without_length_covers_nothing() -> None:
    assert raster(bouts_from([(5, 5, 0)]), stretch(0, 10), 10, NONE).tolist() == [NONE]


@pytest.mark.parametrize("end", [0, -10])
def test_an_empty_window_has_no_units(end: int) -> None:
    assert raster(bouts_from([]), stretch(0, end), 10, NONE).tolist() == []


def test_of_states_that_overlap_the_one_that_began_last_counts() -> None:
    bouts = bouts_from([(0, 40, 0), (10, 20, 1)])
    assert raster(bouts, stretch(0, 40), 10, NONE).tolist() == [0, 1, 0, 0]


def test_rasters_equal_a_plain_loop_in_many_random_cases() -> None:
    random = np.random.default_rng(3)
    for _ in range(300):
        start, unit = int(random.integers(0, 30)), int(random.integers(1, 12))
        part = stretch(start, start + int(random.integers(0, 200)))
        events = []
        for _ in range(int(random.integers(0, 12))):
            on = int(random.integers(part.start_us, part.end_us + 1))
            events.append((on, min(part.end_us, on + int(random.integers(0, 40))), 0))
        assert raster(bouts_from(events), part, unit, NONE).tolist() == naive(events, part, unit)


def test_a_tally_counts_pairs_of_codes_and_leaves_out_what_was_removed() -> None:
    a = np.array([0, 0, 1, UNSEEN, 2], np.int16)
    b = np.array([0, 1, 1, 2, UNSEEN], np.int16)
    assert tally(a, b, 3).tolist() == [[1, 1, 0], [0, 1, 0], [0, 0, 0]]


def test_tallies_of_groups_add_up_to_the_tally() -> None:
    random = np.random.default_rng(5)
    a, b = (random.integers(-1, 4, 500).astype(np.int16) for _ in range(2))
    groups = random.integers(0, 7, 500)
    assert np.array_equal(tallies(a, b, groups, (7, 4)).sum(axis=0), tally(a, b, 4))


def test_units_outside_of_all_groups_are_not_counted() -> None:
    codes = np.zeros(3, np.int16)
    assert tallies(codes, codes, np.array([0, -1, 1]), (2, 1)).ravel().tolist() == [1, 1]


def cut(a: Bouts, b: Bouts, part: Stretch) -> None:
    units = units_of(a, b, part, 10, 2)
    table = tally(units.a, units.b, units.k)
    for i in range(units.k):
        for j in range(units.k):
            spans = units.spans(i, j)
            assert sum(span.length_us for span in spans) == table[i, j] * 10
            assert all(span.length_us > 0 for span in spans)


def test_a_cell_of_the_table_is_the_sum_of_its_spans() -> None:
    a = bouts_from([(0, 37, 0), (37, 80, 1), (90, 120, 0)])
    b = bouts_from([(5, 30, 0), (30, 85, 1), (100, 140, 1)])
    cut(a, b, stretch(0, 150))
    cut(a, b, stretch(0, 150, (37, 90)))


def test_spans_of_a_cell_name_the_time_on_the_video() -> None:
    units = units_of(bouts_from([(100, 120, 0)]), bouts_from([]), stretch(100, 140), 10, 1)
    (span,) = units.spans(0, 1)
    assert (span.start_us, span.end_us) == (100, 120)


def test_blocks_hold_the_units_by_their_midpoints() -> None:
    units = units_of(bouts_from([]), bouts_from([]), stretch(7, 67), 10, 1)
    assert units.blocks(20).tolist() == [0, 0, 1, 1, 2, 2]


def test_an_event_that_ends_before_it_starts_is_refused() -> None:
    with pytest.raises(ValueError, match="an event ends at 5 us, before its start 9 us"):
        bouts_from([(0, 4, 0), (9, 5, 0)])
