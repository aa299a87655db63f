"""Frames over paired lanes, one about each difference; where they are too many, ticks."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np
from PySide6.QtCore import QLine, QRect, Qt
from PySide6.QtGui import QPainter, QPen

from ssp_coder.ui.kit.marks import paint_comparison
from ssp_coder.ui.pairs.items import PairItem, PairKind
from ssp_coder.ui.pairs.lanes import OWN, REFERENCE, lane_of

if TYPE_CHECKING:
    from collections.abc import Iterable

    from ssp_coder.domain.coding import Event
    from ssp_coder.domain.scheme import Scheme
    from ssp_coder.ui.theme.theme import Theme
    from ssp_coder.ui.timeline.layout import TimelineLayout
    from ssp_coder.ui.timeline.time_scale import TimeScale

MOST_FRAMES = 120
"""So many frames of a view are painted each; more are only ticks between the two lanes."""

_SIGN_PX = 16
_LEAST_PX = 19
_STYLES = {
    PairKind.MISSED: Qt.PenStyle.DashLine,
    PairKind.EXTRA: Qt.PenStyle.DashDotLine,
    PairKind.OTHER_CODE: Qt.PenStyle.SolidLine,
    PairKind.TIMING: Qt.PenStyle.DotLine,
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Frame:
    """The stretch of a pair of lanes in which the two codings differ."""

    lane: str
    start_us: int
    end_us: int
    kind: PairKind


class Frames:
    """All frames of a review, held so that those of a view are found at once."""

    def __init__(self, frames: Iterable[Frame] = ()) -> None:
        held = sorted(frames, key=_by_start)
        self._frames = tuple(held)
        self._starts = np.fromiter((one.start_us for one in held), "i8", len(held))
        self._ends = np.fromiter((one.end_us for one in held), "i8", len(held))

    def __len__(self) -> int:
        return len(self._frames)

    def seen(self, start_us: int, end_us: int) -> tuple[Frame, ...]:
        """The frames that a stretch of time touches, in order of time."""
        near = np.flatnonzero((self._starts <= end_us) & (self._ends >= start_us))
        return tuple(self._frames[place] for place in near.tolist())


def frames_of(items: Iterable[PairItem], scheme: Scheme) -> Frames:
    """The frames of the items that are about events."""
    return Frames(_frame(item, scheme) for item in items if item.events)


class FramePainter:
    """Paints the frames of a view over the lanes of a timeline."""

    def __init__(self, theme: Theme, layout: TimelineLayout, scale: TimeScale) -> None:
        self._theme = theme
        self._scale = scale
        self._layout = layout
        self._lanes = _pairs(layout)

    def paint(self, painter: QPainter, frames: Frames) -> None:
        """Paint the frames that are in view, or ticks where they would cover each other."""
        scale = self._scale
        seen = frames.seen(scale.start_us, scale.end_us)
        painter.save()
        painter.setClipRect(self._layout.body, Qt.ClipOperation.IntersectClip)
        painter.setBrush(Qt.BrushStyle.NoBrush)
        if len(seen) > MOST_FRAMES:
            self._paint_ticks(painter, seen)
        else:
            self._paint_frames(painter, seen)
        painter.restore()

    def rect_of(self, frame: Frame) -> QRect | None:
        """Where a frame lies, None while its lanes are not shown."""
        pair = self._lanes.get(frame.lane)
        if pair is None:
            return None
        left, right = self._scale.x_of(frame.start_us), self._scale.x_of(frame.end_us)
        least = self._theme.px(_LEAST_PX)
        if right - left < least:
            left = (left + right - least) // 2
            right = left + least
        # Far edges would not fit into the pixels that Qt counts.
        low, high = pair.left() - 40, pair.right() + 40
        left, right = max(low, left), min(high, right)
        return QRect(left, pair.top() + 1, max(1, right - left), pair.height() - 2)

    def _paint_frames(self, painter: QPainter, seen: tuple[Frame, ...]) -> None:
        side = self._theme.px(_SIGN_PX)
        ink, ground = self._theme.colour("err"), self._theme.colour("panel")
        ends: dict[str, int] = {}
        signs: list[tuple[QRect, Frame]] = []
        for frame in seen:
            rect = self.rect_of(frame)
            if rect is None:
                continue
            # A broken line is lost on what it lies over without something plain below it.
            for pen in (QPen(ground, 2), QPen(ink, 1.5, _STYLES[frame.kind])):
                painter.setPen(pen)
                painter.drawRoundedRect(rect, 3, 3)
            sign = QRect(0, 0, side, side)
            sign.moveCenter(rect.intersected(self._layout.body).center())
            if sign.left() > ends.get(frame.lane, sign.left() - 1):
                ends[frame.lane] = sign.right()
                signs.append((sign, frame))
        for sign, frame in signs:
            if frame.kind.sign is not None:
                paint_comparison(painter, self._theme, sign, frame.kind.sign)

    def _paint_ticks(self, painter: QPainter, seen: tuple[Frame, ...]) -> None:
        half = self._theme.px(5)
        lines: list[QLine] = []
        for lane, pair in self._lanes.items():
            xs = {self._scale.x_of(frame.start_us) for frame in seen if frame.lane == lane}
            middle = pair.center().y()
            lines += [QLine(x, middle - half, x, middle + half) for x in sorted(xs)]
        painter.setRenderHint(QPainter.RenderHint.Antialiasing, on=False)
        painter.setPen(QPen(self._theme.colour("err"), 1))
        painter.drawLines(lines)


def _by_start(frame: Frame) -> int:
    return frame.start_us


def _frame(item: PairItem, scheme: Scheme) -> Frame:
    start_us, end_us = _stretch(item)
    lane = lane_of(item.events[0], scheme)
    return Frame(lane=lane, start_us=start_us, end_us=end_us, kind=item.kind)


def _stretch(item: PairItem) -> tuple[int, int]:
    """Where the two differ: between the edges that lie apart, else over the event itself."""
    own, reference = item.own_event, item.reference_event
    if own is None or reference is None:
        event = item.events[0]
        return event.start_us, _end_of(event)
    starts = (own.start_us, reference.start_us)
    ends = (_end_of(own), _end_of(reference))
    if item.kind is PairKind.OTHER_CODE:
        return min(starts), max(*starts, min(ends))
    apart_at_start = abs(starts[0] - starts[1]) >= abs(ends[0] - ends[1])
    edges = starts if apart_at_start else ends
    return min(edges), max(edges)


def _end_of(event: Event) -> int:
    return event.start_us if event.end_us is None else event.end_us


def _pairs(layout: TimelineLayout) -> dict[str, QRect]:
    """The two lanes of each pair as one rectangle, by the name they share."""
    pairs: dict[str, QRect] = {}
    for lane, rect in layout.lanes:
        side, _, name = lane.id.partition("/")
        if side in (OWN, REFERENCE):
            pairs[name] = pairs[name].united(rect) if name in pairs else rect
    return pairs
