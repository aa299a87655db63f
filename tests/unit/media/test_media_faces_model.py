from __future__ import annotations

import hashlib
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest

from ssp_coder.media.errors import MediaError
from ssp_coder.media.faces_model import YUNET, YuNet, adopt_model, distinct, read_model, views
from ssp_coder.media.faces_tracking import Sighting
from ssp_coder.media.motion import Region
from tests.fixtures.face_films import RED, red_model


@pytest.fixture(scope="module")
def finder() -> YuNet:
    return YuNet(red_model(), "red")


def page(height: int, width: int, *corners: tuple[int, int]) -> np.ndarray:
    """A grey picture with red squares of 64 pixels at these left upper corners."""
    rgb = np.full((height, width, 3), 128, np.uint8)
    for left, top in corners:
        rgb[top : top + 64, left : left + 64] = RED
    return rgb


def near(sighting: Sighting, size: tuple[int, int], middle: tuple[int, int]) -> bool:
    """Whether what was found is a cell that the square around `middle` touches."""
    reach = 32 + max(size) / 40
    region = sighting.region
    across = (region.left + region.width / 2) * size[0] - middle[0]
    down = (region.top + region.height / 2) * size[1] - middle[1]
    return max(abs(across), abs(down)) <= reach


# ------------------------------------------------------------------------------ OpenCV's wrapper


@pytest.mark.parametrize("size", [(640, 640), (640, 360), (1280, 720), (360, 640), (320, 240)])
def test_faces_are_found_where_they_are(finder: YuNet, size: tuple[int, int]) -> None:
    width, height = size
    left, top = width // 2 + 20, height // 2 - 70
    found = finder.find(page(height, width, (left, top)))
    assert found
    assert all(near(seen, size, (left + 32, top + 32)) for seen in found)


def test_nothing_is_found_in_an_empty_room(finder: YuNet) -> None:
    assert finder.find(page(360, 640)) == ()


def test_colours_reach_the_network_in_its_own_order(finder: YuNet) -> None:
    blue = np.ascontiguousarray(page(360, 640, (300, 100))[:, :, ::-1])
    assert finder.find(blue) == ()


def test_scores_stay_within_one_and_the_surest_comes_first(finder: YuNet) -> None:
    rgb = page(640, 640, (64, 64))
    rgb[320:384, 320:384] = (170, 90, 90)
    scores = [seen.score for seen in finder.find(rgb)]
    assert scores == sorted(scores, reverse=True)
    assert scores[0] == pytest.approx(1.0)
    assert 0.3 <= scores[-1] < 1.0


def test_a_finder_has_a_name(finder: YuNet) -> None:
    assert finder.name == "red"


def test_what_is_no_network_is_refused_in_words() -> None:
    with pytest.raises(MediaError, match="draw the covers by hand") as caught:
        YuNet(b"no network at all")
    assert caught.value.code == "media.model_refused"


def test_a_network_that_breaks_off_is_told_in_words() -> None:
    smaller = YuNet(red_model(side=320), "small")
    with pytest.raises(MediaError, match="small cannot be used by OpenCV") as caught:
        smaller.find(page(360, 640, (300, 100)))
    assert caught.value.code == "media.model_refused"


# ------------------------------------------------------------------------------ the parts looked at


@pytest.mark.parametrize(
    ("size", "expected"),
    [
        ((640, 640), ((0, 0, 640),)),
        ((720, 576), ((0, 0, 720), (0, 0, 576), (144, 0, 576))),
        ((1280, 720), ((0, 0, 1280), (0, 0, 720), (560, 0, 720))),
        ((720, 1280), ((0, 0, 1280), (0, 0, 720), (0, 560, 720))),
        ((700, 640), ((0, 0, 700),)),
    ],
)
def test_a_long_picture_is_looked_at_in_squares_too(size, expected) -> None:
    assert views(*size) == expected


@pytest.mark.parametrize("size", [(1280, 720), (1920, 800), (3000, 500)])
def test_the_squares_leave_no_gap(size: tuple[int, int]) -> None:
    reached = 0
    for left, _, side in views(*size)[1:]:
        assert left <= reached
        reached = left + side
    assert reached == size[0]


def test_one_face_seen_in_two_parts_is_one() -> None:
    place = Region(left=0.1, top=0.1, width=0.2, height=0.2)
    nearly = replace(place, left=0.12)
    other = replace(place, left=0.6)
    found = [
        Sighting(region=place, score=0.5),
        Sighting(region=nearly, score=0.9),
        Sighting(region=other, score=0.4),
    ]
    assert [seen.region for seen in distinct(found)] == [nearly, other]


# ------------------------------------------------------------------------------ the file


@pytest.fixture
def lab_file(tmp_path: Path) -> Path:
    file = tmp_path / "downloads" / "model.onnx"
    file.parent.mkdir()
    file.write_bytes(red_model())
    return file


def known_as(file: Path):
    content = file.read_bytes()
    return replace(YUNET, size=len(content), sha256=hashlib.sha256(content).hexdigest())


def test_the_right_file_is_taken_to_its_place(lab_file: Path, tmp_path: Path) -> None:
    place = adopt_model(lab_file, tmp_path / "models", known_as(lab_file))
    assert place == tmp_path / "models" / YUNET.file_name
    assert place.read_bytes() == lab_file.read_bytes()
    assert read_model(place, known_as(lab_file)) == lab_file.read_bytes()


def test_another_file_of_that_name_is_refused(lab_file: Path, tmp_path: Path) -> None:
    with pytest.raises(MediaError, match="not the face model known here") as caught:
        adopt_model(lab_file, tmp_path / "models")
    assert caught.value.code == "media.model_other"
    assert YUNET.source in str(caught.value)
    assert not (tmp_path / "models").exists()


def test_a_changed_file_of_the_same_length_is_refused(lab_file: Path) -> None:
    known = known_as(lab_file)
    content = bytearray(lab_file.read_bytes())
    content[len(content) // 2] ^= 1
    lab_file.write_bytes(content)
    with pytest.raises(MediaError, match="checksum"):
        read_model(lab_file, known)


def test_a_file_that_is_not_there_is_named(tmp_path: Path) -> None:
    with pytest.raises(MediaError, match="is not there; get face_detection_yunet"):
        read_model(tmp_path / YUNET.file_name)


def test_a_place_that_cannot_be_written_is_told(lab_file: Path, tmp_path: Path) -> None:
    taken = tmp_path / "models"
    taken.write_text("a file where the folder should be")
    with pytest.raises(MediaError):
        adopt_model(lab_file, taken, known_as(lab_file))
