"""A clip from end to end: what must be looked at, what is covered, and the frame on the screen."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QRect, QSize, Qt, Signal
from PySide6.QtGui import QAccessible
from PySide6.QtWidgets import QSizePolicy, QWidget

from ssp_coder.media.covering import Patch
from ssp_coder.ui.kit.accessible import describe, install_roles
from ssp_coder.ui.kit.painting import RING, Face, hatch, paint_face, paint_ring, painter_of

if TYPE_CHECKING:
    from PySide6.QtGui import QKeyEvent, QMouseEvent, QPainter, QPaintEvent

    from ssp_coder.media.faces_review import Review
    from ssp_coder.ui.theme.theme import Theme

_PAGE = 25


class ClipStrip(QWidget):
    """A slider over the frames of a clip, with its stretches above and its covers below.

    A stretch to be looked at is hatched, one that was looked at is plain. Each cover is a line.
    """

    ACCESSIBLE_ROLE = QAccessible.Role.Slider

    frame_wished = Signal(object)

    def __init__(self, theme: Theme, frames: range, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        install_roles()
        self._theme = theme
        self._frames = frames
        self._at = frames[0]
        self._review: Review | None = None
        self._chosen: int | None = None
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        describe(self, self.tr("Place in the clip"))
        theme.changed.connect(self.update)

    def show_frame(self, ordinal: int) -> None:
        """Mark the frame on the screen."""
        self._at = ordinal
        words = self.tr("frame {0} of {1}").format(ordinal - self._frames[0] + 1, len(self._frames))
        describe(self, self.accessibleName(), words)
        self.update()

    def show_review(self, review: Review, chosen: int | None) -> None:
        """Paint other stretches and covers."""
        self._review, self._chosen = review, chosen
        self.update()

    def sizeHint(self) -> QSize:  # noqa: N802, D102 - Qt's name
        return QSize(self._theme.px(400), self._theme.px(46))

    def minimumSizeHint(self) -> QSize:  # noqa: N802, D102 - Qt's name
        return QSize(self._theme.px(120), self._theme.px(46))

    def mousePressEvent(self, event: QMouseEvent) -> None:  # noqa: N802, D102 - Qt's name
        self._wish_at(event.position().x())

    def mouseMoveEvent(self, event: QMouseEvent) -> None:  # noqa: N802, D102 - Qt's name
        self._wish_at(event.position().x())

    def keyPressEvent(self, event: QKeyEvent) -> None:  # noqa: N802, D102 - Qt's name
        first, last = self._frames[0], self._frames[-1]
        wished = {
            Qt.Key.Key_Left: self._at - 1,
            Qt.Key.Key_Right: self._at + 1,
            Qt.Key.Key_PageUp: self._at - _PAGE,
            Qt.Key.Key_PageDown: self._at + _PAGE,
            Qt.Key.Key_Home: first,
            Qt.Key.Key_End: last,
        }.get(Qt.Key(event.key()))
        if wished is None:
            super().keyPressEvent(event)
            return
        self.frame_wished.emit(min(max(first, wished), last))

    def _wish_at(self, x: float) -> None:
        room = self._room()
        share = min(max(0.0, (x - room.x()) / max(1, room.width())), 1.0)
        number = min(int(share * len(self._frames)), len(self._frames) - 1)
        self.frame_wished.emit(self._frames[number])

    # ------------------------------------------------------------------ painting

    def paintEvent(self, _event: QPaintEvent) -> None:  # noqa: N802, D102 - Qt's name
        painter = painter_of(self)
        tokens = self._theme.tokens
        room = self._room()
        paint_face(painter, room, Face(ground=tokens.panel, border=tokens.ctl))
        if self._review is not None:
            self._paint_flags(painter, self._review, room)
            self._paint_patches(painter, self._review.covering.patches, room)
        x = self._x(self._at)
        painter.fillRect(QRect(x - 1, room.y() - 2, 2, room.height() + 4), tokens.text)
        if self.hasFocus():
            paint_ring(painter, self._theme, self.rect())
        painter.end()

    def _paint_flags(self, painter: QPainter, review: Review, room: QRect) -> None:
        high = room.height() // 2 - 2
        painter.setBrush(Qt.BrushStyle.NoBrush)
        for flag in review.flags:
            left, right = self._x(flag.first), self._x(flag.last + 1)
            box = QRect(left, room.y() + 2, max(3, right - left), high)
            looked = flag in review.looked
            painter.fillRect(box, self._theme.colour("oksoft" if looked else "warnsoft"))
            if not looked:
                painter.fillRect(box, hatch(self._theme.colour("warn")))
            painter.setPen(self._theme.colour("ok" if looked else "warn"))
            painter.drawRect(box.adjusted(0, 0, -1, -1))

    def _paint_patches(self, painter: QPainter, patches: tuple[Patch, ...], room: QRect) -> None:
        """Lines that share rows where they do not meet."""
        top = room.y() + room.height() // 2 + 3
        rows = max(1, (room.height() // 2 - 5) // 4)
        ends: list[int] = []
        for patch in sorted(patches, key=_first_of):
            row = next((at for at, end in enumerate(ends) if end < patch.first), len(ends))
            ends[row : row + 1] = [patch.last]
            left, right = self._x(patch.first), self._x(patch.last + 1)
            line = QRect(left, top + row % rows * 4, max(2, right - left - 1), 3)
            token = "accent" if patch.number == self._chosen else "text2"
            painter.fillRect(line, self._theme.colour(token))

    def _room(self) -> QRect:
        edge = RING + 2
        return self.rect().adjusted(edge, edge, -edge, -edge)

    def _x(self, ordinal: int) -> int:
        room = self._room()
        return room.x() + (ordinal - self._frames[0]) * room.width() // len(self._frames)


def _first_of(patch: Patch) -> int:
    return patch.first
