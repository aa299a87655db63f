"""Small signs on the ruler for what was remarked on a moment, told apart by their shapes."""

from __future__ import annotations

from bisect import bisect_left
from typing import TYPE_CHECKING

from PySide6.QtCore import QCoreApplication, QRect

from ssp_coder.ui.kit.painting import Face, paint_face

if TYPE_CHECKING:
    from collections.abc import Sequence

    from PySide6.QtCore import QPoint
    from PySide6.QtGui import QPainter

    from ssp_coder.ui.theme.theme import Theme
    from ssp_coder.ui.timeline.layout import TimelineLayout
    from ssp_coder.ui.timeline.model import Remark
    from ssp_coder.ui.timeline.time_scale import TimeScale

SIGN_PX = 14
_ICON_PX = 10
MOST_TOLD = 5
"""So many remarks of one sign are told to the pointer; the list has them all."""

Group = tuple[int, tuple["Remark", ...]]
"""The middle of a sign in pixels, and the remarks it stands for, in the order of time."""


class RemarkSigns:
    """Where the signs stand for one layout and scale; those that would touch share one."""

    def __init__(
        self, theme: Theme, layout: TimelineLayout, scale: TimeScale, remarks: Sequence[Remark]
    ) -> None:
        self._theme = theme
        self._ruler = layout.ruler
        self._scale = scale
        self._remarks = remarks
        self._side = theme.px(SIGN_PX)

    def paint(self, painter: QPainter) -> None:
        """Paint each sign at the foot of the ruler; of several remarks that of the first rank."""
        theme, ratio = self._theme, painter.device().devicePixelRatioF()
        face, side = Face(ground=theme.tokens.accent, radius=3), theme.px(_ICON_PX)
        inset = (self._side - side) // 2
        for middle, remarks in self.groups():
            place = self._rect(middle)
            paint_face(painter, place, face)
            name = min(remarks, key=lambda remark: remark.rank).sign
            icon = theme.pixmap(name, "onacc", side, ratio)
            painter.drawPixmap(place.left() + inset, place.top() + inset, icon)

    def at(self, place: QPoint) -> tuple[Remark, ...]:
        """The remarks of the sign under a pixel."""
        if not self._ruler.contains(place):
            return ()
        near = (group for group in self.groups() if self._rect(group[0]).contains(place))
        return next(near, (0, ()))[1]

    def groups(self) -> tuple[Group, ...]:
        """The signs that are in view, from left to right."""
        found: list[tuple[int, list[Remark]]] = []
        for remark in self._in_view():
            x = self._scale.x_of(remark.time_us)
            if found and x - found[-1][0] < self._side:
                found[-1][1].append(remark)
            else:
                found.append((x, [remark]))
        return tuple((x, tuple(remarks)) for x, remarks in found)

    def _in_view(self) -> Sequence[Remark]:
        first = bisect_left(self._remarks, self._scale.start_us, key=_time)
        return self._remarks[first : bisect_left(self._remarks, self._scale.end_us, key=_time)]

    def _rect(self, middle: int) -> QRect:
        ruler, side = self._ruler, self._side
        left = max(ruler.left(), min(middle - side // 2, ruler.right() - side + 1))
        return QRect(left, ruler.bottom() - side, side, side)


def remark_words(remarks: Sequence[Remark]) -> str:
    """What the pointer is told of a sign."""
    lines = [remark.words for remark in remarks[:MOST_TOLD]]
    more = len(remarks) - len(lines)
    if more:
        lines.append(QCoreApplication.translate("Timeline", "and {0} more").format(more))
    return "\n".join(lines)


def _time(remark: Remark) -> int:
    return remark.time_us
