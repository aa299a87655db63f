"""Laws of the short answer: for every kind of table the full verdict without its reasons."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ssp_coder.catalog import load_rule_table
from ssp_coder.catalog.tables import available_rule_tables
from ssp_coder.catalog.versions import table_of, version_in_file
from ssp_coder.domain.coding import DDecision
from ssp_coder.domain.ruletable import RuleTable
from ssp_coder.domain.scale import Missing, Points
from ssp_coder.domain.verdict import Facts, Verdict
from ssp_coder.reporting.possibility import NOTHING, short_suggestion
from ssp_coder.reporting.verdicts import BRIEF_KEYS, brief_json, verdict_json
from ssp_coder.rules.brief import Brief, Briefing
from ssp_coder.rules.evaluate import evaluate, reference_of
from tests.fixtures.rule_tables import SYNTHETIC

MADE_UP = table_of(version_in_file(SYNTHETIC))
OPEN = [load_rule_table(one.id).table for one in available_rule_tables() if not one.closed]
CLOSED = [load_rule_table(one.id).table for one in available_rule_tables() if one.closed]
TABLES = {table.id: table for table in (*OPEN, MADE_UP) if table is not None}
ASK = {name: Briefing(table) for name, table in TABLES.items()}
EACH_TABLE = pytest.mark.parametrize("name", sorted(TABLES))


@st.composite
def any_facts(draw: st.DrawFn, table: RuleTable) -> Facts:
    """Numbers, half points where the table knows them, gaps, and reasons without a number."""
    scores: list[tuple[str, Points | Missing]] = []
    for one in table.inputs:
        kind = draw(st.sampled_from(["number"] * 8 + ["cannot", "nothing"]))
        if kind == "number":
            steps = round((one.maximum - one.minimum) / one.step)
            at = one.minimum + one.step * draw(st.integers(0, steps))
            scores.append((one.id, Points(at)))
        elif kind == "cannot":
            scores.append((one.id, Missing("NA_view")))
    return Facts(
        scores=tuple(scores),
        d_decision=draw(st.sampled_from([None, *DDecision])),
        d_assessed=draw(st.booleans()),
    )


def drawn(name: str, data: st.DataObject) -> tuple[Facts, Brief, Verdict]:
    facts = data.draw(any_facts(TABLES[name]))
    return facts, ASK[name].of(facts), evaluate(TABLES[name], facts)


def test_all_three_kinds_of_tables_are_asked() -> None:
    kinds = {(bool(table.main), bool(table.functions)) for table in TABLES.values()}
    assert kinds == {(True, False), (False, False), (False, True)}


@EACH_TABLE
@given(data=st.data())
def test_the_short_answer_is_the_verdict_without_its_reasons(
    name: str, data: st.DataObject
) -> None:
    _facts, brief, verdict = drawn(name, data)
    for part in Brief.__dataclass_fields__:
        assert getattr(brief, part) == getattr(verdict, part), part


@EACH_TABLE
@given(data=st.data())
def test_programs_read_the_same_in_both_forms(name: str, data: st.DataObject) -> None:
    _facts, brief, verdict = drawn(name, data)
    whole = verdict_json(verdict, "S1")
    short = brief_json(brief, reference_of(TABLES[name], ""), "S1")
    assert short == {key: whole[key] for key in BRIEF_KEYS}


@EACH_TABLE
@given(data=st.data())
def test_one_word_for_it_is_a_dash_only_while_it_is_not_settled(
    name: str, data: st.DataObject
) -> None:
    _facts, brief, verdict = drawn(name, data)
    word = short_suggestion(brief)
    assert word == short_suggestion(verdict)
    assert (word == NOTHING) is (brief.group is None and not brief.left_open)
    if brief.secondary is not None:
        assert word == f"{brief.group}/{brief.secondary}"


@EACH_TABLE
@given(data=st.data())
def test_what_is_said_agrees_with_itself(name: str, data: st.DataObject) -> None:
    facts, brief, _verdict = drawn(name, data)
    order = [group.id for group in TABLES[name].groups]
    assert list(brief.possible) == [group for group in order if group in brief.possible]
    assert (brief.group is not None) is (len(brief.possible) == 1)
    assert not (brief.left_open and brief.group is not None)
    assert not {name for name, score in facts.scores if isinstance(score, Points)} & {*brief.needs}


@EACH_TABLE
@given(data=st.data())
def test_asking_again_gives_the_same_answer(name: str, data: st.DataObject) -> None:
    facts, brief, _verdict = drawn(name, data)
    turned = Facts(
        scores=tuple(reversed(facts.scores)),
        d_decision=facts.d_decision,
        d_assessed=facts.d_assessed,
    )
    assert ASK[name].of(facts) == ASK[name].of(turned) == brief


@pytest.mark.parametrize("table", CLOSED, ids=lambda table: table.id)
def test_a_closed_table_is_refused_in_both_ways(table: RuleTable) -> None:
    from ssp_coder.domain.finding import DomainError

    facts = Facts(scores=())
    for ask in (lambda: evaluate(table, facts), lambda: Briefing(table).of(facts)):
        with pytest.raises(DomainError) as caught:
            ask()
        assert caught.value.finding.code == "table.closed"
