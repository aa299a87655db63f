"""Classification rules as data: inputs, main groups, subgroup profiles and overriding rules.

A table has a closed vocabulary and no expressions. A subgroup *profile* is a row of bands, one per
input; the best-fitting profile has the smallest sum of ``weight * (distance outside band) ** 2``.
An *overlay* is a rule over a few inputs that sets another main group or a flag. The
*disorganization rule* is added on top and has a point at which the coder decides.
"""

from __future__ import annotations

from dataclasses import dataclass

from ssp_coder.domain.words import NO_TEXT, Provenance, Text


@dataclass(frozen=True, slots=True, kw_only=True)
class RuleInput:
    """One number a table reads: a rating slot or a derived count, by its export name.

    Attributes:
        required: whether a verdict needs it; an input that is not required and not known still
            widens the set of possible outcomes where it could matter.
        episode_weight_note: why its cells weigh what they weigh, for people.
    """

    id: str
    title: Text
    minimum: float
    maximum: float
    step: float = 1.0
    required: bool = True
    episode_weight_note: Text = NO_TEXT


@dataclass(frozen=True, slots=True, kw_only=True)
class MainGroup:
    """A main group that a coder may choose.

    Attributes:
        subgroups: ids of its subgroups, may be empty.
        needs_secondary: whether the best-fitting organised subgroup must be recorded too.
        secure: member of the secure side of a two-way collapse.
        by_decision: set by the disorganization rule.
    """

    id: str
    title: Text
    subgroups: tuple[str, ...] = ()
    needs_secondary: bool = False
    secure: bool = False
    by_decision: bool = False
    provenance: Provenance


@dataclass(frozen=True, slots=True, kw_only=True)
class Band:
    """Where one input of a profile is expected to lie, both ends included."""

    input: str
    low: float
    high: float
    weight: float


@dataclass(frozen=True, slots=True, kw_only=True)
class Profile:
    """A subgroup as a row of bands."""

    id: str
    group: str
    title: Text
    gist: Text
    bands: tuple[Band, ...]
    provenance: Provenance


@dataclass(frozen=True, slots=True, kw_only=True)
class Condition:
    """One input lies in a range, both ends included."""

    input: str
    low: float
    high: float


@dataclass(frozen=True, slots=True, kw_only=True)
class RuleExample:
    """Values under which a rule must hold, or under which a table must give an outcome."""

    values: tuple[tuple[str, float], ...]
    group: str = ""
    subgroup: str = ""
    holds: bool = True


@dataclass(frozen=True, slots=True, kw_only=True)
class OverlayRule:
    """A rule over several inputs: all of `all_of`, and one of `any_of` where there are any.

    Attributes:
        outcome: id of the main group it sets, or empty.
        flag: id of the flag it raises, or empty.
    """

    id: str
    title: Text
    all_of: tuple[Condition, ...]
    any_of: tuple[Condition, ...] = ()
    outcome: str = ""
    flag: str = ""
    examples: tuple[RuleExample, ...] = ()
    provenance: Provenance


@dataclass(frozen=True, slots=True, kw_only=True)
class DisorganizationRule:
    """Above the decision point the outcome is set, below it is not, at it the coder decides."""

    input: str
    decision_point: float
    outcome: str
    title: Text
    provenance: Provenance


@dataclass(frozen=True, slots=True, kw_only=True)
class TableFlag:
    """A remark that a verdict may carry."""

    id: str
    title: Text


@dataclass(frozen=True, slots=True, kw_only=True)
class RuleTable:
    """A complete classification table.

    Attributes:
        borderline_margin: a smaller difference of penalties than this raises `borderline_flag`.
        examples: whole-table examples that must come out as stated.
    """

    id: str
    version: str
    title: Text
    inputs: tuple[RuleInput, ...]
    groups: tuple[MainGroup, ...]
    profiles: tuple[Profile, ...]
    overlays: tuple[OverlayRule, ...]
    disorganization: DisorganizationRule | None
    flags: tuple[TableFlag, ...]
    borderline_margin: float
    borderline_flag: str
    examples: tuple[RuleExample, ...]
    provenance: Provenance

    def group(self, group_id: str) -> MainGroup:
        """The main group with this id.

        Raises:
            KeyError: the table has no such group.
        """
        for group in self.groups:
            if group.id == group_id:
                return group
        raise KeyError(f"rule table {self.id} has no group {group_id}")

    def group_of(self, subgroup: str) -> MainGroup:
        """The main group that a subgroup belongs to.

        Raises:
            KeyError: the table has no such subgroup.
        """
        for group in self.groups:
            if subgroup in group.subgroups:
                return group
        raise KeyError(f"rule table {self.id} has no subgroup {subgroup}")

    def subgroups(self) -> tuple[str, ...]:
        """All subgroups, in the table's order."""
        return tuple(name for group in self.groups for name in group.subgroups)

    def flag(self, flag_id: str) -> TableFlag:
        """The flag with this id.

        Raises:
            KeyError: the table has no such flag.
        """
        for flag in self.flags:
            if flag.id == flag_id:
                return flag
        raise KeyError(f"rule table {self.id} has no flag {flag_id}")
