"""A trainer releases a form to one trainee, once, by a file that nobody else can make."""

from __future__ import annotations

import json
from dataclasses import replace
from pathlib import Path

import pytest

from ssp_coder.training.deeds import FormReleased, ReleaseKind
from ssp_coder.training.errors import SealedError, TrainingError
from ssp_coder.training.programme import Bar, CaseState
from ssp_coder.training.references import open_reference
from ssp_coder.training.releases import ReleaseWish, make_release, take_in, write_release
from tests.unit.training.training_files import TRAINEE, TRAINER, WORD


def wish(kind: ReleaseKind = ReleaseKind.FEEDBACK, **fields: str) -> ReleaseWish:
    return ReleaseWish(
        **({"form": "one", "kind": kind, "trainee": TRAINEE, "trainer": TRAINER} | fields)
    )


@pytest.fixture
def place(tmp_path: Path) -> Path:
    return tmp_path / "one.ssprelease"


def released(pack, place: Path, kind: ReleaseKind = ReleaseKind.FEEDBACK, **fields: str) -> Path:
    write_release(make_release(pack, wish(kind, **fields), WORD), place)
    return place


def change(place: Path, **fields: object) -> Path:
    place.write_text(json.dumps(json.loads(place.read_text("utf-8")) | fields), "utf-8")
    return place


def test_a_release_shows_the_references_of_a_finished_form(berta, worded_pack, place):
    berta.practise()
    berta.do("c04", "c05")
    take_in(berta.logbook, worded_pack, released(worded_pack, place))
    assert berta.programme.standing("c04").state is CaseState.FEEDBACK
    for case in ("c04", "c05"):
        reference = open_reference(worded_pack, worded_pack.case(case), berta.programme)
        assert reference.coding.session == f"S{case}"


def test_a_release_of_one_form_does_not_open_the_other(berta, worded_pack, place):
    berta.practise()
    berta.do("c04", "c05")
    take_in(berta.logbook, worded_pack, released(worded_pack, place))
    with pytest.raises(SealedError):
        open_reference(worded_pack, worded_pack.case("c06"), berta.programme)


def test_a_release_lets_a_form_be_taken_again(berta, worded_pack, place):
    berta.practise()
    berta.do("c04", "c05")
    take_in(berta.logbook, worded_pack, released(worded_pack, place, ReleaseKind.TAKE))
    assert berta.programme.standing("c04").begin is None
    berta.do("c04", "c05")
    assert all(attempt.is_repeat for attempt in berta.programme.attempts[-2:])


def test_a_release_to_take_a_form_holds_no_key(worded_pack):
    assert make_release(worded_pack, wish(ReleaseKind.TAKE), WORD).key == ""
    assert make_release(worded_pack, wish(), WORD).key != ""


def test_a_pack_without_a_word_is_released_without_one(anna, pack, place):
    anna.practise()
    anna.do("c04", "c05")
    write_release(make_release(pack, wish(ReleaseKind.TAKE, form="two")), place)
    take_in(anna.logbook, pack, place)
    assert anna.programme.standing("c06").begin is None


def test_taking_a_release_in_twice_is_written_once(berta, worded_pack, place):
    released(worded_pack, place, ReleaseKind.TAKE)
    take_in(berta.logbook, worded_pack, place)
    take_in(berta.logbook, worded_pack, place)
    deeds = [e.deed for e in berta.logbook.entries if isinstance(e.deed, FormReleased)]
    assert len(deeds) == 1
    assert (deeds[0].trainer, deeds[0].form) == (TRAINER, "one")


def test_two_releases_of_one_form_let_it_be_taken_twice(berta, worded_pack, tmp_path):
    berta.practise()
    berta.do("c04", "c05")
    for name in ("first", "second"):
        place = released(worded_pack, tmp_path / name, ReleaseKind.TAKE)
        take_in(berta.logbook, worded_pack, place)
    berta.do("c04", "c05")
    assert berta.programme.standing("c04").begin is None
    berta.do("c04", "c05")
    assert berta.programme.standing("c04").begin is Bar.FORM_TAKEN


def test_a_wrong_word_makes_no_release(worded_pack):
    for word in ("", "heron under glass 42"):
        with pytest.raises(TrainingError, match="not the trainer's word"):
            make_release(worded_pack, wish(), word)


def test_a_form_that_the_pack_does_not_have_is_named(worded_pack):
    with pytest.raises(TrainingError, match="no test form 'three'") as error:
        make_release(worded_pack, wish(form="three"), WORD)
    assert "one, two" in error.value.finding.remedy


def test_a_release_is_for_one_trainee(berta, worded_pack, place):
    with pytest.raises(TrainingError, match="is for t99"):
        take_in(berta.logbook, worded_pack, released(worded_pack, place, trainee="t99"))


def test_a_release_is_for_one_pack_and_version(berta, worded_pack, pack, place):
    released(worded_pack, place)
    with pytest.raises(TrainingError, match=r"is for pack pack1 1\.0\.0"):
        take_in(berta.logbook, replace(worded_pack, version="2"), place)


@pytest.mark.parametrize(
    "fields",
    [
        {"form": "two"},
        {"kind": "take"},
        {"trainer": "somebody"},
        {"id": "0000"},
        {"key": "00" * 32},
        {"signature": ""},
        {"signature": "zz"},
        {"signature": "00" * 64},
    ],
)
def test_a_release_that_was_changed_is_not_the_trainer_s(berta, worded_pack, place, fields):
    released(worded_pack, place)
    before = berta.logbook.entries
    with pytest.raises(TrainingError, match="not made by the trainer"):
        take_in(berta.logbook, worded_pack, change(place, **fields))
    assert berta.logbook.entries == before


def test_a_release_for_another_trainee_cannot_be_rewritten(berta, worded_pack, place):
    released(worded_pack, place, trainee="t99")
    with pytest.raises(TrainingError, match="not made by the trainer"):
        take_in(berta.logbook, worded_pack, change(place, trainee=TRAINEE))


@pytest.mark.parametrize("content", [b"", b"{}", b"\xff\xfe", b"[1]", b'{"id": 3}', b" " * 70000])
def test_a_file_that_is_no_release_is_told(berta, worded_pack, place, content):
    place.write_bytes(content)
    with pytest.raises(TrainingError) as error:
        take_in(berta.logbook, worded_pack, place)
    assert str(place) in str(error.value)


def test_a_missing_release_is_told(berta, worded_pack, tmp_path):
    with pytest.raises(TrainingError, match="cannot be read"):
        take_in(berta.logbook, worded_pack, tmp_path / "nowhere")


def test_a_release_is_never_written_over_a_file(worded_pack, place):
    place.write_text("mine")
    with pytest.raises(TrainingError, match="a file already"):
        released(worded_pack, place)
    assert place.read_text() == "mine"


def test_a_release_that_cannot_be_written_is_told(worded_pack, tmp_path):
    with pytest.raises(TrainingError, match="cannot be written"):
        released(worded_pack, tmp_path / "nowhere" / "one.ssprelease")


def test_the_word_is_not_in_the_release(worded_pack, place):
    assert WORD not in released(worded_pack, place).read_text("utf-8")
