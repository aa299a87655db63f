"""A workspace of simple panels."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

import pytest
from PySide6.QtWidgets import QApplication, QLineEdit, QVBoxLayout, QWidget

from ssp_coder.ui.docks.area import DockArea
from ssp_coder.ui.docks.placing import PanelSpec, Zone
from ssp_coder.ui.kit.panel import Panel

if TYPE_CHECKING:
    from ssp_coder.ui.theme.theme import Theme

BOTH = frozenset({"prepare", "code"})
CODE = frozenset({"code"})


@dataclass
class Places:
    """Makes panels and counts how often."""

    theme: Theme
    made: dict[str, QWidget] = field(default_factory=dict)

    def plain(self, name: str) -> QWidget:
        panel = QWidget()
        column = QVBoxLayout(panel)
        column.addWidget(QLineEdit(name))
        column.addWidget(QLineEdit(f"{name} too"))
        assert name not in self.made, f"{name} is made twice"
        self.made[name] = panel
        return panel

    def titled(self, name: str) -> QWidget:
        panel = Panel(self.theme, name)
        panel.set_body(self.plain(name))
        return panel

    def specs(self) -> tuple[PanelSpec, ...]:
        plain, titled = self.plain, self.titled
        prepare = frozenset({"prepare"})
        rows = (
            ("picture", Zone.PICTURE, plain, BOTH),
            ("episodes", Zone.SIDE, titled, prepare),
            ("board", Zone.SIDE, titled, CODE),
            ("events", Zone.LIST, titled, CODE),
            ("notes", Zone.LIST, plain, CODE),
            ("timeline", Zone.FOOT, titled, BOTH),
        )
        return tuple(
            PanelSpec(
                id=name,
                title=name.capitalize(),
                zone=zone,
                make=lambda _ground, name=name, make=make: make(name),
                steps=steps,
                goes_along=name not in {"episodes", "board"},
                late=name == "notes",
                stays=name == "picture",
            )
            for name, zone, make, steps in rows
        )


@pytest.fixture
def places(theme):
    return Places(theme)


def workspace_in(theme, qtbot, places, kept=None):
    """A page with the workspace in it, shown in the code step."""
    page = QWidget()
    page.places = places
    column = QVBoxLayout(page)
    column.setContentsMargins(0, 0, 0, 0)
    page.area = DockArea(theme, places.specs(), page)
    page.area.page = page
    column.addWidget(page.area)
    qtbot.addWidget(page)
    page.resize(1256, 810)
    page.area.show_step("code")
    if kept is not None:
        page.area.bring_back(kept)
    page.show()
    qtbot.waitExposed(page)
    QApplication.processEvents()
    return page


@pytest.fixture
def room(theme, places, qtbot):
    return workspace_in(theme, qtbot, places)


@pytest.fixture
def area(room):
    return room.area
