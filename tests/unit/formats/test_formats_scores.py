from __future__ import annotations

import csv
import io
from dataclasses import replace

import pytest

from ssp_coder.catalog import load_scheme
from ssp_coder.domain.coding import Classification, Coding, DDecision
from ssp_coder.domain.scale import Points, Rating, SlotId
from ssp_coder.domain.scheme import Scheme, SuggestionPolicy
from ssp_coder.formats.columns import table_text
from ssp_coder.formats.exportable import Exportable
from ssp_coder.formats.score_row import score_row
from ssp_coder.formats.scores import scores_table, slot_label
from tests.fixtures.table_schemes import bare_coding, event, full_coding, other_scheme, small_scheme

SCHEME = small_scheme()


def scores(coding: Coding, scheme: Scheme = SCHEME) -> dict[str, str]:
    entry = Exportable(coding=coding, scheme=scheme)
    text = table_text(scores_table((scheme,)), [score_row(entry)])
    (row,) = csv.DictReader(io.StringIO(text))
    return row


def classed(primary: str, **fields: object) -> Coding:
    own = Classification(primary=primary, **fields)  # type: ignore[arg-type]  # fields by name
    return replace(full_coding(), classification=own)


def rated_odd(value: float) -> Coding:
    rating = Rating(slot=SlotId("odd"), score=Points(value))
    return replace(bare_coding(), ratings=(rating,))


def test_a_number_a_reason_and_not_rated_are_three_things() -> None:
    row = scores(full_coding())
    assert (row["near_c_2"], row["near_c_2_missing"]) == ("6.5", "")
    assert (row["near_s_1"], row["near_s_1_missing"]) == ("", "NA_view")
    empty = scores(bare_coding())
    assert (empty["near_c_2"], empty["near_c_2_missing"]) == ("", "")


def test_a_count_stands_beside_its_number_of_intervals() -> None:
    row = scores(full_coding())
    assert (row["cry_2"], row["cry_2_n"]) == ("2", "3")


def test_a_count_is_empty_and_not_zero_when_nobody_coded_crying() -> None:
    coding = replace(full_coding(), events=(event("play.look", 80, 81, number=1),))
    row = scores(coding)
    assert (row["cry_2"], row["cry_2_n"]) == ("", "")


def test_the_coders_class_is_written_as_recorded() -> None:
    row = scores(full_coding())
    own = {name: row[name] for name in ("primary", "subgroup", "secondary", "confidence")}
    assert own == {"primary": "D", "subgroup": "", "secondary": "B2", "confidence": "4"}
    assert row["d_reason"] == "freezes twice"


def test_a_confidence_not_given_is_empty() -> None:
    assert scores(classed("B", subgroup="B1"))["confidence"] == ""


@pytest.mark.parametrize(
    ("coding", "decision"),
    [
        (rated_odd(5.5), "auto_yes"),
        (rated_odd(5), ""),
        (rated_odd(4.5), "auto_no"),
        (bare_coding(), ""),
        (classed("B", d_decision=DDecision.NO), "coder_no"),
        (full_coding(), "coder_yes"),
    ],
)
def test_the_decision_on_d_says_who_decided(coding: Coding, decision: str) -> None:
    assert scores(coding)["d_decision"] == decision


def test_the_suggestion_is_there_with_its_table_once_the_coder_has_a_class() -> None:
    row = scores(full_coding())
    assert row["suggestion_group"] == "D"
    assert row["suggestion_secondary"] == "B2"
    assert row["suggestion_flags"] == "borderline"
    assert row["ruleset_id"] == "three"
    assert row["ruleset_version"] == "0.9.0"
    assert row["ruleset_sha256"] == "ab" * 32
    assert row["ruleset_provenance"] == "project default: made for tests"


@pytest.mark.parametrize(
    ("chosen", "stands"),
    [
        ({"secondary": "B2"}, "agrees"),
        ({"secondary": "B1", "disagreement": "looks"}, "differs"),
        (
            {"primary": "B", "subgroup": "B1", "secondary": "", "disagreement": "looks"},
            "differs_group",
        ),
    ],
)
def test_agreement_with_the_suggestion_stands_beside_the_reason(
    chosen: dict[str, str], stands: str
) -> None:
    coding = full_coding()
    assert coding.classification is not None
    own = replace(coding.classification, **chosen)  # type: ignore[arg-type]  # fields by name
    row = scores(replace(coding, classification=own))
    assert (row["agreement"], row["disagreement"]) == (stands, own.disagreement)


def test_agreement_is_open_while_the_table_leaves_several() -> None:
    assert scores(replace(classed("B", subgroup="B1"), ratings=()))["agreement"] == "open"


@pytest.mark.parametrize(
    ("policy", "own"), [(SuggestionPolicy.NEVER, True), (SuggestionPolicy.ALWAYS, False)]
)
def test_agreement_is_empty_without_a_class_or_a_suggestion(
    policy: SuggestionPolicy, own: bool
) -> None:
    coding = full_coding() if own else replace(full_coding(), classification=None)
    assert scores(coding, small_scheme(suggestion=policy))["agreement"] == ""


def test_an_open_suggestion_names_what_is_possible_and_what_it_needs() -> None:
    coding = replace(classed("B"), ratings=())
    row = scores(coding)
    assert row["suggestion_group"] == ""
    assert row["suggestion_possible"] == "A B D"
    assert row["suggestion_needs"].split()[0] == "near_c_2"


@pytest.mark.parametrize(
    ("policy", "own", "shown"),
    [
        (SuggestionPolicy.AFTER_OWN, False, False),
        (SuggestionPolicy.AFTER_OWN, True, True),
        (SuggestionPolicy.NEVER, True, False),
        (SuggestionPolicy.ALWAYS, False, True),
    ],
)
def test_the_suggestion_is_withheld_as_the_scheme_says(
    policy: SuggestionPolicy, own: bool, shown: bool
) -> None:
    coding = full_coding() if own else replace(full_coding(), classification=None)
    row = scores(coding, small_scheme(suggestion=policy))
    assert bool(row["suggestion_possible"]) is shown


@pytest.mark.parametrize(
    ("coding", "expected"),
    [
        (full_coding(), ("B", "forced_secondary", "D", "insecure", "primary", "secure", "D")),
        (
            classed("B", subgroup="B1"),
            ("B", "primary", "B", "secure", "primary", "secure", "non_D"),
        ),
        (
            classed("D"),
            ("", "secondary_missing", "D", "insecure", "primary", "", "D"),
        ),
    ],
)
def test_collapses_name_the_rule_they_used(coding: Coding, expected: tuple[str, ...]) -> None:
    row = scores(coding)
    names = (
        "abc3",
        "abc3_rule",
        "abcd",
        "secure_two_way",
        "collapse_secondary_rule",
        "secure_two_way_forced",
        "d_two_way",
    )
    assert tuple(row[name] for name in names) == expected


def test_a_table_without_d_has_no_four_way_collapse() -> None:
    groups = tuple(group for group in SCHEME.rules.groups if not group.by_decision)
    rules = replace(SCHEME.rules, groups=groups, disorganization=None)
    row = scores(classed("B", subgroup="B1"), replace(SCHEME, rules=rules))
    assert (row["abc3"], row["abcd"], row["d_two_way"], row["d_decision"]) == ("B", "", "", "")


def test_places_and_counts_of_two_schemes_stand_side_by_side() -> None:
    schemes = (SCHEME, other_scheme())
    names = scores_table(schemes).names()
    assert len(names) == len(set(names))
    row = score_row(Exportable(coding=full_coding(), scheme=SCHEME))
    text = table_text(scores_table(schemes), [row])
    (cells,) = csv.DictReader(io.StringIO(text))
    assert cells["near_c_1"] == ""
    assert cells["near_c_2"] == "6.5"


def test_the_label_of_a_place_says_scale_person_and_episode() -> None:
    assert slot_label(SlotId("near_c_2"), SCHEME) == "Nearness, toward caregiver, episode R2"
    assert slot_label(SlotId("odd"), SCHEME) == "Oddness, whole session"


def test_the_bundled_scheme_has_a_column_for_every_place_and_count() -> None:
    scheme = load_scheme("infant")
    names = scores_table((scheme,)).names()
    wanted = {slot.id for slot in scheme.slots} | {count.id for count in scheme.counts}
    assert wanted <= set(names)
    assert {f"{slot.id}_missing" for slot in scheme.slots} <= set(names)


def test_an_empty_coding_of_the_bundled_scheme_can_be_written() -> None:
    scheme = load_scheme("infant")
    row = scores(Coding(session="S1", coder="c1"), scheme)
    assert row["primary"] == ""
    assert row["ruleset_id"] == scheme.rules.id
