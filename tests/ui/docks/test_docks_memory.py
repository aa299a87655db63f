"""An arrangement as text, and texts that are none."""

from __future__ import annotations

import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ssp_coder.ui.docks.memory import VERSION, PanelArrangement, from_text, to_text

NAMES = st.text(min_size=1, max_size=12)
PIXELS = st.integers(0, 10_000)
PLACES = st.integers(-10_000, 10_000)
SOME = PanelArrangement(
    zones=(("board", "side"), ("events", "list")),
    windows=(("events", (-1200, 40, 640, 480)),),
    lengths=((500, 290), (600, 640)),
    shown=(("code", ("board", "events")), ("prepare", ())),
)


@given(
    zones=st.dictionaries(NAMES, NAMES, max_size=5),
    windows=st.dictionaries(NAMES, st.tuples(PLACES, PLACES, PLACES, PLACES), max_size=3),
    lengths=st.lists(st.lists(PIXELS, max_size=3).map(tuple), max_size=3),
    shown=st.dictionaries(NAMES, st.lists(NAMES, max_size=3).map(tuple), max_size=3),
)
def test_what_is_written_is_read_again(zones, windows, lengths, shown):
    value = PanelArrangement(
        zones=tuple(zones.items()),
        windows=tuple(windows.items()),
        lengths=tuple(lengths),
        shown=tuple(shown.items()),
    )
    assert from_text(to_text(value)) == value


def test_it_is_one_line_of_plain_text():
    assert "\n" not in to_text(SOME)
    assert to_text(SOME).isascii()


@pytest.mark.parametrize(
    ("part", "value"),
    [
        ("version", VERSION + 1),
        ("version", None),
        ("zones", "board"),
        ("zones", [[1, "side"]]),
        ("zones", [["board"]]),
        ("windows", [["events", [1, 2, 3]]]),
        ("windows", [["events", [1, 2, 3, "wide"]]]),
        ("windows", [["events", [1, 2, 3, 10_000_000]]]),
        ("windows", 7),
        ("lengths", [[-5, 10]]),
        ("lengths", [[1.5, 10]]),
        ("lengths", [5]),
        ("shown", {"code": "board"}),
        ("shown", [["code", [1]]]),
    ],
)
def test_a_text_of_another_kind_is_dropped(part, value):
    told = json.loads(to_text(SOME))
    told[part] = value
    assert from_text(json.dumps(told)) is None


@pytest.mark.parametrize("part", ["zones", "windows", "lengths", "shown"])
def test_a_text_that_lacks_a_part_is_dropped(part):
    told = json.loads(to_text(SOME))
    del told[part]
    assert from_text(json.dumps(told)) is None


@pytest.mark.parametrize("text", ["", "{", "[]", "null", "12", '"state"'])
def test_what_is_no_arrangement_is_dropped(text):
    assert from_text(text) is None
