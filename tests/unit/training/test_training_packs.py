"""What a pack says of its cases, forms and files."""

from __future__ import annotations

import pytest

from ssp_coder.domain.coding import Coding
from ssp_coder.training.barring import WHY
from ssp_coder.training.errors import SealedError, TrainingError, fault, training_error
from ssp_coder.training.packs import Consent, Stage
from ssp_coder.training.programme import programme_of
from ssp_coder.training.references import (
    ReferenceText,
    exercises_text,
    label_of,
    open_reference,
    pack_key,
    read_reference,
    reference_text,
    trainer_root,
)
from ssp_coder.training.sealing import fits
from tests.unit.training.training_files import STAGES, WORD


def test_cases_are_found_by_stage_and_form(pack):
    assert [case.id for case in pack.of_stage(Stage.PRACTICE)] == ["c02", "c03"]
    assert [case.id for case in pack.of_form("one")] == ["c04", "c05"]
    assert pack.of_form("three") == ()
    assert pack.of_form("") == ()


def test_forms_stand_in_the_order_of_their_first_case(pack):
    assert pack.forms == tuple(dict.fromkeys(form for _, _, form in STAGES if form))


def test_stages_stand_in_the_order_of_a_training():
    assert list(Stage) == [Stage.LEARN, Stage.PRACTICE, Stage.TEST, Stage.UPKEEP]


def test_only_two_kinds_of_consent_let_a_video_be_used():
    assert {one for one in Consent if one.allows_training} == {
        Consent.TRAINING,
        Consent.SYNTHETIC,
    }


def test_a_pack_is_named_by_id_and_version(pack):
    assert pack.label == "pack1 1.0.0"


def test_only_a_pack_with_a_word_says_so(pack, worded_pack):
    assert not pack.seal.has_word
    assert worded_pack.seal.has_word


# ---------------------------------------------------------------- references


def test_a_reference_is_written_and_read_as_it_was(pack):
    case = pack.case("c02")
    reference = read_reference(pack, case, pack_key(pack))
    assert reference.coding.locked
    assert reference.coding.media == case.media
    assert reference_text(reference) == reference_text(read_reference(pack, case, pack_key(pack)))


def test_every_case_has_its_own_reference(pack):
    sessions = [
        read_reference(pack, case, pack_key(pack)).coding.session
        for case in pack.cases
        if case.stage is not Stage.TEST
    ]
    assert sessions == [f"S{name}" for name, stage, _ in STAGES if stage is not Stage.TEST]


def test_no_two_sealed_texts_of_a_pack_have_one_label(pack):
    labels = {label_of(pack.id, pack.version, case.id).bytes() for case in pack.cases}
    labels.add(label_of(pack.id, pack.version, None).bytes())
    assert len(labels) == len(pack.cases) + 1


def test_a_case_called_exercises_is_not_taken_for_the_exercises():
    assert label_of("p", "1", "exercises").bytes() != label_of("p", "1", None).bytes()


def test_the_trainer_s_word_leads_to_the_root_that_signs(pack, worded_pack):
    assert fits(trainer_root(worded_pack, WORD), worded_pack.seal.releases)
    assert fits(trainer_root(pack, ""), pack.seal.releases)
    with pytest.raises(TrainingError, match="not the trainer's word"):
        trainer_root(worded_pack, "")


def test_what_is_sealed_into_a_reference_has_names_that_stay():
    assert list(ReferenceText.__annotations__) == [
        "coding",
        "scheme_sha256",
        "notes",
        "exclusions",
    ]
    assert ReferenceText.__annotations__["coding"] in (Coding, "Coding")


def test_somebody_who_is_not_enrolled_sees_nothing_at_all(pack):
    programme = programme_of(pack, ())
    for case in pack.cases:
        with pytest.raises(SealedError, match="not enrolled"):
            open_reference(pack, case, programme)


def test_a_pack_without_exercises_gives_no_text(worded_pack):
    assert exercises_text(worded_pack) == ""


# ---------------------------------------------------------------- faults


def test_a_fault_has_a_code_a_place_a_fact_and_a_remedy():
    finding = fault("no_consent", "case c02", "its consent is missing", "ask for it")
    assert finding.code == "training.no_consent"
    assert finding.sentence() == "case c02: its consent is missing; ask for it"


def test_an_error_tells_the_first_fault_and_keeps_all():
    first, second = fault("a", "x", "one"), fault("b", "y", "two")
    error = TrainingError(first, second)
    assert str(error) == first.sentence()
    assert error.findings == (first, second)
    assert training_error("a", "x", "one").finding == first


def test_remedies_are_no_sentences_of_their_own():
    for what, remedy in WHY.values():
        for words in (what, remedy):
            assert words
            assert words[0].islower()
            assert not words.endswith(".")
