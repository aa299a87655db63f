"""What holds of drawing and settling ratings, classes and indices, whatever two coders gave."""

from __future__ import annotations

import csv
import io
from dataclasses import replace

from hypothesis import given, settings
from hypothesis import strategies as st

from ssp_coder.agreement.comparison import ClassLevel
from ssp_coder.agreement.consensus import answer_of, choices_of, draw
from ssp_coder.agreement.consensus_indices import index_key, paired_indices
from ssp_coder.domain.coding import Classification, DDecision, IndexStrength
from ssp_coder.domain.scale import Missing, Points, Rating
from ssp_coder.domain.settlement import SettledFor
from ssp_coder.domain.time import SECOND_US
from ssp_coder.reporting.consensus_list import ConsensusRow, rows_csv
from tests.builders import coding, infant_scheme
from tests.unit.storage.storage_files import d_index

SCHEME = infant_scheme()
SIDES = (SettledFor.FIRST, SettledFor.SECOND)
MISSING = tuple(Missing(one.id) for one in SCHEME.scale_of(SCHEME.slots[0].id).missing_reasons)


def whole_class(group, subgroup: str, behind: str, decision: DDecision | None) -> Classification:
    return Classification(
        primary=group.id,
        subgroup=subgroup if subgroup in group.subgroups else "",
        secondary=behind if group.needs_secondary else "",
        d_decision=decision,
        d_reason="" if decision is None else "seen",
    )


classes = st.none() | st.builds(
    whole_class,
    st.sampled_from(SCHEME.rules.groups),
    st.sampled_from(("", *SCHEME.rules.subgroups())),
    st.sampled_from(("", *SCHEME.rules.subgroups())),
    st.sampled_from((None, *DDecision)),
)
scores = st.integers(1, 7).map(lambda value: Points(float(value))) | st.sampled_from(MISSING)
ratings = st.dictionaries(st.sampled_from([slot.id for slot in SCHEME.slots]), scores, max_size=6)
indices = st.lists(
    st.tuples(
        st.integers(0, 40),
        st.sampled_from([theme.id for theme in SCHEME.themes[:3]]),
        st.sampled_from(list(IndexStrength)),
    ),
    max_size=5,
)


def rated(given_scores: dict) -> tuple[Rating, ...]:
    """Ratings in the order in which a coding keeps them."""
    return tuple(Rating(slot=slot, score=given_scores[slot]) for slot in sorted(given_scores))


def numbered(given_indices: list) -> tuple:
    return tuple(
        d_index(at, id=number, theme=theme, strength=strength)
        for number, (at, theme, strength) in enumerate(given_indices, start=1)
    )


def drawn(field: str, first: object, second: object):
    pair = (coding(coder=who, **{field: value}) for who, value in (("K1", first), ("K2", second)))
    return draw(*pair, SCHEME)


def taken_for(found, side: SettledFor) -> dict:
    """Every item that this side gave an answer to, settled for it."""
    return {
        item.key: replace(answer_of(found, item, side), reason="seen", who="K1")
        for item in found.items
        if side in choices_of(found, item)
    }


@given(classes, classes)
def test_a_class_settled_for_one_side_throughout_is_the_class_of_that_side(first, second) -> None:
    found = drawn("classification", first, second)
    for side, own in zip(SIDES, (first, second), strict=True):
        settled = taken_for(found, side)
        if len(settled) < len(found.items) or own is None:
            continue
        made = found.classification(settled)
        told = ("primary", "subgroup", "secondary", "d_decision")
        assert [getattr(made, name) for name in told] == [getattr(own, name) for name in told]


@given(classes, classes)
def test_no_class_is_there_before_the_main_group_is_agreed_or_settled(first, second) -> None:
    found = drawn("classification", first, second)
    open_group = any(item.level is ClassLevel.PRIMARY for item in found.items)
    agreed = found.agreed.classification
    assert not (open_group and agreed is not None)
    if agreed is not None:
        assert agreed.primary == first.primary == second.primary


@given(classes)
def test_classes_that_are_alike_leave_nothing_to_settle(one) -> None:
    found = drawn("classification", one, one)
    assert found.items == ()
    assert found.agreed.classification == one


@given(classes, classes, st.randoms(use_true_random=False))
def test_the_class_does_not_depend_on_the_order_of_its_parts(first, second, chance) -> None:
    found = drawn("classification", first, second)
    done = list(taken_for(found, chance.choice(SIDES)).items())
    mixed = list(done)
    chance.shuffle(mixed)
    assert found.classification(dict(done)) == found.classification(dict(mixed))


@given(ratings, ratings)
def test_every_place_that_one_rated_is_either_agreed_or_an_item(first, second) -> None:
    found = drawn("ratings", rated(first), rated(second))
    agreed = {one.slot: one.score for one in found.agreed.ratings}
    differing = {item.found.rating.slot for item in found.items}
    assert not agreed.keys() & differing
    assert agreed.keys() | differing == first.keys() | second.keys()
    assert all(first[slot] == second[slot] == score for slot, score in agreed.items())


@given(ratings, ratings)
def test_ratings_settled_for_one_side_are_those_of_that_side(first, second) -> None:
    found = drawn("ratings", rated(first), rated(second))
    for side, own in zip(SIDES, (first, second), strict=True):
        settled = {one.slot: one.rating for one in taken_for(found, side).values()}
        told = {one.slot: one for one in found.agreed.ratings} | settled
        assert {slot: one.score for slot, one in told.items() if one is not None} == own


@given(indices, indices)
def test_indices_settled_for_one_side_are_those_of_that_side(first, second) -> None:
    sides = numbered(first), numbered(second)
    found = drawn("d_indices", *sides)
    for side, own in zip(SIDES, sides, strict=True):
        settled = (one.index for one in taken_for(found, side).values())
        alike = len(found.agreed.d_indices)
        assert alike + sum(one is not None for one in settled) == len(own)


@given(indices, indices)
def test_pairs_of_indices_have_keys_of_their_own_and_exchange_their_sides(first, second) -> None:
    left, right = numbered(first), numbered(second)
    there = paired_indices(left, right, SECOND_US)
    assert len({index_key(pair) for pair in there}) == len(there)
    back = paired_indices(right, left, SECOND_US)
    assert sum(pair.is_alike for pair in there) == sum(pair.is_alike for pair in back)


@given(indices)
def test_indices_that_are_alike_leave_nothing_to_settle(given_indices) -> None:
    own = numbered(given_indices)
    found = drawn("d_indices", own, own)
    assert found.items == ()
    assert sorted(one.id for one in found.agreed.d_indices) == [one.id for one in own]


WORDS = st.text(st.characters(codec="utf-8", exclude_characters="\0\r"), max_size=30)


@settings(max_examples=50)
@given(st.lists(st.tuples(WORDS, WORDS, WORDS), max_size=4))
def test_the_list_is_read_back_word_for_word(words) -> None:
    rows = tuple(
        ConsensusRow(item="x", kind="class", time="", first=one, second=other, reason=reason)
        for one, other, reason in words
    )
    text = io.StringIO(rows_csv(rows).decode(), newline="")
    read = [(row["first"], row["second"], row["reason"]) for row in csv.DictReader(text)]
    assert read == words
