"""The videos of the cameras: found, read once, kept; and the edits about them."""

from __future__ import annotations

import shutil
from dataclasses import replace

import pytest
from PySide6.QtCore import QObject

from ssp_coder.domain.coding import Coding
from ssp_coder.media.errors import MediaError
from ssp_coder.media.whereabouts import Match
from ssp_coder.ui.cameras import reading
from ssp_coder.ui.cameras.library import Library
from ssp_coder.ui.cameras.reading import Reading
from ssp_coder.ui.cameras.shelf import VideoShelf, added, place_of_same, removed
from tests.builders import s
from tests.fixtures.cameras import camera_media, copies


@pytest.fixture
def shelf(tmp_path, recordings):
    copies(recordings, tmp_path, "front.mkv", "side.mkv")
    known = {}
    return VideoShelf(
        coding_path=tmp_path / "S001.c01.sspc",
        remembered=lambda fingerprint: known.get(fingerprint, ""),
        remember=lambda fingerprint, path: known.update({fingerprint: str(path)}),
        cache_folder=tmp_path / "cache",
    )


@pytest.fixture
def library(shelf, qapp):
    owner = QObject()
    made = Library(shelf, owner)
    yield made
    made.stop()


@pytest.fixture
def coding(shelf):
    folder = shelf.coding_path.parent
    media = tuple(
        camera_media(folder / name, shelf.coding_path) for name in ("front.mkv", "side.mkv")
    )
    return Coding(session="S001", coder="c01", media=media)


@pytest.fixture
def reads(monkeypatch):
    """Paths of the videos that were read."""
    paths = []
    read = reading.read_video

    def noted(path, *how):
        paths.append(path)
        return read(path, *how)

    monkeypatch.setattr(reading, "read_video", noted)
    return paths


# ------------------------------------------------------------------------------ the library


def test_a_video_that_is_there_is_read_once(library, coding, reads, qtbot):
    with qtbot.waitSignal(library.learned, timeout=10_000) as told:
        found = library.look_for(coding.media[0])
        library.look_for(coding.media[0])
    assert found.match is Match.SAME
    assert told.args == [coding.media[0].fingerprint]
    assert library.video(coding.media[0]).index.count == 300
    library.look_for(coding.media[0])
    assert len(reads) == 1


def test_a_video_that_is_read_is_not_there_yet(library, coding, qtbot):
    with qtbot.waitSignal(library.learned, timeout=10_000):
        library.look_for(coding.media[0])
        assert library.video(coding.media[0]) is None
        assert library.problem(coding.media[0]) == ""


def test_a_video_that_is_not_there_is_not_read(library, coding, shelf, reads):
    (shelf.coding_path.parent / "side.mkv").unlink()
    assert library.look_for(coding.media[1]).match is Match.NOT_FOUND
    assert library.video(coding.media[1]) is None
    assert reads == []


def test_a_video_that_turned_up_is_read_when_it_is_looked_for_again(
    library, coding, shelf, recordings, qtbot
):
    side = coding.media[1]
    (shelf.coding_path.parent / "side.mkv").unlink()
    library.look_for(side)
    shelf.remember(side.fingerprint, recordings / "side.mkv")
    assert library.look_for(side).match is Match.NOT_FOUND
    library.look_again(side)
    with qtbot.waitSignal(library.learned, timeout=10_000):
        assert library.look_for(side).path == recordings / "side.mkv"
    assert library.video(side).path == recordings / "side.mkv"


def test_why_a_video_cannot_be_shown_is_kept(library, coding, monkeypatch, qtbot):
    def read(path, *_how):
        raise MediaError("media.damaged", path, "cannot be read", "copy it again")

    monkeypatch.setattr(reading, "read_video", read)
    with qtbot.waitSignal(library.learned):
        library.look_for(coding.media[0])
    assert "cannot be read" in library.problem(coding.media[0])
    assert library.video(coding.media[0]) is None


def test_what_was_read_before_it_became_a_camera_is_not_read_again(
    library, shelf, coding, reads, qtbot
):
    owner = QObject()
    path = shelf.coding_path.parent / "side.mkv"
    one = Reading(path, None, owner)
    with qtbot.waitSignal(one.ended, timeout=10_000):
        assert one.runs
    assert not one.runs
    assert one.read.media.fingerprint == coding.media[1].fingerprint
    library.take(coding.media[1], one)
    library.look_for(coding.media[1])
    assert library.video(coding.media[1]) is one.read.video
    assert len(reads) == 1


def test_the_index_is_kept_for_the_player(library, coding, shelf, qtbot):
    with qtbot.waitSignal(library.learned, timeout=10_000):
        library.look_for(coding.media[0])
    assert [path.suffix for path in shelf.cache_folder.iterdir()] == [".frames"]


# ------------------------------------------------------------------------------ the edits


def test_a_new_camera_comes_last_with_its_way_from_the_coding(coding, shelf, recordings):
    path = shutil.copy(recordings / "door.mkv", shelf.coding_path.parent / "door.mkv")
    media = replace(camera_media(recordings / "door.mkv", shelf.coding_path), relative_path="")
    edit = added(coding, media, shelf.coding_path.parent / "door.mkv", shelf)
    assert edit.media[:2] == coding.media
    assert (edit.media[2].name, edit.media[2].relative_path) == ("door.mkv", "door.mkv")
    assert path


def test_a_camera_taken_off_leaves_the_others_as_they_are(coding):
    third = replace(coding.media[1], name="door.mkv", offset_us=s(5))
    three = replace(coding, media=(*coding.media, third))
    assert removed(three, 1).media == (coding.media[0], third)


def test_the_same_recording_is_known_under_any_name(coding, shelf, recordings, tmp_path):
    copy = shutil.copy(recordings / "side.mkv", tmp_path / "copy.mkv")
    assert place_of_same(coding, tmp_path / "copy.mkv") == 1
    assert place_of_same(coding, recordings / "other.mkv") is None
    assert copy


def test_a_file_that_is_gone_is_no_camera(coding, tmp_path):
    assert place_of_same(coding, tmp_path / "gone.mkv") is None
