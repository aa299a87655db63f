"""Decoded frames of one file in presentation order, from its start or from a seek."""

from __future__ import annotations

import itertools
from dataclasses import dataclass
from typing import TYPE_CHECKING, Self

import av.error
from av.stream import Discard

from ssp_coder.media.opening import open_video, packets_of

if TYPE_CHECKING:
    from collections.abc import Generator, Iterator
    from pathlib import Path
    from types import TracebackType

    from av.container import InputContainer
    from av.packet import Packet
    from av.video.frame import VideoFrame
    from av.video.stream import VideoStream


@dataclass(frozen=True, slots=True, kw_only=True)
class Landing:
    """Stamps of the first packet after a seek, as far as it carries any."""

    pts: int | None
    dts: int | None


def skip_all_but(container: InputContainer, stream: VideoStream) -> None:
    """Let the container pass over the sound and whatever else is not looked at."""
    for other in container.streams:
        if other.index != stream.index:
            other.discard = Discard.all


class FrameSource:
    """One open container; skips damaged packets, and never leaves the thread that made it."""

    def __init__(self, path: Path, *, threaded: bool = True, smooth: bool = True) -> None:
        """Open the file.

        Args:
            path: the file.
            threaded: whether the decoder may use more threads than this one.
            smooth: whether pixels are wanted as they should be seen; stamps come sooner without.
        """
        self._path = path
        self._container: InputContainer
        self._stream: VideoStream
        self._container, self._stream = open_video(path, threaded=threaded)
        skip_all_but(self._container, self._stream)
        if not smooth:
            self._stream.codec_context.options = {"skip_loop_filter": "all"}
        self._frames = self._decoded(self._packets())
        self.damaged_packets = 0

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self.close()

    def __iter__(self) -> Iterator[VideoFrame]:
        """The frames that `next_frame` would give."""
        while (frame := self.next_frame()) is not None:
            yield frame

    @property
    def stream(self) -> VideoStream:
        """The picture stream; its attributes mean nothing after `close`."""
        return self._stream

    def next_frame(self) -> VideoFrame | None:
        """The next decodable frame in presentation order, None at the end of the file."""
        return next(self._frames, None)

    def seek(self, stamp: int) -> Landing | None:
        """Ask for the last key packet at or before `stamp`, in ticks of the time base.

        Returns:
            Where the file really went, None when nothing can be read from there.
        """
        self._frames.close()
        self._frames = self._decoded(iter(()))
        try:
            self._container.seek(stamp, stream=self._stream, backward=True)
        except av.error.FFmpegError:
            return None
        packets = self._packets()
        first = next(packets, None)
        if first is None:
            return None
        self._frames = self._decoded(itertools.chain((first,), packets))
        return Landing(pts=first.pts, dts=first.dts)

    def close(self) -> None:
        """Close the file; frames that were handed out stay valid."""
        self._frames.close()
        self._container.close()

    def _packets(self) -> Iterator[Packet[VideoStream]]:
        """Packets up to the end; a place where the file cannot be read any more is an end."""
        try:
            yield from packets_of(self._container, self._stream)
        except av.error.FFmpegError:
            self.damaged_packets += 1

    def _decoded(self, packets: Iterator[Packet[VideoStream]]) -> Generator[VideoFrame]:
        for packet in packets:
            try:
                frames = packet.decode()
            except av.error.FFmpegError:
                self.damaged_packets += 1
                continue
            yield from frames
        try:
            last = self._stream.decode(None)
        except av.error.FFmpegError:
            self.damaged_packets += 1
            return
        yield from last
