"""Bundled schemes, and a lab's copy of their files."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from ssp_coder.catalog import load_scheme
from ssp_coder.domain.scheme import Scheme
from ssp_coder.resources import bundled
from tests.unit.catalog.catalog_lab import Lab

FOLDERS = ("ethograms", "scales", "rules", "keymaps", "schemes")


@pytest.fixture
def lab(tmp_path: Path) -> Lab:
    folder = tmp_path / "lab"
    (folder / "episodes").mkdir(parents=True)
    for path in bundled("episodes").glob("*.toml"):
        shutil.copy(path, folder / "episodes")
    for name in FOLDERS:
        shutil.copytree(bundled("schemas") / name, folder / "schemas" / name)
    return Lab(folder=folder)


@pytest.fixture(scope="session")
def infant() -> Scheme:
    return load_scheme("infant")


@pytest.fixture(scope="session")
def demonstration() -> Scheme:
    return load_scheme("demonstration")
