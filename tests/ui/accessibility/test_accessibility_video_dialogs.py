"""Every window that a command about the video opens, on a small clip, by keyboard and by ear."""

from __future__ import annotations

import shutil
from dataclasses import replace

import pytest

from ssp_coder.media.indexing import build_index
from ssp_coder.media.recording import media_of
from ssp_coder.storage.coding_file import create
from tests.ui.accessibility import access_walk as walk
from tests.ui.demo_codings import demo_coding, demo_scheme

OPENS = {
    "cameras": "CamerasDialog",
    "clips": "ClipDialog",
    "selftest": "SelfTestDialog",
}
"""Commands that ask something about the video, and the class of what they open."""


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
