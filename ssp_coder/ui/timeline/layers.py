"""The layers of the timeline, and how little of them a change or a playing frame paints again."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QRect, Qt

from ssp_coder.ui.timeline.backdrop import Backdrop
from ssp_coder.ui.timeline.ground import GroundPainter
from ssp_coder.ui.timeline.overlay import OverlayPainter
from ssp_coder.ui.timeline.rings import Rings

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from PySide6.QtGui import QPainter, QPixmap

    from ssp_coder.ui.timeline.drags import Drag
    from ssp_coder.ui.timeline.touched import Stretch
    from ssp_coder.ui.timeline.widget import Timeline

_FAR_PX = 100_000


class Layers:
    """Paints a timeline: the static layer from its pixmap, and above it what moves."""

    def __init__(self, timeline: Timeline) -> None:
        self._timeline = timeline
        self._backdrop = Backdrop()
        self._rings = Rings(timeline)

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
        near = marks.get(hovered)
        if near is not None and near.id not in timeline.selection:
            over.paint_hover(painter, near)
        painter.save()
        painter.setClipRect(timeline.layout_now().body, Qt.ClipOperation.IntersectClip)
        self._rings.paint(painter, area, Qt.PenStyle.SolidLine)
        painter.restore()
        if area.intersects(timeline.layout_now().band):
            band = timeline.band_now()
            band.paint_current(painter, timeline.playhead())
            band.paint_view(painter, timeline.scale_now())
            band.paint_playhead(painter, timeline.playhead())
        over.paint_playhead(painter)

    def paint_drag(self, painter: QPainter, drag: Drag) -> None:
        """Paint what would come of a drag."""
        timeline = self._timeline
        drag.paint(
            painter,
            OverlayPainter(
                timeline.theme, timeline.layout_now(), timeline.scale_now(), timeline.playhead()
            ),
        )

    def paint_ghosts(self, painter: QPainter) -> None:
        """Paint outlines of the selected marks, wherever the painter was moved to."""
        whole = QRect(-_FAR_PX, -_FAR_PX, 2 * _FAR_PX, 2 * _FAR_PX)
        self._rings.paint(painter, whole, Qt.PenStyle.DashLine)

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
