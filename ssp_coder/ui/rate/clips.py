"""What justifies a rating: events and stretches of the video, in the order of their time."""

from __future__ import annotations

from dataclasses import dataclass, replace
from enum import StrEnum
from typing import TYPE_CHECKING

from ssp_coder.domain.coding import Coding, Event, EventId
from ssp_coder.domain.scale import Rating
from ssp_coder.domain.time import SECOND_US, Micros, Span
from ssp_coder.ui.rate.evidence import bearing_events, slot_span

if TYPE_CHECKING:
    from ssp_coder.domain.scale import RatingSlot
    from ssp_coder.domain.scheme import Scheme

LAST_US = 5 * SECOND_US
"""Project default: so much before the frame on the screen is offered as a stretch."""

MOST_EVENTS = 6
"""So many events of the episode are offered, those nearest to the frame on the screen."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Clip:
    """One piece of evidence.

    Attributes:
        span: what it covers; a point and an open state have no length.
        event: the event it is, or None for a stretch of the video.
    """

    span: Span
    event: Event | None = None

    @classmethod
    def of_event(cls, event: Event) -> Clip:
        """An event as evidence."""
        end_us = event.start_us if event.end_us is None else event.end_us
        return cls(span=Span(start_us=event.start_us, end_us=end_us), event=event)


@dataclass(frozen=True, slots=True, kw_only=True)
class Hand:
    """What the coder has at hand elsewhere in the workspace.

    Attributes:
        selected: events selected in the table, in its order.
        loop: the stretch that is looped, or None.
    """

    selected: tuple[EventId, ...] = ()
    loop: Span | None = None


class OfferKind(StrEnum):
    """Where a piece of evidence that is offered comes from."""

    SELECTED = "selected"
    LOOP = "loop"
    LAST = "last"
    EPISODE = "episode"


@dataclass(frozen=True, slots=True, kw_only=True)
class Offer:
    """A piece of evidence that can be tied to a place now."""

    kind: OfferKind
    clip: Clip


def clips_of(coding: Coding, rating: Rating | None) -> tuple[Clip, ...]:
    """The evidence of a rating; an event that was deleted meanwhile is left out."""
    if rating is None or not (rating.evidence or rating.clips):
        return ()
    events = (event for event in coding.events if event.id in rating.evidence)
    found = [Clip.of_event(event) for event in events]
    found += [Clip(span=span) for span in rating.clips]
    return tuple(sorted(found, key=lambda clip: (clip.span.start_us, clip.span.end_us)))


def with_clip(rating: Rating, clip: Clip) -> Rating:
    """A rating with one more piece of evidence; the same one twice is one."""
    if clip.event is None:
        return replace(rating, clips=(*(s for s in rating.clips if s != clip.span), clip.span))
    kept = (tie for tie in rating.evidence if tie != clip.event.id)
    return replace(rating, evidence=(*kept, clip.event.id))


def without_clip(rating: Rating, clip: Clip) -> Rating:
    """A rating without a piece of its evidence."""
    if clip.event is None:
        return replace(rating, clips=tuple(span for span in rating.clips if span != clip.span))
    kept = tuple(tie for tie in rating.evidence if tie != clip.event.id)
    return replace(rating, evidence=kept)


def offers(
    coding: Coding, scheme: Scheme, slot: RatingSlot, playhead_us: int, hand: Hand
) -> tuple[Offer, ...]:
    """What can be tied to a place now, and is not yet: what is at hand, then the episode's events.

    Args:
        coding: as it is now.
        scheme: it says which codes bear on the place.
        slot: the place.
        playhead_us: the frame on the screen.
        hand: what the coder selected or loops.
    """
    tied = clips_of(coding, coding.rating(slot.id))
    selected = [event for event in coding.events if event.id in hand.selected]
    found = [Offer(kind=OfferKind.SELECTED, clip=Clip.of_event(event)) for event in selected[:1]]
    if hand.loop is not None:
        found.append(Offer(kind=OfferKind.LOOP, clip=Clip(span=hand.loop)))
    if playhead_us > 0:
        start_us = Micros(max(0, playhead_us - LAST_US))
        last = Span(start_us=start_us, end_us=Micros(playhead_us))
        found.append(Offer(kind=OfferKind.LAST, clip=Clip(span=last)))
    taken = {clip.event.id for clip in tied if clip.event is not None}
    taken |= {offer.clip.event.id for offer in found if offer.clip.event is not None}
    near = sorted(
        (event for event in _of_episode(coding, scheme, slot) if event.id not in taken),
        key=lambda event: (abs(event.start_us - playhead_us), event.start_us),
    )
    found += [Offer(kind=OfferKind.EPISODE, clip=Clip.of_event(e)) for e in near[:MOST_EVENTS]]
    return tuple(offer for offer in found if offer.clip not in tied)


def _of_episode(coding: Coding, scheme: Scheme, slot: RatingSlot) -> tuple[Event, ...]:
    span = slot_span(coding, scheme, slot)
    if span is not None and span.start_us is None:
        return ()
    return bearing_events(coding, scheme, slot)


def next_clip(clips: tuple[Clip, ...], last: Clip | None) -> int | None:
    """Place of the piece of evidence to be shown after `last`, going round; None without any."""
    if not clips:
        return None
    return (clips.index(last) + 1) % len(clips) if last in clips else 0
