"""Packs that are built once and only read, and a trainee with a folder of their own."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from ssp_coder.training.drafts import PackDraft
from ssp_coder.training.packs import Pack
from tests.unit.training.training_files import WORD, Trainee, built, draft_of, trainee


@pytest.fixture(scope="session")
def draft(tmp_path_factory: pytest.TempPathFactory) -> PackDraft:
    """A draft whose references nobody changes."""
    return draft_of(tmp_path_factory.mktemp("references"))


@pytest.fixture(scope="session")
def pack(draft: PackDraft, tmp_path_factory: pytest.TempPathFactory) -> Pack:
    """A pack sealed with its own key."""
    return built(draft, tmp_path_factory.mktemp("packs") / "plain")


@pytest.fixture(scope="session")
def worded_pack(draft: PackDraft, tmp_path_factory: pytest.TempPathFactory) -> Pack:
    """A pack whose test forms are sealed with the trainer's word."""
    return built(draft, tmp_path_factory.mktemp("packs") / "worded", word=WORD)


@pytest.fixture
def anna(pack: Pack, tmp_path: Path) -> Iterator[Trainee]:
    """A trainee enrolled for the pack without a word."""
    with trainee(tmp_path / "anna", pack).logbook as book:
        yield Trainee(logbook=book, pack=pack)


@pytest.fixture
def berta(worded_pack: Pack, tmp_path: Path) -> Iterator[Trainee]:
    """A trainee enrolled for the pack with the trainer's word."""
    with trainee(tmp_path / "berta", worded_pack).logbook as book:
        yield Trainee(logbook=book, pack=worded_pack)
