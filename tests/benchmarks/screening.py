"""A real window on a virtual screen, and what was really painted on it.

`on_a_screen` starts the script again under Xvfb. There the pictures on the screen can be read back
from the display server, so a bar code says which frame a person would have seen.
"""

from __future__ import annotations

import ctypes
import os
import shutil
import subprocess
import sys
import time
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path

import numpy as np
from numpy.typing import NDArray
from PySide6.QtCore import QElapsedTimer, QEventLoop, QObject, QPoint, QRect, QSize, Qt, QTimer
from PySide6.QtGui import QImage, QPaintEvent
from PySide6.QtWidgets import QApplication, QWidget

from ssp_coder.ui.application import application
from ssp_coder.ui.player.open_video import CameraSource
from ssp_coder.ui.player.player import Player
from ssp_coder.ui.player.stage import Stage
from ssp_coder.ui.player.view import VideoView
from ssp_coder.ui.theme.theme import Theme
from ssp_coder.ui.theme.tokens import Scheme

PATIENCE_S = 30.0
HEARTBEAT_MS = 5
SCREEN = "1366x768x24"


def on_a_screen() -> None:
    """Start this script again under Xvfb, unless it runs there already."""
    if os.environ.get("QT_QPA_PLATFORM") == "xcb":
        return
    start = shutil.which("xvfb-run")
    if start is None:
        raise SystemExit("xvfb-run is missing; install the packages xvfb and xauth")
    environment = {**os.environ, "QT_QPA_PLATFORM": "xcb", "QT_LOGGING_RULES": "qt.qpa.*=false"}
    command = [start, "-a", "-s", f"-screen 0 {SCREEN}", sys.executable, *sys.argv]
    raise SystemExit(subprocess.run(command, env=environment, check=False).returncode)


def wait(state: Callable[[], object], patience_s: float = PATIENCE_S) -> None:
    """Serve the window until a state is reached."""
    app = application()
    end = time.perf_counter() + patience_s
    pulse = QTimer()
    pulse.start(20)  # so that waiting for events never waits for ever
    while not state():
        if time.perf_counter() > end:
            raise SystemExit("waited too long")
        app.processEvents(QEventLoop.ProcessEventsFlag.WaitForMoreEvents)


def serve_for(seconds: float) -> None:
    """Serve the window for so long."""
    end = time.perf_counter() + seconds
    wait(lambda: time.perf_counter() >= end, seconds + PATIENCE_S)


def silent_stage(width: int, height: int) -> Stage:
    """A shown stage whose picture area has this size and keeps it; it has no sound."""
    app = application()
    theme = Theme(Scheme.LIGHT, app)
    theme.apply(app)
    stage = Stage(theme)
    stage.pictures.setFixedSize(width, height)
    stage.move(0, 0)
    stage.show()
    wait(stage.isVisible)
    wait(lambda: stage.pictures.width() == width and stage.pictures.height() == height)
    return stage


def open_cameras(player: Player, paths: tuple[Path, ...]) -> None:
    """Open recordings and wait until each has painted its first picture."""
    player.open_cameras(tuple(CameraSource(path=path) for path in paths))
    shown = player.cameras[: len(paths)]
    wait(lambda: all(camera.view.moment is not None for camera in shown))


# ------------------------------------------------------------------------------ what was painted


@dataclass(frozen=True, slots=True)
class Paint:
    """One picture that reached the screen."""

    at: float
    ordinal: int
    pts_us: int


@dataclass
class Paints:
    """Every picture that each view painted, in order."""

    by_view: dict[int, list[Paint]] = field(default_factory=dict)

    def of(self, view: VideoView) -> list[Paint]:
        """The pictures of one view."""
        return self.by_view.setdefault(id(view), [])

    def forget(self) -> None:
        """Begin anew."""
        self.by_view.clear()


def watch_paints() -> Paints:
    """Note the end of every paint event of a view; to be called before one is made."""
    paints = Paints()
    original = VideoView.paintEvent

    def paint_event(view: VideoView, event: QPaintEvent) -> None:
        original(view, event)
        moment = view.moment
        if moment is not None:
            paints.of(view).append(Paint(time.perf_counter(), moment.ordinal, moment.pts_us))

    VideoView.paintEvent = paint_event
    return paints


def screen_pixels(widget: QWidget, place: QRect) -> NDArray[np.uint8]:
    """What the display server shows of a part of a widget, as (height, width, 3) bytes."""
    origin = widget.mapTo(widget.window(), QPoint(0, 0)) + place.topLeft()
    window = widget.window()
    grabbed = window.screen().grabWindow(
        window.winId(), origin.x(), origin.y(), place.width(), place.height()
    )
    image = grabbed.toImage().convertToFormat(QImage.Format.Format_RGB888)
    rows = np.frombuffer(image.constBits(), np.uint8).reshape(image.height(), image.bytesPerLine())
    return rows[:, : 3 * image.width()].reshape(image.height(), image.width(), 3).copy()


def picture_place(view: VideoView, across: int, down: int) -> QRect:
    """Where a picture of this shape lies in a view that shows it whole."""
    size = QSize(across, down).scaled(view.size(), Qt.AspectRatioMode.KeepAspectRatio)
    place = QRect(QPoint(0, 0), size)
    place.moveCenter(view.rect().center())
    return place


# ------------------------------------------------------------------------------ the heartbeat


class Heartbeat(QObject):
    """Notes how long the window's thread kept a 5-ms beat waiting."""

    def __init__(self) -> None:
        super().__init__()
        self.late_ms: list[float] = []
        self._since = QElapsedTimer()
        self._timer = QTimer(self)
        self._timer.setTimerType(self._timer.timerType().PreciseTimer)
        self._timer.setInterval(HEARTBEAT_MS)
        self._timer.timeout.connect(self._beat)

    def start(self) -> None:
        """Begin to beat."""
        self.late_ms.clear()
        self._since.start()
        self._timer.start()

    def stop(self) -> None:
        """Beat no more."""
        self._timer.stop()

    def _beat(self) -> None:
        self.late_ms.append(max(0.0, self._since.nsecsElapsed() / 1e6 - HEARTBEAT_MS))
        self._since.start()


# ------------------------------------------------------------------------------ real keys


class Keyboard:
    """Presses keys at the display server, as a keyboard does."""

    def __init__(self) -> None:
        self._x11 = ctypes.CDLL("libX11.so.6")
        self._test = ctypes.CDLL("libXtst.so.6")
        self._x11.XOpenDisplay.restype = ctypes.c_void_p
        self._x11.XStringToKeysym.restype = ctypes.c_ulong
        self._display = ctypes.c_void_p(self._x11.XOpenDisplay(None))
        if not self._display:
            raise SystemExit("there is no display")

    def focus(self, window: QWidget) -> None:
        """Give a window the keyboard; a virtual screen has no window manager that would."""
        number = ctypes.c_ulong(int(window.winId()))
        self._x11.XSetInputFocus(self._display, number, 2, 0)
        self._x11.XSync(self._display, 0)

    def press(self, name: str, *held: str) -> None:
        """Press and release a key, with others held down."""
        for key in (*held, name):
            self._send(key, down=1)
        for key in (name, *reversed(held)):
            self._send(key, down=0)
        self._x11.XFlush(self._display)

    def _send(self, name: str, *, down: int) -> None:
        symbol = ctypes.c_ulong(self._x11.XStringToKeysym(name.encode("ascii")))
        code = self._x11.XKeysymToKeycode(self._display, symbol)
        self._test.XTestFakeKeyEvent(self._display, code, down, ctypes.c_ulong(0))


def finish(*widgets: QWidget) -> None:
    """Close windows and let what they left behind end."""
    for widget in widgets:
        widget.close()
    QApplication.processEvents()
