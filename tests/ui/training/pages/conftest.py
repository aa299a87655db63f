"""A pack that plays, built once, and the desk of a trainee who took it up."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from pytestqt.qtbot import QtBot

from ssp_coder.training.drafts import PackDraft
from ssp_coder.training.packs import Pack
from ssp_coder.ui.training.desk import TrainingDesk
from tests.ui.training.pages.sittings import build_playing_pack
from tests.unit.training.training_files import draft_of


@pytest.fixture(scope="session")
def playing_pack(tmp_path_factory: pytest.TempPathFactory) -> Pack:
    return build_playing_pack(tmp_path_factory.mktemp("playing"))


@pytest.fixture
def bare_desk(qapp: object) -> Iterator[TrainingDesk]:
    """A desk with nothing open."""
    desk = TrainingDesk()
    yield desk
    desk.close()


@pytest.fixture
def desk(bare_desk: TrainingDesk, playing_pack: Pack, tmp_path: Path, qtbot: QtBot) -> TrainingDesk:
    """A desk whose trainee took up the pack and did nothing yet; nothing is under way."""
    bare_desk.open_pack(playing_pack.folder)
    bare_desk.create_logbook(tmp_path / "work" / "t07.ssptrain", "t07")
    with qtbot.waitSignal(bare_desk.figures_changed, timeout=10_000):
        bare_desk.enrol()
    return bare_desk


@pytest.fixture(scope="session")
def draft(tmp_path_factory: pytest.TempPathFactory) -> PackDraft:
    """A draft of a pack without exercises."""
    return draft_of(tmp_path_factory.mktemp("references"))
