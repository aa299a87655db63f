"""Covers in the picture: drawn, chosen, moved and resized."""

from __future__ import annotations

import numpy as np
import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QImage

from ssp_coder.media.frame import Picture
from ssp_coder.media.motion import Region
from ssp_coder.ui.faces.picture import Box, CoverPicture
from tests.fixtures.face_films import Disc, room_with

FACE = Region(left=0.25, top=0.25, width=0.25, height=0.25)
LEFT = Qt.MouseButton.LeftButton


def frame(ordinal: int = 3) -> Picture:
    rgb = room_with((Disc(x=120, y=67, radius=20),))
    return Picture(ordinal=ordinal, pts_us=0, rgb=rgb)


@pytest.fixture
def picture(theme, qtbot):
    """400 x 225 points: one point of the picture is a 400th of its width."""
    widget = CoverPicture(theme)
    qtbot.addWidget(widget)
    widget.resize(400, 225)
    widget.show()
    widget.show_picture(frame(), (Box(number=1, region=FACE),))
    qtbot.waitExposed(widget)
    return widget


def heard(signal):
    found = []
    signal.connect(lambda *values: found.append(values))
    return found


def drag(qtbot, widget, start: tuple[int, int], end: tuple[int, int]) -> None:
    qtbot.mousePress(widget, LEFT, pos=QPoint(*start))
    qtbot.mouseMove(widget, QPoint(*end))
    qtbot.mouseRelease(widget, LEFT, pos=QPoint(*end))


def pixels(widget) -> np.ndarray:
    image = widget.grab().toImage().convertToFormat(QImage.Format.Format_RGB888)
    flat = np.frombuffer(image.constBits(), np.uint8).copy()
    return flat.reshape(image.height(), image.bytesPerLine())[:, : 3 * image.width()].reshape(
        image.height(), image.width(), 3
    )


def fine_lines(widget) -> int:
    inside = pixels(widget)[70:100, 135:165, 0].astype(int)
    return int(np.abs(np.diff(inside, axis=1)).max())


def test_what_is_covered_is_shown_as_in_the_clip_or_outlined_only(picture) -> None:
    covered = fine_lines(picture)
    picture.set_blurred(False)
    assert covered < 10
    assert fine_lines(picture) > 30


def test_the_frame_on_the_screen_is_told_once(picture, qtbot) -> None:
    painted = heard(picture.painted)
    picture.show_picture(frame(8), ())
    qtbot.waitUntil(lambda: painted == [(8,)])
    picture.show_boxes((), None)
    picture.repaint()
    assert painted == [(8,)]
    assert picture.ordinal == 8


def test_dragging_on_the_ground_draws_a_box(picture, qtbot) -> None:
    drawn, chosen = heard(picture.box_drawn), heard(picture.box_chosen)
    drag(qtbot, picture, (300, 180), (240, 135))
    ((region,),) = drawn
    assert (region.left, region.top) == pytest.approx((0.6, 0.6))
    assert (region.width, region.height) == pytest.approx((0.15, 0.2))
    assert chosen == [(None,)]


def test_a_box_drawn_beyond_the_picture_ends_at_its_edge(picture, qtbot) -> None:
    drawn = heard(picture.box_drawn)
    drag(qtbot, picture, (300, 180), (900, 900))
    ((region,),) = drawn
    assert region.left + region.width == pytest.approx(1)
    assert region.top + region.height == pytest.approx(1)


def test_a_mere_click_draws_nothing(picture, qtbot) -> None:
    drawn = heard(picture.box_drawn)
    qtbot.mouseClick(picture, LEFT, pos=QPoint(300, 180))
    drag(qtbot, picture, (300, 180), (302, 181))
    assert drawn == []


def test_dragging_a_box_moves_it(picture, qtbot) -> None:
    placed, chosen = heard(picture.box_placed), heard(picture.box_chosen)
    drag(qtbot, picture, (150, 84), (190, 84 + 45))
    ((number, region),) = placed
    assert number == 1
    assert (region.left, region.top) == pytest.approx((0.35, 0.45))
    assert (region.width, region.height) == pytest.approx((0.25, 0.25))
    assert chosen == [(1,)]


def test_a_corner_of_the_chosen_box_resizes_it(picture, qtbot) -> None:
    picture.show_boxes((Box(number=1, region=FACE),), 1)
    placed = heard(picture.box_placed)
    drag(qtbot, picture, (200, 112), (240, 135))
    ((_, region),) = placed
    assert (region.left, region.top) == pytest.approx((0.25, 0.25))
    assert (region.width, region.height) == pytest.approx((0.35, 0.35), abs=0.005)


def test_of_two_boxes_the_smaller_one_is_taken(picture, qtbot) -> None:
    whole = Box(number=7, region=Region(left=0, top=0, width=1, height=1))
    picture.show_boxes((whole, Box(number=1, region=FACE)), None)
    chosen = heard(picture.box_chosen)
    qtbot.mouseClick(picture, LEFT, pos=QPoint(150, 84))
    qtbot.mouseClick(picture, LEFT, pos=QPoint(350, 200))
    assert chosen == [(1,), (7,)]


def test_a_box_that_vanishes_while_it_is_held_is_let_go(picture, qtbot) -> None:
    placed = heard(picture.box_placed)
    qtbot.mousePress(picture, LEFT, pos=QPoint(150, 84))
    qtbot.mouseMove(picture, QPoint(170, 90))
    picture.show_boxes((), None)
    qtbot.mouseRelease(picture, LEFT, pos=QPoint(180, 95))
    assert placed == []


def test_another_picture_does_not_take_the_box_out_of_the_hand(picture, qtbot) -> None:
    drawn = heard(picture.box_drawn)
    qtbot.mousePress(picture, LEFT, pos=QPoint(300, 180))
    qtbot.mouseMove(picture, QPoint(260, 160))
    picture.show_picture(frame(4), (Box(number=1, region=FACE),))
    qtbot.mouseMove(picture, QPoint(240, 135))
    qtbot.mouseRelease(picture, LEFT, pos=QPoint(240, 135))
    assert len(drawn) == 1


def test_another_button_does_nothing(picture, qtbot) -> None:
    chosen = heard(picture.box_chosen)
    qtbot.mouseClick(picture, Qt.MouseButton.RightButton, pos=QPoint(150, 84))
    assert chosen == []


def test_the_chosen_box_is_moved_and_resized_by_steps(picture) -> None:
    placed = heard(picture.box_placed)
    picture.nudge(1, 0)
    assert placed == []  # none is chosen
    picture.show_boxes((Box(number=1, region=FACE),), 1)
    picture.nudge(2, -1)
    picture.grow(4, 0)
    (_, moved), (_, grown) = placed
    assert (moved.left, moved.top) == pytest.approx((0.27, 0.24))
    assert (grown.left, grown.width) == pytest.approx((0.23, 0.29))


def test_a_box_stays_within_the_picture(picture) -> None:
    picture.show_boxes((Box(number=1, region=FACE),), 1)
    placed = heard(picture.box_placed)
    picture.nudge(-90, 90)
    ((_, region),) = placed
    assert (region.left, region.top) == (0, 0.75)


def test_how_many_covers_there_are_is_told_to_screen_readers(picture) -> None:
    assert picture.accessibleDescription() == "Covers: 1"
    picture.show_boxes((), None)
    assert picture.accessibleDescription() == "Covers: 0"


def test_words_are_shown_in_place_of_a_picture(theme, qtbot) -> None:
    widget = CoverPicture(theme)
    qtbot.addWidget(widget)
    widget.resize(400, 225)
    dark = pixels(widget).max()
    widget.show_words("This frame is damaged")
    assert pixels(widget).max() > dark
    assert widget.ordinal is None
