"""The frames of a clip, one by one or playing, and never one outside."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QElapsedTimer, QObject, QSize, Qt, QTimer, Signal

from ssp_coder.domain.time import SECOND_US, Micros
from ssp_coder.media.errors import FrameMissing
from ssp_coder.media.lane import VideoLane

if TYPE_CHECKING:
    from ssp_coder.media.errors import MediaError
    from ssp_coder.media.frame import Picture
    from ssp_coder.ui.player.open_video import OpenVideo

_TICK_MS = 10
_NANO = 1_000
_AHEAD_US = SECOND_US // 5
"""Project default: so far may the time run ahead of the pictures; then it waits for them."""


class ClipFrames(QObject):
    """Goes through a stretch of a recording without sound.

    Where decoding does not keep up it plays slower: a person who has to see everything is better
    served by a late picture than by none.

    Signals:
        picture_came: a picture to be painted.
        trouble: why a frame cannot be shown.
        damaged: ordinal of a frame that cannot be shown and that no clip holds.
        playing_changed: whether it plays now.
    """

    picture_came = Signal(object)
    trouble = Signal(str)
    damaged = Signal(object)
    playing_changed = Signal(bool)
    _delivered = Signal(object)
    _complained = Signal(object)

    def __init__(self, video: OpenVideo, frames: range, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._index = video.index
        self._frames = frames
        self._asked = self._came = frames[0]
        self._until = frames[-1]
        self._rate = 1.0
        self._from_us = Micros(0)
        self._elapsed = QElapsedTimer()
        self._timer = QTimer(self)
        self._timer.setTimerType(Qt.TimerType.PreciseTimer)
        self._timer.setInterval(_TICK_MS)
        self._timer.timeout.connect(self._tick)
        self._delivered.connect(self._show)
        self._complained.connect(self._complain)
        self._lane: VideoLane | None = VideoLane(
            video.path, video.index, self._delivered.emit, self._complained.emit
        )

    @property
    def at(self) -> int:
        """Ordinal of the frame asked for."""
        return self._asked

    @property
    def playing(self) -> bool:
        """Whether it plays."""
        return self._timer.isActive()

    def fit(self, size: QSize) -> None:
        """Make pictures for so many device pixels."""
        if self._lane is not None:
            self._lane.show_at(size.width(), size.height())
            if not self.playing:
                self._lane.request(self._asked)

    def go_to(self, ordinal: int) -> None:
        """Show a frame, the first or last one where there is none."""
        self.pause()
        self._ask(ordinal)

    def step(self, frames: int) -> None:
        """Go some frames on, or back when negative."""
        self.go_to(self._asked + frames)

    def jump(self, seconds: int) -> None:
        """Go some seconds on, or back when negative."""
        self.go_to(self._index.ordinal_at(self._index.times_us[self._asked] + seconds * SECOND_US))

    def play(self) -> None:
        """Play from here to the end of the clip; from its end, play it anew."""
        self._until = self._frames[-1]
        if self._asked >= self._until:
            self._ask(self._frames[0])
        self._start()

    def play_stretch(self, first: int, last: int) -> None:
        """Play a part of the clip from its first frame to its last."""
        self.pause()
        self._ask(first)
        self._until = last
        self._start()

    def pause(self) -> None:
        """Stop at the frame that is due."""
        if self.playing:
            self._timer.stop()
            self.playing_changed.emit(False)

    def set_rate(self, rate: float) -> None:
        """Play so many times as fast."""
        self._rate = rate
        self._restart()

    def close(self) -> None:
        """Let the recording go."""
        self.pause()
        lane, self._lane = self._lane, None
        if lane is not None:
            lane.close()

    def _ask(self, ordinal: int) -> None:
        self._asked = self._came = min(max(self._frames[0], ordinal), self._frames[-1])
        if self._lane is not None:
            self._lane.request(self._asked)

    def _start(self) -> None:
        self._restart()
        if not self.playing and self._lane is not None:
            self._timer.start()
            self.playing_changed.emit(True)

    def _restart(self) -> None:
        self._from_us = self._index.times_us[self._asked]
        self._elapsed.start()

    def _tick(self) -> None:
        if self._lane is None:
            return
        due = self._index.ordinal_at(self._now_us())
        if due >= self._until:
            self.pause()
            self._ask(self._until)
            return
        if due != self._asked:
            self._asked = due
            self._lane.follow(self._index.times_us[due])

    def _now_us(self) -> int:
        """The time that is due, held back to the pictures that came."""
        passed_us = self._elapsed.nsecsElapsed() // _NANO
        now_us = self._from_us + round(passed_us * self._rate)
        following = min(self._came + 1, self._frames[-1])
        latest_us = max(
            self._index.times_us[self._came] + _AHEAD_US, self._index.times_us[following]
        )
        if now_us > latest_us:
            self._from_us = Micros(latest_us)
            self._elapsed.start()
        return min(now_us, latest_us)

    def _show(self, picture: Picture) -> None:
        if self._lane is not None:
            # One asked for earlier may come late; time must not run ahead to it.
            self._came = max(self._came, min(picture.ordinal, self._asked))
            self.picture_came.emit(picture)

    def _complain(self, error: MediaError) -> None:
        self._came = self._asked
        self.trouble.emit(str(error))
        if isinstance(error, FrameMissing):
            self.damaged.emit(error.ordinal)
