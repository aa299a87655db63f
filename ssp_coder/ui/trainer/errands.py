"""One errand at a time outside the window's thread, for a desk."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal

from ssp_coder.ui.background import BackgroundWork

if TYPE_CHECKING:
    from collections.abc import Callable

    Work = Callable[[Callable[[float], None], Callable[[], bool]], object]
    Done = Callable[[object], None]


class Errands(QObject):
    """Runs what takes long; what is asked for meanwhile is left aside.

    Signals:
        busy_changed: `busy` is another.
        progressed: the share done, 0 to 1.
        trouble: what did not work, in the person's language.
    """

    busy_changed = Signal()
    progressed = Signal(float)
    trouble = Signal(str)

    def __init__(self, parent: QObject) -> None:
        super().__init__(parent)
        self._work: BackgroundWork | None = None
        self._then: Done | None = None

    @property
    def busy(self) -> bool:
        """Whether something runs."""
        return self._work is not None

    def run(self, work: Work, then: Done) -> bool:
        """Begin a piece of work; False while another runs."""
        if self._work is not None:
            return False
        self._then = then
        self._work = BackgroundWork(work, self)
        self._work.progressed.connect(self.progressed)
        self._work.done.connect(self._done)
        self._work.failed.connect(self._failed)
        self.busy_changed.emit()
        self._work.start()
        return True

    def cancel(self) -> None:
        """Stop what runs; nothing of it is delivered."""
        if self._work is not None:
            self._work.cancel()
            self._end()

    def _end(self) -> None:
        if self._work is not None:
            self._work.deleteLater()
        self._work = None
        self.busy_changed.emit()

    def _done(self, result: object) -> None:
        then = self._then
        self._end()
        if then is not None:
            then(result)

    def _failed(self, sentence: str) -> None:
        self._end()
        self.trouble.emit(sentence)
