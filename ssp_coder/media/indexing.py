"""Building a frame index: list every packet, then check the list against decoded frames."""

from __future__ import annotations

import bisect
import statistics
from dataclasses import dataclass
from fractions import Fraction
from itertools import pairwise
from typing import TYPE_CHECKING

import av.error

from ssp_coder.media.errors import Abandoned, MediaError
from ssp_coder.media.frame_source import FrameSource
from ssp_coder.media.index import Addressing, FrameIndex, KeyFrame
from ssp_coder.media.opening import open_video, packets_of

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence
    from pathlib import Path

    from av.packet import Packet
    from av.video.frame import VideoFrame
    from av.video.stream import VideoStream

CHECKED_FRAMES = 48
"""Project default: so many decoded frames must carry exactly the stamps the packets announce."""

_PROGRESS_EVERY = 256
_FALLBACK_LAST = Fraction(1, 25)


def _ignore(_share: float) -> None:
    """Progress that nobody watches."""


def _never() -> bool:
    return False


@dataclass(frozen=True, slots=True, kw_only=True)
class Watch:
    """How somebody follows a long piece of work and stops it."""

    progress: Callable[[float], None] = _ignore
    """Called with the share done, 0 to 1, from the thread that does the work."""
    cancelled: Callable[[], bool] = _never
    """Asked now and then; once it says yes, the work raises `Abandoned`."""

    def report(self, share: float) -> None:
        """Say how far the work is.

        Raises:
            Abandoned: the watcher does not want it any more.
        """
        if self.cancelled():
            raise Abandoned
        self.progress(min(1.0, max(0.0, share)))


UNWATCHED = Watch()


@dataclass(frozen=True, slots=True, kw_only=True)
class _Listed:
    """What the container says of one frame, before anything is decoded."""

    pts: int | None
    dts: int | None
    ticks: int
    key: bool
    shown: bool

    def as_key(self, ordinal: int) -> KeyFrame | None:
        """This packet as a place to begin decoding, None when it cannot be asked for."""
        pts = self.dts if self.pts is None else self.pts
        dts = self.pts if self.dts is None else self.dts
        if pts is None or dts is None:
            return None
        return KeyFrame(ordinal=ordinal, pts=pts, dts=dts)


@dataclass(frozen=True, slots=True, kw_only=True)
class _Listing:
    packets: tuple[_Listed, ...]
    time_base: Fraction
    rate: Fraction | None
    declared_count: int

    @property
    def delay_ticks(self) -> int:
        waits = (p.pts - p.dts for p in self.packets if p.pts is not None and p.dts is not None)
        return max(waits, default=0)


@dataclass(frozen=True, slots=True, kw_only=True)
class _Decoded:
    """Stamps and key flags of frames in the order in which they came out of the decoder."""

    stamps: tuple[int | None, ...]
    keys: tuple[int, ...]


def build_index(path: Path, watch: Watch = UNWATCHED) -> FrameIndex:
    """List every frame of `path`.

    The packets are listed without decoding. A first stretch is decoded as a check: a file whose
    decoded frames do not carry the announced stamps is decoded once from start to end instead.

    Raises:
        MediaError: the file is unusable, or none of its frames can be decoded.
        Abandoned: `watch` cancelled the work.
    """
    listing = _list_packets(path, watch)
    stretch = _decode(path, CHECKED_FRAMES, UNWATCHED)
    if not stretch.stamps:
        raise MediaError(
            "media.no_frames", path, "holds no frame that can be decoded", "copy it again"
        )
    stamps = _announced(listing, stretch)
    if stamps is not None:
        index = _by_stamp(listing, stamps)
    else:
        index = _observed(listing, _decode(path, None, watch, len(listing.packets)))
    watch.report(1.0)
    return index


def _list_packets(path: Path, watch: Watch) -> _Listing:
    container, stream = open_video(path)
    size = max(1, path.stat().st_size)
    packets: list[_Listed] = []
    try:
        for packet in packets_of(container, stream):
            packets.append(_listed(packet))
            if len(packets) % _PROGRESS_EVERY == 0:
                watch.report((packet.pos or 0) / size)
    except av.error.FFmpegError:
        pass  # a damaged end: what was listed so far is what there is
    finally:
        # Attributes of a closed stream are garbage, so they are copied here.
        time_base, rate, declared = stream.time_base, stream.average_rate, stream.frames
        container.close()
    return _Listing(
        packets=tuple(packets),
        time_base=time_base or Fraction(1, 1_000_000),
        rate=rate or None,
        declared_count=declared,
    )


def _listed(packet: Packet[VideoStream]) -> _Listed:
    return _Listed(
        pts=packet.pts,
        dts=packet.dts,
        ticks=packet.duration or 0,
        key=packet.is_keyframe,
        shown=not packet.is_discard,
    )


def _decode(path: Path, limit: int | None, watch: Watch, expected: int = 1) -> _Decoded:
    """Decode `limit` frames from the start, or all of them."""
    stamps: list[int | None] = []
    keys: list[int] = []
    with FrameSource(path) as source:
        while limit is None or len(stamps) < limit:
            frame: VideoFrame | None = source.next_frame()
            if frame is None:
                break
            if frame.key_frame:
                keys.append(len(stamps))
            stamps.append(frame.pts)
            if len(stamps) % _PROGRESS_EVERY == 0:
                watch.report(len(stamps) / max(1, expected))
    return _Decoded(stamps=tuple(stamps), keys=tuple(keys))


def ascending(stamps: Sequence[int | None]) -> bool:
    """Whether every stamp is there and later than the one before."""
    known = [stamp for stamp in stamps if stamp is not None]
    return len(known) == len(stamps) and all(a < b for a, b in pairwise(known))


def _announced(listing: _Listing, stretch: _Decoded) -> tuple[int, ...] | None:
    """Packet stamps from the first decodable frame on, None when the decoder contradicts them."""
    known = [packet.pts for packet in listing.packets if packet.shown]
    stamps = sorted(stamp for stamp in known if stamp is not None)
    if len(stamps) != len(known) or not ascending(stamps) or not ascending(stretch.stamps):
        return None
    first, last = stretch.stamps[0], stretch.stamps[-1]
    if first is None or last is None:
        return None
    start = bisect.bisect_left(stamps, first)
    window = stamps[start : bisect.bisect_right(stamps, last)]
    return tuple(stamps[start:]) if tuple(window) == stretch.stamps else None


def _by_stamp(listing: _Listing, stamps: tuple[int, ...]) -> FrameIndex:
    keys: dict[int, KeyFrame] = {}
    for packet in listing.packets:
        if not packet.key or packet.pts is None:
            continue
        key = packet.as_key(bisect.bisect_left(stamps, packet.pts))
        if key is not None and key.ordinal < len(stamps):
            keys[key.ordinal] = key
    return FrameIndex(
        stamps=stamps,
        time_base=listing.time_base,
        last_ticks=_last_ticks(listing, stamps),
        keys=tuple(keys[ordinal] for ordinal in sorted(keys)),
        declared_count=listing.declared_count,
        delay_ticks=listing.delay_ticks,
    )


def _observed(listing: _Listing, decoded: _Decoded) -> FrameIndex:
    """Index of a file whose every frame was decoded, because its packets cannot be trusted."""
    if ascending(decoded.stamps):
        return _by_stamp(listing, tuple(stamp for stamp in decoded.stamps if stamp is not None))
    stamps = _counted_stamps(listing, len(decoded.stamps))
    packets = [packet for packet in listing.packets if packet.key]
    keys: tuple[KeyFrame | None, ...] = ()
    if len(packets) == len(decoded.keys):
        paired = zip(decoded.keys, packets, strict=True)
        keys = tuple(packet.as_key(ordinal) for ordinal, packet in paired)
    return FrameIndex(
        stamps=stamps,
        time_base=listing.time_base,
        last_ticks=_last_ticks(listing, stamps),
        keys=tuple(key for key in keys if key is not None),
        addressing=Addressing.BY_COUNT,
        declared_count=listing.declared_count,
        delay_ticks=listing.delay_ticks,
    )


def _counted_stamps(listing: _Listing, count: int) -> tuple[int, ...]:
    """Stamps for `count` frames in order: the container's own if they fit, else an even rate."""
    for announced in (
        [packet.pts for packet in listing.packets],
        [packet.dts for packet in listing.packets],
    ):
        known = sorted(stamp for stamp in announced if stamp is not None)
        if len(known) == len(announced) == count and ascending(known):
            return tuple(known)
    step = 1 / ((listing.rate or 1 / _FALLBACK_LAST) * listing.time_base)
    return tuple(round(ordinal * step) for ordinal in range(count))


def _last_ticks(listing: _Listing, stamps: tuple[int, ...]) -> int:
    """Length of the last frame: as announced, else as its fellows, else 1/25 s."""
    announced = [packet.ticks for packet in listing.packets if packet.pts == stamps[-1]]
    if announced and announced[0] > 0:
        return announced[0]
    gaps = [later - earlier for earlier, later in pairwise(stamps)]
    if gaps:
        return max(1, round(statistics.median(gaps)))
    return max(1, round((1 / listing.rate if listing.rate else _FALLBACK_LAST) / listing.time_base))
