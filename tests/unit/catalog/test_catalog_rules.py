"""What the bundled rule tables say: the bands of the domain reference, exactly."""

from __future__ import annotations

import pytest

from ssp_coder.catalog import load_rule_table
from ssp_coder.domain.ruletable import Band, Condition, OverlayRule, Profile, RuleTable
from ssp_coder.domain.scale import Points
from ssp_coder.domain.scheme import Scheme
from ssp_coder.domain.verdict import Facts
from ssp_coder.domain.words import Origin
from ssp_coder.rules.audit import audit_table
from ssp_coder.rules.evaluate import evaluate

COLUMNS = (
    "pcs_c_5", "cm_c_5", "avo_c_5", "res_c_5", "pcs_c_8", "cm_c_8", "avo_c_8", "res_c_8",
)  # fmt: skip
BANDS = {
    "A1": "1-2 1-2 5-7 1-2 1-2 1-2 5-7 1-3",
    "A2": "1-4 1-3 3-6 1-3 2-4 1-3 4-6 1-3",
    "B1": "1-3 1-2 1-3 1-2 1-3 1-2 1-3 1-2",
    "B2": "2-5 1-3 1-4 1-2 3-5 1-4 1-3 1-2",
    "B3": "4-7 3-7 1-2 1-3 5-7 4-7 1-2 1-3",
    "B4": "3-6 4-7 1-3 1-4 4-6 5-7 1-3 2-4",
    "C1": "3-7 3-7 1-3 3-7 4-7 4-7 1-3 5-7",
    "C2": "2-4 2-5 1-3 2-5 2-4 3-5 1-3 3-5",
}
FURTHER = {
    "A1": {"cry_5": (0, 1), "cry_8": (0, 1)},
    "B1": {"dist_c_5": (5, 7), "dist_c_8": (5, 7)},
}


def profile(scheme: Scheme, name: str) -> Profile:
    return next(one for one in scheme.rules.profiles if one.id == name)


def overlay(table: RuleTable, name: str) -> OverlayRule:
    return next(one for one in table.overlays if one.id == name)


@pytest.fixture(scope="module")
def alone() -> RuleTable:
    """The table of bands, without the main rules."""
    return load_rule_table("infant-default").table


def band(scheme: Scheme, name: str, column: str) -> Band:
    return next(one for one in profile(scheme, name).bands if one.input == column)


@pytest.mark.parametrize("name", BANDS)
def test_bands_are_those_of_the_reference(infant: Scheme, name: str) -> None:
    cells = [tuple(map(int, cell.split("-"))) for cell in BANDS[name].split()]
    expected = dict(zip(COLUMNS, cells, strict=True)) | FURTHER.get(name, {})
    assert {one.input: (one.low, one.high) for one in profile(infant, name).bands} == expected


def test_subgroups_run_from_distant_to_close(infant: Scheme) -> None:
    assert [one.id for one in infant.rules.profiles] == list(BANDS)
    assert infant.rules.subgroups() == tuple(BANDS)


@pytest.mark.parametrize(
    ("column", "weight"),
    [
        ("pcs_c_5", 1),
        ("cm_c_5", 1),
        ("avo_c_5", 2),
        ("res_c_5", 2),
        ("pcs_c_8", 2),
        ("cm_c_8", 2),
        ("avo_c_8", 4),
        ("res_c_8", 4),
    ],
)
def test_the_second_reunion_and_avoidance_and_resistance_count_double(
    infant: Scheme, column: str, weight: float
) -> None:
    assert {band(infant, name, column).weight for name in BANDS} == {weight}


@pytest.mark.parametrize(
    ("name", "column", "weight"),
    [("B1", "dist_c_5", 1), ("B1", "dist_c_8", 2), ("A1", "cry_5", 1), ("A1", "cry_8", 2)],
)
def test_distance_interaction_and_crying_weigh_by_episode(
    infant: Scheme, name: str, column: str, weight: float
) -> None:
    assert band(infant, name, column).weight == weight


def test_no_number_is_invented_for_the_crying_of_c2(infant: Scheme) -> None:
    assert not any(one.input.startswith("cry") for one in profile(infant, "C2").bands)
    contents = {file.path: file.content.decode() for file in infant.files}
    assert "high crying of C2" in contents["schemas/rules/infant-default.toml"]


def test_all_bands_are_project_default_and_say_not_published(infant: Scheme) -> None:
    rules = infant.rules
    for one in (rules, *rules.parts, *rules.main, *rules.profiles, *rules.overlays):
        assert one.provenance.origin is Origin.PROJECT_DEFAULT
        assert "not published" in one.provenance.source
    assert "project default" in str(infant.rules.title)


def test_ratings_and_d_are_required_and_supporting_inputs_are_not(infant: Scheme) -> None:
    required = {one.id for one in infant.rules.inputs if one.required}
    assert required == {*COLUMNS, "dorg"}
    optional = {one.id for one in infant.rules.inputs if not one.required}
    assert optional == {"dist_c_5", "dist_c_8", "cry_5", "cry_8"}


def test_only_reunions_toward_the_caregiver_drive_the_class(infant: Scheme) -> None:
    for one in infant.rules.inputs:
        assert one.id == "dorg" or one.id.endswith(("_c_5", "_c_8", "cry_5", "cry_8"))


def test_crying_has_twelve_intervals(infant: Scheme) -> None:
    ranges = {one.id: (one.minimum, one.maximum) for one in infant.rules.inputs}
    assert ranges["cry_5"] == ranges["cry_8"] == (0, 12)
    assert ranges["dorg"] == (1, 9)


def test_groups_are_a_b_c_and_three_outside(infant: Scheme) -> None:
    rows = [
        (one.id, one.subgroups, one.needs_secondary, one.secure, one.by_decision)
        for one in infant.rules.groups
    ]
    assert rows == [
        ("A", ("A1", "A2"), False, False, False),
        ("B", ("B1", "B2", "B3", "B4"), False, True, False),
        ("C", ("C1", "C2"), False, False, False),
        ("D", (), True, False, True),
        ("U", (), True, False, False),
        ("AC", (), True, False, False),
    ]


def test_d_is_decided_by_the_coder_at_exactly_five(infant: Scheme) -> None:
    rule = infant.rules.disorganization
    assert rule is not None
    assert (rule.input, rule.decision_point, rule.outcome) == ("dorg", 5, "D")
    assert rule.provenance.origin is Origin.LITERATURE


def test_a_c_needs_high_avoidance_with_high_resistance(alone: RuleTable) -> None:
    rule = overlay(alone, "a_c")
    assert (rule.outcome, rule.flag) == ("AC", "")
    assert rule.all_of == (
        Condition(input="avo_c_8", low=5, high=7),
        Condition(input="res_c_8", low=5, high=7),
    )


def test_both_at_four_raise_the_question_of_a_c(infant: Scheme) -> None:
    rule = overlay(infant.rules, "a_c_question")
    assert (rule.outcome, rule.flag) == ("", "a_c_question")
    assert {(one.input, one.low) for one in rule.all_of} == {("avo_c_8", 4), ("res_c_8", 4)}


def test_minimal_engagement_is_unclassifiable_and_flagged(alone: RuleTable) -> None:
    rule = overlay(alone, "u")
    assert (rule.outcome, rule.flag) == ("U", "u_question")
    columns = {*COLUMNS, "dist_c_5", "dist_c_8"}
    assert {(one.input, one.low, one.high) for one in rule.all_of} == {
        (column, 1, 2) for column in columns
    }


def test_borderline_is_a_lead_below_two(infant: Scheme) -> None:
    assert (infant.rules.borderline_margin, infant.rules.borderline_flag) == (2, "borderline")
    assert str(infant.rules.flag("borderline").title) == "Borderline"


def test_beside_main_rules_an_overlay_only_flags(infant: Scheme) -> None:
    assert {one.id: (one.outcome, one.flag) for one in infant.rules.overlays} == {
        "u": ("", "u_question"),
        "a_c_question": ("", "a_c_question"),
    }


def test_the_audit_finds_nothing(infant: Scheme, alone: RuleTable) -> None:
    assert audit_table(infant.rules) == ()
    assert audit_table(alone) == ()


def test_there_is_an_example_for_each_subgroup_and_for_d_and_a_c(alone: RuleTable) -> None:
    stated = [one.subgroup or one.group for one in alone.examples]
    assert stated == [*BANDS, "D", "AC"]


def test_the_main_rules_are_shown_the_same_and_one_that_is_left_open(infant: Scheme) -> None:
    stated = [one.between or (one.subgroup or one.group) for one in infant.rules.examples]
    assert stated == [*BANDS, "D", "AC", ("B", "C")]


@pytest.mark.parametrize("place", range(8))
def test_the_evaluation_returns_the_stated_subgroup(infant: Scheme, place: int) -> None:
    example = infant.rules.examples[place]
    scores = tuple((name, Points(value)) for name, value in example.values)
    verdict = evaluate(infant.rules, Facts(scores=scores))
    assert (verdict.group, verdict.subgroup) == (example.group, example.subgroup)


def test_an_example_of_d_keeps_its_organised_subgroup(infant: Scheme) -> None:
    example = infant.rules.examples[8]
    scores = tuple((name, Points(value)) for name, value in example.values)
    verdict = evaluate(infant.rules, Facts(scores=scores))
    assert (verdict.group, verdict.secondary) == ("D", "B3")


def test_the_suggestion_is_hidden_until_the_coder_has_a_class(infant: Scheme) -> None:
    assert infant.suggestion == "after_own"
