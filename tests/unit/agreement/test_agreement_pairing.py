from __future__ import annotations

from itertools import permutations

from hypothesis import given
from hypothesis import strategies as st

from ssp_coder.agreement.comparison import Difference, DifferenceKind
from ssp_coder.agreement.pairing import differences
from ssp_coder.domain.coding import Event
from ssp_coder.domain.time import Micros
from tests.fixtures.table_schemes import event, numbered, small_scheme, us

SCHEME = small_scheme()
POINTS = st.lists(
    st.tuples(st.sampled_from(["seeking.reach", "seeking.lean"]), st.integers(0, 12)).map(
        lambda drawn: event(drawn[0], drawn[1] / 4)
    ),
    max_size=5,
)


def paired(
    reference: tuple[Event, ...], own: tuple[Event, ...], tolerance_us: Micros
) -> tuple[Difference, ...]:
    return differences(reference, own, SCHEME, (), tolerance_us)


def most_matches(
    reference: tuple[Event, ...], own: tuple[Event, ...], tolerance_us: Micros
) -> tuple[int, int]:
    """Most same-code pairs over every way to pair, with their least total lag."""
    few, many = sorted((reference, own), key=len)
    best = (0, 0)
    for chosen in permutations(many, len(few)):
        lags = [
            abs(one.start_us - other.start_us)
            for one, other in zip(few, chosen, strict=True)
            if one.code == other.code and abs(one.start_us - other.start_us) <= tolerance_us
        ]
        best = max(best, (len(lags), -sum(lags)))
    return best


@given(POINTS, POINTS, st.integers(0, 6))
def test_as_many_events_match_as_can_with_the_least_lag(
    reference: list[Event], own: list[Event], quarters: int
) -> None:
    tolerance = us(quarters / 4)
    first, second = numbered(*reference), numbered(*own)
    rows = paired(first, second, tolerance)
    lags = [abs(row.lag_us or 0) for row in rows if row.kind is DifferenceKind.MATCH]
    assert (len(lags), -sum(lags)) == most_matches(first, second, tolerance)


@given(POINTS, POINTS)
def test_nothing_is_left_alone_that_could_be_paired(
    reference: list[Event], own: list[Event]
) -> None:
    rows = paired(numbered(*reference), numbered(*own), us(1))
    missed = [row.reference for row in rows if row.kind is DifferenceKind.MISS]
    extra = [row.own for row in rows if row.kind is DifferenceKind.FALSE_ALARM]
    for one in missed:
        for other in extra:
            assert one is not None
            assert other is not None
            assert abs(one.start_us - other.start_us) > us(1)


@given(POINTS, POINTS)
def test_a_match_has_one_code_and_a_wrong_code_two(
    reference: list[Event], own: list[Event]
) -> None:
    for row in paired(numbered(*reference), numbered(*own), us(1)):
        if row.reference is not None and row.own is not None:
            same = row.reference.code == row.own.code
            assert same is (row.kind is DifferenceKind.MATCH)
            assert row.lag_us == row.own.start_us - row.reference.start_us


@given(POINTS)
def test_a_larger_tolerance_never_finds_fewer_matches(reference: list[Event]) -> None:
    first = numbered(*reference)
    moved = numbered(*(event(one.code, one.start_us / 1e6 + 0.6) for one in first))
    counts = [
        sum(row.kind is DifferenceKind.MATCH for row in paired(first, moved, us(seconds)))
        for seconds in (0, 0.5, 0.7, 2)
    ]
    assert counts == sorted(counts)
    assert counts[-1] == len(first)


def test_states_and_points_of_one_group_are_apart() -> None:
    rows = paired((event("play.look", 1, 2),), (event("play.look", 1.5, 4),), us(1))
    (row,) = rows
    assert (row.kind, row.lag_us, row.end_lag_us) == (DifferenceKind.MATCH, 500_000, 2_000_000)
    assert row.ends_apart


def test_a_state_that_ends_at_once_still_has_an_end() -> None:
    (row,) = paired((event("play.look", 1, 1),), (event("play.look", 1, 4),), us(1))
    assert row.end_lag_us == 3_000_000


def test_rows_come_in_order_of_the_earlier_onset() -> None:
    reference = numbered(event("seeking.reach", 5), event("seeking.reach", 9))
    own = numbered(event("seeking.reach", 4.5), event("seeking.lean", 7))
    rows = paired(reference, own, us(1))
    assert [row.at_us for row in rows] == [us(4.5), us(7), us(9)]
