from __future__ import annotations

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest

from ssp_coder.editing.edits import LockCoding, UnlockCoding
from ssp_coder.ui.code.act_bar import ActBar
from ssp_coder.ui.code.page import WorkPage
from ssp_coder.ui.player.stage import Stage
from ssp_coder.ui.session import OpenSession
from tests.builders import CAREGIVER, INFANT, s, with_episodes
from tests.ui.pages import session_of


@pytest.fixture
def said(desk):
    heard = []
    desk.page.coding.said.connect(heard.append)
    return heard


def test_undo_last_deletes_what_was_coded_last_wherever_it_lies(desk):
    desk.press("3")
    desk.at(590)
    desk.press("i")
    desk.page.coding.take_back()
    assert [event.code for event in desk.events] == ["distress.cry"]
    desk.session.undo()
    assert len(desk.events) == 2


def test_to_now_moves_the_start_to_the_frame_on_the_screen(desk):
    desk.press("i")
    desk.at(601)
    desk.page.coding.move_here()
    assert [(event.start_us, event.start_frame) for event in desk.events] == [(s(601), 15025)]


def test_end_here_ends_one_state_a_press_the_last_first(desk, said):
    desk.press("3", "z")
    desk.at(605)
    desk.page.coding.end_here()
    assert [event.code for event in desk.events if event.end_us == s(605)] == ["gaze.to_c"]
    desk.page.coding.end_here()
    assert {event.end_us for event in desk.events} == {s(605)}
    assert said == []
    desk.page.coding.end_here()
    assert len(said) == 1


def test_end_here_ends_states_of_the_chosen_person_only(desk):
    desk.press("3")
    desk.page.coding.choose_subject(desk.page.coding.subjects.index(CAREGIVER))
    desk.press("shift+q")
    desk.at(605)
    desk.page.coding.end_here()
    assert [event.subject for event in desk.events if event.end_us == s(605)] == [CAREGIVER]


def test_same_again_repeats_the_code_with_its_modifiers(desk):
    desk.press("i", "c")
    desk.at(620)
    desk.page.coding.same_again()
    assert [(e.code, e.modifiers) for e in desk.events] == [
        ("seeking.reach", (("toward", "c"),))
    ] * 2


def test_acts_without_anything_coded_say_so_and_do_nothing(desk, said):
    acts = desk.page.coding
    for act in (acts.take_back, acts.move_here, acts.same_again, acts.end_here):
        act()
    assert desk.events == ()
    assert len(said) == 4


def test_a_state_that_would_start_after_its_end_is_refused_and_stays(desk, qtbot):
    desk.press("3")
    desk.at(605)
    desk.page.coding.end_here()
    desk.at(610)
    with qtbot.waitSignal(desk.session.refused):
        desk.page.coding.move_here()
    assert [(e.start_us, e.end_us) for e in desk.events] == [(s(600), s(605))]


def test_a_locked_coding_is_left_alone_and_its_buttons_say_why(desk):
    desk.press("3")
    desk.session.submit(LockCoding())
    desk.at(605)
    acts = desk.page.coding
    for act in (acts.take_back, acts.move_here, acts.same_again, acts.end_here):
        act()
    assert [event.is_open for event in desk.events] == [True]
    assert not acts.acts.end_here.isEnabled()
    assert acts.acts.end_here.toolTip()
    desk.session.submit(UnlockCoding(reason="wrong"))
    assert acts.acts.end_here.isEnabled()


def test_keys_and_acts_in_a_locked_coding_say_that_it_is_locked(desk, said):
    desk.press("3")
    desk.session.submit(LockCoding())
    desk.press("z", "-")
    acts = desk.page.coding
    for act in (acts.take_back, acts.move_here, acts.same_again, acts.end_here):
        act()
    assert len(desk.events) == 1
    assert said == ["Nothing changed: the coding is locked"] * 5


def test_keys_in_a_file_that_another_program_has_say_so(desk, said, monkeypatch):
    monkeypatch.setattr(OpenSession, "read_only", True)
    desk.press("3")
    assert desk.events == ()
    assert "reading only" in said[0]


def test_keys_without_a_video_say_why_nothing_is_recorded(theme, qtbot):
    heard = []
    page = WorkPage(theme, session_of(with_episodes()), Stage(theme))
    qtbot.addWidget(page)
    qtbot.addWidget(page.coding._stage)
    page.coding.said.connect(heard.append)
    page.take_key("3")
    page.take_key("-")
    page.coding.same_again()
    assert len(heard) == 2
    assert "no frame" in heard[0]


def test_the_buttons_do_what_their_keys_do_and_leave_the_keyboard_where_it_is(desk):
    desk.page.setFocus()
    desk.press("3")
    desk.at(605)
    for button in (desk.page.coding.acts.end_here, desk.page.coding.acts.same_again):
        desk.click(button)
    assert [(e.start_us, e.end_us) for e in desk.events] == [(s(600), s(605)), (s(605), None)]
    desk.click(desk.page.coding.acts.take_back)
    assert len(desk.events) == 1
    assert desk.page.window().focusWidget() is desk.page


def test_the_acts_give_way_to_the_bar_of_modifiers_and_come_back(desk):
    coding = desk.page.coding
    assert coding.acts.isVisible()
    assert not coding.bar.isVisible()
    desk.press("i")
    assert coding.bar.isVisible()
    assert not coding.acts.isVisible()
    coding.close_bar()
    assert coding.acts.isVisible()


def test_the_board_keeps_its_size_when_the_bar_opens(desk):
    before = desk.page.board.geometry()
    desk.press("i")
    desk.page.grab()
    assert desk.page.board.geometry() == before


def caps(bar):
    return [button.accessibleDescription() for button in bar.buttons]


def test_narrow_bars_leave_out_caps_and_then_buttons(theme, qtbot):
    bar = ActBar(theme)
    qtbot.addWidget(bar)
    bar.resize(900, 40)
    bar.show()
    bar.show_keys([("Ctrl", "D"), ("Ctrl", "T"), ("Ctrl", "B"), ("Ctrl", "R")])
    assert all("Ctrl" in cap for cap in caps(bar))
    assert all(button.isVisible() for button in bar.buttons)
    bar.resize(400, 40)
    assert not any("Ctrl" in cap for cap in caps(bar))
    bar.resize(120, 40)
    assert [button.isVisible() for button in bar.buttons] == [True, False, False, False]
    bar.resize(900, 40)
    assert all(button.isVisible() for button in bar.buttons)
    assert all("Ctrl" in cap for cap in caps(bar))


def test_every_act_has_a_name_and_says_what_it_does(desk):
    for button in desk.page.coding.acts.buttons:
        assert button.accessibleName()
        assert len(button.toolTip()) > len(button.text())


def test_persons_are_chosen_by_their_place_and_in_turn(desk):
    coding = desk.page.coding
    assert coding.subjects[0] == desk.page.board.subject == INFANT
    seen = []
    for _ in coding.subjects:
        coding.choose_next_subject()
        seen.append(desk.page.board.subject)
    assert seen == [*coding.subjects[1:], INFANT]
    coding.choose_subject(1)
    desk.press("shift+q")
    assert desk.events[0].subject == coding.subjects[1]
    coding.choose_subject(99)
    assert desk.page.board.subject == coding.subjects[1]


def test_a_person_chosen_by_key_closes_the_bar(desk):
    desk.press("i")
    assert desk.page.bar_is_open
    desk.page.coding.choose_next_subject()
    assert not desk.page.bar_is_open


def test_acts_are_reached_by_tab_and_pressed_by_space(desk):
    desk.press("3")
    button = desk.page.coding.acts.take_back
    button.setFocus(Qt.FocusReason.TabFocusReason)
    QTest.keyClick(button, Qt.Key.Key_Space)
    assert desk.events == ()
