"""How the maps of CenterFace are read, and how its file is found without importing its package."""

from __future__ import annotations

import re
import sys
from importlib import metadata
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from ssp_coder.media import faces_centerface
from ssp_coder.media.errors import MediaError
from ssp_coder.media.faces_centerface import (
    CENTERFACE,
    INSTALLATION,
    LEAST,
    PACKAGE,
    SIDE,
    CenterFace,
    boxes_of,
    fitted,
    packaged_finder,
    packaged_model,
)
from ssp_coder.media.faces_model import read_model
from tests.fixtures.face_films import red_model

ROWS, COLUMNS = 12, 20


def maps(*faces: tuple[int, int, float, tuple[float, float], tuple[float, float]]):
    """Maps with faces of (row, column, score, (height, width) and (below, right) in cells)."""
    likely = np.zeros((ROWS, COLUMNS), np.float32)
    sizes = np.zeros((2, ROWS, COLUMNS), np.float32)
    places = np.zeros((2, ROWS, COLUMNS), np.float32)
    for row, column, score, size, place in faces:
        likely[row, column] = score
        sizes[:, row, column] = np.log(size)
        places[:, row, column] = place
    return likely, sizes, places


# ------------------------------------------------------------------------------ the maps


@given(
    row=st.integers(0, ROWS - 1),
    column=st.integers(0, COLUMNS - 1),
    size=st.tuples(st.floats(0.5, 40), st.floats(0.5, 40)),
    place=st.tuples(st.floats(-0.5, 0.5), st.floats(-0.5, 0.5)),
)
def test_a_box_stands_around_the_place_that_the_maps_name(row, column, size, place) -> None:
    boxes, scores = boxes_of(*maps((row, column, 0.75, size, place)))
    ((left, top, wide, high),) = boxes.tolist()
    assert (high, wide) == pytest.approx((size[0] * 4, size[1] * 4), rel=1e-5)
    assert left + wide / 2 == pytest.approx((column + 0.5 + place[1]) * 4, abs=1e-3)
    assert top + high / 2 == pytest.approx((row + 0.5 + place[0]) * 4, abs=1e-3)
    assert scores.tolist() == [0.75]


def test_what_scores_less_than_the_least_is_no_face() -> None:
    plain = ((2.0, 2.0), (0.0, 0.0))
    boxes, scores = boxes_of(*maps((1, 1, LEAST - 0.01, *plain), (5, 5, LEAST + 0.01, *plain)))
    assert len(boxes) == len(scores) == 1
    assert boxes[0, 0] == pytest.approx((5.5 - 1) * 4)


def test_empty_maps_have_no_box() -> None:
    boxes, scores = boxes_of(*maps())
    assert boxes.shape == (0, 4)
    assert scores.shape == (0,)


@pytest.mark.parametrize(
    ("size", "page", "scale"),
    [
        ((1_280, 720), (736, 1_280), 1.0),
        ((720, 1_280), (1_280, 736), 1.0),
        ((1_920, 1_080), (736, 1_280), SIDE / 1_920),
        ((352, 288), (1_056, 1_280), SIDE / 352),
        ((3, 2_000), (1_280, 32), 0.64),
    ],
)
def test_a_picture_is_fitted_whole(size, page, scale) -> None:
    width, height = size
    made, by = fitted(np.full((height, width, 3), 200, np.uint8))
    assert made.shape == (*page, 3)
    assert by == pytest.approx(scale)
    across, down = max(1, round(width * by)), max(1, round(height * by))
    assert (made[:down, :across] == 200).all()
    assert not made[down:].any()
    assert not made[:, across:].any()


class Maps(CenterFace):
    """Answers with given maps instead of the network's."""

    def __init__(self, answer) -> None:
        self._answer = answer

    def _maps(self, page):
        return self._answer


def test_one_face_named_by_two_cells_is_one() -> None:
    answer = maps(
        (4, 4, 0.6, (6.0, 5.0), (0.0, 0.0)),
        (4, 5, 0.9, (6.0, 5.0), (0.0, 0.0)),
        (4, 15, 0.5, (6.0, 5.0), (0.0, 0.0)),
    )
    found = Maps(answer).find(np.zeros((720, 1_280, 3), np.uint8))
    assert [round(seen.score, 3) for seen in found] == [0.9, 0.5]
    assert found[0].region.left * 1_280 == pytest.approx((5.5 - 2.5) * 4)


def test_a_face_is_told_within_the_picture() -> None:
    answer = maps((0, 0, 0.9, (8.0, 8.0), (0.0, 0.0)))
    (seen,) = Maps(answer).find(np.zeros((720, 1_280, 3), np.uint8))
    assert (seen.region.left, seen.region.top) == (0, 0)
    assert seen.region.width * 1_280 == pytest.approx(4.5 * 4)
    assert type(seen.region.left) is type(seen.score) is float


# ------------------------------------------------------------------------------ the network


def test_what_is_no_network_is_refused_in_words() -> None:
    with pytest.raises(MediaError, match="draw the covers by hand") as caught:
        CenterFace(b"no network at all")
    assert caught.value.code == "media.model_refused"


def test_a_network_of_another_kind_is_refused_in_words() -> None:
    with pytest.raises(MediaError, match="red cannot be used by OpenCV"):
        CenterFace(red_model(), "red").find(np.zeros((360, 640, 3), np.uint8))


@pytest.mark.parametrize("share", [0, 0.3, 0.9, 0.999])
def test_a_network_cut_short_is_refused_in_words(share: float) -> None:
    content = held_model().read_bytes()
    with pytest.raises(MediaError) as caught:
        CenterFace(content[: int(len(content) * share)]).find(np.zeros((360, 640, 3), np.uint8))
    assert caught.value.code == "media.model_refused"


# ------------------------------------------------------------------------------ the package


def held_model() -> Path:
    held = packaged_model()
    assert held is not None, "the package with the face model is missing: start run.py test once"
    return held


@pytest.fixture
def site(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A folder of packages that comes first, in which a package of that name may be put."""
    monkeypatch.setattr(faces_centerface, "PACKAGE", "somebodys_faces==9.9")
    monkeypatch.syspath_prepend(str(tmp_path))
    return tmp_path


def install(site: Path, *files: str) -> None:
    """Put a package there whose import would fail."""
    package = site / "somebodys_faces"
    package.mkdir()
    (package / "__init__.py").write_text("raise ImportError", encoding="utf-8")
    record = site / "somebodys_faces-9.9.dist-info"
    record.mkdir()
    (record / "METADATA").write_text("Metadata-Version: 2.1\nName: somebodys-faces\nVersion: 9.9\n")
    for name in files:
        (package / name).write_bytes(b"0123")
    names = ("__init__.py", *files)
    (record / "RECORD").write_text("".join(f"somebodys_faces/{name},,\n" for name in names))


def test_the_file_is_found_without_importing_the_package(site: Path) -> None:
    install(site, CENTERFACE.file_name)
    assert packaged_model() == site / "somebodys_faces" / CENTERFACE.file_name
    assert "somebodys_faces" not in sys.modules


def test_without_the_package_there_is_no_model(site: Path) -> None:
    assert packaged_model() is None
    assert packaged_finder() is None


def test_a_package_without_the_file_has_no_model(site: Path) -> None:
    install(site, "other.onnx")
    assert packaged_model() is None


def test_another_file_of_that_name_is_refused_with_the_line_that_mends_it(site: Path) -> None:
    install(site, CENTERFACE.file_name)
    with pytest.raises(MediaError, match=r"not the face model known here \(4 bytes") as caught:
        packaged_finder()
    assert INSTALLATION in caught.value.remedy


def test_a_changed_file_of_the_same_length_is_refused(tmp_path: Path) -> None:
    content = bytearray(held_model().read_bytes())
    content[len(content) // 2] ^= 1
    (tmp_path / CENTERFACE.file_name).write_bytes(content)
    with pytest.raises(MediaError, match="checksum"):
        read_model(tmp_path / CENTERFACE.file_name, CENTERFACE)


def test_no_second_opencv_came_along() -> None:
    held_model()
    assert metadata.version("opencv-python-headless")
    with pytest.raises(metadata.PackageNotFoundError):
        metadata.version("opencv-python")


def test_the_line_names_one_version_and_leaves_dependencies_out() -> None:
    assert re.fullmatch(r"[a-z]+==\d+\.\d+\.\d+", PACKAGE)
    assert INSTALLATION.endswith(f" --no-deps {PACKAGE}")
    assert PACKAGE.partition("==")[0] in CENTERFACE.source


@pytest.mark.parametrize("folder", ["ssp_coder/media", "tests"])
def test_a_list_of_carriers_pins_one_wheel_and_says_why(folder: str) -> None:
    lines = (Path(__file__).parents[3] / folder / "carriers.txt").read_text("utf-8").splitlines()
    assert [line for line in lines if "==" in line] == lines[-1:]
    assert "--only-binary :all:" in lines
    assert "--no-deps" in "".join(line for line in lines if line.startswith("#"))
