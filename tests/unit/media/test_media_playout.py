from __future__ import annotations

from fractions import Fraction

import numpy as np
import pytest

from ssp_coder.media.heard import Hearing
from ssp_coder.media.playout import Playout
from ssp_coder.media.sound import SAMPLE_RATE, silence
from ssp_coder.media.sound_lane import Piece, Start

BUFFER = SAMPLE_RATE * 80 // 1_000
TICK = SAMPLE_RATE // 100
LOUD = 10_000


class HandLane:
    """Hands out a steady tone of full pieces, as long as it is told to have any."""

    def __init__(self) -> None:
        self.starts: list[Start] = []
        self.dry = False
        self._given = 0

    def begin(self, start: Start) -> None:
        self.starts.append(start)
        self._given = 0

    def take(self, count: int) -> Piece | None:
        if self.dry or not self.starts:
            return None
        start, count = self.starts[-1], min(count, 960)
        at = start.time_us + self._given * start.rate * 1_000_000 / SAMPLE_RATE
        self._given += count
        samples = np.full((count, 2), LOUD, np.int16)
        return Piece(start=start, time_us=Fraction(at), samples=samples)


class HandOutlet:
    """A device whose time a test passes by hand."""

    def __init__(self) -> None:
        self.written = silence(0)
        self.played = 0
        self.now_ns = 0
        self.words = ""
        self.frozen = False

    def room(self) -> int:
        return BUFFER - (len(self.written) - self.played)

    def write(self, samples: np.ndarray) -> int:
        count = min(len(samples), self.room())
        self.written = np.concatenate([self.written, samples[:count]])
        return count

    def heard(self) -> tuple[int, int]:
        return self.played * 1_000_000 // SAMPLE_RATE, self.now_ns

    def trouble(self) -> str:
        return self.words

    def pass_ms(self, ms: int) -> None:
        self.now_ns += ms * 1_000_000
        if not self.frozen:
            self.played = min(len(self.written), self.played + ms * SAMPLE_RATE // 1_000)


class Room:
    """A playout with its lane and device, and a clock that both share."""

    def __init__(self, delay_us: int = 0) -> None:
        self.lane, self.outlet = HandLane(), HandOutlet()
        self.playout = Playout(lambda: self.outlet.now_ns)
        self.playout.load(self.lane)
        self.playout.attach(self.outlet, delay_us)

    def run(self, ms: int) -> str:
        for _ in range(ms // 10):
            self.outlet.pass_ms(10)
            trouble = self.playout.pump()
            if trouble:
                return trouble
        return ""

    @property
    def hearing(self) -> Hearing:
        return self.playout.reading().hearing


@pytest.fixture
def room() -> Room:
    made = Room()
    made.run(50)
    return made


def test_a_device_at_rest_gets_silence(room: Room) -> None:
    assert room.outlet.room() <= TICK
    assert not room.outlet.written.any()
    assert room.hearing is Hearing.ABSENT


def test_what_was_begun_is_coming_then_heard(room: Room) -> None:
    room.playout.begin(3_000_000, Fraction(1))
    assert room.hearing is Hearing.COMING
    room.run(50)
    assert room.hearing is Hearing.COMING
    room.run(50)
    reading = room.playout.reading()
    assert reading.hearing is Hearing.HEARD
    assert 3_000_000 <= reading.time_us < 3_030_000
    assert reading.at_ns == room.outlet.now_ns


@pytest.mark.parametrize("rate", ["1/10", "1/2", "1", "2", "4"])
def test_what_is_heard_advances_at_its_rate(room: Room, rate: str) -> None:
    room.playout.begin(0, Fraction(rate))
    room.run(200)
    before = room.playout.reading().time_us
    room.run(500)
    moved_us = room.playout.reading().time_us - before
    assert moved_us == pytest.approx(500_000 * Fraction(rate), abs=3)


def test_a_slower_device_is_heard_later() -> None:
    usual, late = Room(), Room(delay_us=20_000)
    for room in (usual, late):
        room.run(50)
        room.playout.begin(0, Fraction(1))
        room.run(300)
    assert usual.playout.reading().time_us - late.playout.reading().time_us == 20_000


def test_a_new_start_is_not_taken_for_the_old_one(room: Room) -> None:
    room.playout.begin(0, Fraction(1))
    room.run(300)
    room.playout.begin(60_000_000, Fraction(1))
    room.run(20)
    assert room.hearing is Hearing.COMING
    room.run(100)
    assert room.playout.reading().time_us >= 60_000_000


def test_rest_lets_the_tone_fade_out_and_nothing_be_expected(room: Room) -> None:
    room.playout.begin(0, Fraction(1))
    room.run(300)
    room.playout.rest()
    assert room.hearing is Hearing.ABSENT
    written = len(room.outlet.written)
    room.run(100)
    after = room.outlet.written[written:, 0]
    assert after[0] > 0.9 * LOUD
    assert (np.diff(after.astype(int)) <= 0).all()
    assert not after[400:].any()


def test_a_start_fades_in(room: Room) -> None:
    room.playout.begin(0, Fraction(1))
    room.run(100)
    tone = room.outlet.written[:, 0].astype(int)
    assert np.diff(tone).max() < LOUD / 50
    assert tone[-1] == LOUD


def test_no_step_is_heard_where_the_sound_stops_and_goes_on(room: Room) -> None:
    room.playout.begin(0, Fraction(1))
    room.run(200)
    room.lane.dry = True
    room.run(100)
    room.lane.dry = False
    room.run(100)
    assert np.abs(np.diff(room.outlet.written[:, 0].astype(int))).max() < LOUD / 50


def test_sound_that_is_late_is_heard_at_its_own_moment(room: Room) -> None:
    room.playout.begin(0, Fraction(1))
    room.run(200)
    room.lane.dry = True
    room.run(200)
    room.lane.dry = False
    room.run(200)
    tone_heard = np.count_nonzero(room.outlet.written[: room.outlet.played, 0] > LOUD // 2)
    heard_us = room.playout.reading().time_us
    assert heard_us == pytest.approx(tone_heard * 1_000_000 / SAMPLE_RATE, abs=6_000)


@pytest.mark.parametrize(("gain", "level"), [(1.0, LOUD), (0.5, LOUD // 4), (0.0, 0)])
def test_gain_makes_it_softer(room: Room, gain: float, level: int) -> None:
    room.playout.set_gain(gain)
    room.playout.begin(0, Fraction(1))
    room.run(200)
    assert room.outlet.written[-1, 0] == level


def test_muted_sound_still_tells_the_time(room: Room) -> None:
    room.playout.set_gain(0)
    room.playout.begin(0, Fraction(1))
    room.run(200)
    assert room.hearing is Hearing.HEARD


@pytest.mark.parametrize("gain", [-0.1, 1.1])
def test_a_gain_that_would_distort_is_refused(room: Room, gain: float) -> None:
    with pytest.raises(ValueError, match=r"outside 0\.\.1"):
        room.playout.set_gain(gain)


def test_a_device_that_never_moves_is_given_up_after_three_seconds() -> None:
    room = Room()
    room.outlet.frozen = True
    assert room.run(2_990) == ""
    assert room.run(100) == "the device stands still"


def test_a_device_that_stops_moving_is_given_up_after_half_a_second(room: Room) -> None:
    room.outlet.frozen = True
    assert room.run(490) == ""
    assert room.run(50) == "the device stands still"


def test_a_device_in_trouble_says_so_at_once(room: Room) -> None:
    room.outlet.words = "unplugged"
    assert room.playout.pump() == "unplugged"


def test_a_frozen_device_tells_no_new_time(room: Room) -> None:
    room.playout.begin(0, Fraction(1))
    room.run(200)
    before = room.playout.reading()
    room.outlet.frozen = True
    room.run(100)
    assert room.playout.reading() == before


def test_nothing_is_expected_of_a_device_that_has_not_moved_yet() -> None:
    room = Room()
    room.outlet.frozen = True
    room.run(30)
    assert not room.playout.awake
    room.playout.begin(0, Fraction(1))
    assert room.hearing is Hearing.ABSENT
    assert room.lane.starts == []
    room.outlet.frozen = False
    room.run(30)
    assert room.playout.awake
    room.playout.begin(0, Fraction(1))
    assert room.hearing is Hearing.COMING


def test_a_lost_device_leaves_nothing_to_hear(room: Room) -> None:
    room.playout.begin(0, Fraction(1))
    room.run(200)
    room.playout.attach(None)
    assert room.hearing is Hearing.ABSENT
    assert room.playout.pump() == ""
    room.playout.begin(0, Fraction(1))
    assert room.hearing is Hearing.ABSENT


def test_another_device_begins_with_a_clean_table(room: Room) -> None:
    room.playout.begin(0, Fraction(1))
    room.run(200)
    room.outlet = HandOutlet()
    room.playout.attach(room.outlet)
    room.run(50)
    room.playout.begin(7_000_000, Fraction(1))
    room.run(150)
    assert 7_000_000 <= room.playout.reading().time_us < 7_100_000


def test_nothing_old_is_heard_through_a_device_that_was_found_again(room: Room) -> None:
    room.playout.begin(0, Fraction(1))
    room.run(200)
    room.playout.attach(None)
    room.outlet = HandOutlet()
    room.playout.attach(room.outlet)
    room.run(300)
    assert not room.outlet.written.any()


def test_another_track_counts_from_the_next_start(room: Room) -> None:
    room.playout.begin(0, Fraction(1))
    room.playout.choose(1)
    room.playout.begin(0, Fraction(1))
    assert [start.place for start in room.lane.starts] == [0, 1]


def test_another_recording_begins_with_its_first_track(room: Room) -> None:
    room.playout.choose(1)
    room.playout.load(room.lane)
    room.playout.begin(0, Fraction(1))
    assert room.lane.starts[-1].place == 0


def test_another_recording_may_begin_with_a_track_of_its_own(room: Room) -> None:
    room.playout.load(room.lane, 2)
    room.playout.begin(0, Fraction(1))
    assert (room.lane.starts[-1].place, room.playout.place) == (2, 2)


def test_a_scrap_is_heard_and_leads_no_clock(room: Room) -> None:
    room.playout.scrap(2_000_000, 60_000)
    (asked,) = room.lane.starts
    assert (asked.time_us, asked.rate, asked.count) == (2_000_000, 1, 2_880)
    room.run(300)
    assert room.outlet.written.any()
    assert room.hearing is Hearing.ABSENT


def test_a_scrap_takes_the_place_of_the_one_before(room: Room) -> None:
    room.playout.scrap(0, 60_000)
    room.playout.scrap(40_000, 60_000)
    room.run(20)
    assert [start.number for start in room.lane.starts] == [1, 2]
    assert room.playout._fed is room.lane.starts[1]


def test_without_a_device_no_scrap_is_asked_for(room: Room) -> None:
    room.playout.attach(None)
    room.playout.scrap(0, 60_000)
    assert room.lane.starts == []


def test_a_delay_that_is_corrected_moves_what_is_heard(room: Room) -> None:
    room.playout.begin(0, Fraction(1))
    room.run(300)
    before = room.playout.reading().time_us
    room.playout.set_delay(30_000)
    room.run(100)
    assert room.playout.reading().time_us == before + 100_000 - 30_000


def test_without_a_recording_nothing_can_begin(room: Room) -> None:
    room.playout.load(None)
    room.playout.begin(0, Fraction(1))
    room.run(50)
    assert room.hearing is Hearing.ABSENT
    assert not room.outlet.written.any()
