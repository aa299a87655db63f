from __future__ import annotations

import pytest

from ssp_coder.agreement.compare import compare
from ssp_coder.domain.coding import Coding, CodingRole
from ssp_coder.ui.compare.pair_lanes import PairWords, differing_lanes, lane_pairs, mark_ids
from ssp_coder.ui.compare.rows import (
    DifferenceRow,
    RowOrder,
    difference_rows,
    event_words,
    sorted_rows,
)
from ssp_coder.ui.kit.marks import ComparisonSign
from tests.builders import CAREGIVER, add, after, coding, infant_scheme, s

WORDS = PairWords(own="you", reference="ref.", acts="{0} acts")


def coded(*edits, **fields) -> Coding:
    return after(coding(**fields), *edits)


def rows(own: Coding, reference: Coding) -> tuple[DifferenceRow, ...]:
    return difference_rows(compare(own, reference, infant_scheme()), infant_scheme())


def only_row(own: Coding, reference: Coding) -> DifferenceRow:
    found = rows(own, reference)
    assert len(found) == 1
    return found[0]


def test_equal_codings_have_no_rows():
    value = coded(add("distress.cry", 10, end=20), add("seeking.reach", 12))
    assert rows(value, value) == ()


def test_a_missed_event_says_that_you_have_nothing():
    row = only_row(coded(), coded(add("seeking.reach", 12)))
    assert (row.sign, row.own, row.time) == (ComparisonSign.MISSED, "nothing", "0:12.0")
    assert row.reference == event_words(row.reference_event, infant_scheme())
    assert row.own_event is None


def test_an_event_of_your_own_says_that_the_reference_has_nothing():
    row = only_row(coded(add("seeking.reach", 12)), coded())
    assert (row.sign, row.reference) == (ComparisonSign.EXTRA, "nothing")
    assert row.reference_event is None
    assert row.events == (row.own_event,)


def test_another_code_of_the_group_names_both():
    row = only_row(
        coded(add("distress.fuss", 10, end=20)), coded(add("distress.cry", 10.4, end=20))
    )
    assert row.sign is ComparisonSign.OTHER_CODE
    assert (row.own, row.reference) == ("fuss", "cry")
    assert row.at_us == s(10)
    assert len(row.events) == 2


@pytest.mark.parametrize(
    ("own_end", "words", "where"),
    [(24.5, "ends 4.5 s late", 20), (17, "ends 3.0 s early", 17)],
)
def test_an_end_too_far_away_is_a_matter_of_timing(own_end, words, where):
    row = only_row(
        coded(add("distress.cry", 10, end=own_end)), coded(add("distress.cry", 10, end=20))
    )
    assert row.sign is ComparisonSign.TIMING
    assert words in row.own
    assert row.at_us == s(where)


def test_a_state_that_you_left_open_is_said_to_have_no_end():
    row = only_row(coded(add("distress.cry", 10)), coded(add("distress.cry", 10, end=20)))
    assert row.own.endswith("without end")
    assert row.at_us == s(20)


def test_a_state_that_the_reference_left_open_is_said_too():
    row = only_row(coded(add("distress.cry", 10, end=20)), coded(add("distress.cry", 10)))
    assert row.own.endswith("ended, reference not")


def test_ends_within_the_tolerance_are_the_same():
    own = coded(add("distress.cry", 10, end=20.9))
    assert rows(own, coded(add("distress.cry", 10, end=20))) == ()


def test_who_did_it_and_how_stands_with_the_code():
    event = coded(
        add("seeking.reach", 12, modifiers={"toward": "s"}),
    ).events[0]
    words = event_words(event, infant_scheme())
    assert "stranger" in words
    assert words.startswith("reach")


def test_rows_of_a_kind_keep_the_order_of_time():
    own = coded(add("seeking.reach", 5), add("seeking.reach", 40))
    reference = coded(add("seeking.reach", 20), add("seeking.reach", 60))
    by_kind = sorted_rows(rows(own, reference), RowOrder.KIND)
    assert [(row.sign, row.at_us) for row in by_kind] == [
        (ComparisonSign.MISSED, s(20)),
        (ComparisonSign.MISSED, s(60)),
        (ComparisonSign.EXTRA, s(5)),
        (ComparisonSign.EXTRA, s(40)),
    ]


def test_only_lanes_with_a_difference_are_shown():
    own = coded(add("distress.cry", 10, end=20), add("contact.held_by_c", 30, end=40))
    reference = coded(add("distress.fuss", 10, end=20), *held())
    wanted = differing_lanes(rows(own, reference), infant_scheme())
    lanes = lane_pairs(own, reference, infant_scheme(), wanted, WORDS)
    assert [lane.id for lane in lanes] == ["reference/distress/infant", "own/distress/infant"]
    assert [lane.note for lane in lanes] == ["ref.", "you"]
    assert lanes[0].title
    assert not lanes[1].title


def held():
    return (add("contact.held_by_c", 30, end=40),)


def test_without_a_difference_all_lanes_in_use_are_shown():
    value = coded(add("distress.cry", 10, end=20), *held())
    lanes = lane_pairs(value, value, infant_scheme(), frozenset(), WORDS)
    assert {lane.id.split("/")[1] for lane in lanes} == {"distress", "contact"}
    assert len(lanes) == 4


def test_acts_of_an_adult_have_a_pair_of_lanes_of_their_own():
    code = next(
        code
        for group in infant_scheme().ethogram.groups
        if CAREGIVER in group.subjects and not group.exclusive
        for code in group.codes
    )
    row = only_row(coded(), coded(add(code.id, 12, CAREGIVER)))
    assert differing_lanes((row,), infant_scheme()) == {"acts/caregiver"}


def test_the_marks_of_a_pair_tell_whose_they_are():
    row = only_row(coded(add("distress.fuss", 10, end=20)), coded(add("distress.cry", 10, end=20)))
    assert mark_ids(row) == {
        f"own/{row.own_event.id}",
        f"reference/{row.reference_event.id}",
    }


def test_a_role_does_not_change_what_differs():
    own = coded(add("seeking.reach", 12), role=CodingRole.CONSENSUS)
    assert rows(own, coded(add("seeking.reach", 12))) == ()
