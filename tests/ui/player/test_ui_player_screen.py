"""Several pictures in one place."""

from __future__ import annotations

from itertools import combinations

import numpy as np
import pytest
from PySide6.QtCore import QPoint, QPointF, QRect, QRectF, Qt
from PySide6.QtGui import QWheelEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from ssp_coder.media.frame import Picture
from ssp_coder.ui.player.arrangement import Arrangement, places
from ssp_coder.ui.player.lens import Lens
from ssp_coder.ui.player.screen import Screen

ROOM = QRect(0, 0, 640, 480)
CORNERS = (
    Arrangement.BOTTOM_RIGHT,
    Arrangement.TOP_RIGHT,
    Arrangement.TOP_LEFT,
    Arrangement.BOTTOM_LEFT,
)


def laid_out(count, arrangement, active=0, room=ROOM):
    return places(room, tuple(range(count)), active, arrangement, 176)


@pytest.fixture
def screen(theme, qtbot):
    made = Screen(theme)
    qtbot.addWidget(made)
    made.resize(800, 600)
    made.show()
    return made


def picture(wide=160, high=90):
    return Picture(ordinal=0, pts_us=0, rgb=np.full((high, wide, 3), 90, np.uint8))


@pytest.mark.parametrize("arrangement", Arrangement)
def test_one_camera_has_all_the_room(arrangement):
    assert laid_out(1, arrangement) == {0: ROOM}


@pytest.mark.parametrize("arrangement", Arrangement)
@pytest.mark.parametrize("count", [2, 3, 4])
@pytest.mark.parametrize("room", [ROOM, QRect(0, 0, 240, 135), QRect(0, 0, 1600, 700)])
def test_every_camera_lies_whole_inside_the_room(count, arrangement, room):
    found = laid_out(count, arrangement, active=count - 1, room=room)
    assert set(found) == set(range(count))
    assert all(room.contains(rect) for rect in found.values())


@pytest.mark.parametrize("arrangement", Arrangement)
@pytest.mark.parametrize("count", [2, 3, 4])
def test_small_pictures_never_cover_each_other(count, arrangement):
    found = laid_out(count, arrangement, active=1)
    small = [rect for place, rect in found.items() if place != 1]
    assert not any(one.intersects(other) for one, other in combinations(small, 2))


@pytest.mark.parametrize("arrangement", [Arrangement.BESIDE, Arrangement.ALIKE])
@pytest.mark.parametrize("count", [2, 3, 4])
def test_nothing_covers_the_large_picture_when_they_lie_beside_it(count, arrangement):
    found = laid_out(count, arrangement)
    assert not any(found[0].intersects(rect) for place, rect in found.items() if place)


@pytest.mark.parametrize("arrangement", CORNERS)
def test_in_a_corner_the_large_one_keeps_all_the_room(arrangement):
    found = laid_out(2, arrangement, active=1)
    assert found[1] == ROOM
    assert found[0].width() == 176


def test_the_corners_are_where_their_names_say():
    middle = ROOM.center()
    centres = {corner: laid_out(2, corner)[1].center() for corner in CORNERS}
    assert centres[Arrangement.TOP_LEFT].x() < middle.x() < centres[Arrangement.TOP_RIGHT].x()
    assert centres[Arrangement.TOP_LEFT].y() < middle.y() < centres[Arrangement.BOTTOM_LEFT].y()
    assert centres[Arrangement.BOTTOM_RIGHT].x() == centres[Arrangement.TOP_RIGHT].x()


def test_alike_they_are_all_of_one_size():
    assert len({rect.size().toTuple() for rect in laid_out(4, Arrangement.ALIKE).values()}) == 1
    wide = laid_out(2, Arrangement.ALIKE, room=QRect(0, 0, 1600, 400))
    assert wide[0].top() == wide[1].top()
    narrow = laid_out(2, Arrangement.ALIKE, room=QRect(0, 0, 400, 700))
    assert narrow[0].left() == narrow[1].left()


def test_a_key_goes_through_all_arrangements_and_comes_back():
    seen = [Arrangement.BOTTOM_RIGHT]
    while seen[-1].next not in seen:
        seen.append(seen[-1].next)
    assert set(seen) == set(Arrangement)


def test_only_the_cameras_of_the_session_are_seen(screen):
    screen.show_cameras(("one.mp4", "two.mp4"))
    assert [view.isVisible() for view in screen.views] == [True, True, False, False]
    screen.show_cameras(("one.mp4",))
    assert [view.isVisible() for view in screen.views] == [True, False, False, False]


def test_each_camera_says_which_it_is(screen):
    screen.show_cameras(("one.mp4", "two.mp4"))
    assert screen.views[1].accessibleName() == "Camera 2: two.mp4"
    screen.show_cameras(("one.mp4",))
    assert screen.views[0].accessibleName() == "Video"


def test_a_click_on_a_small_picture_asks_for_it(screen, qtbot):
    screen.show_cameras(("a", "b", "c"))
    with qtbot.waitSignal(screen.active_wanted) as wanted:
        QTest.mouseClick(screen.views[2], Qt.MouseButton.LeftButton)
    assert wanted.args == [2]


def test_the_large_picture_lies_below_the_small_ones(screen):
    screen.show_cameras(("a", "b"))
    screen.show_active(1)
    small = screen.views[0].geometry().center()
    assert screen.childAt(small) is screen.views[0]
    assert screen.views[1].geometry() == screen.rect()


def test_a_camera_that_is_gone_is_not_the_large_one(screen):
    screen.show_cameras(("a", "b"))
    screen.show_active(1)
    screen.show_cameras(("a",))
    assert screen.views[0].geometry() == screen.rect()


def test_another_arrangement_is_told_once(screen):
    told = []
    screen.arrangement_changed.connect(told.append)
    screen.arrange(Arrangement.BESIDE)
    screen.arrange(Arrangement.BESIDE)
    assert told == [Arrangement.BESIDE]


def wheel(view, at, turns, modifier=Qt.KeyboardModifier.ControlModifier):
    event = QWheelEvent(
        QPointF(at),
        QPointF(view.mapToGlobal(at)),
        QPoint(),
        QPoint(0, 120 * turns),
        Qt.MouseButton.NoButton,
        modifier,
        Qt.ScrollPhase.NoScrollPhase,
        False,
    )
    QApplication.sendEvent(view, event)


def test_the_wheel_brings_the_place_under_the_pointer_nearer(screen):
    view = screen.views[0]
    view.show_picture(picture())
    wheel(view, QPoint(100, 300), 3)
    assert view.lens.zoom == pytest.approx(1.25**3)
    assert view.lens.across < 0.5
    wheel(view, QPoint(100, 300), -5)
    assert view.lens == Lens()


def test_the_wheel_alone_leaves_the_picture_as_it_is(screen):
    view = screen.views[0]
    view.show_picture(picture())
    wheel(view, QPoint(100, 300), 3, Qt.KeyboardModifier.NoModifier)
    assert view.lens.is_whole


def test_nearer_the_picture_is_asked_for_with_more_pixels(screen, qtbot):
    view = screen.views[0]
    view.show_picture(picture())
    whole = view.pixels()
    with qtbot.waitSignal(view.size_changed) as changed:
        view.go_nearer(2.0)
    assert changed.args[0].width() == 2 * whole.width()


def drag(view, start, end):
    QTest.mousePress(view, Qt.MouseButton.LeftButton, pos=start)
    QTest.mouseMove(view, (start + end) / 2)
    QTest.mouseMove(view, end)
    QTest.mouseRelease(view, Qt.MouseButton.LeftButton, pos=end)


def test_a_near_picture_is_dragged_and_a_double_click_shows_the_whole(screen):
    view = screen.views[0]
    clicked = []
    view.clicked.connect(lambda: clicked.append(1))
    view.show_picture(picture())
    view.set_lens(Lens(4.0))
    drag(view, QPoint(400, 300), QPoint(480, 300))
    assert view.lens.across < 0.5
    assert view.lens.zoom == 4
    assert clicked == []
    QTest.mouseDClick(view, Qt.MouseButton.LeftButton)
    assert view.lens.is_whole


def test_a_region_is_drawn_in_shares_of_the_picture(screen, qtbot):
    view = screen.views[0]
    view.show_picture(picture())  # 800 x 450 pixels, 75 from the top
    view.draw_region()
    with qtbot.waitSignal(view.region_drawn) as drawn:
        drag(view, QPoint(200, 75), QPoint(400, 300))
    assert drawn.args[0].getRect() == pytest.approx((0.25, 0.0, 0.25, 0.5), abs=0.01)


@pytest.mark.parametrize("give_up", ["escape", "click"])
def test_drawing_a_region_can_be_given_up(screen, qtbot, give_up):
    view = screen.views[0]
    view.show_picture(picture())
    view.draw_region()
    with qtbot.waitSignal(view.region_drawn) as drawn:
        if give_up == "escape":
            QTest.keyClick(view, Qt.Key.Key_Escape)
        else:
            QTest.mouseClick(view, Qt.MouseButton.LeftButton)
    assert drawn.args[0] is None


def test_a_region_is_outlined_where_it_lies(screen):
    view = screen.views[0]
    view.show_picture(picture())
    plain = view.grab().toImage()
    view.show_region(QRectF(0.25, 0.25, 0.5, 0.5))
    outlined = view.grab().toImage()
    assert plain.pixel(200, 300) != outlined.pixel(200, 300)
    assert plain.pixel(400, 300) == outlined.pixel(400, 300)
