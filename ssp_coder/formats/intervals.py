"""One row an interval of an episode: what occurs in it, and whether events or marks say so."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from ssp_coder.domain.coding import Coding
from ssp_coder.domain.ethogram import Ethogram
from ssp_coder.domain.measures import SOURCE_SUFFIX, MeasureKind, RestRule, measure_column
from ssp_coder.domain.scheme import Scheme
from ssp_coder.formats.columns import (
    Cell,
    Column,
    ColumnType,
    Table,
    merged_levels,
    number_text,
    provenance_words,
)
from ssp_coder.formats.exportable import Exportable, identity_columns
from ssp_coder.formats.timeline import episode_levels
from ssp_coder.rules.interval_sheet import (
    EpisodeSheet,
    SheetRow,
    Source,
    episode_sheets,
    measured_persons,
)
from ssp_coder.rules.interval_tally import MeasuredPerson

INTERVALS_TABLE = "intervals"
SOURCE_LEVELS = (
    (Source.DERIVED.value, "taken from the events"),
    (Source.DIRECT.value, "each interval marked by the coder, whatever the events say"),
)
_REST_WORDS = {
    RestRule.OWN: "is an interval of its own",
    RestRule.MERGE: "is merged with the interval before it",
    RestRule.DROP: "is left out, with what occurs in it",
    RestRule.OWN_FROM_HALF: "is an interval of its own from half a length on, "
    "else merged with the one before it",
}
_NO_CELL = (
    "empty: not coded, nobody coded this group in the session, or the whole interval was without "
    "view and nothing was coded in it"
)


@dataclass(frozen=True, slots=True, kw_only=True)
class IntervalRow:
    """One interval of an episode of one coding.

    Attributes:
        place: the interval within the episode, from 0.
        measured: the rows of the sheet, by column.
    """

    coding: Coding
    sheet: EpisodeSheet
    place: int
    measured: Mapping[str, SheetRow]


def interval_rows(entry: Exportable) -> Iterator[IntervalRow]:
    """The rows of one coding: every interval of each episode of which start and end are known."""
    for sheet in episode_sheets(entry.coding, entry.scheme):
        measured = {column_of(row): row for row in sheet.rows}
        for place in range(sheet.n_intervals):
            yield IntervalRow(coding=entry.coding, sheet=sheet, place=place, measured=measured)


def column_of(row: SheetRow | MeasuredPerson) -> str:
    """Name of the column of a measure and person."""
    return measure_column(row.measure.id, row.subject, len(row.measure.subjects))


def intervals_table(schemes: Sequence[Scheme]) -> Table[IntervalRow]:
    """The columns of the intervals for codings of these schemes."""
    return Table(
        name=INTERVALS_TABLE,
        columns=(
            *identity_columns(lambda row: row.coding),
            *_place_columns(schemes),
            *(column for name in _names(schemes) for column in _measure_columns(name, schemes)),
        ),
    )


def _names(schemes: Sequence[Scheme]) -> tuple[str, ...]:
    return tuple(
        dict.fromkeys(column_of(one) for scheme in schemes for one in measured_persons(scheme))
    )


def _place_columns(schemes: Sequence[Scheme]) -> tuple[Column[IntervalRow], ...]:
    return (
        Column(
            name="episode",
            label="Episode",
            type=ColumnType.CATEGORY,
            value=lambda row: row.sheet.plan.id,
            levels=episode_levels(schemes),
        ),
        Column(
            name="interval",
            label="Interval of the episode, from 1",
            type=ColumnType.INTEGER,
            value=lambda row: row.place + 1,
            unit=interval_unit(schemes),
            provenance=interval_provenance(schemes),
            note=rest_note(schemes),
        ),
        Column(
            name="start_s",
            label="Start of the interval",
            type=ColumnType.SECONDS,
            value=lambda row: row.sheet.span(row.place).start_us,
            unit="s of media time",
            note="six digits, exact to the microsecond",
        ),
        Column(
            name="length_s",
            label="Length of the interval",
            type=ColumnType.SECONDS,
            value=lambda row: row.sheet.span(row.place).length_us,
            unit="s",
            note="only the last of an episode may differ",
        ),
    )


def _measure_columns(name: str, schemes: Sequence[Scheme]) -> tuple[Column[IntervalRow], ...]:
    pairs = [(s, one) for s in schemes for one in measured_persons(s) if column_of(one) == name]
    label = " / ".join(dict.fromkeys(measure_label(one, scheme) for scheme, one in pairs))
    codes = ", ".join(dict.fromkeys(code for _, one in pairs for code in one.measure.codes))
    is_count = any(one.measure.kind is MeasureKind.COUNT for _, one in pairs)
    return (
        Column(
            name=name,
            label=label,
            type=ColumnType.INTEGER,
            value=_cell_of(name),
            unit="times that it begins" if is_count else "",
            levels=() if is_count else (("1", "occurs"), ("0", "does not occur")),
            missing_code=_NO_CELL,
            provenance=" / ".join(
                dict.fromkeys(provenance_words(one.measure.provenance) for _, one in pairs)
            ),
            note=f"codes {codes}; measures are not mutually exclusive",
        ),
        Column(
            name=f"{name}{SOURCE_SUFFIX}",
            label=f"{label}: what it was taken from",
            type=ColumnType.CATEGORY,
            value=_source_of(name),
            levels=SOURCE_LEVELS,
            missing_code="empty: the coding's scheme has no such measure",
            note="the same in all intervals of an episode",
        ),
    )


def measure_label(one: MeasuredPerson, scheme: Scheme) -> str:
    """Measure and, where it is told of several persons, which of them."""
    title = one.measure.title.english
    if len(one.measure.subjects) == 1:
        return title
    return f"{title}, {scheme.procedure.person(one.subject).title.english.lower()}"


def _cell_of(name: str) -> Callable[[IntervalRow], Cell]:
    def value(row: IntervalRow) -> Cell:
        measured = row.measured.get(name)
        cell = None if measured is None else measured.cells[row.place]
        return cell if isinstance(cell, int) else None

    return value


def _source_of(name: str) -> Callable[[IntervalRow], Cell]:
    def value(row: IntervalRow) -> Cell:
        measured = row.measured.get(name)
        return None if measured is None else measured.source.value

    return value


def interval_unit(schemes: Sequence[Scheme]) -> str:
    """How long intervals are."""
    lengths = (number_text(s.ethogram.sampling.interval_us / 1_000_000) for s in schemes)
    return f"intervals of {' / '.join(dict.fromkeys(lengths))} s"


def interval_provenance(schemes: Sequence[Scheme]) -> str:
    """Where the length of intervals comes from."""
    return _joined(schemes, lambda one: provenance_words(one.sampling.interval_from))


def rest_note(schemes: Sequence[Scheme]) -> str:
    """What becomes of a rest at the end of an episode, and where that rule comes from."""
    rules = _joined(schemes, lambda one: _REST_WORDS[one.sampling.rest])
    origins = _joined(schemes, lambda one: provenance_words(one.sampling.rest_from))
    return f"a rest at the end {rules} ({origins})"


def _joined(schemes: Sequence[Scheme], words: Callable[[Ethogram], str]) -> str:
    return " / ".join(dict.fromkeys(words(scheme.ethogram) for scheme in schemes))


def measure_levels(schemes: Sequence[Scheme]) -> tuple[tuple[str, str], ...]:
    """Ids of the measures and their names."""
    return merged_levels(
        *(((one.id, one.title.english) for one in s.ethogram.measures) for s in schemes)
    )
