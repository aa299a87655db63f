"""What a person does in the interval sheet, as edits of the coding."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from ssp_coder.domain.coding import IntervalMark
from ssp_coder.editing.edits import ClearIntervals, MarkInterval, MarkIntervals
from ssp_coder.rules.interval_sheet import Source, may_be_direct
from ssp_coder.rules.interval_tally import Blank

if TYPE_CHECKING:
    from ssp_coder.domain.procedure import EpisodeId
    from ssp_coder.rules.interval_sheet import EpisodeSheet, SheetRow
    from ssp_coder.ui.intervals.book import SheetBook
    from ssp_coder.ui.session import OpenSession


@dataclass(frozen=True, slots=True, kw_only=True)
class Place:
    """A cell of the sheet: an episode, a line of the sheet and an interval from 0."""

    episode: EpisodeId
    line: int
    interval: int


class Marking:
    """Marks and clears intervals; of a row that the events tell it changes nothing."""

    def __init__(self, session: OpenSession, book: SheetBook) -> None:
        self._session = session
        self._book = book

    def mark(self, place: Place, row: SheetRow) -> None:
        """Say that the behaviour was seen; or was not, where it is said to be seen."""
        if row.source is Source.DIRECT:
            mark = self._mark(place, seen=row.cells[place.interval] != 1)
            self._session.submit(MarkInterval(mark=mark))

    def say_rest_not_seen(self, episode: EpisodeId, sheet: EpisodeSheet, interval: int) -> None:
        """Say of all rows marked by hand that nothing else was seen in an interval, as one step."""
        left = tuple(
            self._mark(Place(episode=episode, line=line, interval=interval), seen=False)
            for line, row in enumerate(sheet.rows)
            if row.source is Source.DIRECT and row.cells[interval] is Blank.NOT_CODED
        )
        if left:
            self._session.submit(MarkIntervals(marks=left))

    def clear(self, place: Place, row: SheetRow) -> None:
        """Make an interval not coded again."""
        if row.source is Source.DIRECT and isinstance(row.cells[place.interval], int):
            self._book.want_direct(place.line, wanted=True)
            self._clear(place.episode, place.line, place.interval)

    def switch(self, episode: EpisodeId, line: int, row: SheetRow) -> None:
        """Mark a row directly from now on, or take its marks away and let the events tell it."""
        if not may_be_direct(row.measure):
            return
        was_direct = row.source is Source.DIRECT
        waiting = self._book.is_waiting(self._session.coding, episode, line)
        self._book.want_direct(line, wanted=not was_direct)
        if was_direct and not waiting:
            self._clear(episode, line, None)

    def _mark(self, place: Place, *, seen: bool) -> IntervalMark:
        person = self._book.persons[place.line]
        self._book.want_direct(place.line, wanted=True)
        return IntervalMark(
            episode=place.episode,
            measure=person.measure.id,
            subject=person.subject,
            interval=place.interval,
            seen=seen,
        )

    def _clear(self, episode: EpisodeId, line: int, interval: int | None) -> None:
        person = self._book.persons[line]
        edit = ClearIntervals(
            episode=episode,
            measure=person.measure.id,
            subject=person.subject,
            interval=interval,
        )
        self._session.submit(edit)
