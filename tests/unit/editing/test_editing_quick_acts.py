from __future__ import annotations

from dataclasses import replace

import pytest

from ssp_coder.editing.document import Document
from ssp_coder.editing.edits import AddEvent, AddEvents, CloseEvent, DeleteEvents
from ssp_coder.editing.keys import Notice
from ssp_coder.editing.quick_acts import CodedHere, end_here, move_here, same_again, take_back
from tests.builders import CAREGIVER, INFANT, add, coding, infant_scheme, s, spans_of
from tests.situations import press_at, situation


class Sitting:
    """A document that is coded in, and what was coded here."""

    def __init__(self, *edits) -> None:
        self.document = Document(coding=coding(), scheme=infant_scheme())
        self.coded = CodedHere()
        self.document.subscribe(lambda changed: self.coded.follow(changed.record))
        self.do(*edits)

    def do(self, *edits) -> None:
        for edit in edits:
            self.document.submit(edit)

    @property
    def value(self):
        return self.document.coding

    @property
    def here(self):
        return situation(self.value)


def test_nothing_is_coded_last_at_first():
    assert Sitting().coded.last() is None
    assert take_back(CodedHere(), situation(coding())).notice is Notice.NOTHING_CODED
    assert move_here(CodedHere(), press_at(1), situation(coding())).notice is Notice.NOTHING_CODED
    assert same_again(CodedHere(), press_at(1), situation(coding())).notice is Notice.NOTHING_CODED


def test_what_was_coded_last_need_not_be_what_comes_last():
    sitting = Sitting(add("gaze.to_c", 9), add("seeking.reach", 3))
    assert sitting.coded.last().code == "seeking.reach"


def test_a_press_that_ends_another_state_is_still_the_last_code():
    sitting = Sitting(add("distress.none", 1), add("distress.cry", 5))
    assert sitting.coded.last().code == "distress.cry"


def test_taking_back_goes_from_code_to_code():
    sitting = Sitting(add("gaze.to_c", 1), add("seeking.reach", 3), add("seeking.lean", 4))
    for left in (2, 1, 0):
        sitting.do(take_back(sitting.coded, sitting.here).edit)
        assert len(sitting.value.events) == left
    assert take_back(sitting.coded, sitting.here).edit is None


def test_taking_back_lets_the_state_before_go_on():
    sitting = Sitting(add("distress.none", 1), add("distress.cry", 5))
    act = take_back(sitting.coded, sitting.here)
    assert act.edit == DeleteEvents(events=(act.event.id,))
    sitting.do(act.edit)
    assert spans_of(sitting.value) == [("distress.none", 1, None)]


def test_what_was_undone_is_not_there_and_what_was_done_again_is():
    sitting = Sitting(add("gaze.to_c", 1), add("seeking.reach", 3))
    sitting.document.undo()
    assert sitting.coded.last().code == "gaze.to_c"
    sitting.document.redo()
    assert sitting.coded.last().code == "seeking.reach"


def test_what_was_taken_back_and_undone_can_be_taken_back_again():
    sitting = Sitting(add("seeking.reach", 3))
    sitting.do(take_back(sitting.coded, sitting.here).edit)
    sitting.document.undo()
    assert sitting.coded.last().start_us == s(3)


def test_events_that_were_there_before_are_never_taken_back():
    sitting = Sitting()
    sitting.document.coding = situation(coding()).coding
    sitting.do(add("gaze.to_c", 1))
    late = CodedHere()
    assert take_back(late, sitting.here).edit is None


def test_the_last_point_moves_to_the_painted_frame_with_its_modifiers():
    sitting = Sitting(add("seeking.reach", 3, modifiers={"toward": "c"}))
    sitting.do(move_here(sitting.coded, press_at(4), sitting.here).edit)
    (event,) = sitting.value.events
    assert (event.start_us, event.end_us, event.start_frame) == (s(4), s(4), 100)
    assert event.modifiers == (("toward", "c"),)


def test_moving_a_state_takes_the_end_of_the_one_before_along():
    sitting = Sitting(add("distress.none", 1), add("distress.cry", 5))
    sitting.do(move_here(sitting.coded, press_at(6), sitting.here).edit)
    assert spans_of(sitting.value) == [("distress.none", 1, 6), ("distress.cry", 6, None)]


def test_a_moved_start_has_no_lag_any_more():
    sitting = Sitting(AddEvent(code="gaze.to_c", subject=INFANT, at_us=s(3), lag_us=200_000))
    assert sitting.value.events[0].start_lag_us == 200_000
    sitting.do(move_here(sitting.coded, press_at(4), sitting.here).edit)
    assert sitting.value.events[0].start_lag_us == 0


def test_a_second_press_ends_the_next_running_state():
    sitting = Sitting(
        add("distress.cry", 1), add("gaze.to_c", 2), add("presence.out", 3, CAREGIVER)
    )
    for code in ("gaze.to_c", "distress.cry"):
        act = end_here(INFANT, press_at(5), sitting.here)
        assert act.event.code == code
        assert act.edit == CloseEvent(event=act.event.id, at_us=s(5), frame=125)
        sitting.do(act.edit)
    assert end_here(INFANT, press_at(5), sitting.here).notice is Notice.NOTHING_RUNS
    assert end_here(CAREGIVER, press_at(5), sitting.here).event.code == "presence.out"


def test_a_state_with_an_end_is_cut_and_its_neighbour_stays():
    sitting = Sitting(add("distress.cry", 1, end=9), add("distress.none", 9, end=12))
    sitting.do(end_here(INFANT, press_at(5), sitting.here).edit)
    assert spans_of(sitting.value) == [("distress.cry", 1, 5), ("distress.none", 9, 12)]


def test_a_state_that_begins_at_this_frame_is_not_ended_here():
    sitting = Sitting(add("distress.cry", 5))
    assert end_here(INFANT, press_at(5), sitting.here).notice is Notice.NOTHING_RUNS


def test_an_end_coded_while_playing_is_corrected_by_the_lag():
    sitting = Sitting(add("distress.cry", 1))
    sitting.do(end_here(INFANT, press_at(5, meant=4.76), sitting.here).edit)
    (event,) = sitting.value.events
    assert (event.end_us, event.end_lag_us) == (s(4.76), 240_000)


def test_the_same_again_has_the_person_and_the_modifiers():
    sitting = Sitting(add("seeking.reach", 3, modifiers={"toward": "c", "intensity": "2"}))
    sitting.do(same_again(sitting.coded, press_at(8), sitting.here).edit)
    first, second = sitting.value.events
    assert (second.start_us, second.start_frame) == (s(8), 200)
    assert (second.code, second.subject, second.modifiers) == (
        first.code,
        first.subject,
        first.modifiers,
    )
    assert sitting.coded.last() == second


def test_a_state_that_runs_already_is_not_coded_the_same_again():
    sitting = Sitting(add("distress.cry", 1), add("gaze.to_c", 1))
    sitting.do(CloseEvent(event=sitting.coded.last().id, at_us=s(2)))
    sitting.do(add("gaze.away", 2))
    assert same_again(sitting.coded, press_at(3), sitting.here).notice is Notice.ALREADY_OPEN


@pytest.mark.parametrize(
    ("armed", "notice"), [(("seeking",), Notice.NONE), (("gaze",), Notice.OUTSIDE)]
)
def test_the_same_again_keeps_to_the_pass(armed, notice):
    sitting = Sitting(add("seeking.reach", 3))
    act = same_again(sitting.coded, press_at(8), situation(sitting.value, armed))
    assert act.notice is notice
    assert (act.edit is None) == (notice is not Notice.NONE)


def test_the_same_again_while_playing_is_corrected_and_keeps_the_state_before_a_frame():
    sitting = Sitting(add("distress.cry", 1, end=2))
    sitting.do(add("distress.none", 10), add("distress.fuss", 3, end=4))
    sitting.do(same_again(sitting.coded, press_at(10.12, meant=9.9), sitting.here).edit)
    assert spans_of(sitting.value)[-2:] == [
        ("distress.none", 10, 10.04),
        ("distress.fuss", 10.04, None),
    ]


def test_nothing_outside_the_pass_is_taken_back_or_moved():
    sitting = Sitting(add("gaze.to_c", 1), add("seeking.reach", 3))
    here = situation(sitting.value, ("gaze",))
    acts = (take_back(sitting.coded, here), move_here(sitting.coded, press_at(4), here))
    for act in acts:
        assert (act.edit, act.notice) == (None, Notice.OUTSIDE)
        assert act.event.code == "seeking.reach"


def test_a_copy_that_got_the_number_of_an_undone_code_was_not_coded():
    sitting = Sitting(add("gaze.to_c", 1), add("seeking.reach", 3))
    undone = sitting.coded.last()
    sitting.document.undo()
    sitting.do(AddEvents(events=(replace(undone, start_us=s(7), end_us=s(7)),)))
    assert sitting.value.events[-1].id == undone.id
    assert sitting.coded.last().code == "gaze.to_c"
    sitting.document.undo()
    sitting.do(add("seeking.lean", 8))
    assert sitting.coded.last().code == "seeking.lean"


def test_a_state_cut_while_playing_keeps_what_was_taken_off_its_new_end():
    sitting = Sitting(
        add("distress.none", 9),
        AddEvent(code="distress.cry", subject=INFANT, at_us=s(1), lag_us=240_000),
    )
    before = replace(sitting.value.events[0], end_lag_us=240_000)
    sitting.document.coding = replace(sitting.value, events=(before, *sitting.value.events[1:]))
    sitting.do(end_here(INFANT, press_at(5, meant=4.76), sitting.here).edit)
    event = sitting.value.events[0]
    assert (event.end_us, event.end_lag_us) == (s(4.76), 240_000)


def test_end_here_keeps_to_the_pass():
    sitting = Sitting(add("distress.cry", 1), add("gaze.to_c", 2))
    here = situation(sitting.value, ("distress",))
    assert end_here(INFANT, press_at(5), here).event.code == "distress.cry"
