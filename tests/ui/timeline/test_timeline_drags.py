"""Dragging whole marks and copies of them, and what an edge sticks to."""

import pytest
from PySide6.QtCore import QEvent, QPoint, QPointF, Qt
from PySide6.QtGui import QMouseEvent
from PySide6.QtWidgets import QApplication

from ssp_coder.ui.timeline.magnets import Magnets
from ssp_coder.ui.timeline.model import Cue

SECOND = 1_000_000
LEFT = Qt.MouseButton.LeftButton
PLAIN = Qt.KeyboardModifier.NoModifier
CTRL, ALT = Qt.KeyboardModifier.ControlModifier, Qt.KeyboardModifier.AltModifier


@pytest.fixture
def coded(timeline, bar, point):
    timeline.set_marks(
        [
            bar("first", "touch", 100, 200),
            bar("second", "touch", 300, 400),
            bar("open", "near", 450, None),
            point("act", "acts", 250),
            bar("kept", "kept", 100, 200),
        ]
    )
    timeline.set_playhead(590 * SECOND)
    return timeline


@pytest.fixture
def mouse(coded):
    """Sends one mouse event, with whatever keys are held."""

    def send(kind, at, held=PLAIN):
        down = Qt.MouseButton.NoButton if kind is QEvent.Type.MouseButtonRelease else LEFT
        which = Qt.MouseButton.NoButton if kind is QEvent.Type.MouseMove else LEFT
        spot = QPointF(at)
        event = QMouseEvent(kind, spot, QPointF(coded.mapToGlobal(at)), which, down, held)
        QApplication.sendEvent(coded, event)

    return send


@pytest.fixture
def drag(mouse):
    """Press, move through a place between, and release."""

    def do(start, end, held=PLAIN):
        mouse(QEvent.Type.MouseButtonPress, start, held)
        mouse(QEvent.Type.MouseMove, (start + end) / 2, held)
        mouse(QEvent.Type.MouseMove, end, held)
        mouse(QEvent.Type.MouseButtonRelease, end, held)

    return do


@pytest.fixture
def asked(coded):
    """What was asked for: moves and copies, in order."""
    heard = []
    coded.marks_moved.connect(lambda ids, delta: heard.append((set(ids), delta)))
    coded.marks_copied.connect(lambda ids, delta, lane: heard.append((set(ids), delta, lane)))
    return heard


class TestMove:
    def test_a_state_taken_in_the_middle_moves_as_a_whole(self, coded, place, drag, asked, told):
        drag(place("touch", 150), place("touch", 190))
        ((ids, delta),) = asked
        assert ids == {"first"}
        assert delta == pytest.approx(40 * SECOND, abs=SECOND)
        assert "edge_drag_finished" not in {name for name, _ in told}

    def test_the_mark_itself_waits_to_be_told(self, coded, place, drag):
        before = coded.marks.get("first")
        drag(place("touch", 150), place("touch", 190))
        assert coded.marks.get("first") == before

    def test_all_selected_marks_move_by_the_same_time(self, coded, place, drag, asked):
        coded.set_selected(("first", "act", "open"))
        drag(place("touch", 150), place("touch", 170))
        assert asked[0][0] == {"first", "act", "open"}
        assert coded.selected() == {"first", "act", "open"}

    def test_a_point_among_several_takes_all_along(self, coded, place, drag, asked):
        coded.set_selected(("first", "act"))
        drag(place("acts", 250), place("acts", 280))
        assert asked[0][0] == {"first", "act"}

    def test_nothing_leaves_the_recording(self, coded, place, drag, asked):
        coded.set_selected(("first", "second"))
        drag(place("touch", 150), place("touch", 150) - QPoint(700, 0))
        drag(place("touch", 150), place("touch", 150) + QPoint(900, 0))
        assert [delta for _, delta in asked] == [-100 * SECOND, 200 * SECOND]

    def test_a_click_that_trembles_moves_nothing(self, coded, place, drag, asked):
        drag(place("touch", 150), place("touch", 150) + QPoint(5, 3))
        assert asked == []

    def test_a_locked_lane_and_a_locked_timeline_move_nothing(
        self, coded, place, drag, asked, told
    ):
        drag(place("kept", 150), place("kept", 190))
        coded.set_locked(True)
        drag(place("touch", 150), place("touch", 190))
        drag(place("touch", 200), place("touch", 240))
        drag(place("touch", 150), place("near", 190), CTRL)
        assert asked == []
        assert {name for name, _ in told} == {"mark_selected"}
        coded.set_locked(False)
        drag(place("touch", 150), place("touch", 190))
        assert len(asked) == 1

    def test_locking_ends_a_drag_that_goes_on(self, coded, place, mouse, asked):
        mouse(QEvent.Type.MouseButtonPress, place("touch", 150))
        mouse(QEvent.Type.MouseMove, place("touch", 190))
        coded.set_locked(True)
        mouse(QEvent.Type.MouseButtonRelease, place("touch", 190))
        assert asked == []

    def test_escape_takes_the_drag_back(self, coded, place, mouse, asked, qtbot):
        mouse(QEvent.Type.MouseButtonPress, place("touch", 150))
        mouse(QEvent.Type.MouseMove, place("touch", 190))
        assert coded.wants_escape
        qtbot.keyClick(coded, Qt.Key.Key_Escape)
        assert not coded.is_dragging()
        mouse(QEvent.Type.MouseMove, place("touch", 220))
        mouse(QEvent.Type.MouseButtonRelease, place("touch", 220))
        assert asked == []

    def test_an_outline_shows_where_it_would_lie(self, coded, place, mouse, theme):
        beyond = place("touch", 230)
        before = coded.grab().toImage().copy(beyond.x() - 8, beyond.y() - 12, 16, 24)
        mouse(QEvent.Type.MouseButtonPress, place("touch", 150))
        mouse(QEvent.Type.MouseMove, place("touch", 180))
        during = coded.grab().toImage().copy(beyond.x() - 8, beyond.y() - 12, 16, 24)
        mouse(QEvent.Type.MouseButtonRelease, place("touch", 180))
        assert during != before

    def test_the_pointer_shows_what_it_holds(self, coded, place, mouse):
        mouse(QEvent.Type.MouseButtonPress, place("touch", 150))
        mouse(QEvent.Type.MouseMove, place("touch", 190))
        assert coded.cursor().shape() is Qt.CursorShape.ClosedHandCursor
        mouse(QEvent.Type.MouseButtonRelease, place("touch", 190))
        assert coded.cursor().shape() is Qt.CursorShape.ArrowCursor


class TestCopy:
    def test_control_and_a_drag_ask_for_copies_in_the_lane_under_the_pointer(
        self, coded, place, drag, asked
    ):
        drag(place("touch", 150), place("near", 150), CTRL)
        assert asked == [({"first"}, 0, "near")]

    def test_in_the_same_lane_they_lie_at_another_time(self, coded, place, drag, asked):
        drag(place("acts", 250), place("acts", 300), CTRL)
        ((ids, delta, lane),) = asked
        assert (ids, lane) == ({"act"}, "acts")
        assert delta == pytest.approx(50 * SECOND, abs=SECOND)

    def test_a_mark_that_was_not_selected_is_copied_alone(self, coded, place, drag, asked):
        coded.set_selected(("second", "act"))
        drag(place("touch", 150), place("near", 150), CTRL)
        assert asked[0][0] == {"first"}
        assert coded.selected() == {"first"}

    def test_one_of_several_selected_takes_them_all(self, coded, place, drag, asked):
        coded.set_selected(("first", "act"))
        drag(place("touch", 150), place("near", 150), CTRL)
        assert asked[0][0] == {"first", "act"}

    @pytest.mark.parametrize("lane", ["sound", "kept"])
    def test_an_overview_and_a_locked_lane_take_no_copies(self, coded, place, drag, asked, lane):
        drag(place("touch", 150), place(lane, 190), CTRL)
        assert asked[0][2] == "touch"

    def test_brought_back_to_where_it_was_it_copies_nothing(self, coded, place, mouse, asked):
        home = place("touch", 150)
        mouse(QEvent.Type.MouseButtonPress, home, CTRL)
        mouse(QEvent.Type.MouseMove, place("near", 200), CTRL)
        mouse(QEvent.Type.MouseMove, home, CTRL)
        mouse(QEvent.Type.MouseButtonRelease, home, CTRL)
        assert asked == []


class TestMagnets:
    def held(self, timeline, seconds, moving=()):
        marks = tuple(timeline.marks.get(mark_id) for mark_id in moving)
        return Magnets(timeline, marks).hold(round(seconds * SECOND))

    @pytest.mark.parametrize("edge", [100, 200, 300, 400, 250, 450])
    def test_edges_of_every_lane_draw_an_edge(self, coded, edge):
        hold = self.held(coded, edge + 2)
        assert (hold.time_us, hold.drawn) == (edge * SECOND, True)

    def test_cues_the_end_and_the_playhead_draw_it(self, coded):
        coded.set_cues((Cue(id="c", time_us=500 * SECOND, label="door"),))
        coded.set_end(550 * SECOND)
        for at in (500, 550, 590):
            assert self.held(coded, at - 2).time_us == at * SECOND

    def test_of_two_that_are_near_the_nearer_one_wins(self, coded):
        coded.set_cues((Cue(id="c", time_us=403 * SECOND, label="door"),))
        assert self.held(coded, 400.9).time_us == 400 * SECOND
        assert self.held(coded, 402.1).time_us == 403 * SECOND

    def test_what_is_dragged_does_not_draw_itself(self, coded):
        assert not self.held(coded, 202, moving=("first", "kept")).drawn

    def test_far_from_everything_the_frame_decides(self, coded):
        coded.set_snap(lambda time_us: time_us // (7 * SECOND) * 7 * SECOND)
        hold = self.held(coded, 520)
        assert (hold.time_us, hold.drawn) == (518 * SECOND, False)

    def test_without_snapping_an_edge_stands_free(self, coded):
        coded.set_snap(lambda time_us: time_us // (7 * SECOND) * 7 * SECOND)
        coded.set_snapping(False)
        assert self.held(coded, 201.5).time_us == 201_500_000

    def test_in_a_crowd_no_edge_can_be_meant(self, coded, bar):
        coded.set_marks([bar(f"m{n}", "touch", 200 + n * 0.001, 300 + n) for n in range(250)])
        assert not self.held(coded, 201).drawn

    def test_alt_lets_a_drag_go_free(self, coded, place, drag, told):
        at = place("touch", 252)
        drag(place("touch", 200), at)
        drag(place("touch", 200), at, ALT)
        times = [arguments[2] for name, arguments in told if name == "edge_drag_finished"]
        assert times == [250 * SECOND, coded.scale_now().time_at(at.x())]
        assert coded.is_snapping

    def test_a_whole_mark_sticks_with_its_end_as_well(self, coded, place, drag, asked):
        drag(place("touch", 150), place("touch", 252))
        assert asked[0][1] == 100 * SECOND

    def test_the_line_is_whole_where_something_drew_the_edge(self, coded, place, mouse, theme):
        def inked(seconds):
            mouse(QEvent.Type.MouseMove, place("touch", seconds))
            image, accent = coded.grab().toImage(), theme.tokens.accent.lower()
            body, x = coded.layout_now().body, coded.scale_now().x_of(round(seconds) * SECOND)
            return max(
                sum(
                    image.pixelColor(x + dx, y).name() == accent
                    for y in range(body.top(), body.bottom())
                )
                for dx in (-1, 0, 1)
            )

        mouse(QEvent.Type.MouseButtonPress, place("touch", 200))
        free, drawn = inked(230), inked(250)
        mouse(QEvent.Type.MouseButtonRelease, place("touch", 250))
        assert drawn > 1.3 * free > 0


class TestBeyondTheView:
    @pytest.fixture
    def zoomed(self, coded, span):
        coded.zoom_to(span(150, 250))
        return coded

    def test_held_beyond_the_lanes_a_drag_turns_the_view_and_goes_on(
        self, zoomed, place, mouse, qtbot, told
    ):
        mouse(QEvent.Type.MouseButtonPress, place("touch", 200))
        beyond = QPoint(zoomed.layout_now().body.right() + 60, place("touch", 200).y())
        mouse(QEvent.Type.MouseMove, beyond)
        qtbot.waitUntil(lambda: zoomed.view().start_us > 180 * SECOND)
        mouse(QEvent.Type.MouseButtonRelease, beyond)
        turned = zoomed.view()
        ((_, arguments),) = [event for event in told if event[0] == "edge_drag_finished"]
        assert arguments[2] >= 280 * SECOND
        assert not zoomed._gestures.turning.is_turning
        assert zoomed.view() == turned

    def test_to_the_left_it_stops_where_the_recording_begins(self, zoomed, place, mouse, qtbot):
        mouse(QEvent.Type.MouseButtonPress, place("touch", 200))
        mouse(QEvent.Type.MouseMove, QPoint(-200, place("touch", 200).y()))
        qtbot.waitUntil(lambda: zoomed.view().start_us == 0)
        qtbot.waitUntil(lambda: not zoomed._gestures.turning.is_turning)
        zoomed.cancel_drag()

    def test_back_among_the_lanes_the_view_rests(self, zoomed, place, mouse):
        mouse(QEvent.Type.MouseButtonPress, place("touch", 200))
        mouse(QEvent.Type.MouseMove, QPoint(2_000, place("touch", 200).y()))
        assert zoomed._gestures.turning.is_turning
        mouse(QEvent.Type.MouseMove, place("touch", 230))
        assert not zoomed._gestures.turning.is_turning
        zoomed.cancel_drag()

    def test_a_rubber_band_keeps_its_first_end_in_time(self, zoomed, place, mouse, span):
        shift = Qt.KeyboardModifier.ShiftModifier
        mouse(QEvent.Type.MouseButtonPress, place("touch", 220), shift)
        mouse(QEvent.Type.MouseMove, place("touch", 240), shift)
        assert zoomed.selected() == set()
        zoomed.zoom_to(span(210, 410))
        mouse(QEvent.Type.MouseMove, place("touch", 320), shift)
        assert zoomed.selected() == {"second"}
        mouse(QEvent.Type.MouseButtonRelease, place("touch", 320), shift)


class TestMarksThatBecomeOthersMeanwhile:
    """As undo, a key or another list does it while the button is down."""

    @pytest.fixture
    def everything(self, coded, asked, told):
        """Whatever a drag asks for."""
        return lambda: [*asked, *(name for name, _ in told if name == "edge_drag_finished")]

    @pytest.mark.parametrize("taken_at", [150, 200])
    def test_the_drag_of_one_that_is_gone_is_given_up(
        self, coded, place, mouse, everything, taken_at
    ):
        mouse(QEvent.Type.MouseButtonPress, place("touch", taken_at))
        mouse(QEvent.Type.MouseMove, place("touch", taken_at + 40))
        coded.apply_change(("first",), ())
        assert not coded.is_dragging()
        mouse(QEvent.Type.MouseMove, place("touch", taken_at + 60))
        mouse(QEvent.Type.MouseButtonRelease, place("touch", taken_at + 60))
        assert everything() == []

    def test_so_is_the_drag_of_one_that_lies_elsewhere_by_now(
        self, coded, place, mouse, everything, bar
    ):
        mouse(QEvent.Type.MouseButtonPress, place("touch", 150))
        mouse(QEvent.Type.MouseMove, place("touch", 190))
        coded.apply_change(("first",), (bar("first", "touch", 20, 60),))
        mouse(QEvent.Type.MouseButtonRelease, place("touch", 190))
        assert everything() == []
        assert coded.selected() == {"first"}

    def test_a_change_of_another_mark_leaves_the_drag_alone(
        self, coded, place, mouse, asked, point
    ):
        mouse(QEvent.Type.MouseButtonPress, place("touch", 150))
        mouse(QEvent.Type.MouseMove, place("touch", 190))
        coded.apply_change(("act",), (point("new", "acts", 350),))
        mouse(QEvent.Type.MouseButtonRelease, place("touch", 190))
        assert len(asked) == 1

    def test_a_click_on_one_of_several_that_is_gone_selects_nothing_dead(self, coded, place, mouse):
        coded.set_selected(("first", "act"))
        mouse(QEvent.Type.MouseButtonPress, place("touch", 150))
        coded.apply_change(("first",), ())
        mouse(QEvent.Type.MouseButtonRelease, place("touch", 150))
        assert coded.selected() == {"act"}

    def test_a_rubber_band_does_not_select_again_what_is_gone(self, coded, place, mouse):
        coded.set_selected(("first", "second"))
        held = Qt.KeyboardModifier.ShiftModifier | CTRL
        mouse(QEvent.Type.MouseButtonPress, place("acts", 220), held)
        mouse(QEvent.Type.MouseMove, place("acts", 240), held)
        coded.apply_change(("first",), ())
        mouse(QEvent.Type.MouseMove, place("acts", 280), held)
        assert coded.selected() == {"second", "act"}
        coded.cancel_drag()
        assert coded.selected() == {"second"}


class TestEndsOfTheRecording:
    def test_an_open_state_moves_wherever_the_playhead_stands(self, coded, place, drag, asked):
        coded.set_playhead(600 * SECOND)
        coded.set_selected(("open",))
        drag(place("near", 480), place("near", 520))
        ((ids, delta),) = asked
        assert ids == {"open"}
        assert delta == pytest.approx(40 * SECOND, abs=SECOND)

    def test_a_mark_beyond_the_end_does_not_jump_back(self, coded, place, drag, asked, bar):
        coded.apply_change((), (bar("late", "near", 100, 640),))
        coded.set_selected(("late", "first"))
        drag(place("touch", 150), place("touch", 152) + QPoint(6, 0))
        drag(place("touch", 150), place("touch", 130))
        ((_, delta),) = asked
        assert delta == pytest.approx(-20 * SECOND, abs=SECOND)

    def test_what_draws_the_held_mark_pushes_no_other_out(self, coded, place, drag, asked, point):
        coded.apply_change((), (point("start", "acts", 2), point("lure", "acts", 296)))
        coded.set_selected(("start", "second"))
        drag(place("touch", 350), place("touch", 330))
        ((_, delta),) = asked
        assert delta == -2 * SECOND
