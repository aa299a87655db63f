from __future__ import annotations

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ssp_coder.domain.time import MAXIMUM_US, seconds_text
from ssp_coder.formats import cells


@given(st.integers(0, MAXIMUM_US))
def test_written_seconds_are_read_exactly(time_us: int) -> None:
    assert cells.seconds(seconds_text(time_us)) == time_us


@pytest.mark.parametrize(
    ("text", "time_us"),
    [
        ("0", 0),
        ("1.", 1_000_000),
        (".5", 500_000),
        ("+2.25", 2_250_000),
        ("-1", -1_000_000),
        ("0.0000005", 0),
        ("0.0000015", 2),
        ("0.1", 100_000),
    ],
)
def test_seconds_are_read_as_decimals_and_rounded_half_to_even(text: str, time_us: int) -> None:
    assert cells.seconds(text) == time_us


@pytest.mark.parametrize(
    "text", ["", " ", "1,5", "1e3", "1_0", "nan", "inf", "0x1", "1.2.3", "--1", "٣", "１", "1 2"]
)
def test_what_is_no_plain_decimal_number_is_refused(text: str) -> None:
    with pytest.raises(ValueError, match="is not a number"):
        cells.number(text)


def test_a_number_keeps_its_decimals() -> None:
    assert cells.number("4.50") == Decimal("4.50")


def test_a_time_beyond_every_recording_is_refused() -> None:
    with pytest.raises(ValueError, match="'3600001' seconds is not a possible media time"):
        cells.seconds("3600001")


def test_an_endless_number_is_shown_shortened() -> None:
    with pytest.raises(ValueError, match="is not a number") as caught:
        cells.number("9" * 5_000)
    assert len(str(caught.value)) < 80


@pytest.mark.parametrize(("text", "value"), [("0", 0), ("007", 7), ("123456", 123_456)])
def test_a_whole_number_is_read(text: str, value: int) -> None:
    assert cells.whole(text) == value


@pytest.mark.parametrize("text", ["", "-1", "+1", "1.0", "1e2", "²", "9" * 13])
def test_what_is_no_whole_number_is_refused(text: str) -> None:
    with pytest.raises(ValueError, match="is not a whole number"):
        cells.whole(text)
