from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from ssp_coder.domain.time import Micros, Span
from ssp_coder.media import clip_batch
from ssp_coder.media.clip_batch import WRITERS, Way, ending_of, write_batch
from ssp_coder.media.clips import ClipPlan
from ssp_coder.media.errors import Abandoned, MediaError
from ssp_coder.media.indexing import Watch, build_index
from ssp_coder.media.overlay import Overlay
from tests.fixtures.videos import read_code

if TYPE_CHECKING:
    from tests.fixtures.videos import ClipFactory

STARTS = (10, 40, 70)


@pytest.fixture
def plans(clip_factory: ClipFactory, tmp_path: Path) -> tuple[ClipPlan, ...]:
    """Three clips of five frames each."""
    video = clip_factory("h264").path
    index = build_index(video)
    return tuple(
        ClipPlan(
            video=video,
            index=index,
            span=Span(start_us=index.times_us[first], end_us=index.times_us[first + 5]),
            place=tmp_path / f"{first}.mp4",
        )
        for first in STARTS
    )


def failing(monkeypatch: pytest.MonkeyPatch, place: str, error: Exception) -> None:
    """Let the clip of this name fail."""
    real = WRITERS[Way.EXACT]

    def write(plan: ClipPlan, watch: Watch) -> clip_batch.Clip:
        if plan.place.name == place:
            raise error
        return real(plan, watch)

    monkeypatch.setitem(WRITERS, Way.EXACT, write)


def names(folder: Path) -> list[str]:
    return sorted(path.name for path in folder.iterdir())


def test_all_clips_are_written_in_order(plans: tuple[ClipPlan, ...], tmp_path: Path) -> None:
    outcomes = write_batch(plans, Way.EXACT)
    assert [outcome.clip.first_ordinal for outcome in outcomes if outcome.clip] == list(STARTS)
    assert names(tmp_path) == ["10.mp4", "40.mp4", "70.mp4"]
    assert not any(outcome.trouble for outcome in outcomes)


def test_a_clip_that_fails_does_not_keep_the_others_back(
    plans: tuple[ClipPlan, ...], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    error = MediaError("media.clip_failed", Path("40.mp4"), "could not be encoded", "try another")
    failing(monkeypatch, "40.mp4", error)
    outcomes = write_batch(plans, Way.EXACT)
    assert names(tmp_path) == ["10.mp4", "70.mp4"]
    assert [bool(outcome.clip) for outcome in outcomes] == [True, False, True]
    assert "could not be encoded; try another" in outcomes[1].trouble


@pytest.mark.parametrize("code", ["media.unwritable", "media.no_encoder", "media.place_missing"])
def test_a_full_disk_ends_the_work_and_the_rest_is_not_tried(
    plans: tuple[ClipPlan, ...], tmp_path: Path, monkeypatch: pytest.MonkeyPatch, code: str
) -> None:
    failing(monkeypatch, "40.mp4", MediaError(code, Path("40.mp4"), "is refused", "make room"))
    outcomes = write_batch(plans, Way.EXACT)
    assert names(tmp_path) == ["10.mp4"]
    assert "make room" in outcomes[1].trouble
    assert (outcomes[2].clip, outcomes[2].trouble) == (None, "")
    assert [outcome.plan for outcome in outcomes] == list(plans)


def test_a_folder_that_vanished_is_told_and_ends_the_work(
    plans: tuple[ClipPlan, ...], tmp_path: Path
) -> None:
    gone = tuple(replace(plan, place=tmp_path / "gone" / plan.place.name) for plan in plans)
    outcomes = write_batch(gone, Way.EXACT)
    assert "folder that does not exist" in outcomes[0].trouble
    assert [outcome.trouble for outcome in outcomes[1:]] == ["", ""]


def test_stopping_keeps_what_was_written_and_leaves_nothing_half_written(
    plans: tuple[ClipPlan, ...], tmp_path: Path
) -> None:
    reports: list[float] = []
    watch = Watch(progress=reports.append, cancelled=lambda: bool(reports) and reports[-1] > 1.5)
    outcomes = write_batch(plans, Way.EXACT, watch)
    assert names(tmp_path) == ["10.mp4"]
    assert [bool(outcome.clip) for outcome in outcomes] == [True, False, False]
    assert not any(outcome.trouble for outcome in outcomes)


def test_progress_counts_clips_and_never_runs_ahead(plans: tuple[ClipPlan, ...]) -> None:
    reports: list[float] = []
    write_batch(plans, Way.EXACT, Watch(progress=reports.append))
    assert reports == sorted(reports)
    assert reports[-1] == len(plans)
    assert {1.0, 2.0} < set(reports)
    assert sum(1.0 <= report < 2.0 for report in reports) > 3


def test_pictures_show_the_first_frame_of_each_stretch(
    plans: tuple[ClipPlan, ...], tmp_path: Path
) -> None:
    import cv2

    pictures = tuple(replace(plan, place=plan.place.with_suffix(".png")) for plan in plans)
    outcomes = write_batch(pictures, Way.PICTURE)
    for outcome, first in zip(outcomes, STARTS, strict=True):
        assert outcome.clip is not None
        assert (outcome.clip.first_ordinal, outcome.clip.frame_count) == (first, 1)
        assert outcome.clip.end_us == outcome.plan.index.times_us[first + 1]
        shown = cv2.cvtColor(cv2.imread(str(outcome.clip.file)), cv2.COLOR_BGR2RGB)
        assert read_code(shown) == first
    assert names(tmp_path) == ["10.png", "40.png", "70.png"]


def test_time_can_be_read_in_a_picture(plans: tuple[ClipPlan, ...], tmp_path: Path) -> None:
    bare = replace(plans[0], place=tmp_path / "bare.png")
    timed = replace(bare, place=tmp_path / "timed.png", overlay=Overlay(timecode=True))
    write_batch((bare, timed), Way.PICTURE)
    assert bare.place.read_bytes() != timed.place.read_bytes()


def test_a_picture_that_is_there_is_not_replaced(plans: tuple[ClipPlan, ...]) -> None:
    picture = replace(plans[0], place=plans[0].place.with_suffix(".png"))
    picture.place.write_text("mine")
    (outcome,) = write_batch((picture,), Way.PICTURE)
    assert "is there already" in outcome.trouble
    assert picture.place.read_text() == "mine"


def test_no_picture_is_begun_once_stopped(plans: tuple[ClipPlan, ...], tmp_path: Path) -> None:
    picture = replace(plans[0], place=plans[0].place.with_suffix(".png"))
    with pytest.raises(Abandoned):
        clip_batch.write_picture(picture, Watch(cancelled=lambda: True))
    assert names(tmp_path) == []


def test_copies_begin_where_they_must(plans: tuple[ClipPlan, ...]) -> None:
    (outcome,) = write_batch(plans[1:2], Way.COPY)
    assert outcome.clip is not None
    assert not outcome.clip.exact
    assert outcome.clip.first_ordinal in outcome.plan.index.key_frames


@pytest.mark.parametrize(
    ("way", "ending"), [(Way.EXACT, ".mp4"), (Way.COPY, ".mts"), (Way.PICTURE, ".png")]
)
def test_a_copy_keeps_the_ending_of_its_recording(way: Way, ending: str) -> None:
    assert ending_of(way, ".mts") == ending


def test_an_empty_order_writes_nothing() -> None:
    assert write_batch((), Way.EXACT) == ()


def test_a_stretch_outside_the_recording_is_the_trouble_of_one_clip(
    plans: tuple[ClipPlan, ...],
) -> None:
    outside = Span(start_us=Micros(900_000_000), end_us=Micros(901_000_000))
    outcomes = write_batch((replace(plans[0], span=outside), plans[1]), Way.EXACT)
    assert "has nothing from 900" in outcomes[0].trouble
    assert outcomes[1].clip is not None
