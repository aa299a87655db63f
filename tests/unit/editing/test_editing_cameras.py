"""Which videos a session has, and when each camera began."""

from __future__ import annotations

from dataclasses import replace

import pytest

from ssp_coder.domain.coding import Coding, Media, OffsetSource
from ssp_coder.editing.document import Document
from ssp_coder.editing.edits import AttachMedia, LockCoding, PlaceCamera
from ssp_coder.editing.refusal import EditRefusedError
from tests.builders import add, after, coding, infant_scheme, s, video


def camera(name: str, duration_s: float = 1400.0) -> Media:
    return replace(video(duration_s), name=name, fingerprint=name)


def two_cameras() -> Coding:
    return coding(media=(video(), camera("wall.mp4")))


def placed(offset: float, where: int = 1) -> PlaceCamera:
    return PlaceCamera(camera=where, offset_us=s(offset), source=OffsetSource.TYPED)


def test_a_new_camera_is_assumed_to_begin_with_the_first() -> None:
    media = two_cameras().media[1]
    assert (media.offset_us, media.offset_source) == (0, OffsetSource.ASSUMED)


@pytest.mark.parametrize("offset", [12.48, -12.48, 0])
def test_a_camera_is_placed_on_the_session_time(offset: float) -> None:
    moved = after(two_cameras(), placed(offset)).media[1]
    assert (moved.offset_us, moved.end_us) == (s(offset), s(1400 + offset))
    assert moved.offset_source is OffsetSource.TYPED


def test_placing_one_camera_leaves_the_others_alone() -> None:
    before = replace(two_cameras(), media=(video(), camera("wall.mp4"), camera("door.mp4")))
    now = after(before, placed(3, where=2)).media
    assert now[:2] == before.media[:2]


def test_the_first_camera_sets_the_time_and_cannot_be_placed() -> None:
    with pytest.raises(EditRefusedError, match="camera 1 sets the session's time"):
        after(two_cameras(), placed(1, where=0))
    with pytest.raises(EditRefusedError, match="camera 1 sets the session's time"):
        after(coding(), AttachMedia(media=(replace(video(), offset_us=s(1)),)))


@pytest.mark.parametrize("where", [2, -1])
def test_a_camera_that_is_not_there_cannot_be_placed(where: int) -> None:
    with pytest.raises(EditRefusedError, match="no camera"):
        after(two_cameras(), placed(1, where=where))


@pytest.mark.parametrize("offset", [1400, -1400, 5000])
def test_a_camera_that_is_never_on_with_the_first_is_refused(offset: float) -> None:
    with pytest.raises(EditRefusedError, match="never together with camera 1") as refused:
        after(two_cameras(), placed(offset))
    assert refused.value.finding.place == "wall.mp4"
    assert "sign and the unit" in refused.value.finding.remedy


@pytest.mark.parametrize("offset", [1399.96, -1399.96])
def test_a_camera_may_share_a_single_frame_with_the_first(offset: float) -> None:
    assert after(two_cameras(), placed(offset)).media[1].offset_us == s(offset)


def test_a_session_has_four_videos_at_most() -> None:
    four = tuple(camera(str(number)) for number in range(4))
    assert after(coding(), AttachMedia(media=four)).media == four
    with pytest.raises(EditRefusedError, match="4 videos at most, not 5"):
        after(coding(), AttachMedia(media=(*four, camera("5"))))


def test_the_same_video_is_not_attached_twice() -> None:
    with pytest.raises(EditRefusedError, match="attached twice"):
        after(coding(), AttachMedia(media=(camera("a"), camera("a"))))


def test_a_log_from_before_these_rules_can_be_replayed() -> None:
    old = coding(media=(camera("a"), camera("a")))
    moved = tuple(replace(media, relative_path="elsewhere.mp4") for media in old.media)
    assert after(old, AttachMedia(media=moved)).media == moved


def test_an_act_may_be_coded_where_only_a_later_camera_is_on() -> None:
    longer = after(two_cameras(), placed(60))
    assert after(longer, add("seeking.reach", 1459)).events[0].start_us == s(1459)
    with pytest.raises(EditRefusedError, match="outside the video"):
        after(longer, add("seeking.reach", 1461))


def test_placing_is_undone_in_one_step() -> None:
    document = Document(coding=two_cameras(), scheme=infant_scheme())
    document.submit(placed(4.2))
    document.undo()
    assert document.coding.media[1].offset_us == 0


def test_a_locked_coding_keeps_its_offsets() -> None:
    locked = after(two_cameras(), LockCoding())
    with pytest.raises(EditRefusedError, match="locked"):
        after(locked, placed(1))
