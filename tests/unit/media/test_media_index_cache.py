from __future__ import annotations

import hashlib
import json
import zlib
from fractions import Fraction
from typing import TYPE_CHECKING

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ssp_coder.media import index_cache
from ssp_coder.media.errors import Abandoned, MediaError
from ssp_coder.media.fingerprint import fingerprint
from ssp_coder.media.index import Addressing, FrameIndex, KeyFrame
from ssp_coder.media.index_cache import cache_place, cached_index, decode_index, encode_index
from ssp_coder.media.indexing import Watch, build_index

if TYPE_CHECKING:
    from pathlib import Path

    from tests.fixtures.videos import ClipFactory


@st.composite
def indexes(draw: st.DrawFn) -> FrameIndex:
    stamps = tuple(sorted(draw(st.sets(st.integers(-(10**12), 10**12), min_size=1, max_size=30))))
    ordinals = sorted(draw(st.sets(st.integers(0, len(stamps) - 1))))
    return FrameIndex(
        stamps=stamps,
        time_base=draw(st.sampled_from([Fraction(1, 90_000), Fraction(1001, 30_000)])),
        last_ticks=draw(st.integers(1, 10_000)),
        keys=tuple(KeyFrame(ordinal=at, pts=stamps[at], dts=stamps[at] - 2) for at in ordinals),
        addressing=draw(st.sampled_from(Addressing)),
        declared_count=draw(st.integers(0, 100)),
        delay_ticks=draw(st.integers(0, 100)),
    )


@given(index=indexes())
def test_index_comes_back_as_it_was_packed(index: FrameIndex) -> None:
    back = decode_index(encode_index(index))
    assert back == index
    assert back.times_us == index.times_us


@given(junk=st.binary(max_size=200))
def test_junk_is_refused_as_a_value_error(junk: bytes) -> None:
    with pytest.raises(ValueError, match=r"damaged|format|index"):
        decode_index(junk)


def packed(**changes: object) -> bytes:
    facts = {
        "format": "ssp_coder.frame_index/1",
        "first": 0,
        "steps": [1, 1],
        "time_base": [1, 25],
        "last_ticks": 1,
        "keys": [[0, 0, 0]],
        "addressing": "by_stamp",
        "declared_count": 3,
        "delay_ticks": 0,
    }
    return zlib.compress(json.dumps(facts | changes).encode())


def test_packed_example_is_accepted_as_it_stands() -> None:
    assert decode_index(packed()).count == 3


@pytest.mark.parametrize(
    "changes",
    [
        {"format": "ssp_coder.frame_index/99"},
        {"first": "0"},
        {"first": None},
        {"steps": [1.5]},
        {"steps": [-3, 1]},
        {"time_base": [1, 0]},
        {"time_base": [1]},
        {"last_ticks": 0},
        {"keys": [[7, 0, 0]]},
        {"keys": [[0, 0]]},
        {"keys": [[0, 0, "x"]]},
        {"keys": [0]},
        {"addressing": "by_luck"},
    ],
    ids=str,
)
def test_impossible_cache_content_is_refused(changes: dict[str, object]) -> None:
    with pytest.raises(ValueError):  # noqa: PT011 - each fact has its own words
        decode_index(packed(**changes))


def test_second_look_reads_the_folder_and_builds_nothing(
    clip_factory: ClipFactory, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    clip = clip_factory("h264")
    built = cached_index(clip.path, tmp_path / "indexes")
    monkeypatch.setattr(index_cache, "build_index", lambda *args: pytest.fail("built again"))
    shares: list[float] = []
    assert cached_index(clip.path, tmp_path / "indexes", Watch(progress=shares.append)) == built
    assert shares == [1.0]
    assert built == build_index(clip.path)


def test_moved_recording_is_recognised(clip_factory: ClipFactory, tmp_path: Path) -> None:
    clip = clip_factory("h264")
    moved = tmp_path / "renamed.mp4"
    moved.write_bytes(clip.path.read_bytes())
    assert cache_place(moved, tmp_path) == cache_place(clip.path, tmp_path)


@pytest.mark.parametrize("damage", [b"", b"junk", None])
def test_damaged_cache_file_is_rebuilt(
    clip_factory: ClipFactory, tmp_path: Path, damage: bytes | None
) -> None:
    clip = clip_factory("h264")
    index = cached_index(clip.path, tmp_path)
    place = cache_place(clip.path, tmp_path)
    whole = place.read_bytes()
    place.write_bytes(whole[: len(whole) // 2] if damage is None else damage)
    assert cached_index(clip.path, tmp_path) == index
    assert place.read_bytes() == whole
    assert [entry.name for entry in tmp_path.iterdir()] == [place.name]


def test_unusable_folder_costs_time_only(clip_factory: ClipFactory, tmp_path: Path) -> None:
    blocked = tmp_path / "file"
    blocked.write_text("not a folder")
    assert cached_index(clip_factory("h264").path, blocked).count == 150


def test_unusable_recording_is_explained_and_not_cached(tmp_path: Path) -> None:
    with pytest.raises(MediaError, match="does not exist"):
        cached_index(tmp_path / "none.mp4", tmp_path / "indexes")
    assert not (tmp_path / "indexes").exists()


def test_cancelled_work_leaves_no_cache_file(clip_factory: ClipFactory, tmp_path: Path) -> None:
    with pytest.raises(Abandoned):
        cached_index(clip_factory("vfr").path, tmp_path, Watch(cancelled=lambda: True))
    assert list(tmp_path.iterdir()) == []


# ------------------------------------------------------------------------------ fingerprint


def test_fingerprint_tells_size_beginning_and_end(tmp_path: Path) -> None:
    base = bytes(3 << 20)
    variants = [base, base + b"\0", b"\1" + base[1:], base[:-1] + b"\1", b""]
    prints = set()
    for number, content in enumerate(variants):
        path = tmp_path / str(number)
        path.write_bytes(content)
        prints.add(fingerprint(path))
    assert len(prints) == len(variants)


def test_fingerprint_is_sha256_over_size_first_and_last_megabyte(tmp_path: Path) -> None:
    path = tmp_path / "short"
    path.write_bytes(b"abc")
    assert fingerprint(path) == hashlib.sha256(bytes(7) + b"\x03" + b"abcabc").hexdigest()
