from __future__ import annotations

import pytest

from ssp_coder.domain.finding import DomainError
from ssp_coder.formats.errors import MOST_LISTED, Faults, FormatError, place_in, refusal


@pytest.mark.parametrize(
    ("line", "column", "words"),
    [
        (0, "", "events.csv"),
        (3, "", "events.csv, line 3"),
        (3, "start_s", "events.csv, line 3, column start_s"),
        (0, "start_s", "events.csv, column start_s"),
    ],
)
def test_a_place_names_what_is_known(line: int, column: str, words: str) -> None:
    assert place_in("events.csv", line=line, column=column) == words


def test_a_single_fault_is_told_in_one_sentence() -> None:
    error = refusal("csv.empty", "is empty", "name the columns", place="events.csv")
    assert str(error) == "events.csv: is empty; name the columns"
    assert error.sentences() == (str(error),)


def test_an_error_is_one_of_the_domain_so_that_one_place_catches_it() -> None:
    error = refusal("csv.empty", "is empty", "", place="events.csv")
    assert isinstance(error, DomainError)
    assert error.finding.code == "csv.empty"


def test_no_faults_refuse_nothing() -> None:
    faults = Faults("events.csv")
    faults.refuse_if_any()
    assert not faults
    assert not faults.is_full


def test_one_fault_is_not_counted() -> None:
    faults = Faults("events.csv")
    faults.add("x", "wrong", "mend it", line=4)
    with pytest.raises(FormatError) as caught:
        faults.refuse_if_any()
    assert str(caught.value) == "events.csv, line 4: wrong; mend it"


def test_several_faults_keep_their_order_and_are_counted_in_the_first_sentence() -> None:
    faults = Faults("events.csv")
    for line in (4, 2, 9):
        faults.add("x", "wrong", "mend it", line=line)
    with pytest.raises(FormatError) as caught:
        faults.refuse_if_any()
    assert "the first of 3 faults" in str(caught.value)
    assert [finding.place for finding in caught.value.findings] == [
        "events.csv, line 4",
        "events.csv, line 2",
        "events.csv, line 9",
    ]


def test_a_full_list_takes_no_more() -> None:
    faults = Faults("events.csv")
    for line in range(MOST_LISTED + 5):
        faults.add("x", "wrong", "mend it", line=line + 1)
    assert faults.is_full
    assert len(faults) == MOST_LISTED
