"""Signed lags of onsets as dots about the right moment."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QPointF, QRectF, QSize
from PySide6.QtGui import QAccessible, QPainter, QPen
from PySide6.QtWidgets import QSizePolicy, QWidget

from ssp_coder.domain.time import SECOND_US
from ssp_coder.reporting.signs import minus
from ssp_coder.ui.kit.accessible import describe, install_roles
from ssp_coder.ui.kit.painting import CENTRE, Ink, paint_text, painter_of
from ssp_coder.ui.theme.fonts import FontUse
from ssp_coder.ui.training.drill import Lags
from ssp_coder.ui.training.exercise_words import lags_words

if TYPE_CHECKING:
    from ssp_coder.ui.theme.theme import Theme

REACH_S = 2
"""The axis shows so many seconds to each side; what lies beyond stands at its end."""


class LagStrip(QWidget):
    """The last lags; the newest is the filled one, a bar is the middle half, a line the median."""

    ACCESSIBLE_ROLE = QAccessible.Role.Chart

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        install_roles()
        self._theme = theme
        self.lags = Lags(values=())
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        theme.changed.connect(self.update)
        self.show_lags(self.lags)

    def show_lags(self, lags: Lags) -> None:
        """Show lags, the newest last."""
        self.lags = lags
        words = lags_words(lags)
        describe(self, self.tr("Your onsets beside the reference's"), words)
        self.setToolTip(words)
        self.update()

    def sizeHint(self) -> QSize:  # noqa: N802, D102 - Qt's name
        return QSize(self._theme.px(260), self._theme.px(56))

    def minimumSizeHint(self) -> QSize:  # noqa: N802, D102 - Qt's name
        return QSize(self._theme.px(160), self._theme.px(56))

    def paintEvent(self, _event: object) -> None:  # noqa: N802, D102 - Qt's name
        painter = painter_of(self)
        area = QRectF(self.rect()).adjusted(
            self._theme.px(16), self._theme.px(4), -self._theme.px(16), -self._theme.px(18)
        )
        self._paint_axis(painter, area)
        self._paint_middle(painter, area)
        self._paint_dots(painter, area)
        painter.end()

    def _x(self, area: QRectF, lag_us: float) -> float:
        share = min(1.0, max(-1.0, lag_us / (REACH_S * SECOND_US)))
        return area.center().x() + share * area.width() / 2

    def _paint_axis(self, painter: QPainter, area: QRectF) -> None:
        theme = self._theme
        ink = Ink(colour=theme.colour("text2"), font=theme.font(FontUse.CAPTION), align=CENTRE)
        for second in range(-REACH_S, REACH_S + 1):
            x = self._x(area, second * SECOND_US)
            painter.setPen(QPen(theme.colour("line" if second else "ctl"), 1))
            painter.drawLine(QPointF(x, area.top()), QPointF(x, area.bottom()))
            words = minus(f"{second:+d} s") if second else "0"
            box = QRectF(x - theme.px(24), area.bottom() + 1, theme.px(48), theme.px(16))
            paint_text(painter, box.toRect(), words, ink)

    def _paint_middle(self, painter: QPainter, area: QRectF) -> None:
        theme, lags = self._theme, self.lags
        y = area.top() + area.height() * 0.3
        if lags.low is not None and lags.high is not None:
            painter.setPen(QPen(theme.colour("text2"), 3))
            painter.drawLine(
                QPointF(self._x(area, lags.low), y), QPointF(self._x(area, lags.high), y)
            )
        if lags.median is not None:
            x = self._x(area, lags.median)
            painter.setPen(QPen(theme.colour("text"), 2))
            painter.drawLine(QPointF(x, y - theme.px(6)), QPointF(x, y + theme.px(6)))

    def _paint_dots(self, painter: QPainter, area: QRectF) -> None:
        theme = self._theme
        y = area.top() + area.height() * 0.78
        newest = len(self.lags.values) - 1
        for place, lag_us in enumerate(self.lags.values):
            last = place == newest
            painter.setPen(QPen(theme.colour("text" if last else "text2"), 1.2))
            painter.setBrush(theme.colour("text" if last else "panel"))
            radius = theme.px(5) if last else theme.px(3)
            painter.drawEllipse(QPointF(self._x(area, lag_us), y), radius, radius)
