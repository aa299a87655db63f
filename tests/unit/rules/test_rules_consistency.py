"""A classification against the invariants of the domain reference, 12.5."""

from __future__ import annotations

from dataclasses import replace

import pytest

from ssp_coder.domain.coding import Classification, DDecision
from ssp_coder.domain.finding import Severity
from ssp_coder.domain.scale import NOT_RATED, Missing, Points, Score
from ssp_coder.rules.consistency import check_classification, classification_findings
from tests.fixtures.rule_schemes import coding, scheme
from tests.fixtures.rule_tables import section_five

TABLE = section_five()
YES, NO = DDecision.YES, DDecision.NO
B3 = Classification(primary="B", subgroup="B3", confidence=4)
D_B3 = Classification(primary="D", secondary="B3")


def kinds(given: Classification, d_score: Score = NOT_RATED) -> set[str]:
    found = classification_findings(given, TABLE, d_score)
    return {finding.code.removeprefix("classification.") for finding in found}


@pytest.mark.parametrize("score", [Points(1), Points(4.5), NOT_RATED, Missing("NA_view")])
def test_an_organised_class_without_signs_of_d_is_sound(score: Score) -> None:
    assert kinds(B3, score) == set()


def test_d_above_the_point_with_a_secondary_is_sound() -> None:
    assert kinds(D_B3, Points(7)) == set()


def test_an_unknown_main_group_is_named_with_those_there_are() -> None:
    (finding,) = classification_findings(Classification(primary="E"), TABLE)
    assert finding.code == "classification.unknown_group"
    assert finding.place == "classification.primary"
    assert "A, B, C, D, U, AC" in finding.message


def test_an_organised_group_needs_a_subgroup() -> None:
    assert kinds(Classification(primary="B"), Points(1)) == {"subgroup_missing"}


@pytest.mark.parametrize("subgroup", ["A1", "X9"])
def test_a_subgroup_must_belong_to_the_main_group(subgroup: str) -> None:
    given = Classification(primary="B", subgroup=subgroup)
    assert kinds(given, Points(1)) == {"subgroup_of_other_group"}


def test_d_has_a_secondary_and_no_subgroup() -> None:
    given = replace(D_B3, subgroup="B3")
    assert kinds(given, Points(7)) == {"subgroup_of_other_group"}


@pytest.mark.parametrize("primary", ["D", "U", "AC"])
def test_groups_outside_a_b_and_c_need_a_secondary(primary: str) -> None:
    score = Points(7) if primary == "D" else Points(1)
    assert kinds(Classification(primary=primary), score) == {"secondary_missing"}


def test_an_unknown_secondary_is_found() -> None:
    assert kinds(replace(D_B3, secondary="B9"), Points(7)) == {"unknown_secondary"}


def test_a_secondary_beside_an_organised_group_is_a_warning() -> None:
    (finding,) = classification_findings(replace(B3, secondary="A2"), TABLE, Points(1))
    assert finding.code == "classification.secondary_not_needed"
    assert finding.severity is Severity.WARNING


def test_at_the_decision_point_the_coder_must_decide() -> None:
    assert kinds(B3, Points(5)) == {"d_decision_missing"}
    assert kinds(D_B3, Points(5)) == {"d_decision_missing"}


@pytest.mark.parametrize(("given", "decision"), [(B3, NO), (D_B3, YES)])
def test_a_decision_with_a_reason_at_the_point_is_sound(
    given: Classification, decision: DDecision
) -> None:
    assert (
        kinds(replace(given, d_decision=decision, d_reason="two brief stills"), Points(5)) == set()
    )


@pytest.mark.parametrize("reason", ["", "  "])
def test_a_decision_needs_a_reason(reason: str) -> None:
    assert kinds(replace(B3, d_decision=NO, d_reason=reason), Points(5)) == {"d_reason_missing"}


@pytest.mark.parametrize(("given", "decision"), [(B3, YES), (D_B3, NO)])
def test_a_decision_must_agree_with_the_main_group(
    given: Classification, decision: DDecision
) -> None:
    contradicting = replace(given, d_decision=decision, d_reason="because")
    assert kinds(contradicting, Points(5)) == {"d_decision_contradicts"}


def test_above_the_point_another_group_needs_an_explicit_refusal() -> None:
    assert kinds(B3, Points(6)) == {"d_refusal_missing"}
    assert kinds(B3, Points(5.5)) == {"d_refusal_missing"}


def test_above_the_point_a_refusal_with_a_reason_is_sound() -> None:
    refused = replace(B3, d_decision=NO, d_reason="overstressed, third visit")
    assert kinds(refused, Points(8)) == set()


def test_above_the_point_a_refusal_without_a_reason_is_not_enough() -> None:
    assert kinds(replace(B3, d_decision=NO), Points(8)) == {"d_reason_missing"}


def test_below_the_point_there_is_no_d() -> None:
    assert kinds(D_B3, Points(4)) == {"d_below_point"}


def test_below_the_point_a_decision_for_d_does_not_make_it_d() -> None:
    decided = replace(D_B3, d_decision=YES, d_reason="strong single index")
    assert kinds(decided, Points(4)) == {"d_below_point"}


def test_below_the_point_a_decision_for_d_beside_another_group_contradicts_itself() -> None:
    decided = replace(B3, d_decision=YES, d_reason="strong single index")
    assert kinds(decided, Points(4)) == {"d_decision_contradicts"}


@pytest.mark.parametrize("score", [NOT_RATED, Missing("NA_view")])
def test_d_without_its_score_is_a_warning(score: Score) -> None:
    (finding,) = classification_findings(D_B3, TABLE, score)
    assert finding.code == "classification.d_without_score"
    assert finding.severity is Severity.WARNING


@pytest.mark.parametrize("confidence", [-1, 6])
def test_confidence_lies_between_one_and_five(confidence: int) -> None:
    assert kinds(replace(B3, confidence=confidence), Points(1)) == {"confidence_outside_range"}


def test_a_codings_classification_is_checked_with_its_own_score() -> None:
    given = replace(
        coding(dorg=7, seeking_1=6), classification=Classification(primary="one", subgroup="near")
    )
    (finding,) = check_classification(given, scheme())
    assert finding.code == "classification.d_refusal_missing"


def test_a_coding_without_a_classification_has_nothing_to_check() -> None:
    assert check_classification(coding(dorg=7), scheme()) == ()


def test_a_scheme_without_d_checks_the_rest() -> None:
    small = scheme()
    without_d = replace(small, rules=replace(small.rules, disorganization=None))
    given = replace(coding(), classification=Classification(primary="one"))
    (finding,) = check_classification(given, without_d)
    assert finding.code == "classification.subgroup_missing"


def test_a_table_without_d_asks_nothing_about_it() -> None:
    without_d = replace(TABLE, disorganization=None)
    assert classification_findings(B3, without_d, Points(9)) == ()


def test_every_finding_says_what_to_do() -> None:
    bad = Classification(primary="B", subgroup="A1", secondary="X", confidence=9, d_decision=YES)
    findings = classification_findings(bad, TABLE, Points(5))
    assert len(findings) >= 5
    assert all(finding.remedy and finding.place for finding in findings)
