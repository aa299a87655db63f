"""What the bar says of movements under way, and the place to type a time into."""

from __future__ import annotations

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLineEdit, QVBoxLayout, QWidget

from ssp_coder.domain.time import SECOND_US, Micros, Span
from ssp_coder.ui.player.motion_sign import motion_words
from ssp_coder.ui.player.moves import NO_LOOP, LoopPlan, Motion
from ssp_coder.ui.player.stage import Stage
from ssp_coder.ui.player.transport import NARROW_PX, Transport
from ssp_coder.ui.player.view import Moment

LOOP = LoopPlan.over(Span(start_us=252_300_000, end_us=257_300_000))
FIRST = Span(start_us=252_300_000, end_us=252_333_333)


@pytest.fixture
def place(theme, qtbot):
    """A window with the bar and another field, which has the keyboard."""
    window = QWidget()
    qtbot.addWidget(window)
    column = QVBoxLayout(window)
    window.bar = Transport(theme)
    window.other = QLineEdit()
    column.addWidget(window.bar)
    column.addWidget(window.other)
    window.resize(700, 140)
    window.show()
    window.activateWindow()
    qtbot.waitExposed(window)
    window.other.setFocus()
    qtbot.waitUntil(lambda: QApplication.focusWidget() is window.other)
    window.bar.show_moment(Moment(Micros(12 * SECOND_US), 300))
    return window


@pytest.fixture
def bar(place):
    return place.bar


@pytest.mark.parametrize(
    ("motion", "words"),
    [
        (Motion(), ""),
        (Motion(loop=LOOP), "Loop 4:12.300 to 4:17.300"),
        (Motion(loop=NO_LOOP.starting(FIRST)), "Loop from 4:12.300"),
        (Motion(loop=NO_LOOP.ending(FIRST)), "Loop up to 4:12.333"),
        (Motion(speed=-2), "Back 2×"),
        (Motion(speed=4), "Forward 4×"),
        (Motion(again=True), "Again at 0.5×"),
        (Motion(speed=-1, loop=LOOP), "Back 1×"),
    ],
)
def test_what_is_under_way_is_said_in_a_few_words(motion, words):
    assert motion_words(motion) == words


class TestSign:
    def test_it_stands_where_the_episode_stands_and_gives_the_place_back(self, bar):
        bar.show_episode("EP5  Reunion", "0:10, planned 3:00")
        bar.show_motion(Motion(loop=LOOP))
        assert bar.sign.chip.isVisible()
        assert not bar._episode.isVisible()
        bar.show_motion(Motion())
        assert bar._episode.isVisible()
        assert not bar.sign.chip.isVisible()

    def test_the_bar_keeps_its_height(self, bar):
        heights = {bar.sizeHint().height()}
        for motion in (Motion(loop=LOOP), Motion(speed=-4), Motion(again=True)):
            bar.show_motion(motion)
            heights.add(bar.sizeHint().height())
        bar.time_entry.ask()
        bar.time_entry.refuse("Not a time; write 12.5, 4:12.5 or 1:04:12")
        heights.add(bar.sizeHint().height())
        assert len(heights) == 1

    def test_its_cross_leaves(self, bar, qtbot):
        bar.show_motion(Motion(loop=LOOP))
        with qtbot.waitSignal(bar.motion_left):
            QTest.keyClick(bar.sign.chip, Qt.Key.Key_Delete)

    def test_a_press_leaves(self, bar, qtbot):
        bar.show_motion(Motion(speed=2))
        with qtbot.waitSignal(bar.motion_left):
            QTest.keyClick(bar.sign.chip, Qt.Key.Key_Space)

    def test_it_is_named_for_those_who_listen(self, bar):
        bar.show_motion(Motion(loop=LOOP))
        assert bar.sign.chip.accessibleName() == "Loop 4:12.300 to 4:17.300"
        assert "Esc" in bar.sign.chip.toolTip()

    def test_a_narrow_bar_still_shows_it(self, bar, place, theme):
        place.resize(theme.px(NARROW_PX) - 20, 140)
        bar.show_motion(Motion(loop=LOOP))
        assert bar.sign.chip.isVisible()
        assert bar.sign.chip.width() >= bar.sign.chip.sizeHint().width()

    def test_a_click_on_it_takes_no_keyboard_away(self, bar):
        assert bar.sign.chip.focusPolicy() == Qt.FocusPolicy.TabFocus


class TestTypingATime:
    def test_asking_puts_the_time_there_ready_to_be_typed_over(self, bar):
        bar.time_entry.ask()
        assert bar.time_entry.edit.hasFocus()
        assert bar.time_entry.edit.selectedText() == "0:12.000"

    def test_a_click_on_the_time_asks(self, bar):
        QTest.mouseClick(bar._time, Qt.MouseButton.LeftButton)
        assert bar.time_entry.is_asking

    def test_enter_gives_the_text(self, bar, qtbot):
        bar.time_entry.ask()
        QTest.keyClicks(bar.time_entry.edit, "4:12.5")
        with qtbot.waitSignal(bar.time_typed) as typed:
            QTest.keyClick(bar.time_entry.edit, Qt.Key.Key_Return)
        assert typed.args == ["4:12.5"]

    def test_a_refusal_is_said_beside_it_and_the_text_stays(self, bar):
        bar.time_entry.ask()
        bar.time_entry.edit.setText("soon")
        bar.time_entry.refuse("Not a time")
        assert bar.time_entry.edit.text() == "soon"
        assert bar.time_entry.edit.property("invalid")
        assert bar.sign.refusal.isVisible()
        assert bar.sign.refusal.text() == "Not a time"
        assert bar.time_entry.edit.accessibleDescription() == "Not a time"

    def test_typing_on_takes_the_refusal_away(self, bar):
        bar.time_entry.ask()
        bar.time_entry.refuse("Not a time")
        QTest.keyClicks(bar.time_entry.edit, "4")
        assert not bar.sign.refusal.isVisible()
        assert not bar.time_entry.edit.property("invalid")

    @pytest.mark.parametrize("end", ["escape", "reached"])
    def test_the_keyboard_goes_back_to_where_it_was(self, bar, place, end):
        bar.time_entry.ask()
        if end == "escape":
            QTest.keyClick(bar.time_entry.edit, Qt.Key.Key_Escape)
        else:
            bar.time_entry.close_entry()
        assert not bar.time_entry.is_asking
        assert place.other.hasFocus()

    def test_escape_after_a_refusal_shows_time_and_episode_again(self, bar):
        bar.time_entry.ask()
        bar.time_entry.refuse("Not a time")
        QTest.keyClick(bar.time_entry.edit, Qt.Key.Key_Escape)
        assert bar._time.isVisible()
        assert not bar.sign.refusal.isVisible()

    def test_going_elsewhere_leaves_it(self, bar, place):
        bar.time_entry.ask()
        place.other.setFocus()
        assert not bar.time_entry.is_asking
        assert place.other.hasFocus()

    def test_asking_twice_remembers_the_first_place(self, bar, place):
        bar.time_entry.ask()
        bar.time_entry.ask()
        bar.time_entry.close_entry()
        assert place.other.hasFocus()

    def test_the_time_goes_on_underneath(self, bar):
        bar.time_entry.ask()
        bar.show_moment(Moment(Micros(13 * SECOND_US), 325))
        assert bar.time_entry.edit.text() == "0:12.000"
        bar.time_entry.close_entry()
        assert bar._time.text() == "0:13.000"


class TestOnTheStage:
    @pytest.fixture
    def stage(self, theme, qtbot, clip_factory):
        made = Stage(theme)
        qtbot.addWidget(made)
        made.resize(700, 480)
        made.show()
        with qtbot.waitSignal(made.player.opened, timeout=20_000):
            made.player.open(clip_factory("h264").path)
        qtbot.waitUntil(lambda: made.player.moment is not None, timeout=10_000)
        yield made
        made.player.close()

    def type_time(self, stage, text):
        entry = stage.transport.time_entry
        entry.ask()
        entry.edit.setText(text)
        QTest.keyClick(entry.edit, Qt.Key.Key_Return)

    def test_a_typed_time_is_gone_to_exactly(self, stage, clip_factory, qtbot):
        self.type_time(stage, "0:02.5")
        qtbot.waitUntil(lambda: stage.player.moment.ordinal == 75, timeout=10_000)
        assert stage.player.moment.pts_us == clip_factory("h264").times_us[75]
        assert not stage.transport.time_entry.is_asking

    @pytest.mark.parametrize(
        ("text", "words"), [("soon", "Not a time"), ("5:00", "ends at 0:05.000")]
    )
    def test_nonsense_is_refused_and_nothing_moves(self, stage, text, words):
        self.type_time(stage, text)
        assert words in stage.transport.sign.refusal.text()
        assert stage.transport.time_entry.is_asking
        assert stage.player.moment.ordinal == 0

    def test_the_cross_of_a_loop_lets_the_player_go_on(self, stage):
        stage.moves.start_loop()
        stage.moves.end_loop()
        assert stage.player.loop is not None
        stage.transport.sign.chip.removed.emit()
        assert stage.player.loop is None
        assert not stage.transport.sign.chip.isVisible()

    def test_the_button_rests_a_shuttle_that_goes_back(self, stage, qtbot):
        stage.moves.go_to(4 * SECOND_US)
        qtbot.waitUntil(lambda: stage.player.moment.ordinal == 120, timeout=10_000)
        stage.moves.press_shuttle(-1)
        assert motion_words(stage.moves.motion) == "Back 1×"
        QTest.mouseClick(stage.transport._play, Qt.MouseButton.LeftButton)
        assert stage.moves.motion.is_plain
        assert not stage.player.playing
