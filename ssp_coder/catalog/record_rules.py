"""The shape of a rule table's file."""

from __future__ import annotations

from typing import Annotated, Literal

from msgspec import Meta, Struct, field

from ssp_coder.catalog.record_base import (
    ColumnName,
    FileHead,
    Id,
    Range,
    Stated,
    Words,
)


class InputRecord(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """One number a rule table reads; `weight` holds for every band on it."""

    id: ColumnName
    title: Words
    minimum: float
    maximum: float
    step: float = 1.0
    required: bool = True
    weight: float = 1.0
    weight_note: Words = ""


class MainGroupRecord(Stated, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """A main group that a coder may choose."""

    id: Id
    title: Words
    subgroups: tuple[Id, ...] = ()
    needs_secondary: bool = False
    secure: bool = False
    by_decision: bool = False


class ProfileRecord(Stated, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """A subgroup; a band lists the lowest and the highest rating that fits."""

    id: Id
    group: Id
    title: Words
    gist: Words
    bands: Annotated[dict[ColumnName, Range], Meta(min_length=1)]


class RuleExampleRecord(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """Ratings, and whether the rule holds for them."""

    values: dict[ColumnName, float]
    holds: bool


class OverlayRecord(Stated, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """A rule over single inputs that sets a group or raises a flag."""

    id: Id
    title: Words
    outcome: Id | Literal[""] = ""
    flag: Id | Literal[""] = ""
    all_of: dict[ColumnName, Range] = field(default_factory=dict)
    any_of: dict[ColumnName, Range] = field(default_factory=dict)
    examples: Annotated[tuple[RuleExampleRecord, ...], Meta(min_length=1)]


class DisorganizationRecord(Stated, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """The rule with a point at which the coder decides."""

    input: ColumnName
    decision_point: float
    outcome: Id
    title: Words


class FlagRecord(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """A remark that a verdict may carry."""

    id: Id
    title: Words


class TableExampleRecord(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """Ratings and the class that must come out."""

    values: dict[ColumnName, float]
    group: Id
    subgroup: Id | Literal[""] = ""


class MainRuleRecord(Stated, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """A row of a decision table: the group it gives, or several that it leaves open."""

    id: Id
    title: Words
    groups: Annotated[tuple[Id, ...], Meta(min_length=1)]
    all_of: dict[ColumnName, Range] = field(default_factory=dict)
    any_of: dict[ColumnName, Range] = field(default_factory=dict)
    examples: Annotated[tuple[RuleExampleRecord, ...], Meta(min_length=1)]


class MainExampleRecord(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """Ratings and the class that must come out, or the groups that must remain open."""

    values: dict[ColumnName, float]
    group: Id | Literal[""] = ""
    subgroup: Id | Literal[""] = ""
    between: tuple[Id, ...] = ()


class DecisionTableFile(
    FileHead,
    frozen=True,
    kw_only=True,
    forbid_unknown_fields=True,
    tag_field="kind",
    tag="decision_table",
):
    """A file under schemas/rules/: the main group; `profiles` names the table of its subgroups."""

    profiles: Id
    rules: Annotated[tuple[MainRuleRecord, ...], Meta(min_length=1)]
    examples: Annotated[tuple[MainExampleRecord, ...], Meta(min_length=1)]


class VariableRecord(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """One number a discriminant table reads; `definition` says how its source measured it."""

    id: ColumnName
    title: Words
    minimum: float
    maximum: float
    step: float = 1.0
    definition: Annotated[str, Meta(max_length=2000)] = ""


class FunctionRecord(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """The classification function of a group: constant and weight of each variable."""

    group: Id
    constant: float
    weights: Annotated[dict[ColumnName, float], Meta(min_length=1)]


class WorkedCaseRecord(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """A case whose outcome the source tells; `scores` are the values of the functions."""

    values: dict[ColumnName, float]
    group: Id
    scores: dict[Id, float] = field(default_factory=dict)
    tolerance: Annotated[float, Meta(gt=0)] = 0.01


class CitationRecord(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """Where the numbers stand."""

    work: Annotated[str, Meta(max_length=2000)]
    page: Annotated[str, Meta(max_length=200)] = ""
    sample: Annotated[str, Meta(max_length=2000)] = ""


class FitRecord(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """How a laboratory fitted its own functions; a row of `confusion` lists counts by group."""

    method: Annotated[str, Meta(min_length=1, max_length=200)]
    date: Annotated[str, Meta(pattern=r"^\d{4}-\d{2}-\d{2}$")]
    cases: Annotated[int, Meta(ge=1)]
    counts: dict[Id, int]
    confusion: dict[Id, tuple[int, ...]]
    warnings: tuple[str, ...] = ()


class DiscriminantTableFile(
    FileHead,
    frozen=True,
    kw_only=True,
    forbid_unknown_fields=True,
    tag_field="kind",
    tag="discriminant_table",
):
    """A file under schemas/rules/: classification functions, closed until they are filled in."""

    enabled: bool = False
    citation: CitationRecord
    checksum: float | None = None
    borderline_margin: Annotated[float, Meta(ge=0)] = 0.0
    borderline_flag: Id | Literal[""] = ""
    inputs: tuple[VariableRecord, ...] = ()
    groups: Annotated[tuple[MainGroupRecord, ...], Meta(min_length=1)]
    functions: tuple[FunctionRecord, ...] = ()
    worked_cases: tuple[WorkedCaseRecord, ...] = ()
    disorganization: DisorganizationRecord | None = None
    flags: tuple[FlagRecord, ...] = ()
    fit: FitRecord | None = None


class ProfileTableFile(
    FileHead,
    frozen=True,
    kw_only=True,
    forbid_unknown_fields=True,
    tag_field="kind",
    tag="profile_table",
):
    """A file under schemas/rules/: bands for each subgroup, rules on top."""

    borderline_margin: Annotated[float, Meta(ge=0)] = 0.0
    borderline_flag: Id | Literal[""] = ""
    inputs: Annotated[tuple[InputRecord, ...], Meta(min_length=1)]
    groups: Annotated[tuple[MainGroupRecord, ...], Meta(min_length=1)]
    profiles: Annotated[tuple[ProfileRecord, ...], Meta(min_length=1)]
    overlays: tuple[OverlayRecord, ...] = ()
    disorganization: DisorganizationRecord | None = None
    flags: tuple[FlagRecord, ...] = ()
    examples: Annotated[tuple[TableExampleRecord, ...], Meta(min_length=1)]


RuleTableFile = ProfileTableFile | DecisionTableFile | DiscriminantTableFile
