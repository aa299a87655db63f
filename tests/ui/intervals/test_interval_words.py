"""What the interval sheet says in words: cells, scores, advice, and how far to trust a number."""

from __future__ import annotations

from dataclasses import replace

import pytest

from ssp_coder.domain.measures import RestRule
from ssp_coder.domain.procedure import EpisodeId
from ssp_coder.editing.edits import EndSession
from ssp_coder.rules.interval_sheet import Source
from ssp_coder.rules.interval_tally import Blank
from ssp_coder.ui.intervals import words
from tests.builders import CAREGIVER, add, after, infant_scheme, s
from tests.fixtures.interval_sheets import blind, coded, moving, row, seen_mark, sheet

MOVING, SMILING = "locomotion_explore", "smiling"
SCHEME = infant_scheme()
LAST = EpisodeId("EP8")


def until(end_s: float):
    """The last episode, when the session ends at a time; it starts at 1110 s."""
    return sheet(after(coded(), EndSession(at_us=s(end_s), frame=None)), LAST)


def facts(end_s: float, rest: RestRule = RestRule.OWN_FROM_HALF) -> str:
    return words.sampling_words(until(end_s), replace(SCHEME.ethogram.sampling, rest=rest))


@pytest.mark.parametrize(
    ("cell", "said"),
    [(1, "seen"), (0, "not seen"), (Blank.NOT_CODED, "not coded yet"), (Blank.NO_VIEW, "no view")],
)
def test_an_interval_says_whether_it_was_seen(qapp, cell, said):
    assert words.cell_words(row(coded(), MOVING), cell) == said


@pytest.mark.parametrize(("cell", "said"), [(0, "not once"), (1, "once"), (3, "3 times")])
def test_a_count_says_how_often(qapp, cell, said):
    assert words.cell_words(row(coded(), SMILING), cell) == said


def test_the_focal_person_is_not_named_and_another_is(qapp):
    found = row(coded(), MOVING)
    assert words.row_title(found, SCHEME) == "Exploratory locomotion"
    other = replace(found, subject=CAREGIVER)
    assert words.row_title(other, SCHEME) == "Exploratory locomotion, caregiver"


def test_times_are_those_of_the_episode(qapp):
    found = sheet(coded())
    assert words.interval_times(found, 0) == ("0:00", "0:15")
    assert words.interval_times(found, 11) == ("2:45", "3:00")


def test_a_source_is_one_word_in_the_table_and_more_when_spoken(qapp):
    assert [words.source_words(source) for source in Source] == ["events", "direct"]
    assert [words.source_sentence(source) for source in Source] == [
        "from the events",
        "coded directly",
    ]


def test_scores_say_raw_base_and_prorated(qapp):
    found = row(coded(moving(0, 20), blind(165, 180)), MOVING)
    assert words.raw_words(found) == "2"
    assert words.base_words(found) == "11/12"
    assert words.prorated_words(found) == "2.2"


def test_a_whole_base_is_one_number(qapp):
    assert words.base_words(row(coded(moving(0, 20)), MOVING)) == "12"


def test_an_unknown_score_is_a_dash_and_never_zero(qapp):
    found = row(coded(), MOVING)
    assert words.raw_words(found) == words.prorated_words(found) == words.NOTHING
    assert words.base_words(found) == "0/12"


def test_an_unfinished_row_has_a_raw_score_and_no_prorated_one(qapp):
    found = row(coded(seen_mark(MOVING, 1)), MOVING)
    assert (words.raw_words(found), words.prorated_words(found)) == ("1", words.NOTHING)


def test_a_cell_is_one_sentence(qapp):
    value = coded(moving(0, 15), seen_mark(MOVING, 2))
    found = sheet(value)
    moved = row(value, MOVING)
    said = [words.cell_sentence(found, moved, place, SCHEME) for place in (0, 1)]
    assert said == [
        "Exploratory locomotion, interval 1, 0:00–0:15, not coded yet; by the events seen",
        "Exploratory locomotion, interval 2, 0:15–0:30, seen; by the events not seen",
    ]


def test_agreement_with_the_events_needs_no_words(qapp):
    value = coded(moving(0, 15), seen_mark(MOVING, 1))
    said = words.cell_sentence(sheet(value), row(value, MOVING), 0, SCHEME)
    assert said == "Exploratory locomotion, interval 1, 0:00–0:15, seen"


@pytest.mark.parametrize(
    ("value", "waiting", "begins"),
    [
        (coded(), False, "Taken from the events. F2"),
        (coded(), True, "Nothing is marked yet"),
        (coded(seen_mark(MOVING, 1)), False, "Coded directly, 1 of 12 intervals; by the events –"),
    ],
)
def test_the_advice_says_where_a_row_comes_from(qapp, value, waiting, begins):
    assert words.row_advice(row(value, MOVING), waiting=waiting).startswith(begins)


def test_the_advice_on_counted_acts_says_why_they_are_not_marked(qapp):
    value = coded(add("affect.smile", 571))
    assert "only events tell them" in words.row_advice(row(value, SMILING), waiting=False)


def test_marks_that_do_not_count_come_first(qapp):
    found = replace(row(coded(seen_mark(MOVING, 1)), MOVING), beyond=2)
    assert words.row_advice(found, waiting=False).startswith("2 marks lie behind")


def test_without_an_odd_interval_only_prorating_is_told(qapp):
    assert facts(1290) == "Prorated to 12 intervals: literature, unverified"


@pytest.mark.parametrize(
    ("end_s", "length"), [(1290 + 7.5, "7.5"), (1290 + 7.4, "22.4"), (1290 + 10.25, "10.2")]
)
def test_the_length_of_an_odd_last_interval_is_told(qapp, end_s, length):
    assert facts(end_s).endswith(f"Last interval {length} s: project default, not published")


def test_a_dropped_rest_is_told_too(qapp):
    assert "project default" in facts(1290, RestRule.DROP)
