"""Collapsed classes, each with the rule that made it."""

from __future__ import annotations

from dataclasses import replace

import pytest

from ssp_coder.domain.coding import Classification
from ssp_coder.rules.collapse import (
    Collapsed,
    CollapseRule,
    SecureBasis,
    Unclassified,
    d_two_way,
    four_way,
    secure_two_way,
    three_way,
)
from tests.fixtures.rule_tables import section_five

TABLE = section_five()
B3 = Classification(primary="B", subgroup="B3")
A2 = Classification(primary="A", subgroup="A2")
D_B3 = Classification(primary="D", secondary="B3")
D_A2 = Classification(primary="D", secondary="A2")
D_ALONE = Classification(primary="D")
U_C2 = Classification(primary="U", secondary="C2")
AC_A1 = Classification(primary="AC", secondary="A1")


@pytest.mark.parametrize(("given", "group"), [(B3, "B"), (A2, "A")])
def test_an_organised_class_stays_in_three_way_work(given: Classification, group: str) -> None:
    assert three_way(given, TABLE) == Collapsed(value=group, rule=CollapseRule.PRIMARY)


@pytest.mark.parametrize(
    ("given", "group", "secondary"),
    [(D_B3, "B", "B3"), (D_A2, "A", "A2"), (U_C2, "C", "C2"), (AC_A1, "A", "A1")],
)
def test_three_way_work_forces_the_secondary_and_says_so(
    given: Classification, group: str, secondary: str
) -> None:
    assert three_way(given, TABLE) == Collapsed(
        value=group, rule=CollapseRule.FORCED_SECONDARY, secondary=secondary
    )


def test_d_without_a_secondary_has_no_three_way_class() -> None:
    assert three_way(D_ALONE, TABLE) == Collapsed(value="", rule=CollapseRule.SECONDARY_MISSING)


@pytest.mark.parametrize(("given", "group"), [(B3, "B"), (D_B3, "D"), (D_ALONE, "D")])
def test_four_way_work_keeps_d_whatever_its_secondary(given: Classification, group: str) -> None:
    assert four_way(given, TABLE) == Collapsed(value=group, rule=CollapseRule.PRIMARY)


@pytest.mark.parametrize("given", [U_C2, AC_A1])
def test_four_way_work_counts_the_unclassified_with_d_and_says_so(given: Classification) -> None:
    assert four_way(given, TABLE) == Collapsed(value="D", rule=CollapseRule.COUNTED_AS_D)


def test_four_way_work_can_force_or_leave_out_the_unclassified() -> None:
    forced = four_way(U_C2, TABLE, unclassified=Unclassified.FORCED)
    left = four_way(U_C2, TABLE, unclassified=Unclassified.LEAVE_OUT)
    assert forced == Collapsed(value="C", rule=CollapseRule.FORCED_SECONDARY, secondary="C2")
    assert left == Collapsed(value="", rule=CollapseRule.LEFT_OUT)


def test_d_with_a_secure_secondary_is_insecure_in_four_way_work() -> None:
    assert secure_two_way(D_B3, TABLE) == Collapsed(value="insecure", rule=CollapseRule.PRIMARY)


def test_d_with_a_secure_secondary_is_secure_in_forced_three_way_work() -> None:
    assert secure_two_way(D_B3, TABLE, basis=SecureBasis.FORCED) == Collapsed(
        value="secure", rule=CollapseRule.FORCED_SECONDARY, secondary="B3"
    )


@pytest.mark.parametrize("basis", list(SecureBasis))
def test_organised_classes_are_secure_or_not_on_either_basis(basis: SecureBasis) -> None:
    assert secure_two_way(B3, TABLE, basis=basis).value == "secure"
    assert secure_two_way(A2, TABLE, basis=basis).value == "insecure"


def test_forcing_without_a_secondary_leaves_no_class() -> None:
    assert secure_two_way(D_ALONE, TABLE, basis=SecureBasis.FORCED).value == ""


@pytest.mark.parametrize(("given", "value"), [(D_B3, "D"), (B3, "non_D"), (U_C2, "non_D")])
def test_d_or_not(given: Classification, value: str) -> None:
    assert d_two_way(given, TABLE) == Collapsed(value=value, rule=CollapseRule.PRIMARY)


def test_a_group_the_table_lacks_is_refused() -> None:
    for collapse in (three_way, four_way, secure_two_way, d_two_way):
        with pytest.raises(KeyError, match="no group X"):
            collapse(Classification(primary="X"), TABLE)


def test_a_table_without_d_cannot_say_d_or_not() -> None:
    groups = tuple(group for group in TABLE.groups if not group.by_decision)
    with pytest.raises(KeyError, match="disorganization"):
        d_two_way(B3, replace(TABLE, groups=groups))
