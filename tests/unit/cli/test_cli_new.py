from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from ssp_coder.catalog import available_schemes
from ssp_coder.cli import schemes
from ssp_coder.domain.coding import CodingRole
from ssp_coder.domain.finding import DomainError
from ssp_coder.media.fingerprint import fingerprint
from ssp_coder.resources import bundled
from ssp_coder.storage.coding_file import open_read_only
from tests.fixtures.videos import ClipFactory
from tests.unit.cli.cli_desk import Call, blank_video, coding_in

WHO = ("--session", "S001", "--coder", "c01")


@pytest.fixture
def video(tmp_path: Path) -> Path:
    return blank_video(tmp_path / "S001.mp4")


def test_a_new_coding_knows_session_coder_and_video(ssp: Call, video: Path, tmp_path: Path) -> None:
    out = tmp_path / "S001.c01.sspc"
    outcome = ssp("new", video, *WHO, "--out", out)
    assert outcome.code == 0, outcome.err
    assert "50 frames, 0:02.00 long" in outcome.out
    coding = coding_in(out)
    assert (coding.session, coding.coder, coding.role) == ("S001", "c01", CodingRole.INDEPENDENT)
    (media,) = coding.media
    assert (media.name, media.relative_path) == ("S001.mp4", "S001.mp4")
    assert (media.frame_count, media.duration_us) == (50, 2_000_000)
    assert media.fingerprint == fingerprint(video)
    assert media.size == video.stat().st_size


def test_what_the_coder_should_know_of_the_video_is_noted(ssp: Call, video: Path) -> None:
    outcome = ssp("new", video, *WHO, "--out", video.with_suffix(".sspc"))
    assert "note: S001.mp4: there is no sound" in outcome.complaint


def test_without_a_scheme_the_usual_one_is_taken(ssp: Call, video: Path) -> None:
    out = video.with_suffix(".sspc")
    ssp("new", video, *WHO, "--out", out)
    with open_read_only(out) as file:
        assert file.scheme.id == "infant"


def test_the_scheme_and_the_role_can_be_chosen(ssp: Call, video: Path) -> None:
    out = video.with_suffix(".sspc")
    ssp("new", video, *WHO, "--scheme", "demonstration", "--role", "reference", "--out", out)
    with open_read_only(out) as file:
        assert file.scheme.id == "demonstration"
        assert file.coding.role is CodingRole.REFERENCE


def test_an_unknown_scheme_is_answered_with_those_there_are(ssp: Call, video: Path) -> None:
    out = video.with_suffix(".sspc")
    outcome = ssp("new", video, *WHO, "--scheme", "toddler", "--out", out)
    assert outcome.code == 2
    assert "--scheme toddler" in outcome.complaint
    assert "infant" in outcome.complaint
    assert not out.exists()


def test_instruments_of_ones_own_are_found_before_the_bundled_ones(
    ssp: Call, video: Path, tmp_path: Path
) -> None:
    folder = tmp_path / "lab" / "schemas" / "schemes"
    folder.mkdir(parents=True)
    standard = bundled("schemas") / "schemes" / "infant.toml"
    text = standard.read_text("utf-8").replace('id = "infant"', 'id = "ours"', 1)
    (folder / "ours.toml").write_text(text, "utf-8")
    out = tmp_path / "a.sspc"
    lab = ("--scheme", "ours", "--instruments", tmp_path / "lab")
    outcome = ssp("new", video, *WHO, *lab, "--out", out)
    assert outcome.code == 0, outcome.err
    with open_read_only(out) as file:
        assert file.scheme.id == "ours"


def test_several_usual_schemes_have_to_be_told_apart(monkeypatch: pytest.MonkeyPatch) -> None:
    several = (*available_schemes(), *available_schemes())
    monkeypatch.setattr(schemes, "available_schemes", lambda _folders: several)
    with pytest.raises(DomainError, match=r"several schemes are the usual one.*name one of"):
        schemes.usual_scheme()


def test_without_a_usual_scheme_one_has_to_be_named(monkeypatch: pytest.MonkeyPatch) -> None:
    unusual = tuple(replace(summary, usual=False) for summary in available_schemes())
    monkeypatch.setattr(schemes, "available_schemes", lambda _folders: unusual)
    with pytest.raises(DomainError, match=r"no scheme is the usual one.*infant-short"):
        schemes.usual_scheme()


def test_the_usual_scheme_says_so_itself() -> None:
    assert schemes.usual_scheme() == "infant"


def test_the_usual_scheme_of_an_own_folder_goes_first(tmp_path: Path) -> None:
    assert schemes.usual_scheme((lab_with_scheme(tmp_path, "usual = true"),)) == "ours"
    assert schemes.usual_scheme((tmp_path / "elsewhere",)) == "infant"


def test_a_folder_without_a_usual_scheme_leaves_the_bundled_one(tmp_path: Path) -> None:
    assert schemes.usual_scheme((lab_with_scheme(tmp_path, "usual = false"),)) == "infant"


def lab_with_scheme(folder: Path, usual: str) -> Path:
    made = folder / "lab" / "schemas" / "schemes"
    made.mkdir(parents=True)
    text = (bundled("schemas") / "schemes" / "infant.toml").read_text(encoding="utf-8")
    text = text.replace('id = "infant"', 'id = "ours"', 1).replace("usual = true", usual, 1)
    (made / "ours.toml").write_text(text, encoding="utf-8")
    return folder / "lab"


def test_several_videos_are_kept_in_their_order(ssp: Call, video: Path, tmp_path: Path) -> None:
    second = blank_video(tmp_path / "second.mp4", shade=40)
    out = tmp_path / "a.sspc"
    assert ssp("new", video, second, *WHO, "--out", out).code == 0
    assert [media.name for media in coding_in(out).media] == ["S001.mp4", "second.mp4"]


def test_the_same_recording_is_not_taken_twice(ssp: Call, video: Path, tmp_path: Path) -> None:
    out = tmp_path / "a.sspc"
    outcome = ssp("new", video, video, *WHO, "--out", out)
    assert outcome.code == 2
    assert "S001.mp4: is the same recording as another; name it once" in outcome.err
    assert not out.exists()


def test_a_video_below_the_coding_is_found_by_its_way_down(ssp: Call, tmp_path: Path) -> None:
    (tmp_path / "films").mkdir()
    video = blank_video(tmp_path / "films" / "a.mp4")
    ssp("new", video, *WHO, "--out", tmp_path / "a.sspc")
    assert coding_in(tmp_path / "a.sspc").media[0].relative_path == "films/a.mp4"


def test_a_video_elsewhere_leaves_no_trace_of_its_folder(
    ssp: Call, video: Path, tmp_path: Path
) -> None:
    (tmp_path / "codings").mkdir()
    out = tmp_path / "codings" / "a.sspc"
    outcome = ssp("new", video, *WHO, "--out", out)
    assert "lies outside the folder" in outcome.err
    (media,) = coding_in(out).media
    assert (media.name, media.relative_path) == ("S001.mp4", "")


# ---------------------------------------------------------------- bad input


@pytest.mark.parametrize("name", ["", "S 001", "../S001", ".S001", "S001\n", "Zoë", "x" * 65])
def test_an_id_that_could_break_a_file_name_is_refused(ssp: Call, video: Path, name: str) -> None:
    out = video.with_suffix(".sspc")
    outcome = ssp("new", video, f"--session={name}", "--coder", "c01", "--out", out)
    assert outcome.code == 2
    assert outcome.complaint.startswith("ssp-coder: --session: ")
    assert not out.exists()


def test_a_file_that_is_there_is_not_touched(ssp: Call, video: Path, tmp_path: Path) -> None:
    out = tmp_path / "a.sspc"
    out.write_text("something else")
    outcome = ssp("new", video, *WHO, "--out", out)
    assert outcome.code == 2
    assert "a.sspc" in outcome.complaint
    assert "choose another name" in outcome.complaint
    assert out.read_text() == "something else"


def test_another_ending_is_refused(ssp: Call, video: Path, tmp_path: Path) -> None:
    outcome = ssp("new", video, *WHO, "--out", tmp_path / "a.txt")
    assert outcome.code == 2
    assert "a.txt: does not end in .sspc; name it a.sspc" in outcome.complaint


def test_a_folder_that_is_not_there_is_named(ssp: Call, video: Path, tmp_path: Path) -> None:
    outcome = ssp("new", video, *WHO, "--out", tmp_path / "gone" / "a.sspc")
    assert outcome.code == 2
    assert "folder that does not exist; create it" in outcome.complaint


def test_a_text_is_no_video(ssp: Call, tmp_path: Path) -> None:
    text = tmp_path / "events.mp4"
    text.write_text("code,start\n" * 50)
    outcome = ssp("new", text, *WHO, "--out", tmp_path / "a.sspc")
    assert outcome.code == 2
    assert "events.mp4 is a text file" in outcome.complaint
    assert not (tmp_path / "a.sspc").exists()


def test_a_folder_is_no_video(ssp: Call, tmp_path: Path) -> None:
    outcome = ssp("new", tmp_path, *WHO, "--out", tmp_path / "a.sspc")
    assert outcome.code == 2
    assert "is a folder; choose a video file inside it" in outcome.complaint


def test_a_missing_video_is_named(ssp: Call, tmp_path: Path) -> None:
    outcome = ssp("new", tmp_path / "gone.mp4", *WHO, "--out", tmp_path / "a.sspc")
    assert outcome.code == 2
    assert "gone.mp4 does not exist" in outcome.complaint


def test_a_video_without_its_header_is_refused(
    ssp: Call, clip_factory: ClipFactory, tmp_path: Path
) -> None:
    broken = clip_factory("no_header").path
    outcome = ssp("new", broken, *WHO, "--out", tmp_path / "a.sspc")
    assert outcome.code == 2
    assert "header is missing or damaged; copy the recording again" in outcome.complaint
    assert list(tmp_path.iterdir()) == []


def test_a_video_cut_short_is_coded_with_a_warning(
    ssp: Call, clip_factory: ClipFactory, tmp_path: Path
) -> None:
    cut = clip_factory("truncated").path
    outcome = ssp("new", cut, *WHO, "--out", tmp_path / "a.sspc")
    assert outcome.code == 0
    assert "truncated.mp4: the file is cut short; copy the recording again" in outcome.err


@pytest.mark.parametrize(
    ("session", "words"), [("AnnaSchmidt", "a name"), ("2021-03-12", "a date of birth")]
)
def test_an_id_that_looks_like_a_child_is_made_with_a_warning(
    ssp: Call, tmp_path: Path, session: str, words: str
) -> None:
    video = blank_video(tmp_path / "v.mp4")
    out = tmp_path / "a.sspc"
    outcome = ssp("new", video, "--session", session, "--coder", "c01", "--out", out)
    assert outcome.code == 0
    assert f"looks like {words}" in outcome.err
    assert out.is_file()


def test_an_ordinary_id_is_made_without_a_word(ssp: Call, tmp_path: Path) -> None:
    video = blank_video(tmp_path / "v.mp4")
    out = tmp_path / "a.sspc"
    outcome = ssp("new", video, "--session", "S001", "--coder", "c01", "--out", out)
    assert "looks like" not in outcome.err
