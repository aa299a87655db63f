from pathlib import Path

import pytest
from PySide6.QtWidgets import QMessageBox

from ssp_coder.catalog.copying import copy_of, files_named, ids_for_all
from ssp_coder.catalog.placing import write_copy
from ssp_coder.ui.instrument_copy.editor_window import EditorWindow

BANDS = "schemas/rules/ours-default.toml"


@pytest.fixture
def ours(tmp_path) -> Path:
    """A laboratory's folder with a copy of the bundled infant scheme."""
    path = "schemas/schemes/infant.toml"
    folder = tmp_path / "ours"
    write_copy(copy_of(path, new_ids=ids_for_all(files_named(path), "ours")), folder)
    return folder


@pytest.fixture
def editor(qtbot, theme, ours):
    """The editor at the table of bands, checked once."""
    window = EditorWindow(theme, ours)
    qtbot.addWidget(window, before_close_func=forget_unsaved)
    window.show()
    with qtbot.waitSignal(window.check.checked, timeout=10_000):
        window.open_path(BANDS)
    return window


def forget_unsaved(window: EditorWindow) -> None:
    """Let a window be closed without a question."""
    for path in window.shelf.unsaved():
        window.shelf.document(path).setModified(False)


@pytest.fixture
def answer(monkeypatch):
    """Answers every question box with one button and remembers what was asked."""
    asked = []

    def give(button: QMessageBox.StandardButton):
        def question(_parent, title, *_rest):
            asked.append(title)
            return button

        monkeypatch.setattr(QMessageBox, "question", question)
        return asked

    return give
