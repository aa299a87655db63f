"""Cases drawn from the bands of each subgroup, and what the table makes of them.

A table that tells its own subgroups apart gives back the subgroup that a case was drawn from. It
says how the table holds together, and nothing of how it does with children.
"""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass

import numpy as np

from ssp_coder.calibration.judging import (
    Court,
    Evidence,
    Judgement,
    Standing,
    counted,
    judged_inputs,
    picked,
    together,
)
from ssp_coder.calibration.sample import Places
from ssp_coder.domain.finding import DomainError, Finding
from ssp_coder.domain.ruletable import Band, Profile, RuleTable


@dataclass(frozen=True, slots=True, kw_only=True)
class SampledProfile:
    """What came out of the cases drawn from one subgroup's bands.

    Attributes:
        counts: pairs of judgement and number of cases, the most frequent first.
    """

    subgroup: str
    group: str
    counts: tuple[tuple[Judgement, int], ...]

    def as_group(self, group: str) -> int:
        """Cases in which exactly this main group came out."""
        return sum(
            count
            for judgement, count in self.counts
            if judgement.standing is Standing.SETTLED and judgement.groups == (group,)
        )

    def as_subgroup(self, subgroup: str) -> int:
        """Cases in which exactly this subgroup came out."""
        return sum(count for judgement, count in self.counts if judgement.subgroups == (subgroup,))

    @property
    def undecided(self) -> int:
        """Cases in which several main groups remained."""
        return sum(
            count for judgement, count in self.counts if judgement.standing is not Standing.SETTLED
        )


@dataclass(frozen=True, slots=True, kw_only=True)
class BandConfusion:
    """Subgroups drawn from against what came out.

    Attributes:
        cases: drawn from each subgroup.
        seed: with which they can be drawn again.
    """

    table: str
    version: str
    cases: int
    seed: int
    rows: tuple[SampledProfile, ...]

    @property
    def matrix(self) -> tuple[tuple[int, ...], ...]:
        """Cases by the subgroup drawn from and the one that came out, both in `rows`' order."""
        names = [row.subgroup for row in self.rows]
        return tuple(tuple(row.as_subgroup(name) for name in names) for row in self.rows)


def confusion(table: RuleTable, n: int, seed: int) -> BandConfusion:
    """Draw cases from each subgroup's bands and judge them.

    A rating is drawn with equal chance from the admissible values within its band. A required
    input without a band takes any value; an optional one without a band is not known.

    Args:
        table: a table with profiles.
        n: cases a subgroup.
        seed: start of the random numbers.

    Raises:
        DomainError: the table has no profiles or cannot be evaluated, or `n` is below 1.
    """
    if n < 1 or not table.profiles:
        raise DomainError(
            Finding(
                code="sampling.nothing",
                message=f"{n} cases of {len(table.profiles)} subgroups leave nothing to draw",
                place=table.id,
                remedy="draw one case or more from a table with profiles",
            )
        )
    random = np.random.default_rng(seed)
    return BandConfusion(
        table=table.id,
        version=table.version,
        cases=n,
        seed=seed,
        rows=tuple(_sampled(table, profile, n, random) for profile in table.profiles),
    )


def _sampled(
    table: RuleTable, profile: Profile, n: int, random: np.random.Generator
) -> SampledProfile:
    bands = {band.input: band for band in profile.bands}
    required = judged_inputs(table)
    known = tuple(one.id for one in table.inputs if one.id in bands or one.id in required)
    court = Court(table, known)
    evidence: Evidence = court.start()
    for name in known:
        places = _within(court.values(name), bands.get(name))
        drawn = random.choice(places, size=n)
        evidence = together(evidence, picked(court.said_by(name), drawn))
    codes = Counter(court.codes(evidence).tolist())
    return SampledProfile(
        subgroup=profile.id, group=profile.group, counts=counted(court, dict(codes))
    )


def _within(values: tuple[float, ...], band: Band | None) -> Places:
    """Places of the values in a band; of all where there is none or none lies within."""
    inside = [
        at for at, value in enumerate(values) if band is None or band.low <= value <= band.high
    ]
    return np.asarray(inside or range(len(values)), dtype=np.intp)
