"""Lanes in pairs, the reference's over yours, for the groups in which something differs."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from ssp_coder.ui.code import feed
from ssp_coder.ui.timeline.model import Lane, Mark

if TYPE_CHECKING:
    from collections.abc import Iterable

    from ssp_coder.domain.coding import Coding, Event
    from ssp_coder.domain.scheme import Scheme
    from ssp_coder.ui.compare.rows import DifferenceRow

OWN, REFERENCE = "own", "reference"


@dataclass(frozen=True, slots=True, kw_only=True)
class PairWords:
    """Words beside the lanes.

    Attributes:
        own: for your lane.
        reference: for the reference's.
        acts: for a person's acts, with ``{0}`` for the person.
    """

    own: str
    reference: str
    acts: str


def differing_lanes(rows: Iterable[DifferenceRow], scheme: Scheme) -> frozenset[str]:
    """Ids of the lanes in which something differs."""
    return frozenset(_lane_of(event, scheme) for row in rows for event in row.events)


def lane_pairs(
    own: Coding,
    reference: Coding,
    scheme: Scheme,
    wanted: frozenset[str],
    words: PairWords,
) -> tuple[Lane, ...]:
    """Two lanes for every lane wanted; for all lanes in use when none is."""
    events = (*reference.events, *own.events)
    used = frozenset(_lane_of(event, scheme) for event in events)
    shown = wanted or used
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


def mark_ids(row: DifferenceRow) -> frozenset[str]:
    """The marks that a difference is about."""
    ids = set()
    if row.own_event is not None:
        ids.add(f"{OWN}/{row.own_event.id}")
    if row.reference_event is not None:
        ids.add(f"{REFERENCE}/{row.reference_event.id}")
    return frozenset(ids)


def _lane_of(event: Event, scheme: Scheme) -> str:
    return feed.lane_id(scheme.ethogram.group_of(event.code), event.subject)


def _marks(events: Iterable[Event], scheme: Scheme, side: str) -> Iterable[Mark]:
    for mark in feed.marks_of(events, scheme):
        yield replace(mark, id=f"{side}/{mark.id}", lane=f"{side}/{mark.lane}")
