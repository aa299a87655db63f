"""Codings made in training are known and kept out of a study's reliability."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from ssp_coder.training.errors import TrainingError
from ssp_coder.training.training_codings import coded_in_training, refuse_training
from tests.unit.training.training_files import Trainee


@pytest.fixture
def worked(anna: Trainee) -> Trainee:
    anna.look("c01")
    anna.do("c02")
    return anna


def codings(anna: Trainee) -> list[Path]:
    found = anna.logbook.folder.rglob("*.sspc")
    return sorted(path for path in found if not path.parent.name.endswith("-backups"))


def test_the_coding_and_its_submitted_copy_are_known(worked: Trainee) -> None:
    found = codings(worked)
    assert len(found) == 2
    assert coded_in_training(found) == tuple(found)


def test_a_study_with_one_of_them_is_refused_and_every_file_is_named(worked: Trainee) -> None:
    with pytest.raises(TrainingError, match="natural base rate") as caught:
        refuse_training(codings(worked))
    assert {one.place for one in caught.value.findings} == {str(path) for path in codings(worked)}


def test_another_coding_in_the_same_folder_is_none_of_the_training(worked: Trainee, draft) -> None:
    own = Path(shutil.copy(draft.cases[0].reference, worked.logbook.folder / "study.sspc"))
    assert coded_in_training([own]) == ()
    refuse_training([own])


def test_codings_far_from_any_logbook_are_none(tmp_path: Path, draft) -> None:
    refuse_training([draft.cases[0].reference, tmp_path / "missing.sspc"])


def test_a_way_around_by_a_link_leads_to_the_same_file(worked: Trainee, tmp_path: Path) -> None:
    link = tmp_path / "link.sspc"
    link.symlink_to(codings(worked)[0])
    assert coded_in_training([link]) == (codings(worked)[0],)


def test_a_file_that_is_no_logbook_hinders_no_study(tmp_path: Path, draft) -> None:
    (tmp_path / "broken.ssptrain").write_bytes(b"no logbook")
    own = Path(shutil.copy(draft.cases[0].reference, tmp_path / "study.sspc"))
    assert coded_in_training([own]) == ()
