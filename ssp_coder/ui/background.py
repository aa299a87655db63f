"""One piece of work outside the window's thread, delivered back into it."""

from __future__ import annotations

import logging
import threading
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal

from ssp_coder.domain.finding import DomainError
from ssp_coder.media.errors import Abandoned, MediaError
from ssp_coder.ui.language.spoken import said_error

if TYPE_CHECKING:
    from collections.abc import Callable

_log = logging.getLogger(__name__)


class BackgroundWork(QObject):
    """Runs a function in a thread of its own; signals arrive in the thread that made this object.

    The function gets two callables: one to report its progress from 0 to 1, one to ask whether it
    should stop. It gets plain values and returns one.
    """

    done = Signal(object)
    failed = Signal(str)
    progressed = Signal(float)
    _finished = Signal(object, object)

    def __init__(
        self,
        work: Callable[[Callable[[float], None], Callable[[], bool]], object],
        parent: QObject | None = None,
    ) -> None:
        super().__init__(parent)
        self._work = work
        self._stop = threading.Event()
        self._thread = threading.Thread(target=self._run, name="background work", daemon=True)
        self._finished.connect(self._deliver)

    def start(self) -> None:
        """Begin; call it once, after connecting."""
        self._thread.start()

    def cancel(self) -> None:
        """Ask the work to stop and wait for it; nothing is delivered after this."""
        self._stop.set()
        if self._thread.is_alive():
            self._thread.join()

    def _run(self) -> None:
        try:
            result = self._work(self.progressed.emit, self._stop.is_set)
        except Abandoned:
            return
        except (DomainError, MediaError, OSError) as error:
            self._finished.emit(None, said_error(error))
        except Exception as error:  # noqa: BLE001 - the last place before the thread would vanish
            _log.exception("background work failed")
            self._finished.emit(None, f"{type(error).__name__}: {error}")
        else:
            self._finished.emit(result, None)

    def _deliver(self, result: object, error: object) -> None:
        self._thread.join()
        if self._stop.is_set():
            return
        if error is None:
            self.done.emit(result)
        else:
            self.failed.emit(str(error))
