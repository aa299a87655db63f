"""The levels of every bundled rule table, and what a case is called at each."""

from __future__ import annotations

import pytest

from ssp_coder.agreement.class_levels import class_at, classes_declared, levels_of
from ssp_coder.agreement.comparison import ClassLevel
from ssp_coder.domain.coding import Classification, DDecision
from ssp_coder.domain.ruletable import RuleTable
from tests.unit.calibration.calibration_samples import bundled

TABLES = ("infant-default", "infant-main")
WORDS = tuple(level for level in ClassLevel if level is not ClassLevel.D_DECISION)


def every_case(table: RuleTable) -> list[Classification]:
    """Every class that a coder can give with a table."""
    subgroups = [one for group in table.groups for one in group.subgroups]
    cases = []
    for group in table.groups:
        own = group.subgroups or ("",)
        forced = subgroups if group.needs_secondary else [""]
        cases += [
            Classification(primary=group.id, subgroup=one, secondary=other)
            for one in own
            for other in forced
        ]
    return cases


@pytest.mark.parametrize("table_id", TABLES)
def test_whatever_a_coder_gives_is_a_declared_class_of_each_level(table_id: str) -> None:
    table = bundled(table_id)
    cases = every_case(table)
    assert len(cases) > len(table.groups)
    for level in levels_of(table):
        if level in WORDS:
            declared = classes_declared(level, table)
            assert {class_at(level, own, table) for own in cases} <= {*declared, ""}


@pytest.mark.parametrize("table_id", TABLES)
def test_every_declared_class_can_be_given(table_id: str) -> None:
    table = bundled(table_id)
    cases = every_case(table)
    for level in levels_of(table):
        if level in WORDS:
            given = {class_at(level, own, table) for own in cases}
            assert set(classes_declared(level, table)) <= given


@pytest.mark.parametrize("table_id", TABLES)
def test_classes_are_declared_once(table_id: str) -> None:
    table = bundled(table_id)
    for level in WORDS:
        declared = classes_declared(level, table)
        assert len(set(declared)) == len(declared)


@pytest.mark.parametrize("level", list(ClassLevel))
def test_a_case_without_a_class_has_none_at_any_level(level: ClassLevel) -> None:
    assert class_at(level, None, bundled("infant-default")) == ""


def test_a_decision_on_disorganization_is_the_coders_word() -> None:
    own = Classification(primary="B", subgroup="B1", d_decision=DDecision.NO)
    found = class_at(ClassLevel.D_DECISION, own, bundled("infant-default"))
    assert found == DDecision.NO.value
