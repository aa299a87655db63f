"""Guided marking: an interval plays once, rests for the ticks, and the next one plays."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal

if TYPE_CHECKING:
    from ssp_coder.rules.interval_sheet import EpisodeSheet


class Guide(QObject):
    """Leads through the intervals of one sheet.

    Signals:
        interval_reached: the interval that is played now, its place from 0.
        play_requested: a `Span` to play once; the picture rests at its end.
        ended: the last interval is done, or the person left.
    """

    interval_reached = Signal(int)
    play_requested = Signal(object)
    ended = Signal()

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._sheet: EpisodeSheet | None = None
        self._interval = 0

    @property
    def running(self) -> bool:
        """Whether a person is being led."""
        return self._sheet is not None

    def start(self, sheet: EpisodeSheet, interval: int) -> None:
        """Lead through a sheet from an interval on."""
        self._sheet = sheet
        self._go_to(interval)

    def play_again(self) -> None:
        """Play the interval once more."""
        if self._sheet is not None:
            self.play_requested.emit(self._sheet.span(self._interval))

    def go_on(self) -> None:
        """Go to the next interval; after the last one it ends."""
        if self._sheet is None:
            return
        if self._interval + 1 < self._sheet.n_intervals:
            self._go_to(self._interval + 1)
        else:
            self.stop()

    def stop(self) -> None:
        """Lead no longer."""
        if self._sheet is not None:
            self._sheet = None
            self.ended.emit()

    def _go_to(self, interval: int) -> None:
        self._interval = interval
        self.interval_reached.emit(interval)
        self.play_again()
