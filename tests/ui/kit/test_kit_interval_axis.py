"""Statistics on an axis: what is drawn, what is said, and how keys walk the rows."""

from __future__ import annotations

import pytest
from PySide6.QtCore import QEvent, QPoint, QRect, Qt
from PySide6.QtGui import QHelpEvent, QImage, QPainter
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QToolTip

from ssp_coder.ui.kit.interval_axis import (
    IntervalPainting,
    IntervalRow,
    IntervalScale,
    coefficient_scale,
    count_words,
    difference_scale,
    row_words,
)
from ssp_coder.ui.kit.interval_chart import IntervalAxis

GOOD = IntervalRow(label="Contact", value=0.88, low=0.74, high=0.97, n=24, criterion=0.7)
POOR = IntervalRow(label="Resistance", value=0.62, low=0.3, high=0.83, n=24, criterion=0.7)
FEW = IntervalRow(label="Gaze", value=0.5, low=0.1, high=0.9, n=6, few=True)
NONE = IntervalRow(label="Distress", value=None, n=1_260, words="undefined (one code used)")


@pytest.fixture
def axis(theme, shown):
    chart = IntervalAxis(theme, "Reliability")
    chart.show_rows((GOOD, POOR, FEW, NONE))
    return shown(chart, (600, chart.sizeHint().height()))


def image_of(theme, rows, scale=None):
    """The rows as they are drawn on any ground, for instance on paper."""
    painting = IntervalPainting(theme)
    used = coefficient_scale(rows) if scale is None else scale
    image = QImage(600, painting.size(rows, used).height() + 4, QImage.Format.Format_RGB32)
    image.fill(Qt.GlobalColor.white)
    painter = QPainter(image)
    painting.paint(painter, QRect(0, 0, image.width(), image.height()), rows, used)
    painter.end()
    return image


def dark_columns(image, lines):
    """Columns in which anything dark stands in these lines."""
    return [
        x
        for x in range(image.width())
        if any(image.pixelColor(x, y).lightness() < 100 for y in lines)
    ]


class TestScale:
    def test_coefficients_lie_between_0_and_1(self):
        scale = coefficient_scale((GOOD, POOR))
        assert (scale.low, scale.high) == (0.0, 1.0)

    def test_a_negative_value_makes_room_below_0_and_is_not_cut(self):
        below = IntervalRow(label="x", value=-0.2, low=-0.6, high=0.1, n=3)
        scale = coefficient_scale((GOOD, below))
        assert scale.low == -1.0
        assert scale.said(-0.2) == "−0.20"

    def test_no_rows_leave_the_usual_axis(self):
        assert coefficient_scale(()) == IntervalScale()

    def test_differences_reach_as_far_to_both_sides(self):
        scale = difference_scale((IntervalRow(label="x", value=0.4, low=-1.3, high=0.9, n=7),))
        assert (scale.low, scale.high) == (-2, 2)
        assert 0.0 in scale.ticks

    def test_differences_carry_their_sign(self):
        scale = difference_scale((GOOD,))
        assert [scale.said(value) for value in (0.9, -0.5, 0.0, -0.01)] == [
            "+0.9",
            "−0.5",
            "0.0",
            "0.0",
        ]


class TestRow:
    def test_below_its_criterion_it_misses_it(self):
        assert POOR.misses_criterion
        assert not GOOD.misses_criterion

    def test_an_undefined_value_misses_nothing(self):
        row = IntervalRow(label="x", value=None, criterion=0.7, words="undefined")
        assert not row.misses_criterion

    def test_too_few_cases_are_a_word(self):
        assert count_words(FEW) == "6, few"
        assert count_words(NONE) == "1,260"

    def test_it_is_spoken_with_interval_n_and_criterion(self):
        words = row_words(GOOD, IntervalScale())
        assert words == "Contact, 0.88, from 0.74 to 0.97, n = 24, criterion 0.70"

    def test_an_undefined_one_is_spoken_with_its_reason(self):
        assert row_words(NONE, IntervalScale()) == (
            "Distress, undefined (one code used), n = 1,260"
        )


class TestPainting:
    def test_a_row_below_its_criterion_has_another_shape_not_only_colour(self, theme):
        plain = IntervalRow(label="Resistance", value=0.62, low=0.3, high=0.83, n=24)
        grey = [
            image_of(theme, (row,)).convertToFormat(QImage.Format.Format_Grayscale8)
            for row in (POOR, plain)
        ]
        assert grey[0] != grey[1]

    def test_a_shorter_interval_is_drawn_shorter(self, theme):
        short = IntervalRow(label="Contact", value=0.88, low=0.86, high=0.9, n=24, criterion=0.7)
        assert image_of(theme, (GOOD,)) != image_of(theme, (short,))

    def test_an_interval_beyond_the_axis_stays_within_the_picture(self, theme):
        wide = IntervalRow(label="x", value=0.5, low=-7.0, high=9.0, n=2)
        assert not image_of(theme, (wide,), IntervalScale()).isNull()

    def test_few_cases_are_an_open_dot(self, theme):
        full = IntervalRow(label="Gaze", value=0.5, low=0.1, high=0.9, n=6)
        assert image_of(theme, (FEW,)) != image_of(theme, (full,))

    def test_rows_that_are_scaled_for_paper_keep_their_places(self, theme):
        painting = IntervalPainting(theme)
        rows, scale = (GOOD, POOR), IntervalScale()
        small, large = image_of(theme, rows), QImage(1200, 400, QImage.Format.Format_RGB32)
        large.fill(Qt.GlobalColor.white)
        painter = QPainter(large)
        painter.scale(2, 2)
        painting.paint(painter, QRect(0, 0, 600, small.height()), rows, scale)
        painter.end()
        one, two = dark_columns(small, range(20, 44)), dark_columns(large, range(40, 88))
        assert abs(max(two) - 2 * max(one)) <= 6
        assert abs(min(two) - 2 * min(one)) <= 6


class TestChart:
    def test_arrows_walk_the_rows_and_say_them(self, axis):
        axis.setFocus()
        QTest.keyClick(axis, Qt.Key.Key_Down)
        assert axis.current == 1
        assert axis.accessibleDescription().startswith("Resistance, 0.62")

    def test_the_walk_ends_at_both_ends(self, axis):
        QTest.keyClick(axis, Qt.Key.Key_Up)
        assert axis.current == 0
        for _ in range(9):
            QTest.keyClick(axis, Qt.Key.Key_Down)
        assert axis.current == 3

    def test_enter_chooses_the_current_row(self, axis, qtbot):
        QTest.keyClick(axis, Qt.Key.Key_Down)
        with qtbot.waitSignal(axis.row_chosen) as chosen:
            QTest.keyClick(axis, Qt.Key.Key_Return)
        assert chosen.args == [1]

    def test_a_click_chooses_the_row_under_it(self, axis, qtbot):
        with qtbot.waitSignal(axis.row_chosen) as chosen:
            QTest.mouseClick(axis, Qt.MouseButton.LeftButton, pos=QPoint(200, axis.height() - 12))
        assert chosen.args == [3]

    def test_a_click_on_the_numbers_of_the_axis_chooses_nothing(self, axis, qtbot):
        with qtbot.assertNotEmitted(axis.row_chosen):
            QTest.mouseClick(axis, Qt.MouseButton.LeftButton, pos=QPoint(200, 6))

    def test_the_pointer_is_told_the_whole_row(self, axis):
        at = QPoint(200, axis.height() - 12)
        event = QHelpEvent(QEvent.Type.ToolTip, at, axis.mapToGlobal(at))
        QApplication.sendEvent(axis, event)
        assert QToolTip.text() == axis.words_of(3)
        QToolTip.hideText()

    def test_fewer_rows_move_the_current_one_into_them(self, axis):
        for _ in range(3):
            QTest.keyClick(axis, Qt.Key.Key_Down)
        axis.show_rows((GOOD,))
        assert axis.current == 0
        assert axis.accessibleDescription().startswith("Contact")

    def test_without_rows_it_says_so_and_keys_do_nothing(self, theme, qtbot):
        chart = IntervalAxis(theme, "Reliability")
        qtbot.addWidget(chart)
        QTest.keyClick(chart, Qt.Key.Key_Down)
        assert chart.accessibleDescription() == "no figures"

    def test_every_row_adds_to_its_height(self, theme, qtbot):
        chart = IntervalAxis(theme, "Reliability")
        qtbot.addWidget(chart)
        chart.show_rows((GOOD,))
        low = chart.sizeHint().height()
        chart.show_rows((GOOD, POOR))
        assert chart.sizeHint().height() > low
