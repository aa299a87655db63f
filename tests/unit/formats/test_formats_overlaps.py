from __future__ import annotations

from itertools import combinations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ssp_coder.domain.coding import Event
from ssp_coder.editing.events import overlaps
from ssp_coder.formats.errors import Faults, FormatError
from ssp_coder.formats.overlaps import described, find_overlaps, overlapping_pairs
from tests.fixtures.table_schemes import CAREGIVER, STRANGER, event, numbered, small_scheme

SCHEME = small_scheme()
STATES = st.lists(
    st.tuples(
        st.sampled_from(["distress.cry", "distress.none", "play.look", "seeking.reach"]),
        st.integers(0, 20),
        st.none() | st.integers(0, 6),
    ).map(
        lambda drawn: event(drawn[0], drawn[1], None if drawn[2] is None else drawn[1] + drawn[2])
    ),
    max_size=8,
)


def any_overlap(events: tuple[Event, ...]) -> bool:
    """Whether two exclusive states with a length share time, pair by pair."""
    states = [
        one
        for one in events
        if SCHEME.ethogram.group_of(one.code).exclusive and one.start_us != one.end_us
    ]
    return any(
        first.subject == second.subject
        and SCHEME.ethogram.group_of(first.code) == SCHEME.ethogram.group_of(second.code)
        and overlaps(first, second)
        for first, second in combinations(states, 2)
    )


@given(STATES)
def test_an_overlap_is_found_whenever_there_is_one(drawn: list[Event]) -> None:
    events = numbered(*drawn)
    assert bool(list(overlapping_pairs(events, SCHEME))) is any_overlap(events)


@given(STATES)
def test_every_pair_found_really_overlaps(drawn: list[Event]) -> None:
    for first, second in overlapping_pairs(numbered(*drawn), SCHEME):
        assert overlaps(first, second)
        assert first.id != second.id


def test_an_open_state_overlaps_all_that_follow() -> None:
    events = numbered(
        event("distress.cry", 1), event("distress.none", 5, 6), event("distress.fuss", 8, 9)
    )
    assert len(list(overlapping_pairs(events, SCHEME))) == 2


def test_two_persons_do_not_exclude_each_other() -> None:
    events = numbered(
        event("presence.in_room", 1, 9, subject=CAREGIVER),
        event("presence.in_room", 1, 9, subject=STRANGER),
    )
    assert list(overlapping_pairs(events, SCHEME)) == []


def test_an_event_is_described_by_code_and_onset() -> None:
    assert described(event("distress.cry", 1.5, 2)) == "distress.cry at 1.500000 s"


def test_the_later_states_line_is_the_place_and_the_earlier_one_is_named() -> None:
    faults = Faults("events.csv")
    events = numbered(event("distress.cry", 1, 5), event("distress.none", 4, 6))
    find_overlaps(events, (7, 3), SCHEME, faults)
    with pytest.raises(FormatError, match=r"^events\.csv, line 3: .* of line 7, and only one"):
        faults.refuse_if_any()
