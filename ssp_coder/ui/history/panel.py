"""The panel of the history: search, steps, and why a step cannot be gone back to."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, QTimer
from PySide6.QtGui import QKeyEvent, QShowEvent
from PySide6.QtWidgets import QVBoxLayout, QWidget

from ssp_coder.ui.history.model import HistoryModel
from ssp_coder.ui.history.past import Past
from ssp_coder.ui.history.step_list import StepList
from ssp_coder.ui.history.travel import Travel
from ssp_coder.ui.kit.field import FieldWithError
from ssp_coder.ui.kit.panel import Panel
from ssp_coder.ui.rate.lettering import IconLine
from ssp_coder.ui.theme.fonts import FontUse

if TYPE_CHECKING:
    from ssp_coder.editing.document import Changed
    from ssp_coder.ui.session import OpenSession
    from ssp_coder.ui.theme.theme import Theme

ENOUGH_ROWS = 60
"""So many found steps fill the list; more are looked for when it is scrolled."""


class HistoryPanel(Panel):
    """Shows every step that can be undone or done again, over all sittings, and goes there."""

    def __init__(self, theme: Theme, session: OpenSession, parent: QWidget | None = None) -> None:
        super().__init__(theme, "", parent)
        self.set_title(self.tr("History"))
        self._session = session
        self.model = HistoryModel(Past(session), self)
        self.list = StepList(theme, self.model, self)
        self.travel = Travel(session, self.model, self)
        self.search = FieldWithError(theme, self.tr("Search in the history"), self)
        self.notice = IconLine(theme, "info", FontUse.TABLE, "second", self)
        self._looking = QTimer(self)
        self._looking.setInterval(0)
        self._fresh = True
        self._build()
        self._connect()
        self._show_counts()
        self.notice.show_text("")

    def go_to(self, place: int) -> None:
        """Bring the coding to a place; where that cannot be, say why."""
        self.notice.show_text(self.travel.go(place))
        self._claim_escape()

    def keyPressEvent(self, event: QKeyEvent) -> None:  # noqa: N802, D102 - Qt's name
        if event.key() == Qt.Key.Key_Escape and self._escape():
            return
        super().keyPressEvent(event)

    def showEvent(self, event: QShowEvent) -> None:  # noqa: N802, D102 - Qt's name
        super().showEvent(event)
        if self._fresh:
            self._fresh = False
            self.list.show_present()

    def _escape(self) -> bool:
        if self.travel.under_way:
            self.travel.stop()
        elif self.search.text():
            self.search.set_text("")
            self._search("")
        else:
            return False
        return True

    def _search(self, words: str) -> None:
        self.model.search(words)
        self._looking.start()
        self._claim_escape()

    def _claim_escape(self) -> None:
        """Esc is ours while it ends a way or a search."""
        self.list.wants_escape = self.travel.under_way or bool(self.search.text())

    def _look_on(self) -> None:
        """Look through earlier steps until the list is full, without holding anything up."""
        if self.model.canFetchMore() and self.model.rowCount() < ENOUGH_ROWS:
            self.model.fetchMore()
            return
        self._looking.stop()
        nothing = self.search.text().strip() and not self.model.rowCount()
        self.notice.show_text(self.tr("No step has these words") if nothing else "")

    def _follow(self, changed: Changed) -> None:
        self.model.follow(changed.record)
        self._show_counts()
        if self.notice.text():
            self.notice.show_text("")

    def _show_counts(self) -> None:
        undone = self.model.last - self.model.present
        words = str(self.model.present)
        if undone:
            words = self.tr("{0}, {1} undone").format(self.model.present, undone)
        self.set_note(words)

    def _connect(self) -> None:
        self._session.changed.connect(self._follow)
        self.list.place_chosen.connect(self.go_to)
        self.travel.ended.connect(self._claim_escape)
        self.search.text_edited.connect(self._search)
        self._looking.timeout.connect(self._look_on)

    def _build(self) -> None:
        px = self._theme.px
        body = QWidget(self)
        column = QVBoxLayout(body)
        column.setContentsMargins(px(6), px(4), px(6), px(4))
        column.setSpacing(px(4))
        self.search.edit.setPlaceholderText(self.tr("Search"))
        self.search.edit.setClearButtonEnabled(False)
        self.search.tell_elsewhere()
        column.addWidget(self.search)
        column.addWidget(self.list, 1)
        column.addWidget(self.notice)
        self.set_body(body)
