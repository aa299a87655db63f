"""One row a measure, person and episode: its score, out of how many intervals, and prorated."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass

from ssp_coder.domain.coding import Coding
from ssp_coder.domain.measures import MeasureKind
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
from ssp_coder.formats.intervals import (
    SOURCE_LEVELS,
    interval_provenance,
    interval_unit,
    measure_levels,
    rest_note,
)
from ssp_coder.formats.timeline import episode_levels
from ssp_coder.rules.interval_sheet import EpisodeSheet, SheetRow, episode_sheets
from ssp_coder.rules.interval_tally import Blank

FREQUENCIES_TABLE = "frequencies"
_DIGITS = 4
_KIND_LEVELS = (
    (MeasureKind.INTERVAL.value, "intervals in which it occurs at least once"),
    (MeasureKind.COUNT.value, "times that it begins"),
)


@dataclass(frozen=True, slots=True, kw_only=True)
class FrequencyRow:
    """One measure of one person in one episode of one coding."""

    coding: Coding
    sheet: EpisodeSheet
    measured: SheetRow


def frequency_rows(entry: Exportable) -> Iterator[FrequencyRow]:
    """The rows of one coding, for each episode of which start and end are known."""
    for sheet in episode_sheets(entry.coding, entry.scheme):
        for measured in sheet.rows:
            yield FrequencyRow(coding=entry.coding, sheet=sheet, measured=measured)


def frequencies_table(schemes: Sequence[Scheme]) -> Table[FrequencyRow]:
    """The columns of the frequencies for codings of these schemes."""
    return Table(
        name=FREQUENCIES_TABLE,
        columns=(
            *identity_columns(lambda row: row.coding),
            *_what_columns(schemes),
            *_score_columns(schemes),
        ),
    )


def _what_columns(schemes: Sequence[Scheme]) -> tuple[Column[FrequencyRow], ...]:
    persons = merged_levels(
        *(((p.id, p.title.english) for p in scheme.procedure.persons) for scheme in schemes)
    )
    origins = dict.fromkeys(
        provenance_words(measure.provenance)
        for scheme in schemes
        for measure in scheme.ethogram.measures
    )
    return (
        _category("episode", "Episode", lambda row: row.sheet.plan.id, episode_levels(schemes)),
        Column(
            name="measure",
            label="Measure",
            type=ColumnType.CATEGORY,
            value=lambda row: row.measured.measure.id,
            levels=measure_levels(schemes),
            provenance=" / ".join(origins) or "no measures",
        ),
        _category("subject", "Of whom", lambda row: row.measured.subject, persons),
        _category(
            "kind", "What is counted", lambda row: row.measured.measure.kind.value, _KIND_LEVELS
        ),
        _category(
            "source", "What it was taken from", lambda row: row.measured.source.value, SOURCE_LEVELS
        ),
    )


def _category(
    name: str,
    label: str,
    value: Callable[[FrequencyRow], Cell],
    levels: tuple[tuple[str, str], ...],
) -> Column[FrequencyRow]:
    return Column(name=name, label=label, type=ColumnType.CATEGORY, value=value, levels=levels)


def _score_columns(schemes: Sequence[Scheme]) -> tuple[Column[FrequencyRow], ...]:
    unit = interval_unit(schemes)
    return (
        Column(
            name="raw",
            label="Score as counted",
            type=ColumnType.INTEGER,
            value=lambda row: row.measured.raw,
            unit=f"{unit}, or times",
            missing_code="empty: no interval has a number",
            provenance=interval_provenance(schemes),
            note="see kind",
        ),
        Column(
            name="n_intervals",
            label="Intervals of the episode",
            type=ColumnType.INTEGER,
            value=lambda row: row.sheet.n_intervals,
            unit=unit,
            note=rest_note(schemes),
        ),
        Column(
            name="n_coded",
            label="Intervals with a number",
            type=ColumnType.INTEGER,
            value=lambda row: row.measured.coded,
            unit=unit,
        ),
        Column(
            name="n_no_view",
            label="Intervals wholly without view",
            type=ColumnType.INTEGER,
            value=_no_view,
            unit=unit,
            note="missing and not zero; one partly in view has a number. What is neither coded nor "
            "without view is left open",
        ),
        _prorated_column(schemes),
    )


def _prorated_column(schemes: Sequence[Scheme]) -> Column[FrequencyRow]:
    samplings = [scheme.ethogram.sampling for scheme in schemes]
    base = " / ".join(dict.fromkeys(number_text(one.full_intervals) for one in samplings))
    return Column(
        name="prorated",
        label=f"Score prorated to {base} intervals",
        type=ColumnType.NUMBER,
        value=_prorated,
        unit=f"per {base} intervals",
        missing_code="empty: no interval has a number, or one is left open",
        provenance=" / ".join(dict.fromkeys(provenance_words(one.full_from) for one in samplings)),
        note=f"raw * {base} / n_coded; intervals without view are left out of the base "
        "(project default)",
    )


def _no_view(row: FrequencyRow) -> Cell:
    return sum(cell is Blank.NO_VIEW for cell in row.measured.cells)


def _prorated(row: FrequencyRow) -> Cell:
    prorated = row.measured.prorated
    return None if prorated is None else round(prorated, _DIGITS)
