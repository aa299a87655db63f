from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ssp_coder.demonstration.channels import Key, channel, ease, mix
from ssp_coder.domain.time import Micros


def key(start: int, length: int, value: float) -> Key[float]:
    return Key(start_us=Micros(start), length_us=Micros(length), value=value)


def test_a_channel_without_keys_keeps_its_first_value() -> None:
    blend = channel(7.0, []).at(123)
    assert (blend.before, blend.after, blend.weight, blend.index) == (7.0, 7.0, 1.0, 0)


def test_before_the_first_key_the_first_value_holds() -> None:
    assert channel(7.0, [key(100, 50, 9.0)]).at(99).after == 7.0


def test_at_the_start_of_a_key_nothing_has_moved_yet() -> None:
    blend = channel(7.0, [key(100, 50, 9.0)]).at(100)
    assert (blend.before, blend.after, blend.weight) == (7.0, 9.0, 0.0)


def test_half_way_through_a_key_the_weight_is_one_half() -> None:
    assert channel(7.0, [key(100, 50, 9.0)]).at(125).weight == pytest.approx(0.5)


def test_when_a_key_is_done_its_value_holds() -> None:
    track = channel(7.0, [key(100, 50, 9.0)])
    assert track.at(150).weight == 1.0
    assert track.at(10_000).after == 9.0


def test_a_key_without_length_takes_effect_at_once() -> None:
    blend = channel(7.0, [key(100, 0, 9.0)]).at(100)
    assert (blend.after, blend.weight) == (9.0, 1.0)


def test_each_key_starts_from_the_one_before() -> None:
    track = channel(0.0, [key(100, 10, 1.0), key(200, 10, 2.0)])
    blend = track.at(205)
    assert (blend.before, blend.after, blend.index) == (1.0, 2.0, 2)


def test_keys_may_come_unsorted() -> None:
    track = channel(0.0, [key(200, 0, 2.0), key(100, 0, 1.0)])
    assert [track.at(time).after for time in (50, 150, 250)] == [0.0, 1.0, 2.0]


def test_of_two_keys_at_the_same_time_the_later_written_holds() -> None:
    track = channel(0.0, [key(100, 0, 1.0), key(100, 0, 2.0)])
    assert track.at(100).after == 2.0


def test_labels_can_be_keyed_too() -> None:
    track = channel("", [Key(start_us=Micros(10), length_us=Micros(0), value="ball")])
    assert (track.at(9).after, track.at(10).after) == ("", "ball")


@given(st.floats(-2.0, 3.0))
def test_easing_stays_between_zero_and_one(part: float) -> None:
    assert 0.0 <= ease(part) <= 1.0


@given(st.floats(0.0, 1.0), st.floats(0.0, 1.0))
def test_easing_never_turns_back(one: float, other: float) -> None:
    early, late = sorted((one, other))
    assert ease(early) <= ease(late) + 1e-12


@given(st.floats(0.0, 1.0))
def test_easing_is_the_same_from_both_ends(part: float) -> None:
    assert ease(part) + ease(1.0 - part) == pytest.approx(1.0)


@pytest.mark.parametrize(("weight", "value"), [(0.0, 10.0), (0.25, 12.5), (1.0, 20.0)])
def test_mixing_goes_straight_from_one_number_to_the_other(weight: float, value: float) -> None:
    assert mix(10.0, 20.0, weight) == value
