"""Explanations and comparisons of whatever a coder may have recorded."""

from __future__ import annotations

import csv
import io
import json

from hypothesis import given
from hypothesis import strategies as st

from ssp_coder.agreement.compare import compare
from ssp_coder.agreement.comparison import DifferenceKind
from ssp_coder.catalog import load_scheme
from ssp_coder.domain.coding import Coding, DDecision, Event
from ssp_coder.domain.scale import NOT_RATED, Missing, Points, Score
from ssp_coder.domain.verdict import DECISION_INPUT, Facts
from ssp_coder.reporting.comparisons import comparison_csv, comparison_json, comparison_text
from ssp_coder.reporting.verdicts import explain_verdict, verdict_json
from ssp_coder.rules.evaluate import evaluate
from ssp_coder.rules.facts import facts_from_scores
from tests.fixtures.table_schemes import bare_coding, event, small_scheme

INFANT = load_scheme("infant")
SMALL = small_scheme()
DECISIONS = st.sampled_from([None, *DDecision])


@st.composite
def facts(draw: st.DrawFn) -> Facts:
    """Ratings of the bundled table of which up to three are missing."""
    lost = draw(st.sets(st.sampled_from([entry.id for entry in INFANT.rules.inputs]), max_size=3))
    scores: dict[str, Score] = {}
    for entry in INFANT.rules.inputs:
        value = float(draw(st.integers(int(entry.minimum), int(entry.maximum))))
        missing = draw(st.sampled_from([NOT_RATED, Missing("NA_view")]))
        scores[entry.id] = missing if entry.id in lost else Points(value)
    return facts_from_scores(scores, d_decision=draw(DECISIONS))


EVENTS = st.lists(
    st.tuples(
        st.sampled_from(["seeking.reach", "seeking.lean", "play.look", "play.handle"]),
        st.integers(0, 30),
        st.none() | st.integers(0, 5),
    ).map(lambda one: event(one[0], one[1] / 2, None if one[2] is None else one[1] / 2 + one[2])),
    max_size=8,
)


@given(facts())
def test_every_verdict_is_explained_from_outcome_to_source(given_facts: Facts) -> None:
    verdict = evaluate(INFANT.rules, given_facts, sha256=INFANT.rules_sha256)
    lines = explain_verdict(verdict, INFANT)
    assert lines[0].startswith("Suggestion: ")
    assert lines[-1].endswith("It suggests, the coder decides.")
    assert all(line and "\n" not in line for line in lines)


@given(facts())
def test_what_a_verdict_needs_is_said_whenever_it_needs_something(given_facts: Facts) -> None:
    verdict = evaluate(INFANT.rules, given_facts)
    heads = ("It needs: ", "It stays open because of what ")
    needed = [line for line in explain_verdict(verdict, INFANT) if line.startswith(heads)]
    assert bool(needed) is bool(verdict.needs)
    for name in verdict.needs:
        assert sum(name in line for line in needed) == 1


@given(facts())
def test_every_remark_and_every_rule_that_holds_is_told(given_facts: Facts) -> None:
    verdict = evaluate(INFANT.rules, given_facts)
    text = "\n".join(explain_verdict(verdict, INFANT))
    assert all(f"({flag})" in text for flag in verdict.flags)
    assert all(trace.rule in text for trace in verdict.fired)
    assert text.count("One step would turn it") == len(verdict.turns)


@given(facts())
def test_json_says_the_same_as_the_verdict(given_facts: Facts) -> None:
    verdict = evaluate(INFANT.rules, given_facts, sha256=INFANT.rules_sha256)
    found = json.loads(json.dumps(verdict_json(verdict, "S1")))
    assert (found["group"], found["subgroup"]) == (verdict.group, verdict.subgroup)
    assert tuple(found["possible"]) == verdict.possible
    assert tuple(found["needs"]) == verdict.needs
    assert set(found["needs"]) <= {DECISION_INPUT, *(entry.id for entry in INFANT.rules.inputs)}
    assert found["table"]["sha256"] == INFANT.rules_sha256
    assert (found["group"] is None) is (len(found["possible"]) > 1)


def codings(own: list[Event], reference: list[Event]) -> tuple[Coding, Coding]:
    return bare_coding(*own), bare_coding(*reference, coder="ref")


@given(EVENTS, EVENTS)
def test_text_table_and_json_of_a_comparison_tell_the_same_rows(
    own: list[Event], reference: list[Event]
) -> None:
    comparison = compare(*codings(own, reference), SMALL)
    rows = list(csv.DictReader(io.StringIO(comparison_csv(comparison).decode())))
    content = json.loads(json.dumps(comparison_json(comparison)))
    assert len(rows) == len(content["rows"]) == len(comparison.rows)
    assert [row["kind"] for row in rows] == [row["kind"] for row in content["rows"]]
    differing = [
        row for row in comparison.rows if row.kind is not DifferenceKind.MATCH or row.ends_apart
    ]
    text = comparison_text(comparison, SMALL)
    shown = text.split("What differs\n")[1].split("\n\n")[0].splitlines()
    assert len(shown) == max(1, len(differing))


@given(EVENTS, EVENTS)
def test_the_lines_of_a_table_are_aligned(own: list[Event], reference: list[Event]) -> None:
    text = comparison_text(compare(*codings(own, reference), SMALL), SMALL)
    block = text.split("Per episode\n")[1].split("\n\n")[0].splitlines()
    assert len({len(line) for line in block}) == 1
