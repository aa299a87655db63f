"""The desk on small packs, drafts and logbooks; what runs in the background is waited for."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from ssp_coder.training.deeds import Certified
from ssp_coder.training.draft_writing import write_draft
from ssp_coder.training.drafts import PackDraft
from ssp_coder.training.logbook import read_logbook
from ssp_coder.training.packs import Consent, Pack
from ssp_coder.ui.theme.theme import Theme
from ssp_coder.ui.trainer.window import TrainerWindow
from tests.unit.training.training_files import WORD, Trainee, built, draft_of, trainee


@pytest.fixture(scope="session")
def references(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with locked references that nobody changes."""
    folder = tmp_path_factory.mktemp("trainer_references")
    draft_of(folder)
    return folder


@pytest.fixture(scope="session")
def draft(references: Path) -> PackDraft:
    """A draft that is fit to become a pack."""
    return draft_of(references)


@pytest.fixture(scope="session")
def pack(draft: PackDraft, tmp_path_factory: pytest.TempPathFactory) -> Pack:
    """The pack of that draft, sealed with its own key."""
    return built(draft, tmp_path_factory.mktemp("trainer_packs") / "plain")


@pytest.fixture(scope="session")
def worded_pack(draft: PackDraft, tmp_path_factory: pytest.TempPathFactory) -> Pack:
    """The same with the trainer's word."""
    return built(draft, tmp_path_factory.mktemp("trainer_packs") / "worded", word=WORD)


@pytest.fixture
def draft_path(draft: PackDraft, tmp_path: Path) -> Path:
    """A file with that draft."""
    path = tmp_path / "pack1.toml"
    write_draft(draft, path)
    return path


@pytest.fixture
def unstated_path(draft: PackDraft, tmp_path: Path) -> Path:
    """A file with a draft whose second case nobody stated a consent for."""
    first, second, *rest = draft.cases
    unstated = replace(second, consent=Consent.NONE, consent_by="")
    path = tmp_path / "unstated.toml"
    write_draft(replace(draft, cases=(first, unstated, *rest)), path)
    return path


@pytest.fixture
def window(theme: Theme, qtbot) -> Iterator[TrainerWindow]:
    """The desk of a trainer."""
    desk = TrainerWindow(theme, who="trainer1")
    qtbot.addWidget(desk)
    desk.show()
    yield desk
    desk.close()


@pytest.fixture
def opened(window: TrainerWindow, draft_path: Path, qtbot) -> TrainerWindow:
    """The desk with a draft that was checked."""
    return with_draft(window, draft_path, qtbot)


@pytest.fixture
def made(pack: Pack, tmp_path: Path) -> Iterator[Callable[[str], Trainee]]:
    """Makes trainees, each in a folder below ``logbooks``."""
    books = []

    def make(name: str, of: Pack = pack) -> Trainee:
        one = trainee(tmp_path / "logbooks" / name, of)
        books.append(one.logbook)
        return one

    yield make
    for book in books:
        book.close()


@pytest.fixture
def logbooks(tmp_path):
    folder = tmp_path / "logbooks"
    folder.mkdir(exist_ok=True)
    return folder


@pytest.fixture
def practised(made):
    """A trainee who did all that comes before the test."""
    one = made("one")
    one.practise()
    return one


@pytest.fixture
def certified(practised):
    """One who was certified, with a logbook that nobody has open."""
    pack = practised.pack
    practised.logbook.append(
        Certified(pack=pack.id, version=pack.version, rule="some_rule", figures="{}")
    )
    practised.logbook.close()
    return practised


def with_draft(window: TrainerWindow, path: Path, qtbot) -> TrainerWindow:
    window.packs.open_draft(path)
    checked(window, qtbot)
    return window


def checked(window: TrainerWindow, qtbot) -> None:
    qtbot.waitUntil(lambda: window.drafts.result is not None, timeout=20_000)


def read(window: TrainerWindow, pack: Pack, folder: Path, qtbot) -> None:
    """Choose a pack and a folder of logbooks and wait until they were read."""
    window.source.open_pack(pack.folder)
    window.trainees.choose_folder(folder)
    rested(window, qtbot)


def rested(window: TrainerWindow, qtbot) -> None:
    busy = (window.trainees.reading, window.trainees.errands, window.drafts.errands)
    qtbot.waitUntil(lambda: not any(one.busy for one in busy), timeout=20_000)


def deeds(path, kind: type) -> list[object]:
    return [entry.deed for entry in read_logbook(path).entries if isinstance(entry.deed, kind)]


def enter(field, text: str) -> None:
    """Type into a field as the keyboard does."""
    field.set_text(text)
    field.text_edited.emit(text)
