"""Laws of the axes of intervals and differences, and how they look at their edges."""

from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as some
from PySide6.QtCore import QEvent, QPoint, QRect, QSize, Qt
from PySide6.QtGui import QHelpEvent, QImage, QPainter
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QToolTip

from ssp_coder.agreement.bland_altman import bland_altman
from ssp_coder.ui.agreement.bland_altman import BlandAltmanChart, Differences, ticks_to
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

GAZE = IntervalRow(label="Gaze", value=0.62, low=0.41, high=0.8, n=30)
LOST = IntervalRow(label="Cry", value=None, n=0, words="undefined (nothing to compare)")
ends = some.floats(-20, 20, allow_nan=False)


@some.composite
def interval_rows(draw):
    low, value, high = sorted(draw(some.tuples(ends, ends, ends)))
    if draw(some.booleans()):
        return IntervalRow(label="x", value=None, n=draw(some.integers(0, 9)), words="undefined")
    if draw(some.booleans()):
        return IntervalRow(label="x", value=value, n=1)
    return IntervalRow(label="x", value=value, low=low, high=high, n=draw(some.integers(1, 99)))


many_rows = some.lists(interval_rows(), max_size=8)


def drawn(theme, rows, scale=None, width=420):
    painting = IntervalPainting(theme)
    used = coefficient_scale(rows) if scale is None else scale
    image = QImage(width, painting.size(rows, used).height() + 4, QImage.Format.Format_RGB32)
    image.fill(theme.colour("panel"))
    painter = QPainter(image)
    painting.paint(painter, QRect(0, 0, width, image.height()), rows, used)
    painter.end()
    return image


@pytest.fixture(params=["light", "dark"])
def either_theme(request, theme, dark_theme):
    return theme if request.param == "light" else dark_theme


@pytest.fixture
def axis(theme, qtbot):
    made = IntervalAxis(theme, "Kappa of time units")
    qtbot.addWidget(made)
    made.resize(460, 200)
    made.show_rows((GAZE, LOST))
    made.show()
    return made


class TestScales:
    @given(rows=many_rows)
    def test_coefficients_end_at_1_and_begin_in_half_steps_from_minus_1_to_0(self, rows):
        scale = coefficient_scale(rows)
        assert scale.high == 1.0
        assert -1.0 <= scale.low <= 0.0
        assert (2 * scale.low).is_integer()

    @given(rows=many_rows)
    def test_its_numbers_begin_and_end_with_the_axis(self, rows):
        scale = coefficient_scale(rows)
        assert (scale.ticks[0], scale.ticks[-1]) == (scale.low, scale.high)
        assert 0.0 in scale.ticks

    @given(rows=many_rows)
    def test_no_coefficient_above_minus_1_lies_left_of_the_axis(self, rows):
        low = coefficient_scale(rows).low
        values = [row.value for row in rows if row.value is not None]
        assert all(value >= low for value in values if value >= -1)

    @given(rows=many_rows)
    def test_every_difference_lies_on_its_axis(self, rows):
        scale = difference_scale(rows)
        reached = [v for row in rows for v in (row.value, row.low, row.high) if v is not None]
        assert scale.low == -scale.high
        assert all(scale.low <= value <= scale.high for value in reached)

    @given(rows=many_rows)
    def test_numbers_of_differences_are_few_mirrored_and_hold_0(self, rows):
        ticks = difference_scale(rows).ticks
        assert 0.0 in ticks
        assert 3 <= len(ticks) <= 7
        assert [-tick for tick in reversed(ticks)] == list(ticks)

    @given(value=some.floats(-99, 99, allow_nan=False), decimals=some.integers(0, 3))
    def test_a_value_of_nothing_has_no_sign_and_others_have_theirs(self, value, decimals):
        said = IntervalScale(signed=True, decimals=decimals).said(value)
        rounded = round(value, decimals)
        sign = "" if not rounded else "+" if rounded > 0 else "−"
        assert "-" not in said
        assert said.startswith(sign)
        assert (said[0] in "+−") == bool(rounded)

    @given(reach=some.integers(0, 60))
    def test_0_is_among_the_differences_that_are_written_whatever_the_reach(self, reach):
        ticks = ticks_to(reach)
        assert 0 in ticks
        assert len(ticks) <= 11
        assert max(ticks) == -min(ticks) <= reach
        assert reach - max(ticks) < max(1, reach // 3)


class TestWords:
    @given(row=interval_rows())
    def test_a_row_always_says_its_name_and_n_and_never_none(self, row):
        said = row_words(row, coefficient_scale((row,)))
        assert said.startswith("x, ")
        assert f"n = {row.n}" in said
        assert "None" not in said

    def test_a_note_comes_last(self):
        said = row_words(replace(GAZE, note="a convention"), IntervalScale())
        assert said == "Gaze, 0.62, from 0.41 to 0.80, n = 30, a convention"

    def test_words_of_its_own_stand_for_the_value(self):
        said = row_words(replace(GAZE, words="62 %"), IntervalScale())
        assert said.startswith("Gaze, 62 %, from 0.41")

    def test_in_german_it_is_german(self, in_german):
        said = row_words(replace(GAZE, criterion=0.7), IntervalScale())
        assert "criterion" not in said
        assert "from" not in said
        assert count_words(replace(GAZE, few=True)) != "30, few"

    @pytest.mark.parametrize(
        ("value", "misses"), [(0.69999, True), (0.7, False), (0.71, False), (-1.0, True)]
    )
    def test_what_just_reaches_its_criterion_has_reached_it(self, value, misses):
        row = IntervalRow(label="x", value=value, criterion=0.7, n=3)
        assert row.misses_criterion is misses


class TestPainting:
    @given(rows=many_rows)
    def test_any_rows_are_drawn_without_a_fault(self, rows):
        from ssp_coder.ui.theme.theme import Theme
        from ssp_coder.ui.theme.tokens import Scheme

        assert not drawn(Theme(Scheme.LIGHT), rows).isNull()

    def test_both_schemes_draw_them_in_their_own_ink(self, theme, dark_theme):
        assert drawn(theme, (GAZE,)) != drawn(dark_theme, (GAZE,))

    def test_a_name_longer_than_its_place_leaves_the_axis_its_own(self, either_theme):
        long = replace(GAZE, label="proximity and contact seeking toward the caregiver " * 5)
        other = replace(long, value=0.2, low=0.1, high=0.3)
        assert drawn(either_theme, (long,), width=700) != drawn(either_theme, (other,), width=700)

    def test_a_place_far_too_narrow_is_no_fault(self, either_theme):
        assert not drawn(either_theme, (GAZE, LOST), width=30).isNull()

    def test_an_undefined_row_has_words_and_no_dot(self, either_theme):
        silent = replace(LOST, words="")
        assert drawn(either_theme, (LOST,)) != drawn(either_theme, (silent,))
        assert drawn(either_theme, (silent,)) != drawn(either_theme, (replace(silent, value=0.0),))

    def test_more_rows_take_more_room_and_none_only_the_head(self, theme):
        painting = IntervalPainting(theme)
        heights = [
            painting.size((GAZE,) * count, IntervalScale()).height() for count in (0, 1, 2, 40)
        ]
        assert heights[0] == painting.head_height
        assert heights[3] - heights[0] == 40 * (heights[1] - heights[0])

    @pytest.mark.parametrize("row", [0, 1, 7])
    def test_a_row_is_found_at_its_height(self, theme, row):
        painting = IntervalPainting(theme)
        middle = painting.head_height + (row + 0.5) * painting.row_height
        assert painting.row_at(middle) == row
        assert painting.row_at(middle + 12.0, 12.0) == row


class TestChart:
    def test_a_click_below_the_last_row_chooses_nothing(self, axis, qtbot):
        with qtbot.assertNotEmitted(axis.row_chosen):
            QTest.mouseClick(axis, Qt.MouseButton.LeftButton, pos=QPoint(200, 190))

    def test_a_tip_outside_the_rows_is_none(self, axis):
        at = QPoint(200, 190)
        event = QHelpEvent(QEvent.Type.ToolTip, at, axis.mapToGlobal(at))
        QApplication.sendEvent(axis, event)
        assert QToolTip.text() == ""

    def test_the_keyboard_sees_where_it_is(self, axis, qtbot):
        axis.activateWindow()
        qtbot.waitUntil(axis.isActiveWindow)
        axis.setFocus()
        first = axis.grab().toImage()
        QTest.keyClick(axis, Qt.Key.Key_Down)
        assert axis.grab().toImage() != first

    def test_an_undefined_row_is_walked_to_and_says_why(self, axis):
        QTest.keyClick(axis, Qt.Key.Key_Down)
        assert axis.accessibleDescription() == "Cry, undefined (nothing to compare), n = 0"

    def test_other_keys_are_left_to_the_window(self, axis, qtbot):
        with qtbot.assertNotEmitted(axis.row_chosen):
            QTest.keyClick(axis, Qt.Key.Key_X)
        assert axis.current == 0

    def test_rows_taken_away_leave_nothing_to_choose(self, axis, qtbot):
        axis.show_rows(())
        with qtbot.assertNotEmitted(axis.row_chosen):
            QTest.keyClick(axis, Qt.Key.Key_Return)
        assert axis.rows == ()
        assert axis.accessibleDescription() == "no figures"

    def test_another_scheme_paints_it_anew(self, axis, theme):
        from ssp_coder.ui.theme.tokens import Scheme

        before = axis.grab().toImage()
        theme.set_scheme(Scheme.DARK)
        assert axis.grab().toImage() != before

    def test_it_never_asks_for_less_room_than_its_rows_need(self, axis):
        assert axis.minimumSizeHint().height() == axis.sizeHint().height()
        assert axis.minimumSizeHint().width() <= axis.sizeHint().width()


class TestDifferences:
    @pytest.fixture
    def chart(self, theme, qtbot):
        made = BlandAltmanChart(theme)
        qtbot.addWidget(made)
        made.resize(QSize(420, 260))
        return made

    @staticmethod
    def of(*pairs, ends=(1.0, 7.0)):
        firsts, seconds = ([pair[side] for pair in pairs] for side in (0, 1))
        return Differences(
            name="Avoidance", ends=ends, pairs=pairs, figures=bland_altman(firsts, seconds)
        )

    @staticmethod
    def line_at_zero(chart, theme):
        """Whether anything is drawn at the height of no difference, beside the marks."""
        image = chart.grab().toImage()
        x, middle = theme.px(36) + 3, (theme.px(10) + image.height() - theme.px(36)) // 2
        ground = image.pixelColor(1, 1)
        return any(image.pixelColor(x, middle + near) != ground for near in (-1, 0, 1))

    @pytest.mark.parametrize("spread", [1.0, 2.5, 3.2, 4.4, 6.0])
    def test_the_line_of_no_difference_is_there_however_far_the_limits_lie(
        self, chart, theme, spread
    ):
        pairs = ((1.0, 1.0 + spread), (7.0, 7.0 - spread), (2.0, 2.0 + spread))
        chart.show_differences(self.of(*pairs))
        assert self.line_at_zero(chart, theme)

    def test_one_case_has_a_bias_and_no_limits(self, chart):
        chart.show_differences(self.of((3.0, 4.0)))
        assert chart.words() == "Avoidance: bias +1.00, limits of agreement – to –, n = 1"
        assert not chart.grab().isNull()

    def test_no_case_at_all_is_no_fault(self, chart):
        chart.show_differences(self.of())
        assert "n = 0" in chart.words()
        assert not chart.grab().isNull()

    def test_wholly_equal_ratings_have_no_sign(self, chart):
        chart.show_differences(self.of((2.0, 2.0), (5.0, 5.0)))
        assert "bias 0.00, limits of agreement 0.00 to 0.00" in chart.words()

    def test_cases_on_one_place_are_told_from_one_case(self, chart):
        chart.show_differences(self.of((2.0, 3.0), (4.0, 4.0)))
        single = chart.grab().toImage()
        shown = self.of((2.0, 3.0), (4.0, 4.0))
        chart.show_differences(replace(shown, pairs=(*shown.pairs, (2.0, 3.0))))
        assert chart.grab().toImage() != single

    @pytest.mark.parametrize("ends", [(0.0, 0.0), (1.0, 9.0), (0.0, 1.0)])
    def test_scales_of_any_length_are_drawn(self, chart, ends):
        chart.show_differences(self.of((0.0, 0.0), (1.0, 0.5), ends=ends))
        assert not chart.grab().isNull()

    def test_the_pointer_and_the_ear_are_told_the_same(self, chart):
        chart.show_differences(self.of((2.0, 3.0), (4.0, 4.0)))
        assert chart.toolTip() == chart.accessibleDescription() == chart.words()
