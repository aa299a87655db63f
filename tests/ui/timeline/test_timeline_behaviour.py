"""What a coder does on the timeline beyond one gesture: edges, paging, tips, small views."""

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from PySide6.QtCore import QEvent, QPoint, QPointF, QRect, Qt
from PySide6.QtGui import QKeyEvent, QMouseEvent, QWheelEvent
from PySide6.QtWidgets import QApplication

from ssp_coder.ui.timeline.gestures import ZOOM_STEP
from ssp_coder.ui.timeline.magnets import Magnets
from ssp_coder.ui.timeline.model import EpisodeBlock, EpisodeState
from ssp_coder.ui.timeline.time_scale import SHORTEST_VIEW_US

SECOND = 1_000_000
LEFT = Qt.MouseButton.LeftButton
NONE = Qt.KeyboardModifier.NoModifier
SAME_TIMELINE = settings(
    max_examples=20, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)


def pointer(timeline, kind, at, button=LEFT):
    held = Qt.MouseButton.NoButton if kind is QEvent.Type.MouseButtonRelease else button
    event = QMouseEvent(kind, QPointF(at), QPointF(timeline.mapToGlobal(at)), button, held, NONE)
    QApplication.sendEvent(timeline, event)


@pytest.fixture
def press(timeline):
    return lambda at: pointer(timeline, QEvent.Type.MouseButtonPress, at)


@pytest.fixture
def move(timeline):
    return lambda at: pointer(timeline, QEvent.Type.MouseMove, at)


@pytest.fixture
def release(timeline):
    return lambda at: pointer(timeline, QEvent.Type.MouseButtonRelease, at)


@pytest.fixture
def wheel(timeline):
    def turn(at, notches, modifiers=NONE):
        delta = QPoint(0, round(120 * notches))
        event = QWheelEvent(
            QPointF(at), QPointF(timeline.mapToGlobal(at)), QPoint(), delta,
            Qt.MouseButton.NoButton, modifiers, Qt.ScrollPhase.NoScrollPhase, False,
        )  # fmt: skip
        QApplication.sendEvent(timeline, event)

    return turn


def dragged(told):
    return [arguments for name, arguments in told if name == "edge_drag_finished"]


def colours_in(image, rect):
    return [
        image.pixelColor(x, y).name()
        for x in range(rect.left(), rect.right() + 1)
        for y in range(rect.top(), rect.bottom() + 1)
    ]


class TestEdges:
    @pytest.mark.parametrize(("edge", "from_s"), [("start", 200), ("end", 400)])
    @pytest.mark.parametrize("by_s", [-90, -30, 30, 90])
    def test_both_edges_go_both_ways(
        self, held, place, press, move, release, told, edge, from_s, by_s
    ):
        press(place("touch", from_s))
        move(place("touch", from_s + by_s / 2))
        move(place("touch", from_s + by_s))
        release(place("touch", from_s + by_s))
        ((mark_id, moved, time_us),) = dragged(told)
        assert (mark_id, moved) == ("state", edge)
        assert time_us == pytest.approx((from_s + by_s) * SECOND, abs=SECOND)

    def test_the_mark_itself_waits_until_it_is_told(self, held, place, press, move, release):
        press(place("touch", 400))
        move(place("touch", 500))
        release(place("touch", 500))
        assert held.marks.get("state").end_us == 400 * SECOND

    def test_a_drag_that_comes_back_reports_where_it_ended(
        self, held, place, press, move, release, told
    ):
        press(place("touch", 400))
        move(place("touch", 500))
        move(place("touch", 400))
        release(place("touch", 400))
        assert dragged(told)[0][2] == pytest.approx(400 * SECOND, abs=SECOND)

    @pytest.mark.parametrize("edge_s", [200, 400])
    def test_left_of_the_recording_it_ends_at_zero(
        self, held, place, press, move, release, told, edge_s
    ):
        held.set_follow(False)
        press(place("touch", edge_s))
        move(QPoint(-5_000, place("touch", 0).y()))
        release(QPoint(-5_000, place("touch", 0).y()))
        assert dragged(told)[0][2] == 0

    def test_another_lane_under_the_pointer_changes_nothing(
        self, held, place, press, move, release, told
    ):
        press(place("touch", 400))
        move(place("acts", 450))
        release(place("acts", 450))
        assert dragged(told)[0][:2] == ("state", "end")

    def test_a_right_press_takes_hold_of_nothing(self, held, place, told):
        for kind in (QEvent.Type.MouseButtonPress, QEvent.Type.MouseButtonRelease):
            pointer(held, kind, place("touch", 400), Qt.MouseButton.RightButton)
        assert told == []
        assert not held.is_dragging()

    def test_a_right_release_does_not_end_a_drag(self, held, place, press, move, release, told):
        press(place("touch", 400))
        move(place("touch", 450))
        pointer(
            held, QEvent.Type.MouseButtonRelease, place("touch", 450), Qt.MouseButton.RightButton
        )
        assert held.is_dragging()
        release(place("touch", 450))
        assert len(dragged(told)) == 1

    def test_after_escape_the_same_press_moves_no_edge_and_seeks_nowhere(
        self, held, place, press, move, release, told, qtbot
    ):
        press(place("touch", 400))
        move(place("touch", 450))
        qtbot.keyClick(held, Qt.Key.Key_Escape)
        assert not held.is_dragging()
        move(place("touch", 500))
        release(place("touch", 500))
        assert [name for name, _ in told] == ["mark_selected"]

    def test_after_escape_the_next_drag_works(self, held, place, press, move, release, told, qtbot):
        press(place("touch", 400))
        move(place("touch", 450))
        qtbot.keyClick(held, Qt.Key.Key_Escape)
        release(place("touch", 450))
        press(place("touch", 400))
        move(place("touch", 500))
        release(place("touch", 500))
        assert len(dragged(told)) == 1

    def test_escape_without_a_drag_is_left_to_others(self, held):
        event = QKeyEvent(QEvent.Type.KeyPress, Qt.Key.Key_Escape, NONE)
        QApplication.sendEvent(held, event)
        assert not event.isAccepted()


class TestSnapping:
    @given(time_us=st.integers(-10 * SECOND, 700 * SECOND))
    @SAME_TIMELINE
    def test_an_edge_never_leaves_the_recording(self, timeline, time_us):
        timeline.set_playhead(300 * SECOND)
        assert 0 <= Magnets(timeline).hold(time_us).time_us <= 600 * SECOND

    @given(time_us=st.integers(0, 600 * SECOND))
    @SAME_TIMELINE
    def test_an_edge_lies_on_a_frame_or_on_the_playhead(self, timeline, time_us):
        timeline.set_playhead(300 * SECOND)
        timeline.set_snap(lambda at: at // 40_000 * 40_000)
        taken = Magnets(timeline).hold(time_us).time_us
        assert taken % 40_000 == 0 or taken == timeline.playhead()
        timeline.set_snap(None)

    def test_the_playhead_attracts_within_five_pixels_at_every_zoom(self, timeline, span):
        for view in (span(0, 600), span(290, 310), span(299, 301)):
            timeline.zoom_to(view)
            timeline.set_playhead(300 * SECOND)
            scale = timeline.scale_now()
            x = scale.x_of(300 * SECOND)
            assert Magnets(timeline).hold(scale.time_at(x + 5)).time_us == 300 * SECOND
            assert Magnets(timeline).hold(scale.time_at(x - 5)).time_us == 300 * SECOND
            assert Magnets(timeline).hold(scale.time_at(x + 7)).time_us != 300 * SECOND

    def test_without_snapping_a_time_stays_as_it_is(self, timeline):
        timeline.set_playhead(0)
        assert Magnets(timeline).hold(123_456_789).time_us == 123_456_789


class TestDoubleClick:
    def test_it_opens_a_point_and_a_locked_mark(self, timeline, point, bar, place, qtbot, told):
        timeline.set_marks([point("act", "acts", 250), bar("old", "kept", 100, 200)])
        qtbot.mouseDClick(timeline, LEFT, pos=place("acts", 250))
        qtbot.mouseDClick(timeline, LEFT, pos=place("kept", 150))
        opened = [arguments for name, arguments in told if name == "mark_activated"]
        assert opened == [("act",), ("old",)]

    def test_it_leaves_no_drag_behind(self, held, place, qtbot, told, move):
        qtbot.mouseDClick(held, LEFT, pos=place("touch", 400))
        qtbot.mouseRelease(held, LEFT, pos=place("touch", 400))
        qtbot.mouseMove(held, place("touch", 450))
        assert dragged(told) == []
        assert not held.is_dragging()


class TestWheel:
    @given(
        x=st.integers(140, 980),
        notches=st.lists(st.sampled_from([-2, -1, -0.5, 0.5, 1, 3]), min_size=1, max_size=8),
    )
    @SAME_TIMELINE
    def test_the_view_stays_in_the_recording_and_above_the_shortest(
        self, timeline, wheel, x, notches
    ):
        for turn in notches:
            wheel(QPoint(x, 150), turn)
            view = timeline.view()
            assert 0 <= view.start_us < view.end_us <= 600 * SECOND
            assert view.length_us >= SHORTEST_VIEW_US

    @given(share=st.floats(0.2, 0.8))
    @SAME_TIMELINE
    def test_what_is_under_the_pointer_stays_there_while_zooming_in(self, timeline, wheel, share):
        timeline.show_session()
        body = timeline.layout_now().body
        x = round(body.left() + share * body.width())
        before = timeline.scale_now().time_at(x)
        for _ in range(5):
            wheel(QPoint(x, 150), 1)
        scale = timeline.scale_now()
        assert abs(scale.time_at(x) - before) <= 2 * scale.time_of_pixels(1)

    def test_half_a_notch_zooms_half_as_far(self, timeline, wheel):
        at = QPoint(500, 150)
        wheel(at, 0.5)
        wheel(at, 0.5)
        twice = timeline.view().length_us
        timeline.show_session()
        wheel(at, 1)
        assert timeline.view().length_us == pytest.approx(twice, rel=1e-6)
        assert twice == pytest.approx(600 * SECOND / ZOOM_STEP, rel=1e-6)

    def test_scrolling_stops_at_the_ends(self, timeline, wheel, span):
        timeline.zoom_to(span(10, 110))
        for _ in range(5):
            wheel(QPoint(500, 150), 1, Qt.KeyboardModifier.ShiftModifier)
        assert timeline.view() == span(0, 100)
        for _ in range(80):
            wheel(QPoint(500, 150), -1, Qt.KeyboardModifier.ShiftModifier)
        assert timeline.view() == span(500, 600)

    def test_a_wheel_that_does_not_turn_changes_nothing(self, timeline, wheel, qtbot):
        with qtbot.assertNotEmitted(timeline.view_changed):
            wheel(QPoint(500, 150), 0)

    def test_the_scroll_bar_goes_with_the_wheel(self, timeline, wheel, span):
        timeline.zoom_to(span(100, 200))
        wheel(QPoint(500, 150), -1, Qt.KeyboardModifier.ShiftModifier)
        assert timeline.bars.time.value() == timeline.view().start_us // 1_000


class TestPaging:
    def test_the_first_frame_past_the_view_turns_the_page_once(self, timeline, span, qtbot):
        timeline.zoom_to(span(0, 100))
        turned = []
        timeline.view_changed.connect(lambda: turned.append(timeline.view().start_us))
        for frame in range(2_490, 2_530):
            timeline.set_playhead(frame * 40_000)
        assert turned == [90 * SECOND]

    def test_a_jump_back_turns_the_page_back(self, timeline, span):
        timeline.zoom_to(span(300, 400))
        timeline.set_playhead(350 * SECOND)
        timeline.set_playhead(50 * SECOND)
        assert timeline.view() == span(40, 140)

    def test_near_the_end_the_last_page_is_whole(self, timeline, span):
        timeline.zoom_to(span(0, 100))
        timeline.set_playhead(599 * SECOND)
        assert timeline.view() == span(500, 600)

    @given(st.lists(st.integers(0, 600 * SECOND - 1), min_size=1, max_size=30))
    @SAME_TIMELINE
    def test_while_it_follows_the_playhead_is_always_in_view(self, timeline, times):
        timeline.show_session()
        timeline.zoom_by(30)
        timeline.set_playhead(0)
        for time_us in times:
            timeline.set_playhead(time_us)
            assert timeline.scale_now().holds(time_us) or time_us == timeline.playhead() == 0

    def test_following_again_begins_with_the_next_frame(self, timeline, span):
        timeline.zoom_to(span(0, 60))
        timeline.set_follow(False)
        timeline.set_playhead(200 * SECOND)
        timeline.set_follow(True)
        assert timeline.view() == span(0, 60)
        timeline.set_playhead(201 * SECOND)
        assert timeline.scale_now().holds(201 * SECOND)

    def test_while_scrubbing_the_page_does_not_turn(self, timeline, span, place, press, release):
        timeline.zoom_to(span(0, 60))
        press(place("acts", 30))
        timeline.set_playhead(100 * SECOND)
        assert timeline.view() == span(0, 60)
        release(place("acts", 30))
        timeline.set_playhead(101 * SECOND)
        assert timeline.scale_now().holds(101 * SECOND)


class TestTips:
    def test_each_part_says_what_it_is_or_nothing(self, timeline, bar, episode, place):
        timeline.set_marks([bar("state", "touch", 200, 400, label="held")])
        timeline.set_episodes([episode(1, 0, 300), episode(2, 300, 600)])
        layout = timeline.layout_now()
        assert timeline.tip_at(layout.ruler.center()) == ""
        assert timeline.tip_at(layout.labels.center()) == "Distance\nclick to fold"
        x = timeline.band_now().scale.x_of(450 * SECOND)
        assert timeline.tip_at(QPoint(x, layout.band.center().y())) == "P2 Part 2"
        assert timeline.tip_at(place("touch", 300)).startswith("Contact: held")

    def test_a_missing_episode_says_that_it_is(self, timeline):
        block = EpisodeBlock(id="p", title="P3", state=EpisodeState.MISSING, note="not held")
        timeline.set_episodes([block])
        centre = timeline.band_now().block_rect(block).center()
        assert timeline.tip_at(centre) == "P3 not held"

    def test_a_low_bar_has_its_tip_over_the_whole_lane(self, timeline, bar, place):
        timeline.set_marks([bar("low", "near", 100, 200, label="far", level=0.1)])
        top = timeline.layout_now().lane_rect("near").top()
        assert "far" in timeline.tip_at(QPoint(place("near", 150).x(), top + 4))

    def test_hovering_a_selected_mark_adds_no_second_ring(self, held, place, qtbot):
        held.set_selected(("state",))
        before = held.grab().toImage()
        qtbot.mouseMove(held, place("touch", 300))
        assert held.grab().toImage() == before


class TestKeyboard:
    def test_enter_opens_the_earliest_of_several(self, timeline, bar, qtbot, told):
        timeline.set_marks([bar("b", "touch", 0, 10), bar("a", "touch", 20, 30)])
        timeline.set_selected(("b", "a"))
        qtbot.keyClick(timeline, Qt.Key.Key_Enter)
        assert told == [("mark_activated", ("b",))]

    @pytest.mark.parametrize("key", [Qt.Key.Key_Left, Qt.Key.Key_Right])
    def test_with_nothing_selected_control_and_an_arrow_do_nothing(self, held, qtbot, told, key):
        qtbot.keyClick(held, key, Qt.KeyboardModifier.ControlModifier)
        assert told == []

    @pytest.mark.parametrize(
        ("at_s", "key", "found_s"),
        [(0.4, Qt.Key.Key_Left, 0), (599.5, Qt.Key.Key_Right, 600)],
    )
    def test_a_second_beyond_an_end_is_the_end(self, timeline, qtbot, told, at_s, key, found_s):
        timeline.set_playhead(round(at_s * SECOND))
        qtbot.keyClick(timeline, key, Qt.KeyboardModifier.ShiftModifier)
        assert told == [("seek_requested", (found_s * SECOND,))]

    def test_a_selection_that_is_gone_moves_to_no_neighbour(self, held, qtbot, told):
        held.set_selected(("gone",))
        qtbot.keyClick(held, Qt.Key.Key_Right, Qt.KeyboardModifier.ControlModifier)
        assert told == []

    def test_walking_to_the_end_and_back_visits_every_mark_of_the_lane(
        self, timeline, bar, qtbot, told
    ):
        timeline.set_marks([bar(name, "touch", at, at + 5) for at, name in enumerate("abcd")])
        timeline.set_selected(("a",))
        for key in [Qt.Key.Key_Right] * 4 + [Qt.Key.Key_Left] * 4:
            qtbot.keyClick(timeline, key, Qt.KeyboardModifier.ControlModifier)
        assert [arguments[0] for _, arguments in told] == ["b", "c", "d", "c", "b", "a"]

    def test_focus_shows_a_ring(self, timeline, qtbot):
        before = timeline.grab().toImage()
        timeline.activateWindow()
        timeline.setFocus()
        qtbot.waitUntil(timeline.hasFocus)
        image = timeline.grab().toImage()
        assert image != before
        accent = timeline.theme.tokens.accent.lower()
        top = colours_in(image, QRect(300, 0, 200, 3))
        assert top.count(accent) >= 200
