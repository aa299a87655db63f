"""The static layer kept as one pixmap, so that a playing frame does not paint it again."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtGui import QColor, QPainter, QPixmap

if TYPE_CHECKING:
    from collections.abc import Callable

    from PySide6.QtCore import QSize


class Backdrop:
    """A pixmap of the static layer; it is painted when it is asked for and out of date."""

    def __init__(self) -> None:
        self._pixmap: QPixmap | None = None

    def forget(self) -> None:
        """Paint everything the next time."""
        self._pixmap = None

    def pixmap(self, size: QSize, ratio: float, paint: Callable[[QPainter], None]) -> QPixmap:
        """The layer at a size in logical pixels and a device pixel ratio."""
        held = self._pixmap
        if held is None or held.devicePixelRatio() != ratio or held.size() != size * ratio:
            held = QPixmap(size * ratio)
            held.setDevicePixelRatio(ratio)
            held.fill(QColor("white"))
            self._pixmap = held
            self.touch_up(paint)
        return held

    def touch_up(self, paint: Callable[[QPainter], None]) -> None:
        """Paint over a part of a layer that is up to date otherwise."""
        if self._pixmap is None:
            return
        painter = QPainter(self._pixmap)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        paint(painter)
        painter.end()
