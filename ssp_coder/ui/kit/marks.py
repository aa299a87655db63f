"""The mark shapes: a code is told by its shape first, by its colour second."""

from __future__ import annotations

import math
from enum import StrEnum
from functools import cache
from typing import TYPE_CHECKING

from PySide6.QtCore import QPointF, QRect, QRectF, QSize, Qt
from PySide6.QtGui import QAccessible, QColor, QIcon, QPainter, QPainterPath, QPen, QPixmap
from PySide6.QtWidgets import QSizePolicy, QWidget

from ssp_coder.ui.kit.accessible import describe, install_roles
from ssp_coder.ui.kit.painting import hatch, painter_of

if TYPE_CHECKING:
    from ssp_coder.ui.theme.theme import Theme
    from ssp_coder.ui.theme.tokens import GroupColours

ONSET_EDGE = 3
"""Width of the onset edge of a state's bar, in pixels."""


class MarkShape(StrEnum):
    """The shapes an ethogram may give a group; BAR is a state, all others are points."""

    BAR = "bar"
    TRIANGLE_UP = "triangle_up"
    SQUARE = "square"
    TRIANGLE_DOWN = "triangle_down"
    DIAMOND = "diamond"
    PENTAGON = "pentagon"
    RING = "ring"
    CIRCLE = "circle"
    FLAG = "flag"


class ComparisonSign(StrEnum):
    """How one coding differs from another at a place, as a sign in a circle."""

    MISSED = "missed"
    EXTRA = "extra"
    OTHER_CODE = "other_code"
    TIMING = "timing"


_POLYGONS: dict[MarkShape, tuple[tuple[float, float], ...]] = {
    MarkShape.TRIANGLE_UP: ((0, -0.46), (0.5, 0.44), (-0.5, 0.44)),
    MarkShape.TRIANGLE_DOWN: ((0, 0.46), (0.5, -0.44), (-0.5, -0.44)),
    MarkShape.SQUARE: ((-0.43, -0.43), (0.43, -0.43), (0.43, 0.43), (-0.43, 0.43)),
    MarkShape.DIAMOND: ((0, -0.54), (0.54, 0), (0, 0.54), (-0.54, 0)),
    MarkShape.PENTAGON: ((-0.46, -0.48), (0.46, -0.48), (0.46, 0.14), (0, 0.5), (-0.46, 0.14)),
    MarkShape.FLAG: ((-0.3, 0.5), (-0.3, -0.5), (0.4, -0.5), (0.2, -0.2), (0.4, 0.1), (-0.2, 0.1)),
}


@cache
def mark_path(shape: MarkShape, side: int) -> QPainterPath:
    """The outline of a shape about (0, 0), fitting a square of `side` pixels."""
    path = QPainterPath()
    if shape in (MarkShape.RING, MarkShape.CIRCLE):
        path.addEllipse(QPointF(0, 0), side * 0.46, side * 0.46)
    if shape is MarkShape.RING:
        path.addEllipse(QPointF(0, 0), side * 0.2, side * 0.2)
    if shape is MarkShape.BAR:
        path.addRect(QRectF(-side / 2, -side * 0.4, side, side * 0.8))
    if shape in _POLYGONS:
        path.moveTo(*(side * part for part in _POLYGONS[shape][0]))
        for x, y in _POLYGONS[shape][1:]:
            path.lineTo(side * x, side * y)
        path.closeSubpath()
    return path


def paint_mark(painter: QPainter, rect: QRect, shape: MarkShape, colours: GroupColours) -> None:
    """Paint a shape in the middle of a rectangle, as large as its shorter side allows."""
    if shape is MarkShape.BAR:
        paint_bar(painter, _bar_rect(rect), colours)
        return
    side = min(rect.width(), rect.height()) - 1
    painter.save()
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.translate(QRectF(rect).center())
    painter.setBrush(QColor(colours.fill))
    painter.setPen(QPen(QColor(colours.edge), 1.0, j=Qt.PenJoinStyle.MiterJoin))
    painter.drawPath(mark_path(shape, side))
    painter.restore()


def paint_bar(
    painter: QPainter, rect: QRect, colours: GroupColours, *, hatched: bool = False
) -> None:
    """Paint a state's bar: tinted body, thin outline, strong onset edge; integer edges."""
    painter.save()
    painter.setRenderHint(QPainter.RenderHint.Antialiasing, on=False)
    painter.fillRect(rect, QColor(colours.tint))
    edge = QColor(colours.edge)
    if hatched:
        painter.fillRect(rect, hatch(_between(edge, QColor(colours.tint)), 6))
    painter.setPen(QPen(edge, 1))
    painter.setBrush(Qt.BrushStyle.NoBrush)
    painter.drawRect(rect.adjusted(0, 0, -1, -1))
    painter.fillRect(rect.x(), rect.y(), min(ONSET_EDGE, rect.width()), rect.height(), edge)
    painter.restore()


def paint_comparison(painter: QPainter, theme: Theme, rect: QRect, sign: ComparisonSign) -> None:
    """Paint a comparison sign: minus, plus, cross or clock hands in a circle."""
    side = min(rect.width(), rect.height()) - 2
    painter.save()
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.translate(QRectF(rect).center())
    painter.setBrush(theme.colour("panel"))
    pen = QPen(theme.colour("err"), 1.5)
    pen.setCapStyle(Qt.PenCapStyle.RoundCap)
    painter.setPen(pen)
    painter.drawEllipse(QPointF(0, 0), side / 2, side / 2)
    for (x1, y1), (x2, y2) in _SIGN_STROKES[sign]:
        painter.drawLine(QPointF(x1 * side, y1 * side), QPointF(x2 * side, y2 * side))
    painter.restore()


_ARM = 0.24
_SLANT = _ARM / math.sqrt(2) * 1.1
_SIGN_STROKES = {
    ComparisonSign.MISSED: (((-_ARM, 0), (_ARM, 0)),),
    ComparisonSign.EXTRA: (((-_ARM, 0), (_ARM, 0)), ((0, -_ARM), (0, _ARM))),
    ComparisonSign.OTHER_CODE: (
        ((-_SLANT, -_SLANT), (_SLANT, _SLANT)),
        ((-_SLANT, _SLANT), (_SLANT, -_SLANT)),
    ),
    ComparisonSign.TIMING: (((0, -0.28), (0, 0)), ((0, 0), (0.18, 0.12))),
}


def mark_pixmap(
    theme: Theme, slot: str, shape: MarkShape, *, side: int = 14, ratio: float = 2.0
) -> QPixmap:
    """A mark as a square pixmap of `side` logical pixels."""
    pixmap = QPixmap(round(side * ratio), round(side * ratio))
    pixmap.setDevicePixelRatio(ratio)
    pixmap.fill(Qt.GlobalColor.transparent)
    painter = QPainter(pixmap)
    paint_mark(painter, QRect(0, 0, side, side), shape, theme.group(slot))
    painter.end()
    return pixmap


def mark_icon(theme: Theme, slot: str, shape: MarkShape) -> QIcon:
    """A mark as an icon for tables and menus."""
    return QIcon(mark_pixmap(theme, slot, shape, side=theme.px(14)))


class MarkIcon(QWidget):
    """A small picture of a mark, beside a group or code name."""

    ACCESSIBLE_ROLE = QAccessible.Role.Graphic

    def __init__(
        self, theme: Theme, slot: str, shape: MarkShape, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        install_roles()
        self._theme = theme
        self._slot = slot
        self._shape = shape
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        self._describe()
        theme.changed.connect(self.update)

    def show_mark(self, slot: str, shape: MarkShape) -> None:
        """Show another mark."""
        self._slot, self._shape = slot, shape
        self._describe()
        self.update()

    def sizeHint(self) -> QSize:  # noqa: N802, D102 - Qt's name
        side = self._theme.px(14)
        return QSize(side, side)

    def paintEvent(self, _event: object) -> None:  # noqa: N802, D102 - Qt's name
        painter = painter_of(self)
        paint_mark(painter, self.rect(), self._shape, self._theme.group(self._slot))
        painter.end()

    def _describe(self) -> None:
        describe(self, self._shape_words())

    def _shape_words(self) -> str:
        return {
            MarkShape.BAR: self.tr("Bar"),
            MarkShape.TRIANGLE_UP: self.tr("Triangle up"),
            MarkShape.SQUARE: self.tr("Square"),
            MarkShape.TRIANGLE_DOWN: self.tr("Triangle down"),
            MarkShape.DIAMOND: self.tr("Diamond"),
            MarkShape.PENTAGON: self.tr("Pentagon"),
            MarkShape.RING: self.tr("Ring"),
            MarkShape.FLAG: self.tr("Flag"),
            MarkShape.CIRCLE: self.tr("Circle"),
        }[self._shape]


def _between(first: QColor, second: QColor) -> QColor:
    return QColor(
        (first.red() + second.red()) // 2,
        (first.green() + second.green()) // 2,
        (first.blue() + second.blue()) // 2,
    )


def _bar_rect(rect: QRect) -> QRect:
    height = max(6, round(min(rect.width(), rect.height()) * 0.8))
    return QRect(rect.x(), rect.center().y() - height // 2 + 1, rect.width(), height)
