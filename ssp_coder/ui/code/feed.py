"""What the timeline shows of a coding: lanes, marks, episodes and cues."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING

from ssp_coder.domain.coding import Coding, Event
from ssp_coder.domain.ethogram import CodeGroup, CodeKind
from ssp_coder.domain.procedure import SubjectId
from ssp_coder.domain.session import EpisodeSpan, EpisodeStatus, episode_spans
from ssp_coder.ui.code.events_model import event_detail
from ssp_coder.ui.kit.marks import MarkShape
from ssp_coder.ui.timeline.model import Cue, EpisodeBlock, EpisodeState, Lane, LaneKind, Mark

if TYPE_CHECKING:
    from collections.abc import Iterable

    from ssp_coder.domain.scheme import Scheme

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
        self._counts = Counter(self._lane(event) for event in events)

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


def mark_of(event: Event, scheme: Scheme) -> Mark:
    """One event as a mark."""
    code = scheme.ethogram.code(event.code)
    group = scheme.ethogram.group(code.group)
    is_point = code.kind is CodeKind.POINT
    detail = ", ".join(word for word in (event_detail(event, scheme), event.comment) if word)
    return Mark(
        id=str(event.id),
        lane=lane_id(group, event.subject),
        start_us=event.start_us,
        end_us=None if is_point else event.end_us,
        label=str(code.title) if is_point else str(code.short),
        shape=MarkShape(group.shape) if is_point else MarkShape.BAR,
        level=code.level,
        hatched=code.hatched,
        open=event.is_open,
        detail=detail,
    )


def marks_of(events: Iterable[Event], scheme: Scheme) -> tuple[Mark, ...]:
    """Events as marks."""
    return tuple(mark_of(event, scheme) for event in events)


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
