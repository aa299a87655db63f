"""One row an episode of the plan and coding: where it lies and how it differs from the plan."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass

from ssp_coder.domain.coding import Coding
from ssp_coder.domain.procedure import EpisodeKind
from ssp_coder.domain.scheme import Scheme
from ssp_coder.domain.session import EpisodeSpan, EpisodeStatus, episode_spans
from ssp_coder.formats.columns import (
    RECORDED,
    Cell,
    Column,
    ColumnType,
    Table,
    provenance_words,
)
from ssp_coder.formats.exportable import Exportable, identity_columns
from ssp_coder.formats.timeline import episode_levels
from ssp_coder.formats.visits import episode_visit_columns

EPISODES_TABLE = "episodes"
_STATUS_LEVELS = (
    (EpisodeStatus.AS_PLANNED.value, "within the procedure's tolerance of the planned length"),
    (EpisodeStatus.CURTAILED.value, "shorter than planned"),
    (EpisodeStatus.EXTENDED.value, "longer than planned"),
    (EpisodeStatus.MISSING.value, "did not take place"),
    (EpisodeStatus.UNMARKED.value, "not marked yet"),
    (EpisodeStatus.RUNNING.value, "its end is not marked yet"),
)


@dataclass(frozen=True, slots=True, kw_only=True)
class EpisodeRow:
    """One episode of one coding.

    Attributes:
        end_frame: frame of the mark that ends it, or None.
    """

    coding: Coding
    span: EpisodeSpan
    end_frame: int | None


def episode_rows(entry: Exportable) -> Iterator[EpisodeRow]:
    """The rows of one coding, in the plan's order."""
    coding = entry.coding
    frames = {mark.start_us: mark.start_frame for mark in coding.episodes}
    if coding.session_end is not None:
        frames[coding.session_end.at_us] = coding.session_end.frame
    for span in episode_spans(coding, entry.scheme.procedure):
        end_frame = None if span.end_us is None else frames.get(span.end_us)
        yield EpisodeRow(coding=coding, span=span, end_frame=end_frame)


def episodes_table(schemes: Sequence[Scheme]) -> Table[EpisodeRow]:
    """The columns of the episodes for codings of these schemes."""
    return Table(
        name=EPISODES_TABLE,
        columns=(
            *identity_columns(lambda row: row.coding),
            *_plan_columns(schemes),
            *_length_columns(),
            *_course_columns(),
            *episode_visit_columns(schemes, lambda row: row.coding, lambda row: row.span.plan.id),
            *_place_columns(),
        ),
    )


def _plan_columns(schemes: Sequence[Scheme]) -> tuple[Column[EpisodeRow], ...]:
    plan = "; ".join(
        f"procedure {s.procedure.id} {s.procedure.version}, "
        f"{provenance_words(s.procedure.provenance)}"
        for s in schemes
    )
    return (
        Column(
            name="episode",
            label="Episode",
            type=ColumnType.CATEGORY,
            value=lambda row: row.span.plan.id,
            levels=episode_levels(schemes),
            provenance=plan,
        ),
        Column(
            name="number",
            label="Place in the procedure, from 1",
            type=ColumnType.INTEGER,
            value=lambda row: row.span.plan.number,
            provenance=plan,
        ),
        Column(
            name="kind",
            label="What the episode is for",
            type=ColumnType.CATEGORY,
            value=lambda row: row.span.plan.kind.value,
            levels=tuple((kind.value, kind.value) for kind in EpisodeKind),
            provenance=plan,
        ),
        Column(
            name="reunion_index",
            label="Which reunion",
            type=ColumnType.INTEGER,
            value=lambda row: row.span.plan.reunion or None,
            missing_code="empty: no reunion",
            provenance=plan,
        ),
    )


def _length_columns() -> tuple[Column[EpisodeRow], ...]:
    unknown = "empty: not marked or did not take place"
    return (
        _seconds("start_s", "Start, at its cue", lambda row: row.span.start_us, unknown),
        _seconds("end_s", "End: start of the next, or session end", _end_us, unknown),
        _seconds("actual_s", "Real length", lambda row: row.span.length_us, unknown),
        _seconds("planned_s", "Planned length", lambda row: row.span.plan.planned_us, "never"),
        _seconds("difference_s", "Real minus planned length", _difference_us, unknown),
    )


def _end_us(row: EpisodeRow) -> int | None:
    return row.span.end_us


def _difference_us(row: EpisodeRow) -> int | None:
    length_us = row.span.length_us
    return None if length_us is None else length_us - row.span.plan.planned_us


def _seconds(
    name: str, label: str, value: Callable[[EpisodeRow], Cell], missing: str
) -> Column[EpisodeRow]:
    return Column(
        name=name,
        label=label,
        type=ColumnType.SECONDS,
        value=value,
        unit="s of media time" if name in {"start_s", "end_s"} else "s",
        missing_code=missing,
        note="six digits, exact to the microsecond",
    )


def _course_columns() -> tuple[Column[EpisodeRow], ...]:
    return (
        Column(
            name="status",
            label="How it went",
            type=ColumnType.CATEGORY,
            value=lambda row: row.span.status.value,
            levels=_STATUS_LEVELS,
        ),
        Column(
            name="deviates_from_procedure",
            label="Whether the procedure does not foresee that length",
            type=ColumnType.FLAG,
            value=lambda row: row.span.deviates,
            levels=(("1", "yes"), ("0", "no")),
        ),
        Column(
            name="reason",
            label="Why it was missing, curtailed or extended",
            type=ColumnType.TEXT,
            value=lambda row: row.span.mark.reason if row.span.mark else None,
            provenance=RECORDED,
        ),
        Column(
            name="note",
            label="Note",
            type=ColumnType.TEXT,
            value=lambda row: row.span.mark.note if row.span.mark else None,
            provenance=RECORDED,
        ),
    )


def _place_columns() -> tuple[Column[EpisodeRow], ...]:
    return (
        _clock("start_time", "Start, to read", lambda row: row.span.start_us),
        _clock("end_time", "End, to read", _end_us),
        _frame("start_frame", "Frame of the start", _start_frame),
        _frame("end_frame", "Frame of the end", lambda row: row.end_frame),
    )


def _start_frame(row: EpisodeRow) -> int | None:
    return row.span.mark.start_frame if row.span.mark else None


def _clock(name: str, label: str, value: Callable[[EpisodeRow], Cell]) -> Column[EpisodeRow]:
    return Column(
        name=name,
        label=label,
        type=ColumnType.CLOCK,
        value=value,
        unit="hh:mm:ss.mmm",
        note="cut to the millisecond; calculate with the column in seconds",
    )


def _frame(name: str, label: str, value: Callable[[EpisodeRow], Cell]) -> Column[EpisodeRow]:
    return Column(
        name=name,
        label=label,
        type=ColumnType.INTEGER,
        value=value,
        unit="frame, from 0",
        missing_code="empty: not known",
    )
