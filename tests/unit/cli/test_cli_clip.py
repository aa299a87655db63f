from __future__ import annotations

import csv
import json
from dataclasses import replace
from pathlib import Path

import pytest

from ssp_coder.catalog import load_scheme
from ssp_coder.cli.reading import read_coding
from ssp_coder.demonstration.codings import session_data
from ssp_coder.domain.coding import Coding
from ssp_coder.domain.session import episode_id_at, episode_spans
from ssp_coder.domain.time import Micros, Span, clock_text
from ssp_coder.formats.exportable import Exportable
from ssp_coder.media.clip_batch import WRITERS, Way
from ssp_coder.media.clips import Clip as Written
from ssp_coder.media.clips import ClipPlan, write_clip
from ssp_coder.media.errors import MediaError
from ssp_coder.media.fingerprint import fingerprint
from ssp_coder.media.indexing import Watch, build_index
from ssp_coder.media.probe import probe
from ssp_coder.media.reader import FrameReader
from ssp_coder.reporting.clip_wishes import event_wishes
from ssp_coder.storage.coding_file import create
from tests.fixtures.talkies import Talkie, beep, write_talkie
from tests.fixtures.videos import Clip, ClipFactory, read_code
from tests.unit.cli.cli_desk import FILM_FRAMES, FPS, Call, blank_video, film_media

NO_MARGINS = Span(start_us=Micros(0), end_us=Micros(0))


@pytest.fixture
def clip(clip_factory: ClipFactory) -> Clip:
    return clip_factory("ntsc")


@pytest.fixture(scope="module")
def film(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """As long as the demonstration's codings."""
    return blank_video(tmp_path_factory.mktemp("film") / "film.mp4", FILM_FRAMES)


@pytest.fixture(scope="module")
def coded(demo_codings: Path) -> Exportable:
    return read_coding(demo_codings / "reference.sspc")


def numbers_in(path: Path) -> list[int | None]:
    index = build_index(path)
    with FrameReader(path, index) as reader:
        return [read_code(reader.frame(ordinal).to_rgb()) for ordinal in range(index.count)]


# ---------------------------------------------------------------- from here to there


def test_a_stretch_is_cut_to_the_frame(ssp: Call, clip: Clip, tmp_path: Path) -> None:
    place = tmp_path / "a.mp4"
    outcome = ssp("clip", clip.path, "--from", "0.5", "--to", "1", "--out", place)
    assert outcome.code == 0, outcome.err
    assert numbers_in(place) == list(range(14, 30))
    assert outcome.out.startswith(f"{place}: 0.467133 to 1.001000 s, 16 frames from frame 14")


def test_a_copy_tells_its_real_start(ssp: Call, clip: Clip, tmp_path: Path) -> None:
    place = tmp_path / "a.mp4"
    outcome = ssp("clip", clip.path, "--from", "1.5", "--to", "2", "--copy", "--out", place)
    assert outcome.code == 0, outcome.err
    assert numbers_in(place)[0] == 30
    assert ": 1.001000 to " in outcome.out
    assert "a copy, it begins 0.499000 s before the time asked for" in outcome.out


def test_a_clip_is_told_to_programs(ssp: Call, clip: Clip, tmp_path: Path) -> None:
    outcome = ssp(
        "clip", clip.path, "--from", "1", "--to", "2", "--json", "--out", tmp_path / "a.mp4"
    )
    (told,) = json.loads(outcome.out)
    assert told["file"] == str(tmp_path / "a.mp4")
    assert (told["first_ordinal"], told["exact"], told["lost"]) == (29, True, 0)


def test_a_clip_that_is_there_is_kept_unless_forced(ssp: Call, clip: Clip, tmp_path: Path) -> None:
    place = tmp_path / "a.mp4"
    place.write_text("mine")
    arguments = ("clip", clip.path, "--from", "1", "--to", "1.2", "--out", place)
    outcome = ssp(*arguments)
    assert outcome.code == 2
    assert "a.mp4 is there already" in outcome.complaint
    assert place.read_text() == "mine"
    assert ssp(*arguments, "--force").code == 0
    assert numbers_in(place)[0] == 29


def test_time_is_burnt_in_when_asked(ssp: Call, clip: Clip, tmp_path: Path) -> None:
    bare, burnt = tmp_path / "bare.mp4", tmp_path / "burnt.mp4"
    arguments = ("clip", clip.path, "--from", "1", "--to", "1.2", "--out")
    ssp(*arguments, bare)
    ssp(*arguments, burnt, "--timecode")
    assert numbers_in(bare) == numbers_in(burnt)
    assert bare.read_bytes() != burnt.read_bytes()


@pytest.mark.parametrize(
    "arguments",
    [
        (),
        ("--from", "1"),
        ("--to", "1"),
        ("--from", "2", "--to", "1"),
        ("--from", "1", "--to", "2", "--event", "3"),
        ("--episode", "1"),
        ("--from", "1", "--to", "2", "--codes"),
        ("--from", "70", "--to", "71"),
        ("--event", "0"),
        ("--from", "1", "--to", "2", "--camera", "1"),
        ("--from", "1", "--to", "2", "--names", "{who}"),
        ("--from", "1", "--to", "2", "--names", "{what"),
        ("--from", "1", "--to", "2", "--names", " - "),
        ("--from", "1", "--to", "2", "--copy", "--stills"),
    ],
)
def test_what_is_not_clear_is_asked_back(
    ssp: Call, clip: Clip, tmp_path: Path, arguments: tuple[str, ...]
) -> None:
    outcome = ssp("clip", clip.path, *arguments, "--out", tmp_path / "a.mp4")
    assert outcome.code == 2
    assert outcome.complaint
    assert list(tmp_path.iterdir()) == []


# ---------------------------------------------------------------- out of a coding


def test_an_episode_is_cut_from_its_start_to_the_next(
    ssp: Call, film: Path, demo_codings: Path, coded: Exportable, tmp_path: Path
) -> None:
    place = tmp_path / "episode.mp4"
    outcome = ssp(
        "clip", film, "--coding", demo_codings / "reference.sspc", "--any-video",
        "--episode", "2", "--codes", "--timecode", "--out", place,
    )  # fmt: skip
    assert outcome.code == 0, outcome.err
    span = episode_spans(coded.coding, coded.scheme.procedure)[1]
    assert span.start_us is not None
    assert span.end_us is not None
    assert build_index(place).end_us == span.end_us - span.start_us


def test_events_are_cut_with_their_margins(
    ssp: Call, film: Path, demo_codings: Path, coded: Exportable, tmp_path: Path
) -> None:
    outcome = ssp(
        "clip", film, "--coding", demo_codings / "reference.sspc", "--any-video",
        "--event", "3", "11", "--before", "1", "--after", "0.52", "--folder", tmp_path / "events",
    )  # fmt: skip
    assert outcome.code == 0, outcome.err
    names = sorted(path.name for path in (tmp_path / "events").iterdir())
    assert [name[:15] for name in names] == ["film-event0003-", "film-event0011-"]
    third = coded.coding.event(3)
    made = build_index(tmp_path / "events" / names[0])
    assert third.end_us is not None
    assert made.end_us == third.end_us - third.start_us + 1_520_000


def test_several_clips_need_a_folder(
    ssp: Call, film: Path, demo_codings: Path, tmp_path: Path
) -> None:
    outcome = ssp(
        "clip", film, "--coding", demo_codings / "reference.sspc", "--any-video",
        "--event", "3", "11", "--out", tmp_path / "a.mp4",
    )  # fmt: skip
    assert outcome.code == 2
    assert "give --folder" in outcome.complaint


def test_one_place_that_is_taken_stops_all(
    ssp: Call, film: Path, demo_codings: Path, coded: Exportable, tmp_path: Path
) -> None:
    name = event_wishes(coded, (11,), (), NO_MARGINS)[0].name
    taken = tmp_path / f"film-{name}.mp4"
    taken.write_text("mine")
    outcome = ssp(
        "clip", film, "--coding", demo_codings / "reference.sspc", "--any-video",
        "--event", "3", "11", "--folder", tmp_path,
    )  # fmt: skip
    assert outcome.code == 2
    assert [path.name for path in tmp_path.iterdir()] == [taken.name]


def test_another_video_than_the_coded_one_is_refused(
    ssp: Call, film: Path, demo_codings: Path, tmp_path: Path
) -> None:
    outcome = ssp(
        "clip", film, "--coding", demo_codings / "reference.sspc",
        "--episode", "1", "--out", tmp_path / "a.mp4",
    )  # fmt: skip
    assert outcome.code == 2
    assert "not the video that was coded (film.mp4)" in outcome.complaint
    assert "--any-video" in outcome.complaint


# ---------------------------------------------------------------- pictures, sound and the list


def test_the_start_of_each_event_is_written_as_a_picture(
    ssp: Call, film: Path, demo_codings: Path, coded: Exportable, tmp_path: Path
) -> None:
    outcome = ssp(
        "clip", film, "--coding", demo_codings / "reference.sspc", "--any-video",
        "--event", "3", "11", "--stills", "--names", "{number}-{time}", "--folder", tmp_path,
    )  # fmt: skip
    assert outcome.code == 0, outcome.err
    start = clock_text(coded.coding.event(3).start_us).replace(":", "-").replace(".", "-")
    names = sorted(path.name for path in tmp_path.iterdir())
    assert names[0] == f"1-{start}.png"
    assert [name[-4:] for name in names] == [".png", ".png"]
    frame = coded.coding.event(3).start_us * FPS // 1_000_000
    assert f", 1 frame from frame {frame}, no sound" in outcome.out


def test_sound_is_left_out_when_asked(ssp: Call, tmp_path: Path) -> None:
    video = write_talkie(tmp_path / "talk.mkv", beep(4.0, 2.5), Talkie(codec="pcm_s16le"))
    for name, more in (("loud.mp4", ()), ("mute.mp4", ("--no-sound",))):
        outcome = ssp("clip", video, "--from", "1", "--to", "2", "--out", tmp_path / name, *more)
        assert outcome.code == 0, outcome.err
    assert probe(tmp_path / "loud.mp4").has_sound
    assert not probe(tmp_path / "mute.mp4").has_sound


def test_the_list_tells_every_clip_to_the_frame(ssp: Call, clip: Clip, tmp_path: Path) -> None:
    table = tmp_path / "clips.csv"
    outcome = ssp(
        "clip", clip.path, "--from", "1", "--to", "2", "--list", table, "--out", tmp_path / "a.mp4"
    )
    assert outcome.code == 0, outcome.err
    index = build_index(clip.path)
    (row,) = csv.DictReader(table.read_text().splitlines())
    assert (row["name"], row["made"], row["first_frame"]) == ("a.mp4", "exact", "29")
    assert int(row["start_us"]) == index.times_us[29]
    assert int(row["end_us"]) == index.end_of(29 + int(row["frame_count"]) - 1)
    assert (row["faces_blurred"], row["video"]) == ("no", clip.path.name)


def test_a_list_that_is_there_stops_all_unless_forced(
    ssp: Call, clip: Clip, tmp_path: Path
) -> None:
    table = tmp_path / "clips.csv"
    table.write_text("mine")
    arguments = (
        "clip", clip.path, "--from", "1", "--to", "2", "--list", table, "--out", tmp_path / "a.mp4"
    )  # fmt: skip
    assert "clips.csv is there already" in ssp(*arguments).complaint
    assert sorted(path.name for path in tmp_path.iterdir()) == ["clips.csv"]
    assert ssp(*arguments, "--force").code == 0
    assert table.read_text().startswith("name,start_us")


def test_what_was_written_before_a_failure_is_listed(
    ssp: Call, film: Path, demo_codings: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fail_the_second(plan: ClipPlan, _watch: Watch) -> Written:
        if "0011" in plan.place.name:
            raise MediaError("media.unwritable", plan.place, "cannot be written", "make room")
        return write_clip(plan)

    monkeypatch.setitem(WRITERS, Way.EXACT, fail_the_second)
    outcome = ssp(
        "clip", film, "--coding", demo_codings / "reference.sspc", "--any-video",
        "--event", "3", "11", "--list", tmp_path / "l.csv", "--folder", tmp_path,
    )  # fmt: skip
    assert outcome.code == 2
    assert "make room" in outcome.complaint
    (row,) = csv.DictReader((tmp_path / "l.csv").read_text().splitlines())
    assert row["name"].startswith("film-event0003-")


# ---------------------------------------------------------------- cameras


@pytest.fixture
def two_cameras(tmp_path: Path) -> Path:
    """A coding of two films; the second camera was started 10 s after the first."""
    first = blank_video(tmp_path / "one.mp4", 30 * FPS, shade=90)
    second = blank_video(tmp_path / "two.mp4", 31 * FPS, shade=90)
    media = tuple(
        replace(film_media(path.name, fingerprint(path)), offset_us=Micros(offset_us))
        for path, offset_us in ((first, 0), (second, 10_000_000))
    )
    start = Coding(session="S1", coder="c01", media=media)
    data = session_data()
    create(tmp_path / "S1.sspc", coding=start, scheme=load_scheme(data.scheme), who="c01").close()
    return tmp_path / "S1.sspc"


def test_a_second_camera_is_known_and_cut_at_the_time_of_the_session(
    ssp: Call, two_cameras: Path, tmp_path: Path
) -> None:
    arguments = ("--coding", two_cameras, "--from", "12", "--to", "13", "--json")
    outcome = ssp("clip", tmp_path / "two.mp4", *arguments, "--out", tmp_path / "a.mp4")
    assert outcome.code == 0, outcome.err
    (told,) = json.loads(outcome.out)
    assert (told["camera"], told["first_ordinal"], told["frame_count"]) == (2, 2 * FPS, FPS)
    assert (told["start_us"], told["session_start_us"]) == (2_000_000, 12_000_000)


def test_times_before_a_camera_began_are_refused(
    ssp: Call, two_cameras: Path, tmp_path: Path
) -> None:
    outcome = ssp(
        "clip", tmp_path / "two.mp4", "--coding", two_cameras, "--from", "3", "--to", "4",
        "--out", tmp_path / "a.mp4",
    )  # fmt: skip
    assert outcome.code == 2
    assert "two.mp4 has nothing from 3.000000 to 4.000000 s" in outcome.complaint
    assert "between 10.000000 and 41.000000 s" in outcome.complaint


def test_a_copy_of_a_stretch_that_begins_before_the_camera_is_not_called_early(
    ssp: Call, two_cameras: Path, tmp_path: Path
) -> None:
    outcome = ssp(
        "clip", tmp_path / "two.mp4", "--coding", two_cameras, "--from", "8", "--to", "12",
        "--copy", "--out", tmp_path / "a.mp4",
    )  # fmt: skip
    assert outcome.code == 0, outcome.err
    assert "10.000000 to" in outcome.out
    assert "-2.0" not in outcome.out


def test_a_camera_that_is_known_keeps_its_place_where_any_video_is_allowed(
    ssp: Call, two_cameras: Path, tmp_path: Path
) -> None:
    outcome = ssp(
        "clip", tmp_path / "two.mp4", "--coding", two_cameras, "--any-video",
        "--from", "12", "--to", "13", "--json", "--out", tmp_path / "a.mp4",
    )  # fmt: skip
    assert outcome.code == 0, outcome.err
    (told,) = json.loads(outcome.out)
    assert (told["camera"], told["first_ordinal"]) == (2, 2 * FPS)


@pytest.mark.parametrize(
    ("camera", "complaint"),
    [("1", "two.mp4 is camera 2 of the coding, not 1"), ("3", "2 cameras and no camera 3")],
)
def test_the_wrong_camera_is_refused(
    ssp: Call, two_cameras: Path, tmp_path: Path, camera: str, complaint: str
) -> None:
    outcome = ssp(
        "clip", tmp_path / "two.mp4", "--coding", two_cameras, "--from", "12", "--to", "13",
        "--camera", camera, "--out", tmp_path / "a.mp4",
    )  # fmt: skip
    assert outcome.code == 2
    assert complaint in outcome.complaint


def test_another_copy_of_a_camera_is_placed_by_its_number(
    ssp: Call, two_cameras: Path, film: Path, tmp_path: Path
) -> None:
    outcome = ssp(
        "clip", film, "--coding", two_cameras, "--any-video", "--camera", "2",
        "--from", "12", "--to", "13", "--out", tmp_path / "a.mp4",
    )  # fmt: skip
    assert outcome.out.startswith(f"{tmp_path / 'a.mp4'}: 12.000000 to 13.000000 s, 25 frames")


def test_the_time_of_the_session_is_burnt_into_another_camera(
    ssp: Call, two_cameras: Path, tmp_path: Path
) -> None:
    import cv2

    letters = []
    for video, start in (("one.mp4", "12"), ("two.mp4", "12"), ("two.mp4", "14")):
        outcome = ssp(
            "clip", tmp_path / video, "--coding", two_cameras, "--from", start, "--to", "15",
            "--timecode", "--stills", "--force", "--out", tmp_path / "a.png",
        )  # fmt: skip
        assert outcome.code == 0, outcome.err
        letters.append(cv2.imread(str(tmp_path / "a.png"), cv2.IMREAD_GRAYSCALE) > 200)
    at_12_first, at_12_second, at_14_second = letters
    assert at_12_first.any()
    assert (at_12_first == at_12_second).all()
    assert (at_12_second != at_14_second).any()


# ---------------------------------------------------------------- names in a folder


def test_clips_are_called_as_the_pattern_says(
    ssp: Call, film: Path, demo_codings: Path, coded: Exportable, tmp_path: Path
) -> None:
    outcome = ssp(
        "clip", film, "--coding", demo_codings / "reference.sspc", "--any-video",
        "--event", "3", "11", "--stills", "--names", "{session}-{episode}", "--folder", tmp_path,
    )  # fmt: skip
    assert outcome.code == 0, outcome.err
    spans = episode_spans(coded.coding, coded.scheme.procedure)
    episodes = [episode_id_at(spans, coded.coding.event(number).start_us) for number in (3, 11)]
    stems = [f"{coded.coding.session}-{episode}" for episode in episodes]
    expected = stems if stems[0] != stems[1] else [stems[0], f"{stems[0]}-2"]
    assert sorted(path.stem for path in tmp_path.iterdir()) == sorted(expected)


def test_without_a_coding_a_name_has_no_session(ssp: Call, clip: Clip, tmp_path: Path) -> None:
    outcome = ssp(
        "clip", clip.path, "--from", "1", "--to", "1.2", "--names", "{session}-{camera}",
        "--folder", tmp_path,
    )  # fmt: skip
    assert outcome.code == 0, outcome.err
    assert [path.name for path in tmp_path.iterdir()] == ["camera1.mp4"]


def test_a_copy_without_sound_has_none(ssp: Call, tmp_path: Path) -> None:
    video = write_talkie(tmp_path / "talk.mkv", beep(4.0, 2.5), Talkie(codec="pcm_s16le"))
    outcome = ssp(
        "clip", video, "--from", "1", "--to", "2", "--copy", "--no-sound", "--names", "{number}",
        "--folder", tmp_path / "out",
    )  # fmt: skip
    assert outcome.code == 0, outcome.err
    assert not probe(tmp_path / "out" / "1.mkv").has_sound
    assert ", no sound; a copy" in outcome.out


def test_copies_and_pictures_are_told_in_the_list(ssp: Call, clip: Clip, tmp_path: Path) -> None:
    for way, made in (("--copy", "copied"), ("--stills", "picture")):
        table = tmp_path / f"{made}.csv"
        outcome = ssp(
            "clip", clip.path, "--from", "1.5", "--to", "2", way, "--list", table,
            "--folder", tmp_path / made,
        )  # fmt: skip
        assert outcome.code == 0, outcome.err
        (row,) = csv.DictReader(table.read_text().splitlines())
        assert row["made"] == made
        assert (row["frame_count"] == "1") is (made == "picture")
