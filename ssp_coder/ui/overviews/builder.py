"""Makes overviews one after the other in the background."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal

from ssp_coder.media.indexing import Watch
from ssp_coder.ui.background import BackgroundWork
from ssp_coder.ui.overviews.making import Job, make
from ssp_coder.ui.overviews.pace import Pace

if TYPE_CHECKING:
    from collections.abc import Callable

    from ssp_coder.ui.timeline.model import LaneKind

    Report = Callable[[float], None]
    Asks = Callable[[], bool]

_PERCENT = 100


class Builder(QObject):
    """A queue of overviews; parts of each arrive as they are made.

    `grew` carries the job and a part of it; parts of a job that was dropped never arrive.
    """

    grew = Signal(object, object)
    progressed = Signal(object, int)
    failed = Signal(object, str)
    emptied = Signal()
    _told = Signal(object, object)
    _reported = Signal(object, int)

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._queue: list[Job] = []
        self._job: Job | None = None
        self._work: BackgroundWork | None = None
        self._pace = Pace()
        self._busy = False
        self._told.connect(self._take)
        self._reported.connect(self._report)

    @property
    def job(self) -> Job | None:
        """What is being made now, None while nothing is."""
        return self._job

    def set_busy(self, busy: bool) -> None:
        """Say whether the coder plays or scrubs: the work goes slowly then."""
        self._busy = busy
        self._pace.set_busy(busy)

    def add(self, job: Job) -> None:
        """Make an overview after those that are waiting."""
        self._queue.append(job)
        self._go_on()

    def drop(self, kind: LaneKind) -> None:
        """Forget what is waiting or being made of a kind."""
        self._queue = [job for job in self._queue if job.kind is not kind]
        if self._job is not None and self._job.kind is kind:
            self._end()
            self._go_on()

    def stop(self) -> tuple[Job, ...]:
        """Stop and forget everything; gives what was not finished."""
        left = (*(() if self._job is None else (self._job,)), *self._queue)
        self._queue = []
        self._end()
        return left

    def _go_on(self) -> None:
        if self._work is not None:
            return
        if not self._queue:
            self.emptied.emit()
            return
        self._job = self._queue.pop(0)
        self._pace = Pace()
        self._pace.set_busy(self._busy)
        work = BackgroundWork(
            _making(self._job, self._pace, self._told.emit, self._reported.emit), self
        )
        work.done.connect(self._finish)
        work.failed.connect(self._fail)
        self._work = work
        work.start()

    def _end(self) -> None:
        self._pace.let_go()
        if self._work is not None:
            self._work.cancel()
            self._work.deleteLater()
        self._work = self._job = None

    def _take(self, job: object, part: object) -> None:
        if job is self._job:
            self.grew.emit(job, part)

    def _report(self, job: object, percent: int) -> None:
        if job is self._job:
            self.progressed.emit(job, percent)

    def _finish(self, _nothing: object) -> None:
        self._end()
        self._go_on()

    def _fail(self, sentence: str) -> None:
        job = self._job
        self._end()
        self.failed.emit(job, sentence)
        self._go_on()


def _making(
    job: Job,
    pace: Pace,
    tell: Callable[[object, object], None],
    say: Callable[[object, int], None],
) -> Callable[[Report, Asks], object]:
    """The work of the background; it says a percent once, not with every frame."""

    def work(_progress: Report, cancelled: Asks) -> object:
        said = -1

        def report(share: float) -> None:
            nonlocal said
            if round(_PERCENT * share) != said:
                said = round(_PERCENT * share)
                say(job, said)
            pace.rest()

        def part(value: object) -> None:
            tell(job, value)

        pace.begin()
        make(job, Watch(progress=report, cancelled=cancelled), part)
        return None

    return work
