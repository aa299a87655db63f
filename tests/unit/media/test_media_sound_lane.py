from __future__ import annotations

import threading
from collections.abc import Iterator
from fractions import Fraction
from pathlib import Path

import numpy as np
import pytest

from ssp_coder.media.errors import MediaError
from ssp_coder.media.sound import SAMPLE_RATE, silence
from ssp_coder.media.sound_lane import AHEAD, FADE, Piece, SoundLane, Start, faded
from ssp_coder.media.stretch import lead_us
from tests.fixtures.sounds import beep_middles

PATIENCE_S = 10.0


class Listener:
    """A lane and what is taken from it."""

    def __init__(self, path: Path) -> None:
        self.told = threading.Event()
        self.troubles: list[MediaError] = []
        self.lane = SoundLane(path, 0, self.tell)

    def tell(self, trouble: MediaError) -> None:
        self.troubles.append(trouble)
        self.told.set()

    def taken(self, count: int, most: int = 700) -> list[Piece]:
        """Pieces with `count` sample pairs in all, as they get ready."""
        pieces: list[Piece] = []
        missing = count
        pause = threading.Event()
        for _ in range(round(PATIENCE_S / 0.005)):
            while missing and (piece := self.lane.take(min(most, missing))) is not None:
                pieces.append(piece)
                missing -= len(piece.samples)
            if not missing:
                return pieces
            pause.wait(0.005)
        raise AssertionError(f"{missing} sample pairs never came")


@pytest.fixture
def listener(sound_factory) -> Iterator[Listener]:
    made = Listener(sound_factory("mov_pcm").path)
    yield made
    made.lane.close()


def start(number: int, time_us: int, rate: str = "1", place: int = 0) -> Start:
    return Start(number=number, time_us=time_us, rate=Fraction(rate), place=place)


def joined(pieces: list[Piece]) -> np.ndarray:
    return np.concatenate([silence(0), *(piece.samples for piece in pieces)])


def test_nothing_is_made_before_it_is_asked_for(listener: Listener) -> None:
    assert listener.lane.take(100) is None


def test_sound_comes_from_the_moment_asked_for(listener: Listener) -> None:
    listener.lane.begin(start(1, 1_500_000))
    pieces = listener.taken(SAMPLE_RATE // 2)
    assert pieces[0].time_us == 1_500_000
    assert beep_middles(joined(pieces)) == pytest.approx([0.24], abs=0.003)


@pytest.mark.parametrize("rate", ["1/10", "1/2", "1", "2", "4"])
def test_each_piece_begins_where_the_one_before_ended(listener: Listener, rate: str) -> None:
    listener.lane.begin(start(1, 1_000_000, rate))
    pieces = listener.taken(SAMPLE_RATE // 4)
    at = Fraction(1_000_000 + lead_us(Fraction(rate)))
    for piece in pieces:
        assert piece.time_us == at
        at += len(piece.samples) * Fraction(rate) * 1_000_000 / SAMPLE_RATE


@pytest.mark.parametrize(("rate", "within_us"), [("1/2", 15_000), ("2", 33_000)])
def test_a_beep_is_where_its_piece_says(listener: Listener, rate: str, within_us: int) -> None:
    listener.lane.begin(start(1, 2_800_000, rate))
    pieces = listener.taken(round(SAMPLE_RATE / 2 / Fraction(rate)))
    (middle,) = beep_middles(joined(pieces))
    heard_us = pieces[0].time_us + middle * float(Fraction(rate)) * 1_000_000
    assert heard_us == pytest.approx(3_140_000, abs=within_us)


def test_no_more_is_handed_out_than_asked_for(listener: Listener) -> None:
    listener.lane.begin(start(1, 0))
    assert all(len(piece.samples) <= 123 for piece in listener.taken(5_000, most=123))


def test_a_new_start_forgets_what_was_ready(listener: Listener) -> None:
    listener.lane.begin(start(1, 0))
    listener.taken(2_000)
    second = start(2, 3_000_000)
    listener.lane.begin(second)
    assert all(piece.start is second for piece in listener.taken(AHEAD))


def test_the_newest_of_many_starts_is_served(listener: Listener) -> None:
    for number in range(60):
        listener.lane.begin(start(number, number * 90_000))
    pieces = listener.taken(1_000)
    assert {piece.start.number for piece in pieces} == {59}
    assert pieces[0].time_us == 59 * 90_000


def test_another_track_is_read_when_a_start_says_so(sound_factory) -> None:
    listener = Listener(sound_factory("two_tracks").path)
    try:
        heard = []
        for number, place in enumerate((0, 1, 0)):
            listener.lane.begin(start(number, 300_000, place=place))
            heard.append(len(beep_middles(joined(listener.taken(SAMPLE_RATE // 2)))))
        assert heard == [1, 0, 1]
    finally:
        listener.lane.close()


def scrap(number: int, time_us: int, count: int) -> Start:
    return Start(number=number, time_us=time_us, rate=Fraction(1), count=count)


def test_a_scrap_is_made_once_and_nothing_follows(listener: Listener) -> None:
    listener.lane.begin(scrap(1, 1_720_000, 2_000))
    pieces = listener.taken(2_000)
    assert pieces[0].time_us == 1_720_000
    assert listener.lane.take(10) is None
    listener.lane.begin(start(2, 0))
    listener.taken(5_000)


def test_the_same_moment_can_be_heard_again_and_again(listener: Listener) -> None:
    heard = []
    for number in range(3):
        listener.lane.begin(scrap(number, 1_720_000, 2_400))
        heard.append(joined(listener.taken(2_400)))
    assert heard[0].any()
    assert (heard[0] == heard[1]).all()
    assert (heard[0] == heard[2]).all()


def test_a_scrap_swells_and_dies_away_and_keeps_its_middle() -> None:
    whole = np.full((2_400, 2), 10_000, np.int16)
    soft = faded(whole).astype(int)
    assert soft[0].max() < 100
    assert soft[-1].max() < 100
    assert np.abs(np.diff(soft[:, 0])).max() < 400
    assert (soft[FADE:-FADE] == 10_000).all()


@pytest.mark.parametrize("count", [0, 1, 7, 2 * FADE - 1])
def test_a_very_short_scrap_is_still_soft(count: int) -> None:
    soft = faded(np.full((count, 2), 10_000, np.int16))
    assert soft.shape == (count, 2)
    assert not count or abs(int(soft[0, 0])) <= 10_000


def test_a_file_that_is_gone_is_told_once(tmp_path: Path) -> None:
    listener = Listener(tmp_path / "gone.mp4")
    listener.lane.begin(start(1, 0))
    assert listener.told.wait(PATIENCE_S)
    listener.lane.begin(start(2, 0))
    assert listener.lane.take(10) is None
    listener.lane.close()
    assert [trouble.code for trouble in listener.troubles] == ["media.missing"]


def test_a_closed_lane_hands_out_nothing(listener: Listener) -> None:
    listener.lane.begin(start(1, 0))
    listener.taken(1_000)
    listener.lane.close()
    listener.lane.close()
    assert listener.lane.take(100) is None
