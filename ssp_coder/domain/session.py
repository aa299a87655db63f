"""Where the marks of a coding lie on the time line: episodes as spans, presence, the end."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from ssp_coder.domain.coding import Coding, EpisodeMark, Event
from ssp_coder.domain.ethogram import GroupRole
from ssp_coder.domain.procedure import EpisodeId, EpisodePlan, Procedure, SubjectId
from ssp_coder.domain.scheme import Scheme
from ssp_coder.domain.time import Micros


class EpisodeStatus(StrEnum):
    """How an episode went, as far as it is known."""

    UNMARKED = "unmarked"
    MISSING = "missing"
    RUNNING = "running"
    AS_PLANNED = "as_planned"
    CURTAILED = "curtailed"
    EXTENDED = "extended"


@dataclass(frozen=True, slots=True, kw_only=True)
class EpisodeSpan:
    """An episode of the plan beside what was marked of it.

    Attributes:
        start_us: None when it is unmarked or missing.
        end_us: start of the next episode that took place, or the session end; None while the
            end is not known.
        status: curtailed or extended when the length leaves the procedure's tolerance.
        deviates: whether that curtailing or extending is not foreseen by the procedure.
    """

    plan: EpisodePlan
    mark: EpisodeMark | None
    start_us: Micros | None
    end_us: Micros | None
    status: EpisodeStatus
    deviates: bool

    @property
    def length_us(self) -> Micros | None:
        """Real length in microseconds, None while start or end is not known."""
        if self.start_us is None or self.end_us is None:
            return None
        return Micros(self.end_us - self.start_us)

    def holds(self, time_us: Micros) -> bool:
        """Whether a time lies in the episode; one without a known end holds all that follows."""
        if self.start_us is None or time_us < self.start_us:
            return False
        return self.end_us is None or time_us < self.end_us


def episode_spans(coding: Coding, procedure: Procedure) -> tuple[EpisodeSpan, ...]:
    """Every episode of the plan with its real place, in the plan's order."""
    marks = {mark.episode: mark for mark in coding.episodes}
    starts = [_start(marks.get(plan.id)) for plan in procedure.episodes]
    session_end = coding.session_end.at_us if coding.session_end else None
    spans = []
    for place, plan in enumerate(procedure.episodes):
        end = next((start for start in starts[place + 1 :] if start is not None), session_end)
        spans.append(_span(plan, marks.get(plan.id), end, procedure.length_tolerance_us))
    return tuple(spans)


def _start(mark: EpisodeMark | None) -> Micros | None:
    return None if mark is None else mark.start_us


def _span(
    plan: EpisodePlan, mark: EpisodeMark | None, end_us: Micros | None, tolerance_us: Micros
) -> EpisodeSpan:
    start_us = _start(mark)
    status = _status(plan, mark, end_us, tolerance_us)
    deviates = (status is EpisodeStatus.CURTAILED and not plan.may_curtail) or (
        status is EpisodeStatus.EXTENDED and not plan.may_extend
    )
    return EpisodeSpan(
        plan=plan,
        mark=mark,
        start_us=start_us,
        end_us=None if start_us is None else end_us,
        status=status,
        deviates=deviates,
    )


def _status(
    plan: EpisodePlan, mark: EpisodeMark | None, end_us: Micros | None, tolerance_us: Micros
) -> EpisodeStatus:
    if mark is None:
        return EpisodeStatus.UNMARKED
    if mark.start_us is None:
        return EpisodeStatus.MISSING
    if end_us is None:
        return EpisodeStatus.RUNNING
    difference = end_us - mark.start_us - plan.planned_us
    if difference < -tolerance_us:
        return EpisodeStatus.CURTAILED
    if difference > tolerance_us:
        return EpisodeStatus.EXTENDED
    return EpisodeStatus.AS_PLANNED


def episode_at(spans: tuple[EpisodeSpan, ...], time_us: Micros) -> EpisodeSpan | None:
    """The episode that holds a time, or None outside all of them."""
    return next((span for span in spans if span.holds(time_us)), None)


def episode_id_at(spans: tuple[EpisodeSpan, ...], time_us: Micros) -> EpisodeId | None:
    """The id of the episode that holds a time, or None outside all of them."""
    span = episode_at(spans, time_us)
    return None if span is None else span.plan.id


def is_present(coding: Coding, scheme: Scheme, subject: SubjectId, time_us: Micros) -> bool | None:
    """Whether a person is in the room, from coded presence, else from the episode's plan.

    Returns:
        None when neither says anything.
    """
    coded = _coded_presence(coding, scheme, subject, time_us)
    if coded is not None:
        return coded
    span = episode_at(episode_spans(coding, scheme.procedure), time_us)
    return None if span is None else subject in span.plan.present


def _coded_presence(
    coding: Coding, scheme: Scheme, subject: SubjectId, time_us: Micros
) -> bool | None:
    for event in reversed(coding.events_before(time_us)):
        if event.subject == subject and _covers(event, time_us):
            code = scheme.ethogram.code(event.code)
            if scheme.ethogram.group(code.group).role is GroupRole.PRESENCE:
                return code.present
    return None


def _covers(event: Event, time_us: Micros) -> bool:
    return event.start_us <= time_us and (event.end_us is None or time_us < event.end_us)
