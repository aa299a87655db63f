from __future__ import annotations

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest

from ssp_coder.editing.edits import LockCoding
from tests.builders import CAREGIVER, STRANGER, add, s


@pytest.fixture
def many(desk):
    """Two points and two states of the infant, an act of the caregiver."""
    desk.session.submit(add("seeking.reach", 600, modifiers={"toward": "c"}))
    desk.session.submit(add("seeking.lean", 610))
    desk.session.submit(add("distress.cry", 620, end=625))
    desk.session.submit(add("gaze.to_c", 630, end=640))
    desk.session.submit(add("adult_acts.greet", 650, subject=CAREGIVER))
    return desk.page.events.many


REACH, LEAN, CRY, GAZE, GREET = range(5)


def offered(box):
    return [box.itemData(place) for place in range(box.count())]


def test_one_event_has_its_form_and_several_have_theirs(desk, many):
    desk.select(REACH)
    assert desk.page.events.form.isVisible()
    assert not many.isVisible()
    desk.select(REACH, LEAN)
    assert many.isVisible()
    assert [event.code for event in many.events_shown] == ["seeking.lean", "seeking.reach"]
    desk.select(LEAN)
    assert not many.isVisible()
    assert many.events_shown == ()


def test_a_new_code_for_all_is_one_step_to_undo(desk, many):
    before = desk.events
    desk.select(REACH, LEAN)
    desk.pick(many._code, "seeking.lean")
    assert [desk.events[place].code for place in (REACH, LEAN)] == ["seeking.lean"] * 2
    desk.session.undo()
    assert desk.events == before


def test_only_codes_of_the_kind_and_persons_of_all_are_offered(desk, many):
    ethogram = desk.session.scheme.ethogram
    desk.select(REACH, LEAN)
    codes = [code for code in offered(many._code) if code]
    kinds = {ethogram.code(code).kind for code in codes}
    assert kinds == {ethogram.code("seeking.reach").kind}
    assert all("infant" in ethogram.group_of(code).subjects for code in codes)
    desk.select(REACH, CRY)
    assert offered(many._code) == [None]
    assert not many._code.isEnabled()


def test_modifiers_are_kept_where_the_new_code_takes_them(desk, many):
    desk.select(REACH, LEAN)
    desk.pick(many._code, "seeking.lean")
    assert desk.events[REACH].modifier("toward") == "c"


def test_a_modifier_is_set_for_all_and_taken_from_all(desk, many):
    desk.select(REACH, LEAN)
    desk.pick(many._modifiers["toward"], "s")
    assert [desk.events[place].modifier("toward") for place in (REACH, LEAN)] == ["s", "s"]
    desk.pick(many._modifiers["toward"], "")
    assert [desk.events[place].modifiers for place in (REACH, LEAN)] == [(), ()]


def test_a_modifier_that_one_of_them_does_not_take_is_not_offered(desk, many):
    desk.select(REACH, CRY)
    assert not many._modifiers["toward"].isEnabled()


def test_the_person_is_changed_where_there_is_a_choice(desk, many):
    desk.session.submit(add("adult_acts.greet", 660, subject=CAREGIVER))
    desk.select(4, 5)
    desk.pick(many._subject, STRANGER)
    assert {desk.events[place].subject for place in (4, 5)} == {STRANGER}
    desk.select(REACH, LEAN)
    assert not many._subject.isEnabled()


@pytest.mark.parametrize(
    ("text", "by"), [("+0.5", 0.5), ("0.5", 0.5), ("-2", -2), ("\N{MINUS SIGN}0:02", -2)]
)
def test_all_are_shifted_by_a_time(desk, many, text, by):
    desk.select(REACH, CRY)
    desk.type_into(many._shift, text)
    assert desk.events[REACH].start_us == desk.events[REACH].end_us == s(600 + by)
    assert (desk.events[CRY].start_us, desk.events[CRY].end_us) == (s(620 + by), s(625 + by))
    assert many._shift.text() == "", "the same shift is not done twice by leaving the field"
    desk.session.undo()
    assert desk.events[CRY].start_us == s(620)


def test_what_is_no_time_stays_typed(desk, many):
    before = desk.events
    desk.select(REACH, CRY)
    desk.type_into(many._shift, "later")
    assert desk.events == before
    assert many._shift.text() == "later"
    assert "later" in many._shift.error()
    desk.type_into(many._shift, "")
    assert many._shift.error() == ""


def test_a_shift_that_one_cannot_make_is_made_by_none(desk, many):
    before = desk.events
    desk.select(REACH, GREET)
    desk.type_into(many._shift, "-605")
    assert desk.events == before
    assert "outside the video" in many._shift.error()
    assert many._shift.text() == "-605"


def test_one_comment_for_all(desk, many, qtbot):
    desk.select(REACH, CRY, GAZE)
    with qtbot.waitSignal(desk.page.events.said) as said:
        desk.type_into(many._comment, "door was open")
    assert said.args == ["3 events changed"]
    commented = [event.code for event in desk.events if event.comment == "door was open"]
    assert commented == ["seeking.reach", "distress.cry", "gaze.to_c"]


@pytest.mark.parametrize("field", ["_shift", "_comment"])
def test_an_empty_field_changes_nothing(desk, many, qtbot, field):
    desk.select(REACH, CRY)
    with qtbot.assertNotEmitted(desk.session.changed):
        desk.type_into(getattr(many, field), "  ")


@pytest.mark.parametrize("box", ["_code", "_subject"])
def test_unchanged_changes_nothing(desk, many, qtbot, box):
    desk.select(REACH, LEAN)
    with qtbot.assertNotEmitted(desk.session.changed):
        getattr(many, box).activated.emit(0)


def test_the_button_deletes_all_of_them_and_says_how_many_it_would(desk, many):
    desk.select(REACH, LEAN, CRY)
    assert many._delete.accessibleName() == "Delete these 3 events"
    QTest.mouseClick(many._delete, Qt.MouseButton.LeftButton)
    assert [event.code for event in desk.events] == ["gaze.to_c", "adult_acts.greet"]


def test_a_locked_coding_shows_them_but_changes_nothing(desk, many):
    desk.select(REACH, LEAN)
    desk.session.submit(LockCoding())
    assert not many.isEnabled()


def test_every_field_has_a_name(desk, many):
    names = [many._shift.edit, many._comment.edit, many._code, many._subject]
    assert [widget.accessibleName() for widget in names] == [
        "Shift by",
        "Comment",
        "Code",
        "Person",
    ]


def test_a_low_window_leaves_out_the_captions(desk, many):
    desk.select(REACH, LEAN)
    assert many._captions[0].isVisible()
    desk.page.events.set_compact(True)
    assert not many._captions[0].isVisible()
