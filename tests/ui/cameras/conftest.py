from __future__ import annotations

from dataclasses import dataclass, field
from pathlib import Path

import pytest
from PySide6.QtWidgets import QFileDialog

from ssp_coder.domain.coding import Coding
from ssp_coder.editing.document import Document
from ssp_coder.storage.coding_file import open_read_only
from ssp_coder.ui.cameras.dialog import CamerasDialog
from ssp_coder.ui.cameras.shelf import VideoShelf
from ssp_coder.ui.player.open_video import OpenVideo, read_video
from ssp_coder.ui.session import OpenSession
from tests.builders import infant_scheme
from tests.fixtures.cameras import camera_media, coding_of, copies, recordings
from tests.fixtures.videos import clip_factory

__all__ = ["clip_factory", "recordings"]


@dataclass
class Table:
    """What lies before a coder: an open coding, its dialog, and what the computer remembers."""

    session: OpenSession
    dialog: CamerasDialog
    folder: Path
    remembered: dict[str, Path] = field(default_factory=dict)

    @property
    def media(self):
        return self.session.coding.media

    @property
    def panel(self):
        return self.dialog.side.panel

    @property
    def cards(self):
        return self.dialog.list.cards


@pytest.fixture
def opened(recordings) -> dict[str, OpenVideo]:
    """The recordings, indexed and examined, by the stem of their names."""
    return {
        path.stem: read_video(path, None, lambda _share: None, lambda: False)
        for path in sorted(recordings.glob("*.mkv"))
    }


@pytest.fixture
def lay(theme, qtbot, recordings, tmp_path):
    """Lays a coding with these cameras on the table and opens the dialog on it."""
    tables: list[Table] = []

    def make(*names, read_only=False, edits=(), without=()):
        copies(recordings, tmp_path, *names)
        path = tmp_path / "S001.c01.sspc"
        session = stored(path, *names) if read_only else unstored(path, *names)
        for edit in edits:
            session.submit(edit)
        for name in without:
            (tmp_path / name).unlink()
        known: dict[str, Path] = {}
        shelf = VideoShelf(
            coding_path=path,
            remembered=lambda fingerprint: str(known.get(fingerprint, "")),
            remember=known.__setitem__,
        )
        dialog = CamerasDialog(theme, session, shelf)
        qtbot.addWidget(dialog)
        dialog.show()
        table = Table(session=session, dialog=dialog, folder=tmp_path, remembered=known)
        tables.append(table)
        return table

    yield make
    for table in tables:
        if table.dialog.isVisible():
            table.dialog.done(0)
        table.session.close()


@pytest.fixture
def ready(lay, qtbot):
    """The same, once every video that is there was read."""

    def make(*names, **how):
        table = lay(*names, **how)
        there = len(names) - len(how.get("without", ()))
        qtbot.waitUntil(lambda: read_cards(table) == there, timeout=10_000)
        return table

    return make


def unstored(path: Path, *names: str) -> OpenSession:
    """A coding that lives in memory, as if it were open at this path."""
    media = tuple(camera_media(path.parent / name, path) for name in names)
    start = Coding(session="S001", coder="c01", media=media)
    return OpenSession(Document(coding=start, scheme=infant_scheme()))


def stored(path: Path, *names: str) -> OpenSession:
    """A coding file that may only be read."""
    file = open_read_only(coding_of(path.parent, *names))
    return OpenSession(file.document(), file)


def read_cards(table: Table) -> int:
    return sum("frames a second" in card.facts.text() for card in table.cards)


@pytest.fixture
def chosen_files(monkeypatch):
    """Answers the file choosers; nothing chosen is the person's Cancel."""

    def answer(*paths):
        names = [str(path) for path in paths]
        monkeypatch.setattr(QFileDialog, "getOpenFileNames", lambda *_: (names, ""))
        monkeypatch.setattr(
            QFileDialog, "getOpenFileName", lambda *_: (names[0] if names else "", "")
        )

    answer()
    return answer
