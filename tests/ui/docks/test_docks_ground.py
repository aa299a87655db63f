"""Panels are made where they will stand, as a widget that changes its parent is dressed anew."""

from __future__ import annotations

import pytest
from PySide6.QtCore import QEvent, QObject
from PySide6.QtWidgets import QApplication, QWidget

from ssp_coder.ui.docks.area import DockArea
from ssp_coder.ui.docks.placing import PanelSpec, Zone


class Moves(QObject):
    """Names of the widgets that changed their parent."""

    def __init__(self):
        super().__init__()
        self.names = []

    def eventFilter(self, watched, event):  # noqa: N802 - Qt's name
        if event.type() is QEvent.Type.ParentChange and watched.objectName():
            self.names.append(watched.objectName())
        return False


@pytest.fixture
def moves(qapp):
    made = Moves()
    qapp.installEventFilter(made)
    yield made
    qapp.removeEventFilter(made)


def spec(name, zone, *, late=False):
    def make(ground):
        panel = QWidget(ground)
        panel.setObjectName(name)
        return panel

    step = frozenset({"code"})
    return PanelSpec(id=name, title=name, zone=zone, make=make, steps=step, late=late)


@pytest.fixture
def area(theme, qtbot, moves):
    specs = (
        spec("board", Zone.SIDE),
        spec("events", Zone.LIST),
        spec("notes", Zone.LIST, late=True),
    )
    made = DockArea(theme, specs)
    qtbot.addWidget(made)
    made.resize(1256, 810)
    made.show_step("code")
    made.show()
    QApplication.processEvents()
    return made


def test_no_panel_moves_while_it_takes_its_place(area, moves):
    assert area["board"].content().isVisible()
    assert moves.names == []


def test_a_panel_that_is_made_when_it_is_first_seen_does_not_move_either(area, moves):
    assert not area["notes"].is_made
    area.bring_forward("notes")
    QApplication.processEvents()
    assert area["notes"].content().isVisible()
    assert moves.names == []


def test_a_panel_lies_in_its_frame_and_its_frame_in_its_place(area):
    panel = area["board"].content()
    assert area["board"].isAncestorOf(panel)
    assert area.place_of("board").isAncestorOf(area["board"])
    assert panel.parentWidget().rect().contains(panel.geometry())


def test_in_another_place_a_panel_is_shown_as_before(area):
    area.move_panel("board", Zone.FOOT)
    QApplication.processEvents()
    assert area.place_of("board").isAncestorOf(area["board"])
    assert area["board"].content().isVisible()
