from __future__ import annotations

import json
from pathlib import Path

import pytest

from ssp_coder.cli.clip_wishes import captions, episode_wish, event_wishes
from ssp_coder.cli.reading import read_coding
from ssp_coder.domain.finding import DomainError
from ssp_coder.domain.session import episode_spans
from ssp_coder.domain.time import Micros, Span
from ssp_coder.formats.exportable import Exportable
from ssp_coder.media.indexing import build_index
from ssp_coder.media.reader import FrameReader
from tests.fixtures.videos import Clip, ClipFactory, read_code
from tests.unit.cli.cli_desk import FILM_FRAMES, Call, blank_video

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
    name = event_wishes(coded.coding, (11,), (), NO_MARGINS)[0].name
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


# ---------------------------------------------------------------- what is wished for


def test_an_episode_answers_to_its_id_and_to_its_number(coded: Exportable) -> None:
    plan = coded.scheme.procedure.episodes[2]
    assert episode_wish(coded, plan.id) == episode_wish(coded, str(plan.number))


def test_an_unknown_episode_is_refused_with_those_there_are(coded: Exportable) -> None:
    with pytest.raises(DomainError, match=coded.scheme.procedure.episodes[0].id):
        episode_wish(coded, "99")


def test_an_episode_that_is_not_marked_is_refused(demo_codings: Path) -> None:
    empty = read_coding(demo_codings / "you.sspc")
    with pytest.raises(DomainError, match="start of episode"):
        episode_wish(empty, "1")


def test_every_event_of_a_code_is_found(coded: Exportable) -> None:
    code = coded.coding.events[0].code
    wishes = event_wishes(coded.coding, (), (code,), NO_MARGINS)
    expected = [e.start_us for e in coded.coding.events if e.code == code]
    assert [wish.span.start_us for wish in wishes] == expected
    assert len({wish.name for wish in wishes}) == len(wishes)
    assert all("." not in wish.name for wish in wishes)


def test_a_margin_does_not_reach_before_the_recording(coded: Exportable) -> None:
    minute = Span(start_us=Micros(-60_000_000), end_us=Micros(0))
    assert event_wishes(coded.coding, (1,), (), minute)[0].span.start_us == 0


@pytest.mark.parametrize(("numbers", "codes"), [((999,), ()), ((), ("no.such",)), ((1, 999), ())])
def test_an_unknown_event_is_refused(
    coded: Exportable, numbers: tuple[int, ...], codes: tuple[str, ...]
) -> None:
    with pytest.raises(DomainError, match=r"there is no event (999|no\.such)"):
        event_wishes(coded.coding, numbers, codes, NO_MARGINS)


def test_an_event_without_an_end_is_refused(coded: Exportable) -> None:
    from dataclasses import replace

    running = replace(coded.coding.events[0], end_us=None)
    coding = replace(coded.coding, events=(running,))
    with pytest.raises(DomainError, match="has no end yet"):
        event_wishes(coding, (running.id,), (), NO_MARGINS)


def test_captions_name_person_code_and_episode(coded: Exportable) -> None:
    told = {(caption.who, caption.words) for caption in captions(coded)}
    scheme, event = coded.scheme, coded.coding.events[0]
    who = str(scheme.procedure.person(event.subject).title)
    assert (who, str(scheme.ethogram.code(event.code).title)) in told
    assert ("", str(scheme.procedure.episodes[0].title)) in told


def test_a_moment_can_be_read_for_a_second(coded: Exportable) -> None:
    moments = [event for event in coded.coding.events if event.end_us == event.start_us]
    assert moments
    spans = {(c.span.start_us, c.span.length_us) for c in captions(coded)}
    assert all((event.start_us, 1_000_000) in spans for event in moments)
