"""The chart of a statistic over cases: its dots, its band, its line, its words."""

from __future__ import annotations

import pytest
from PySide6.QtCore import QPoint, QRectF, Qt
from PySide6.QtGui import QAccessible, QColor, QImage, QPainter
from PySide6.QtTest import QTest

from ssp_coder.agreement.wilson import wilson
from ssp_coder.training.curves import learning_curve
from ssp_coder.training.drift import agreement_chart, bias_chart, drift_setup
from ssp_coder.training.measures import Measure, Statistic
from ssp_coder.ui.training.curve_chart import CurveChart, CurveDot, CurvePainting, CurvePicture
from ssp_coder.ui.training.progress_words import (
    chart_picture,
    chart_state,
    chart_title,
    curve_line,
    curve_picture,
    limit_lines,
)
from tests.fixtures.training_figures import THREE, classed, classes

SHARE = Measure(statistic=Statistic.CLASS_SHARE, level=THREE)
KAPPA = Measure(statistic=Statistic.CLASS_KAPPA, level=THREE)
AREA = QRectF(0, 0, 400, 160)


def dots(*values: float | None, **fields: object) -> tuple[CurveDot, ...]:
    return tuple(
        CurveDot(value=value, words=f"case {n}", **fields) for n, value in enumerate(values, 1)
    )


def drawn(theme, picture: CurvePicture) -> QImage:
    image = QImage(400, 160, QImage.Format.Format_RGB32)
    image.fill(QColor(theme.tokens.panel))
    painter = QPainter(image)
    CurvePainting(theme).paint(painter, AREA, picture)
    painter.end()
    return image


def ink_at(theme, image: QImage, picture: CurvePicture, place: int, value: float) -> str:
    painting = CurvePainting(theme)
    at = painting.at(painting.plot(AREA, picture), picture, place, value).toPoint()
    return image.pixelColor(at).name()


class TestPicture:
    def test_a_dot_stands_at_its_value(self, theme):
        picture = CurvePicture(dots=dots(0.2, 0.8))
        image = drawn(theme, picture)
        ink = theme.colour("text").name()
        assert ink_at(theme, image, picture, 0, 0.2) == ink
        assert ink_at(theme, image, picture, 1, 0.8) == ink
        assert ink_at(theme, image, picture, 0, 0.9) != ink

    def test_a_repeat_is_hollow(self, theme):
        picture = CurvePicture(dots=dots(0.5, hollow=True))
        assert ink_at(theme, drawn(theme, picture), picture, 0, 0.5) == theme.colour("panel").name()

    def test_an_alarm_has_another_shape_and_colour(self, theme):
        plain = CurvePicture(dots=dots(0.5))
        marked = CurvePicture(dots=dots(0.5, marked=True))
        assert drawn(theme, plain) != drawn(theme, marked)
        assert ink_at(theme, drawn(theme, marked), marked, 0, 0.5) == theme.colour("warn").name()

    def test_the_band_lies_between_the_ends_of_the_interval(self, theme):
        picture = CurvePicture(dots=dots(0.9, 0.9, low=0.3, high=0.95))
        image = drawn(theme, picture)
        band = theme.colour("hover").name()
        painting = CurvePainting(theme)
        plot = painting.plot(AREA, picture)
        middle = QPoint(round(plot.center().x()), 0)
        inside = painting.at(plot, picture, 0, 0.6).toPoint().y()
        outside = painting.at(plot, picture, 0, 0.1).toPoint().y()
        assert image.pixelColor(middle.x(), inside).name() == band
        assert image.pixelColor(middle.x(), outside).name() != band

    def test_the_criterion_is_a_line(self, theme):
        assert drawn(theme, CurvePicture(dots=dots(0.5))) != drawn(
            theme, CurvePicture(dots=dots(0.5), criterion=0.8)
        )

    def test_a_repeat_is_passed_over_by_the_line(self, theme):
        painting = CurvePainting(theme)
        picture = CurvePicture(
            dots=(*dots(0.9), *dots(0.1, hollow=True), *dots(0.9)),
        )
        image = drawn(theme, picture)
        plot = painting.plot(AREA, picture)
        over = painting.at(plot, picture, 1, 0.9).toPoint()
        assert image.pixelColor(over).name() == theme.colour("text").name()

    def test_a_case_without_a_value_parts_the_line(self, theme):
        picture = CurvePicture(dots=dots(0.9, None, 0.9))
        image = drawn(theme, picture)
        assert ink_at(theme, image, picture, 1, 0.9) != theme.colour("text").name()

    @pytest.mark.parametrize("picture", [CurvePicture(), CurvePicture(dots=dots(None))])
    def test_nothing_is_drawn_without_trouble(self, theme, picture):
        drawn(theme, picture)

    def test_a_value_beyond_the_axis_stands_at_its_end(self, theme):
        painting = CurvePainting(theme)
        picture = CurvePicture(dots=dots(3.0))
        plot = painting.plot(AREA, picture)
        assert painting.at(plot, picture, 0, 3.0).y() == plot.top()


class TestWidget:
    @pytest.fixture
    def chart(self, theme, qtbot):
        chart = CurveChart(theme, "Share alike")
        qtbot.addWidget(chart)
        chart.resize(400, 150)
        chart.show_picture(CurvePicture(dots=dots(0.2, 0.5, 0.9)))
        chart.show()
        chart.setFocus()
        return chart

    def test_it_speaks_the_last_case_first(self, chart):
        assert (chart.accessibleName(), chart.accessibleDescription()) == ("Share alike", "case 3")

    def test_left_and_right_walk_the_cases(self, chart):
        QTest.keyClick(chart, Qt.Key.Key_Left)
        QTest.keyClick(chart, Qt.Key.Key_Left)
        assert chart.accessibleDescription() == "case 2"
        QTest.keyClick(chart, Qt.Key.Key_Right)
        assert chart.accessibleDescription() == "case 3"

    def test_the_walk_ends_at_the_ends(self, chart):
        for _ in range(9):
            QTest.keyClick(chart, Qt.Key.Key_Left)
        assert chart.current == 0
        for _ in range(9):
            QTest.keyClick(chart, Qt.Key.Key_Right)
        assert chart.current == 2

    def test_a_click_goes_to_the_case_below(self, chart, qtbot):
        qtbot.mouseClick(chart, Qt.MouseButton.LeftButton, pos=QPoint(chart.width() // 2, 60))
        assert chart.current == 1

    def test_a_shorter_curve_forgets_a_case_that_is_gone(self, chart):
        QTest.keyClick(chart, Qt.Key.Key_Left)
        chart.show_picture(CurvePicture(dots=dots(0.4)))
        assert chart.current is None
        chart.grab()

    def test_without_a_case_it_says_so(self, chart):
        chart.show_picture(CurvePicture())
        assert chart.accessibleDescription() == "no case yet"
        QTest.keyClick(chart, Qt.Key.Key_Left)
        chart.grab()

    def test_the_focus_can_be_seen(self, chart):
        with_ring = chart.grab().toImage()
        chart.clearFocus()
        assert chart.grab().toImage() != with_ring

    def test_it_is_a_chart_to_a_screen_reader(self, chart):
        interface = QAccessible.queryAccessibleInterface(chart)
        assert interface.role() == QAccessible.Role.Chart


class TestWhatACurveShows:
    def test_each_dot_has_the_interval_of_the_cases_up_to_it(self):
        last = curve_picture(learning_curve(SHARE, classes(2, 1))).dots[-1]
        assert (last.low, last.high) == wilson(2, 3)

    def test_a_repeat_stands_where_it_was_submitted_and_is_hollow(self):
        repeat = classed(
            "k1",
            "A",
            "A",
            of={"is_repeat": True, "attempt": 9, "submitted_at_utc": "2026-05-17T10:00:01.500Z"},
        )
        picture = curve_picture(learning_curve(SHARE, (*classes(2, 0), repeat)))
        assert [dot.hollow for dot in picture.dots] == [False, True, False]
        assert "not counted" in picture.dots[1].words

    def test_a_dot_says_case_stage_value_interval_and_n(self):
        words = curve_picture(learning_curve(SHARE, classes(2, 1))).dots[-1].words
        assert words == "case k3, Blind test: last 10 cases 0.67 (0.21 to 0.94), n = 3"

    def test_an_undefined_value_is_a_hole_that_says_why(self):
        (dot,) = curve_picture(learning_curve(KAPPA, (classed("k1", "A", "A"),))).dots
        assert dot.value is None
        assert "undefined" in dot.words

    def test_a_negative_statistic_has_room_below_nothing(self):
        wrong = tuple(classed(f"k{n}", *(("A", "B") if n % 2 else ("B", "A"))) for n in range(1, 7))
        picture = curve_picture(learning_curve(KAPPA, wrong))
        assert picture.low == -1
        assert picture.dots[-1].value == pytest.approx(-1)

    def test_the_line_below_the_title_says_where_the_curve_stands(self):
        words = curve_line(learning_curve(SHARE, classes(2, 1), criterion=0.8))
        assert words == "0.67 (0.21 to 0.94), n = 3; line 0.8"


class TestDriftCharts:
    def test_a_sum_is_drawn_against_where_it_alarms(self):
        setup = drift_setup()
        found = agreement_chart(setup.agreement, [(f"k{n}", False) for n in range(3)])
        picture = chart_picture(found)
        assert picture.criterion == setup.agreement.alarm
        assert picture.high > picture.criterion

    def test_an_alarm_is_marked_and_said(self):
        found = agreement_chart(drift_setup().agreement, [(f"k{n}", False) for n in range(5)])
        marked = [dot for dot in chart_picture(found).dots if dot.marked]
        assert marked
        assert all(dot.words.endswith("alarm") for dot in marked)

    def test_a_chart_says_whether_it_alarms_now_or_did(self):
        setup = drift_setup().agreement
        wrong = [(f"k{n}", False) for n in range(9)]
        alarmed = next(n for n in range(1, 9) if agreement_chart(setup, wrong[:n]).points[-1].alarm)
        assert "calibrate" in chart_state(agreement_chart(setup, wrong[:alarmed]))
        after = agreement_chart(setup, [*wrong[:alarmed], ("k20", True)])
        assert chart_state(after) == "alarms before: 1"
        assert chart_state(agreement_chart(setup, [("k1", True)])) == "no alarm"
        assert chart_state(agreement_chart(setup, ())) == "no case yet"

    def test_too_many_and_too_few_points_are_drawn_alike(self):
        setup = drift_setup().bias
        up = chart_picture(bias_chart(setup, [("k1", 1.0)]))
        down = chart_picture(bias_chart(setup, [("k1", -1.0)]))
        assert up.dots[0].value == down.dots[0].value > 0

    def test_without_a_scheme_a_scale_is_told_by_its_id(self):
        setup = drift_setup()
        assert chart_title(bias_chart(setup.bias, (), "near"), None) == "Lean of near"
        assert chart_title(agreement_chart(setup.agreement, ()), None) == "Agreement of the class"

    def test_what_the_charts_cannot_see_is_said(self):
        lines = limit_lines(drift_setup())
        assert "A fall from 90 % to 75 % agreement is caught within 20 cases 32 % of the time." in (
            lines
        )
        assert any("within 40 cases 72 %" in line for line in lines)
        assert sum("false alarm" in line for line in lines) == 2
