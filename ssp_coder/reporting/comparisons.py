"""A comparison with a reference as text, JSON and CSV."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from ssp_coder.agreement.comparison import (
    ClassAgreement,
    Comparison,
    Difference,
    DifferenceKind,
    RatingDifference,
    Totals,
)
from ssp_coder.domain.coding import Event
from ssp_coder.domain.scale import Missing, Points, Score
from ssp_coder.domain.scheme import Scheme
from ssp_coder.domain.time import short_clock_text
from ssp_coder.formats.columns import number_text, table_bytes
from ssp_coder.formats.comparison_table import ComparisonRow, comparison_table
from ssp_coder.formats.dialect import PLAIN, Dialect
from ssp_coder.formats.scores import slot_label
from ssp_coder.reporting.words import both, counted, score_words, share, signed_seconds

_KIND_WORDS = {
    DifferenceKind.MATCH: "match",
    DifferenceKind.WRONG_CODE: "wrong code",
    DifferenceKind.MISS: "miss",
    DifferenceKind.FALSE_ALARM: "false alarm",
}
_HEAD = (
    "",
    "reference",
    "own",
    "match",
    "miss",
    "false alarm",
    "wrong code",
    "taken for",
    "ends apart",
    "agreement",
    "lag",
)


def comparison_text(comparison: Comparison, scheme: Scheme) -> str:
    """The comparison for reading: totals, what differs in order of time, ratings, classes."""
    blocks = (
        tuple(_heading(comparison)),
        ("Per code", *_aligned(comparison.by_code, "code")),
        ("Per episode", *_aligned(comparison.by_episode, "episode")),
        ("What differs", *_differing(comparison.rows)),
        ("Ratings", *_ratings(comparison.ratings, scheme)),
        ("Class", *_classes(comparison.classes)),
    )
    return "\n\n".join("\n".join(lines) for lines in blocks) + "\n"


def _heading(comparison: Comparison) -> Iterator[str]:
    totals = comparison.overall
    tolerance = number_text(comparison.tolerance_us / 1_000_000)
    yield (
        f"Session {comparison.session}: coder {comparison.coder} compared with "
        f"{comparison.reference_coder}"
    )
    if not comparison.same_session:
        yield (
            f"Careful: the reference is of another session, {comparison.reference_session}; "
            "check that both codings are of one video"
        )
    found = (
        counted(totals.matches, "match", "matches"),
        counted(totals.wrong_codes, "wrong code"),
        counted(totals.misses, "miss", "misses"),
        counted(totals.false_alarms, "false alarm"),
    )
    yield (
        f"Events: {totals.n_reference} in the reference, {totals.n_own} own; {both(found)} "
        f"(onsets within {tolerance} s)"
    )
    yield (
        f"Agreement {share(totals.agreement)} (twice the matches over the events of both, "
        f"n = {totals.n_reference + totals.n_own}); median lag "
        f"{signed_seconds(totals.median_lag_us)}"
    )


def _aligned(all_totals: Sequence[Totals], by: str) -> Iterator[str]:
    """Totals as lines of one table with aligned columns."""
    if not all_totals:
        yield "  no events"
        return
    cells = [_HEAD, *(_cells(totals, by) for totals in all_totals)]
    widths = [max(map(len, column)) for column in zip(*cells, strict=True)]
    for row in cells:
        first, *rest = (
            cell.ljust(width) if place == 0 else cell.rjust(width)
            for place, (cell, width) in enumerate(zip(row, widths, strict=True))
        )
        yield f"  {first}  {'  '.join(rest)}"


def _cells(totals: Totals, by: str) -> tuple[str, ...]:
    name = totals.code if by == "code" else totals.episode
    return (
        name or "",
        str(totals.n_reference),
        str(totals.n_own),
        str(totals.matches),
        str(totals.misses),
        str(totals.false_alarms),
        str(totals.wrong_codes),
        str(totals.taken_for),
        str(totals.ends_apart),
        share(totals.agreement),
        signed_seconds(totals.median_lag_us),
    )


def _differing(rows: Sequence[Difference]) -> Iterator[str]:
    differing = [row for row in rows if row.kind is not DifferenceKind.MATCH or row.ends_apart]
    if not differing:
        yield "  nothing: every event is matched"
    for row in differing:
        episode = f" [{row.episode}]" if row.episode else ""
        yield f"  {short_clock_text(row.at_us)}{episode} {difference_words(row)}"


def difference_words(row: Difference) -> str:
    """What differs, in one clause."""
    kind = _KIND_WORDS[row.kind]
    if row.kind is DifferenceKind.WRONG_CODE and row.own is not None:
        return f"{kind}: {row.own.code} where the reference has {row.code}"
    if row.kind is DifferenceKind.MATCH:
        if row.end_lag_us is None:
            return f"{row.code}: only one of the two has ended"
        return f"{row.code}: end differs by {signed_seconds(row.end_lag_us)}"
    return f"{kind}: {row.code}"


def _ratings(ratings: Sequence[RatingDifference], scheme: Scheme) -> Iterator[str]:
    rated = [row for row in ratings if row.difference is not None]
    equal = sum(row.difference == 0 for row in rated)
    near = sum(abs(row.difference or 0) <= 1 for row in rated)
    yield (
        f"  {counted(len(rated), 'place')} rated in both: {equal} equal, {near} within one point"
    )
    for row in ratings:
        if row.reference != row.own:
            own, reference = score_words(row.own), score_words(row.reference)
            signed = "" if row.difference is None else f" ({row.difference:+g})"
            yield f"  {slot_label(row.slot, scheme)}: {own}, reference {reference}{signed}"


def _classes(classes: Sequence[ClassAgreement]) -> Iterator[str]:
    for entry in classes:
        verdict = {True: "agrees", False: "differs", None: "not comparable"}[entry.agrees]
        own, reference = entry.own or "none", entry.reference or "none"
        yield f"  {entry.level.value.replace('_', ' ')}: {own}, reference {reference}: {verdict}"


def comparison_csv(comparison: Comparison, dialect: Dialect = PLAIN) -> bytes:
    """The rows of a comparison, in order of time, as a CSV file."""
    rows = (ComparisonRow(comparison=comparison, row=row) for row in comparison.rows)
    return table_bytes(comparison_table(), rows, dialect)


def comparison_json(comparison: Comparison) -> dict[str, object]:
    """The comparison as values that JSON can hold; times in microseconds."""
    return {
        "session_id": comparison.session,
        "coder_id": comparison.coder,
        "reference_session_id": comparison.reference_session,
        "reference_coder_id": comparison.reference_coder,
        "same_session": comparison.same_session,
        "tolerance_us": comparison.tolerance_us,
        "overall": _totals_json(comparison.overall),
        "by_code": [_totals_json(totals) for totals in comparison.by_code],
        "by_episode": [_totals_json(totals) for totals in comparison.by_episode],
        "by_code_and_episode": [_totals_json(t) for t in comparison.by_code_and_episode],
        "rows": [_row_json(row) for row in comparison.rows],
        "ratings": [
            {
                "slot": row.slot,
                "reference": _score_json(row.reference),
                "own": _score_json(row.own),
                "difference": row.difference,
            }
            for row in comparison.ratings
        ],
        "classes": [
            {
                "level": entry.level.value,
                "reference": entry.reference or None,
                "own": entry.own or None,
                "agrees": entry.agrees,
            }
            for entry in comparison.classes
        ],
    }


def _totals_json(totals: Totals) -> dict[str, object]:
    return {
        "code": totals.code,
        "episode": totals.episode,
        "n_reference": totals.n_reference,
        "n_own": totals.n_own,
        "matches": totals.matches,
        "misses": totals.misses,
        "false_alarms": totals.false_alarms,
        "wrong_codes": totals.wrong_codes,
        "taken_for": totals.taken_for,
        "ends_apart": totals.ends_apart,
        "median_lag_us": totals.median_lag_us,
        "agreement": totals.agreement,
        "recall": totals.recall,
        "precision": totals.precision,
    }


def _row_json(row: Difference) -> dict[str, object]:
    return {
        "kind": row.kind.value,
        "code": row.code,
        "episode": row.episode,
        "at_us": row.at_us,
        "lag_us": row.lag_us,
        "end_lag_us": row.end_lag_us,
        "ends_apart": row.ends_apart,
        "reference": _event_json(row.reference),
        "own": _event_json(row.own),
    }


def _event_json(event: Event | None) -> dict[str, object] | None:
    if event is None:
        return None
    return {
        "id": event.id,
        "code": event.code,
        "subject": event.subject,
        "start_us": event.start_us,
        "end_us": event.end_us,
    }


def _score_json(score: Score) -> float | str:
    if isinstance(score, Points):
        return score.value
    return score.reason if isinstance(score, Missing) else score.value
