"""One row a coding: ratings, counts, the coder's class, what the table suggests, collapses."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from ssp_coder.domain.scale import Missing, Points, Scale, SlotId
from ssp_coder.domain.scheme import Scheme
from ssp_coder.formats.classes import class_columns
from ssp_coder.formats.columns import (
    RECORDED,
    Cell,
    Column,
    ColumnType,
    Table,
    merged_levels,
    number_text,
    provenance_words,
)
from ssp_coder.formats.dimensions import dimension_columns
from ssp_coder.formats.exportable import identity_columns
from ssp_coder.formats.score_row import ScoreRow
from ssp_coder.formats.visits import visit_columns
from ssp_coder.rules.intervals import FULL_INTERVALS, IntervalCount

SCORES_TABLE = "scores"
MISSING_SUFFIX = "_missing"
"""Ends the name of the column that says why a rating is missing."""
INTERVALS_SUFFIX = "_n"
"""Ends the name of the column that says in how many intervals was counted."""


def scores_table(schemes: Sequence[Scheme]) -> Table[ScoreRow]:
    """The columns of the scores for codings of these schemes."""
    slots = dict.fromkeys(slot.id for scheme in schemes for slot in scheme.slots)
    counts = dict.fromkeys(count.id for scheme in schemes for count in scheme.counts)
    return Table(
        name=SCORES_TABLE,
        columns=(
            *identity_columns(lambda row: row.coding),
            *_scheme_columns(),
            *visit_columns(schemes, lambda row: row.coding),
            *(column for slot in slots for column in _slot_columns(slot, schemes)),
            *(column for count in counts for column in _count_columns(count, schemes)),
            *dimension_columns(schemes),
            *class_columns(schemes),
            _locked_column(),
        ),
    )


def _scheme_columns() -> tuple[Column[ScoreRow], ...]:
    return (
        Column(
            name="scheme_id",
            label="Scheme",
            type=ColumnType.CATEGORY,
            value=lambda row: row.scheme.id,
        ),
        Column(
            name="scheme_version",
            label="Version of the scheme",
            type=ColumnType.CATEGORY,
            value=lambda row: row.scheme.version,
        ),
    )


def _slot_columns(slot_id: SlotId, schemes: Sequence[Scheme]) -> tuple[Column[ScoreRow], ...]:
    owners = [scheme for scheme in schemes if scheme.has_slot(slot_id)]
    scales = [scheme.scale_of(slot_id) for scheme in owners]
    label = slot_label(slot_id, owners[0])
    ranges = dict.fromkeys(_range_words(s) for s in scales)
    anchors = merged_levels(
        *(((number_text(a.point), a.text.english) for a in scale.anchors) for scale in scales)
    )
    reasons = merged_levels(
        *(((r.id, r.title.english) for r in scale.missing_reasons) for scale in scales)
    )
    return (
        Column(
            name=slot_id,
            label=label,
            type=ColumnType.NUMBER,
            value=lambda row: _points(row, slot_id),
            unit=f"points {' / '.join(ranges)}",
            levels=anchors,
            missing_code=f"empty: see {slot_id}{MISSING_SUFFIX}; empty there too: not rated",
            provenance=" / ".join(dict.fromkeys(provenance_words(s.provenance) for s in scales)),
        ),
        Column(
            name=f"{slot_id}{MISSING_SUFFIX}",
            label=f"{label}: why there is no number",
            type=ColumnType.CATEGORY,
            value=lambda row: _reason(row, slot_id),
            levels=reasons,
            missing_code="empty: rated, or not rated yet",
            provenance=RECORDED,
        ),
    )


def _range_words(scale: Scale) -> str:
    steps = "" if scale.step == 1 else f" by {number_text(scale.step)}"
    return f"{number_text(scale.minimum)}-{number_text(scale.maximum)}{steps}"


def slot_label(slot_id: SlotId, scheme: Scheme) -> str:
    """Scale, person and episode of a place to be rated."""
    slot = scheme.slot(slot_id)
    words = [scheme.scale(slot.scale).title.english]
    if slot.toward is not None:
        words.append(f"toward {scheme.procedure.person(slot.toward).title.english.lower()}")
    words.append("whole session" if slot.episode is None else f"episode {slot.episode}")
    return ", ".join(words)


def _points(row: ScoreRow, slot_id: SlotId) -> Cell:
    score = row.coding.score(slot_id)
    return score.value if isinstance(score, Points) else None


def _reason(row: ScoreRow, slot_id: SlotId) -> Cell:
    score = row.coding.score(slot_id)
    return score.reason if isinstance(score, Missing) else None


def _count_columns(count_id: str, schemes: Sequence[Scheme]) -> tuple[Column[ScoreRow], ...]:
    counts = [count for scheme in schemes for count in scheme.counts if count.id == count_id]
    label = " / ".join(dict.fromkeys(f"{c.title.english}, episode {c.episode}" for c in counts))
    codes = ", ".join(dict.fromkeys(code for count in counts for code in count.codes))
    seconds = " / ".join(dict.fromkeys(number_text(c.interval_us / 1_000_000) for c in counts))
    unknown = "empty: the episode's start or end is not marked, or nobody coded this group"
    return (
        Column(
            name=count_id,
            label=label,
            type=ColumnType.INTEGER,
            value=_of_count(count_id, lambda count: count.raw),
            unit=f"intervals of {seconds} s",
            missing_code=unknown,
            note=f"intervals in which any of {codes} occurs, as counted and not prorated",
        ),
        Column(
            name=f"{count_id}{INTERVALS_SUFFIX}",
            label=f"{label}: intervals of the episode",
            type=ColumnType.INTEGER,
            value=_of_count(count_id, lambda count: count.n_intervals),
            unit=f"intervals of {seconds} s",
            missing_code=unknown,
            note="a rest of at least half an interval counts as one (project default); the rule "
            f"table reads the count prorated to {number_text(FULL_INTERVALS)} intervals",
        ),
    )


def _of_count(count_id: str, take: Callable[[IntervalCount], int]) -> Callable[[ScoreRow], Cell]:
    def value(row: ScoreRow) -> Cell:
        counted = dict(row.counts).get(count_id)
        return None if counted is None else take(counted)

    return value


def _locked_column() -> Column[ScoreRow]:
    return Column(
        name="locked",
        label="Whether the coding is closed against changes",
        type=ColumnType.FLAG,
        value=lambda row: row.coding.locked,
        levels=(("1", "yes"), ("0", "no")),
    )
