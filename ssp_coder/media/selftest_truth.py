"""What reading a recording from its start shows: the truth that seeks are measured by."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from typing import TYPE_CHECKING

from ssp_coder.media.deinterlace import Deinterlacer
from ssp_coder.media.frame_source import FrameSource
from ssp_coder.media.index import Addressing

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Set
    from pathlib import Path

    from av.video.frame import VideoFrame

    from ssp_coder.media.index import FrameIndex
    from ssp_coder.media.indexing import Watch

_PROGRESS_EVERY = 32


@dataclass(frozen=True, slots=True, kw_only=True)
class Truth:
    """The frames of one reading.

    Attributes:
        read_count: frames that came out of the decoder.
        listed_count: those of them that the index lists, each counted once.
        unlisted: numbers, in this reading, of frames that the index does not know.
        backward: numbers, in this reading, of frames stamped no later than the one before.
        digests: fingerprints of the pixels of the sampled frames, by ordinal.
        interlaced: whether there were frames of two half pictures.
        damaged: pieces that could not be read, and pictures that the decoder had to repair.
    """

    read_count: int
    listed_count: int
    unlisted: tuple[int, ...]
    backward: tuple[int, ...]
    digests: Mapping[int, bytes]
    interlaced: bool = False
    damaged: int = 0

    def alike(self) -> int:
        """How many sampled frames look exactly like a sampled neighbour."""
        return sum(
            self.digests.get(ordinal + 1) == digest for ordinal, digest in self.digests.items()
        )


def digest_of(frame: VideoFrame) -> bytes:
    """Fingerprint of the pixels of a decoded frame, without what lies beside the picture."""
    return hashlib.blake2b(frame.to_ndarray().tobytes(), digest_size=16).digest()


def read_through(
    path: Path, index: FrameIndex, reach: int, sampled: Set[int], watch: Watch
) -> Truth:
    """Read the first `reach` frames of `index` in one go.

    Raises:
        MediaError: the recording cannot be opened.
        Abandoned: `watch` cancelled the work.
    """
    naming = _Naming(index, reach)
    digests: dict[int, bytes] = {}
    # Good frames beside damaged ones get lost between decoder threads; the truth may not.
    with FrameSource(path, threaded=False) as source:
        for before, (ordinal, frame), after in _with_neighbours(naming.named(source)):
            if ordinal in sampled:
                digests[ordinal] = digest_of(_as_shown(ordinal, frame, before, after))
            if naming.read_count % _PROGRESS_EVERY == 0:
                watch.report(naming.read_count / reach)
        damaged_packets = source.damaged_packets
    return Truth(
        read_count=naming.read_count,
        listed_count=naming.listed_count,
        unlisted=tuple(naming.unlisted),
        backward=tuple(naming.backward),
        digests=digests,
        interlaced=naming.interlaced,
        damaged=naming.repaired + damaged_packets,
    )


_Named = tuple[int, "VideoFrame"]


class _Naming:
    """Gives decoded frames the ordinals that the index has for them."""

    def __init__(self, index: FrameIndex, reach: int) -> None:
        self._index = index
        self._reach = reach
        self._ordinal_of = {stamp: ordinal for ordinal, stamp in enumerate(index.stamps)}
        self._seen: set[int] = set()
        self.read_count = 0
        self.repaired = 0
        self.interlaced = False
        self.unlisted: list[int] = []
        self.backward: list[int] = []

    @property
    def listed_count(self) -> int:
        """Frames of the index that were seen."""
        return len(self._seen)

    def named(self, source: FrameSource) -> Iterator[_Named]:
        """Every frame that the index lists, and one more so that the last has a neighbour."""
        last: int | None = None
        while (frame := source.next_frame()) is not None:
            ordinal, stamp = self._number(frame), frame.pts
            if ordinal is not None and ordinal >= self._reach:
                if ordinal < self._index.count:
                    yield ordinal, frame
                return
            self.repaired += frame.is_corrupt
            self.interlaced = self.interlaced or frame.interlaced_frame
            if stamp is None or (last is not None and stamp <= last):
                self.backward.append(self.read_count)
            last = last if stamp is None else stamp
            if ordinal is None or ordinal in self._seen:
                self.unlisted.append(self.read_count)
                self.read_count += 1
                continue
            self._seen.add(ordinal)
            self.read_count += 1
            yield ordinal, frame

    def _number(self, frame: VideoFrame) -> int | None:
        if self._index.addressing is Addressing.BY_COUNT:
            return self.read_count if self.read_count < self._index.count else None
        return None if frame.pts is None else self._ordinal_of.get(frame.pts)


def _with_neighbours(
    frames: Iterator[_Named],
) -> Iterator[tuple[_Named | None, _Named, _Named | None]]:
    before: _Named | None = None
    here = next(frames, None)
    while here is not None:
        after = next(frames, None)
        yield before, here, after
        before, here = here, after


def _as_shown(
    ordinal: int, frame: VideoFrame, before: _Named | None, after: _Named | None
) -> VideoFrame:
    """Two half pictures made whole, as for the screen; any other frame as it is."""
    if not frame.interlaced_frame:
        return frame
    return Deinterlacer().whole(
        ordinal,
        frame,
        before=before[1] if before is not None and before[0] == ordinal - 1 else None,
        after=after[1] if after is not None and after[0] == ordinal + 1 else None,
    )
