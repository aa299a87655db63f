"""A coding as rows of tables, and back."""

from __future__ import annotations

import sqlite3
from collections.abc import Callable
from dataclasses import replace
from functools import lru_cache
from typing import Any

from ssp_coder.domain.coding import (
    Classification,
    Coding,
    CodingRole,
    DDecision,
    DIndex,
    EpisodeMark,
    Event,
    IndexStrength,
    Media,
    OffsetSource,
    SessionEnd,
    VisitAnswer,
)
from ssp_coder.domain.ethogram import ModifierId
from ssp_coder.domain.procedure import SubjectId
from ssp_coder.domain.scale import Missing, Points, Rating
from ssp_coder.domain.time import Span
from ssp_coder.editing.change import PIECEWISE, Change, FieldChange
from ssp_coder.storage.edit_json import read_value, value_text
from ssp_coder.storage.remark_rows import COMMENT, INTERVAL_MARK, comment_from, interval_from
from ssp_coder.storage.table import Row, Table, Write, rows_of

_Modifiers = tuple[tuple[ModifierId, str], ...]
_Subjects = tuple[SubjectId, ...]
_Words = tuple[str, ...]
_Ids = tuple[int, ...]
_Spans = tuple[Span, ...]


def writes_of(coding: Coding) -> tuple[Write, ...]:
    """What writes a whole coding into empty tables."""
    return tuple((table.insert, row) for table in TABLES for row in table.rows(coding))


def writes_for(change: Change, after: Coding) -> tuple[Write, ...]:
    """What brings the tables from the value before a change to the value after it."""
    writes: list[Write] = [(EVENT.delete, (event.id,)) for event in change.removed]
    writes += [(EVENT.insert, _event_row(event)) for event in change.added]
    # The events stay out: their rows are known already and there may be very many.
    new = replace(after, events=(), **_entries(change, lambda field: field.after))
    old = replace(new, **{field.name: field.before for field in change.fields})
    touched = {field.name for field in change.fields}
    for table in TABLES:
        if table.fields & touched:
            writes += _row_writes(table, table.rows(old), table.rows(new))
    return tuple(writes)


def _entries(change: Change, side: Callable[[FieldChange], object]) -> dict[str, Any]:
    """Of the fields that change entry by entry, only the entries that do."""
    return {field.name: side(field) for field in change.fields if field.name in PIECEWISE}


def _row_writes(table: Table, old: tuple[Row, ...], new: tuple[Row, ...]) -> list[Write]:
    kept = set(old) & set(new)
    gone: list[Write] = [(table.delete, row[:1]) for row in old if row not in kept]
    return gone + [(table.insert, row) for row in new if row not in kept]


def read_coding(connection: sqlite3.Connection) -> Coding:
    """The coding that the tables hold.

    Raises:
        ValueError: a row is missing or holds an unknown word.
        StorageError: a list in a row cannot be read.
        sqlite3.Error: the file cannot be read.
    """
    own = rows_of(connection, CODING)
    if len(own) != 1:
        raise ValueError("the table of the coding itself does not have one row")
    (
        _,
        session,
        coder,
        role,
        end_us,
        end_frame,
        next_event,
        next_index,
        locked,
        next_comment,
    ) = own[0]
    classes = rows_of(connection, CLASSIFICATION)
    session_end = None if end_us is None else SessionEnd(at_us=end_us, frame=end_frame)
    return Coding(
        session=session,
        coder=coder,
        role=CodingRole(role),
        media=tuple(map(_media_from, rows_of(connection, MEDIA))),
        events=tuple(map(_event_from, rows_of(connection, EVENT))),
        episodes=tuple(map(_mark_from, rows_of(connection, EPISODE))),
        session_end=session_end,
        ratings=tuple(map(_rating_from, rows_of(connection, RATING))),
        d_indices=tuple(map(_index_from, rows_of(connection, D_INDEX))),
        classification=_classification_from(classes[0]) if classes else None,
        visit=tuple(map(_answer_from, rows_of(connection, VISIT))),
        comments=tuple(map(comment_from, rows_of(connection, COMMENT))),
        intervals=tuple(map(interval_from, rows_of(connection, INTERVAL_MARK))),
        next_event=next_event,
        next_index=next_index,
        next_comment=next_comment,
        locked=bool(locked),
    )


def _coding_rows(coding: Coding) -> tuple[Row, ...]:
    end = coding.session_end
    return (
        (
            1,
            coding.session,
            coding.coder,
            str(coding.role),
            None if end is None else end.at_us,
            None if end is None else end.frame,
            coding.next_event,
            coding.next_index,
            int(coding.locked),
            coding.next_comment,
        ),
    )


def _media_rows(coding: Coding) -> tuple[Row, ...]:
    return tuple(
        (
            place,
            media.name,
            media.relative_path,
            media.size,
            media.fingerprint,
            media.duration_us,
            media.frame_count,
            media.offset_us,
            str(media.offset_source),
        )
        for place, media in enumerate(coding.media)
    )


def _media_from(row: Row) -> Media:
    _, name, relative_path, size, fingerprint, duration_us, frame_count, offset_us, source = row
    return Media(
        name=name,
        relative_path=relative_path,
        size=size,
        fingerprint=fingerprint,
        duration_us=duration_us,
        frame_count=frame_count,
        offset_us=offset_us,
        offset_source=OffsetSource(source),
    )


def _event_row(event: Event) -> Row:
    return (
        event.id,
        event.code,
        event.subject,
        event.start_us,
        event.end_us,
        _modifiers_text(event.modifiers),
        event.comment,
        event.start_frame,
        event.end_frame,
        event.start_lag_us,
        event.end_lag_us,
    )


@lru_cache(maxsize=256)
def _modifiers_text(modifiers: _Modifiers) -> str:
    return value_text(_Modifiers, modifiers)


@lru_cache(maxsize=256)
def _modifiers_from(text: str) -> _Modifiers:
    modifiers: _Modifiers = read_value(_Modifiers, text, place="event.modifiers")
    return modifiers


def _event_from(row: Row) -> Event:
    (
        identity,
        code,
        subject,
        start_us,
        end_us,
        modifiers,
        comment,
        start_frame,
        end_frame,
        start_lag_us,
        end_lag_us,
    ) = row
    return Event(
        id=identity,
        code=code,
        subject=subject,
        start_us=start_us,
        end_us=end_us,
        modifiers=_modifiers_from(modifiers),
        comment=comment,
        start_frame=start_frame,
        end_frame=end_frame,
        start_lag_us=start_lag_us,
        end_lag_us=end_lag_us,
    )


def _episode_rows(coding: Coding) -> tuple[Row, ...]:
    return tuple(
        (mark.episode, place, mark.start_us, mark.start_frame, mark.reason, mark.note)
        for place, mark in enumerate(coding.episodes)
    )


def _mark_from(row: Row) -> EpisodeMark:
    episode, _, start_us, start_frame, reason, note = row
    return EpisodeMark(
        episode=episode, start_us=start_us, start_frame=start_frame, reason=reason, note=note
    )


def _rating_rows(coding: Coding) -> tuple[Row, ...]:
    return tuple(_rating_row(rating) for rating in coding.ratings)


def _rating_row(rating: Rating) -> Row:
    score = rating.score
    points = score.value if isinstance(score, Points) else None
    missing = score.reason if isinstance(score, Missing) else None
    evidence = value_text(_Ids, rating.evidence)
    clips = value_text(_Spans, rating.clips)
    return (rating.slot, points, missing, rating.note, evidence, clips)


def _rating_from(row: Row) -> Rating:
    slot, points, missing, note, evidence, clips = row
    return Rating(
        slot=slot,
        score=Missing(missing) if points is None else Points(points),
        note=note,
        evidence=read_value(_Ids, evidence, place="rating.evidence"),
        clips=read_value(_Spans, clips, place="rating.clips"),
    )


def _index_rows(coding: Coding) -> tuple[Row, ...]:
    return tuple(
        (
            index.id,
            index.theme,
            str(index.strength),
            index.start_us,
            index.end_us,
            value_text(_Subjects, index.present),
            value_text(_Words, index.ruled_out),
            index.note,
        )
        for index in coding.d_indices
    )


def _index_from(row: Row) -> DIndex:
    identity, theme, strength, start_us, end_us, present, ruled_out, note = row
    return DIndex(
        id=identity,
        theme=theme,
        strength=IndexStrength(strength),
        start_us=start_us,
        end_us=end_us,
        present=read_value(_Subjects, present, place="d_index.present"),
        ruled_out=read_value(_Words, ruled_out, place="d_index.ruled_out"),
        note=note,
    )


def _classification_rows(coding: Coding) -> tuple[Row, ...]:
    own = coding.classification
    if own is None:
        return ()
    return (
        (
            1,
            own.primary,
            own.subgroup,
            own.secondary,
            None if own.d_decision is None else str(own.d_decision),
            own.d_reason,
            own.confidence,
            own.rationale,
            own.disagreement,
        ),
    )


def _classification_from(row: Row) -> Classification:
    _, primary, subgroup, secondary, decision, d_reason, confidence, rationale, disagreement = row
    return Classification(
        primary=primary,
        subgroup=subgroup,
        secondary=secondary,
        d_decision=None if decision is None else DDecision(decision),
        d_reason=d_reason,
        confidence=confidence,
        rationale=rationale,
        disagreement=disagreement,
    )


def _visit_rows(coding: Coding) -> tuple[Row, ...]:
    return tuple(_answer_row(place, answer) for place, answer in enumerate(coding.visit))


def _answer_row(place: int, answer: VisitAnswer) -> Row:
    value = answer.value
    number, words = (None, value) if isinstance(value, str) else (value, None)
    return (place, answer.field, answer.episode, number, words)


def _answer_from(row: Row) -> VisitAnswer:
    _, field, episode, number, words = row
    return VisitAnswer(field=field, episode=episode, value=words if number is None else number)


CODING = Table(
    name="coding",
    fields=frozenset(
        (
            "session",
            "coder",
            "role",
            "session_end",
            "next_event",
            "next_index",
            "next_comment",
            "locked",
        )
    ),
    rows=_coding_rows,
    select="SELECT only, session, coder, role, session_end_us, session_end_frame, next_event,"
    " next_index, locked, next_comment FROM coding",
    insert="INSERT INTO coding VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
    delete="DELETE FROM coding WHERE only = ?",
)
MEDIA = Table(
    name="media",
    fields=frozenset(("media",)),
    rows=_media_rows,
    select="SELECT place, name, relative_path, size, fingerprint, duration_us, frame_count,"
    " offset_us, offset_source FROM media ORDER BY place",
    insert="INSERT INTO media VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)",
    delete="DELETE FROM media WHERE place = ?",
)
EVENT = Table(
    name="event",
    fields=frozenset(("events",)),
    rows=lambda coding: tuple(map(_event_row, coding.events)),
    select="SELECT id, code, subject, start_us, end_us, modifiers, comment, start_frame,"
    " end_frame, start_lag_us, end_lag_us FROM event ORDER BY start_us, id",
    insert="INSERT INTO event VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
    delete="DELETE FROM event WHERE id = ?",
)
EPISODE = Table(
    name="episode",
    fields=frozenset(("episodes",)),
    rows=_episode_rows,
    select="SELECT episode, place, start_us, start_frame, reason, note FROM episode ORDER BY place",
    insert="INSERT INTO episode VALUES (?, ?, ?, ?, ?, ?)",
    delete="DELETE FROM episode WHERE episode = ?",
)
RATING = Table(
    name="rating",
    fields=frozenset(("ratings",)),
    rows=_rating_rows,
    select="SELECT slot, points, missing, note, evidence, clips FROM rating ORDER BY slot",
    insert="INSERT INTO rating VALUES (?, ?, ?, ?, ?, ?)",
    delete="DELETE FROM rating WHERE slot = ?",
)
D_INDEX = Table(
    name="d_index",
    fields=frozenset(("d_indices",)),
    rows=_index_rows,
    select="SELECT id, theme, strength, start_us, end_us, present, ruled_out, note FROM d_index"
    " ORDER BY start_us, id",
    insert="INSERT INTO d_index VALUES (?, ?, ?, ?, ?, ?, ?, ?)",
    delete="DELETE FROM d_index WHERE id = ?",
)
CLASSIFICATION = Table(
    name="classification",
    fields=frozenset(("classification",)),
    rows=_classification_rows,
    select="SELECT only, main_group, subgroup, secondary, d_decision, d_reason, confidence,"
    " rationale, disagreement FROM classification",
    insert="INSERT INTO classification VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)",
    delete="DELETE FROM classification WHERE only = ?",
)
VISIT = Table(
    name="visit",
    fields=frozenset(("visit",)),
    rows=_visit_rows,
    select="SELECT place, field, episode, number, words FROM visit ORDER BY place",
    insert="INSERT INTO visit VALUES (?, ?, ?, ?, ?)",
    delete="DELETE FROM visit WHERE place = ?",
)
TABLES = (
    CODING,
    MEDIA,
    EVENT,
    EPISODE,
    RATING,
    D_INDEX,
    CLASSIFICATION,
    VISIT,
    COMMENT,
    INTERVAL_MARK,
)
"""Every table that holds a part of a coding; together they hold each of its fields once."""
