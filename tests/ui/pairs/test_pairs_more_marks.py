"""Laws of frames, lanes and order; a matrix under the hand in odd sizes and states."""

from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st
from PySide6.QtCore import QPoint, Qt
from PySide6.QtTest import QTest

from ssp_coder.agreement.compare import compare
from ssp_coder.agreement.disagreement import disagreements
from ssp_coder.domain.coding import Event, EventId
from ssp_coder.domain.ethogram import CodeId
from ssp_coder.domain.time import SECOND_US, Micros
from ssp_coder.ui.pairs.frames import Frame, Frames, frames_of
from ssp_coder.ui.pairs.items import ItemOrder, PairItem, PairKind, sorted_items
from ssp_coder.ui.pairs.lanes import (
    PairWords,
    differing_lanes,
    lane_pairs,
    mark_ids,
    pair_marks,
    whole_length,
)
from ssp_coder.ui.pairs.making import item_of_row, items_of_disagreements
from ssp_coder.ui.pairs.matrix import NO_MATRIX, ConfusionGrid, Matrix
from tests.builders import INFANT, coding, infant_scheme, s

SCHEME = infant_scheme()
WORDS = PairWords(own="you", reference="ref.", acts="{0} acts")
CODES = (
    "distress.cry",
    "distress.fuss",
    "seeking.reach",
    "seeking.lean",
    "play_explore.oral",
    "contact.held_by_c",
)
EVENTS = st.lists(
    st.tuples(st.sampled_from(CODES), st.integers(0, 50), st.integers(1, 9) | st.none()),
    max_size=8,
)


def coded(drawn, coder="c01"):
    """A coding of code, start and length in seconds; a length of none is a state left open."""
    events = []
    for number, (code, start, length) in enumerate(sorted(drawn, key=lambda one: one[1]), start=1):
        end = None if length is None else s(start + length)
        events.append(
            Event(
                id=EventId(number),
                code=CodeId(code),
                subject=INFANT,
                start_us=s(start),
                end_us=s(start) if code.startswith("seeking") else end,
            )
        )
    return replace(coding(coder=coder), events=tuple(events))


def items_between(own, reference):
    return items_of_disagreements(disagreements(compare(own, reference, SCHEME), SCHEME), SCHEME)


PAIRS = st.tuples(EVENTS.map(coded), EVENTS.map(lambda drawn: coded(drawn, "c02")))
FRAMES = st.lists(
    st.tuples(st.integers(0, 90), st.integers(0, 30)).map(
        lambda one: Frame(lane="x", start_us=one[0], end_us=one[0] + one[1], kind=PairKind.MISSED)
    ),
    max_size=20,
)
ITEMS = st.lists(
    st.tuples(
        st.sampled_from(list(PairKind)),
        st.none() | st.integers(0, 5),
        st.integers(0, 3).map(float),
    ),
    max_size=10,
).map(
    lambda drawn: tuple(
        PairItem(
            id=f"item {number}",
            kind=kind,
            place="",
            own="",
            reference="",
            at_us=None if at is None else Micros(at),
            weight=weight,
        )
        for number, (kind, at, weight) in enumerate(drawn)
    )
)


class TestFrames:
    @given(FRAMES, st.integers(0, 120), st.integers(0, 120))
    def test_just_the_frames_that_touch_a_stretch_are_seen(self, frames, one, other):
        start, end = sorted((one, other))
        seen = Frames(frames).seen(start, end)
        wanted = [f for f in frames if f.start_us <= end and f.end_us >= start]
        assert sorted(seen, key=repr) == sorted(wanted, key=repr)
        assert [f.start_us for f in seen] == sorted(f.start_us for f in seen)

    @given(PAIRS)
    def test_every_item_about_events_has_one_frame_in_a_lane_that_differs(self, pair):
        items = items_between(*pair)
        frames = frames_of(items, SCHEME)
        assert len(frames) == sum(bool(item.events) for item in items)
        lanes = differing_lanes(items, SCHEME)
        assert {frame.lane for frame in frames.seen(0, s(1_000))} == lanes

    @given(PAIRS)
    def test_a_frame_lies_within_what_the_two_coded(self, pair):
        for item in items_between(*pair):
            (frame,) = frames_of((item,), SCHEME).seen(0, s(1_000))
            edges = [
                edge for event in item.events for edge in (event.start_us, event.end_us)
                if edge is not None
            ]  # fmt: skip
            assert min(edges) <= frame.start_us <= frame.end_us <= max(edges)

    def test_no_frames_are_seen_nowhere(self):
        assert Frames().seen(0, SECOND_US) == ()
        assert len(Frames()) == 0


class TestLanes:
    @given(PAIRS)
    def test_every_mark_has_its_lane_when_all_lanes_are_shown(self, pair):
        lanes = {lane.id for lane in lane_pairs(*pair, SCHEME, frozenset(), WORDS)}
        marks = pair_marks(*pair, SCHEME)
        assert {mark.lane for mark in marks} <= lanes
        assert len({mark.id for mark in marks}) == sum(len(one.events) for one in pair)

    @given(PAIRS)
    def test_lanes_come_in_twos_the_references_above(self, pair):
        items = items_between(*pair)
        wanted = differing_lanes(items, SCHEME)
        lanes = [lane.id for lane in lane_pairs(*pair, SCHEME, wanted, WORDS)]
        above, below = lanes[::2], lanes[1::2]
        assert [name.replace("reference/", "own/", 1) for name in above] == below
        if wanted:
            assert {name.removeprefix("own/") for name in below} == wanted

    @given(PAIRS)
    def test_every_item_points_at_marks_that_are_there(self, pair):
        marks = {mark.id for mark in pair_marks(*pair, SCHEME)}
        for item in items_between(*pair):
            assert mark_ids(item)
            assert mark_ids(item) <= marks

    @given(PAIRS)
    def test_both_together_are_longer_than_every_event(self, pair):
        bare = tuple(replace(one, media=()) for one in pair)
        ends = [event.end_us or event.start_us for one in bare for event in one.events]
        assert whole_length(*bare) == (max(ends, default=0) or SECOND_US)


class TestItems:
    @given(ITEMS, st.randoms())
    def test_an_order_does_not_depend_on_how_items_were_given(self, items, chance):
        mixed = list(items)
        chance.shuffle(mixed)
        for order in ItemOrder:
            assert sorted_items(mixed, order) == sorted_items(items, order)

    @given(ITEMS)
    def test_within_one_kind_or_weight_time_decides(self, items):
        for order, of in (
            (ItemOrder.KIND, lambda item: item.kind),
            (ItemOrder.WEIGHT, lambda item: item.weight),
        ):
            by_time = sorted_items(items, ItemOrder.TIME)
            found = sorted_items(items, order)
            for value in {of(item) for item in items}:
                assert [one for one in found if of(one) == value] == [
                    one for one in by_time if of(one) == value
                ]

    @given(PAIRS)
    def test_a_row_of_a_cell_is_called_as_its_item_in_the_list(self, pair):
        by_id = {item.id: item for item in items_between(*pair)}
        for row in compare(*pair, SCHEME).rows:
            one = item_of_row(row, SCHEME)
            listed = by_id.get(one.id)
            assert (listed is None) is (one.kind is PairKind.SAME and not row.ends_apart)
            assert one.events == tuple(e for e in (row.own, row.reference) if e is not None)


TWO = Matrix(
    labels=("cry", "fuss", "nothing"),
    counts={(0, 0): 3, (0, 1): 1, (2, 1): 2},
    down="ref.",
    across="you",
    has_nothing=True,
)


class TestGrid:
    @pytest.fixture
    def grid(self, theme, qtbot):
        made = ConfusionGrid(theme)
        qtbot.addWidget(made)
        made.resize(260, 220)
        made.show_matrix(TWO)
        made.show()
        made.setFocus()
        return made

    def place(self, grid):
        return grid.accessibleName()

    def test_a_choice_goes_with_the_last_of_its_events(self, grid):
        grid.show_chosen((0, 1))
        grid.show_matrix(replace(TWO, counts={(0, 0): 4, (2, 1): 2}))
        assert grid.chosen is None
        assert not grid.wants_escape

    def test_a_choice_stays_while_its_cell_holds_anything(self, grid):
        grid.show_chosen((0, 1))
        grid.show_matrix(replace(TWO, counts={(0, 0): 4, (0, 1): 7}))
        assert grid.chosen == (0, 1)

    def test_the_place_stays_inside_when_the_table_shrinks(self, grid):
        for _ in range(2):
            QTest.keyClick(grid, Qt.Key.Key_Down)
            QTest.keyClick(grid, Qt.Key.Key_Right)
        small = Matrix(labels=("cry",), counts={(0, 0): 1}, down="ref.", across="you")
        grid.show_matrix(small)
        assert "ref.: cry; you: cry; 1" in self.place(grid)

    @pytest.mark.parametrize(
        "key",
        [Qt.Key.Key_Return, Qt.Key.Key_Space, Qt.Key.Key_Down, Qt.Key.Key_Left, Qt.Key.Key_Escape],
        ids=lambda key: key.name,
    )
    def test_keys_on_a_table_without_anything_do_nothing(self, grid, qtbot, key):
        grid.show_matrix(NO_MATRIX)
        with qtbot.assertNotEmitted(grid.cell_chosen):
            QTest.keyClick(grid, key)
        assert not grid.grab().isNull()

    def test_an_arrow_with_a_held_key_belongs_to_somebody_else(self, grid, qtbot):
        with qtbot.assertNotEmitted(grid.place_reached):
            QTest.keyClick(grid, Qt.Key.Key_Down, Qt.KeyboardModifier.ControlModifier)

    def test_where_neither_has_anything_is_said_and_cannot_be_chosen(self, grid, qtbot):
        for _ in range(2):
            QTest.keyClick(grid, Qt.Key.Key_Down)
            QTest.keyClick(grid, Qt.Key.Key_Right)
        assert "nothing is counted" in self.place(grid)
        with qtbot.assertNotEmitted(grid.cell_chosen):
            QTest.keyClick(grid, Qt.Key.Key_Return)

    def test_the_right_button_chooses_nothing(self, grid, qtbot):
        with qtbot.assertNotEmitted(grid.cell_chosen):
            QTest.mouseClick(grid, Qt.MouseButton.RightButton, pos=grid.cell_rect((0, 0)).center())

    def test_a_chosen_cell_is_spoken_as_chosen(self, grid):
        QTest.keyClick(grid, Qt.Key.Key_Return)
        assert self.place(grid).endswith("3, chosen")
        QTest.keyClick(grid, Qt.Key.Key_Return)
        assert self.place(grid).endswith("; 3")

    @pytest.mark.parametrize("size", [(1, 1), (40, 600), (900, 30), (1500, 1200)], ids=str)
    def test_in_any_room_cells_keep_apart_and_can_be_hit(self, grid, size):
        grid.resize(*size)
        places = [(row, column) for row in range(3) for column in range(3)]
        rects = [grid.cell_rect(place) for place in places]
        assert all(rect.width() > 0 and rect.height() > 0 for rect in rects)
        assert not any(
            one.intersects(other) for at, one in enumerate(rects) for other in rects[:at]
        )
        assert not grid.grab().isNull()

    def test_between_two_cells_nothing_is_hit(self, grid, qtbot):
        first = grid.cell_rect((0, 0))
        between = QPoint(first.right() + 1, first.center().y())
        with qtbot.assertNotEmitted(grid.cell_chosen):
            QTest.mouseClick(grid, Qt.MouseButton.LeftButton, pos=between)
