"""Borders between panels stay where the person put them, whatever was shown last."""

from __future__ import annotations

from dataclasses import replace

import pytest
from PySide6.QtWidgets import QApplication

from tests.ui.docks.conftest import Places, workspace_in


@pytest.fixture
def moved(area):
    """The person gave the list more than the board."""
    area._right.setSizes([150, 350])
    area._keep_sizes()
    QApplication.processEvents()
    return area


def test_a_step_without_a_list_does_not_forget_how_high_the_list_is(moved):
    before = moved.arrangement().lengths
    moved.show_step("prepare")
    QApplication.processEvents()
    assert moved._right.sizes()[1] == 0
    assert moved.arrangement().lengths[2] == before[2]


def test_what_was_kept_in_such_a_step_comes_back(moved, theme, qtbot):
    high = moved._right.sizes()
    moved.show_step("prepare")
    QApplication.processEvents()
    other = workspace_in(theme, qtbot, Places(theme), kept=moved.arrangement()).area
    assert other._right.sizes() == pytest.approx(high, abs=3)


def test_an_earlier_arrangement_with_nothing_on_one_side_leaves_that_border(area, theme, qtbot):
    first = area._right.sizes()
    kept = replace(area.arrangement(), lengths=((500, 300), (600, 650), (500, 0)))
    other = workspace_in(theme, qtbot, Places(theme), kept=kept).area
    assert other._right.sizes() == pytest.approx(first, abs=60)
    assert other._upper.sizes()[0] < other._upper.sizes()[1]


def test_until_a_border_is_moved_none_is_kept(area):
    area.show_step("prepare")
    assert area.arrangement().lengths == ()


def test_a_panel_is_in_front_when_no_other_tab_hides_it(area):
    assert area.is_in_front("events")
    assert not area.is_in_front("notes")
    area.bring_forward("notes")
    assert area.is_in_front("notes")
    area.give_window("events")
    assert area.is_in_front("events")
    area.put_away("events")
    assert not area.is_in_front("events")
