"""A count of a rule table, where the coder marked its intervals without coding events.

A measure stands for a count when it is of the same codes, in intervals of the same length, of the
person observed. Which of the two ways an episode was coded is the coder's choice; they are never
mixed, as in the interval sheet.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from ssp_coder.domain.procedure import EpisodeId
from ssp_coder.rules.interval_sheet import direct_marks, may_be_direct, row_of
from ssp_coder.rules.interval_tally import IntervalTally, MeasuredPerson
from ssp_coder.rules.intervals import IntervalCount

if TYPE_CHECKING:
    from ssp_coder.domain.coding import Coding
    from ssp_coder.domain.scheme import DerivedCount, Scheme


def coded_directly(coding: Coding, scheme: Scheme, count: DerivedCount) -> MeasuredPerson | None:
    """The measure by whose marked intervals a count is known, None where events tell it."""
    for person in _standing_for(scheme, count):
        if direct_marks(coding, EpisodeId(count.episode), person):
            return person
    return None


def direct_count(
    coding: Coding,
    scheme: Scheme,
    count: DerivedCount,
    person: MeasuredPerson,
    full_intervals: float,
) -> IntervalCount | None:
    """What the marked intervals say; None while one in view is left open or the episode unmarked.

    Intervals without any view are left out of the base, as in the interval sheet (project default).
    """
    episode = EpisodeId(count.episode)
    tally = IntervalTally(coding, scheme, (person,))
    if tally.cut(episode) is None:
        return None
    row = row_of(tally, episode, person, direct_marks(coding, episode, person))
    if row.raw is None or row.left_open:
        return None
    prorated = row.raw * full_intervals / row.coded
    return IntervalCount(raw=row.raw, n_intervals=row.coded, prorated=prorated)


def _standing_for(scheme: Scheme, count: DerivedCount) -> tuple[MeasuredPerson, ...]:
    ethogram, focal = scheme.ethogram, scheme.procedure.focal_subject
    if ethogram.sampling.interval_us != count.interval_us:
        return ()
    return tuple(
        MeasuredPerson(measure=measure, subject=focal)
        for measure in ethogram.measures
        if may_be_direct(measure)
        and focal in measure.subjects
        and frozenset(measure.codes) == frozenset(count.codes)
    )
