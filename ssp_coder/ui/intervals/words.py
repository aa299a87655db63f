"""Words of the interval sheet: what a cell says, which row is meant, where numbers come from."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QCoreApplication

from ssp_coder.domain.measures import MeasureKind, RestRule
from ssp_coder.domain.time import SECOND_US, short_clock_text
from ssp_coder.rules.interval_sheet import Source, may_be_direct
from ssp_coder.rules.interval_tally import Blank
from ssp_coder.ui.kit.rating_row import point_text
from ssp_coder.ui.rate.words import provenance_tag

if TYPE_CHECKING:
    from ssp_coder.domain.measures import Sampling
    from ssp_coder.domain.scheme import Scheme
    from ssp_coder.rules.interval_sheet import EpisodeSheet, SheetRow
    from ssp_coder.rules.interval_tally import Cell

NOTHING = "\N{EN DASH}"


def tr(text: str) -> str:
    """Translate words of this module."""
    return QCoreApplication.translate("intervals", text)


def row_title(row: SheetRow, scheme: Scheme) -> str:
    """The measure, with the person where it is not the focal one."""
    title = str(row.measure.title)
    if row.subject == scheme.procedure.focal_subject:
        return title
    return f"{title}, {scheme.procedure.person(row.subject).title.within}"


def cell_words(row: SheetRow, cell: Cell) -> str:
    """What a cell says."""
    if cell is Blank.NOT_CODED:
        return tr("not coded yet")
    if cell is Blank.NO_VIEW:
        return tr("no view")
    if row.measure.kind is MeasureKind.COUNT:
        return _times(cell)
    return tr("seen") if cell else tr("not seen")


def _times(count: int) -> str:
    if count < 2:
        return tr("once") if count else tr("not once")
    return tr("{0} times").format(count)


def source_words(source: Source) -> str:
    """What a row was taken from, in one word."""
    return tr("events") if source is Source.DERIVED else tr("direct")


def source_sentence(source: Source) -> str:
    """What a row was taken from, for a screen reader."""
    return tr("from the events") if source is Source.DERIVED else tr("coded directly")


def interval_times(sheet: EpisodeSheet, place: int) -> tuple[str, str]:
    """Start and end of an interval within its episode: ``0:30`` and ``0:45``."""
    first = sheet.edges[0]
    start, end = sheet.edges[place] - first, sheet.edges[place + 1] - first
    return short_clock_text(start, digits=0), short_clock_text(end, digits=0)


def cell_sentence(sheet: EpisodeSheet, row: SheetRow, place: int, scheme: Scheme) -> str:
    """A cell in one line: measure, interval, its time in the episode, what it says."""
    start, end = interval_times(sheet, place)
    said = cell_words(row, row.cells[place])
    if row.source is Source.DIRECT and row.derived[place] != row.cells[place]:
        said = tr("{0}; by the events {1}").format(said, cell_words(row, row.derived[place]))
    words = tr("{0}, interval {1}, {2}\N{EN DASH}{3}, {4}")
    return words.format(row_title(row, scheme), place + 1, start, end, said)


def raw_words(row: SheetRow) -> str:
    """The score as counted."""
    return NOTHING if row.raw is None else str(row.raw)


def base_words(row: SheetRow) -> str:
    """Out of how many intervals: those of the episode, or those with a number among them."""
    if row.coded == len(row.cells):
        return str(row.coded)
    return f"{row.coded}/{len(row.cells)}"


def prorated_words(row: SheetRow) -> str:
    """The prorated score with one digit."""
    prorated = row.prorated
    return NOTHING if prorated is None else point_text(round(prorated, 1))


def totals_sentence(row: SheetRow, scheme: Scheme) -> str:
    """The scores of a row in one line."""
    words = tr("{0}, {1}: {2} in {3} intervals, prorated {4}")
    parts = raw_words(row), base_words(row), prorated_words(row)
    return words.format(row_title(row, scheme), source_sentence(row.source), *parts)


def row_advice(row: SheetRow, *, waiting: bool) -> str:
    """What to know of the row that is current, and how to change what it is taken from."""
    if row.beyond:
        words = tr("{0} marks lie behind the last interval and are not counted: F2 clears the row")
        return words.format(row.beyond)
    if waiting:
        return tr("Nothing is marked yet: until then the events are counted. F2 keeps to them")
    if row.source is Source.DIRECT:
        derived = NOTHING if row.derived_raw is None else str(row.derived_raw)
        words = tr("Coded directly, {0} of {1} intervals; by the events {2}. F2 takes the events")
        return words.format(row.coded, len(row.cells), derived)
    if not may_be_direct(row.measure):
        return tr("Acts are counted one by one, so only events tell them")
    return tr("Taken from the events. F2 codes it directly, whatever the events say")


def sampling_words(sheet: EpisodeSheet, sampling: Sampling) -> str:
    """Where proration and the last interval come from, in the words of their provenance."""
    full = point_text(sampling.full_intervals)
    origin, _ = provenance_tag(sampling.full_from)
    words = tr("Prorated to {0} intervals: {1}").format(full, origin)
    last = sheet.n_intervals - 1
    if last < 0:
        return words
    length_us = sheet.span(last).length_us
    if length_us == sheet.interval_us and sampling.rest is not RestRule.DROP:
        return words
    origin, _ = provenance_tag(sampling.rest_from)
    said = tr("Last interval {0} s: {1}").format(
        point_text(round(length_us / SECOND_US, 1)), origin
    )
    return f"{words}. {said}"
