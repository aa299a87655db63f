"""A trainer builds a pack from locked references; what is not fit is named and nothing is left."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from ssp_coder.domain.coding import CodingRole
from ssp_coder.domain.finding import Severity
from ssp_coder.domain.scale import SlotId
from ssp_coder.media.errors import Abandoned
from ssp_coder.training.building import build_pack
from ssp_coder.training.draft_checking import check_draft
from ssp_coder.training.drafts import PackDraft
from ssp_coder.training.errors import TrainingError
from ssp_coder.training.pack_file import read_pack
from ssp_coder.training.packs import Consent, Exclusion, Origin, OriginKind, Rationale, Stage
from ssp_coder.training.references import exercises_text, pack_key, pack_scheme, read_reference
from tests.builders import infant_scheme, rate
from tests.unit.storage.storage_files import tamper
from tests.unit.training.training_files import (
    ORIGIN,
    SECRETS,
    WORD,
    draft_case,
    reference_file,
    some_slot,
)


def small(*cases: object, **fields: object) -> PackDraft:
    given = {"id": "p", "version": "1", "title": "Small", "made_by": "trainer1", "cases": cases}
    return PackDraft(**(given | fields))


def one_case(folder: Path, stage: Stage = Stage.PRACTICE, name: str = "c02", **fields: object):
    reference_file(folder, name)
    return draft_case(folder, name, stage, **fields)


def codes_of(draft: PackDraft) -> set[str]:
    return {finding.code.removeprefix("training.") for finding in check_draft(draft).errors}


# ---------------------------------------------------------------- what comes out


def test_a_pack_says_what_it_was_made_of(pack, draft):
    assert (pack.id, pack.version, pack.made_by) == ("pack1", "1.0.0", "trainer1")
    assert [case.id for case in pack.cases] == [case.id for case in draft.cases]
    assert [case.stage for case in pack.cases] == [case.stage for case in draft.cases]
    assert pack.pass_rule == draft.pass_rule
    assert pack.forms == ("one", "two")
    assert {case.origin for case in pack.cases} == {ORIGIN}
    assert {case.consent for case in pack.cases} == {Consent.TRAINING}


def test_a_pack_brings_the_scheme_of_its_cases(pack):
    assert pack_scheme(pack).sha256 == infant_scheme().sha256 == pack.scheme_sha256


def test_videos_get_names_that_tell_nothing(pack):
    names = [path.name for case in pack.cases for path in pack.media_paths(case)]
    assert names == [f"{case.id}-1.mp4" for case in pack.cases]
    assert all(path.is_file() for case in pack.cases for path in pack.media_paths(case))


def test_nothing_outside_the_open_case_holds_a_word_of_a_reference(pack, worded_pack):
    for one in (pack, worded_pack):
        for path in one.folder.rglob("*"):
            if path.is_file() and path.parent.name != "open":
                content = path.read_bytes()
                assert not [word for word in SECRETS if word.encode() in content], path


def test_every_sealed_reference_has_the_same_size(pack):
    sealed = [pack.folder / c.reference for c in pack.cases if c.stage is not Stage.LEARN]
    assert len({path.stat().st_size for path in sealed}) == 1


def test_a_case_to_learn_from_is_open(pack):
    case = pack.case("c01")
    assert SECRETS[0] in (pack.folder / case.reference).read_text("utf-8")
    assert read_reference(pack, case, b"").notes[0].words == SECRETS[2]


def test_two_packs_of_one_draft_have_different_keys(draft, pack, tmp_path):
    again = build_pack(draft, tmp_path / "again")
    assert again.seal.key != pack.seal.key
    assert again.sha256 != pack.sha256


def test_an_enriched_pack_is_labelled_as_such(tmp_path):
    case = one_case(tmp_path)
    built = build_pack(small(case, enriched=True), tmp_path / "pack")
    assert built.enriched
    assert "not at natural base rate" in (built.folder / "pack.toml").read_text("utf-8")


def test_exercises_are_sealed_with_the_pack(tmp_path):
    case = one_case(tmp_path)
    exercises = tmp_path / "exercises.toml"
    exercises.write_text("exercises = []  # quokka\n", "utf-8")
    built = build_pack(small(case, exercises=exercises), tmp_path / "pack")
    assert exercises_text(built) == "exercises = []  # quokka\n"
    assert b"quokka" not in (built.folder / built.exercises.path).read_bytes()


def test_a_pack_without_exercises_has_no_text_of_them(pack):
    assert exercises_text(pack) == ""


def test_a_consensus_is_a_reference_as_well(tmp_path):
    path = reference_file(tmp_path, "c02", role=CodingRole.CONSENSUS)
    origin = Origin(kind=OriginKind.CONSENSUS, who="c1, c2", on="2026-01-02", codebook="3")
    case = draft_case(tmp_path, "c02", Stage.PRACTICE, reference=path, origin=origin)
    assert build_pack(small(case), tmp_path / "pack").cases[0].origin == origin


def test_a_video_is_found_where_the_draft_says(tmp_path):
    reference_file(tmp_path, "c02")
    away = tmp_path / "films"
    away.mkdir()
    (tmp_path / "c02.mp4").rename(away / "Anna_avoids.MP4")
    case = draft_case(tmp_path, "c02", Stage.PRACTICE, media=(away / "Anna_avoids.MP4",))
    built = build_pack(small(case), tmp_path / "pack")
    assert built.cases[0].media[0].relative_path == "media/c02-1.mp4"
    assert "Anna" not in (built.folder / "pack.toml").read_text("utf-8")


def test_progress_rises_to_the_whole(draft, tmp_path):
    shares: list[float] = []
    build_pack(draft, tmp_path / "pack", shares.append)
    assert shares == sorted(shares)
    assert shares[-1] == 1.0
    assert len(shares) > len(draft.cases)


# ---------------------------------------------------------------- what is refused


@pytest.mark.parametrize("consent", [Consent.NONE, Consent.WITHIN_LAB])
def test_a_case_without_consent_for_training_is_refused(tmp_path, consent):
    draft = small(one_case(tmp_path, consent=consent))
    with pytest.raises(TrainingError, match="does not cover training") as error:
        build_pack(draft, tmp_path / "pack")
    assert error.value.finding.place == "case c02"
    assert not (tmp_path / "pack").exists()


@pytest.mark.parametrize(
    ("fields", "code"),
    [
        ({"consent_by": " "}, "consent_by"),
        ({"title": ""}, "no_title"),
        ({"id": "c/02"}, "case_id"),
        ({"form": "one"}, "form"),
        ({"origin": replace(ORIGIN, who="")}, "origin"),
        ({"origin": replace(ORIGIN, on="")}, "origin"),
        ({"origin": replace(ORIGIN, codebook=" ")}, "origin"),
        ({"origin": replace(ORIGIN, kind=OriginKind.CONSENSUS)}, "other_origin"),
        ({"title": "Case B4"}, "tells_class"),
        ({"id": "c02_D"}, "tells_class"),
        ({"notes": (Rationale(words="x", slot=SlotId("nowhere")),)}, "unknown_slot"),
        ({"exclusions": (Exclusion(reason="x", code="no.code"),)}, "unknown_code"),
        ({"exclusions": (Exclusion(reason=" ", slot=some_slot()),)}, "no_reason"),
    ],
)
def test_a_statement_that_does_not_hold_is_named(tmp_path, fields, code):
    assert codes_of(small(one_case(tmp_path, **fields))) == {code}


def test_a_test_case_needs_a_form(tmp_path):
    assert codes_of(small(one_case(tmp_path, Stage.TEST))) == {"form"}


def test_a_case_to_learn_from_may_say_its_class(tmp_path):
    assert codes_of(small(one_case(tmp_path, Stage.LEARN, title="A clear B4"))) == set()


@pytest.mark.parametrize(
    ("fields", "code"),
    [
        ({"id": "my pack"}, "pack_id"),
        ({"version": ""}, "pack_id"),
        ({"made_by": "Mrs X"}, "pack_id"),
        ({"title": " "}, "no_title"),
        ({"cases": ()}, "no_cases"),
        ({"word": "short"}, "short_word"),
        ({"exercises": Path("nowhere.toml")}, "no_exercises"),
    ],
)
def test_a_head_that_does_not_hold_is_named(tmp_path, fields, code):
    assert codes_of(small(one_case(tmp_path), **fields)) == {code}


def test_an_unlocked_coding_is_no_reference(tmp_path):
    path = reference_file(tmp_path, "c02", locked=False)
    assert codes_of(small(draft_case(tmp_path, "c02", Stage.PRACTICE, reference=path))) == {
        "not_locked"
    }


def test_a_coder_s_own_coding_is_no_reference(tmp_path):
    path = reference_file(tmp_path, "c02", role=CodingRole.INDEPENDENT)
    assert codes_of(small(draft_case(tmp_path, "c02", Stage.PRACTICE, reference=path))) == {
        "no_reference"
    }


def test_a_reference_changed_outside_the_program_is_refused(tmp_path):
    case = one_case(tmp_path)
    tamper(case.reference, "UPDATE rating SET points = 1")
    findings = check_draft(small(case)).errors
    assert [finding.code for finding in findings] == ["storage.verify_tables"]


def test_a_missing_reference_is_named_with_its_file(tmp_path):
    case = draft_case(tmp_path, "c02", Stage.PRACTICE)
    (finding,) = check_draft(small(case)).errors
    assert finding.code == "storage.missing"
    assert finding.place.endswith("c02.sspc")


def test_a_missing_video_is_named(tmp_path):
    case = one_case(tmp_path)
    (tmp_path / "c02.mp4").unlink()
    assert codes_of(small(case)) == {"missing_media"}


def test_another_video_under_the_name_is_found_out(tmp_path):
    case = one_case(tmp_path)
    (tmp_path / "c02.mp4").write_bytes(b"another film")
    assert codes_of(small(case)) == {"missing_media"}
    named = replace(case, media=(tmp_path / "c02.mp4",))
    assert codes_of(small(named)) == {"other_media"}


def test_a_coding_without_a_video_is_refused(tmp_path):
    path = reference_file(tmp_path, "c02", rate(some_slot(), 4), media=())
    case = draft_case(tmp_path, "c02", Stage.PRACTICE, reference=path)
    assert codes_of(small(case)) == {"no_media"}


def test_two_cases_of_one_id_are_refused_also_in_capitals(tmp_path):
    cases = (one_case(tmp_path), replace(one_case(tmp_path, name="c03"), id="C02"))
    assert codes_of(small(*cases)) == {"same_case"}


def test_a_video_that_was_seen_once_is_no_test(tmp_path):
    first = one_case(tmp_path)
    again = replace(first, id="c09", stage=Stage.TEST, form="one")
    assert codes_of(small(first, again)) == {"same_video"}


def test_a_recheck_may_bring_an_earlier_tape_back(tmp_path):
    first = one_case(tmp_path)
    assert codes_of(small(first, replace(first, id="c09", stage=Stage.UPKEEP))) == set()


def test_a_recheck_may_not_bring_a_tape_back_whose_reference_lies_open(tmp_path):
    first = one_case(tmp_path, Stage.LEARN)
    assert codes_of(small(first, replace(first, id="c09", stage=Stage.UPKEEP))) == {"same_video"}


@pytest.mark.parametrize("name", ["con", "NUL", "com1", "aux.x"])
def test_a_case_is_not_named_as_windows_names_a_device(tmp_path, name):
    assert codes_of(small(one_case(tmp_path, id=name))) == {"case_id"}


@pytest.mark.parametrize("fields", [{"title": "a\x1b[2J"}, {"title": "a\nb"}])
def test_a_title_that_cannot_be_shown_is_refused(tmp_path, fields):
    case = one_case(tmp_path)
    assert codes_of(small(replace(case, **fields))) == {"title"}
    assert codes_of(small(case, **fields)) == {"title"}


def test_a_case_named_exercises_does_not_stand_in_their_way(tmp_path):
    exercises = tmp_path / "exercises.toml"
    exercises.write_text("exercises = []\n", "utf-8")
    case = one_case(tmp_path, id="exercises")
    built = build_pack(small(case, exercises=exercises), tmp_path / "pack")
    assert exercises_text(built) == "exercises = []\n"
    assert read_reference(built, built.cases[0], pack_key(built)).coding.session == "Sc02"


@pytest.mark.parametrize(
    ("content", "code"),
    [
        (b"\xff\xfe", "training.exercises"),
        (b"exercises = 3", "teaching.shape"),
        (b"nothing", "teaching.syntax"),
    ],
)
def test_exercises_that_cannot_be_used_are_told_before_anything_is_built(tmp_path, content, code):
    exercises = tmp_path / "exercises.toml"
    exercises.write_bytes(content)
    draft = small(one_case(tmp_path), exercises=exercises)
    assert [one.code for one in check_draft(draft).errors] == [code]
    with pytest.raises(TrainingError):
        build_pack(draft, tmp_path / "pack")
    assert not (tmp_path / "pack").exists()


def test_an_exercise_on_a_case_that_the_pack_lacks_is_told(tmp_path):
    exercises = tmp_path / "exercises.toml"
    exercises.write_text(
        """
        [[exercises]]
        id = "x1"
        kind = "onset"
        case = "c77"
        start_s = 1
        end_s = 5
        question.en = "When?"
        answer = 2
        explanation.en = "Then."
        source = "made for tests"
        """,
        "utf-8",
    )
    (finding,) = check_draft(small(one_case(tmp_path), exercises=exercises)).errors
    assert finding.code == "training.exercise_case"
    assert "'c77'" in finding.message


def test_a_session_that_looks_like_a_name_is_told_and_not_refused(tmp_path):
    path = reference_file(tmp_path, "c02", session="Bluebird")
    case = draft_case(tmp_path, "c02", Stage.PRACTICE, reference=path)
    checked = check_draft(small(case))
    assert checked.errors == ()
    (finding,) = checked.findings
    assert (finding.code, finding.severity) == ("training.session_id", Severity.WARNING)


def test_what_is_worth_a_look_is_told_while_building(tmp_path):
    path = reference_file(tmp_path, "c02", session="Bluebird")
    case = draft_case(tmp_path, "c02", Stage.PRACTICE, reference=path)
    warnings = []
    build_pack(small(case), tmp_path / "pack", warned=warnings.append)
    assert [finding.code for finding in warnings] == ["training.session_id"]


def test_every_fault_of_a_draft_is_told_at_once(tmp_path):
    case = one_case(tmp_path, consent=Consent.NONE, consent_by="", title="")
    with pytest.raises(TrainingError) as error:
        build_pack(small(case), tmp_path / "pack")
    assert len(error.value.findings) == 3
    assert all(finding.remedy for finding in error.value.findings)


# ---------------------------------------------------------------- whole or not at all


def leftovers(folder: Path) -> list[str]:
    return sorted(path.name for path in folder.iterdir() if "pack" in path.name)


def test_a_pack_is_never_built_over_something(tmp_path, draft):
    (tmp_path / "pack").mkdir()
    with pytest.raises(TrainingError, match="something of this name"):
        build_pack(draft, tmp_path / "pack")


def test_the_place_of_a_pack_must_be_there(tmp_path, draft):
    with pytest.raises(TrainingError, match="does not exist"):
        build_pack(draft, tmp_path / "nowhere" / "pack")


@pytest.mark.parametrize("moment", [0, 3, 7, 8, 11, 13])
def test_a_building_that_is_stopped_leaves_nothing(tmp_path, draft, moment):
    asked = []

    def cancelled() -> bool:
        asked.append(1)
        return len(asked) > moment

    with pytest.raises(Abandoned):
        build_pack(draft, tmp_path / "pack", cancelled=cancelled)
    assert leftovers(tmp_path) == []


def test_a_disk_that_is_full_leaves_nothing(tmp_path, draft, monkeypatch):
    written = Path.write_bytes

    def fail(path: Path, content: bytes) -> int:
        if path.name == "pack.toml":
            raise OSError(28, "No space left on device")
        return written(path, content)

    monkeypatch.setattr(Path, "write_bytes", fail)
    with pytest.raises(TrainingError, match="No space left"):
        build_pack(draft, tmp_path / "pack")
    assert leftovers(tmp_path) == []


def test_what_a_crash_left_beside_the_place_does_not_hinder(tmp_path, draft):
    (tmp_path / ".pack-new" / "media").mkdir(parents=True)
    (tmp_path / ".pack-new" / "media" / "half.mp4").write_bytes(b"half")
    build_pack(draft, tmp_path / "pack")
    assert leftovers(tmp_path) == ["pack"]


def test_a_video_that_changes_while_it_is_copied_is_found(tmp_path):
    case = one_case(tmp_path)

    def change(share: float) -> None:
        if share == 0.2:
            (tmp_path / "c02.mp4").write_bytes(b"other")

    with pytest.raises(TrainingError, match="changed while it was copied"):
        build_pack(small(case), tmp_path / "pack", change)
    assert leftovers(tmp_path) == []


def test_a_word_is_in_no_file_of_the_pack(worded_pack):
    for path in worded_pack.folder.rglob("*"):
        if path.is_file():
            assert WORD.encode() not in path.read_bytes()
    assert worded_pack.seal.has_word


def test_a_pack_can_be_moved(pack, tmp_path):
    moved = tmp_path / "elsewhere"
    moved.mkdir()
    for path in pack.folder.rglob("*"):
        if path.is_file():
            target = moved / path.relative_to(pack.folder)
            target.parent.mkdir(parents=True, exist_ok=True)
            target.write_bytes(path.read_bytes())
    there = read_pack(moved)
    assert replace(there, folder=pack.folder) == pack
