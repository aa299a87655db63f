from __future__ import annotations

import numpy as np
import pytest
from PySide6.QtCore import QSize
from PySide6.QtGui import QColor

from ssp_coder.domain.time import Micros
from ssp_coder.media.frame import Picture
from ssp_coder.ui.player.view import Moment, VideoView

GREEN = QColor(0, 200, 0)


def picture(ordinal=0, pts_us=0, width=64, height=36, colour=GREEN):
    pixels = np.empty((height, width, 3), dtype=np.uint8)
    pixels[:, :] = colour.red(), colour.green(), colour.blue()
    return Picture(ordinal=ordinal, pts_us=Micros(pts_us), rgb=pixels)


@pytest.fixture
def view(theme, qtbot):
    made = VideoView(theme)
    qtbot.addWidget(made)
    made.resize(400, 400)
    made.show()
    qtbot.waitExposed(made)
    return made


def colour_at(view, x, y):
    return view.grab().toImage().pixelColor(x, y)


def test_an_empty_view_is_the_colour_of_the_stage(view, theme):
    assert colour_at(view, 200, 200) == theme.colour("stage")


def test_a_wide_picture_stands_whole_between_bars(view, theme):
    view.show_picture(picture())
    assert colour_at(view, 200, 200) == GREEN
    assert colour_at(view, 3, 200) == GREEN
    assert colour_at(view, 396, 200) == GREEN
    for x, y in ((2, 2), (397, 2), (2, 397), (397, 397), (200, 80), (200, 320)):
        assert colour_at(view, x, y) == theme.colour("stage")


def test_a_tall_picture_has_bars_at_its_sides(view, theme):
    view.show_picture(picture(width=36, height=64))
    assert colour_at(view, 200, 3) == GREEN
    assert colour_at(view, 200, 396) == GREEN
    for x in (3, 80, 320, 396):
        assert colour_at(view, x, 200) == theme.colour("stage")


def test_a_picture_of_the_same_shape_fills_the_view(view):
    view.show_picture(picture(width=40, height=40))
    for x, y in ((2, 2), (397, 397), (200, 200)):
        assert colour_at(view, x, y) == GREEN


def test_the_moment_is_told_only_when_the_picture_was_painted(view, qtbot):
    told = []
    view.painted.connect(told.append)
    view.show_picture(picture(7, 280_000))
    assert view.moment is None
    assert told == []
    view.grab()
    assert view.moment == Moment(Micros(280_000), 7)
    assert told == [Moment(Micros(280_000), 7)]


def test_painting_the_same_picture_again_tells_nothing(view, qtbot):
    view.show_picture(picture(7, 280_000))
    view.grab()
    with qtbot.assertNotEmitted(view.painted):
        view.grab()


def test_a_picture_that_was_replaced_before_it_was_painted_is_never_a_moment(view):
    told = []
    view.painted.connect(told.append)
    view.show_picture(picture(7, 280_000))
    view.show_picture(picture(8, 320_000))
    view.grab()
    assert told == [Moment(Micros(320_000), 8)]


def test_a_screen_reader_hears_the_time_of_the_picture(view):
    view.show_picture(picture(25, 61_040_000))
    view.grab()
    assert view.accessibleDescription() == "1:01.040"
    assert view.accessibleName() == "Video"


def test_a_new_size_is_told_in_device_pixels(view, qtbot):
    with qtbot.waitSignal(view.size_changed) as told:
        view.resize(500, 300)
    ratio = view.devicePixelRatioF()
    assert told.args == [QSize(round(500 * ratio), round(300 * ratio))]
    assert view.pixels() == told.args[0]


def test_words_are_painted_in_place_of_a_picture(view, theme):
    empty = view.grab().toImage()
    view.show_words("The video S001.mp4 was not found")
    assert view.grab().toImage() != empty
    assert view.moment is None


def test_words_go_away_with_the_next_picture(view):
    view.show_picture(picture(1, 40_000))
    without = view.grab().toImage()
    view.show_words("not found")
    view.show_picture(picture(1, 40_000))
    assert view.grab().toImage() == without


def test_clear_forgets_picture_words_and_moment(view, theme):
    empty = view.grab().toImage()
    view.show_picture(picture(1, 40_000))
    view.grab()
    view.show_words("gone")
    view.clear()
    assert view.moment is None
    assert view.grab().toImage() == empty


def test_after_clear_the_same_frame_is_told_anew(view, qtbot):
    view.show_picture(picture(1, 40_000))
    view.grab()
    view.clear()
    with qtbot.waitSignal(view.painted) as told:
        view.show_picture(picture(1, 40_000))
        view.grab()
    assert told.args == [Moment(Micros(40_000), 1)]


def test_the_picture_is_never_smaller_than_can_be_coded(view, theme):
    view.resize(10, 10)
    assert view.width() >= theme.px(240)
    assert view.sizeHint().width() > view.minimumWidth()


def test_the_stage_is_dark_in_the_dark_scheme_too(dark_theme, qtbot):
    other = VideoView(dark_theme)
    qtbot.addWidget(other)
    other.resize(300, 200)
    assert colour_at(other, 150, 100) == dark_theme.colour("stage")
    assert dark_theme.colour("stage").lightness() < 80
