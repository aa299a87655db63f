from __future__ import annotations

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest

from ssp_coder.domain.time import Micros
from ssp_coder.editing.edits import LockCoding
from ssp_coder.ui.prepare.panel import END_ROW, PreparePanel
from ssp_coder.ui.theme.tokens import Scheme
from tests.builders import s, with_episodes
from tests.ui.pages import session_of


@pytest.fixture
def panel(theme, qtbot):
    shown = PreparePanel(theme, session_of())
    shown.session = shown._session
    qtbot.addWidget(shown)
    shown.show()
    return shown


def at(panel, seconds):
    panel.set_moment(s(seconds), round(seconds * 25))


def test_enter_marks_the_chosen_line_at_the_painted_frame_and_goes_on(panel):
    at(panel, 2)
    row = panel._rows["EP1"]
    QTest.keyClick(row, Qt.Key.Key_Return)
    mark = panel.session.coding.mark("EP1")
    assert (mark.start_us, mark.start_frame) == (s(2), 50)
    assert panel.current == "EP2"


def test_all_episodes_and_the_end_can_be_marked_one_after_the_other(panel):
    for place, seconds in enumerate((0, 30, 210, 390, 570, 750, 930, 1110), start=1):
        assert panel.current == f"EP{place}"
        at(panel, seconds)
        panel.mark_current()
    at(panel, 1290)
    assert panel.current == END_ROW
    panel.mark_current()
    assert panel.session.coding == with_episodes()


def test_a_mark_out_of_order_is_refused_in_words(panel, qtbot):
    at(panel, 100)
    panel.mark("EP2")
    at(panel, 50)
    with qtbot.waitSignal(panel.session.refused) as said:
        panel.mark("EP3")
    assert "EP2 starts before it" in said.args[0]


def test_without_a_picture_nothing_is_marked(panel):
    panel.mark_current()
    assert panel.session.coding.episodes == ()


def test_a_missing_episode_needs_a_reason(panel):
    panel.choose("EP7")
    panel._missing.click()
    assert panel._reason.error()
    panel._reason.set_text("infant too distressed")
    panel._missing.click()
    assert panel.session.coding.mark("EP7").is_missing
    assert panel.session.coding.mark("EP7").reason == "infant too distressed"


def test_a_reason_is_kept_with_the_mark(panel):
    at(panel, 30)
    panel.mark("EP2")
    panel.choose("EP2")
    panel._reason.edit.setText("long feed")
    QTest.keyClick(panel._reason.edit, Qt.Key.Key_Return)
    mark = panel.session.coding.mark("EP2")
    assert (mark.reason, mark.start_us, mark.start_frame) == ("long feed", s(30), 750)


def test_a_mark_moved_later_keeps_its_reason(panel):
    at(panel, 30)
    panel.mark("EP2")
    panel.choose("EP2")
    panel._reason.edit.setText("long feed")
    QTest.keyClick(panel._reason.edit, Qt.Key.Key_Return)
    at(panel, 31)
    panel.mark("EP2")
    assert panel.session.coding.mark("EP2").reason == "long feed"


def test_clear_takes_a_mark_back(panel):
    at(panel, 30)
    panel.mark("EP2")
    panel.choose("EP2")
    panel._clear.click()
    assert panel.session.coding.mark("EP2") is None
    at(panel, 1200)
    panel.mark(END_ROW)
    panel.choose(END_ROW)
    panel._clear.click()
    assert panel.session.coding.session_end is None


def test_a_click_on_the_time_shows_the_start(panel, qtbot):
    at(panel, 3000)
    panel.session.document.coding = with_episodes()
    panel.refresh()
    with qtbot.waitSignal(panel.session.jump_requested) as asked:
        panel._rows["EP8"]._time.click()
    assert asked.args == [s(1110)]
    with qtbot.waitSignal(panel.session.jump_requested) as asked:
        panel._rows[END_ROW]._time.click()
    assert asked.args == [s(1290)]


def test_a_jump_beyond_thirty_five_minutes_is_not_cut(panel, qtbot):
    far = Micros(3_000_000_000)
    with qtbot.waitSignal(panel.session.jump_requested) as asked:
        panel.session.jump_requested.emit(far)
    assert asked.args == [far]


def test_the_line_says_how_the_episode_went(panel):
    for name, seconds in (("EP3", 10), ("EP4", 190), ("EP5", 250)):
        at(panel, seconds)
        panel.mark(name)
    spoken = panel._rows["EP4"].accessibleName()
    assert "curtailed" in spoken
    assert "1:00" in spoken
    assert "curtailed" not in panel._rows["EP3"].accessibleName()


def test_a_locked_coding_is_shown_and_not_changed(panel):
    panel.session.submit(LockCoding())
    assert not panel._rows["EP1"]._mark.isEnabled()
    assert not panel._missing.isEnabled()


def test_the_main_act_marks_the_chosen_line(panel):
    at(panel, 1)
    words, act = panel.main_action()
    act()
    assert words
    assert panel.session.coding.mark("EP1") is not None


def test_a_reason_written_before_the_mark_is_kept_with_it(panel):
    panel.choose("EP1")
    QTest.keyClicks(panel._reason.edit, "she cried")
    at(panel, 2)
    panel.mark_current()
    assert panel.session.coding.mark("EP1").reason == "she cried"


def test_why_it_did_not_take_place_is_no_reason_of_a_start(panel):
    panel.choose("EP1")
    QTest.keyClicks(panel._reason.edit, "no camera")
    panel._missing.click()
    panel.choose("EP1")
    at(panel, 2)
    panel.mark_current()
    mark = panel.session.coding.mark("EP1")
    assert (mark.start_us, mark.reason) == (s(2), "")


def test_a_reason_written_for_one_line_is_not_given_to_another(panel):
    panel.choose("EP1")
    QTest.keyClicks(panel._reason.edit, "she cried")
    at(panel, 30)
    panel.mark("EP2")
    assert panel.session.coding.mark("EP2").reason == ""


def test_the_chosen_line_follows_another_colour_scheme(panel, theme):
    panel.choose("EP1")
    row = panel._rows["EP1"]
    light = theme.tokens.sel
    assert light in row.styleSheet()
    theme.set_scheme(Scheme.DARK)
    assert theme.tokens.sel != light
    assert theme.tokens.sel in row.styleSheet()
