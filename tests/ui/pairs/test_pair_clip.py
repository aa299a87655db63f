"""From a difference to the picture in the real window, by key."""

from __future__ import annotations

import shutil

import pytest
from PySide6.QtCore import QSettings, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from ssp_coder.domain.coding import Coding, Media
from ssp_coder.domain.time import SECOND_US, Micros, Span
from ssp_coder.media.fingerprint import fingerprint
from ssp_coder.storage.coding_file import create
from ssp_coder.ui.main.settings import Settings
from ssp_coder.ui.main.window import MainWindow
from ssp_coder.ui.main.workspace import COMPARE
from ssp_coder.ui.player.moves import within
from tests.builders import add, after, infant_scheme

PATIENCE_MS = 15_000


def coded(folder, clip, coder, *edits):
    video = folder / "S001.mp4"
    if not video.exists():
        shutil.copy(clip.path, video)
    media = Media(
        name=video.name,
        relative_path=video.name,
        size=video.stat().st_size,
        fingerprint=fingerprint(video),
        duration_us=5_000_000,
        frame_count=150,
    )
    path = folder / f"S001.{coder}.sspc"
    start = after(Coding(session="S001", coder=coder, media=(media,)), *edits)
    create(path, coding=start, scheme=infant_scheme(), who=coder).close()
    return path


@pytest.fixture
def window(theme, tmp_path, qtbot, clip_factory):
    """The window with two differences, at 3.0 and at 4.0 s of a clip of five seconds."""
    clip = clip_factory("h264")
    own = coded(tmp_path, clip, "c01", add("seeking.reach", 3))
    other = coded(tmp_path, clip, "c02", add("seeking.reach", 4.5))
    store = QSettings(str(tmp_path / "settings.ini"), QSettings.Format.IniFormat)
    made = MainWindow(theme, Settings(store))
    qtbot.addWidget(made)
    made.show()
    made.activateWindow()
    qtbot.waitExposed(made)
    made.desk.open_path(own)
    qtbot.waitUntil(lambda: made.workspace.player.moment is not None, timeout=20_000)
    made.show_page(COMPARE)
    page = made.workspace.page(COMPARE)
    page.open_reference(other)
    qtbot.waitUntil(lambda: page.bar.anyway.isVisible(), timeout=PATIENCE_MS)
    page.compare_anyway()
    qtbot.waitUntil(lambda: len(page.review.items) == 2, timeout=PATIENCE_MS)
    qtbot.waitUntil(lambda: QApplication.focusWidget() is page.review.choice.list)
    yield made
    made.desk.stop_work()
    made.close()


@pytest.fixture
def review(window):
    return window.workspace.page(COMPARE).review


def press(key, held=Qt.KeyboardModifier.NoModifier):
    QTest.keyClick(QApplication.focusWidget(), key, held)


def next_item():
    press(Qt.Key.Key_PageDown, Qt.KeyboardModifier.AltModifier)


def test_one_key_goes_to_two_seconds_before_and_loops(window, review, qtbot):
    player = window.workspace.player
    next_item()
    assert review.current == review.choice.list.items[0]
    assert player.loop == Span(start_us=Micros(SECOND_US), end_us=Micros(player.end_us))
    assert player.playing
    qtbot.waitUntil(lambda: player.moment.pts_us >= SECOND_US, timeout=PATIENCE_MS)


def test_enter_in_the_list_plays_the_chosen_difference(window, review):
    press(Qt.Key.Key_Down)
    assert not window.workspace.player.playing
    press(Qt.Key.Key_Return)
    assert window.workspace.player.loop.start_us == SECOND_US
    assert window.workspace.player.playing


def test_enter_on_a_cell_lists_it_and_escape_lists_all(window, review, qtbot):
    window.workspace.page(COMPARE).summary.show_table("matrix")
    grid = review.matrices.grid
    grid.show_chosen(next(iter(grid.matrix.counts)))
    grid.show_chosen(None)
    grid.setFocus()
    qtbot.waitUntil(lambda: QApplication.focusWidget() is grid)
    press(Qt.Key.Key_Return)
    assert len(review.choice.list.items) == 1
    press(Qt.Key.Key_Escape)
    assert len(review.choice.list.items) == 2


def test_the_next_press_shows_the_next_difference(window, review, qtbot):
    next_item()
    next_item()
    player = window.workspace.player
    assert review.current == review.choice.list.items[1]
    assert player.loop.start_us == 2_500_000
    qtbot.waitUntil(lambda: player.moment.pts_us >= 2_400_000, timeout=PATIENCE_MS)


def test_the_playhead_of_the_pair_follows(window, review, qtbot):
    next_item()
    qtbot.waitUntil(lambda: review.timeline.playhead() >= SECOND_US, timeout=PATIENCE_MS)


def test_the_loop_is_shown_in_the_lanes_and_gone_with_it(window, review):
    next_item()
    assert review.timeline.scene.loop == window.workspace.player.loop
    press(Qt.Key.Key_Escape)
    assert window.workspace.player.loop is None
    assert review.timeline.scene.loop is None


def test_the_keyboard_stays_in_the_list(window, review):
    next_item()
    press(Qt.Key.Key_Escape)
    press(Qt.Key.Key_Down)
    assert QApplication.focusWidget() is review.choice.list
    assert review.current == review.choice.list.items[1]


def test_space_plays_and_rests_while_the_list_has_the_keyboard(window, review):
    next_item()
    press(Qt.Key.Key_Space)
    assert not window.workspace.player.playing


@pytest.mark.parametrize(
    ("stretch", "wanted"), [((-5, 3), (0, 3)), ((2, 9), (2, 5)), ((7, 9), (4, 5))]
)
def test_a_stretch_is_cut_to_the_recording(stretch, wanted):
    start, end = stretch
    cut = within(Span(start_us=Micros(max(0, start)), end_us=Micros(end)), 5)
    assert (cut.start_us, cut.end_us) == wanted
