"""A still drawing of the room, painted in flat colours beside the invitation."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QPointF, QRectF, QSize, Qt
from PySide6.QtGui import QColor, QPainter, QPen, QPolygonF
from PySide6.QtWidgets import QSizePolicy, QWidget

from ssp_coder.ui.kit.accessible import describe

if TYPE_CHECKING:
    from PySide6.QtGui import QPaintEvent

    from ssp_coder.ui.theme.theme import Theme

DRAWN = (410.0, 230.0)
"""Size in which the coordinates below were drawn."""

_BOXES = (
    ("#CFCBC0", (0, 0, 410, 118)),
    ("#B9A183", (0, 118, 410, 112)),
    ("#9C8A6B", (32, 26, 54, 98)),
    ("#8A795C", (40, 34, 38, 38)),
    ("#8A795C", (40, 78, 38, 38)),
    ("#6E6A62", (154, 28, 104, 50)),
    ("#8FA3B0", (157, 31, 98, 44)),
    ("#6B5F50", (112, 86, 4, 58)),
    ("#6B5F50", (112, 114, 38, 5)),
    ("#6B5F50", (146, 116, 4, 28)),
    ("#8FA66A", (148, 166, 14, 14)),
    ("#7F97B8", (142, 180, 15, 15)),
    ("#D0A84A", (158, 182, 15, 15)),
)

_ROUNDS = (
    ("#8FA69B", (92, 146, 256, 60)),
    ("#B8614F", (178, 190, 24, 24)),
    ("#C98F46", (214, 138, 32, 48)),
    ("#E3B48F", (212, 112, 34, 32)),
    ("#4B6F86", (286, 66, 44, 68)),
    ("#E3B48F", (292, 34, 32, 34)),
    ("#3B2F28", (292, 28, 36, 24)),
)


class DrawnRoom(QWidget):
    """Fills its width and keeps its shape; the drawing is decoration with a spoken name."""

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme = theme
        policy = QSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.setSizePolicy(policy)
        self.setFixedHeight(theme.px(200))
        describe(self, self.tr("Drawing of the demonstration room"))

    def sizeHint(self) -> QSize:  # noqa: N802, D102 - Qt's name
        return QSize(self._theme.px(400), self._theme.px(200))

    def paintEvent(self, _event: QPaintEvent) -> None:  # noqa: N802, D102 - Qt's name
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.scale(self.width() / DRAWN[0], self.height() / DRAWN[1])
        painter.setPen(Qt.PenStyle.NoPen)
        for colour, box in _BOXES[:10]:
            painter.fillRect(QRectF(*box), QColor(colour))
        for colour, box in _ROUNDS[:1]:
            painter.setBrush(QColor(colour))
            painter.drawEllipse(QRectF(*box))
        for colour, box in _BOXES[10:]:
            painter.fillRect(QRectF(*box), QColor(colour))
        for colour, box in _ROUNDS[1:]:
            painter.setBrush(QColor(colour))
            painter.drawEllipse(QRectF(*box))
        self._paint_limbs(painter)
        painter.end()

    def _paint_limbs(self, painter: QPainter) -> None:
        arm = QPen(QColor("#4B6F86"), 11, Qt.PenStyle.SolidLine, Qt.PenCapStyle.RoundCap)
        painter.setPen(arm)
        painter.drawLine(QPointF(296, 88), QPointF(256, 134))
        painter.setPen(QPen(QColor("#C98F46"), 9, Qt.PenStyle.SolidLine, Qt.PenCapStyle.RoundCap))
        painter.drawLine(QPointF(236, 152), QPointF(254, 142))
        painter.setPen(QPen(QColor("#3F4A5C"), 13, Qt.PenStyle.SolidLine, Qt.PenCapStyle.RoundCap))
        painter.drawPolyline(QPolygonF([QPointF(308, 132), QPointF(276, 142), QPointF(282, 186)]))
        painter.setPen(QPen(QColor("#6B5F50"), 5))
        painter.drawLine(QPointF(334, 70), QPointF(332, 190))
