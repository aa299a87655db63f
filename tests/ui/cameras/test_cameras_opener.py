"""The dialog from the menu of the window, on the coding that is open there."""

from __future__ import annotations

import numpy as np
import pytest
from PySide6.QtCore import QSettings, QSize, Qt
from PySide6.QtGui import QImage

from ssp_coder.domain.coding import OffsetSource
from ssp_coder.editing.edits import AttachMedia
from ssp_coder.storage.coding_file import open_read_only
from ssp_coder.ui.cameras.dialog import CamerasDialog
from ssp_coder.ui.main.commands import COMMANDS, Menu, Needs
from ssp_coder.ui.main.settings import Settings
from ssp_coder.ui.main.window import MainWindow
from tests.builders import s
from tests.fixtures.cameras import FPS, camera_media, coding_of, copies
from tests.fixtures.videos import HEIGHT, WIDTH, read_code

TWO = ("front.mkv", "side.mkv")


@pytest.fixture
def window(theme, tmp_path, qtbot):
    store = QSettings(str(tmp_path / "desk.ini"), QSettings.Format.IniFormat)
    made = MainWindow(theme, Settings(store))
    qtbot.addWidget(made)
    made.show()
    qtbot.waitExposed(made)
    yield made
    made.desk.stop_work()
    made.close()


@pytest.fixture
def coded(window, recordings, tmp_path, qtbot):
    """The window with a session of two cameras, both of them shown."""
    path = coding_of(copies(recordings, tmp_path, *TWO), *TWO)
    window.desk.open_path(path)
    qtbot.waitUntil(lambda: shown_cameras(window) == [0, 1], timeout=10_000)
    return path


def shown_cameras(window):
    cameras = window.workspace.player.cameras
    return [camera.place for camera in cameras if camera.video is not None]


@pytest.fixture
def shown(monkeypatch):
    """What happens in the dialog while it is open, in place of a person."""
    opened = []

    def during(act):
        def run(dialog):
            opened.append(dialog)
            dialog.show()
            act(dialog)
            dialog.reject()
            return 0

        monkeypatch.setattr(CamerasDialog, "exec", run)
        return opened

    return during


def test_the_video_menu_has_the_cameras():
    command = next(one for one in COMMANDS if one.id == "cameras")
    assert (command.menu, command.keys, command.needs) == (
        Menu.VIDEO,
        ("Ctrl+Shift+K",),
        Needs.CODING,
    )


def test_without_a_coding_there_is_nothing_to_open(window, shown):
    opened = shown(lambda _dialog: None)
    window.desk.cameras.open()
    assert opened == []


def test_the_command_opens_the_dialog_on_the_open_coding(window, coded, shown):
    opened = shown(lambda _dialog: None)
    window.actions_by_id["cameras"].trigger()
    assert len(opened) == 1
    assert opened[0].windowTitle() == "Cameras of S001"


def test_playing_stops_while_the_cameras_are_arranged(window, coded, shown):
    playing = []
    shown(lambda _dialog: playing.append(window.workspace.player.playing))
    window.workspace.player.play()
    window.desk.cameras.open()
    assert playing == [False]


def test_a_placed_camera_moves_in_the_player_and_in_the_file(window, coded, shown):
    def place(dialog):
        dialog.side.panel.typed.field.set_text("-4")
        dialog.side.panel.typed.field.edit.textEdited.emit("-4")
        dialog.side.panel.apply.click()

    shown(place)
    window.desk.cameras.open()
    assert window.workspace.player.cameras[1].offset_us == s(-4)
    window.workspace.session.file.flush()
    with open_read_only(coded) as file:
        assert file.coding.media[1].offset_source is OffsetSource.TYPED


def test_a_camera_taken_off_leaves_the_player(window, coded, shown, qtbot):
    shown(lambda dialog: dialog.remove(1))
    window.desk.cameras.open()
    qtbot.waitUntil(lambda: shown_cameras(window) == [0], timeout=10_000)


def test_cameras_added_one_after_the_other_leave_the_coder_where_they_are(
    window, coded, recordings, tmp_path, qtbot
):
    player, session = window.workspace.player, window.workspace.session
    player.seek(s(12))
    qtbot.waitUntil(lambda: player.moment.pts_us == s(12), timeout=10_000)
    copies(recordings, tmp_path, "door.mkv", "other.mkv")
    for name in ("door.mkv", "other.mkv"):
        more = camera_media(tmp_path / name, coded)
        session.submit(AttachMedia(media=(*session.coding.media, more)))
    qtbot.waitUntil(lambda: shown_cameras(window) == [0, 1, 2, 3], timeout=20_000)
    qtbot.waitUntil(lambda: player.moment is not None, timeout=10_000)
    assert player.moment.pts_us == s(12)


def test_a_camera_found_while_videos_are_opened_leaves_the_coder_where_they_are(
    window, recordings, tmp_path, shown, qtbot
):
    path = coding_of(copies(recordings, tmp_path, *TWO), *TWO)
    (tmp_path / "side.mkv").unlink()
    window.desk.open_path(path)
    player = window.workspace.player
    qtbot.waitUntil(lambda: player.moment is not None, timeout=10_000)
    player.seek(s(12))

    def find(dialog):
        window.desk.video.show_videos(player.place_us)
        assert player.moment is None
        dialog.find_at(1, recordings / "side.mkv")

    shown(find)
    window.desk.cameras.open()
    qtbot.waitUntil(lambda: shown_cameras(window) == [0, 1], timeout=10_000)
    assert player.place_us == s(12)


def test_a_camera_found_elsewhere_is_shown(window, recordings, tmp_path, shown, qtbot):
    path = coding_of(copies(recordings, tmp_path, *TWO), *TWO)
    (tmp_path / "side.mkv").unlink()
    window.desk.open_path(path)
    player = window.workspace.player
    qtbot.waitUntil(lambda: player.video is not None, timeout=10_000)
    assert player.cameras[1].video is None
    shown(lambda dialog: dialog.find_at(1, recordings / "side.mkv"))
    window.desk.cameras.open()
    qtbot.waitUntil(lambda: player.cameras[1].video is not None, timeout=10_000)
    known = window.settings.video_of(window.workspace.session.coding.media[1].fingerprint)
    assert known == str(recordings / "side.mkv")


def code_of(view):
    """The number in the picture on the screen, read from its pixels."""
    image = view.grab().toImage().convertToFormat(QImage.Format.Format_RGB888)
    flat = np.frombuffer(image.constBits(), np.uint8).reshape(image.height(), -1)
    pixels = flat[:, : image.width() * 3].reshape(image.height(), image.width(), 3)
    picture = image.rect()
    size = QSize(WIDTH, HEIGHT).scaled(image.size(), Qt.AspectRatioMode.KeepAspectRatio)
    picture.setSize(size)
    picture.moveCenter(image.rect().center())
    rows = slice(picture.top(), picture.bottom() + 1)
    columns = slice(picture.left(), picture.right() + 1)
    return read_code(pixels[rows, columns])


@pytest.mark.parametrize("seconds", [1, 12.3, 25])
def test_after_placing_both_cameras_show_the_same_moment(window, coded, shown, qtbot, seconds):
    """The side camera was started 4 s earlier: its pictures are 40 frames ahead."""

    def place(dialog):
        dialog.side.panel.draft.add_seen(s(10), s(14))
        dialog.side.panel.refresh()
        dialog.side.panel.apply.click()

    shown(place)
    window.desk.cameras.open()
    player = window.workspace.player
    player.seek(s(seconds))
    views = [camera.view for camera in player.cameras[:2]]
    frame = round(seconds * FPS)
    qtbot.waitUntil(
        lambda: [code_of(view) for view in views] == [frame, frame + 4 * FPS], timeout=10_000
    )


def test_without_a_file_there_is_no_dialog(window, coded, monkeypatch):
    with monkeypatch.context() as patch:
        patch.setattr(window.workspace.session, "file", None)
        assert window.desk.cameras.dialog_of(window.workspace) is None
