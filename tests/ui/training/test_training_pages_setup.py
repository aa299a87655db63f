"""The first page as a person fills it in: typed paths, keys, and what is stopped half-way."""

from __future__ import annotations

import threading
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QLabel, QProgressBar

from ssp_coder.domain.naming import LONGEST_ID
from ssp_coder.media.errors import Abandoned
from ssp_coder.ui.language.spoken import SPOKEN
from ssp_coder.ui.training.setup_page import FOLDER_NAME, PACK_NAME, SetUpPage, usual_folder

MAKER = "ssp_coder.demonstration.pack.prepare_pack"


@pytest.fixture
def page(theme, qtbot, tmp_path):
    page = SetUpPage(theme)
    qtbot.addWidget(page)
    page.who.set_text("t07")
    page.folder.set_text(str(tmp_path / "mine"))
    page.resize(900, 700)
    page.show()
    yield page
    page.close_work()


@pytest.fixture
def chosen(page):
    told = []
    page.chosen.connect(lambda *what: told.append(what))
    return told


@pytest.fixture
def maker(monkeypatch):
    """Makes packs for ever until it is stopped; says which folders it was asked for."""
    asked = []

    def make(folder, told, cancelled):
        asked.append(folder)
        told(0.37)
        never = threading.Event()
        while not cancelled():
            never.wait(0.01)
        raise Abandoned

    monkeypatch.setattr(MAKER, make)
    return asked


def labels(page):
    return [label.text() for label in page.findChildren(QLabel) if label.isVisible()]


class TestTypedFolders:
    def test_a_home_may_be_written_with_a_tilde(self, page, chosen, tmp_path, monkeypatch):
        monkeypatch.setattr(Path, "expanduser", lambda path: tmp_path / str(path)[2:])
        page.own.setChecked(True)
        page.folder.set_text("~/mine")
        page.pack.set_text("~/pack")
        page.begin.click()
        assert chosen == [("t07", tmp_path / "mine" / "t07.ssptrain", tmp_path / "pack")]

    def test_a_home_of_nobody_is_told_and_makes_no_folder(self, page, chosen):
        page.own.setChecked(True)
        page.pack.set_text("/somewhere")
        page.folder.set_text("~nobody-has-this-name/mine")
        page.begin.click()
        assert (page.folder.error() != "", chosen) == (True, [])

    @pytest.mark.parametrize("typed", ["mine", "./mine", "../mine"])
    def test_a_folder_that_depends_on_where_the_program_runs_is_refused(
        self, page, chosen, maker, typed
    ):
        page.folder.set_text(typed)
        page.begin.click()
        assert page.folder.error() != ""
        assert page.folder.text() == typed
        assert (chosen, maker) == ([], [])

    def test_blanks_around_what_was_typed_do_not_count(self, page, chosen, tmp_path):
        page.own.setChecked(True)
        page.who.set_text("  t07 ")
        page.folder.set_text(f" {tmp_path} ")
        page.pack.set_text(f"  {tmp_path / 'pack'}  ")
        page.begin.click()
        assert chosen == [("t07", tmp_path / "t07.ssptrain", tmp_path / "pack")]

    def test_the_usual_folder_lies_in_the_home(self):
        assert usual_folder() == Path.home() / FOLDER_NAME

    @pytest.mark.parametrize("which", ["folder", "pack"])
    def test_a_chosen_folder_is_put_in_and_a_cancelled_choice_changes_nothing(
        self, page, monkeypatch, which
    ):
        answers = iter(("/chosen/here", ""))
        monkeypatch.setattr(
            "ssp_coder.ui.training.setup_page.QFileDialog.getExistingDirectory",
            lambda *_asked: next(answers),
        )
        field = getattr(page, which)
        button = {"folder": page.browse, "pack": page.browse_pack}[which]
        button.click()
        assert field.text() == "/chosen/here"
        button.click()
        assert field.text() == "/chosen/here"


class TestThePseudonym:
    @pytest.mark.parametrize(
        "who", ["t07", "T.07_b-2", "7", "a" * LONGEST_ID], ids=["usual", "signs", "digit", "long"]
    )
    def test_what_can_be_a_file_name_is_taken(self, page, chosen, who):
        page.own.setChecked(True)
        page.pack.set_text("/pack")
        page.who.set_text(who)
        page.begin.click()
        assert [what[1].name for what in chosen] == [f"{who}.ssptrain"]

    @pytest.mark.parametrize(
        "who",
        ["../t07", "a/b", "a" * (LONGEST_ID + 1), ".t07", "t07;", "\N{SNOWMAN}"],
    )
    def test_what_would_leave_the_folder_or_break_a_table_is_refused(self, page, chosen, who):
        page.who.set_text(who)
        page.begin.click()
        assert str(LONGEST_ID) in page.who.error()
        assert chosen == []

    def test_the_keyboard_is_put_on_what_is_to_be_mended(self, page, qtbot):
        page.activateWindow()
        page.who.set_text("")
        page.begin.click()
        qtbot.waitUntil(page.who.edit.hasFocus)

    @pytest.mark.parametrize("who", ["Anna", "2019-05-17"])
    def test_what_it_should_hide_is_doubted_while_it_is_typed_and_may_be_used(
        self, page, chosen, who
    ):
        page.own.setChecked(True)
        page.pack.set_text("/pack")
        page.who.edit.clear()
        QTest.keyClicks(page.who.edit, who)
        assert page.who.note() != ""
        page.begin.click()
        assert len(chosen) == 1

    def test_a_pseudonym_is_not_doubted(self, page):
        QTest.keyClicks(page.who.edit, "x")
        assert page.who.note() == ""

    def test_only_the_first_fault_is_told(self, page):
        page.who.set_text("")
        page.folder.set_text("")
        page.begin.click()
        assert (page.who.error() != "", page.folder.error()) == (True, "")


class TestMakingTheDemonstrationPack:
    def test_progress_is_told_in_words_and_to_a_screen_reader(self, page, maker, qtbot):
        page.begin.click()
        qtbot.waitUntil(lambda: any("37 %" in words for words in labels(page)))
        assert page.findChild(QProgressBar).accessibleName() != ""

    def test_while_it_is_made_no_answer_can_be_changed(self, page, maker):
        page.begin.click()
        answers = (page.who, page.folder, page.browse, page.demonstration, page.own)
        assert [answer for answer in answers if answer.isEnabled()] == []
        page.stop.click()
        assert [answer for answer in answers if not answer.isEnabled()] == []

    def test_a_second_press_makes_no_second_pack(self, page, maker, qtbot):
        page.begin.click()
        page.begin.click()
        qtbot.waitUntil(lambda: bool(maker))
        page.stop.click()
        assert len(maker) == 1

    def test_after_a_stop_it_can_be_begun_again(self, page, maker, qtbot, chosen, monkeypatch):
        page.begin.click()
        page.stop.click()
        monkeypatch.setattr(MAKER, lambda folder, _told, _cancelled: folder)
        page.begin.click()
        qtbot.waitUntil(lambda: bool(chosen))
        assert chosen[0][2].name == PACK_NAME

    def test_closing_in_the_middle_stops_it_and_tells_nothing(self, page, maker, chosen, qtbot):
        page.begin.click()
        qtbot.waitUntil(lambda: bool(maker))
        page.close_work()
        page.close()
        assert chosen == []

    def test_stopping_what_does_not_run_is_harmless(self, page):
        page.close_work()
        page.close_work()
        assert page.begin.isEnabled()

    def test_an_earlier_trouble_goes_with_the_next_try(self, page, chosen):
        page.show_trouble("the disk is full")
        page.own.setChecked(True)
        page.pack.set_text("/pack")
        page.begin.click()
        assert "the disk is full" not in labels(page)
        assert len(chosen) == 1


class TestKeysAndWords:
    def test_space_takes_the_other_pack(self, page, qtbot):
        page.activateWindow()
        page.own.setFocus()
        QTest.keyClick(page.own, Qt.Key.Key_Space)
        assert (page.own.isChecked(), page.demonstration.isChecked()) == (True, False)
        assert page.pack.isVisible()

    @pytest.mark.parametrize("key", [Qt.Key.Key_Return, Qt.Key.Key_Space])
    def test_the_training_is_begun_by_key(self, page, chosen, key):
        page.own.setChecked(True)
        page.pack.set_text("/pack")
        QTest.keyClick(page.begin, key)
        assert len(chosen) == 1

    def test_every_control_has_a_name_of_its_own(self, page):
        controls = (
            *(page.who.edit, page.folder.edit, page.pack.edit, page.browse, page.browse_pack),
            *(page.demonstration, page.own, page.begin, page.stop),
        )
        names = [control.accessibleName() or control.text() for control in controls]
        assert "" not in names
        assert len(set(names)) == len(names)

    def test_everything_fits_where_the_window_is_smallest(self, page, qtbot):
        page.own.setChecked(True)
        page.resize(900, 560)
        for button in (page.begin, page.browse, page.browse_pack):
            qtbot.waitUntil(lambda one=button: one.width() >= one.sizeHint().width())
            assert button.mapTo(page, button.rect().bottomRight()).y() < page.height()

    def test_german_errors_are_german(self, theme, qtbot):
        SPOKEN.speak("de")
        try:
            page = SetUpPage(theme)
            qtbot.addWidget(page)
            page.who.set_text("t07")
            page.folder.set_text("")
            page.begin.click()
            assert page.folder.error() == "Wählen Sie einen Ordner"
            page.folder.set_text("mine")
            page.begin.click()
            assert "Pfad" in page.folder.error()
        finally:
            SPOKEN.speak("en")
