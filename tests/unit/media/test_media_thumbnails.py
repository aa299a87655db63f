from __future__ import annotations

from contextlib import suppress
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np
import pytest

from ssp_coder.media import thumbnails
from ssp_coder.media.errors import Abandoned
from ssp_coder.media.indexing import Watch, build_index
from ssp_coder.media.thumbnails import (
    Thumbnail,
    build_thumbnails,
    chosen_keys,
    coarse_first,
    decode_thumbnails,
    encode_thumbnails,
    keep_thumbnails,
    kept_thumbnails,
)
from tests.fixtures.videos import INTACT

if TYPE_CHECKING:
    from tests.fixtures.videos import ClipFactory


@pytest.mark.parametrize("name", INTACT)
def test_every_thumbnail_shows_the_key_frame_it_names(clip_factory: ClipFactory, name: str) -> None:
    clip = clip_factory(name)
    index = build_index(clip.path)
    strip = build_thumbnails(clip.path, index, 8)
    assert strip
    for thumbnail in strip:
        assert thumbnail.ordinal in (index.key_frames or (0,))
        assert thumbnail.at_us == clip.times_us[thumbnail.ordinal]
        assert clip.code_in(thumbnail.rgb) == thumbnail.ordinal
        assert thumbnail.rgb.shape in ((90, 160, 3), (90, 50, 3), (90, 51, 3))


def test_the_strip_covers_the_recording_evenly(clip_factory: ClipFactory) -> None:
    index = build_index(clip_factory("mjpeg").path)
    assert chosen_keys(index, 4) == (10, 30, 50, 70)
    assert chosen_keys(index, 1) == (40,)


def test_there_are_no_more_thumbnails_than_key_frames(clip_factory: ClipFactory) -> None:
    index = build_index(clip_factory("longgop").path)
    assert chosen_keys(index, 50) == (0,)


def test_none_at_all_cannot_be_asked_for(clip_factory: ClipFactory) -> None:
    with pytest.raises(ValueError, match="1 or more"):
        chosen_keys(build_index(clip_factory("h264").path), 0)


@pytest.mark.parametrize("count", [0, 1, 2, 7, 8, 50])
def test_the_coarse_order_names_each_once(count: int) -> None:
    ordinals = tuple(range(0, 10 * count, 10))
    order = coarse_first(ordinals)
    assert tuple(sorted(order)) == ordinals


def test_the_whole_recording_is_covered_early() -> None:
    order = coarse_first(tuple(range(64)))
    assert order[:4] == (0, 32, 16, 48)


def test_each_is_told_when_it_is_made(clip_factory: ClipFactory) -> None:
    clip = clip_factory("mjpeg")
    told: list[Thumbnail] = []
    shares: list[float] = []
    strip = build_thumbnails(
        clip.path, build_index(clip.path), 6, Watch(progress=shares.append), told.append
    )
    assert {thumbnail.ordinal for thumbnail in told} == {thumbnail.ordinal for thumbnail in strip}
    assert [t.ordinal for t in strip] == sorted(t.ordinal for t in told)
    assert shares == sorted(shares)
    assert (shares[0], shares[-1]) == (0.0, 1.0)


def test_it_stops_when_told(clip_factory: ClipFactory) -> None:
    clip = clip_factory("mjpeg")
    with pytest.raises(Abandoned):
        build_thumbnails(clip.path, build_index(clip.path), 6, Watch(cancelled=lambda: True))


def test_a_damaged_key_frame_leaves_a_hole(clip_factory: ClipFactory) -> None:
    clip = clip_factory("truncated")
    index = build_index(clip.path)
    assert len(build_thumbnails(clip.path, index, 10)) <= len(index.keys)


# ------------------------------------------------------------------------------ cache


def made_and_kept(path: Path, count: int, folder: Path) -> tuple[Thumbnail, ...]:
    made = build_thumbnails(path, build_index(path), count)
    keep_thumbnails(path, count, folder, made)
    return made


def test_kept_thumbnails_look_nearly_the_same(clip_factory: ClipFactory, tmp_path: Path) -> None:
    clip = clip_factory("mjpeg")
    first = made_and_kept(clip.path, 6, tmp_path)
    again = kept_thumbnails(clip.path, 6, tmp_path)
    assert again is not None
    assert [t.ordinal for t in again] == [t.ordinal for t in first]
    for one, other in zip(first, again, strict=True):
        assert np.abs(one.rgb.astype(int) - other.rgb).mean() < 4
        assert clip.code_in(other.rgb) == one.ordinal


def test_another_number_is_kept_apart(clip_factory: ClipFactory, tmp_path: Path) -> None:
    path = clip_factory("mjpeg").path
    made_and_kept(path, 3, tmp_path)
    assert kept_thumbnails(path, 5, tmp_path) is None
    made_and_kept(path, 5, tmp_path)
    assert [len(kept_thumbnails(path, count, tmp_path) or ()) for count in (3, 5)] == [3, 5]


@pytest.mark.parametrize("content", [b"", b"PK", b"PK\x03\x04" + bytes(60)])
def test_a_damaged_file_in_the_folder_is_none_and_can_be_replaced(
    clip_factory: ClipFactory, tmp_path: Path, content: bytes
) -> None:
    path = clip_factory("mjpeg").path
    made_and_kept(path, 3, tmp_path)
    (place,) = tmp_path.iterdir()
    place.write_bytes(content)
    assert kept_thumbnails(path, 3, tmp_path) is None
    made_and_kept(path, 3, tmp_path)
    assert len(kept_thumbnails(path, 3, tmp_path) or ()) == 3


def test_another_format_is_refused(
    clip_factory: ClipFactory, monkeypatch: pytest.MonkeyPatch
) -> None:
    clip = clip_factory("mjpeg")
    packed = encode_thumbnails(build_thumbnails(clip.path, build_index(clip.path), 2))
    monkeypatch.setattr(thumbnails, "_FORMAT", "other")
    with pytest.raises(ValueError, match="format"):
        decode_thumbnails(packed)


def test_changed_bytes_in_what_was_kept_are_told_or_harmless(clip_factory: ClipFactory) -> None:
    clip = clip_factory("mjpeg")
    packed = encode_thumbnails(build_thumbnails(clip.path, build_index(clip.path), 2))
    directory = packed.index(b"PK\x01\x02")
    for place in (*range(0, directory, 29), *range(directory, len(packed))):
        changed = bytearray(packed)
        changed[place] ^= 0xFF
        with suppress(ValueError):
            decode_thumbnails(bytes(changed))
