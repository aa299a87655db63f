"""Differences of two coders against their mean: one mark a pair of points, bias and limits."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from typing import TYPE_CHECKING

from PySide6.QtCore import QPointF, QRect, QSize, Qt
from PySide6.QtGui import QAccessible, QPainter, QPen
from PySide6.QtWidgets import QSizePolicy, QWidget

from ssp_coder.ui.agreement.words import signed
from ssp_coder.ui.kit.accessible import describe, install_roles
from ssp_coder.ui.kit.painting import CENTRE, RIGHT, Ink, paint_text, painter_of
from ssp_coder.ui.theme.fonts import FontUse

if TYPE_CHECKING:
    from collections.abc import Sequence

    from ssp_coder.agreement.bland_altman import BlandAltman
    from ssp_coder.ui.theme.theme import Theme


@dataclass(frozen=True, slots=True, kw_only=True)
class Differences:
    """Both ratings of each case of one scale.

    Attributes:
        name: of the scale.
        ends: lowest and highest point of the scale.
        pairs: the first and the second coder's points.
        figures: bias and limits.
    """

    name: str
    ends: tuple[float, float]
    pairs: Sequence[tuple[float, float]]
    figures: BlandAltman


class BlandAltmanChart(QWidget):
    """Paints `Differences`; a mark's size and number tell how many cases lie there."""

    ACCESSIBLE_ROLE = QAccessible.Role.Chart

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        install_roles()
        self._theme = theme
        self._shown: Differences | None = None
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Expanding)
        theme.changed.connect(self.update)
        describe(self, self.tr("Differences and means"))

    def show_differences(self, shown: Differences | None) -> None:
        """Show a scale, or nothing."""
        self._shown = shown
        describe(self, self.tr("Differences and means"), self.words())
        self.setToolTip(self.words())
        self.update()

    def words(self) -> str:
        """The figure in one sentence."""
        if self._shown is None:
            return ""
        found = self._shown.figures
        words = self.tr("{0}: bias {1}, limits of agreement {2} to {3}, n = {4}")
        ends = (signed(found.lower.value), signed(found.upper.value))
        return words.format(self._shown.name, signed(found.bias.value), *ends, found.n)

    def sizeHint(self) -> QSize:  # noqa: N802, D102 - Qt's name
        return QSize(self._theme.px(360), self._theme.px(230))

    def minimumSizeHint(self) -> QSize:  # noqa: N802, D102 - Qt's name
        return QSize(self._theme.px(240), self._theme.px(170))

    def paintEvent(self, _event: object) -> None:  # noqa: N802, D102 - Qt's name
        painter = painter_of(self)
        if self._shown is not None:
            plane = _Plane(self._shown, self._inner())
            self._paint_axes(painter, plane)
            self._paint_limits(painter, plane)
            self._paint_marks(painter, plane)
        painter.end()

    def _inner(self) -> QRect:
        px = self._theme.px
        return self.rect().adjusted(px(36), px(10), -px(52), -px(36))

    def _paint_axes(self, painter: QPainter, plane: _Plane) -> None:
        theme, area = self._theme, plane.area
        font = theme.font(FontUse.CAPTION)
        ink = Ink(colour=theme.colour("text2"), font=font, align=CENTRE)
        side = Ink(colour=theme.colour("text2"), font=font, align=RIGHT)
        high = theme.px(16)
        for step in ticks_to(plane.reach):
            y = round(plane.y(step))
            painter.setPen(QPen(theme.colour("ctl" if step == 0 else "line"), 1))
            painter.drawLine(area.left(), y, area.right(), y)
            box = QRect(0, y - high // 2, area.left() - theme.px(6), high)
            paint_text(painter, box, signed(step, 0), side)
        for point in plane.points():
            box = QRect(round(plane.x(point)) - high, area.bottom() + theme.px(4), 2 * high, high)
            paint_text(painter, box, f"{point:g}", ink)
        box = QRect(area.left(), self.height() - high, area.width(), high)
        paint_text(painter, box, self.tr("mean of both; up: second rated higher"), ink)

    def _paint_limits(self, painter: QPainter, plane: _Plane) -> None:
        theme, found = self._theme, plane.shown.figures
        font = theme.font(FontUse.CAPTION)
        left = Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter
        ink = Ink(colour=theme.colour("text"), font=font, align=left)
        lines = (
            (found.bias.value, Qt.PenStyle.SolidLine),
            (found.lower.value, Qt.PenStyle.DashLine),
            (found.upper.value, Qt.PenStyle.DashLine),
        )
        high = theme.px(16)
        for value, style in lines:
            if value is None:
                continue
            y = round(plane.y(value))
            painter.setPen(QPen(theme.colour("text"), 1.5, style))
            painter.drawLine(plane.area.left(), y, plane.area.right(), y)
            box = QRect(plane.area.right() + theme.px(6), y - high // 2, theme.px(46), high)
            paint_text(painter, box, signed(value), ink)

    def _paint_marks(self, painter: QPainter, plane: _Plane) -> None:
        theme = self._theme
        ink = Ink(colour=theme.colour("text"), font=theme.font(FontUse.CAPTION), align=CENTRE)
        for (first, second), count in Counter(plane.shown.pairs).items():
            centre = QPointF(plane.x((first + second) / 2), plane.y(second - first))
            radius = theme.px(4) + theme.px(1.2) * min(8, count - 1)
            painter.setPen(QPen(theme.colour("ctl"), 1))
            painter.setBrush(theme.colour("sel"))
            painter.drawEllipse(centre, radius, radius)
            if count > 1:
                box = QRect(0, 0, theme.px(26), theme.px(16))
                box.moveCenter(centre.toPoint())
                paint_text(painter, box, str(count), ink)


def ticks_to(reach: int) -> tuple[int, ...]:
    """Whole differences as far to both sides of 0 as the axis reaches; 0 is always one of them."""
    step = max(1, reach // 3)
    most = reach // step * step
    return tuple(range(-most, most + 1, step))


class _Plane:
    """Places means and differences in an area."""

    def __init__(self, shown: Differences, area: QRect) -> None:
        self.shown, self.area = shown, area
        found = shown.figures
        ends = [abs(end) for end in (found.lower.value, found.upper.value) if end is not None]
        widest = max([1.0, *ends, *(abs(b - a) for a, b in shown.pairs)])
        self.reach = int(-(-widest // 1))
        self._room = self.reach + 0.4

    def x(self, mean: float) -> float:
        low, high = (end + side for end, side in zip(self.shown.ends, (-0.3, 0.3), strict=True))
        return self.area.left() + (mean - low) / (high - low) * self.area.width()

    def y(self, difference: float) -> float:
        share = (difference + self._room) / (2 * self._room)
        return self.area.bottom() - share * self.area.height()

    def points(self) -> tuple[int, ...]:
        """Whole points of the scale."""
        low, high = self.shown.ends
        return tuple(range(int(-(-low // 1)), int(high) + 1))
