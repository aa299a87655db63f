from __future__ import annotations

from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ssp_coder.media.heard import WrittenSound
from ssp_coder.media.sound import SAMPLE_RATE, silence
from ssp_coder.media.sound_lane import Piece, Start


def start(number: int, time_us: int = 0, rate: Fraction = Fraction(1)) -> Start:
    return Start(number=number, time_us=time_us, rate=rate)


def piece(of: Start, count: int, time_us: int | None = None) -> Piece:
    at = of.time_us if time_us is None else time_us
    return Piece(start=of, time_us=Fraction(at), samples=silence(count))


def test_nothing_written_is_nothing_heard() -> None:
    assert WrittenSound().heard(0, 1) is None


def test_a_frame_is_heard_at_its_place_in_its_piece() -> None:
    table = WrittenSound()
    table.note_silence(100)
    table.note(piece(start(1, 5_000_000), SAMPLE_RATE))
    assert table.heard(100, 1) == 5_000_000
    assert table.heard(100 + SAMPLE_RATE // 4, 1) == 5_250_000


@pytest.mark.parametrize(("rate", "moved_us"), [("1/2", 500_000), ("2", 2_000_000)])
def test_another_speed_moves_the_moment_by_its_rate(rate: str, moved_us: int) -> None:
    table = WrittenSound()
    table.note(piece(start(1, 1_000_000, Fraction(rate)), 2 * SAMPLE_RATE))
    assert table.heard(SAMPLE_RATE, 1) == 1_000_000 + moved_us


def test_silence_is_no_moment() -> None:
    table = WrittenSound()
    table.note(piece(start(1), 10))
    table.note_silence(10)
    assert table.heard(15, 1) is None


def test_sound_of_an_earlier_start_is_not_the_one_asked_for() -> None:
    table = WrittenSound()
    table.note(piece(start(1), 10))
    table.note(piece(start(2, 9_000_000), 10))
    assert table.heard(5, 2) is None
    assert table.heard(10, 2) == 9_000_000


def test_what_was_not_written_yet_is_not_heard() -> None:
    table = WrittenSound()
    table.note(piece(start(1), 10))
    assert table.heard(-1, 1) is None
    assert table.heard(10, 1) is None


def test_an_empty_piece_leaves_no_trace() -> None:
    table = WrittenSound()
    table.note(piece(start(1), 0))
    assert table.written == 0


@given(st.lists(st.tuples(st.booleans(), st.integers(0, 2_000)), max_size=40))
def test_media_time_is_as_long_as_the_frames_written(parts: list[tuple[bool, int]]) -> None:
    table, of, at = WrittenSound(), start(3), 0
    truth: list[int | None] = []
    for sounds, count in parts:
        if sounds:
            table.note(piece(of, count, at * 1_000_000 // SAMPLE_RATE))
            truth += range(at, at + count)
            at += count
        else:
            table.note_silence(count)
            truth += [None] * count
    assert table.written == len(truth)
    for frame in range(0, len(truth), 97):
        wanted, found = truth[frame], table.heard(frame, 3)
        if wanted is None:
            assert found is None
        else:
            assert found == pytest.approx(wanted * 1_000_000 / SAMPLE_RATE, abs=2)


@given(st.integers(0, 5_000))
def test_splitting_a_piece_changes_no_moment(count: int) -> None:
    whole = piece(start(1, 700_000, Fraction(3, 2)), 5_000)
    head, rest = whole.split(count)
    assert len(head.samples) + len(rest.samples) == 5_000
    one, two = WrittenSound(), WrittenSound()
    one.note(whole)
    two.note(head)
    two.note(rest)
    for frame in range(0, 5_000, 501):
        assert one.heard(frame, 1) == pytest.approx(two.heard(frame, 1), abs=1)
