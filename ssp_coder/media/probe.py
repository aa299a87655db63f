"""What a video file is, and what a coder should know before trusting it."""

from __future__ import annotations

import statistics
from dataclasses import dataclass
from fractions import Fraction
from itertools import pairwise
from typing import TYPE_CHECKING

from ssp_coder.domain.time import SECOND_US, Micros
from ssp_coder.media.frame import upright_size
from ssp_coder.media.frame_source import FrameSource
from ssp_coder.media.index import Addressing, FrameIndex, stamp_to_us
from ssp_coder.media.indexing import CHECKED_FRAMES, ascending, build_index
from ssp_coder.media.opening import open_video

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from av.audio.stream import AudioStream

COARSE_FRAME_US = 67_000
"""Project default: below 15 frames a second a time is coarser than a coder may expect."""
TOLD_APART_US = 100_000
"""Project default: from here on a late start of the file or of its sound is told."""
SLOW_SEEK_US = 10_000_000
"""Project default: key frames further apart make every jump noticeably slow."""

_RATE_TOLERANCE = Fraction(1, 1_000)


@dataclass(frozen=True, slots=True, kw_only=True)
class MediaWarning:
    """Something about a usable file that the coder should know.

    Attributes:
        code: stable code for translations, such as ``media.variable_rate``.
        fact: the numbers behind it.
    """

    code: str
    fact: str


@dataclass(frozen=True, slots=True, kw_only=True)
class SoundFacts:
    """The sound track of a video, as the container announces it.

    Attributes:
        codec: short name of the sound coding.
        rate: samples a second in each channel.
        channels: number of channels.
        start_us: where it begins in media time, None when that is not announced.
        duration_us: how long it lasts, None when that is not announced.
    """

    codec: str
    rate: int
    channels: int
    start_us: Micros | None
    duration_us: Micros | None

    @property
    def end_us(self) -> Micros | None:
        """Where it ends in media time, None when that is not announced."""
        if self.start_us is None or self.duration_us is None:
            return None
        return Micros(self.start_us + self.duration_us)


@dataclass(frozen=True, slots=True, kw_only=True)
class MediaFacts:
    """The facts of one video file.

    Attributes:
        file: name of the file, without its folder.
        size_bytes: its length on disk.
        container: short name of the container format.
        codec: short name of the picture coding.
        width: pixels across on the screen, after turning, with square pixels.
        height: pixels down, likewise.
        rotation: degrees to turn clockwise for showing: 0, 90, 180 or 270.
        fps: average frames per second, None for a single frame.
        constant_rate: whether every frame is within one tick of an even rhythm.
        frame_count: number of frames from the first one that can be decoded.
        duration_us: from the first frame's beginning to the last frame's end.
        start_offset_us: where the first frame lies on the container's own clock.
        interlaced: whether frames consist of two fields.
        has_sound: whether there is a sound track.
        sound: what the sound track is, None without one.
        key_gap_us: the longest way from one key frame to the next, on which seeking depends.
        pts_monotonic: whether decoded frames carry ascending time stamps.
        warnings: what to tell the coder.
    """

    file: str
    size_bytes: int
    container: str
    codec: str
    width: int
    height: int
    rotation: int
    fps: Fraction | None
    constant_rate: bool
    frame_count: int
    duration_us: Micros
    start_offset_us: Micros
    interlaced: bool
    has_sound: bool
    sound: SoundFacts | None
    key_gap_us: Micros
    pts_monotonic: bool
    warnings: tuple[MediaWarning, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class _Declared:
    """What the container says of itself."""

    container: str
    codec: str
    rate: Fraction | None
    pixel_aspect: Fraction
    sound: SoundFacts | None


@dataclass(frozen=True, slots=True, kw_only=True)
class _Shown:
    """What the first decoded frames show."""

    width: int
    height: int
    turns: int
    interlaced: bool
    monotonic: bool
    damaged_packets: int


def probe(path: Path, index: FrameIndex | None = None) -> MediaFacts:
    """Look at a video file.

    Args:
        path: the file.
        index: its frame index if it is at hand; otherwise it is built.

    Raises:
        MediaError: the file is missing, not a video, or holds no frame that can be decoded.
    """
    frames = build_index(path) if index is None else index
    declared = _declared(path, frames.start_offset_us)
    shown = _shown(path)
    width, height = upright_size(shown.width, shown.height, declared.pixel_aspect, shown.turns)
    return MediaFacts(
        file=path.name,
        size_bytes=path.stat().st_size,
        container=declared.container,
        codec=declared.codec,
        width=width,
        height=height,
        rotation=-90 * shown.turns % 360,
        fps=_average_rate(frames, declared.rate),
        constant_rate=has_constant_rate(frames),
        frame_count=frames.count,
        duration_us=frames.end_us,
        start_offset_us=frames.start_offset_us,
        interlaced=shown.interlaced,
        has_sound=declared.sound is not None,
        sound=declared.sound,
        key_gap_us=longest_key_gap(frames),
        pts_monotonic=shown.monotonic,
        warnings=_warnings(frames, declared, shown),
    )


def _declared(path: Path, first_picture_us: int) -> _Declared:
    container, stream = open_video(path)
    with container:
        tracks = container.streams.audio
        return _Declared(
            container=container.format.name,
            codec=stream.codec_context.codec.canonical_name,
            rate=stream.average_rate or None,
            pixel_aspect=stream.sample_aspect_ratio or Fraction(1),
            sound=_sound_facts(tracks[0], first_picture_us) if tracks else None,
        )


def _sound_facts(track: AudioStream, first_picture_us: int) -> SoundFacts:
    tick = track.time_base or Fraction(1, SECOND_US)
    start, length = track.start_time, track.duration
    return SoundFacts(
        codec=track.codec_context.codec.canonical_name,
        rate=track.rate or 0,
        channels=track.channels,
        start_us=None if start is None else Micros(stamp_to_us(start, tick) - first_picture_us),
        duration_us=None if length is None else stamp_to_us(length, tick),
    )


def _shown(path: Path) -> _Shown:
    stamps: list[int | None] = []
    width = height = turns = 0
    interlaced = False
    repaired = 0
    with FrameSource(path) as source:
        while len(stamps) < CHECKED_FRAMES and (frame := source.next_frame()) is not None:
            stamps.append(frame.pts)
            width, height, turns = frame.width, frame.height, round(frame.rotation / 90) % 4
            interlaced = interlaced or frame.interlaced_frame
            repaired += frame.is_corrupt
        damaged = source.damaged_packets + repaired
    return _Shown(
        width=width,
        height=height,
        turns=turns,
        interlaced=interlaced,
        monotonic=ascending(stamps),
        damaged_packets=damaged,
    )


def has_constant_rate(index: FrameIndex) -> bool:
    """Whether every frame lies within one tick of an even rhythm over the whole file."""
    gaps = index.count - 1
    first, length = index.stamps[0], index.stamps[-1] - index.stamps[0]
    return all(
        abs((stamp - first) * gaps - ordinal * length) <= gaps
        for ordinal, stamp in enumerate(index.stamps)
    )


def _average_rate(index: FrameIndex, declared: Fraction | None) -> Fraction | None:
    """The container's rate where the frames bear it out, else the measured one."""
    ticks = index.stamps[-1] - index.stamps[0]
    if ticks <= 0:
        return None
    measured = Fraction(index.count - 1) / (ticks * index.time_base)
    if declared is not None and abs(declared / measured - 1) < _RATE_TOLERANCE:
        return declared
    return measured


def longest_key_gap(index: FrameIndex) -> Micros:
    """The longest stretch that must be decoded for a seek: from a key frame to the next."""
    starts = [index.times_us[ordinal] for ordinal in index.key_frames] or [Micros(0)]
    return Micros(max(later - earlier for earlier, later in pairwise([*starts, index.end_us])))


def _warnings(index: FrameIndex, declared: _Declared, shown: _Shown) -> tuple[MediaWarning, ...]:
    found = (
        *_damage(index, shown),
        *_times(index),
        *_picture(index, shown),
        *_sound_warnings(declared.sound, index.end_us),
    )
    return tuple(MediaWarning(code=code, fact=fact) for code, fact in found)


def _damage(index: FrameIndex, shown: _Shown) -> Iterator[tuple[str, str]]:
    if index.count < index.declared_count:
        yield "media.incomplete", f"{index.count} of {index.declared_count} announced frames"
    if shown.damaged_packets:
        yield "media.damaged", f"{shown.damaged_packets} unreadable pieces near the start"


def _times(index: FrameIndex) -> Iterator[tuple[str, str]]:
    if index.addressing is Addressing.BY_COUNT:
        yield "media.counted", f"time stamps of {index.count} frames were replaced by counting"
    gaps = [later - earlier for earlier, later in pairwise(index.times_us)]
    if not has_constant_rate(index):
        lengths = f"{min(gaps) / 1_000:.1f} to {max(gaps) / 1_000:.1f} ms"
        yield "media.variable_rate", f"frames last {lengths}"
    if gaps and statistics.median(gaps) > COARSE_FRAME_US:
        yield "media.coarse", f"a frame lasts {statistics.median(gaps) / 1_000:.0f} ms"
    if abs(index.start_offset_us) >= TOLD_APART_US:
        yield "media.late_start", f"{index.start_offset_us / SECOND_US:.3f} s"


def _picture(index: FrameIndex, shown: _Shown) -> Iterator[tuple[str, str]]:
    if shown.interlaced:
        yield "media.interlaced", "two fields a frame"
    if shown.turns:
        yield "media.turned", f"{-90 * shown.turns % 360} degrees clockwise"
    gap = longest_key_gap(index)
    if gap > SLOW_SEEK_US:
        yield "media.few_keys", f"up to {gap / SECOND_US:.1f} s from one key frame to the next"


def _sound_warnings(sound: SoundFacts | None, end_us: Micros) -> Iterator[tuple[str, str]]:
    if sound is None:
        yield "media.silent", "no sound track"
        return
    if sound.start_us is not None and abs(sound.start_us) >= TOLD_APART_US:
        side = "after" if sound.start_us > 0 else "before"
        yield "media.sound_apart", f"{abs(sound.start_us) / SECOND_US:.3f} s {side} the picture"
    if sound.end_us is not None and abs(sound.end_us - end_us) >= SECOND_US:
        side = "after" if sound.end_us > end_us else "before"
        yield (
            "media.sound_ends",
            f"{abs(sound.end_us - end_us) / SECOND_US:.1f} s {side} the picture",
        )
