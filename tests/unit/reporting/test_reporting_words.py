from __future__ import annotations

import pytest

from ssp_coder.domain.scale import NOT_RATED, Missing, Points, Score
from ssp_coder.domain.words import Origin, Provenance
from ssp_coder.reporting.words import (
    both,
    counted,
    either,
    origin_words,
    score_words,
    share,
    signed_seconds,
)


@pytest.mark.parametrize(
    ("score", "words"),
    [
        (Points(4.0), "4"),
        (Points(4.5), "4.5"),
        (Missing("NA_view"), "cannot be rated (NA_view)"),
        (NOT_RATED, "not rated"),
    ],
)
def test_a_number_a_reason_and_not_rated_are_three_things(score: Score, words: str) -> None:
    assert score_words(score) == words


@pytest.mark.parametrize(
    ("origin", "words"),
    [
        (Origin.VERIFIED, "verified source"),
        (Origin.LITERATURE, "literature, unverified"),
        (Origin.PROJECT_DEFAULT, "project default, not published"),
        (Origin.LAB, "lab"),
    ],
)
def test_every_origin_is_put_into_words(origin: Origin, words: str) -> None:
    assert origin_words(Provenance(origin=origin, source="a source")) == words


def test_a_confidence_is_added_where_there_is_one() -> None:
    unsure = Provenance(origin=Origin.LITERATURE, source="a book", confidence=0.85)
    assert origin_words(unsure).endswith(", confidence 0.85")


@pytest.mark.parametrize(
    ("names", "words"),
    [((), ""), (("A",), "A"), (("A", "B"), "A or B"), (("A", "B", "C"), "A, B or C")],
)
def test_alternatives_are_joined_as_in_a_sentence(names: tuple[str, ...], words: str) -> None:
    assert either(names) == words
    assert both(names) == words.replace(" or ", " and ")


@pytest.mark.parametrize(("count", "words"), [(0, "0 misses"), (1, "1 miss"), (2, "2 misses")])
def test_a_count_has_its_plural(count: int, words: str) -> None:
    assert counted(count, "miss", "misses") == words


def test_most_plurals_need_no_word_of_their_own() -> None:
    assert counted(2, "false alarm") == "2 false alarms"


@pytest.mark.parametrize(
    ("time_us", "words"),
    [(None, "-"), (0, "+0.00 s"), (-1_250_000, "-1.25 s"), (200_000.5, "+0.20 s")],
)
def test_a_lag_is_told_with_its_sign(time_us: float | None, words: str) -> None:
    assert signed_seconds(time_us) == words


@pytest.mark.parametrize(("value", "words"), [(None, "undefined"), (0.0, "0.00"), (1.0, "1.00")])
def test_undefined_is_not_one(value: float | None, words: str) -> None:
    assert share(value) == words
