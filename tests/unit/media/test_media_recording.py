"""What a coding notes of a video file."""

from __future__ import annotations

import shutil
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from ssp_coder.media.fingerprint import fingerprint
from ssp_coder.media.indexing import build_index
from ssp_coder.media.recording import media_of, placed_beside, way_down

if TYPE_CHECKING:
    from tests.fixtures.videos import ClipFactory


@pytest.fixture
def video(clip_factory: ClipFactory, tmp_path: Path) -> Path:
    return Path(shutil.copy(clip_factory("h264").path, tmp_path / "front.mp4"))


def test_a_recording_is_noted_by_its_content(video: Path) -> None:
    index = build_index(video)
    media = media_of(video, index)
    assert (media.name, media.relative_path) == ("front.mp4", "")
    assert (media.size, media.fingerprint) == (video.stat().st_size, fingerprint(video))
    assert (media.duration_us, media.frame_count) == (index.end_us, index.count)
    assert media.offset_us == 0


def test_a_copy_elsewhere_is_the_same_recording(video: Path, tmp_path: Path) -> None:
    copy = Path(shutil.copy(video, tmp_path / "copy.mp4"))
    one, other = (media_of(path, build_index(path)) for path in (video, copy))
    assert one.fingerprint == other.fingerprint
    assert one.name != other.name


def test_a_place_beside_the_coding_is_noted(video: Path, tmp_path: Path) -> None:
    media = placed_beside(media_of(video, build_index(video)), video, tmp_path / "S001.sspc")
    assert (media.name, media.relative_path) == ("front.mp4", "front.mp4")


def test_a_place_elsewhere_on_this_computer_is_not_noted(video: Path, tmp_path: Path) -> None:
    media = media_of(video, build_index(video))
    assert placed_beside(media, video, tmp_path / "study" / "S001.sspc").relative_path == ""


def test_a_place_further_down_has_forward_slashes(tmp_path: Path) -> None:
    assert way_down(tmp_path / "videos" / "S001" / "a.mp4", tmp_path / "x.sspc") == (
        "videos/S001/a.mp4"
    )


def test_a_way_through_the_folder_above_is_no_way_down(tmp_path: Path) -> None:
    outside = tmp_path / "study" / ".." / "a.mp4"
    assert way_down(outside, tmp_path / "study" / "x.sspc") == ""


def test_a_file_that_is_gone_is_told(video: Path) -> None:
    index = build_index(video)
    video.unlink()
    with pytest.raises(FileNotFoundError):
        media_of(video, index)
