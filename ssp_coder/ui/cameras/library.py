"""The videos of the session's cameras: found, read in the background, kept while asked for."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal

from ssp_coder.media.whereabouts import Found, Match
from ssp_coder.ui.cameras.reading import Reading

if TYPE_CHECKING:
    from pathlib import Path

    from ssp_coder.domain.coding import Media
    from ssp_coder.ui.cameras.shelf import VideoShelf
    from ssp_coder.ui.player.open_video import OpenVideo


class Library(QObject):
    """Knows a camera's video by its fingerprint.

    Signals:
        progressed: fingerprint, and the share of its video that was read.
        learned: fingerprint of a video that was read, or that cannot be.
    """

    progressed = Signal(str, float)
    learned = Signal(str)

    def __init__(self, shelf: VideoShelf, parent: QObject) -> None:
        super().__init__(parent)
        self._shelf = shelf
        self._found: dict[str, Found] = {}
        self._readings: dict[str, Reading] = {}

    def look_for(self, media: Media) -> Found:
        """Where a camera's video lies; reading it begins when it is there."""
        key = media.fingerprint
        if key not in self._found:
            self._found[key] = self._shelf.find(media)
        found = self._found[key]
        if found.match is Match.SAME and found.path is not None and key not in self._readings:
            self._read(key, found.path)
        return found

    def look_again(self, media: Media) -> None:
        """Forget where a camera's video lies; it was found elsewhere."""
        self._found.pop(media.fingerprint, None)
        if self.problem(media):
            del self._readings[media.fingerprint]

    def take(self, media: Media, reading: Reading) -> None:
        """Keep what was read of a file that has become a camera."""
        self._readings[media.fingerprint] = reading

    def video(self, media: Media) -> OpenVideo | None:
        """A camera's video, None while it is not read."""
        reading = self._readings.get(media.fingerprint)
        return None if reading is None or reading.read is None else reading.read.video

    def problem(self, media: Media) -> str:
        """Why a camera's video cannot be shown, empty when it can or that is not known yet."""
        reading = self._readings.get(media.fingerprint)
        return "" if reading is None else reading.problem

    def stop(self) -> None:
        """Stop all reading."""
        for reading in self._readings.values():
            reading.stop()

    def _read(self, key: str, path: Path) -> None:
        reading = Reading(path, self._shelf.cache_folder, self)
        reading.progressed.connect(partial(self.progressed.emit, key))
        reading.ended.connect(partial(self._end, key))
        self._readings[key] = reading

    def _end(self, key: str) -> None:
        if self._readings[key].problem:
            self._found.pop(key, None)  # it may have gone meanwhile: look once more
        self.learned.emit(key)
