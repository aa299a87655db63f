from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ssp_coder.domain.time import (
    Micros,
    Span,
    clock_text,
    micros,
    parse_time,
    seconds_text,
    short_clock_text,
)


def test_decimal_seconds_become_exact_microseconds():
    assert micros("12.345678") == 12_345_678
    assert micros("0.1") + micros("0.2") == micros("0.3")


@given(st.integers(min_value=-(10**12), max_value=10**12))
def test_seconds_text_reads_back_to_the_same_microsecond(time_us):
    assert micros(seconds_text(time_us)) == time_us


@given(st.integers(min_value=0, max_value=10**11))
def test_clock_text_never_names_a_later_millisecond(time_us):
    assert 0 <= time_us - parse_time(clock_text(time_us)) < 1_000


@pytest.mark.parametrize("text", ["", "abc", "nan", "inf", "1e30", "12:75", "1:75:00", "--3"])
def test_impossible_times_are_refused_with_the_text_in_the_message(text):
    with pytest.raises(ValueError, match="not a"):
        parse_time(text)


@pytest.mark.parametrize(
    ("text", "expected"),
    [("12.5", 12_500_000), ("1:02.5", 62_500_000), ("0:01:02.5", 62_500_000), ("1,5", 1_500_000)],
)
def test_times_are_read_as_people_type_them(text, expected):
    assert parse_time(text) == expected


def test_short_clock_shows_hours_only_when_there_are_any():
    assert short_clock_text(62_345_678) == "1:02.34"
    assert short_clock_text(3_662_345_678, digits=3) == "1:01:02.345"
    assert short_clock_text(62_345_678, digits=0) == "1:02"
    assert short_clock_text(-1_000_000, digits=0) == "\N{MINUS SIGN}0:01"


def test_long_clock_has_hours_and_milliseconds():
    assert clock_text(3_662_345_678) == "01:01:02.345"
    assert clock_text(-500_000) == "-00:00:00.500"


def test_a_span_is_half_open():
    span = Span(start_us=Micros(10), end_us=Micros(20))
    assert span.holds(Micros(10))
    assert not span.holds(Micros(20))
    assert span.length_us == 10


def test_spans_that_touch_share_nothing():
    first = Span(start_us=Micros(0), end_us=Micros(10))
    second = Span(start_us=Micros(10), end_us=Micros(30))
    assert first.overlap_us(second) == 0
    assert second.overlap_us(Span(start_us=Micros(5), end_us=Micros(15))) == 5


def test_a_span_that_ends_before_it_starts_is_refused():
    with pytest.raises(ValueError, match="before its start"):
        Span(start_us=Micros(5), end_us=Micros(4))
