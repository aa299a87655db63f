"""Classification rules as data: inputs, main groups, and the ways from ratings to a class.

A table has a closed vocabulary and no expressions. A subgroup *profile* is a row of bands, one per
input; the best-fitting profile has the smallest sum of ``weight * (distance outside band) ** 2``.
A *main rule* is a row of a decision table and names the main group, or the groups between which
ratings like these leave it open. A *classification function* is a constant and a weight per input;
the group with the largest value wins. An *overlay* is a rule over a few inputs that sets another
main group or a flag. The *disorganization rule* is added on top and has a point at which the coder
decides.
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
        definition: how the source of a discriminant table measured it; empty elsewhere.
    """

    id: str
    title: Text
    minimum: float
    maximum: float
    step: float = 1.0
    required: bool = True
    episode_weight_note: Text = NO_TEXT
    definition: str = ""


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
    """Values under which a rule must hold, or under which a table must give an outcome.

    Attributes:
        between: main groups between which the table must leave it open, in place of `group`.
    """

    values: tuple[tuple[str, float], ...]
    group: str = ""
    subgroup: str = ""
    holds: bool = True
    between: tuple[str, ...] = ()


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
class MainRule:
    """One row of a decision table: all of `all_of`, and one of `any_of` where there are any.

    Attributes:
        groups: the main group that it gives; several where it leaves open which of them.
    """

    id: str
    title: Text
    all_of: tuple[Condition, ...]
    any_of: tuple[Condition, ...] = ()
    groups: tuple[str, ...]
    examples: tuple[RuleExample, ...] = ()
    provenance: Provenance


@dataclass(frozen=True, slots=True, kw_only=True)
class Term:
    """What one point of an input adds to a classification function."""

    input: str
    weight: float


@dataclass(frozen=True, slots=True, kw_only=True)
class ClassificationFunction:
    """A main group's function: its constant and the sum of weight times value."""

    group: str
    constant: float
    terms: tuple[Term, ...]

    @property
    def checksum(self) -> float:
        """Sum of all its numbers, which a typing error changes."""
        return self.constant + sum(term.weight for term in self.terms)


@dataclass(frozen=True, slots=True, kw_only=True)
class WorkedCase:
    """A case whose outcome the source of a discriminant table tells.

    Attributes:
        scores: pairs of main group and the value of its function, where the source has them.
        tolerance: how far a value may lie from the source's.
    """

    values: tuple[tuple[str, float], ...]
    group: str
    scores: tuple[tuple[str, float], ...] = ()
    tolerance: float = 0.01


@dataclass(frozen=True, slots=True, kw_only=True)
class Fit:
    """How a laboratory's own functions were fitted.

    Attributes:
        method: name of the method.
        date: day of the fit, ISO 8601.
        cases: number of sessions.
        counts: pairs of group and number of sessions.
        confusion: rows of the leave-one-out table: group, then the counts it was called by the
            fitted functions, in the order of `counts`.
        warnings: what the laboratory should know before it relies on the functions.
    """

    method: str
    date: str
    cases: int
    counts: tuple[tuple[str, int], ...]
    confusion: tuple[tuple[str, tuple[int, ...]], ...]
    warnings: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Citation:
    """Where the numbers of a discriminant table stand.

    Attributes:
        work: the publication, or the laboratory's own data.
        page: page and table; empty for a laboratory's own.
        sample: whom the functions were derived from.
    """

    work: str
    page: str = ""
    sample: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class TableReference:
    """Which table spoke."""

    id: str
    version: str
    sha256: str
    title: Text
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

    With `main` rules these give the main group and the profiles the subgroup within it; without,
    the best-fitting profile gives both. A table with `functions` has neither.

    Attributes:
        borderline_margin: a smaller difference of penalties than this raises `borderline_flag`.
        examples: whole-table examples that must come out as stated.
        main: the decision table of the main group.
        functions: classification functions, one a group.
        parts: tables that this one is put together with.
        closed: why the table cannot be used, empty when it can.
        citation: where the numbers of the functions stand.
        cases: worked cases of the functions.
        checksum: stated sum of all numbers of the functions.
        fit: how the functions were fitted, for a laboratory's own.
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
    main: tuple[MainRule, ...] = ()
    functions: tuple[ClassificationFunction, ...] = ()
    parts: tuple[TableReference, ...] = ()
    closed: str = ""
    citation: Citation | None = None
    cases: tuple[WorkedCase, ...] = ()
    checksum: float | None = None
    fit: Fit | None = None

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
