"""Codings and edits for tests, on the bundled infant scheme."""

from __future__ import annotations

from functools import lru_cache

from ssp_coder.catalog import load_scheme
from ssp_coder.domain.coding import Coding, Event, EventId, Media, VisitAnswer
from ssp_coder.domain.ethogram import CodeId, ModifierId
from ssp_coder.domain.procedure import EpisodeId, SubjectId, VisitFieldId
from ssp_coder.domain.scale import Missing, Points, Rating, SlotId
from ssp_coder.domain.scheme import Scheme
from ssp_coder.domain.time import Micros, micros
from ssp_coder.editing.apply import apply
from ssp_coder.editing.edits import (
    AddEvent,
    ClearRating,
    Edit,
    EndSession,
    MarkEpisode,
    Rate,
    RecordVisit,
)

INFANT = SubjectId("infant")
CAREGIVER = SubjectId("caregiver")
STRANGER = SubjectId("stranger")
STANDARD_STARTS = (0, 30, 210, 390, 570, 750, 930, 1110)
STANDARD_END = 1290


@lru_cache(maxsize=1)
def infant_scheme() -> Scheme:
    return load_scheme("infant")


def s(seconds: float | str) -> Micros:
    return micros(str(seconds))


def video(duration_s: float = 1400.0) -> Media:
    return Media(
        name="S001.mp4",
        relative_path="S001.mp4",
        size=1000,
        fingerprint="f" * 64,
        duration_us=s(duration_s),
        frame_count=int(duration_s * 25),
    )


def coding(**fields: object) -> Coding:
    return Coding(**({"session": "S001", "coder": "c01", "media": (video(),)} | fields))


def add(code: str, at: float, subject: SubjectId = INFANT, **fields: object) -> AddEvent:
    end = fields.pop("end", None)
    modifiers = tuple((ModifierId(k), v) for k, v in fields.pop("modifiers", {}).items())
    return AddEvent(
        code=CodeId(code),
        subject=subject,
        at_us=s(at),
        frame=round(at * 25),
        end_us=None if end is None else s(end),
        modifiers=modifiers,
        **fields,
    )


def mark(episode: str, at: float, **fields: str) -> MarkEpisode:
    return MarkEpisode(episode=EpisodeId(episode), at_us=s(at), frame=round(at * 25), **fields)


def rate(slot: str, value: float | str | None, note: str = "") -> Rate | ClearRating:
    if value is None:
        return ClearRating(slot=SlotId(slot))
    score = Missing(value) if isinstance(value, str) else Points(float(value))
    return Rate(rating=Rating(slot=SlotId(slot), score=score, note=note))


def answer(field: str, value: int | str, episode: str | None = None) -> RecordVisit:
    place = None if episode is None else EpisodeId(episode)
    return RecordVisit(answer=VisitAnswer(field=VisitFieldId(field), value=value, episode=place))


def after(start: Coding, *edits: Edit, scheme: Scheme | None = None) -> Coding:
    for edit in edits:
        start = apply(start, edit, scheme or infant_scheme())
    return start


def with_episodes(start: Coding | None = None) -> Coding:
    plans = infant_scheme().procedure.episodes
    edits = [mark(plan.id, at) for plan, at in zip(plans, STANDARD_STARTS, strict=True)]
    return after(
        start or coding(), *edits, EndSession(at_us=s(STANDARD_END), frame=STANDARD_END * 25)
    )


def spans_of(value: Coding, *codes: str) -> list[tuple[str, float, float | None]]:
    """Short form of the events: name, start and end in seconds."""
    return [
        (event.code, event.start_us / 1e6, None if event.end_us is None else event.end_us / 1e6)
        for event in value.events
        if not codes or event.code in codes
    ]


def event_of(value: Coding, code: str) -> Event:
    return next(event for event in value.events if event.code == code)


def event_id(number: int) -> EventId:
    return EventId(number)
