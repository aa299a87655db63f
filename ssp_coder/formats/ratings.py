"""Ratings read from a scores table, as facts for the rule table."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

from ssp_coder.domain.coding import DDecision
from ssp_coder.domain.finding import Finding, Severity
from ssp_coder.domain.ruletable import RuleInput
from ssp_coder.domain.scale import NOT_RATED, Missing, Points, Scale, Score, SlotId
from ssp_coder.domain.scheme import Scheme
from ssp_coder.domain.verdict import DECISION_INPUT, Facts
from ssp_coder.formats import cells
from ssp_coder.formats.classes import DECISION_LEVELS
from ssp_coder.formats.columns import number_text
from ssp_coder.formats.dialect import Row, Sheet, read_sheet, sheet_from_bytes
from ssp_coder.formats.errors import Faults, place_in
from ssp_coder.formats.guard import without_guard
from ssp_coder.formats.other_names import with_own_names
from ssp_coder.formats.scores import INTERVALS_SUFFIX, MISSING_SUFFIX, scores_table
from ssp_coder.rules.facts import facts_from_scores

SESSION = "session_id"


@dataclass(frozen=True, slots=True, kw_only=True)
class RatingsRow:
    """The facts of one row.

    Attributes:
        coder: empty when the file names none.
        line: line of the file.
    """

    session: str
    coder: str
    line: int
    facts: Facts


@dataclass(frozen=True, slots=True, kw_only=True)
class RatingsFile:
    """What a ratings file holds.

    Attributes:
        notes: what was passed over, for the person to read.
    """

    file: str
    rows: tuple[RatingsRow, ...]
    notes: tuple[Finding, ...]


def read_ratings(path: Path, scheme: Scheme, *, numbering: str = "") -> RatingsFile:
    """Read ratings in the columns of the scores table.

    An empty cell is not rated; the id of a missing reason, in the cell or in the companion column,
    is a place that cannot be rated. A count beside its number of intervals is prorated as the
    program does with its own. Without a column for the input of the disorganization rule, D counts
    as not assessed. Headers of other laboratories are read by the aliases of the scales, and a note
    says which as what.

    Args:
        path: the file.
        scheme: what the ratings are for.
        numbering: how other laboratories' headers count episodes (`other_names.numberings`); needed
            only where their numbers can mean more than one episode.

    Raises:
        FormatError: lists what is wrong, up to twenty faults with line, column and allowed values.
    """
    return _ratings_of(without_guard(read_sheet(path), path), scheme, numbering)


def ratings_from_text(
    text: str, scheme: Scheme, *, file: str = "ratings", numbering: str = ""
) -> RatingsFile:
    """Read ratings that are already in memory.

    Raises:
        FormatError: as `read_ratings`.
    """
    content = text.encode("utf-8", "surrogatepass")
    return _ratings_of(sheet_from_bytes(content, file), scheme, numbering)


def _ratings_of(as_written: Sheet, scheme: Scheme, numbering: str) -> RatingsFile:
    as_written.require((SESSION,))
    known = _known_columns(scheme)
    sheet, read_as = with_own_names(as_written, scheme, numbering, known)
    faults = Faults(sheet.file)
    headers = dict(zip(sheet.columns, as_written.columns, strict=True))
    reader = _RatingsReader(headers, scheme, faults)
    rows = tuple(reader.row(row) for row in sheet.rows)
    faults.refuse_if_any()
    return RatingsFile(file=sheet.file, rows=rows, notes=(*read_as, *_notes(sheet, scheme, known)))


def _known_columns(scheme: Scheme) -> frozenset[str]:
    return frozenset(scores_table((scheme,)).names()) | {entry.id for entry in scheme.rules.inputs}


def _notes(sheet: Sheet, scheme: Scheme, known: frozenset[str]) -> Iterator[Finding]:
    extra = [column for column in sheet.columns if column not in known]
    if extra:
        yield Finding(
            code="ratings.extra_column",
            message=f"passed over, because they are not part of the scores: {', '.join(extra)}",
            place=place_in(sheet.file, line=1),
            severity=Severity.NOTE,
        )
    if all(entry.id not in sheet.columns for entry in scheme.rules.inputs):
        yield Finding(
            code="ratings.no_input",
            message=f"holds no column that rule table {scheme.rules.id} reads, such as "
            f"{scheme.rules.inputs[0].id}",
            place=place_in(sheet.file, line=1),
            severity=Severity.WARNING,
        )


@dataclass(frozen=True, slots=True, kw_only=True)
class _Place:
    """A place to be rated, as its cells are read: once a file and not once a row."""

    slot: SlotId
    why: str
    scale: Scale
    reasons: tuple[str, ...]
    allowed: str


def _place(scheme: Scheme, slot: SlotId) -> _Place:
    scale = scheme.scale_of(slot)
    reasons = tuple(reason.id for reason in scale.missing_reasons)
    return _Place(
        slot=slot,
        why=f"{slot}{MISSING_SUFFIX}",
        scale=scale,
        reasons=reasons,
        allowed=f"write {number_text(scale.minimum)} to {number_text(scale.maximum)} in steps of "
        f"{number_text(scale.step)}, one of {', '.join(reasons)}, or leave it empty",
    )


class _RatingsReader:
    """Makes facts of rows; what is wrong goes to the faults.

    `headers` gives for each column what the file calls it, for the person to find it again.
    """

    def __init__(self, headers: Mapping[str, str], scheme: Scheme, faults: Faults) -> None:
        self._headers = headers
        self._scheme = scheme
        self._faults = faults
        self._inputs = {entry.id: entry for entry in scheme.rules.inputs}
        self._counts = [one for name, one in self._inputs.items() if not scheme.has_slot(name)]
        places = [_place(scheme, slot.id) for slot in scheme.slots]
        self._places = [one for one in places if one.slot in headers or one.why in headers]

    def row(self, row: Row) -> RatingsRow:
        """The facts of a row; incomplete when it has faults."""
        session = row.cell(SESSION)
        if not session:
            self._fault(row, SESSION, "the session is not named", "write the session's id")
        scores: dict[str, Score] = {one.slot: self._rating(row, one) for one in self._places}
        scores |= {entry.id: self._count(row, entry) for entry in self._counts}
        rule = self._scheme.rules.disorganization
        return RatingsRow(
            session=session,
            coder=row.cell("coder_id"),
            line=row.line,
            facts=facts_from_scores(
                {name: scores.get(name, NOT_RATED) for name in self._inputs},
                d_decision=self._decision(row),
                d_assessed=rule is not None and rule.input in self._headers,
            ),
        )

    def _fault(self, row: Row, column: str, message: str, remedy: str) -> None:
        header = self._headers.get(column, column)
        self._faults.add("ratings.cell", message, remedy, line=row.line, column=header)

    def _rating(self, row: Row, place: _Place) -> Score:
        slot, reasons = place.slot, place.reasons
        text, why = row.cell(slot), row.cell(place.why)
        if why and why not in reasons:
            message = f"there is no reason {why!r}"
            self._fault(row, place.why, message, f"use one of {', '.join(reasons)}")
            return NOT_RATED
        if text in reasons or (why and not text):
            return Missing(text or why)
        if not text:
            return NOT_RATED
        value = self._number(row, slot, place.allowed)
        if value is None:
            return NOT_RATED
        if why:
            message = f"{text} stands beside the reason {why} why there is no number"
            self._fault(row, slot, message, "keep one of the two")
        elif not place.scale.allows(value):
            self._fault(row, slot, f"{text} is no point of the scale", place.allowed)
        return Points(value)

    def _count(self, row: Row, entry: RuleInput) -> Score:
        if not row.cell(entry.id):
            return NOT_RATED
        low, high = number_text(entry.minimum), number_text(entry.maximum)
        allowed = f"write {low} to {high}, or leave it empty"
        value = self._number(row, entry.id, allowed)
        if value is None:
            return NOT_RATED
        intervals_column = f"{entry.id}{INTERVALS_SUFFIX}"
        if not row.cell(intervals_column):
            if not entry.minimum <= value <= entry.maximum:
                message = f"{row.cell(entry.id)} lies outside {low} to {high}"
                self._fault(row, entry.id, message, allowed)
            return Points(value)
        return self._prorated(row, entry, value)

    def _prorated(self, row: Row, entry: RuleInput, value: float) -> Score:
        column = f"{entry.id}{INTERVALS_SUFFIX}"
        intervals = self._number(row, column, "write the number of intervals of the episode")
        if intervals is None:
            return NOT_RATED
        if intervals <= 0 or not 0 <= value <= intervals:
            message = f"{number_text(value)} of {number_text(intervals)} intervals is impossible"
            self._fault(row, entry.id, message, f"correct it or column {column}")
            return NOT_RATED
        prorated = value * entry.maximum / intervals
        return Points(min(entry.maximum, max(entry.minimum, prorated)))

    def _number(self, row: Row, column: str, remedy: str) -> float | None:
        try:
            return float(cells.number(row.cell(column)))
        except ValueError as error:
            self._fault(row, column, str(error), remedy)
            return None

    def _decision(self, row: Row) -> DDecision | None:
        text = row.cell(DECISION_INPUT)
        known = tuple(name for name, _ in DECISION_LEVELS)
        if text and text not in known:
            message = f"{text!r} is not a decision"
            remedy = f"use one of {', '.join(known)}, or leave it empty"
            self._fault(row, DECISION_INPUT, message, remedy)
        return DDecision(text) if text in set(DDecision) else None
