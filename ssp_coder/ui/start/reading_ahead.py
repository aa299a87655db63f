"""Reads the usual instruments while the start page rests, so that the first coding opens sooner."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QTimer

from ssp_coder.catalog.errors import CatalogError
from ssp_coder.catalog.reading_ahead import read_ahead

if TYPE_CHECKING:
    from collections.abc import Iterator

PAUSE_MS = 10
"""Between two files the window has so long for what the person does."""


class ReadingAhead(QObject):
    """Reads one file at a time while it is let; once everything is read it has nothing to do."""

    def __init__(self, parent: QObject) -> None:
        super().__init__(parent)
        self._files: Iterator[str] = read_ahead()
        self._done = False
        self._timer = QTimer(self)
        self._timer.setInterval(PAUSE_MS)
        self._timer.timeout.connect(self._read_next)

    @property
    def done(self) -> bool:
        """Whether there is nothing more to read."""
        return self._done

    def go_on(self) -> None:
        """Read while nothing else is to be done."""
        if not self._done:
            self._timer.start()

    def rest(self) -> None:
        """Read no further for now."""
        self._timer.stop()

    def _read_next(self) -> None:
        try:
            self._done = next(self._files, None) is None
        except CatalogError:
            self._done = True  # told when a coding or an instrument is opened
        if self._done:
            self._timer.stop()
