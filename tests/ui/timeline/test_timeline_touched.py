"""A change paints what it touches: enough of it, and next to nothing else."""

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from PySide6.QtCore import QEvent, QObject
from PySide6.QtWidgets import QApplication

from ssp_coder.ui.kit.marks import MarkShape
from ssp_coder.ui.timeline.lane_marks import FOREVER_US, MarkStore
from ssp_coder.ui.timeline.model import Mark
from ssp_coder.ui.timeline.touched import change_marks

SECOND = 1_000_000


@pytest.fixture
def store(bar, point):
    held = MarkStore()
    held.replace(
        [bar("first", "touch", 10, 20), bar("last", "touch", 30, 40), point("p", "acts", 5)]
    )
    return held


class Areas(QObject):
    """The pixels that each paint event of a widget covers."""

    def __init__(self):
        super().__init__()
        self.rects = []

    def eventFilter(self, _watched, event):  # noqa: N802 - Qt's name
        if event.type() is QEvent.Type.Paint:
            self.rects.append(event.region().boundingRect())
        return False


class TestStretches:
    def test_a_state_between_others_touches_itself_alone(self, store, bar):
        stretches = change_marks(store, (), [bar("new", "touch", 22, 25)])
        assert stretches == {"touch": (22 * SECOND, 25 * SECOND)}

    def test_a_mark_that_moves_touches_where_it_was_and_is(self, store, bar):
        stretches = change_marks(store, ("first",), [bar("first", "touch", 12, 24)])
        assert stretches == {"touch": (10 * SECOND, 24 * SECOND)}

    def test_a_mark_put_again_without_removing_it_does_the_same(self, store, bar):
        stretches = change_marks(store, (), [bar("first", "touch", 15, 18)])
        assert stretches == {"touch": (10 * SECOND, 20 * SECOND)}

    def test_a_new_last_state_touches_the_hatch_after_it(self, store, bar):
        assert change_marks(store, (), [bar("new", "touch", 50, 60)]) == {
            "touch": (40 * SECOND, FOREVER_US)
        }

    def test_opening_and_closing_a_state_touches_all_that_follows(self, store, bar):
        assert change_marks(store, (), [bar("new", "touch", 50, None)])["touch"][1] == FOREVER_US
        closed = change_marks(store, ("new",), [bar("new", "touch", 50, 70)])
        assert closed == {"touch": (50 * SECOND, FOREVER_US)}

    def test_each_lane_has_its_own_stretch(self, store, bar, point):
        changed = [bar("new", "touch", 22, 25), point("q", "acts", 3)]
        assert set(change_marks(store, (), changed)) == {"touch", "acts"}

    def test_a_lane_of_points_has_its_moment(self, store):
        assert change_marks(store, ("p",), ())["acts"][0] <= 5 * SECOND

    def test_what_is_not_held_cannot_be_removed(self, store):
        with pytest.raises(KeyError, match="holds no mark 'gone'"):
            change_marks(store, ("gone",), ())


class TestPainted:
    def test_one_more_point_paints_a_narrow_strip(self, timeline, point):
        timeline.set_marks([point(f"p{n}", "acts", n * 5) for n in range(110)])
        QApplication.processEvents()
        areas = Areas()
        timeline.installEventFilter(areas)
        timeline.apply_change((), [point("new", "acts", 301)])
        QApplication.processEvents()
        timeline.removeEventFilter(areas)
        assert len(areas.rects) == 1
        rect = timeline.layout_now().lane_rect("acts")
        assert areas.rects[0].width() < 60
        assert rect.adjusted(0, 0, 0, 1).contains(areas.rects[0])

    def test_a_change_outside_the_view_paints_nothing(self, timeline, point, span):
        timeline.set_marks([point("p", "acts", 100)])
        timeline.zoom_to(span(0, 50))
        QApplication.processEvents()
        areas = Areas()
        timeline.installEventFilter(areas)
        timeline.apply_change((), [point("new", "acts", 400)])
        QApplication.processEvents()
        timeline.removeEventFilter(areas)
        assert areas.rects == []

    def test_an_unknown_lane_paints_nothing_and_holds_its_mark(self, timeline, point):
        timeline.apply_change((), [point("new", "nowhere", 400)])
        assert "new" in timeline.marks


@st.composite
def crowds(draw):
    """Marks so near to each other that many share a density strip."""
    marks = []
    for number in range(draw(st.integers(1, 40))):
        start = draw(st.integers(0, 60_000)) * 1_000
        long = draw(st.sampled_from([0, 300, 900, 30_000]))
        is_point = draw(st.booleans())
        marks.append(
            Mark(
                id=str(number),
                lane="acts" if is_point else "touch",
                start_us=start,
                end_us=None if is_point else start + long * 1_000,
                shape=MarkShape.SQUARE if is_point else MarkShape.BAR,
                label="held",
                level=draw(st.sampled_from([0.3, 1.0])),
            )
        )
    return marks


@given(marks=crowds(), data=st.data(), folded=st.booleans())
@settings(
    max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
def test_in_a_crowd_a_change_paints_the_same_as_setting_everything(timeline, marks, data, folded):
    """Strips are fixed in time: a part painted alone looks as it does in the whole."""
    timeline.fold(("acts", "touch"), folded)
    timeline.set_marks(marks[::2])
    timeline.grab()
    for mark in marks[1::2]:
        timeline.apply_change((), (mark,))
    gone = data.draw(st.sets(st.sampled_from([mark.id for mark in marks])))
    for mark_id in sorted(gone):
        timeline.apply_change((mark_id,), ())
    step_by_step = timeline.grab().toImage()
    timeline.set_marks(mark for mark in marks if mark.id not in gone)
    assert timeline.grab().toImage() == step_by_step
