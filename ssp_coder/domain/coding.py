"""What one coder recorded of one session: an immutable value."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from dataclasses import dataclass
from enum import StrEnum
from typing import NewType

from ssp_coder.domain.ethogram import CodeId, ModifierId
from ssp_coder.domain.procedure import EpisodeId, SubjectId, VisitFieldId
from ssp_coder.domain.scale import NOT_RATED, Rating, Score, SlotId
from ssp_coder.domain.time import Micros, Span

EventId = NewType("EventId", int)
IndexId = NewType("IndexId", int)
CommentId = NewType("CommentId", int)
MeasureId = NewType("MeasureId", str)


class CodingRole(StrEnum):
    """What a coding is for."""

    INDEPENDENT = "independent"
    CONSENSUS = "consensus"
    REFERENCE = "reference"


MOST_CAMERAS = 4
"""Videos of one session that are shown side by side at most."""

_AT_THE_START = Micros(0)


class OffsetSource(StrEnum):
    """How it is known when a camera began."""

    ASSUMED = "assumed"
    """Nobody said; camera 1, which sets the session's time, or one not placed yet."""
    TYPED = "typed"
    SAME_MOMENT = "same_moment"
    """A person pointed at the same moment in two pictures."""
    SOUND = "sound"
    """The program proposed it from the sound of both, and a person accepted it."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Media:
    """A video of the session, known by its content and not by where it lies.

    The first video of a coding sets the session's time; the others are placed on it.

    Attributes:
        name: file name without folders.
        relative_path: path from the coding file's folder with forward slashes; may be stale.
        size: bytes.
        fingerprint: hash over size, first and last megabyte.
        duration_us: end of the last frame.
        frame_count: frames in the index, or 0 when not known.
        offset_us: session time at which the first frame appears, below 0 when this camera was
            started before the first one; always 0 for the first.
        offset_source: how the offset is known.
    """

    name: str
    relative_path: str
    size: int
    fingerprint: str
    duration_us: Micros
    frame_count: int = 0
    offset_us: Micros = _AT_THE_START
    offset_source: OffsetSource = OffsetSource.ASSUMED

    @property
    def end_us(self) -> Micros:
        """Session time at which the last frame leaves the screen."""
        return Micros(self.offset_us + self.duration_us)


@dataclass(frozen=True, slots=True, kw_only=True)
class Event:
    """One coded behaviour.

    Attributes:
        id: unique within a coding; an addition that is undone gives its number back.
        start_us: pts of the frame last painted when it was coded.
        end_us: same as start for a point; exclusive end of a state; None while a state is open.
        modifiers: pairs of modifier id and value, in the ethogram's order.
        start_frame: ordinal of the frame at the start, or None when not known.
        end_frame: ordinal of the frame at the end, or None.
        start_lag_us: by how much the start lies before the frame that was painted when it was
            coded, because the coder's reaction lag was taken off; 0 when it was not.
        end_lag_us: the same for the end.
    """

    id: EventId
    code: CodeId
    subject: SubjectId
    start_us: Micros
    end_us: Micros | None
    modifiers: tuple[tuple[ModifierId, str], ...] = ()
    comment: str = ""
    start_frame: int | None = None
    end_frame: int | None = None
    start_lag_us: int = 0
    end_lag_us: int = 0

    @property
    def is_open(self) -> bool:
        """Whether the state has no end yet."""
        return self.end_us is None

    def modifier(self, modifier_id: str) -> str:
        """The value of a modifier, empty when it is not set."""
        return next((value for key, value in self.modifiers if key == modifier_id), "")


@dataclass(frozen=True, slots=True, kw_only=True)
class EpisodeMark:
    """Where an episode starts on the video, by its cue; or that it did not take place.

    Attributes:
        start_us: None when the episode is missing.
        reason: why it was missing, curtailed or extended.
    """

    episode: EpisodeId
    start_us: Micros | None
    start_frame: int | None = None
    reason: str = ""
    note: str = ""

    @property
    def is_missing(self) -> bool:
        """Whether the episode did not take place."""
        return self.start_us is None


@dataclass(frozen=True, slots=True, kw_only=True)
class VisitAnswer:
    """What is known of the visit: the answer to one question of the procedure.

    Attributes:
        value: a whole number, the id of a choice, or free text; an open question has no answer.
        episode: which episode it is about, or None when the question is asked once.
    """

    field: VisitFieldId
    value: int | str
    episode: EpisodeId | None = None

    @property
    def place(self) -> tuple[str, str]:
        """What it answers; no two answers of a coding share it."""
        return self.field, self.episode or ""


@dataclass(frozen=True, slots=True, kw_only=True)
class SessionEnd:
    """The moment that ends the last episode; nothing from here on is scored."""

    at_us: Micros
    frame: int | None = None


class IndexStrength(StrEnum):
    """How strong an index of disorganization is."""

    WEAK = "weak"
    STRONG = "strong"


@dataclass(frozen=True, slots=True, kw_only=True)
class DIndex:
    """One observed index of disorganization or disorientation.

    Attributes:
        theme: id of one of the scheme's thematic groups.
        present: persons in the room.
        ruled_out: ids of explanations that the coder ruled out.
    """

    id: IndexId
    theme: str
    strength: IndexStrength
    start_us: Micros
    end_us: Micros
    present: tuple[SubjectId, ...]
    ruled_out: tuple[str, ...] = ()
    note: str = ""


class DDecision(StrEnum):
    """The coder's own word on D, asked for at the decision point or against the score."""

    YES = "coder_yes"
    NO = "coder_no"


@dataclass(frozen=True, slots=True, kw_only=True)
class Classification:
    """The coder's own class; the datum, which no suggestion replaces.

    Attributes:
        primary: main group.
        subgroup: subgroup when the primary group has any, else empty.
        secondary: best-fitting organised subgroup, required for groups outside A, B and C.
        d_decision: explicit decision, or None when the score decides by itself.
        d_reason: why.
        confidence: 1 (guess) to 5 (certain), or 0 when not given.
        rationale: the coder's words.
        disagreement: why the coder keeps the class against the suggestion, empty otherwise.
    """

    primary: str
    subgroup: str = ""
    secondary: str = ""
    d_decision: DDecision | None = None
    d_reason: str = ""
    confidence: int = 0
    rationale: str = ""
    disagreement: str = ""


class CommentKind(StrEnum):
    """What somebody wants with a comment."""

    NOTE = "note"
    FLAG = "flag"
    """Worth another look."""
    QUESTION = "question"
    """For the trainer or the group to answer."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Comment:
    """Words about an event, a place to be rated, a stretch of the video, or the whole session.

    Attributes:
        id: unique within a coding; an addition that is undone gives its number back.
        event: the event it is about, or None; the event may be gone since.
        slot: the place to be rated that it is about, or None.
        span: where on the video it belongs; empty for a single frame; None for nowhere.
        answer: what the trainer or the group said to it.
        settled: whether nothing is left to be done about it.
    """

    id: CommentId
    kind: CommentKind
    words: str
    event: EventId | None = None
    slot: SlotId | None = None
    span: Span | None = None
    answer: str = ""
    settled: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class IntervalMark:
    """Whether a behaviour was seen in one interval of an episode, coded directly.

    An interval without a mark was not coded yet, which is not the same as not seen.

    Attributes:
        measure: id of the ethogram's measure.
        interval: place within the episode, from 0.
    """

    episode: EpisodeId
    measure: MeasureId
    subject: SubjectId
    interval: int
    seen: bool

    @property
    def place(self) -> tuple[str, str, str, int]:
        """What it is about; no two marks of a coding share it."""
        return self.episode, self.measure, self.subject, self.interval


@dataclass(frozen=True, slots=True, kw_only=True)
class Coding:
    """One session coded by one coder.

    Attributes:
        events: ordered by start, then id.
        episodes: marks in the procedure's order, only those recorded.
        ratings: ordered by slot id.
        visit: answers about the visit, in the procedure's order, only those given.
        comments: ordered by id.
        intervals: intervals coded directly, ordered by place.
        next_event: id for the next event.
        next_index: id for the next D index.
        next_comment: id for the next comment.
        locked: whether the coding may no longer change.
    """

    session: str
    coder: str
    role: CodingRole = CodingRole.INDEPENDENT
    media: tuple[Media, ...] = ()
    events: tuple[Event, ...] = ()
    episodes: tuple[EpisodeMark, ...] = ()
    session_end: SessionEnd | None = None
    ratings: tuple[Rating, ...] = ()
    d_indices: tuple[DIndex, ...] = ()
    classification: Classification | None = None
    visit: tuple[VisitAnswer, ...] = ()
    comments: tuple[Comment, ...] = ()
    intervals: tuple[IntervalMark, ...] = ()
    next_event: EventId = EventId(1)
    next_index: IndexId = IndexId(1)
    next_comment: CommentId = CommentId(1)
    locked: bool = False

    def event(self, event_id: EventId) -> Event:
        """The event with this id, in linear time.

        Raises:
            KeyError: there is no such event.
        """
        for event in self.events:
            if event.id == event_id:
                return event
        raise KeyError(f"coding {self.session} has no event {event_id}")

    def rating(self, slot: SlotId) -> Rating | None:
        """What was recorded in a place, or None."""
        place = bisect_left(self.ratings, slot, key=lambda rating: rating.slot)
        if place < len(self.ratings) and self.ratings[place].slot == slot:
            return self.ratings[place]
        return None

    def score(self, slot: SlotId) -> Score:
        """The score in a place; NOT_RATED where nothing was recorded."""
        rating = self.rating(slot)
        return NOT_RATED if rating is None else rating.score

    def mark(self, episode: EpisodeId) -> EpisodeMark | None:
        """The mark of an episode, or None when it was not marked yet."""
        return next((mark for mark in self.episodes if mark.episode == episode), None)

    def visit_answer(
        self, field: VisitFieldId, episode: EpisodeId | None = None
    ) -> VisitAnswer | None:
        """The answer to a question about the visit, or None while it is open."""
        place = (field, episode or "")
        return next((answer for answer in self.visit if answer.place == place), None)

    def events_from(self, time_us: Micros) -> tuple[Event, ...]:
        """Events that start at or after `time_us`."""
        return self.events[bisect_left(self.events, time_us, key=lambda event: event.start_us) :]

    def events_before(self, time_us: Micros) -> tuple[Event, ...]:
        """Events that start at or before `time_us`."""
        return self.events[: bisect_right(self.events, time_us, key=lambda event: event.start_us)]
