"""The quick answer is the full verdict without its reasons, whatever is known."""

from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ssp_coder.catalog import load_rule_table
from ssp_coder.domain.coding import DDecision
from ssp_coder.domain.finding import DomainError
from ssp_coder.domain.ruletable import ClassificationFunction, RuleTable, Term
from ssp_coder.domain.scale import Missing, Points
from ssp_coder.domain.verdict import Facts
from ssp_coder.rules.brief import Brief, Briefing
from ssp_coder.rules.evaluate import evaluate
from tests.fixtures.rule_tables import facts, prototype, section_five, without

MAIN = load_rule_table("infant-main").table
TABLES = (MAIN, load_rule_table("infant-default").table, section_five())
PARTS = ("group", "subgroup", "secondary", "possible", "needs", "left_open", "flags")


def functions_of(table: RuleTable) -> RuleTable:
    """The same inputs and groups, judged by two made-up functions."""
    first, second = table.groups[0].id, table.groups[1].id
    return replace(
        table,
        main=(),
        profiles=(),
        overlays=(),
        functions=(
            ClassificationFunction(
                group=first,
                constant=-1.0,
                terms=(Term(input="avo_c_8", weight=1.0), Term(input="pcs_c_8", weight=-0.5)),
            ),
            ClassificationFunction(
                group=second, constant=0.0, terms=(Term(input="pcs_c_8", weight=0.5),)
            ),
        ),
    )


@st.composite
def any_facts(draw: st.DrawFn) -> Facts:
    scores = []
    for one in MAIN.inputs:
        kind = draw(st.sampled_from(["number"] * 9 + ["missing", "nothing"]))
        if kind == "number":
            points = st.integers(int(one.minimum), int(one.maximum))
            scores.append((one.id, Points(float(draw(points)))))
        elif kind == "missing":
            scores.append((one.id, Missing("NA_view")))
    return Facts(
        scores=tuple(scores),
        d_decision=draw(st.sampled_from([None, *DDecision])),
        d_assessed=draw(st.booleans()),
    )


def assert_same(brief: Brief, table: RuleTable, known: Facts) -> None:
    verdict = evaluate(table, known)
    assert {part: getattr(brief, part) for part in PARTS} == {
        part: getattr(verdict, part) for part in PARTS
    }


@pytest.mark.parametrize("table", TABLES, ids=lambda table: table.id)
@given(known=any_facts())
def test_it_says_what_the_verdict_says(table: RuleTable, known: Facts) -> None:
    assert_same(Briefing(table).of(known), table, known)


@given(known=any_facts())
def test_it_says_what_the_verdict_says_of_functions(known: Facts) -> None:
    table = functions_of(MAIN)
    assert_same(Briefing(table).of(known), table, known)


def test_one_briefing_answers_many_questions() -> None:
    briefing = Briefing(MAIN)
    asked = {name: briefing.of(facts(prototype(name))) for name in MAIN.subgroups()}
    assert {name: brief.subgroup for name, brief in asked.items()} == {
        name: name for name in MAIN.subgroups()
    }


def test_what_is_missing_is_asked_for() -> None:
    brief = Briefing(MAIN).of(facts(without(prototype("B3"), "avo_c_8")))
    assert brief.group is None
    assert "avo_c_8" in brief.needs


def test_a_number_out_of_range_is_refused() -> None:
    with pytest.raises(DomainError, match="outside"):
        Briefing(MAIN).of(facts({"avo_c_8": 9.0}))


def test_a_closed_table_is_refused() -> None:
    with pytest.raises(DomainError, match="not filled in"):
        Briefing(replace(functions_of(MAIN), closed="not filled in")).of(facts({}))
