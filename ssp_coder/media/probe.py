"""What a video file is, and what a coder should know before trusting it."""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction
from typing import TYPE_CHECKING

from ssp_coder.media.frame import upright_size
from ssp_coder.media.frame_source import FrameSource
from ssp_coder.media.index import Addressing, FrameIndex
from ssp_coder.media.indexing import CHECKED_FRAMES, ascending, build_index
from ssp_coder.media.opening import open_video

if TYPE_CHECKING:
    from pathlib import Path

    from ssp_coder.domain.time import Micros

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
    pts_monotonic: bool
    warnings: tuple[MediaWarning, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class _Declared:
    """What the container says of itself."""

    container: str
    codec: str
    rate: Fraction | None
    pixel_aspect: Fraction
    has_sound: bool


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
    declared = _declared(path)
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
        has_sound=declared.has_sound,
        pts_monotonic=shown.monotonic,
        warnings=_warnings(frames, declared, shown),
    )


def _declared(path: Path) -> _Declared:
    container, stream = open_video(path)
    with container:
        return _Declared(
            container=container.format.name,
            codec=stream.codec_context.codec.canonical_name,
            rate=stream.average_rate or None,
            pixel_aspect=stream.sample_aspect_ratio or Fraction(1),
            has_sound=bool(container.streams.audio),
        )


def _shown(path: Path) -> _Shown:
    stamps: list[int | None] = []
    width = height = turns = 0
    interlaced = False
    with FrameSource(path) as source:
        while len(stamps) < CHECKED_FRAMES and (frame := source.next_frame()) is not None:
            stamps.append(frame.pts)
            width, height, turns = frame.width, frame.height, round(frame.rotation / 90) % 4
            interlaced = interlaced or frame.interlaced_frame
        damaged = source.damaged_packets
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


def _warnings(index: FrameIndex, declared: _Declared, shown: _Shown) -> tuple[MediaWarning, ...]:
    found: list[MediaWarning] = []
    if index.count < index.declared_count:
        fact = f"{index.count} of {index.declared_count} announced frames"
        found.append(MediaWarning(code="media.incomplete", fact=fact))
    if shown.damaged_packets:
        fact = f"{shown.damaged_packets} unreadable pieces near the start"
        found.append(MediaWarning(code="media.damaged", fact=fact))
    if index.addressing is Addressing.BY_COUNT:
        fact = f"time stamps of {index.count} frames were replaced by counting"
        found.append(MediaWarning(code="media.counted", fact=fact))
    if not has_constant_rate(index):
        gaps = [b - a for a, b in zip(index.times_us, index.times_us[1:], strict=False)]
        fact = f"frames last {min(gaps)} to {max(gaps)} us"
        found.append(MediaWarning(code="media.variable_rate", fact=fact))
    if shown.interlaced:
        found.append(MediaWarning(code="media.interlaced", fact="two fields a frame"))
    if not declared.has_sound:
        found.append(MediaWarning(code="media.silent", fact="no sound track"))
    return tuple(found)
