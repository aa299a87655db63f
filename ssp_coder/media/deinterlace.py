"""Whole pictures out of interlaced frames, one for one."""

from __future__ import annotations

from fractions import Fraction
from typing import TYPE_CHECKING, TypeAlias

import av
import av.error
import av.filter

if TYPE_CHECKING:
    from av.filter.context import FilterContext
    from av.video.frame import VideoFrame

    _Shape: TypeAlias = tuple[int, int, str]

_ONE_FRAME = Fraction(1)
_TICKS_PER_FRAME = 2  # the filter counts fields: it halves the time base and doubles the stamps


class Deinterlacer:
    """Runs the bwdif filter so that frame n in is frame n out.

    The filter looks at the frames before and after and so answers one frame late. Frames are
    stamped with their ordinals on the way in; the answer is taken by that stamp, not by counting.
    The picture of a frame is the same whichever way the reader came to it.
    """

    def __init__(self) -> None:
        self._graph: av.filter.Graph | None = None
        self._shape: _Shape | None = None
        self._last_pushed: int | None = None

    def whole(
        self,
        ordinal: int,
        frame: VideoFrame,
        *,
        before: VideoFrame | None,
        after: VideoFrame | None,
    ) -> VideoFrame:
        """The deinterlaced picture of `frame`.

        Args:
            ordinal: number of the frame.
            frame: the frame as decoded.
            before: its neighbour, None at the start or beside damage.
            after: its neighbour, None at the end or beside damage.
        """
        running = self._last_pushed == ordinal and before is not None
        if not (running and self._shape == _shape(frame) and after is not None):
            self._begin(frame)
            if before is not None and _shape(before) == _shape(frame):
                self._push(ordinal - 1, before)
            self._push(ordinal, frame)
            self._pull()
        if after is not None and _shape(after) == _shape(frame):
            self._push(ordinal + 1, after)
        else:
            self._finish()
        answers = self._pull()
        return answers.get(ordinal, frame)

    def _begin(self, frame: VideoFrame) -> None:
        graph = av.filter.Graph()
        graph.threads = 1
        source = graph.add_buffer(
            width=frame.width, height=frame.height, format=frame.format, time_base=_ONE_FRAME
        )
        whole: FilterContext = graph.add("bwdif", "mode=send_frame:parity=auto:deint=all")
        graph.link_nodes(source, whole, graph.add("buffersink")).configure()
        self._graph, self._shape, self._last_pushed = graph, _shape(frame), None

    def _push(self, ordinal: int, frame: VideoFrame) -> None:
        if self._graph is not None:
            frame.pts, frame.time_base = ordinal, _ONE_FRAME
            self._graph.vpush(frame)
            self._last_pushed = ordinal

    def _finish(self) -> None:
        """Tell the filter that nothing follows; it must be begun anew afterwards."""
        if self._graph is not None:
            self._graph.vpush(None)
            self._last_pushed = None

    def _pull(self) -> dict[int, VideoFrame]:
        answers: dict[int, VideoFrame] = {}
        while self._graph is not None:
            try:
                answer = self._graph.vpull()
            except (av.error.BlockingIOError, av.error.EOFError):
                break
            if answer.pts is not None:
                answers[answer.pts // _TICKS_PER_FRAME] = answer
        return answers


def _shape(frame: VideoFrame) -> _Shape:
    return frame.width, frame.height, frame.format.name
