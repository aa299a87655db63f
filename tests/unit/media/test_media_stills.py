from __future__ import annotations

import subprocess
import sys
from typing import TYPE_CHECKING

import cv2
import numpy as np
import pytest

from ssp_coder.media.errors import MediaError
from ssp_coder.media.indexing import build_index
from ssp_coder.media.reader import FrameReader
from ssp_coder.media.stills import write_still

if TYPE_CHECKING:
    from pathlib import Path

    from tests.fixtures.videos import ClipFactory


def test_still_is_the_frame_on_screen_at_full_size(
    clip_factory: ClipFactory, tmp_path: Path
) -> None:
    clip = clip_factory("vfr")
    still = write_still(clip.path, clip.times_us[40] - 1, tmp_path / "moment.png")
    assert (still.ordinal, still.pts_us) == (39, clip.times_us[39])
    assert (still.width, still.height) == (320, 180)
    picture = cv2.imread(str(still.file))
    assert picture.shape == (180, 320, 3)
    assert clip.code_in(picture) == 39


def test_still_has_the_very_pixels_and_colours(clip_factory: ClipFactory, tmp_path: Path) -> None:
    clip = clip_factory("mjpeg")
    index = build_index(clip.path)
    still = write_still(clip.path, 0, tmp_path / "first.png", index=index)
    with FrameReader(clip.path, index) as reader:
        shown = reader.frame(0).to_rgb()
    written = cv2.cvtColor(cv2.imread(str(still.file)), cv2.COLOR_BGR2RGB)
    assert np.array_equal(written, shown)


@pytest.mark.parametrize(("at_us", "ordinal"), [(-1, 0), (10**12, 149)])
def test_moment_outside_the_recording_takes_the_nearest_frame(
    clip_factory: ClipFactory, tmp_path: Path, at_us: int, ordinal: int
) -> None:
    assert write_still(clip_factory("h264").path, at_us, tmp_path / "a.png").ordinal == ordinal


def test_turned_recording_gives_an_upright_still(clip_factory: ClipFactory, tmp_path: Path) -> None:
    clip = clip_factory("rotated")
    still = write_still(clip.path, 0, tmp_path / "a.png")
    assert (still.width, still.height) == (180, 320)
    assert clip.code_in(cv2.imread(str(still.file))) == 0


def test_existing_picture_is_kept_unless_replacing_was_allowed(
    clip_factory: ClipFactory, tmp_path: Path
) -> None:
    place = tmp_path / "kept.png"
    place.write_bytes(b"precious")
    with pytest.raises(MediaError, match="is there already"):
        write_still(clip_factory("h264").path, 0, place)
    assert place.read_bytes() == b"precious"
    write_still(clip_factory("h264").path, 0, place, overwrite=True)
    assert place.read_bytes().startswith(b"\x89PNG")


def test_other_endings_and_missing_folders_are_refused(
    clip_factory: ClipFactory, tmp_path: Path
) -> None:
    video = clip_factory("h264").path
    with pytest.raises(MediaError, match=r"does not end in \.png"):
        write_still(video, 0, tmp_path / "a.jpg")
    with pytest.raises(MediaError, match="folder that does not exist"):
        write_still(video, 0, tmp_path / "none" / "a.png")
    assert list(tmp_path.iterdir()) == []


def test_failed_still_leaves_nothing_behind(
    clip_factory: ClipFactory, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def full_disk(*args: object) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(type(tmp_path), "replace", full_disk)
    with pytest.raises(MediaError, match="No space left on device"):
        write_still(clip_factory("h264").path, 0, tmp_path / "a.png")
    assert list(tmp_path.iterdir()) == []


def test_a_still_can_be_read_by_whom_other_files_can(
    clip_factory: ClipFactory, tmp_path: Path
) -> None:
    (tmp_path / "other").write_text("")
    still = write_still(clip_factory("h264").path, 0, tmp_path / "a.png")
    assert still.file.stat().st_mode == (tmp_path / "other").stat().st_mode


def test_damaged_frame_writes_no_still(clip_factory: ClipFactory, tmp_path: Path) -> None:
    clip = clip_factory("truncated")
    index = build_index(clip.path)
    lost = next(at for at in range(index.count) if not readable(clip.path, at))
    with pytest.raises(MediaError, match=f"frame {lost}"):
        write_still(clip.path, index.time_of(lost), tmp_path / "a.png")
    assert list(tmp_path.iterdir()) == []


def readable(path: Path, ordinal: int) -> bool:
    with FrameReader(path, build_index(path)) as reader:
        try:
            reader.frame(ordinal)
        except MediaError:
            return False
    return True


def test_opencv_is_loaded_only_when_a_still_is_made() -> None:
    asked = "import sys, ssp_coder.media.stills; sys.exit('cv2' in sys.modules)"
    assert subprocess.run([sys.executable, "-c", asked], check=False).returncode == 0
