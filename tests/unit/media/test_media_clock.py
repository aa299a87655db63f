from __future__ import annotations

from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ssp_coder.media.clock import MasterClock

SECOND_NS = 1_000_000_000


class HandClock:
    """A monotonic clock that a test turns by hand."""

    def __init__(self) -> None:
        self.ns = 5_000

    def __call__(self) -> int:
        return self.ns

    def pass_s(self, seconds: float) -> None:
        self.ns += round(seconds * SECOND_NS)


@pytest.fixture
def hand() -> HandClock:
    return HandClock()


@pytest.fixture
def clock(hand: HandClock) -> MasterClock:
    return MasterClock(10_000_000, hand)


def test_new_clock_rests_at_the_start(clock: MasterClock, hand: HandClock) -> None:
    hand.pass_s(3)
    assert clock.now_us() == 0
    assert not clock.playing


def test_playing_clock_runs_with_real_time(clock: MasterClock, hand: HandClock) -> None:
    clock.play()
    hand.pass_s(1.5)
    assert clock.now_us() == 1_500_000
    assert clock.playing


def test_pause_holds_the_moment_and_play_goes_on_from_it(
    clock: MasterClock, hand: HandClock
) -> None:
    clock.play()
    hand.pass_s(2)
    clock.pause()
    hand.pass_s(7)
    assert clock.now_us() == 2_000_000
    clock.play()
    hand.pass_s(1)
    assert clock.now_us() == 3_000_000


@pytest.mark.parametrize(("rate", "reached"), [(0.25, 500_000), (2, 4_000_000), (4, 8_000_000)])
def test_rate_scales_time(clock: MasterClock, hand: HandClock, rate: float, reached: int) -> None:
    clock.play(rate)
    hand.pass_s(2)
    assert clock.now_us() == reached
    assert clock.rate == Fraction(rate)


def test_rate_change_while_playing_does_not_jump(clock: MasterClock, hand: HandClock) -> None:
    clock.play()
    hand.pass_s(1)
    clock.set_rate(4)
    assert clock.now_us() == 1_000_000
    hand.pass_s(1)
    assert clock.now_us() == 5_000_000


def test_rate_change_while_resting_does_not_start(clock: MasterClock, hand: HandClock) -> None:
    clock.set_rate(2)
    hand.pass_s(1)
    assert clock.now_us() == 0
    assert not clock.playing


@pytest.mark.parametrize("rate", [0, -1, -0.5])
def test_rate_that_does_not_go_forward_is_refused(clock: MasterClock, rate: float) -> None:
    with pytest.raises(ValueError, match="not above zero"):
        clock.play(rate)
    assert clock.rate == 1


def test_seek_while_playing_goes_on_playing(clock: MasterClock, hand: HandClock) -> None:
    clock.play()
    hand.pass_s(1)
    assert clock.seek(6_000_000) == 6_000_000
    hand.pass_s(1)
    assert clock.now_us() == 7_000_000


def test_seek_while_resting_rests(clock: MasterClock, hand: HandClock) -> None:
    clock.seek(6_000_000)
    hand.pass_s(1)
    assert clock.now_us() == 6_000_000


@pytest.mark.parametrize(
    ("wish", "moment"), [(-1, 0), (10_000_000, 9_999_999), (10**15, 9_999_999)]
)
def test_seek_outside_the_recording_clamps(clock: MasterClock, wish: int, moment: int) -> None:
    assert clock.seek(wish) == moment
    assert clock.now_us() == moment


def test_clock_rests_on_the_last_microsecond(clock: MasterClock, hand: HandClock) -> None:
    clock.play()
    hand.pass_s(9.5)
    assert not clock.at_end
    hand.pass_s(100)
    assert clock.now_us() == 9_999_999
    assert clock.at_end


def test_seek_back_from_the_end_runs_again_at_once(clock: MasterClock, hand: HandClock) -> None:
    clock.play()
    hand.pass_s(100)
    clock.seek(1_000_000)
    hand.pass_s(1)
    assert clock.now_us() == 2_000_000


@pytest.mark.parametrize("end_us", [0, -5])
def test_recording_without_a_moment_is_refused(end_us: int) -> None:
    with pytest.raises(ValueError, match="no moment"):
        MasterClock(end_us)


def test_real_clock_is_the_default() -> None:
    clock = MasterClock(10**12)
    clock.play()
    first = clock.now_us()
    assert 0 <= first <= clock.now_us()


@given(
    steps=st.lists(st.integers(0, 10**9), max_size=30),
    rate=st.sampled_from([Fraction(1, 4), Fraction(1, 3), Fraction(1), Fraction(4)]),
)
def test_asking_often_loses_no_time(steps: list[int], rate: Fraction) -> None:
    hand = HandClock()
    clock = MasterClock(10**12, hand)
    clock.play(rate)
    seen = [clock.now_us()]
    for step in steps:
        hand.ns += step
        seen.append(clock.now_us())
    assert seen == sorted(seen)
    assert seen[-1] == sum(steps) * rate // 1_000
