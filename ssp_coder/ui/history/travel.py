"""Going back and forward through the history, one logged undo or redo after the other."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QTimer, Signal

if TYPE_CHECKING:
    from ssp_coder.ui.history.model import HistoryModel
    from ssp_coder.ui.session import OpenSession

AT_ONCE = 10
"""Steps that are gone between two looks at what the person does."""


class Travel(QObject):
    """Brings the coding to a place of its history; a step of the person's own ends the way.

    Signals:
        ended: the way is over, at its end or before it.
    """

    ended = Signal()

    def __init__(
        self, session: OpenSession, model: HistoryModel, parent: QObject | None = None
    ) -> None:
        super().__init__(parent)
        self._session = session
        self._model = model
        self._goal: int | None = None
        self._stepping = False
        self._timer = QTimer(self)
        self._timer.setInterval(0)
        self._timer.timeout.connect(self._go_on)
        session.changed.connect(self._follow)

    @property
    def under_way(self) -> bool:
        """Whether the goal is not reached yet."""
        return self._goal is not None

    def hindrance(self, place: int) -> str:
        """Why the coding cannot be brought to a place, empty where it can."""
        session, present = self._session, self._model.present
        if place == present:
            return ""
        if session.file is not None and session.file.is_read_only:
            return self.tr("This coding is open for reading only")
        if session.coding.locked:
            return self.tr("This coding is locked; nothing can be undone")
        way = self._model.told_between(min(place, present), max(place, present))
        if any(step.is_lock for step in way):
            return self.tr("The coding was locked in between; undo ends there")
        return ""

    def go(self, place: int) -> str:
        """Set out for a place.

        Returns:
            Why that is not possible, empty when it is.
        """
        hindrance = self.hindrance(place)
        if not hindrance and place != self._model.present:
            self._goal = place
            self._timer.start()
            self._go_on()
        return hindrance

    def stop(self) -> None:
        """Stay where the coding is now."""
        if self._goal is not None:
            self._goal = None
            self._timer.stop()
            self.ended.emit()

    def _go_on(self) -> None:
        for _ in range(AT_ONCE):
            if not self._step():
                self.stop()
                return

    def _step(self) -> bool:
        """Go one step; False when there is none to go."""
        before = self._model.present
        if self._goal is None or self._goal == before or self._session.read_only:
            return False
        self._stepping = True
        try:
            if self._goal < before:
                self._session.undo_one()
            else:
                self._session.redo_one()
        finally:
            self._stepping = False
        return self._model.present != before

    def _follow(self, _changed: object) -> None:
        if not self._stepping:
            self.stop()
