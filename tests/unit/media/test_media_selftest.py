from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from ssp_coder.media.errors import Abandoned, MediaError
from ssp_coder.media.index import Addressing, FrameIndex, KeyFrame
from ssp_coder.media.indexing import Watch, build_index
from ssp_coder.media.selftest import SelfTest, Trial, Verdict, run_selftest
from ssp_coder.media.selftest_plan import plan_for
from tests.fixtures.videos import INTACT
from tests.unit.media.test_media_damage import DAMAGED, damaged_copy

if TYPE_CHECKING:
    from tests.fixtures.videos import Clip, ClipFactory

SHOWN = (Trial.SEEKS, Trial.FORWARD, Trial.BACKWARD, Trial.REREADS)


# ------------------------------------------------------------------------------ sound recordings


@pytest.mark.parametrize("name", INTACT)
def test_every_kind_of_recording_can_be_trusted(clip_factory: ClipFactory, name: str) -> None:
    clip = clip_factory(name)
    found = run_selftest(clip.path)
    assert found.verdict is Verdict.TRUSTED
    assert (found.frame_count, found.read_count, found.whole) == (clip.count, clip.count, True)
    for result in found.results[1:]:
        assert (result.right, result.wrong, result.missing) == (result.tried, 0, 0)
        assert result.first_wrong is None


def test_every_trial_is_made_and_timed(clip_factory: ClipFactory) -> None:
    found = run_selftest(clip_factory("h264").path)
    assert [result.trial for result in found.results] == list(Trial)
    for trial in SHOWN:
        result = found.result(trial)
        assert result.tried >= 15
        assert result.median_ms is not None
        assert result.slowest_ms is not None
        assert 0 <= result.median_ms <= result.slowest_ms
    assert found.alike == 0
    assert not found.counted


def test_lying_stamps_are_told_and_counting_is_trusted(clip_factory: ClipFactory) -> None:
    found = run_selftest(clip_factory("packed").path)
    order = found.result(Trial.ORDER)
    assert found.counted
    assert order.wrong > 0
    assert order.first_wrong is not None
    assert found.verdict is Verdict.TRUSTED


def test_a_stretch_is_read_and_no_frame_beyond_it_is_tried(clip_factory: ClipFactory) -> None:
    clip = clip_factory("longgop")
    found = run_selftest(clip.path, stretch=40, seeks=12)
    assert (found.read_count, found.frame_count, found.whole) == (40, 240, False)
    assert found.verdict is Verdict.TRUSTED
    plan = plan_for(build_index(clip.path), 40, 12)
    assert max(plan.sampled) == 39


def test_a_single_frame_can_be_tested(clip_factory: ClipFactory) -> None:
    found = run_selftest(clip_factory("h264").path, stretch=1, seeks=1)
    assert found.verdict is Verdict.TRUSTED
    assert found.result(Trial.SEEKS).tried == 1


@pytest.mark.parametrize(("stretch", "seeks"), [(0, 5), (10, 0), (-1, 5)])
def test_less_than_one_frame_is_refused(
    clip_factory: ClipFactory, stretch: int, seeks: int
) -> None:
    with pytest.raises(ValueError, match="1 or more"):
        run_selftest(clip_factory("h264").path, stretch=stretch, seeks=seeks)


# ------------------------------------------------------------------------------ the plan


def test_first_and_last_frame_and_key_frames_are_sought(clip_factory: ClipFactory) -> None:
    index = build_index(clip_factory("h264").path)
    plan = plan_for(index, index.count, 60)
    assert {0, 149} <= set(plan.sought)
    assert {59, 60, 61} & set(plan.sought)
    assert plan.sought != tuple(sorted(plan.sought))
    assert plan.backward == plan.forward[::-1]
    assert set(plan.again) < set(plan.sought)


def test_the_same_recording_gets_the_same_plan(clip_factory: ClipFactory) -> None:
    index = build_index(clip_factory("ntsc").path)
    assert plan_for(index, 90, 30) == plan_for(index, 90, 30)


# ------------------------------------------------------------------------------ what is wrong


def counted(clip: Clip, shift: int) -> FrameIndex:
    """An index that counts frames and puts every key frame `shift` frames off."""
    index = build_index(clip.path)
    keys = tuple(
        KeyFrame(
            ordinal=max(0, key.ordinal + (shift if key.ordinal else 0)), pts=key.pts, dts=key.dts
        )
        for key in index.keys
    )
    return replace(index, addressing=Addressing.BY_COUNT, keys=keys)


def test_seeks_that_land_one_frame_off_are_found(clip_factory: ClipFactory) -> None:
    clip = clip_factory("mjpeg")
    assert run_selftest(clip.path, index=counted(clip, 0)).verdict is Verdict.TRUSTED
    found = run_selftest(clip.path, index=counted(clip, 1))
    assert found.verdict is Verdict.NOT_TRUSTED
    assert found.result(Trial.SEEKS).wrong > 0
    assert found.result(Trial.SEEKS).first_wrong is not None


def test_an_index_of_another_recording_is_found(clip_factory: ClipFactory) -> None:
    """Its frames are announced at times at which this recording has none."""
    found = run_selftest(clip_factory("vfr").path, index=build_index(clip_factory("h264").path))
    assert found.verdict is Verdict.NOT_TRUSTED
    listing = found.result(Trial.INDEX)
    assert listing.wrong > 0
    assert listing.first_wrong is not None


def test_frames_beyond_the_index_are_found(clip_factory: ClipFactory) -> None:
    clip = clip_factory("h264")
    index = build_index(clip.path)
    short = replace(index, stamps=index.stamps[:100], keys=index.keys[:1])
    assert run_selftest(clip.path, index=short).result(Trial.INDEX).wrong > 0


def test_missing_frames_are_gaps_and_not_wrong_frames(clip_factory: ClipFactory) -> None:
    found = run_selftest(clip_factory("truncated").path)
    assert found.verdict is Verdict.GAPS
    listing = found.result(Trial.INDEX)
    assert listing.missing == found.frame_count - found.read_count > 0
    assert all(result.wrong == 0 for result in found.results)


def test_damage_that_is_repaired_differently_makes_no_frame_wrong(
    clip_factory: ClipFactory, tmp_path: Path
) -> None:
    """A frame that refers to a damaged one looks different after a seek, at the same time."""
    path = with_a_hole(clip_factory("ts").path, tmp_path / "hole.ts")
    found = run_selftest(path)
    assert found.damaged > 0
    assert found.result(Trial.SEEKS).altered > 0
    assert all(result.wrong == 0 for result in found.results)
    assert found.verdict is Verdict.GAPS


def test_a_wrong_frame_in_a_damaged_recording_is_still_wrong(
    clip_factory: ClipFactory, tmp_path: Path
) -> None:
    clip = clip_factory("mjpeg")
    content = bytearray(clip.path.read_bytes())
    place = content.index(b"\xff\xd8", len(content) // 2)
    content[place : place + 2] = bytes(2)
    path = tmp_path / "hole.avi"
    path.write_bytes(content)
    found = run_selftest(path, index=counted(clip, 1))
    assert found.verdict is Verdict.NOT_TRUSTED


def with_a_hole(source: Path, path: Path) -> Path:
    content = bytearray(source.read_bytes())
    middle = len(content) // 2
    content[middle : middle + 600] = bytes(600)
    path.write_bytes(content)
    return path


def test_a_picture_that_stands_still_is_told(tmp_path: Path) -> None:
    path = still_film(tmp_path / "still.avi")
    found = run_selftest(path)
    assert found.alike > 50
    assert found.verdict is Verdict.TRUSTED


def still_film(path: Path) -> Path:
    from tests.unit.cli.cli_desk import blank_video

    return blank_video(path, frames=80)


# ------------------------------------------------------------------------------ unusable, stopped


def test_what_is_no_recording_is_refused(tmp_path: Path) -> None:
    with pytest.raises(MediaError) as caught:
        run_selftest(tmp_path / "gone.mp4")
    assert caught.value.code == "media.missing"


def test_progress_only_grows_and_ends_with_the_work(clip_factory: ClipFactory) -> None:
    shares: list[float] = []
    run_selftest(clip_factory("h264").path, watch=Watch(progress=shares.append))
    assert shares == sorted(shares)
    assert shares[-1] == pytest.approx(1.0)
    assert len(shares) > 100


@pytest.mark.parametrize("after", [0, 3, 60, 150])
def test_it_stops_when_told(clip_factory: ClipFactory, after: int) -> None:
    index = build_index(clip_factory("h264").path)
    asked = 0

    def enough() -> bool:
        nonlocal asked
        asked += 1
        return asked > after

    with pytest.raises(Abandoned):
        run_selftest(clip_factory("h264").path, index=index, watch=Watch(cancelled=enough))
    assert asked == after + 1


@pytest.mark.parametrize("name", DAMAGED)
def test_a_damaged_recording_gets_a_verdict_or_a_refusal(
    clip_factory: ClipFactory, tmp_path: Path, name: str
) -> None:
    clip = clip_factory(name)
    path = tmp_path / f"damaged{clip.path.suffix}"
    for seed in range(3):
        damaged_copy(clip.path.read_bytes(), path, seed)
        answer = tried(path)
        if isinstance(answer, SelfTest):
            assert all(result.wrong >= 0 and result.missing >= 0 for result in answer.results)
        else:
            assert answer.remedy


def tried(path: Path) -> SelfTest | MediaError:
    try:
        return run_selftest(path, seeks=10)
    except MediaError as trouble:
        return trouble
