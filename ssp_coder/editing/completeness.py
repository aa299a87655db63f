"""What a coding still lacks before it can be locked, step by step."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum

from ssp_coder.domain.coding import Coding, CommentKind, Event
from ssp_coder.domain.ethogram import CodeGroup, CodeKind, GroupRole
from ssp_coder.domain.finding import Finding, Severity
from ssp_coder.domain.procedure import RemarkTopic
from ssp_coder.domain.scale import NOT_RATED, ScaleRole, SlotId
from ssp_coder.domain.scheme import Scheme
from ssp_coder.domain.session import EpisodeSpan, EpisodeStatus, episode_spans
from ssp_coder.domain.time import Micros, Span, short_clock_text
from ssp_coder.editing.visits import visit_remarks
from ssp_coder.rules.consistency import check_classification
from ssp_coder.rules.own_class import unexplained_difference

SHORTEST_GAP_US = 500_000
"""A shorter stretch without a state is a slip of the hand, not work left undone."""

LONGEST_WORDS = 60
"""So much of a comment is told."""


class Step(StrEnum):
    """The steps through a session, in order."""

    PREPARE = "prepare"
    CODE = "code"
    RATE = "rate"
    DISORGANIZATION = "disorganization"
    CLASSIFY = "classify"
    REVIEW = "review"
    EXPORT = "export"


_STEP_OF_TOPIC = {
    RemarkTopic.SESSION: Step.PREPARE,
    RemarkTopic.DISORGANIZATION: Step.DISORGANIZATION,
}


@dataclass(frozen=True, slots=True, kw_only=True)
class OpenWork:
    """One thing that is missing.

    Attributes:
        step: where it is done.
        finding: what it is; a note is worth knowing but does not keep a coding from being locked.
        at_us: where on the video it is, or None.
        slot: the place to be rated, or None.
    """

    step: Step
    finding: Finding
    at_us: Micros | None = None
    slot: SlotId | None = None


def open_work(coding: Coding, scheme: Scheme) -> tuple[OpenWork, ...]:
    """Everything that is missing, in the order of the steps."""
    spans = episode_spans(coding, scheme.procedure)
    return (
        *_episodes_to_mark(coding, spans),
        *_states_to_code(coding, scheme, spans),
        *_slots_to_rate(coding, scheme),
        *_class_to_record(coding, scheme),
        *_visit_to_remember(coding, scheme),
        *_comments_to_settle(coding, scheme),
    )


def is_complete(coding: Coding, scheme: Scheme) -> bool:
    """Whether nothing is missing that keeps the coding from being locked."""
    return all(work.finding.severity is not Severity.ERROR for work in open_work(coding, scheme))


def _episodes_to_mark(coding: Coding, spans: tuple[EpisodeSpan, ...]) -> Iterator[OpenWork]:
    if not coding.media:
        yield _work(Step.PREPARE, "prepare.no_video", "No video is attached")
    for span in spans:
        name = span.plan.id
        if span.status is EpisodeStatus.UNMARKED:
            yield _work(Step.PREPARE, "prepare.unmarked", f"{name} start", place=name)
        elif span.deviates and span.mark is not None and not span.mark.reason:
            what = "short" if span.status is EpisodeStatus.CURTAILED else "long"
            finding = Finding(
                code="prepare.deviation",
                message=f"{name} is {what}, no reason",
                place=name,
                severity=Severity.WARNING,
            )
            yield OpenWork(step=Step.PREPARE, finding=finding, at_us=span.start_us)
    if coding.session_end is None:
        yield _work(Step.PREPARE, "prepare.no_end", "Session end")


def _states_to_code(
    coding: Coding, scheme: Scheme, spans: tuple[EpisodeSpan, ...]
) -> Iterator[OpenWork]:
    for event in coding.events:
        if event.is_open and coding.session_end is not None:
            label = str(scheme.ethogram.code(event.code).title)
            finding = Finding(code="code.open_state", message=f"{label} has no end")
            yield OpenWork(step=Step.CODE, finding=finding, at_us=event.start_us)
    if not coding.events:
        yield _work(Step.CODE, "code.no_events", "No events yet", severity=Severity.WARNING)
        return
    for group in scheme.ethogram.groups:
        if group.exclusive and group.role in (GroupRole.BEHAVIOUR, GroupRole.DISTRESS):
            yield from _gaps_of_group(coding, group, spans)


def _gaps_of_group(
    coding: Coding, group: CodeGroup, spans: tuple[EpisodeSpan, ...]
) -> Iterator[OpenWork]:
    names = {code.id for code in group.codes if code.kind is CodeKind.STATE}
    states = tuple(event for event in coding.events if event.code in names)
    title = str(group.title)
    if not states:
        yield _work(Step.CODE, "code.group_unused", f"{title}: not coded", severity=Severity.NOTE)
        return
    begun_us = states[0].start_us
    for span in spans:
        if span.start_us is None or span.end_us is None or span.end_us <= begun_us:
            continue
        whole = Span(start_us=max(span.start_us, begun_us), end_us=span.end_us)
        gap = first_gap(states, whole)
        if gap is not None:
            at = short_clock_text(gap.start_us, digits=0)
            finding = Finding(
                code="code.gap",
                message=f"{title} in {span.plan.id} from {at}",
                place=span.plan.id,
                severity=Severity.WARNING,
            )
            yield OpenWork(step=Step.CODE, finding=finding, at_us=gap.start_us)


def first_gap(states: tuple[Event, ...], span: Span) -> Span | None:
    """The first stretch of a span that no state covers, or None; slips of the hand are ignored."""
    reached = span.start_us
    for event in states:
        if event.start_us >= span.end_us:
            break
        if event.start_us - reached >= SHORTEST_GAP_US:
            return Span(start_us=reached, end_us=event.start_us)
        reached = max(reached, span.end_us if event.end_us is None else event.end_us)
    if span.end_us - reached >= SHORTEST_GAP_US:
        return Span(start_us=reached, end_us=span.end_us)
    return None


def _slots_to_rate(coding: Coding, scheme: Scheme) -> Iterator[OpenWork]:
    for slot in scheme.slots:
        if not slot.required or coding.score(slot.id) is not NOT_RATED:
            continue
        scale, step = scheme.scale(slot.scale), _step_of_slot(slot.id, scheme)
        name = f"{scale.abbreviation} {slot.episode}" if slot.episode else scale.abbreviation
        yield OpenWork(
            step=step,
            finding=Finding(code="rate.not_rated", message=name, place=slot.id),
            slot=slot.id,
        )


def _class_to_record(coding: Coding, scheme: Scheme) -> Iterator[OpenWork]:
    if coding.classification is None:
        yield _work(Step.CLASSIFY, "class.none", "Your class")
        return
    for finding in check_classification(coding, scheme):
        yield OpenWork(step=Step.CLASSIFY, finding=finding)
    for finding in unexplained_difference(coding, scheme):
        yield OpenWork(step=Step.CLASSIFY, finding=finding)


def _visit_to_remember(coding: Coding, scheme: Scheme) -> Iterator[OpenWork]:
    for place, remark in visit_remarks(coding, scheme.procedure):
        step = _STEP_OF_TOPIC[remark.topic]
        finding = Finding(
            code="visit.remark",
            message=str(remark.text),
            place=f"{place.field.id}.{remark.id}",
            remedy=f"a fact to weigh, which changes no score: {remark.provenance.source}",
            severity=Severity.NOTE,
        )
        yield OpenWork(step=step, finding=finding)


def _comments_to_settle(coding: Coding, scheme: Scheme) -> Iterator[OpenWork]:
    """Flags and questions that are still open; they keep nobody from locking."""
    names = {CommentKind.FLAG: "Flag", CommentKind.QUESTION: "Question"}
    for comment in coding.comments:
        if comment.settled or comment.kind not in names:
            continue
        words = " ".join(comment.words.split())[:LONGEST_WORDS]
        name = names[comment.kind]
        finding = Finding(
            code="comment.open",
            message=f"{name}: {words}" if words else name,
            place=f"comment {comment.id}",
            remedy="settle the comment when nothing is left to be done about it",
            severity=Severity.NOTE,
        )
        at_us = None if comment.span is None else comment.span.start_us
        step = Step.CODE if comment.slot is None else _step_of_slot(comment.slot, scheme)
        yield OpenWork(step=step, finding=finding, at_us=at_us, slot=comment.slot)


def _step_of_slot(slot: SlotId, scheme: Scheme) -> Step:
    is_d = scheme.scale_of(slot).role is ScaleRole.DISORGANIZATION
    return Step.DISORGANIZATION if is_d else Step.RATE


def _work(
    step: Step,
    code: str,
    message: str,
    *,
    place: str = "",
    severity: Severity = Severity.ERROR,
) -> OpenWork:
    finding = Finding(code=code, message=message, place=place, severity=severity)
    return OpenWork(step=step, finding=finding)
