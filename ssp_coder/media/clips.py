"""Stretches of a recording written as a file of their own, beginning and ending to the frame."""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction
from itertools import chain
from pathlib import Path
from typing import TYPE_CHECKING

import av
import av.error
import numpy as np
from av.video.reformatter import Colorspace, VideoReformatter
from av.video.stream import VideoStream

from ssp_coder.domain.time import SECOND_US, Micros, Span, seconds_text
from ssp_coder.media.covering import Covering, cover
from ssp_coder.media.errors import FrameMissing, MediaError
from ssp_coder.media.indexing import UNWATCHED, Watch
from ssp_coder.media.overlay import Overlay, burn
from ssp_coder.media.reader import FrameReader
from ssp_coder.media.soundtrack import Hearing, sound_blocks, sound_rate
from ssp_coder.media.writing import refuse_place, written_whole

if TYPE_CHECKING:
    from collections.abc import Iterator

    from av.audio.stream import AudioStream
    from av.container import OutputContainer

    from ssp_coder.media.frame import VideoFrame
    from ssp_coder.media.index import FrameIndex

PLAIN = Overlay()

_ENCODERS = ("libx264", "libopenh264")
"""H.264 encoders of the PyAV wheels; libx264 is under the GPL, see `encoder_name`."""
_X264 = {"preset": "veryfast", "crf": "18"}
_AAC_RATES = (96_000, 88_200, 64_000, 48_000, 44_100, 32_000, 24_000, 22_050, 16_000, 12_000, 8_000)
_SOUND_RATE = 48_000
_SOUND_BITS = 128_000
_SOUND_PIECE = 1_024
_HD_LINES = 720
_PIXELS = "yuv420p"
_UNSAID = 2
_COLOURS_HD = {_UNSAID, 1}
_COLOURS_SD = {_UNSAID, 5, 6}
_FULL_RANGE = 2
_CACHE_BYTES = 32 << 20


@dataclass(frozen=True, slots=True, kw_only=True)
class ClipPlan:
    """Which stretch of which recording goes where.

    Attributes:
        video: the recording.
        index: its frame index.
        span: media time; the clip begins with the frame on screen at its start and ends with the
            last frame that appears before its end.
        place: the file to write.
        overlay: what is burnt in.
        overwrite: whether a file of that name may be replaced.
        sound: whether the sound goes along; without it no name spoken in the room leaves it.
        covering: what is made unrecognisable in every picture, None for nothing.
    """

    video: Path
    index: FrameIndex
    span: Span
    place: Path
    overlay: Overlay = PLAIN
    overwrite: bool = False
    sound: bool = True
    covering: Covering | None = None

    def frames(self) -> range:
        """The ordinals of the frames in the clip.

        Raises:
            MediaError: the stretch is empty or lies outside the recording.
        """
        inside = self.span.start_us < self.index.end_us and self.span.end_us > 0
        if not self.span.length_us or not inside:
            raise self._outside()
        first = self.index.ordinal_at(self.span.start_us)
        last = self.index.ordinal_at(max(self.span.start_us, self.span.end_us - 1))
        return range(first, last + 1)

    def _outside(self) -> MediaError:
        """Said in the time of the session, as the stretch was asked for."""
        first_us = self.overlay.offset_us
        start, end, last = (
            seconds_text(first_us + time_us)
            for time_us in (self.span.start_us, self.span.end_us, self.index.end_us)
        )
        return MediaError(
            "media.clip_outside",
            self.video,
            f"has nothing from {start} to {end} s",
            f"name a stretch between {seconds_text(first_us)} and {last} s",
        )


@dataclass(frozen=True, slots=True, kw_only=True)
class Clip:
    """A clip that was written.

    Attributes:
        file: where it lies.
        start_us: media time of its first picture in the recording.
        end_us: media time at which its last picture gives way.
        first_ordinal: number of its first frame in the recording.
        frame_count: frames in it.
        lost: frames left out, damaged or of another size; the one before stays on for longer.
        exact: whether it begins and ends where it was asked to.
        has_sound: whether it has sound.
    """

    file: Path
    start_us: Micros
    end_us: Micros
    first_ordinal: int
    frame_count: int
    lost: int
    exact: bool
    has_sound: bool


def encoder_name() -> str:
    """The H.264 encoder at hand.

    The wheels of PyAV bring libx264, which is under the GPL: who passes on a frozen application
    together with it passes on a GPL work.

    Raises:
        LookupError: there is none.
    """
    for name in _ENCODERS:
        if name in av.codecs_available:
            return name
    raise LookupError(f"this build of PyAV has none of {', '.join(_ENCODERS)}")


def write_clip(plan: ClipPlan, watch: Watch = UNWATCHED) -> Clip:
    """Write a stretch as H.264 and AAC in MP4, every frame at its own time.

    Raises:
        MediaError: the recording is unusable, its first frame is damaged, the stretch lies
            outside, or the place cannot be written.
        Abandoned: `watch` cancelled the work; nothing is left of it.
    """
    if plan.place.suffix.lower() != ".mp4":
        raise MediaError(
            "media.clip_not_mp4", plan.place, "does not end in .mp4", "choose a name that does"
        )
    refuse_place(plan.place, overwrite=plan.overwrite)
    ordinals = plan.frames()
    if plan.covering is not None:
        plan.covering.require(plan.video, ordinals)
    try:
        with written_whole(plan.place, overwrite=plan.overwrite) as unfinished:
            return _encode(plan, ordinals, unfinished, watch)
    except LookupError as error:
        raise MediaError(
            "media.no_encoder", plan.place, f"cannot be made, for {error}", "copy instead"
        ) from error
    except av.error.FFmpegError as error:
        raise MediaError(
            "media.clip_failed",
            plan.place,
            f"could not be encoded ({error})",
            "try another stretch",
        ) from error


def _encode(plan: ClipPlan, ordinals: range, unfinished: Path, watch: Watch) -> Clip:
    start_us = plan.index.times_us[ordinals[0]]
    end_us = plan.index.end_of(ordinals[-1])
    lost = 0
    with (
        av.open(str(unfinished), "w", format="mp4", options={"movflags": "+faststart"}) as box,
        FrameReader(plan.video, plan.index, cache_bytes=_CACHE_BYTES) as reader,
    ):
        pictures = _Pictures(box, plan, ordinals, reader.frame(ordinals[0]))
        sound = _Sound(box, plan, start_us, end_us)
        for done, ordinal in enumerate(ordinals, start=1):
            try:
                lost += not pictures.write(reader.frame(ordinal))
            except FrameMissing:
                if ordinal == ordinals[0]:
                    raise
                lost += 1
            sound.write_until(plan.index.end_of(ordinal))
            watch.report(done / len(ordinals))
        pictures.finish()
        sound.finish()
    return Clip(
        file=plan.place,
        start_us=start_us,
        end_us=end_us,
        first_ordinal=ordinals[0],
        frame_count=len(ordinals) - lost,
        lost=lost,
        exact=True,
        has_sound=sound.is_there,
    )


class _Pictures:
    """The picture track of a clip."""

    def __init__(
        self, box: OutputContainer, plan: ClipPlan, ordinals: range, first: VideoFrame
    ) -> None:
        self._box = box
        self._plan = plan
        self._first = ordinals[0]
        self._turner = VideoReformatter()
        self._size = first.width // 2 * 2, first.height // 2 * 2
        self._track = self._begin(_rate(plan.index, ordinals))

    def _begin(self, rate: Fraction) -> VideoStream:
        name = encoder_name()
        track = self._box.add_stream(
            name, rate=rate, options=dict(_X264) if name == "libx264" else {}
        )
        if not isinstance(track, VideoStream):
            raise TypeError(f"{name} encodes no pictures")
        track.width, track.height = self._size
        track.pix_fmt = _PIXELS
        track.time_base = track.codec_context.time_base = self._plan.index.time_base
        track.codec_context.gop_size = max(1, round(rate))  # a key frame a second: quick jumps
        return track

    def write(self, frame: VideoFrame) -> bool:
        """Add a frame at its time; False when it has another size than the first one."""
        index = self._plan.index
        picture = self._untouched(frame) or self._drawn(frame)
        if picture is None:
            return False
        picture.pts = index.stamps[frame.ordinal] - index.stamps[self._first]
        picture.time_base = index.time_base
        picture.duration = _ticks(index, frame.ordinal)
        self._box.mux(self._track.encode(picture))
        return True

    def _untouched(self, frame: VideoFrame) -> av.VideoFrame | None:
        """A copy of the frame as decoded, None when something must be done to it first."""
        changed = self._plan.covering is not None or not self._plan.overlay.is_empty
        if changed or not _as_coded(frame, *self._size):
            return None
        return av.VideoFrame.from_ndarray(frame.raw.to_ndarray(), format=_PIXELS)

    def _drawn(self, frame: VideoFrame) -> av.VideoFrame | None:
        """The frame as on the screen: turned, with square pixels, with what is burnt in."""
        width, height = self._size
        whole = frame.to_rgb()
        if self._plan.covering is not None:
            cover(whole, self._plan.covering.regions_at(frame.ordinal))
        rgb = whole[:height, :width]
        if rgb.shape[:2] != (height, width):
            return None
        rgb = np.ascontiguousarray(rgb)
        burn(rgb, self._plan.overlay.lines_at(frame.pts_us))
        return self._turner.reformat(
            av.VideoFrame.from_ndarray(rgb, format="rgb24"),
            format=_PIXELS,
            dst_colorspace=Colorspace.ITU709 if height >= _HD_LINES else None,
        )

    def finish(self) -> None:
        """Write what the encoder held back."""
        self._box.mux(self._track.encode(None))


def _as_coded(frame: VideoFrame, width: int, height: int) -> bool:
    """Whether the pixels can go to the encoder as they came from the decoder.

    They must have the clip's size, lie upright, and mean the colours that players assume of a
    picture of that size which does not say.
    """
    raw = frame.raw
    usual = _COLOURS_HD if height >= _HD_LINES else _COLOURS_SD
    return (
        (raw.format.name, raw.width, raw.height) == (_PIXELS, width, height)
        and (frame.width, frame.height, frame.quarter_turns) == (raw.width, raw.height, 0)
        and raw.colorspace in usual
        and raw.color_range != _FULL_RANGE
    )


def _ticks(index: FrameIndex, ordinal: int) -> int:
    if ordinal == index.count - 1:
        return index.last_ticks
    return index.stamps[ordinal + 1] - index.stamps[ordinal]


def _rate(index: FrameIndex, ordinals: range) -> Fraction:
    """Frames a second on the average, near enough for the encoder."""
    length_us = index.end_of(ordinals[-1]) - index.times_us[ordinals[0]]
    exact = Fraction(len(ordinals) * SECOND_US, max(1, length_us))
    return max(Fraction(1), exact.limit_denominator(1_001))


class _Sound:
    """The sound track of a clip, if the recording has sound there."""

    def __init__(
        self, box: OutputContainer, plan: ClipPlan, start_us: Micros, end_us: Micros
    ) -> None:
        recorded = sound_rate(plan.video) if plan.sound else None
        self.is_there = False
        if recorded is None:
            return
        self._box = box
        self._rate = recorded if recorded in _AAC_RATES else _SOUND_RATE
        hearing = Hearing(rate=self._rate, layout="stereo", from_us=start_us)
        pieces = self._cut(plan, hearing, end_us)
        first = next(pieces, None)
        if first is None:
            return  # the sound of the recording is over by then
        self.is_there = True
        self._pieces = chain((first,), pieces)
        self._start_us = start_us
        self._written = 0
        self._track: AudioStream = box.add_stream("aac", rate=self._rate, layout="stereo")
        self._track.bit_rate = _SOUND_BITS

    def _cut(
        self, plan: ClipPlan, hearing: Hearing, end_us: Micros
    ) -> Iterator[np.ndarray[tuple[int, ...], np.dtype[np.float32]]]:
        left = (end_us - hearing.from_us) * self._rate // SECOND_US
        for block in sound_blocks(plan.video, plan.index, hearing):
            for first in range(0, block.samples.shape[1], _SOUND_PIECE):
                piece = block.samples[:, first : first + min(left, _SOUND_PIECE)]
                left -= piece.shape[1]
                if piece.shape[1]:
                    yield piece
                if left <= 0:
                    return

    def write_until(self, time_us: int) -> None:
        """Add the sound up to a media time, so that the tracks lie side by side in the file."""
        if not self.is_there:
            return
        due = (time_us - self._start_us) * self._rate // SECOND_US
        while self._written < due:
            piece = next(self._pieces, None)
            if piece is None:
                return
            frame = av.AudioFrame.from_ndarray(
                np.ascontiguousarray(piece), format="fltp", layout="stereo"
            )
            frame.sample_rate = self._rate
            frame.pts, frame.time_base = self._written, Fraction(1, self._rate)
            self._written += piece.shape[1]
            self._box.mux(self._track.encode(frame))

    def finish(self) -> None:
        """Write what the encoder held back."""
        if self.is_there:
            self._box.mux(self._track.encode(None))
