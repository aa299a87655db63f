"""Files that are being read before they become cameras."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal

from ssp_coder.domain.coding import MOST_CAMERAS
from ssp_coder.ui.cameras.reading import Reading
from ssp_coder.ui.cameras.shelf import place_of_same

if TYPE_CHECKING:
    from pathlib import Path

    from ssp_coder.domain.coding import Coding
    from ssp_coder.ui.cameras.camera_card import AddingCard
    from ssp_coder.ui.cameras.camera_list import CameraList
    from ssp_coder.ui.cameras.shelf import VideoShelf


class Additions(QObject):
    """Reads each file in the background, with a card in the list that can stop it.

    Signals:
        ready: the `Reading` of a file that can be a camera.
        changed: a file more or less is being read.
    """

    ready = Signal(object)
    changed = Signal()

    def __init__(self, shelf: VideoShelf, cameras: CameraList) -> None:
        super().__init__(cameras)
        self._shelf = shelf
        self._cameras = cameras
        self._readings: dict[AddingCard, Reading] = {}

    @property
    def count(self) -> int:
        """Files that are being read."""
        return sum(reading.runs for reading in self._readings.values())

    def add(self, path: Path, coding: Coding) -> str:
        """Begin to read a file; why not, when it cannot be a camera at all."""
        refusal = self._refusal(path, coding)
        if refusal:
            return refusal
        self._drop_failed(path)
        card = self._cameras.show_adding(path.name)
        reading = Reading(path, self._shelf.cache_folder, self)
        self._readings[card] = reading
        reading.progressed.connect(card.show_progress)
        reading.ended.connect(partial(self._end, card))
        card.given_up.connect(partial(self._give_up, card))
        self.changed.emit()
        return ""

    def stop(self) -> None:
        """Stop all reading."""
        for reading in self._readings.values():
            reading.stop()

    def _end(self, card: AddingCard) -> None:
        reading = self._readings[card]
        if reading.read is None:
            card.show_problem(reading.problem)
            return
        self._drop(card)
        self.ready.emit(reading)

    def _give_up(self, card: AddingCard) -> None:
        self._drop(card).stop()

    def _drop(self, card: AddingCard) -> Reading:
        reading = self._readings.pop(card)
        self._cameras.drop_adding(card)
        self.changed.emit()
        return reading

    def _drop_failed(self, path: Path) -> None:
        """A file that could not be read is tried again: what was said of it is out of date."""
        for card in [card for card, reading in self._readings.items() if reading.path == path]:
            self._drop(card)

    def _refusal(self, path: Path, coding: Coding) -> str:
        if len(coding.media) + self.count >= MOST_CAMERAS:
            words = self.tr("A session has {0} cameras at most; {1} was left out.")
            return words.format(MOST_CAMERAS, path.name)
        place = place_of_same(coding, path)
        if place is not None:
            words = self.tr("{0} is the recording of camera {1} already.")
            return words.format(path.name, place + 1)
        if any(one.path == path and one.runs for one in self._readings.values()):
            return self.tr("{0} is being read already.").format(path.name)
        return ""
