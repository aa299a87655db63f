"""Where movements lead, as times: no player, no window."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ssp_coder.domain.time import SECOND_US, Span
from ssp_coder.ui.player.moves import (
    AFTER_EVENT_US,
    BEFORE_EVENT_US,
    CATCHING_US,
    NO_LOOP,
    SHUTTLE_SPEEDS,
    LoopPlan,
    Motion,
    PlayPlaces,
    around_event,
    nearest,
    neighbour,
    shuttle_place,
    shuttled,
    typed_place,
)

FRAME_US = 40_000
times = st.integers(min_value=0, max_value=3 * 3_600 * SECOND_US)
frames = times.map(lambda start: frame(start))


def frame(start_us: int) -> Span:
    return Span(start_us=start_us, end_us=start_us + FRAME_US)


class TestShuttle:
    @pytest.mark.parametrize("direction", [-1, 1])
    def test_each_press_goes_faster_up_to_the_fastest(self, direction):
        speed, gone = 0, []
        for _ in range(4):
            speed = shuttled(speed, direction)
            gone.append(speed)
        assert gone == [direction, 2 * direction, 4 * direction, 4 * direction]

    @pytest.mark.parametrize("speed", SHUTTLE_SPEEDS)
    def test_the_other_way_begins_slowly(self, speed):
        assert shuttled(speed, -1) == -1
        assert shuttled(-speed, 1) == 1

    @given(anchor=times, passed_ns=st.integers(min_value=0, max_value=10**13))
    def test_the_way_back_never_leaves_the_session(self, anchor, passed_ns):
        assert 0 <= shuttle_place(anchor, -4, passed_ns) <= anchor

    def test_four_times_back_goes_four_seconds_a_second(self):
        assert shuttle_place(10 * SECOND_US, -4, 1_000_000_000) == 6 * SECOND_US


class TestLoopAroundAnEvent:
    def test_it_shows_a_little_before_and_a_little_after(self):
        span = around_event(60 * SECOND_US, 600 * SECOND_US)
        assert span.start_us == 60 * SECOND_US - BEFORE_EVENT_US
        assert span.end_us == 60 * SECOND_US + AFTER_EVENT_US

    @given(start=times, end=st.integers(min_value=1, max_value=3 * 3_600 * SECOND_US))
    def test_it_stays_inside_the_recording_and_is_never_empty(self, start, end):
        span = around_event(start, end)
        assert 0 <= span.start_us < span.end_us <= end


class TestNeighbours:
    def test_the_frame_stood_at_is_neither_before_nor_after(self):
        here = frame(10 * SECOND_US)
        assert neighbour([here.start_us], here, 1) is None
        assert neighbour([here.start_us], here, -1) is None

    def test_a_time_within_the_frame_does_not_hold_the_coder_fast(self):
        """Times of another camera, or imported ones, need not be the start of a frame."""
        within, after = 10 * SECOND_US + 15_000, 20 * SECOND_US
        assert neighbour([within, after], frame(10 * SECOND_US), 1) == after
        assert neighbour([within, after], frame(10 * SECOND_US), -1) is None

    def test_while_playing_a_place_just_passed_is_the_one_stood_at(self):
        passed, earlier = 10 * SECOND_US, 4 * SECOND_US
        soon = frame(passed + CATCHING_US // 2)
        assert neighbour([earlier, passed], soon, -1, playing=True) == earlier
        assert neighbour([earlier, passed], soon, -1, playing=False) == passed

    @given(places=st.lists(times), here=frames)
    def test_the_next_is_after_the_frame_and_the_one_before_before_it(self, places, here):
        after, before = neighbour(places, here, 1), neighbour(places, here, -1)
        assert after == min((t for t in places if t >= here.end_us), default=None)
        assert before == max((t for t in places if t < here.start_us), default=None)

    @given(places=st.lists(times, min_size=1), here=times)
    def test_no_time_is_nearer_than_the_nearest(self, places, here):
        assert abs(nearest(places, here) - here) == min(abs(t - here) for t in places)

    def test_of_two_equally_near_the_earlier_is_taken(self):
        assert nearest([30, 10], 20) == 10
        assert nearest([], 20) is None


class TestTypedPlaces:
    @pytest.mark.parametrize(
        ("text", "seconds"), [("4:12.5", 252.5), ("12.5", 12.5), ("1:04:12", 3852), (" 7 ", 7)]
    )
    def test_times_are_typed_as_they_are_written(self, text, seconds):
        assert typed_place(text, 2 * 3_600 * SECOND_US) == seconds * SECOND_US

    @pytest.mark.parametrize("text", ["", "soon", "4:72", "1:2:3:4", "4.12.5", "nan", "-"])
    def test_what_is_no_time_is_refused_with_the_forms(self, text):
        with pytest.raises(ValueError, match=r"Not a time; write .*4:12\.5"):
            typed_place(text, 600 * SECOND_US)

    @pytest.mark.parametrize("text", ["10:00", "11:00", "-1"])
    def test_a_time_outside_is_refused_with_the_end(self, text):
        with pytest.raises(ValueError, match=r"ends at 10:00\.000"):
            typed_place(text, 600 * SECOND_US)


class TestLoopPlans:
    def test_one_end_alone_is_no_loop_yet(self):
        assert NO_LOOP.span is None
        assert not NO_LOOP.is_begun
        begun = NO_LOOP.starting(frame(5 * SECOND_US))
        assert begun.span is None
        assert begun.is_begun

    def test_the_frame_it_ends_with_is_still_shown(self):
        plan = NO_LOOP.starting(frame(0)).ending(frame(2 * SECOND_US))
        assert plan.span == Span(start_us=0, end_us=2 * SECOND_US + FRAME_US)

    def test_the_ends_may_be_set_in_either_order(self):
        first, last = frame(SECOND_US), frame(2 * SECOND_US)
        assert NO_LOOP.ending(last).starting(first) == NO_LOOP.starting(first).ending(last)

    def test_one_frame_can_be_looped(self):
        here = frame(SECOND_US)
        assert NO_LOOP.starting(here).ending(here).span == here

    def test_a_start_after_the_end_begins_anew(self):
        plan = LoopPlan.over(Span(start_us=0, end_us=SECOND_US)).starting(frame(3 * SECOND_US))
        assert (plan.start_us, plan.end_us) == (3 * SECOND_US, None)

    def test_an_end_before_the_start_begins_anew(self):
        plan = LoopPlan.over(Span(start_us=5 * SECOND_US, end_us=9 * SECOND_US))
        assert plan.ending(frame(SECOND_US)).start_us is None

    @given(marks=st.lists(st.tuples(st.booleans(), frames)))
    def test_no_way_of_setting_the_ends_makes_an_empty_loop(self, marks):
        plan = NO_LOOP
        for starts, here in marks:
            plan = plan.starting(here) if starts else plan.ending(here)
            assert plan.is_begun
            assert plan.span is None or plan.span.length_us > 0


class TestPlacesOfPlay:
    def test_before_anything_was_played_there_is_no_place(self):
        assert PlayPlaces().turned(frame(0)) == (PlayPlaces(), None)

    def test_the_first_press_goes_back_and_the_second_returns(self):
        places = PlayPlaces().begun(SECOND_US)
        places, first = places.turned(frame(9 * SECOND_US))
        assert first == SECOND_US
        places, second = places.turned(frame(first))
        assert second == 9 * SECOND_US
        places, third = places.turned(frame(second))
        assert third == SECOND_US

    def test_playing_again_forgets_where_it_was_left(self):
        places, _ = PlayPlaces().begun(SECOND_US).turned(frame(9 * SECOND_US))
        assert places.begun(SECOND_US).turned(frame(SECOND_US))[1] is None


def test_plain_playing_is_no_motion_of_its_own():
    assert Motion().is_plain
    assert not Motion(speed=-2).is_plain
    assert not Motion(again=True).is_plain
    assert not Motion(loop=NO_LOOP.starting(frame(0))).is_plain
