"""`ssp-coder cameras`: listed, placed by typing, placed by the sound."""

from __future__ import annotations

import json
from dataclasses import replace
from pathlib import Path

import pytest

from ssp_coder.domain.coding import OffsetSource
from ssp_coder.editing.edits import AttachMedia, LockCoding
from ssp_coder.storage.coding_file import open_for_writing
from ssp_coder.storage.verify import verify
from tests.fixtures.cameras import EARLIER_S, coding_of, copies, recordings
from tests.unit.cli.cli_desk import Call, bytes_of, coding_in

__all__ = ["recordings"]


@pytest.fixture
def coded(recordings: Path, tmp_path: Path) -> Path:
    """A coding with a front and a side camera beside it."""
    names = ("front.mkv", "side.mkv")
    return coding_of(copies(recordings, tmp_path, *names), *names)


def placed(path: Path) -> tuple[int, OffsetSource]:
    camera = coding_in(path).media[1]
    return camera.offset_us, camera.offset_source


# ------------------------------------------------------------------------------ the list


def test_the_cameras_are_listed_with_when_they_began(ssp: Call, coded: Path) -> None:
    outcome = ssp("cameras", coded)
    assert outcome.code == 0, outcome.err
    assert outcome.out.splitlines() == [
        "session S001: 2 cameras",
        "  1  front.mkv: 0:30.00 long, sets the session's time",
        "  2  side.mkv: 0:30.00 long, begins at 0:00:00.000, assumed, not set yet",
    ]


def test_the_list_for_programs_has_every_camera(ssp: Call, coded: Path) -> None:
    rows = json.loads(ssp("cameras", coded, "--json").out)
    assert [row["camera"] for row in rows] == [1, 2]
    assert rows[1] == {
        "camera": 2,
        "name": "side.mkv",
        "duration_us": 30_000_000,
        "frame_count": 300,
        "offset_us": 0,
        "offset_source": "assumed",
    }


def test_looking_changes_nothing(ssp: Call, coded: Path) -> None:
    before = bytes_of(coded)
    ssp("cameras", coded)
    ssp("cameras", coded, "--from-sound", 2)
    assert bytes_of(coded) == before


def test_one_camera_is_one(ssp: Call, own: Path) -> None:
    assert "1 camera\n" in ssp("cameras", own).out


# ------------------------------------------------------------------------------ typed


@pytest.mark.parametrize(
    ("typed", "expected"), [("3.2", 3_200_000), ("-0:00:03.2", -3_200_000), ("0", 0)]
)
def test_a_camera_is_placed_by_typing(ssp: Call, coded: Path, typed: str, expected: int) -> None:
    outcome = ssp("cameras", coded, "--place", 2, f"--offset={typed}")
    assert outcome.code == 0, outcome.err
    assert placed(coded) == (expected, OffsetSource.TYPED)
    assert "camera 2, side.mkv, begins at" in outcome.out
    assert verify(coded) == ()


def test_placing_is_one_step_that_can_be_undone(ssp: Call, coded: Path) -> None:
    ssp("cameras", coded, "--place", 2, "--offset", "3.2")
    with open_for_writing(coded, "c01") as file:
        file.document().undo()
    assert placed(coded) == (0, OffsetSource.ASSUMED)


@pytest.mark.parametrize("number", [1, 3])
def test_the_first_and_a_missing_camera_cannot_be_placed(
    ssp: Call, coded: Path, number: int
) -> None:
    outcome = ssp("cameras", coded, "--place", number, "--offset", "1")
    assert outcome.code == 2
    assert f"camera {number} of 2 cameras cannot be placed" in outcome.complaint
    assert placed(coded)[1] is OffsetSource.ASSUMED


def test_a_place_without_overlap_is_refused(ssp: Call, coded: Path) -> None:
    outcome = ssp("cameras", coded, "--place", 2, "--offset", "31")
    assert outcome.code == 2
    assert "never together with camera 1" in outcome.complaint


@pytest.mark.parametrize(
    ("arguments", "sentence"),
    [
        (("--place", "2"), "--place and --offset belong together"),
        (("--offset", "2"), "--place and --offset belong together"),
        (("--apply",), "--apply has nothing to apply"),
        (("--place", "two", "--offset", "1"), "two is not the number of a camera"),
        (("--place", "0", "--offset", "1"), "0 is not the number of a camera"),
        (("--place", "2", "--offset", "soon"), "'soon' is not a number of seconds"),
        (("--place", "2", "--from-sound", "2"), "not allowed with"),
    ],
)
def test_half_a_wish_is_refused_in_one_sentence(
    ssp: Call, coded: Path, arguments: tuple[str, ...], sentence: str
) -> None:
    outcome = ssp("cameras", coded, *arguments)
    assert outcome.code == 2
    assert sentence in outcome.complaint


def test_a_locked_coding_stays_as_it_is(ssp: Call, coded: Path) -> None:
    with open_for_writing(coded, "c01") as file:
        file.document().submit(LockCoding())
    outcome = ssp("cameras", coded, "--place", 2, "--offset", "1")
    assert outcome.code == 2
    assert "locked" in outcome.complaint
    assert placed(coded)[1] is OffsetSource.ASSUMED


# ------------------------------------------------------------------------------ the sound


def test_the_sound_proposes_and_nothing_is_set(ssp: Call, coded: Path) -> None:
    outcome = ssp("cameras", coded, "--from-sound", 2)
    assert outcome.code == 0, outcome.err
    assert "By the sound, camera 2 begins at \N{MINUS SIGN}0:00:0" in outcome.out
    assert "It can be used." in outcome.out
    assert placed(coded) == (0, OffsetSource.ASSUMED)


def test_what_the_sound_proposes_can_be_set(ssp: Call, coded: Path) -> None:
    outcome = ssp("cameras", coded, "--from-sound", 2, "--apply", "--by", "c02")
    assert outcome.code == 0, outcome.err
    offset_us, source = placed(coded)
    assert source is OffsetSource.SOUND
    assert abs(offset_us + EARLIER_S * 1_000_000) < 2_000
    assert verify(coded) == ()


def test_two_rooms_have_no_sound_in_common(ssp: Call, recordings: Path, tmp_path: Path) -> None:
    names = ("front.mkv", "other.mkv")
    path = coding_of(copies(recordings, tmp_path, *names), *names)
    outcome = ssp("cameras", path, "--from-sound", 2, "--apply")
    assert outcome.code == 1
    assert "No sound was found" in outcome.out
    assert outcome.out.endswith("Nothing was set.\n")
    assert placed(path)[1] is OffsetSource.ASSUMED


def test_videos_elsewhere_are_named_by_their_folder(
    ssp: Call, recordings: Path, coded: Path, tmp_path: Path
) -> None:
    for name in ("front.mkv", "side.mkv"):
        (tmp_path / name).unlink()
    outcome = ssp("cameras", coded, "--from-sound", 2)
    assert outcome.code == 2
    assert "front.mkv is not beside S001.c01.sspc" in outcome.complaint
    assert "--in" in outcome.complaint
    assert ssp("cameras", coded, "--from-sound", 2, "--in", recordings).code == 0


def test_another_file_of_the_same_name_is_not_taken(
    ssp: Call, recordings: Path, coded: Path, tmp_path: Path
) -> None:
    (tmp_path / "side.mkv").write_bytes((recordings / "other.mkv").read_bytes())
    outcome = ssp("cameras", coded, "--from-sound", 2)
    assert outcome.code == 2
    assert "is not the recording that was attached" in outcome.complaint


def test_a_camera_that_is_not_there_has_no_sound(ssp: Call, coded: Path) -> None:
    outcome = ssp("cameras", coded, "--from-sound", 4)
    assert outcome.code == 2
    assert "camera 4 of 2 cameras" in outcome.complaint


# ------------------------------------------------------------------------------ a new coding


def test_a_new_coding_takes_several_cameras_in_their_order(
    ssp: Call, recordings: Path, tmp_path: Path
) -> None:
    folder = copies(recordings, tmp_path, "front.mkv", "side.mkv", "door.mkv")
    out = tmp_path / "S002.c01.sspc"
    videos = [folder / name for name in ("door.mkv", "front.mkv", "side.mkv")]
    outcome = ssp("new", *videos, "--session", "S002", "--coder", "c01", "--out", out)
    assert outcome.code == 0, outcome.err
    assert [media.name for media in coding_in(out).media] == [video.name for video in videos]
    assert "session S002: 3 cameras" in ssp("cameras", out).out


def test_the_same_recording_is_the_same_media_however_it_is_attached(
    ssp: Call, coded: Path, tmp_path: Path
) -> None:
    out = tmp_path / "again.sspc"
    video = tmp_path / "side.mkv"
    ssp("new", video, "--session", "S003", "--coder", "c01", "--out", out)
    assert coding_in(out).media == (coding_in(coded).media[1],)


@pytest.mark.parametrize("way", ["up", "absolute"])
def test_a_name_in_a_coding_leads_out_of_no_folder(
    ssp: Call, coded: Path, tmp_path: Path, way: str
) -> None:
    """A coding from elsewhere must not make the program open whatever it names."""
    inside, private = tmp_path / "inside", tmp_path / "private"
    inside.mkdir()
    private.mkdir()
    hidden = (tmp_path / "front.mkv").rename(private / "front.mkv")
    name = str(hidden) if way == "absolute" else "../private/front.mkv"
    with open_for_writing(coded, "c01") as file:
        first, side = file.coding.media
        media = (replace(first, relative_path="", name=name), side)
        file.document().submit(AttachMedia(media=media))
    outcome = ssp("cameras", coded, "--from-sound", 2, "--in", inside)
    assert outcome.code == 2
    assert "front.mkv is not beside" in outcome.complaint
