"""The part of the scores that is about classes: the coder's, the table's, and collapses."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from ssp_coder.domain.coding import Classification, Coding, DDecision
from ssp_coder.domain.ruletable import RuleTable
from ssp_coder.domain.scale import Points, SlotId
from ssp_coder.domain.scheme import Scheme
from ssp_coder.domain.verdict import DECISION_INPUT, Verdict
from ssp_coder.formats.columns import (
    RECORDED,
    Cell,
    Column,
    ColumnType,
    merged_levels,
    provenance_words,
)
from ssp_coder.formats.score_row import ScoreRow
from ssp_coder.rules.collapse import (
    INSECURE,
    SECURE,
    Collapsed,
    CollapseRule,
    SecureBasis,
    d_two_way,
    four_way,
    secure_two_way,
    three_way,
)
from ssp_coder.rules.own_class import Agreement

AUTO_YES = "auto_yes"
AUTO_NO = "auto_no"
DECISION_LEVELS = (
    (AUTO_YES, "the score lies above the decision point"),
    (DDecision.YES.value, "the coder decided for it"),
    (DDecision.NO.value, "the coder decided against it"),
    (AUTO_NO, "the score lies below the decision point"),
)
_RULE_LEVELS = (
    (CollapseRule.PRIMARY.value, "by the primary group"),
    (CollapseRule.FORCED_SECONDARY.value, "by the forced secondary subgroup"),
    (CollapseRule.COUNTED_AS_D.value, "counted with the disorganized group"),
    (CollapseRule.SECONDARY_MISSING.value, "no class: the secondary subgroup is missing"),
    (CollapseRule.LEFT_OUT.value, "no class under this collapse"),
)
_AGREEMENT_LEVELS = (
    (Agreement.AGREES.value, "the only class that the table leaves"),
    (Agreement.POSSIBLE.value, "one of several that the table leaves"),
    (Agreement.DIFFERS.value, "another class of a main group that the table leaves"),
    (Agreement.DIFFERS_IN_GROUP.value, "a main group that the table does not leave"),
)
_WITHHELD = "empty: withheld by the scheme until the coder has a class, or not settled"
_SPACED = "several are separated by blanks"


def class_columns(schemes: Sequence[Scheme]) -> tuple[Column[ScoreRow], ...]:
    """Every column about classes, in order."""
    tables = [scheme.rules for scheme in schemes]
    groups = merged_levels(*(((g.id, g.title.english) for g in t.groups) for t in tables))
    subgroups = merged_levels(*(((p.id, p.title.english) for p in t.profiles) for t in tables))
    return (
        *_own_class_columns(groups, subgroups),
        *_own_word_columns(),
        *_suggestion_columns(groups, subgroups, schemes),
        *_ruleset_columns(),
        *_collapse_columns(groups, schemes),
    )


Levels = tuple[tuple[str, str], ...]


def _own_class_columns(groups: Levels, subgroups: Levels) -> tuple[Column[ScoreRow], ...]:
    return (
        _own("primary", "Coder's main group", lambda own: own.primary, groups),
        _own("subgroup", "Coder's subgroup", lambda own: own.subgroup, subgroups),
        _own(
            "secondary", "Coder's best-fitting organised subgroup", lambda o: o.secondary, subgroups
        ),
        Column(
            name=DECISION_INPUT,
            label="Decision on disorganization",
            type=ColumnType.CATEGORY,
            value=lambda row: decision_on_d(row.coding, row.scheme),
            levels=DECISION_LEVELS,
            missing_code="empty: not rated, or at the decision point and not decided",
        ),
    )


def _own(
    name: str, label: str, take: Callable[[Classification], str], levels: Levels = ()
) -> Column[ScoreRow]:
    return Column(
        name=name,
        label=label,
        type=ColumnType.CATEGORY if levels else ColumnType.TEXT,
        value=lambda row: take(row.own) if row.own else None,
        levels=levels,
        missing_code="empty: not recorded or does not apply",
        provenance=RECORDED,
    )


def _own_word_columns() -> tuple[Column[ScoreRow], ...]:
    return (
        _own("d_reason", "Reason of the decision on disorganization", lambda own: own.d_reason),
        Column(
            name="confidence",
            label="Coder's confidence in the class",
            type=ColumnType.INTEGER,
            value=lambda row: (row.own.confidence or None) if row.own else None,
            levels=(("1", "guess"), ("5", "certain")),
            missing_code="empty: not given",
            provenance=RECORDED,
        ),
        _own("rationale", "Coder's words on the class", lambda own: own.rationale),
        Column(
            name="agreement",
            label="Whether the coder's class agrees with the suggestion",
            type=ColumnType.CATEGORY,
            value=lambda row: row.agreement,
            levels=_AGREEMENT_LEVELS,
            missing_code="empty: no class recorded, or the suggestion is withheld by the scheme",
            note="class and ratings as they were when this was written; the reason to differ "
            "stands in disagreement",
        ),
        _own("disagreement", "Why the class differs from the suggestion", lambda o: o.disagreement),
        Column(
            name="n_d_indices",
            label="Indices of disorganization recorded",
            type=ColumnType.INTEGER,
            value=lambda row: len(row.coding.d_indices),
            note="the number of indices is not the score",
        ),
    )


def decision_on_d(coding: Coding, scheme: Scheme) -> str:
    """The coder's decision, else what the score decides by itself, else empty."""
    own, rule = coding.classification, scheme.rules.disorganization
    if own is not None and own.d_decision is not None:
        return own.d_decision.value
    if rule is None:
        return ""
    score = coding.score(SlotId(rule.input))
    if not isinstance(score, Points) or score.value == rule.decision_point:
        return ""
    return AUTO_YES if score.value > rule.decision_point else AUTO_NO


def _suggestion_columns(
    groups: Levels, subgroups: Levels, schemes: Sequence[Scheme]
) -> tuple[Column[ScoreRow], ...]:
    flags = merged_levels(*(((f.id, f.title.english) for f in s.rules.flags) for s in schemes))
    return (
        _suggested("group", "main group", lambda v: v.group, groups),
        _suggested("subgroup", "subgroup", lambda v: v.subgroup, subgroups),
        _suggested("secondary", "secondary subgroup", lambda v: v.secondary, subgroups),
        _suggested("possible", "main groups possible", lambda v: " ".join(v.possible), groups),
        _left_open_column(),
        _suggested("needs", "inputs it still needs", lambda v: " ".join(v.needs)),
        _suggested("group_needs", "those the group needs", lambda v: " ".join(v.group_needs)),
        _suggested("flags", "remarks", lambda v: " ".join(v.flags), flags),
    )


def _suggested(
    name: str, label: str, take: Callable[[Verdict], Cell], levels: Levels = ()
) -> Column[ScoreRow]:
    several = name in {"possible", "needs", "group_needs", "flags"}
    return Column(
        name=f"suggestion_{name}",
        label=f"Rule table's suggestion: {label}",
        type=ColumnType.CATEGORY,
        value=lambda row: take(row.verdict) if row.verdict else None,
        levels=levels,
        missing_code=_WITHHELD,
        provenance="see ruleset_provenance of the row",
        note=_SPACED if several else "",
    )


def _left_open_column() -> Column[ScoreRow]:
    return Column(
        name="suggestion_left_open",
        label="Whether the table itself leaves it open between the groups possible",
        type=ColumnType.FLAG,
        value=lambda row: row.verdict.left_open if row.verdict else None,
        levels=(("1", "yes"), ("0", "no, it is settled or something is not known")),
        missing_code="empty: withheld by the scheme until the coder has a class",
        provenance="see ruleset_provenance of the row",
    )


def _ruleset_columns() -> tuple[Column[ScoreRow], ...]:
    return (
        _ruleset("id", "Rule table", lambda row: row.scheme.rules.id),
        _ruleset("version", "Version of the rule table", lambda row: row.scheme.rules.version),
        _ruleset("sha256", "Hash of the rule table", lambda row: row.scheme.rules_sha256),
        _ruleset(
            "provenance",
            "Where the rule table comes from",
            lambda row: provenance_words(row.scheme.rules.provenance),
        ),
        _ruleset("citation", "Work that the table's numbers stand in", _cited),
        _ruleset("parts", "Tables it is put together with", _parts),
    )


def _ruleset(name: str, label: str, value: Callable[[ScoreRow], Cell]) -> Column[ScoreRow]:
    return Column(name=f"ruleset_{name}", label=label, type=ColumnType.CATEGORY, value=value)


def _cited(row: ScoreRow) -> Cell:
    """A table without functions takes its numbers from nowhere but itself."""
    cited = row.scheme.rules.citation
    if cited is None or not row.scheme.rules.functions:
        return None
    return ", ".join(part for part in (cited.work, cited.page) if part)


def _parts(row: ScoreRow) -> Cell:
    parts = row.scheme.rules.parts
    return " ".join(f"{part.id} {part.version} {part.sha256}".strip() for part in parts) or None


Collapse = Callable[[Classification, RuleTable], Collapsed]


def _collapse_columns(groups: Levels, schemes: Sequence[Scheme]) -> tuple[Column[ScoreRow], ...]:
    return (
        _collapsed("abc3", "Three organised groups", three_way, groups),
        _collapsed_rule("abc3_rule", "abc3", three_way),
        _collapsed("abcd", "Organised groups and the disorganized one", four_way, groups),
        _collapsed_rule("abcd_rule", "abcd", four_way),
        _collapsed("secure_two_way", "Secure or insecure", secure_two_way, _SECURITY_LEVELS),
        _collapsed_rule("collapse_secondary_rule", "secure_two_way", secure_two_way),
        _collapsed(
            "secure_two_way_forced",
            "Secure or insecure by the forced organised group",
            _secure_forced,
            _SECURITY_LEVELS,
        ),
        _collapsed("d_two_way", "Disorganized or not", d_two_way, _d_levels(schemes)),
    )


def _d_levels(schemes: Sequence[Scheme]) -> Levels:
    groups = (group for scheme in schemes for group in scheme.rules.groups if group.by_decision)
    return merged_levels(
        *(((g.id, g.title.english), (f"non_{g.id}", f"not {g.title.english}")) for g in groups)
    )


_NEED_D: tuple[Collapse, ...] = (four_way, d_two_way)
_SECURITY_LEVELS = ((SECURE, "secure"), (INSECURE, "insecure"))


def _secure_forced(own: Classification, table: RuleTable) -> Collapsed:
    return secure_two_way(own, table, basis=SecureBasis.FORCED)


def _collapsed(name: str, label: str, collapse: Collapse, levels: Levels) -> Column[ScoreRow]:
    return Column(
        name=name,
        label=f"{label}, from the coder's class",
        type=ColumnType.CATEGORY,
        value=lambda row: _of_collapse(row, collapse, lambda made: made.value),
        levels=levels,
        missing_code="empty: no class recorded, or none under this collapse",
    )


def _collapsed_rule(name: str, of: str, collapse: Collapse) -> Column[ScoreRow]:
    return Column(
        name=name,
        label=f"What {of} was taken from",
        type=ColumnType.CATEGORY,
        value=lambda row: _of_collapse(row, collapse, lambda made: made.rule.value),
        levels=_RULE_LEVELS,
        missing_code="empty: no class recorded",
    )


def _of_collapse(row: ScoreRow, collapse: Collapse, take: Callable[[Collapsed], str]) -> Cell:
    if row.own is None:
        return None
    table = row.scheme.rules
    if collapse in _NEED_D and not any(group.by_decision for group in table.groups):
        return None
    return take(collapse(row.own, table))
