"""The menu of instruments: copying, changing and comparing from the main window."""

from __future__ import annotations

import pytest
from PySide6.QtCore import QSettings
from PySide6.QtWidgets import QFileDialog, QMessageBox

from ssp_coder.domain.coding import Coding
from ssp_coder.storage.coding_file import create
from ssp_coder.ui.instrument_copy.bench import InstrumentBench
from ssp_coder.ui.instrument_copy.copy_dialog import CopyDialog
from ssp_coder.ui.main.commands import COMMANDS, Menu
from ssp_coder.ui.main.settings import Settings
from ssp_coder.ui.main.window import MainWindow
from tests.builders import infant_scheme

TABLE = "schemas/rules/ours-default.toml"


@pytest.fixture
def window(theme, tmp_path, qtbot):
    made = MainWindow(
        theme, Settings(QSettings(str(tmp_path / "bench.ini"), QSettings.Format.IniFormat))
    )
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
def bench(window):
    """A bench whose windows are closed at the end, unsaved or not."""
    made = InstrumentBench(window)
    yield made
    if made.editor is not None:
        for path in made.editor.shelf.unsaved():
            made.editor.shelf.document(path).setModified(False)
    assert made.close_all()


def edit(bench, qtbot, folder, path=""):
    """Open a folder and wait until its first file is checked."""
    bench.edit(folder, path)
    qtbot.waitUntil(lambda: bool(bench.editor.state.text()), timeout=10_000)
    return bench.editor


def chosen_words(bench):
    """What is chosen as old and as new."""
    return [choice.list.currentText() for choice in (bench.comparison.old, bench.comparison.new)]


class TestTheEditor:
    def test_a_folder_is_opened_at_its_first_file(self, bench, qtbot, ours):
        editor = edit(bench, qtbot, ours)
        assert editor.isVisible()
        assert editor.path == editor.shelf.paths()[0]

    def test_a_file_that_is_named_is_in_front(self, bench, qtbot, ours):
        assert edit(bench, qtbot, ours, TABLE).path == TABLE

    def test_the_same_folder_keeps_its_window(self, bench, qtbot, ours):
        first = edit(bench, qtbot, ours)
        assert edit(bench, qtbot, ours, TABLE) is first
        assert first.path == TABLE

    def test_another_folder_gets_a_window_of_its_own(self, bench, qtbot, ours, tmp_path):
        first = edit(bench, qtbot, ours)
        other = tmp_path / "other"
        (other / "schemas" / "rules").mkdir(parents=True)
        (other / TABLE).write_bytes((ours / TABLE).read_bytes())
        second = edit(bench, qtbot, other)
        assert second is not first
        assert second.shelf.folder == other.resolve()

    def test_unsaved_text_keeps_its_window_when_the_person_wants_so(
        self, bench, qtbot, ours, tmp_path, monkeypatch
    ):
        first = edit(bench, qtbot, ours, TABLE)
        first.editor.insertPlainText("# my words\n")
        monkeypatch.setattr(QMessageBox, "question", lambda *_: QMessageBox.StandardButton.Cancel)
        bench.edit(tmp_path)
        assert bench.editor is first
        assert first.shelf.unsaved() == (TABLE,)

    def test_the_folder_of_the_settings_is_taken_without_asking(self, bench, qtbot, window, ours):
        window.settings.instrument_folder = ours
        bench.choose_folder()
        assert bench.editor.shelf.folder == ours.resolve()

    def test_without_one_the_person_is_asked(self, bench, monkeypatch, ours):
        monkeypatch.setattr(QFileDialog, "getExistingDirectory", lambda *_: str(ours))
        bench.choose_folder()
        assert bench.editor.shelf.folder == ours.resolve()

    def test_no_answer_opens_nothing(self, bench, monkeypatch):
        monkeypatch.setattr(QFileDialog, "getExistingDirectory", lambda *_: "")
        bench.choose_folder()
        assert bench.editor is None


class TestTheCopy:
    def test_what_was_copied_is_opened_and_remembered(self, bench, window, tmp_path, monkeypatch):
        folder = tmp_path / "mine"

        def filled_in(dialog):
            dialog.choose("schemas/schemes/infant.toml")
            dialog.id.set_text("mine")
            dialog.folder.set_text(str(folder))
            dialog.accept()
            return dialog.result()

        monkeypatch.setattr(CopyDialog, "exec", filled_in)
        bench.make_copy()
        assert window.settings.instrument_folder == folder
        assert bench.editor.path == "schemas/schemes/mine.toml"
        assert (folder / "schemas" / "schemes" / "mine.toml").is_file()

    def test_a_copy_that_was_called_off_changes_nothing(self, bench, window, monkeypatch):
        monkeypatch.setattr(CopyDialog, "exec", lambda _dialog: False)
        bench.make_copy()
        assert window.settings.instrument_folder is None
        assert bench.editor is None


class TestTheComparison:
    def test_it_opens_without_a_coding(self, bench):
        bench.compare()
        assert bench.comparison.isVisible()

    def test_opening_it_again_makes_a_new_one(self, bench):
        bench.compare()
        first = bench.comparison
        bench.compare()
        assert bench.comparison is not first
        assert not first.isVisible()

    def test_a_copy_is_compared_with_what_it_was_copied_from(self, bench, qtbot, ours):
        editor = edit(bench, qtbot, ours, TABLE)
        editor.comparison_wanted.emit(TABLE)
        chosen = chosen_words(bench)
        assert "infant-default" in chosen[0]
        assert "ours-default" in chosen[1]

    def test_without_a_coding_there_is_nothing_of_it_to_compare(self, bench):
        bench.compare_open_coding()
        assert bench.comparison is None

    def test_the_open_coding_stands_against_what_the_program_brings(
        self, bench, window, qtbot, tmp_path
    ):
        path = tmp_path / "S7.sspc"
        scheme = infant_scheme()
        coding = Coding(session="S7", coder="c01", media=())
        create(path, coding=coding, scheme=scheme, who="c01").close()
        window.desk.open_path(path)
        qtbot.waitUntil(lambda: window.workspace is not None, timeout=10_000)
        bench.compare_open_coding()
        chosen = chosen_words(bench)
        assert all(scheme.id in words for words in chosen)
        assert chosen[0] != chosen[1]


def test_every_command_of_the_bench_stands_in_the_menu(bench):
    listed = {command.id for command in COMMANDS if command.menu is Menu.INSTRUMENTS}
    assert set(bench.commands()) <= listed
