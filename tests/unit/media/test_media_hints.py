from __future__ import annotations

from fractions import Fraction

import numpy as np
import pytest

from ssp_coder.media.hints import (
    LIGHT_STEP,
    SCENE_SPREAD,
    Hint,
    HintKind,
    hints,
)
from ssp_coder.media.index import FrameIndex
from ssp_coder.media.motion import Motion

FPS = 25


def found_in(
    brightness: list[float], spread: list[float] | None = None, first: int = 0
) -> tuple[Hint, ...]:
    count = len(brightness)
    row = np.zeros(count, np.float32)
    motion = Motion(
        first=first,
        energy=row,
        region_energy=row,
        brightness=np.array(brightness, np.float32),
        spread=row if spread is None else np.array(spread, np.float32),
    )
    index = FrameIndex(
        stamps=tuple(range(first + count)), time_base=Fraction(1, FPS), last_ticks=1, keys=()
    )
    return hints(motion, index)


def test_a_step_in_brightness_is_found_at_its_frame() -> None:
    (hint,) = found_in([100.0] * 40 + [110.0] * 40)
    assert (hint.kind, hint.ordinal, hint.at_us) == (HintKind.LIGHT, 40, 1_600_000)
    assert hint.strength == pytest.approx(10)


def test_darkness_has_a_minus() -> None:
    (hint,) = found_in([110.0] * 40 + [100.0] * 40)
    assert hint.strength == pytest.approx(-10)


@pytest.mark.parametrize(("step", "count"), [(LIGHT_STEP - 0.1, 0), (LIGHT_STEP + 0.1, 1)])
def test_a_small_step_is_no_hint(step: float, count: int) -> None:
    assert len(found_in([100.0] * 40 + [100.0 + step] * 40)) == count


def test_a_slow_change_is_no_hint() -> None:
    """A cloud before the sun: 50 in ten seconds."""
    assert found_in([100 + n / 5 for n in range(250)]) == ()


def test_a_flash_of_one_frame_is_no_change_of_light() -> None:
    assert found_in([100.0] * 40 + [180.0] + [100.0] * 40) == ()


@pytest.mark.parametrize("place", [2, 78])
def test_the_ends_have_too_little_to_be_compared_with(place: int) -> None:
    assert found_in([100.0] * place + [140.0] * (80 - place)) == ()


def test_frames_that_cannot_be_shown_are_passed_over() -> None:
    brightness = [100.0] * 40 + [110.0] * 40
    brightness[30:35] = [float("nan")] * 5
    (hint,) = found_in(brightness)
    assert hint.ordinal == 40


def test_a_recording_that_cannot_be_shown_at_all_gives_no_hint() -> None:
    nothing = [float("nan")] * 80
    assert found_in(nothing, nothing) == ()


@pytest.mark.parametrize(("spread", "count"), [(SCENE_SPREAD - 0.01, 0), (SCENE_SPREAD, 1)])
def test_another_picture_is_a_change_of_scene(spread: float, count: int) -> None:
    row = [0.0] * 80
    row[33] = spread
    found = found_in([100.0] * 80, row)
    assert len(found) == count
    assert all((hint.kind, hint.ordinal) == (HintKind.SCENE, 33) for hint in found)


def test_the_strongest_of_a_crowd_remains() -> None:
    row = [0.0] * 80
    row[30], row[40], row[50] = 0.6, 0.9, 0.7
    (hint,) = found_in([100.0] * 80, row)
    assert hint.ordinal == 40


def test_a_stretch_knows_its_place() -> None:
    (hint,) = found_in([100.0] * 40 + [110.0] * 40, first=1_000)
    assert (hint.ordinal, hint.at_us) == (1_040, 41_600_000)


@pytest.mark.parametrize("count", [0, 1, 2])
def test_hardly_any_frames_give_no_hint(count: int) -> None:
    if count:
        assert found_in([100.0] * count) == ()
    else:
        assert found_in([], first=3) == ()
