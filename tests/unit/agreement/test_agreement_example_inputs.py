"""What a worked example is given is read strictly: every number must be one."""

from __future__ import annotations

import numpy as np
import pytest

from ssp_coder.agreement.continuum import Section
from ssp_coder.agreement.example_inputs import Given, RowError, code, label, number, shown


def given(**fields: object) -> Given:
    return Given(fields=fields)


@pytest.mark.parametrize("value", [3, 3.0, -2, 0.5])
def test_whole_and_broken_numbers_are_numbers(value: float) -> None:
    assert number(value, "L") == value
    assert isinstance(number(value, "L"), float)


@pytest.mark.parametrize("value", [True, None, "3", [3], {}, float("nan"), float("inf"), 10**400])
def test_what_is_no_number_names_its_field(value: object) -> None:
    with pytest.raises(RowError, match="L holds"):
        number(value, "L")


def test_a_missing_field_is_named() -> None:
    with pytest.raises(RowError, match="lacks 'table'"):
        given(tabel=[[1]]).counts("table")


def test_counts_are_rows_without_a_gap() -> None:
    assert given(table=[[1, 2], [3, 4.5]]).counts("table").tolist() == [[1, 2], [3, 4.5]]
    with pytest.raises(RowError, match="null"):
        given(table=[[1, None]]).counts("table")


def test_null_is_a_missing_value_in_ratings() -> None:
    found = given(rows=[[1, None], [3, 4]]).values("rows")
    assert np.isnan(found[0, 1])
    assert np.isfinite(found).sum() == 3
    assert np.isnan(given(a=[None, 2]).series("a")[0])


@pytest.mark.parametrize(
    ("rows", "fact"),
    [
        ([], "is empty"),
        ([[], []], "is empty"),
        ([[1], [1, 2]], "not equally long"),
        ([1], "1, not a list"),
        ("text", "'text', not a list"),
    ],
)
def test_rows_that_are_none_say_so(rows: object, fact: str) -> None:
    for read in (given(rows=rows).counts, given(rows=rows).values, given(rows=rows).code_rows):
        with pytest.raises(RowError, match=fact):
            read("rows")


def test_codes_are_words_or_numbers() -> None:
    assert given(a=["x", 1, 2.5, None]).codes("a") == ["x", 1.0, 2.5, None]
    assert given(r=[["x"], [None]]).code_rows("r") == [["x"], [None]]
    with pytest.raises(RowError, match="True, not a number"):
        code(True, "a")


def test_a_code_is_called_the_same_however_its_number_is_written() -> None:
    assert label(1.0) == label(float(1)) == "1"
    assert label("c") == "c"


def test_spans_are_two_numbers_and_a_code() -> None:
    assert given(e=[[1, 2.5, "x"], [3, 4, 0]]).spans("e") == [(1, 2.5, "x"), (3, 4, 0)]
    for wrong in ([1, 2], [1, 2, 3, 4], ["a", 2, 3], 7):
        with pytest.raises(RowError):
            given(e=[wrong]).spans("e")


def test_observers_are_lists_of_units() -> None:
    assert given(o=[[[2, 8, 0]], []]).observers("o") == [
        [Section(start=2.0, length=8.0, code="0")],
        [],
    ]
    with pytest.raises(RowError, match="not a list"):
        given(o=[7]).observers("o")


def test_a_word_is_no_number() -> None:
    assert given(observers="two_equal").word("observers") == "two_equal"
    with pytest.raises(RowError, match="observers is 2, not a word"):
        given(observers=2).word("observers")


def test_a_value_in_a_sentence_is_short() -> None:
    assert shown(None) == "null"
    assert shown("x" * 99).endswith("...")
    assert len(shown(list(range(99)))) == 40
    assert "\n" not in shown("two\nlines")
