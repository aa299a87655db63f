"""The strip of pictures: which are shown, and where."""

import pytest
from PySide6.QtCore import QRect
from PySide6.QtGui import QColor, QImage, QPainter

from ssp_coder.ui.timeline.strip import PictureStrip, SmallPicture
from ssp_coder.ui.timeline.time_scale import TimeScale

SECOND = 1_000_000
LANE = QRect(0, 0, 400, 42)


def shade(number):
    return QColor(10 + number * 5, 40, 200)


def picture(number, seconds=None):
    image = QImage(160, 90, QImage.Format.Format_RGB888)
    image.fill(shade(number))
    return SmallPicture(at_us=round((number if seconds is None else seconds) * SECOND), image=image)


def strip_of(*seconds):
    strip = PictureStrip()
    for number, at in enumerate(seconds):
        strip.add(picture(number, at))
    return strip


def scale(start=0, length=100):
    return TimeScale(start_us=start * SECOND, length_us=length * SECOND, left=0, width=400)


def painted(qapp, strip, view):
    image = QImage(LANE.size(), QImage.Format.Format_RGB32)
    image.fill(QColor("white"))
    painter = QPainter(image)
    painter.setClipRect(LANE)
    strip.paint(painter, LANE, view)
    painter.end()
    return image


def seen(image, x):
    return image.pixelColor(x, 20).name()


class TestFinding:
    def test_the_nearest_picture_may_be_earlier_or_later(self):
        strip = strip_of(10, 20, 30)
        assert [strip.nearest(t * SECOND).at_us // SECOND for t in (0, 14, 16, 99)] == [
            10, 10, 20, 30,
        ]  # fmt: skip

    def test_of_two_equally_near_the_earlier_is_taken(self):
        assert strip_of(10, 20).nearest(15 * SECOND).at_us == 10 * SECOND

    def test_without_pictures_there_is_none(self):
        assert PictureStrip().nearest(5) is None

    def test_pictures_may_come_in_any_order(self):
        strip = strip_of(30, 10, 20)
        assert [strip.nearest(t * SECOND).at_us // SECOND for t in (10, 20, 30)] == [10, 20, 30]

    def test_a_picture_of_the_same_moment_replaces_the_first(self, qapp):
        strip = strip_of(10)
        painted(qapp, strip, scale())
        strip.add(picture(7, 10))
        assert len(strip) == 1
        assert seen(painted(qapp, strip, scale()), 50) == shade(7).name()

    def test_a_camera_placed_elsewhere_takes_its_pictures_along(self):
        strip = strip_of(10, 20)
        strip.shift(-4 * SECOND)
        assert strip.nearest(0).at_us == 6 * SECOND
        assert len(strip) == 2

    def test_cleared_it_holds_nothing(self):
        strip = strip_of(10)
        strip.clear()
        assert len(strip) == 0
        assert strip.nearest(10) is None


class TestChosen:
    def test_there_is_at_most_one_picture_for_each_slot(self):
        strip = strip_of(*range(100))
        chosen = strip.chosen(scale(), 10 * SECOND)
        assert [one.at_us // SECOND for one in chosen] == list(range(0, 100, 10))

    def test_scrolling_changes_no_picture_that_stays_in_view(self):
        strip = strip_of(*range(0, 300, 3))
        chosen = {
            start: {one.at_us for one in strip.chosen(scale(start), 10 * SECOND)}
            for start in range(100, 110)
        }
        inside = range(115 * SECOND, 195 * SECOND)
        kept = {frozenset(at for at in times if at in inside) for times in chosen.values()}
        assert len(kept) == 1

    def test_the_picture_before_the_view_is_among_them(self):
        strip = strip_of(0, 40, 90)
        chosen = strip.chosen(scale(50, 20), 5 * SECOND)
        assert [one.at_us // SECOND for one in chosen] == [40]


class TestPainting:
    def test_each_picture_begins_at_its_moment(self, qapp):
        image = painted(qapp, strip_of(10, 60), scale())
        white = QColor("white").name()
        assert [seen(image, x) for x in (36, 44)] == [white, shade(0).name()]
        assert [seen(image, x) for x in (236, 244)] == [white, shade(1).name()]

    def test_a_picture_ends_where_the_next_begins(self, qapp):
        image = painted(qapp, strip_of(15, 22), scale())
        assert seen(image, 61) == shade(0).name()
        assert seen(image, 90) == shade(1).name()

    def test_the_picture_from_before_the_view_stands_at_its_edge(self, qapp):
        image = painted(qapp, strip_of(0, 90), scale(50, 50))
        assert seen(image, 3) == shade(0).name()
        assert seen(image, 200) == QColor("white").name()

    def test_without_pictures_nothing_is_painted(self, qapp):
        image = painted(qapp, PictureStrip(), scale())
        assert {seen(image, x) for x in range(0, 400, 9)} == {QColor("white").name()}

    @pytest.mark.parametrize("height", [12, 36, 46])
    def test_pictures_keep_their_shape_at_any_height_of_the_lane(self, qapp, height):
        image = QImage(400, height, QImage.Format.Format_RGB32)
        image.fill(QColor("white"))
        painter = QPainter(image)
        strip_of(10).paint(painter, QRect(0, 0, 400, height), scale())
        painter.end()
        inked = [x for x in range(400) if image.pixelColor(x, height // 2) != QColor("white")]
        assert len(inked) == pytest.approx((height - 2) * 16 / 9, abs=2)
