"""Plays one video: a decode lane, a clock, and the view that says what was painted."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QSize, Qt, QTimer, Signal

from ssp_coder.domain.time import Micros
from ssp_coder.media.clock import MasterClock
from ssp_coder.media.index_cache import cached_index
from ssp_coder.media.indexing import Watch, build_index
from ssp_coder.media.lane import VideoLane
from ssp_coder.media.probe import MediaFacts, probe
from ssp_coder.media.sound import SoundTrack, sound_tracks
from ssp_coder.ui.background import BackgroundWork
from ssp_coder.ui.player.speaker import Speaker
from ssp_coder.ui.player.view import Moment, VideoView

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from ssp_coder.media.errors import MediaError
    from ssp_coder.media.frame import Picture
    from ssp_coder.media.index import FrameIndex
    from ssp_coder.ui.player.sound_device import SoundSystem

TICK_MS = 8
"""How often the clock is read while playing; more often than any video has frames."""

RATES = (0.1, 0.25, 0.5, 0.75, 1.0, 1.5, 2.0, 3.0, 4.0)
"""Speeds that the faster and slower commands walk through."""


@dataclass(frozen=True, slots=True, kw_only=True)
class OpenVideo:
    """A video that is ready to be shown."""

    path: Path
    index: FrameIndex
    facts: MediaFacts
    tracks: tuple[SoundTrack, ...] = ()


def read_video(
    path: Path,
    cache_folder: Path | None,
    progress: Callable[[float], None],
    cancelled: Callable[[], bool],
) -> OpenVideo:
    """Index and examine a video; runs outside the window's thread.

    Raises:
        MediaError: the file cannot be used.
    """
    watch = Watch(progress=progress, cancelled=cancelled)
    if cache_folder is None:
        index = build_index(path, watch)
    else:
        index = cached_index(path, cache_folder, watch)
    return OpenVideo(path=path, index=index, facts=probe(path, index), tracks=sound_tracks(path))


class Player(QObject):
    """Moves one video. The time of everything coded is `moment`, the frame last painted."""

    opened = Signal(object)
    open_failed = Signal(str)
    open_progressed = Signal(float)
    moment_changed = Signal(object)
    playing_changed = Signal(bool)
    rate_changed = Signal(float)
    trouble = Signal(str)
    _delivered = Signal(object)
    _complained = Signal(object)

    def __init__(
        self,
        view: VideoView,
        cache_folder: Path | None = None,
        parent: QObject | None = None,
        system: SoundSystem | None = None,
    ) -> None:
        super().__init__(parent)
        self.view = view
        self._cache_folder = cache_folder
        self._work: BackgroundWork | None = None
        self._video: OpenVideo | None = None
        self._lane: VideoLane | None = None
        self._clock: MasterClock | None = None
        self._wanted = 0
        self._timer = QTimer(self)
        self._timer.setInterval(TICK_MS)
        self._timer.setTimerType(Qt.TimerType.PreciseTimer)
        self._timer.timeout.connect(self._tick)
        self._delivered.connect(self._show)
        self._complained.connect(self._complain)
        view.painted.connect(self.moment_changed)
        view.size_changed.connect(self._fit)
        self.speaker = Speaker(system, self)
        self.speaker.began.connect(self._meet_sound)
        self.speaker.trouble.connect(self.trouble)

    @property
    def video(self) -> OpenVideo | None:
        """The open video, None while there is none."""
        return self._video

    @property
    def moment(self) -> Moment | None:
        """The frame last painted, None before the first."""
        return self.view.moment

    @property
    def playing(self) -> bool:
        """Whether the clock runs."""
        return self._timer.isActive()

    @property
    def rate(self) -> float:
        """Media seconds per second."""
        return 1.0 if self._clock is None else float(self._clock.rate)

    @property
    def end_us(self) -> Micros:
        """End of the last frame, 0 without a video."""
        return Micros(0) if self._video is None else self._video.index.end_us

    def open(self, path: Path) -> None:
        """Open a video in the background; ends in `opened` or `open_failed`."""
        self.close()
        folder = self._cache_folder
        work = BackgroundWork(
            lambda progress, cancelled: read_video(path, folder, progress, cancelled), self
        )
        work.progressed.connect(self.open_progressed)
        work.done.connect(self._take)
        work.failed.connect(self._fail)
        self._work = work
        work.start()

    def close(self) -> None:
        """Stop everything; the view forgets its picture."""
        self.pause()
        if self._work is not None:
            self._work.cancel()
            self._work.deleteLater()
            self._work = None
        if self._lane is not None:
            self._lane.close()
            self._lane = None
        self.speaker.unload()
        self.set_rate(1.0)
        self._video = self._clock = None
        self._wanted = 0
        self.view.clear()

    def toggle(self) -> None:
        """Play or pause."""
        if self.playing:
            self.pause()
        else:
            self.play()

    def play(self) -> None:
        """Play from the frame on the screen; at the end of the video from its beginning."""
        if self._clock is None or self._video is None:
            return
        last = self._video.index.count - 1
        start = 0 if self._wanted >= last else self._wanted
        self._clock.seek(self._video.index.time_of(start))
        self._clock.play()
        self._timer.start()
        self.playing_changed.emit(True)

    def pause(self) -> None:
        """Rest at the frame on the screen."""
        if self._clock is None or not self.playing:
            return
        self._timer.stop()
        self._clock.pause()
        if self.moment is not None:
            self._request(self.moment.ordinal)
        self.playing_changed.emit(False)

    def step(self, frames: int) -> None:
        """Go some frames forward, or back when negative, from the frame wanted last."""
        self.pause()
        self._request(self._wanted + frames)

    def jump(self, by_us: int) -> None:
        """Go some time forward or back; playing goes on."""
        if self._video is not None:
            here = self._video.index.time_of(self._wanted)
            if self.playing and self._clock is not None:
                here = self._clock.now_us()
            self.seek(here + by_us)

    def seek(self, time_us: int) -> None:
        """Go to the frame whose interval holds a time; playing goes on from there."""
        if self._video is None or self._clock is None:
            return
        time = min(max(0, time_us), self._video.index.end_us - 1)
        if self.playing:
            self._clock.seek(time)
        self._request(self._video.index.ordinal_at(time))

    def set_rate(self, rate: float) -> None:
        """Change the speed."""
        if self._clock is not None and rate != self.rate:
            self._clock.set_rate(rate)
            self.rate_changed.emit(rate)

    def change_rate(self, by: int) -> None:
        """Go `by` places along the list of speeds."""
        near = min(range(len(RATES)), key=lambda place: abs(RATES[place] - self.rate))
        self.set_rate(RATES[min(max(0, near + by), len(RATES) - 1)])

    def _request(self, ordinal: int) -> None:
        if self._lane is None or self._video is None:
            return
        self._wanted = min(max(0, ordinal), self._video.index.count - 1)
        self._lane.request(self._wanted)

    def _take(self, video: object) -> None:
        if not isinstance(video, OpenVideo):
            return
        self._work = None
        self._video = video
        self._clock = MasterClock(video.index.end_us, sound=self.speaker)
        self._lane = VideoLane(video.path, video.index, self._delivered.emit, self._complained.emit)
        self._fit(self.view.pixels())
        if video.tracks:
            self.speaker.load(video.path, video.index.start_offset_us)
        self.opened.emit(video)

    def _fail(self, sentence: str) -> None:
        self._work = None
        self.view.show_words(sentence)
        self.open_failed.emit(sentence)

    def _fit(self, size: QSize) -> None:
        if self._lane is not None:
            self._lane.show_at(size.width(), size.height())
            if not self.playing:
                self._request(self._wanted)

    def _tick(self) -> None:
        if self._clock is None or self._lane is None or self._video is None:
            return
        now = self._clock.now_us()
        self._lane.follow(now)
        self._wanted = self._video.index.ordinal_at(now)
        if self._clock.at_end:
            self.pause_at_end()

    def pause_at_end(self) -> None:
        """Rest at the last frame."""
        self._timer.stop()
        if self._clock is not None:
            self._clock.pause()
        if self._video is not None:
            self._request(self._video.index.count - 1)
        self.playing_changed.emit(False)

    def _meet_sound(self) -> None:
        """The sound can be heard now, or another one: let the clock wait for it where it is."""
        if self._clock is not None and self.playing:
            self._clock.play()

    def _show(self, picture: Picture) -> None:
        if self._lane is not None:
            self.view.show_picture(picture)

    def _complain(self, error: MediaError) -> None:
        self.trouble.emit(str(error))
