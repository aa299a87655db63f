"""Walking through the frames of a file and knowing which is which."""

from __future__ import annotations

from typing import TYPE_CHECKING

from ssp_coder.media.frame_source import FrameSource, Landing
from ssp_coder.media.index import Addressing, FrameIndex, KeyFrame

if TYPE_CHECKING:
    from fractions import Fraction
    from pathlib import Path

    from av.video.frame import VideoFrame


class Cursor:
    """Decodes forward from a key frame or from the start, and numbers what it passes.

    After a seek nothing counts before the first key frame: decoders hand out frames whose
    references they never saw.
    """

    def __init__(self, path: Path, index: FrameIndex) -> None:
        self._path = path
        self._index = index
        self._ordinal_of = {stamp: ordinal for ordinal, stamp in enumerate(index.stamps)}
        self._key_ordinals = frozenset(index.key_frames)
        self._source = FrameSource(path)
        self._ahead: VideoFrame | None = None
        self._ways = [0, 1, 2]
        self._trusted = True
        self._landed_on: int | None = None
        self.next_ordinal: int | None = 0
        """The frame that `advance` will give next if none is damaged; None when unknown."""

    @property
    def pixel_aspect(self) -> Fraction | None:
        """Width of a pixel as a share of its height, None when the file does not say."""
        return self._source.stream.sample_aspect_ratio

    def close(self) -> None:
        """Close the file."""
        self._source.close()

    def rewind(self, *, threaded: bool = True) -> None:
        """Open the file anew and stand before its first frame.

        Raises:
            MediaError: the file has gone; the cursor stays where it was.
        """
        anew = FrameSource(self._path, threaded=threaded)
        self._source.close()
        self._source = anew
        self._ahead = None
        self._trusted = True
        self.next_ordinal = 0

    def jump(self, position: int) -> bool:
        """Stand before a key frame; False when the file landed where frames cannot be named.

        Args:
            position: place of the key frame in the index's `keys`.
        """
        key = self._index.keys[position]
        before = self._index.keys[position - 1] if position else None
        landed = self._seek(key, before)
        self._ahead = None
        self._trusted = False
        exactly = landed == Landing(pts=key.pts, dts=key.dts)
        self._landed_on = key.ordinal if exactly else None
        self.next_ordinal = key.ordinal
        if self._index.addressing is Addressing.BY_STAMP:
            return True
        return landed is not None and landed.dts == key.dts

    def _seek(self, key: KeyFrame, before: KeyFrame | None) -> Landing | None:
        """Seek without going back one key frame too many.

        Some formats compare the wish with decoding stamps, some with presentation stamps, MP4 with
        decoding stamps plus the longest delay. The way that served last is tried first.
        """
        stamps = (key.pts, key.dts, key.dts + self._index.delay_ticks)
        for way in tuple(self._ways):
            landed = self._source.seek(stamps[way])
            if landed is not None and _is_close(landed, key, before):
                self._ways.remove(way)
                self._ways.insert(0, way)
                return landed
        return self._source.seek(key.dts)

    def advance(self) -> tuple[int, VideoFrame] | None:
        """The next frame that can be trusted with its ordinal, None at the end of the file."""
        while (frame := self._next_decoded()) is not None:
            ordinal = self._number(frame) if self._trusted else self._landmark(frame)
            if ordinal is not None:
                self._trusted = True
                self.next_ordinal = ordinal + 1
                return ordinal, frame
        self.next_ordinal = None
        return None

    def _next_decoded(self) -> VideoFrame | None:
        ahead, self._ahead = self._ahead, None
        return self._source.next_frame() if ahead is None else ahead

    def _landmark(self, frame: VideoFrame) -> int | None:
        """Number of the first frame after a seek that can be trusted, None for those before it.

        It is a key frame. If the file landed on the packet that was wanted and the frame has that
        packet's stamp, nothing is left to doubt. But just after a seek in an MPEG programme stream
        the key frame may carry the stamp of a later frame. Then the frame behind it tells.
        """
        if not frame.key_frame:
            return None
        if self._index.addressing is Addressing.BY_COUNT:
            return self._number(frame)
        ordinal = self._number(frame)
        if ordinal is not None and ordinal == self._landed_on:
            return ordinal
        self._ahead = self._source.next_frame()
        following = None if self._ahead is None else self._number(self._ahead)
        if ordinal in self._key_ordinals:
            return ordinal if following is None or following > ordinal else None
        behind = None if following is None else following - 1
        return behind if behind is not None and behind == self._landed_on else None

    def _number(self, frame: VideoFrame) -> int | None:
        if self._index.addressing is Addressing.BY_STAMP:
            return None if frame.pts is None else self._ordinal_of.get(frame.pts)
        counted = self.next_ordinal
        return counted if counted is not None and counted < self._index.count else None


def _is_close(landed: Landing, key: KeyFrame, before: KeyFrame | None) -> bool:
    """Whether decoding from there meets `key`, and not the key frame before it first."""
    if landed.dts is None:
        return landed.pts == key.pts
    return landed.dts <= key.dts and (before is None or landed.dts > before.dts)
