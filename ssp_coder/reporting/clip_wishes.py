"""Which stretches of a coded video somebody wants as clips, and what is to be read in them."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from ssp_coder.domain.coding import Coding, Event
from ssp_coder.domain.finding import DomainError, Finding
from ssp_coder.domain.procedure import Procedure
from ssp_coder.domain.scheme import Scheme
from ssp_coder.domain.session import EpisodeSpan, episode_id_at, episode_spans
from ssp_coder.domain.time import SECOND_US, Micros, Span
from ssp_coder.formats.exportable import Exportable
from ssp_coder.media.overlay import Caption
from ssp_coder.reporting.clip_names import safe_name

POINT_SHOWN_US = SECOND_US
"""Project default: so long the code of a moment is to be read."""
BEFORE_US, AFTER_US = Micros(2_000_000), Micros(3_000_000)
"""Project default: so much is shown before and after an event."""
_MILLISECOND_US = 1_000


@dataclass(frozen=True, slots=True, kw_only=True)
class Wish:
    """One clip.

    Attributes:
        span: the stretch of session time.
        name: what tells it from the other clips, fit for a file name.
        moment_us: what a single picture of it shows: where the event or episode itself begins.
        episode: id of the episode in which it begins, empty outside all of them.
        code: code of its event, empty when it is none.
    """

    span: Span
    name: str
    moment_us: Micros
    episode: str = ""
    code: str = ""


def stretch_wish(span: Span, coded: Exportable | None = None) -> Wish:
    """A stretch from a time to a time."""
    within = None
    if coded is not None:
        spans = episode_spans(coded.coding, coded.scheme.procedure)
        within = episode_id_at(spans, span.start_us)
    return Wish(
        span=span,
        name=f"{span.start_us // _MILLISECOND_US:09d}ms",
        moment_us=span.start_us,
        episode=within or "",
    )


def episode_wish(coded: Exportable, name: str) -> Wish:
    """An episode from its start to the start of the next one or the session's end.

    Args:
        coded: the coding.
        name: the episode's id, or its number in the procedure.

    Raises:
        DomainError: there is no such episode, or its start or end is not marked.
    """
    spans = episode_spans(coded.coding, coded.scheme.procedure)
    found = next((span for span in spans if name in (span.plan.id, str(span.plan.number))), None)
    if found is None:
        raise DomainError(
            Finding(
                code="clip.episode_unknown",
                message=f"the procedure has no episode {name!r}",
                place=coded.coding.session,
                remedy=f"name one of {', '.join(span.plan.id for span in spans)}",
            )
        )
    span = _marked(coded.coding, found)
    return Wish(
        span=span, name=safe_name(found.plan.id), moment_us=span.start_us, episode=found.plan.id
    )


def _marked(coding: Coding, episode: EpisodeSpan) -> Span:
    if episode.start_us is None or episode.end_us is None:
        lacking = "start" if episode.start_us is None else "end"
        raise DomainError(
            Finding(
                code="clip.episode_unmarked",
                message=f"the {lacking} of episode {episode.plan.id} is not marked",
                place=coding.session,
                remedy="mark it in the window, or give the times with --from and --to",
            )
        )
    return Span(start_us=episode.start_us, end_us=episode.end_us)


def event_wishes(
    coded: Exportable, numbers: tuple[int, ...], codes: tuple[str, ...], margins: Span
) -> tuple[Wish, ...]:
    """The events with these numbers, and every event with these codes, in order of time.

    Args:
        coded: whose events.
        numbers: ids of events.
        codes: ids of codes.
        margins: from so much before an event (0 or less) to so much after its end.

    Raises:
        DomainError: there is no such event, or it has no end yet.
    """
    events = coded.coding.events
    known = {event.id for event in events}
    lacking = [str(number) for number in numbers if number not in known]
    lacking += [code for code in codes if all(event.code != code for event in events)]
    if lacking:
        raise DomainError(
            Finding(
                code="clip.event_unknown",
                message=f"there is no event {', '.join(lacking)}",
                place=coded.coding.session,
                remedy="take ids and codes from the table of events that 'ssp-coder export' writes",
            )
        )
    chosen = (event for event in events if event.id in numbers or event.code in codes)
    return wishes_of(coded, chosen, margins)


def wishes_of(coded: Exportable, events: Iterable[Event], margins: Span) -> tuple[Wish, ...]:
    """One clip for each of some events, with `margins` around it.

    Raises:
        DomainError: one of them has no end yet.
    """
    spans = episode_spans(coded.coding, coded.scheme.procedure)
    wishes = []
    for event in events:
        span = _with_margins(coded.coding, event, margins)
        wishes.append(
            Wish(
                span=span,
                name=f"event{event.id:04d}-{safe_name(event.code)}",
                moment_us=event.start_us,
                episode=episode_id_at(spans, event.start_us) or "",
                code=event.code,
            )
        )
    return tuple(wishes)


def _with_margins(coding: Coding, event: Event, margins: Span) -> Span:
    if event.end_us is None:
        raise DomainError(
            Finding(
                code="clip.event_open",
                message=f"event {event.id} ({event.code}) has no end yet",
                place=coding.session,
                remedy="end it in the window, or give the times with --from and --to",
            )
        )
    start = max(0, event.start_us + margins.start_us)
    return Span(start_us=Micros(start), end_us=Micros(event.end_us + margins.end_us))


def captions(coded: Exportable) -> tuple[Caption, ...]:
    """Every marked episode and every event, as words to be burnt in."""
    procedure = coded.scheme.procedure
    episodes = (
        Caption(
            span=Span(start_us=found.start_us, end_us=found.end_us), words=str(found.plan.title)
        )
        for found in episode_spans(coded.coding, procedure)
        if found.start_us is not None and found.end_us is not None
    )
    return (*episodes, *(_event_caption(coded.scheme, event) for event in coded.coding.events))


def _event_caption(scheme: Scheme, event: Event) -> Caption:
    end = event.start_us + POINT_SHOWN_US if event.end_us is None else event.end_us
    shown_until = max(end, event.start_us + POINT_SHOWN_US)
    return Caption(
        span=Span(start_us=event.start_us, end_us=Micros(shown_until)),
        words=str(scheme.ethogram.code(event.code).title),
        who=_who(scheme.procedure, event),
    )


def _who(procedure: Procedure, event: Event) -> str:
    return str(procedure.person(event.subject).title)
