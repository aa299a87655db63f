"""Instruments in another language and with a lab's wording: on the screen, and nowhere else."""

from __future__ import annotations

import pytest
from PySide6.QtCore import QSettings
from PySide6.QtWidgets import QFileDialog, QLabel, QMessageBox

from ssp_coder.domain.scale import ScaleId
from ssp_coder.editing.completeness import Step
from ssp_coder.formats.exportable import Exportable
from ssp_coder.ui.export.plan import planned_files
from ssp_coder.ui.main.settings import LANGUAGES, Settings
from ssp_coder.ui.main.workspace import PAGES
from tests.builders import add, after, infant_scheme, with_episodes

WORDING = """\
kind = "wording"
id = "manual"
version = "1.0.0"
title = "Our manual"
origin = "lab"
source = "Manual of our training, licensed to this lab"

[[anchors]]
scale = "pcs"
point = {point}
text = {{ en = "LICENSED words.", de = "LIZENZIERTE Worte." }}
"""


@pytest.fixture
def lab_folder(tmp_path):
    folder = tmp_path / "lab"
    (folder / "schemas/wordings").mkdir(parents=True)
    (folder / "schemas/schemes").mkdir()
    write_wording(folder)
    return folder


def write_wording(folder, point=7):
    path = folder / "schemas/wordings/manual.toml"
    path.write_text(WORDING.format(point=point), encoding="utf-8")


def scale_of(window, name="pcs"):
    return window.workspace.session.scheme.scale(ScaleId(name))


def labels(widget):
    return {label.text() for label in widget.findChildren(QLabel)}


class TestLanguage:
    def test_english_is_spoken_until_something_else_is_chosen(self, desk_window, coding_file):
        desk_window.desk.open_path(coding_file())
        assert str(scale_of(desk_window).title) == "Proximity and contact seeking"

    def test_a_coding_is_opened_in_the_chosen_language(self, desk_window, coding_file):
        desk_window.actions_by_id["language_de"].trigger()
        desk_window.desk.open_path(coding_file())
        assert str(scale_of(desk_window).title) == "Nähe- und Kontaktsuche"

    def test_the_open_coding_changes_its_words_and_keeps_its_page(self, desk_window, coding_file):
        desk_window.desk.open_path(coding_file())
        desk_window.show_page(Step.RATE)
        desk_window.actions_by_id["language_de"].trigger()
        assert desk_window.workspace.current == Step.RATE
        assert "Kontakterhalten" in labels(desk_window.workspace)
        assert "Contact maintaining" not in labels(desk_window.workspace)

    @pytest.mark.parametrize("page", PAGES)
    def test_every_page_can_be_shown_in_german(self, desk_window, coding_file, page):
        coded = after(with_episodes(), add("distress.cry", 600, end=610))
        desk_window.settings.instrument_language = "de"
        desk_window.desk.open_path(coding_file(start=coded))
        desk_window.show_page(page)
        assert desk_window.workspace.current == page

    def test_what_was_coded_and_undone_is_still_there(self, desk_window, coding_file):
        desk_window.desk.open_path(coding_file())
        desk_window.workspace.session.submit(add("distress.cry", 5))
        desk_window.actions_by_id["language_de"].trigger()
        assert len(desk_window.workspace.session.coding.events) == 1
        desk_window.actions_by_id["undo"].trigger()
        assert not desk_window.workspace.session.coding.events

    def test_the_same_language_again_changes_nothing(self, desk_window, coding_file):
        desk_window.desk.open_path(coding_file())
        before = desk_window.workspace
        desk_window.actions_by_id["language_en"].trigger()
        assert desk_window.workspace is before

    def test_the_menu_marks_the_chosen_language(self, desk_window):
        def marked():
            actions = {language: f"language_{language}" for language in LANGUAGES}
            return [k for k, name in actions.items() if desk_window.actions_by_id[name].isChecked()]

        assert marked() == ["en"]
        desk_window.actions_by_id["language_de"].trigger()
        assert marked() == ["de"]
        desk_window.actions_by_id["language_de"].trigger()
        assert marked() == ["de"]

    def test_without_a_coding_it_is_only_remembered(self, desk_window):
        desk_window.actions_by_id["language_de"].trigger()
        assert desk_window.workspace is None
        assert desk_window.settings.instrument_language == "de"


class TestWhatLeavesTheProgram:
    def test_the_kept_scheme_is_the_one_of_the_file(self, desk_window, coding_file, lab_folder):
        desk_window.settings.instrument_language = "de"
        desk_window.settings.instrument_folder = lab_folder
        desk_window.desk.open_path(coding_file())
        session = desk_window.workspace.session
        assert session.kept_scheme == infant_scheme()
        assert session.scheme != session.kept_scheme
        assert session.scheme.files == session.kept_scheme.files

    def test_planned_files_are_the_same_in_every_language(
        self, desk_window, coding_file, lab_folder
    ):
        desk_window.settings.instrument_folder = lab_folder
        desk_window.desk.open_path(coding_file(start=with_episodes()))
        planned = []
        for language in LANGUAGES:
            desk_window.desk.speech.speak(language)
            session = desk_window.workspace.session
            planned.append(planned_files(session.coding, session.kept_scheme))
        assert planned[0] == planned[1]

    def test_the_export_page_takes_the_kept_scheme(
        self, desk_window, coding_file, lab_folder, monkeypatch
    ):
        from ssp_coder.ui.export import page

        taken = []

        def note(**fields):
            taken.append(fields["scheme"])
            return Exportable(**fields)

        monkeypatch.setattr(page, "Exportable", note)
        desk_window.settings.instrument_folder = lab_folder
        desk_window.settings.instrument_language = "de"
        desk_window.desk.open_path(coding_file(start=with_episodes()))
        desk_window.show_page(Step.EXPORT)
        assert taken
        assert all(scheme is desk_window.workspace.session.kept_scheme for scheme in taken)


class TestFolder:
    def test_a_labs_wording_is_shown_beside_the_scale(self, desk_window, coding_file, lab_folder):
        desk_window.desk.open_path(coding_file())
        desk_window.desk.speech.use_folder(lab_folder)
        assert str(scale_of(desk_window).anchor_for(7).text) == "LICENSED words."
        desk_window.actions_by_id["language_de"].trigger()
        assert str(scale_of(desk_window).anchor_for(7).text) == "LIZENZIERTE Worte."

    def test_without_the_folder_it_is_gone(self, desk_window, coding_file, lab_folder):
        desk_window.settings.instrument_folder = lab_folder
        desk_window.desk.open_path(coding_file())
        desk_window.desk.speech.use_folder(None)
        assert "LICENSED" not in str(scale_of(desk_window).anchor_for(7).text)
        assert desk_window.settings.instrument_folders == ()

    def test_a_mistake_in_it_is_told_and_the_coding_opens(
        self, desk_window, coding_file, lab_folder, warned
    ):
        write_wording(lab_folder, point=8)
        desk_window.desk.open_path(coding_file())
        desk_window.desk.speech.use_folder(lab_folder)
        assert "has no point 8" in warned[0][1]
        assert "manual.toml:10" in warned[0][1]
        assert desk_window.workspace is not None
        assert "has no point 8" in desk_window.statusBar().currentMessage()

    def test_many_mistakes_are_told_in_part(self, desk_window, lab_folder, warned):
        for number in range(9):
            (lab_folder / f"schemas/schemes/bad{number}.toml").write_text("kind =")
        desk_window.desk.speech.use_folder(lab_folder)
        assert f"3 more: ssp-coder check {lab_folder}" in warned[0][1]

    def test_a_folder_that_is_gone_is_left_out(self, desk_window, coding_file, tmp_path):
        desk_window.settings.instrument_folder = tmp_path / "gone"
        desk_window.desk.open_path(coding_file())
        assert desk_window.workspace is not None

    def test_new_sessions_may_be_coded_with_the_labs_schemes(
        self, desk_window, lab_folder, monkeypatch
    ):
        from ssp_coder.ui.dialogs import new_session

        own = next(file for file in infant_scheme().files if "schemes/" in file.path)
        text = own.content.decode().replace('id = "infant"', 'id = "ours"', 1)
        (lab_folder / "schemas/schemes/ours.toml").write_text(text, encoding="utf-8")
        offered = []

        class Dialog:
            def __init__(self, _theme, schemes, _parent):
                offered.extend(schemes)

            def set_coder(self, _coder):
                pass

            def exec(self):
                return 0

            def deleteLater(self):  # noqa: N802 - Qt's name
                pass

        monkeypatch.setattr(new_session, "NewSessionDialog", Dialog)
        desk_window.settings.instrument_folder = lab_folder
        desk_window.settings.instrument_language = "de"
        desk_window.actions_by_id["new"].trigger()
        assert offered[0].id == "ours"
        assert "Standardverfahren" in {str(s.title).split()[0] for s in offered}


class TestAsking:
    @pytest.fixture
    def answer(self, monkeypatch):
        """Presses the button with these words in the next box, and notes what the box said."""
        said = []

        def press(words):
            def run(box):
                said.append(box.text())
                button = next(b for b in box.buttons() if words in b.text().replace("&", ""))
                monkeypatch.setattr(QMessageBox, "clickedButton", lambda _box: button)
                return 0

            monkeypatch.setattr(QMessageBox, "exec", run)
            return said

        return press

    def test_a_folder_is_chosen(self, desk_window, answer, monkeypatch, lab_folder):
        said = answer("Choose a folder")
        monkeypatch.setattr(QFileDialog, "getExistingDirectory", lambda *_: str(lab_folder))
        desk_window.actions_by_id["instrument_folder"].trigger()
        assert said == ["Only the bundled instruments are used."]
        assert desk_window.settings.instrument_folder == lab_folder.resolve()

    def test_the_choice_can_be_cancelled(self, desk_window, answer, monkeypatch):
        answer("Choose a folder")
        monkeypatch.setattr(QFileDialog, "getExistingDirectory", lambda *_: "")
        desk_window.actions_by_id["instrument_folder"].trigger()
        assert desk_window.settings.instrument_folder is None

    def test_the_folder_can_be_left(self, desk_window, answer, lab_folder):
        desk_window.settings.instrument_folder = lab_folder
        said = answer("bundled only")
        desk_window.actions_by_id["instrument_folder"].trigger()
        assert str(lab_folder) in said[0]
        assert desk_window.settings.instrument_folder is None

    def test_cancel_leaves_everything(self, desk_window, answer, lab_folder):
        desk_window.settings.instrument_folder = lab_folder
        answer("Cancel")
        desk_window.actions_by_id["instrument_folder"].trigger()
        assert desk_window.settings.instrument_folder == lab_folder.resolve()


class TestRemembering:
    @pytest.fixture
    def held(self, tmp_path):
        return Settings(QSettings(str(tmp_path / "speech.ini"), QSettings.Format.IniFormat))

    def test_before_anything_was_chosen(self, held):
        assert held.instrument_language == "en"
        assert held.instrument_folder is None
        assert held.instrument_folders == ()

    @pytest.mark.parametrize("language", LANGUAGES)
    def test_the_language_comes_back(self, held, language):
        held.instrument_language = language
        assert held.instrument_language == language

    def test_a_language_that_nobody_speaks_becomes_english(self, held):
        held.instrument_language = "xx"
        assert held.instrument_language == "en"

    def test_the_folder_comes_back(self, held, tmp_path):
        held.instrument_folder = tmp_path
        assert held.instrument_folders == (tmp_path.resolve(),)
