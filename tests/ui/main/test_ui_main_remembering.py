"""What the window says of saving, what the computer remembers, and help for every page."""

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from PySide6.QtCore import QByteArray, QSettings
from PySide6.QtWidgets import QDialog, QLabel, QTextBrowser

from ssp_coder import __version__
from ssp_coder.domain.coding import Coding
from ssp_coder.domain.finding import Finding
from ssp_coder.editing import edits
from ssp_coder.storage.coding_file import create, open_read_only
from ssp_coder.storage.errors import StorageError
from ssp_coder.ui.main import opening
from ssp_coder.ui.main.help import step_help
from ssp_coder.ui.main.settings import RECENT_FILES, Settings, cache_folder
from ssp_coder.ui.main.workspace import PAGES, Workspace
from ssp_coder.ui.player.transport import NARROW_PX, Transport
from ssp_coder.ui.session import OpenSession
from ssp_coder.ui.theme.tokens import Scheme
from tests.builders import add, coding, infant_scheme, video, with_episodes
from tests.ui.pages import session_of

SAME_STORE = settings(
    max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)


@pytest.fixture
def remembered(tmp_path):
    return Settings(QSettings(str(tmp_path / "held.ini"), QSettings.Format.IniFormat))


class TestSettings:
    @pytest.mark.parametrize("scheme", Scheme)
    def test_every_choice_of_colours_comes_back(self, remembered, scheme):
        remembered.scheme = scheme
        assert remembered.scheme is scheme

    def test_before_anything_was_chosen_it_is_as_the_system_says(self, remembered):
        assert remembered.scheme is Scheme.SYSTEM
        assert remembered.recent == ()
        assert remembered.who == ""
        assert remembered.geometry.isEmpty()

    def test_the_place_of_the_window_comes_back(self, remembered):
        remembered.geometry = QByteArray(b"a place")
        assert remembered.geometry == QByteArray(b"a place")

    @given(st.lists(st.integers(0, 9), max_size=25))
    @SAME_STORE
    def test_recent_files_are_the_last_ones_opened_each_once(self, tmp_path, opened):
        store = QSettings(str(tmp_path / "recent.ini"), QSettings.Format.IniFormat)
        store.clear()
        held = Settings(store)
        for number in opened:
            path = tmp_path / f"{number}.sspc"
            path.touch()
            held.note_opened(path)
        newest_first = list(dict.fromkeys(reversed(opened)))[:RECENT_FILES]
        names = [path.name for path in held.recent]
        assert names == [f"{number}.sspc" for number in newest_first]

    def test_a_file_that_is_gone_is_not_listed_and_comes_back_with_the_file(
        self, remembered, tmp_path
    ):
        path = tmp_path / "a.sspc"
        path.touch()
        remembered.note_opened(path)
        path.unlink()
        assert remembered.recent == ()
        path.touch()
        assert remembered.recent == (path.resolve(),)

    def test_a_video_without_a_fingerprint_is_not_remembered(self, remembered, tmp_path):
        remembered.note_video("", tmp_path / "a.mp4")
        assert remembered.video_of("") == ""

    def test_frame_indexes_have_a_folder_of_their_own(self, tmp_path):
        assert cache_folder().name == "ssp_coder"
        assert cache_folder().is_relative_to(tmp_path)


class TestOpening:
    @pytest.fixture
    def path(self, tmp_path):
        place = tmp_path / "a.sspc"
        create(place, coding=coding(), scheme=infant_scheme(), who="c01").close()
        return place

    def fail(self, monkeypatch, code):
        def refuse(*_arguments):
            finding = Finding(code=code, message="cannot", place="a.sspc", remedy="update")
            raise StorageError(finding)

        monkeypatch.setattr(opening, "open_for_writing", refuse)

    def test_a_file_of_a_newer_version_is_open_for_reading_with_the_reason(self, path, monkeypatch):
        self.fail(monkeypatch, "storage.newer")
        opened = opening.open_coding_file(path, "c01")
        assert opened.file.is_read_only
        assert "cannot" in opened.notice

    def test_any_other_fault_is_not_hidden(self, path, monkeypatch):
        self.fail(monkeypatch, "storage.damaged")
        with pytest.raises(StorageError, match="cannot"):
            opening.open_coding_file(path, "c01")

    def test_a_file_that_can_be_coded_has_no_notice(self, path):
        opened = opening.open_coding_file(path, "c01")
        assert opened.notice == ""
        assert not opened.file.is_read_only
        opened.file.close()

    def test_a_coding_without_a_video_has_none_that_moved(self, path):
        assert opening.moved(coding(media=()), path, path) is None


class TestSessionThatCannotClose:
    @pytest.fixture
    def session(self, tmp_path):
        start = Coding(session="S001", coder="c01", media=(video(),))
        file = create(tmp_path / "a.sspc", coding=start, scheme=infant_scheme(), who="c01")
        made = OpenSession(file.document(), file)
        yield made
        file.abandon()

    def test_it_goes_on_telling_of_edits(self, session, monkeypatch):
        with monkeypatch.context() as patched:
            patched.setattr(session.file, "flush", lambda *_: False)
            with pytest.raises(StorageError, match="not on the disk"):
                session.close()
        heard = []
        session.changed.connect(heard.append)
        session.submit(add("seeking.reach", 1))
        assert len(heard) == 1

    def test_it_can_be_closed_later(self, session, monkeypatch):
        with monkeypatch.context() as patched:
            patched.setattr(session.file, "flush", lambda *_: False)
            with pytest.raises(StorageError, match="not on the disk"):
                session.close()
        session.submit(add("seeking.reach", 1))
        session.close()
        with open_read_only(session.file.path) as there:
            assert len(there.coding.events) == 1


class TestSaving:
    def test_a_new_edit_is_being_saved_then_saved(self, desk_window, coding_file, qtbot):
        start = Coding(session="S100", coder="c01", media=(video(),))
        desk_window.desk.open_path(coding_file(start=start))
        session = desk_window.workspace.session
        said = []
        session.saving_changed.connect(lambda: said.append(desk_window.saved.text()))
        session.submit(add("seeking.reach", 1))
        qtbot.waitUntil(lambda: session.unsaved == 0, timeout=10_000)
        assert said[0].startswith("Saving")
        assert said[-1].startswith("Saved")

    def test_a_locked_coding_shows_a_lock(self, desk_window, coding_file, qtbot):
        desk_window.desk.open_path(coding_file())
        session = desk_window.workspace.session
        session.submit(edits.LockCoding())
        qtbot.waitUntil(lambda: session.unsaved == 0, timeout=10_000)
        assert "Locked" in desk_window.saved.text()

    def test_an_error_counts_what_is_only_in_memory(self, desk_window, coding_file):
        start = Coding(session="S100", coder="c01", media=(video(),))
        desk_window.desk.open_path(coding_file(start=start))
        session = desk_window.workspace.session
        session.submit(add("seeking.reach", 1))
        session.file.flush()
        session._saved_seq = -1
        session._note_failed(1, "disk full")
        assert "disk full" in desk_window.saved.text()
        assert str(session.unsaved) in desk_window.saved.text()

    def test_a_refused_edit_is_said_below_and_changes_nothing(self, desk_window, coding_file):
        start = Coding(session="S100", coder="c01", media=(video(),))
        desk_window.desk.open_path(coding_file(start=start))
        desk_window.workspace.session.submit(add("seeking.reach", -1))
        assert "outside the video" in desk_window.statusBar().currentMessage()
        assert desk_window._status[2].text() == "0 events"


class TestHelp:
    def test_every_page_has_help_in_whole_sentences(self):
        assert set(step_help()) == set(PAGES)
        for lines in step_help().values():
            assert lines
            assert all(line.endswith(".") and not line[0].islower() for line in lines)

    @pytest.mark.parametrize("page", PAGES)
    def test_it_is_opened_for_the_page_in_front(self, desk_window, coding_file, page):
        desk_window.desk.open_path(coding_file())
        desk_window.show_page(page)
        desk_window.actions_by_id["help"].trigger()
        shown = desk_window.desk.handbook.shown
        assert shown.shown.page == page
        assert step_help()[page][0] in [label.text() for label in shown.sheet.findChildren(QLabel)]
        shown.close()

    def test_about_names_version_licence_and_limits(self, desk_window):
        desk_window.actions_by_id["about"].trigger()
        (dialog,) = desk_window.findChildren(QDialog)
        words = dialog.findChild(QTextBrowser).toPlainText()
        for fact in (__version__, "MIT", "no network", "decisions about a child", "LGPL"):
            assert fact in words
        dialog.close()


class TestNarrowTransport:
    @pytest.fixture
    def bar(self, theme, qtbot):
        made = Transport(theme)
        qtbot.addWidget(made)
        made.setMinimumWidth(1)
        made.show()
        made.show_episode("EP5", "0:12 of 3:00")
        return made

    def test_the_episode_gives_way_to_the_time(self, bar, theme):
        bar.resize(theme.px(NARROW_PX) - 1, 60)
        assert bar._episode.isHidden()
        assert bar._in_episode.isHidden()
        assert not bar._time.isHidden()
        assert bar._time.width() >= bar._time.minimumSizeHint().width()

    def test_with_room_the_episode_is_back_with_its_words(self, bar, theme):
        bar.resize(theme.px(NARROW_PX) - 1, 60)
        bar.resize(theme.px(NARROW_PX) + 50, 60)
        assert not bar._episode.isHidden()
        assert (bar._episode.text(), bar._in_episode.text()) == ("EP5", "0:12 of 3:00")


def test_a_workspace_that_is_closed_lists_no_work_later(theme, qtbot):
    workspace = Workspace(theme, session_of(with_episodes()))
    qtbot.addWidget(workspace)
    workspace.session.submit(add("seeking.reach", 1))
    assert workspace._work_timer.isActive()
    workspace.close_session()
    assert not workspace._work_timer.isActive()
