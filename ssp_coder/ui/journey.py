"""The whole journey without a screen: the real window, driven by key presses, then pictured.

The script is another coding of the same video: its marks, events and judgements are repeated at
their frames, as a coder would enter them.
"""

from __future__ import annotations

import logging
import time
from typing import TYPE_CHECKING

from PySide6.QtCore import (
    QEvent,
    QEventLoop,
    QSettings,
    Qt,
    QtMsgType,
    qInstallMessageHandler,
)
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QApplication, QWidget

from ssp_coder.domain.coding import Coding, Event
from ssp_coder.editing.completeness import Step
from ssp_coder.editing.edits import AddEvent, Classify, CloseEvent, PutDIndex, Rate
from ssp_coder.editing.keys import choose_modifier
from ssp_coder.ui.application import application
from ssp_coder.ui.main.settings import Settings
from ssp_coder.ui.main.window import MainWindow
from ssp_coder.ui.main.workspace import PAGES, Workspace
from ssp_coder.ui.theme.theme import Theme
from ssp_coder.ui.theme.tokens import Scheme

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from PySide6.QtCore import QObject

_log = logging.getLogger(__name__)
_LEVELS = {
    QtMsgType.QtDebugMsg: logging.DEBUG,
    QtMsgType.QtInfoMsg: logging.INFO,
    QtMsgType.QtCriticalMsg: logging.ERROR,
    QtMsgType.QtFatalMsg: logging.CRITICAL,
}

PATIENCE_S = 30.0
PLAYED_S = 1.0
SETTLED_S = 0.2
SIZES = ((1440, 900), (1366, 768))


class JourneyError(Exception):
    """The window did not do what the journey asked of it."""


class Journey:
    """Drives a window from outside, as a person would."""

    def __init__(self, folder: Path) -> None:
        """Settings of the journey lie in `folder`, so that those of the person stay as they are."""
        self._folder = folder
        self._app = application()
        store = QSettings(str(folder / "journey-settings.ini"), QSettings.Format.IniFormat)
        self._theme = Theme(Scheme.LIGHT, self._app)
        self._theme.apply(self._app)
        self.window = MainWindow(self._theme, Settings(store), folder / "index")
        self.window.resize(*SIZES[0])
        self.window.show()

    @property
    def workspace(self) -> Workspace:
        """The open coding."""
        if self.window.workspace is None:
            raise JourneyError("no coding is open in the window")
        return self.window.workspace

    def open(self, path: Path) -> None:
        """Open a coding and wait for its picture."""
        self.window.desk.open_path(path)
        workspace = self.workspace
        self.wait(lambda: workspace.player.moment is not None, "the first frame")

    def play(self) -> None:
        """Play for a moment and rest."""
        player = self.workspace.player
        before = player.moment
        self.press(Qt.Key.Key_Space)
        end = time.monotonic() + PLAYED_S
        while time.monotonic() < end:
            self._turn()
        self.press(Qt.Key.Key_Space)
        if player.moment == before:
            raise JourneyError("the picture did not move while playing")

    def go_to(self, at_us: int) -> None:
        """Seek and wait until the frame there is painted."""
        player = self.workspace.player
        video = player.video
        if video is None:
            raise JourneyError("no video is open")
        wanted = video.index.time_of(video.index.ordinal_at(at_us))
        player.seek(at_us)
        self.wait(
            lambda: player.moment is not None and player.moment.pts_us == wanted,
            f"the frame at {wanted} us",
        )

    def press(self, key: Qt.Key, *, shift: bool = False, target: QObject | None = None) -> None:
        """Press and let go of a key, as the keyboard would."""
        held = Qt.KeyboardModifier.ShiftModifier if shift else Qt.KeyboardModifier.NoModifier
        text = chr(key) if 0x20 <= key < 0x7F else ""
        receiver = target or QApplication.focusWidget() or self.window
        shortcut = self._shortcut(key, shift=shift)
        if shortcut is not None:
            shortcut()
            return
        for kind in (QEvent.Type.KeyPress, QEvent.Type.KeyRelease):
            QApplication.sendEvent(receiver, QKeyEvent(kind, key, held, text.lower()))
        self._turn()

    def mark_episodes(self, script: Coding) -> None:
        """Mark every episode and the end of the session."""
        self.window.show_page(Step.PREPARE)
        panel = self.workspace.work.prepare
        for mark in script.episodes:
            if mark.start_us is not None:
                self.go_to(mark.start_us)
                panel.choose(mark.episode)
                panel.mark_current()

    def end_session(self, script: Coding) -> None:
        """Mark the end of the session, which closes open states."""
        if script.session_end is not None:
            self.window.show_page(Step.PREPARE)
            self.go_to(script.session_end.at_us)
            self.workspace.work.prepare.mark("session end")

    def code_events(self, script: Coding) -> None:
        """Record every event by its key, or by a click where its code has none."""
        self.window.show_page(Step.CODE)
        end_us = None if script.session_end is None else script.session_end.at_us
        closings: list[tuple[int, Event]] = []
        for event in script.events:
            for at_us, earlier in [pair for pair in closings if pair[0] <= event.start_us]:
                self._close(earlier, at_us)
                closings.remove((at_us, earlier))
            self.go_to(event.start_us)
            self._record(event)
            if self._must_be_closed(event) and event.end_us is not None and event.end_us != end_us:
                closings.append((event.end_us, event))
        for at_us, earlier in sorted(closings, key=lambda pair: pair[0]):
            self._close(earlier, at_us)

    def rate(self, script: Coding) -> None:
        """Repeat every rating and index of disorganization."""
        self.window.show_page(Step.RATE)
        for rating in script.ratings:
            self.workspace.session.submit(Rate(rating=rating))
        self.window.show_page(Step.DISORGANIZATION)
        for index in script.d_indices:
            new = index.__class__(
                id=index.id.__class__(0),
                theme=index.theme,
                strength=index.strength,
                start_us=index.start_us,
                end_us=index.end_us,
                present=index.present,
                ruled_out=index.ruled_out,
                note=index.note,
            )
            self.workspace.session.submit(PutDIndex(index=new))

    def classify(self, script: Coding) -> None:
        """Record the class."""
        self.window.show_page(Step.CLASSIFY)
        if script.classification is not None:
            self.workspace.session.submit(Classify(classification=script.classification))

    def picture_pages(self, at_us: int) -> tuple[Path, ...]:
        """Save a picture of every page at a time, in light and dark and both sizes of the look."""
        workspace = self.workspace
        self.window.show_page(Step.CODE)
        workspace.work.close_bar()
        workspace.work.board.show_subject(workspace.session.scheme.procedure.focal_subject)
        self.go_to(at_us)
        paths = []
        for scheme in (Scheme.LIGHT, Scheme.DARK):
            self._theme.set_scheme(scheme)
            for width, height in SIZES:
                self.window.resize(width, height)
                for page in PAGES:
                    self.window.show_page(page)
                    name = f"screen_{page}_{width}_{scheme.value}.png"
                    paths.append(self.picture(name))
        return tuple(paths)

    def picture(self, name: str) -> Path:
        """Save a picture of the window."""
        self.settle()
        path = self._folder / name
        if not self.window.grab().save(str(path)):
            raise JourneyError(f"the picture {path.name} could not be written")
        return path

    def settle(self) -> None:
        """Let everything that is due be painted."""
        end = time.monotonic() + SETTLED_S
        while time.monotonic() < end:
            self._turn()

    def close(self) -> None:
        """Close the coding and the window; everything is on the disk afterwards."""
        session = self.workspace.session
        self.wait(lambda: session.unsaved == 0, "the last edit to be saved")
        self.window.close()
        self._turn()

    def wait(self, state: Callable[[], bool], what: str) -> None:
        """Let the window work until a state is reached.

        Raises:
            JourneyError: it was not reached in time.
        """
        end = time.monotonic() + PATIENCE_S
        while not state():
            if time.monotonic() > end:
                raise JourneyError(f"waited {PATIENCE_S:g} s for {what}")
            self._turn()

    def _turn(self) -> None:
        self._app.processEvents(QEventLoop.ProcessEventsFlag.AllEvents, 10)

    def _shortcut(self, key: Qt.Key, *, shift: bool) -> Callable[[], None] | None:
        commands = {Qt.Key.Key_Space: "toggle", Qt.Key.Key_Right: "forward_frame"}
        command = None if shift else commands.get(key)
        return None if command is None else self.window.actions_by_id[command].trigger

    def _record(self, event: Event) -> None:
        session = self.workspace.session
        scheme = session.scheme
        known = session.coding.next_event
        key = scheme.keymap.key_for(event.code)
        if key and event.subject == scheme.procedure.focal_subject:
            self._press_code(key)
        else:
            board = self.workspace.work.board
            board.show_subject(event.subject)
            board.subject_chosen.emit(event.subject)
            board.button(event.code).click()
        if session.coding.next_event == known:
            session.submit(_addition(event))
        recorded = session.coding.event(known)
        for modifier, value in event.modifiers:
            session.submit(choose_modifier(recorded, modifier, value))
            recorded = session.coding.event(known)

    def _press_code(self, key: str) -> None:
        self.workspace.work.close_bar()
        shift = key.startswith("shift+")
        sign = key.removeprefix("shift+")
        target: QWidget = self.workspace.work
        target.setFocus()
        self.press(Qt.Key(ord(sign.upper())), shift=shift, target=target)

    def _must_be_closed(self, event: Event) -> bool:
        group = self.workspace.session.scheme.ethogram.group_of(event.code)
        return not group.exclusive and event.end_us != event.start_us

    def _close(self, event: Event, at_us: int) -> None:
        self.go_to(at_us)
        moment = self.workspace.player.moment
        for own in self.workspace.session.coding.events:
            same = (own.code, own.subject, own.start_us) == (
                event.code,
                event.subject,
                event.start_us,
            )
            if same and own.is_open and moment is not None:
                self.workspace.session.submit(
                    CloseEvent(event=own.id, at_us=moment.pts_us, frame=moment.ordinal)
                )
                return


def _addition(event: Event) -> AddEvent:
    return AddEvent(
        code=event.code,
        subject=event.subject,
        at_us=event.start_us,
        frame=event.start_frame,
    )


def _middle(script: Coding) -> int:
    """A time in the middle of the events, when something is going on."""
    return script.events[len(script.events) // 2].start_us if script.events else 0


def run_headless(working: Path, script: Coding, into: Path) -> tuple[Path, ...]:
    """Code `working` through the real window as `script` says; returns the pictures.

    Args:
        working: the coding file to be coded; its video lies beside it.
        script: another coding of the same video.
        into: folder for the pictures.

    Raises:
        JourneyError: the window did not do what was asked of it.
    """
    before = qInstallMessageHandler(_without_platform_chatter)
    try:
        return _code_and_picture(working, script, into)
    finally:
        qInstallMessageHandler(before)


def _without_platform_chatter(kind: QtMsgType, _context: object, words: str) -> None:
    """Pass on what Qt says, but for what the offscreen platform says of each window."""
    if "propagateSizeHints" not in words:
        _log.log(_LEVELS.get(kind, logging.WARNING), "%s", words)


def _code_and_picture(working: Path, script: Coding, into: Path) -> tuple[Path, ...]:
    journey = Journey(into)
    first = journey.picture("screen_start_1440_light.png")
    journey.open(working)
    journey.play()
    journey.mark_episodes(script)
    journey.code_events(script)
    journey.end_session(script)
    journey.rate(script)
    journey.classify(script)
    pictures = journey.picture_pages(_middle(script))
    journey.close()
    return (first, *pictures)
