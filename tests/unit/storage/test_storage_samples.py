"""A real file of every released format opens, holds what it held, and still verifies."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from ssp_coder.domain.scale import Points
from ssp_coder.storage.coding_file import open_for_writing, open_read_only
from ssp_coder.storage.schema import FORMAT
from ssp_coder.storage.verify import verify

SAMPLES = Path(__file__).parents[2] / "fixtures" / "formats"
VERSIONS = range(1, FORMAT + 1)


def sample(version: int) -> Path:
    return SAMPLES / f"version-{version}.sspc"


@pytest.mark.parametrize("version", VERSIONS)
def test_there_is_a_sample_of_every_format(version: int) -> None:
    assert sample(version).is_file()


@pytest.mark.parametrize("version", VERSIONS)
def test_a_sample_opens_with_everything_in_it(version: int) -> None:
    with open_read_only(sample(version)) as file:
        coding, scheme = file.coding, file.scheme
    assert (coding.session, coding.coder) == ("DEMO", "trainee")
    assert len(coding.events) == 143
    assert [mark.episode for mark in coding.episodes] == [f"EP{n}" for n in range(1, 9)]
    assert coding.session_end is not None
    assert coding.score("pcs_c_8") == Points(7.0)
    assert coding.classification is not None
    assert coding.classification.subgroup == "B4"
    assert len(coding.d_indices) == 1
    assert scheme.id == "demonstration"


@pytest.mark.parametrize("version", VERSIONS)
def test_a_sample_verifies(version: int) -> None:
    assert verify(sample(version)) == ()


@pytest.mark.parametrize("version", VERSIONS)
def test_work_on_a_sample_can_go_on_and_be_undone_to_its_beginning(
    version: int, tmp_path: Path
) -> None:
    path = tmp_path / "S.sspc"
    shutil.copy(sample(version), path)
    with open_for_writing(path, "trainee") as file:
        document = file.document()
        undone = 0
        while document.undo() is not None:
            undone += 1
        assert document.coding.events == ()
        assert undone > 20
    assert verify(path) == ()
