"""Every window that a command about the video opens, on a small clip, by keyboard and by ear."""

from __future__ import annotations

import shutil
from dataclasses import replace

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QFileDialog, QMessageBox

from ssp_coder.media.indexing import build_index
from ssp_coder.media.recording import media_of
from ssp_coder.storage.coding_file import create
from tests.ui.accessibility import access_walk as walk
from tests.ui.demo_codings import demo_coding, demo_scheme

OPENS = {
    "cameras": "CamerasDialog",
    "clips": "ClipDialog",
    "selftest": "SelfTestDialog",
    "several": "QInputDialog",
}
"""Commands that ask something about the video, and the class of what they open."""

CHOOSES = {"locate": "getOpenFileName", "still": "getSaveFileName"}
"""Commands that ask about the file that was chosen, and the chooser of the system they use."""


@pytest.fixture
def with_clip(make_window, clip_factory, tmp_path, qtbot):
    """The real window with a coding of one second of video, its first picture on the screen."""
    film = tmp_path / "film.mp4"
    shutil.copy(clip_factory("h264").path, film)
    media = replace(media_of(film, build_index(film)), relative_path=film.name)
    path = tmp_path / "S001.sspc"
    value = replace(demo_coding("trainee"), media=(media,))
    create(path, coding=value, scheme=demo_scheme(), who="c01").close()
    window = make_window()
    window.desk.open_path(path)
    qtbot.waitUntil(lambda: window.workspace is not None, timeout=20_000)
    player = window.workspace.player
    qtbot.waitUntil(lambda: player.moment is not None, timeout=20_000)
    window.activateWindow()
    qtbot.waitUntil(window.isActiveWindow)
    yield window
    window.desk.stop_work()
    window.workspace.session.file.abandon()
    window.workspace.session.file = None
    window.close()


@pytest.mark.parametrize(("command", "opened"), OPENS.items())
def test_what_is_asked_about_the_video_can_be_used_by_keyboard_and_ear(
    with_clip, looked, command, opened
):
    before = walk.windows()
    with_clip.actions_by_id[command].trigger()
    walk.settle()
    for one in walk.windows():
        if one not in before:
            looked.look_at(one)
    assert looked.faults == []
    assert opened in looked.kinds


def asked_in_a_box(monkeypatch):
    """Has every question looked at as a dialog; the answer is No."""
    found = walk.Looked()

    def question(parent, title, words, *_buttons):
        box = QMessageBox(parent)
        box.setWindowTitle(title)
        box.setText(words)
        box.setStandardButtons(box.StandardButton.Yes | box.StandardButton.No)
        found.look_at(box)
        box.deleteLater()
        return box.StandardButton.No

    monkeypatch.setattr(QMessageBox, "question", question)
    return found


@pytest.mark.parametrize(("command", "chooser"), CHOOSES.items())
def test_what_is_asked_about_a_chosen_file_can_be_answered_by_keyboard_and_ear(
    with_clip, tmp_path, monkeypatch, command, chooser
):
    found = asked_in_a_box(monkeypatch)
    there = tmp_path / "there.png"
    there.write_bytes(b"not the film")
    chosen = there if command == "locate" else there.with_suffix("")
    monkeypatch.setattr(QFileDialog, chooser, lambda *_: (str(chosen), ""))
    with_clip.actions_by_id[command].trigger()
    walk.settle()
    assert found.faults == []
    assert found.kinds == ["QMessageBox"]


class TestMotionRegion:
    @pytest.fixture
    def drawing(self, with_clip, monkeypatch):
        measured = []
        bench = with_clip.desk.overviews
        monkeypatch.setattr(bench, "_measure", measured.append)
        with_clip.actions_by_id["motion_region"].trigger()
        walk.settle()
        return with_clip, measured

    def press(self, window, *keys, held=Qt.KeyboardModifier.NoModifier):
        for key in keys:
            QTest.keyClick(window.workspace.player.view, key, held)

    def test_the_picture_has_keyboard_name_and_role(self, drawing):
        window, _ = drawing
        view = window.workspace.player.view
        assert view.hasFocus()
        assert walk.spoken(view)
        assert walk.role_of(view) not in walk.NO_ROLES
        assert "Enter takes it, Esc leaves it" in window.statusBar().currentMessage()

    def test_it_is_drawn_by_keyboard(self, drawing):
        window, measured = drawing
        before = window.workspace.player.moment
        self.press(window, Qt.Key.Key_Right, Qt.Key.Key_Right)
        self.press(window, Qt.Key.Key_Down, held=Qt.KeyboardModifier.ShiftModifier)
        self.press(window, Qt.Key.Key_Return)
        (region,) = measured
        sides = (region.left, region.top, region.width, region.height)
        assert sides == pytest.approx((0.32, 0.3, 0.4, 0.42))
        assert window.workspace.player.moment == before

    def test_the_rectangle_is_seen_while_it_is_drawn(self, drawing):
        window, _ = drawing
        view = window.workspace.player.view
        before = view.grab().toImage()
        self.press(window, Qt.Key.Key_Right)
        assert view.grab().toImage() != before

    @pytest.mark.parametrize("key", [Qt.Key.Key_Escape, Qt.Key.Key_Return])
    def test_without_a_rectangle_nothing_is_measured(self, drawing, key):
        window, measured = drawing
        self.press(window, key)
        assert measured == []
        assert not window.workspace.player.view.wants_escape
