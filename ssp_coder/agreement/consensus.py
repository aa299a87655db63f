"""A consensus of two codings: what they have alike, what is to be settled, what follows from it.

Nothing here changes the two codings. Where both agree within the tolerance, the times of the first
are taken (project default).
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace

from ssp_coder.agreement.compare import compare
from ssp_coder.agreement.comparison import (
    DEFAULT_TOLERANCE_US,
    ClassLevel,
    Comparison,
    Difference,
    DifferenceKind,
)
from ssp_coder.agreement.consensus_indices import IndexPair, index_key, paired_indices
from ssp_coder.agreement.consensus_lanes import event_content, joined, lane_of
from ssp_coder.agreement.disagreement import (
    TOLD_LEVELS,
    Disagreement,
    DisagreementKind,
    disagreements,
    episode_starts,
    event_key,
    stretch_around,
)
from ssp_coder.domain.coding import Classification, Coding, DIndex, Event, VisitAnswer
from ssp_coder.domain.scale import Rating
from ssp_coder.domain.scheme import Scheme
from ssp_coder.domain.settlement import Agreed, SettledFor, Settlement
from ssp_coder.domain.time import Micros, Span


@dataclass(frozen=True, slots=True, kw_only=True)
class OpenItem:
    """Something that two coders have differently and that is to be settled.

    Attributes:
        key: stable for the two codings.
        at_us: where to look, None for what belongs to no moment.
        found: what differs, None where it is about an index of disorganization.
        indices: the indices, None for anything else.
    """

    key: str
    kind: DisagreementKind
    at_us: Micros | None
    found: Disagreement | None = None
    indices: IndexPair | None = None

    @property
    def loop(self) -> Span | None:
        """The stretch that shows it."""
        return None if self.at_us is None else stretch_around(self.at_us)

    @property
    def row(self) -> Difference | None:
        """The events, None for anything else."""
        return None if self.found is None else self.found.row

    @property
    def level(self) -> ClassLevel | None:
        """The level of the class, None for anything else."""
        at_level = None if self.found is None else self.found.at_level
        return None if at_level is None else at_level.level


@dataclass(frozen=True, slots=True, kw_only=True)
class Outcome:
    """What a settlement changes in a consensus.

    Attributes:
        removed: events that are no longer there, by what they say.
        added: events that are there instead.
        classification: the class that follows, None where it is not touched.
    """

    removed: tuple[Event, ...] = ()
    added: tuple[Event, ...] = ()
    classification: Classification | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Draw:
    """Two codings from which a consensus is drawn.

    Attributes:
        comparison: of the first against the second.
        items: what is to be settled: events in order of time, indices, ratings, class.
        agreed: what both have alike.
    """

    first: Coding
    second: Coding
    scheme: Scheme
    comparison: Comparison
    items: tuple[OpenItem, ...]
    agreed: Agreed

    def item(self, key: str) -> OpenItem | None:
        """The item with this key."""
        return next((one for one in self.items if one.key == key), None)

    def outcome(self, settled: Mapping[str, Settlement], new: Settlement) -> Outcome:
        """What changes when a disagreement is settled, or settled anew.

        Args:
            settled: what was settled until now, by key of the disagreement.
            new: what is decided.
        """
        after = {**settled, new.item: new}
        old = settled.get(new.item)
        touched = (*new.events, *(() if old is None else old.events))
        lanes = {lane_of(event, self.scheme) for event in touched}
        before_events = self._events_of(lanes, settled)
        after_events = self._events_of(lanes, after)
        item = self.item(new.item)
        has_class = item is not None and item.level is not None
        return Outcome(
            removed=_without(before_events, after_events),
            added=_without(after_events, before_events),
            classification=self.classification(after) if has_class else None,
        )

    def classification(self, settled: Mapping[str, Settlement]) -> Classification | None:
        """The class as far as it is agreed or settled; None while the main group is open."""
        differing = {one.level: one.key for one in self.items if one.level is not None}
        parts = {
            level: _decided_class(settled.get(differing[level]))
            if level in differing
            else self.first.classification
            for level in TOLD_LEVELS
        }
        whole = parts[ClassLevel.PRIMARY]
        if whole is None or not whole.primary:
            return None
        within = parts if ClassLevel.PRIMARY not in differing else dict.fromkeys(parts, whole)
        decision = parts[ClassLevel.D_DECISION]
        return Classification(
            primary=whole.primary,
            subgroup=_part(within[ClassLevel.SUBGROUP], "subgroup"),
            secondary=_part(within[ClassLevel.SECONDARY], "secondary"),
            d_decision=None if decision is None else decision.d_decision,
            d_reason=_part(decision, "d_reason"),
        )

    def _events_of(
        self, lanes: set[tuple[str, str]], settled: Mapping[str, Settlement]
    ) -> tuple[Event, ...]:
        decided = [event for one in settled.values() for event in one.events]
        found: list[Event] = []
        for lane in sorted(lanes):
            agreed = (e for e in self.agreed.events if lane_of(e, self.scheme) == lane)
            own = (e for e in decided if lane_of(e, self.scheme) == lane)
            found += joined(agreed, own, self.scheme, self.comparison.tolerance_us)
        return tuple(found)


def draw(
    first: Coding,
    second: Coding,
    scheme: Scheme,
    tolerance_us: Micros = DEFAULT_TOLERANCE_US,
) -> Draw:
    """What two codings have alike, and what is to be settled.

    Raises:
        ComparisonError: the two were not made with the scheme.
    """
    comparison = compare(first, second, scheme, tolerance_us=tolerance_us)
    indices = paired_indices(first.d_indices, second.d_indices, tolerance_us)
    items = _items(comparison, first, scheme, indices)
    found = Draw(
        first=first,
        second=second,
        scheme=scheme,
        comparison=comparison,
        items=items,
        agreed=Agreed(),
    )
    return replace(found, agreed=_agreed(found, indices))


def answer_of(found: Draw, item: OpenItem, taken: SettledFor) -> Settlement:
    """What a coder's answer, or neither's, would settle; reason and names are still to be said."""
    coding = found.first if taken is SettledFor.FIRST else found.second
    blank = Settlement(item=item.key, taken=taken, reason="", who="")
    rating = None if item.found is None else item.found.rating
    if taken is SettledFor.NEITHER:
        return replace(blank, slot=None if rating is None else rating.slot)
    if item.row is not None:
        event = item.row.own if taken is SettledFor.FIRST else item.row.reference
        return replace(blank, events=() if event is None else (as_taken(event),))
    if item.indices is not None:
        pair = item.indices
        index = pair.first if taken is SettledFor.FIRST else pair.second
        return replace(blank, index=None if index is None else _index_taken(index))
    if rating is not None:
        there = coding.rating(rating.slot)
        return replace(
            blank, slot=rating.slot, rating=None if there is None else _rating_taken(there)
        )
    own = coding.classification
    return replace(blank, classification=None if own is None else _class_taken(own))


def choices_of(found: Draw, item: OpenItem) -> tuple[SettledFor, ...]:
    """Whose answers can be taken; a class is always somebody's, and never nobody's."""
    if item.level is None:
        return tuple(SettledFor)
    sides = ((SettledFor.FIRST, found.first), (SettledFor.SECOND, found.second))
    given = (taken for taken, coding in sides if coding.classification is not None)
    return (*given, SettledFor.OWN)


def as_taken(event: Event) -> Event:
    """An event without the words of the coder who saw it."""
    return replace(event, comment="")


def _items(
    comparison: Comparison, first: Coding, scheme: Scheme, indices: Iterable[IndexPair]
) -> tuple[OpenItem, ...]:
    starts = episode_starts(first, scheme)
    found = [
        OpenItem(key=one.key, kind=one.kind, at_us=one.at_us, found=one)
        for one in (*disagreements(comparison, scheme, starts), *_other_details(comparison))
    ]
    events = [one for one in found if one.row is not None]
    events.sort(key=lambda one: (one.at_us or 0, one.key))
    judged = [one for one in found if one.row is None]
    return (*events, *_index_items(indices), *judged)


def _other_details(comparison: Comparison) -> Iterator[Disagreement]:
    """Pairs of one code and time that say different things of it."""
    for row in comparison.rows:
        if _is_same_time(row) and not _is_alike(row):
            yield Disagreement(
                key=event_key(row), kind=DisagreementKind.OTHER_CODE, at_us=row.at_us, row=row
            )


def _index_items(pairs: Iterable[IndexPair]) -> Iterator[OpenItem]:
    for pair in pairs:
        if not pair.is_alike:
            kind = DisagreementKind.OTHER_CODE
            if pair.first is None:
                kind = DisagreementKind.MISSED
            elif pair.second is None:
                kind = DisagreementKind.EXTRA
            yield OpenItem(key=index_key(pair), kind=kind, at_us=pair.at_us, indices=pair)


def _agreed(found: Draw, indices: Iterable[IndexPair]) -> Agreed:
    first, second = found.first, found.second
    marks = {mark.episode: mark for mark in (*second.episodes, *first.episodes)}
    alike = {one.slot for one in found.comparison.ratings if one.own == one.reference}
    return Agreed(
        events=tuple(
            as_taken(row.own)
            for row in found.comparison.rows
            if row.own is not None and _is_same_time(row) and _is_alike(row)
        ),
        episodes=tuple(
            replace(marks[plan.id], note="")
            for plan in found.scheme.procedure.episodes
            if plan.id in marks
        ),
        session_end=max(
            (end for end in (first.session_end, second.session_end) if end is not None),
            key=lambda end: end.at_us,
            default=None,
        ),
        ratings=tuple(_rating_taken(one) for one in first.ratings if one.slot in alike),
        d_indices=tuple(
            _index_taken(pair.first) for pair in indices if pair.is_alike and pair.first is not None
        ),
        classification=found.classification({}),
        visit=_visit(first, second),
        intervals=tuple(mark for mark in first.intervals if mark in set(second.intervals)),
    )


def _visit(first: Coding, second: Coding) -> tuple[VisitAnswer, ...]:
    """What both answered alike, and what only one of them answered."""
    there = {one.place: one for one in first.visit}
    other = {one.place: one for one in second.visit}
    return tuple(
        one
        for place, one in {**other, **there}.items()
        if one == there.get(place, one) == other.get(place, one)
    )


def _is_same_time(row: Difference) -> bool:
    return row.kind is DifferenceKind.MATCH and not row.ends_apart


def _is_alike(row: Difference) -> bool:
    """Whether both say the same of a behaviour, beside its code."""
    pair = (row.own, row.reference)
    return len({event.modifiers for event in pair if event is not None}) == 1


def _rating_taken(rating: Rating) -> Rating:
    """A rating without the coder's words, and without events of the coder's own numbers."""
    return Rating(slot=rating.slot, score=rating.score, clips=rating.clips)


def _index_taken(index: DIndex) -> DIndex:
    return replace(index, note="")


def _class_taken(own: Classification) -> Classification:
    return replace(own, confidence=0, rationale="", disagreement="")


def _decided_class(settlement: Settlement | None) -> Classification | None:
    return None if settlement is None else settlement.classification


def _part(own: Classification | None, name: str) -> str:
    return "" if own is None else str(getattr(own, name))


def _without(events: Iterable[Event], others: Iterable[Event]) -> tuple[Event, ...]:
    """Events that say what none of the others says, each of these standing for one of them."""
    left = Counter(event_content(event) for event in others)
    found = []
    for event in events:
        if left[event_content(event)]:
            left[event_content(event)] -= 1
        else:
            found.append(event)
    return tuple(found)
