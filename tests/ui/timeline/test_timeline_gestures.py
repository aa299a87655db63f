import pytest
from PySide6.QtCore import QEvent, QPoint, QPointF, Qt
from PySide6.QtGui import QWheelEvent
from PySide6.QtWidgets import QApplication

SECOND = 1_000_000
LEFT = Qt.MouseButton.LeftButton


@pytest.fixture
def drag(timeline, qtbot):
    """Press, move through a place between, and release."""

    def do(start, end):
        qtbot.mousePress(timeline, LEFT, pos=start)
        qtbot.mouseMove(timeline, (start + end) / 2)
        qtbot.mouseMove(timeline, end)
        qtbot.mouseRelease(timeline, LEFT, pos=end)

    return do


@pytest.fixture
def turn(timeline):
    """Turn the wheel at a place."""

    def do(at, x=0, y=0, modifiers=Qt.KeyboardModifier.NoModifier):
        event = QWheelEvent(
            QPointF(at), QPointF(timeline.mapToGlobal(at)), QPoint(), QPoint(x, y),
            Qt.MouseButton.NoButton, modifiers, Qt.ScrollPhase.NoScrollPhase, False,
        )  # fmt: skip
        QApplication.sendEvent(timeline, event)

    return do


@pytest.fixture
def coded(timeline, bar, point):
    """Two states, an open one, a point, and a state in a locked lane."""
    timeline.set_marks(
        [
            bar("first", "touch", 100, 200, label="held"),
            bar("second", "touch", 300, 400, label="free"),
            bar("open", "near", 100, None),
            point("act", "acts", 250),
            bar("kept", "kept", 100, 200),
        ]
    )
    timeline.set_playhead(500 * SECOND)
    return timeline


class TestSeek:
    def test_a_press_beside_all_marks_seeks_there(self, coded, place, qtbot, told):
        qtbot.mouseClick(coded, LEFT, pos=place("touch", 250))
        name, (time_us,) = told[0]
        assert name == "seek_requested"
        assert time_us == pytest.approx(250 * SECOND, abs=SECOND)

    def test_a_drag_scrubs_and_stops_at_the_ends(self, coded, place, drag, told):
        drag(place("acts", 500), place("acts", 500) + QPoint(2_000, 0))
        assert {name for name, _ in told} == {"seek_requested"}
        assert told[-1][1] == (600 * SECOND,)

    def test_a_press_in_the_band_seeks_in_the_whole_session(self, coded, qtbot, told, span):
        coded.zoom_to(span(0, 10))
        band = coded.band_now()
        at = QPoint(band.scale.x_of(480 * SECOND), coded.layout_now().band.center().y())
        qtbot.mouseClick(coded, LEFT, pos=at)
        assert told[0][1][0] == pytest.approx(480 * SECOND, abs=SECOND)

    def test_a_time_past_thirty_six_minutes_arrives_whole(self, coded, place, qtbot, told):
        coded.set_duration(7_200 * SECOND)
        qtbot.mouseClick(coded, LEFT, pos=place("acts", 7_000))
        assert told[0][1][0] == pytest.approx(7_000 * SECOND, abs=10 * SECOND)

    def test_a_press_on_the_labels_does_nothing(self, coded, qtbot, told, place):
        qtbot.mouseClick(coded, LEFT, pos=QPoint(20, place("touch", 0).y()))
        assert told == []

    def test_another_button_does_nothing(self, coded, qtbot, told, place):
        qtbot.mouseClick(coded, Qt.MouseButton.MiddleButton, pos=place("touch", 250))
        assert told == []


class TestSelect:
    def test_a_press_on_a_mark_selects_it_and_does_not_seek(self, coded, place, qtbot, told):
        qtbot.mouseClick(coded, LEFT, pos=place("touch", 150))
        assert told == [("mark_selected", ("first",))]
        assert coded.selected() == {"first"}

    def test_a_point_is_selected_by_its_shape(self, coded, place, qtbot, told):
        qtbot.mouseClick(coded, LEFT, pos=place("acts", 250))
        assert told == [("mark_selected", ("act",))]

    def test_an_open_state_is_hit_up_to_the_playhead(self, coded, place, qtbot, told):
        qtbot.mouseClick(coded, LEFT, pos=place("near", 450))
        qtbot.mouseClick(coded, LEFT, pos=place("near", 550))
        assert [name for name, _ in told] == ["mark_selected", "seek_requested"]

    def test_a_double_click_asks_to_edit(self, coded, place, qtbot, told):
        qtbot.mouseDClick(coded, LEFT, pos=place("touch", 350))
        assert ("mark_activated", ("second",)) in told

    def test_a_double_click_on_nothing_asks_nothing(self, coded, place, qtbot, told):
        qtbot.mouseDClick(coded, LEFT, pos=place("touch", 500))
        assert "mark_activated" not in [name for name, _ in told]

    def test_a_selected_mark_has_a_ring_in_the_accent(self, coded, place, pixel, theme):
        above = QPoint(0, coded.layout_now().lane_rect("touch").height() // 2 - 2)
        rings = {pixel(place("touch", 150) - above + QPoint(0, dy)) for dy in range(4)}
        assert theme.tokens.accent.lower() not in rings
        coded.set_selected(("first",))
        rings = {pixel(place("touch", 150) - above + QPoint(0, dy)) for dy in range(4)}
        assert theme.tokens.accent.lower() in rings

    def test_being_told_the_selection_is_silent(self, coded, told):
        coded.set_selected(("first", "act"))
        assert told == []


class TestDrag:
    def test_an_end_is_dragged_and_reported_once(self, coded, place, drag, told):
        drag(place("touch", 200), place("touch", 240))
        drags = [arguments for name, arguments in told if name == "edge_drag_finished"]
        ((mark_id, edge, time_us),) = drags
        assert (mark_id, edge) == ("first", "end")
        assert time_us == pytest.approx(240 * SECOND, abs=SECOND)

    def test_an_onset_is_dragged(self, coded, place, drag, told):
        drag(place("touch", 300), place("touch", 270))
        assert told[-1][1][:2] == ("second", "start")

    def test_a_point_is_dragged_by_its_onset(self, coded, place, drag, told):
        drag(place("acts", 250), place("acts", 280))
        assert told[-1][1][:2] == ("act", "start")
        assert told[-1][1][2] == pytest.approx(280 * SECOND, abs=SECOND)

    def test_it_snaps_to_what_the_frames_say(self, coded, place, drag, told):
        coded.set_snap(lambda time_us: time_us // (7 * SECOND) * 7 * SECOND)
        drag(place("touch", 200), place("touch", 240))
        assert told[-1][1][2] == 238 * SECOND

    def test_the_playhead_attracts(self, coded, place, drag, told):
        coded.set_snap(lambda time_us: time_us // (7 * SECOND) * 7 * SECOND)
        coded.set_playhead(239_123_456)
        drag(place("touch", 200), place("touch", 240))
        assert told[-1][1][2] == 239_123_456

    def test_a_small_tremble_is_no_drag(self, coded, place, drag, told):
        drag(place("touch", 200), place("touch", 200) + QPoint(2, 0))
        assert [name for name, _ in told] == ["mark_selected"]

    def test_a_locked_lane_selects_but_does_not_drag(self, coded, place, drag, told):
        drag(place("kept", 200) - QPoint(1, 0), place("kept", 260))
        assert [name for name, _ in told] == ["mark_selected"]

    def test_the_open_end_cannot_be_dragged(self, coded, place, drag, told):
        drag(place("near", 500) - QPoint(1, 0), place("near", 550))
        assert "edge_drag_finished" not in [name for name, _ in told]

    def test_the_selected_mark_wins_where_two_edges_meet(self, coded, bar, place, drag, told):
        coded.apply_change((), (bar("next", "touch", 200, 300),))
        coded.set_selected(("first",))
        drag(place("touch", 200), place("touch", 220))
        assert told[-1][1][:2] == ("first", "end")

    def test_a_drag_outside_ends_at_the_recording(self, coded, place, drag, told):
        drag(place("touch", 400), place("touch", 400) + QPoint(3_000, 0))
        assert told[-1][1][2] == 600 * SECOND

    def test_while_dragging_the_new_time_is_shown(self, coded, place, qtbot, pixel, theme):
        qtbot.mousePress(coded, LEFT, pos=place("touch", 200))
        qtbot.mouseMove(coded, place("touch", 240))
        flag = QPoint(place("touch", 240).x(), coded.layout_now().ruler.top() + 2)
        assert pixel(flag) == theme.tokens.accent.lower()
        qtbot.mouseRelease(coded, LEFT, pos=place("touch", 240))
        assert pixel(flag) != theme.tokens.accent.lower()

    def test_escape_gives_up_a_drag(self, coded, place, qtbot, told):
        qtbot.mousePress(coded, LEFT, pos=place("touch", 200))
        qtbot.mouseMove(coded, place("touch", 240))
        qtbot.keyClick(coded, Qt.Key.Key_Escape)
        qtbot.mouseRelease(coded, LEFT, pos=place("touch", 240))
        assert "edge_drag_finished" not in [name for name, _ in told]

    def test_the_view_does_not_turn_while_a_button_is_down(self, coded, place, qtbot, span):
        coded.zoom_to(span(100, 300))
        coded.set_playhead(150 * SECOND)
        qtbot.mousePress(coded, LEFT, pos=place("touch", 200))
        coded.set_playhead(400 * SECOND)
        assert coded.view() == span(100, 300)
        qtbot.mouseRelease(coded, LEFT, pos=place("touch", 200))


class TestHover:
    def test_an_edge_shows_that_it_can_be_dragged(self, coded, place, qtbot):
        qtbot.mouseMove(coded, place("touch", 200))
        assert coded.cursor().shape() is Qt.CursorShape.SizeHorCursor
        qtbot.mouseMove(coded, place("touch", 150))
        assert coded.cursor().shape() is Qt.CursorShape.ArrowCursor

    def test_the_mark_under_the_pointer_has_a_ring_until_it_leaves(self, coded, place, qtbot):
        plain = coded.grab().toImage()
        qtbot.mouseMove(coded, place("touch", 150))
        assert coded.grab().toImage() != plain
        QApplication.sendEvent(coded, QEvent(QEvent.Type.Leave))
        assert coded.grab().toImage() == plain


class TestWheel:
    def test_it_zooms_about_the_pointer(self, coded, place, turn):
        at = place("touch", 400)
        turn(at, y=120)
        assert coded.view().length_us == 480 * SECOND
        assert coded.scale_now().time_at(at.x()) == pytest.approx(400 * SECOND, abs=SECOND)
        turn(at, y=-120)
        assert coded.view().length_us == 600 * SECOND

    @pytest.mark.parametrize(
        ("x", "y", "modifiers"),
        [(-120, 0, Qt.KeyboardModifier.NoModifier), (0, -120, Qt.KeyboardModifier.ShiftModifier)],
    )
    def test_sideways_or_with_shift_it_scrolls(self, coded, place, turn, span, x, y, modifiers):
        coded.zoom_to(span(100, 200))
        turn(place("touch", 150), x=x, y=y, modifiers=modifiers)
        assert coded.view() == span(110, 210)


class TestKeys:
    @pytest.mark.parametrize(("key", "step"), [(Qt.Key.Key_Left, -1), (Qt.Key.Key_Right, 1)])
    def test_arrows_ask_for_a_frame(self, coded, qtbot, told, key, step):
        qtbot.keyClick(coded, key)
        assert told == [("frame_step_requested", (step,))]

    @pytest.mark.parametrize(("key", "second"), [(Qt.Key.Key_Left, 499), (Qt.Key.Key_Right, 501)])
    def test_with_shift_they_seek_a_second(self, coded, qtbot, told, key, second):
        qtbot.keyClick(coded, key, Qt.KeyboardModifier.ShiftModifier)
        assert told == [("seek_requested", (second * SECOND,))]

    @pytest.mark.parametrize(("key", "second"), [(Qt.Key.Key_Home, 0), (Qt.Key.Key_End, 600)])
    def test_home_and_end_seek_to_the_ends(self, coded, qtbot, told, key, second):
        qtbot.keyClick(coded, key)
        assert told == [("seek_requested", (second * SECOND,))]

    def test_with_control_they_select_the_neighbour_in_the_lane(self, coded, qtbot, told):
        coded.set_selected(("first",))
        for _ in range(2):
            qtbot.keyClick(coded, Qt.Key.Key_Right, Qt.KeyboardModifier.ControlModifier)
        assert told == [("mark_selected", ("second",))]
        assert coded.selected() == {"second"}

    def test_plus_and_minus_zoom_about_the_playhead(self, coded, qtbot):
        coded.set_playhead(300 * SECOND)
        qtbot.keyClick(coded, Qt.Key.Key_Plus)
        assert coded.view().length_us == 480 * SECOND
        assert coded.scale_now().x_of(300 * SECOND) == pytest.approx(
            coded.layout_now().body.center().x(), abs=2
        )
        qtbot.keyClick(coded, Qt.Key.Key_Minus)
        assert coded.view().length_us == 600 * SECOND

    def test_enter_asks_to_edit_the_selected_mark(self, coded, qtbot, told):
        qtbot.keyClick(coded, Qt.Key.Key_Return)
        assert told == []
        coded.set_selected(("act",))
        qtbot.keyClick(coded, Qt.Key.Key_Return)
        assert told == [("mark_activated", ("act",))]

    def test_a_code_key_is_left_to_the_workspace(self, coded, qtbot, told):
        qtbot.keyClick(coded, "w")
        assert told == []


def test_an_edge_before_the_view_is_not_taken_hold_of_under_the_labels(
    coded, span, drag, told, qtbot
):
    coded.set_selected(("first",))
    coded.zoom_to(span(110, 300))
    layout = coded.layout_now()
    at = QPoint(coded.scale_now().x_of(100 * SECOND), layout.lane_rect("touch").center().y())
    assert 0 < at.x() < layout.body.left()
    drag(at, at + QPoint(40, 0))
    assert "edge_drag_finished" not in {name for name, _ in told}
    assert coded.scene.folded == {"touch"}
