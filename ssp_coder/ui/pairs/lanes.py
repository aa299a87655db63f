"""Lanes in pairs, the reference's over the own one, for the groups in which something differs."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from ssp_coder.domain.time import SECOND_US
from ssp_coder.ui.code import feed
from ssp_coder.ui.timeline.model import Lane, Mark

if TYPE_CHECKING:
    from collections.abc import Iterable

    from ssp_coder.domain.coding import Coding, Event
    from ssp_coder.domain.scheme import Scheme
    from ssp_coder.ui.pairs.items import PairItem

OWN, REFERENCE = "own", "reference"


@dataclass(frozen=True, slots=True, kw_only=True)
class PairWords:
    """Words beside the lanes.

    Attributes:
        own: for the own lane.
        reference: for the reference's.
        acts: for a person's acts, with ``{0}`` for the person.
    """

    own: str
    reference: str
    acts: str


def differing_lanes(items: Iterable[PairItem], scheme: Scheme) -> frozenset[str]:
    """Ids of the lanes in which something differs."""
    kinds = {(event.code, event.subject): event for item in items for event in item.events}
    return frozenset(lane_of(event, scheme) for event in kinds.values())


def lane_pairs(
    own: Coding,
    reference: Coding,
    scheme: Scheme,
    wanted: frozenset[str],
    words: PairWords,
) -> tuple[Lane, ...]:
    """Two lanes for every lane wanted; for all lanes in use when none is."""
    events = (*reference.events, *own.events)
    kinds = {(event.code, event.subject): event for event in events}
    shown = wanted or frozenset(lane_of(event, scheme) for event in kinds.values())
    pairs = []
    for lane in feed.lanes_of(scheme, events, words.acts):
        if lane.id in shown:
            pairs.append(replace(lane, id=f"{REFERENCE}/{lane.id}", note=words.reference))
            pairs.append(replace(lane, id=f"{OWN}/{lane.id}", title="", note=words.own))
    return tuple(pairs)


def pair_marks(own: Coding, reference: Coding, scheme: Scheme) -> tuple[Mark, ...]:
    """The marks of both codings, each in its lane of the pair."""
    return (
        *_marks(reference.events, scheme, REFERENCE),
        *_marks(own.events, scheme, OWN),
    )


def mark_ids(item: PairItem) -> frozenset[str]:
    """The marks that an item is about."""
    ids = set()
    if item.own_event is not None:
        ids.add(f"{OWN}/{item.own_event.id}")
    if item.reference_event is not None:
        ids.add(f"{REFERENCE}/{item.reference_event.id}")
    return frozenset(ids)


def lane_of(event: Event, scheme: Scheme) -> str:
    """The lane that an event lies in, without its side."""
    return feed.lane_id(scheme.ethogram.group_of(event.code), event.subject)


def whole_length(own: Coding, reference: Coding) -> int:
    """How long both together are: their recordings, or their last event."""
    both = (own, reference)
    ends: list[int] = [media.duration_us for coding in both for media in coding.media[:1]]
    ends += [event.end_us or event.start_us for coding in both for event in coding.events]
    return max(ends, default=0) or SECOND_US


def _marks(events: Iterable[Event], scheme: Scheme, side: str) -> Iterable[Mark]:
    for mark in feed.marks_of(events, scheme):
        yield replace(mark, id=f"{side}/{mark.id}", lane=f"{side}/{mark.lane}")
