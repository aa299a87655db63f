"""Which outcomes remain possible, over every admissible value of what is not known.

The outcome of a complete set of values is a set of pairs of main group and best-fitting subgroup:
more than one where contenders tie, where main rules leave it open, or where D waits for the coder's
decision. What is missing is enumerated. Values of an input that no comparison can tell apart are
one step, and contenders that are worse than a peer whatever the missing values turn out to be take
no part; so the few combinations left are exactly as telling as all of them.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache
from itertools import chain
from math import prod

from ssp_coder.domain.ruletable import RuleTable
from ssp_coder.rules.cells import census
from ssp_coder.rules.prepared import TOLERANCE, Prepared, Vector
from ssp_coder.rules.situation import DStanding, Situation

LIMIT = 20_000
"""Combinations of steps that are enumerated; beyond it the answer is a safe superset."""

Outcome = tuple[str, str]
"""Main group, and the best-fitting subgroup recorded with it (empty where there is none)."""

Step = tuple[Vector, int, int]
"""Costs of the candidates relative to the first one, condition bits, standing of D."""

Call = tuple[str, tuple[int, ...]]
"""A main group that is set (empty: each contender's own), and the candidates that fit best."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Possibilities:
    """What may still come out.

    Attributes:
        outcomes: never empty.
        needs: missing inputs that make a difference, in the table's order.
        group_needs: those of them that make a difference to the main group.
        exact: False when `outcomes` and `needs` may hold too much (never too little).
    """

    outcomes: frozenset[Outcome]
    needs: tuple[str, ...]
    group_needs: tuple[str, ...]
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
        self._members: dict[str, tuple[int, ...]] = {}
        self._seen: dict[tuple[tuple[Call, ...], int], frozenset[Outcome]] = {}

    def outcomes(self, step: Step) -> frozenset[Outcome]:
        """The outcomes of a step to which every input has contributed."""
        costs, bits, standing = step
        masks = self._prepared.masks
        if self._prepared.table.main:
            groups = {name for mask in masks if mask.fires(bits) for name in mask.groups}
            calls = tuple((name, self._best(costs, name)) for name in self._ruled(groups))
            return self.named(calls, standing)
        override = next((mask.groups[0] for mask in masks if mask.fires(bits)), "")
        return self.named(((override, self._best(costs, "")),), standing)

    def named(self, calls: tuple[Call, ...], standing: int) -> frozenset[Outcome]:
        """The outcomes where these groups are set and these candidates fit best."""
        key = (calls, standing)
        if key not in self._seen:
            self._seen[key] = frozenset(self._pairs(*key))
        return self._seen[key]

    def _ruled(self, groups: set[str]) -> list[str]:
        """Main groups in the table's order; those of the contenders where no rule holds."""
        if not groups:
            groups = {self._prepared.contenders[place].group for place in self._candidates}
        return [group.id for group in self._prepared.table.groups if group.id in groups]

    def _best(self, costs: Vector, group: str) -> tuple[int, ...]:
        """The candidates of a group that cost least; of all where the group has none."""
        places = self.members(group)
        limit = min([costs[place] for place in places]) + TOLERANCE
        return tuple([place for place in places if costs[place] <= limit])

    def members(self, group: str) -> tuple[int, ...]:
        """Places of the candidates of a group; all of them where the group has none."""
        found = self._members.get(group)
        if found is None:
            contenders = self._prepared.contenders
            everyone = tuple(range(len(self._candidates)))
            found = everyone
            if self._prepared.table.main:
                own = [at for at in everyone if contenders[self._candidates[at]].group == group]
                found = tuple(own) or everyone
            self._members[group] = found
        return found

    def _pairs(self, calls: tuple[Call, ...], standing: int) -> Iterator[Outcome]:
        d_rule = self._situation.d_rule
        for ruled, best in calls:
            for place in best:
                one = self._prepared.contenders[self._candidates[place]]
                if standing != DStanding.YES:
                    yield self._pair(ruled or one.group, one.id)
                if standing != DStanding.NO and d_rule is not None:
                    yield self._pair(d_rule.outcome, one.id)

    def _pair(self, group_id: str, fit: str) -> Outcome:
        group = self._prepared.table.group(group_id)
        return group_id, fit if group.needs_secondary or fit in group.subgroups else ""


def possibilities(prepared: Prepared, situation: Situation) -> Possibilities:
    """Everything that may come out, and which missing inputs make a difference."""
    field = _field(prepared, situation, known_of(prepared, situation))
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
        group_needs=_differing(field, _groups_only(results)),
        exact=True,
    )


@dataclass(frozen=True, slots=True)
class Known:
    """What the known inputs amount to: each contender's cost, and the conditions that are met."""

    costs: Vector
    bits: int

    def moved(self, prepared: Prepared, name: str, before: float, after: float) -> Known:
        """The same with another value of one known input."""
        was, becomes = prepared.cost(name, before), prepared.cost(name, after)
        return Known(
            tuple([cost - a + b for cost, a, b in zip(self.costs, was, becomes, strict=True)]),
            self.bits & ~prepared.bits(name, before) | prepared.bits(name, after),
        )


def known_of(prepared: Prepared, situation: Situation) -> Known:
    """What the known inputs of a situation amount to."""
    bits = 0
    for name, value in situation.known.items():
        bits |= prepared.bits(name, value)
    return Known(standing_costs(prepared, situation), bits)


def reachable(prepared: Prepared, situation: Situation, known: Known) -> frozenset[Outcome] | None:
    """Everything that may come out, or None when there is too much to enumerate.

    Args:
        prepared: the table.
        situation: what is known.
        known: what `known_of` says of the situation.
    """
    field = _field(prepared, situation, known)
    judge = _Judge(prepared, situation, field)
    steps = {field.start}
    for _, ways in field.ways:
        if len(steps) * len(ways) > LIMIT:
            return None
        steps = {_together(step, way) for step in steps for way in ways}
    return frozenset(chain.from_iterable(judge.outcomes(step) for step in steps))


def _groups_only(results: list[frozenset[Outcome]]) -> list[frozenset[Outcome]]:
    """The results with the main groups alone."""
    seen = {result: frozenset((group, "") for group, _ in result) for result in set(results)}
    return [seen[result] for result in results]


def standing_costs(prepared: Prepared, situation: Situation) -> Vector:
    """Each contender's cost over the known inputs."""
    known = [prepared.cost(name, value) for name, value in situation.known.items()]
    return tuple(map(sum, zip(prepared.start, *known, strict=True)))


def _field(prepared: Prepared, situation: Situation, known: Known) -> _Field:
    missing = situation.missing(prepared)
    candidates = _candidates(prepared, known.costs, missing)
    standing = int(DStanding.NO)
    if situation.d_rule is not None and situation.d_rule.input in situation.known:
        standing = int(situation.d_standing(situation.known[situation.d_rule.input]))
    ways = tuple((name, _ways(prepared, situation, name, candidates)) for name in missing)
    return _Field(
        candidates=candidates,
        start=(_relative(known.costs, candidates), known.bits, standing),
        ways=tuple((name, steps) for name, steps in ways if _matters(steps)),
    )


def _candidates(prepared: Prepared, costs: Vector, missing: tuple[str, ...]) -> tuple[int, ...]:
    """Contenders that no peer beats under every value of what is missing."""
    advantages = [prepared.advantage[name] for name in missing]

    def beaten(place: int, rival: int) -> bool:
        lead = costs[place] - costs[rival]
        if lead <= 2 * TOLERANCE:
            return False
        return lead - sum([table[rival][place] for table in advantages]) > 2 * TOLERANCE

    return tuple(
        [
            place
            for place, rivals in enumerate(prepared.peers)
            if not any(beaten(place, rival) for rival in rivals)
        ]
    )


def _ways(
    prepared: Prepared, situation: Situation, name: str, candidates: tuple[int, ...]
) -> tuple[Step, ...]:
    """The different steps that the admissible values of a missing input amount to."""
    if situation.d_rule is not None and situation.d_rule.input == name:
        return _steps(prepared, situation, name, candidates)
    known = prepared.ways.get((name, candidates))
    if known is None:
        known = prepared.ways[(name, candidates)] = _steps(prepared, situation, name, candidates)
    return known


def _steps(
    prepared: Prepared, situation: Situation, name: str, candidates: tuple[int, ...]
) -> tuple[Step, ...]:
    steps = [
        (
            _relative(prepared.cost(name, value), candidates),
            prepared.bits(name, value),
            _d_part(situation, name, value),
        )
        for value in prepared.values[name]
    ]
    return tuple(dict.fromkeys(steps))


def _matters(steps: tuple[Step, ...]) -> bool:
    penalties, bits, standing = steps[0]
    return len(steps) > 1 or any(penalties) or bits != 0 or standing != DStanding.NO


def _d_part(situation: Situation, name: str, value: float) -> int:
    if situation.d_rule is None or situation.d_rule.input != name:
        return int(DStanding.NO)
    return int(situation.d_standing(value))


def _relative(costs: Vector, candidates: tuple[int, ...]) -> Vector:
    first = costs[candidates[0]]
    return tuple([costs[place] - first for place in candidates])


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
    """All that separate bounds on fit, rules and D cannot rule out."""
    standings = {field.start[2]}
    for _, ways in field.ways:
        standings = {one + way[2] for one in standings for way in ways}
    outcomes = {
        outcome
        for group in _rulings(prepared, field)
        for standing in standings
        for outcome in judge.named(((group, judge.members(group)),), standing)
    }
    needs = tuple(name for name, ways in field.ways if len(ways) > 1)
    return Possibilities(outcomes=frozenset(outcomes), needs=needs, group_needs=needs, exact=False)


def _rulings(prepared: Prepared, field: _Field) -> list[str]:
    """Main groups that rules may set; empty text where it may be that none is set."""
    may = field.start[1]
    must = field.start[1]
    for _, ways in field.ways:
        shared = ways[0][1]
        for way in ways:
            may |= way[1]
            shared &= way[1]
        must |= shared
    found: list[str] = []
    for mask in prepared.masks:
        if mask.fires(may):
            found.extend(mask.groups)
        if mask.fires(must) and not prepared.table.main:
            return found
    if not prepared.table.main:
        return [*found, ""]
    if _has_gaps(prepared.table):
        found.extend(prepared.contenders[place].group for place in field.candidates)
    return list(dict.fromkeys(found))


@lru_cache(maxsize=32)
def _has_gaps(table: RuleTable) -> bool:
    return bool(census(table).gaps)
