"""Events that bear on a scale in an episode: evidence for a rating, and the times they give."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from ssp_coder.domain.coding import Coding, Event
from ssp_coder.domain.ethogram import Code, CodeId, CodeKind
from ssp_coder.domain.scale import RatingSlot
from ssp_coder.domain.scheme import Scheme
from ssp_coder.domain.session import EpisodeSpan, episode_spans
from ssp_coder.domain.time import Micros, Span


@dataclass(frozen=True, slots=True, kw_only=True)
class FirstAct:
    """The first single act that bears on a scale in an episode.

    Attributes:
        after_us: from the start of the episode.
    """

    code: Code
    after_us: Micros


@dataclass(frozen=True, slots=True, kw_only=True)
class Lasting:
    """How long one state that bears on a scale lasted within an episode."""

    code: Code
    total_us: Micros
    longest_us: Micros


def bearing_codes(scheme: Scheme, slot: RatingSlot) -> frozenset[CodeId]:
    """The codes that the ethogram names as evidence for a place's scale."""
    return frozenset(
        code.id for code in scheme.ethogram.codes() if str(slot.scale) in code.bears_on
    )


def slot_span(coding: Coding, scheme: Scheme, slot: RatingSlot) -> EpisodeSpan | None:
    """Where the episode of a place lies on the video; None for the whole session."""
    spans = episode_spans(coding, scheme.procedure)
    return next((span for span in spans if span.plan.id == slot.episode), None)


def bearing_events(coding: Coding, scheme: Scheme, slot: RatingSlot) -> tuple[Event, ...]:
    """Events that bear on a place and are not directed to somebody else."""
    return tuple(_bearing(coding, scheme, slot))


def _bearing(coding: Coding, scheme: Scheme, slot: RatingSlot) -> Iterator[Event]:
    codes = bearing_codes(scheme, slot)
    span = slot_span(coding, scheme, slot)
    for event in coding.events if codes else ():
        inside = span is None or _reaches(event, span)
        if event.code in codes and inside and _concerns(event, scheme, slot):
            yield event


def _reaches(event: Event, span: EpisodeSpan) -> bool:
    if span.start_us is None or (span.end_us is not None and event.start_us >= span.end_us):
        return False
    return event.start_us >= span.start_us or event.end_us is None or event.end_us > span.start_us


def _concerns(event: Event, scheme: Scheme, slot: RatingSlot) -> bool:
    if slot.toward is None:
        return True
    letters = {person.letter for person in scheme.procedure.persons}
    named = {value for _, value in event.modifiers} & letters
    return not named or scheme.procedure.person(slot.toward).letter in named


def first_act(coding: Coding, scheme: Scheme, slot: RatingSlot) -> FirstAct | None:
    """The first single act of an episode that bears on the place, or None."""
    span = slot_span(coding, scheme, slot)
    if span is None or span.start_us is None:
        return None
    for event in bearing_events(coding, scheme, slot):
        code = scheme.ethogram.code(event.code)
        if code.kind is CodeKind.POINT and event.start_us >= span.start_us:
            return FirstAct(code=code, after_us=Micros(event.start_us - span.start_us))
    return None


def lasting(coding: Coding, scheme: Scheme, slot: RatingSlot) -> tuple[Lasting, ...]:
    """Each state of an episode that bears on the place, the longest in all first.

    A state without an end counts to the end of the episode; nothing is said while that is open.
    """
    span = slot_span(coding, scheme, slot)
    if span is None or span.start_us is None or span.end_us is None:
        return ()
    episode = Span(start_us=span.start_us, end_us=span.end_us)
    lengths: dict[CodeId, list[Micros]] = {}
    for event in bearing_events(coding, scheme, slot):
        if scheme.ethogram.code(event.code).kind is CodeKind.STATE:
            end = episode.end_us if event.end_us is None else event.end_us
            shared = Span(start_us=event.start_us, end_us=end).overlap_us(episode)
            lengths.setdefault(event.code, []).append(shared)
    found = [
        Lasting(
            code=scheme.ethogram.code(code),
            total_us=Micros(sum(parts)),
            longest_us=max(parts),
        )
        for code, parts in lengths.items()
    ]
    return tuple(sorted(found, key=lambda state: -state.total_us))
