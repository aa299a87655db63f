"""What lies under the coded lanes' time: the sound, the pictures, the motion and its hints."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QLineF, QPointF, QRect, Qt
from PySide6.QtGui import QPen, QPolygonF

from ssp_coder.ui.kit.painting import hatch
from ssp_coder.ui.timeline.model import LaneKind
from ssp_coder.ui.timeline.outline import Outline, paint_outline
from ssp_coder.ui.timeline.strip import PictureStrip

if TYPE_CHECKING:
    from collections.abc import Iterable

    from PySide6.QtCore import QPoint
    from PySide6.QtGui import QPainter

    from ssp_coder.ui.theme.theme import Theme
    from ssp_coder.ui.timeline.layout import TimelineLayout
    from ssp_coder.ui.timeline.model import HintMark, Lane
    from ssp_coder.ui.timeline.time_scale import TimeScale

HINT_PX = 4
"""How close the pointer must be to a hint."""


class LaneOverviews:
    """Curves and pictures by lane, and how they are painted."""

    def __init__(self) -> None:
        self.outlines: dict[str, Outline] = {}
        self.strip = PictureStrip()

    def show_outline(self, lane_id: str, outline: Outline | None) -> None:
        """Hold a curve for a lane, or none."""
        self.outlines.pop(lane_id, None)
        if outline is not None:
            self.outlines[lane_id] = outline

    def paint(
        self, painter: QPainter, theme: Theme, lane: Lane, rect: QRect, scale: TimeScale
    ) -> None:
        """Paint what a lane shows of the recording."""
        if lane.kind is LaneKind.PICTURES:
            self.strip.paint(painter, rect.adjusted(0, 0, 0, -1), scale)
        elif lane.id in self.outlines:
            place = rect.adjusted(0, 0, 0, -1)
            paint_outline(painter, place, self.outlines[lane.id], scale, theme.colour("wave"))


def paint_hints(painter: QPainter, theme: Theme, rect: QRect, xs: Iterable[int]) -> None:
    """Paint hints: a dotted line with a hatched flag, unlike anything that was coded."""
    painter.save()
    ink = theme.colour("text2")
    for x in xs:
        painter.setPen(QPen(ink, 1, Qt.PenStyle.DotLine))
        painter.drawLine(QLineF(x + 0.5, rect.top() + 1, x + 0.5, rect.bottom() - 1))
        painter.setPen(QPen(ink, 1))
        side = theme.px(7)
        top = rect.top() + 1.5
        flag = QPolygonF(
            [QPointF(x + 0.5, top), QPointF(x + 0.5 + side, top), QPointF(x + 0.5, top + side)]
        )
        painter.setBrush(theme.colour("panel"))
        painter.drawPolygon(flag)
        painter.setBrush(hatch(ink, 3))
        painter.drawPolygon(flag)
    painter.restore()


def hint_at(
    place: QPoint, layout: TimelineLayout, scale: TimeScale, hints: Iterable[HintMark]
) -> HintMark | None:
    """The hint under a pixel of a lane of motion."""
    found = layout.lane_at(place.y())
    if found is None or found[0].kind is not LaneKind.MOTION or not layout.body.contains(place):
        return None
    near = [
        hint for hint in hints if -HINT_PX <= place.x() - scale.x_of(hint.time_us) <= 2 * HINT_PX
    ]
    return min(near, key=lambda hint: abs(place.x() - scale.x_of(hint.time_us)), default=None)
