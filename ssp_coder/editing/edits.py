"""Every change a coding can undergo, as frozen records.

An edit says what the coder asked for; `ssp_coder.editing.apply` says what follows from it. The same
record is the undo step, the row of the audit trail and what is stored, so a released edit keeps its
name and fields for ever.
"""

from __future__ import annotations

from dataclasses import dataclass

from ssp_coder.domain.coding import (
    Classification,
    Comment,
    CommentId,
    DIndex,
    Event,
    EventId,
    IndexId,
    IntervalMark,
    MeasureId,
    Media,
    OffsetSource,
    VisitAnswer,
)
from ssp_coder.domain.ethogram import CodeId, ModifierId
from ssp_coder.domain.procedure import EpisodeId, SubjectId, VisitFieldId
from ssp_coder.domain.scale import Rating, SlotId
from ssp_coder.domain.settlement import Agreed, Origin, Settlement
from ssp_coder.domain.time import Micros


@dataclass(frozen=True, slots=True, kw_only=True)
class AddEvent:
    """Record a behaviour at the painted frame.

    A state of an exclusive group closes the state that runs there and ends where the next one of
    its group starts; other states stay open unless `end_us` is given. A point ignores `end_us`.

    Attributes:
        lag_us: how much of the coder's reaction lag was taken off to get `at_us`.
    """

    code: CodeId
    subject: SubjectId
    at_us: Micros
    frame: int | None = None
    end_us: Micros | None = None
    end_frame: int | None = None
    modifiers: tuple[tuple[ModifierId, str], ...] = ()
    comment: str = ""
    lag_us: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class CloseEvent:
    """End an open state.

    Attributes:
        lag_us: how much of the coder's reaction lag was taken off to get `at_us`.
        held: whether the key went up that the state was held with.
    """

    event: EventId
    at_us: Micros
    frame: int | None = None
    lag_us: int = 0
    held: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class ChangeEvent:
    """Put `event` in the place of the one with its id.

    In an exclusive group a neighbour that touched the old edge follows the new one.
    """

    event: Event


@dataclass(frozen=True, slots=True, kw_only=True)
class ChangeEvents:
    """Put each event in the place of the one with its id, all of them or none.

    No neighbour follows; what would overlap is refused.

    Attributes:
        by_hand: whether a moved edge owes nothing to the reaction lag any more, as where it was
            dragged or typed; False where the coding of an edge brings the lag that was taken off.
        held: whether the key went up that the one state of `events` was held with.
    """

    events: tuple[Event, ...]
    by_hand: bool = True
    held: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class AddEvents:
    """Add whole events, such as copies of others; ids are given anew, all or none are taken."""

    events: tuple[Event, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class SplitEvent:
    """Make two states of one; the second has the modifiers of the first and a new id."""

    event: EventId
    at_us: Micros
    frame: int | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class MergeEvents:
    """Make one state of several of the same code and person, from the first start to the last end.

    The earliest keeps its id; comments are joined, modifiers on which they differ are left out.
    """

    events: tuple[EventId, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class DeleteEvents:
    """Remove events; in an exclusive group the state before a removed one goes on in its place."""

    events: tuple[EventId, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class ImportEvents:
    """Add whole events read from a file; ids are given anew, all or none are taken.

    Attributes:
        source: name of the file, for the audit trail.
    """

    events: tuple[Event, ...]
    source: str


@dataclass(frozen=True, slots=True, kw_only=True)
class MarkEpisode:
    """Say where an episode starts, by its cue; an earlier mark of it is replaced."""

    episode: EpisodeId
    at_us: Micros
    frame: int | None = None
    reason: str = ""
    note: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class MarkEpisodeMissing:
    """Say that an episode did not take place, and why."""

    episode: EpisodeId
    reason: str
    note: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class ClearEpisode:
    """Take the mark of an episode back."""

    episode: EpisodeId


@dataclass(frozen=True, slots=True, kw_only=True)
class EndSession:
    """Say where the last episode ends; open states end there, later ones are cut there."""

    at_us: Micros
    frame: int | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class ClearSessionEnd:
    """Take the end of the session back."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Rate:
    """Record a score, or why there is none, in one place."""

    rating: Rating


@dataclass(frozen=True, slots=True, kw_only=True)
class ClearRating:
    """Make a place not rated again."""

    slot: SlotId


@dataclass(frozen=True, slots=True, kw_only=True)
class PutDIndex:
    """Record an index of disorganization; an id of 0 asks for a new one."""

    index: DIndex


@dataclass(frozen=True, slots=True, kw_only=True)
class RemoveDIndex:
    """Remove an index of disorganization."""

    index: IndexId


@dataclass(frozen=True, slots=True, kw_only=True)
class Classify:
    """Record the coder's own class."""

    classification: Classification


@dataclass(frozen=True, slots=True, kw_only=True)
class ClearClassification:
    """Take the coder's class back."""


@dataclass(frozen=True, slots=True, kw_only=True)
class RecordVisit:
    """Answer a question about the visit; an earlier answer to it is replaced."""

    answer: VisitAnswer


@dataclass(frozen=True, slots=True, kw_only=True)
class ClearVisit:
    """Leave a question about the visit open again."""

    field: VisitFieldId
    episode: EpisodeId | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class PutComment:
    """Record a comment, or put it in the place of the one with its id; 0 asks for a new one."""

    comment: Comment


@dataclass(frozen=True, slots=True, kw_only=True)
class PutComments:
    """Put several comments in the places of those with their ids, all of them or none."""

    comments: tuple[Comment, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class RemoveComment:
    """Remove a comment."""

    comment: CommentId


@dataclass(frozen=True, slots=True, kw_only=True)
class MarkInterval:
    """Say whether a behaviour was seen in an interval; an earlier mark of it is replaced."""

    mark: IntervalMark


@dataclass(frozen=True, slots=True, kw_only=True)
class MarkIntervals:
    """Say of several intervals at once whether a behaviour was seen, all of them or none."""

    marks: tuple[IntervalMark, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class ClearIntervals:
    """Make one interval not coded again, or with no number all of a measure in an episode."""

    episode: EpisodeId
    measure: MeasureId
    subject: SubjectId
    interval: int | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class AttachMedia:
    """Say which videos the coding belongs to."""

    media: tuple[Media, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class PlaceCamera:
    """Say when a camera began.

    Attributes:
        camera: its place in the coding's videos, 1 or more; the first sets the session's time.
        offset_us: session time at which its first frame appears.
        source: how that is known.
    """

    camera: int
    offset_us: Micros
    source: OffsetSource


@dataclass(frozen=True, slots=True, kw_only=True)
class BeginConsensus:
    """Take over what two codings have alike; ids of events and indices are given anew.

    Attributes:
        first: the coding whose times were taken.
        second: the other one.
        tolerance_us: largest lag at which two onsets counted as the same behaviour.
        comment: says so to people.
    """

    first: Origin
    second: Origin
    tolerance_us: Micros
    agreed: Agreed
    comment: Comment


@dataclass(frozen=True, slots=True, kw_only=True)
class Settle:
    """Settle a disagreement of the two codings that a consensus is drawn from.

    Attributes:
        settlement: what was decided, why and by whom.
        comment: says so to people; takes the place of the one with its id.
        removed: events that make room, or that an earlier settlement of it had put.
        added: events that are there instead; ids are given anew.
        classification: the class that follows, None where it is not touched.
        gone_index: the index that an earlier settlement of it had put.
    """

    settlement: Settlement
    comment: Comment
    removed: tuple[EventId, ...] = ()
    added: tuple[Event, ...] = ()
    classification: Classification | None = None
    gone_index: IndexId | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class LockCoding:
    """Close the coding against every further change."""


@dataclass(frozen=True, slots=True, kw_only=True)
class UnlockCoding:
    """Open a locked coding again, for a reason that the audit trail keeps."""

    reason: str


Edit = (
    AddEvent
    | CloseEvent
    | ChangeEvent
    | ChangeEvents
    | AddEvents
    | SplitEvent
    | MergeEvents
    | DeleteEvents
    | ImportEvents
    | MarkEpisode
    | MarkEpisodeMissing
    | ClearEpisode
    | EndSession
    | ClearSessionEnd
    | Rate
    | ClearRating
    | PutDIndex
    | RemoveDIndex
    | Classify
    | ClearClassification
    | RecordVisit
    | ClearVisit
    | PutComment
    | PutComments
    | RemoveComment
    | MarkInterval
    | MarkIntervals
    | ClearIntervals
    | AttachMedia
    | PlaceCamera
    | BeginConsensus
    | Settle
    | LockCoding
    | UnlockCoding
)

EDIT_TYPES: tuple[type[Edit], ...] = (
    AddEvent,
    CloseEvent,
    ChangeEvent,
    ChangeEvents,
    AddEvents,
    SplitEvent,
    MergeEvents,
    DeleteEvents,
    ImportEvents,
    MarkEpisode,
    MarkEpisodeMissing,
    ClearEpisode,
    EndSession,
    ClearSessionEnd,
    Rate,
    ClearRating,
    PutDIndex,
    RemoveDIndex,
    Classify,
    ClearClassification,
    RecordVisit,
    ClearVisit,
    PutComment,
    PutComments,
    RemoveComment,
    MarkInterval,
    MarkIntervals,
    ClearIntervals,
    AttachMedia,
    PlaceCamera,
    BeginConsensus,
    Settle,
    LockCoding,
    UnlockCoding,
)
