"""Where windows lie on the screens of a desk."""

from __future__ import annotations

import pytest
from PySide6.QtCore import QRect
from PySide6.QtWidgets import QWidget

from ssp_coder.ui.docks.screens import (
    can_be_reached,
    layout_key,
    no_larger,
    other_screen,
    screen_of,
    screen_places,
)

LEFT, RIGHT = QRect(0, 0, 1920, 1080), QRect(1920, 0, 1280, 1024)


def test_the_same_screens_in_another_order_have_the_same_name():
    assert layout_key([LEFT, RIGHT]) == layout_key([RIGHT, LEFT])


@pytest.mark.parametrize(
    "screens",
    [
        [LEFT],
        [RIGHT],
        [LEFT, QRect(-1280, 0, 1280, 1024)],
        [QRect(0, 0, 960, 540), RIGHT],
        [],
    ],
)
def test_other_screens_have_another_name(screens):
    assert layout_key(screens) != layout_key([LEFT, RIGHT])


def test_the_name_can_stand_in_a_settings_file():
    assert not set(layout_key([LEFT, QRect(-5, -7, 10, 10)])) & set("/\\=[]\n ")


@pytest.mark.parametrize(
    ("window", "reached"),
    [
        (QRect(100, 100, 600, 400), True),
        (QRect(1900, 100, 600, 400), True),
        (QRect(3100, 900, 600, 400), True),
        (QRect(3300, 100, 600, 400), False),
        (QRect(-580, 100, 600, 400), False),
        (QRect(100, -380, 600, 400), False),
        (QRect(100, 1075, 600, 400), False),
    ],
)
def test_a_window_is_reached_where_its_top_lies_on_a_screen(window, reached):
    assert can_be_reached(window, [LEFT, RIGHT]) is reached


def test_without_a_screen_nothing_is_reached():
    assert not can_be_reached(QRect(0, 0, 100, 100), [])


def test_a_place_as_large_as_a_screen_is_that_screen(qtbot):
    place = screen_places()[0]
    assert screen_of(place).geometry() == place
    assert screen_of(place.adjusted(0, 0, -1, 0)) is None


def test_with_one_screen_there_is_no_other(qtbot):
    widget = QWidget()
    qtbot.addWidget(widget)
    assert len(screen_places()) == 1
    assert other_screen(widget) is None


@pytest.mark.parametrize(
    ("kept", "given"),
    [
        (QRect(10, 20, 99_000, 99_000), QRect(10, 20, 3200, 1080)),
        (QRect(10, 20, 400, 300), QRect(10, 20, 400, 300)),
    ],
)
def test_a_window_is_no_larger_than_the_desk(kept, given):
    assert no_larger(kept, [LEFT, RIGHT]) == given
