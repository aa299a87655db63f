from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest

from ssp_coder.domain.time import Micros, Span
from ssp_coder.media.overlay import Caption, Overlay, burn, plain_letters


def caption(start: int, end: int, words: str, who: str = "") -> Caption:
    return Caption(span=Span(start_us=Micros(start), end_us=Micros(end)), words=words, who=who)


def test_time_comes_last_and_captions_in_their_order() -> None:
    overlay = Overlay(timecode=True, captions=(caption(0, 10, "one"), caption(5, 10, "two")))
    assert overlay.lines_at(5) == ("one", "two", "00:00:00.000")
    assert overlay.lines_at(4) == ("one", "00:00:00.000")
    assert overlay.lines_at(62_345_678) == ("00:01:02.345",)


def test_a_caption_ends_before_its_end() -> None:
    overlay = Overlay(captions=(caption(3, 5, "one"),))
    assert [bool(overlay.lines_at(at)) for at in (2, 3, 4, 5)] == [False, True, True, False]


def test_words_about_one_person_share_a_line() -> None:
    overlay = Overlay(
        captions=(
            caption(0, 9, "episode"),
            caption(0, 9, "cries", "infant"),
            caption(0, 9, "sits", "mother"),
            caption(5, 9, "near", "infant"),
            caption(0, 9, "other"),
        )
    )
    assert overlay.lines_at(4) == ("episode", "infant: cries", "mother: sits", "other")
    assert overlay.lines_at(5)[1] == "infant: cries, near"


@pytest.mark.parametrize("count", [1, 4, 12])
def test_many_lines_leave_most_of_the_picture_free(count: int) -> None:
    rgb = np.full((720, 1_280, 3), 120, np.uint8)
    burn(rgb, ("what the infant does",) * count)
    touched = np.flatnonzero((rgb != 120).any(axis=(1, 2)))
    assert touched[-1] == 719
    assert touched[0] >= 720 * 0.6


def test_an_empty_overlay_says_so() -> None:
    assert Overlay().is_empty
    assert not Overlay(timecode=True).is_empty
    assert not Overlay(captions=(caption(0, 1, "a"),)).is_empty


@pytest.mark.parametrize(
    ("words", "drawn"),
    [("Nähe, Größe", "Nahe, Grosse"), ("Ærø łódź", "AEro lodz"), ("接近", "??"), ("a\nb", "a?b")],
)
def test_words_are_drawn_without_accents(words: str, drawn: str) -> None:
    assert plain_letters(words) == drawn


@pytest.mark.parametrize("size", [(48, 64), (180, 320), (720, 1_280), (20, 20)])
def test_letters_fit_in_the_lower_left(size: tuple[int, int]) -> None:
    rgb = np.full((*size, 3), 120, np.uint8)
    burn(rgb, ("a very long line of words that says what the infant does at this moment", "0:01"))
    assert rgb.max() > 200
    assert rgb.min() < 60
    assert (rgb[: size[0] // 4] == 120).all() or size[0] < 60


def test_no_lines_change_nothing() -> None:
    rgb = np.full((90, 160, 3), 7, np.uint8)
    burn(rgb, ())
    assert (rgb == 7).all()


def test_the_plate_is_no_wider_than_its_words() -> None:
    rgb = np.full((360, 640, 3), 120, np.uint8)
    burn(rgb, ("0:01",))
    assert (rgb[:, 320:] == 120).all()


def test_a_recording_that_began_later_shows_the_time_of_the_session() -> None:
    shown = Span(start_us=Micros(10_000_000), end_us=Micros(11_000_000))
    said = Caption(span=shown, words="now")
    late = Overlay(timecode=True, captions=(said,), offset_us=4_000_000)
    assert late.lines_at(6_500_000) == ("now", "00:00:10.500")
    assert late.lines_at(10_500_000) == ("00:00:14.500",)
    assert replace(late, offset_us=0).lines_at(10_500_000) == ("now", "00:00:10.500")
