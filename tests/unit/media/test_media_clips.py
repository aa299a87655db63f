from __future__ import annotations

from itertools import pairwise
from pathlib import Path
from typing import TYPE_CHECKING

import av
import numpy as np
import pytest

from ssp_coder.domain.time import Micros, Span
from ssp_coder.media import clips
from ssp_coder.media.clip_copy import copy_clip, real_start
from ssp_coder.media.clips import Clip, ClipPlan, encoder_name, write_clip
from ssp_coder.media.errors import Abandoned, FrameMissing, MediaError
from ssp_coder.media.indexing import Watch, build_index
from ssp_coder.media.overlay import Caption, Overlay
from ssp_coder.media.probe import probe
from ssp_coder.media.reader import FrameReader
from ssp_coder.media.soundtrack import Hearing, sound_blocks
from tests.fixtures.talkies import Talkie, beep, noise, write_talkie
from tests.fixtures.videos import INTACT, read_code

if TYPE_CHECKING:
    from tests.fixtures.videos import ClipFactory

FIRST, LAST = 17, 44


def span(start: int, end: int) -> Span:
    return Span(start_us=Micros(start), end_us=Micros(end))


def plan_of(video: Path, place: Path, first: int = FIRST, last: int = LAST, **more) -> ClipPlan:
    """The frames from `first` to before `last`."""
    index = build_index(video)
    stretch = span(index.times_us[first], index.times_us[last])
    return ClipPlan(video=video, index=index, span=stretch, place=place, **more)


def numbers_in(clip: Clip) -> list[int | None]:
    index = build_index(clip.file)
    with FrameReader(clip.file, index) as reader:
        return [read_code(reader.frame(ordinal).to_rgb()) for ordinal in range(index.count)]


def heard(path: Path) -> np.ndarray:
    found = sound_blocks(path, build_index(path), Hearing(rate=48_000))
    return np.concatenate([block.samples[0] for block in found])


def onset(samples: np.ndarray) -> int:
    return int(np.argmax(np.abs(samples) > 0.1))


def refusal(plan: ClipPlan, way=write_clip) -> MediaError:
    with pytest.raises(MediaError) as caught:
        way(plan)
    return caught.value


# ------------------------------------------------------------------------------ exact clips


@pytest.mark.parametrize("name", [name for name in INTACT if name != "rotated"])
def test_a_clip_holds_exactly_the_frames_asked_for(
    clip_factory: ClipFactory, tmp_path: Path, name: str
) -> None:
    recording = clip_factory(name)
    plan = plan_of(recording.path, tmp_path / "clip.mp4")
    clip = write_clip(plan)
    wanted = [recording.first_code + ordinal for ordinal in range(FIRST, LAST)]
    assert numbers_in(clip) == wanted
    assert (clip.first_ordinal, clip.frame_count, clip.lost) == (FIRST, LAST - FIRST, 0)
    assert clip.start_us == plan.index.times_us[FIRST]
    assert clip.end_us == plan.index.times_us[LAST]


@pytest.mark.parametrize("name", ["h264", "ntsc", "vfr", "mkv", "interlaced"])
def test_every_frame_keeps_its_time(clip_factory: ClipFactory, tmp_path: Path, name: str) -> None:
    plan = plan_of(clip_factory(name).path, tmp_path / "clip.mp4")
    made = build_index(write_clip(plan).file)
    for ordinal, time_us in enumerate(made.times_us):
        wanted = plan.index.times_us[FIRST + ordinal] - plan.index.times_us[FIRST]
        assert abs(time_us - wanted) <= 1
    assert made.start_offset_us == 0


def test_a_turned_recording_is_written_upright(clip_factory: ClipFactory, tmp_path: Path) -> None:
    recording = clip_factory("rotated")
    clip = write_clip(plan_of(recording.path, tmp_path / "clip.mp4"))
    facts = probe(clip.file)
    assert (facts.width, facts.height, facts.rotation) == (180, 320, 0)
    with FrameReader(clip.file, build_index(clip.file)) as reader:
        assert recording.code_in(reader.frame(0).to_rgb()) == FIRST


def test_a_time_within_a_frame_begins_with_that_frame(
    clip_factory: ClipFactory, tmp_path: Path
) -> None:
    index = build_index(clip_factory("ntsc").path)
    stretch = span(index.times_us[10] + 5_000, index.times_us[20] + 1)
    plan = ClipPlan(
        video=clip_factory("ntsc").path, index=index, span=stretch, place=tmp_path / "clip.mp4"
    )
    assert plan.frames() == range(10, 21)
    assert numbers_in(write_clip(plan)) == list(range(10, 21))


def test_a_stretch_beyond_the_end_stops_at_the_end(
    clip_factory: ClipFactory, tmp_path: Path
) -> None:
    index = build_index(clip_factory("h264").path)
    plan = ClipPlan(
        video=clip_factory("h264").path,
        index=index,
        span=span(index.times_us[145], 90_000_000),
        place=tmp_path / "clip.mp4",
    )
    clip = write_clip(plan)
    assert numbers_in(clip) == [145, 146, 147, 148, 149]
    assert clip.end_us == index.end_us


def test_a_clip_has_a_key_frame_a_second(clip_factory: ClipFactory, tmp_path: Path) -> None:
    clip = write_clip(plan_of(clip_factory("longgop").path, tmp_path / "clip.mp4", 0, 120))
    keys = build_index(clip.file).key_frames
    assert max(later - earlier for earlier, later in pairwise(keys)) <= 30


@pytest.mark.parametrize(("start", "end"), [(5, 5), (99_000_000, 100_000_000), (-9_000, -4_000)])
def test_nothing_outside_the_recording_is_written(
    clip_factory: ClipFactory, tmp_path: Path, start: int, end: int
) -> None:
    video = clip_factory("h264").path
    plan = ClipPlan(
        video=video, index=build_index(video), span=span(start, end), place=tmp_path / "clip.mp4"
    )
    assert refusal(plan).code == "media.clip_outside"
    assert list(tmp_path.iterdir()) == []


# ------------------------------------------------------------------------------ sound


def talk(tmp_path: Path, ending: str = ".mkv", codec: str = "pcm_s16le", **how) -> Path:
    return write_talkie(
        tmp_path / f"talk{ending}", beep(4.0, 2.5), Talkie(codec=codec, gop=25, **how)
    )


def test_sound_of_a_clip_is_in_step(tmp_path: Path) -> None:
    clip = write_clip(plan_of(talk(tmp_path), tmp_path / "clip.mp4", 50, 75))
    assert clip.has_sound
    assert abs(onset(heard(clip.file)) - 24_000) < 480
    assert probe(clip.file).sound.duration_us == pytest.approx(1_000_000, abs=45_000)


def test_sound_that_begins_late_stays_late(tmp_path: Path) -> None:
    video = talk(tmp_path, sound_late_us=400_000)
    clip = write_clip(plan_of(video, tmp_path / "clip.mp4", 50, 90))
    assert abs(onset(heard(clip.file)) - 0.9 * 48_000) < 480


def test_an_unusual_rate_of_sound_is_converted(tmp_path: Path) -> None:
    path = write_talkie(tmp_path / "talk.mkv", beep(4.0, 2.5, 9_000), Talkie(rate=9_000))
    clip = write_clip(plan_of(path, tmp_path / "clip.mp4", 50, 75))
    assert probe(clip.file).sound.rate == 48_000
    assert abs(onset(heard(clip.file)) - 24_000) < 480


def test_a_silent_recording_gives_a_silent_clip(clip_factory: ClipFactory, tmp_path: Path) -> None:
    clip = write_clip(plan_of(clip_factory("h264").path, tmp_path / "clip.mp4"))
    assert not clip.has_sound
    assert not probe(clip.file).has_sound


def test_where_the_sound_is_over_a_clip_is_called_silent(tmp_path: Path) -> None:
    path = write_talkie(tmp_path / "talk.mkv", noise(1.0), Talkie(gop=25))
    clips = (
        write_clip(plan_of(path, tmp_path / "clip.mp4", 50, 75)),
        copy_clip(plan_of(path, tmp_path / "copy.mkv", 50, 75)),
    )
    assert [clip.has_sound for clip in clips] == [False, False]
    assert not probe(clips[0].file).has_sound
    assert write_clip(plan_of(path, tmp_path / "early.mp4", 20, 45)).has_sound


def test_sound_of_an_unknown_kind_does_not_stop_a_clip(tmp_path: Path) -> None:
    path = talk(tmp_path)
    path.write_bytes(path.read_bytes().replace(b"A_PCM/INT/LIT", b"A_XYZ/INT/LIT"))
    clip = write_clip(plan_of(path, tmp_path / "clip.mp4", 50, 75))
    assert (clip.frame_count, clip.has_sound) == (25, False)


# ------------------------------------------------------------------------------ copies


@pytest.mark.parametrize("name", ["h264", "ntsc", "vfr", "ts", "mkv", "camcorder", "vp9", "mjpeg"])
def test_a_copy_begins_at_the_key_frame_and_says_so(
    clip_factory: ClipFactory, tmp_path: Path, name: str
) -> None:
    recording = clip_factory(name)
    plan = plan_of(recording.path, tmp_path / f"copy{recording.path.suffix}")
    clip = copy_clip(plan)
    key = max(ordinal for ordinal in plan.index.key_frames if ordinal <= FIRST)
    assert (clip.first_ordinal, clip.exact) == (key, False)
    assert clip.start_us == plan.index.times_us[key] == real_start(plan)
    numbers = numbers_in(clip)
    assert numbers[0] == key
    assert len(numbers) == clip.frame_count
    assert set(range(key, LAST)) <= set(numbers)


def test_a_copy_has_its_sound_in_step(tmp_path: Path) -> None:
    video = talk(tmp_path, ".mp4", "aac")
    clip = copy_clip(plan_of(video, tmp_path / "copy.mp4", 55, 75))
    assert clip.start_us == 2_000_000
    assert abs(onset(heard(clip.file)) - 24_000) < 1_100


def test_the_last_picture_of_a_copy_has_its_sound(tmp_path: Path) -> None:
    video = write_talkie(tmp_path / "slow.mkv", noise(10.0), Talkie(fps=5, frames=50, gop=10))
    clip = copy_clip(plan_of(video, tmp_path / "copy.mkv", 10, 15))
    length_s = (clip.end_us - clip.start_us) / 1_000_000
    assert len(heard(clip.file)) / 48_000 == pytest.approx(length_s, abs=0.03)


@pytest.mark.parametrize("ending", [".ts", ".mkv"])
def test_a_copy_has_its_sound_to_the_end_where_it_lies_behind_the_pictures_in_the_file(
    tmp_path: Path, ending: str
) -> None:
    video = sound_behind(tmp_path / f"late{ending}", talk(tmp_path, ".mp4", "aac"))
    clip = copy_clip(plan_of(video, tmp_path / f"copy{ending}", 25, 75))
    assert len(heard(clip.file)) / 48_000 == pytest.approx(2.0, abs=0.06)


def sound_behind(place: Path, video: Path, seconds: float = 0.5) -> Path:
    """A copy in which each picture lies so much earlier than the sound it is seen with."""
    with av.open(str(video)) as box:
        kinds = {stream.index: stream.type for stream in box.streams}
        packets = [packet for packet in box.demux() if packet.size]
        with av.open(str(place), "w", options={"max_interleave_delta": "1"}) as out:
            tracks = {stream.index: out.add_stream_from_template(stream) for stream in box.streams}

            def turn(packet: av.Packet) -> float:
                early = seconds if kinds[packet.stream.index] == "video" else 0.0
                return float(packet.dts * packet.time_base) - early

            for packet in sorted(packets, key=turn):
                packet.stream = tracks[packet.stream.index]
                out.mux_one(packet)
    return place


def test_the_pixels_of_a_copy_are_untouched(clip_factory: ClipFactory, tmp_path: Path) -> None:
    video = clip_factory("h264").path
    clip = copy_clip(plan_of(video, tmp_path / "copy.mp4", 60, 80))
    with (
        FrameReader(video, build_index(video)) as original,
        FrameReader(clip.file, build_index(clip.file)) as copy,
    ):
        assert np.array_equal(original.frame(70).to_rgb(), copy.frame(10).to_rgb())


def test_a_turned_recording_is_copied_turned(clip_factory: ClipFactory, tmp_path: Path) -> None:
    clip = copy_clip(plan_of(clip_factory("rotated").path, tmp_path / "copy.mp4"))
    assert probe(clip.file).rotation == 90


def test_lying_stamps_are_not_copied(clip_factory: ClipFactory, tmp_path: Path) -> None:
    trouble = refusal(plan_of(clip_factory("packed").path, tmp_path / "copy.avi"), copy_clip)
    assert trouble.code == "media.copy_stamps"
    assert list(tmp_path.iterdir()) == []


def test_what_the_new_file_cannot_hold_is_said(clip_factory: ClipFactory, tmp_path: Path) -> None:
    trouble = refusal(plan_of(clip_factory("h264").path, tmp_path / "copy.webm"), copy_clip)
    assert trouble.code == "media.copy_failed"
    assert ".mkv" in trouble.remedy
    assert list(tmp_path.iterdir()) == []


def test_nothing_can_be_burnt_into_a_copy(clip_factory: ClipFactory, tmp_path: Path) -> None:
    plan = plan_of(clip_factory("h264").path, tmp_path / "copy.mp4", overlay=Overlay(timecode=True))
    assert refusal(plan, copy_clip).code == "media.copy_overlay"


# ------------------------------------------------------------------------------ burnt in


def test_words_are_burnt_in_for_their_time_only(clip_factory: ClipFactory, tmp_path: Path) -> None:
    video = clip_factory("h264").path
    times = build_index(video).times_us
    words = Caption(span=span(times[20], times[30]), words="reunion")
    bare = write_clip(plan_of(video, tmp_path / "bare.mp4"))
    burnt = write_clip(plan_of(video, tmp_path / "burnt.mp4", overlay=Overlay(captions=(words,))))
    changed = [
        ordinal
        for ordinal, one, other in zip(
            range(FIRST, LAST), lower_left(bare), lower_left(burnt), strict=True
        )
        if np.abs(one - other).mean() > 15
    ]
    assert changed == list(range(20, 30))
    assert numbers_in(burnt) == list(range(FIRST, LAST))


def lower_left(clip: Clip) -> list[np.ndarray]:
    index = build_index(clip.file)
    with FrameReader(clip.file, index) as reader:
        return [reader.frame(n).to_rgb()[-20:, :40].astype(int) for n in range(index.count)]


# ------------------------------------------------------------------------------ the place


@pytest.mark.parametrize("way", [write_clip, copy_clip])
def test_a_file_that_is_there_is_kept_unless_told(
    clip_factory: ClipFactory, tmp_path: Path, way
) -> None:
    place = tmp_path / "clip.mp4"
    place.write_text("mine")
    video = clip_factory("h264").path
    assert refusal(plan_of(video, place), way).code == "media.place_taken"
    assert place.read_text() == "mine"
    way(plan_of(video, place, overwrite=True))
    assert probe(place).frame_count > 20
    assert [path.name for path in tmp_path.iterdir()] == ["clip.mp4"]


@pytest.mark.parametrize("way", [write_clip, copy_clip])
def test_what_is_stopped_leaves_nothing(clip_factory: ClipFactory, tmp_path: Path, way) -> None:
    place = tmp_path / "clip.mp4"
    place.write_text("mine")
    shares: list[float] = []
    watch = Watch(progress=shares.append, cancelled=lambda: len(shares) >= 5)
    with pytest.raises(Abandoned):
        way(plan_of(clip_factory("h264").path, place, overwrite=True), watch)
    assert [path.name for path in tmp_path.iterdir()] == ["clip.mp4"]
    assert place.read_text() == "mine"


@pytest.mark.parametrize("way", [write_clip, copy_clip])
def test_progress_grows(clip_factory: ClipFactory, tmp_path: Path, way) -> None:
    shares: list[float] = []
    way(plan_of(clip_factory("h264").path, tmp_path / "clip.mp4"), Watch(progress=shares.append))
    assert shares == sorted(shares)
    assert shares[-1] > 0.9


def test_only_mp4_is_encoded(clip_factory: ClipFactory, tmp_path: Path) -> None:
    plan = plan_of(clip_factory("h264").path, tmp_path / "clip.avi")
    assert refusal(plan).code == "media.clip_not_mp4"


def test_a_folder_that_is_not_there_is_said(clip_factory: ClipFactory, tmp_path: Path) -> None:
    plan = plan_of(clip_factory("h264").path, tmp_path / "gone" / "clip.mp4")
    assert refusal(plan).code == "media.place_missing"


def test_a_name_that_looks_like_a_protocol_is_a_file(
    clip_factory: ClipFactory, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    clip = write_clip(plan_of(clip_factory("h264").path, Path("file:clip é.mp4")))
    assert (tmp_path / "file:clip é.mp4").is_file()
    assert clip.frame_count == LAST - FIRST


def test_without_an_encoder_the_way_out_is_told(
    clip_factory: ClipFactory, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(clips, "_ENCODERS", ("libnone",))
    trouble = refusal(plan_of(clip_factory("h264").path, tmp_path / "clip.mp4"))
    assert trouble.code == "media.no_encoder"
    assert "copy" in trouble.remedy
    with pytest.raises(LookupError, match="libnone"):
        encoder_name()


# ------------------------------------------------------------------------------ damage


def test_damaged_frames_are_left_out_and_counted(clip_factory: ClipFactory, tmp_path: Path) -> None:
    video = clip_factory("truncated").path
    index = build_index(video)
    plan = ClipPlan(
        video=video,
        index=index,
        span=span(index.times_us[index.count - 10], index.end_us),
        place=tmp_path / "clip.mp4",
    )
    clip = write_clip(plan)
    assert clip.lost == 1
    assert clip.frame_count == 9
    assert len(numbers_in(clip)) == 9


def test_a_clip_that_would_begin_with_a_damaged_frame_is_refused(
    clip_factory: ClipFactory, tmp_path: Path
) -> None:
    video = clip_factory("truncated").path
    index = build_index(video)
    with FrameReader(video, index) as reader:
        lost = next(n for n in range(index.count) if not can_be_shown(reader, n))
    stretch = span(index.times_us[lost], index.end_us)
    plan = ClipPlan(video=video, index=index, span=stretch, place=tmp_path / "clip.mp4")
    assert isinstance(refusal(plan), FrameMissing)
    assert list(tmp_path.iterdir()) == []


def can_be_shown(reader: FrameReader, ordinal: int) -> bool:
    try:
        reader.frame(ordinal)
    except FrameMissing:
        return False
    return True


def test_damaged_sound_does_not_stop_a_clip(tmp_path: Path) -> None:
    from tests.unit.media.test_media_damage import damaged_copy

    whole = write_talkie(tmp_path / "talk.mts", noise(4.0), Talkie(codec="aac")).read_bytes()
    damaged_copy(whole, tmp_path / "damaged.mts", 3)
    clip = write_clip(plan_of(tmp_path / "damaged.mts", tmp_path / "clip.mp4", 5, 20))
    assert clip.frame_count + clip.lost == 15


# ------------------------------------------------------------------------------ pixels


def mean_colour(path: Path, ordinal: int) -> np.ndarray:
    index = build_index(path)
    with FrameReader(path, index) as reader:
        return reader.frame(ordinal).to_rgb().reshape(-1, 3).mean(axis=0)


@pytest.mark.parametrize("name", ["h264", "interlaced", "mjpeg", "rotated", "vp9"])
@pytest.mark.parametrize("burnt", [False, True])
def test_colours_stay_as_they_are(
    clip_factory: ClipFactory, tmp_path: Path, name: str, burnt: bool
) -> None:
    """Whether a picture goes straight to the encoder or is drawn on first."""
    video = clip_factory(name).path
    words = Caption(span=span(0, 1), words="before the clip")
    overlay = Overlay(captions=(words,)) if burnt else Overlay()
    clip = write_clip(plan_of(video, tmp_path / "clip.mp4", overlay=overlay))
    assert np.abs(mean_colour(video, FIRST) - mean_colour(clip.file, 0)).max() < 2


@pytest.mark.parametrize("enlarged", [1, 4])
def test_a_coloured_picture_keeps_its_colour_at_both_sizes(tmp_path: Path, enlarged: int) -> None:
    """Players read the colours of large pictures by another rule than those of small ones."""
    video = coloured(tmp_path / "red.mkv", enlarged)
    words = Caption(span=span(0, 1), words="over")
    straight = write_clip(plan_of(video, tmp_path / "straight.mp4", 2, 8))
    drawn = write_clip(
        plan_of(video, tmp_path / "drawn.mp4", 2, 8, overlay=Overlay(captions=(words,)))
    )
    wanted = mean_colour(video, 2)
    assert wanted.max() - wanted.min() > 80
    assert np.abs(mean_colour(straight.file, 0) - wanted).max() < 4
    assert np.abs(mean_colour(drawn.file, 0) - wanted).max() < 4


def coloured(path: Path, enlarged: int) -> Path:
    from fractions import Fraction

    import av

    width, height = 320 * enlarged, 180 * enlarged
    planes = np.full((height * 3 // 2, width), 100, np.uint8)
    planes[height : height + height // 4], planes[height + height // 4 :] = 90, 180
    with av.open(str(path), "w") as box:
        stream = box.add_stream("ffv1", rate=25)
        stream.width, stream.height, stream.pix_fmt = width, height, "yuv420p"
        for number in range(10):
            frame = av.VideoFrame.from_ndarray(planes, format="yuv420p")
            frame.pts, frame.time_base = number, Fraction(1, 25)
            box.mux(stream.encode(frame))
        box.mux(stream.encode(None))
    return path
