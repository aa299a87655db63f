"""From the main window into a training and back; codings are coded in the main window."""

from __future__ import annotations

import pytest
from PySide6.QtCore import QSettings, Qt
from PySide6.QtWidgets import QApplication

from ssp_coder.domain.coding import Coding
from ssp_coder.storage.coding_file import create
from ssp_coder.training.packs import Stage
from ssp_coder.ui.main.settings import Settings
from ssp_coder.ui.main.window import MainWindow
from ssp_coder.ui.training.case_panel import CaseAct
from tests.builders import infant_scheme, rate
from tests.ui.training.pages.sittings import build_playing_pack
from tests.ui.training.training_room import NEARLY_RIGHT, PATIENCE_MS, WHO, work_through
from tests.unit.training.training_files import some_slot


@pytest.fixture(scope="session")
def small_pack(tmp_path_factory):
    """A pack of a few short films that play."""
    return build_playing_pack(tmp_path_factory.mktemp("door_pack"))


@pytest.fixture
def store(tmp_path):
    """Where the settings of these windows are kept."""
    return tmp_path / "door.ini"


@pytest.fixture
def open_window(theme, qtbot, store):
    """Opens the program as at a start; what is open at the end is let go."""
    windows = []

    def make() -> MainWindow:
        window = MainWindow(theme, Settings(QSettings(str(store), QSettings.Format.IniFormat)))
        qtbot.addWidget(window)
        window.show()
        windows.append(window)
        return window

    yield make
    for window in windows:
        window.desk.stop_work()
        window.desk.training.close()
        if window.workspace is not None and window.workspace.session.file is not None:
            window.workspace.session.file.abandon()
            window.workspace.session.file = None
        window.close()


@pytest.fixture
def main(open_window):
    return open_window()


@pytest.fixture
def door(main):
    return main.desk.training


@pytest.fixture
def training(door, small_pack, tmp_path, qtbot):
    """The training window of a trainee who took up the small pack."""
    return begun(door, small_pack, tmp_path / "work", qtbot)


def settle(door, qtbot):
    qtbot.waitUntil(lambda: not door.desk.busy and not door.desk.counting, timeout=PATIENCE_MS)


def begun(door, pack, folder, qtbot):
    door.open()
    setup = door.shown.setup
    setup.who.set_text(WHO)
    setup.folder.set_text(str(folder))
    setup.own.setChecked(True)
    setup.pack.set_text(str(pack.folder))
    setup.begin.click()
    settle(door, qtbot)
    return door.shown


def study(door, qtbot):
    """Look at what comes before practice."""
    for case in door.desk.pack.of_stage(Stage.LEARN):
        door.shown.do(CaseAct.STUDY, case)
        settle(door, qtbot)
    door.shown.show_row(Stage.PRACTICE)


def code_first(door, main, qtbot):
    """Begin the first practice case; it opens in the main window."""
    study(door, qtbot)
    case = door.desk.pack.of_stage(Stage.PRACTICE)[0]
    door.shown.do(CaseAct.CODE, case)
    qtbot.waitUntil(lambda: main.workspace is not None, timeout=PATIENCE_MS)
    return case


class TestOneWindow:
    def test_nothing_of_it_is_there_until_it_is_asked_for(self, door):
        assert door.shown is None
        assert door.desk is None

    def test_the_first_page_leads_to_it(self, main, door):
        main.start.training.click()
        assert door.shown.isVisible()
        assert door.shown.setup.isVisible()

    def test_the_key_of_the_entry_leads_to_it_too(self, main, door, qtbot):
        main.start.training.setFocus()
        qtbot.keyClick(main.start.training, Qt.Key.Key_Space)
        assert door.shown is not None

    def test_the_entry_has_a_name(self, main):
        assert "Training" in main.start.training.accessibleName()

    def test_its_command_is_in_the_menu(self, main, door):
        door.commands()["training"]()
        assert door.shown.isVisible()

    def test_asking_twice_brings_the_same_window(self, door):
        door.open()
        first = door.shown
        door.open()
        assert door.shown is first

    def test_a_hidden_one_is_shown_again(self, door):
        door.open()
        door.shown.hide()
        door.open()
        assert door.shown.isVisible()

    def test_closed_it_is_forgotten_and_can_be_opened_anew(self, door):
        door.open()
        first = door.shown
        first.close()
        assert (door.shown, door.desk) == (None, None)
        door.open()
        assert door.shown is not first

    def test_closing_what_is_not_open_is_harmless(self, door):
        door.close()
        assert door.shown is None

    def test_the_main_window_takes_it_along(self, main, door, training):
        main.close()
        assert door.shown is None

    def test_it_does_not_lie_over_the_main_window(self, door, training):
        assert training.parent() is None
        assert training.isWindow()


class TestRemembering:
    def test_the_pseudonym_is_put_in(self, main, door):
        main.settings.who = "c99"
        door.open()
        assert door.shown.setup.who.text() == "c99"

    def test_the_next_start_goes_on_with_it(self, door, training, open_window, qtbot):
        training.close()
        again = open_window().desk.training
        again.open()
        settle(again, qtbot)
        assert again.desk.logbook.who == WHO
        assert again.shown.rail.current() == Stage.LEARN

    def test_a_training_that_was_moved_away_asks_anew(self, door, training, open_window, tmp_path):
        training.close()
        (tmp_path / "work").rename(tmp_path / "elsewhere")
        again = open_window().desk.training
        again.open()
        assert again.shown.setup.isVisible()
        assert again.desk.logbook is None

    def test_a_pack_that_was_damaged_asks_anew_and_says_why(
        self, door, tmp_path, open_window, qtbot, main
    ):
        pack = build_playing_pack_in(tmp_path / "damaged")
        begun(door, pack, tmp_path / "work", qtbot).close()
        for file in pack.folder.glob("*.toml"):
            file.write_text("broken [", encoding="utf-8")
        for file in pack.folder.glob("*.json"):
            file.write_text("broken [", encoding="utf-8")
        again = open_window().desk.training
        again.open()
        assert again.shown.setup.isVisible()
        assert again.shown.setup._trouble.text()

    def test_a_second_program_is_told_that_the_logbook_is_in_use(self, training, open_window):
        other = open_window().desk.training
        other.open()
        assert other.shown.setup.isVisible()
        assert f"{WHO}.ssptrain" in other.shown.setup._trouble.text()


class TestCodingInTheMainWindow:
    def test_a_case_opens_with_the_trainees_name_on_it(self, main, door, training, qtbot):
        code_first(door, main, qtbot)
        assert main.settings.who == WHO
        assert main.workspace.session.file.path.parent == door.desk.logbook.folder

    def test_its_video_is_found_in_the_pack(self, main, door, training, qtbot):
        case = code_first(door, main, qtbot)
        (video,) = door.desk.pack.media_paths(case)
        assert main.settings.video_of(case.media[0].fingerprint) == str(video.resolve())

    def test_the_videos_of_every_case_are_known(self, main, door, training, qtbot):
        code_first(door, main, qtbot)
        for case in door.desk.pack.cases:
            for media, video in zip(case.media, door.desk.pack.media_paths(case), strict=True):
                assert main.settings.video_of(media.fingerprint) == str(video.resolve())

    def test_submitting_closes_it_there_first(self, main, door, training, qtbot):
        case = code_first(door, main, qtbot)
        main.workspace.session.document.submit(rate(some_slot(), 3))
        door.shown.do(CaseAct.SUBMIT, case)
        settle(door, qtbot)
        assert main.workspace is None
        assert door.shown.cases.submitting.isVisible()

    def test_another_coding_is_left_open(self, main, door, training, qtbot, tmp_path):
        case = code_first(door, main, qtbot)
        main.close_coding()
        other = tmp_path / "own.sspc"
        create(
            other, coding=Coding(session="S1", coder=WHO), scheme=infant_scheme(), who=WHO
        ).close()
        main.desk.open_path(other)
        qtbot.waitUntil(lambda: main.workspace is not None, timeout=PATIENCE_MS)
        door.shown.do(CaseAct.SUBMIT, case)
        settle(door, qtbot)
        assert main.workspace.session.file.path == other.resolve()
        assert door.shown.cases.submitting.isVisible()

    def test_closing_the_training_leaves_the_coding_open(self, main, door, training, qtbot):
        code_first(door, main, qtbot)
        path = main.workspace.session.file.path
        training.close()
        assert main.workspace.session.file.path == path

    def test_a_path_that_comes_after_the_end_opens_nothing(self, main, door, tmp_path):
        door.open_coding(tmp_path / "late.sspc")
        assert main.workspace is None


class TestTheHandbook:
    def test_help_opens_the_handbook(self, main, door, training, qtbot):
        training.activateWindow()
        QApplication.processEvents()
        qtbot.keyClick(training, Qt.Key.Key_F1)
        assert main.desk.handbook.shown is not None


class TestWorkOfBefore:
    def test_somebody_half_way_is_shown_the_stage_that_is_next(
        self, door, small_pack, tmp_path, qtbot
    ):
        folder = tmp_path / "work"
        work_through(small_pack, folder, NEARLY_RIGHT, cases=0)
        window = begun(door, small_pack, folder, qtbot)
        assert window.rail.current() == Stage.PRACTICE


def build_playing_pack_in(folder):
    folder.mkdir()
    return build_playing_pack(folder)
