"""One video's decode thread: the frame the clock asks for, or the very frame a coder asks for."""

from __future__ import annotations

import threading
from collections import deque
from dataclasses import dataclass
from enum import Enum, auto
from typing import TYPE_CHECKING

from ssp_coder.media.complaint import FAILURES, Complaint
from ssp_coder.media.errors import Abandoned, FrameMissing, MediaError
from ssp_coder.media.reader import CACHE_BYTES, FrameReader

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from ssp_coder.media.frame import Picture
    from ssp_coder.media.index import FrameIndex

PREFETCHED_FRAMES = 6
"""Project default: so many pictures are made ahead of the clock while playing forward."""

Size = tuple[int | None, int | None]


class _Purpose(Enum):
    REQUEST = auto()
    FOLLOW = auto()
    AHEAD = auto()


@dataclass(frozen=True, slots=True, kw_only=True)
class _Wish:
    ordinal: int
    purpose: _Purpose
    size: Size


class VideoLane:
    """Decodes, turns and scales in its own thread, and hands out finished pictures.

    `follow` is for playing: call it as often as the screen is painted. The lane delivers the frame
    that is due and passes over frames it is too late for. `request` is for seeking and stepping:
    that very frame is delivered, unless a newer request comes before its turn.

    Both callbacks are called in the lane's thread and should only pass their argument on. The
    recording is opened, read and closed in that thread. After `close` no callback is called.
    """

    def __init__(
        self,
        path: Path,
        index: FrameIndex,
        on_picture: Callable[[Picture], None],
        on_trouble: Callable[[MediaError], None],
        *,
        cache_bytes: int = CACHE_BYTES,
    ) -> None:
        self._path = path
        self._cache_bytes = cache_bytes
        self._index = index
        self._on_picture = on_picture
        self._complaint = Complaint(on_trouble, self._is_closed)
        # Shared with the caller's thread, under the condition.
        self._changed = threading.Condition()
        self._closed = False
        self._size: Size = (None, None)
        self._requested: int | None = None
        self._target: int | None = None
        self._latest: int | None = None
        self._ahead: deque[int] = deque()
        # Of the lane's thread alone.
        self._reader: FrameReader | None = None
        self._ready: dict[tuple[int, Size], Picture] = {}
        self._followed: int | None = None
        self._thread = threading.Thread(target=self._run, name=f"lane {path.name}", daemon=True)
        self._thread.start()

    def show_at(self, max_width: int | None, max_height: int | None) -> None:
        """Make the coming pictures fit into this many pixels; None means full size.

        Raises:
            ValueError: a limit is below one pixel.
        """
        if any(limit is not None and limit < 1 for limit in (max_width, max_height)):
            raise ValueError(f"a picture of {max_width} x {max_height} pixels cannot be made")
        with self._changed:
            self._size = (max_width, max_height)

    def follow(self, time_us: int) -> None:
        """Deliver the frame on screen at `time_us` unless it was the last one delivered."""
        ordinal = self._index.ordinal_at(time_us)
        with self._changed:
            if ordinal != self._latest:
                self._latest = self._target = ordinal
                self._changed.notify()

    def request(self, ordinal: int) -> None:
        """Deliver frame `ordinal`, whatever was delivered before.

        Raises:
            IndexError: there is no such frame.
        """
        self._index.require(ordinal)
        with self._changed:
            self._requested = self._latest = ordinal
            self._target = None
            self._ahead.clear()
            self._changed.notify()

    def close(self) -> None:
        """Stop, close the recording and wait for the thread; closing twice is harmless."""
        with self._changed:
            self._closed = True
            self._changed.notify()
        if threading.current_thread() is not self._thread:
            self._thread.join()

    # ------------------------------------------------------------------ in the lane's thread

    def _run(self) -> None:
        try:
            while (wish := self._next_wish()) is not None:
                self._serve(wish)
        finally:
            self._forget_reader()

    def _next_wish(self) -> _Wish | None:
        """The most urgent wish, waiting for one; None when the lane was closed."""
        with self._changed:
            while not self._closed:
                wish = self._take()
                if wish is not None:
                    return wish
                self._changed.wait()
        return None

    def _take(self) -> _Wish | None:
        if self._requested is not None:
            ordinal, purpose, self._requested = self._requested, _Purpose.REQUEST, None
        elif self._target is not None:
            ordinal, purpose, self._target = self._target, _Purpose.FOLLOW, None
        elif self._ahead:
            ordinal, purpose = self._ahead.popleft(), _Purpose.AHEAD
        else:
            return None
        return _Wish(ordinal=ordinal, purpose=purpose, size=self._size)

    def _serve(self, wish: _Wish) -> None:
        picture = self._made(wish)
        if wish.purpose is _Purpose.AHEAD:
            if picture is not None:
                self._ready[wish.ordinal, wish.size] = picture
            return
        if picture is not None:
            self._deliver(wish, picture)
        if wish.purpose is _Purpose.FOLLOW:
            self._plan_ahead(wish)
        else:
            self._followed = None

    def _made(self, wish: _Wish) -> Picture | None:
        """The picture wished for; None after it was said why there is none."""
        try:
            return self._picture(wish)
        except Abandoned:
            return None
        except FrameMissing as trouble:
            if wish.purpose is not _Purpose.AHEAD:
                self._complaint.tell(trouble)
        except MediaError as trouble:
            self._forget_reader()
            self._complaint.tell(trouble)
        except FAILURES as failure:
            self._forget_reader()
            self._complaint.tell(self._failed_at(wish, failure), failure)
        return None

    def _picture(self, wish: _Wish) -> Picture:
        ready = self._ready.pop((wish.ordinal, wish.size), None)
        if ready is not None:
            return ready
        if self._reader is None:
            self._reader = FrameReader(self._path, self._index, cache_bytes=self._cache_bytes)
        frame = self._reader.frame(wish.ordinal, abandoned=self._is_closed)
        return frame.picture(*wish.size)

    def _deliver(self, wish: _Wish, picture: Picture) -> None:
        if self._closed:
            return
        try:
            self._on_picture(picture)
        except FAILURES as failure:
            self._complaint.tell(self._failed_at(wish, failure), failure)

    def _forget_reader(self) -> None:
        """Close the recording, so that the next wish opens it anew."""
        reader, self._reader = self._reader, None
        if reader is not None:
            reader.close()

    def _is_closed(self) -> bool:
        return self._closed

    def _plan_ahead(self, wish: _Wish) -> None:
        """Prepare the frames that come next at the stride of the last two."""
        before, self._followed = self._followed, wish.ordinal
        stride = 1 if before is None else wish.ordinal - before
        if not 0 < stride <= PREFETCHED_FRAMES:
            self._ready.clear()
            return
        last = min(self._index.count, wish.ordinal + stride * PREFETCHED_FRAMES + 1)
        due = range(wish.ordinal + stride, last, stride)
        self._ready = {
            (at, size): picture
            for (at, size), picture in self._ready.items()
            if at in due and size == wish.size
        }
        with self._changed:
            if self._requested is None:
                self._ahead = deque(at for at in due if (at, wish.size) not in self._ready)

    def _failed_at(self, wish: _Wish, failure: Exception) -> MediaError:
        return MediaError(
            "media.lane_failed",
            self._path,
            f"could not be shown at frame {wish.ordinal} ({failure})",
            "go to another frame or open the recording again",
        )
