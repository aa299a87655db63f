"""Laws of the work behind a video, whatever the numbers."""

from __future__ import annotations

from fractions import Fraction
from itertools import pairwise
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np
from hypothesis import assume, given
from hypothesis import strategies as st

from ssp_coder.domain.time import Micros, Span
from ssp_coder.media.clips import ClipPlan
from ssp_coder.media.hints import APART_US, hints
from ssp_coder.media.index import FrameIndex, KeyFrame
from ssp_coder.media.motion import Motion, Region, bucketed
from ssp_coder.media.selftest_plan import plan_for
from ssp_coder.media.sound_pieces import Line
from ssp_coder.media.thumbnails import chosen_keys, coarse_first
from ssp_coder.media.waveform import Envelope, _Buckets, decode_envelope, encode_envelope, joined

if TYPE_CHECKING:
    from collections.abc import Callable

PLACE = Path("clip.mp4")


@st.composite
def indexes(draw: Callable[..., object]) -> FrameIndex:
    """Frames at uneven times, some of them key frames."""
    steps = draw(st.lists(st.integers(1, 400), min_size=0, max_size=60))
    stamps = tuple(int(stamp) for stamp in np.cumsum([draw(st.integers(-50, 5_000)), *steps]))
    keys = draw(st.sets(st.integers(0, len(stamps) - 1)))
    return FrameIndex(
        stamps=stamps,
        time_base=Fraction(1, 1_000),
        last_ticks=draw(st.integers(1, 100)),
        keys=tuple(KeyFrame(ordinal=k, pts=stamps[k], dts=stamps[k]) for k in sorted(keys)),
    )


# ------------------------------------------------------------------------------ clips


@given(indexes(), st.integers(0, 30_000_000), st.integers(1, 30_000_000))
def test_a_clip_holds_every_frame_on_screen_in_its_stretch_and_no_other(
    index: FrameIndex, start: int, length: int
) -> None:
    assume(start < index.end_us)
    end = start + length
    plan = ClipPlan(
        video=PLACE,
        index=index,
        span=Span(start_us=Micros(start), end_us=Micros(end)),
        place=PLACE,
    )
    on_screen = [
        ordinal
        for ordinal in range(index.count)
        if index.times_us[ordinal] < end and index.end_of(ordinal) > start
    ]
    assert list(plan.frames()) == on_screen


# ------------------------------------------------------------------------------ the self-test


@given(indexes(), st.integers(1, 80), st.integers(1, 80))
def test_the_plan_stays_among_the_frames_and_sees_both_ends(
    index: FrameIndex, reach: int, seeks: int
) -> None:
    reach = min(reach, index.count)
    plan = plan_for(index, reach, seeks)
    assert plan.sampled <= set(range(reach))
    assert {0, reach - 1} <= set(plan.sought)
    assert len(set(plan.sought)) == len(plan.sought)
    assert len(plan.sought) <= max(2, seeks + 2)
    assert len(set(plan.forward)) == len(plan.forward)
    assert set(plan.again) <= set(plan.sought)


# ------------------------------------------------------------------------------ sound


@given(st.lists(st.tuples(st.integers(-300, 3_000), st.integers(1, 400)), max_size=12))
def test_samples_lie_in_order_and_none_is_heard_twice(pieces: list[tuple[int, int]]) -> None:
    """Every sample is numbered by its place, and may be moved by the slack and no farther."""
    line, at, end = Line(slack=1), 0, None
    for gap, count in pieces:
        at = max(at + gap, -10_000)
        first, heard = line.placed(at, np.arange(at, at + count)[:, np.newaxis])
        if len(heard):
            assert end is None or first >= end
            assert abs(int(heard[0, 0]) - first) <= 1
            assert heard[-1, 0] == at + count - 1
            end = first + len(heard)
        at += count


@given(
    st.lists(st.integers(1, 700), min_size=1, max_size=20),
    st.sampled_from([8_000, 11_025, 22_050, 44_100]),
)
def test_the_outline_does_not_depend_on_how_the_sound_comes_in_pieces(
    counts: list[int], rate: int
) -> None:
    sound = np.random.default_rng(sum(counts)).uniform(-1, 1, sum(counts)).astype(np.float32)
    whole = outline([sound], rate)
    pieces = outline(np.split(sound, np.cumsum(counts)[:-1]), rate)
    bucket_of_the_last = (len(sound) - 1) * 100 // rate
    assert pieces.count == whole.count == bucket_of_the_last + 1
    for row in ("lowest", "highest", "rms"):
        assert np.array_equal(getattr(whole, row), getattr(pieces, row))
    assert (whole.lowest <= whole.highest).all()
    assert (whole.rms >= 0).all()


def outline(pieces: list[np.ndarray], rate: int) -> Envelope:
    buckets = _Buckets(lambda _chunk: None)
    for piece in pieces:
        buckets.add(piece, rate)
    buckets.finish()
    return joined(buckets.chunks)


@given(st.integers(0, 10_000), st.lists(st.integers(-32_768, 32_767), max_size=40))
def test_a_kept_outline_comes_back_as_it_was(first: int, values: list[int]) -> None:
    row = np.array(values, np.int16)
    kept = Envelope(first=first, lowest=row, highest=row[::-1].copy(), rms=row)
    back = decode_envelope(encode_envelope(kept))
    assert back.first == first
    assert np.array_equal(back.lowest, row)
    assert np.array_equal(back.highest, row[::-1])


# ------------------------------------------------------------------------------ the picture


@given(indexes(), st.integers(1, 40))
def test_thumbnails_are_key_frames_and_no_more_than_asked(index: FrameIndex, count: int) -> None:
    chosen = chosen_keys(index, count)
    assert 1 <= len(chosen) <= count
    assert set(chosen) <= set(index.key_frames or (0,))
    assert sorted(coarse_first(chosen)) == list(chosen)


@given(indexes(), st.integers(1_000, 2_000_000), st.randoms(use_true_random=False))
def test_every_frame_counts_in_exactly_one_bucket(
    index: FrameIndex, bucket_us: int, chance: object
) -> None:
    assume(index.end_us // bucket_us < 3_000)
    motion = motion_of([chance.uniform(0, 9) for _ in range(index.count)])
    buckets = bucketed(motion, index, bucket_us)
    assert sum(bucket.frames for bucket in buckets) == index.count
    for bucket in buckets:
        inside = [
            float(motion.energy[n])
            for n, at in enumerate(index.times_us)
            if bucket.start_us <= at < bucket.start_us + bucket_us
        ]
        assert bucket.frames == len(inside)
        if inside:
            assert abs(bucket.energy - sum(inside) / len(inside)) < 1e-4


@given(st.lists(st.floats(0, 255), min_size=1, max_size=120), st.integers(10, 60))
def test_hints_of_a_kind_lie_apart_and_in_order(brightness: list[float], step: int) -> None:
    stamps = tuple(range(0, step * len(brightness), step))
    index = FrameIndex(stamps=stamps, time_base=Fraction(1, 1_000), last_ticks=step, keys=())
    spread = [abs(value) / 255 for value in brightness]
    found = hints(motion_of(brightness, brightness, spread), index)
    assert [hint.at_us for hint in found] == sorted(hint.at_us for hint in found)
    for kind in {hint.kind for hint in found}:
        times = [hint.at_us for hint in found if hint.kind is kind]
        assert all(later - earlier >= APART_US for earlier, later in pairwise(times))
    assert all(hint.at_us == index.times_us[hint.ordinal] for hint in found)


def motion_of(
    energy: list[float], brightness: list[float] | None = None, spread: list[float] | None = None
) -> Motion:
    row = np.array(energy, np.float32)
    return Motion(
        first=0,
        energy=row,
        region_energy=row,
        brightness=row if brightness is None else np.array(brightness, np.float32),
        spread=np.zeros_like(row) if spread is None else np.array(spread, np.float32),
    )


@given(
    st.floats(0, 0.99), st.floats(0, 0.99), st.floats(0.001, 1), st.floats(0.001, 1),
    st.integers(1, 400), st.integers(1, 400),
)  # fmt: skip
def test_a_region_always_lies_in_the_picture(
    left: float, top: float, width: float, height: float, rows: int, columns: int
) -> None:
    region = Region(left=left, top=top, width=min(width, 1 - left), height=min(height, 1 - top))
    down, across = region.cells(rows, columns)
    assert 0 <= down.start < down.stop <= rows
    assert 0 <= across.start < across.stop <= columns
