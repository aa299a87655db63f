"""What is still possible and what it waits for, on the bundled tables."""

from __future__ import annotations

from dataclasses import replace

import pytest

from ssp_coder.catalog import load_scheme
from ssp_coder.domain.coding import DDecision
from ssp_coder.domain.ruletable import Citation
from ssp_coder.domain.scale import Missing, MissingKind, Points, Score
from ssp_coder.domain.verdict import Verdict
from ssp_coder.reporting.possibility import possible_lines, scores_seen, short_suggestion
from ssp_coder.reporting.verdicts import explain_verdict, verdict_json
from ssp_coder.reporting.words import missing_kind, value_words
from ssp_coder.rules.evaluate import evaluate
from ssp_coder.rules.facts import facts_from_scores
from tests.fixtures.rule_tables import function, linear, prototype, rule_input

INFANT = load_scheme("infant")
ABSENT, LOST = "NA_absent", "NA_view"


def judged(
    row: dict[str, float], *, decision: DDecision | None = None, **changed: Score | None
) -> Verdict:
    """The verdict on a row, with some scores changed; None leaves a place unrated."""
    scores: dict[str, Score] = {name: Points(value) for name, value in row.items()}
    for name, score in changed.items():
        scores.pop(name, None)
        if score is not None:
            scores[name] = score
    facts = facts_from_scores(scores, d_decision=decision)
    return evaluate(INFANT.rules, facts, sha256=INFANT.rules_sha256)


def text(verdict: Verdict) -> str:
    return "\n".join(explain_verdict(verdict, INFANT))


# ---------------------------------------------------------------- three ways to have no number


@pytest.mark.parametrize(
    ("score", "words"),
    [
        (Points(1.0), "1"),
        (None, "not rated"),
        (Missing(LOST), f"cannot be rated ({LOST})"),
        (Missing(ABSENT), f"does not apply ({ABSENT})"),
    ],
)
def test_a_one_and_the_three_ways_to_have_no_number_are_told_apart(
    score: Score | None, words: str
) -> None:
    found = text(judged(prototype("B3"), avo_c_8=score))
    said = [line for line in found.splitlines() if f"avo_c_8 {words} (in" in line]
    assert said


def test_what_is_not_rated_is_asked_for_and_what_cannot_be_is_not() -> None:
    lines = explain_verdict(judged(prototype("B3"), avo_c_8=Missing(LOST), pcs_c_8=None), INFANT)
    asked = [line for line in lines if line.startswith("It needs: ")]
    stuck = [line for line in lines if line.startswith("It stays open because of what")]
    assert stuck == [f"It stays open because of what cannot be rated: avo_c_8 ({LOST})"]
    assert all("avo_c_8" not in line for line in asked)


def test_what_does_not_apply_is_told_as_such() -> None:
    found = text(judged(prototype("B3"), avo_c_8=Missing(ABSENT)))
    assert f"It stays open because of what does not apply: avo_c_8 ({ABSENT})" in found


def test_the_kind_of_a_reason_comes_from_the_scale() -> None:
    assert missing_kind("avo_c_8", Missing(ABSENT), INFANT) is MissingKind.NOT_APPLICABLE
    assert missing_kind("avo_c_8", Missing(LOST), INFANT) is MissingKind.CANNOT_CODE


def test_a_reason_nobody_lists_means_that_it_could_not_be_seen() -> None:
    assert value_words("avo_c_8", Missing("NA_moon"), INFANT) == "cannot be rated (NA_moon)"
    assert value_words("no_such_input", Missing(ABSENT), INFANT).startswith("cannot be rated")


# ---------------------------------------------------------------- what it needs


def test_where_only_the_subgroup_waits_the_group_is_promised() -> None:
    verdict = judged(prototype("B3"), pcs_c_5=None, cm_c_5=None)
    assert (verdict.group, verdict.subgroup) == ("B", None)
    lines = list(possible_lines(verdict, INFANT))
    assert "Whatever you rate for pcs_c_5 and cm_c_5, the group stays B" in lines


@pytest.mark.parametrize("first", range(1, 8))
def test_the_promise_is_kept_for_every_rating(first: int) -> None:
    for second in range(1, 8):
        kept = judged(prototype("B3"), pcs_c_5=Points(float(first)), cm_c_5=Points(float(second)))
        assert kept.group == "B"


def test_where_the_group_waits_nothing_is_promised() -> None:
    found = text(judged(prototype("B3"), avo_c_8=None))
    assert "It needs: avo_c_8" in found
    assert "stays" not in found


def test_what_can_no_longer_matter_is_named() -> None:
    row = prototype("A1", res_c_8=7.0)
    found = "\n".join(possible_lines(judged(row, dist_c_8=None), INFANT))
    assert "No longer matters, whatever it is: dist_c_8" in found


def test_a_complete_row_needs_nothing_more() -> None:
    lines = list(possible_lines(judged(prototype("C1")), INFANT))
    assert lines == ["Possible: C (Resistant)", "Subgroups possible: C1", "It needs nothing more"]


def test_a_superset_promises_nothing() -> None:
    vague = replace(judged(prototype("B3"), pcs_c_5=None, cm_c_5=None), exact=False)
    found = "\n".join(possible_lines(vague, INFANT))
    assert "Whatever" not in found
    assert "So much is missing" in found


def test_the_decision_on_d_is_asked_for_in_words() -> None:
    found = "\n".join(possible_lines(judged(prototype("B3", dorg=5.0)), INFANT))
    assert "It needs: the coder's decision (d_decision)" in found


def test_every_input_is_seen_once_with_its_score() -> None:
    seen = scores_seen(judged(prototype("B3")))
    assert seen["avo_c_8"] == Points(1.0)
    assert "d_decision" not in seen


# ---------------------------------------------------------------- left open by the table


def left_open() -> Verdict:
    return judged(prototype("B3", avo_c_8=4.0))


def test_what_the_table_leaves_open_is_no_lack_of_ratings() -> None:
    verdict = left_open()
    assert verdict.left_open
    lines = explain_verdict(verdict, INFANT)
    assert lines[0].startswith("Suggestion: left open between A (Avoidant) and B (Secure)")
    nearest = f"Nearest subgroup: {verdict.fits[0].subgroup}, then {verdict.runner_up}, its misfit"
    assert any(line.startswith(nearest) for line in lines)
    assert not any(line.startswith("It needs") for line in lines)


def test_the_rule_that_leaves_it_open_is_named_with_its_groups() -> None:
    holding = [line for line in explain_verdict(left_open(), INFANT) if line.startswith("Holds: ")]
    assert any(", leaves it open between A and B: " in line for line in holding)


def test_an_alternative_that_was_not_met_is_told_as_such() -> None:
    row = prototype("B3", avo_c_5=4.0, avo_c_8=4.0)
    holding = [line for line in explain_verdict(judged(row), INFANT) if line.startswith("Holds: ")]
    rule = next(line for line in holding if ", leaves it open between A and B: " in line)
    assert "avo_c_8 4 (in 4)" in rule
    assert "avo_c_5 4 (not in " in rule


def test_a_rule_that_gives_a_group_is_named() -> None:
    assert ", sets A: " in text(judged(prototype("A1")))


@pytest.mark.parametrize(
    ("changed", "short"),
    [
        ({}, "B3"),
        ({"dorg": 7.0}, "D/B3"),
        ({"avo_c_8": 4.0}, "A?B"),
        ({"dorg": 5.0}, "-"),
    ],
)
def test_the_suggestion_fits_into_one_word(changed: dict[str, float], short: str) -> None:
    assert short_suggestion(judged(prototype("B3", **changed))) == short


# ---------------------------------------------------------------- which tables spoke


def test_both_tables_are_named_with_how_far_they_may_be_trusted() -> None:
    lines = explain_verdict(judged(prototype("B3")), INFANT)
    part = INFANT.rules.parts[0]
    together = next(line for line in lines if line.startswith("Put together with: "))
    assert f"{part.id} {part.version}, sha256 {part.sha256[:12]}; project default" in together
    assert lines[-1].startswith(f"Rule table: {INFANT.rules.id} {INFANT.rules.version}, sha256 ")


def test_json_tells_what_is_open_and_which_tables_spoke() -> None:
    found = verdict_json(left_open(), "S1")
    assert (found["group"], found["left_open"], found["group_needs"]) == (None, True, [])
    assert [part["id"] for part in found["parts"]] == [part.id for part in INFANT.rules.parts]
    assert found["functions"] == []


def test_json_tells_what_the_group_and_what_the_subgroup_needs() -> None:
    found = verdict_json(judged(prototype("B3"), pcs_c_5=None, cm_c_5=None), "S1")
    assert found["group_needs"] == []
    assert found["needs"] == ["pcs_c_5", "cm_c_5"]


# ---------------------------------------------------------------- classification functions

SYNTHETIC = linear(
    (rule_input("avo_c_8"), rule_input("res_c_8", required=False)),
    (function("A", -1.0, avo_c_8=1.0), function("C", 0.5, res_c_8=0.5)),
)
BY_FUNCTIONS = replace(INFANT, rules=SYNTHETIC, rules_sha256="")


def by_functions(**scores: float) -> Verdict:
    known = {name: Points(value) for name, value in scores.items()}
    return evaluate(SYNTHETIC, facts_from_scores(known, d_assessed=False))


def test_the_functions_are_told_with_their_terms() -> None:
    lines = explain_verdict(by_functions(avo_c_8=6.0, res_c_8=1.0), BY_FUNCTIONS)
    assert lines[0] == "Suggestion: A (A)"
    assert "Function of A: 5 (constant -1; avo_c_8 6 times 1)" in lines
    assert "Function of C: 1 (constant 0.5; res_c_8 1 times 0.5)" in lines
    assert "Next largest function: C, smaller by 4" in lines


def test_a_function_that_waits_for_a_rating_is_a_range() -> None:
    lines = explain_verdict(by_functions(avo_c_8=6.0), BY_FUNCTIONS)
    assert "Function of C: between 1 and 4 (constant 0.5; res_c_8 not rated times 0.5)" in lines


def test_the_work_is_cited_only_by_a_table_that_has_been_filled_in() -> None:
    verdict = by_functions(avo_c_8=6.0, res_c_8=1.0)
    cited = replace(SYNTHETIC, citation=Citation(work="A paper", page="Table 3"))
    told = explain_verdict(verdict, replace(BY_FUNCTIONS, rules=cited))
    assert "Its numbers: A paper, Table 3" in told
    closed = replace(cited, closed="not filled in")
    assert not any("A paper" in x for x in explain_verdict(verdict, replace(INFANT, rules=closed)))


def test_json_of_functions_has_their_range() -> None:
    found = verdict_json(by_functions(avo_c_8=6.0), "S1")["functions"]
    assert found == [
        {"group": "A", "lowest": 5.0, "highest": 5.0},
        {"group": "C", "lowest": 1.0, "highest": 4.0},
    ]
