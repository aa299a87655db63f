"""Two codings in review, by keyboard and by ear."""

from __future__ import annotations

import pytest

from ssp_coder.ui.pairs.items import PairKind
from ssp_coder.ui.pairs.review import PairReview
from tests.ui.accessibility import access_walk as walk
from tests.ui.accessibility.conftest import BOTH
from tests.ui.pairs.pair_desk import show, show_demo, small_pair


@pytest.fixture
def review(worn, qapp):
    made = PairReview(worn)
    made.resize(1200, 760)
    made.show()
    show_demo(made)
    walk.settle()
    return made


def test_everything_that_takes_keys_has_a_name_and_a_role(review):
    assert walk.takes_keys(review)
    assert walk.nameless(review) == []
    assert walk.without_role(review) == []


def test_tab_reaches_every_control_and_leads_out_of_each(review):
    graph = walk.tab_graph(review)
    assert {review.choice.list, review.timeline, review.matrices.grid} <= set(graph)
    assert walk.unreachable(review, graph) == []
    assert walk.traps(graph) == []


def test_the_chip_of_a_cell_is_reached_too(review):
    show(review, *small_pair())
    review.matrices.grid._choose(next(iter(review.matrices.grid.matrix.counts)))
    walk.settle()
    graph = walk.tab_graph(review)
    assert review.choice.cell_chip in graph
    assert walk.nameless(review) == []


@BOTH
def test_what_has_the_focus_looks_like_it(review):
    assert walk.without_ring(review) == []


def test_words_grow_with_the_system_and_are_not_hidden_in_tool_tips(review):
    assert walk.fixed_pixels(review) == []
    assert walk.only_in_tips(review) == []


def test_a_kind_is_spoken_with_its_count(review):
    chip = review.choice.kinds.chip(PairKind.MISSED)
    assert walk.spoken(chip) == f"missed, {chip.face.count}"
