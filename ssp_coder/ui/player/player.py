"""Plays the videos of a session: a camera each, one clock, one sound.

All times are session time, which begins with the first frame of the first camera.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Qt, QTimer, Signal

from ssp_coder.domain.time import Micros, Span
from ssp_coder.media.clock import MasterClock
from ssp_coder.media.reader import CACHE_BYTES
from ssp_coder.ui.background import BackgroundWork
from ssp_coder.ui.player.camera import Camera
from ssp_coder.ui.player.open_video import CameraSource, OpenVideo, read_video
from ssp_coder.ui.player.speaker import Speaker

if TYPE_CHECKING:
    from pathlib import Path

    from ssp_coder.ui.player.sound_device import SoundSystem
    from ssp_coder.ui.player.view import Moment, VideoView

TICK_MS = 8
"""How often the clock is read while playing; more often than any video has frames."""

SHARED_CACHE_BYTES = 2 * CACHE_BYTES
"""Project default: so much room all cameras together have for decoded frames."""

RATES = (0.1, 0.25, 0.5, 0.75, 1.0, 1.5, 2.0, 3.0, 4.0)
"""Speeds that the faster and slower commands walk through."""


class Player(QObject):
    """Moves the videos. The time of everything coded is `moment`, the frame last painted.

    One camera is *active*: the large one. It leads, so steps go by its frames and `moment` is one
    of them. Where it was not recording, the first camera that was leads in its place.
    """

    opened = Signal(object)
    open_failed = Signal(str)
    open_progressed = Signal(float)
    cameras_changed = Signal()
    active_changed = Signal(int)
    moment_changed = Signal(object)
    playing_changed = Signal(bool)
    sought = Signal(object)
    rate_changed = Signal(float)
    loop_changed = Signal(object)
    trouble = Signal(str)

    def __init__(
        self,
        views: tuple[VideoView, ...],
        cache_folder: Path | None = None,
        parent: QObject | None = None,
        system: SoundSystem | None = None,
    ) -> None:
        super().__init__(parent)
        self.cameras = tuple(Camera(view, place, self) for place, view in enumerate(views))
        self._cache_folder = cache_folder
        self._work: BackgroundWork | None = None
        self._to_open: list[tuple[int, CameraSource]] = []
        self._opening = self._count = 0
        self._clock: MasterClock | None = None
        self._active = self._lead = 0
        self._sound_of: int | None = None
        self._wanted_us = 0
        self._loop: Span | None = None
        self._stop_us: Micros | None = None
        self._timer = QTimer(self)
        self._timer.setInterval(TICK_MS)
        self._timer.setTimerType(Qt.TimerType.PreciseTimer)
        self._timer.timeout.connect(self._tick)
        for camera in self.cameras:
            camera.painted.connect(self._note_painted)
            camera.resized.connect(self._show_again)
            camera.trouble.connect(self.trouble)
        self.speaker = Speaker(system, self)
        self.speaker.began.connect(self._meet_sound)
        self.speaker.trouble.connect(self.trouble)

    @property
    def video(self) -> OpenVideo | None:
        """The open video of the first camera, None while there is none."""
        return self.cameras[0].video

    @property
    def view(self) -> VideoView:
        """The view of the active camera."""
        return self.cameras[self._active].view

    @property
    def active(self) -> int:
        """Place of the active camera."""
        return self._active

    @property
    def lead(self) -> Camera:
        """The camera whose frames are stepped through and coded now."""
        return self.cameras[self._lead]

    @property
    def moment(self) -> Moment | None:
        """The frame last painted by the leading camera, None before the first."""
        return self.lead.moment

    @property
    def place_us(self) -> Micros:
        """The session time that was asked for last, also where no camera was on."""
        return Micros(self._wanted_us)

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
        """When the last camera ends, 0 without a video."""
        return max(camera.end_us for camera in self.cameras)

    @property
    def loop(self) -> Span | None:
        """What is played over and over, None when nothing is."""
        return self._loop

    @property
    def sound_of(self) -> int | None:
        """Place of the camera whose sound is heard, None while there is no sound."""
        return self._sound_of

    def frame_at(self, time_us: int) -> int | None:
        """Number of the first camera's frame on at a session time, None where it was off."""
        first = self.cameras[0]
        if first.moment is not None and first.moment.pts_us == time_us:
            return first.moment.ordinal
        return first.ordinal_at(time_us) if first.is_on(time_us) else None

    def frame_start(self, time_us: int) -> Micros:
        """When the frame of the camera that leads at a session time appeared; without one, then."""
        camera = self.cameras[self._leading_at(min(time_us, self.end_us - 1))]
        if camera.video is None:
            return Micros(time_us)
        return Micros(max(0, camera.time_of(camera.ordinal_at(time_us))))

    # ------------------------------------------------------------------ opening and closing

    def open(self, path: Path) -> None:
        """Open the video of a session with one camera; ends in `opened` or `open_failed`."""
        self.open_cameras((CameraSource(path=path),))

    def open_cameras(self, sources: tuple[CameraSource, ...], at_us: int = 0) -> None:
        """Open the videos of a session in the background, the first one first, at a session time.

        Ends in `opened`, or in `open_failed` when the first cannot be shown. The others follow,
        with `cameras_changed` each; one that cannot be shown says so in its place.
        """
        had_some = self.end_us > 0
        self.close()
        self._wanted_us = at_us
        self._to_open = list(enumerate(sources[: len(self.cameras)]))
        self._count = len(self._to_open)
        for place, source in self._to_open:
            self.cameras[place].set_offset(source.offset_us)
        if had_some and not self._to_open:
            self.cameras_changed.emit()
        self._open_next()

    def close(self) -> None:
        """Stop everything; the views forget their pictures."""
        self.pause()
        self._to_open = []
        if self._work is not None:
            self._work.cancel()
            self._let_work_go()
        self.speaker.unload()
        self.set_rate(1.0)
        self.set_loop(None)
        self.set_stop(None)
        for camera in self.cameras:
            camera.unload()
        self._clock = self._sound_of = None
        self._wanted_us = self._lead = 0
        self.make_active(0)

    def set_offset(self, place: int, offset_us: Micros) -> None:
        """Place a camera on the session's time; what is on the screen follows."""
        camera = self.cameras[place]
        if offset_us == camera.offset_us:
            return
        camera.set_offset(offset_us)
        if camera.video is None:
            return  # it counts as soon as the recording is open
        self._meet_end()
        if self._sound_of == place:
            self._load_sound(place, self.speaker.track)
        self._show_again()
        self._tell_unpainted()
        self.cameras_changed.emit()

    def make_active(self, place: int) -> None:
        """Let a camera be the large one, which leads."""
        if place != self._active and (place == 0 or self.cameras[place].video is not None):
            self._active = place
            self._choose_lead()
            self.active_changed.emit(place)
            if self.moment is not None:
                self.moment_changed.emit(self.moment)

    def choose_sound(self, place: int, track: int = 0) -> None:
        """Let a sound track of a camera be heard."""
        if place == self._sound_of:
            self.speaker.choose_track(track)
        else:
            self._load_sound(place, track)

    # ------------------------------------------------------------------ moving

    def toggle(self) -> None:
        """Play or pause."""
        if self.playing:
            self.pause()
        else:
            self.play()

    def play(self) -> None:
        """Play from the frame on the screen; from the beginning at the end, or of the loop."""
        if self._clock is None:
            return
        start = 0 if self._at_last_frame() else self.frame_start(self._wanted_us)
        if self._loop is not None and not self._loop.start_us <= start < self._loop.end_us:
            start = self._loop.start_us
        self._clock.seek(start)
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
            self._request(self.moment.pts_us)
        self.playing_changed.emit(False)

    def step(self, frames: int) -> None:
        """Go some frames forward, or back when negative, from the frame wanted last."""
        self.pause()
        if self._clock is not None:
            self._request(self._stepped(frames))

    def jump(self, by_us: int) -> None:
        """Go some time forward or back; playing goes on."""
        if self._clock is not None:
            here = self._clock.now_us() if self.playing else self.frame_start(self._wanted_us)
            self.seek(here + by_us)

    def seek(self, time_us: int) -> None:
        """Go to the frame on at a time; playing goes on from there. Outside the loop ends it."""
        if self._clock is None:
            return
        time = min(max(0, time_us), self.end_us - 1)
        if self._loop is not None and not self._loop.start_us <= time < self._loop.end_us:
            self.set_loop(None)
        if self._stop_us is not None and time > self._stop_us:
            self.set_stop(None)
        if self.playing:
            self._clock.seek(time)
        self._request(time)
        self.sought.emit(Micros(time))

    def set_loop(self, span: Span | None) -> None:
        """Play a span over and over from now on, or nothing."""
        if span != self._loop:
            self._loop = span
            self.loop_changed.emit(span)

    def set_stop(self, time_us: Micros | None) -> None:
        """Rest on the frame on at a time as soon as playing comes to it; going beyond ends that."""
        self._stop_us = time_us

    def set_rate(self, rate: float) -> None:
        """Change the speed."""
        if self._clock is not None and rate != self.rate:
            self._clock.set_rate(rate)
            self.rate_changed.emit(rate)

    def change_rate(self, by: int) -> None:
        """Go `by` places along the list of speeds."""
        near = min(range(len(RATES)), key=lambda place: abs(RATES[place] - self.rate))
        self.set_rate(RATES[min(max(0, near + by), len(RATES) - 1)])

    def pause_at_end(self) -> None:
        """Rest at the last frame."""
        self._rest_at(self.end_us - 1)

    # ------------------------------------------------------------------ within

    def _rest_at(self, time_us: int) -> None:
        self._timer.stop()
        if self._clock is not None:
            self._clock.pause()
            self._request(time_us)
        self.playing_changed.emit(False)

    def _request(self, time_us: int) -> None:
        """Show the very frames on at a session time."""
        before, self._wanted_us = self._lead, time_us
        self._choose_lead()
        for camera in self.cameras:
            camera.request(time_us)
        if self._lead != before:
            self._tell_unpainted()

    def _tell_unpainted(self) -> None:
        """Tell the moment where the frame wanted is on the screen already: no painting tells it."""
        moment = self.moment
        if moment is not None and moment.ordinal == self.lead.ordinal_at(self._wanted_us):
            self.moment_changed.emit(moment)

    def _stepped(self, frames: int) -> int:
        """Where so many steps lead; beyond the leading camera's frames another one may be on."""
        lead = self.lead
        ordinal = lead.ordinal_at(self._wanted_us) + frames
        count = 1 if lead.video is None else lead.video.index.count
        if ordinal >= count and self._someone_is_on(lead.end_us):
            return lead.end_us
        if ordinal < 0 and self._someone_is_on(lead.time_of(0) - 1):
            return lead.time_of(0) - 1
        return max(0, lead.time_of(ordinal))

    def _someone_is_on(self, time_us: int) -> bool:
        return time_us >= 0 and any(camera.is_on(time_us) for camera in self.cameras)

    def _at_last_frame(self) -> bool:
        lead = self.lead
        return lead.ordinal_at(self._wanted_us) == lead.ordinal_at(self.end_us - 1) and (
            lead.end_us == self.end_us
        )

    def _choose_lead(self) -> None:
        self._lead = self._leading_at(self._wanted_us)

    def _leading_at(self, time_us: int) -> int:
        """The active camera leads, or the first that is on where it is not."""
        order = (self.cameras[self._active], *self.cameras)
        return next((camera.place for camera in order if camera.is_on(time_us)), self._active)

    def _tick(self) -> None:
        if self._clock is None:
            return
        now = self._clock.now_us()
        if self._loop is not None and now >= min(self._loop.end_us, self.end_us - 1):
            now = self._clock.seek(self._loop.start_us)
        if self._stop_us is not None and now >= self._stop_us:
            self._rest_at(self._stop_us)
            return
        self._wanted_us = now
        self._choose_lead()
        for camera in self.cameras:
            camera.follow(now)
        if self._clock.at_end:
            self.pause_at_end()

    def _note_painted(self, place: int) -> None:
        if place == self._lead and self.moment is not None:
            self.moment_changed.emit(self.moment)

    def _show_again(self) -> None:
        if self._clock is not None and not self.playing:
            self._request(self._wanted_us)

    def _open_next(self) -> None:
        while self._to_open:
            place, source = self._to_open.pop(0)
            if source.path is None:
                self._leave_out(place, source.words)
                continue
            self._opening = place
            self._work = self._read(source.path)
            self._work.start()
            return

    def _read(self, path: Path) -> BackgroundWork:
        folder = self._cache_folder
        work = BackgroundWork(
            lambda progress, cancelled: read_video(path, folder, progress, cancelled), self
        )
        work.progressed.connect(self.open_progressed)
        work.done.connect(self._take)
        work.failed.connect(self._fail)
        return work

    def _take(self, video: object) -> None:
        self._let_work_go()
        if not isinstance(video, OpenVideo):
            return
        place = self._opening
        self.cameras[place].load(video, SHARED_CACHE_BYTES // max(2, self._count))
        self._meet_end()
        if self._sound_of is None and video.tracks:
            self._load_sound(place)
        self._show_again()
        if place == 0:
            self.opened.emit(video)
        self.cameras_changed.emit()
        self._open_next()

    def _fail(self, sentence: str) -> None:
        self._let_work_go()
        self._leave_out(self._opening, sentence)
        self._open_next()

    def _let_work_go(self) -> None:
        if self._work is not None:
            self._work.deleteLater()
            self._work = None

    def _leave_out(self, place: int, sentence: str) -> None:
        self.cameras[place].view.show_words(sentence)
        if place == 0:
            self._to_open = []
            self.open_failed.emit(sentence)
        else:
            self.trouble.emit(sentence)
        self.cameras_changed.emit()

    def _meet_end(self) -> None:
        """Let the clock know how long the session is now."""
        if self._clock is None:
            self._clock = MasterClock(self.end_us, sound=self.speaker)
        else:
            self._clock.set_end(self.end_us)

    def _load_sound(self, place: int, track: int = 0) -> None:
        camera = self.cameras[place]
        if camera.video is not None and camera.video.tracks:
            origin_us = camera.video.index.start_offset_us - camera.offset_us
            self._sound_of = place
            self.speaker.load(camera.video.path, origin_us, track)

    def _meet_sound(self) -> None:
        """The sound can be heard now, or another one: let the clock wait for it where it is."""
        if self._clock is not None and self.playing:
            self._clock.play()
