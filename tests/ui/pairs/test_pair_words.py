from __future__ import annotations

import pytest

from ssp_coder.agreement.compare import compare
from ssp_coder.agreement.disagreement import disagreements
from ssp_coder.domain.coding import Classification, Coding, CodingRole
from ssp_coder.editing.edits import Classify
from ssp_coder.ui.pairs.items import ItemOrder, PairItem, PairKind, PairNames, sorted_items
from ssp_coder.ui.pairs.lanes import PairWords, differing_lanes, lane_pairs, mark_ids
from ssp_coder.ui.pairs.making import event_words, items_of_disagreements, timing_words
from tests.builders import CAREGIVER, add, after, coding, infant_scheme, rate, s

WORDS = PairWords(own="you", reference="ref.", acts="{0} acts")


def coded(*edits, **fields) -> Coding:
    return after(coding(**fields), *edits)


def rows(own: Coding, reference: Coding) -> tuple[PairItem, ...]:
    comparison = compare(own, reference, infant_scheme())
    return items_of_disagreements(disagreements(comparison, infant_scheme()), infant_scheme())


def only_row(own: Coding, reference: Coding) -> PairItem:
    found = rows(own, reference)
    assert len(found) == 1
    return found[0]


def classify(**fields) -> Classify:
    return Classify(classification=Classification(**fields))


def test_equal_codings_have_no_rows():
    value = coded(add("distress.cry", 10, end=20), add("seeking.reach", 12))
    assert rows(value, value) == ()


def test_a_missed_event_says_that_you_have_nothing():
    row = only_row(coded(), coded(add("seeking.reach", 12)))
    assert (row.kind, row.own, row.place) == (PairKind.MISSED, "nothing", "0:12.0")
    assert row.reference == event_words(row.reference_event, infant_scheme())
    assert row.own_event is None


def test_an_event_of_your_own_says_that_the_reference_has_nothing():
    row = only_row(coded(add("seeking.reach", 12)), coded())
    assert (row.kind, row.reference) == (PairKind.EXTRA, "nothing")
    assert row.reference_event is None
    assert row.events == (row.own_event,)


def test_another_code_of_the_group_names_both():
    row = only_row(
        coded(add("distress.fuss", 10, end=20)), coded(add("distress.cry", 10.4, end=20))
    )
    assert row.kind is PairKind.OTHER_CODE
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
    assert row.kind is PairKind.TIMING
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
    by_kind = sorted_items(rows(own, reference), ItemOrder.KIND)
    assert [(row.kind, row.at_us) for row in by_kind] == [
        (PairKind.MISSED, s(20)),
        (PairKind.MISSED, s(60)),
        (PairKind.EXTRA, s(5)),
        (PairKind.EXTRA, s(40)),
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


def test_ratings_stand_by_their_place_and_say_both_points():
    row = only_row(coded(rate("cm_c_8", 6)), coded(rate("cm_c_8", 4)))
    assert (row.kind, row.place) == (PairKind.RATING, "CM EP8")
    assert (row.own, row.reference) == ("6", "4")
    assert row.at_us is None
    assert row.loop is None


def test_a_place_that_one_did_not_rate_says_so():
    row = only_row(coded(), coded(rate("cm_c_8", 4)))
    assert (row.own, row.reference) == ("not rated", "4")


def test_a_place_that_cannot_be_rated_says_why():
    scale = infant_scheme().scale_of("cm_c_8")
    reason = scale.missing_reasons[0]
    row = only_row(coded(rate("cm_c_8", reason.id)), coded(rate("cm_c_8", 4)))
    assert row.own == str(reason.title)


def test_a_class_is_told_by_its_level():
    row = only_row(
        coded(classify(primary="B", subgroup="B4")), coded(classify(primary="B", subgroup="B3"))
    )
    assert (row.kind, row.place, row.own, row.reference) == (
        PairKind.CLASS,
        "Subgroup",
        "B4",
        "B3",
    )


def test_the_class_weighs_more_than_points_and_points_more_than_events():
    own = coded(classify(primary="A", subgroup="A1"), rate("cm_c_8", 6), add("seeking.reach", 12))
    reference = coded(classify(primary="B", subgroup="B3"), rate("cm_c_8", 2))
    by_weight = sorted_items(rows(own, reference), ItemOrder.WEIGHT)
    assert [row.kind for row in by_weight] == [PairKind.CLASS, PairKind.RATING, PairKind.EXTRA]


def test_what_has_no_moment_comes_last_in_time():
    own = coded(rate("cm_c_8", 6), add("seeking.reach", 12))
    kinds = [row.kind for row in sorted_items(rows(own, coded(rate("cm_c_8", 2))), ItemOrder.TIME)]
    assert kinds == [PairKind.EXTRA, PairKind.RATING]


def test_between_two_of_equal_standing_nobody_misses_anything():
    names = PairNames(own="K1", reference="K2")
    assert names.kind_words(PairKind.MISSED) == "only K2"
    assert names.kind_words(PairKind.EXTRA) == "only K1"
    assert names.kind_words(PairKind.TIMING) == "timing"


@pytest.mark.parametrize(
    ("lag", "of_end", "words"),
    [
        (600_000, False, "0.6 s late"),
        (-9_000_000, False, "9.0 s early"),
        (1_900_000, True, "ends 1.9 s late"),
        (-100_000, True, "ends 0.1 s early"),
    ],
)
def test_a_lag_is_told_in_seconds(lag, of_end, words):
    assert timing_words(lag, of_end=of_end) == words
