"""The recording in the timeline: which overviews are shown, made, and how far they are."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QTimer
from PySide6.QtGui import QImage

from ssp_coder.media.hints import Hint, HintKind
from ssp_coder.media.motion import WHOLE, Motion, Region
from ssp_coder.media.thumbnails import Thumbnail
from ssp_coder.media.waveform import Envelope
from ssp_coder.ui.overviews.builder import Builder
from ssp_coder.ui.overviews.curves import MotionCurve, SoundCurve
from ssp_coder.ui.overviews.making import Job
from ssp_coder.ui.timeline.model import HintMark, Lane, LaneKind
from ssp_coder.ui.timeline.strip import SmallPicture

if TYPE_CHECKING:
    from collections.abc import Iterable
    from pathlib import Path

    from ssp_coder.ui.player.camera import Camera
    from ssp_coder.ui.player.player import Player
    from ssp_coder.ui.timeline.panel import TimelinePanel

KINDS = (LaneKind.PICTURES, LaneKind.SOUND, LaneKind.MOTION)
"""The overviews, from the top."""

START_MS = 500
"""Project default: a recording is on the screen so long before work on its overviews begins."""
SHOW_MS = 100
"""Project default: what has grown is painted this often."""


@dataclass(frozen=True, slots=True, kw_only=True)
class _Source:
    """Whose overview a lane shows."""

    path: Path
    offset_us: int
    region: Region = WHOLE
    track: int = 0
    kept: bool = True


class OverviewLanes(QObject):
    """Keeps the overviews of the timeline: of the camera that is heard, and of the large one."""

    def __init__(
        self, player: Player, panel: TimelinePanel, folder: Path | None, parent: QObject
    ) -> None:
        super().__init__(parent)
        self._player = player
        self._panel = panel
        self._folder = folder
        self.keeps_pictures = True
        self._shown: frozenset[LaneKind] = frozenset()
        self._region = WHOLE
        self._sources: dict[LaneKind, _Source] = {}
        self._sound = SoundCurve()
        self._motion: MotionCurve | None = None
        self._hints: tuple[Hint, ...] | None = None
        self._grown: set[LaneKind] = set()
        self._left: tuple[Job, ...] = ()
        self._quiet = ""
        self._troubles: dict[LaneKind, str] = {}
        self._scrubbing = False
        self._ended = False
        self.builder = Builder(self)
        self._start = self._timer(START_MS, self._follow)
        self._show = self._timer(SHOW_MS, self._show_grown)
        self._connect()

    @property
    def shown(self) -> frozenset[LaneKind]:
        """The overviews that are wanted."""
        return self._shown

    @property
    def region(self) -> Region:
        """The part of the picture that motion is measured in."""
        return self._region

    @property
    def measured(self) -> bool:
        """Whether motion was measured to its end, so that hints are known."""
        return self._hints is not None

    @property
    def hints(self) -> tuple[int, ...]:
        """Session times of the hints, in order; none from before the session began."""
        offset_us = self._offset(LaneKind.MOTION)
        times = (hint.at_us + offset_us for hint in self._hints or ())
        return tuple(time for time in times if time >= 0)

    def show_kinds(self, kinds: Iterable[LaneKind]) -> None:
        """Show these overviews and no others."""
        self._shown = frozenset(kinds)
        self._follow()

    def measure(self, region: Region) -> None:
        """Measure motion in a part of the picture from now on."""
        self._region = region
        self._panel.status.show_region("" if region == WHOLE else self._region_words())
        self._follow()

    def stop(self) -> None:
        """Stop all work for good."""
        self._ended = True
        self._start.stop()
        self._show.stop()
        self.builder.stop()

    # ------------------------------------------------------------------ what is wanted

    def _source(self, kind: LaneKind) -> _Source | None:
        camera = self._camera(kind)
        if kind not in self._shown or camera is None or camera.video is None:
            return None
        region = self._region if kind is LaneKind.MOTION else WHOLE
        return _Source(
            path=camera.video.path,
            offset_us=camera.offset_us,
            region=region,
            track=self._player.speaker.track if kind is LaneKind.SOUND else 0,
            kept=kind is not LaneKind.PICTURES or self.keeps_pictures,
        )

    def _camera(self, kind: LaneKind) -> Camera | None:
        if kind is not LaneKind.SOUND:
            return self._player.cameras[self._player.active]
        heard = self._player.sound_of
        return None if heard is None else self._player.cameras[heard]

    def _follow_soon(self, *_what: object) -> None:
        if not self._ended:
            self._start.start()

    def _follow(self) -> None:
        """Meet what is open and wanted now: drop what is not, begin what is new."""
        wanted = {kind: source for kind in KINDS if (source := self._source(kind)) is not None}
        for kind in KINDS:
            held, source = self._sources.get(kind), wanted.get(kind)
            if not _same_work(held, source):
                self._left = tuple(job for job in self._left if job.kind is not kind)
                self.builder.drop(kind)
                self._clear(kind)
            elif held is not None and source is not None and held != source:
                self._move(kind, source.offset_us - held.offset_us)
        begun = [kind for kind in wanted if not _same_work(self._sources.get(kind), wanted[kind])]
        self._sources = wanted
        self._show_lanes()
        for kind in (LaneKind.SOUND, LaneKind.PICTURES, LaneKind.MOTION):
            if kind in begun:
                self._begin(kind)
        self._show_grown()

    def _begin(self, kind: LaneKind) -> None:
        camera = self._camera(kind)
        if camera is None or camera.video is None:
            return
        video = camera.video
        if kind is LaneKind.MOTION:
            self._motion = MotionCurve(video.index, in_region=self._region != WHOLE)
        source = self._sources[kind]
        self.builder.add(
            Job(
                kind=kind,
                path=video.path,
                index=video.index,
                folder=self._folder if source.kept else None,
                region=source.region,
                track=source.track,
            )
        )

    def _clear(self, kind: LaneKind) -> None:
        if kind is LaneKind.SOUND:
            self._sound = SoundCurve()
        elif kind is LaneKind.PICTURES:
            self._panel.timeline.content.overviews.strip.clear()
        else:
            self._motion, self._hints = None, None
        self._troubles.pop(kind, None)
        self._grown.add(kind)

    def _move(self, kind: LaneKind, by_us: int) -> None:
        if kind is LaneKind.PICTURES:
            self._panel.timeline.content.overviews.strip.shift(by_us)
        self._grown.add(kind)

    def _offset(self, kind: LaneKind) -> int:
        source = self._sources.get(kind)
        return 0 if source is None else source.offset_us

    # ------------------------------------------------------------------ what is shown

    def _show_lanes(self) -> None:
        lanes = (self._lane(kind) for kind in KINDS if kind in self._sources)
        self._panel.timeline.set_overviews(lanes)
        no_sound = (
            LaneKind.SOUND in self._shown
            and self._player.video is not None
            and self._player.sound_of is None
        )
        self._quiet = self.tr("No sound in this video") if no_sound else ""
        if self.builder.job is None:
            self._rest()

    def _lane(self, kind: LaneKind) -> Lane:
        camera = self._camera(kind)
        several = sum(camera.video is not None for camera in self._player.cameras) > 1
        note = ""
        if kind is LaneKind.MOTION and self._region != WHOLE:
            note = self.tr("region")
        elif several and camera is not None:
            note = self.tr("camera {0}").format(camera.place + 1)
        title = {
            LaneKind.SOUND: self.tr("Sound"),
            LaneKind.PICTURES: self.tr("Pictures"),
            LaneKind.MOTION: self.tr("Motion"),
        }[kind]
        return Lane(id=f"overview/{kind}", title=title, kind=kind, note=note)

    def _take(self, job: Job, part: object) -> None:
        if isinstance(part, Envelope):
            self._sound.add(part)
        elif isinstance(part, Thumbnail):
            self._add_picture(part)
        elif isinstance(part, Motion) and self._motion is not None:
            self._motion.add(part)
        elif isinstance(part, tuple):
            self._hints = part
        self._grown.add(job.kind)
        if not self._show.isActive():
            self._show.start()

    def _add_picture(self, thumbnail: Thumbnail) -> None:
        height, width, _ = thumbnail.rgb.shape
        image = QImage(
            thumbnail.rgb.data, width, height, 3 * width, QImage.Format.Format_RGB888
        ).copy()
        picture = SmallPicture(at_us=thumbnail.at_us + self._offset(LaneKind.PICTURES), image=image)
        self._panel.timeline.content.overviews.strip.add(picture)

    def _show_grown(self) -> None:
        timeline = self._panel.timeline
        grown, self._grown = self._grown, set()
        if LaneKind.SOUND in grown:
            outline = self._sound.outline(self._offset(LaneKind.SOUND))
            timeline.show_outline(f"overview/{LaneKind.SOUND}", outline)
        if LaneKind.PICTURES in grown:
            timeline.show_pictures()
        if LaneKind.MOTION in grown:
            offset_us = self._offset(LaneKind.MOTION)
            curve = None if self._motion is None else self._motion.outline(offset_us)
            timeline.show_outline(f"overview/{LaneKind.MOTION}", curve)
            timeline.set_hints(
                HintMark(time_us=hint.at_us + offset_us, label=self._hint_words(hint.kind))
                for hint in self._hints or ()
            )

    def _hint_words(self, kind: HintKind) -> str:
        if kind is HintKind.SCENE:
            return self.tr("Scene changes")
        return self.tr("Light changes")

    def _region_words(self) -> str:
        region = self._region
        words = self.tr("{0} x {1} % of the picture, from {2} % right and {3} % down")
        shares = (region.width, region.height, region.left, region.top)
        whole = self.tr("Choose it to measure the whole picture again.")
        return f"{words.format(*(round(100 * share) for share in shares))}\n{whole}"

    # ------------------------------------------------------------------ how far it is

    def _report(self, job: Job, percent: int) -> None:
        words = {
            LaneKind.SOUND: self.tr("Sound outline {0} %"),
            LaneKind.PICTURES: self.tr("Pictures {0} %"),
            LaneKind.MOTION: self.tr("Motion {0} %"),
        }[job.kind]
        self._panel.status.show_progress(words.format(percent))

    def _rest(self) -> None:
        if self._left:
            titles = ", ".join(self._lane(job.kind).title for job in self._left)
            self._panel.status.show_stopped(self.tr("{0}, stopped").format(titles))
        else:
            self._panel.status.show_words(next(iter(self._troubles.values()), self._quiet))

    def _fail(self, job: Job, sentence: str) -> None:
        self._troubles[job.kind] = f"{self._lane(job.kind).title}: {sentence}"

    def _halt(self) -> None:
        self._left = (*self.builder.stop(), *self._left)
        self._rest()

    def _resume(self) -> None:
        left, self._left = self._left, ()
        for job in left:
            self.builder.add(job)

    def _note_busy(self) -> None:
        self.builder.set_busy(self._player.playing or self._scrubbing)

    def _note_scrubbing(self, scrubbing: bool) -> None:
        self._scrubbing = scrubbing
        self._note_busy()

    def _connect(self) -> None:
        player, status, builder = self._player, self._panel.status, self.builder
        player.cameras_changed.connect(self._follow_soon)
        player.active_changed.connect(self._follow_soon)
        player.speaker.state_changed.connect(self._follow_soon)
        player.speaker.began.connect(self._follow_soon)
        player.playing_changed.connect(self._note_busy)
        self._panel.timeline.scrubbing_changed.connect(self._note_scrubbing)
        builder.grew.connect(self._take)
        builder.progressed.connect(self._report)
        builder.failed.connect(self._fail)
        builder.emptied.connect(self._rest)
        status.stop_requested.connect(self._halt)
        status.resume_requested.connect(self._resume)

    def _timer(self, milliseconds: int, then: object) -> QTimer:
        timer = QTimer(self)
        timer.setSingleShot(True)
        timer.setInterval(milliseconds)
        timer.timeout.connect(then)
        return timer


def _same_work(held: _Source | None, wanted: _Source | None) -> bool:
    """Whether nothing needs to be made anew; a camera may still have moved in time."""
    if held is None or wanted is None:
        return held is wanted
    return replace(held, offset_us=wanted.offset_us) == wanted
