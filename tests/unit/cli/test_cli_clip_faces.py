"""`ssp-coder clip --blur-faces`: nothing is written before a person has looked."""

from __future__ import annotations

from pathlib import Path

import pytest

from ssp_coder.media import faces_model
from ssp_coder.media.faces_centerface import CENTERFACE, INSTALLATION
from ssp_coder.media.indexing import build_index
from ssp_coder.media.reader import FrameReader
from tests.fixtures.face_films import Disc, film, red_model, redness, without_package
from tests.unit.cli.cli_desk import Call, Outcome

CONFIRMED = "--i-looked-at-every-clip"


def still_face(_number: int) -> tuple[Disc, ...]:
    return (Disc(x=150, y=85, radius=30),)


@pytest.fixture(scope="module")
def room(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return film(tmp_path_factory.mktemp("room") / "room.mp4", still_face, 30)


@pytest.fixture
def model(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A model file that is taken although it is a small network of the tests."""
    file = tmp_path / "red.onnx"
    file.write_bytes(red_model())
    monkeypatch.setattr(faces_model, "read_model", Path.read_bytes)
    return file


@pytest.fixture
def no_package(monkeypatch: pytest.MonkeyPatch) -> None:
    without_package(monkeypatch)


@pytest.fixture
def desk(ssp: Call, room: Path, tmp_path: Path, no_package: None):
    """Calls for frames 5 to 24 of the room, with these further arguments and no package."""

    def call(*more: object, list_name: str = "faces.csv", out: str = "out.mp4") -> Outcome:
        arguments = ("--from", "0.2", "--to", "1.0", "--out", tmp_path / out, "--blur-faces")
        return ssp("clip", room, *arguments, "--review-list", tmp_path / list_name, *more)

    return call


def mark_all(place: Path) -> None:
    """Write yes into every row that is to be looked at."""
    rows = [line.split(",") for line in place.read_text(encoding="utf-8").splitlines()]
    looked = rows[0].index("looked")
    for row in rows[1:]:
        if row[1] == "look":
            row[looked] = "yes"
    place.write_text("".join(",".join(row) + "\n" for row in rows), encoding="utf-8")


def add_cover(place: Path, left: float, top: float, width: float, height: float) -> None:
    with place.open("a", encoding="utf-8") as file:
        file.write(f"out.mp4,cover,,5,24,,,,7,5,{left},{top},{width},{height},,,\n")


def sharpest(place: Path) -> int:
    index = build_index(place)
    with FrameReader(place, index) as reader:
        pictures = [redness(reader.frame(at).to_rgb()) for at in range(index.count)]
    return max(int(abs(red[:, 2:] - red[:, :-2]).max()) for red in pictures)


def test_the_first_run_writes_the_list_and_no_clip(desk, model: Path, tmp_path: Path) -> None:
    outcome = desk("--face-model", model)
    assert outcome.code == 1, outcome.err
    assert "YuNet 2023mar found" in outcome.out
    assert "No clip was written" in outcome.out
    assert CONFIRMED in outcome.out
    assert not (tmp_path / "out.mp4").exists()
    text = (tmp_path / "faces.csv").read_text(encoding="utf-8")
    assert "out.mp4,clip,YuNet 2023mar,5,24,0.200000,1.000000," in text
    assert ",cover,found," in text


def test_what_was_found_and_looked_at_is_covered(desk, model: Path, tmp_path: Path) -> None:
    desk("--face-model", model)
    mark_all(tmp_path / "faces.csv")
    outcome = desk(CONFIRMED)
    assert outcome.code == 0, outcome.err
    assert sharpest(tmp_path / "out.mp4") < 60


def test_without_a_model_covers_are_added_by_hand(desk, tmp_path: Path) -> None:
    outcome = desk()
    assert "nothing looked for faces; look at the whole clip" in outcome.out
    place = tmp_path / "faces.csv"
    assert ",look,not_searched,5,24," in place.read_text(encoding="utf-8")
    mark_all(place)
    assert desk(CONFIRMED, out="out.mp4").code == 0
    assert sharpest(tmp_path / "out.mp4") > 80
    add_cover(place, 0.3, 0.2, 0.4, 0.6)
    assert desk(CONFIRMED, "--force").code == 0
    assert sharpest(tmp_path / "out.mp4") < 60


def test_without_a_model_the_line_that_fetches_one_is_told(desk) -> None:
    assert INSTALLATION in desk().out


def test_the_model_of_the_package_looks_when_no_other_is_named(
    ssp: Call, room: Path, tmp_path: Path
) -> None:
    arguments = ("--from", "0.2", "--to", "0.4", "--out", tmp_path / "out.mp4", "--blur-faces")
    outcome = ssp("clip", room, *arguments, "--review-list", tmp_path / "faces.csv")
    assert f"{CENTERFACE.name} found" in outcome.out
    assert INSTALLATION not in outcome.out
    text = (tmp_path / "faces.csv").read_text(encoding="utf-8")
    assert f"out.mp4,clip,{CENTERFACE.name},5,9," in text
    assert not (tmp_path / "out.mp4").exists()


def test_a_stretch_taken_out_of_the_list_stops_the_writing(desk, tmp_path: Path) -> None:
    desk()
    place = tmp_path / "faces.csv"
    lines = place.read_text(encoding="utf-8").splitlines(keepends=True)
    place.write_text("".join(line for line in lines if ",look," not in line), encoding="utf-8")
    outcome = desk(CONFIRMED)
    assert outcome.code == 2
    assert "'1 rows x" in outcome.complaint
    assert "here are '0 rows" in outcome.complaint
    assert not (tmp_path / "out.mp4").exists()


def test_stretches_that_nobody_looked_at_stop_the_writing(desk, tmp_path: Path) -> None:
    desk()
    outcome = desk(CONFIRMED)
    assert outcome.code == 2
    assert "1 of 1 stretches are not marked as looked at" in outcome.complaint
    assert not (tmp_path / "out.mp4").exists()


def test_a_list_gone_through_still_needs_the_confirmation(desk, tmp_path: Path) -> None:
    desk()
    mark_all(tmp_path / "faces.csv")
    outcome = desk()
    assert outcome.code == 2
    assert CONFIRMED in outcome.complaint
    assert not (tmp_path / "out.mp4").exists()


def test_the_list_of_another_stretch_is_refused(
    desk, ssp: Call, room: Path, tmp_path: Path
) -> None:
    desk()
    mark_all(tmp_path / "faces.csv")
    arguments = ("--from", "0.2", "--to", "1.1", "--out", tmp_path / "out.mp4", "--blur-faces")
    outcome = ssp("clip", room, *arguments, "--review-list", tmp_path / "faces.csv", CONFIRMED)
    assert outcome.code == 2
    assert "was another stretch or recording" in outcome.complaint


def test_the_list_of_another_recording_is_refused(desk, ssp: Call, tmp_path: Path) -> None:
    desk()
    mark_all(tmp_path / "faces.csv")
    other = film(tmp_path / "other.mp4", lambda _number: (), 30)
    arguments = ("--from", "0.2", "--to", "1.0", "--out", tmp_path / "out.mp4", "--blur-faces")
    outcome = ssp("clip", other, *arguments, "--review-list", tmp_path / "faces.csv", CONFIRMED)
    assert outcome.code == 2
    assert "was another stretch or recording" in outcome.complaint


def test_a_clip_that_is_not_in_the_list_is_named(desk, tmp_path: Path) -> None:
    desk()
    outcome = desk(CONFIRMED, out="second.mp4")
    assert outcome.code == 2
    assert "second.mp4 is not in this list" in outcome.complaint


def test_the_known_model_alone_is_taken(desk, tmp_path: Path) -> None:
    file = tmp_path / faces_model.YUNET.file_name
    file.write_bytes(red_model())
    outcome = desk("--face-model", file)
    assert outcome.code == 2
    assert "is not the face model known here" in outcome.complaint
    assert not (tmp_path / "faces.csv").exists()


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        (("--blur-faces",), "name a --review-list"),
        (("--review-list", "x.csv"), "belongs to --blur-faces"),
        (("--face-model", "x.onnx"), "belongs to --blur-faces"),
        ((CONFIRMED,), "belongs to --blur-faces"),
        (("--blur-faces", "--review-list", "x.csv", "--copy"), "leave out --copy"),
    ],
)
def test_options_that_do_not_go_together_are_asked_back(
    ssp: Call, room: Path, tmp_path: Path, arguments: tuple[str, ...], words: str
) -> None:
    place = tmp_path / "out.mp4"
    outcome = ssp("clip", room, "--from", "0.2", "--to", "1.0", "--out", place, *arguments)
    assert outcome.code == 2
    assert words in outcome.complaint
    assert not place.exists()


def test_a_still_is_covered_like_a_clip(
    ssp: Call, room: Path, tmp_path: Path, no_package: None
) -> None:
    import cv2

    arguments = ("clip", room, "--from", "0.2", "--to", "1.0", "--out", tmp_path / "out.png")
    more = ("--stills", "--blur-faces", "--review-list", tmp_path / "faces.csv")
    assert ssp(*arguments, *more).code == 1
    place = tmp_path / "faces.csv"
    mark_all(place)
    with place.open("a", encoding="utf-8") as file:
        file.write("out.png,cover,,5,24,,,,7,5,0.3,0.2,0.4,0.6,,,\n")
    assert ssp(*arguments, *more, CONFIRMED).code == 0
    red = redness(cv2.imread(str(tmp_path / "out.png"))[:, :, ::-1])
    assert abs(red[:, 2:] - red[:, :-2]).max() < 60
