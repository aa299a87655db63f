"""What the check lets pass becomes a whole pack; what it does not is told with place and remedy."""

from __future__ import annotations

import shutil
from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from ssp_coder.domain.coding import CodingRole
from ssp_coder.domain.finding import Severity
from ssp_coder.domain.scale import SlotId
from ssp_coder.domain.time import Span
from ssp_coder.media.errors import Abandoned
from ssp_coder.training.building import CHECKING_SHARE, build_pack
from ssp_coder.training.checking import check_pack
from ssp_coder.training.draft_checking import check_draft
from ssp_coder.training.drafts import PackDraft
from ssp_coder.training.errors import TrainingError
from ssp_coder.training.pack_file import read_pack
from ssp_coder.training.packs import (
    PACK_FILE,
    Consent,
    Exclusion,
    Origin,
    OriginKind,
    Rationale,
    Stage,
)
from ssp_coder.training.references import pack_key, read_reference
from tests.builders import infant_scheme, s
from tests.unit.training.training_files import (
    ORIGIN,
    draft_case,
    reference_file,
    some_slot,
    video_file,
)


@pytest.fixture(scope="module")
def folder(tmp_path_factory) -> Path:
    """References that nobody changes."""
    made = tmp_path_factory.mktemp("more_references")
    for name in ("c01", "c02", "c03"):
        reference_file(made, name)
    return made


@pytest.fixture
def own(tmp_path) -> Path:
    """A folder with one reference, to do with as one likes."""
    made = tmp_path / "references"
    made.mkdir()
    reference_file(made, "c02")
    return made


def small(*cases: object, **fields: object) -> PackDraft:
    given_ = {"id": "p", "version": "1", "title": "Small", "made_by": "trainer1", "cases": cases}
    return PackDraft(**(given_ | fields))


def codes(draft: PackDraft) -> list[str]:
    return [finding.code.removeprefix("training.") for finding in check_draft(draft).errors]


TITLES = st.sampled_from(["Case", " Case ", "", "  ", "Fall \N{SNOWMAN}", "a\tb", "x" * 400, "a\n"])
FORMS = st.sampled_from(["", "one", " one", "  ", "x\ty", "Form A/B", "\N{SNOWMAN}"])
IDS = st.sampled_from(["c1", "C1", "c.1", ".c", "con", "x" * 64, "x" * 65, "c 1", "", "c-1", "ü"])
NAMES = st.sampled_from(["trainer1", "", " ", "two\nlines", "Dr. \N{SNOWMAN} \\ \"x\" '''"])


HEAD = {"id": IDS, "version": IDS, "title": TITLES, "pass_rule": NAMES}
CASE = {
    "id": IDS,
    "title": TITLES,
    "form": FORMS,
    "stage": st.sampled_from(Stage),
    "consent": st.sampled_from(Consent),
    "consent_by": NAMES,
    "origin": st.builds(
        Origin, kind=st.just(OriginKind.EXPERT), who=NAMES, on=NAMES, codebook=NAMES
    ),
    "notes": st.lists(st.builds(Rationale, words=NAMES), max_size=2).map(tuple),
}


def some_of(fields: dict[str, st.SearchStrategy]) -> st.SearchStrategy[dict[str, object]]:
    """Odd values for one or two fields; the others stay fit."""
    odd = st.one_of(*(st.tuples(st.just(name), values) for name, values in fields.items()))
    return st.lists(odd, max_size=2).map(dict)


@settings(max_examples=50, suppress_health_check=[HealthCheck.too_slow])
@given(head=some_of(HEAD), case=some_of(CASE))
def test_whatever_the_check_lets_pass_becomes_a_whole_pack(folder, tmp_path_factory, head, case):
    draft = small(draft_case(folder, "c02", **({"stage": Stage.LEARN} | case)), **head)
    place = tmp_path_factory.mktemp("packs") / "pack"
    if check_draft(draft).errors:
        with pytest.raises(TrainingError):
            build_pack(draft, place)
        assert list(place.parent.iterdir()) == []
    else:
        pack = build_pack(draft, place)
        assert check_pack(place) == ()
        assert pack.cases[0].title == draft.cases[0].title.strip()
        reference = read_reference(pack, pack.cases[0], pack_key(pack))
        assert reference.notes == draft.cases[0].notes


class TestForms:
    @pytest.mark.parametrize("form", [" ", "  one", "one "])
    def test_a_form_is_written_without_blanks(self, folder, form):
        assert codes(small(draft_case(folder, "c02", Stage.TEST, form))) == ["form"]

    @pytest.mark.parametrize("stage", [each for each in Stage if each is not Stage.TEST])
    def test_a_blank_form_of_another_stage_is_a_form_as_well(self, folder, stage):
        assert codes(small(draft_case(folder, "c02", stage, " "))) == ["form"]

    def test_forms_stand_in_the_order_of_their_first_case(self, folder, tmp_path):
        cases = [
            draft_case(folder, name, Stage.TEST, form)
            for name, form in (("c01", "two"), ("c02", "one"), ("c03", "two"))
        ]
        assert build_pack(small(*cases), tmp_path / "pack").forms == ("two", "one")


class TestEachFault:
    @pytest.mark.parametrize(
        ("fields", "code"),
        [
            ({"notes": (Rationale(words="x", slot=SlotId("no.place")),)}, "unknown_slot"),
            ({"exclusions": (Exclusion(reason="x", slot=SlotId("no.place")),)}, "unknown_slot"),
            ({"exclusions": (Exclusion(reason="x", code="no.code"),)}, "unknown_code"),
            ({"exclusions": (Exclusion(reason=" \n", slot=some_slot()),)}, "no_reason"),
            ({"consent_by": "\t"}, "consent_by"),
            ({"origin": replace(ORIGIN, kind=OriginKind.CONSENSUS)}, "other_origin"),
            ({"origin": replace(ORIGIN, codebook=" ")}, "origin"),
            ({"media": (Path("no.mp4"),)}, "other_media"),
            ({"media": (Path("a.mp4"), Path("b.mp4"))}, "missing_media"),
        ],
    )
    def test_is_found_alone_with_a_place_and_a_remedy(self, folder, fields, code):
        (one,) = check_draft(small(draft_case(folder, "c02", Stage.PRACTICE, **fields))).errors
        assert one.code == f"training.{code}"
        assert one.place
        assert one.remedy

    @pytest.mark.parametrize(
        "word", ["short", "   x   ", " " * 30], ids=["short", "padded", "blank"]
    )
    def test_a_word_is_counted_without_its_blanks(self, folder, word):
        assert codes(small(draft_case(folder, "c02", Stage.PRACTICE), word=word)) == ["short_word"]

    def test_one_reason_is_missed_for_each_exclusion(self, folder):
        blank = (Exclusion(reason="", slot=some_slot()), Exclusion(reason="", code="distress.cry"))
        case = draft_case(folder, "c02", Stage.PRACTICE, exclusions=blank)
        assert codes(small(case)) == ["no_reason", "no_reason"]

    def test_a_name_may_not_hold_the_id_of_a_class_beside_other_words(self, folder):
        group = infant_scheme().rules.groups[0].id
        case = draft_case(folder, "c02", Stage.PRACTICE, title=f"the_{group}_one")
        assert codes(small(case)) == ["tells_class"]

    def test_the_letters_of_a_class_inside_a_word_tell_nothing(self, folder):
        group = str(infant_scheme().rules.groups[0].id)
        case = draft_case(folder, "c02", Stage.PRACTICE, title=f"x{group}x")
        assert codes(small(case)) == []

    def test_a_reference_that_is_named_twice_is_one_video_twice(self, folder):
        cases = [
            draft_case(folder, "c02", Stage.PRACTICE, id=name, title=name) for name in ("a", "b")
        ]
        assert codes(small(*cases)) == ["same_video"]

    def test_a_folder_is_no_reference(self, tmp_path):
        (tmp_path / "c02.sspc").mkdir()
        case = draft_case(tmp_path, "c02", Stage.PRACTICE)
        (one,) = check_draft(small(case)).errors
        assert "c02.sspc" in one.place

    def test_one_torn_reference_keeps_no_other_from_being_checked(self, own):
        (own / "torn.sspc").write_bytes(b"no coding")
        result = check_draft(
            small(
                draft_case(own, "torn", Stage.PRACTICE),
                draft_case(own, "c02", Stage.PRACTICE, consent=Consent.NONE),
            )
        )
        assert [case.draft.id for case in result.cases] == ["c02"]
        assert len(result.errors) == 2

    def test_nothing_is_written_by_a_check(self, own):
        before = {path: path.read_bytes() for path in own.rglob("*")}
        check_draft(small(draft_case(own, "c02", Stage.PRACTICE)))
        assert {path: path.read_bytes() for path in own.rglob("*")} == before

    def test_it_tells_after_each_case_how_many_it_has_read(self, folder):
        told = []
        names = ("c01", "c02", "c03")
        cases = [draft_case(folder, name, Stage.PRACTICE) for name in names]
        check_draft(small(*cases), told.append)
        assert told == [1, 2, 3]

    def test_what_is_only_worth_a_look_is_no_error(self, tmp_path):
        reference_file(tmp_path, "c02", session="Mia")
        result = check_draft(small(draft_case(tmp_path, "c02", Stage.PRACTICE)))
        assert result.errors == ()
        assert [one.severity for one in result.findings] == [Severity.WARNING]


class TestBuilding:
    def test_two_videos_of_a_session_are_kept_in_their_order(self, tmp_path):
        films = tuple(video_file(tmp_path / name) for name in ("left.MP4", "right.mp4"))
        reference_file(tmp_path, "c02", media=films)
        pack = build_pack(small(draft_case(tmp_path, "c02", Stage.PRACTICE)), tmp_path / "pack")
        paths = pack.media_paths(pack.cases[0])
        assert [path.name for path in paths] == ["c02-1.mp4", "c02-2.mp4"]
        contents = [(tmp_path / name).read_bytes() for name in ("left.MP4", "right.mp4")]
        assert [path.read_bytes() for path in paths] == contents

    def test_the_references_are_left_as_they_were(self, own, tmp_path):
        before = {path: path.read_bytes() for path in own.rglob("*")}
        build_pack(small(draft_case(own, "c02", Stage.PRACTICE)), tmp_path / "pack")
        assert {path: path.read_bytes() for path in own.rglob("*")} == before

    def test_nothing_is_left_beside_the_pack(self, own, tmp_path):
        build_pack(small(draft_case(own, "c02", Stage.PRACTICE)), tmp_path / "pack")
        assert sorted(path.name for path in tmp_path.iterdir()) == ["pack", "references"]

    def test_what_a_trainer_excluded_and_explained_comes_back_with_the_reference(
        self, own, tmp_path
    ):
        span = Span(start_us=s(1), end_us=s(2))
        fields = {
            "notes": (Rationale(words="it is play", span=span),),
            "exclusions": (Exclusion(reason="disputed", code="distress.cry", span=span),),
        }
        case = draft_case(own, "c02", Stage.UPKEEP, **fields)
        pack = build_pack(small(case), tmp_path / "pack")
        reference = read_reference(pack, pack.cases[0], pack_key(pack))
        assert (reference.notes, reference.exclusions) == tuple(fields.values())

    def test_a_file_in_the_place_of_the_pack_is_left_alone(self, own, tmp_path):
        (tmp_path / "pack").write_text("something else", "utf-8")
        with pytest.raises(TrainingError, match="already"):
            build_pack(small(draft_case(own, "c02", Stage.PRACTICE)), tmp_path / "pack")
        assert (tmp_path / "pack").read_text("utf-8") == "something else"

    def test_a_file_where_the_building_goes_on_is_told(self, own, tmp_path):
        (tmp_path / ".pack-new").write_text("in the way", "utf-8")
        with pytest.raises(TrainingError, match="cannot be written"):
            build_pack(small(draft_case(own, "c02", Stage.PRACTICE)), tmp_path / "pack")
        assert not (tmp_path / "pack").exists()

    def test_the_checking_takes_its_share_and_the_copying_the_rest(self, folder, tmp_path):
        told: list[float] = []
        cases = [draft_case(folder, name, Stage.PRACTICE) for name in ("c01", "c02")]
        build_pack(small(*cases), tmp_path / "pack", told.append)
        assert told[:2] == [CHECKING_SHARE / 2, CHECKING_SHARE]
        assert told == sorted(told)
        assert told[-1] == 1.0

    @pytest.mark.parametrize("after", range(4))
    def test_it_can_be_stopped_at_any_moment_and_begun_anew(self, folder, tmp_path, after):
        asked = iter(range(100))
        cases = [draft_case(folder, name, Stage.PRACTICE) for name in ("c01", "c02")]
        with pytest.raises(Abandoned):
            build_pack(small(*cases), tmp_path / "pack", cancelled=lambda: next(asked) >= after)
        assert list(tmp_path.iterdir()) == []
        assert len(build_pack(small(*cases), tmp_path / "pack").cases) == 2

    def test_a_pack_of_one_role_may_hold_the_other(self, folder, tmp_path):
        reference_file(tmp_path, "k01", role=CodingRole.CONSENSUS)
        agreed = replace(ORIGIN, kind=OriginKind.CONSENSUS)
        pack = build_pack(
            small(
                draft_case(folder, "c01", Stage.LEARN),
                draft_case(tmp_path, "k01", Stage.PRACTICE, origin=agreed),
            ),
            tmp_path / "pack",
        )
        assert [case.origin.kind for case in pack.cases] == list(OriginKind)


class TestCheckingAPack:
    @pytest.fixture
    def made(self, folder, tmp_path) -> Path:
        names = (("c01", Stage.LEARN), ("c02", Stage.PRACTICE), ("c03", Stage.UPKEEP))
        build_pack(small(*(draft_case(folder, *each) for each in names)), tmp_path / "pack")
        return tmp_path / "pack"

    def test_how_far_it_is_is_told_by_case(self, made):
        told: list[float] = []
        assert check_pack(made, told.append) == ()
        assert told == pytest.approx([1 / 3, 2 / 3, 1])

    @pytest.mark.parametrize(
        "content", [b"", b"\0" * 100, b"short"], ids=["empty", "zeros", "short"]
    )
    @pytest.mark.parametrize("pattern", ["sealed/*.ref", "open/*.json", "media/c01*", "scheme/*/*"])
    def test_every_kind_of_file_is_missed_by_its_name_when_it_is_another(
        self, made, pattern, content
    ):
        path = next(each for each in sorted(made.glob(pattern)) if each.is_file())
        path.write_bytes(content)
        errors = [one for one in check_pack(made) if one.severity is Severity.ERROR]
        assert any(path.name in one.place for one in errors)

    def test_an_empty_folder_too_many_is_no_fault(self, made):
        (made / "notes").mkdir()
        assert check_pack(made) == ()

    def test_a_reference_that_was_put_there_by_mistake_is_told_wherever_it_lies(self, made):
        (made / "notes" / "deep").mkdir(parents=True)
        (made / "notes" / "deep" / "c02.sspc").write_bytes(b"a reference")
        (one,) = check_pack(made)
        assert one.place.endswith("c02.sspc")
        assert one.severity is Severity.WARNING

    def test_a_folder_in_the_place_of_a_video_is_a_missing_video(self, made):
        video = next((made / "media").iterdir())
        video.unlink()
        video.mkdir()
        assert any(one.code == "training.missing_file" for one in check_pack(made))

    def test_a_copy_elsewhere_is_as_whole_as_the_pack(self, made, tmp_path):
        copy = Path(shutil.copytree(made, tmp_path / "far" / "away"))
        assert check_pack(copy) == ()
        assert read_pack(copy).sha256 == read_pack(made).sha256

    def test_a_case_whose_files_are_gone_keeps_no_other_from_being_checked(self, made):
        for path in (*(made / "media").iterdir(), *(made / "sealed").iterdir()):
            path.unlink()
        missed = {Path(one.place).name for one in check_pack(made)}
        assert missed >= {"c01-1.mp4", "c02-1.mp4", "c03-1.mp4", "c02.ref", "c03.ref"}

    def test_a_check_changes_nothing(self, made):
        before = {path: path.read_bytes() for path in made.rglob("*") if path.is_file()}
        check_pack(made)
        assert {p: p.read_bytes() for p in made.rglob("*") if p.is_file()} == before
        assert (made / PACK_FILE) in before
