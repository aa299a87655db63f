"""How far beside the truth a camera lies over the session, drawn in frames."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING

from PySide6.QtCore import QPointF, QRectF, QSize, Qt
from PySide6.QtGui import QAccessible, QFontMetrics, QPainter, QPen
from PySide6.QtWidgets import QSizePolicy, QWidget

from ssp_coder.domain.time import short_clock_text
from ssp_coder.ui.kit.accessible import describe, install_roles
from ssp_coder.ui.kit.painting import LEFT, RIGHT, Ink, paint_text, painter_of, text_width
from ssp_coder.ui.theme.fonts import FontUse

if TYPE_CHECKING:
    from ssp_coder.domain.time import Micros
    from ssp_coder.media.drift import Drift
    from ssp_coder.ui.theme.theme import Theme

LEAST_FRAMES = 2.0
"""The scale shows so many frames to each side at least, so that a small doubt looks small."""


class DriftPlot(QWidget):
    """Places that were checked, the line through them, and the band of one frame to each side."""

    ACCESSIBLE_ROLE = QAccessible.Role.Chart

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        install_roles()
        self._theme = theme
        self._drift: Drift | None = None
        self._offset_us = 0
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Expanding)
        describe(self, self.tr("Drift over the session"))
        theme.changed.connect(self.update)

    def show_drift(self, drift: Drift | None, offset_us: Micros, words: str) -> None:
        """Draw what was found against an offset; `words` say the same."""
        self._drift, self._offset_us = drift, offset_us
        describe(self, self.tr("Drift over the session"), words)
        self.update()

    def sizeHint(self) -> QSize:  # noqa: N802, D102 - Qt's name
        return QSize(self._theme.px(320), self._theme.px(104))

    def minimumSizeHint(self) -> QSize:  # noqa: N802, D102 - Qt's name
        return QSize(self._theme.px(200), self._theme.px(84))

    def paintEvent(self, _event: object) -> None:  # noqa: N802, D102 - Qt's name
        if self._drift is None:
            return
        painter = painter_of(self)
        area, reach = self._area(), self._reach(self._drift)
        self._paint_ground(painter, area, reach)
        self._paint_line(painter, self._drift, area, reach)
        self._paint_places(painter, self._drift, area, reach)
        self._paint_times(painter, self._drift, area)
        painter.end()

    def _area(self) -> QRectF:
        px = self._theme.px
        caption = QFontMetrics(self._theme.font(FontUse.CAPTION)).height()
        left = text_width(self._theme.font(FontUse.CAPTION), "+00") + px(8)
        return QRectF(self.rect()).adjusted(left, px(6), -px(8), -caption - px(4))

    def _reach(self, drift: Drift) -> float:
        """Frames to each side of the offset that the scale must show."""
        return max(LEAST_FRAMES, drift.beside_us(self._offset_us) / drift.frame_us * 1.15)

    def _paint_ground(self, painter: QPainter, area: QRectF, reach: float) -> None:
        theme = self._theme
        painter.fillRect(area, theme.colour("alt"))
        half = area.height() / 2 / reach
        band = QRectF(area.left(), area.center().y() - half, area.width(), 2 * half)
        painter.fillRect(band, theme.colour("oksoft"))
        painter.setPen(QPen(theme.colour("ctl"), 1))
        middle = area.center().y()
        painter.drawLine(QPointF(area.left(), middle), QPointF(area.right(), middle))
        ink = Ink(colour=theme.colour("text3"), font=theme.font(FontUse.CAPTION), align=RIGHT)
        most = math.floor(reach)
        for frames in (most, 0, -most):
            y = middle - frames * area.height() / 2 / reach
            words = f"{frames:+d}".replace("-", "\N{MINUS SIGN}") if frames else "0"
            place = QRectF(0, y - 8, area.left() - self._theme.px(4), 16).toRect()
            paint_text(painter, place, words, ink)

    def _paint_line(self, painter: QPainter, drift: Drift, area: QRectF, reach: float) -> None:
        if drift.slope is None:
            return
        painter.setPen(QPen(self._theme.colour("text2"), 1.5, Qt.PenStyle.DashLine))
        ends = (drift.span.start_us, drift.span.end_us)
        begin, end = (self._point(drift, at, drift.offset_at(at), (area, reach)) for at in ends)
        painter.drawLine(begin, end)

    def _paint_places(self, painter: QPainter, drift: Drift, area: QRectF, reach: float) -> None:
        painter.setPen(QPen(self._theme.colour("panel"), 1))
        painter.setBrush(self._theme.colour("text"))
        for seen in drift.sightings:
            where = self._point(drift, seen.at_us, seen.offset_us, (area, reach))
            painter.drawEllipse(where, self._theme.px(4), self._theme.px(4))

    def _paint_times(self, painter: QPainter, drift: Drift, area: QRectF) -> None:
        font = self._theme.font(FontUse.CAPTION)
        row = QRectF(
            area.left(), area.bottom() + 2, area.width(), QFontMetrics(font).height()
        ).toRect()
        for at_us, align in ((drift.span.start_us, LEFT), (drift.span.end_us, RIGHT)):
            ink = Ink(colour=self._theme.colour("text3"), font=font, align=align)
            paint_text(painter, row, short_clock_text(at_us, digits=0), ink)

    def _point(
        self, drift: Drift, at_us: int, offset_us: int, scale: tuple[QRectF, float]
    ) -> QPointF:
        area, reach = scale
        length = max(1, drift.span.length_us)
        share = min(1.0, max(0.0, (at_us - drift.span.start_us) / length))
        frames = (offset_us - self._offset_us) / drift.frame_us
        return QPointF(
            area.left() + share * area.width(),
            area.center().y() - frames * area.height() / 2 / reach,
        )
