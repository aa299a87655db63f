"""Selecting several marks: by clicks with Ctrl and Shift, by a rubber band, by keys."""

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QContextMenuEvent, QKeyEvent
from PySide6.QtWidgets import QApplication

from ssp_coder.ui.timeline.lane_marks import MarkStore
from ssp_coder.ui.timeline.rings import SINGLE
from ssp_coder.ui.timeline.selection import Selection

SECOND = 1_000_000
LEFT = Qt.MouseButton.LeftButton
PLAIN = Qt.KeyboardModifier.NoModifier
CTRL, SHIFT = Qt.KeyboardModifier.ControlModifier, Qt.KeyboardModifier.ShiftModifier
UP, DOWN = Qt.Key.Key_Up, Qt.Key.Key_Down
BEFORE, AFTER = Qt.Key.Key_PageUp, Qt.Key.Key_PageDown


@pytest.fixture
def coded(timeline, bar, point):
    """Four states in a lane, two in another, and two points."""
    timeline.set_marks(
        [
            *(bar("abcd"[n], "touch", 50 + n * 100, 90 + n * 100) for n in range(4)),
            bar("n1", "near", 50, 100),
            bar("n2", "near", 300, 400),
            point("p1", "acts", 120),
            point("p2", "acts", 320),
        ]
    )
    timeline.set_playhead(590 * SECOND)
    return timeline


@pytest.fixture
def several(timeline):
    """What was reported of selections of none or several, in order."""
    heard = []
    timeline.marks_selected.connect(lambda ids: heard.append(set(ids)))
    return heard


@pytest.fixture
def click(coded, place, qtbot):
    def do(lane, seconds, held=PLAIN):
        qtbot.mouseClick(coded, LEFT, held, place(lane, seconds))

    return do


@pytest.fixture
def key(coded, qtbot):
    return lambda pressed, held=PLAIN: qtbot.keyClick(coded, pressed, held)


class TestClicks:
    def test_control_adds_marks_of_any_lane_and_takes_them_out_again(self, coded, click, several):
        click("touch", 70)
        click("near", 350, CTRL)
        click("acts", 120, CTRL)
        assert coded.selected() == {"a", "n2", "p1"}
        click("near", 350, CTRL)
        assert coded.selected() == {"a", "p1"}
        assert several == [{"a", "n2"}, {"a", "n2", "p1"}, {"a", "p1"}]

    def test_shift_takes_the_range_of_the_lane_in_both_directions(self, coded, click):
        click("touch", 270)
        click("touch", 70, SHIFT)
        assert coded.selected() == {"a", "b", "c"}
        click("touch", 370, SHIFT)
        assert coded.selected() == {"c", "d"}

    def test_shift_in_another_lane_begins_a_range_there(self, coded, click, told):
        click("touch", 70)
        click("near", 350, SHIFT)
        assert coded.selected() == {"n2"}
        assert told[-1] == ("mark_selected", ("n2",))

    def test_a_plain_click_on_one_of_several_leaves_it_alone_when_the_button_goes_up(
        self, coded, click, place, qtbot
    ):
        coded.set_selected(("a", "b"))
        qtbot.mousePress(coded, LEFT, pos=place("touch", 70))
        assert coded.selected() == {"a", "b"}
        qtbot.mouseRelease(coded, LEFT, pos=place("touch", 70))
        assert coded.selected() == {"a"}

    def test_a_click_beside_all_marks_seeks_and_keeps_the_selection(self, coded, click, told):
        coded.set_selected(("a", "b"))
        click("touch", 480)
        assert told[-1][0] == "seek_requested"
        assert coded.selected() == {"a", "b"}

    def test_one_mark_is_reported_by_its_id_alone(self, coded, click, told, several):
        click("touch", 70)
        assert told == [("mark_selected", ("a",))]
        assert several == []


class TestRubberBand:
    @pytest.fixture
    def band(self, coded, place, qtbot):
        def do(start, end, held=SHIFT):
            qtbot.mousePress(coded, LEFT, held, start)
            qtbot.mouseMove(coded, (start + end) / 2)
            qtbot.mouseMove(coded, end)
            qtbot.mouseRelease(coded, LEFT, held, end)

        return do

    def test_it_takes_what_it_touches_in_all_lanes_it_crosses(self, coded, band, place, several):
        band(place("touch", 210), place("near", 330))
        assert coded.selected() == {"c", "n2"}
        assert several == [{"c", "n2"}]

    def test_drawn_from_below_and_from_the_right_it_takes_the_same(self, coded, band, place):
        band(place("near", 210), place("touch", 160))
        assert coded.selected() == {"b"}

    def test_with_control_as_well_it_adds(self, coded, band, place):
        coded.set_selected(("p1",))
        band(place("touch", 110), place("touch", 370), SHIFT | CTRL)
        assert coded.selected() == {"p1", "b", "c", "d"}

    def test_an_empty_band_selects_nothing_any_more(self, coded, band, place, several):
        coded.set_selected(("p1",))
        band(place("touch", 450), place("near", 500))
        assert coded.selected() == set()
        assert several == [set()]

    def test_it_seeks_nowhere(self, coded, band, place, told):
        band(place("touch", 450), place("near", 500))
        assert "seek_requested" not in {name for name, _ in told}

    def test_it_stays_among_the_lanes_wherever_the_pointer_goes(self, coded, band, place):
        band(place("touch", 110), QPoint(5_000, 5_000))
        assert coded.selected() == {"b", "c", "d", "n2", "p1", "p2"}

    def test_escape_brings_the_selection_before_it_back(self, coded, place, qtbot, key, several):
        coded.set_selected(("p1",))
        qtbot.mousePress(coded, LEFT, SHIFT, place("touch", 110))
        qtbot.mouseMove(coded, place("touch", 370))
        assert coded.selected() == {"b", "c", "d"}
        assert coded.wants_escape
        key(Qt.Key.Key_Escape)
        qtbot.mouseRelease(coded, LEFT, SHIFT, place("touch", 370))
        assert coded.selected() == {"p1"}
        assert several == []

    def test_its_outline_is_seen_while_it_is_drawn(self, coded, place, qtbot, theme):
        qtbot.mousePress(coded, LEFT, SHIFT, place("touch", 420))
        qtbot.mouseMove(coded, place("near", 500))
        image, y = coded.grab().toImage(), place("touch", 420).y()
        row = {image.pixelColor(x, y).name() for x in range(place("touch", 430).x(), 800)}
        assert theme.tokens.accent.lower() in row
        qtbot.mouseRelease(coded, LEFT, SHIFT, place("near", 500))


class TestKeys:
    def test_page_keys_walk_through_the_lane(self, coded, key, told):
        coded.set_selected(("a",))
        for pressed in (AFTER, AFTER, BEFORE):
            key(pressed)
        assert [arguments[0] for _, arguments in told] == ["b", "c", "b"]

    def test_with_shift_they_extend_and_shorten_the_range(self, coded, key):
        coded.set_selected(("b",))
        key(AFTER, SHIFT)
        key(AFTER, SHIFT)
        assert coded.selected() == {"b", "c", "d"}
        key(BEFORE, SHIFT)
        assert coded.selected() == {"b", "c"}

    def test_up_and_down_go_to_what_is_nearest_in_the_next_lane_with_marks(self, coded, key):
        coded.set_selected(("d",))
        key(DOWN)
        assert coded.selected() == {"n2"}
        key(DOWN)
        assert coded.selected() == {"p2"}
        key(DOWN)
        assert coded.selected() == {"p2"}
        key(UP)
        key(UP)
        assert coded.selected() == {"c"}

    @pytest.mark.parametrize("pressed", [AFTER, BEFORE, UP, DOWN])
    def test_with_nothing_selected_they_begin_near_the_playhead(self, coded, key, pressed):
        coded.set_playhead(160 * SECOND)
        key(pressed)
        assert coded.selected() == {"b"}

    @pytest.mark.parametrize("pressed", [AFTER, BEFORE, UP, DOWN])
    def test_in_an_empty_timeline_they_do_nothing(self, timeline, qtbot, told, pressed):
        qtbot.keyClick(timeline, pressed)
        assert told == []

    def test_control_a_takes_the_lane_and_then_everything(self, coded, key, several):
        coded.set_selected(("b",))
        key(Qt.Key.Key_A, CTRL)
        assert coded.selected() == set("abcd")
        key(Qt.Key.Key_A, CTRL)
        assert len(coded.selected()) == 8
        assert [len(ids) for ids in several] == [4, 8]

    def test_control_a_belongs_to_the_timeline_before_any_command(self, coded):
        kind = QKeyEvent.Type.ShortcutOverride
        for pressed, mine in ((Qt.Key.Key_A, True), (Qt.Key.Key_Z, False)):
            event = QKeyEvent(kind, pressed, CTRL)
            event.ignore()
            QApplication.sendEvent(coded, event)
            assert event.isAccepted() is mine

    @pytest.mark.parametrize("pressed", [Qt.Key.Key_Delete, Qt.Key.Key_Backspace])
    def test_delete_asks_to_delete_what_is_selected(self, coded, key, qtbot, pressed):
        coded.set_selected(("a", "p1"))
        with qtbot.waitSignal(coded.delete_requested) as asked:
            key(pressed)
        assert set(asked.args[0]) == {"a", "p1"}

    def test_delete_without_a_selection_asks_nothing(self, coded, key, qtbot):
        with qtbot.assertNotEmitted(coded.delete_requested):
            key(Qt.Key.Key_Delete)

    def test_what_a_key_selects_is_brought_into_view_and_the_zoom_stays(self, coded, key, span):
        coded.zoom_to(span(40, 100))
        coded.set_selected(("a",))
        key(AFTER)
        assert coded.view().start_us <= 150 * SECOND < coded.view().end_us
        assert coded.view().length_us == 60 * SECOND

    def test_what_is_in_view_already_moves_nothing(self, coded, key, span):
        coded.zoom_to(span(40, 300))
        coded.set_selected(("a",))
        key(AFTER)
        assert coded.view() == span(40, 300)


class TestMenu:
    @pytest.fixture
    def ask(self, coded):
        def do(at, reason=QContextMenuEvent.Reason.Mouse):
            QApplication.sendEvent(coded, QContextMenuEvent(reason, at, coded.mapToGlobal(at)))

        return do

    def test_it_is_about_the_mark_under_the_pointer(self, coded, ask, place, qtbot, told):
        coded.set_selected(("a", "b"))
        with qtbot.waitSignal(coded.menu_requested) as asked:
            ask(place("touch", 270))
        assert told == [("mark_selected", ("c",))]
        assert asked.args == [coded.mapToGlobal(place("touch", 270))]

    @pytest.mark.parametrize("seconds", [70, 480])
    def test_on_a_selected_mark_and_beside_all_it_is_about_the_selection(
        self, coded, ask, place, told, seconds
    ):
        coded.set_selected(("a", "b"))
        ask(place("touch", seconds))
        assert coded.selected() == {"a", "b"}
        assert told == []

    def test_asked_for_by_the_keyboard_it_opens_under_the_mark(self, coded, ask, qtbot):
        coded.set_selected(("c",))
        with qtbot.waitSignal(coded.menu_requested) as asked:
            ask(QPoint(0, 0), QContextMenuEvent.Reason.Keyboard)
        place = coded.mapFromGlobal(asked.args[0])
        assert place.x() == coded.scale_now().x_of(250 * SECOND)
        assert place.y() > coded.layout_now().lane_rect("touch").center().y()

    def test_without_a_selection_it_opens_in_the_corner_of_the_lanes(self, coded):
        assert coded.menu_place() == coded.layout_now().body.topLeft()


class TestHeld:
    def test_marks_that_are_removed_are_selected_no_more_and_edited_ones_still_are(
        self, coded, bar
    ):
        coded.set_selected(("a", "b"))
        coded.apply_change(("a",), ())
        coded.apply_change(("b",), (bar("b", "touch", 160, 200),))
        assert coded.selected() == {"b"}

    def test_the_name_says_how_many_are_selected(self, coded):
        coded.set_selected(("a", "b"))
        assert coded.accessibleName() == "Timeline, 8 marks, 2 selected"
        coded.set_selected(("a",))
        assert coded.accessibleName().startswith("Timeline, 8 marks, Contact")

    def test_a_selection_of_the_same_marks_changes_nothing(self):
        selection = Selection(MarkStore())
        assert selection.show(("a",))
        assert not selection.show(["a"])
        assert selection.only() is None
        assert selection.marks() == ()


class TestRings:
    def ringed(self, timeline, theme):
        """Columns of the first lane in which the accent is seen."""
        rect = timeline.layout_now().lane_rect("touch")
        image, accent = timeline.grab().toImage(), theme.tokens.accent.lower()
        middle = rect.center().y()
        return {
            x
            for x in range(rect.left(), rect.right())
            if image.pixelColor(x, middle).name() == accent
        }

    def test_each_of_a_few_has_a_ring_of_its_own(self, coded, theme):
        assert self.ringed(coded, theme) == set()
        coded.set_selected(("a",))
        one = self.ringed(coded, theme)
        coded.set_selected(("a", "c"))
        assert self.ringed(coded, theme) > one > set()

    def test_of_very_many_those_that_are_near_share_one(self, timeline, bar, theme):
        near = [bar(f"m{n}", "touch", 100 + n * 0.2, 100 + n * 0.2 + 0.1) for n in range(500)]
        far = [bar(f"f{n}", "touch", 400 + n * 0.2, 400 + n * 0.2 + 0.1) for n in range(500)]
        timeline.set_marks([*near, *far])
        timeline.set_selected(mark.id for mark in (*near, *far))
        ringed = self.ringed(timeline, theme)
        edges = [x for x in sorted(ringed) if x - 1 not in ringed]
        assert len(edges) == 4

    def test_a_ring_moves_with_the_view_and_with_the_mark(self, coded, theme, span, bar):
        coded.set_selected(("a",))
        whole = self.ringed(coded, theme)
        coded.zoom_to(span(0, 300))
        assert self.ringed(coded, theme) != whole
        coded.zoom_to(span(0, 600))
        assert self.ringed(coded, theme) == whole
        coded.apply_change(("a",), (bar("a", "touch", 500, 540),))
        assert self.ringed(coded, theme) != whole

    def test_the_ring_of_an_open_state_ends_at_the_playhead(self, timeline, bar, theme):
        timeline.set_marks([bar("open", "touch", 100, None)])
        timeline.set_selected(("open",))
        ends = []
        for second in (200, 300):
            timeline.set_playhead(second * SECOND)
            ends.append(
                max(self.ringed(timeline, theme)) - timeline.scale_now().x_of(second * SECOND)
            )
        assert ends[0] == ends[1]
        assert abs(ends[0]) <= 4

    def test_more_rings_than_can_be_told_apart_are_plain(self):
        assert 50 <= SINGLE <= 500
