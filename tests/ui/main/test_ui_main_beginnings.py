"""Beginning something: the demonstration, a new session, an import, a video that was moved."""

import threading
from pathlib import Path
from types import SimpleNamespace

import pytest
from PySide6.QtWidgets import QMessageBox

import ssp_coder.demonstration.session as demonstration
from ssp_coder.domain.coding import Coding, Media
from ssp_coder.domain.finding import DomainError, Finding
from ssp_coder.storage.coding_file import create
from ssp_coder.ui.dialogs import import_events, new_session
from tests.builders import infant_scheme, s, video


def failing(sentence):
    def fail(*_arguments, **_names):
        raise DomainError(Finding(code="test.fault", message=sentence, place="", remedy=""))

    return fail


class TestDemonstration:
    @pytest.fixture
    def prepared(self, monkeypatch, tmp_path, coding_file):
        """The demonstration is made when the gate opens; progress is told before."""
        gate = SimpleNamespace(open=threading.Event(), folders=[], fault=None)
        path = coding_file("demonstration")

        def prepare(folder, progress):
            gate.folders.append(folder)
            progress(0.42)
            gate.open.wait(20)
            if gate.fault is not None:
                raise gate.fault
            return SimpleNamespace(working=path)

        monkeypatch.setattr(demonstration, "prepare", prepare)
        monkeypatch.setattr(demonstration, "default_folder", lambda: tmp_path / "demo")
        yield gate
        gate.open.set()

    def test_it_is_opened_when_it_is_made(self, desk_window, prepared, qtbot):
        prepared.open.set()
        desk_window.start.demonstration.click()
        qtbot.waitUntil(lambda: desk_window.workspace is not None, timeout=10_000)
        assert desk_window.workspace.session.coding.session == "demonstration"
        assert desk_window.start.demonstration.isEnabled()

    def test_meanwhile_the_start_page_shows_how_far_it_is(
        self, desk_window, prepared, qtbot, tmp_path
    ):
        desk_window.start.demonstration.click()
        start = desk_window.start
        qtbot.waitUntil(lambda: "42 %" in start._progress_words.text(), timeout=10_000)
        assert start._progress.value() == 42
        assert not start.demonstration.isEnabled()
        assert prepared.folders == [tmp_path / "demo"]
        prepared.open.set()
        qtbot.waitUntil(lambda: desk_window.workspace is not None, timeout=10_000)
        assert start._progress.isHidden()

    def test_asking_twice_makes_it_once(self, desk_window, prepared, qtbot):
        desk_window.actions_by_id["demonstration"].trigger()
        desk_window.actions_by_id["demonstration"].trigger()
        prepared.open.set()
        qtbot.waitUntil(lambda: desk_window.workspace is not None, timeout=10_000)
        assert len(prepared.folders) == 1

    def test_a_failure_is_said_and_it_can_be_tried_again(
        self, desk_window, prepared, qtbot, warned
    ):
        prepared.fault = OSError("no space left")
        prepared.open.set()
        desk_window.start.demonstration.click()
        qtbot.waitUntil(lambda: bool(warned), timeout=10_000)
        assert warned[0] == ("The demonstration could not be made", "no space left")
        assert desk_window.start.demonstration.isEnabled()
        assert desk_window.workspace is None
        prepared.fault = None
        desk_window.start.demonstration.click()
        qtbot.waitUntil(lambda: desk_window.workspace is not None, timeout=10_000)

    def test_work_that_was_stopped_delivers_nothing(self, desk_window, prepared, qtbot):
        desk_window.start.demonstration.click()
        qtbot.waitUntil(lambda: bool(prepared.folders), timeout=10_000)
        prepared.open.set()
        desk_window.desk.stop_work()
        with qtbot.assertNotEmitted(desk_window.coding_opened, wait=50):
            pass
        desk_window.desk.stop_work()
        assert desk_window.workspace is None

    def test_a_window_that_is_closed_calls_it_off(self, desk_window, monkeypatch, qtbot):
        asked = []

        def prepare(_folder, progress):
            while True:
                asked.append(1)
                progress(0.1)

        monkeypatch.setattr(demonstration, "prepare", prepare)
        desk_window.start.demonstration.click()
        qtbot.waitUntil(lambda: bool(asked), timeout=10_000)
        desk_window.close()
        assert desk_window.desk._work is None


class FakeNewSession:
    """Stands for the dialog: what the person entered, or None when they cancelled."""

    wanted = None
    coders: tuple[str, ...] = ()

    def __init__(self, _theme, schemes, _parent):
        type(self).schemes = tuple(schemes)

    def set_coder(self, coder):
        type(self).coders = (*type(self).coders, coder)

    def exec(self):
        return int(type(self).wanted is not None)

    def result_value(self):
        return type(self).wanted

    def deleteLater(self):  # noqa: N802 - Qt's name
        pass


class TestNewSession:
    @pytest.fixture
    def dialog(self, monkeypatch, tmp_path):
        class Dialog(FakeNewSession):
            pass

        media = Media(
            name="new.mp4",
            relative_path="new.mp4",
            size=3,
            fingerprint="f" * 64,
            duration_us=s(5),
            frame_count=150,
        )

        def create_it(_wanted, _folders):
            start = Coding(session="S900", coder="c09", media=(media,))
            return create(tmp_path / "S900.sspc", coding=start, scheme=infant_scheme(), who="c09")

        monkeypatch.setattr(new_session, "NewSessionDialog", Dialog)
        monkeypatch.setattr(new_session, "create_session", create_it)
        return Dialog

    def test_cancelling_changes_nothing(self, desk_window, dialog, coding_file):
        desk_window.desk.open_path(coding_file())
        desk_window.actions_by_id["new"].trigger()
        assert desk_window.workspace.session.coding.session == "S100"

    def test_the_dialog_knows_the_coder_and_the_schemes(self, desk_window, dialog):
        desk_window.settings.who = "c07"
        desk_window.actions_by_id["new"].trigger()
        assert dialog.coders == ("c07",)
        assert dialog.schemes

    def test_the_new_coding_is_shown_and_its_video_remembered(self, desk_window, dialog, tmp_path):
        place = tmp_path / "videos" / "new.mp4"
        dialog.wanted = SimpleNamespace(videos=(place,))
        desk_window.actions_by_id["new"].trigger()
        assert desk_window.workspace.session.coding.session == "S900"
        assert Path(desk_window.settings.video_of("f" * 64)) == place.resolve()
        assert desk_window.settings.who == "c09"

    @pytest.mark.parametrize("fault", [OSError("disk is full"), None])
    def test_a_file_that_cannot_be_made_is_said(
        self, desk_window, dialog, warned, monkeypatch, fault
    ):
        def refuse(_wanted, _folders):
            if fault is not None:
                raise fault
            failing("disk is full")()

        dialog.wanted = SimpleNamespace(videos=())
        monkeypatch.setattr(new_session, "create_session", refuse)
        desk_window.actions_by_id["new"].trigger()
        assert warned[0][0] == "The coding was not created"
        assert "disk is full" in warned[0][1]
        assert desk_window.workspace is None

    def test_nothing_is_made_while_the_open_coding_cannot_be_closed(
        self, desk_window, dialog, coding_file, monkeypatch, tmp_path
    ):
        desk_window.desk.open_path(coding_file())
        monkeypatch.setattr(desk_window.desk, "let_go", lambda _workspace: False)
        dialog.wanted = SimpleNamespace(videos=())
        desk_window.actions_by_id["new"].trigger()
        assert not (tmp_path / "S900.sspc").exists()
        assert desk_window.workspace.session.coding.session == "S100"


class TestImport:
    @pytest.fixture
    def asked(self, monkeypatch):
        """The (coding, path) that the import dialog was opened for."""
        opened = []

        class Dialog:
            def __init__(self, _theme, session, path, _parent):
                self.what = (session.coding.session, path)

            def exec(self):
                opened.append(self.what)

            def deleteLater(self):  # noqa: N802 - Qt's name
                pass

        monkeypatch.setattr(import_events, "ImportEventsDialog", Dialog)
        return opened

    def test_the_chosen_table_goes_to_the_dialog(
        self, desk_window, coding_file, chooser, asked, tmp_path
    ):
        desk_window.desk.open_path(coding_file())
        chooser(tmp_path / "events.csv")
        desk_window.actions_by_id["import"].trigger()
        assert asked == [("S100", tmp_path / "events.csv")]

    def test_without_a_choice_no_dialog_opens(self, desk_window, coding_file, chooser, asked):
        desk_window.desk.open_path(coding_file())
        desk_window.actions_by_id["import"].trigger()
        assert asked == []


class TestFindingTheVideo:
    def test_a_cancelled_search_asks_nothing_more(self, desk_window, coding_file, chooser):
        start = Coding(session="S100", coder="c01", media=(video(),))
        desk_window.desk.open_path(coding_file(start=start))
        desk_window.actions_by_id["locate"].trigger()
        assert desk_window.workspace.player.video is None
        assert desk_window.workspace.session.coding.media == start.media

    def test_a_coding_without_a_video_takes_none(self, desk_window, coding_file, chooser, tmp_path):
        desk_window.desk.open_path(coding_file())
        chooser(tmp_path / "any.mp4")
        desk_window.actions_by_id["locate"].trigger()
        assert desk_window.workspace.session.coding.media == ()

    def test_the_question_names_both_files(
        self, desk_window, coding_file, chooser, tmp_path, monkeypatch
    ):
        start = Coding(session="S100", coder="c01", media=(video(),))
        desk_window.desk.open_path(coding_file(start=start))
        other = tmp_path / "other.mp4"
        other.write_bytes(b"abc")
        chooser(other)
        asked = []

        def question(_parent, _title, words):
            asked.append(words)
            return QMessageBox.StandardButton.No

        monkeypatch.setattr(QMessageBox, "question", question)
        desk_window.actions_by_id["locate"].trigger()
        assert "other.mp4" in asked[0]
        assert start.media[0].name in asked[0]
        assert desk_window.settings.video_of(start.media[0].fingerprint) == ""
