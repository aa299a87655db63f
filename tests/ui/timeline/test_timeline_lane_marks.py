import random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ssp_coder.ui.kit.marks import MarkShape
from ssp_coder.ui.timeline.lane_marks import FOREVER_US, LaneMarks, MarkStore, reach_of
from ssp_coder.ui.timeline.model import EpisodeBlock, EpisodeState, Mark


def state(number, start, length, lane="a"):
    return Mark(id=f"m{number}", lane=lane, start_us=start, end_us=start + length)


@st.composite
def marks(draw):
    spans = draw(st.lists(st.tuples(st.integers(0, 200), st.integers(0, 60)), max_size=40))
    return [state(number, start, length) for number, (start, length) in enumerate(spans)]


@given(marks(), st.integers(0, 200), st.integers(1, 80))
def test_what_is_visible_is_what_a_look_at_every_mark_finds(held, start, length):
    end = start + length
    expected = {mark.id for mark in held if mark.start_us < end and reach_of(mark) >= start}
    assert {mark.id for mark in LaneMarks(held).between(start, end)} == expected


@given(marks(), st.randoms(use_true_random=False))
def test_changes_one_by_one_end_where_setting_all_at_once_ends(held, chance):
    store = MarkStore()
    store.replace(held[::2])
    for mark in held[1::2]:
        store.change((), (mark,))
        store.lane("a").between(0, 50)
    gone = [mark for mark in held if chance.random() < 0.3]
    for mark in gone:
        store.change((mark.id,), ())
    left = LaneMarks(mark for mark in held if mark not in gone)
    assert list(store.lane("a")) == list(left)
    assert store.lane("a").coded_until() == left.coded_until()
    assert store.is_sorted()


def test_ten_thousand_random_changes_stay_sorted_and_findable():
    chance = random.Random(7)
    store = MarkStore()
    for number in range(10_000):
        lane = "ab"[number % 2]
        gone = (f"m{number - 50}",) if number % 10 == 0 and number > 50 else ()
        gone = tuple(mark_id for mark_id in gone if mark_id in store)
        store.change(gone, (state(number, chance.randrange(10**9), 1_000, lane),))
    assert store.is_sorted()
    assert len(store) == len(list(store.lane("a"))) + len(list(store.lane("b"))) < 10_000


def test_an_earlier_long_state_is_seen_behind_many_short_ones():
    held = LaneMarks([state(0, 0, 1_000), *(state(n, n * 10, 5) for n in range(1, 50))])
    assert "m0" in {mark.id for mark in held.between(900, 910)}


def test_an_open_state_reaches_on_and_is_found():
    held = LaneMarks([state(0, 0, 10)])
    assert (held.coded_until(), held.open_mark()) == (10, None)
    opened = Mark(id="m1", lane="a", start_us=10, open=True)
    held.add(opened)
    assert held.coded_until() == FOREVER_US
    assert held.open_mark() == opened
    assert opened in held.between(5_000, 5_001)
    held.remove(opened)
    assert held.coded_until() == 10


def test_an_empty_lane_is_coded_until_nothing():
    assert LaneMarks().coded_until() == 0
    assert LaneMarks().between(0, 100) == ()


def test_neighbours_end_at_the_ends():
    first, second = state(1, 0, 5), state(2, 10, 5)
    held = LaneMarks([second, first])
    assert held.neighbour(first, 1) == second
    assert held.neighbour(first, -1) is None
    assert held.neighbour(second, 1) is None


def test_adding_a_held_id_replaces_it_even_in_another_lane():
    store = MarkStore()
    store.replace([state(1, 0, 5)])
    store.change((), (state(1, 100, 5, "b"),))
    assert len(store) == 1
    assert len(store.lane("a")) == 0
    assert store.get("m1") == state(1, 100, 5, "b")


def test_removing_what_is_not_held_is_refused_by_id():
    with pytest.raises(KeyError, match="no mark 'ghost' to remove"):
        MarkStore().change(("ghost",), ())


class TestMark:
    def test_a_point_has_neither_end_nor_openness(self):
        assert Mark(id="m", lane="a", start_us=1, shape=MarkShape.SQUARE).is_point
        assert not Mark(id="m", lane="a", start_us=1, open=True).is_point
        assert not state(1, 0, 5).is_point

    @pytest.mark.parametrize(
        ("more", "fact"),
        [
            ({"end_us": 5}, "ends at 5 us, before its start"),
            ({"open": True, "end_us": 20}, "is open and still ends at 20"),
            ({"level": 0}, "level 0, outside above 0 to 1"),
            ({"level": 1.5}, "level 1.5"),
        ],
    )
    def test_an_impossible_mark_is_refused(self, more, fact):
        with pytest.raises(ValueError, match=fact):
            Mark(id="m", lane="a", start_us=10, **more)

    @pytest.mark.parametrize(
        ("start_us", "kind"), [(None, EpisodeState.REAL), (0, EpisodeState.MISSING)]
    )
    def test_an_episode_is_missing_exactly_without_a_start(self, start_us, kind):
        with pytest.raises(ValueError, match="missing exactly when it has no start"):
            EpisodeBlock(id="p", title="P", start_us=start_us, state=kind)
