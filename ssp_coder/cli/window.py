"""The way to the window, or one sentence why there is none."""

from __future__ import annotations

import os
import sys
from pathlib import Path

from ssp_coder.domain.finding import DomainError, Finding
from ssp_coder.storage.snapshot import check_header

_DISPLAYS = ("DISPLAY", "WAYLAND_DISPLAY", "QT_QPA_PLATFORM")
_REMEDY = (
    "install it with 'pip install PySide6_Essentials'; the commands of 'ssp-coder --help' work "
    "without it"
)


class WindowError(DomainError):
    """The window cannot be shown."""


def has_display() -> bool:
    """Whether a window can be shown; Qt ends the process where there is no display."""
    if not sys.platform.startswith("linux"):
        return True
    return any(os.environ.get(name) for name in _DISPLAYS)


def open_window(paths: tuple[Path, ...]) -> int:
    """Open the window, with a coding file in it when one is named.

    Returns:
        The exit code of the window.

    Raises:
        StorageError: the file is missing or no coding file.
        WindowError: PySide6 or a display is missing.
    """
    for path in paths:
        check_header(path)
    if not has_display():
        raise WindowError(
            Finding(
                code="window.no_display",
                message="there is no display to show the window on",
                remedy="start it on a desktop; the commands of 'ssp-coder --help' need none",
            )
        )
    try:
        from ssp_coder.ui.application import run
    except ImportError as error:
        raise no_qt(error) from error
    return run(paths)


def no_qt(error: ImportError) -> WindowError:
    """The error for a Qt that cannot be loaded."""
    message = f"the window needs PySide6, which cannot be loaded ({error})"
    return WindowError(Finding(code="window.no_qt", message=message, remedy=_REMEDY))
