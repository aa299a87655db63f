from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from tests.fixtures.videos import clip_factory
from tests.unit.cli.cli_desk import Call, caller, write_demo_coding

__all__ = ["clip_factory"]


@pytest.fixture
def ssp(capsys: pytest.CaptureFixture[str]) -> Call:
    """Calls the command line with these arguments."""
    return caller(capsys)


@pytest.fixture(scope="session")
def demo_codings(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with the codings of the demonstration; look, do not change."""
    folder = tmp_path_factory.mktemp("demo_codings")
    for who in ("reference", "trainee", "you"):
        write_demo_coding(folder / f"{who}.sspc", who)
    return folder


@pytest.fixture
def own(demo_codings: Path, tmp_path: Path) -> Path:
    """An empty coding of one's own."""
    return Path(shutil.copy(demo_codings / "you.sspc", tmp_path / "own.sspc"))


@pytest.fixture
def trainee(demo_codings: Path, tmp_path: Path) -> Path:
    """The trainee's coding, to do with as one likes."""
    return Path(shutil.copy(demo_codings / "trainee.sspc", tmp_path / "trainee.sspc"))
