"""Codings in notebooks: read-only, as pandas frames.

import ssp_coder
coding = ssp_coder.open_coding("S001.c01.sspc")
coding.events_frame()
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from ssp_coder.domain.coding import Coding
from ssp_coder.domain.scale import NOT_RATED, Missing, Points, Rating, RatingSlot
from ssp_coder.domain.scheme import Scheme
from ssp_coder.formats.columns import Cell, Column, ColumnType, Table
from ssp_coder.formats.episodes import episode_rows, episodes_table
from ssp_coder.formats.exportable import Exportable
from ssp_coder.formats.frames import frame_of
from ssp_coder.formats.frequencies import frequencies_table, frequency_rows
from ssp_coder.formats.intervals import interval_rows, intervals_table
from ssp_coder.formats.timeline import EventRow, event_rows, timeline_table
from ssp_coder.storage.coding_file import open_read_only

if TYPE_CHECKING:
    from pandas import DataFrame


@dataclass(frozen=True, slots=True, kw_only=True)
class NotebookCoding:
    """A coding to look at and calculate with; nothing here can change the file.

    Every frame carries the units of its columns in ``frame.attrs["units"]``. Times are media time:
    0 is the first video frame.

    Attributes:
        coding: the coding as a value.
        scheme: the scheme it was made with, from the coding file.
    """

    coding: Coding
    scheme: Scheme

    def events_frame(self) -> DataFrame:
        """One row an event, in order of time; the columns of the timeline CSV and two more.

        ``event_id`` (Int64) and ``code`` (string, ``group.behaviour``) come first. ``start_s``,
        ``stop_s`` and ``duration_s`` are seconds (float64), ``start_us``, ``stop_us`` and
        ``duration_us`` the same in exact microseconds (Int64); of an open state the last two are
        missing. Frames are Int64, counted from 0; presence columns are boolean; all else is string.
        """
        table = timeline_table((self.scheme,))
        columns = (*_event_columns(), *table.columns)
        return frame_of(Table(name=table.name, columns=columns), event_rows(self._entry))

    def ratings_frame(self) -> DataFrame:
        """One row a place to be rated, in the scheme's order, also those not rated.

        ``slot``, ``scale``, ``episode``, ``toward`` (string; the last two missing where they do not
        apply), ``value`` (Float64, points of the scale), ``missing`` (string: the reason, or
        ``not_rated``; missing where there is a value) and ``note`` (string).
        """
        return frame_of(_ratings_table(), _rating_rows(self.coding, self.scheme))

    def episodes_frame(self) -> DataFrame:
        """One row an episode of the procedure; the columns of the episodes CSV.

        ``start``, ``end``, ``actual``, ``planned`` and ``difference`` are there in seconds
        (``_s``, float64) and exact microseconds (``_us``, Int64); ``number``, ``reunion_index``
        and frames are Int64; ``deviates_from_procedure`` is boolean; all else is string.
        """
        return frame_of(episodes_table((self.scheme,)), episode_rows(self._entry))

    def intervals_frame(self) -> DataFrame:
        """One row an interval of each episode; the columns of the intervals CSV.

        ``interval`` counts from 1. A measure is Int64: 1 or 0 where it is told by intervals, else
        the times that it begins; missing where it was not coded or had no view.
        """
        return frame_of(intervals_table((self.scheme,)), interval_rows(self._entry))

    def frequencies_frame(self) -> DataFrame:
        """One row a measure, person and episode; the columns of the frequencies CSV.

        ``raw``, ``n_intervals``, ``n_coded`` and ``n_no_view`` are Int64, ``prorated`` Float64;
        ``source`` says whether events or direct marks were counted.
        """
        return frame_of(frequencies_table((self.scheme,)), frequency_rows(self._entry))

    @property
    def _entry(self) -> Exportable:
        return Exportable(coding=self.coding, scheme=self.scheme)


def open_coding(path: str | Path) -> NotebookCoding:
    """Open a coding file for reading; it may be open in the program at the same time.

    Raises:
        StorageError: the file is missing, damaged or no coding file.
    """
    with open_read_only(Path(path)) as file:
        return NotebookCoding(coding=file.coding, scheme=file.scheme)


def _event_columns() -> tuple[Column[EventRow], ...]:
    return (
        Column(
            name="event_id",
            label="Event, never reused within a coding",
            type=ColumnType.INTEGER,
            value=lambda row: row.event.id,
        ),
        Column(
            name="code",
            label="Group and behaviour",
            type=ColumnType.CATEGORY,
            value=lambda row: row.event.code,
        ),
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class _RatingRow:
    slot: RatingSlot
    rating: Rating | None


def _rating_rows(coding: Coding, scheme: Scheme) -> Iterator[_RatingRow]:
    for slot in scheme.slots:
        yield _RatingRow(slot=slot, rating=coding.rating(slot.id))


def _ratings_table() -> Table[_RatingRow]:
    return Table(
        name="ratings",
        columns=(
            _word("slot", "Place to be rated", lambda row: row.slot.id),
            _word("scale", "Scale", lambda row: row.slot.scale),
            _word("episode", "Episode", lambda row: row.slot.episode),
            _word("toward", "Toward whom", lambda row: row.slot.toward),
            Column(
                name="value",
                label="Rating",
                type=ColumnType.NUMBER,
                value=_value,
                unit="points",
            ),
            _word("missing", "Why there is no number", _missing),
            _word("note", "Note", lambda row: row.rating.note if row.rating else None),
        ),
    )


def _word(name: str, label: str, value: Callable[[_RatingRow], Cell]) -> Column[_RatingRow]:
    return Column(name=name, label=label, type=ColumnType.TEXT, value=value)


def _value(row: _RatingRow) -> Cell:
    if row.rating is None or not isinstance(row.rating.score, Points):
        return None
    return row.rating.score.value


def _missing(row: _RatingRow) -> Cell:
    if row.rating is None:
        return NOT_RATED.value
    return row.rating.score.reason if isinstance(row.rating.score, Missing) else None
