from __future__ import annotations

from pathlib import Path
from typing import get_args

import pytest

from ssp_coder.resources import BundledFilesMissingError, BundledFolder, bundled


@pytest.fixture
def package(tmp_path: Path) -> Path:
    folder = tmp_path / "ssp_coder"
    folder.mkdir()
    return folder


@pytest.mark.parametrize("folder", get_args(BundledFolder))
def test_this_checkout_brings_each_folder_beside_the_package(folder: BundledFolder) -> None:
    assert bundled(folder) == Path(__file__).parents[2] / folder


def test_a_wheel_brings_its_own_copy(package: Path) -> None:
    (package / "_bundled" / "schemas").mkdir(parents=True)
    assert bundled("schemas", package=package) == package / "_bundled" / "schemas"


def test_a_wheel_does_not_take_a_folder_that_happens_to_lie_beside_it(package: Path) -> None:
    (package / "_bundled" / "episodes").mkdir(parents=True)
    (package.parent / "episodes").mkdir()
    assert bundled("episodes", package=package) == package / "_bundled" / "episodes"


def test_a_checkout_brings_the_folder_beside_the_package(package: Path) -> None:
    (package.parent / "episodes").mkdir()
    assert bundled("episodes", package=package) == package.parent / "episodes"


def test_a_file_in_place_of_the_folder_is_not_taken(package: Path) -> None:
    (package.parent / "episodes").write_text("", encoding="utf-8")
    with pytest.raises(BundledFilesMissingError):
        bundled("episodes", package=package)


def test_an_incomplete_installation_says_where_it_looked_and_what_to_do(package: Path) -> None:
    with pytest.raises(BundledFilesMissingError) as error:
        bundled("schemas", package=package)
    sentence = str(error.value)
    assert str(package / "_bundled" / "schemas") in sentence
    assert str(package.parent / "schemas") in sentence
    assert "install ssp_coder again" in sentence
