"""A coder finds, watches again and codes a moment of a reunion with the keys alone."""

from __future__ import annotations

from pathlib import Path

import pytest
from PySide6.QtCore import QSettings, Qt
from PySide6.QtGui import QKeySequence
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from ssp_coder.domain.coding import Coding
from ssp_coder.domain.session import episode_spans
from ssp_coder.domain.time import SECOND_US
from ssp_coder.editing.completeness import Step
from ssp_coder.storage.coding_file import open_read_only
from ssp_coder.ui.application import application
from ssp_coder.ui.main.commands import COMMANDS
from ssp_coder.ui.main.settings import Settings
from ssp_coder.ui.main.window import MainWindow
from ssp_coder.ui.theme.theme import Theme
from ssp_coder.ui.theme.tokens import Scheme
from tests.fixtures.demonstration import copy_of

pytestmark = pytest.mark.qt_log_ignore("This plugin does not support")
PATIENCE_MS = 20_000


class Coder:
    """Presses keys where the keyboard is, and waits for what comes of them."""

    def __init__(self, window: MainWindow, qtbot) -> None:
        self.window, self.qtbot = window, qtbot
        self.player = window.workspace.player
        self.moves = window.workspace.stage.moves

    def press(self, command: str) -> None:
        keys = next(c.keys for c in COMMANDS if c.id == command)
        stroke = QKeySequence(keys[0])[0]
        self.key(stroke.key(), stroke.keyboardModifiers())

    def key(self, key: Qt.Key, held: Qt.KeyboardModifier = Qt.KeyboardModifier.NoModifier) -> None:
        QTest.keyClick(QApplication.focusWidget() or self.window, key, held)

    def wait(self, state) -> None:
        self.qtbot.waitUntil(state, timeout=PATIENCE_MS)

    def rests_at(self, time_us: int) -> None:
        self.wait(lambda: self.player.moment.pts_us == time_us and not self.player.playing)


@pytest.fixture
def coder(demonstration, tmp_path: Path, qtbot):
    """At work on the coding of the trainee, on the code step of a small window."""
    session = copy_of(demonstration, tmp_path / "session")
    app = application()
    theme = Theme(Scheme.LIGHT, app)
    store = QSettings(str(tmp_path / "hand.ini"), QSettings.Format.IniFormat)
    window = MainWindow(theme, Settings(store))
    qtbot.addWidget(window)
    window.resize(1366, 768)
    window.show()
    window.activateWindow()
    window.desk.open_path(session.trainee)
    qtbot.waitUntil(lambda: window.workspace.player.moment is not None, timeout=PATIENCE_MS)
    window.show_page(Step.CODE)
    window.workspace.work.setFocus()
    qtbot.waitUntil(lambda: QApplication.focusWidget() is window.workspace.work)
    made = Coder(window, qtbot)
    made.path = session.trainee
    yield made
    window.close()


def episode_starts(coding: Coding, window: MainWindow) -> list[int]:
    procedure = window.workspace.session.scheme.procedure
    return [span.start_us for span in episode_spans(coding, procedure) if span.start_us]


def test_a_moment_is_found_watched_again_and_coded_with_the_keys_alone(coder):
    window, player = coder.window, coder.player
    session = window.workspace.session
    before = session.coding

    # To the fourth marked episode, quickly, and on to the first event in it.
    starts = episode_starts(before, window)
    for _ in range(4):
        coder.press("episode_after")
    coder.rests_at(starts[3])
    reached = next(e.start_us for e in before.events if e.start_us > starts[3])
    coder.press("event_after")
    coder.rests_at(reached)

    # The event over and over, then once more slowly, resting where that was asked for.
    coder.press("loop_event")
    loop = player.loop
    assert (loop.start_us, loop.end_us) == (reached - 2 * SECOND_US, reached + 3 * SECOND_US)
    shown = []
    player.moment_changed.connect(shown.append)
    coder.wait(lambda: len(shown) > 20)
    assert all(loop.start_us <= moment.pts_us < loop.end_us for moment in shown[1:])
    coder.press("toggle")
    resting = player.moment.pts_us
    coder.press("again")
    assert player.rate == 0.5
    coder.wait(lambda: player.moment.pts_us < resting)
    coder.key(Qt.Key.Key_Escape)
    coder.rests_at(resting)
    assert (player.rate, player.loop) == (1.0, loop)

    # Back with the shuttle, and the key of a code in the middle of it.
    coder.press("shuttle_back")
    coder.wait(lambda: player.moment.pts_us < resting - SECOND_US // 2)
    painted, known = player.moment, session.coding.next_event
    coder.key(Qt.Key.Key_I)
    event = session.coding.event(known)
    assert (event.start_us, event.start_frame) == (painted.pts_us, painted.ordinal)
    coder.press("shuttle_stop")
    coder.key(Qt.Key.Key_Escape)

    # To a time that is typed; nonsense is refused and moves nothing.
    coder.press("to_time")
    entry = window.workspace.stage.transport.time_entry
    resting = player.moment.pts_us
    QTest.keyClicks(entry.edit, "one minute")
    coder.key(Qt.Key.Key_Return)
    assert "4:12.5" in window.workspace.stage.transport.sign.refusal.text()
    assert player.moment.pts_us == resting
    QTest.keyClicks(entry.edit, "1:02.5")
    coder.key(Qt.Key.Key_Return)
    coder.rests_at(62_480_000)

    # All that was coded is in the file with the frame that was painted.
    coder.wait(lambda: session.unsaved == 0)
    with open_read_only(coder.path) as there:
        kept = there.coding.event(known)
    assert (kept.start_us, kept.start_frame) == (painted.pts_us, painted.ordinal)
