"""The screens of the desk: which there are, and what lies on them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QRect
from PySide6.QtGui import QGuiApplication

if TYPE_CHECKING:
    from collections.abc import Iterable

    from PySide6.QtGui import QScreen
    from PySide6.QtWidgets import QWidget

LEAST_PX = 40
"""A window that shows less than this of itself on a screen cannot be caught by its title."""


def layout_key(places: Iterable[QRect]) -> str:
    """Names an arrangement of screens, so that each has its own arrangement of panels."""
    parts = sorted((p.x(), p.y(), p.width(), p.height()) for p in places)
    return "_".join(f"{wide}x{high}at{left},{top}" for left, top, wide, high in parts)


def screen_places() -> tuple[QRect, ...]:
    """Where the screens lie, in the order of the system."""
    return tuple(screen.geometry() for screen in QGuiApplication.screens())


def can_be_reached(window: QRect, screens: Iterable[QRect]) -> bool:
    """Whether enough of a window, and the top of it, lies on a screen."""
    top = window.adjusted(0, 0, 0, LEAST_PX - window.height())
    for screen in screens:
        seen = screen.intersected(top)
        if seen.width() >= LEAST_PX and seen.height() >= LEAST_PX // 2:
            return True
    return False


def no_larger(window: QRect, screens: Iterable[QRect]) -> QRect:
    """A window's place, no larger than all screens together."""
    whole = QRect()
    for screen in screens:
        whole = whole.united(screen)
    return QRect(window.topLeft(), window.size().boundedTo(whole.size()))


def screen_of(place: QRect) -> QScreen | None:
    """The screen that a place covers exactly; None where it covers none."""
    return next((s for s in QGuiApplication.screens() if s.geometry() == place), None)


def other_screen(widget: QWidget) -> QScreen | None:
    """The first screen that the window of a widget is not on; None with one screen only."""
    own = widget.window().screen()
    return next((screen for screen in QGuiApplication.screens() if screen is not own), None)
