"""A statistic from case to case: dots with the band of their intervals, and the line to reach."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from PySide6.QtCore import QPointF, QRectF, QSize, Qt
from PySide6.QtGui import (
    QAccessible,
    QFontMetrics,
    QKeyEvent,
    QMouseEvent,
    QPainter,
    QPen,
    QPolygonF,
)
from PySide6.QtWidgets import QSizePolicy, QWidget

from ssp_coder.ui.kit.accessible import describe, install_roles
from ssp_coder.ui.kit.painting import (
    CENTRE,
    RIGHT,
    RING,
    Ink,
    paint_ring,
    paint_text,
    painter_of,
    text_width,
)
from ssp_coder.ui.theme.fonts import FontUse

if TYPE_CHECKING:
    from ssp_coder.ui.theme.theme import Theme


@dataclass(frozen=True, slots=True, kw_only=True)
class CurveDot:
    """One case of a curve.

    Attributes:
        value: None where there is none; the curve has a hole there.
        low: lower end of the interval, None without one.
        hollow: a repeat, which is no part of the line.
        marked: an alarm.
        words: all of it as it is spoken.
    """

    value: float | None
    low: float | None = None
    high: float | None = None
    hollow: bool = False
    marked: bool = False
    words: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class CurvePicture:
    """What a chart shows.

    Attributes:
        dots: in the order of submission.
        low: lower end of the axis.
        ticks: values with a line, and how each is written.
        criterion: a dashed line, None without one.
    """

    dots: tuple[CurveDot, ...] = ()
    low: float = 0.0
    high: float = 1.0
    ticks: tuple[tuple[float, str], ...] = ((0.0, "0"), (0.5, ".5"), (1.0, "1"))
    criterion: float | None = None


class CurvePainting:
    """Draws a picture with any painter, inside any area."""

    def __init__(self, theme: Theme) -> None:
        self._theme = theme

    def plot(self, area: QRectF, picture: CurvePicture) -> QRectF:
        """The part of an area in which the dots lie."""
        px, font = self._theme.px, self._theme.font(FontUse.CAPTION)
        left = max((text_width(font, words) for _, words in picture.ticks), default=0) + px(8)
        below = QFontMetrics(font).height() + px(4)
        return area.adjusted(left, px(8), -px(10), -below)

    def paint(self, painter: QPainter, area: QRectF, picture: CurvePicture) -> None:
        """Draw axis, band, line, dots and criterion."""
        plot = self.plot(area, picture)
        self._paint_axis(painter, area, plot, picture)
        self._paint_band(painter, plot, picture)
        self._paint_line(painter, plot, picture)
        self._paint_criterion(painter, plot, picture)
        for place, dot in enumerate(picture.dots):
            if dot.value is not None:
                self._paint_dot(painter, self.at(plot, picture, place, dot.value), dot)

    def at(self, plot: QRectF, picture: CurvePicture, place: int, value: float) -> QPointF:
        """Where a value of a case lies; one beyond the axis at its end."""
        count = len(picture.dots)
        x = plot.left() + plot.width() * (place + 0.5) / max(1, count)
        share = (value - picture.low) / (picture.high - picture.low)
        return QPointF(x, plot.bottom() - min(1.0, max(0.0, share)) * plot.height())

    def _paint_axis(
        self, painter: QPainter, area: QRectF, plot: QRectF, picture: CurvePicture
    ) -> None:
        theme = self._theme
        font = theme.font(FontUse.CAPTION)
        ink = Ink(colour=theme.colour("text2"), font=font, align=RIGHT)
        half = QFontMetrics(font).height() / 2
        for value, words in picture.ticks:
            y = self.at(plot, picture, 0, value).y()
            painter.setPen(QPen(theme.colour("line"), 1))
            painter.drawLine(QPointF(plot.left(), y), QPointF(plot.right(), y))
            box = QRectF(area.left(), y - half, plot.left() - area.left() - theme.px(5), 2 * half)
            paint_text(painter, box.toRect(), words, ink)
        count = len(picture.dots)
        ends = sorted({0, count - 1} | set(range(4, count - 2, 5))) if count else []
        ink = Ink(colour=theme.colour("text2"), font=font, align=CENTRE)
        for place in ends:
            x = self.at(plot, picture, place, picture.low).x()
            box = QRectF(x - theme.px(16), plot.bottom() + 3, theme.px(32), 2 * half)
            paint_text(painter, box.toRect(), str(place + 1), ink)

    def _runs(self, picture: CurvePicture) -> list[list[int]]:
        """Stretches of dots that are joined: repeats are passed over, holes part them."""
        runs: list[list[int]] = [[]]
        for place, dot in enumerate(picture.dots):
            if dot.hollow:
                continue
            if dot.value is None:
                runs.append([])
            else:
                runs[-1].append(place)
        return [run for run in runs if run]

    def _paint_band(self, painter: QPainter, plot: QRectF, picture: CurvePicture) -> None:
        colour = self._theme.colour("hover")
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(colour)
        for run in self._runs(picture):
            ends = [
                (place, dot.low, dot.high)
                for place in run
                for dot in (picture.dots[place],)
                if dot.low is not None and dot.high is not None
            ]
            above = [self.at(plot, picture, place, high) for place, _low, high in ends]
            below = [self.at(plot, picture, place, low) for place, low, _high in ends]
            if len(ends) == 1:
                painter.setPen(QPen(colour, self._theme.px(8)))
                painter.drawLine(above[0], below[0])
                painter.setPen(Qt.PenStyle.NoPen)
            elif ends:
                painter.drawPolygon(QPolygonF([*above, *reversed(below)]))
                painter.setPen(QPen(self._theme.colour("ctl"), 1))
                painter.drawPolyline(QPolygonF(above))
                painter.drawPolyline(QPolygonF(below))
                painter.setPen(Qt.PenStyle.NoPen)

    def _paint_line(self, painter: QPainter, plot: QRectF, picture: CurvePicture) -> None:
        painter.setPen(QPen(self._theme.colour("text"), 1.5))
        for run in self._runs(picture):
            points = [
                self.at(plot, picture, place, value)
                for place in run
                for value in (picture.dots[place].value,)
                if value is not None
            ]
            painter.drawPolyline(QPolygonF(points))

    def _paint_criterion(self, painter: QPainter, plot: QRectF, picture: CurvePicture) -> None:
        if picture.criterion is None:
            return
        painter.setPen(QPen(self._theme.colour("text2"), 1, Qt.PenStyle.DashLine))
        y = self.at(plot, picture, 0, picture.criterion).y()
        painter.drawLine(QPointF(plot.left(), y), QPointF(plot.right(), y))

    def _paint_dot(self, painter: QPainter, centre: QPointF, dot: CurveDot) -> None:
        theme = self._theme
        colour = theme.colour("warn" if dot.marked else "text2" if dot.hollow else "text")
        painter.setPen(QPen(colour, 1.5))
        painter.setBrush(theme.colour("panel") if dot.hollow else colour)
        radius = float(theme.px(4 if dot.hollow else 3))
        if dot.marked:
            arm = theme.px(6)
            corners = ((0, -arm), (arm, 0), (0, arm), (-arm, 0))
            painter.drawPolygon(QPolygonF([centre + QPointF(*corner) for corner in corners]))
        else:
            painter.drawEllipse(centre, radius, radius)


class CurveChart(QWidget):
    """A curve that Left and Right walk along, case by case."""

    ACCESSIBLE_ROLE = QAccessible.Role.Chart

    def __init__(self, theme: Theme, name: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        install_roles()
        self._theme, self._name = theme, name
        self._painting = CurvePainting(theme)
        self.picture = CurvePicture()
        self.current: int | None = None
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        theme.changed.connect(self.update)
        self._say()

    def show_picture(self, picture: CurvePicture) -> None:
        """Show another curve; the case that is walked to is kept where there is one."""
        self.picture = picture
        if self.current is not None and self.current >= len(picture.dots):
            self.current = None
        self._say()
        self.update()

    def words(self) -> str:
        """The case that is walked to, else the last one, as it is spoken."""
        dots = self.picture.dots
        if not dots:
            return self.tr("no case yet")
        return dots[len(dots) - 1 if self.current is None else self.current].words

    def sizeHint(self) -> QSize:  # noqa: N802, D102 - Qt's name
        return QSize(self._theme.px(360), self._theme.px(150))

    def minimumSizeHint(self) -> QSize:  # noqa: N802, D102 - Qt's name
        return QSize(self._theme.px(220), self._theme.px(150))

    def paintEvent(self, _event: object) -> None:  # noqa: N802, D102 - Qt's name
        painter = painter_of(self)
        area = QRectF(self.rect()).adjusted(RING, RING, -RING, -RING)
        if self.current is not None and self.current < len(self.picture.dots):
            plot = self._painting.plot(area, self.picture)
            x = self._painting.at(plot, self.picture, self.current, self.picture.low).x()
            painter.setPen(QPen(self._theme.colour("accent"), 1))
            painter.drawLine(QPointF(x, plot.top()), QPointF(x, plot.bottom()))
        self._painting.paint(painter, area, self.picture)
        if self.hasFocus():
            paint_ring(painter, self._theme, self.rect())
        painter.end()

    def keyPressEvent(self, event: QKeyEvent) -> None:  # noqa: N802, D102 - Qt's name
        steps = {Qt.Key.Key_Left: -1, Qt.Key.Key_Right: 1}
        count = len(self.picture.dots)
        if event.key() not in steps or not count:
            super().keyPressEvent(event)
            return
        here = count if self.current is None else self.current
        self._go_to(min(max(0, here + steps[Qt.Key(event.key())]), count - 1))

    def mousePressEvent(self, event: QMouseEvent) -> None:  # noqa: N802, D102 - Qt's name
        plot = self._painting.plot(QRectF(self.rect()), self.picture)
        count = len(self.picture.dots)
        share = (event.position().x() - plot.left()) / max(1.0, plot.width())
        if count and 0 <= share < 1:
            self._go_to(int(share * count))

    def _go_to(self, place: int) -> None:
        self.current = place
        self._say()
        self.update()

    def _say(self) -> None:
        describe(self, self._name, self.words())
        self.setToolTip(self.words())
