"""Reading a reference and comparing, outside the window's thread."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal, SignalInstance

from ssp_coder.agreement.compare import compare
from ssp_coder.agreement.comparison import Comparison
from ssp_coder.ui.background import BackgroundWork
from ssp_coder.ui.compare.reference import Reference, load_reference

if TYPE_CHECKING:
    from collections.abc import Callable

    from ssp_coder.domain.coding import Coding
    from ssp_coder.domain.scheme import Scheme
    from ssp_coder.domain.time import Micros


@dataclass(frozen=True, slots=True, kw_only=True)
class Compared:
    """A comparison beside the two codings it was made of."""

    own: Coding
    reference: Coding
    comparison: Comparison


class CompareWork(QObject):
    """Does one thing at a time; asked again meanwhile, only the last wish is done after it."""

    loaded = Signal(object)
    compared = Signal(object)
    failed = Signal(str)

    def __init__(self, scheme: Scheme, parent: QObject) -> None:
        super().__init__(parent)
        self._scheme = scheme
        self._work: BackgroundWork | None = None
        self._next: tuple[Callable[[], object], SignalInstance] | None = None
        self._told: SignalInstance | None = None
        parent.destroyed.connect(self.stop)

    def load(self, path: Path, own: Coding) -> None:
        """Read a reference; `loaded` brings it."""
        scheme = self._scheme
        self._start(lambda: load_reference(path, own, scheme), self.loaded)

    def compare(self, own: Coding, reference: Reference, tolerance_us: Micros) -> None:
        """Compare; `compared` brings the result."""
        scheme, other = self._scheme, reference.coding

        def work() -> Compared:
            comparison = compare(own, other, scheme, tolerance_us=tolerance_us)
            return Compared(own=own, reference=other, comparison=comparison)

        self._start(work, self.compared)

    def stop(self) -> None:
        """Wait for what runs; nothing is told any more."""
        self._next = None
        if self._work is not None:
            self._work.cancel()
            self._work = None

    def _start(self, do: Callable[[], object], told: SignalInstance) -> None:
        if self._work is not None:
            self._next = (do, told)
            return
        self._told = told
        # Bound methods, not closures: a cycle through a widget may be collected by another thread.
        work = BackgroundWork(lambda _progress, _cancelled: do(), self)
        work.done.connect(self._finish)
        work.failed.connect(self._fail)
        self._work = work
        work.start()

    def _finish(self, result: object) -> None:
        told = self._told
        if self._is_last() and told is not None:
            told.emit(result)

    def _fail(self, sentence: str) -> None:
        if self._is_last():
            self.failed.emit(sentence)

    def _is_last(self) -> bool:
        """Let the work go that ended; False when another wish came meanwhile, which begins."""
        work, self._work = self._work, None
        if work is not None:
            work.deleteLater()
        following, self._next = self._next, None
        if following is not None:
            self._start(*following)
        return following is None
