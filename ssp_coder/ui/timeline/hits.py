"""What lies under the pointer: a mark, or the edge of one that can be dragged."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING

from ssp_coder.ui.timeline.bars import LaneView

if TYPE_CHECKING:
    from PySide6.QtCore import QPoint

    from ssp_coder.ui.theme.theme import Theme
    from ssp_coder.ui.timeline.lane_marks import MarkStore
    from ssp_coder.ui.timeline.layout import TimelineLayout
    from ssp_coder.ui.timeline.model import Mark
    from ssp_coder.ui.timeline.time_scale import TimeScale

EDGE_PX = 4
"""How close to an edge the pointer takes hold of it."""


class Edge(StrEnum):
    """The end of a mark that is dragged."""

    START = "start"
    END = "end"


@dataclass(frozen=True, slots=True, kw_only=True)
class EdgeHit:
    """An edge of a mark that may be dragged."""

    mark: Mark
    edge: Edge


class HitTest:
    """Finds marks by pixels, for one layout, scale and playhead."""

    def __init__(
        self, theme: Theme, layout: TimelineLayout, scale: TimeScale, playhead_us: int
    ) -> None:
        self._theme = theme
        self._layout = layout
        self._scale = scale
        self._playhead_us = playhead_us

    def mark_at(self, place: QPoint, marks: MarkStore) -> Mark | None:
        """The mark under a pixel; the one painted last wins."""
        found = self._layout.lane_at(place.y())
        if found is None or not self._layout.body.contains(place):
            return None
        lane, rect = found
        view = LaneView(self._theme, lane, rect, self._scale)
        reach = self._theme.px(8)
        near = marks.lane(lane.id).between(
            self._scale.time_at(place.x() - reach), self._scale.time_at(place.x() + reach)
        )
        for mark in reversed(near):
            box = view.mark_rect(mark, self._playhead_us)
            box.setTop(min(box.top(), rect.top() + 2))
            if box.adjusted(-1, 0, 1, 0).contains(place):
                return mark
        return None

    def edge_at(self, place: QPoint, mark: Mark) -> EdgeHit | None:
        """The edge of a mark that a pixel takes hold of; none in a locked lane."""
        found = self._layout.lane_at(place.y()) if self._layout.body.contains(place) else None
        if found is None or found[0].id != mark.lane or found[0].locked:
            return None
        if mark.is_point:
            close = abs(place.x() - self._scale.x_of(mark.start_us)) <= self._theme.px(7)
            return EdgeHit(mark=mark, edge=Edge.START) if close else None
        if abs(place.x() - self._scale.x_of(mark.start_us)) <= EDGE_PX:
            return EdgeHit(mark=mark, edge=Edge.START)
        if mark.end_us is None:
            return None
        if abs(place.x() - self._scale.x_of(mark.end_us)) <= EDGE_PX:
            return EdgeHit(mark=mark, edge=Edge.END)
        return None
