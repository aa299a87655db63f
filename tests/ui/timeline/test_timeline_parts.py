"""The parts of the timeline that can be tried without the widget."""

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from PySide6.QtCore import QPoint, QRect, QSize
from PySide6.QtGui import QImage, QPainter

from ssp_coder.ui.kit.marks import MarkShape
from ssp_coder.ui.timeline.backdrop import Backdrop
from ssp_coder.ui.timeline.bars import NARROW_PX, LaneView, paint_marks
from ssp_coder.ui.timeline.hits import Edge, HitTest
from ssp_coder.ui.timeline.lane_marks import LaneMarks, MarkStore
from ssp_coder.ui.timeline.layout import lanes_height, lay_out
from ssp_coder.ui.timeline.model import EpisodeBlock, EpisodeState, Lane, LaneKind, Mark, Scene
from ssp_coder.ui.timeline.overlay import OverlayPainter
from ssp_coder.ui.timeline.time_scale import TimeScale
from ssp_coder.ui.timeline.words import episode_words, mark_words

SECOND = 1_000_000
TOUCH = Lane(id="touch", title="Contact", slot="green")
ACTS = Lane(id="acts", title="Acts", slot="orange", kind=LaneKind.POINT)
SOUND = Lane(id="sound", title="Sound", kind=LaneKind.SOUND)
SCALE = TimeScale(start_us=0, length_us=100 * SECOND, left=0, width=1_000)


def state(start, end, **more):
    return Mark(
        id=f"{start}-{end}",
        lane="touch",
        start_us=round(start * SECOND),
        end_us=round(end * SECOND),
        **more,
    )


class TestLayout:
    def test_parts_lie_under_and_beside_each_other_without_gaps(self, theme):
        area = QRect(0, 0, 900, 300)
        layout = lay_out(theme, area, Scene(lanes=(SOUND, TOUCH, ACTS)), 0)
        assert layout.labels.right() + 1 == layout.band.left() == layout.body.left()
        assert layout.band.bottom() + 1 == layout.ruler.top()
        assert layout.ruler.bottom() + 1 == layout.body.top() == layout.lanes[0][1].top()
        for (_, upper), (_, lower) in zip(layout.lanes, layout.lanes[1:], strict=False):
            assert upper.bottom() + 1 == lower.top()
        assert layout.body.right() == area.right()
        assert layout.body.bottom() == area.bottom()

    def test_the_sound_is_higher_than_the_other_lanes(self, theme):
        layout = lay_out(theme, QRect(0, 0, 900, 300), Scene(lanes=(SOUND, TOUCH)), 0)
        heights = [rect.height() for _, rect in layout.lanes]
        assert heights[0] > heights[1]
        assert sum(heights) == lanes_height(theme, Scene(lanes=(SOUND, TOUCH)))

    def test_scrolling_moves_lanes_but_not_the_ruler(self, theme):
        still = lay_out(theme, QRect(0, 0, 900, 300), Scene(lanes=(TOUCH, ACTS)), 0)
        moved = lay_out(theme, QRect(0, 0, 900, 300), Scene(lanes=(TOUCH, ACTS)), 15)
        assert moved.ruler == still.ruler
        assert moved.lane_rect("touch").top() == still.lane_rect("touch").top() - 15

    def test_a_lane_is_found_by_height_only_where_it_is_visible(self, theme):
        layout = lay_out(theme, QRect(0, 0, 900, 300), Scene(lanes=(TOUCH, ACTS)), 15)
        top = layout.body.top()
        assert layout.lane_at(top)[0] is TOUCH
        assert layout.lane_at(top - 5) is None
        assert layout.lane_at(layout.body.bottom()) is None
        assert layout.lane_rect("nothing") is None

    def test_a_window_too_small_for_anything_still_lays_out(self, theme):
        layout = lay_out(theme, QRect(0, 0, 10, 10), Scene(lanes=(TOUCH,)), 0)
        assert layout.band.width() >= 1
        assert layout.body.height() >= 0


class TestLaneView:
    @pytest.fixture
    def view(self, theme):
        return LaneView(theme, TOUCH, QRect(0, 0, 1_000, 26), SCALE)

    def test_a_bar_begins_and_ends_at_its_times(self, view):
        rect = view.mark_rect(state(10, 30), 0)
        assert (rect.left(), rect.right() + 1) == (100, 300)

    @given(level=st.floats(0.01, 1))
    def test_a_bar_stands_on_the_lane_and_inside_it(self, qapp, level):
        from ssp_coder.ui.theme.theme import Theme
        from ssp_coder.ui.theme.tokens import Scheme

        view = LaneView(Theme(Scheme.LIGHT), TOUCH, QRect(0, 0, 1_000, 26), SCALE)
        rect = view.mark_rect(state(10, 30, level=level), 0)
        full = view.mark_rect(state(10, 30), 0)
        assert rect.bottom() == full.bottom()
        assert full.top() <= rect.top()
        assert rect.height() >= 3

    def test_a_state_without_length_is_still_one_pixel_wide(self, view):
        assert view.mark_rect(state(10, 10), 0).width() == 1

    def test_an_open_state_ends_where_it_is_told_but_not_before_its_start(self, view):
        opened = Mark(id="o", lane="touch", start_us=50 * SECOND, open=True)
        assert view.mark_rect(opened, 70 * SECOND).right() + 1 == 700
        assert view.mark_rect(opened, 20 * SECOND).width() == 1

    def test_a_point_stands_about_its_time(self, view):
        point = Mark(id="p", lane="touch", start_us=50 * SECOND, shape=MarkShape.SQUARE)
        rect = view.mark_rect(point, 0)
        assert abs(rect.center().x() - 500) <= 1
        assert abs(rect.center().y() - view.rect.center().y()) <= 1


class TestCrowds:
    def paint(self, theme, marks):
        image = QImage(1_000, 26, QImage.Format.Format_ARGB32)
        image.fill(theme.colour("panel"))
        painter = QPainter(image)
        view = LaneView(theme, TOUCH, QRect(0, 0, 1_000, 26), SCALE)
        paint_marks(painter, view, LaneMarks(marks).seen(0, SCALE.end_us))
        painter.end()
        return image

    def ink_columns(self, theme, image):
        panel = theme.tokens.panel.lower()
        return {
            x
            for x in range(image.width())
            if any(image.pixelColor(x, y).name() != panel for y in range(image.height()))
        }

    @given(st.lists(st.tuples(st.integers(0, 95), st.floats(0, 4)), min_size=1, max_size=60))
    @settings(max_examples=15, suppress_health_check=[HealthCheck.function_scoped_fixture])
    def test_merging_loses_no_time_that_was_coded(self, theme, spans):
        marks = sorted(
            (state(start, start + length) for start, length in spans),
            key=lambda mark: (mark.start_us, mark.id),
        )
        columns = self.ink_columns(theme, self.paint(theme, marks))
        for mark in marks:
            assert SCALE.x_of(mark.start_us) in columns
            assert max(SCALE.x_of(mark.end_us) - 1, SCALE.x_of(mark.start_us)) in columns

    def test_a_long_bar_is_painted_even_in_the_middle_of_a_crowd(self, theme):
        crowd = [state(10 + n * 0.02, 10 + n * 0.02 + 0.01) for n in range(10)]
        marks = sorted([*crowd, state(10.05, 40)], key=lambda mark: mark.start_us)
        image = self.paint(theme, marks)
        assert image.pixelColor(300, 15).name() == theme.group("green").tint.lower()

    def test_two_short_states_with_room_between_stay_two(self, theme):
        image = self.paint(theme, [state(10, 10.1), state(20, 20.1)])
        columns = self.ink_columns(theme, image)
        assert columns == {100, 200}
        assert NARROW_PX > 1

    def test_the_strip_is_as_high_as_its_highest_state(self, theme):
        low = self.paint(theme, [state(10, 10.1, level=0.3), state(10.1, 10.2, level=0.3)])
        high = self.paint(theme, [state(10, 10.1, level=0.3), state(10.1, 10.2, level=1)])
        edge = theme.group("green").edge.lower()

        def height(image):
            return sum(image.pixelColor(100, y).name() == edge for y in range(26))

        assert height(high) > 2 * height(low) > 0


class TestHits:
    @pytest.fixture
    def hits(self, theme):
        self.layout = lay_out(theme, QRect(0, 0, 1_000, 300), Scene(lanes=(TOUCH, ACTS)), 0)
        body = self.layout.body
        self.scale = TimeScale(
            start_us=0, length_us=100 * SECOND, left=body.left(), width=body.width()
        )
        self.store = MarkStore()
        return HitTest(theme, self.layout, self.scale, 90 * SECOND)

    def at(self, seconds, lane="touch", dx=0):
        y = self.layout.lane_rect(lane).center().y()
        return QPoint(self.scale.x_of(round(seconds * SECOND)) + dx, y)

    def test_the_later_of_two_overlapping_marks_wins(self, hits):
        self.store.replace([state(10, 50), state(20, 40)])
        assert hits.mark_at(self.at(30), self.store).id == "20-40"
        assert hits.mark_at(self.at(45), self.store).id == "10-50"

    def test_a_low_bar_can_be_hit_over_its_whole_lane(self, hits):
        self.store.replace([state(10, 50, level=0.1)])
        assert hits.mark_at(self.at(30), self.store) is not None

    def test_nothing_is_hit_outside_the_lanes(self, hits):
        self.store.replace([state(0, 100)])
        assert hits.mark_at(QPoint(self.at(30).x(), 5), self.store) is None
        assert hits.mark_at(QPoint(5, self.at(30).y()), self.store) is None

    @pytest.mark.parametrize(
        ("dx", "edge"), [(-4, Edge.START), (0, Edge.START), (4, Edge.START), (6, None)]
    )
    def test_an_edge_is_held_within_four_pixels(self, hits, dx, edge):
        held = hits.edge_at(self.at(10, dx=dx), state(10, 50))
        assert (held.edge if held else None) == edge

    def test_an_edge_is_held_only_in_its_own_lane(self, hits):
        assert hits.edge_at(self.at(10, "acts"), state(10, 50)) is None

    def test_the_later_edge_of_a_short_state_is_its_onset_first(self, hits):
        assert hits.edge_at(self.at(10), state(10, 10.1)).edge is Edge.START


class TestOverlay:
    def test_the_flag_never_leaves_the_ruler(self, theme):
        layout = lay_out(theme, QRect(0, 0, 700, 300), Scene(lanes=(TOUCH,)), 0)
        body = layout.body
        scale = TimeScale(start_us=0, length_us=100 * SECOND, left=body.left(), width=body.width())
        for seconds in (0, 1, 50, 99, 100):
            over = OverlayPainter(theme, layout, scale, seconds * SECOND)
            assert layout.ruler.contains(over.flag_rect(seconds * SECOND))

    def test_a_mark_of_an_unknown_lane_has_no_ring(self, theme):
        layout = lay_out(theme, QRect(0, 0, 700, 300), Scene(lanes=(ACTS,)), 0)
        assert OverlayPainter(theme, layout, SCALE, 0).ring_rect(state(1, 2)) is None


class TestBackdrop:
    @pytest.fixture
    def painted(self):
        return []

    def layer(self, backdrop, painted, size=(30, 20), ratio=1.0):
        return backdrop.pixmap(QSize(*size), ratio, lambda _painter: painted.append(1))

    def test_it_is_painted_once_while_nothing_changes(self, qapp, painted):
        backdrop = Backdrop()
        first = self.layer(backdrop, painted)
        assert self.layer(backdrop, painted).cacheKey() == first.cacheKey()
        assert painted == [1]

    @pytest.mark.parametrize(("size", "ratio"), [((31, 20), 1.0), ((30, 20), 2.0)])
    def test_another_size_or_screen_paints_again(self, qapp, painted, size, ratio):
        backdrop = Backdrop()
        self.layer(backdrop, painted)
        pixmap = self.layer(backdrop, painted, size, ratio)
        assert painted == [1, 1]
        assert pixmap.deviceIndependentSize().toSize() == QSize(*size)

    def test_forgetting_paints_again(self, qapp, painted):
        backdrop = Backdrop()
        self.layer(backdrop, painted)
        backdrop.forget()
        self.layer(backdrop, painted)
        assert painted == [1, 1]

    def test_touching_up_paints_at_once_but_only_on_a_layer_that_is_there(self, qapp, painted):
        backdrop = Backdrop()
        backdrop.touch_up(lambda _painter: painted.append("early"))
        self.layer(backdrop, painted)
        backdrop.touch_up(lambda _painter: painted.append("late"))
        assert painted == [1, "late"]


class TestWords:
    SCENE = Scene(lanes=(TOUCH, ACTS))

    def test_a_state_has_its_length(self):
        words = mark_words(state(61, 63.5, label="held"), self.SCENE)
        assert words == "Contact: held\n1:01.00–1:03.50, 2.50 s"

    def test_a_mark_without_label_is_named_by_its_lane(self):
        assert mark_words(state(1, 2), self.SCENE).startswith("Contact\n")

    def test_a_mark_of_an_unknown_lane_still_has_words(self):
        assert mark_words(state(1, 2, label="held"), Scene()).startswith("held\n")

    def test_an_episode_has_both_names(self):
        block = EpisodeBlock(id="p", title="P4", state=EpisodeState.MISSING, note="missing")
        assert episode_words(block) == "P4 missing"


@st.composite
def scenes(draw):
    count = draw(st.integers(0, 25))
    marks = []
    for number in range(count):
        start = draw(st.integers(-5 * SECOND, 700 * SECOND))
        kind = draw(st.sampled_from(["state", "open", "point"]))
        marks.append(
            Mark(
                id=str(number),
                lane=draw(st.sampled_from(["touch", "acts", "kept", "unknown"])),
                start_us=start,
                end_us=start + draw(st.integers(0, 90 * SECOND)) if kind == "state" else None,
                open=kind == "open",
                label=draw(st.sampled_from(["", "held", "an extremely long label of a code"])),
                shape=draw(st.sampled_from(list(MarkShape))),
                level=draw(st.sampled_from([0.05, 0.5, 1.0])),
                hatched=draw(st.booleans()),
            )
        )
    return tuple(marks)


@given(
    marks=scenes(),
    playhead=st.integers(0, 600 * SECOND),
    zoom=st.floats(0.5, 5_000),
    size=st.tuples(st.integers(20, 900), st.integers(20, 300)),
)
@settings(
    max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
def test_any_scene_paints_and_answers_at_any_size_and_zoom(timeline, marks, playhead, zoom, size):
    timeline.set_marks(marks)
    timeline.set_selected(mark.id for mark in marks[:3])
    timeline.resize(*size)
    timeline.set_playhead(playhead)
    timeline.zoom_by(zoom)
    assert not timeline.grab().isNull()
    view = timeline.view()
    assert 0 <= view.start_us < view.end_us <= 600 * SECOND
    for x in range(0, size[0], 37):
        for y in range(0, size[1], 23):
            timeline.tip_at(QPoint(x, y))


@given(scenes(), st.data())
@settings(
    max_examples=20, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
def test_a_change_paints_the_same_as_setting_everything(timeline, marks, data):
    gone = data.draw(st.sets(st.sampled_from([mark.id for mark in marks]))) if marks else set()
    first, rest = marks[: len(marks) // 2], marks[len(marks) // 2 :]
    timeline.set_marks(first)
    timeline.grab()
    timeline.apply_change((), rest)
    timeline.apply_change(gone, ())
    step_by_step = timeline.grab().toImage()
    timeline.set_marks(mark for mark in marks if mark.id not in gone)
    assert timeline.grab().toImage() == step_by_step


def test_a_lane_keeps_its_order_for_equal_starts():
    marks = [
        Mark(id=name, lane="touch", start_us=5, shape=MarkShape.SQUARE) for name in ("b", "a", "c")
    ]
    assert [mark.id for mark in LaneMarks(marks)] == ["a", "b", "c"]
