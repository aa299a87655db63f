"""A small pack, a trainee's desk and window; the pack is built once and only read."""

from __future__ import annotations

import shutil
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from ssp_coder.demonstration.trainees import Habits
from ssp_coder.training.packs import Pack
from ssp_coder.ui.language.spoken import SPOKEN
from ssp_coder.ui.theme.theme import Theme
from ssp_coder.ui.training.desk import TrainingDesk
from ssp_coder.ui.training.window import Host, TrainingWindow
from tests.fixtures.demo_pack import sparse_demo_pack
from tests.ui.training.training_room import LATE, NEARLY_RIGHT, WORD, Room, work_through


@pytest.fixture(scope="session")
def pack(tmp_path_factory: pytest.TempPathFactory) -> Pack:
    """The demonstration pack with sparse films."""
    return sparse_demo_pack(tmp_path_factory.mktemp("training_pack"))


@pytest.fixture(scope="session")
def worded_pack(tmp_path_factory: pytest.TempPathFactory) -> Pack:
    """The same, its test sealed with the trainer's word."""
    return sparse_demo_pack(tmp_path_factory.mktemp("worded_pack"), word=WORD)


@pytest.fixture
def make_room(qtbot: object, theme: Theme, tmp_path: Path) -> Iterator[Callable[[Pack], Room]]:
    """Opens a training window on a pack, with a trainee enrolled for it."""
    rooms: list[Room] = []

    def make(of: Pack, *, begin: bool = True, work: Path | None = None) -> Room:
        desk = TrainingDesk()
        room = Room(qtbot=qtbot, desk=desk, folder=tmp_path / f"t{len(rooms)}")
        host = Host(let_go=room.let_go, remember=room.remember, who="t07")
        room.window = TrainingWindow(theme, desk, host)
        desk.trouble.connect(room.troubles.append)
        desk.coding_wanted.connect(room.wanted.append)
        rooms.append(room)
        if work is not None:
            shutil.copytree(work, room.folder)
        room.window.show()
        if begin:
            room.begin(of)
        return room

    yield make
    for room in rooms:
        room.window.close()
        room.window.deleteLater()
        room.desk.deleteLater()


@pytest.fixture(scope="session")
def first_practice(pack: Pack, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The folder of somebody who studied and submitted the first practice case, late and high."""
    folder = tmp_path_factory.mktemp("first_practice") / "work"
    work_through(pack, folder, LATE, cases=1)
    return folder


@pytest.fixture(scope="session")
def practised(pack: Pack, tmp_path_factory: pytest.TempPathFactory) -> Callable[[Habits], Path]:
    """Folders of people who did all that comes before the test, made once for each habit."""
    made: dict[int, Path] = {}

    def of(habits: Habits) -> Path:
        if id(habits) not in made:
            made[id(habits)] = tmp_path_factory.mktemp("practised") / "work"
            work_through(pack, made[id(habits)], habits)
        return made[id(habits)]

    return of


@pytest.fixture
def room_after_practice(
    make_room: Callable[..., Room], pack: Pack, practised: Callable[[Habits], Path]
) -> Callable[..., Room]:
    """Opens the window of somebody who may take the test."""

    def make(habits: Habits = NEARLY_RIGHT) -> Room:
        return make_room(pack, work=practised(habits))

    return make


@pytest.fixture
def room(make_room: Callable[[Pack], Room], pack: Pack) -> Room:
    """A trainee on the first day."""
    return make_room(pack)


@pytest.fixture
def in_german(qapp: object) -> Iterator[None]:
    """The program speaks German until the end of the test."""
    SPOKEN.speak("de")
    yield
    SPOKEN.speak("en")
