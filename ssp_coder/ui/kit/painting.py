"""Strokes that all painted widgets share: faces, the focus ring, hatches, elided text."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from typing import TYPE_CHECKING

from PySide6.QtCore import QPointF, QRect, QRectF, QSize, Qt
from PySide6.QtGui import QBrush, QColor, QFont, QFontMetrics, QPainter, QPen, QPixmap

if TYPE_CHECKING:
    from PySide6.QtWidgets import QWidget

    from ssp_coder.ui.theme.theme import Theme

RING = 2
"""Width of the focus ring; painted widgets keep this much free around their face."""

FIELD_RADIUS = 5
CHIP_RADIUS = 4
PANEL_RADIUS = 6

LEFT = Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter
RIGHT = Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter
CENTRE = Qt.AlignmentFlag.AlignCenter


@dataclass(frozen=True, slots=True, kw_only=True)
class Face:
    """The ground and border of a painted widget; an empty name leaves that part out."""

    ground: str = ""
    border: str = ""
    dashed: bool = False
    radius: float = FIELD_RADIUS


@dataclass(frozen=True, slots=True, kw_only=True)
class Ink:
    """How a text is painted: its colour ``#RRGGBB`` and its font."""

    colour: QColor
    font: QFont
    align: Qt.AlignmentFlag = LEFT


def painter_of(widget: QWidget) -> QPainter:
    """A painter on a widget with smooth edges; the caller ends it."""
    painter = QPainter(widget)
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    return painter


def face_rect(widget: QWidget) -> QRect:
    """The rectangle of a widget's face: its own without the room kept for the ring."""
    return widget.rect().adjusted(RING, RING, -RING, -RING)


def with_ring(width: int, height: int) -> QSize:
    """A face's size with the room that the ring needs."""
    return QSize(width + 2 * RING, height + 2 * RING)


def paint_face(painter: QPainter, rect: QRect, face: Face) -> None:
    """Fill and outline a rounded rectangle, the 1 px border inside `rect`."""
    painter.setBrush(QColor(face.ground) if face.ground else Qt.BrushStyle.NoBrush)
    painter.setPen(_border_pen(face))
    inner = QRectF(rect).adjusted(0.5, 0.5, -0.5, -0.5) if face.border else QRectF(rect)
    painter.drawRoundedRect(inner, face.radius, face.radius)


def paint_ring(painter: QPainter, theme: Theme, rect: QRect, radius: float = FIELD_RADIUS) -> None:
    """Paint the 2 px focus ring just inside `rect`, the whole rectangle of the widget."""
    painter.setBrush(Qt.BrushStyle.NoBrush)
    painter.setPen(QPen(theme.colour("accent"), RING))
    half = RING / 2
    painter.drawRoundedRect(QRectF(rect).adjusted(half, half, -half, -half), radius + 1, radius + 1)


def paint_text(painter: QPainter, rect: QRect, text: str, ink: Ink) -> None:
    """Paint one line of text, elided at the right when it does not fit."""
    painter.setFont(ink.font)
    painter.setPen(ink.colour)
    shown = QFontMetrics(ink.font).elidedText(text, Qt.TextElideMode.ElideRight, rect.width())
    painter.drawText(rect, ink.align, shown)


def text_width(font: QFont, text: str) -> int:
    """The width of a line in logical pixels."""
    return QFontMetrics(font).horizontalAdvance(text)


def hatch(colour: QColor, step: int = 6) -> QBrush:
    """A brush of thin diagonal lines rising to the right, `step` pixels apart, on nothing."""
    return _hatch(colour.name(), step)


@cache
def _hatch(colour: str, step: int) -> QBrush:
    pixmap = QPixmap(step * 2, step * 2)
    pixmap.setDevicePixelRatio(2.0)
    pixmap.fill(Qt.GlobalColor.transparent)
    painter = QPainter(pixmap)
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.setPen(QPen(QColor(colour), 1.0))
    for shift in (-step, 0, step):
        painter.drawLine(QPointF(shift, step), QPointF(shift + step, 0))
    painter.end()
    return QBrush(pixmap)


def _border_pen(face: Face) -> QPen:
    if not face.border:
        return QPen(Qt.PenStyle.NoPen)
    pen = QPen(QColor(face.border), 1.0)
    if face.dashed:
        pen.setDashPattern([3.0, 2.0])
    return pen
