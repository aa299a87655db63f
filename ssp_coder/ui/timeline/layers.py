"""The layers of the timeline, and how little of them a change or a playing frame paints again."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QRect

from ssp_coder.ui.timeline.backdrop import Backdrop
from ssp_coder.ui.timeline.ground import GroundPainter
from ssp_coder.ui.timeline.overlay import OverlayPainter

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from PySide6.QtGui import QPainter, QPixmap

    from ssp_coder.ui.timeline.touched import Stretch
    from ssp_coder.ui.timeline.widget import Timeline


class Layers:
    """Paints a timeline: the static layer from its pixmap, and above it what moves."""

    def __init__(self, timeline: Timeline) -> None:
        self._timeline = timeline
        self._backdrop = Backdrop()

    def forget(self) -> None:
        """Paint the static layer anew the next time."""
        self._backdrop.forget()

    def static(self) -> QPixmap:
        """The static layer; it is painted only when it is not there or was forgotten."""
        timeline = self._timeline
        ground, band = self._ground(), timeline.band_now()

        def whole(onto: QPainter) -> None:
            ground.paint(onto, timeline.content, band)

        return self._backdrop.pixmap(timeline.size(), timeline.devicePixelRatioF(), whole)

    def paint_moving(self, painter: QPainter, area: QRect, hovered: str) -> None:
        """Paint open states, cues, the loop, rings and the playhead where `area` needs them."""
        timeline = self._timeline
        scene, marks = timeline.scene, timeline.marks
        over = OverlayPainter(
            timeline.theme, timeline.layout_now(), timeline.scale_now(), timeline.playhead()
        )
        limit = scene.duration_us if scene.end_us is None else scene.end_us
        over.paint_open(painter, area, marks, limit)
        over.paint_cues(painter, scene.cues)
        if scene.loop is not None:
            over.paint_loop(painter, scene.loop)
        selected = timeline.selected()
        near = marks.get(hovered)
        if near is not None and near.id not in selected:
            over.paint_rings(painter, (near,), "ctl")
        chosen = [mark for held in selected if (mark := marks.get(held))]
        over.paint_rings(painter, chosen, "accent")
        if area.intersects(timeline.layout_now().band):
            band = timeline.band_now()
            band.paint_current(painter, timeline.playhead())
            band.paint_view(painter, timeline.scale_now())
            band.paint_playhead(painter, timeline.playhead())
        over.paint_playhead(painter)

    def paint_dragged(self, painter: QPainter, time_us: int) -> None:
        """Paint the line of an edge that is being dragged."""
        timeline = self._timeline
        over = OverlayPainter(
            timeline.theme, timeline.layout_now(), timeline.scale_now(), timeline.playhead()
        )
        over.paint_dragged(painter, time_us)

    def repaint_stretches(self, stretches: Mapping[str, Stretch]) -> None:
        """Paint again what a change of marks touches, and nothing else."""
        timeline = self._timeline
        ground = self._ground()
        painted: list[QRect] = []

        def parts(painter: QPainter) -> None:
            for lane in timeline.scene.lanes:
                if lane.id in stretches:
                    stretch = stretches[lane.id]
                    painted.append(ground.paint_stretch(painter, lane, stretch, timeline.content))

        self._backdrop.touch_up(parts)
        for rect in painted:
            timeline.update(rect)

    def repaint_lanes(self, lane_ids: Iterable[str]) -> None:
        """Paint whole lanes again, with their labels."""
        timeline = self._timeline
        ground, layout, wanted = self._ground(), timeline.layout_now(), frozenset(lane_ids)
        rows = [row for row in layout.lanes if row[0].id in wanted]

        def whole(painter: QPainter) -> None:
            for lane, rect in rows:
                ground.paint_row(painter, lane, rect, timeline.content)

        self._backdrop.touch_up(whole)
        for _, rect in rows:
            timeline.update(QRect(0, rect.top(), rect.right() + 1, rect.height()))

    def dirty_playhead(self, time_us: int) -> None:
        """Ask for the strips that a playhead stands in."""
        timeline = self._timeline
        layout, scale = timeline.layout_now(), timeline.scale_now()
        over = OverlayPainter(timeline.theme, layout, scale, time_us)
        x = scale.x_of(time_us)
        timeline.update(QRect(x - 2, layout.ruler.top(), 6, timeline.height()))
        timeline.update(over.flag_rect(time_us).adjusted(-2, -1, 2, 1))
        in_band = timeline.band_now().scale.x_of(time_us)
        timeline.update(QRect(in_band - 2, layout.band.top(), 6, layout.band.height()))

    def dirty_open(self, before_us: int, after_us: int) -> None:
        """Ask for the stretch over which open states grew or shrank."""
        timeline = self._timeline
        scale = timeline.scale_now()
        low, high = sorted((scale.x_of(before_us), scale.x_of(after_us)))
        body = timeline.layout_now().body
        timeline.update(QRect(low - 2, body.top(), high - low + 6, body.height()))

    def _ground(self) -> GroundPainter:
        timeline = self._timeline
        return GroundPainter(
            timeline.theme, timeline.scene, timeline.layout_now(), timeline.scale_now()
        )
