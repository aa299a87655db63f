"""Checks a text in the background a moment after the person stops typing."""

from __future__ import annotations

from dataclasses import dataclass
from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QTimer, Signal

from ssp_coder.catalog.drafting import DraftReport, check_draft
from ssp_coder.rules.trial import Trial, trials
from ssp_coder.ui.background import BackgroundWork

if TYPE_CHECKING:
    from collections.abc import Callable

    from ssp_coder.catalog.drafting import Drafts

PAUSE_MS = 300
"""How long nothing is typed before a check begins."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Checked:
    """What a check found, and what the table in the text gives for its own examples."""

    report: DraftReport
    trials: tuple[Trial, ...] = ()


def check_text(path: str, drafts: Drafts) -> Checked:
    """Check a text; a table with mistakes in it is not tried out."""
    report = check_draft(path, drafts)
    if report.table is None:
        return Checked(report=report)
    return Checked(report=report, trials=trials(report.table))


class LiveCheck(QObject):
    """One check at a time; what was typed during one is checked next.

    Signals:
        begun: a check was asked for; what is shown is no longer true.
        checked: a `Checked` of the newest text.
        failed: one sentence.
    """

    begun = Signal()
    checked = Signal(object)
    failed = Signal(str)

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._wanted: tuple[str, Callable[[], Drafts]] | None = None
        self._work: BackgroundWork | None = None
        self._stopped = False
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.setInterval(PAUSE_MS)
        self._timer.timeout.connect(self._start)

    def ask(self, path: str, drafts: Callable[[], Drafts], *, at_once: bool = False) -> None:
        """Ask for a check of the newest text; `drafts` is called when it begins."""
        if self._stopped:
            return
        self._wanted = (path, drafts)
        self.begun.emit()
        if at_once:
            self._timer.stop()
            self._start()
        else:
            self._timer.start()

    @property
    def is_busy(self) -> bool:
        """Whether something is still to be checked."""
        return self._wanted is not None or self._work is not None

    def stop(self) -> None:
        """Let go of everything; nothing is begun or told after this."""
        self._stopped = True
        self._timer.stop()
        self._wanted = None
        if self._work is not None:
            self._work.cancel()
            self._work = None

    def _start(self) -> None:
        if self._work is not None or self._wanted is None:
            return
        path, drafts = self._wanted
        self._wanted = None
        work = BackgroundWork(_checking(path, drafts()), self)
        work.done.connect(self._deliver)
        work.failed.connect(self._fail)
        self._work = work
        work.start()

    def _deliver(self, found: object) -> None:
        if not self._is_outdated_then_end():
            self.checked.emit(found)

    def _fail(self, sentence: str) -> None:
        if not self._is_outdated_then_end():
            self.failed.emit(sentence)

    def _is_outdated_then_end(self) -> bool:
        """Let go of the work that ended; True when the text has changed since it began."""
        outdated = self._wanted is not None
        if self._work is not None:
            self._work.deleteLater()
        self._work = None
        if outdated and not self._timer.isActive():
            self._start()
        return outdated


def _checking(
    path: str, drafts: Drafts
) -> Callable[[Callable[[float], None], Callable[[], bool]], object]:
    return partial(_check, path, drafts)


def _check(
    path: str, drafts: Drafts, _progress: Callable[[float], None], _stop: Callable[[], bool]
) -> Checked:
    return check_text(path, drafts)
