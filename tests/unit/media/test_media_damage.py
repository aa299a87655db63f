from __future__ import annotations

import random
from typing import TYPE_CHECKING

import pytest

from ssp_coder.media.errors import FrameMissing, MediaError
from ssp_coder.media.indexing import build_index
from ssp_coder.media.reader import FrameReader

if TYPE_CHECKING:
    from pathlib import Path

    from tests.fixtures.videos import ClipFactory

DAMAGED = ("h264", "ts", "mkv", "interlaced", "packed", "vp9", "camcorder")


def damaged_copy(whole: bytes, path: Path, seed: int) -> None:
    chance = random.Random(seed)
    content = bytearray(whole)
    for _ in range(chance.choice([1, 5, 30])):
        at = chance.randrange(len(content))
        length = min(chance.choice([1, 8, 64, 600]), len(content) - at)
        content[at : at + length] = chance.randbytes(length)
    path.write_bytes(content)


@pytest.mark.parametrize("name", DAMAGED)
@pytest.mark.parametrize("seed", range(4))
def test_damaged_recording_gives_frames_or_says_why_not(
    clip_factory: ClipFactory, tmp_path: Path, name: str, seed: int
) -> None:
    clip = clip_factory(name)
    path = tmp_path / f"damaged{clip.path.suffix}"
    damaged_copy(clip.path.read_bytes(), path, seed)
    answer = look_through(path)
    assert answer in ("refused with a remedy", "every frame shown or named")


def look_through(path: Path) -> str:
    try:
        index = build_index(path)
    except MediaError as trouble:
        return "refused with a remedy" if trouble.remedy else "refused without help"
    with FrameReader(path, index, cache_bytes=1) as reader:
        for ordinal in range(0, index.count, 7):
            if not shown_or_named(reader, ordinal):
                return f"frame {ordinal} is neither shown nor named"
    return "every frame shown or named"


def shown_or_named(reader: FrameReader, ordinal: int) -> bool:
    try:
        return reader.frame(ordinal).to_rgb().shape == (180, 320, 3)
    except FrameMissing as lost:
        return lost.ordinal == ordinal


@pytest.mark.parametrize("name", ["h264", "ts", "mpeg4"])
def test_frames_before_the_damage_are_untouched(
    clip_factory: ClipFactory, tmp_path: Path, name: str
) -> None:
    clip = clip_factory(name)
    index = build_index(clip.path)
    content = bytearray(clip.path.read_bytes())
    hole = len(content) * 7 // 10
    content[hole : hole + 500] = bytes(500)
    path = tmp_path / f"hole{clip.path.suffix}"
    path.write_bytes(content)
    with FrameReader(path, index) as reader:
        for ordinal in (30, 3, 25, 0):
            assert clip.code_in(reader.frame(ordinal).to_rgb()) == ordinal
