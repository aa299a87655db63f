"""The band of a rule on a scale, and where a rating lies against it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from PySide6.QtCore import QPointF, QRectF, QSize, Qt
from PySide6.QtGui import QAccessible, QPainter, QPen
from PySide6.QtWidgets import QSizePolicy, QWidget

from ssp_coder.ui.kit.accessible import describe, install_roles
from ssp_coder.ui.kit.painting import painter_of
from ssp_coder.ui.kit.rating_row import RatingScale, point_text

if TYPE_CHECKING:
    from ssp_coder.ui.theme.theme import Theme


@dataclass(frozen=True, slots=True, kw_only=True)
class Band:
    """The points that a rule allows, both ends included."""

    low: float
    high: float

    def __post_init__(self) -> None:
        if self.high < self.low:
            raise ValueError(f"band ends at {self.high:g}, below its start {self.low:g}")

    def holds(self, point: float) -> bool:
        """Whether the rule allows the point."""
        return self.low <= point <= self.high


class BandRow(QWidget):
    """A scale's ticks, the rule's band on it, and the rating: dot inside, cross outside.

    Without a band the rule does not use the scale; without a rating only the band is drawn.
    """

    ACCESSIBLE_ROLE = QAccessible.Role.Chart

    def __init__(self, theme: Theme, scale: RatingScale, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        install_roles()
        self._theme = theme
        self._scale = scale
        self._band: Band | None = None
        self._point: float | None = None
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        theme.changed.connect(self.update)
        self.show_band(None, None)

    def show_band(self, band: Band | None, point: float | None) -> None:
        """Show a band and a rating; either may be missing."""
        self._band, self._point = band, point
        describe(self, f"{self._scale.name}, {self._spoken_band()}, {self._spoken_point()}")
        self.setToolTip(self.accessibleName())
        self.update()

    def sizeHint(self) -> QSize:  # noqa: N802, D102 - Qt's name
        return QSize(self._theme.px(160), self._theme.px(24))

    def minimumSizeHint(self) -> QSize:  # noqa: N802, D102 - Qt's name
        return QSize(self._theme.px(9 * len(self._scale.points)), self._theme.px(20))

    def paintEvent(self, _event: object) -> None:  # noqa: N802, D102 - Qt's name
        painter = painter_of(self)
        self._paint_axis(painter)
        if self._band is not None:
            self._paint_band(painter, self._band)
        if self._point is not None:
            self._paint_point(painter, self._point)
        painter.end()

    def _x(self, point: float) -> float:
        margin = self._theme.px(12)
        share = (point - self._scale.minimum) / (self._scale.maximum - self._scale.minimum)
        return margin + share * (self.width() - 2 * margin)

    def _paint_axis(self, painter: QPainter) -> None:
        middle = self.height() / 2
        painter.setPen(QPen(self._theme.colour("line"), 1))
        ends = (self._scale.minimum, self._scale.maximum)
        painter.drawLine(QPointF(self._x(ends[0]), middle), QPointF(self._x(ends[1]), middle))
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(self._theme.colour("ctl"))
        for point in self._scale.points:
            painter.drawEllipse(QPointF(self._x(point), middle), 1.5, 1.5)

    def _paint_band(self, painter: QPainter, band: Band) -> None:
        half = self._theme.px(6)
        reach = min(
            self._theme.px(9), (self._x(self._scale.points[1]) - self._x(self._scale.points[0])) / 2
        )
        left, right = self._x(band.low) - reach, self._x(band.high) + reach
        rect = QRectF(left, self.height() / 2 - half, right - left, 2 * half)
        painter.setPen(QPen(self._theme.colour("ctl"), 1))
        painter.setBrush(self._theme.colour("hover"))
        painter.drawRoundedRect(rect, half, half)

    def _paint_point(self, painter: QPainter, point: float) -> None:
        centre = QPointF(self._x(point), self.height() / 2)
        if self._band is None or self._band.holds(point):
            radius = self._theme.px(5)
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(self._theme.colour("text"))
            painter.drawEllipse(centre, radius, radius)
            return
        arm = self._theme.px(4)
        painter.setPen(QPen(self._theme.colour("err"), 2))
        painter.drawLine(centre - QPointF(arm, arm), centre + QPointF(arm, arm))
        painter.drawLine(centre - QPointF(arm, -arm), centre + QPointF(arm, -arm))

    def _spoken_band(self) -> str:
        if self._band is None:
            return self.tr("not used by the rule")
        low, high = point_text(self._band.low), point_text(self._band.high)
        return self.tr("band {0} to {1}").format(low, high)

    def _spoken_point(self) -> str:
        if self._point is None:
            return self.tr("not rated")
        if self._band is None:
            return self.tr("rating {0}").format(point_text(self._point))
        words = (
            self.tr("rating {0} inside")
            if self._band.holds(self._point)
            else self.tr("rating {0} outside")
        )
        return words.format(point_text(self._point))
