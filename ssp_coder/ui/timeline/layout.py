"""Where the parts of the timeline lie: label column, episode band, ruler, lanes."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from PySide6.QtCore import QRect

from ssp_coder.ui.timeline.model import LaneKind

if TYPE_CHECKING:
    from ssp_coder.ui.theme.theme import Theme
    from ssp_coder.ui.timeline.model import Lane, Scene

LABEL_PX = 132
BAND_PX = 56
RULER_PX = 20
FOLDED_PX = 13
"""Height of a lane that was folded: still there, too low for words in it."""

_CODED_PX = (26, 21)
_HEIGHTS = {
    LaneKind.STATE: _CODED_PX,
    LaneKind.POINT: _CODED_PX,
    LaneKind.SOUND: (30, 24),
    LaneKind.MOTION: (30, 24),
    LaneKind.PICTURES: (46, 36),
}
"""Heights of lanes in a high and in a low window."""


@dataclass(frozen=True, slots=True, kw_only=True)
class TimelineLayout:
    """Rectangles in the widget's pixels; lanes are shifted by the vertical scroll.

    Args:
        labels: the label column.
        band: the episode band, right of the labels.
        ruler: the ruler, right of the labels.
        body: the visible part of the lanes, right of the labels.
        lanes: each lane with its rectangle right of the labels, in order.
    """

    labels: QRect
    band: QRect
    ruler: QRect
    body: QRect
    lanes: tuple[tuple[Lane, QRect], ...]

    def lane_at(self, y: int) -> tuple[Lane, QRect] | None:
        """The lane at a height, or None outside the visible lanes."""
        if not self.body.top() <= y <= self.body.bottom():
            return None
        return next((pair for pair in self.lanes if pair[1].top() <= y <= pair[1].bottom()), None)

    def lane_rect(self, lane_id: str) -> QRect | None:
        """The rectangle of a lane, or None when the timeline has no such lane."""
        return next((rect for lane, rect in self.lanes if lane.id == lane_id), None)


def lanes_height(theme: Theme, scene: Scene) -> int:
    """The height of all lanes together."""
    return sum(_lane_height(theme, lane, scene) for lane in scene.lanes)


def lay_out(theme: Theme, area: QRect, scene: Scene, scroll: int) -> TimelineLayout:
    """Lay the parts into an area that already leaves room for scroll bars."""
    px = theme.px
    left = px(LABEL_PX)
    width = max(1, area.width() - left)
    top = area.top() + px(BAND_PX) + px(RULER_PX)
    y = top - scroll
    rects: list[tuple[Lane, QRect]] = []
    for lane in scene.lanes:
        height = _lane_height(theme, lane, scene)
        rects.append((lane, QRect(left, y, width, height)))
        y += height
    return TimelineLayout(
        labels=QRect(area.left(), area.top(), left, area.height()),
        band=QRect(left, area.top(), width, px(BAND_PX)),
        ruler=QRect(left, area.top() + px(BAND_PX), width, px(RULER_PX)),
        body=QRect(left, top, width, max(0, area.bottom() - top + 1)),
        lanes=tuple(rects),
    )


def _lane_height(theme: Theme, lane: Lane, scene: Scene) -> int:
    if lane.id in scene.folded:
        return theme.px(FOLDED_PX)
    high, low = _HEIGHTS[lane.kind]
    return theme.px(low if scene.compact else high)
