from __future__ import annotations

import shutil

import pytest
from PySide6.QtCore import QSettings, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QDialog, QFileDialog, QLabel, QMessageBox, QTextBrowser

from ssp_coder.domain.coding import Coding, Media
from ssp_coder.editing.completeness import Step
from ssp_coder.editing.edits import EndSession, LockCoding
from ssp_coder.media.fingerprint import fingerprint
from ssp_coder.storage.coding_file import create, open_for_writing, open_read_only
from ssp_coder.ui.kit.rail_rows import StepState
from ssp_coder.ui.main.commands import COMMANDS, EPISODE_KEYS
from ssp_coder.ui.main.settings import Settings
from ssp_coder.ui.main.window import MainWindow
from ssp_coder.ui.theme.tokens import Scheme
from tests.builders import infant_scheme, rate, spans_of


@pytest.fixture
def coding_path(tmp_path, clip_factory):
    video = tmp_path / "S001.mp4"
    shutil.copy(clip_factory("h264").path, video)
    media = Media(
        name=video.name,
        relative_path=video.name,
        size=video.stat().st_size,
        fingerprint=fingerprint(video),
        duration_us=5_000_000,
        frame_count=150,
    )
    path = tmp_path / "S001.c01.sspc"
    start = Coding(session="S001", coder="c01", media=(media,))
    create(path, coding=start, scheme=infant_scheme(), who="c01").close()
    return path


@pytest.fixture
def window(theme, tmp_path, qtbot):
    store = QSettings(str(tmp_path / "settings.ini"), QSettings.Format.IniFormat)
    made = MainWindow(theme, Settings(store))
    qtbot.addWidget(made)
    made.show()
    qtbot.waitExposed(made)
    yield made
    made.desk.stop_work()
    made.close()


def opened(window, path, qtbot):
    window.desk.open_path(path)
    qtbot.waitUntil(lambda: window.workspace.player.moment is not None, timeout=20_000)
    return window.workspace


def saved(window, qtbot):
    qtbot.waitUntil(lambda: window.workspace.session.unsaved == 0, timeout=10_000)


def test_the_first_page_offers_the_demonstration_first(window):
    assert window.start.isVisible()
    assert not window.rail.isVisible()
    assert window.workspace is None


def test_opening_a_coding_shows_its_picture_session_and_steps(window, coding_path, qtbot):
    workspace = opened(window, coding_path, qtbot)
    assert window.windowTitle().startswith("S001")
    assert window.rail.isVisible()
    assert workspace.current == Step.PREPARE
    assert window.settings.recent == (coding_path.resolve(),)


def test_an_event_coded_by_key_is_on_disk_when_the_window_says_saved(window, coding_path, qtbot):
    workspace = opened(window, coding_path, qtbot)
    window.show_page(Step.CODE)
    workspace.player.seek(2_000_000)
    qtbot.waitUntil(lambda: workspace.player.moment.ordinal == 60, timeout=10_000)
    QTest.keyClick(workspace.work, Qt.Key.Key_3)
    assert spans_of(workspace.session.coding) == [("distress.cry", 2.0, None)]
    saved(window, qtbot)
    assert window.saved.text().startswith("Saved")
    with open_read_only(coding_path) as there:
        assert spans_of(there.coding) == [("distress.cry", 2.0, None)]


def test_reopening_brings_everything_back_with_undo(window, coding_path, qtbot):
    workspace = opened(window, coding_path, qtbot)
    window.show_page(Step.CODE)
    QTest.keyClick(workspace.work, Qt.Key.Key_3)
    QTest.keyClick(workspace.work, Qt.Key.Key_I)
    assert window.close_coding()
    assert window.start.isVisible()
    again = opened(window, coding_path, qtbot)
    assert len(again.session.coding.events) == 2
    window.actions_by_id["undo"].trigger()
    assert [event.code for event in again.session.coding.events] == ["distress.cry"]
    window.actions_by_id["redo"].trigger()
    assert len(again.session.coding.events) == 2


def test_code_keys_work_in_the_code_step_only(window, coding_path, qtbot):
    workspace = opened(window, coding_path, qtbot)
    QTest.keyClick(workspace.work, Qt.Key.Key_3)
    assert workspace.session.coding.events == ()


def test_keys_step_and_mark(window, coding_path, qtbot):
    workspace = opened(window, coding_path, qtbot)
    window.actions_by_id["forward_second"].trigger()
    window.actions_by_id["forward_frame"].trigger()
    qtbot.waitUntil(lambda: workspace.player.moment.ordinal == 31, timeout=10_000)
    QTest.keyClick(workspace.work, Qt.Key.Key_Return)
    mark = workspace.session.coding.mark("EP1")
    assert mark.start_frame == 31
    window.actions_by_id["to_start"].trigger()
    qtbot.waitUntil(lambda: workspace.player.moment.ordinal == 0, timeout=10_000)
    workspace.go_to_episode(0)
    qtbot.waitUntil(lambda: workspace.player.moment.ordinal == 31, timeout=10_000)


def test_commands_walk_from_event_to_event(window, coding_path, qtbot):
    workspace = opened(window, coding_path, qtbot)
    window.show_page(Step.CODE)
    for ordinal, key in ((30, Qt.Key.Key_3), (60, Qt.Key.Key_4)):
        workspace.player.seek(ordinal * 1_000_000 // 30 + 1)
        qtbot.waitUntil(
            lambda wanted=ordinal: workspace.player.moment.ordinal == wanted, timeout=10_000
        )
        QTest.keyClick(workspace.work, key)
    window.actions_by_id["event_before"].trigger()
    qtbot.waitUntil(lambda: workspace.player.moment.ordinal == 30, timeout=10_000)
    window.actions_by_id["event_after"].trigger()
    qtbot.waitUntil(lambda: workspace.player.moment.ordinal == 60, timeout=10_000)


def test_what_is_missing_is_listed_and_leads_there(window, coding_path, qtbot):
    workspace = opened(window, coding_path, qtbot)
    window.show_page(Step.CODE)
    window.rail.missing_chosen.emit("2")
    assert workspace.current == Step.PREPARE
    assert workspace.work.prepare.current == "EP3"


def test_a_video_that_was_moved_is_asked_for_and_found_by_its_content(
    window, coding_path, qtbot, monkeypatch, tmp_path
):
    elsewhere = tmp_path / "elsewhere"
    elsewhere.mkdir()
    shutil.move(tmp_path / "S001.mp4", elsewhere / "renamed.mp4")
    window.desk.open_path(coding_path)
    assert "not where it was" in window.workspace.stage.view._words
    monkeypatch.setattr(
        QFileDialog, "getOpenFileName", lambda *_: (str(elsewhere / "renamed.mp4"), "")
    )
    window.actions_by_id["locate"].trigger()
    qtbot.waitUntil(lambda: window.workspace.player.moment is not None, timeout=20_000)
    media = window.workspace.session.coding.media[0]
    assert (media.name, media.relative_path) == ("renamed.mp4", "elsewhere/renamed.mp4")


def test_another_file_under_the_same_name_is_refused_until_confirmed(
    window, coding_path, qtbot, monkeypatch, tmp_path, clip_factory
):
    shutil.copy(clip_factory("vfr").path, tmp_path / "S001.mp4")
    window.desk.open_path(coding_path)
    assert "not the video that was coded" in window.workspace.stage.view._words
    answers = [QMessageBox.StandardButton.No, QMessageBox.StandardButton.Yes]
    monkeypatch.setattr(QFileDialog, "getOpenFileName", lambda *_: (str(tmp_path / "S001.mp4"), ""))
    monkeypatch.setattr(QMessageBox, "question", lambda *_: answers.pop(0))
    window.actions_by_id["locate"].trigger()
    assert window.workspace.player.video is None
    window.actions_by_id["locate"].trigger()
    qtbot.waitUntil(lambda: window.workspace.player.moment is not None, timeout=20_000)


def test_a_coding_that_somebody_else_has_open_can_be_read_and_not_changed(
    window, coding_path, qtbot
):
    with open_for_writing(coding_path, "c02"):
        workspace = opened(window, coding_path, qtbot)
        assert workspace.session.read_only
        assert "c02" in window.statusBar().currentMessage()
        window.show_page(Step.CODE)
        QTest.keyClick(workspace.work, Qt.Key.Key_3)
        assert workspace.session.coding.events == ()


def test_a_file_that_is_no_coding_is_refused_in_one_sentence(window, tmp_path, monkeypatch):
    path = tmp_path / "notes.sspc"
    path.write_text("not a coding")
    said = []
    monkeypatch.setattr(QMessageBox, "warning", lambda *words: said.append(words[-1]))
    window.desk.open_path(path)
    assert "notes.sspc" in said[0]
    assert window.workspace is None


def test_a_copy_can_be_saved_elsewhere(window, coding_path, qtbot, monkeypatch, tmp_path):
    workspace = opened(window, coding_path, qtbot)
    window.show_page(Step.CODE)
    QTest.keyClick(workspace.work, Qt.Key.Key_3)
    target = tmp_path / "copy.sspc"
    monkeypatch.setattr(QFileDialog, "getSaveFileName", lambda *_: (str(target), ""))
    window.actions_by_id["copy"].trigger()
    with open_read_only(target) as there:
        assert len(there.coding.events) == 1


def test_the_frame_on_the_screen_can_be_saved(window, coding_path, qtbot, monkeypatch, tmp_path):
    opened(window, coding_path, qtbot)
    target = tmp_path / "still.png"
    monkeypatch.setattr(QFileDialog, "getSaveFileName", lambda *_: (str(target), ""))
    window.actions_by_id["still"].trigger()
    assert target.stat().st_size > 1_000


def test_colours_change_and_are_remembered(window):
    window.actions_by_id["scheme_dark"].trigger()
    assert window.theme.resolved is Scheme.DARK
    assert window.settings.scheme is Scheme.DARK


def test_every_command_does_something_and_no_key_is_given_twice(window):
    does = window.desk.commands()
    assert {command.id for command in COMMANDS} == set(does)
    keys = [key for command in COMMANDS for key in command.keys] + list(EPISODE_KEYS)
    assert len(keys) == len(set(keys))


def test_commands_without_a_coding_are_greyed_out(window, coding_path, qtbot):
    assert not window.actions_by_id["undo"].isEnabled()
    assert not window.actions_by_id["toggle"].isEnabled()
    assert window.actions_by_id["open"].isEnabled()
    opened(window, coding_path, qtbot)
    assert window.actions_by_id["undo"].isEnabled()
    assert window.actions_by_id["toggle"].isEnabled()


def test_play_and_pause_by_command(window, coding_path, qtbot):
    workspace = opened(window, coding_path, qtbot)
    window.actions_by_id["toggle"].trigger()
    qtbot.waitUntil(lambda: workspace.player.moment.ordinal > 3, timeout=10_000)
    window.actions_by_id["toggle"].trigger()
    assert not workspace.player.playing
    window.actions_by_id["replay"].trigger()
    assert workspace.player.playing
    window.actions_by_id["toggle"].trigger()


def test_help_and_keys_open_beside_the_window(window, coding_path, qtbot):
    opened(window, coding_path, qtbot)
    for command in ("help", "keys", "about"):
        window.actions_by_id[command].trigger()
    texts = [browser.toPlainText() for browser in window.findChildren(QTextBrowser)]
    chapter = window.desk.handbook.shown.sheet.findChildren(QLabel)
    assert any("never at a full minute" in label.text() for label in chapter)
    assert any("Contact" in text and "Ctrl+Z" in text for text in texts)
    assert any("MIT" in text for text in texts)
    for dialog in window.findChildren(QDialog):
        dialog.close()


def test_a_failing_disk_is_said_with_the_count_of_edits_held(window, coding_path, qtbot):
    workspace = opened(window, coding_path, qtbot)
    workspace.session._note_failed(1, "disk full")
    assert "disk full" in window.saved.text()
    workspace.session._note_saved(0)
    assert "disk full" not in window.saved.text()


def test_opening_the_open_coding_again_leaves_it_as_it_is(window, coding_path, qtbot):
    workspace = opened(window, coding_path, qtbot)
    window.show_page(Step.CODE)
    QTest.keyClick(workspace.work, Qt.Key.Key_3)
    window.desk.open_path(coding_path)
    assert window.workspace is workspace
    assert not workspace.session.read_only
    assert len(workspace.session.coding.events) == 1


def test_the_code_step_is_not_done_before_the_session_has_an_end(window, coding_path, qtbot):
    workspace = opened(window, coding_path, qtbot)
    assert window._state_of(Step.CODE, set()) is StepState.OPEN
    window.show_page(Step.CODE)
    QTest.keyClick(workspace.work, Qt.Key.Key_3)
    assert window._state_of(Step.CODE, set()) is StepState.HALF
    workspace.session.submit(EndSession(at_us=4_000_000))
    assert window._state_of(Step.CODE, set()) is StepState.DONE
    assert window._state_of(Step.CODE, {Step.CODE}) is StepState.HALF


def test_review_is_done_when_the_coding_is_locked(window, coding_path, qtbot):
    workspace = opened(window, coding_path, qtbot)
    assert window._state_of(Step.REVIEW, set()) is StepState.OPEN
    workspace.session.submit(LockCoding())
    assert window._state_of(Step.REVIEW, set()) is StepState.DONE
    assert window._state_of(Step.EXPORT, set()) is StepState.OPEN


def test_a_step_that_was_begun_and_lacks_something_is_half_done(window, coding_path, qtbot):
    workspace = opened(window, coding_path, qtbot)
    assert window._state_of(Step.RATE, {Step.RATE}) is StepState.OPEN
    workspace.session.submit(rate("pcs_c_5", 4))
    assert window._state_of(Step.RATE, {Step.RATE}) is StepState.HALF
