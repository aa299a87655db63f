from __future__ import annotations

from collections.abc import Iterator
from fractions import Fraction
from pathlib import Path

import av
import numpy as np
import pytest
from demonstration_stories import at, small_story

from ssp_coder.demonstration import film
from ssp_coder.demonstration.barcode import read_number
from ssp_coder.demonstration.film import (
    FilmCancelledError,
    FilmError,
    Watch,
    make_video,
    shoot,
)
from ssp_coder.demonstration.sound import RATE
from ssp_coder.demonstration.story import Story, bundled_story

SMALL = 0.6
BEATS = (
    'at = 0.0, does = "door", level = 1.0, lasts = 0.4',
    'at = 0.4, who = "bob", does = "weep", level = 3.0',
    'at = 0.8, lasts = 1.2, who = "ann", does = "walk", to = "right"',
    'at = 2.0, who = "bob", does = "weep", level = 0.0',
    'at = 2.0, lasts = 0.4, who = "ann", does = "carry", to = "bob"',
)


@pytest.fixture(scope="module")
def short_story(tmp_path_factory: pytest.TempPathFactory) -> Story:
    return small_story(tmp_path_factory.mktemp("story"), *BEATS, length="4.0")


@pytest.fixture(scope="module")
def short_film(tmp_path_factory: pytest.TempPathFactory, short_story: Story) -> Path:
    path = tmp_path_factory.mktemp("film") / "short.mp4"
    shoot(short_story, path, zoom=SMALL)
    return path


@pytest.fixture(scope="module")
def whole_film(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("film") / "demonstration.mp4"
    make_video(path)
    return path


def video_frames(path: Path) -> Iterator[av.VideoFrame]:
    with av.open(str(path)) as container:
        yield from container.decode(video=0)


def heard(path: Path) -> np.ndarray:
    with av.open(str(path)) as container:
        blocks = [frame.to_ndarray()[0] for frame in container.decode(audio=0)]
    return np.concatenate(blocks)


def rms(samples: np.ndarray, start_us: int, end_us: int) -> float:
    part = samples[start_us * RATE // 1_000_000 : end_us * RATE // 1_000_000]
    return float(np.sqrt(np.mean(part.astype(float) ** 2)))


def test_every_frame_reads_back_its_number_after_encoding(short_film: Path) -> None:
    numbers = [read_number(frame.to_ndarray(format="gray")) for frame in video_frames(short_film)]
    assert numbers == list(range(100))


def test_the_first_frame_is_at_zero_and_the_rate_is_constant(short_film: Path) -> None:
    times = [
        frame.pts * frame.time_base
        for frame in video_frames(short_film)
        if frame.pts is not None and frame.time_base is not None
    ]
    assert times == [Fraction(number, 25) for number in range(100)]


def test_the_file_holds_h264_and_aac(short_film: Path) -> None:
    with av.open(str(short_film)) as container:
        assert [stream.codec_context.name for stream in container.streams] == ["h264", "aac"]
        assert container.streams.video[0].average_rate == 25
        assert container.streams.audio[0].rate == RATE
        assert container.streams.video[0].codec_context.pix_fmt == "yuv420p"


def test_there_is_a_key_frame_at_least_every_two_seconds(short_film: Path) -> None:
    keys = [number for number, frame in enumerate(video_frames(short_film)) if frame.key_frame]
    assert keys[0] == 0
    assert max(np.diff([*keys, 100])) <= 50


def test_picture_and_sound_are_equally_long(short_film: Path) -> None:
    assert len(heard(short_film)) == pytest.approx(4 * RATE, abs=1_100)


def test_crying_is_heard_where_it_is_seen(short_film: Path) -> None:
    samples = heard(short_film)
    assert rms(samples, at("0.4"), at("2")) > 0.08
    assert rms(samples, at("2.2"), at("3.9")) < 0.004


def test_the_same_story_makes_the_same_file(
    tmp_path: Path, short_story: Story, short_film: Path
) -> None:
    again = tmp_path / "again.mp4"
    shoot(short_story, again, zoom=SMALL)
    assert again.read_bytes() == short_film.read_bytes()


def test_nothing_is_left_beside_the_film(short_film: Path) -> None:
    assert [path.name for path in short_film.parent.iterdir()] == ["short.mp4"]


def test_progress_is_told_frame_by_frame(tmp_path: Path, short_story: Story) -> None:
    told: list[tuple[int, int]] = []
    watch = Watch(progress=lambda done, total: told.append((done, total)))
    shoot(short_story, tmp_path / "told.mp4", zoom=SMALL, watch=watch)
    assert told == [(done, 100) for done in range(1, 101)]


def test_a_film_that_exists_is_never_overwritten(tmp_path: Path, short_story: Story) -> None:
    path = tmp_path / "mine.mp4"
    path.write_bytes(b"precious")
    with pytest.raises(FilmError, match=r"mine\.mp4 exists already; choose another name"):
        shoot(short_story, path, zoom=SMALL)
    assert path.read_bytes() == b"precious"


def test_a_film_that_appears_meanwhile_is_not_overwritten(
    tmp_path: Path, short_story: Story
) -> None:
    path = tmp_path / "mine.mp4"
    watch = Watch(progress=lambda done, _: path.write_bytes(b"precious") and None)
    with pytest.raises(FilmError, match="appeared meanwhile"):
        shoot(short_story, path, zoom=SMALL, watch=watch)
    assert path.read_bytes() == b"precious"
    assert [left.name for left in tmp_path.iterdir()] == ["mine.mp4"]


def test_a_missing_folder_is_named(tmp_path: Path, short_story: Story) -> None:
    with pytest.raises(FilmError, match=r"the folder .*nowhere does not exist; make it first"):
        shoot(short_story, tmp_path / "nowhere" / "film.mp4", zoom=SMALL)


def test_calling_it_off_leaves_nothing_behind(tmp_path: Path, short_story: Story) -> None:
    done: list[int] = []
    watch = Watch(progress=lambda number, _: done.append(number), cancelled=lambda: len(done) >= 10)
    with pytest.raises(FilmCancelledError, match="called off at frame 10"):
        shoot(short_story, tmp_path / "film.mp4", zoom=SMALL, watch=watch)
    assert len(done) == 10
    assert list(tmp_path.iterdir()) == []


def test_a_full_disk_is_named_and_nothing_is_left(
    tmp_path: Path, short_story: Story, monkeypatch: pytest.MonkeyPatch
) -> None:
    def full(*_: object) -> int:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(film, "_add_sound", full)
    with pytest.raises(FilmError, match=r"film\.mp4 could not be written: .*No space left"):
        shoot(short_story, tmp_path / "film.mp4", zoom=SMALL)
    assert list(tmp_path.iterdir()) == []


def test_without_x264_the_film_is_made_with_mpeg4(
    tmp_path: Path, short_story: Story, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(av, "codecs_available", {"mpeg4", "aac"})
    path = tmp_path / "old.mp4"
    shoot(short_story, path, zoom=SMALL)
    with av.open(str(path)) as container:
        assert container.streams.video[0].codec_context.name == "mpeg4"
    numbers = [read_number(frame.to_ndarray(format="gray")) for frame in video_frames(path)]
    assert numbers == list(range(100))


def test_the_bundled_film_takes_the_bundled_story(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, short_story: Story
) -> None:
    monkeypatch.setattr(film, "bundled_story", lambda: short_story)
    told: list[int] = []
    make_video(tmp_path / "demo.mp4", lambda done, _: told.append(done), lambda: False)
    assert len(told) == 100


def test_the_whole_film_has_every_frame_of_the_story(whole_film: Path) -> None:
    story = bundled_story()
    numbers = [read_number(frame.to_ndarray(format="gray")) for frame in video_frames(whole_film)]
    assert numbers == list(range(story.frame_count))


def test_the_whole_film_is_small_enough_to_keep(whole_film: Path) -> None:
    assert whole_film.stat().st_size < 8_000_000


def test_in_the_whole_film_crying_is_heard_exactly_where_the_story_has_it(
    whole_film: Path,
) -> None:
    samples = heard(whole_film)
    story = bundled_story()
    spans = [weeping.span for weeping in story.weeping()]
    sounds = [beat for beat in story.beats if beat.does in ("chime", "door")]
    for span in spans:
        assert rms(samples, span.start_us, span.end_us) > 0.02
    for time in range(0, story.length_us - 200_000, 200_000):
        crying = any(span.start_us - 200_000 < time < span.end_us + 40_000 for span in spans)
        other = any(
            beat.at_us - 200_000 < time < max(beat.end_us, beat.at_us + 900_000) for beat in sounds
        )
        if not crying and not other:
            assert rms(samples, time, time + 200_000) < 0.006, time
