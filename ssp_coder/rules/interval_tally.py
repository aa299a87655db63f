"""What events say of the intervals of all episodes, kept up change by change."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from enum import Enum
from itertools import pairwise

from ssp_coder.domain.coding import Coding, Event
from ssp_coder.domain.ethogram import CodeId, GroupId, GroupRole
from ssp_coder.domain.measures import Measure, MeasureKind, Sampling
from ssp_coder.domain.procedure import EpisodeId, EpisodePlan, SubjectId
from ssp_coder.domain.scheme import Scheme
from ssp_coder.domain.session import EpisodeSpan, episode_spans
from ssp_coder.domain.time import Micros, Span
from ssp_coder.rules.intervals import interval_edges, intervals_touched


class Blank(Enum):
    """Why there is no number for an interval."""

    NOT_CODED = "not_coded"
    NO_VIEW = "no_view"
    """The whole interval was without view, and nothing of the behaviour was coded in it."""


Cell = int | Blank
_Lane = tuple[GroupId, SubjectId]


@dataclass(frozen=True, slots=True, kw_only=True)
class MeasuredPerson:
    """A measure and one of the persons of whom it is told."""

    measure: Measure
    subject: SubjectId


@dataclass(frozen=True, slots=True, kw_only=True)
class EpisodeCut:
    """An episode cut into intervals.

    Attributes:
        edges: edges of the intervals, one more than there are intervals.
    """

    plan: EpisodePlan
    edges: tuple[int, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class _Use:
    """What a code of a person is good for: places of rows.

    Attributes:
        counted: rows of which it is the behaviour.
        lane: where to note that the group was coded at all, or None.
        hides: rows that cannot be seen while it lasts.
    """

    counted: tuple[int, ...]
    lane: _Lane | None
    hides: tuple[int, ...]

    @property
    def is_idle(self) -> bool:
        return not (self.counted or self.lane or self.hides)


class _EpisodeTally:
    """Numbers of one episode: events by row and interval, and stretches without view by row."""

    def __init__(self, cut: EpisodeCut, rows: int) -> None:
        self.cut = cut
        self.counts = [[0] * (len(cut.edges) - 1) for _ in range(rows)]
        self.without_view: list[list[Span]] = [[] for _ in range(rows)]
        self.hidden: list[tuple[bool, ...] | None] = [None] * rows


class IntervalTally:
    """How often each measure occurs in each interval, by the events.

    A measure is not coded while the coding holds no event of any of its groups for the person: a
    lane that nobody coded says nothing, it does not say zero. An interval that lies wholly in
    states marked as unseen says nothing either, unless the behaviour was coded in it all the same
    (project default); of one partly in view, what can be seen counts.
    """

    def __init__(
        self, coding: Coding, scheme: Scheme, persons: Sequence[MeasuredPerson] = ()
    ) -> None:
        """Count all events once.

        Args:
            coding: the coding as it is.
            scheme: what it is coded with.
            persons: the rows of the sheet.
        """
        self.persons = tuple(persons)
        self.sampling: Sampling = scheme.ethogram.sampling
        self._scheme = scheme
        self._places = {(p.measure.id, p.subject): at for at, p in enumerate(self.persons)}
        self._lanes = [_lanes_of(person, scheme) for person in self.persons]
        self._coded: dict[_Lane, int] = {lane: 0 for lanes in self._lanes for lane in lanes}
        self._uses: dict[tuple[CodeId, SubjectId], _Use] = {}
        self._episodes = [
            _EpisodeTally(cut, len(self.persons)) for cut in _cuts(coding, scheme, self.sampling)
        ]
        self._episodes.sort(key=lambda episode: episode.cut.edges[0])
        self._starts = [episode.cut.edges[0] for episode in self._episodes]
        self._by_id = {episode.cut.plan.id: episode for episode in self._episodes}
        self.follow((), coding.events)

    def follow(self, removed: Iterable[Event], added: Iterable[Event]) -> frozenset[int]:
        """Take note of a change of events; places of the rows that may differ."""
        changed: set[int] = set()
        for step, events in ((-1, removed), (1, added)):
            for event in events:
                use = self._use(event)
                if not use.is_idle:
                    self._take(event, use, step)
                    changed.update(self._rows_of(use))
        return frozenset(changed)

    def cut(self, episode: EpisodeId) -> EpisodeCut | None:
        """How an episode is cut, None while its start or end is not known."""
        found = self._by_id.get(episode)
        return None if found is None else found.cut

    def cells(self, episode: EpisodeId, person: MeasuredPerson) -> tuple[Cell, ...]:
        """What the events say of each interval of an episode that is cut."""
        row = self._row(person)
        counts = self._by_id[episode].counts[row]
        hidden = self.hidden(episode, person)
        coded = any(self._coded[lane] for lane in self._lanes[row])
        whether = person.measure.kind is MeasureKind.INTERVAL
        return tuple(
            _cell(min(1, count) if whether else count, is_hidden=is_hidden, is_coded=coded)
            for count, is_hidden in zip(counts, hidden, strict=True)
        )

    def hidden(self, episode: EpisodeId, person: MeasuredPerson) -> tuple[bool, ...]:
        """Which intervals of an episode that is cut are wholly without view of a measure."""
        row, found = self._row(person), self._by_id[episode]
        known = found.hidden[row]
        if known is None:
            known = _covered(found.cut.edges, found.without_view[row])
            found.hidden[row] = known
        return known

    def _row(self, person: MeasuredPerson) -> int:
        return self._places[person.measure.id, person.subject]

    def _use(self, event: Event) -> _Use:
        key = (event.code, event.subject)
        use = self._uses.get(key)
        if use is None:
            use = self._uses[key] = self._use_of(event.code, event.subject)
        return use

    def _use_of(self, code_id: CodeId, subject: SubjectId) -> _Use:
        code = self._scheme.ethogram.code(code_id)
        lane = (code.group, subject)
        counted = tuple(
            place
            for place, person in enumerate(self.persons)
            if person.subject == subject and code_id in person.measure.codes
        )
        return _Use(
            counted=counted,
            lane=lane if lane in self._coded else None,
            hides=tuple(self._hidden_by(lane)) if code.unseen else (),
        )

    def _hidden_by(self, lane: _Lane) -> Iterable[int]:
        group, _ = lane
        everything = self._scheme.ethogram.group(group).role is GroupRole.PROCEDURE
        return (place for place, own in enumerate(self._lanes) if everything or own == {lane})

    def _take(self, event: Event, use: _Use, step: int) -> None:
        if use.lane is not None:
            self._coded[use.lane] += step
        for episode in self._met_by(event):
            for row in use.counted:
                self._count(event, episode, row, step)
            for row in use.hides:
                _hide(event, episode, row, step)

    def _met_by(self, event: Event) -> Iterable[_EpisodeTally]:
        """The episodes that an event reaches into, and perhaps the one before it."""
        first = max(0, bisect_right(self._starts, event.start_us) - 1)
        for episode in self._episodes[first:]:
            if event.end_us is not None and event.end_us < episode.cut.edges[0]:
                return
            yield episode

    def _count(self, event: Event, episode: _EpisodeTally, row: int, step: int) -> None:
        edges, counts = episode.cut.edges, episode.counts[row]
        touched = intervals_touched(event, edges, self.sampling.interval_us)
        if self.persons[row].measure.kind is MeasureKind.COUNT:
            touched = touched[:1] if event.start_us >= edges[0] else range(0)
        for place in touched:
            counts[place] += step

    def _rows_of(self, use: _Use) -> Iterable[int]:
        yield from use.counted
        yield from use.hides
        if use.lane is not None:
            yield from (row for row, lanes in enumerate(self._lanes) if use.lane in lanes)


def _cell(count: int, *, is_hidden: bool, is_coded: bool) -> Cell:
    if count:
        return count
    if is_hidden:
        return Blank.NO_VIEW
    return 0 if is_coded else Blank.NOT_CODED


def _lanes_of(person: MeasuredPerson, scheme: Scheme) -> frozenset[_Lane]:
    ethogram = scheme.ethogram
    return frozenset((ethogram.code(code).group, person.subject) for code in person.measure.codes)


def _cuts(coding: Coding, scheme: Scheme, sampling: Sampling) -> Iterable[EpisodeCut]:
    for span in episode_spans(coding, scheme.procedure):
        place = _known(span)
        if place is not None:
            edges = interval_edges(place, sampling.interval_us, sampling.rest)
            yield EpisodeCut(plan=span.plan, edges=edges)


def _known(span: EpisodeSpan) -> Span | None:
    if span.start_us is None or span.end_us is None:
        return None
    return Span(start_us=span.start_us, end_us=span.end_us)


def _hide(event: Event, episode: _EpisodeTally, row: int, step: int) -> None:
    end_us = episode.cut.edges[-1] if event.end_us is None else event.end_us
    if end_us <= event.start_us:
        return
    span = Span(start_us=event.start_us, end_us=Micros(end_us))
    episode.hidden[row] = None
    if step > 0:
        episode.without_view[row].append(span)
    else:
        episode.without_view[row].remove(span)


def _covered(edges: tuple[int, ...], spans: list[Span]) -> tuple[bool, ...]:
    """Which of the intervals are covered from edge to edge by spans that may overlap."""
    merged: list[tuple[int, int]] = []
    for span in sorted(spans, key=lambda span: span.start_us):
        if merged and span.start_us <= merged[-1][1]:
            merged[-1] = (merged[-1][0], max(merged[-1][1], span.end_us))
        else:
            merged.append((span.start_us, span.end_us))
    return tuple(
        any(start <= left and right <= end for start, end in merged)
        for left, right in pairwise(edges)
    )
