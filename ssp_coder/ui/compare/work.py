"""Reading a reference and comparing, outside the window's thread."""

from __future__ import annotations

from dataclasses import dataclass
from enum import Enum, auto
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal

from ssp_coder.agreement.compare import compare
from ssp_coder.agreement.comparison import Comparison
from ssp_coder.agreement.confusion import Cell, confusion
from ssp_coder.agreement.disagreement import Disagreement, disagreements, episode_starts
from ssp_coder.ui.background import BackgroundWork
from ssp_coder.ui.compare.reference import Reference, load_reference

if TYPE_CHECKING:
    from collections.abc import Callable

    from ssp_coder.domain.coding import Coding
    from ssp_coder.domain.scheme import Scheme
    from ssp_coder.domain.time import Micros


@dataclass(frozen=True, slots=True, kw_only=True)
class Compared:
    """A comparison beside the two codings it was made of.

    Attributes:
        found: what differs.
        cells: who called what how.
    """

    own: Coding
    reference: Coding
    comparison: Comparison
    found: tuple[Disagreement, ...]
    cells: tuple[Cell, ...]


def told_by_both(
    comparison: Comparison, own: Coding, reference: Coding, scheme: Scheme
) -> tuple[Disagreement, ...]:
    """What differs; ratings and classes only where both codings have any."""
    yardstick = reference if reference.episodes else own
    found = disagreements(comparison, scheme, episode_starts(yardstick, scheme))
    has_ratings = bool(own.ratings and reference.ratings)
    has_class = own.classification is not None and reference.classification is not None
    return tuple(
        one
        for one in found
        if (one.rating is None or has_ratings) and (one.at_level is None or has_class)
    )


class _Wish(Enum):
    """What the work can be asked for."""

    LOAD = auto()
    COMPARE = auto()


class CompareWork(QObject):
    """Does one thing at a time; of wishes of one kind that come meanwhile only the last is done."""

    loaded = Signal(object)
    compared = Signal(object)
    failed = Signal(str)

    def __init__(self, scheme: Scheme, parent: QObject) -> None:
        super().__init__(parent)
        self._scheme = scheme
        self._work: BackgroundWork | None = None
        self._doing = _Wish.LOAD
        self._waiting: dict[_Wish, Callable[[], object]] = {}
        parent.destroyed.connect(self.stop)

    def load(self, path: Path, own: Coding) -> None:
        """Read a reference; `loaded` brings it."""
        scheme = self._scheme
        self._start(_Wish.LOAD, lambda: load_reference(path, own, scheme))

    def compare(self, own: Coding, reference: Reference, tolerance_us: Micros) -> None:
        """Compare; `compared` brings the result."""
        scheme, other = self._scheme, reference.coding

        def work() -> Compared:
            comparison = compare(own, other, scheme, tolerance_us=tolerance_us)
            return Compared(
                own=own,
                reference=other,
                comparison=comparison,
                found=told_by_both(comparison, own, other, scheme),
                cells=confusion(comparison.rows, scheme),
            )

        self._start(_Wish.COMPARE, work)

    def stop(self) -> None:
        """Wait for what runs; nothing is told any more."""
        self._waiting.clear()
        if self._work is not None:
            self._work.cancel()
            self._work = None

    def _start(self, wish: _Wish, do: Callable[[], object]) -> None:
        self._waiting.pop(wish, None)
        if self._work is not None:
            self._waiting[wish] = do
            return
        self._doing = wish
        # Bound methods, not closures: a cycle through a widget may be collected by another thread.
        work = BackgroundWork(lambda _progress, _cancelled: do(), self)
        work.done.connect(self._finish)
        work.failed.connect(self._fail)
        self._work = work
        work.start()

    def _finish(self, result: object) -> None:
        done = self._let_go()
        if done not in self._waiting:
            told = self.loaded if done is _Wish.LOAD else self.compared
            told.emit(result)
        self._go_on()

    def _fail(self, sentence: str) -> None:
        if self._let_go() not in self._waiting:
            self.failed.emit(sentence)
        self._go_on()

    def _let_go(self) -> _Wish:
        """Let the work go that ended; which wish it was."""
        work, self._work = self._work, None
        if work is not None:
            work.deleteLater()
        return self._doing

    def _go_on(self) -> None:
        """Begin what was wished meanwhile, unless whoever was told has begun something."""
        if self._work is None and self._waiting:
            wish = next(iter(self._waiting))
            self._start(wish, self._waiting[wish])
