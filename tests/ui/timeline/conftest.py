"""Lanes and marks in seconds, so that tests of the timeline read as sentences."""

from __future__ import annotations

from functools import partial

import pytest
from PySide6.QtCore import QPoint
from PySide6.QtGui import QCursor
from PySide6.QtWidgets import QApplication

from ssp_coder.domain.time import Span
from ssp_coder.ui.kit.marks import MarkShape
from ssp_coder.ui.timeline.model import EpisodeBlock, EpisodeState, Lane, LaneKind, Mark
from ssp_coder.ui.timeline.widget import Timeline

SECOND = 1_000_000

LANES = (
    Lane(id="sound", title="Sound", kind=LaneKind.SOUND, note="room"),
    Lane(id="touch", title="Contact", slot="green"),
    Lane(id="near", title="Distance", slot="blue"),
    Lane(id="acts", title="Acts", slot="orange", kind=LaneKind.POINT, shape=MarkShape.SQUARE),
    Lane(id="kept", title="Kept", slot="rose", locked=True),
)


def _bar(mark_id, lane, start, end, **more):
    end_us = None if end is None else round(end * SECOND)
    start_us = round(start * SECOND)
    return Mark(id=mark_id, lane=lane, start_us=start_us, end_us=end_us, open=end is None, **more)


def _point(mark_id, lane, start, **more):
    return Mark(
        id=mark_id, lane=lane, start_us=round(start * SECOND), shape=MarkShape.SQUARE, **more
    )


def _episode(number, start, end, planned=180, state=EpisodeState.REAL):
    return EpisodeBlock(
        id=f"part{number}",
        title=f"P{number}",
        start_us=None if start is None else start * SECOND,
        end_us=None if end is None else end * SECOND,
        planned_us=planned * SECOND,
        state=state,
        note=f"Part {number}",
    )


@pytest.fixture
def bar():
    """Makes a state from seconds; without an end it is open."""
    return _bar


@pytest.fixture
def point():
    """Makes a point from seconds."""
    return _point


@pytest.fixture
def episode():
    """Makes an episode block from seconds."""
    return _episode


@pytest.fixture
def span():
    """Makes a span from seconds."""
    return lambda start, end: Span(start_us=start * SECOND, end_us=end * SECOND)


@pytest.fixture
def timeline(theme, qtbot):
    """A shown timeline of 600 s with five lanes and no marks."""
    widget = Timeline(theme)
    qtbot.addWidget(widget)
    widget.set_duration(600 * SECOND)
    widget.set_lanes(LANES)
    widget.resize(1000, 300)
    widget.move(100, 100)
    with qtbot.waitExposed(widget):
        widget.show()
    widget.clearFocus()
    QCursor.setPos(widget.mapToGlobal(QPoint(-80, -80)))
    QApplication.processEvents()
    return widget


@pytest.fixture
def place(timeline):
    """The pixel of a lane at a time in seconds."""

    def find(lane_id, seconds):
        rect = timeline.layout_now().lane_rect(lane_id)
        x = timeline.scale_now().x_of(round(seconds * SECOND))
        return QPoint(x, rect.center().y())

    return find


@pytest.fixture
def pixel(timeline):
    """The colour painted at a pixel, by its name."""

    def look(at):
        return timeline.grab().toImage().pixelColor(at).name()

    return look


@pytest.fixture
def told(timeline):
    """Everything that the timeline emits, in order, as (signal name, arguments)."""
    heard: list[tuple[str, tuple]] = []
    names = (
        "seek_requested",
        "frame_step_requested",
        "mark_selected",
        "mark_activated",
        "edge_drag_finished",
    )

    def hear(name, *arguments):
        heard.append((name, arguments))

    for name in names:
        getattr(timeline, name).connect(partial(hear, name))
    return heard


@pytest.fixture
def held(timeline, bar):
    """One state from 200 to 400 s, the playhead far away."""
    timeline.set_marks([bar("state", "touch", 200, 400, label="held")])
    timeline.set_playhead(20 * SECOND)
    return timeline
