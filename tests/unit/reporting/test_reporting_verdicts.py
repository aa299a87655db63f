from __future__ import annotations

import json
from dataclasses import replace

import pytest

from ssp_coder.catalog import load_scheme
from ssp_coder.domain.coding import DDecision
from ssp_coder.domain.scale import Missing, Points
from ssp_coder.domain.scheme import Scheme
from ssp_coder.domain.verdict import Verdict
from ssp_coder.reporting.verdicts import explain_verdict, verdict_json
from ssp_coder.rules.evaluate import evaluate
from ssp_coder.rules.facts import facts_from_scores
from tests.fixtures.table_schemes import small_scheme

SCHEME = small_scheme()
CLEAR = {"near_c_2": 6.5, "odd": 2.0, "cry_2": 3.0}


def verdict(
    scores: dict[str, float], *, decision: DDecision | None = None, scheme: Scheme = SCHEME
) -> Verdict:
    facts = facts_from_scores(
        {name: Points(value) for name, value in scores.items()}, d_decision=decision
    )
    return evaluate(scheme.rules, facts, sha256=scheme.rules_sha256)


def lines(scores: dict[str, float], decision: DDecision | None = None) -> tuple[str, ...]:
    return explain_verdict(verdict(scores, decision=decision), SCHEME)


def test_a_settled_suggestion_comes_first_with_its_group() -> None:
    assert lines(CLEAR)[0] == "Suggestion: B2 (Near)"


def test_an_open_suggestion_names_what_is_possible_and_what_it_needs() -> None:
    found = lines({"near_c_2": 1.0, "cry_2": 3.0})
    assert found[0] == "Suggestion: not settled; A (Far) or D (Odd) are possible"
    assert "It needs: odd" in found


def test_the_decision_of_the_coder_is_asked_for_in_words() -> None:
    found = lines(CLEAR | {"odd": 5.0})
    assert "It needs: the coder's decision (d_decision)" in found
    assert (
        "May still hold: Oddness decides [disorganization], sets D: odd 5 (in 5-9), "
        "the coder has not decided"
    ) in found


@pytest.mark.parametrize(
    ("decision", "group", "words"),
    [
        (DDecision.YES, "D (Odd)", "the coder decided for it"),
        (DDecision.NO, "B2 (Near)", ""),
    ],
)
def test_a_decision_is_told_with_what_follows(decision: DDecision, group: str, words: str) -> None:
    found = lines(CLEAR | {"odd": 5.0}, decision)
    assert found[0] == f"Suggestion: {group}"
    assert words in "\n".join(found)


def test_the_best_fitting_organised_subgroup_is_named_beside_d() -> None:
    assert "Best-fitting organised subgroup: B2" in lines(CLEAR | {"odd": 7.0})


def test_a_rule_that_holds_is_shown_on_its_ratings() -> None:
    found = lines(CLEAR | {"cry_2": 10.0})
    assert "Holds: Cries much [much_crying], remarks crying: cry_2 10 (in 9-12)" in found
    assert "Remark: Much crying (crying)" in found


def test_a_rating_outside_the_best_profile_is_shown_with_its_misfit() -> None:
    found = lines({"near_c_2": 5.5, "odd": 2.0, "cry_2": 3.0})
    assert (
        "Outside the best-fitting profile B1: near_c_2 is 5.5, expected 3-5 (misfit 0.5)"
    ) in found


def test_a_step_that_would_turn_it_is_told() -> None:
    steps = [line for line in lines(CLEAR) if line.startswith("One step")]
    assert "One step would turn it: near_c_2 from 6.5 to 6 gives B (B2)" not in steps
    assert any(
        line.startswith("One step would turn it: near_c_2 from")
        for line in lines({"near_c_2": 5.0, "odd": 2.0, "cry_2": 3.0})
    )


def test_the_runner_up_is_told_with_its_distance() -> None:
    assert "Next best subgroup: B1, its misfit larger by 4.5" in lines(CLEAR)


def test_a_reason_for_a_missing_rating_is_told() -> None:
    facts = facts_from_scores(
        {"near_c_2": Points(6), "odd": Points(2), "cry_2": Missing("NA_view")}
    )
    found = explain_verdict(evaluate(SCHEME.rules, facts), SCHEME)
    assert any("cry_2 cannot be rated (NA_view) (in 9-12)" in line for line in found)


def test_the_last_line_says_which_table_spoke_and_who_decides() -> None:
    assert lines(CLEAR)[-1] == (
        "Rule table: three 0.9.0, sha256 abababababab; project default, not published "
        "(made for tests). It suggests, the coder decides."
    )


def test_a_superset_says_that_it_may_be_too_large() -> None:
    open_verdict = replace(verdict({}), exact=False)
    found = explain_verdict(open_verdict, SCHEME)
    assert "So much is missing that some of what is called possible may not be" in found


def test_json_has_the_agreed_keys_and_survives_json() -> None:
    found = verdict_json(verdict(CLEAR), "S001")
    assert json.loads(json.dumps(found)) == found
    assert {
        "session_id",
        "group",
        "subgroup",
        "secondary",
        "runner_up",
        "margin",
        "possible",
        "needs",
        "flags",
        "fired",
        "table",
    } <= set(found)
    assert (found["session_id"], found["group"], found["subgroup"]) == ("S001", "B", "B2")
    assert found["table"] == {
        "id": "three",
        "version": "0.9.0",
        "sha256": "ab" * 32,
        "provenance": "project_default",
        "source": "made for tests",
    }


def test_json_of_an_open_verdict_has_null_and_lists() -> None:
    found = verdict_json(verdict({}), "S001")
    assert found["group"] is None
    assert found["possible"] == ["A", "B", "D"]
    assert found["needs"] == ["near_c_2", "cry_2", "odd"]


def test_the_bundled_table_explains_itself_even_without_any_rating() -> None:
    scheme = load_scheme("infant")
    found = explain_verdict(verdict({}, scheme=scheme), scheme)
    assert found[0].startswith("Suggestion: not settled; A (")
    assert "project default, not published" in found[-1]
