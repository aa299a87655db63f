from __future__ import annotations

from fractions import Fraction

import numpy as np
import pytest

from ssp_coder.media.beeps import BEEP_US, Beeps
from ssp_coder.media.sound import SAMPLE_RATE
from ssp_coder.media.sound_lane import Start
from tests.fixtures.sounds import beep_middles


def start(number: int, time_us: int) -> Start:
    return Start(number=number, time_us=time_us, rate=Fraction(1))


def taken(lane: Beeps, count: int, at_once: int = 777) -> np.ndarray:
    pieces = []
    while count:
        piece = lane.take(min(count, at_once))
        assert piece is not None
        pieces.append(piece.samples)
        count -= len(piece.samples)
    return np.concatenate(pieces)


def test_it_beeps_at_every_whole_second() -> None:
    lane = Beeps()
    lane.begin(start(1, 0))
    middle = BEEP_US / 2_000_000
    heard = beep_middles(taken(lane, 3 * SAMPLE_RATE))
    assert heard == pytest.approx([middle, 1 + middle, 2 + middle], abs=0.001)


def test_it_begins_at_the_time_it_is_told() -> None:
    lane = Beeps()
    lane.begin(start(1, 7_400_000))
    heard = beep_middles(taken(lane, SAMPLE_RATE))
    assert heard == pytest.approx([0.6 + BEEP_US / 2_000_000], abs=0.001)


def test_each_piece_says_when_it_is_heard() -> None:
    lane = Beeps()
    lane.begin(start(1, 500_000))
    first, second = lane.take(4_800), lane.take(4_800)
    assert first is not None
    assert second is not None
    assert (first.time_us, second.time_us) == (500_000, 600_000)


def test_a_new_start_counts_anew() -> None:
    lane = Beeps()
    lane.begin(start(1, 0))
    taken(lane, 1_000)
    second = start(2, 3_000_000)
    lane.begin(second)
    piece = lane.take(10)
    assert piece is not None
    assert piece.start is second
    assert piece.time_us == 3_000_000


def test_it_is_silent_before_it_begins_and_when_closed() -> None:
    lane = Beeps()
    assert lane.take(10) is None
    lane.begin(start(1, 0))
    lane.close()
    lane.close()
    assert lane.take(10) is None


def test_a_beep_is_soft_at_both_ends() -> None:
    lane = Beeps()
    lane.begin(start(1, 0))
    sound = np.abs(taken(lane, SAMPLE_RATE)[:, 0].astype(int))
    last = BEEP_US * SAMPLE_RATE // 1_000_000
    assert sound[:10].max() < 100
    assert sound[last - 10 : last].max() < 100
    assert not sound[last:].any()
    assert sound.max() > 9_000
