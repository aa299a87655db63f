"""A coding compared with a reference: events, ratings and class."""

from __future__ import annotations

from collections.abc import Iterator

from ssp_coder.agreement.class_levels import class_at, levels_of
from ssp_coder.agreement.comparison import (
    DEFAULT_TOLERANCE_US,
    ClassAgreement,
    Comparison,
    RatingDifference,
)
from ssp_coder.agreement.pairing import differences
from ssp_coder.agreement.totals import (
    overall_totals,
    totals_by_code,
    totals_by_code_and_episode,
    totals_by_episode,
)
from ssp_coder.domain.coding import Coding
from ssp_coder.domain.finding import DomainError, Finding
from ssp_coder.domain.ruletable import RuleTable
from ssp_coder.domain.scheme import Scheme
from ssp_coder.domain.session import episode_spans
from ssp_coder.domain.time import Micros


class ComparisonError(DomainError):
    """Two codings cannot be compared."""


def compare(
    coding: Coding,
    reference: Coding,
    scheme: Scheme,
    *,
    tolerance_us: Micros = DEFAULT_TOLERANCE_US,
) -> Comparison:
    """Compare a coding with a reference of the same scheme.

    Args:
        coding: the work to look at.
        reference: what it is held against.
        scheme: the scheme of both.
        tolerance_us: largest lag at which two onsets count as the same moment.

    Raises:
        ComparisonError: the tolerance is negative, or one coding uses a code or class that the
            scheme does not know.
    """
    if tolerance_us < 0:
        raise _error(f"a tolerance of {tolerance_us} us is negative", "give 0 or more", "tolerance")
    for one in (coding, reference):
        check_scheme(one, scheme)
    yardstick = reference if reference.episodes else coding
    rows = differences(
        reference.events,
        coding.events,
        scheme,
        episode_spans(yardstick, scheme.procedure),
        tolerance_us,
    )
    return Comparison(
        session=coding.session,
        coder=coding.coder,
        reference_session=reference.session,
        reference_coder=reference.coder,
        tolerance_us=tolerance_us,
        rows=rows,
        overall=overall_totals(rows),
        by_code=totals_by_code(rows, scheme),
        by_episode=totals_by_episode(rows, scheme),
        by_code_and_episode=totals_by_code_and_episode(rows, scheme),
        ratings=tuple(
            RatingDifference(
                slot=slot.id, reference=reference.score(slot.id), own=coding.score(slot.id)
            )
            for slot in scheme.slots
        ),
        classes=tuple(_classes(coding, reference, scheme.rules)),
    )


def check_scheme(coding: Coding, scheme: Scheme) -> None:
    """See that a coding uses nothing that a scheme does not know.

    Raises:
        ComparisonError: it uses a code or class that the scheme does not know.
    """
    place = f"coding of {coding.session} by {coding.coder}"
    for event in coding.events:
        if not scheme.ethogram.has_code(event.code):
            raise _error(
                f"uses the code {event.code}, which scheme {scheme.id} does not know",
                "compare codings that were made with the same scheme",
                place,
            )
    own = coding.classification
    if own is not None and all(group.id != own.primary for group in scheme.rules.groups):
        raise _error(
            f"has the class {own.primary}, which scheme {scheme.id} does not know",
            "compare codings that were made with the same scheme",
            place,
        )


def _error(message: str, remedy: str, place: str) -> ComparisonError:
    return ComparisonError(
        Finding(code="comparison.impossible", message=message, place=place, remedy=remedy)
    )


def _classes(coding: Coding, reference: Coding, table: RuleTable) -> Iterator[ClassAgreement]:
    for level in levels_of(table):
        yield ClassAgreement(
            level=level,
            reference=class_at(level, reference.classification, table),
            own=class_at(level, coding.classification, table),
        )
