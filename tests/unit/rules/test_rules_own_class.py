"""The own class beside the table: agreement, and a difference nobody explained."""

from __future__ import annotations

from dataclasses import replace

import pytest

from ssp_coder.domain.coding import Classification
from ssp_coder.domain.finding import Severity
from ssp_coder.domain.scheme import SuggestionPolicy
from ssp_coder.editing.completeness import Step, open_work
from ssp_coder.editing.edits import Classify
from ssp_coder.rules.evaluate import evaluate
from ssp_coder.rules.facts import facts_from_coding
from ssp_coder.rules.own_class import Agreement, agreement, unexplained_difference
from tests.builders import after, coding, infant_scheme, rate

SCHEME = infant_scheme()
B3 = Classification(primary="B", subgroup="B3")
B2 = Classification(primary="B", subgroup="B2")
CLEAR = {"pcs_c_5": 5, "cm_c_5": 5, "res_c_5": 2, "avo_c_5": 1} | {
    "pcs_c_8": 6,
    "cm_c_8": 6,
    "res_c_8": 1,
    "avo_c_8": 1,
    "dorg": 2,
}


def rated(own=None, **changed):
    value = after(coding(), *(rate(slot, point) for slot, point in (CLEAR | changed).items()))
    return value if own is None else after(value, Classify(classification=own))


def stands(own, value):
    verdict = evaluate(SCHEME.rules, facts_from_coding(value, SCHEME))
    return agreement(own, verdict, SCHEME.rules)


def unexplained(value, scheme=SCHEME):
    return tuple(unexplained_difference(value, scheme))


def test_the_only_class_that_is_left_agrees() -> None:
    assert stands(B3, rated()) is Agreement.AGREES


def test_one_of_several_is_possible() -> None:
    assert stands(B3, after(coding(), rate("pcs_c_5", 5))) is Agreement.POSSIBLE


def test_another_class_of_the_same_group_differs() -> None:
    assert stands(B2, rated()) is Agreement.DIFFERS


def test_a_class_of_another_group_differs_in_its_group() -> None:
    own = Classification(primary="A", subgroup="A1")
    assert stands(own, rated()) is Agreement.DIFFERS_IN_GROUP


def test_a_class_without_a_subgroup_is_held_beside_the_groups() -> None:
    assert stands(Classification(primary="B"), rated()) is Agreement.AGREES
    assert stands(Classification(primary="C"), rated()) is Agreement.DIFFERS_IN_GROUP


def test_both_kinds_of_difference_ask_for_a_reason() -> None:
    assert [one.is_difference for one in Agreement] == [False, False, True, True]
    assert unexplained(rated(Classification(primary="A", subgroup="A1")))


@pytest.mark.parametrize(("second", "found"), [("B3", Agreement.AGREES), ("A1", Agreement.DIFFERS)])
def test_another_second_class_differs_too(second: str, found: Agreement) -> None:
    own = Classification(primary="D", secondary=second)
    assert stands(own, rated(dorg=8)) is found


def test_a_difference_without_a_reason_is_open_work_that_keeps_nothing_from_being_locked() -> None:
    (finding,) = unexplained(rated(B2))
    assert finding.severity is Severity.WARNING
    assert [w.step for w in open_work(rated(B2), SCHEME) if w.finding == finding] == [Step.CLASSIFY]


def test_a_reason_closes_it() -> None:
    assert unexplained(rated(replace(B2, disagreement="plays again"))) == ()


def test_agreement_needs_no_reason() -> None:
    assert unexplained(rated(B3)) == ()


def test_without_a_class_nothing_is_said() -> None:
    assert unexplained(rated()) == ()


def test_where_the_suggestion_stays_hidden_it_is_not_given_away() -> None:
    assert unexplained(rated(B2), replace(SCHEME, suggestion=SuggestionPolicy.NEVER)) == ()
