"""What the bundled scales say, held against the domain reference."""

from __future__ import annotations

from pathlib import Path

import pytest

from ssp_coder.catalog import load_scheme
from ssp_coder.domain.scale import MissingKind, Scale, ScaleId, ScaleRole, SlotId
from ssp_coder.domain.scheme import Scheme
from ssp_coder.domain.time import SECOND_US
from ssp_coder.domain.words import Origin
from tests.unit.catalog.catalog_lab import Lab

INTERACTIVE = ("pcs", "cm", "res", "avo", "dist")
CAREGIVER_SCALES = ("sens", "coop", "avail", "accept")


def scale(scheme: Scheme, name: str) -> Scale:
    return scheme.scale(ScaleId(name))


def text_at(scheme: Scheme, name: str, point: float) -> str:
    anchor = scale(scheme, name).anchor_for(point)
    assert anchor is not None
    return str(anchor.text)


@pytest.mark.parametrize("name", [*INTERACTIVE, "srch"])
def test_interactive_scales_run_from_one_to_seven_in_whole_points(
    infant: Scheme, name: str
) -> None:
    one = scale(infant, name)
    assert (one.minimum, one.maximum, one.step) == (1, 7, 1)
    assert one.decision_point is None
    assert not one.allows(3.5)


def test_disorganization_runs_from_one_to_nine_and_five_is_decided_by_hand(infant: Scheme) -> None:
    one = scale(infant, "dorg")
    assert (one.minimum, one.maximum, one.decision_point) == (1, 9, 5)
    assert [anchor.point for anchor in one.anchors] == [1, 3, 5, 7, 9]
    assert "coder decides" in text_at(infant, "dorg", 5)
    assert one.role is ScaleRole.DISORGANIZATION


def test_the_count_of_signs_is_not_the_disorganization_score(infant: Scheme) -> None:
    assert "number of signs is not the score" in str(scale(infant, "dorg").note)


@pytest.mark.parametrize("name", ["pcs", "cm", "res", "avo"])
def test_every_point_of_the_four_scales_has_words(infant: Scheme, name: str) -> None:
    assert [anchor.point for anchor in scale(infant, name).anchors] == [1, 2, 3, 4, 5, 6, 7]


def test_points_without_words_in_the_reference_have_none(infant: Scheme) -> None:
    assert [anchor.point for anchor in scale(infant, "dist").anchors] == [1, 4, 7]
    assert [anchor.point for anchor in scale(infant, "srch").anchors] == [1, 2, 4, 7]


@pytest.mark.parametrize(
    ("name", "words"),
    [
        ("pcs", "No effort"),
        ("cm", "No contact, or no effort"),
        ("res", "Crying alone is not resistance"),
        ("avo", "absorbed in play before the entry is not avoidance"),
        ("dist", "None"),
        ("srch", "None"),
        ("dorg", "No signs"),
    ],
)
def test_one_means_seen_and_absent(infant: Scheme, name: str, words: str) -> None:
    assert words in text_at(infant, name, 1)


def test_no_contact_is_rated_one_and_is_not_missing(infant: Scheme) -> None:
    assert "rated 1, not missing" in str(scale(infant, "cm").note)


@pytest.mark.parametrize(
    ("name", "point", "words"),
    [
        ("pcs", 7, "by own effort"),
        ("pcs", 7, "no help from the adult"),
        ("pcs", 6, "just short of 7"),
        ("pcs", 4, "weak or ineffective means"),
        ("cm", 7, "cries on release"),
        ("cm", 5, "one clear resistance to release"),
        ("cm", 4, "does not come back"),
        ("cm", 2, "indifferent"),
        ("res", 7, "tantrum"),
        ("res", 4, "isolated but definite"),
        ("avo", 7, "no greeting"),
        ("avo", 6, "no more than a look"),
        ("avo", 4, "Brief yet clear, or lasting but low-key"),
        ("avo", 2, "delay before greeting"),
        ("srch", 7, "keeps trying"),
        ("dorg", 7, "enough for D"),
        ("dorg", 9, "extreme"),
    ],
)
def test_an_anchor_says_what_the_reference_says(
    infant: Scheme, name: str, point: float, words: str
) -> None:
    assert words in text_at(infant, name, point)


def test_only_the_two_anchors_that_were_read_are_called_verified(infant: Scheme) -> None:
    verified = {
        (one.id, anchor.point)
        for one in infant.scales
        for anchor in one.anchors
        if anchor.provenance.origin is Origin.VERIFIED
    }
    assert verified == {("pcs", 7), ("pcs", 6)}


@pytest.mark.parametrize(
    ("name", "confidence"),
    [("cm", 0.85), ("res", 0.85), ("avo", 0.85), ("dist", 0.75), ("srch", 0.75), ("dorg", 0.9)],
)
def test_other_anchors_carry_the_confidence_of_the_reference(
    infant: Scheme, name: str, confidence: float
) -> None:
    for anchor in scale(infant, name).anchors:
        assert anchor.provenance.origin is Origin.LITERATURE
        assert anchor.provenance.confidence == confidence
        assert "original text not checked" in anchor.provenance.source


def test_seeking_has_a_fifteen_and_a_thirty_second_hinge(infant: Scheme) -> None:
    lasting, prompt = scale(infant, "pcs").hinges
    assert lasting.limit_us == 15 * SECOND_US
    assert "does not turn to other things" in str(lasting.text)
    assert prompt.limit_us == 30 * SECOND_US
    assert prompt.episodes == ("EP5", "EP7", "EP8")
    assert "prompt approach or signal" in str(prompt.text)
    assert lasting.provenance.origin is prompt.provenance.origin is Origin.VERIFIED


def test_seeking_goes_by_the_best_instance(infant: Scheme) -> None:
    assert "best instance" in str(scale(infant, "pcs").gist)
    assert "not an average and not a count" in str(scale(infant, "pcs").note)


@pytest.mark.parametrize("name", ["cm", "res"])
@pytest.mark.parametrize("words", ["aimed at staying", "low contact maintaining, not resistance"])
def test_maintaining_and_resistance_are_told_apart(infant: Scheme, name: str, words: str) -> None:
    assert any(words in str(text) for text in scale(infant, name).confusions)


@pytest.mark.parametrize("name", ["avo", "dist"])
def test_greeting_from_afar_is_not_avoidance(infant: Scheme, name: str) -> None:
    words = "greets from afar is high distance interaction, not avoidance"
    assert any(words in str(text) for text in scale(infant, name).confusions)


@pytest.mark.parametrize("name", INTERACTIVE)
def test_a_number_can_be_missing_for_three_reasons(infant: Scheme, name: str) -> None:
    reasons = {reason.id: reason.kind for reason in scale(infant, name).missing_reasons}
    assert reasons == {
        "NA_absent": MissingKind.NOT_APPLICABLE,
        "NA_view": MissingKind.CANNOT_CODE,
        "NA_skipped": MissingKind.NOT_APPLICABLE,
    }


def test_required_are_four_scales_in_two_reunions_toward_the_caregiver_and_d(
    infant: Scheme,
) -> None:
    required = {slot.id for slot in infant.slots if slot.required}
    four = {f"{name}_c_{number}" for name in ("pcs", "cm", "avo", "res") for number in (5, 8)}
    assert required == four | {"dorg"}


@pytest.mark.parametrize("name", ["pcs", "cm", "res", "dist"])
def test_a_scale_is_rated_toward_caregiver_and_stranger(infant: Scheme, name: str) -> None:
    columns = {slot.id for slot in infant.slots if slot.scale == name}
    toward_c = {f"{name}_c_{number}" for number in (2, 3, 5, 8)}
    toward_s = {f"{name}_s_{number}" for number in (3, 4, 7)}
    assert columns == toward_c | toward_s


def test_avoidance_of_the_caregiver_is_rated_in_reunions_only(infant: Scheme) -> None:
    columns = {slot.id for slot in infant.slots if slot.scale == "avo"}
    assert columns == {"avo_c_5", "avo_c_8", "avo_s_3", "avo_s_4", "avo_s_7"}


def test_search_is_rated_while_the_caregiver_is_out(infant: Scheme) -> None:
    slots = [slot for slot in infant.slots if slot.scale == "srch"]
    assert [slot.id for slot in slots] == ["srch_4", "srch_6", "srch_7"]
    assert {slot.toward for slot in slots} == {None}


def test_disorganization_is_rated_once_for_the_whole_session(infant: Scheme) -> None:
    slot = infant.slot(SlotId("dorg"))
    assert (slot.episode, slot.toward, slot.required) == (None, None, True)


def test_a_slot_knows_its_episode_and_person(infant: Scheme) -> None:
    slot = infant.slot(SlotId("res_s_7"))
    assert (slot.scale, slot.episode, slot.toward) == ("res", "EP7", "stranger")


def test_rating_pages_begin_with_the_reunions_and_end_with_disorganization(infant: Scheme) -> None:
    columns = [slot.id for slot in infant.slots]
    assert columns[:5] == ["pcs_c_5", "cm_c_5", "res_c_5", "avo_c_5", "dist_c_5"]
    assert columns[5:10] == ["pcs_c_8", "cm_c_8", "res_c_8", "avo_c_8", "dist_c_8"]
    assert columns[-1] == "dorg"
    assert len(columns) == len(set(columns)) == 37


def test_within_an_episode_the_caregiver_goes_before_the_stranger(infant: Scheme) -> None:
    third = [slot.id for slot in infant.slots if slot.episode == "EP3"]
    assert third[:4] == ["pcs_c_3", "cm_c_3", "res_c_3", "dist_c_3"]
    assert third[4:] == ["pcs_s_3", "cm_s_3", "res_s_3", "avo_s_3", "dist_s_3"]


def test_crying_is_counted_in_fifteen_second_intervals_of_any_distress(infant: Scheme) -> None:
    assert [count.id for count in infant.counts] == [f"cry_{number}" for number in range(2, 9)]
    for count in infant.counts:
        assert count.interval_us == 15 * SECOND_US
        assert count.codes == ("distress.fuss", "distress.cry", "distress.hard_cry")
    assert [count.episode for count in infant.counts][3] == "EP5"


def test_a_shortened_episode_has_as_many_intervals_as_a_full_one(demonstration: Scheme) -> None:
    interval_us = demonstration.counts[-1].interval_us
    assert interval_us * 12 == demonstration.procedure.episodes[-1].planned_us


def test_caregiver_scales_are_not_part_of_the_standard_scheme(infant: Scheme) -> None:
    assert not {one.id for one in infant.scales} & set(CAREGIVER_SCALES)


@pytest.fixture(scope="module")
def with_caregiver_scales(tmp_path_factory: pytest.TempPathFactory, infant: Scheme) -> Scheme:
    folder: Path = tmp_path_factory.mktemp("caregiver")
    (folder / "schemas/schemes").mkdir(parents=True)
    own = next(file for file in infant.files if file.path == "schemas/schemes/infant.toml")
    names = ", ".join(f'"{name}"' for name in CAREGIVER_SCALES)
    text = own.content.decode().replace('"dorg"]', f'"dorg", {names}]')
    (folder / own.path).write_text(text, encoding="utf-8")
    return load_scheme("infant", folders=(folder,))


@pytest.mark.parametrize("name", CAREGIVER_SCALES)
def test_caregiver_scales_are_optional_and_rated_in_reunions(
    with_caregiver_scales: Scheme, name: str
) -> None:
    one = scale(with_caregiver_scales, name)
    slots = [slot for slot in with_caregiver_scales.slots if slot.scale == name]
    assert (one.minimum, one.maximum, one.role) == (1, 9, ScaleRole.CAREGIVER)
    assert [anchor.point for anchor in one.anchors] == [1, 9]
    assert [slot.id for slot in slots] == [f"{name}_5", f"{name}_8"]
    assert not any(slot.required for slot in slots)
    assert "long home observations" in str(one.note)


@pytest.fixture(scope="module")
def caregiver_scheme() -> Scheme:
    return load_scheme("infant-caregiver")


def test_a_scheme_of_its_own_brings_the_caregiver_scales(
    caregiver_scheme: Scheme, infant: Scheme
) -> None:
    names = [one.id for one in caregiver_scheme.scales]
    assert names == [*(one.id for one in infant.scales), *CAREGIVER_SCALES]
    assert caregiver_scheme.procedure == infant.procedure
    assert caregiver_scheme.rules == infant.rules


def test_the_caregiver_is_rated_in_reunions_and_decides_no_class(caregiver_scheme: Scheme) -> None:
    slots = caregiver_scheme.slots_of_role(ScaleRole.CAREGIVER)
    plans = [caregiver_scheme.slot_episode(slot) for slot in slots]
    assert len(slots) == 8
    assert all(plan is not None and plan.reunion for plan in plans)
    assert not {slot.id for slot in slots} & {entry.id for entry in caregiver_scheme.rules.inputs}


@pytest.mark.parametrize(
    ("name", "aliases"),
    [
        ("pcs", {"PS", "PROX"}),
        ("cm", set()),
        ("res", {"RS", "RESIST"}),
        ("avo", {"AV", "AVOID"}),
        ("dist", {"DI"}),
        ("srch", set()),
        ("dorg", set()),
    ],
)
def test_names_of_other_laboratories_are_those_of_the_reference(
    infant: Scheme, name: str, aliases: set[str]
) -> None:
    assert set(scale(infant, name).aliases) == aliases


def test_no_statement_is_without_a_source(infant: Scheme) -> None:
    stated = [
        infant.provenance,
        infant.procedure.provenance,
        infant.ethogram.provenance,
        infant.rules.provenance,
        *(one.provenance for one in infant.scales),
        *(anchor.provenance for one in infant.scales for anchor in one.anchors),
        *(code.provenance for code in infant.ethogram.codes()),
        *(theme.provenance for theme in (*infant.themes, *infant.explanations)),
        *(profile.provenance for profile in infant.rules.profiles),
        *(overlay.provenance for overlay in infant.rules.overlays),
    ]
    for provenance in stated:
        assert " " in provenance.source, "a source is written out, not left as a key"
        is_literature = provenance.origin is Origin.LITERATURE
        assert (provenance.confidence is not None) is is_literature


SEEKING = "schemas/scales/pcs.toml"
ALIASES = 'aliases = ["PS", "PROX"]'


@pytest.mark.parametrize(
    ("taken", "told_in"),
    [("AVO", "pcs"), ("avo", "pcs"), ("AV", "avo"), ("Resist", "res")],
    ids=["abbreviation", "id", "alias", "alias in other letters"],
)
def test_a_name_of_another_scale_is_no_alias(lab: Lab, taken: str, told_in: str) -> None:
    lab.change(SEEKING, ALIASES, f'aliases = ["PS", "{taken}"]')
    finding = lab.finding()
    below = f"schemas/scales/{told_in}.toml"
    line = lab.text(below).partition("aliases = ")[0].count("\n") + 1
    assert finding.code == "scale.alias"
    assert f"alias {taken!r} is also a name of scale".casefold() in finding.message.casefold()
    assert finding.place == lab.place(below, line)


@pytest.mark.parametrize("wrong", ["P", "PS5", "P S", "PS_"])
def test_an_alias_is_made_of_letters(lab: Lab, wrong: str) -> None:
    line = lab.change(SEEKING, ALIASES, f'aliases = ["{wrong}"]')
    finding = lab.finding()
    assert finding.code == "toml.shape"
    assert finding.place == lab.place(SEEKING, line)


def test_a_scale_may_list_its_own_names(lab: Lab) -> None:
    lab.change(SEEKING, ALIASES, 'aliases = ["PCS", "PS", "ps"]')
    assert scale(lab.load(), "pcs").aliases == ("PCS", "PS", "ps")
