"""While a session is coded nothing is built anew, jumps, or takes the keyboard away."""

from __future__ import annotations

from collections import Counter

import pytest
from PySide6.QtCore import QAbstractItemModel, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QAbstractItemView, QApplication, QComboBox

from ssp_coder.domain.scale import Points, Rating, SlotId
from ssp_coder.editing.completeness import Step
from ssp_coder.editing.edits import DeleteEvents, Rate
from tests.ui.accessibility import access_walk as walk
from tests.ui.pages import paint

KEYS = "1234qwqe1vb"
"""Codes of several groups, each pressed at a frame of its own."""


class ResetSpy:
    """Counts what every model of a window does."""

    def __init__(self, window):
        self.resets: Counter[str] = Counter()
        self._models = [
            *window.findChildren(QAbstractItemModel),
            *(view.model() for view in window.findChildren(QAbstractItemView) if view.model()),
        ]
        for model in set(self._models):
            if not isinstance(model.parent(), QComboBox):
                model.modelReset.connect(self._note_reset)
                model.layoutChanged.connect(self._note_layout)

    @property
    def count(self):
        return len(set(self._models))

    def _note_reset(self):
        self.resets["reset"] += 1

    def _note_layout(self, *_):
        self.resets["layout"] += 1


@pytest.fixture
def coding(window):
    """The Code page, its keys listening, with a frame on the screen."""
    window.show_page(Step.CODE)
    walk.settle()
    window.workspace.work.setFocus()
    paint(window.workspace.stage, 20.0)
    return window


def code(window, keys, start=20.0):
    for place, key in enumerate(keys):
        paint(window.workspace.stage, start + place)
        QTest.keyClick(QApplication.focusWidget(), key)
        QTest.keyClick(QApplication.focusWidget(), Qt.Key.Key_Escape)
        walk.settle()


def test_no_model_is_reset_while_coding(coding):
    before = coding.workspace.session.coding
    spy = ResetSpy(coding)
    code(coding, KEYS)
    coding.workspace.session.undo()
    coding.workspace.session.redo()
    walk.settle()
    assert spy.count > 0
    assert coding.workspace.session.coding != before
    assert spy.resets["reset"] == 0


def test_no_model_is_reset_when_many_events_go_and_come_back(coding):
    session = coding.workspace.session
    spy = ResetSpy(coding)
    session.submit(DeleteEvents(events=tuple(e.id for e in session.coding.events[20:60])))
    session.undo()
    walk.settle()
    assert spy.resets["reset"] == 0


def test_the_keyboard_stays_where_it_was(coding):
    focus = QApplication.focusWidget()
    code(coding, KEYS)
    assert QApplication.focusWidget() is focus


def test_the_list_stays_where_it_was_scrolled_to(coding):
    table = coding.workspace.work.table
    bar = table.verticalScrollBar()
    bar.setValue(bar.maximum() // 2)
    walk.settle()
    top = table.rowAt(0)
    first = table.model().index(top, 0).data()
    code(coding, "1", start=110.0)
    assert table.model().index(table.rowAt(0), 0).data() == first


def test_ratings_do_not_touch_the_list_of_events(coding):
    spy = ResetSpy(coding)
    for value in (1, 2, 3):
        rating = Rating(slot=SlotId("pcs_c_5"), score=Points(float(value)))
        coding.workspace.session.submit(Rate(rating=rating))
    walk.settle()
    assert not spy.resets


def test_coding_shows_no_other_window(coding, qapp):
    spy = walk.WindowSpy()
    qapp.installEventFilter(spy)
    code(coding, KEYS)
    qapp.removeEventFilter(spy)
    assert spy.shown == []
