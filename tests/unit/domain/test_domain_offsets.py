"""Offsets as people read and type them: times with a sign."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ssp_coder.domain.time import offset_text, parse_offset

DAY_US = 24 * 3_600 * 1_000_000


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("3.2", 3_200_000),
        ("+3.2", 3_200_000),
        ("-3.2", -3_200_000),
        ("\N{MINUS SIGN}3.2", -3_200_000),
        (" -0:00:03.200 ", -3_200_000),
        ("+1:02.5", 62_500_000),
        ("-1:00:00", -3_600_000_000),
        ("-12,48", -12_480_000),
        ("0", 0),
        ("-0", 0),
    ],
)
def test_an_offset_is_read_as_people_type_it(text: str, expected: int) -> None:
    assert parse_offset(text) == expected


@pytest.mark.parametrize("text", ["", "-", "+", "--3", "+-3", "3 s", "1:75", "-1:60:00", "nan"])
def test_what_is_no_time_is_refused(text: str) -> None:
    with pytest.raises(ValueError, match=r"."):
        parse_offset(text)


def test_two_signs_are_told_as_such() -> None:
    with pytest.raises(ValueError, match="two signs"):
        parse_offset("-+3.2")


@pytest.mark.parametrize(
    ("offset_us", "expected"),
    [
        (0, "0:00:00.000"),
        (3_200_000, "+0:00:03.200"),
        (-3_200_000, "\N{MINUS SIGN}0:00:03.200"),
        (3_661_001_999, "+1:01:01.001"),
        (-36_000_000_000, "\N{MINUS SIGN}10:00:00.000"),
    ],
)
def test_an_offset_shows_its_sign(offset_us: int, expected: str) -> None:
    assert offset_text(offset_us) == expected


@given(st.integers(-DAY_US, DAY_US))
def test_what_is_shown_reads_back_to_the_same_millisecond(offset_us: int) -> None:
    back = parse_offset(offset_text(offset_us))
    assert abs(back) <= abs(offset_us)
    assert abs(back - offset_us) < 1_000
