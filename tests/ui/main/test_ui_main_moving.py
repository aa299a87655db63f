"""Moving by key in the real window: every command of the hand, while a state is open and coded."""

from __future__ import annotations

import shutil
from itertools import count

import pytest
from PySide6.QtCore import QSettings, Qt
from PySide6.QtGui import QKeySequence
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QInputDialog

from ssp_coder.domain.coding import Coding, Media
from ssp_coder.editing.completeness import Step
from ssp_coder.media.fingerprint import fingerprint
from ssp_coder.storage.coding_file import create
from ssp_coder.ui.main.commands import COMMANDS, Menu
from ssp_coder.ui.main.settings import Settings
from ssp_coder.ui.main.window import MainWindow
from ssp_coder.ui.player.moves import MOST_STEP_FRAMES, STEP_FRAMES
from tests.builders import add, infant_scheme, mark

PATIENCE_MS = 15_000
MOVING = tuple(command for command in COMMANDS if command.menu in (Menu.PLAY, Menu.GO))


@pytest.fixture
def window(theme, tmp_path, qtbot, clip_factory):
    """The window with a coding of a five-second clip, on the code step, with the keyboard."""
    path = coding_of(clip_factory("h264"), tmp_path)
    store = QSettings(str(tmp_path / "settings.ini"), QSettings.Format.IniFormat)
    made = MainWindow(theme, Settings(store))
    qtbot.addWidget(made)
    made.show()
    made.activateWindow()
    qtbot.waitExposed(made)
    made.desk.open_path(path)
    qtbot.waitUntil(lambda: made.workspace.player.moment is not None, timeout=20_000)
    made.show_page(Step.CODE)
    made.workspace.work.setFocus()
    qtbot.waitUntil(lambda: QApplication.focusWidget() is made.workspace.work)
    yield made
    made.desk.stop_work()
    made.close()


def coding_of(clip, folder):
    video = folder / "S001.mp4"
    shutil.copy(clip.path, video)
    media = Media(
        name=video.name,
        relative_path=video.name,
        size=video.stat().st_size,
        fingerprint=fingerprint(video),
        duration_us=5_000_000,
        frame_count=150,
    )
    path = folder / "S001.c01.sspc"
    start = Coding(session="S001", coder="c01", media=(media,))
    create(path, coding=start, scheme=infant_scheme(), who="c01").close()
    return path


@pytest.fixture
def press(window, qtbot):
    """Presses the key of a command, as it stands in the table, where the keyboard is."""

    def by_key(command):
        keys = next(c.keys for c in COMMANDS if c.id == command)
        stroke = QKeySequence(keys[0])[0]
        QTest.keyClick(
            QApplication.focusWidget() or window, stroke.key(), stroke.keyboardModifiers()
        )

    return by_key


@pytest.fixture
def rests(window, qtbot):
    """Waits until a frame is on the screen."""

    def at(ordinal):
        player = window.workspace.player
        qtbot.waitUntil(lambda: player.moment.ordinal == ordinal, timeout=PATIENCE_MS)

    return at


def moves(window):
    return window.workspace.stage.moves


def escape(window):
    QTest.keyClick(window.workspace.work, Qt.Key.Key_Escape)


class TestTable:
    def test_every_movement_has_a_key(self):
        assert [command.id for command in MOVING if not command.keys] == []

    def test_no_movement_takes_a_key_that_codes_or_rates(self):
        """A plain letter or digit belongs to codes and ratings."""
        for command in MOVING:
            for key in command.keys:
                assert len(key) > 1, command.id

    def test_every_movement_of_the_hand_stands_under_play_or_go(self, window):
        assert set(window.desk.moving.commands()) <= {command.id for command in MOVING}

    def test_without_a_coding_no_movement_does_anything(self, window):
        window.close_coding()
        for do in window.desk.moving.commands().values():
            do()
        assert window.workspace is None
        assert not window.desk.moving.leave(bar_open=False)


class TestKeys:
    def test_frames_and_seconds(self, press, rests):
        for command, ordinal in (
            ("forward_frames", 5), ("forward_frame", 6), ("back_frames", 1), ("back_frame", 0),
            ("forward_second", 30), ("forward_ten", 149), ("back_five", 0), ("forward_five", 149),
            ("back_second", 119), ("back_ten", 0), ("to_end", 149), ("to_start", 0),
        ):  # fmt: skip
            press(command)
            rests(ordinal)

    def test_an_open_state_and_its_bar_do_not_stand_in_the_way(self, window, press, rests):
        QTest.keyClick(window.workspace.work, Qt.Key.Key_3)
        assert window.workspace.session.coding.events[0].is_open
        press("forward_frames")
        rests(5)
        press("shuttle_forward")
        assert window.workspace.player.playing
        press("shuttle_stop")
        assert not window.workspace.player.playing
        assert len(window.workspace.session.coding.events) == 1

    def test_a_code_key_records_the_painted_frame_in_the_middle_of_a_shuttle(
        self, window, press, rests, qtbot
    ):
        press("to_end")
        rests(149)
        press("shuttle_back")
        player = window.workspace.player
        qtbot.waitUntil(lambda: player.moment.ordinal < 145, timeout=PATIENCE_MS)
        painted = player.moment
        QTest.keyClick(window.workspace.work, Qt.Key.Key_3)
        event = window.workspace.session.coding.events[0]
        assert (event.start_us, event.start_frame) == (painted.pts_us, painted.ordinal)
        press("shuttle_stop")

    def test_speed_by_key_is_said(self, window, press):
        press("slower")
        assert window.statusBar().currentMessage() == "Speed 0.75×"
        press("normal_rate")
        press("faster")
        assert window.statusBar().currentMessage() == "Speed 1.5×"
        assert window.workspace.stage.transport._rates.currentText() == "1.5×"

    def test_the_last_seconds_again(self, window, press, rests, qtbot):
        press("forward_frames")
        rests(5)
        press("again")
        assert window.workspace.player.rate == 0.5
        qtbot.waitUntil(lambda: not moves(window).again.running, timeout=PATIENCE_MS)
        rests(5)
        assert window.workspace.player.rate == 1.0

    def test_back_to_where_play_started(self, window, press, rests, qtbot):
        press("last_start")
        assert window.statusBar().currentMessage() == "Nothing was played yet."
        press("forward_second")
        rests(30)
        press("toggle")
        qtbot.waitUntil(lambda: window.workspace.player.moment.ordinal > 34, timeout=PATIENCE_MS)
        press("last_start")
        rests(30)

    def test_a_time_is_typed_and_the_keyboard_comes_back_to_the_codes(self, window, press, rests):
        press("to_time")
        edit = window.workspace.stage.transport.time_entry.edit
        assert QApplication.focusWidget() is edit
        QTest.keyClicks(edit, "2.5")
        QTest.keyClick(edit, Qt.Key.Key_Return)
        rests(75)
        assert QApplication.focusWidget() is window.workspace.work
        assert window.workspace.session.coding.events == ()


class TestPlaces:
    @pytest.fixture
    def marked(self, window):
        """Events at 1 and 3 s, episodes from 0 and 2 s."""
        session = window.workspace.session
        for edit in (
            mark("EP1", 0), mark("EP2", 2), add("seeking.reach", 1), add("seeking.reach", 3),
        ):  # fmt: skip
            assert session.submit(edit)
        return window

    def test_from_event_to_event(self, marked, press, rests):
        for command, ordinal in (("event_after", 30), ("event_after", 90), ("event_before", 30)):
            press(command)
            rests(ordinal)

    def test_from_episode_to_episode(self, marked, press, rests):
        press("episode_after")
        rests(60)
        press("forward_frame")
        rests(61)
        press("episode_before")
        rests(60)
        press("episode_before")
        rests(0)

    def test_the_nearest_event_is_looped(self, marked, press, qtbot):
        press("loop_event")
        span = marked.workspace.player.loop
        assert (span.start_us, span.end_us) == (0, 4_000_000)
        assert marked.workspace.player.playing
        press("toggle")

    def test_the_selected_event_is_looped_though_another_is_nearer(self, marked, press):
        last = marked.workspace.session.coding.events[-1]
        marked.workspace.work.table.show_selected((last.id,))
        press("loop_event")
        assert marked.workspace.player.loop.start_us == last.start_us - 2_000_000
        press("toggle")

    def test_without_events_it_says_so(self, window, press):
        press("loop_event")
        assert window.statusBar().currentMessage() == "There is no event to loop yet."


class TestLoop:
    def test_in_out_and_off_and_on_by_key(self, window, press, rests):
        press("loop")
        assert "Set where the loop starts" in window.statusBar().currentMessage()
        press("forward_second")
        rests(30)
        press("loop_start")
        press("forward_frames")
        rests(35)
        press("loop_end")
        player, words = window.workspace.player, window.workspace.stage.transport.sign.chip
        assert (player.loop.start_us, player.loop.end_us) == (1_000_000, 1_200_000)
        assert words.accessibleName() == "Loop 0:01.000 to 0:01.200"
        press("loop")
        assert player.loop is None
        press("loop")
        assert player.loop is not None

    def test_the_timeline_shows_it(self, window, press):
        press("loop_start")
        press("loop_end")
        assert window.workspace.work.timeline.scene.loop == window.workspace.player.loop
        press("loop")
        assert window.workspace.work.timeline.scene.loop is None


class TestEscape:
    @pytest.fixture
    def looped(self, window, press):
        press("loop_start")
        press("loop_end")
        assert window.workspace.player.loop is not None
        return window

    def test_it_leaves_a_loop(self, looped):
        escape(looped)
        assert looped.workspace.player.loop is None

    def test_an_open_bar_is_closed_first(self, looped):
        QTest.keyClick(looped.workspace.work, Qt.Key.Key_I)
        assert looped.workspace.work.bar_is_open
        escape(looped)
        assert not looped.workspace.work.bar_is_open
        assert looped.workspace.player.loop is not None
        escape(looped)
        assert looped.workspace.player.loop is None

    def test_what_moves_is_stopped_before_anything_else(self, looped, press):
        QTest.keyClick(looped.workspace.work, Qt.Key.Key_I)
        press("shuttle_forward")
        escape(looped)
        assert not looped.workspace.player.playing
        assert looped.workspace.work.bar_is_open

    def test_a_region_being_drawn_is_given_up_first(self, looped, qtbot):
        view = looped.workspace.stage.view
        view.draw_region()
        with qtbot.waitSignal(view.region_drawn) as drawn:
            QTest.keyClick(view, Qt.Key.Key_Escape)
        assert drawn.args == [None]
        assert looped.workspace.player.loop is not None

    def test_a_dragged_edge_is_let_go_first(self, looped, monkeypatch):
        timeline, cancelled = looped.workspace.work.timeline, []
        monkeypatch.setattr(timeline, "is_dragging", lambda: True)
        monkeypatch.setattr(timeline, "cancel_drag", lambda: cancelled.append(True))
        timeline.setFocus()
        QTest.keyClick(timeline, Qt.Key.Key_Escape)
        assert cancelled == [True]
        assert looped.workspace.player.loop is not None

    @pytest.mark.parametrize("page", [Step.PREPARE, Step.RATE])
    def test_it_works_on_other_pages_too(self, looped, page):
        looped.show_page(page)
        QTest.keyClick(looped.workspace.page(page), Qt.Key.Key_Escape)
        assert looped.workspace.player.loop is None

    def test_without_anything_to_leave_it_goes_on_to_the_window(self, window):
        assert not window.desk.moving.leave(bar_open=False)


class TestSeveralFrames:
    def test_how_many_is_asked_and_remembered(self, window, press, rests, monkeypatch):
        asked = []

        def answer(dialog):
            asked.append((dialog.intValue(), dialog.intMinimum(), dialog.intMaximum()))
            dialog.setIntValue(12)
            return 1

        monkeypatch.setattr(QInputDialog, "exec", answer)
        press("several")
        press("forward_frames")
        rests(12)
        assert asked == [(STEP_FRAMES, 2, MOST_STEP_FRAMES)]
        assert window.settings.step_frames == 12

    def test_cancel_changes_nothing(self, window, press, monkeypatch):
        def leave(dialog):
            dialog.setIntValue(12)
            return 0

        monkeypatch.setattr(QInputDialog, "exec", leave)
        press("several")
        assert window.settings.step_frames == STEP_FRAMES

    @pytest.mark.parametrize("kept", ["many", "0", "-3", str(MOST_STEP_FRAMES + 1)])
    def test_nonsense_in_the_settings_is_not_believed(self, tmp_path, kept):
        store = QSettings(str(tmp_path / "odd.ini"), QSettings.Format.IniFormat)
        store.setValue("step_frames", kept)
        assert Settings(store).step_frames == STEP_FRAMES


def test_closing_in_the_middle_of_a_shuttle_leaves_nothing_running(window, press, rests, qtbot):
    press("to_end")
    rests(149)
    press("shuttle_back")
    timer = moves(window).shuttle._timer
    assert timer.isActive()
    assert window.close_coding()
    polls = count()
    qtbot.waitUntil(lambda: next(polls) > 3)
    assert window.workspace is None
