"""The differences of a comparison as rows: a sign, a time, yours and the reference's."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING

from PySide6.QtCore import QCoreApplication

from ssp_coder.agreement.comparison import Difference, DifferenceKind
from ssp_coder.domain.time import SECOND_US, Micros, short_clock_text
from ssp_coder.ui.code.table_columns import event_detail
from ssp_coder.ui.kit.marks import ComparisonSign

if TYPE_CHECKING:
    from collections.abc import Iterable

    from ssp_coder.agreement.comparison import Comparison
    from ssp_coder.domain.coding import Event
    from ssp_coder.domain.scheme import Scheme


class RowOrder(StrEnum):
    """How rows are sorted."""

    TIME = "time"
    KIND = "kind"


@dataclass(frozen=True, slots=True, kw_only=True)
class DifferenceRow:
    """One difference as it is shown.

    Attributes:
        sign: what kind of difference.
        at_us: where to look.
        time: the same in words.
        own: what you have.
        reference: what the reference has.
        own_event: your event, None for a miss.
        reference_event: the reference's, None where it has none.
    """

    sign: ComparisonSign
    at_us: Micros
    time: str
    own: str
    reference: str
    own_event: Event | None
    reference_event: Event | None

    @property
    def events(self) -> tuple[Event, ...]:
        """The one or two events."""
        return tuple(e for e in (self.own_event, self.reference_event) if e is not None)


_KIND_ORDER = {
    ComparisonSign.MISSED: 0,
    ComparisonSign.EXTRA: 1,
    ComparisonSign.OTHER_CODE: 2,
    ComparisonSign.TIMING: 3,
}

_SIGNS = {
    DifferenceKind.MISS: ComparisonSign.MISSED,
    DifferenceKind.FALSE_ALARM: ComparisonSign.EXTRA,
    DifferenceKind.WRONG_CODE: ComparisonSign.OTHER_CODE,
    DifferenceKind.MATCH: ComparisonSign.TIMING,
}


def tr(words: str) -> str:
    """Translate words of this module."""
    return QCoreApplication.translate("compare_rows", words)


def sign_words(sign: ComparisonSign) -> str:
    """What a sign means."""
    return {
        ComparisonSign.MISSED: tr("missed"),
        ComparisonSign.EXTRA: tr("not in reference"),
        ComparisonSign.OTHER_CODE: tr("other code"),
        ComparisonSign.TIMING: tr("timing"),
    }[sign]


def difference_rows(comparison: Comparison, scheme: Scheme) -> tuple[DifferenceRow, ...]:
    """Everything that differs, in order of time."""
    return tuple(
        _row(difference, scheme)
        for difference in comparison.rows
        if difference.kind is not DifferenceKind.MATCH or difference.ends_apart
    )


def sorted_rows(rows: Iterable[DifferenceRow], order: RowOrder) -> tuple[DifferenceRow, ...]:
    """Rows in another order; those of one kind keep the order of time."""
    by_time = sorted(rows, key=lambda row: row.at_us)
    if order is RowOrder.KIND:
        by_time.sort(key=lambda row: _KIND_ORDER[row.sign])
    return tuple(by_time)


def _row(difference: Difference, scheme: Scheme) -> DifferenceRow:
    own, reference = difference.own, difference.reference
    nothing = tr("nothing")
    own_words = nothing if own is None else event_words(own, scheme)
    reference_words = nothing if reference is None else event_words(reference, scheme)
    if difference.kind is DifferenceKind.MATCH:
        own_words = f"{own_words}, {_end_words(difference)}"
    return DifferenceRow(
        sign=_SIGNS[difference.kind],
        at_us=_where(difference),
        time=short_clock_text(_where(difference), digits=1),
        own=own_words,
        reference=reference_words,
        own_event=own,
        reference_event=reference,
    )


def event_words(event: Event, scheme: Scheme) -> str:
    """Code in short, with person and modifiers."""
    short = str(scheme.ethogram.code(event.code).short)
    detail = event_detail(event, scheme)
    return f"{short}, {detail}" if detail else short


def _where(difference: Difference) -> Micros:
    """The earlier onset; where only the ends differ, the earlier end."""
    if difference.kind is not DifferenceKind.MATCH:
        return difference.at_us
    ends = [e.end_us for e in (difference.own, difference.reference) if e and e.end_us is not None]
    return min(ends, default=difference.at_us)


def _end_words(difference: Difference) -> str:
    lag = difference.end_lag_us
    if lag is None:
        is_open = difference.own is not None and difference.own.is_open
        return tr("without end") if is_open else tr("ended, reference not")
    seconds = f"{abs(lag) / SECOND_US:.1f}"
    words = tr("ends {0} s late") if lag > 0 else tr("ends {0} s early")
    return words.format(seconds)
