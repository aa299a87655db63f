"""A rule table asked about very many cases at once: same answers as `rules.evaluate`, in arrays.

Some inputs are known in every case. The others are unknown in all of them: they add nothing to a
misfit, and where a rule reads one, every value of it is tried. D is not assessed.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from enum import IntEnum
from itertools import product
from math import prod

import numpy as np
import numpy.typing as npt

from ssp_coder.calibration.sample import Numbers, Places
from ssp_coder.domain.finding import DomainError, Finding
from ssp_coder.domain.ruletable import MainRule, OverlayRule, RuleTable
from ssp_coder.rules.prepared import TOLERANCE, Prepared, prepare

Bits = npt.NDArray[np.int64]

_MOST_BITS = 31
_MOST_RULES = 62
_MOST_WAYS = 1_000
_STANDINGS = 2


class Standing(IntEnum):
    """How far a case is decided."""

    SETTLED = 0
    """One main group."""
    LEFT_OPEN = 1
    """Several, by the table itself or by a tie, whatever the unknown inputs are."""
    DEPENDS = 2
    """It depends on an input that is not known."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Judgement:
    """What comes out of a case.

    Attributes:
        groups: main groups that are possible, in the table's order.
        subgroups: where one group is settled that has subgroups, those that fit best in it by the
            known inputs alone; several in a tie.
    """

    standing: Standing
    groups: tuple[str, ...]
    subgroups: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, eq=False)
class Evidence:
    """What the known inputs say of each case.

    Attributes:
        costs: contenders by cases.
        alive: bits of the rules of which no condition has failed.
        met: bits of the rules of which an alternative is met.
    """

    costs: Numbers
    alive: Bits
    met: Bits


class Court:
    """A table with the choice of inputs that are known."""

    def __init__(self, table: RuleTable, known: tuple[str, ...]) -> None:
        """Make a table ready.

        Raises:
            DomainError: the table cannot be evaluated, or is too large to be judged in arrays.
        """
        self._prepared: Prepared = prepare(table)
        self._table = table
        self._known = known
        self._rules = _group_rules(table)
        self._bit_of = {group.id: place for place, group in enumerate(table.groups)}
        self._groups_of_rules = tuple(self._mask(_groups_of(rule)) for rule in self._rules)
        self._without_any = sum(1 << at for at, rule in enumerate(self._rules) if not rule.any_of)
        self._ways = self._unknown_ways()
        if max(len(table.groups), len(self._prepared.contenders)) > _MOST_BITS - _STANDINGS:
            raise _too_large(table, f"more than {_MOST_BITS - _STANDINGS} groups or subgroups")
        if len(self._rules) > _MOST_RULES:
            raise _too_large(table, f"more than {_MOST_RULES} rules")

    @property
    def known(self) -> tuple[str, ...]:
        """Ids of the inputs that are known."""
        return self._known

    def values(self, name: str) -> tuple[float, ...]:
        """Every admissible value of an input."""
        return self._prepared.values[name]

    def start(self) -> Evidence:
        """What is said of one case before any input is known."""
        everything = (1 << len(self._rules)) - 1
        return Evidence(
            np.asarray(self._prepared.start, dtype=np.float64)[:, None],
            np.array([everything], dtype=np.int64),
            np.zeros(1, dtype=np.int64),
        )

    def said_by(self, name: str) -> Evidence:
        """What each admissible value of an input says, values as cases."""
        values = self.values(name)
        costs = np.array([self._prepared.costs[name][value] for value in values]).T
        pairs = np.array([self._bits(name, value) for value in values], dtype=np.int64)
        return Evidence(np.asarray(costs, dtype=np.float64), pairs[:, 0], pairs[:, 1])

    def codes(self, evidence: Evidence) -> Bits:
        """The judgement of each case as a number, which `judgement` reads."""
        per_group = self._best_by_group(evidence.costs)
        own = np.zeros(evidence.costs.shape[1], dtype=np.int64)
        if not self._table.main:
            own = self._groups_of_best(per_group[""])
        some, every = self._groups_under_unknown(evidence, own)
        single = (some & (some - 1)) == 0
        standing = np.where(
            some != every, Standing.DEPENDS, np.where(single, Standing.SETTLED, Standing.LEFT_OPEN)
        )
        subgroups = np.zeros_like(some)
        for group, bit in self._bit_of.items():
            best = per_group.get(group)
            if best is not None:
                settled = (some == 1 << bit) & (standing == Standing.SETTLED)
                subgroups = np.where(settled, best, subgroups)
        code: Bits = (subgroups << _MOST_BITS) | (some << _STANDINGS) | standing.astype(np.int64)
        return code

    def judgement(self, code: int) -> Judgement:
        """The judgement that a number stands for."""
        low = code & ((1 << _MOST_BITS) - 1)
        contenders = self._prepared.contenders
        return Judgement(
            standing=Standing(low & ((1 << _STANDINGS) - 1)),
            groups=tuple(
                name for name, bit in self._bit_of.items() if low >> (_STANDINGS + bit) & 1
            ),
            subgroups=tuple(
                one.id for at, one in enumerate(contenders) if code >> (_MOST_BITS + at) & 1
            ),
        )

    def _mask(self, groups: tuple[str, ...]) -> int:
        return sum(1 << self._bit_of[name] for name in groups)

    def _bits(self, name: str, value: float) -> tuple[int, int]:
        alive = met = 0
        for at, rule in enumerate(self._rules):
            if all(one.low <= value <= one.high for one in rule.all_of if one.input == name):
                alive |= 1 << at
            if any(one.low <= value <= one.high for one in rule.any_of if one.input == name):
                met |= 1 << at
        return alive, met

    def _unknown_ways(self) -> tuple[tuple[int, int], ...]:
        """The different bits that all values of the unknown inputs together amount to."""
        steps: list[tuple[tuple[int, int], ...]] = []
        for name in self._prepared.inputs:
            if name not in self._known:
                ways = (self._bits(name, value) for value in self.values(name))
                steps.append(tuple(dict.fromkeys(ways)))
        if prod(map(len, steps)) > _MOST_WAYS:
            raise _too_large(self._table, "rules that read too many inputs that are not known")
        found: dict[tuple[int, int], None] = {}
        for chosen in product(*steps):
            alive, met = -1, 0
            for one in chosen:
                alive, met = alive & one[0], met | one[1]
            found[alive, met] = None
        return tuple(found)

    def _best_by_group(self, costs: Numbers) -> dict[str, Bits]:
        """Bits of the contenders that cost least; by group where main rules set it.

        Without main rules a group's entry holds those of the best ones that are its own, and the
        empty name all of them.
        """
        contenders = self._prepared.contenders
        own = {
            group.id: [at for at, one in enumerate(contenders) if one.id in group.subgroups]
            for group in self._table.groups
        }
        if self._table.main:
            return {name: _least(costs, places) for name, places in own.items() if places}
        best = _least(costs, list(range(len(contenders))))
        return {"": best} | {
            name: best & sum(1 << at for at in places) for name, places in own.items() if places
        }

    def _groups_of_best(self, best: Bits) -> Bits:
        groups = np.zeros_like(best)
        for at, one in enumerate(self._prepared.contenders):
            groups |= ((best >> at) & 1) << self._bit_of[one.group]
        return groups

    def _groups_under_unknown(self, evidence: Evidence, own: Bits) -> tuple[Bits, Bits]:
        """Bits of the groups possible under some and under each value of what is unknown."""
        some = np.zeros_like(own)
        every = np.full_like(own, -1)
        for alive, met in self._ways:
            holds = evidence.alive & alive & (evidence.met | met | self._without_any)
            groups = self._ruled(holds) if self._table.main else self._overridden(holds, own)
            some |= groups
            every &= groups
        return some, every

    def _ruled(self, holds: Bits) -> Bits:
        """Groups that the main rules name; those of all contenders where no rule holds."""
        groups = np.zeros_like(holds)
        for name, bit in self._bit_of.items():
            naming = sum(
                1 << at for at, mask in enumerate(self._groups_of_rules) if mask >> bit & 1
            )
            if naming:
                groups |= ((holds & naming) != 0).astype(np.int64) << self._bit_of[name]
        everyone = self._mask(tuple({one.group for one in self._prepared.contenders}))
        return np.where(groups == 0, everyone, groups)

    def _overridden(self, holds: Bits, own: Bits) -> Bits:
        """The group that the first overlay sets, else the contenders' own."""
        groups = own
        for at in reversed(range(len(self._rules))):
            groups = np.where((holds >> at) & 1, self._groups_of_rules[at], groups)
        return groups


def together(one: Evidence, other: Evidence) -> Evidence:
    """What two pieces of evidence about the same cases say."""
    return Evidence(one.costs + other.costs, one.alive & other.alive, one.met | other.met)


def picked(evidence: Evidence, places: Places) -> Evidence:
    """The evidence at these places."""
    return Evidence(evidence.costs[:, places], evidence.alive[places], evidence.met[places])


def judged_inputs(table: RuleTable) -> tuple[str, ...]:
    """Required inputs that the class, apart from D, can depend on.

    Raises:
        DomainError: the table cannot be evaluated.
    """
    prepared = prepare(table)
    return tuple(
        name for name, one in prepared.inputs.items() if one.required and prepared.judges_by(name)
    )


def counted(court: Court, codes: Mapping[int, int]) -> tuple[tuple[Judgement, int], ...]:
    """Judgements and how often they came out, the most frequent first."""
    order = sorted(codes.items(), key=lambda pair: (-pair[1], pair[0]))
    return tuple((court.judgement(code), count) for code, count in order)


def _least(costs: Numbers, places: list[int]) -> Bits:
    lowest = costs[places].min(axis=0) + TOLERANCE
    best = np.zeros(costs.shape[1], dtype=np.int64)
    for at in places:
        best |= (costs[at] <= lowest).astype(np.int64) << at
    return best


def _group_rules(table: RuleTable) -> tuple[MainRule | OverlayRule, ...]:
    return table.main or tuple(rule for rule in table.overlays if rule.outcome)


def _groups_of(rule: MainRule | OverlayRule) -> tuple[str, ...]:
    return rule.groups if isinstance(rule, MainRule) else (rule.outcome,)


def _too_large(table: RuleTable, what: str) -> DomainError:
    return DomainError(
        Finding(
            code="census.too_large",
            message=f"rule table {table.id} has {what}",
            place=table.id,
            remedy="count a smaller table",
        )
    )
