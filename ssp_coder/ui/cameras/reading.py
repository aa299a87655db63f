"""Videos read in the background: index, facts, and what a coding notes of them."""

from __future__ import annotations

from dataclasses import dataclass
from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal

from ssp_coder.media.errors import Abandoned
from ssp_coder.media.recording import media_of
from ssp_coder.ui.background import BackgroundWork
from ssp_coder.ui.player.open_video import OpenVideo, read_video

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from ssp_coder.domain.coding import Media


@dataclass(frozen=True, slots=True, kw_only=True)
class ReadVideo:
    """A video that was read, and what a coding notes of it."""

    video: OpenVideo
    media: Media


class Reading(QObject):
    """Reads one video. Starts at once; `stop` it when nobody wants to know any more.

    Signals:
        progressed: share read, 0 to 1.
        ended: it was read, or it is known why it cannot be.
    """

    progressed = Signal(float)
    ended = Signal()

    def __init__(self, path: Path, cache_folder: Path | None, parent: QObject) -> None:
        super().__init__(parent)
        self.path = path
        self.read: ReadVideo | None = None
        self.problem = ""
        self._work = BackgroundWork(partial(_read, path, cache_folder), self)
        self._work.progressed.connect(self.progressed)
        self._work.done.connect(self._take)
        self._work.failed.connect(self._fail)
        self._work.start()

    @property
    def runs(self) -> bool:
        """Whether nothing is known yet."""
        return self.read is None and not self.problem

    def stop(self) -> None:
        """Stop reading; nothing is told after this."""
        self._work.cancel()

    def _take(self, read: object) -> None:
        if isinstance(read, ReadVideo):
            self.read = read
            self.ended.emit()

    def _fail(self, sentence: str) -> None:
        self.problem = sentence
        self.ended.emit()


def _read(
    path: Path,
    cache_folder: Path | None,
    progress: Callable[[float], None],
    cancelled: Callable[[], bool],
) -> ReadVideo:
    video = read_video(path, cache_folder, progress, cancelled)
    if cancelled():
        raise Abandoned
    return ReadVideo(video=video, media=media_of(path, video.index))
