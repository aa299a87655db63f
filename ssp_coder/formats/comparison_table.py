"""The rows of a comparison as a CSV table."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from ssp_coder.agreement.comparison import Comparison, Difference, DifferenceKind
from ssp_coder.formats.columns import Cell, Column, ColumnType, Table

COMPARISON_TABLE = "comparison"
KIND_LEVELS = (
    (DifferenceKind.MATCH.value, "same code within the tolerance"),
    (DifferenceKind.WRONG_CODE.value, "another code of the group within the tolerance"),
    (DifferenceKind.MISS.value, "only in the reference"),
    (DifferenceKind.FALSE_ALARM.value, "only in the coding"),
)


@dataclass(frozen=True, slots=True, kw_only=True)
class ComparisonRow:
    """One row with the comparison it belongs to."""

    comparison: Comparison
    row: Difference


def comparison_table() -> Table[ComparisonRow]:
    """The columns of a comparison."""
    return Table(
        name=COMPARISON_TABLE,
        columns=(
            _text("session_id", "Session", lambda entry: entry.comparison.session),
            _text("coder_id", "Coder", lambda entry: entry.comparison.coder),
            _text("reference_id", "Reference", lambda entry: entry.comparison.reference_coder),
            Column(
                name="kind",
                label="How the event stands to the other coding",
                type=ColumnType.CATEGORY,
                value=lambda entry: entry.row.kind.value,
                levels=KIND_LEVELS,
            ),
            _category("episode", "Episode", lambda entry: entry.row.episode),
            _category("subject", "Whose behaviour", _subject),
            _category("reference_code", "Code of the reference", _reference_code),
            _category("own_code", "Code of the coder", _own_code),
            *_time_columns(),
            Column(
                name="ends_apart",
                label="Ends differ by more than the tolerance, or only one has ended",
                type=ColumnType.FLAG,
                value=lambda entry: entry.row.ends_apart,
                levels=(("1", "yes"), ("0", "no")),
            ),
            _seconds("tolerance_s", "Tolerance", lambda entry: entry.comparison.tolerance_us),
        ),
    )


def _time_columns() -> tuple[Column[ComparisonRow], ...]:
    return (
        _seconds("at_s", "Where to look on the video", lambda entry: entry.row.at_us),
        Column(
            name="at_time",
            label="Where to look, to read",
            type=ColumnType.CLOCK,
            value=lambda entry: entry.row.at_us,
            unit="hh:mm:ss.mmm",
        ),
        _seconds("lag_s", "Own onset minus the reference's", lambda entry: entry.row.lag_us),
        _seconds("end_lag_s", "Own end minus the reference's", lambda entry: entry.row.end_lag_us),
    )


def _subject(entry: ComparisonRow) -> Cell:
    event = entry.row.reference or entry.row.own
    return None if event is None else event.subject


def _reference_code(entry: ComparisonRow) -> Cell:
    return entry.row.reference.code if entry.row.reference else None


def _own_code(entry: ComparisonRow) -> Cell:
    return entry.row.own.code if entry.row.own else None


def _text(name: str, label: str, value: Callable[[ComparisonRow], Cell]) -> Column[ComparisonRow]:
    return Column(name=name, label=label, type=ColumnType.TEXT, value=value)


def _category(
    name: str, label: str, value: Callable[[ComparisonRow], Cell]
) -> Column[ComparisonRow]:
    return Column(name=name, label=label, type=ColumnType.CATEGORY, value=value)


def _seconds(
    name: str, label: str, value: Callable[[ComparisonRow], Cell]
) -> Column[ComparisonRow]:
    return Column(name=name, label=label, type=ColumnType.SECONDS, value=value, unit="s")
