"""One camera of the session: its recording, its decode lane, and the view that paints it.

A camera counts its own time from its first frame. Everything outside it speaks of the session's
time, which is that plus the camera's offset.
"""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal

from ssp_coder.domain.time import Micros, short_clock_text
from ssp_coder.media.lane import VideoLane
from ssp_coder.media.reader import CACHE_BYTES
from ssp_coder.ui.player.lens import Lens
from ssp_coder.ui.player.view import Moment

if TYPE_CHECKING:
    from PySide6.QtCore import QSize

    from ssp_coder.media.errors import MediaError
    from ssp_coder.media.frame import Picture
    from ssp_coder.ui.player.open_video import OpenVideo
    from ssp_coder.ui.player.view import VideoView


class Camera(QObject):
    """Shows the frame of its recording that belongs to a moment of the session."""

    painted = Signal(int)
    trouble = Signal(str)
    resized = Signal()
    _delivered = Signal(object)
    _complained = Signal(object)

    def __init__(self, view: VideoView, place: int, parent: QObject | None = None) -> None:
        """Make a camera without a recording.

        Args:
            view: what paints it.
            place: its place among the cameras of the session, 0 for the first.
            parent: its owner.
        """
        super().__init__(parent)
        self.view = view
        self.place = place
        self._video: OpenVideo | None = None
        self._lane: VideoLane | None = None
        self._offset_us = Micros(0)
        self._is_on = False
        self._delivered.connect(self._show)
        self._complained.connect(self._complain)
        view.painted.connect(self._note_painted)
        view.size_changed.connect(self._fit)

    @property
    def video(self) -> OpenVideo | None:
        """The open recording, None while there is none."""
        return self._video

    @property
    def offset_us(self) -> Micros:
        """Session time at which the first frame appears."""
        return self._offset_us

    @property
    def end_us(self) -> Micros:
        """Session time at which the last frame leaves the screen; 0 without a recording."""
        return Micros(0 if self._video is None else self._offset_us + self._video.index.end_us)

    @property
    def moment(self) -> Moment | None:
        """The frame last painted, on the session's time; None while the camera shows none."""
        shown = self.view.moment
        if shown is None:
            return None
        # A camera started before the first may show a frame that appeared before the session.
        pts_us = Micros(max(0, shown.pts_us + self._offset_us))
        return replace(shown, pts_us=pts_us, camera=self.place)

    def load(self, video: OpenVideo, cache_bytes: int = CACHE_BYTES) -> None:
        """Take a recording, after `unload`; nothing is shown before it is asked for.

        Args:
            video: the recording; it lies where `set_offset` said.
            cache_bytes: room for decoded frames, so that going back is immediate.
        """
        self._video = video
        self._lane = VideoLane(
            video.path,
            video.index,
            self._delivered.emit,
            self._complained.emit,
            cache_bytes=cache_bytes,
        )
        self._fit(self.view.pixels())

    def unload(self) -> None:
        """Let the recording go; the view forgets its picture."""
        if self._lane is not None:
            self._lane.close()
        self._lane = self._video = None
        self._offset_us, self._is_on = Micros(0), False
        self.view.clear()
        self.view.set_lens(Lens())

    def set_offset(self, offset_us: Micros) -> None:
        """Place the recording elsewhere on the session's time."""
        self._offset_us = offset_us

    def is_on(self, time_us: int) -> bool:
        """Whether the camera was recording at a session time."""
        return self._video is not None and self._offset_us <= time_us < self.end_us

    def ordinal_at(self, time_us: int) -> int:
        """Number of the frame on at a session time, the nearest one outside the recording."""
        return 0 if self._video is None else self._video.index.ordinal_at(time_us - self._offset_us)

    def time_of(self, ordinal: int) -> Micros:
        """Session time from which a frame is on; a number outside means the first or the last."""
        if self._video is None:
            return Micros(0)
        inside = min(max(0, ordinal), self._video.index.count - 1)
        return Micros(self._video.index.time_of(inside) + self._offset_us)

    def follow(self, time_us: int) -> None:
        """Show what is due at a session time while playing."""
        was_on = self._is_on
        if self._lane is None or not self._turn(time_us):
            return
        if was_on:
            self._lane.follow(time_us - self._offset_us)
        else:
            # The lane may have delivered this very frame before the camera went off.
            self._lane.request(self.ordinal_at(time_us))

    def request(self, time_us: int) -> None:
        """Show the very frame on at a session time."""
        if self._lane is not None and self._turn(time_us):
            self._lane.request(self.ordinal_at(time_us))

    def _turn(self, time_us: int) -> bool:
        """Whether there is a picture for a session time; says so where there is none."""
        was_on, self._is_on = self._is_on, self.is_on(time_us)
        if not self._is_on:
            if was_on:
                self.view.clear()
            self.view.show_words(self._away(time_us))
        elif not was_on:
            self.view.show_words("")
        return self._is_on

    def _away(self, time_us: int) -> str:
        number = self.place + 1
        if time_us < self._offset_us:
            begins = short_clock_text(self._offset_us, digits=1)
            return self.tr("Camera {0} begins at {1}").format(number, begins)
        return self.tr("Camera {0} ended at {1}").format(
            number, short_clock_text(self.end_us, digits=1)
        )

    def _fit(self, size: QSize) -> None:
        if self._lane is not None:
            self._lane.show_at(size.width(), size.height())
            self.resized.emit()

    def _show(self, picture: Picture) -> None:
        if self._lane is not None and self._is_on:
            self.view.show_picture(picture)

    def _note_painted(self, _moment: Moment) -> None:
        self.painted.emit(self.place)

    def _complain(self, error: MediaError) -> None:
        self.trouble.emit(str(error))
