"""Very many marks: found, changed and painted at once as they would be one by one."""

import random

import numpy as np
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from PySide6.QtCore import QRect
from PySide6.QtGui import QImage, QPainter

from ssp_coder.ui.kit.marks import MarkShape, paint_bar, paint_mark
from ssp_coder.ui.timeline.bars import LaneView, paint_marks
from ssp_coder.ui.timeline.columns import FOREVER_US, Columns
from ssp_coder.ui.timeline.lane_marks import FEW, LaneMarks, MarkStore
from ssp_coder.ui.timeline.model import Lane, LaneKind, Mark
from ssp_coder.ui.timeline.stamps import MOST_TICKS, PointLook, point_picture
from ssp_coder.ui.timeline.time_scale import TimeScale

SECOND = 1_000_000
SCALE = TimeScale(start_us=0, length_us=100 * SECOND, left=0, width=1_000)
TOUCH = Lane(id="touch", title="Contact", slot="green")
ACTS = Lane(id="acts", title="Acts", slot="orange", kind=LaneKind.POINT)
ROOM = QRect(0, 0, 1_000, 26)


def state(name, start, end, **more):
    return Mark(
        id=name, lane="touch", start_us=round(start * SECOND), end_us=round(end * SECOND), **more
    )


def act(name, at, shape=MarkShape.SQUARE):
    return Mark(id=name, lane="acts", start_us=round(at * SECOND), shape=shape)


def painted(theme, paint):
    image = QImage(ROOM.size(), QImage.Format.Format_ARGB32_Premultiplied)
    image.fill(theme.colour("panel"))
    painter = QPainter(image)
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    paint(painter)
    painter.end()
    return image


def at_once(theme, lane, marks):
    view = LaneView(theme, lane, ROOM, SCALE)
    return painted(theme, lambda p: paint_marks(p, view, LaneMarks(marks).seen(0, SCALE.end_us)))


class TestPainting:
    @given(
        st.lists(st.integers(0, 32), min_size=1, max_size=12, unique=True),
        st.sampled_from([0.1, 0.5, 1.0]),
    )
    @settings(max_examples=20, suppress_health_check=[HealthCheck.function_scoped_fixture])
    def test_bars_at_once_look_like_bars_one_by_one(self, theme, starts, level):
        marks = [state(str(at), at * 3, at * 3 + 1.5, level=level) for at in starts]
        view = LaneView(theme, TOUCH, ROOM, SCALE)

        def one_by_one(painter):
            for mark in marks:
                paint_bar(painter, view.mark_rect(mark, 0), view.colours)

        assert at_once(theme, TOUCH, marks) == painted(theme, one_by_one)

    @pytest.mark.parametrize("shape", [shape for shape in MarkShape if shape is not MarkShape.BAR])
    def test_points_as_pictures_look_like_points_drawn(self, theme, shape):
        marks = [act(str(at), at, shape) for at in (10, 20.3, 70)]
        view = LaneView(theme, ACTS, ROOM, SCALE)

        def one_by_one(painter):
            for mark in marks:
                paint_mark(painter, view.mark_rect(mark, 0), shape, view.colours)

        seen, drawn = at_once(theme, ACTS, marks), painted(theme, one_by_one)
        worst = max(
            abs(seen.pixelColor(x, y).lightness() - drawn.pixelColor(x, y).lightness())
            for x in range(90, 120)
            for y in range(26)
        )
        assert worst <= 3

    def test_a_short_state_is_not_hidden_by_a_long_one_that_begins_beside_it(self, theme):
        both = [state("short", 9.95, 10.1), state("long", 10, 60, level=0.3)]
        image, edge = at_once(theme, TOUCH, both), theme.group("green").edge.lower()
        assert image.pixelColor(100, 8).name() == edge

    def test_bars_with_words_look_the_same_alone_and_beside_a_pair_that_overlaps(self, theme):
        alone = [state("word", 5, 20, label="clinging to the caregiver")]
        pair = [state("one", 50, 70, label="first"), state("two", 60, 80, label="second")]
        left = QRect(0, 0, 300, 26)
        seen, beside = at_once(theme, TOUCH, alone), at_once(theme, TOUCH, alone + pair)
        assert seen.copy(left) == beside.copy(left)
        assert seen.copy(left) != at_once(theme, TOUCH, [state("word", 5, 20)]).copy(left)

    def test_where_bars_overlap_the_later_one_covers_the_words_of_the_earlier(self, theme):
        both = [state("one", 10, 60, label="n" * 80), state("two", 30, 80)]
        image, clean = at_once(theme, TOUCH, both), at_once(theme, TOUCH, both[1:])
        inside = QRect(305, 0, 200, 26)
        assert image.copy(inside) == clean.copy(inside)

    def test_boxes_tell_whether_they_overlap(self, theme):
        def overlap(*spans):
            view = LaneView(theme, TOUCH, ROOM, SCALE)
            starts, ends = (np.array(part) * SECOND for part in zip(*spans, strict=True))
            return view.boxes(starts, ends, np.ones(len(spans))).overlap()

        assert not overlap((0, 10), (10, 20), (30, 40))
        assert overlap((0, 50), (10, 20), (30, 40))
        assert overlap((0, 10), (5, 20))
        assert not overlap((0, 10))

    def test_points_in_one_place_have_a_tick_each_up_to_a_few(self, theme):
        def ticks(count):
            image = at_once(theme, ACTS, [act(str(n), 50 + n * 0.001) for n in range(count)])
            edge = theme.group("orange").edge.lower()
            return sum(image.pixelColor(500, y).name() == edge for y in range(1, 2 * MOST_TICKS, 2))

        assert [ticks(count) for count in (1, 2, 4, 9)] == [0, 1, 3, MOST_TICKS]

    def test_what_begins_long_before_the_view_is_painted_to_its_end(self, theme):
        late = TimeScale(start_us=3_000 * SECOND, length_us=SECOND, left=0, width=1_000)
        held = LaneMarks([state("long", 0, 3_000.5), state("gone", 1, 2)])
        view = LaneView(theme, TOUCH, ROOM, late)
        seen = held.seen(late.start_us, late.end_us)
        image = painted(theme, lambda p: paint_marks(p, view, seen))
        tint, panel = theme.group("green").tint.lower(), theme.tokens.panel.lower()
        assert image.pixelColor(400, 14).name() == tint
        assert image.pixelColor(600, 14).name() == panel

    def test_nothing_to_paint_paints_nothing(self, theme):
        assert at_once(theme, TOUCH, []) == painted(theme, lambda _painter: None)

    def test_a_picture_of_a_point_is_made_once_for_each_look(self, theme):
        look = PointLook(shape=MarkShape.DIAMOND, side=14, rise=5, ticks=2)
        colours = theme.group("rose")
        first = point_picture(look, colours, 2.0)
        assert point_picture(look, colours, 2.0) is first
        assert point_picture(look, colours, 1.0).width() * 2 == first.width()


class TestColumns:
    @given(st.lists(st.tuples(st.integers(0, 99), st.integers(0, 30)), min_size=1, max_size=30))
    def test_rows_put_in_one_by_one_are_those_made_at_once(self, spans):
        marks = [state(f"{n:02}", start, start + long) for n, (start, long) in enumerate(spans)]
        held = LaneMarks(marks[:1])
        held.between(0, 1)
        for mark in marks[1:]:
            held.add(mark)
        grown = held.seen(0, FOREVER_US).rows
        fresh = LaneMarks(marks).seen(0, FOREVER_US).rows
        assert np.array_equal(grown, fresh)

    def test_an_open_state_reaches_for_ever_and_the_last_of_them_is_found(self):
        opened = [Mark(id=str(n), lane="a", start_us=n, open=True) for n in range(3)]
        columns = Columns([*opened, act("p", 1)])
        assert columns.last_open() == 2
        assert columns.furthest[-1] == FOREVER_US
        assert columns.span(10**9, 2 * 10**9)[0] == 0


class TestChanges:
    def test_many_changes_of_a_lane_end_where_one_by_one_would(self):
        chance = random.Random(3)
        marks = [state(f"m{n}", at := chance.uniform(0, 90), at + 1) for n in range(200)]
        bulk, single = MarkStore(), MarkStore()
        for store in (bulk, single):
            store.replace(marks)
            store.lane("touch").between(0, SECOND)
        gone = [mark.id for mark in marks[::2]]
        new = [state(f"n{n}", n, n + 0.5) for n in range(60)]
        assert len(gone) + len(new) > FEW
        bulk.change(gone, new)
        for mark_id in gone:
            single.change((mark_id,), ())
        for mark in new:
            single.change((), (mark,))
        assert list(bulk.lane("touch")) == list(single.lane("touch"))
        assert bulk.lane("touch").between(0, 9 * SECOND) == single.lane("touch").between(
            0, 9 * SECOND
        )

    def test_a_removal_that_is_refused_changes_nothing(self):
        store = MarkStore()
        store.replace([state("a", 1, 2)])
        with pytest.raises(KeyError, match="ghost"):
            store.change(("a", "ghost"), (state("b", 3, 4),))
        assert [mark.id for mark in store] == ["a"]

    def test_each_change_has_a_version_of_its_own(self):
        store = MarkStore()
        versions = [store.version]
        store.replace([state("a", 1, 2)])
        versions.append(store.version)
        store.change((), (state("b", 3, 4),))
        versions.append(store.version)
        assert len(set(versions)) == 3


class TestWalking:
    @pytest.fixture
    def lane(self):
        return LaneMarks([state("a", 0, 5), state("b", 10, 15), state("c", 20, 25)])

    @pytest.mark.parametrize(("at", "found"), [(0, "a"), (4, "a"), (6, "b"), (16, "c"), (90, "c")])
    def test_the_nearest_is_the_one_whose_start_is_nearest(self, lane, at, found):
        assert lane.nearest(at * SECOND).id == found

    def test_an_empty_lane_has_no_nearest(self):
        assert LaneMarks().nearest(0) is None

    def test_a_run_is_the_same_from_both_ends(self, lane):
        first, *_, last = lane
        assert lane.run(first, last) == lane.run(last, first) == tuple(lane)
        assert lane.run(last, last) == (last,)


def test_the_scale_gives_many_pixels_as_it_gives_one():
    scale = TimeScale(start_us=123_457, length_us=7_654_321, left=132, width=1_251)
    times = np.arange(0, 9_000_000, 9_973)
    assert scale.xs_of(times).tolist() == [scale.x_of(at) for at in times.tolist()]
