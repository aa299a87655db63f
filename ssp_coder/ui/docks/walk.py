"""Walking from panel to panel with a key, and back to where one was in each."""

from __future__ import annotations

from typing import TYPE_CHECKING

import shiboken6
from PySide6.QtCore import QObject, Qt
from PySide6.QtWidgets import QApplication, QWidget

if TYPE_CHECKING:
    from ssp_coder.ui.docks.area import DockArea
    from ssp_coder.ui.docks.box import PanelBox


class PanelWalk(QObject):
    """Gives the keyboard to the next panel that is seen, or to the one before."""

    def __init__(self, area: DockArea) -> None:
        super().__init__(area)
        self._area = area
        self._last: dict[str, QWidget] = {}
        application = QApplication.instance()
        if isinstance(application, QApplication):
            application.focusChanged.connect(self._note)

    def current(self) -> str:
        """The panel that has the keyboard; empty when none has."""
        focus = QApplication.focusWidget()
        for box in self._area.boxes:
            if focus is not None and (box is focus or box.isAncestorOf(focus)):
                return box.spec.id
        return ""

    def go(self, direction: int) -> str:
        """Give the keyboard to a neighbour in reading order; returns its id."""
        stops = self._stops()
        if not stops:
            return ""
        names = [box.spec.id for box in stops]
        here = self.current()
        if here in names:
            place = (names.index(here) + direction) % len(stops)
        else:
            place = 0 if direction > 0 else -1
        self.enter(stops[place].spec.id)
        return stops[place].spec.id

    def enter(self, panel: str) -> None:
        """Give the keyboard to a panel, where one was in it last."""
        box = self._area[panel]
        target = self._last.get(panel)
        if target is None or not _can_take(target, box):
            target = first_stop(box)
        if box.window() is not self._area.window():
            box.window().activateWindow()
        if target is not None:
            target.setFocus(Qt.FocusReason.TabFocusReason)

    def _stops(self) -> list[PanelBox]:
        """Panels in sight, in reading order; those in windows of their own come last."""
        seen = [box for box in self._area.boxes if box.isVisible()]
        return sorted(seen, key=self._order)

    def _order(self, box: PanelBox) -> tuple[bool, int, int]:
        corner = box.mapToGlobal(box.rect().topLeft())
        return self._area.has_window(box.spec.id), corner.y(), corner.x()

    def _note(self, _old: object, new: object) -> None:
        if not isinstance(new, QWidget):
            return
        for box in self._area.boxes:
            if box.isAncestorOf(new):
                self._last[box.spec.id] = new
                return


def first_stop(box: QWidget) -> QWidget | None:
    """The first widget of a panel that Tab reaches; its content before its title row."""
    found = [
        widget
        for widget in box.findChildren(QWidget)
        if widget.focusPolicy() & Qt.FocusPolicy.TabFocus and _can_take(widget, box)
    ]
    head = getattr(box, "head", None)
    inside = [w for w in found if head is None or not head.isAncestorOf(w)]
    return next(iter(inside or found), None)


def _can_take(widget: QWidget, box: QWidget) -> bool:
    return (
        shiboken6.isValid(widget)
        and box.isAncestorOf(widget)
        and widget.isEnabled()
        and widget.isVisibleTo(box)
    )
