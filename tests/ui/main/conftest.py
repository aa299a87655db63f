import pytest
from PySide6.QtCore import QSettings
from PySide6.QtWidgets import QFileDialog, QMessageBox

from ssp_coder.domain.coding import Coding
from ssp_coder.storage.coding_file import create
from ssp_coder.ui.main.settings import Settings
from ssp_coder.ui.main.window import MainWindow
from tests.builders import infant_scheme
from tests.fixtures.videos import clip_factory

__all__ = ["clip_factory"]


@pytest.fixture
def desk_window(theme, tmp_path, qtbot):
    """A window with settings of its own; what is open at the end is let go."""
    store = QSettings(str(tmp_path / "desk.ini"), QSettings.Format.IniFormat)
    made = MainWindow(theme, Settings(store))
    qtbot.addWidget(made)
    made.show()
    qtbot.waitExposed(made)
    yield made
    made.desk.stop_work()
    if made.workspace is not None and made.workspace.session.file is not None:
        made.workspace.session.file.abandon()
        made.workspace.session.file = None
    made.close()


@pytest.fixture
def coding_file(tmp_path):
    """Makes a coding file without a video and gives its path."""

    def make(name="S100", start=None):
        path = tmp_path / f"{name}.sspc"
        value = start or Coding(session=name, coder="c01", media=())
        create(path, coding=value, scheme=infant_scheme(), who="c01").close()
        return path

    return make


@pytest.fixture
def warned(monkeypatch):
    """The (title, sentence) of each warning box that would have been shown."""
    said = []
    monkeypatch.setattr(QMessageBox, "warning", lambda _parent, *words: said.append(words))
    return said


@pytest.fixture
def chooser(monkeypatch):
    """Answers both file choosers with one path; an empty one is the person's Cancel."""

    def answer(path=""):
        for name in ("getOpenFileName", "getSaveFileName"):
            monkeypatch.setattr(QFileDialog, name, lambda *_: (str(path), ""))

    answer()
    return answer
