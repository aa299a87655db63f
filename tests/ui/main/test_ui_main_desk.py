"""Files on the desk: opening, closing, copies, and the work in the background."""

import pytest
from PySide6.QtCore import QCoreApplication, QEvent
from PySide6.QtWidgets import QDialog, QFileDialog, QMessageBox

from ssp_coder.domain.coding import Coding, CodingRole
from ssp_coder.domain.finding import DomainError, Finding
from ssp_coder.editing import edits
from ssp_coder.editing.completeness import Step
from ssp_coder.storage.coding_file import create, open_for_writing, open_read_only
from ssp_coder.ui.code.board import CodeBoard
from ssp_coder.ui.handbook.window import HandbookWindow
from ssp_coder.ui.main import desk as desk_module
from ssp_coder.ui.session import OpenSession
from tests.builders import add, infant_scheme, video


def failing(sentence):
    def fail(*_arguments, **_names):
        raise DomainError(Finding(code="test.fault", message=sentence, place="", remedy=""))

    return fail


@pytest.fixture
def choose_button(monkeypatch):
    """Presses the button of a message box whose words begin so."""
    shown = []

    def choose(beginning):
        def run(box):
            shown.append(box.text())
            button = next(b for b in box.buttons() if b.text().startswith(beginning))
            button.click()
            return 0

        monkeypatch.setattr(QMessageBox, "exec", run)
        return shown

    return choose


class TestOpening:
    def test_a_cancelled_choice_opens_nothing(self, desk_window, chooser):
        desk_window.actions_by_id["open"].trigger()
        assert desk_window.workspace is None
        assert desk_window.start.isVisible()

    def test_the_chosen_file_is_opened_and_comes_first_among_the_recent(
        self, desk_window, chooser, coding_file
    ):
        first, second = coding_file("S100"), coding_file("S200")
        for path in (first, second):
            chooser(path)
            desk_window.actions_by_id["open"].trigger()
        assert desk_window.workspace.session.coding.session == "S200"
        assert desk_window.settings.recent == (second.resolve(), first.resolve())

    def test_opening_another_lets_the_first_go(self, desk_window, coding_file):
        first, second = coding_file("S100"), coding_file("S200")
        desk_window.desk.open_path(first)
        desk_window.desk.open_path(second)
        with open_for_writing(first, "c02") as again:
            assert not again.is_read_only

    def test_the_coder_of_the_file_is_remembered(self, desk_window, coding_file):
        desk_window.desk.open_path(coding_file())
        assert desk_window.settings.who == "c01"

    def test_a_file_that_can_only_be_read_does_not_change_who_codes(self, desk_window, coding_file):
        path = coding_file()
        desk_window.settings.who = "c07"
        with open_for_writing(path, "c02"):
            desk_window.desk.open_path(path)
            assert desk_window.workspace.session.read_only
        assert desk_window.settings.who == "c07"

    def test_a_file_that_is_not_there_is_refused_and_the_open_one_stays(
        self, desk_window, coding_file, warned, tmp_path
    ):
        desk_window.desk.open_path(coding_file())
        desk_window.desk.open_path(tmp_path / "gone.sspc")
        ((title, sentence),) = warned
        assert title == "This coding cannot be opened"
        assert "gone.sspc" in sentence
        assert desk_window.workspace.session.coding.session == "S100"

    def test_without_a_video_the_picture_says_so(self, desk_window, coding_file):
        desk_window.desk.open_path(coding_file())
        assert "No video is attached" in desk_window.workspace.stage.view._words

    def test_a_sitting_that_ended_without_closing_is_told(self, desk_window, coding_file):
        path = coding_file()
        file = open_for_writing(path, "c01")
        finding = Finding(
            code="storage.recovered", message="a sitting ended early", place="", remedy="look"
        )
        file.findings = (finding,)
        desk_window.desk.show_file(file)
        assert "a sitting ended early" in desk_window.statusBar().currentMessage()

    def test_a_recent_file_is_opened_from_the_start_page(self, desk_window, coding_file):
        path = coding_file()
        desk_window.settings.note_opened(path)
        desk_window.show_start()
        desk_window.start._recent[0].click()
        assert desk_window.workspace.session.coding.session == "S100"


class TestClosing:
    def test_close_shows_the_start_page_with_the_file_listed(self, desk_window, coding_file):
        path = coding_file()
        desk_window.desk.open_path(path)
        desk_window.actions_by_id["close"].trigger()
        assert desk_window.workspace is None
        assert desk_window.start.isVisible()
        assert [button.text() for button in desk_window.start._recent] == [path.name]

    def test_codings_opened_one_after_another_leave_nothing_behind(self, desk_window, coding_file):
        paths = [coding_file("S1"), coding_file("S2")]
        for place in range(8):
            desk_window.desk.open_path(paths[place % 2])
        desk_window.close_coding()
        QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)
        assert desk_window.findChildren(OpenSession) == []
        assert desk_window.findChildren(CodeBoard) == []

    def test_closing_twice_is_harmless(self, desk_window, coding_file):
        desk_window.desk.open_path(coding_file())
        assert desk_window.close_coding()
        assert desk_window.close_coding()

    def test_quit_closes_the_window_and_lets_the_file_go(self, desk_window, coding_file):
        path = coding_file()
        desk_window.desk.open_path(path)
        desk_window.actions_by_id["quit"].trigger()
        assert not desk_window.isVisible()
        with open_for_writing(path, "c02"):
            pass

    def test_every_edit_is_in_the_file_after_closing(self, desk_window, coding_file):
        path = coding_file(start=Coding(session="S100", coder="c01", media=(video(),)))
        desk_window.desk.open_path(path)
        desk_window.workspace.session.submit(add("seeking.reach", 1))
        desk_window.close_coding()
        with open_read_only(path) as there:
            assert len(there.coding.events) == 1


class TestEditsThatCannotBeStored:
    @pytest.fixture
    def stuck(self, desk_window, coding_file, monkeypatch):
        """An open coding whose file cannot be closed, as on a full disk."""
        path = coding_file(start=Coding(session="S100", coder="c01", media=(video(),)))
        desk_window.desk.open_path(path)
        desk_window.workspace.session.submit(add("seeking.reach", 1))
        file = desk_window.workspace.session.file
        file.flush()
        monkeypatch.setattr(file, "flush", lambda *_: file._pen is None)
        return desk_window

    def test_the_person_is_told_and_can_go_on(self, stuck, choose_button):
        shown = choose_button("Go on")
        assert not stuck.close_coding()
        assert "changes are not on the disk yet" in shown[0]
        assert stuck.workspace is not None

    def test_who_goes_on_coding_still_sees_what_they_code(self, stuck, choose_button):
        choose_button("Go on")
        stuck.close_coding()
        heard = []
        stuck.workspace.session.changed.connect(heard.append)
        assert stuck.workspace.session.submit(add("seeking.reach", 2))
        assert len(heard) == 1
        assert stuck._status[2].text() == "2 events"

    def test_who_goes_on_keeps_the_picture(self, stuck, choose_button, monkeypatch):
        closed = []
        monkeypatch.setattr(stuck.workspace.player, "close", lambda: closed.append(True))
        choose_button("Go on")
        stuck.close_coding()
        assert closed == []

    def test_the_window_stays_when_the_person_goes_on(self, stuck, choose_button):
        choose_button("Go on")
        assert not stuck.close()
        assert stuck.isVisible()

    def test_a_copy_elsewhere_lets_the_file_go(self, stuck, choose_button, chooser, tmp_path):
        target = tmp_path / "rescued.sspc"
        chooser(target)
        choose_button("Save a copy")
        assert stuck.close_coding()
        assert stuck.workspace is None
        with open_read_only(target) as there:
            assert len(there.coding.events) == 1
        with open_for_writing(tmp_path / "S100.sspc", "c02"):
            pass

    def test_a_copy_that_is_cancelled_keeps_the_coding_open(self, stuck, choose_button, chooser):
        choose_button("Save a copy")
        assert not stuck.close_coding()
        assert stuck.workspace is not None

    def test_a_copy_that_fails_as_well_keeps_the_coding_open(
        self, stuck, choose_button, chooser, tmp_path, warned, monkeypatch
    ):
        chooser(tmp_path / "rescued.sspc")
        choose_button("Save a copy")
        monkeypatch.setattr(
            stuck.workspace.session.file, "save_elsewhere", failing("no room there either")
        )
        assert not stuck.close_coding()
        assert stuck.workspace is not None
        assert warned[0][0] == "The copy was not written"
        assert "no room there either" in warned[0][1]

    def test_opening_another_coding_is_given_up(self, stuck, choose_button, tmp_path):
        other = tmp_path / "other.sspc"
        start = Coding(session="S300", coder="c01", media=())
        create(other, coding=start, scheme=infant_scheme(), who="c01").close()
        choose_button("Go on")
        stuck.desk.open_path(other)
        assert stuck.workspace.session.coding.session == "S100"
        with open_for_writing(other, "c02"):
            pass


class TestCopies:
    def test_a_copy_is_confirmed_by_its_name(self, desk_window, coding_file, chooser, tmp_path):
        desk_window.desk.open_path(coding_file())
        chooser(tmp_path / "mine.sspc")
        desk_window.actions_by_id["copy"].trigger()
        assert desk_window.statusBar().currentMessage() == "Copy written: mine.sspc"

    def test_a_copy_over_a_file_that_is_there_is_refused(
        self, desk_window, coding_file, chooser, warned, tmp_path
    ):
        desk_window.desk.open_path(coding_file())
        target = tmp_path / "mine.sspc"
        target.write_text("other work")
        chooser(target)
        desk_window.actions_by_id["copy"].trigger()
        assert "mine.sspc" in warned[0][1]
        assert target.read_text() == "other work"

    def test_a_cancelled_copy_writes_and_says_nothing(
        self, desk_window, coding_file, chooser, warned
    ):
        desk_window.desk.open_path(coding_file())
        desk_window.actions_by_id["copy"].trigger()
        assert warned == []
        assert desk_window.statusBar().currentMessage() == ""

    def test_without_a_coding_nothing_is_asked(self, desk_window, monkeypatch):
        def ask(*_arguments):
            pytest.fail("a file was asked for")

        monkeypatch.setattr(QFileDialog, "getSaveFileName", ask)
        monkeypatch.setattr(QFileDialog, "getOpenFileName", ask)
        does = desk_window.desk.commands()
        for command in ("copy", "locate", "import", "still", "undo", "toggle", "act"):
            does[command]()
        assert desk_window.workspace is None


class TestReadOnly:
    @pytest.fixture
    def locked_out(self, desk_window, coding_file):
        """A coding with one edit that somebody else has open."""
        path = coding_file(start=Coding(session="S100", coder="c01", media=(video(),)))
        with open_for_writing(path, "c01") as file:
            file.document().submit(add("seeking.reach", 1))
        with open_for_writing(path, "c02"):
            desk_window.desk.open_path(path)
            yield desk_window
            desk_window.close_coding()

    @pytest.mark.parametrize("command", ["undo", "redo"])
    def test_undo_and_redo_change_nothing(self, locked_out, command):
        locked_out.actions_by_id[command].trigger()
        assert len(locked_out.workspace.session.coding.events) == 1

    def test_the_undo_button_is_off(self, locked_out):
        assert not locked_out.workspace._undo.isEnabled()

    def test_the_sign_at_the_top_shows_a_lock(self, locked_out):
        assert "Saved" not in locked_out.saved.text()


class TestWithoutHistory:
    @pytest.mark.parametrize("command", ["undo", "redo", "delete", "event_before", "event_after"])
    def test_a_command_with_nothing_to_do_does_nothing(self, desk_window, coding_file, command):
        desk_window.desk.open_path(coding_file())
        before = desk_window.workspace.session.coding
        desk_window.desk.commands()[command]()
        assert desk_window.workspace.session.coding == before


def test_a_help_page_speaks_of_the_page_in_front(desk_window, coding_file):
    desk_window.desk.open_path(coding_file())
    desk_window.show_page(Step.CLASSIFY)
    desk_window.actions_by_id["help"].trigger()
    (dialog,) = desk_window.findChildren(HandbookWindow)
    assert dialog.shown.page == Step.CLASSIFY
    dialog.close()
    QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)
    assert desk_window.findChildren(QDialog) == []


@pytest.mark.parametrize(
    ("role", "words"),
    [
        (CodingRole.INDEPENDENT, "Coder c01"),
        (CodingRole.REFERENCE, "Coder c01, reference"),
        (CodingRole.CONSENSUS, "Coder c01, consensus"),
    ],
)
def test_the_status_bar_says_who_codes_and_in_which_role(desk_window, coding_file, role, words):
    start = Coding(session="S100", coder="c01", role=role, media=())
    desk_window.desk.open_path(coding_file(start=start))
    assert desk_window._status[0].text() == words


def test_a_locked_coding_is_done_on_the_rail(desk_window, coding_file):
    desk_window.desk.open_path(coding_file())
    rows = {step.id: step.state for step in desk_window.rail._steps}
    assert rows[Step.REVIEW] == "open"
    desk_window.workspace.session.submit(edits.LockCoding())
    desk_window._show_missing()
    rows = {step.id: step.state for step in desk_window.rail._steps}
    assert rows[Step.REVIEW] == "done"


def test_the_commands_name_no_dialog_before_it_is_needed():
    assert not hasattr(desk_module, "NewSessionDialog")
    assert not hasattr(desk_module, "ImportEventsDialog")
