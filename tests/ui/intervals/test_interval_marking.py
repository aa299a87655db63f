"""Marking intervals by hand: keys, buttons, taking the events again, undo, the guided pass."""

from __future__ import annotations

import pytest
from PySide6.QtCore import QEvent, Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QApplication

from ssp_coder.domain.time import Span
from ssp_coder.rules.interval_sheet import Source
from ssp_coder.ui.intervals.guide import Guide
from ssp_coder.ui.intervals.playing import SheetPlaying
from tests.builders import add, s
from tests.fixtures.interval_sheets import coded, moving, seen_mark, sheet

MOVING, ORAL, SMILING = "locomotion_explore", "oral_behaviour", "smiling"
Key = Qt.Key


def span(number: int) -> Span:
    """An interval of EP5, counted from 1."""
    return Span(start_us=s(570 + 15 * (number - 1)), end_us=s(570 + 15 * number))


# --------------------------------------------------------------------------- direct marks


def test_space_changes_nothing_in_a_row_that_the_events_tell(open_sheet):
    sheet = open_sheet(coded(moving(0, 20)))
    sheet.choose(MOVING, 1)
    sheet.press(Key.Key_Space, Key.Key_Delete)
    assert sheet.coding.intervals == ()
    assert not sheet.panel.foot.seen.isEnabled()
    assert "Taken from the events. F2" in sheet.panel.foot.advice.text()


def test_f2_offers_a_row_for_marking_and_says_that_nothing_is_marked(open_sheet):
    sheet = open_sheet(coded(moving(0, 20)))
    sheet.code_directly(MOVING)
    assert sheet.cells(MOVING) == "?" * 12
    assert sheet.shown(MOVING, 1) == "direct"
    assert sheet.coding.intervals == ()
    assert "until then the events are counted" in sheet.panel.foot.advice.text()


def test_space_says_seen_then_not_seen_then_seen(open_sheet):
    sheet = open_sheet()
    sheet.code_directly(MOVING, 2)
    for said in "101":
        sheet.press(Key.Key_Space)
        assert sheet.cells(MOVING) == f"?{said}??????????"


def test_arrows_move_between_cells(open_sheet):
    sheet = open_sheet()
    sheet.code_directly(MOVING, 1)
    sheet.press(Key.Key_Space, Key.Key_Right, Key.Key_Right, Key.Key_Space)
    assert sheet.cells(MOVING) == "1?1?????????"


@pytest.mark.parametrize("key", [Key.Key_Delete, Key.Key_Backspace])
def test_delete_makes_an_interval_not_coded_again(open_sheet, key):
    sheet = open_sheet(coded(seen_mark(MOVING, 1), seen_mark(MOVING, 2)))
    sheet.choose(MOVING, 1)
    sheet.press(key)
    assert sheet.cells(MOVING) == "?1??????????"


def test_deleting_the_last_mark_keeps_the_row_for_marking(open_sheet):
    sheet = open_sheet(coded(moving(0, 30), seen_mark(MOVING, 1)))
    sheet.choose(MOVING, 1)
    sheet.press(Key.Key_Delete)
    assert sheet.coding.intervals == ()
    assert sheet.row(MOVING).source is Source.DIRECT
    assert "until then the events are counted" in sheet.panel.foot.advice.text()


def test_f2_takes_the_events_again_and_undo_brings_the_marks_back(open_sheet):
    sheet = open_sheet(coded(moving(0, 30), seen_mark(MOVING, 5), seen_mark(MOVING, 6)))
    sheet.choose(MOVING, 1)
    sheet.press(Key.Key_F2)
    assert sheet.coding.intervals == ()
    assert sheet.cells(MOVING) == "110000000000"
    sheet.session.undo()
    assert sheet.cells(MOVING) == "????11??????"


def test_f2_twice_on_an_unmarked_row_leaves_no_step_to_undo(open_sheet):
    sheet = open_sheet(coded(moving(0, 30)))
    before = sheet.session.document.history.last_seq
    sheet.code_directly(MOVING)
    sheet.press(Key.Key_F2)
    assert sheet.row(MOVING).source is Source.DERIVED
    assert sheet.session.document.history.last_seq == before


def test_a_mark_is_one_step_back_and_forth(open_sheet):
    sheet = open_sheet()
    sheet.code_directly(MOVING, 4)
    sheet.press(Key.Key_Space)
    sheet.session.undo()
    assert sheet.coding.intervals == ()
    sheet.session.redo()
    assert sheet.cells(MOVING) == "???1????????"


def test_the_current_cell_stays_where_it_is_after_a_mark(open_sheet):
    sheet = open_sheet()
    sheet.code_directly(MOVING, 4)
    sheet.press(Key.Key_Space)
    assert sheet.view.chosen() == (sheet.line_of(MOVING), 3)


def test_brief_acts_cannot_be_marked_and_it_is_said_why(open_sheet):
    sheet = open_sheet(coded(add("affect.smile", 571)))
    sheet.code_directly(SMILING)
    assert sheet.row(SMILING).source is Source.DERIVED
    foot = sheet.panel.foot
    assert not foot.switch.isEnabled()
    assert foot.switch.toolTip() == foot.advice.text()
    assert "counted one by one" in foot.advice.text()


def test_the_advice_compares_with_the_events(open_sheet):
    sheet = open_sheet(coded(moving(0, 30), seen_mark(MOVING, 5)))
    sheet.choose(MOVING, 5)
    words = sheet.panel.foot.advice.text()
    assert words == "Coded directly, 1 of 12 intervals; by the events 2. F2 takes the events"


def test_buttons_do_what_the_keys_do(open_sheet):
    sheet = open_sheet()
    foot = sheet.panel.foot
    sheet.choose(MOVING, 2)
    foot.switch.click()
    foot.seen.click()
    assert sheet.cells(MOVING) == "?1??????????"
    assert foot.switch.text() == "Take the events"
    foot.clear.click()
    assert sheet.coding.intervals == ()
    foot.play.click()
    assert sheet.looped == [span(2)]


def test_what_the_sheet_shows_is_what_is_exported(open_sheet):
    shown = open_sheet(coded(moving(0, 30)))
    shown.code_directly(ORAL, 1)
    shown.press(Key.Key_Space)
    kept = {row.measure.id: row.cells for row in sheet(shown.coding).rows}
    for name, cells in kept.items():
        assert shown.row(name).cells == cells


def test_marks_behind_a_shortened_episode_are_told(open_sheet):
    from tests.builders import mark

    sheet = open_sheet(coded(seen_mark(MOVING, 1), seen_mark(MOVING, 12)))
    sheet.session.submit(mark("EP6", 660))
    sheet.choose(MOVING, 1)
    assert sheet.panel.foot.advice.text().startswith("1 marks lie behind the last interval")
    sheet.press(Key.Key_F2)
    assert sheet.coding.intervals == ()


# --------------------------------------------------------------------------- keys of the window


@pytest.mark.parametrize("key", [Key.Key_Space, Key.Key_Left, Key.Key_Return, Key.Key_F2])
def test_keys_of_the_sheet_are_not_those_of_the_window(open_sheet, key):
    sheet = open_sheet()
    asked = QKeyEvent(QEvent.Type.ShortcutOverride, key, Qt.KeyboardModifier.NoModifier)
    asked.ignore()
    QApplication.sendEvent(sheet.view, asked)
    assert asked.isAccepted()


@pytest.mark.parametrize("key", [Key.Key_Space, Key.Key_Left, Key.Key_Backspace])
def test_with_control_they_are_the_windows(open_sheet, key):
    sheet = open_sheet()
    sheet.code_directly(MOVING)
    asked = QKeyEvent(QEvent.Type.ShortcutOverride, key, Qt.KeyboardModifier.ControlModifier)
    asked.ignore()
    QApplication.sendEvent(sheet.view, asked)
    assert not asked.isAccepted()


def test_a_held_key_marks_once(open_sheet):
    sheet = open_sheet()
    sheet.code_directly(MOVING)
    for repeated in (False, True, True):
        press = QKeyEvent(
            QEvent.Type.KeyPress, Key.Key_Space, Qt.KeyboardModifier.NoModifier, " ", repeated
        )
        QApplication.sendEvent(sheet.view, press)
    assert sheet.cells(MOVING)[0] == "1"


def test_letters_do_not_move_in_the_sheet(open_sheet):
    sheet = open_sheet()
    sheet.choose(MOVING, 3)
    sheet.press(Key.Key_S, Key.Key_V)
    assert sheet.view.chosen() == (sheet.line_of(MOVING), 2)


def test_tab_leaves_the_sheet(open_sheet):
    sheet = open_sheet()
    assert not sheet.view.tabKeyNavigation()


# --------------------------------------------------------------------------- playing


def test_enter_plays_the_interval_over_and_over(open_sheet):
    sheet = open_sheet()
    sheet.choose(MOVING, 3)
    sheet.press(Key.Key_Return)
    assert sheet.looped == [span(3)]
    assert sheet.played == []


def test_guided_plays_each_interval_once_and_waits_for_the_ticks(open_sheet):
    sheet = open_sheet()
    sheet.code_directly(MOVING, 1)
    sheet.panel.guided.click()
    assert sheet.played == [span(1)]
    sheet.press(Key.Key_Space)
    assert sheet.played == [span(1)]
    sheet.press(Key.Key_Return)
    assert sheet.played == [span(1), span(2)]
    assert sheet.view.chosen() == (sheet.line_of(MOVING), 1)
    assert sheet.cells(MOVING) == "1???????????"


def test_guided_starts_at_the_current_interval_and_ends_after_the_last(open_sheet):
    sheet = open_sheet()
    sheet.choose(MOVING, 11)
    sheet.panel.guided.click()
    assert sheet.panel.foot.play.text() == "Next interval"
    sheet.press(Key.Key_Return, Key.Key_Return)
    assert sheet.played == [span(11), span(12)]
    assert not sheet.panel.guide.running
    assert not sheet.panel.guided.isChecked()
    assert sheet.panel.foot.play.text() == "Play"


def test_the_rest_not_seen_is_one_key(open_sheet):
    sheet = open_sheet()
    for measure in (MOVING, ORAL):
        sheet.code_directly(measure, 1)
    sheet.panel.guided.click()
    sheet.choose(MOVING, 1)
    sheet.press(Key.Key_Space)
    sheet.shift(Key.Key_Return)
    assert (sheet.cells(MOVING)[0], sheet.cells(ORAL)[0]) == ("1", "0")
    assert sheet.cells("crying")[0] == "?"
    assert sheet.played == [span(1), span(2)]


def test_the_rest_of_an_interval_is_one_step_to_undo_and_redo(open_sheet):
    sheet = open_sheet()
    for measure in (MOVING, ORAL, "crying"):
        sheet.code_directly(measure, 1)
    sheet.panel.guided.click()
    sheet.choose(MOVING, 1)
    sheet.press(Key.Key_Space)
    before = sheet.session.document.history.last_seq
    sheet.shift(Key.Key_Return)
    assert sheet.session.document.history.last_seq == before + 1
    assert (sheet.cells(ORAL)[0], sheet.cells("crying")[0]) == ("0", "0")
    sheet.session.undo()
    assert len(sheet.coding.intervals) == 1
    assert (sheet.cells(MOVING)[0], sheet.cells(ORAL)[0]) == ("1", "?")
    sheet.session.redo()
    assert sheet.cells(ORAL)[0] == "0"


def test_where_nothing_is_left_open_the_rest_is_no_step(open_sheet):
    sheet = open_sheet(coded(seen_mark(MOVING, 1)))
    sheet.panel.guided.click()
    sheet.choose(MOVING, 1)
    sheet.shift(Key.Key_Return)
    assert not sheet.session.document.history.can_undo
    assert sheet.played == [span(1), span(2)]


def test_the_rest_is_only_offered_while_guided(open_sheet):
    sheet = open_sheet()
    sheet.code_directly(MOVING, 1)
    assert not sheet.panel.foot.rest.isVisible()
    sheet.shift(Key.Key_Return)
    assert sheet.cells(MOVING) == "?" * 12
    sheet.panel.guided.click()
    assert sheet.panel.foot.rest.isVisible()


def test_escape_leaves_the_guided_pass(open_sheet):
    sheet = open_sheet()
    assert not sheet.view.wants_escape
    sheet.panel.guided.click()
    assert sheet.view.wants_escape
    sheet.press(Key.Key_Escape)
    assert not sheet.panel.guide.running


def test_the_sheet_stays_while_guided_though_the_playhead_goes_on(open_sheet):
    sheet = open_sheet()
    sheet.panel.guided.click()
    sheet.at(751)
    assert sheet.panel.episode == "EP5"
    assert sheet.panel.guide.running


def test_hiding_the_panel_ends_the_guided_pass(open_sheet):
    sheet = open_sheet()
    sheet.panel.guided.click()
    sheet.panel.hide()
    assert not sheet.panel.guide.running


def test_a_guide_that_leads_nobody_does_nothing():
    guide, told = Guide(), []
    guide.play_requested.connect(told.append)
    guide.ended.connect(lambda: told.append("ended"))
    guide.go_on()
    guide.play_again()
    guide.stop()
    assert told == []


def test_a_guide_plays_an_interval_again():
    guide, told = Guide(), []
    guide.play_requested.connect(told.append)
    guide.start(sheet(coded()), 2)
    guide.play_again()
    assert told == [span(3), span(3)]


# --------------------------------------------------------------------------- with the picture


class Player:
    """Notes what it is asked to do."""

    def __init__(self) -> None:
        self.video, self.done = object(), []

    def frame_start(self, time_us: int) -> int:
        return time_us // 40_000 * 40_000

    def __getattr__(self, name: str):
        return lambda *what: self.done.append((name, *what))


class Picture:
    def __init__(self) -> None:
        self.player, self.moves = Player(), Player()


def test_a_loop_starts_at_its_beginning_and_plays(open_sheet):
    sheet, picture = open_sheet(), Picture()
    SheetPlaying(sheet.panel, picture)
    sheet.panel.loop_requested.emit(span(2))
    assert picture.player.done == [
        ("set_stop", None),
        ("seek", s(585)),
        ("set_loop", span(2)),
        ("play",),
    ]


def test_once_rests_on_the_last_frame_of_the_interval(open_sheet):
    sheet, picture = open_sheet(), Picture()
    SheetPlaying(sheet.panel, picture)
    sheet.panel.play_requested.emit(span(1))
    assert ("set_stop", s("584.96")) in picture.player.done
    assert ("set_loop", None) in picture.player.done
    assert picture.player.done[-1] == ("play",)
    assert picture.moves.done == [("leave",)]


def test_without_a_video_nothing_is_played(open_sheet):
    sheet, picture = open_sheet(), Picture()
    picture.player.video = None
    SheetPlaying(sheet.panel, picture)
    sheet.panel.play_requested.emit(span(1))
    sheet.panel.loop_requested.emit(span(1))
    assert picture.player.done == []
