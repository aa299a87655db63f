"""One thread that stores entries in order, keeps what cannot be stored yet, and tries again."""

from __future__ import annotations

import sqlite3
import threading
from collections import deque
from collections.abc import Callable
from dataclasses import dataclass

from ssp_coder.storage.errors import StorageError
from ssp_coder.storage.table import Write

BATCH = 100
"""Entries that may share a transaction when the disk is slower than the coder."""

CALM_S = 2.0
"""What is to be done first waits this long for an entry, so that opening a file is quick."""

_FIRST_WAIT_S = 0.25
_LONGEST_WAIT_S = 5.0


@dataclass(frozen=True, slots=True, kw_only=True)
class Entry:
    """One record of the log, ready to be stored.

    Attributes:
        writes: statements that belong into one transaction.
    """

    seq: int
    writes: tuple[Write, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Told:
    """Who is told what happened to an entry; called in the writer's thread, and must not wait.

    Attributes:
        saved: the entry of this number is on the disk.
        failed: it is not, for this reason; it is kept and tried again.
    """

    saved: Callable[[int], None] = lambda _seq: None
    failed: Callable[[int, str], None] = lambda _seq, _reason: None


class Writer:
    """Stores entries; the methods may be called from any thread."""

    def __init__(
        self,
        store: Callable[[tuple[Entry, ...]], None],
        *,
        name: str,
        first: Callable[[], None] | None = None,
    ) -> None:
        """Start the thread.

        Args:
            store: makes entries durable, all or none; raises sqlite3.Error, OSError or
                StorageError when it cannot.
            name: of the thread.
            first: done once in the thread, before any entry is stored, and also without one.
        """
        self.told = Told()
        self._store = store
        self._first = first
        self._waiting: deque[Entry] = deque()
        self._turn = threading.Condition()
        self._attempt = 0
        self._failed_attempt = 0
        self._hurry = False
        self._stopping = False
        self._thread = threading.Thread(target=self._run, name=name, daemon=True)
        self._thread.start()

    @property
    def pending(self) -> int:
        """Entries that are not known to be on the disk."""
        return len(self._waiting)

    def waiting(self) -> tuple[Entry, ...]:
        """Those entries, in order."""
        with self._turn:
            return tuple(self._waiting)

    def put(self, entry: Entry) -> None:
        """Take an entry; returns at once."""
        with self._turn:
            self._waiting.append(entry)
            self._turn.notify_all()

    def flush(self, timeout_s: float) -> bool:
        """Wait until all is stored, an attempt begun from now on failed, or the time is over.

        What is to be done first is done by then.

        Returns:
            Whether all is stored.
        """
        with self._turn:
            last = self._attempt
            self._hurry = True
            self._turn.notify_all()
            self._turn.wait_for(
                lambda: self._is_settled() or self._failed_attempt > last or self._is_over(),
                timeout_s,
            )
            return not self._waiting

    def stop(self) -> tuple[Entry, ...]:
        """End the thread.

        Returns:
            The entries that were not stored.
        """
        with self._turn:
            self._stopping = True
            self._turn.notify_all()
        self._thread.join()
        return tuple(self._waiting)

    def _is_settled(self) -> bool:
        return not self._waiting and self._first is None

    def _is_over(self) -> bool:
        return not self._thread.is_alive()

    def _begin(self) -> None:
        if self._first is None:
            return
        with self._turn:
            self._turn.wait_for(lambda: self._waiting or self._hurry or self._stopping, CALM_S)
        self._first()
        with self._turn:
            self._first = None
            self._turn.notify_all()

    def _run(self) -> None:
        self._begin()
        wait_s = 0.0
        while self._wait_for_work(wait_s):
            batch = tuple(self._waiting[place] for place in range(min(BATCH, len(self._waiting))))
            try:
                self._store(batch)
            except (sqlite3.Error, OSError, StorageError) as error:
                wait_s = min(_LONGEST_WAIT_S, max(_FIRST_WAIT_S, 2 * wait_s))
                self._tell_failed(batch[0], error)
            else:
                wait_s = 0.0
                self._tell_saved(batch)

    def _wait_for_work(self, pause_s: float) -> bool:
        """Wait for an entry, and after a failure for the pause to end; False when stopped."""
        with self._turn:
            if pause_s:
                self._turn.wait_for(lambda: self._hurry or self._stopping, pause_s)
            self._hurry = False
            self._turn.wait_for(lambda: self._waiting or self._stopping)
            self._attempt += 1
            return not self._stopping

    def _tell_saved(self, batch: tuple[Entry, ...]) -> None:
        for entry in batch:
            self.told.saved(entry.seq)
        with self._turn:
            for _ in batch:
                self._waiting.popleft()
            self._turn.notify_all()

    def _tell_failed(self, entry: Entry, error: Exception) -> None:
        self.told.failed(entry.seq, str(error))
        with self._turn:
            self._failed_attempt = self._attempt
            self._turn.notify_all()
