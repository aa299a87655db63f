"""What the timeline shows of a coding: lanes, marks, episodes and cues."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from operator import attrgetter
from typing import TYPE_CHECKING

from ssp_coder.domain.coding import Coding, Event
from ssp_coder.domain.ethogram import CodeGroup, CodeKind
from ssp_coder.domain.procedure import SubjectId
from ssp_coder.domain.session import EpisodeSpan, EpisodeStatus, episode_spans
from ssp_coder.ui.code.table_columns import event_detail
from ssp_coder.ui.kit.marks import MarkShape
from ssp_coder.ui.timeline.model import Cue, EpisodeBlock, EpisodeState, Lane, LaneKind, Mark

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from ssp_coder.domain.ethogram import Code
    from ssp_coder.domain.scheme import Scheme

_code_of_whom = attrgetter("code", "subject")
_STATES = {
    EpisodeStatus.CURTAILED: EpisodeState.CURTAILED,
    EpisodeStatus.EXTENDED: EpisodeState.EXTENDED,
    EpisodeStatus.MISSING: EpisodeState.MISSING,
}


def has_own_lane(group: CodeGroup) -> bool:
    """Whether a group is a lane of its own: all its codes last, or only one holds at a time."""
    return group.exclusive or all(code.kind is CodeKind.STATE for code in group.codes)


def lane_id(group: CodeGroup, subject: SubjectId) -> str:
    """The lane of a group: its own where it has one, else that of the person's acts."""
    return f"{group.id}/{subject}" if has_own_lane(group) else f"acts/{subject}"


class LanesInUse:
    """How many events each lane holds, kept up change by change."""

    def __init__(self, scheme: Scheme, events: Iterable[Event] = ()) -> None:
        self._scheme = scheme
        self._counts: Counter[str] = Counter()
        # Events of one code and person share a lane, so that it is looked up once for them all.
        for (code, subject), count in Counter(map(_code_of_whom, events)).items():
            self._counts[lane_id(scheme.ethogram.group_of(code), subject)] += count

    def __contains__(self, name: object) -> bool:
        return name in self._counts

    def follow(self, removed: Iterable[Event], added: Iterable[Event]) -> bool:
        """Take note of a change; whether a lane got its first event or lost its last."""
        before = set(self._counts)
        self._counts.subtract(self._lane(event) for event in removed)
        self._counts.update(self._lane(event) for event in added)
        self._counts = +self._counts
        return before != set(self._counts)

    def _lane(self, event: Event) -> str:
        return lane_id(self._scheme.ethogram.group_of(event.code), event.subject)


def lanes_of(scheme: Scheme, events: Iterable[Event], acts: str) -> tuple[Lane, ...]:
    """The lanes of a scheme: those of the focal person always, others when they hold events.

    Args:
        scheme: what may be coded.
        events: what was coded.
        acts: words for a person's acts, with ``{0}`` for the person.
    """
    return lanes_in_use(scheme, LanesInUse(scheme, events), acts)


def lanes_in_use(scheme: Scheme, used: LanesInUse, acts: str) -> tuple[Lane, ...]:
    """The lanes as `lanes_of` gives them, from what is known of their use."""
    lanes: dict[str, Lane] = {}
    for group in sorted(scheme.ethogram.groups, key=lambda group: _order(group, scheme)):
        for subject in group.subjects:
            name = lane_id(group, subject)
            wanted = name in used or subject == scheme.procedure.focal_subject
            if wanted and name not in lanes:
                lanes[name] = _lane(name, group, subject, scheme, acts)
    return tuple(lanes.values())


def _order(group: CodeGroup, scheme: Scheme) -> tuple[bool, int]:
    """The focal person first; of each person exclusive groups, then acts, then other states."""
    place = 0 if group.exclusive else 2 if has_own_lane(group) else 1
    return scheme.procedure.focal_subject not in group.subjects, place


def _lane(name: str, group: CodeGroup, subject: SubjectId, scheme: Scheme, acts: str) -> Lane:
    person = scheme.procedure.person(subject).title
    alone = len(group.subjects) == 1
    title = str(group.title) if alone else f"{group.title}, {person.within}"
    if not has_own_lane(group):
        title = acts.format(person)
    return Lane(
        id=name,
        title=title,
        slot=group.slot,
        shape=MarkShape(group.shape),
        kind=LaneKind.STATE if has_own_lane(group) else LaneKind.POINT,
    )


class _Face:
    """What all marks of one code and person share."""

    __slots__ = ("code", "is_point", "label", "lane", "shape")

    def __init__(self, event: Event, scheme: Scheme) -> None:
        self.code = scheme.ethogram.code(event.code)
        group = scheme.ethogram.group(self.code.group)
        self.is_point = self.code.kind is CodeKind.POINT
        self.lane = lane_id(group, event.subject)
        self.label = str(self.code.title) if self.is_point else str(self.code.short)
        self.shape = MarkShape(group.shape) if self.is_point else MarkShape.BAR


def _mark(event: Event, face: _Face, detail: str) -> Mark:
    if event.comment:
        detail = f"{detail}, {event.comment}" if detail else event.comment
    return Mark(
        id=str(event.id),
        lane=face.lane,
        start_us=event.start_us,
        end_us=None if face.is_point else event.end_us,
        label=face.label,
        shape=face.shape,
        level=face.code.level,
        hatched=face.code.hatched,
        open=event.is_open,
        detail=detail,
    )


def mark_of(event: Event, scheme: Scheme) -> Mark:
    """One event as a mark."""
    return _mark(event, _Face(event, scheme), event_detail(event, scheme))


def marks_of(events: Iterable[Event], scheme: Scheme) -> tuple[Mark, ...]:
    """Events as marks; what codes and details say is worked out once for all that share them."""
    faces: dict[tuple[str, str], _Face] = {}
    details: dict[tuple[object, str], str] = {}
    marks = []
    for event in events:
        face = faces.get((event.code, event.subject))
        if face is None:
            face = faces[event.code, event.subject] = _Face(event, scheme)
        detail = details.get((event.modifiers, event.subject))
        if detail is None:
            detail = details[event.modifiers, event.subject] = event_detail(event, scheme)
        marks.append(_mark(event, face, detail))
    return tuple(marks)


def blocks_of(coding: Coding, scheme: Scheme) -> tuple[EpisodeBlock, ...]:
    """The episodes that were marked or said to be missing."""
    return tuple(
        _block(span)
        for span in episode_spans(coding, scheme.procedure)
        if span.status is not EpisodeStatus.UNMARKED
    )


def _block(span: EpisodeSpan) -> EpisodeBlock:
    reason = "" if span.mark is None else span.mark.reason
    return EpisodeBlock(
        id=span.plan.id,
        title=span.plan.id,
        start_us=span.start_us,
        end_us=span.end_us,
        planned_us=span.plan.planned_us,
        state=_STATES.get(span.status, EpisodeState.REAL),
        note=reason or str(span.plan.title),
    )


def cues_of(coding: Coding, scheme: Scheme) -> tuple[Cue, ...]:
    """The starts of episodes, named by what is seen there."""
    return tuple(
        Cue(
            id=mark.episode,
            time_us=mark.start_us,
            label=f"{mark.episode} {scheme.procedure.episode(mark.episode).start_cue}",
        )
        for mark in coding.episodes
        if mark.start_us is not None
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class LaneTargets:
    """What copies of events may become in a lane.

    Attributes:
        plain: the person, where all of them can keep their codes there, else None.
        codes: what else they may be copied as.
        subject: the person whose lane it is, None when it is none of the lanes of the scheme.
    """

    plain: SubjectId | None = None
    codes: tuple[Code, ...] = ()
    subject: SubjectId | None = None


def targets_in(lane: str, events: Sequence[Event], scheme: Scheme) -> LaneTargets:
    """What the scheme allows for copies of events in a lane: their own codes before others."""
    places = [
        (group, subject)
        for group in scheme.ethogram.groups
        for subject in group.subjects
        if lane_id(group, subject) == lane
    ]
    if not places or not events:
        return LaneTargets()
    subject = places[0][1]
    groups = {group.id for group, _ in places}
    if all(scheme.ethogram.code(event.code).group in groups for event in events):
        return LaneTargets(plain=subject, subject=subject)
    kinds = {scheme.ethogram.code(event.code).kind for event in events}
    codes = tuple(code for group, _ in places for code in group.codes if {code.kind} == kinds)
    return LaneTargets(codes=codes, subject=subject)
