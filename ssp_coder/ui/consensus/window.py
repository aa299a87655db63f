"""The window in which disagreements are settled: first the agreement, then one after another."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QDialog, QStackedWidget, QVBoxLayout, QWidget

from ssp_coder.domain.finding import DomainError
from ssp_coder.ui.consensus.preparing import opened
from ssp_coder.ui.consensus.start_page import StartPage
from ssp_coder.ui.consensus.work_page import WorkPage
from ssp_coder.ui.keys.shortcuts import WindowKey, WindowKeys
from ssp_coder.ui.language.spoken import said_error

if TYPE_CHECKING:
    from collections.abc import Callable

    from ssp_coder.ui.agreement.work import Shelf
    from ssp_coder.ui.theme.theme import Theme

SIZE_PX = (1400, 860)


class ConsensusWindow(QDialog):
    """Asks for two codings, shows their agreement, and settles what they differ in.

    Signals:
        coding_wanted: the `Path` of the consensus is to be opened as a coding.
    """

    coding_wanted = Signal(object)

    def __init__(
        self,
        theme: Theme,
        shelf: Shelf,
        cache_folder: Path | None = None,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent, Qt.WindowType.Window)
        self._theme = theme
        self._cache = cache_folder
        self.who = "lead"
        self.video_of: Callable[[str], str] = _nowhere
        self.start = StartPage(theme, shelf, self)
        self.work: WorkPage | None = None
        self._stack = QStackedWidget(self)
        self._stack.addWidget(self.start)
        column = QVBoxLayout(self)
        margin = theme.px(10)
        column.setContentsMargins(margin, margin, margin, margin)
        column.addWidget(self._stack)
        self.setWindowTitle(self.tr("Settle disagreements"))
        self.start.begin_wanted.connect(self._begin)
        WindowKeys(self.start, (WindowKey(command="act", act=self.start.act),))
        self.resize(self.sizeHint())

    def done(self, result: int) -> None:
        """Close, once everything is on the disk."""
        if self._let_go():
            super().done(result)

    def sizeHint(self) -> QSize:  # noqa: N802, D102 - Qt's name
        return QSize(*(self._theme.px(length) for length in SIZE_PX))

    def keyPressEvent(self, event: QKeyEvent) -> None:  # noqa: N802, D102 - Qt's name
        if event.key() == Qt.Key.Key_Escape and self.work is not None:
            event.accept()
            return
        super().keyPressEvent(event)

    def _begin(self, path: object) -> None:
        prepared = self.start.prepared
        if prepared is None or not isinstance(path, Path):
            return
        try:
            consensus = opened(prepared, path, self.who)
        except (DomainError, OSError) as error:
            self.start.say(said_error(error))
            return
        self.work = WorkPage(self._theme, consensus, self._cache, self._stack)
        self.work.coding_wanted.connect(self._want_coding)
        self._stack.addWidget(self.work)
        self._stack.setCurrentWidget(self.work)
        self.setWindowTitle(self.tr("Settle disagreements: {0}").format(path.name))
        self.work.open_videos(self.video_of)
        self.work.begin()

    def _want_coding(self, path: object) -> None:
        if self._let_go():
            super().done(int(QDialog.DialogCode.Accepted))
            self.coding_wanted.emit(path)

    def _let_go(self) -> bool:
        """Stop what runs and close the file; False while something is not on the disk."""
        self.start.cancel_work()
        if self.work is None:
            return True
        try:
            self.work.close_session()
        except DomainError as error:
            self.work.panel.say(said_error(error))
            return False
        self._stack.removeWidget(self.work)
        self.work.deleteLater()
        self.work = None
        return True


def _nowhere(_fingerprint: str) -> str:
    return ""
