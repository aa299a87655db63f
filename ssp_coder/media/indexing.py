"""Building a frame index: list every packet, then check the list against decoded frames."""

from __future__ import annotations

import bisect
import itertools
import operator
import statistics
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from fractions import Fraction
from typing import TYPE_CHECKING

import av.error

from ssp_coder.media.errors import Abandoned, MediaError
from ssp_coder.media.frame_source import FrameSource, skip_all_but
from ssp_coder.media.index import Addressing, FrameIndex, KeyFrame
from ssp_coder.media.opening import open_video, packets_of

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Sequence
    from pathlib import Path

    from av.video.frame import VideoFrame

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
class _Listing:
    """What the container says of its packets, before anything is decoded.

    One column a fact instead of one value a packet: an hour has a hundred thousand packets, and
    listing them should cost little more than reading them.
    """

    pts: tuple[int | None, ...]
    dts: tuple[int | None, ...]
    ticks: tuple[int, ...]
    keys: tuple[int, ...]
    """Places of the key packets."""
    hidden: frozenset[int]
    """Places of packets that are decoded but not shown."""
    time_base: Fraction
    rate: Fraction | None
    declared_count: int

    @property
    def delay_ticks(self) -> int:
        """The longest wait from a packet's decoding stamp to its presentation stamp."""
        pairs = zip(self.pts, self.dts, strict=True)
        waits = [pts - dts for pts, dts in pairs if pts is not None and dts is not None]
        return max(waits, default=0)

    @property
    def shown(self) -> tuple[int | None, ...]:
        """Presentation stamps of the packets whose frames are shown."""
        if not self.hidden:
            return self.pts
        return tuple(pts for place, pts in enumerate(self.pts) if place not in self.hidden)

    def key(self, place: int, ordinal: int) -> KeyFrame | None:
        """The packet at `place` as a frame to begin at, None when it cannot be asked for."""
        pts, dts = self.pts[place], self.dts[place]
        if pts is None:
            return None if dts is None else KeyFrame(ordinal=ordinal, pts=dts, dts=dts)
        return KeyFrame(ordinal=ordinal, pts=pts, dts=pts if dts is None else dts)


@dataclass(frozen=True, slots=True, kw_only=True)
class _Decoded:
    """Stamps and key flags of frames in the order in which they came out of the decoder."""

    stamps: tuple[int | None, ...]
    keys: tuple[int, ...]


def build_index(path: Path, watch: Watch = UNWATCHED) -> FrameIndex:
    """List every frame of `path`.

    The packets are listed without decoding. Beside that a first stretch is decoded as a check: a
    file whose decoded frames do not carry the announced stamps is decoded once from start to end
    instead.

    Raises:
        MediaError: the file is unusable, or none of its frames can be decoded.
        Abandoned: `watch` cancelled the work.
    """
    with ThreadPoolExecutor(max_workers=1, thread_name_prefix="index check") as beside:
        check = beside.submit(_decode_stretch, path)
        listing = _list_packets(path, watch)
        stretch = check.result()
    if not stretch.stamps:
        raise MediaError(
            "media.no_frames", path, "holds no frame that can be decoded", "copy it again"
        )
    stamps = _announced(listing, stretch)
    if stamps is not None:
        index = _by_stamp(listing, stamps)
    else:
        index = _observed(listing, _decode_all(path, watch, len(listing.pts)))
    watch.report(1.0)
    return index


def _list_packets(path: Path, watch: Watch) -> _Listing:
    container, stream = open_video(path)
    skip_all_but(container, stream)
    size = max(1, path.stat().st_size)
    pts: list[int | None] = []
    dts: list[int | None] = []
    ticks: list[int] = []
    keys: list[int] = []
    hidden: set[int] = set()
    try:
        for place, packet in enumerate(packets_of(container, stream)):
            pts.append(packet.pts)
            dts.append(packet.dts)
            ticks.append(packet.duration or 0)
            if packet.is_keyframe:
                keys.append(place)
            if packet.is_discard:
                hidden.add(place)
            if place % _PROGRESS_EVERY == _PROGRESS_EVERY - 1:
                watch.report((packet.pos or 0) / size)
    except av.error.FFmpegError:
        pass  # a damaged end: what was listed so far is what there is
    finally:
        # Attributes of a closed stream are garbage, so they are copied here.
        time_base, rate, declared = stream.time_base, stream.average_rate, stream.frames
        container.close()
    return _Listing(
        pts=tuple(pts),
        dts=tuple(dts),
        ticks=tuple(ticks),
        keys=tuple(keys),
        hidden=frozenset(hidden),
        time_base=time_base or Fraction(1, 1_000_000),
        rate=rate or None,
        declared_count=declared,
    )


def _decode_stretch(path: Path) -> _Decoded:
    """Decode so many frames from the start as the check needs, in this thread alone.

    The listing needs the other cores, and pixels are not looked at.
    """
    with FrameSource(path, threaded=False, smooth=False) as source:
        return _noted(itertools.islice(source, CHECKED_FRAMES), UNWATCHED, 1)


def _decode_all(path: Path, watch: Watch, expected: int) -> _Decoded:
    with FrameSource(path) as source:
        return _noted(source, watch, max(1, expected))


def _noted(frames: Iterable[VideoFrame], watch: Watch, expected: int) -> _Decoded:
    stamps: list[int | None] = []
    keys: list[int] = []
    for place, frame in enumerate(frames):
        if frame.key_frame:
            keys.append(place)
        stamps.append(frame.pts)
        if place % _PROGRESS_EVERY == _PROGRESS_EVERY - 1:
            watch.report(place / expected)
    return _Decoded(stamps=tuple(stamps), keys=tuple(keys))


def ascending(stamps: Sequence[int | None]) -> bool:
    """Whether every stamp is there and later than the one before."""
    known = [stamp for stamp in stamps if stamp is not None]
    return len(known) == len(stamps) and all(map(operator.lt, known, known[1:]))


def _announced(listing: _Listing, stretch: _Decoded) -> tuple[int, ...] | None:
    """Packet stamps from the first decodable frame on, None when the decoder contradicts them."""
    known = listing.shown
    stamps = sorted([stamp for stamp in known if stamp is not None])
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
    for place in listing.keys:
        pts = listing.pts[place]
        if pts is None:
            continue
        key = listing.key(place, bisect.bisect_left(stamps, pts))
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
    keys: tuple[KeyFrame | None, ...] = ()
    if len(listing.keys) == len(decoded.keys):
        paired = zip(listing.keys, decoded.keys, strict=True)
        keys = tuple(listing.key(place, ordinal) for place, ordinal in paired)
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
    for announced in (listing.pts, listing.dts):
        known = sorted(stamp for stamp in announced if stamp is not None)
        if len(known) == len(announced) == count and ascending(known):
            return tuple(known)
    step = 1 / ((listing.rate or 1 / _FALLBACK_LAST) * listing.time_base)
    return tuple(round(ordinal * step) for ordinal in range(count))


def _last_ticks(listing: _Listing, stamps: tuple[int, ...]) -> int:
    """Length of the last frame: as announced, else as its fellows, else 1/25 s."""
    if stamps[-1] in listing.pts:
        announced = listing.ticks[listing.pts.index(stamps[-1])]
        if announced > 0:
            return announced
    gaps = [later - earlier for earlier, later in itertools.pairwise(stamps)]
    if gaps:
        return max(1, round(statistics.median(gaps)))
    return max(1, round((1 / listing.rate if listing.rate else _FALLBACK_LAST) / listing.time_base))
