"""A row of half points: one key for the half, and room for nine points and eight halves."""

from __future__ import annotations

import pytest
from PySide6.QtCore import Qt

from ssp_coder.ui.kit.rating_row import HALF_SIGN, RatingRow, RatingScale

SEVEN = RatingScale(name="Seeking, EP5", minimum=1, maximum=7, step=0.5)
NINE = RatingScale(name="D", minimum=1, maximum=9, step=0.5)
WHOLE = RatingScale(name="Seeking, EP5", minimum=1, maximum=7)


@pytest.fixture
def row_of(theme, qtbot):
    def make(scale):
        row = RatingRow(theme, scale)
        qtbot.addWidget(row)
        row.resize(row.sizeHint())
        row.show()
        row.setFocus()
        chosen = []
        row.point_chosen.connect(chosen.append)
        return row, chosen

    return make


@pytest.mark.parametrize("key", [Qt.Key.Key_Period, Qt.Key.Key_Comma])
def test_a_full_stop_or_comma_adds_a_half(row_of, qtbot, key):
    row, chosen = row_of(SEVEN)
    row.show_rated(5)
    qtbot.keyClick(row, key)
    assert chosen == [5.5]


def test_a_digit_and_a_full_stop_are_typed_like_a_number(row_of, qtbot):
    row, chosen = row_of(SEVEN)
    row.point_chosen.connect(row.show_rated)
    qtbot.keyClick(row, Qt.Key.Key_3)
    qtbot.keyClick(row, Qt.Key.Key_Period)
    assert chosen == [3.0, 3.5]
    assert row.point == 3.5


def test_the_same_key_takes_the_half_away(row_of, qtbot):
    row, chosen = row_of(SEVEN)
    row.show_rated(5.5)
    qtbot.keyClick(row, Qt.Key.Key_Period)
    assert chosen == [5]


def test_there_is_no_half_above_the_highest_point(row_of, qtbot):
    row, chosen = row_of(SEVEN)
    row.show_rated(7)
    qtbot.keyClick(row, Qt.Key.Key_Period)
    assert chosen == []


def test_without_a_point_there_is_nothing_to_add_to(row_of, qtbot):
    row, chosen = row_of(SEVEN)
    qtbot.keyClick(row, Qt.Key.Key_Period)
    assert chosen == []


def test_whole_points_know_no_half(row_of, qtbot):
    row, chosen = row_of(WHOLE)
    row.show_rated(5)
    qtbot.keyClick(row, Qt.Key.Key_Period)
    assert chosen == []
    assert "full stop" not in row.accessibleDescription()


def test_arrows_move_by_a_half(row_of, qtbot):
    row, chosen = row_of(SEVEN)
    row.show_rated(5)
    qtbot.keyClick(row, Qt.Key.Key_Right)
    qtbot.keyClick(row, Qt.Key.Key_Left)
    assert chosen == [5.5, 4.5]


def test_a_locked_row_takes_no_half(row_of, qtbot):
    row, chosen = row_of(SEVEN)
    row.show_rated(5)
    row.set_locked(True)
    qtbot.keyClick(row, Qt.Key.Key_Period)
    assert chosen == []


def test_every_half_can_be_clicked(row_of, qtbot):
    row, chosen = row_of(NINE)
    for point in NINE.points:
        qtbot.mouseClick(row, Qt.MouseButton.LeftButton, pos=row.box_centre(point))
    assert chosen == list(NINE.points)


@pytest.mark.parametrize("highest", [7, 9])
def test_halves_take_little_more_room_than_whole_points(row_of, highest):
    halves, _ = row_of(RatingScale(name="Halves", minimum=1, maximum=highest, step=0.5))
    whole, _ = row_of(RatingScale(name="Whole", minimum=1, maximum=highest))
    assert halves.sizeHint().width() < 1.25 * whole.sizeHint().width()


def test_the_spoken_point_has_its_half(row_of):
    row, _ = row_of(NINE)
    row.show_rated(5.5)
    assert row.accessibleName() == "D, 5.5 of 9"
    assert "full stop adds a half" in row.accessibleDescription()
    assert len(HALF_SIGN) == 1
