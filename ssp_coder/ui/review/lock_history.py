"""Who locked and unlocked the coding, when and why, read from its file in the background."""

from __future__ import annotations

from datetime import datetime
from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtWidgets import QVBoxLayout, QWidget

from ssp_coder.storage.locks import LockAct, LockKind, read_locks
from ssp_coder.ui.background import BackgroundWork
from ssp_coder.ui.kit.accessible import describe
from ssp_coder.ui.rate.lettering import IconLine, lettering
from ssp_coder.ui.theme.fonts import FontUse

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from ssp_coder.ui.session import OpenSession
    from ssp_coder.ui.theme.theme import Theme

MOST_SHOWN = 6


class LockHistory(QWidget):
    """The last lockings and unlockings, one line each; absent while there is none."""

    def __init__(self, theme: Theme, session: OpenSession, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme = theme
        self._session = session
        self._work: BackgroundWork | None = None
        self._is_stale = True
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, 0, 0, 0)
        self._column.setSpacing(theme.px(3))
        self._lines: list[QWidget] = []
        describe(self, self.tr("Lockings and unlockings"))
        self.hide()

    def forget(self) -> None:
        """The coding was locked or unlocked: what is shown is no longer all."""
        self._is_stale = True

    def refresh(self) -> None:
        """Read the log again if something changed and everything is on the disk."""
        file = self._session.file
        if file is None or not self._is_stale or self._work is not None or self._session.unsaved:
            return
        self._is_stale = False
        work = BackgroundWork(partial(_read, file.path), self)
        work.done.connect(self._show)
        work.failed.connect(self._say)
        self.destroyed.connect(work.cancel)
        self._work = work
        work.start()

    def stop(self) -> None:
        """Wait for what is being read and forget it; nothing runs on behind a page left."""
        if self._work is not None:
            self._work.cancel()
            self._work.deleteLater()
            self._work = None
            self._is_stale = True

    def lines(self) -> tuple[str, ...]:
        """What is shown, the latest first."""
        return tuple(line.text() for line in self._lines if isinstance(line, IconLine))

    def _show(self, acts: object) -> None:
        found = acts if isinstance(acts, tuple) else ()
        self._clear()
        if found:
            self._add(lettering(self._theme, self.tr("So far"), FontUse.CAPTION_STRONG, "second"))
        for act in reversed(found[-MOST_SHOWN:]):
            line = IconLine(self._theme, "lock", FontUse.TABLE, "second", self)
            line.show_text(self._words(act))
            self._add(line)
        if len(found) > MOST_SHOWN:
            words = self.tr("and {0} earlier").format(len(found) - MOST_SHOWN)
            self._add(lettering(self._theme, words, FontUse.TABLE, "second"))
        self._end(shown=bool(found))

    def _say(self, sentence: str) -> None:
        self._clear()
        line = IconLine(self._theme, "warning", FontUse.TABLE, "err", self)
        line.show_text(sentence)
        self._add(line)
        self._end(shown=True)

    def _add(self, line: QWidget) -> None:
        self._column.addWidget(line)
        self._lines.append(line)

    def _clear(self) -> None:
        for line in self._lines:
            line.hide()
            line.deleteLater()
        self._lines = []

    def _end(self, *, shown: bool) -> None:
        if self._work is not None:
            self._work.deleteLater()
        self._work = None
        self.setVisible(shown)
        self.refresh()  # it may have been locked again meanwhile

    def _words(self, act: LockAct) -> str:
        when = datetime.fromisoformat(act.at_utc).astimezone().strftime("%Y-%m-%d %H:%M")
        if act.kind is LockKind.UNLOCKED:
            return self.tr("Unlocked by {0}, {1}: {2}").format(act.who, when, act.reason)
        if act.kind is LockKind.LOCKED_AGAIN:
            words = self.tr("Locked again by {0}, {1}: the unlocking was undone")
            return words.format(act.who, when)
        return self.tr("Locked by {0}, {1}").format(act.who, when)


def _read(
    path: Path, _progress: Callable[[float], None], _cancelled: Callable[[], bool]
) -> tuple[LockAct, ...]:
    return read_locks(path)
