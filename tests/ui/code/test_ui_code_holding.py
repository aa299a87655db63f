from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from PySide6.QtCore import QEvent, QPoint, Qt
from PySide6.QtGui import QFocusEvent, QKeyEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QDialog, QLineEdit, QWidget

from ssp_coder.editing.edits import LockCoding
from ssp_coder.editing.events import refuse_overlaps
from ssp_coder.editing.keys import Hold
from ssp_coder.ui.code.key_filter import KeyFilter
from tests.builders import add, s
from tests.ui.pages import paint

LEFT = Qt.MouseButton.LeftButton


@pytest.fixture
def desk(fresh):
    """The desk of the module, without hold mode afterwards."""
    yield fresh
    fresh.page.coding.set_hold(Hold.PRESS_PRESS)


@pytest.fixture
def held(desk):
    """A desk in hold mode whose keys come from the keyboard."""
    desk.page.coding.set_hold(Hold.WHILE_DOWN)
    keys = KeyFilter(desk.page, lambda: True)
    keys.key_pressed.connect(desk.page.take_key)
    keys.key_released.connect(desk.page.coding.release_key)
    keys.all_released.connect(desk.page.coding.release_all)
    QApplication.instance().installEventFilter(keys)
    desk.page.setFocus()
    yield desk
    QApplication.instance().removeEventFilter(keys)


def spans(desk):
    return [(event.code, event.start_us, event.end_us) for event in desk.events]


def test_a_state_runs_while_its_key_is_down(held):
    QTest.keyPress(held.page, Qt.Key.Key_3)
    assert held.events[0].is_open
    held.at(604)
    QTest.keyRelease(held.page, Qt.Key.Key_3)
    assert spans(held) == [("distress.cry", s(600), s(604))]


def test_key_repeat_neither_ends_nor_begins_anything(held):
    QTest.keyPress(held.page, Qt.Key.Key_3)
    held.at(602)
    for kind in (QEvent.Type.KeyRelease, QEvent.Type.KeyPress):
        again = QKeyEvent(kind, Qt.Key.Key_3, Qt.KeyboardModifier.NoModifier, "3", True)
        QApplication.sendEvent(held.page, again)
    assert [event.is_open for event in held.events] == [True]
    QTest.keyRelease(held.page, Qt.Key.Key_3)
    assert spans(held) == [("distress.cry", s(600), s(602))]


def test_a_point_is_a_point_however_long_its_key_is_down(held):
    QTest.keyPress(held.page, Qt.Key.Key_I)
    held.at(604)
    QTest.keyRelease(held.page, Qt.Key.Key_I)
    assert spans(held) == [("seeking.reach", s(600), s(600))]


def test_two_keys_of_different_groups_are_held_side_by_side(held):
    QTest.keyPress(held.page, Qt.Key.Key_3)
    QTest.keyPress(held.page, Qt.Key.Key_Z)
    held.at(604)
    QTest.keyRelease(held.page, Qt.Key.Key_3)
    held.at(606)
    QTest.keyRelease(held.page, Qt.Key.Key_Z)
    assert sorted(spans(held)) == [
        ("distress.cry", s(600), s(604)),
        ("gaze.to_c", s(600), s(606)),
    ]


def test_letting_the_first_of_two_keys_of_a_group_go_changes_nothing(held):
    QTest.keyPress(held.page, Qt.Key.Key_3)
    held.at(602)
    QTest.keyPress(held.page, Qt.Key.Key_4)
    held.at(604)
    QTest.keyRelease(held.page, Qt.Key.Key_3)
    assert held.events[1].is_open
    held.at(605)
    QTest.keyRelease(held.page, Qt.Key.Key_4)
    assert [span[1:] for span in spans(held)] == [(s(600), s(602)), (s(602), s(605))]


def test_a_first_key_let_go_after_going_back_cuts_nothing(held):
    QTest.keyPress(held.page, Qt.Key.Key_3)
    held.at(604)
    QTest.keyPress(held.page, Qt.Key.Key_4)
    held.at(602)
    QTest.keyRelease(held.page, Qt.Key.Key_3)
    assert spans(held)[0] == ("distress.cry", s(600), s(604))


def test_shift_may_be_let_go_before_the_letter(held):
    QTest.keyPress(held.page, Qt.Key.Key_Z, Qt.KeyboardModifier.ShiftModifier)
    held.at(604)
    QTest.keyRelease(held.page, Qt.Key.Key_Z)
    assert [event.end_us for event in held.events] == [s(604)]


def test_down_and_up_in_one_frame_is_a_state_of_one_frame_and_says_so(held):
    said = []
    held.page.coding.said.connect(said.append)
    QTest.keyClick(held.page, Qt.Key.Key_3)
    assert spans(held) == [("distress.cry", s(600), s(600.04))]
    assert len(said) == 1
    assert "one frame" in said[0]


def test_escape_lets_every_key_go(held):
    QTest.keyPress(held.page, Qt.Key.Key_3)
    QTest.keyPress(held.page, Qt.Key.Key_Z)
    held.at(603)
    QTest.keyClick(held.page, Qt.Key.Key_Escape)
    assert {event.end_us for event in held.events} == {s(603)}
    held.at(606)
    QTest.keyRelease(held.page, Qt.Key.Key_3)
    assert {event.end_us for event in held.events} == {s(603)}


def test_a_window_that_is_left_lets_every_key_go(held):
    QTest.keyPress(held.page, Qt.Key.Key_3)
    held.at(603)
    QApplication.sendEvent(held.page, QEvent(QEvent.Type.WindowDeactivate))
    assert held.events[0].end_us == s(603)


def test_another_window_that_is_left_lets_nothing_go(held, qtbot):
    other = QWidget()
    qtbot.addWidget(other)
    QTest.keyPress(held.page, Qt.Key.Key_3)
    QApplication.sendEvent(other, QEvent(QEvent.Type.WindowDeactivate))
    assert held.events[0].is_open


def test_a_dialog_that_opens_lets_every_key_go(held, qtbot):
    held.page.activateWindow()
    qtbot.waitUntil(held.page.isActiveWindow)
    QTest.keyPress(held.page, Qt.Key.Key_3)
    held.at(603)
    dialog = QDialog(held.page)
    qtbot.addWidget(dialog)
    dialog.open()
    qtbot.waitUntil(lambda: not held.events[0].is_open)
    assert held.events[0].end_us == s(603)
    dialog.close()


def test_a_field_that_is_typed_into_lets_every_key_go(held):
    field = QLineEdit(held.page)
    QTest.keyPress(held.page, Qt.Key.Key_3)
    held.at(603)
    field.show()
    QApplication.sendEvent(field, QFocusEvent(QEvent.Type.FocusIn))
    assert held.events[0].end_us == s(603)


def test_the_key_that_goes_up_while_another_widget_has_the_keyboard_still_counts(held):
    other = QWidget(held.page)
    other.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
    QTest.keyPress(held.page, Qt.Key.Key_3)
    held.at(603)
    other.show()
    other.setFocus()
    QTest.keyRelease(other, Qt.Key.Key_3)
    assert held.events[0].end_us == s(603)


def test_a_state_that_was_undone_meanwhile_ends_nothing(held):
    QTest.keyPress(held.page, Qt.Key.Key_3)
    held.session.undo()
    held.at(603)
    QTest.keyRelease(held.page, Qt.Key.Key_3)
    assert held.events == ()


def test_a_key_does_not_end_the_state_of_another_that_got_the_number_of_an_undone_one(held):
    QTest.keyPress(held.page, Qt.Key.Key_3)
    undone = held.events[0].id
    held.session.undo()
    QTest.keyPress(held.page, Qt.Key.Key_Z)
    assert held.events[0].id == undone
    held.at(603)
    QTest.keyRelease(held.page, Qt.Key.Key_3)
    assert held.events[0].is_open
    held.at(604)
    QTest.keyRelease(held.page, Qt.Key.Key_Z)
    assert spans(held) == [("gaze.to_c", s(600), s(604))]


def test_a_key_does_not_end_a_state_nobody_holds_that_got_the_number_of_an_undone_one(held):
    QTest.keyPress(held.page, Qt.Key.Key_3)
    held.session.undo()
    held.page.board.button("gaze.to_c").click()
    held.at(603)
    QTest.keyRelease(held.page, Qt.Key.Key_3)
    assert [(event.code, event.is_open) for event in held.events] == [("gaze.to_c", True)]


def test_the_mouse_that_takes_a_state_over_from_a_key_ends_it(held):
    QTest.keyPress(held.page, Qt.Key.Key_3)
    held.at(602)
    button = held.page.board.button("distress.cry")
    QTest.mousePress(button, LEFT)
    QTest.keyRelease(held.page, Qt.Key.Key_3)
    assert held.events[0].is_open
    held.at(604)
    QTest.mouseRelease(button, LEFT)
    assert spans(held) == [("distress.cry", s(600), s(604))]


def test_a_board_of_another_person_lets_the_code_under_the_mouse_go(held):
    QTest.mousePress(held.page.board.button("distress.cry"), LEFT)
    held.at(604)
    held.page.coding.choose_next_subject()
    assert spans(held) == [("distress.cry", s(600), s(604))]


def test_a_coding_locked_meanwhile_stays_as_it_is(held):
    QTest.keyPress(held.page, Qt.Key.Key_3)
    held.session.submit(LockCoding())
    held.at(603)
    QTest.keyRelease(held.page, Qt.Key.Key_3)
    assert held.events[0].is_open


def test_the_mouse_holds_a_code_until_it_goes_up_also_outside_the_button(held):
    button = held.page.board.button("distress.cry")
    QTest.mousePress(button, LEFT)
    assert held.events[0].is_open
    held.at(604)
    QTest.mouseRelease(button, LEFT, pos=QPoint(-300, -300))
    assert spans(held) == [("distress.cry", s(600), s(604))]
    held.at(606)
    button.click()
    assert len(held.events) == 2


def test_a_click_of_the_mouse_records_a_point_once(held):
    QTest.mouseClick(held.page.board.button("seeking.reach"), LEFT)
    assert [event.code for event in held.events] == ["seeking.reach"]


def test_the_other_buttons_of_the_mouse_hold_nothing(held):
    QTest.mousePress(held.page.board.button("distress.cry"), Qt.MouseButton.RightButton)
    assert held.events == ()


def test_a_button_pressed_by_a_screen_reader_starts_and_ends_like_press_press(held):
    held.page.board.button("play_explore.manipulation").click()
    assert held.events[0].is_open
    held.at(604)
    held.page.board.button("play_explore.manipulation").click()
    assert held.events[0].end_us == s(604)


def test_turning_hold_mode_off_lets_go_and_keys_run_from_press_to_press_again(held):
    QTest.keyPress(held.page, Qt.Key.Key_3)
    held.at(602)
    held.page.coding.set_hold(Hold.PRESS_PRESS)
    assert held.events[0].end_us == s(602)
    QTest.keyRelease(held.page, Qt.Key.Key_3)
    QTest.keyClick(held.page, Qt.Key.Key_Z)
    assert held.events[-1].is_open
    button = held.page.board.button("contact.not_held")
    QTest.mouseClick(button, LEFT)
    assert held.events[-1].is_open


def test_without_hold_mode_key_up_ends_nothing(desk):
    desk.press("3")
    desk.at(603)
    desk.page.coding.release_key("3")
    assert desk.events[0].is_open


def test_going_back_behind_the_start_leaves_a_state_of_one_frame(held):
    QTest.keyPress(held.page, Qt.Key.Key_3)
    paint(held.stage, 590)
    QTest.keyRelease(held.page, Qt.Key.Key_3)
    assert spans(held) == [("distress.cry", s(600), s(600.04))]


def test_a_key_held_inside_coded_time_is_not_let_go_by_one_of_another_group(held):
    held.session.submit(add("distress.none", 500, end=700))
    QTest.keyPress(held.page, Qt.Key.Key_3)
    QTest.keyPress(held.page, Qt.Key.Key_Z)
    held.at(604)
    QTest.keyRelease(held.page, Qt.Key.Key_3)
    assert ("distress.cry", s(600), s(604)) in spans(held)


PRESSES = st.lists(
    st.tuples(st.sampled_from(["1", "3", "4", "z", "x", "i", "shift+x"]), st.integers(-4, 8)),
    max_size=10,
)


@settings(max_examples=12, deadline=None)
@given(PRESSES)
def test_exclusive_states_never_overlap_however_keys_are_held(lasting_desk, presses):
    """Each key goes down, or up where it is down; the picture moves between."""
    lasting_desk.begin_anew()
    coding = lasting_desk.page.coding
    coding.set_hold(Hold.WHILE_DOWN)
    frame, down = 15000, set()
    for key, by in presses:
        if key in down:
            down.remove(key)
            coding.release_key(key)
        else:
            down.add(key)
            coding.take_key(key)
        frame += by
        lasting_desk.at(frame / 25)
    coding.release_all()
    coding.set_hold(Hold.PRESS_PRESS)
    refuse_overlaps(lasting_desk.events, lasting_desk.session.scheme)
    assert not any(event.is_open for event in lasting_desk.events)


def hold(desk, key, begun, ended):
    desk.at(begun)
    QTest.keyPress(desk.page, key)
    desk.at(ended)
    QTest.keyRelease(desk.page, key)


def test_one_undo_takes_a_held_state_back_and_one_redo_brings_it_again(held):
    hold(held, Qt.Key.Key_3, 600, 604)
    held.session.undo()
    assert held.events == ()
    held.session.redo()
    assert spans(held) == [("distress.cry", s(600), s(604))]
    held.session.undo()
    assert held.events == ()


def test_an_undo_takes_back_one_held_state_of_two(held):
    hold(held, Qt.Key.Key_3, 600, 604)
    hold(held, Qt.Key.Key_3, 606, 608)
    held.session.undo()
    assert spans(held) == [("distress.cry", s(600), s(604))]


def test_both_edits_of_a_held_state_and_both_undos_are_in_the_log(held):
    before = held.session.document.history.last_seq
    hold(held, Qt.Key.Key_3, 600, 604)
    assert held.session.document.history.last_seq == before + 2
    held.session.undo()
    assert held.session.document.history.last_seq == before + 4


def test_what_came_between_the_beginning_and_the_end_keeps_them_two_steps(held):
    held.at(600)
    QTest.keyPress(held.page, Qt.Key.Key_3)
    held.session.submit(add("seeking.reach", 602))
    held.at(604)
    QTest.keyRelease(held.page, Qt.Key.Key_3)
    held.session.undo()
    assert [event.is_open for event in held.events if event.code == "distress.cry"] == [True]


def test_a_state_ended_by_a_second_press_stays_two_steps(desk):
    for seconds in (600, 604):
        desk.at(seconds)
        desk.press("h")
    assert spans(desk) == [("maintaining.hold_on", s(600), s(604))]
    desk.session.undo()
    assert [event.is_open for event in desk.events] == [True]
    desk.session.undo()
    assert desk.events == ()


def test_a_state_that_is_still_held_is_one_step(held):
    QTest.keyPress(held.page, Qt.Key.Key_3)
    held.session.undo()
    assert held.events == ()
