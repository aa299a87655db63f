"""Which codings count as training, wherever they lie and whatever lies beside them."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from ssp_coder.training.errors import TrainingError
from ssp_coder.training.logbook import SUFFIX
from ssp_coder.training.training_codings import coded_in_training, refuse_training
from tests.unit.training.training_files import Trainee


@pytest.fixture
def begun(anna: Trainee) -> Path:
    """A coding of a practice case that was begun and not submitted."""
    anna.look("c01")
    return anna.begin("c02")


@pytest.fixture
def folder(anna: Trainee) -> Path:
    return anna.logbook.folder


def test_a_coding_counts_from_its_beginning_and_not_only_when_submitted(begun: Path) -> None:
    assert coded_in_training([begun]) == (begun.resolve(),)


def test_nothing_given_is_nothing_found() -> None:
    assert coded_in_training([]) == ()
    refuse_training([])


def test_codings_come_in_the_order_given(anna: Trainee, begun: Path) -> None:
    anna.code(begun)
    anna.submit("c02", begun)
    anna.look("c02")
    other = anna.begin("c03")
    assert coded_in_training([other, begun]) == (other.resolve(), begun.resolve())
    assert coded_in_training([begun, other]) == (begun.resolve(), other.resolve())


def test_a_path_from_here_leads_to_the_same_coding(
    begun: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(begun.parent)
    assert coded_in_training([Path(begun.name)]) == (begun.resolve(),)


def test_a_way_through_another_folder_leads_to_the_same_coding(begun: Path) -> None:
    around = begun.parent / "." / ".." / begun.parent.name / begun.name
    assert coded_in_training([around]) == (begun.resolve(),)


@pytest.mark.parametrize("place", ["a folder", "no logbook", "an empty file"])
def test_what_is_only_called_a_logbook_hides_no_true_one(
    begun: Path, folder: Path, place: str
) -> None:
    """Its name comes before that of the true one, so that it is looked at first."""
    beside = folder / f"!{SUFFIX}"
    if place == "a folder":
        beside.mkdir()
    else:
        beside.write_bytes(b"" if place == "an empty file" else b"no logbook at all")
    assert coded_in_training([begun]) == (begun.resolve(),)


def test_a_file_that_was_put_in_the_place_of_a_coding_still_counts(
    begun: Path, tmp_path: Path
) -> None:
    """The logbook names places; what lies there cannot be told from what lay there."""
    other = tmp_path / "other"
    other.write_bytes(b"something else")
    shutil.copy(other, begun)
    assert coded_in_training([begun]) == (begun.resolve(),)


def test_a_copy_outside_the_training_is_not_known_by_its_place(begun: Path, tmp_path: Path) -> None:
    away = tmp_path / "elsewhere"
    away.mkdir()
    assert coded_in_training([Path(shutil.copy(begun, away))]) == ()


def test_one_training_coding_among_others_is_named_alone(begun: Path, draft) -> None:
    others = [case.reference for case in draft.cases[:3]]
    with pytest.raises(TrainingError) as caught:
        refuse_training([*others, begun])
    assert [finding.place for finding in caught.value.findings] == [str(begun.resolve())]


def test_the_refusal_says_why_and_where_to_look_instead(begun: Path) -> None:
    with pytest.raises(TrainingError, match="natural base rate") as caught:
        refuse_training([begun])
    (finding,) = caught.value.findings
    assert finding.code == "training.no_study"
    assert "figures of its own" in finding.remedy


def test_another_trainees_logbook_says_nothing_of_ones_own_codings(
    begun: Path, berta: Trainee, draft
) -> None:
    own = Path(shutil.copy(draft.cases[0].reference, berta.logbook.folder / begun.name))
    assert coded_in_training([own]) == ()
    assert coded_in_training([own, begun]) == (begun.resolve(),)


def test_looking_changes_no_file(begun: Path, folder: Path) -> None:
    def seen() -> dict[Path, bytes]:
        return {path: path.read_bytes() for path in sorted(folder.rglob("*")) if path.is_file()}

    before = seen()
    coded_in_training([begun])
    assert seen() == before
