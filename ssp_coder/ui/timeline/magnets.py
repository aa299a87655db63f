"""What a dragged edge sticks to: playhead, cues, edges of other marks, else the frames."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from ssp_coder.ui.timeline.columns import FOREVER_US

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from ssp_coder.ui.timeline.lane_marks import LaneMarks
    from ssp_coder.ui.timeline.model import Mark
    from ssp_coder.ui.timeline.widget import Timeline

REACH_PX = 5.5
"""How near an edge must come to be drawn to something; the half makes five whole pixels count."""

_MOST_MARKS = 200
"""Where more marks of a lane lie under a few pixels, none of them can be meant."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Hold:
    """Where an edge falls, and whether something other than a frame drew it there."""

    time_us: int
    drawn: bool = False


class Magnets:
    """Finds where the edges of a drag fall.

    Args:
        moving: marks whose own edges draw nothing, as they are what is dragged.
    """

    def __init__(self, timeline: Timeline, moving: Iterable[Mark] = ()) -> None:
        self._timeline = timeline
        self._moving = frozenset(mark.id for mark in moving)

    def hold(self, time_us: int) -> Hold:
        """Where an edge that is dragged to a time falls."""
        timeline = self._timeline
        inside = max(0, min(time_us, timeline.scene.duration_us))
        if not timeline.is_snapping:
            return Hold(time_us=inside)
        reach = timeline.scale_now().time_of_pixels(REACH_PX)
        near = min(self._near(inside, reach), key=lambda at: abs(at - inside), default=None)
        if near is not None:
            return Hold(time_us=near, drawn=True)
        return Hold(time_us=timeline.edge_time(inside))

    def _near(self, time_us: int, reach: int) -> Iterator[int]:
        timeline, scene = self._timeline, self._timeline.scene
        fixed = [timeline.playhead(), *(cue.time_us for cue in scene.cues)]
        if scene.end_us is not None:
            fixed.append(scene.end_us)
        yield from (at for at in fixed if abs(at - time_us) <= reach)
        for lane in scene.lanes:
            if not lane.kind.is_overview:
                yield from self._edges(timeline.marks.lane(lane.id), time_us, reach)

    def _edges(self, lane: LaneMarks, time_us: int, reach: int) -> Iterator[int]:
        seen = lane.seen(time_us - reach, time_us + reach + 1)
        near = np.flatnonzero(
            (abs(seen.rows["start"] - time_us) <= reach)
            | (abs(seen.rows["reach"] - time_us) <= reach)
        )
        if len(near) > _MOST_MARKS:
            return
        for place in near.tolist():
            if seen.marks[place].id in self._moving:
                continue
            row = seen.rows[place]
            for edge in (int(row["start"]), int(row["reach"])):
                if edge != FOREVER_US and abs(edge - time_us) <= reach:
                    yield edge
