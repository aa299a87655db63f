"""Statistics as dots with their intervals on one axis; the same strokes go to screen and paper.

`interval_chart.IntervalAxis` is the widget that shows them.
"""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import TYPE_CHECKING

from PySide6.QtCore import QCoreApplication, QPointF, QRect, QSize, Qt
from PySide6.QtGui import QColor, QFont, QFontInfo, QPainter, QPen, QPolygonF

from ssp_coder.reporting.signs import minus
from ssp_coder.ui.kit.painting import LEFT, RIGHT, Ink, paint_text, text_width
from ssp_coder.ui.theme.fonts import FontUse

if TYPE_CHECKING:
    from collections.abc import Sequence

    from ssp_coder.ui.theme.theme import Theme

N_SIGN = "n"
LABEL_SHARE = 0.42
"""Largest part of the width that the names of the rows take."""


@dataclass(frozen=True, slots=True, kw_only=True)
class IntervalRow:
    """A statistic of one thing.

    Attributes:
        label: what it is of.
        value: None when it is undefined; `words` then say why.
        low: lower end of its interval, None without one.
        high: upper end.
        n: cases, units or events that it rests on.
        criterion: what it is held against, drawn as a line of the row; None without one.
        words: how the value is written, empty for the usual way.
        few: whether it rests on too few cases, which is said beside n and drawn as an open dot.
        note: what the row says when the pointer rests on it or a screen reader comes to it.
    """

    label: str
    value: float | None
    low: float | None = None
    high: float | None = None
    n: int = 0
    criterion: float | None = None
    words: str = ""
    few: bool = False
    note: str = ""

    @property
    def misses_criterion(self) -> bool:
        """Whether its value lies below what it is held against."""
        if self.value is None or self.criterion is None:
            return False
        return self.value < self.criterion


@dataclass(frozen=True, slots=True, kw_only=True)
class IntervalScale:
    """The axis that all rows share.

    Attributes:
        low: its left end.
        high: its right end.
        ticks: values at which it has a line and a number.
        signed: whether values carry their sign, as differences do.
        decimals: with which values are written.
    """

    low: float = 0.0
    high: float = 1.0
    ticks: tuple[float, ...] = (0.0, 0.5, 1.0)
    signed: bool = False
    decimals: int = 2

    def said(self, value: float) -> str:
        """A value in the scale's own way, with a real minus sign and never ``-0.00``."""
        text = f"{value:{'+' if self.signed else ''}.{self.decimals}f}"
        return text.lstrip("+-") if not float(text) else minus(text)


def coefficient_scale(rows: Sequence[IntervalRow]) -> IntervalScale:
    """From 0 to 1, or from as far below 0 as any row reaches."""
    lowest = min((v for row in rows for v in (row.value, row.low) if v is not None), default=0.0)
    low = max(-1.0, math.floor(2 * min(lowest, 0.0)) / 2)
    ticks = tuple(step / 2 for step in range(round(2 * low), 3))
    return IntervalScale(low=low, ticks=ticks)


def difference_scale(rows: Sequence[IntervalRow]) -> IntervalScale:
    """Signed, as far to both sides of 0 as any row reaches, in whole steps."""
    ends = (v for row in rows for v in (row.value, row.low, row.high) if v is not None)
    reach = max(1, math.ceil(max((abs(end) for end in ends), default=1.0)))
    step = max(1, math.ceil(reach / 3))
    ticks = tuple(float(tick) for tick in range(-(reach // step) * step, reach + 1, step))
    return IntervalScale(low=-reach, high=reach, ticks=ticks, signed=True, decimals=1)


class IntervalPainting:
    """Draws rows on their axis with any painter: name, value, dot and interval, n.

    Lengths are those of the look; on paper the painter is scaled beforehand.
    """

    def __init__(self, theme: Theme) -> None:
        self._theme = theme

    @property
    def row_height(self) -> int:
        """Height of a row."""
        return self._theme.px(24)

    @property
    def head_height(self) -> int:
        """Height of the numbers above the axis."""
        return self._theme.px(20)

    def size(self, rows: Sequence[IntervalRow], scale: IntervalScale) -> QSize:
        """The room that the rows like to have."""
        fixed = self._label_width(rows) + self._value_width(rows, scale) + self._count_width(rows)
        height = self.head_height + self.row_height * len(rows)
        return QSize(fixed + self._theme.px(220), height)

    def row_at(self, y: float, top: float = 0.0) -> int:
        """The place of the row at a height; -1 above the first."""
        return math.floor((y - top - self.head_height) / self.row_height)

    def paint(
        self,
        painter: QPainter,
        area: QRect,
        rows: Sequence[IntervalRow],
        scale: IntervalScale,
    ) -> None:
        """Draw all rows from the top of an area, as wide as it is."""
        labels = min(self._label_width(rows), round(area.width() * LABEL_SHARE))
        values, counts = self._value_width(rows, scale), self._count_width(rows)
        gap, pad = self._theme.px(8), self._theme.px(10)
        left = area.x() + labels + values + 2 * gap + pad
        right = area.right() - counts - gap - pad
        axis = _Axis(scale, left, max(left + self._theme.px(40), right))
        self._paint_head(painter, area, axis, len(rows))
        head = QRect(area.right() - counts + 1, area.y(), counts, self.head_height - 2)
        paint_text(painter, head, N_SIGN, self._ink(FontUse.CAPTION, "text2", RIGHT))
        for place, row in enumerate(rows):
            y = area.y() + self.head_height + place * self.row_height
            line = QRect(area.x(), y, area.width(), self.row_height)
            self._paint_words(painter, line, row, (labels, values, counts), scale)
            self._paint_row(painter, line, row, axis)

    def _paint_head(self, painter: QPainter, area: QRect, axis: _Axis, rows: int) -> None:
        ink = Ink(
            colour=self._theme.colour("text2"),
            font=self._font(FontUse.CAPTION),
            align=Qt.AlignmentFlag.AlignCenter,
        )
        wide = self._theme.px(44)
        bottom = area.y() + self.head_height + rows * self.row_height
        for tick in axis.scale.ticks:
            x = axis.x(tick)
            words = minus(f"{tick:+g}" if axis.scale.signed and tick else f"{tick:g}")
            box = QRect(round(x) - wide // 2, area.y(), wide, self.head_height - 2)
            paint_text(painter, box, words, ink)
            at_zero = axis.scale.signed and tick == 0
            painter.setPen(QPen(self._theme.colour("ctl" if at_zero else "line"), 1))
            top = area.y() + self.head_height
            painter.drawLine(QPointF(x, top), QPointF(x, bottom))

    def _paint_words(
        self,
        painter: QPainter,
        line: QRect,
        row: IntervalRow,
        widths: tuple[int, int, int],
        scale: IntervalScale,
    ) -> None:
        labels, values, counts = widths
        theme, gap = self._theme, self._theme.px(8)
        warned = theme.colour("warn" if row.misses_criterion else "text")
        name = QRect(line.x(), line.y(), labels, line.height())
        label_ink = Ink(colour=theme.colour("text"), font=self._font(FontUse.TABLE), align=LEFT)
        paint_text(painter, name, row.label, label_ink)
        if row.value is not None:
            box = QRect(line.x() + labels + gap, line.y(), values, line.height())
            font = self._font(FontUse.TABLE_STRONG)
            paint_text(painter, box, _value(row, scale), Ink(colour=warned, font=font, align=RIGHT))
        box = QRect(line.right() - counts + 1, line.y(), counts, line.height())
        count_ink = Ink(colour=theme.colour("text2"), font=self._font(FontUse.CAPTION), align=RIGHT)
        paint_text(painter, box, count_words(row), count_ink)

    def _paint_row(self, painter: QPainter, line: QRect, row: IntervalRow, axis: _Axis) -> None:
        y = line.y() + line.height() / 2
        theme = self._theme
        if row.value is None:
            box = QRect(round(axis.left), line.y(), round(axis.right - axis.left), line.height())
            ink = Ink(colour=theme.colour("text2"), font=self._font(FontUse.CAPTION), align=LEFT)
            pad = theme.px(4)
            painter.fillRect(box.adjusted(0, 3, 0, -3), theme.colour("panel"))
            paint_text(painter, box.adjusted(pad, 0, -pad, 0), row.words, ink)
            return
        colour = theme.colour("warn" if row.misses_criterion else "text")
        if row.low is not None and row.high is not None:
            painter.setPen(QPen(colour, 1.5))
            painter.drawLine(QPointF(axis.x(row.low), y), QPointF(axis.x(row.high), y))
            self._paint_ends(painter, row, axis, y)
        if row.criterion is not None:
            painter.setPen(QPen(theme.colour("text2"), 1, Qt.PenStyle.DashLine))
            x = axis.x(row.criterion)
            painter.drawLine(QPointF(x, line.top()), QPointF(x, line.bottom() + 1))
        self._paint_dot(painter, QPointF(axis.x(row.value), y), row, colour)

    def _paint_ends(self, painter: QPainter, row: IntervalRow, axis: _Axis, y: float) -> None:
        """A tick at each end that lies on the axis; an interval that leaves it has an open end."""
        half = self._theme.px(3)
        for end in (row.low, row.high):
            if end is not None and axis.scale.low <= end <= axis.scale.high:
                x = axis.x(end)
                painter.drawLine(QPointF(x, y - half), QPointF(x, y + half))

    def _paint_dot(
        self, painter: QPainter, centre: QPointF, row: IntervalRow, colour: QColor
    ) -> None:
        theme = self._theme
        open_dot = row.few or row.misses_criterion
        painter.setPen(QPen(colour, 1.5))
        painter.setBrush(theme.colour("panel") if open_dot else colour)
        if row.misses_criterion:
            arm = theme.px(6)
            corners = ((0, -arm), (arm, 0), (0, arm), (-arm, 0))
            painter.drawPolygon(QPolygonF([centre + QPointF(*corner) for corner in corners]))
            return
        radius = float(theme.px(4))
        painter.drawEllipse(centre, radius, radius)

    def _label_width(self, rows: Sequence[IntervalRow]) -> int:
        font = self._font(FontUse.TABLE)
        return max((text_width(font, row.label) for row in rows), default=0) + 2

    def _value_width(self, rows: Sequence[IntervalRow], scale: IntervalScale) -> int:
        font = self._font(FontUse.TABLE_STRONG)
        said = (_value(row, scale) for row in rows if row.value is not None)
        return max((text_width(font, words) for words in said), default=0) + 2

    def _count_width(self, rows: Sequence[IntervalRow]) -> int:
        font = self._font(FontUse.CAPTION)
        return max((text_width(font, count_words(row)) for row in rows), default=0) + 2

    def _ink(self, use: FontUse, token: str, align: Qt.AlignmentFlag) -> Ink:
        return Ink(colour=self._theme.colour(token), font=self._font(use), align=align)

    def _font(self, use: FontUse) -> QFont:
        """The font in pixels, so that a scaled painter of any resolution draws it alike."""
        font = QFont(self._theme.font(use))
        font.setPixelSize(QFontInfo(font).pixelSize())
        return font


class _Axis:
    """Places values between two ends in pixels."""

    def __init__(self, scale: IntervalScale, left: float, right: float) -> None:
        self.scale, self.left, self.right = scale, left, right

    def x(self, value: float) -> float:
        """Where a value stands; one beyond the axis at its end."""
        share = (value - self.scale.low) / (self.scale.high - self.scale.low)
        return self.left + min(1.0, max(0.0, share)) * (self.right - self.left)


def count_words(row: IntervalRow) -> str:
    """How many cases a row rests on, and whether these are too few."""
    count = f"{row.n:,}"
    if not row.few:
        return count
    return QCoreApplication.translate("interval_axis", "{0}, few").format(count)


def row_words(row: IntervalRow, scale: IntervalScale) -> str:
    """A row as one sentence, for a screen reader."""
    parts = [row.label, row.words if row.value is None else _value(row, scale)]
    if row.value is not None and row.low is not None and row.high is not None:
        words = QCoreApplication.translate("interval_axis", "from {0} to {1}")
        parts.append(words.format(scale.said(row.low), scale.said(row.high)))
    parts.append(f"n = {count_words(row)}")
    if row.criterion is not None:
        words = QCoreApplication.translate("interval_axis", "criterion {0}")
        parts.append(words.format(scale.said(row.criterion)))
    return ", ".join(part for part in (*parts, row.note) if part)


def _value(row: IntervalRow, scale: IntervalScale) -> str:
    return row.words or ("" if row.value is None else scale.said(row.value))
