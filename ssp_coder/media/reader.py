"""Exact frames by ordinal."""

from __future__ import annotations

from collections import OrderedDict
from enum import Enum, auto
from fractions import Fraction
from typing import TYPE_CHECKING, Self

from ssp_coder.media.cursor import Cursor
from ssp_coder.media.deinterlace import Deinterlacer
from ssp_coder.media.errors import Abandoned, FrameMissing
from ssp_coder.media.frame import RgbConverter, VideoFrame, upright_size

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path
    from types import TracebackType

    from av.video.frame import VideoFrame as RawFrame

    from ssp_coder.media.index import FrameIndex

CACHE_BYTES = 128 << 20
"""Project default: about 90 decoded frames of 1280 x 720."""

_WORTH_DECODING_ON = 8
"""Project default: so few frames are decoded on, even if a key frame lies between."""


class _Arrival(Enum):
    FOUND = auto()
    OVERSHOT = auto()  # the first frame came after the one wanted: begin earlier
    PASSED = auto()  # decoding went past the place and the frame was not there


def _go_on() -> bool:
    return False


class FrameReader:
    """Gives the very frame asked for, of one file.

    Decoded frames are kept up to a number of bytes, so stepping back is immediate. Going forward
    decodes on unless a key frame is nearer. The reader, its frames' conversion and everything else
    here stay in one thread: open a reader in the thread that uses it.
    """

    def __init__(self, path: Path, index: FrameIndex, *, cache_bytes: int = CACHE_BYTES) -> None:
        self._path = path
        self._index = index
        self._cursor = Cursor(path, index)
        self._pixel_aspect = self._cursor.pixel_aspect or Fraction(1)
        self._kept = _KeptFrames(cache_bytes)
        self._missing: set[int] = set()
        self._converter = RgbConverter()
        self._deinterlacer = Deinterlacer()
        self._abandoned: Callable[[], bool] = _go_on
        self._gap = range(0)

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self.close()

    @property
    def index(self) -> FrameIndex:
        """The index this reader goes by."""
        return self._index

    def close(self) -> None:
        """Close the file; frames that were handed out stay valid."""
        self._cursor.close()

    def frame(self, ordinal: int, *, abandoned: Callable[[], bool] = _go_on) -> VideoFrame:
        """The frame with number `ordinal`.

        Args:
            ordinal: number of the frame, from 0.
            abandoned: asked between decoded frames; once it says yes, the search ends.

        Raises:
            IndexError: there is no such frame.
            FrameMissing: it is damaged; the reader stays usable.
            Abandoned: the caller gave the search up; the reader stays usable.
        """
        self._index.require(ordinal)
        self._abandoned = abandoned
        raw = self._raw(ordinal)
        turns = round(raw.rotation / 90) % 4
        width, height = upright_size(raw.width, raw.height, self._pixel_aspect, turns)
        return VideoFrame(
            ordinal=ordinal,
            pts_us=self._index.time_of(ordinal),
            width=width,
            height=height,
            raw=self._whole(ordinal, raw) if raw.interlaced_frame else raw,
            quarter_turns=turns,
            converter=self._converter,
        )

    def frame_at(self, time_us: int) -> VideoFrame:
        """The frame on screen at `time_us`; see `frame`."""
        return self.frame(self._index.ordinal_at(time_us))

    def _whole(self, ordinal: int, raw: RawFrame) -> RawFrame:
        return self._deinterlacer.whole(
            ordinal, raw, before=self._neighbour(ordinal - 1), after=self._neighbour(ordinal + 1)
        )

    def _neighbour(self, ordinal: int) -> RawFrame | None:
        if not 0 <= ordinal < self._index.count:
            return None
        try:
            return self._raw(ordinal)
        except FrameMissing:
            return None

    def _raw(self, ordinal: int) -> RawFrame:
        kept = self._kept.get(ordinal)
        if kept is not None:
            return kept
        if ordinal not in self._missing and self._reach(ordinal):
            found = self._kept.get(ordinal)
            if found is not None:
                return found
        self._missing.add(ordinal)
        raise FrameMissing(self._path, ordinal)

    def _reach(self, ordinal: int) -> bool:
        """Decode up to `ordinal`, from here or from ever earlier places."""
        if self._is_ahead(ordinal) and self._decode_to(ordinal) is _Arrival.FOUND:
            return True
        for beginning in self._beginnings(ordinal):
            if not self._begin(beginning):
                continue
            arrival = self._decode_to(ordinal)
            if arrival is not _Arrival.OVERSHOT:
                return arrival is _Arrival.FOUND or self._look_again(beginning, ordinal)
        return False

    def _look_again(self, beginning: int | None, ordinal: int) -> bool:
        """Look without decoder threads, which lose good frames beside damaged ones."""
        self._cursor.rewind(threaded=False)
        found = self._begin(beginning) and self._decode_to(ordinal) is _Arrival.FOUND
        if not found:
            self._missing.update(self._gap)
        self._cursor.rewind()
        return found

    def _is_ahead(self, ordinal: int) -> bool:
        """Whether decoding on is the shortest way."""
        here = self._cursor.next_ordinal
        if here is None or here > ordinal:
            return False
        position = self._index.key_before(ordinal)
        near = ordinal - here <= _WORTH_DECODING_ON
        return near or position is None or self._index.keys[position].ordinal <= here

    def _beginnings(self, ordinal: int) -> Iterator[int | None]:
        """Places in `keys` before `ordinal`, ever further back, at last None: the file's start."""
        position = self._index.key_before(ordinal)
        stride = 1
        while position is not None and position >= 0:
            yield position
            position -= stride
            stride *= 2
        yield None

    def _begin(self, position: int | None) -> bool:
        if position is None:
            self._cursor.rewind()
            return True
        return self._cursor.jump(position)

    def _decode_to(self, ordinal: int) -> _Arrival:
        seen: int | None = None
        self._gap = range(0)
        while (step := self._cursor.advance()) is not None:
            at, raw = step
            self._kept.put(at, raw)
            if at == ordinal:
                return _Arrival.FOUND
            if at > ordinal:
                return self._missed(seen, at)
            seen = at
            if self._abandoned():
                raise Abandoned
        return self._missed(seen, self._index.count)

    def _missed(self, seen: int | None, reached: int) -> _Arrival:
        """Note the damaged stretch between the last frame seen and the first one after it."""
        if seen is None:
            return _Arrival.OVERSHOT
        self._gap = range(seen + 1, reached)
        return _Arrival.PASSED


class _KeptFrames:
    """The frames used last, up to a number of bytes, and the newest one in any case."""

    def __init__(self, limit: int) -> None:
        self._limit = limit
        self._bytes = 0
        self._frames: OrderedDict[int, RawFrame] = OrderedDict()

    def get(self, ordinal: int) -> RawFrame | None:
        frame = self._frames.get(ordinal)
        if frame is not None:
            self._frames.move_to_end(ordinal)
        return frame

    def put(self, ordinal: int, frame: RawFrame) -> None:
        replaced = self._frames.pop(ordinal, None)
        self._bytes += _size(frame) - (0 if replaced is None else _size(replaced))
        self._frames[ordinal] = frame
        while self._bytes > self._limit and len(self._frames) > 1:
            _, dropped = self._frames.popitem(last=False)
            self._bytes -= _size(dropped)


def _size(frame: RawFrame) -> int:
    return sum(plane.buffer_size for plane in frame.planes)
