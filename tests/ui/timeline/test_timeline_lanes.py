"""Folding, low windows, hints and the loop."""

import pytest
from PySide6.QtCore import QPoint, QRect, Qt
from PySide6.QtTest import QTest

from ssp_coder.domain.time import Span
from ssp_coder.ui.timeline.layout import FOLDED_PX
from ssp_coder.ui.timeline.model import HintMark, Lane, LaneKind

SECOND = 1_000_000
LEFT = Qt.MouseButton.LeftButton
OVERVIEWS = (
    Lane(id="pictures", title="Pictures", kind=LaneKind.PICTURES),
    Lane(id="motion", title="Motion", kind=LaneKind.MOTION),
)


@pytest.fixture
def label(timeline):
    """A pixel of a lane's label."""
    return lambda lane_id: QPoint(40, timeline.layout_now().lane_rect(lane_id).center().y())


@pytest.fixture
def moving(timeline):
    timeline.set_overviews(OVERVIEWS)
    return timeline


def height(timeline, lane_id):
    return timeline.layout_now().lane_rect(lane_id).height()


def inked(timeline, rect):
    image = timeline.grab().toImage()
    panel = timeline.theme.tokens.panel.lower()
    return {
        (x, y)
        for x in range(rect.left(), rect.right() + 1)
        for y in range(rect.top(), rect.bottom())
        if image.pixelColor(x, y).name() != panel
    }


class TestFolding:
    def test_a_click_on_the_label_folds_and_unfolds(self, timeline, label):
        full = height(timeline, "touch")
        QTest.mouseClick(timeline, LEFT, pos=label("touch"))
        assert height(timeline, "touch") == timeline.theme.px(FOLDED_PX) < full
        QTest.mouseClick(timeline, LEFT, pos=label("touch"))
        assert height(timeline, "touch") == full

    def test_lanes_below_move_up(self, timeline, label):
        before = timeline.layout_now().lane_rect("near").top()
        QTest.mouseClick(timeline, LEFT, pos=label("touch"))
        assert timeline.layout_now().lane_rect("near").top() < before

    def test_a_click_on_a_label_seeks_nowhere(self, timeline, label, told):
        QTest.mouseClick(timeline, LEFT, pos=label("touch"))
        assert told == []

    def test_a_folded_state_is_still_seen_and_selected(self, timeline, bar, place, pixel, told):
        timeline.set_marks([bar("state", "touch", 200, 400)])
        timeline.fold(("touch",), True)
        assert pixel(place("touch", 300)) == timeline.theme.group("green").tint.lower()
        QTest.mouseClick(timeline, LEFT, pos=place("touch", 300))
        assert ("mark_selected", ("state",)) in told

    def test_folded_points_stay_in_their_lane(self, timeline, point):
        timeline.fold(("acts",), True)
        lane = timeline.layout_now().lane_rect("acts")
        without = timeline.grab().toImage()
        timeline.set_marks([point(f"p{n}", "acts", 100 + n * 30) for n in range(10)])
        image = timeline.grab().toImage()
        assert image.copy(lane) != without.copy(lane)
        for part in (QRect(0, 0, 1000, lane.top()), QRect(0, lane.bottom() + 1, 1000, 60)):
            assert image.copy(part) == without.copy(part)

    def test_the_keyboard_folds_the_lane_of_the_selected_mark(self, timeline, bar):
        timeline.set_marks([bar("state", "touch", 200, 400)])
        timeline.set_selected(("state",))
        QTest.keyClick(timeline, Qt.Key.Key_Up, Qt.KeyboardModifier.ShiftModifier)
        assert timeline.scene.folded == {"touch"}
        QTest.keyClick(timeline, Qt.Key.Key_Down, Qt.KeyboardModifier.ShiftModifier)
        assert timeline.scene.folded == set()

    def test_with_nothing_selected_it_folds_the_overviews(self, moving):
        QTest.keyClick(moving, Qt.Key.Key_Up, Qt.KeyboardModifier.ShiftModifier)
        assert moving.scene.folded >= {"pictures", "motion"}
        assert "touch" not in moving.scene.folded

    def test_the_label_says_what_a_click_does(self, timeline, label):
        assert timeline.tip_at(label("touch")) == "Contact\nclick to fold"
        timeline.fold(("touch",), True)
        assert timeline.tip_at(label("touch")) == "Contact\nclick to unfold"

    @pytest.mark.parametrize(
        ("lane", "meaning"),
        [("sound", "how loud"), ("pictures", "key frames"), ("motion", "a hint, not coded")],
    )
    def test_the_label_of_an_overview_says_how_to_read_it(self, moving, label, lane, meaning):
        assert meaning in moving.tip_at(label(lane))


class TestLowWindow:
    def test_every_lane_is_lower(self, moving):
        before = {lane.id: height(moving, lane.id) for lane in moving.scene.lanes}
        moving.set_compact(True)
        assert all(height(moving, lane) < high for lane, high in before.items())
        moving.set_compact(False)
        assert {lane.id: height(moving, lane.id) for lane in moving.scene.lanes} == before

    @pytest.mark.parametrize(("compact", "wanted"), [(False, 30), (True, 24)])
    def test_the_sound_is_as_high_as_the_look_says(self, timeline, compact, wanted):
        timeline.set_compact(compact)
        assert height(timeline, "sound") == timeline.theme.px(wanted)


class TestHints:
    @pytest.fixture
    def hinted(self, moving):
        moving.set_hints((HintMark(time_us=300 * SECOND, label="Light changes"),))
        return moving

    def test_a_hint_is_dotted_and_hatched_not_a_filled_mark(self, hinted, place):
        at = place("motion", 300)
        lane = hinted.layout_now().lane_rect("motion")
        image = hinted.grab().toImage()
        low = [
            image.pixelColor(at.x(), y).name() != hinted.theme.tokens.panel.lower()
            for y in range(lane.center().y(), lane.bottom() - 1)
        ]
        assert 0 < sum(low) < len(low)
        flag = inked(hinted, QRect(at.x(), lane.top() + 1, 8, 8))
        assert 8 < len(flag) < 60

    def test_it_says_that_it_is_a_hint(self, hinted, place):
        words = hinted.tip_at(place("motion", 300))
        assert words == "Light changes\n5:00.00\nhint from the picture, not a coded event"

    def test_beside_it_nothing_is_said(self, hinted, place):
        assert hinted.tip_at(place("motion", 310)) == ""
        assert hinted.tip_at(place("touch", 300)) == ""

    def test_a_hint_before_the_view_does_not_hide_what_the_label_says(self, hinted, span):
        hinted.zoom_to(span(310, 410))
        lane = hinted.layout_now().lane_rect("motion")
        x = hinted.scale_now().x_of(300 * SECOND)
        assert 0 < x < lane.left()
        assert "click to fold" in hinted.tip_at(QPoint(x, lane.center().y()))

    def test_hints_stay_in_the_lane_of_motion(self, hinted, place):
        lane = hinted.layout_now().lane_rect("pictures")
        x = place("pictures", 300).x()
        assert not inked(hinted, QRect(x - 2, lane.top() + 1, 12, lane.height() - 3))

    def test_a_hint_is_no_mark(self, hinted, place, told):
        QTest.mouseClick(hinted, LEFT, pos=place("motion", 300))
        assert [name for name, _ in told] == ["seek_requested"]
        assert hinted.selected() == frozenset()


class TestLoop:
    def test_a_bar_on_the_ruler_shows_what_is_looped(self, timeline):
        timeline.set_loop(Span(start_us=200 * SECOND, end_us=400 * SECOND))
        ruler, scale = timeline.layout_now().ruler, timeline.scale_now()
        image = timeline.grab().toImage()
        accent = timeline.theme.tokens.accent.lower()

        def colour(seconds):
            x = scale.x_of(seconds * SECOND)
            return image.pixelColor(x, ruler.bottom() - 1).name()

        assert [colour(s) == accent for s in (190, 210, 300, 390, 410)] == [
            False, True, True, True, False,
        ]  # fmt: skip

    def test_the_shortest_loop_can_still_be_seen(self, timeline):
        timeline.set_loop(Span(start_us=200 * SECOND, end_us=200 * SECOND + 40_000))
        ruler = timeline.layout_now().ruler
        x = timeline.scale_now().x_of(200 * SECOND)
        image = timeline.grab().toImage()
        assert (
            image.pixelColor(x, ruler.bottom() - 1).name() == timeline.theme.tokens.accent.lower()
        )

    def test_without_a_loop_all_is_as_before(self, timeline):
        before = timeline.grab().toImage()
        timeline.set_loop(Span(start_us=200 * SECOND, end_us=400 * SECOND))
        assert timeline.grab().toImage() != before
        timeline.set_loop(None)
        assert timeline.grab().toImage() == before
