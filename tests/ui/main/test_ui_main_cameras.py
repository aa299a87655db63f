"""Sessions with several videos in the window: found, shown, placed, arranged."""

from __future__ import annotations

import shutil
from dataclasses import replace

import pytest
from PySide6.QtWidgets import QMessageBox

from ssp_coder.domain.coding import Coding, OffsetSource
from ssp_coder.editing.edits import AttachMedia, PlaceCamera
from ssp_coder.media.indexing import build_index
from ssp_coder.media.recording import media_of
from ssp_coder.ui.player.arrangement import Arrangement


@pytest.fixture
def films(tmp_path, clip_factory):
    """Two recordings beside where the coding file will lie."""
    made = []
    for name, kind in (("front.mp4", "h264"), ("door.mp4", "vfr")):
        source = clip_factory(kind).path
        target = tmp_path / name
        shutil.copy(source, target)
        made.append(replace(media_of(target, build_index(target)), relative_path=name))
    return tuple(made)


@pytest.fixture
def opened(desk_window, coding_file, films, qtbot):
    """Opens a coding of the films, with their videos, and gives the window."""

    def go(media=films):
        path = coding_file(start=Coding(session="S100", coder="c01", media=tuple(media)))
        desk_window.desk.open_path(path)
        shows(desk_window, len(media), qtbot)
        return desk_window

    return go


def shows(window, count, qtbot):
    cameras = window.workspace.player.cameras
    qtbot.waitUntil(
        lambda: (
            [camera.video is not None for camera in cameras] == [at < count for at in range(4)]
            and window.workspace.player.moment is not None
        ),
        timeout=20_000,
    )


def seek(window, time_us, qtbot):
    player = window.workspace.player
    player.seek(time_us)
    first = player.cameras[0]
    qtbot.waitUntil(
        lambda: first.moment is not None and first.moment.ordinal == first.ordinal_at(time_us),
        timeout=10_000,
    )


def trigger(window, command):
    window.actions_by_id[command].trigger()


def test_all_videos_of_a_session_are_found_and_shown(opened):
    window = opened()
    assert window.workspace.stage.pictures.count == 2
    assert window.workspace.stage.pictures.views[1].accessibleName() == "Camera 2: door.mp4"


def test_the_timeline_is_as_long_as_the_session(opened, films):
    late = replace(films[1], offset_us=2_000_000)
    window = opened((films[0], late))
    length = max(films[0].duration_us, late.end_us)
    assert window.workspace.work.timeline.scene.duration_us == length


def test_a_key_brings_the_next_camera_forward(opened):
    window = opened()
    player = window.workspace.player
    trigger(window, "next_camera")
    assert player.active == 1
    assert window.workspace.stage.view is player.cameras[1].view
    trigger(window, "next_camera")
    assert player.active == 0


def test_the_arrangement_chosen_is_remembered(opened):
    window = opened()
    trigger(window, "arrange")
    assert window.settings.arrangement is Arrangement.TOP_RIGHT
    assert window.workspace.stage.pictures.arrangement is Arrangement.TOP_RIGHT


def test_an_arrangement_that_does_not_exist_is_the_usual_one(desk_window):
    desk_window.settings._store.setValue("cameras/arrangement", "upside_down")
    assert desk_window.settings.arrangement is Arrangement.BOTTOM_RIGHT


def test_the_picture_is_brought_nearer_and_back_by_keys(opened):
    window = opened()
    trigger(window, "nearer")
    assert window.workspace.stage.view.lens.zoom == pytest.approx(1.25)
    assert "zoom 1.2×" in window.workspace.stage.transport._frame.text()
    trigger(window, "farther")
    assert window.workspace.stage.view.lens.is_whole
    trigger(window, "nearer")
    trigger(window, "whole_picture")
    assert window.workspace.stage.view.lens.is_whole


def test_placing_a_camera_moves_its_picture_and_undoing_moves_it_back(opened, qtbot):
    window = opened()
    seek(window, 1_000_000, qtbot)
    session, camera = window.workspace.session, window.workspace.player.cameras[1]
    session.submit(PlaceCamera(camera=1, offset_us=600_000, source=OffsetSource.TYPED))
    assert camera.offset_us == 600_000
    session.undo()
    assert camera.offset_us == 0
    assert window.workspace.player.video is not None


def test_a_camera_that_is_added_is_opened_and_the_coder_stays(opened, films, qtbot):
    window = opened(films[:1])
    seek(window, 1_200_000, qtbot)
    before = window.workspace.player.moment.ordinal
    window.workspace.session.submit(AttachMedia(media=films))
    shows(window, 2, qtbot)
    player = window.workspace.player
    qtbot.waitUntil(lambda: player.moment.ordinal == before, timeout=10_000)
    assert window.workspace.stage.pictures.count == 2


def test_an_act_is_coded_at_the_frame_of_the_large_camera(opened, qtbot):
    window = opened()
    player = window.workspace.player
    trigger(window, "next_camera")
    second = player.cameras[1]
    player.seek(1_100_000)
    qtbot.waitUntil(
        lambda: second.moment is not None and second.moment.ordinal == second.ordinal_at(1_100_000),
        timeout=10_000,
    )
    code = next(window.workspace.session.scheme.ethogram.codes())
    window.workspace.work.coding.click_code(code.id)
    (event,) = window.workspace.session.coding.events
    assert event.start_us == second.time_of(second.ordinal_at(1_100_000))
    assert event.start_frame == player.cameras[0].ordinal_at(event.start_us)


def test_a_second_video_that_moved_is_found_again(opened, films, tmp_path, chooser, qtbot):
    elsewhere = tmp_path / "elsewhere"
    elsewhere.mkdir()
    shutil.move(tmp_path / "door.mp4", elsewhere / "door.mp4")
    window = opened(films[:1])
    window.workspace.session.submit(AttachMedia(media=films))
    view = window.workspace.stage.pictures.views[1]
    qtbot.waitUntil(lambda: "not where it was" in view._words, timeout=10_000)
    chooser(elsewhere / "door.mp4")
    trigger(window, "locate")
    shows(window, 2, qtbot)
    assert window.workspace.session.coding.media[1].relative_path == "elsewhere/door.mp4"


@pytest.mark.parametrize("answer", ["Yes", "No"])
def test_another_file_in_its_place_is_used_only_when_confirmed(
    opened, films, tmp_path, chooser, monkeypatch, qtbot, clip_factory, answer
):
    (tmp_path / "door.mp4").unlink()
    window = opened(films[:1])
    window.workspace.session.submit(AttachMedia(media=films))
    view = window.workspace.stage.pictures.views[1]
    qtbot.waitUntil(lambda: "not where it was" in view._words, timeout=10_000)
    button = getattr(QMessageBox.StandardButton, answer)
    asked = []
    monkeypatch.setattr(
        QMessageBox, "question", lambda _p, _t, words: (asked.append(words), button)[1]
    )
    other = clip_factory("longgop").path
    chooser(other)
    trigger(window, "locate")
    assert "door.mp4" in asked[0]
    if answer == "Yes":
        shows(window, 2, qtbot)
        assert window.workspace.player.cameras[1].video.path == other
    else:
        assert window.workspace.player.cameras[1].video is None
    assert window.workspace.session.coding.media == films


@pytest.fixture
def empty(desk_window, coding_file):
    """The window with a coding that has no video."""
    desk_window.desk.open_path(coding_file())
    return desk_window


def test_undoing_the_first_video_closes_it_and_its_commands(empty, films, qtbot):
    empty.workspace.session.submit(AttachMedia(media=films[:1]))
    shows(empty, 1, qtbot)
    assert empty.actions_by_id["toggle"].isEnabled()
    empty.workspace.session.undo()
    assert empty.workspace.player.video is None
    assert "No video" in empty.workspace.stage.view._words
    assert not empty.actions_by_id["toggle"].isEnabled()


def test_edits_in_quick_succession_keep_the_coders_place(opened, films, qtbot):
    window = opened(films[:1])
    seek(window, 1_200_000, qtbot)
    before = window.workspace.player.moment.ordinal
    window.workspace.session.submit(AttachMedia(media=films))
    window.workspace.session.undo()
    window.workspace.session.redo()
    shows(window, 2, qtbot)
    player = window.workspace.player
    qtbot.waitUntil(lambda: player.moment.ordinal == before, timeout=10_000)


def test_a_camera_placed_while_it_is_opened_is_placed_so(opened, films, qtbot):
    window = opened(films[:1])
    session = window.workspace.session
    session.submit(AttachMedia(media=films))
    session.submit(PlaceCamera(camera=1, offset_us=600_000, source=OffsetSource.TYPED))
    shows(window, 2, qtbot)
    assert window.workspace.player.cameras[1].offset_us == 600_000


def another_instead(window, chooser, monkeypatch, clip_factory):
    yes = QMessageBox.StandardButton.Yes
    monkeypatch.setattr(QMessageBox, "question", lambda *_: yes)
    other = clip_factory("longgop").path
    chooser(other)
    trigger(window, "locate")
    return other


def test_another_file_is_used_for_this_sitting_and_not_remembered(
    opened, films, tmp_path, chooser, monkeypatch, qtbot, clip_factory
):
    window = opened(films[:1])
    window.settings.note_video(films[0].fingerprint, tmp_path / "front.mp4")
    seek(window, 800_000, qtbot)
    other = another_instead(window, chooser, monkeypatch, clip_factory)
    player = window.workspace.player
    qtbot.waitUntil(lambda: player.moment is not None, timeout=10_000)
    assert player.video.path == other
    assert player.place_us == 800_000
    assert window.settings.video_of(films[0].fingerprint) == str(tmp_path / "front.mp4")
    window.workspace.session.submit(AttachMedia(media=films))
    shows(window, 2, qtbot)
    assert player.video.path == other
    chooser(tmp_path / "front.mp4")
    trigger(window, "locate")
    shows(window, 2, qtbot)
    assert player.video.path == tmp_path / "front.mp4"


def test_finding_a_video_of_a_locked_coding_refuses_nothing(opened, films, tmp_path, chooser):
    window = opened(films[:1])
    said = []
    window.workspace.session.refused.connect(said.append)
    elsewhere = tmp_path / "elsewhere"
    elsewhere.mkdir()
    shutil.copy(tmp_path / "front.mp4", elsewhere / "front.mp4")
    window.workspace.session.document.coding = replace(window.workspace.session.coding, locked=True)
    chooser(elsewhere / "front.mp4")
    trigger(window, "locate")
    assert said == []
    assert window.settings.video_of(films[0].fingerprint) == str(elsewhere / "front.mp4")


def test_where_no_video_is_attached_there_is_none_to_find(empty, chooser, monkeypatch):
    said = []
    monkeypatch.setattr(empty, "say", said.append)
    trigger(empty, "locate")
    assert "Cameras" in said[0]


def test_a_coding_with_more_videos_than_cameras_shows_the_first_ones(empty, films):
    five = tuple(replace(films[at % 2], fingerprint=str(at), size=0) for at in range(5))
    pictures = empty.workspace.stage.pictures
    empty.workspace.stage.show_cameras(five)
    assert pictures.count == 4


def test_on_a_page_without_the_picture_no_key_moves_it(opened, qtbot):
    window = opened()
    workspace = window.workspace
    window.show_page("code")
    seek(window, 1_000_000, qtbot)
    workspace.stage.moves.press_shuttle(-1)
    window.show_page("review")
    assert workspace.stage.moves.motion.is_plain
    for command in ("toggle", "forward_second", "to_time"):
        assert not window.actions_by_id[command].isEnabled()
    assert window.actions_by_id["clips"].isEnabled()
    window.show_page("rate")
    assert window.actions_by_id["toggle"].isEnabled()


def test_a_shuttle_ends_when_the_recordings_are_opened_anew(opened, films, qtbot):
    window = opened(films[:1])
    seek(window, 1_200_000, qtbot)
    workspace = window.workspace
    workspace.stage.moves.press_shuttle(-1)
    workspace.session.submit(AttachMedia(media=films))
    assert workspace.stage.moves.motion.is_plain


def test_the_words_of_another_language_leave_the_coder_where_only_camera_two_was_on(
    opened, films, qtbot
):
    window = opened((films[0], replace(films[1], offset_us=1_500_000)))
    player = window.workspace.player
    late = player.cameras[0].end_us + 200_000
    player.seek(late)
    window.desk.speech._open_again()
    shows(window, 2, qtbot)
    assert window.workspace.player.place_us == late
