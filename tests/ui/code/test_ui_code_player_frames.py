from __future__ import annotations

from dataclasses import dataclass

import pytest

from ssp_coder.ui.code.player_frames import UNKNOWN_FRAME_US, PlayerFrames


@dataclass
class Camera:
    """A camera with frames at given times, as the one of a player that leads."""

    starts: tuple[int, ...]
    end_us: int

    def ordinal_at(self, time_us: int) -> int:
        return max((i for i, start in enumerate(self.starts) if start <= time_us), default=0)

    def time_of(self, ordinal: int) -> int:
        return self.starts[min(max(0, ordinal), len(self.starts) - 1)] if self.starts else 0


@dataclass
class Player:
    lead: Camera

    def frame_at(self, time_us: int) -> int:
        return self.lead.ordinal_at(time_us)


UNEVEN = Camera(starts=(0, 33_367, 66_733, 133_467), end_us=166_833)


@pytest.mark.parametrize(
    ("time", "following"),
    [(0, 33_367), (33_366, 33_367), (33_367, 66_733), (100_000, 133_467), (133_467, 166_833)],
)
def test_the_frame_after_is_found_in_a_video_of_uneven_frames(time, following):
    assert PlayerFrames(Player(UNEVEN)).after(time) == following


def test_after_the_last_frame_there_is_still_a_later_time():
    assert PlayerFrames(Player(UNEVEN)).after(166_833) == 166_833 + UNKNOWN_FRAME_US


def test_without_a_recording_a_frame_has_a_length_of_its_own():
    assert PlayerFrames(Player(Camera(starts=(), end_us=0))).after(600) == 600 + UNKNOWN_FRAME_US


def test_the_number_of_a_frame_is_the_players():
    assert PlayerFrames(Player(UNEVEN)).number(70_000) == 2
