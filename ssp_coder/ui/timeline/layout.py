"""Where the parts of the timeline lie: label column, episode band, ruler, lanes."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from PySide6.QtCore import QRect

from ssp_coder.ui.timeline.model import LaneKind

if TYPE_CHECKING:
    from ssp_coder.ui.theme.theme import Theme
    from ssp_coder.ui.timeline.model import Lane

LABEL_PX = 132
BAND_PX = 56
RULER_PX = 20
LANE_PX = 26
SOUND_PX = 30


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


def lanes_height(theme: Theme, lanes: tuple[Lane, ...]) -> int:
    """The height of all lanes together."""
    return sum(_lane_height(theme, lane) for lane in lanes)


def lay_out(theme: Theme, area: QRect, lanes: tuple[Lane, ...], scroll: int) -> TimelineLayout:
    """Lay the parts into an area that already leaves room for scroll bars."""
    px = theme.px
    left = px(LABEL_PX)
    width = max(1, area.width() - left)
    top = area.top() + px(BAND_PX) + px(RULER_PX)
    y = top - scroll
    rects: list[tuple[Lane, QRect]] = []
    for lane in lanes:
        height = _lane_height(theme, lane)
        rects.append((lane, QRect(left, y, width, height)))
        y += height
    return TimelineLayout(
        labels=QRect(area.left(), area.top(), left, area.height()),
        band=QRect(left, area.top(), width, px(BAND_PX)),
        ruler=QRect(left, area.top() + px(BAND_PX), width, px(RULER_PX)),
        body=QRect(left, top, width, max(0, area.bottom() - top + 1)),
        lanes=tuple(rects),
    )


def _lane_height(theme: Theme, lane: Lane) -> int:
    return theme.px(SOUND_PX if lane.kind is LaneKind.SOUND else LANE_PX)
