from __future__ import annotations

import random
from fractions import Fraction
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ssp_coder.media.clock import FRESH_NS, HOLD_NS, JUMP_NS, SLEW_PERCENT, MasterClock
from ssp_coder.media.heard import COMING, NOTHING, Hearing, Reading

MS = 1_000_000
TICK_MS = 8


class SimulatedSound:
    """Sound as a device plays it: late to begin, a little fast or slow, told in jittering steps."""

    def __init__(
        self, *, lag_ms: int = 100, speed: float = 1.0, jitter_us: int = 0, told_every_ms: int = 10
    ) -> None:
        self.now_ns = 1_000 * MS
        self.lag_ms, self.speed, self.jitter_us = lag_ms, speed, jitter_us
        self.told_every_ms = told_every_ms
        self.present = True
        self.begun: list[tuple[int, Fraction]] = []
        self.rests = 0
        self.offset_us = 0
        self.frozen_at_ns: int | None = None
        self._began_ns: int | None = None
        self._chance = random.Random(4)

    def monotonic_ns(self) -> int:
        return self.now_ns

    def pass_ms(self, ms: float) -> None:
        self.now_ns += round(ms * MS)

    # what a clock asks

    def begin(self, time_us: int, rate: Fraction) -> None:
        self.begun.append((time_us, rate))
        self._began_ns = self.now_ns

    def rest(self) -> None:
        self.rests += 1
        self._began_ns = None

    def reading(self) -> Reading:
        if not self.present or self._began_ns is None:
            return NOTHING
        every_ns = self.told_every_ms * MS
        told_ns = self.now_ns // every_ns * every_ns
        if self.frozen_at_ns is not None:
            told_ns = min(told_ns, self.frozen_at_ns)
        heard_us = self.heard_us(told_ns)
        if heard_us is None:
            return COMING
        jitter = self._chance.randint(-self.jitter_us, self.jitter_us)
        return Reading(hearing=Hearing.HEARD, time_us=max(0, heard_us + jitter), at_ns=told_ns)

    def heard_us(self, at_ns: int | None = None) -> int | None:
        """What is truly heard."""
        at_ns = self.now_ns if at_ns is None else at_ns
        if self._began_ns is None or at_ns < self._began_ns + self.lag_ms * MS:
            return None
        start_us, rate = self.begun[-1]
        played_ns = at_ns - self._began_ns - self.lag_ms * MS
        return start_us + self.offset_us + round(played_ns * float(rate) * self.speed / 1_000)


def clock_of(sound: SimulatedSound) -> MasterClock:
    return MasterClock(10_000_000_000, sound.monotonic_ns, sound)


def run(clock: MasterClock, sound: SimulatedSound, ms: int) -> list[int]:
    times = []
    for _ in range(ms // TICK_MS):
        sound.pass_ms(TICK_MS)
        times.append(clock.now_us())
    return times


def error_us(clock: MasterClock, sound: SimulatedSound) -> int:
    heard = sound.heard_us()
    assert heard is not None
    return clock.now_us() - heard


# ------------------------------------------------------------------------------ begin and rest


def test_playing_begins_the_sound_at_the_moment_of_the_clock() -> None:
    sound = SimulatedSound()
    clock = clock_of(sound)
    clock.seek(4_000_000)
    assert sound.begun == []
    clock.play(2)
    assert sound.begun == [(4_000_000, 2)]


def test_a_seek_while_playing_begins_anew_and_a_pause_rests() -> None:
    sound = SimulatedSound()
    clock = clock_of(sound)
    clock.play()
    clock.seek(9_000_000)
    assert sound.begun[-1] == (9_000_000, 1)
    clock.pause()
    assert sound.rests == 1
    clock.pause()
    assert sound.rests == 1


def test_another_speed_begins_anew_where_the_clock_is() -> None:
    sound = SimulatedSound()
    clock = clock_of(sound)
    clock.play()
    now = run(clock, sound, 500)[-1]
    clock.set_rate(0.5)
    assert sound.begun[-1] == (now, Fraction(1, 2))


# ------------------------------------------------------------------------------ the hold


def test_the_picture_waits_for_the_first_sound() -> None:
    sound = SimulatedSound(lag_ms=400)
    clock = clock_of(sound)
    clock.seek(1_000_000)
    clock.play()
    assert set(run(clock, sound, 392)) == {1_000_000}
    assert clock.holding
    run(clock, sound, 40)
    assert not clock.holding
    assert abs(error_us(clock, sound)) < 1_000


def test_it_waits_no_longer_than_two_and_a_half_seconds() -> None:
    sound = SimulatedSound(lag_ms=10**7)
    clock = clock_of(sound)
    clock.play()
    times = run(clock, sound, 4_000)
    waited_ms = TICK_MS * sum(time == 0 for time in times)
    assert waited_ms == pytest.approx(HOLD_NS // MS, abs=2 * TICK_MS)
    assert times[-1] == pytest.approx(1_500_000, abs=20_000)


def test_without_a_device_it_does_not_wait_at_all() -> None:
    sound = SimulatedSound()
    sound.present = False
    clock = clock_of(sound)
    clock.play()
    sound.pass_ms(700)
    assert clock.now_us() == 700_000


def test_a_device_lost_while_waiting_ends_the_wait() -> None:
    sound = SimulatedSound(lag_ms=2_000)
    clock = clock_of(sound)
    clock.play()
    run(clock, sound, 504)
    sound.present = False
    assert clock.now_us() == 0
    sound.pass_ms(300)
    assert clock.now_us() == 300_000


def test_a_pause_while_waiting_rests_at_the_start() -> None:
    sound = SimulatedSound(lag_ms=400)
    clock = clock_of(sound)
    clock.seek(5_000_000)
    clock.play()
    run(clock, sound, 200)
    clock.pause()
    sound.pass_ms(1_000)
    assert clock.now_us() == 5_000_000
    assert not clock.holding


# ------------------------------------------------------------------------------ in step


@given(
    lag_ms=st.integers(0, 2_400),
    speed=st.floats(0.985, 1.015),
    rate=st.sampled_from([Fraction(1, 10), Fraction(1, 2), Fraction(1), Fraction(2), Fraction(4)]),
    jitter_us=st.integers(0, 5_000),
)
def test_it_stays_with_the_sound(lag_ms: int, speed: float, rate: Fraction, jitter_us: int) -> None:
    jitter_us = round(jitter_us * rate)
    sound = SimulatedSound(lag_ms=lag_ms, speed=speed, jitter_us=jitter_us)
    clock = clock_of(sound)
    clock.play(rate)
    times = run(clock, sound, lag_ms + 1_000)
    for _ in range(100):
        times += run(clock, sound, 40)
        # A reading is up to a tick of the device old, and the device runs off by `speed` meanwhile.
        assert abs(error_us(clock, sound)) <= jitter_us + 2_000 * rate
    assert times == sorted(times)


@given(st.lists(st.sampled_from(["play", "pause", "seek", "rate", "wait", "lose", "find"])))
def test_whatever_happens_the_time_is_in_the_recording_and_goes_forward(acts: list[str]) -> None:
    sound = SimulatedSound(lag_ms=60, jitter_us=3_000)
    end_us = 3_000_000
    clock = MasterClock(end_us, sound.monotonic_ns, sound)
    chance = random.Random(len(acts))
    for act in acts:
        if act == "play":
            clock.play()
        elif act == "pause":
            clock.pause()
        elif act == "seek":
            clock.seek(chance.randrange(end_us))
        elif act == "rate":
            clock.set_rate(chance.choice([0.5, 1, 4]))
        elif act in ("lose", "find"):
            sound.present = act == "find"
        times = run(clock, sound, 160)
        assert all(0 <= time < end_us for time in times)
        assert times == sorted(times) or act == "find"
        if not clock.playing:
            assert len(set(times)) == 1


def test_a_small_error_is_met_without_a_jump() -> None:
    sound = SimulatedSound(lag_ms=0)
    clock = clock_of(sound)
    clock.play()
    run(clock, sound, 400)
    sound.offset_us = 80_000
    times = run(clock, sound, 2_400)
    steps = [later - earlier for earlier, later in pairwise(times)]
    assert max(steps) <= TICK_MS * 1_000 * (100 + SLEW_PERCENT) // 100 + 1
    assert abs(error_us(clock, sound)) < 1_000


def test_sound_that_falls_back_slows_the_clock_and_never_turns_it_round() -> None:
    sound = SimulatedSound(lag_ms=0)
    clock = clock_of(sound)
    clock.play()
    run(clock, sound, 400)
    sound.offset_us = -100_000
    times = run(clock, sound, 2_400)
    assert times == sorted(times)
    assert abs(error_us(clock, sound)) < 1_000


@pytest.mark.parametrize("offset_us", [400_000, -400_000, 5_000_000])
@pytest.mark.parametrize("rate", [1, 2])
def test_a_large_error_is_jumped_over(offset_us: int, rate: int) -> None:
    sound = SimulatedSound(lag_ms=0)
    clock = clock_of(sound)
    clock.seek(60_000_000)
    clock.play(rate)
    run(clock, sound, 400)
    sound.offset_us = offset_us
    run(clock, sound, 24)
    assert abs(offset_us) * 1_000 > JUMP_NS * rate
    assert abs(error_us(clock, sound)) < 1_000


# ------------------------------------------------------------------------------ lost and found


def test_a_lost_device_leaves_the_clock_running_from_where_it_was() -> None:
    sound = SimulatedSound()
    clock = clock_of(sound)
    clock.play()
    now = run(clock, sound, 1_000)[-1]
    sound.present = False
    sound.pass_ms(500)
    assert clock.now_us() == now + 500_000


def test_a_device_that_hangs_holds_the_clock_up_no_longer_than_its_word_is_fresh() -> None:
    sound = SimulatedSound()
    clock = clock_of(sound)
    clock.play()
    now = run(clock, sound, 1_000)[-1]
    sound.frozen_at_ns = sound.now_ns
    times = run(clock, sound, 1_000)
    assert times[-1] == pytest.approx(now + 1_000_000, abs=FRESH_NS // 1_000 * SLEW_PERCENT / 100)
    assert times == sorted(times)


def test_a_device_found_again_leads_from_the_moment_reached() -> None:
    sound = SimulatedSound()
    clock = clock_of(sound)
    clock.play()
    run(clock, sound, 600)
    sound.present = False
    now = run(clock, sound, 600)[-1]
    sound.present = True
    clock.play()
    assert sound.begun[-1] == (now, 1)
    run(clock, sound, 800)
    assert abs(error_us(clock, sound)) < 1_000


def test_the_end_is_reached_though_the_sound_goes_on() -> None:
    sound = SimulatedSound(lag_ms=0)
    clock = MasterClock(1_000_000, sound.monotonic_ns, sound)
    clock.play()
    run(clock, sound, 1_200)
    assert clock.at_end
    assert clock.now_us() == 999_999
