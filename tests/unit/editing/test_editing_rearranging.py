"""Changing, adding, splitting and merging several events in one step."""

from __future__ import annotations

from dataclasses import replace

import pytest

from ssp_coder.editing.change import difference, with_change
from ssp_coder.editing.edits import (
    AddEvents,
    ChangeEvent,
    ChangeEvents,
    CloseEvent,
    MergeEvents,
    SplitEvent,
)
from ssp_coder.editing.refusal import EditRefusedError
from tests.builders import add, after, coding, s, spans_of

PLAY = "play_explore.manipulation"


def refused(value, edit) -> str:
    """The code of the refusal."""
    with pytest.raises(EditRefusedError) as caught:
        after(value, edit)
    return caught.value.finding.code


def playing(*starts: float, length: float = 2):
    """A coding with a state that is not exclusive at each of the starts."""
    return after(coding(), *(add(PLAY, start, end=start + length) for start in starts))


class TestChangingSeveral:
    def test_all_are_moved_in_one_step(self) -> None:
        value = playing(10, 20)
        moved = tuple(
            replace(event, start_us=event.start_us + s(1), end_us=event.end_us + s(1))
            for event in value.events
        )
        assert spans_of(after(value, ChangeEvents(events=moved))) == [
            (PLAY, 11.0, 13.0),
            (PLAY, 21.0, 23.0),
        ]

    def test_states_of_an_exclusive_group_may_swap_places(self) -> None:
        value = after(coding(), add("distress.none", 0), add("distress.cry", 10))
        value = after(value, CloseEvent(event=2, at_us=s(20)))
        none, cry = value.events
        swapped = (
            replace(none, start_us=s(10), end_us=s(20)),
            replace(cry, start_us=s(0), end_us=s(10)),
        )
        assert spans_of(after(value, ChangeEvents(events=swapped))) == [
            ("distress.cry", 0.0, 10.0),
            ("distress.none", 10.0, 20.0),
        ]

    def test_one_that_would_overlap_refuses_them_all(self) -> None:
        value = after(coding(), add("distress.none", 0), add("distress.cry", 10))
        none, cry = value.events
        wrong = (replace(none, comment="quiet"), replace(cry, start_us=s(5)))
        assert refused(value, ChangeEvents(events=wrong)) == "event.overlap"

    def test_an_unknown_event_and_one_named_twice_are_refused(self) -> None:
        value = playing(10)
        (event,) = value.events
        twice = ChangeEvents(events=(event, event))
        assert refused(value, twice) == "event.named_twice"
        strange = ChangeEvents(events=(replace(event, id=99),))
        assert refused(value, strange) == "event.unknown"

    def test_a_point_keeps_no_length(self) -> None:
        value = after(coding(), add("seeking.reach", 5))
        (event,) = value.events
        moved = after(value, ChangeEvents(events=(replace(event, start_us=s(6)),)))
        assert spans_of(moved) == [("seeking.reach", 6.0, 6.0)]


class TestAddingSeveral:
    def test_copies_get_ids_of_their_own(self) -> None:
        value = playing(10)
        (event,) = value.events
        copies = (replace(event, start_us=s(30), end_us=s(31)),) * 2
        grown = after(value, AddEvents(events=copies))
        assert [event.id for event in grown.events] == [1, 2, 3]
        assert grown.next_event == 4

    def test_a_copy_that_overlaps_is_refused(self) -> None:
        value = after(coding(), add("distress.none", 0))
        assert refused(value, AddEvents(events=value.events)) == "event.overlap"


class TestSplitting:
    def test_one_state_becomes_two_that_touch(self) -> None:
        value = after(playing(10, length=4), SplitEvent(event=1, at_us=s(11), frame=275))
        assert spans_of(value) == [(PLAY, 10.0, 11.0), (PLAY, 11.0, 14.0)]
        assert [event.id for event in value.events] == [1, 2]
        assert value.events[1].start_frame == value.events[0].end_frame == 275

    def test_an_open_state_stays_open_in_its_later_part(self) -> None:
        value = after(coding(), add("distress.cry", 10))
        value = after(value, SplitEvent(event=1, at_us=s(12)))
        assert spans_of(value) == [("distress.cry", 10.0, 12.0), ("distress.cry", 12.0, None)]

    @pytest.mark.parametrize("at", [10, 14, 9, 15])
    def test_a_time_at_its_edge_or_outside_is_refused(self, at: float) -> None:
        value = playing(10, length=4)
        assert refused(value, SplitEvent(event=1, at_us=s(at))) == "event.not_split"

    def test_a_point_cannot_be_split(self) -> None:
        value = after(coding(), add("seeking.reach", 5))
        assert refused(value, SplitEvent(event=1, at_us=s(5))) == "event.not_split"


class TestMerging:
    def test_what_was_split_becomes_one_again(self) -> None:
        value = playing(10, length=4)
        split = after(value, SplitEvent(event=1, at_us=s(11)))
        merged = after(split, MergeEvents(events=(2, 1)))
        assert merged.events == value.events

    def test_comments_are_joined_and_modifiers_kept_where_they_agree(self) -> None:
        value = after(
            coding(),
            add(PLAY, 10, end=12, comment="ball"),
            add(PLAY, 14, end=16, comment="doll"),
        )
        (event,) = after(value, MergeEvents(events=(1, 2))).events
        assert event.comment == "ball; doll"
        assert (event.start_us, event.end_us) == (s(10), s(16))

    def test_a_longer_first_one_keeps_its_end(self) -> None:
        value = after(coding(), add(PLAY, 10, end=20), add(PLAY, 12, end=14))
        assert spans_of(after(value, MergeEvents(events=(1, 2)))) == [(PLAY, 10.0, 20.0)]

    def test_only_alike_states_are_merged(self) -> None:
        value = after(coding(), add(PLAY, 10, end=12), add("distress.cry", 13))
        assert refused(value, MergeEvents(events=(1, 2))) == "event.not_alike"
        assert refused(value, MergeEvents(events=(1,))) == "event.not_merged"
        points = after(coding(), add("seeking.reach", 5), add("seeking.reach", 6))
        assert refused(points, MergeEvents(events=(1, 2))) == "event.points_not_merged"

    def test_another_state_between_them_is_not_swallowed(self) -> None:
        value = after(coding(), add("distress.cry", 0), add("distress.none", 5))
        value = after(value, add("distress.cry", 10))
        assert refused(value, MergeEvents(events=(1, 3))) == "event.overlap"


class TestReactionLag:
    def test_the_lag_is_kept_with_the_edge_it_moved(self) -> None:
        value = after(coding(), add("distress.cry", 10, lag_us=240_000))
        value = after(value, CloseEvent(event=1, at_us=s(12), lag_us=200_000))
        (event,) = value.events
        assert (event.start_lag_us, event.end_lag_us) == (240_000, 200_000)

    def test_a_state_that_another_ends_takes_its_lag(self) -> None:
        value = after(coding(), add("distress.cry", 10), add("distress.none", 12, lag_us=90_000))
        assert [event.end_lag_us for event in value.events] == [90_000, 0]

    def test_an_edge_moved_by_hand_owes_nothing_to_the_lag(self) -> None:
        value = after(coding(), add("distress.cry", 10, lag_us=240_000))
        (event,) = value.events
        moved = after(value, ChangeEvent(event=replace(event, start_us=s(9))))
        assert moved.events[0].start_lag_us == 0
        noted = after(value, ChangeEvent(event=replace(event, comment="loud")))
        assert noted.events[0].start_lag_us == 240_000
        together = after(value, ChangeEvents(events=(replace(event, start_us=s(9)),)))
        assert together.events[0].start_lag_us == 0


@pytest.mark.parametrize(
    "edit",
    [SplitEvent(event=1, at_us=s(11)), MergeEvents(events=(1, 2)), AddEvents(events=())],
)
def test_each_can_be_taken_back(edit) -> None:
    value = playing(10, 20)
    changed = after(value, edit)
    back = with_change(changed, difference(value, changed).reversed())
    assert back.events == value.events


def test_the_refusal_says_what_to_do() -> None:
    with pytest.raises(EditRefusedError, match="go to a frame within the state"):
        after(playing(10), SplitEvent(event=1, at_us=s(1)))
