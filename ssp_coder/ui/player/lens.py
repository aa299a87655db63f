"""Which part of a picture is seen, and how large: whole, or nearer about some place in it."""

from __future__ import annotations

from dataclasses import dataclass, replace

from PySide6.QtCore import QPointF, QRect, QRectF, QSize, QSizeF, Qt

STEP = 1.25
"""Project default: how much nearer one turn of the wheel or one key goes."""
NEAREST = 8.0
"""Project default: no nearer than eight times the whole."""


@dataclass(frozen=True, slots=True)
class Lens:
    """How near, 1 being the whole picture, and about which place of it, in shares from 0 to 1."""

    zoom: float = 1.0
    across: float = 0.5
    down: float = 0.5

    @property
    def is_whole(self) -> bool:
        """Whether all of the picture is seen."""
        return self.zoom <= 1.0

    def place(self, picture: QSize, room: QSize) -> QRect:
        """Where the whole picture lies, in pixels of `room`, which may show a part of it only."""
        fitting = QSizeF(picture).scaled(QSizeF(room), Qt.AspectRatioMode.KeepAspectRatio)
        wide, high = fitting.width() * self.zoom, fitting.height() * self.zoom
        left = _edge(room.width(), wide, self.across)
        top = _edge(room.height(), high, self.down)
        return QRectF(left, top, wide, high).toRect()

    def nearer(self, factor: float, at: QPointF) -> Lens:
        """So much nearer, or farther below 1, with one place of the picture staying put.

        Args:
            factor: how much nearer.
            at: the place, in shares of the picture.
        """
        zoom = min(NEAREST, max(1.0, self.zoom * factor))
        # What lies between the place and the middle shrinks as the picture grows.
        kept = self.zoom / zoom
        return Lens(
            zoom, at.x() + (self.across - at.x()) * kept, at.y() + (self.down - at.y()) * kept
        )._inside()

    def moved(self, by: QPointF) -> Lens:
        """Looking at another place, so many shares of the picture to the right and down."""
        return replace(self, across=self.across + by.x(), down=self.down + by.y())._inside()

    def _inside(self) -> Lens:
        """Never looking beside the picture."""
        if self.is_whole:
            return Lens()
        half = 0.5 / self.zoom
        return replace(
            self,
            across=min(1 - half, max(half, self.across)),
            down=min(1 - half, max(half, self.down)),
        )


def share_of(place: QRect, at: QPointF) -> QPointF:
    """The place in a picture that lies at a pixel, in shares from 0 to 1, never outside."""
    across = (at.x() - place.left()) / max(1, place.width())
    down = (at.y() - place.top()) / max(1, place.height())
    return QPointF(min(1.0, max(0.0, across)), min(1.0, max(0.0, down)))


def _edge(room: float, size: float, looked_at: float) -> float:
    """Left or upper edge of a picture so long; what is shorter than the room lies in its middle."""
    if size <= room:
        return (room - size) / 2
    return min(0.0, max(room - size, room / 2 - looked_at * size))
