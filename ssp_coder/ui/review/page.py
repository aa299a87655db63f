"""The Review page: what is missing at the left; counts, file and lock at the right."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from PySide6.QtCore import Signal
from PySide6.QtGui import QHideEvent, QResizeEvent, QShowEvent
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from ssp_coder.domain.finding import Severity
from ssp_coder.domain.scheme import UnlockPolicy
from ssp_coder.editing.completeness import is_complete, open_work
from ssp_coder.editing.edits import LockCoding, UnlockCoding
from ssp_coder.ui.dialogs.reasons import Asking, ReasonDialog
from ssp_coder.ui.instrument_copy.version_note import VersionNote
from ssp_coder.ui.kit.accessible import describe
from ssp_coder.ui.kit.panel import Panel
from ssp_coder.ui.kit.stacking import is_narrow, stand
from ssp_coder.ui.rate.lettering import IconLine
from ssp_coder.ui.review.counts import CountsTable, count_codes
from ssp_coder.ui.review.file_panel import FilePanel
from ssp_coder.ui.review.lock_history import LockHistory
from ssp_coder.ui.review.lock_panel import LockPanel
from ssp_coder.ui.review.open_list import OpenWorkList
from ssp_coder.ui.theme.fonts import FontUse

if TYPE_CHECKING:
    from ssp_coder.editing.document import Changed
    from ssp_coder.ui.session import OpenSession
    from ssp_coder.ui.theme.theme import Theme


STACKED_LIST = 180
"""Project default: so high are the lists where they stand under one another."""


class ReviewPage(QWidget):
    """Shows whether the coding is complete and sound, and locks it.

    Signals:
        work_chosen: an `OpenWork` that the person wants to go to.
        versions_wanted: the person wants to see what became of the instruments since.
    """

    work_chosen = Signal(object)
    versions_wanted = Signal()

    def __init__(self, theme: Theme, session: OpenSession, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme = theme
        self._session = session
        self._settled: Callable[[], bool] = _nothing_open
        self._stale = True
        self.work = OpenWorkList(theme, self)
        self.counts = CountsTable(theme, session.scheme, self)
        self.file = FilePanel(theme, session, self)
        self.history = LockHistory(theme, session, self)
        self.lock = LockPanel(theme, session.kept_scheme.unlock, self.history, self)
        self.versions = VersionNote(theme, self)
        self._missing = Panel(theme, self.tr("Missing"), self)
        self._events = Panel(theme, self.tr("Events"), self)
        self._complete = IconLine(theme, "done", FontUse.BODY, "ok", self)
        self._refused = IconLine(theme, "warning", FontUse.TABLE, "err", self)
        self._build()
        self._connect()
        describe(self, self.tr("Review"))
        self._refresh()
        self.versions.show_scheme(session.scheme)

    def main_action(self) -> tuple[str, Callable[[], None]] | None:
        """What the button in the step's header says and does; None when there is nothing to do."""
        if self._session.coding.locked:
            return (self.tr("Unlock…"), self.ask_unlock) if self.may_unlock() else None
        return self.tr("Lock coding"), self.lock.ask

    def settle_before_locking(self, settled: Callable[[], bool]) -> None:
        """Ask this before locking; where it says no, the coding stays open."""
        self._settled = settled

    def may_unlock(self) -> bool:
        """Whether the scheme lets a locked coding be opened again."""
        return self._session.kept_scheme.unlock is not UnlockPolicy.NEVER

    def ask_unlock(self) -> None:
        """Ask for the reason and unlock."""
        session = self._session
        if not (session.coding.locked and self.may_unlock()) or self._is_read_only_file():
            return
        asking = Asking(
            title=self.tr("Unlock this coding"),
            words=self.tr(
                "Why does it have to change? The reason stays in the log of the coding file."
            ),
            act=self.tr("Unlock"),
        )
        dialog = ReasonDialog(self._theme, asking, self)
        if dialog.exec():
            reason = dialog.reason()
            self._session.submit(UnlockCoding(reason=reason), reason=reason, cause=self)

    def showEvent(self, event: QShowEvent) -> None:  # noqa: N802, D102 - Qt's name
        if self._stale:
            self._refresh()
        self.history.refresh()
        super().showEvent(event)

    def hideEvent(self, event: QHideEvent) -> None:  # noqa: N802, D102 - Qt's name
        self.history.stop()
        super().hideEvent(event)

    def resizeEvent(self, event: QResizeEvent) -> None:  # noqa: N802, D102 - Qt's name
        px = self._theme.px
        stacked = is_narrow(self.width(), px)
        stand(self._row, stacked=stacked)
        self._missing.setMinimumHeight(px(STACKED_LIST) if stacked else 0)
        self._events.setMinimumHeight(px(STACKED_LIST) if stacked else 0)
        super().resizeEvent(event)

    def _refresh(self) -> None:
        self._stale = False
        coding, scheme = self._session.coding, self._session.scheme
        works = open_work(coding, scheme)
        self.work.show_work(works)
        missing = sum(work.finding.severity is Severity.ERROR for work in works)
        self._missing.set_note(self._count_words(missing, len(works) - missing))
        complete = is_complete(coding, scheme)
        words = self.tr("Nothing is missing") if complete else ""
        self._complete.show_text(words)
        self.work.setVisible(bool(works))
        self.counts.show_counts(count_codes(coding, scheme))
        self._events.set_note(str(len(coding.events)))
        self.file.refresh()
        if self.isVisible():
            self.history.refresh()
        self._show_lock(complete=complete, missing=missing)
        self._refused.show_text("")

    def _show_lock(self, *, complete: bool, missing: int) -> None:
        locked = self._session.coding.locked
        hindrance = ""
        if self._is_read_only_file():
            hindrance = self.tr("The file is open for reading only")
        elif not locked and not complete:
            words = self.tr("It can be locked once nothing is missing: {0} still to do")
            hindrance = words.format(missing)
        self.lock.show_state(locked=locked, hindrance=hindrance)

    def _count_words(self, missing: int, others: int) -> str:
        words = [str(missing)]
        if others:
            words.append(self.tr("and {0} to look at").format(others))
        return " ".join(words)

    def _is_read_only_file(self) -> bool:
        return self._session.file is not None and self._session.file.is_read_only

    def _lock_now(self) -> None:
        if self._settled():
            self._session.submit(LockCoding(), cause=self)

    def _show_refusal(self, sentence: str) -> None:
        if self.isVisible():
            self._refused.show_text(sentence)

    def _follow(self, changed: Changed) -> None:
        self._stale = True
        if "locked" in changed.record.change.areas:
            self.history.forget()
        if self.isVisible():
            self._refresh()

    def _follow_saving(self) -> None:
        if self.isVisible():
            self.file.refresh()
            self.history.refresh()

    def _connect(self) -> None:
        self._session.changed.connect(self._follow)
        self._session.saving_changed.connect(self._follow_saving)
        self._session.refused.connect(self._show_refusal)
        self.work.work_chosen.connect(self.work_chosen)
        self.lock.lock_wished.connect(self._lock_now)
        self.lock.unlock_wished.connect(self.ask_unlock)
        self.versions.comparison_wanted.connect(self.versions_wanted)

    def _build(self) -> None:
        px = self._theme.px
        row = self._row = QHBoxLayout(self)
        row.setContentsMargins(px(10), px(4), px(10), px(4))
        row.setSpacing(px(10))
        row.addWidget(self._missing, 5)
        right = QVBoxLayout()
        right.setSpacing(px(10))
        right.addWidget(self.lock)
        right.addWidget(self.versions)
        right.addWidget(self.file)
        right.addWidget(self._events, 1)
        row.addLayout(right, 6)
        body = QWidget(self._missing)
        column = QVBoxLayout(body)
        column.setContentsMargins(px(2), px(2), px(2), px(4))
        self._complete.setContentsMargins(px(10), px(10), px(10), px(4))
        column.addWidget(self._complete)
        column.addWidget(self.work, 1)
        column.addWidget(self._refused)
        column.addStretch(0)
        self._missing.set_body(body)
        self._events.set_body(self.counts)


def _nothing_open() -> bool:
    return True
