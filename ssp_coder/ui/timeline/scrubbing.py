"""Moving through the recording with the pointer: the playhead at once, the frame as it comes."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QPoint, QTimer

from ssp_coder.ui.timeline.model import LaneKind
from ssp_coder.ui.timeline.preview import Preview

if TYPE_CHECKING:
    from ssp_coder.ui.timeline.time_scale import TimeScale
    from ssp_coder.ui.timeline.widget import Timeline

REST_MS = 350
"""Project default: a pointer that rests so long shows what lies under it."""

AIM_PX = 3
"""A pointer that trembles so much on the sign of a remark stays at the moment of the remark."""


class Scrubbing(QObject):
    """A press and a drag through time, and the preview above the pointer."""

    def __init__(self, timeline: Timeline) -> None:
        super().__init__(timeline)
        self._timeline = timeline
        self._preview: Preview | None = None
        self._in_band = False
        self._asked_us: int | None = None
        self._aim: tuple[int, int] | None = None
        self._resting = QPoint()
        self._rest = QTimer(self)
        self._rest.setSingleShot(True)
        self._rest.setInterval(REST_MS)
        self._rest.timeout.connect(self._show_rest)
        self.active = False

    def begin(self, place: QPoint) -> bool:
        """Take the playhead to a pixel; False beside everything that has a time."""
        layout = self._timeline.layout_now()
        if place.x() < layout.body.left():
            return False
        self._rest.stop()
        self.active = True
        self._in_band = layout.band.contains(place)
        remarks = self._timeline.remarks_at(place)
        self._aim = (place.x(), remarks[0].time_us) if remarks else None
        self._timeline.scrubbing_changed.emit(True)
        self.move(place)
        return True

    def move(self, place: QPoint) -> None:
        """Go on to another pixel: playhead and preview now, the exact frame when it is decoded."""
        time_us = self._aimed_at(place)
        self._timeline.show_playhead(time_us)
        if time_us != self._asked_us:
            self._asked_us = time_us
            self._timeline.seek_requested.emit(time_us)
        self._show(place, time_us)

    def end(self) -> None:
        """Stay at the frame that was asked for last."""
        if self.active:
            self.active, self._asked_us = False, None
            self.hide()
            self._timeline.scrubbing_changed.emit(False)

    def rest_at(self, place: QPoint) -> None:
        """The pointer moved without a button; where it rests the preview will show."""
        self.hide()
        layout = self._timeline.layout_now()
        found = layout.lane_at(place.y())
        on_strip = found is not None and found[0].kind is LaneKind.PICTURES
        in_time = on_strip or layout.ruler.contains(place) or layout.band.contains(place)
        if in_time and place.x() >= layout.body.left():
            self._resting = QPoint(place)
            self._in_band = layout.band.contains(place)
            self._rest.start()

    def hide(self) -> None:
        """Show nothing above the pointer."""
        self._rest.stop()
        if self._preview is not None:
            self._preview.hide()

    def preview(self) -> Preview | None:
        """The preview, None before it was shown for the first time."""
        return self._preview

    def _show_rest(self) -> None:
        if self._timeline.underMouse():
            self._show(self._resting, self._time_at(self._resting, self._scale()))

    def _show(self, place: QPoint, time_us: int) -> None:
        timeline = self._timeline
        if self._preview is None:
            self._preview = Preview(timeline.theme, timeline.window())
            timeline.destroyed.connect(self._preview.deleteLater)
        # Above the band, so that the episode the pointer is in can still be read.
        above = timeline.mapTo(
            timeline.window(), QPoint(place.x(), timeline.layout_now().band.top())
        )
        picture = timeline.content.overviews.strip.nearest(time_us)
        self._preview.show_at(above, time_us, picture)

    def _scale(self) -> TimeScale:
        timeline = self._timeline
        return timeline.band_now().scale if self._in_band else timeline.scale_now()

    def _aimed_at(self, place: QPoint) -> int:
        """The moment of the sign that was pressed, until the pointer goes on from there."""
        if self._aim is not None and abs(place.x() - self._aim[0]) <= AIM_PX:
            return self._timeline.frame_time(self._aim[1])
        self._aim = None
        return self._time_at(place, self._scale())

    def _time_at(self, place: QPoint, scale: TimeScale) -> int:
        time_us = max(0, min(scale.time_at(place.x()), self._timeline.scene.duration_us))
        return self._timeline.frame_time(time_us)
