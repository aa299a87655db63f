"""Plays what the interval sheet asks for: an interval over and over, or once."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QObject

if TYPE_CHECKING:
    from ssp_coder.domain.time import Span
    from ssp_coder.ui.intervals.panel import IntervalPanel
    from ssp_coder.ui.player.stage import Stage


class SheetPlaying(QObject):
    """Stands between a sheet and the picture; belongs to the panel."""

    def __init__(self, panel: IntervalPanel, stage: Stage) -> None:
        super().__init__(panel)
        self._stage = stage
        panel.loop_requested.connect(self._loop)
        panel.play_requested.connect(self._play_once)

    def _loop(self, span: Span) -> None:
        """Play a span over and over; Esc leaves it, as any loop."""
        player = self._stage.player
        if player.video is None:
            return
        self._stage.moves.leave()
        player.set_stop(None)
        player.seek(span.start_us)
        player.set_loop(span)
        player.play()

    def _play_once(self, span: Span) -> None:
        """Play a span and rest on its last frame."""
        player = self._stage.player
        if player.video is None:
            return
        self._stage.moves.leave()
        player.pause()
        player.set_loop(None)
        player.seek(span.start_us)
        player.set_stop(player.frame_start(span.end_us - 1))
        player.play()
