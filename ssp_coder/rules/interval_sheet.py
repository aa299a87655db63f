"""The interval sheet of an episode: each measure in each interval, from events or coded directly.

A measure of an episode is either derived from the events or, once one of its intervals was marked
directly, coded directly as a whole; the two are never mixed.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Iterator
from dataclasses import dataclass, replace
from enum import StrEnum
from itertools import islice, takewhile

from ssp_coder.domain.coding import Coding, IntervalMark
from ssp_coder.domain.measures import Measure, MeasureKind
from ssp_coder.domain.procedure import EpisodeId, EpisodePlan, SubjectId
from ssp_coder.domain.scheme import Scheme
from ssp_coder.domain.time import Micros, Span
from ssp_coder.rules.interval_tally import Blank, Cell, IntervalTally, MeasuredPerson


class Source(StrEnum):
    """What a measure of an episode was taken from."""

    DERIVED = "derived"
    DIRECT = "direct"


@dataclass(frozen=True, slots=True, kw_only=True)
class SheetRow:
    """One measure of one person in one episode.

    Attributes:
        cells: of each interval how often, or whether (1 or 0), the behaviour occurs; or why there
            is no number.
        derived: what the events say, whatever the source is.
        full_intervals: number of intervals that `prorated` refers to.
        beyond: direct marks of intervals that the episode does not have any more.
    """

    measure: Measure
    subject: SubjectId
    source: Source
    cells: tuple[Cell, ...]
    derived: tuple[Cell, ...]
    full_intervals: float
    beyond: int = 0

    @property
    def raw(self) -> int | None:
        """Intervals in which it occurs, or times that it begins; None while nothing is known."""
        return _total(self.cells)

    @property
    def derived_raw(self) -> int | None:
        """What `raw` is by the events."""
        return _total(self.derived)

    @property
    def coded(self) -> int:
        """Intervals of which something is known."""
        return sum(isinstance(cell, int) for cell in self.cells)

    @property
    def left_open(self) -> int:
        """Intervals in view of which nothing is known yet."""
        return sum(cell is Blank.NOT_CODED for cell in self.cells)

    @property
    def prorated(self) -> float | None:
        """`raw` as it would be in a full episode; None while an interval is left open.

        Intervals without any view are left out of the base (project default).
        """
        raw = self.raw
        if raw is None or self.left_open:
            return None
        return raw * self.full_intervals / self.coded


def _total(cells: tuple[Cell, ...]) -> int | None:
    known = [cell for cell in cells if isinstance(cell, int)]
    return sum(known) if known else None


@dataclass(frozen=True, slots=True, kw_only=True)
class EpisodeSheet:
    """All measures of one episode.

    Attributes:
        edges: edges of the intervals, one more than there are intervals.
        interval_us: length of a whole interval; only the last may differ from it.
    """

    plan: EpisodePlan
    edges: tuple[int, ...]
    interval_us: int
    rows: tuple[SheetRow, ...]

    @property
    def n_intervals(self) -> int:
        """How many intervals the episode has."""
        return len(self.edges) - 1

    def span(self, interval: int) -> Span:
        """Where an interval lies on the video, by its place from 0."""
        return Span(start_us=Micros(self.edges[interval]), end_us=Micros(self.edges[interval + 1]))

    def interval_at(self, time_us: int) -> int | None:
        """The place of the interval that holds a time, or None outside all of them."""
        if not self.edges[0] <= time_us < self.edges[-1]:
            return None
        return bisect_right(self.edges, time_us) - 1


def measured_persons(scheme: Scheme) -> tuple[MeasuredPerson, ...]:
    """Every measure with every person of whom it is told, in the order of the sheet."""
    return tuple(
        MeasuredPerson(measure=measure, subject=subject)
        for measure in scheme.ethogram.measures
        for subject in measure.subjects
    )


def episode_sheets(coding: Coding, scheme: Scheme) -> tuple[EpisodeSheet, ...]:
    """The sheets of all episodes of which start and end are known, in the plan's order."""
    tally = IntervalTally(coding, scheme, measured_persons(scheme))
    found = (sheet_of(tally, coding, plan.id) for plan in scheme.procedure.episodes)
    return tuple(sheet for sheet in found if sheet is not None)


def sheet_of(tally: IntervalTally, coding: Coding, episode: EpisodeId) -> EpisodeSheet | None:
    """The sheet of one episode, None while its start or end is not known.

    Args:
        tally: what the events of the coding say.
        coding: the coding, for its direct marks.
        episode: id of the episode.
    """
    cut = tally.cut(episode)
    if cut is None:
        return None
    rows = tuple(
        row_of(tally, episode, person, direct_marks(coding, episode, person))
        for person in tally.persons
    )
    return EpisodeSheet(
        plan=cut.plan, edges=cut.edges, interval_us=tally.sampling.interval_us, rows=rows
    )


def row_of(
    tally: IntervalTally,
    episode: EpisodeId,
    person: MeasuredPerson,
    direct: tuple[IntervalMark, ...],
) -> SheetRow:
    """One row of the sheet of an episode whose start and end are known.

    Args:
        tally: what the events say.
        episode: id of the episode.
        person: which measure of whom.
        direct: what was coded directly of it in this episode.
    """
    derived = tally.cells(episode, person)
    seen = {mark.interval: int(mark.seen) for mark in direct}
    return SheetRow(
        measure=person.measure,
        subject=person.subject,
        source=Source.DIRECT if direct else Source.DERIVED,
        cells=tuple(_direct_cells(seen, tally.hidden(episode, person))) if direct else derived,
        derived=derived,
        full_intervals=tally.sampling.full_intervals,
        beyond=sum(mark.interval >= len(derived) for mark in direct),
    )


def direct_marks(
    coding: Coding, episode: EpisodeId, person: MeasuredPerson
) -> tuple[IntervalMark, ...]:
    """What was coded directly of one measure and person in an episode."""
    of_it: tuple[str, str, str] = (episode, person.measure.id, person.subject)
    first = bisect_left(coding.intervals, (*of_it, 0), key=_place)
    rest = islice(coding.intervals, first, None)
    return tuple(takewhile(lambda mark: mark.place[:3] == of_it, rest))


def _place(mark: IntervalMark) -> tuple[str, str, str, int]:
    return mark.place


def begun_directly(row: SheetRow, hidden: tuple[bool, ...]) -> SheetRow:
    """A derived row as it is once a person means to mark it, with nothing marked yet.

    Args:
        row: what the events say.
        hidden: which intervals are wholly without view.
    """
    return replace(row, source=Source.DIRECT, cells=tuple(_direct_cells({}, hidden)))


def may_be_direct(measure: Measure) -> bool:
    """Whether intervals can be marked without events; a count needs each act by itself."""
    return measure.kind is MeasureKind.INTERVAL


def _direct_cells(seen: dict[int, int], hidden: tuple[bool, ...]) -> Iterator[Cell]:
    for place, is_hidden in enumerate(hidden):
        yield seen.get(place, Blank.NO_VIEW if is_hidden else Blank.NOT_CODED)
