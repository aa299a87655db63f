"""What moving and copying events would make of them, before it becomes an edit."""

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ssp_coder.domain.time import Micros
from ssp_coder.editing import shifting
from ssp_coder.editing.edits import AddEvents, ChangeEvents
from ssp_coder.editing.refusal import EditRefusedError
from ssp_coder.editing.shifting import (
    Place,
    copied,
    end_moved,
    moved,
    other_codes,
    other_subjects,
    rearranged,
    start_moved,
)
from tests.builders import CAREGIVER, STRANGER, add, after, coding, infant_scheme, s, spans_of

SCHEME = infant_scheme()
HELD, FREE = "contact.held_by_c", "contact.not_held"
LOOK, SMILE = "avoidance.ignore", "affect.smile"


def by(seconds):
    """A shift by seconds, with the frames of a recording of 25 a second."""
    return lambda at: Place(at_us=Micros(at + s(seconds)), frame=(at + s(seconds)) // 40_000)


def moved_by(seconds, edge=moved):
    return lambda event: edge(event, by(seconds))


def after_move(value, places, move):
    """The coding after the edit that a move of the events at some places leads to."""
    chosen = [value.events[place].id for place in places]
    new = rearranged(value, chosen, move, SCHEME)
    return after(value, ChangeEvents(events=new))


def made_row():
    spans = ((FREE, 10, 20), (HELD, 20, 30), (FREE, 30, 40), (HELD, 60, 70))
    return after(coding(), *(add(code, start, end=end) for code, start, end in spans))


@pytest.fixture
def row():
    """Three states of an exclusive group that touch each other; after a gap a fourth."""
    return made_row()


class TestOneEvent:
    @pytest.fixture
    def state(self):
        return after(coding(), add(LOOK, 10, end=20)).events[0]

    @pytest.fixture
    def point(self):
        return after(coding(), add(SMILE, 10)).events[0]

    def test_a_state_keeps_its_length_when_it_moves(self, state):
        new = moved(state, by(3))
        assert (new.start_us, new.end_us) == (s(13), s(23))
        assert (new.start_frame, new.end_frame) == (325, 575)

    def test_of_an_open_state_only_the_start_moves(self, state):
        opened = replace(state, end_us=None, end_frame=None)
        new = moved(opened, by(3))
        assert (new.start_us, new.end_us, new.end_frame) == (s(13), None, None)
        assert end_moved(opened, by(3)) == opened

    @pytest.mark.parametrize("move", [moved, start_moved])
    def test_a_point_stays_a_point(self, point, move):
        new = move(point, by(3))
        assert (new.start_us, new.end_us) == (s(13), s(13))
        assert new.start_frame == new.end_frame == 325

    def test_a_point_has_no_end_of_its_own_to_move(self, point):
        assert end_moved(point, by(3)) == point

    def test_one_edge_moves_and_the_other_stays(self, state):
        assert start_moved(state, by(-1)).end_us == state.end_us
        assert end_moved(state, by(-1)).start_us == state.start_us
        assert (start_moved(state, by(-1)).start_us, end_moved(state, by(-1)).end_us) == (
            s(9), s(19),
        )  # fmt: skip


class TestNeighbours:
    def test_states_that_touched_a_moved_one_follow_it_on_both_sides(self, row):
        spans = spans_of(after_move(row, [1], moved_by(2)))
        assert spans == [(FREE, 10, 22), (HELD, 22, 32), (FREE, 32, 40), (HELD, 60, 70)]

    def test_they_take_its_frames_over_and_owe_nothing_to_the_reaction_lag(self, row):
        lagging = replace(row.events[0], end_lag_us=200_000)
        value = replace(row, events=(lagging, *row.events[1:]))
        new = after_move(value, [1], moved_by(2))
        assert new.events[0].end_frame == 550
        assert new.events[0].end_lag_us == 0
        assert new.events[2].start_frame == 800

    def test_a_gap_stays_a_gap_that_is_longer_or_shorter(self, row):
        assert spans_of(after_move(row, [3], moved_by(-5)))[2:] == [(FREE, 30, 40), (HELD, 55, 65)]

    def test_two_chosen_neighbours_move_together(self, row):
        spans = spans_of(after_move(row, [1, 2], moved_by(2)))
        assert spans == [(FREE, 10, 22), (HELD, 22, 32), (FREE, 32, 42), (HELD, 60, 70)]

    def test_a_state_between_two_moved_ones_follows_on_both_its_sides(self, row):
        spans = spans_of(after_move(row, [0, 2], moved_by(2)))
        assert spans[:3] == [(FREE, 12, 22), (HELD, 22, 32), (FREE, 32, 42)]

    @pytest.mark.parametrize("seconds", [-10, -12, 10, 15])
    def test_a_neighbour_is_never_used_up_so_the_move_is_refused(self, row, seconds):
        with pytest.raises(EditRefusedError, match="overlaps"):
            after_move(row, [1], moved_by(seconds))

    def test_only_the_moved_edge_draws_its_neighbour(self, row):
        spans = spans_of(after_move(row, [1], moved_by(2, start_moved)))
        assert spans[:3] == [(FREE, 10, 22), (HELD, 22, 30), (FREE, 30, 40)]
        spans = spans_of(after_move(row, [1], moved_by(-2, end_moved)))
        assert spans[:3] == [(FREE, 10, 20), (HELD, 20, 28), (FREE, 28, 40)]

    def test_another_person_and_another_group_stay_where_they_are(self):
        value = after(
            coding(),
            add("presence.in_room", 10, CAREGIVER),
            add("presence.in_room", 20, STRANGER),
            add(FREE, 10, end=20),
            add("distress.none", 20, end=30),
        )
        place = next(i for i, event in enumerate(value.events) if event.code == FREE)
        new = rearranged(value, [value.events[place].id], moved_by(-1), SCHEME)
        assert [event.code for event in new] == [FREE]

    def test_states_of_a_group_that_is_not_exclusive_do_not_follow(self):
        value = after(coding(), add(LOOK, 10, end=20), add(LOOK, 20, end=30))
        new = rearranged(value, [value.events[0].id], moved_by(1), SCHEME)
        assert [event.id for event in new] == [value.events[0].id]

    def test_a_move_that_changes_nothing_gives_no_events(self, row):
        assert rearranged(row, [row.events[1].id], lambda event: event, SCHEME) == ()
        assert rearranged(row, [], moved_by(1), SCHEME) == ()

    @given(
        st.lists(
            st.tuples(st.sampled_from((FREE, HELD, LOOK, "distress.cry")), st.integers(0, 60))
        ),
        st.sets(st.integers(0, 9), max_size=4),
        st.integers(-9, 9),
    )
    def test_few_events_draw_the_same_neighbours_as_many(self, coded, places, seconds):
        value = after(coding(), *(add(code, at + 20) for code, at in coded))
        ids = [event.id for place, event in enumerate(value.events) if place in places]
        few = rearranged(value, ids, moved_by(seconds), SCHEME)
        with pytest.MonkeyPatch.context() as patch:
            patch.setattr(shifting, "FEW", 0)
            assert rearranged(value, ids, moved_by(seconds), SCHEME) == few

    @given(st.sets(st.integers(0, 3), min_size=1), st.integers(-9, 9))
    def test_a_move_and_the_move_back_leave_all_as_it_was(self, places, seconds):
        row = made_row()
        there = after_move(row, places, moved_by(seconds))
        ids = {row.events[place].id for place in places}
        back = [place for place, event in enumerate(there.events) if event.id in ids]
        again = after_move(there, back, moved_by(-seconds))
        assert spans_of(again) == spans_of(row)


class TestCopies:
    def test_a_copy_for_another_person_is_the_same_otherwise(self):
        event = after(coding(), add("adult_acts.signal", 10, CAREGIVER, comment="knock")).events[0]
        code = SCHEME.ethogram.code(event.code)
        copy = copied(event, code, STRANGER, lambda at: Place(at_us=at, frame=250))
        assert replace(copy, subject=CAREGIVER) == event

    def test_modifiers_that_the_new_code_does_not_take_are_left_out(self):
        ethogram = SCHEME.ethogram
        with_modifier = next(code for code in ethogram.codes() if code.modifiers)
        modifier = ethogram.modifier(with_modifier.modifiers[0])
        pair = (modifier.id, modifier.values[0].id)
        event = replace(after(coding(), add(SMILE, 10)).events[0], modifiers=(pair,))
        plain = next(code for code in ethogram.codes() if not code.modifiers)
        assert copied(event, plain, event.subject, by(0)).modifiers == ()
        assert copied(event, with_modifier, event.subject, by(0)).modifiers == (pair,)

    def test_a_copy_at_another_time_owes_nothing_to_the_reaction_lag(self):
        event = replace(after(coding(), add(SMILE, 10)).events[0], start_lag_us=200_000)
        code = SCHEME.ethogram.code(event.code)
        assert copied(event, code, event.subject, by(1)).start_lag_us == 0
        assert copied(event, code, event.subject, by(0)).start_lag_us == 200_000

    def test_persons_are_those_whom_every_group_allows(self):
        value = after(coding(), add("adult_acts.signal", 10, CAREGIVER), add(SMILE, 12))
        knock, smile = value.events
        assert other_subjects((knock,), SCHEME)[0] == STRANGER
        assert CAREGIVER not in other_subjects((knock,), SCHEME)
        assert other_subjects((smile,), SCHEME) == ()
        assert other_subjects((knock, smile), SCHEME) == ()

    def test_codes_are_of_the_same_kind_and_for_the_same_person(self):
        smile = after(coding(), add(SMILE, 10)).events[0]
        codes = other_codes((smile,), SCHEME)
        assert {str(code.kind) for code in codes} == {"point"}
        assert SMILE not in {code.id for code in codes}
        assert "affect.laugh" in {code.id for code in codes}
        assert not [code for code in codes if code.group == "adult_acts"]

    def test_a_state_is_not_offered_beside_itself_in_an_exclusive_group(self):
        held = after(coding(), add(HELD, 10, end=20)).events[0]
        assert "contact" not in {code.group for code in other_codes((held,), SCHEME)}

    def test_points_and_states_together_have_no_code_in_common(self):
        value = after(coding(), add(SMILE, 10), add(LOOK, 12, end=20))
        assert other_codes(value.events, SCHEME) == ()

    def test_every_code_that_is_offered_can_be_added(self):
        value = after(coding(), add(HELD, 10, end=20))
        event = value.events[0]
        for code in other_codes((event,), SCHEME):
            copy = copied(event, code, event.subject, by(0))
            assert len(after(value, AddEvents(events=(copy,))).events) == 2
