"""A drag that is held beyond the lanes turns the view, so that it can go on out of sight."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QTimer, Signal

if TYPE_CHECKING:
    from PySide6.QtCore import QPoint

    from ssp_coder.ui.timeline.widget import Timeline

TURN_MS = 40
_SLOWEST, _FASTEST = 0.01, 0.1
"""Shares of the view by which it turns each time, just beyond the lanes and far from them."""

_FAR_PX = 120


class EdgeScroll(QObject):
    """Turns the view while the pointer stays left or right of the lanes."""

    turned = Signal()

    def __init__(self, timeline: Timeline) -> None:
        super().__init__(timeline)
        self._timeline = timeline
        self._beyond_px = 0
        self._timer = QTimer(self)
        self._timer.setInterval(TURN_MS)
        self._timer.timeout.connect(self._turn)

    def follow(self, place: QPoint) -> None:
        """Begin or stop to turn the view, by where the pointer is now."""
        body = self._timeline.layout_now().body
        right, left = max(0, place.x() - body.right()), max(0, body.left() - place.x())
        self._beyond_px = right - left
        if not self._beyond_px:
            self.stop()
        elif not self._timer.isActive():
            self._timer.start()

    def stop(self) -> None:
        """Leave the view where it is."""
        self._timer.stop()

    @property
    def is_turning(self) -> bool:
        """Whether the view turns by itself."""
        return self._timer.isActive()

    def _turn(self) -> None:
        timeline, scale = self._timeline, self._timeline.scale_now()
        far = min(1.0, abs(self._beyond_px) / _FAR_PX)
        step = round(scale.length_us * (_SLOWEST + far * (_FASTEST - _SLOWEST)))
        start_us = scale.start_us + (step if self._beyond_px > 0 else -step)
        timeline.set_scale(scale.at(start_us, timeline.scene.duration_us))
        if timeline.scale_now() == scale:
            self.stop()
        self.turned.emit()
