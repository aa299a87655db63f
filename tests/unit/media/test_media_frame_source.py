from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from ssp_coder.media.frame_source import FrameSource
from ssp_coder.media.indexing import build_index
from ssp_coder.media.reader import FrameReader
from tests.fixtures.videos import INTACT

if TYPE_CHECKING:
    from av.video.frame import VideoFrame

    from tests.fixtures.videos import Clip, ClipFactory

NEIGHBOURS = 2
"""So many more are decoded at most: one to know the key frame by, one that reorders the rest."""


@pytest.fixture
def decoded(monkeypatch: pytest.MonkeyPatch) -> list[VideoFrame | None]:
    """Every frame that any source decodes during the test."""
    seen: list[VideoFrame | None] = []
    original = FrameSource.next_frame

    def next_frame(source: FrameSource) -> VideoFrame | None:
        seen.append(original(source))
        return seen[-1]

    monkeypatch.setattr(FrameSource, "next_frame", next_frame)
    return seen


def from_far_away(clip: Clip, decoded: list[VideoFrame | None]) -> dict[int, int]:
    """How many frames are decoded for each frame when the reader comes from the other end."""
    index = build_index(clip.path)
    spent = {}
    with FrameReader(clip.path, index, cache_bytes=1) as reader:
        for ordinal in range(0, index.count, 5):
            reader._raw(index.count - 1 if ordinal < index.count // 2 else 0)
            decoded.clear()
            reader._raw(ordinal)
            spent[ordinal] = len(decoded)
    return spent


# ------------------------------------------------------------------------------ frames and stamps


@pytest.mark.parametrize("name", INTACT)
def test_frames_that_need_not_be_smooth_carry_the_same_stamps(
    clip_factory: ClipFactory, name: str
) -> None:
    clip = clip_factory(name)
    with FrameSource(clip.path) as smooth, FrameSource(clip.path, smooth=False) as rough:
        assert [frame.pts for frame in rough] == [frame.pts for frame in smooth]


def test_walking_through_a_source_ends_at_its_last_frame(clip_factory: ClipFactory) -> None:
    clip = clip_factory("mpeg4")
    with FrameSource(clip.path) as source:
        assert sum(1 for _ in source) == clip.count
        assert source.next_frame() is None


def test_walking_on_after_a_seek_begins_at_the_key_frame(clip_factory: ClipFactory) -> None:
    clip = clip_factory("h264")
    index = build_index(clip.path)
    with FrameSource(clip.path) as source:
        source.seek(index.stamps[70])
        first = next(iter(source))
    assert first.pts == index.stamps[60]


# ------------------------------------------------------------------------------ frugal seeks


@pytest.mark.parametrize("name", ["h264", "interlaced", "mkv", "ts", "vp9"])
def test_a_seek_decodes_from_the_nearest_key_frame_only(
    clip_factory: ClipFactory, decoded: list[VideoFrame | None], name: str
) -> None:
    clip = clip_factory(name)
    keys = build_index(clip.path).key_frames
    for ordinal, count in from_far_away(clip, decoded).items():
        nearest = max(key for key in keys if key <= ordinal)
        assert count <= ordinal - nearest + 1 + NEIGHBOURS, f"frame {ordinal} after {nearest}"


def test_a_seek_to_a_key_frame_that_says_its_own_stamp_decodes_it_alone(
    clip_factory: ClipFactory, decoded: list[VideoFrame | None]
) -> None:
    spent = from_far_away(clip_factory("mjpeg"), decoded)
    assert set(spent.values()) == {1}


def test_a_key_frame_with_the_stamp_of_a_later_frame_is_still_known(
    clip_factory: ClipFactory, decoded: list[VideoFrame | None]
) -> None:
    clip = clip_factory("interlaced")
    index = build_index(clip.path)
    lying = 0
    with FrameReader(clip.path, index, cache_bytes=1) as reader:
        for key in index.key_frames[1:]:
            reader._raw(0)
            decoded.clear()
            raw = reader._raw(key)
            lying += raw.pts != index.stamps[key]
            assert clip.code_in(raw.to_ndarray(format="rgb24")) == key
    assert lying, "no key frame lied about its stamp, so nothing was tried"
