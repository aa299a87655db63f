"""The sheets of the open coding, counted when first looked at and kept up change by change."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from ssp_coder.rules.interval_sheet import (
    EpisodeSheet,
    Source,
    begun_directly,
    direct_marks,
    measured_persons,
    row_of,
    sheet_of,
)
from ssp_coder.rules.interval_tally import IntervalTally

if TYPE_CHECKING:
    from ssp_coder.domain.coding import Coding
    from ssp_coder.domain.procedure import EpisodeId
    from ssp_coder.domain.scheme import Scheme
    from ssp_coder.editing.change import Change
    from ssp_coder.rules.interval_sheet import SheetRow

_CUTS = frozenset({"episodes", "session_end"})
_MARKS = "intervals"


class SheetBook:
    """Sheets by episode, and the rows that a person wants to mark though nothing is marked yet."""

    def __init__(self, scheme: Scheme) -> None:
        self.persons = measured_persons(scheme)
        self._scheme = scheme
        self._tally: IntervalTally | None = None
        self._wanted: set[int] = set()

    def forget(self) -> None:
        """Count everything anew when it is next looked at."""
        self._tally = None

    def follow(self, change: Change) -> frozenset[int] | None:
        """Take note of a change; places of the rows that may differ, None for whole sheets.

        It looks at what changed and never at all events, so that a key press does not wait.
        """
        if self._tally is None or change.areas & _CUTS:
            self._tally = None
            return None
        rows = self._tally.follow(change.removed, change.added)
        marked = {
            (mark.measure, mark.subject)
            for field in change.fields
            if field.name == _MARKS
            for mark in {*field.before} ^ {*field.after}
        }
        return rows | {
            place
            for place, person in enumerate(self.persons)
            if (person.measure.id, person.subject) in marked
        }

    def sheet(self, coding: Coding, episode: EpisodeId) -> EpisodeSheet | None:
        """The sheet of an episode, None while its start or end is not known."""
        sheet = sheet_of(self._counted(coding), coding, episode)
        if sheet is None:
            return None
        rows = (self._shown(row, episode, place) for place, row in enumerate(sheet.rows))
        return replace(sheet, rows=tuple(rows))

    def row(self, coding: Coding, episode: EpisodeId, place: int) -> SheetRow:
        """One row of an episode that has a sheet."""
        person = self.persons[place]
        marks = direct_marks(coding, episode, person)
        row = row_of(self._counted(coding), episode, person, marks)
        return self._shown(row, episode, place)

    def is_waiting(self, coding: Coding, episode: EpisodeId, place: int) -> bool:
        """Whether a row is offered for marking while none of its intervals is marked."""
        person = self.persons[place]
        return place in self._wanted and not direct_marks(coding, episode, person)

    def want_direct(self, place: int, *, wanted: bool) -> None:
        """Offer a row for marking in all episodes, or show what the events say again."""
        if wanted:
            self._wanted.add(place)
        else:
            self._wanted.discard(place)

    def _counted(self, coding: Coding) -> IntervalTally:
        if self._tally is None:
            self._tally = IntervalTally(coding, self._scheme, self.persons)
        return self._tally

    def _shown(self, row: SheetRow, episode: EpisodeId, place: int) -> SheetRow:
        if row.source is Source.DIRECT or place not in self._wanted or self._tally is None:
            return row
        return begun_directly(row, self._tally.hidden(episode, self.persons[place]))
