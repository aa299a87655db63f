"""What every window test shares: no screen, no settings of the user, nothing left running."""

from __future__ import annotations

import os
import threading
import weakref
from typing import TYPE_CHECKING

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")

import pytest
import shiboken6
from PySide6.QtCore import QSettings, QThread, QTimer

from ssp_coder.ui.player.sound_device import ComputerSound, ProcessOutlet, SoundOff
from ssp_coder.ui.player.sound_process import Answer
from ssp_coder.ui.theme.theme import Theme
from ssp_coder.ui.theme.tokens import Scheme
from tests.windows import close_all_windows, open_windows

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from PySide6.QtWidgets import QApplication


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Overlook what the offscreen platform itself cannot do."""
    for item in items:
        item.add_marker(pytest.mark.qt_log_ignore("This plugin does not support"))


@pytest.fixture(autouse=True)
def settings_in_tmp(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Settings and user folders of this test; the real ones cannot be reached."""
    folder = tmp_path / "user"
    for variable in ("XDG_CONFIG_HOME", "XDG_DATA_HOME", "XDG_CACHE_HOME"):
        monkeypatch.setenv(variable, str(folder / variable.lower()))
    QSettings.setDefaultFormat(QSettings.Format.IniFormat)
    for kind in (QSettings.Format.IniFormat, QSettings.Format.NativeFormat):
        QSettings.setPath(kind, QSettings.Scope.UserScope, str(folder))
    return folder


@pytest.fixture(autouse=True)
def no_sound_device(monkeypatch: pytest.MonkeyPatch) -> None:
    """No test reaches the loudspeakers of the computer it runs on."""

    def refuse(_self: ComputerSound, _cancelled: object) -> ProcessOutlet:
        raise SoundOff(Answer.NO_DEVICE)

    monkeypatch.setattr(ComputerSound, "open", refuse)


@pytest.fixture(autouse=True)
def nothing_left_running(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """Fail a test that leaves a thread or timer running, and say who started it."""
    started: list[tuple[weakref.ref[QThread | QTimer], str]] = []
    python_threads = set(threading.enumerate())
    _record_starts(monkeypatch, QThread, started)
    _record_starts(monkeypatch, QTimer, started)
    yield
    left = [origin for reference, origin in started if _runs(reference())]
    late = [thread.name for thread in threading.enumerate() if thread not in python_threads]
    assert not left, f"left running: {left}"
    assert not late, f"Python threads left running: {late}"


def _record_starts(
    monkeypatch: pytest.MonkeyPatch,
    kind: type,
    started: list[tuple[weakref.ref[QThread | QTimer], str]],
) -> None:
    original = kind.start

    def start(self: QThread | QTimer, *arguments: object) -> None:
        owner = self.parent()
        started.append((weakref.ref(self), f"{type(self).__name__} of {type(owner).__name__}"))
        original(self, *arguments)

    monkeypatch.setattr(kind, "start", start)


def _runs(subject: QThread | QTimer | None) -> bool:
    if subject is None or not shiboken6.isValid(subject):
        return False
    return subject.isRunning() if isinstance(subject, QThread) else subject.isActive()


@pytest.fixture(autouse=True)
def no_window_left() -> Iterator[None]:
    """Windows of a test end with it: each one left is dressed anew by every later theme."""
    before = open_windows()
    yield
    close_all_windows(but=before)


@pytest.fixture
def theme(qapp: QApplication) -> Theme:
    """The light theme, not applied to the application."""
    return Theme(Scheme.LIGHT)


@pytest.fixture
def dark_theme(qapp: QApplication) -> Theme:
    """The dark theme, not applied to the application."""
    return Theme(Scheme.DARK)
