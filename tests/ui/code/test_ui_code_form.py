from __future__ import annotations

from dataclasses import replace

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QComboBox, QLabel

from ssp_coder.domain.ethogram import CodeKind
from ssp_coder.domain.time import Micros
from ssp_coder.editing.edits import AddEvent, CloseEvent, LockCoding
from ssp_coder.ui.code.event_form import EventForm
from tests.builders import INFANT, add, infant_scheme, s, spans_of

FILM_FRAME_US = Micros(62_345_612)
"""A time no clock text shows in full, as frames of 29.97 a second have."""


@pytest.fixture
def form(desk):
    return desk.page.events.form


def texts(form):
    return tuple(field.text() for field in (form._start, form._end, form._comment))


def offered(box):
    return [box.itemData(place) for place in range(box.count())]


def test_a_point_shows_its_start_and_no_end(desk, form):
    desk.session.submit(add("seeking.reach", 600.04, comment="both arms"))
    desk.select(0)
    assert texts(form) == ("10:00.040", "", "both arms")
    assert form._end.edit.isReadOnly()


def test_a_state_shows_its_start_and_end(desk, form):
    desk.session.submit(add("distress.cry", 600, end=612.5))
    desk.select(0)
    assert texts(form) == ("10:00.000", "10:12.500", "")
    assert not form._end.edit.isReadOnly()


def test_a_running_state_has_an_empty_end_that_can_be_filled(desk, form):
    desk.press("3")
    desk.select(0)
    assert texts(form)[1] == ""
    desk.type_into(form._end, "10:04.5")
    assert spans_of(desk.coding) == [("distress.cry", 600.0, 604.5)]
    assert desk.events[0].end_frame is None


def test_the_reaction_lag_taken_off_an_edge_is_said_under_it(desk, form):
    desk.session.submit(AddEvent(code="distress.cry", subject=INFANT, at_us=s(600), lag_us=240_000))
    desk.session.submit(CloseEvent(event=desk.events[0].id, at_us=s(612), lag_us=80_000))
    desk.select(0)
    assert (form._start.note(), form._end.note()) == ("Lag 0.24 s", "Lag 0.08 s")
    assert "0.24 s" in form._start.edit.accessibleDescription()
    desk.type_into(form._end, "10:13")
    assert (form._start.note(), form._end.note()) == ("Lag 0.24 s", "")
    desk.session.submit(add("distress.none", 700))
    desk.select(1)
    assert form._start.note() == ""
    form.show_event(None)
    assert form._start.note() == ""


def test_the_lag_of_a_point_is_said_once_and_an_error_comes_before_it(desk, form):
    desk.session.submit(
        AddEvent(code="seeking.reach", subject=INFANT, at_us=s(600), lag_us=240_000)
    )
    desk.select(0)
    assert (form._start.note(), form._end.note()) == ("Lag 0.24 s", "")
    desk.type_into(form._start, "soon")
    assert form._start.error()
    assert "0.24" not in form._start.edit.accessibleDescription()
    desk.type_into(form._start, "10:00")
    assert "0.24 s" in form._start.edit.accessibleDescription()


def test_without_a_selection_the_form_is_empty_and_disabled(desk, form):
    assert not form.isEnabled()
    assert texts(form) == ("", "", "")
    assert form.event_shown is None


def test_several_selected_events_leave_the_form_empty_and_disabled(desk, form):
    desk.press("i", "u")
    desk.select(0)
    assert form.isEnabled()
    desk.select(0, 1)
    assert not form.isEnabled()
    assert texts(form) == ("", "", "")
    assert form._code.count() == 0
    assert [box.count() for box in form._modifiers.values()] == [0, 0]


def test_a_locked_coding_is_shown_in_the_form_but_not_edited(desk, form):
    desk.press("i")
    desk.session.submit(LockCoding())
    desk.select(0)
    assert form.event_shown == desk.events[0]
    assert form._start.text() == "10:00.000"
    assert not form.isEnabled()


def test_the_form_empties_when_its_event_is_taken_back(desk, form):
    desk.press("i")
    desk.select(0)
    desk.session.undo()
    assert form.event_shown is None
    assert not form.isEnabled()


@pytest.mark.parametrize("code", ["seeking.reach", "distress.cry", "play_explore.oral"])
def test_only_codes_of_the_same_group_and_kind_are_offered(desk, form, code):
    ethogram = infant_scheme().ethogram
    desk.session.submit(add(code, 600))
    desk.select(0)
    kind, group = ethogram.code(code).kind, ethogram.group_of(code)
    assert offered(form._code) == [other.id for other in group.codes if other.kind is kind]
    assert form._code.currentData() == code


def test_choosing_another_code_changes_only_the_code(desk, form):
    desk.press("i", "c")
    before = desk.events[0]
    desk.select(0)
    desk.pick(form._code, "seeking.lean")
    assert desk.events == (replace(before, code="seeking.lean"),)


def test_choosing_the_code_it_has_is_no_edit(desk, form, qtbot):
    desk.press("i")
    desk.select(0)
    with qtbot.assertNotEmitted(desk.session.changed):
        desk.pick(form._code, "seeking.reach")


@pytest.mark.parametrize(("modifier", "value"), [("toward", "s"), ("intensity", "2")])
def test_a_modifier_is_set_changed_and_taken_away(desk, form, modifier, value):
    desk.press("i")
    desk.select(0)
    box = form._modifiers[modifier]
    desk.pick(box, value)
    assert desk.events[0].modifiers == ((modifier, value),)
    assert box.currentData() == value
    other = next(data for data in offered(box) if data and data != value)
    desk.pick(box, other)
    assert desk.events[0].modifiers == ((modifier, other),)
    box.setCurrentIndex(0)
    box.activated.emit(0)
    assert desk.events[0].modifiers == ()


def test_modifiers_that_a_code_does_not_take_cannot_be_chosen(desk, form):
    code = next(
        code
        for group in infant_scheme().ethogram.groups
        for code in group.codes
        if not code.modifiers and INFANT in group.subjects and code.kind is CodeKind.STATE
    )
    desk.session.submit(AddEvent(code=code.id, subject=INFANT, at_us=s(600), frame=15000))
    desk.select(0)
    assert not any(box.isEnabled() and box.count() > 1 for box in form._modifiers.values())


def test_the_start_of_a_point_moves_the_whole_point(desk, form):
    desk.press("i")
    desk.select(0)
    desk.type_into(form._start, "10:05")
    assert spans_of(desk.coding) == [("seeking.reach", 605.0, 605.0)]
    assert form._start.text() == "10:05.000"


def test_the_start_of_a_state_is_moved_and_its_end_stays(desk, form):
    desk.session.submit(add("distress.cry", 600, end=620))
    desk.select(0)
    desk.type_into(form._start, "605,25")
    assert spans_of(desk.coding) == [("distress.cry", 605.25, 620.0)]


def test_an_end_before_the_start_is_refused_in_words_and_changes_nothing(desk, form):
    desk.session.submit(add("distress.cry", 600, end=620))
    before = desk.coding
    desk.select(0)
    desk.type_into(form._end, "9:00")
    assert form._end.error()
    assert form._end.text() == "9:00"
    assert desk.coding == before


@pytest.mark.parametrize("wrong", ["later", "10:75", "1:2:3:4", "--"])
def test_a_text_that_is_no_time_is_marked_where_it_stands(desk, form, wrong):
    desk.session.submit(add("distress.cry", 600, end=620))
    before = desk.coding
    desk.select(0)
    desk.type_into(form._end, wrong)
    assert form._end.error()
    assert not form._start.error()
    assert desk.coding == before


def test_an_error_goes_away_with_the_next_event(desk, form):
    desk.press("i", "u")
    desk.select(0)
    desk.type_into(form._start, "soon")
    assert form._start.error()
    desk.select(1)
    assert not form._start.error()


def test_an_emptied_start_keeps_the_old_one(desk, form):
    desk.press("i")
    before = desk.coding
    desk.select(0)
    desk.type_into(form._start, "")
    assert desk.coding == before


def test_the_microseconds_of_untouched_times_survive_a_comment(desk, form):
    desk.session.submit(
        AddEvent(code="seeking.reach", subject=INFANT, at_us=FILM_FRAME_US, frame=1868)
    )
    before = desk.events[0]
    desk.select(0)
    assert form._start.text() == "1:02.345"
    desk.type_into(form._comment, "  looks up first ")
    assert desk.events == (replace(before, comment="looks up first"),)


def test_the_microseconds_of_a_state_survive_a_change_of_its_end(desk, form):
    desk.session.submit(
        AddEvent(
            code="distress.cry",
            subject=INFANT,
            at_us=FILM_FRAME_US,
            frame=1868,
            end_us=Micros(FILM_FRAME_US + 8_000_003),
        )
    )
    desk.select(0)
    desk.type_into(form._end, "1:20")
    event = desk.events[0]
    assert (event.start_us, event.start_frame, event.end_us) == (FILM_FRAME_US, 1868, s(80))


def test_a_comment_of_a_state_is_kept_and_undone(desk, form):
    desk.press("3")
    desk.select(0)
    desk.type_into(form._comment, "head down")
    assert desk.events[0].comment == "head down"
    desk.session.undo()
    assert desk.events[0].comment == ""
    assert form._comment.text() == ""


def test_a_comment_is_kept_when_the_field_is_left(desk, form):
    desk.press("i")
    desk.select(0)
    form._comment.edit.setText("silent")
    form._comment.edit.editingFinished.emit()
    assert desk.events[0].comment == "silent"


def test_leaving_a_field_unchanged_is_no_edit(desk, form, qtbot):
    desk.session.submit(add("distress.cry", 600, end=620, comment="low"))
    desk.select(0)
    with qtbot.assertNotEmitted(desk.session.changed):
        for field in (form._start, form._end, form._comment):
            QTest.keyClick(field.edit, Qt.Key.Key_Return)


def test_the_bin_deletes_the_event_shown(desk, form):
    desk.press("i", "u")
    desk.select(0)
    desk.click(form._delete)
    assert [event.code for event in desk.events] == ["seeking.part_approach"]
    desk.session.undo()
    assert [event.code for event in desk.events] == ["seeking.reach", "seeking.part_approach"]


def test_the_bin_does_nothing_without_an_event(desk, form, qtbot):
    with qtbot.assertNotEmitted(form.delete_requested):
        form._delete.clicked.emit()


def test_compact_leaves_out_captions_and_keeps_spoken_names(desk, form):
    form.set_compact(True)
    assert not [label for label in form.findChildren(QLabel) if label.isVisible()]
    spoken = [form._start, form._end, form._comment]
    assert all(field.edit.accessibleName() for field in spoken)
    assert all(box.accessibleName() for box in form.findChildren(QComboBox))
    form.set_compact(False)
    captions = {label.text() for label in form.findChildren(QLabel) if label.isVisible()}
    assert {"Start", "End", "Code", "Comment", "Toward", "Intensity"} <= captions


def test_a_form_alone_emits_the_wanted_event_and_changes_none(theme, qtbot, desk):
    desk.press("i")
    form = EventForm(theme, infant_scheme())
    qtbot.addWidget(form)
    form.show_event(desk.events[0])
    with qtbot.waitSignal(form.changed) as asked:
        desk.type_into(form._comment, "first")
    assert asked.args == [replace(desk.events[0], comment="first")]
    assert desk.events[0].comment == ""


def test_one_field_is_one_step_to_undo(desk, form):
    desk.press("i")
    desk.select(0)
    desk.type_into(form._comment, "one")
    desk.type_into(form._comment, "two")
    desk.session.undo()
    assert desk.events[0].comment == "one"
    desk.session.undo()
    assert desk.events[0].comment == ""
