"""Which outcomes remain possible, over every admissible value of what is not known.

The outcome of a complete set of values is a set of pairs of main group and best-fitting subgroup:
more than one where profiles tie, or where D waits for the coder's decision. What is missing is
enumerated. Values of an input that no comparison can tell apart are one step, and profiles that
are worse than another whatever the missing values turn out to be take no part; so the few
combinations left are exactly as telling as all of them.
"""

from __future__ import annotations

from dataclasses import dataclass
from itertools import chain
from math import prod

from ssp_coder.rules.prepared import TOLERANCE, Prepared, Vector
from ssp_coder.rules.situation import DStanding, Situation

LIMIT = 20_000
"""Combinations of steps that are enumerated; beyond it the answer is a safe superset."""

Outcome = tuple[str, str]
"""Main group, and the best-fitting subgroup recorded with it (empty where there is none)."""

Step = tuple[Vector, int, int]
"""Penalties of the candidates relative to the first one, condition bits, standing of D."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Possibilities:
    """What may still come out.

    Attributes:
        outcomes: never empty.
        needs: missing inputs that make a difference, in the table's order.
        exact: False when `outcomes` and `needs` may hold too much (never too little).
    """

    outcomes: frozenset[Outcome]
    needs: tuple[str, ...]
    exact: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class _Field:
    """The candidates, where they stand, and the ways each missing input may go."""

    candidates: tuple[int, ...]
    start: Step
    ways: tuple[tuple[str, tuple[Step, ...]], ...]

    @property
    def size(self) -> int:
        return prod(len(steps) for _, steps in self.ways)


class _Judge:
    """Reads outcomes off complete steps, remembering those it has seen."""

    def __init__(self, prepared: Prepared, situation: Situation, field: _Field) -> None:
        self._prepared = prepared
        self._situation = situation
        self._candidates = field.candidates
        self._seen: dict[tuple[tuple[int, ...], str, int], frozenset[Outcome]] = {}

    def outcomes(self, step: Step) -> frozenset[Outcome]:
        """The outcomes of a step to which every input has contributed."""
        penalties, bits, standing = step
        limit = min(penalties) + TOLERANCE
        best = tuple(place for place, cost in enumerate(penalties) if cost <= limit)
        override = next((mask.outcome for mask in self._prepared.masks if mask.fires(bits)), "")
        return self.named(best, override, standing)

    def named(self, best: tuple[int, ...], override: str, standing: int) -> frozenset[Outcome]:
        """The outcomes where these candidates fit best and this overlay outcome was set."""
        key = (best, override, standing)
        if key not in self._seen:
            self._seen[key] = frozenset(self._pairs(*key))
        return self._seen[key]

    def _pairs(self, best: tuple[int, ...], override: str, standing: int) -> set[Outcome]:
        table = self._prepared.table
        pairs: set[Outcome] = set()
        for place in best:
            profile = table.profiles[self._candidates[place]]
            if standing != DStanding.YES:
                pairs.add(self._pair(override or profile.group, profile.id))
            if standing != DStanding.NO and self._situation.d_rule is not None:
                pairs.add(self._pair(self._situation.d_rule.outcome, profile.id))
        return pairs

    def _pair(self, group_id: str, fit: str) -> Outcome:
        group = self._prepared.table.group(group_id)
        return group_id, fit if group.needs_secondary or fit in group.subgroups else ""


def possibilities(prepared: Prepared, situation: Situation) -> Possibilities:
    """Everything that may come out, and which missing inputs make a difference."""
    field = _field(prepared, situation)
    judge = _Judge(prepared, situation, field)
    if field.size > LIMIT:
        return _superset(prepared, field, judge)
    steps = [field.start]
    for _, ways in field.ways:
        steps = [_together(step, way) for step in steps for way in ways]
    results = [judge.outcomes(step) for step in steps]
    return Possibilities(
        outcomes=frozenset(chain.from_iterable(set(results))),
        needs=_differing(field, results),
        exact=True,
    )


def reachable(prepared: Prepared, situation: Situation) -> frozenset[Outcome] | None:
    """Everything that may come out, or None when there is too much to enumerate."""
    field = _field(prepared, situation)
    judge = _Judge(prepared, situation, field)
    steps = {field.start}
    for _, ways in field.ways:
        if len(steps) * len(ways) > LIMIT:
            return None
        steps = {_together(step, way) for step in steps for way in ways}
    return frozenset(chain.from_iterable(judge.outcomes(step) for step in steps))


def standing_penalties(prepared: Prepared, situation: Situation) -> Vector:
    """Each profile's penalty over the known inputs."""
    known = [prepared.penalty(name, value) for name, value in situation.known.items()]
    if not known:
        return (0.0,) * len(prepared.table.profiles)
    return tuple(map(sum, zip(*known, strict=True)))


def _field(prepared: Prepared, situation: Situation) -> _Field:
    missing = situation.missing(prepared)
    penalties = standing_penalties(prepared, situation)
    candidates = _candidates(prepared, penalties, missing)
    bits = 0
    standing = int(DStanding.NO)
    for name, value in situation.known.items():
        bits |= prepared.bits(name, value)
        standing += _d_part(situation, name, value)
    ways = tuple((name, _ways(prepared, situation, name, candidates)) for name in missing)
    return _Field(
        candidates=candidates,
        start=(_relative(penalties, candidates), bits, standing),
        ways=tuple((name, steps) for name, steps in ways if _matters(steps)),
    )


def _candidates(prepared: Prepared, penalties: Vector, missing: tuple[str, ...]) -> tuple[int, ...]:
    """Profiles that no other one beats under every value of what is missing."""
    places = range(len(penalties))
    if not missing:
        smallest = min(penalties)
        return tuple(place for place in places if penalties[place] - smallest <= 2 * TOLERANCE)
    advantages = [prepared.advantage[name] for name in missing]

    def beaten(place: int, rival: int) -> bool:
        lead = penalties[place] - penalties[rival]
        return lead - sum(table[rival][place] for table in advantages) > 2 * TOLERANCE

    return tuple(
        place
        for place in places
        if not any(rival != place and beaten(place, rival) for rival in places)
    )


def _ways(
    prepared: Prepared, situation: Situation, name: str, candidates: tuple[int, ...]
) -> tuple[Step, ...]:
    """The different steps that the admissible values of a missing input amount to."""
    steps = (
        (
            _relative(prepared.penalty(name, value), candidates),
            prepared.bits(name, value),
            _d_part(situation, name, value),
        )
        for value in prepared.values[name]
    )
    return tuple(dict.fromkeys(steps))


def _matters(steps: tuple[Step, ...]) -> bool:
    penalties, bits, standing = steps[0]
    return len(steps) > 1 or any(penalties) or bits != 0 or standing != DStanding.NO


def _d_part(situation: Situation, name: str, value: float) -> int:
    if situation.d_rule is None or situation.d_rule.input != name:
        return int(DStanding.NO)
    return int(situation.d_standing(value))


def _relative(penalties: Vector, candidates: tuple[int, ...]) -> Vector:
    first = penalties[candidates[0]]
    return tuple(penalties[place] - first for place in candidates)


def _together(step: Step, way: Step) -> Step:
    penalties = tuple([a + b for a, b in zip(step[0], way[0], strict=True)])
    return penalties, step[1] | way[1], step[2] + way[2]


def _differing(field: _Field, results: list[frozenset[Outcome]]) -> tuple[str, ...]:
    """Inputs along whose axis of the enumeration (the last one runs fastest) results differ."""
    needs = []
    stride = len(results)
    for name, ways in field.ways:
        block, stride = stride, stride // len(ways)
        if any(
            results[start : start + stride] != results[start + shift : start + shift + stride]
            for start in range(0, len(results), block)
            for shift in range(stride, block, stride)
        ):
            needs.append(name)
    return tuple(needs)


def _superset(prepared: Prepared, field: _Field, judge: _Judge) -> Possibilities:
    """All that separate bounds on fit, overlays and D cannot rule out."""
    everyone = tuple(range(len(field.candidates)))
    standings = {field.start[2]}
    for _, ways in field.ways:
        standings = {one + way[2] for one in standings for way in ways}
    outcomes = {
        outcome
        for override in _overrides(prepared, field)
        for standing in standings
        for outcome in judge.named(everyone, override, standing)
    }
    needs = tuple(name for name, ways in field.ways if len(ways) > 1)
    return Possibilities(outcomes=frozenset(outcomes), needs=needs, exact=False)


def _overrides(prepared: Prepared, field: _Field) -> list[str]:
    """Overlay outcomes that may be set; empty text where it may be that none is."""
    may = field.start[1]
    must = field.start[1]
    for _, ways in field.ways:
        shared = ways[0][1]
        for way in ways:
            may |= way[1]
            shared &= way[1]
        must |= shared
    found = []
    for mask in prepared.masks:
        if mask.fires(may):
            found.append(mask.outcome)
        if mask.fires(must):
            return found
    return [*found, ""]
