from __future__ import annotations

from fractions import Fraction
from typing import TYPE_CHECKING

import av
import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from ssp_coder.media.frame import RgbConverter, fitted, upright_size
from ssp_coder.media.indexing import build_index
from ssp_coder.media.probe import probe
from ssp_coder.media.reader import FrameReader

if TYPE_CHECKING:
    from pathlib import Path

SIDE = st.integers(1, 8_000)
LIMIT = st.none() | st.integers(1, 8_000)


@given(width=SIDE, height=SIDE, max_width=LIMIT, max_height=LIMIT)
def test_fitted_size_keeps_both_limits_and_never_enlarges(
    width: int, height: int, max_width: int | None, max_height: int | None
) -> None:
    across, down = fitted(width, height, max_width, max_height)
    assert 1 <= across <= min(width, max_width or width)
    assert 1 <= down <= min(height, max_height or height)


@given(width=SIDE, height=SIDE)
def test_size_without_limits_stays(width: int, height: int) -> None:
    assert fitted(width, height, None, None) == (width, height)


@pytest.mark.parametrize(
    ("pixel_aspect", "turns", "expected"),
    [
        (Fraction(1), 0, (720, 576)),
        (Fraction(64, 45), 0, (1024, 576)),
        (Fraction(64, 45), 1, (576, 1024)),
        (Fraction(1), 2, (720, 576)),
        (Fraction(1), 3, (576, 720)),
    ],
)
def test_size_on_the_screen(pixel_aspect: Fraction, turns: int, expected: tuple[int, int]) -> None:
    assert upright_size(720, 576, pixel_aspect, turns) == expected


@pytest.fixture
def wide_pixels(tmp_path: Path) -> Path:
    """Three frames of 180 x 180 pixels, each 16/9 as wide as high."""
    path = tmp_path / "pal.mp4"
    with av.open(str(path), "w") as box:
        stream = box.add_stream("libx264", rate=25)
        stream.width, stream.height, stream.pix_fmt = 180, 180, "yuv420p"
        stream.codec_context.sample_aspect_ratio = Fraction(16, 9)
        for number in range(3):
            frame = av.VideoFrame.from_ndarray(np.zeros((270, 180), np.uint8), format="yuv420p")
            frame.pts = number
            box.mux(stream.encode(frame))
        box.mux(stream.encode(None))
    return path


def test_pixels_that_are_not_square_are_stretched(wide_pixels: Path) -> None:
    facts = probe(wide_pixels)
    assert (facts.width, facts.height) == (320, 180)
    with FrameReader(wide_pixels, build_index(wide_pixels)) as reader:
        assert reader.frame(1).to_rgb().shape == (180, 320, 3)
        assert reader.frame(1).to_rgb(160, 160).shape == (90, 160, 3)


def plain_red(width: int, height: int) -> av.VideoFrame:
    """A frame of one colour: pure red in BT.709, without a label that says so."""
    frame = av.VideoFrame(width, height, "yuv444p")
    for plane, level in zip(frame.planes, (63, 102, 240), strict=True):
        plane.update(bytes([level]) * plane.buffer_size)
    return frame


def test_unlabelled_hd_colours_are_read_as_bt709() -> None:
    red = RgbConverter().convert(plain_red(1280, 720), (1280, 720), 0)[10, 10]
    assert red[0] > 250
    assert red[1] < 5
    assert red[2] < 5


def test_unlabelled_sd_colours_are_read_as_bt601() -> None:
    red = RgbConverter().convert(plain_red(720, 576), (720, 576), 0)[10, 10]
    assert red[0] < 250


def test_one_converter_serves_changing_sizes() -> None:
    converter = RgbConverter()
    for size in ((64, 36), (640, 360), (64, 36), (1, 1)):
        assert converter.convert(plain_red(640, 360), size, 0).shape == (size[1], size[0], 3)
