from __future__ import annotations

from fractions import Fraction
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from ssp_coder.media.errors import FrameMissing, MediaError
from ssp_coder.media.index import FrameIndex
from ssp_coder.media.indexing import build_index
from ssp_coder.media.probe import MediaFacts, has_constant_rate, probe
from tests.fixtures.videos import audio_only

if TYPE_CHECKING:
    from tests.fixtures.videos import ClipFactory


def codes(facts: MediaFacts) -> set[str]:
    return {warning.code for warning in facts.warnings}


def refusal(path: Path) -> MediaError:
    with pytest.raises(MediaError) as caught:
        probe(path)
    return caught.value


# ------------------------------------------------------------------------------ usable files


def test_plain_recording_is_described(clip_factory: ClipFactory) -> None:
    clip = clip_factory("h264")
    facts = probe(clip.path)
    assert facts.file == "h264.mp4"
    assert facts.size_bytes == clip.path.stat().st_size
    assert (facts.codec, facts.width, facts.height, facts.rotation) == ("h264", 320, 180, 0)
    assert "mp4" in facts.container
    assert (facts.fps, facts.constant_rate) == (Fraction(30), True)
    assert (facts.frame_count, facts.duration_us, facts.start_offset_us) == (150, 5_000_000, 0)
    assert (facts.interlaced, facts.has_sound, facts.pts_monotonic) == (False, False, True)
    assert codes(facts) == {"media.silent"}


def test_ntsc_rate_is_kept_exactly(clip_factory: ClipFactory) -> None:
    assert probe(clip_factory("ntsc").path).fps == Fraction(30_000, 1_001)


def test_variable_rate_is_measured_and_said(clip_factory: ClipFactory) -> None:
    facts = probe(clip_factory("vfr").path)
    assert not facts.constant_rate
    assert "media.variable_rate" in codes(facts)
    assert facts.fps is not None
    assert 25 < facts.fps < 27


@pytest.mark.parametrize("name", ["h264", "ntsc", "ts", "mkv", "vp9", "interlaced", "mpeg4"])
def test_rounding_in_the_container_is_no_variable_rate(
    clip_factory: ClipFactory, name: str
) -> None:
    assert probe(clip_factory(name).path).constant_rate


@pytest.mark.parametrize("name", ["interlaced", "camcorder"])
def test_interlaced_recording_is_recognised(clip_factory: ClipFactory, name: str) -> None:
    facts = probe(clip_factory(name).path)
    assert facts.interlaced
    assert "media.interlaced" in codes(facts)


def test_turned_recording_has_its_size_on_the_screen(clip_factory: ClipFactory) -> None:
    facts = probe(clip_factory("rotated").path)
    assert (facts.width, facts.height, facts.rotation) == (180, 320, 90)


def test_lying_stamps_are_said(clip_factory: ClipFactory) -> None:
    facts = probe(clip_factory("packed").path)
    assert not facts.pts_monotonic
    assert "media.counted" in codes(facts)
    assert facts.frame_count == 100


def test_truncated_recording_says_how_much_there_is(clip_factory: ClipFactory) -> None:
    facts = probe(clip_factory("truncated").path)
    incomplete = next(w for w in facts.warnings if w.code == "media.incomplete")
    assert incomplete.fact == f"{facts.frame_count} of 150 announced frames"


def test_offset_of_the_container_is_kept(clip_factory: ClipFactory) -> None:
    assert probe(clip_factory("ts").path).start_offset_us == 3_600_000_000


def test_index_at_hand_gives_the_same_facts(clip_factory: ClipFactory) -> None:
    clip = clip_factory("mkv")
    assert probe(clip.path, build_index(clip.path)) == probe(clip.path)


# ------------------------------------------------------------------------------ rhythm


def steady(stamps: list[int]) -> bool:
    index = FrameIndex(stamps=tuple(stamps), time_base=Fraction(1, 1_000), last_ticks=1, keys=())
    return has_constant_rate(index)


def test_one_tick_of_rounding_is_steady_and_two_are_not() -> None:
    rounded = [round(n * 100 / 3) for n in range(300)]
    assert steady(rounded)
    moved = [*rounded[:100], rounded[100] + 2, *rounded[101:]]
    assert not steady(moved)


def test_single_frame_is_steady() -> None:
    assert steady([7])


# ------------------------------------------------------------------------------ unusable files


def test_missing_file(tmp_path: Path) -> None:
    trouble = refusal(tmp_path / "gone.mp4")
    assert trouble.code == "media.missing"
    assert str(trouble) == "gone.mp4 does not exist; check the folder or find the file again."


def test_folder(tmp_path: Path) -> None:
    assert refusal(tmp_path).code == "media.folder"


def test_empty_file(tmp_path: Path) -> None:
    path = tmp_path / "empty.mp4"
    path.touch()
    assert str(refusal(path)) == "empty.mp4 is empty; copy the recording again."


@pytest.mark.parametrize(
    "content", ["notes of the session\n", "Mutter geht.\nTür fällt zu.\n" * 400]
)
@pytest.mark.parametrize("ending", [".mp4", ".txt", ".srt"])
def test_text_file_whatever_its_name(tmp_path: Path, content: str, ending: str) -> None:
    path = tmp_path / f"notes{ending}"
    path.write_text(content, encoding="utf-8")
    assert refusal(path).code == "media.text"


def test_truncated_header(clip_factory: ClipFactory) -> None:
    trouble = refusal(clip_factory("no_header").path)
    assert trouble.code == "media.unreadable"
    assert "header is missing or damaged" in str(trouble)


def test_play_list_that_points_to_an_address_is_not_followed(tmp_path: Path) -> None:
    path = tmp_path / "list.m3u8"
    path.write_bytes(
        b"#EXTM3U\n#EXT-X-TARGETDURATION:5\n#EXTINF:5,\nhttp://127.0.0.1:9/part.ts\n#\x01\n"
    )
    assert refusal(path).code == "media.unsupported"


def test_name_that_looks_like_a_protocol_is_a_file(
    clip_factory: ClipFactory, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "concat:1 ü %03d.mp4").write_bytes(clip_factory("h264").path.read_bytes())
    monkeypatch.chdir(tmp_path)
    assert probe(Path("concat:1 ü %03d.mp4")).frame_count == 150


def test_random_bytes(tmp_path: Path) -> None:
    path = tmp_path / "noise.mp4"
    path.write_bytes(bytes(range(256)) * 40)
    assert refusal(path).code == "media.unreadable"


def test_sound_without_pictures(tmp_path: Path) -> None:
    path = tmp_path / "voice.wav"
    audio_only(path)
    assert refusal(path).code == "media.no_video"


def test_forbidden_file(clip_factory: ClipFactory, monkeypatch: pytest.MonkeyPatch) -> None:
    path = clip_factory("h264").path

    def refuse(*args: object, **kwargs: object) -> None:
        raise PermissionError(13, "Permission denied")

    monkeypatch.setattr(type(path), "open", refuse)
    assert refusal(path).code == "media.forbidden"


def test_every_refusal_is_one_sentence_with_a_remedy(tmp_path: Path) -> None:
    for trouble in (refusal(tmp_path / "gone.mp4"), FrameMissing(tmp_path / "a.mp4", 12)):
        text = str(trouble)
        assert text.count(";") == 1
        assert text.endswith(".")
        assert "\n" not in text
        assert str(tmp_path) not in text
