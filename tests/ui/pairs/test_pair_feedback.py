"""A trainee's feedback as items of a review."""

from __future__ import annotations

import pytest

from ssp_coder.domain.coding import Classification
from ssp_coder.editing.edits import Classify
from ssp_coder.training.feedback import feedback_on, feedback_settings
from ssp_coder.training.packs import Reference
from ssp_coder.ui.pairs.items import ItemOrder, PairKind, sorted_items
from ssp_coder.ui.pairs.making import items_of_feedback
from ssp_coder.ui.pairs.review import PairReview
from tests.builders import add, after, coding, infant_scheme, rate, s

SCHEME = infant_scheme()


def coded(*edits, coder="c01"):
    return after(coding(coder=coder), *edits)


def classed(subgroup):
    return Classify(classification=Classification(primary="B", subgroup=subgroup))


def feedback_between(own, reference):
    told = Reference(coding=reference, scheme=SCHEME)
    return feedback_on(own, told, feedback_settings())


def items(own, reference):
    return items_of_feedback(feedback_between(own, reference).items, SCHEME)


def only(own, reference):
    found = items(own, reference)
    assert len(found) == 1
    return found[0]


def test_an_item_keeps_its_key_its_loop_and_where_it_came_from():
    feedback = feedback_between(coded(), coded(add("seeking.reach", 30)))
    (item,) = items_of_feedback(feedback.items, SCHEME)
    (source,) = feedback.items
    assert (item.id, item.loop, item.source) == (source.key, source.loop, source)
    assert (item.loop.start_us, item.loop.end_us) == (s(28), s(33))


@pytest.mark.parametrize(
    ("own", "reference", "kind"),
    [
        ((), ("seeking.reach",), PairKind.MISSED),
        (("seeking.reach",), (), PairKind.EXTRA),
        (("seeking.lean",), ("seeking.reach",), PairKind.OTHER_CODE),
    ],
)
def test_every_kind_of_event_has_its_sign(own, reference, kind):
    item = only(
        coded(*(add(code, 30) for code in own)), coded(*(add(code, 30) for code in reference))
    )
    assert item.kind is kind
    assert item.place == "0:30.0"


def test_what_comes_late_is_told_in_seconds():
    item = only(coded(add("seeking.reach", 32)), coded(add("seeking.reach", 30)))
    assert (item.kind, item.own) == (PairKind.TIMING, "2.0 s late")
    assert item.reference.startswith("reach")


def test_what_comes_early_is_told_in_seconds():
    item = only(coded(add("seeking.reach", 28.5)), coded(add("seeking.reach", 30)))
    assert item.own == "1.5 s early"


def test_a_rating_stands_by_its_place():
    item = only(coded(rate("cm_c_8", 6)), coded(rate("cm_c_8", 3)))
    assert (item.kind, item.place, item.own, item.reference) == (
        PairKind.RATING,
        "CM EP8",
        "6",
        "3",
    )


def test_a_place_left_out_is_said_to_be_not_rated():
    item = only(coded(), coded(rate("cm_c_8", 3)))
    assert (item.own, item.reference) == ("not rated", "3")


def test_a_subgroup_stands_by_its_level():
    item = only(coded(classed("B4")), coded(classed("B3")))
    assert (item.kind, item.place, item.own, item.reference) == (
        PairKind.CLASS,
        "Subgroup",
        "B4",
        "B3",
    )


def test_no_class_at_all_is_said():
    found = items(coded(), coded(classed("B3")))
    assert [(item.own, item.reference) for item in found if item.kind is PairKind.CLASS] == [
        ("none", "B")
    ]


def test_weights_are_those_of_the_feedback():
    own = coded(add("seeking.reach", 10), rate("cm_c_8", 6))
    reference = coded(rate("cm_c_8", 3))
    weighty = sorted_items(items(own, reference), ItemOrder.WEIGHT)
    assert [item.kind for item in weighty] == [PairKind.RATING, PairKind.EXTRA]
    assert all(item.weight == item.source.weight for item in weighty)


def test_the_cells_of_feedback_list_its_items(theme, qtbot):
    own = coded(add("seeking.lean", 30), add("seeking.reach", 50))
    reference = coded(add("seeking.reach", 30), add("seeking.reach", 52))
    feedback = feedback_between(own, reference)
    review = PairReview(theme)
    qtbot.addWidget(review)
    review.show_pair(own, reference, SCHEME, items_of_feedback(feedback.items, SCHEME))
    review.show_cells(feedback.cells)
    grid = review.matrices.grid
    for place, count in grid.matrix.counts.items():
        grid._choose(place)
        listed = review.choice.list.items
        assert len(listed) == count
        assert set(listed) <= set(review.items)
        grid._choose(place)
