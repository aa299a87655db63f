"""The coded timeline: one row an event, in the order of time."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass

from ssp_coder.domain.coding import Coding, Event
from ssp_coder.domain.ethogram import Code, CodeGroup, CodeKind, Modifier
from ssp_coder.domain.scheme import Scheme
from ssp_coder.domain.session import episode_id_at, episode_spans
from ssp_coder.domain.time import Micros
from ssp_coder.formats.columns import (
    RECORDED,
    Cell,
    Column,
    ColumnType,
    Table,
    merged_levels,
    provenance_words,
)
from ssp_coder.formats.exportable import Exportable, identity_columns
from ssp_coder.formats.presence import PresenceTrack

EVENTS_TABLE = "events"
SCHEMA_VERSION = 1
"""Raised when a column of the timeline changes its meaning."""

NEEDED = ("subject", "behaviour", "group", "start_s", "stop_s")
"""Without these columns there are no events to read."""


@dataclass(frozen=True, slots=True, kw_only=True)
class EventRow:
    """One event with what was true at its onset.

    Attributes:
        episode: id of the episode of the onset, empty outside all of them.
        present: pairs of presence column and whether that person was in the room.
    """

    coding: Coding
    scheme: Scheme
    event: Event
    episode: str
    present: tuple[tuple[str, bool | None], ...]

    @property
    def code(self) -> Code:
        """What was coded."""
        return self.scheme.ethogram.code(self.event.code)


def event_rows(entry: Exportable) -> Iterator[EventRow]:
    """The rows of one coding."""
    coding, scheme = entry.coding, entry.scheme
    spans = episode_spans(coding, scheme.procedure)
    tracks = tuple(
        (person.presence_column, PresenceTrack(coding, scheme, person.id, spans))
        for person in scheme.procedure.persons
        if person.presence_column
    )
    for event in coding.events:
        yield EventRow(
            coding=coding,
            scheme=scheme,
            event=event,
            episode=episode_id_at(spans, event.start_us) or "",
            present=tuple((column, track.at(event.start_us)) for column, track in tracks),
        )


def timeline_table(schemes: Sequence[Scheme]) -> Table[EventRow]:
    """The columns of the timeline for codings of these schemes."""
    return Table(
        name=EVENTS_TABLE,
        columns=(
            *identity_columns(lambda row: row.coding),
            *_what_columns(schemes),
            *(_modifier_column(name, schemes) for name in modifier_columns(schemes)),
            *_time_columns(),
            *(_presence_column(name, schemes) for name in presence_columns(schemes)),
            *_closing_columns(),
        ),
    )


def modifier_columns(schemes: Sequence[Scheme]) -> tuple[str, ...]:
    """Names of the columns that hold modifiers, each once."""
    names = (modifier.column for scheme in schemes for modifier in scheme.ethogram.modifiers)
    return tuple(dict.fromkeys(names))


def presence_columns(schemes: Sequence[Scheme]) -> tuple[str, ...]:
    """Names of the columns that say who was in the room, each once."""
    persons = (person for scheme in schemes for person in scheme.procedure.persons)
    return tuple(dict.fromkeys(p.presence_column for p in persons if p.presence_column))


def media_names(coding: Coding) -> str:
    """Names of the video files, without folders."""
    return "; ".join(media.name for media in coding.media)


def _what_columns(schemes: Sequence[Scheme]) -> tuple[Column[EventRow], ...]:
    return (
        Column(
            name="media_file",
            label="Video file",
            type=ColumnType.TEXT,
            value=lambda row: media_names(row.coding),
            note="name without folders",
        ),
        Column(
            name="episode",
            label="Episode of the onset",
            type=ColumnType.CATEGORY,
            value=lambda row: row.episode,
            levels=episode_levels(schemes),
            missing_code="empty: outside every marked episode",
            note="an event that runs into the next episode stays one row",
        ),
        Column(
            name="subject",
            label="Whose behaviour",
            type=ColumnType.CATEGORY,
            value=lambda row: row.event.subject,
            levels=_person_levels(schemes),
            provenance=RECORDED,
        ),
        Column(
            name="behaviour",
            label="Behaviour",
            type=ColumnType.CATEGORY,
            value=lambda row: row.code.name,
            levels=_behaviour_levels(schemes),
            provenance=_ethogram_words(schemes),
            note="unique only together with group",
        ),
        Column(
            name="group",
            label="Group of behaviours",
            type=ColumnType.CATEGORY,
            value=lambda row: row.code.group,
            levels=_group_levels(schemes),
        ),
        Column(
            name="type",
            label="Whether it lasts",
            type=ColumnType.CATEGORY,
            value=lambda row: row.code.kind.value,
            levels=((CodeKind.POINT.value, "no length"), (CodeKind.STATE.value, "lasts")),
        ),
    )


def episode_levels(schemes: Sequence[Scheme]) -> tuple[tuple[str, str], ...]:
    """Episode ids and their names."""
    return merged_levels(
        *(((plan.id, plan.title.english) for plan in s.procedure.episodes) for s in schemes)
    )


def _person_levels(schemes: Sequence[Scheme]) -> tuple[tuple[str, str], ...]:
    return merged_levels(
        *(((person.id, person.title.english) for person in s.procedure.persons) for s in schemes)
    )


def _behaviour_levels(schemes: Sequence[Scheme]) -> tuple[tuple[str, str], ...]:
    return merged_levels(
        *(((code.name, code.title.english) for code in s.ethogram.codes()) for s in schemes)
    )


def _group_levels(schemes: Sequence[Scheme]) -> tuple[tuple[str, str], ...]:
    return merged_levels(
        *(((group.id, _group_words(group)) for group in s.ethogram.groups) for s in schemes)
    )


def _group_words(group: CodeGroup) -> str:
    return f"{group.title.english} (one at a time)" if group.exclusive else group.title.english


def _modifier_column(name: str, schemes: Sequence[Scheme]) -> Column[EventRow]:
    modifiers = [m for s in schemes for m in s.ethogram.modifiers if m.column == name]
    return Column(
        name=name,
        label=" / ".join(dict.fromkeys(modifier.title.english for modifier in modifiers)),
        type=ColumnType.CATEGORY,
        value=lambda row: _modifier_cell(row, name),
        levels=merged_levels(*(_choices(modifier) for modifier in modifiers)),
        missing_code="empty: not asked or not given",
        provenance=RECORDED,
    )


def _choices(modifier: Modifier) -> tuple[tuple[str, str], ...]:
    return tuple((choice.id, choice.title.english) for choice in modifier.values)


def _modifier_cell(row: EventRow, column: str) -> Cell:
    for modifier in row.scheme.ethogram.modifiers:
        value = row.event.modifier(modifier.id)
        if modifier.column == column and value:
            return value
    return None


def _time_columns() -> tuple[Column[EventRow], ...]:
    return (
        _seconds("start_s", "Onset", lambda row: row.event.start_us),
        _seconds("stop_s", "End", lambda row: row.event.end_us, "empty: still open"),
        _seconds("duration_s", "Length", _length_us, "empty: still open"),
        _clock("start_time", "Onset, to read", lambda row: row.event.start_us),
        _clock("stop_time", "End, to read", lambda row: row.event.end_us),
        _frame("start_frame", "Frame of the onset", lambda row: row.event.start_frame),
        _frame("stop_frame", "Frame of the end", lambda row: row.event.end_frame),
        _lag("start_lag_s", "Reaction lag taken off the onset", lambda row: row.event.start_lag_us),
        _lag("stop_lag_s", "Reaction lag taken off the end", _end_lag_us),
    )


def _end_lag_us(row: EventRow) -> int | None:
    return None if row.event.end_us is None else row.event.end_lag_us


def _length_us(row: EventRow) -> int | None:
    event = row.event
    return None if event.end_us is None else event.end_us - event.start_us


def _seconds(
    name: str, label: str, value: Callable[[EventRow], Micros | int | None], missing: str = "empty"
) -> Column[EventRow]:
    return Column(
        name=name,
        label=label,
        type=ColumnType.SECONDS,
        value=value,
        unit="s of media time",
        missing_code=missing,
        note="six digits, exact to the microsecond; the end is exclusive",
    )


def _lag(name: str, label: str, value: Callable[[EventRow], int | None]) -> Column[EventRow]:
    return Column(
        name=name,
        label=label,
        type=ColumnType.SECONDS,
        value=value,
        unit="s of media time",
        missing_code="empty: still open",
        note="0 where nothing was taken off; add it to get the frame that was on the screen",
    )


def _clock(name: str, label: str, value: Callable[[EventRow], Micros | None]) -> Column[EventRow]:
    return Column(
        name=name,
        label=label,
        type=ColumnType.CLOCK,
        value=value,
        unit="hh:mm:ss.mmm",
        note="cut to the millisecond; calculate with the column in seconds",
    )


def _frame(name: str, label: str, value: Callable[[EventRow], int | None]) -> Column[EventRow]:
    return Column(
        name=name,
        label=label,
        type=ColumnType.INTEGER,
        value=value,
        unit="frame, from 0",
        missing_code="empty: not known",
        note="ordinal of the frame in presentation order",
    )


def _presence_column(name: str, schemes: Sequence[Scheme]) -> Column[EventRow]:
    titles = (
        person.title.english
        for scheme in schemes
        for person in scheme.procedure.persons
        if person.presence_column == name
    )
    return Column(
        name=name,
        label=f"{' / '.join(dict.fromkeys(titles))} in the room at the onset",
        type=ColumnType.FLAG,
        value=lambda row: dict(row.present).get(name),
        levels=(("1", "yes"), ("0", "no")),
        missing_code="empty: not coded, and outside every marked episode",
        note="as coded; without coded presence as the episode plans it",
    )


def _closing_columns() -> tuple[Column[EventRow], ...]:
    return (
        Column(
            name="comment",
            label="Comment",
            type=ColumnType.TEXT,
            value=lambda row: row.event.comment,
            provenance=RECORDED,
        ),
        Column(
            name="schema_version",
            label="Version of this table's columns",
            type=ColumnType.INTEGER,
            value=lambda _row: SCHEMA_VERSION,
        ),
    )


def _ethogram_words(schemes: Sequence[Scheme]) -> str:
    return "; ".join(
        f"ethogram {s.ethogram.id} {s.ethogram.version}, {provenance_words(s.ethogram.provenance)}"
        for s in schemes
    )
