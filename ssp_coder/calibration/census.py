"""Every combination of the required ratings, judged one by one and counted."""

from __future__ import annotations

import time
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import product
from math import prod

import numpy as np

from ssp_coder.calibration.judging import (
    Court,
    Evidence,
    Judgement,
    Standing,
    counted,
    judged_inputs,
    together,
)
from ssp_coder.domain.finding import DomainError, Finding
from ssp_coder.domain.ruletable import RuleTable

MOST_COMBINATIONS = 50_000_000
"""More than these are not counted; eight ratings of 1 to 7 make 5,764,801."""

_CHUNK = 200_000
"""Combinations judged at once, which bounds the memory."""


@dataclass(frozen=True, slots=True, kw_only=True)
class RatingsCensus:
    """What comes out of every combination.

    Attributes:
        inputs: ids of the inputs combined; all others are unknown and D is not assessed.
        total: number of combinations.
        counts: pairs of judgement and number of combinations, the most frequent first.
        seconds: how long it took.
    """

    table: str
    version: str
    inputs: tuple[str, ...]
    total: int
    counts: tuple[tuple[Judgement, int], ...]
    seconds: float

    @property
    def groups(self) -> tuple[tuple[Standing, tuple[str, ...], int], ...]:
        """The counts without subgroups: standing, groups, combinations."""
        found: Counter[tuple[Standing, tuple[str, ...]]] = Counter()
        for judgement, count in self.counts:
            found[judgement.standing, judgement.groups] += count
        return tuple((standing, names, count) for (standing, names), count in found.most_common())

    def share(self, standing: Standing) -> float:
        """Share of the combinations that stand so."""
        return (
            sum(count for judgement, count in self.counts if judgement.standing is standing)
            / self.total
        )


def census(table: RuleTable) -> RatingsCensus:
    """Judge every combination of the required inputs.

    Raises:
        DomainError: the table cannot be evaluated, or there are too many combinations.
    """
    began = time.perf_counter()
    inputs = judged_inputs(table)
    court = Court(table, inputs)
    sizes = [len(court.values(name)) for name in inputs]
    total = prod(sizes)
    if total > MOST_COMBINATIONS:
        raise DomainError(
            Finding(
                code="census.too_many",
                message=f"{total:,} combinations of {len(inputs)} inputs are too many to count",
                place=table.id,
                remedy=f"count a table with {MOST_COMBINATIONS:,} at most",
            )
        )
    codes: Counter[int] = Counter()
    for evidence in _chunks(court, inputs, sizes):
        found, counts = np.unique(court.codes(evidence), return_counts=True)
        codes.update(dict(zip(found.tolist(), counts.tolist(), strict=True)))
    return RatingsCensus(
        table=table.id,
        version=table.version,
        inputs=inputs,
        total=total,
        counts=counted(court, codes),
        seconds=time.perf_counter() - began,
    )


def _chunks(court: Court, inputs: tuple[str, ...], sizes: list[int]) -> Iterator[Evidence]:
    """All combinations; the last inputs make a block, which the first ones repeat."""
    split = len(inputs)
    while split > 0 and prod(sizes[split - 1 :]) <= _CHUNK:
        split -= 1
    said = [court.said_by(name) for name in inputs]
    block = court.start()
    for evidence in said[split:]:
        block = _crossed(block, evidence)
    for places in product(*(range(size) for size in sizes[:split])):
        whole = block
        for evidence, place in zip(said[:split], places, strict=True):
            at = slice(place, place + 1)
            only = Evidence(evidence.costs[:, at], evidence.alive[at], evidence.met[at])
            whole = together(whole, only)
        yield whole


def _crossed(block: Evidence, further: Evidence) -> Evidence:
    """Each case of a block with each value of a further input."""
    contenders = len(block.costs)
    return Evidence(
        (block.costs[:, :, None] + further.costs[:, None, :]).reshape(contenders, -1),
        (block.alive[:, None] & further.alive[None, :]).ravel(),
        (block.met[:, None] | further.met[None, :]).ravel(),
    )
