"""What writing an open coding file takes, from a record to a durable row."""

from __future__ import annotations

import threading
import time
from collections.abc import Callable

from ssp_coder.domain.coding import Coding
from ssp_coder.domain.finding import Finding
from ssp_coder.editing.history import Record
from ssp_coder.storage import log
from ssp_coder.storage.lock import Lock, utc_now
from ssp_coder.storage.rows import writes_for
from ssp_coder.storage.store import Store
from ssp_coder.storage.writer import Entry, Writer

BACKUP_EVERY_S = 30 * 60.0


class Pen:
    """What writing a file takes: the right to, the database and the thread."""

    def __init__(
        self, *, who: str, lock: Lock, store: Store, last: tuple[int, str], backs_up: bool
    ) -> None:
        """Take up writing after the row with the number and hash `last`.

        Args:
            who: id of the coder, for the log.
            lock: the right to write, let go at the end.
            store: the open database.
            last: number and hash of the last row of the log.
            backs_up: whether what is there is kept before it is first changed.
        """
        self.store = store
        self.who = who
        self._lock = lock
        self._seq, self.head = last
        self._warned: Callable[[Finding], None] | None = None
        self._untold: list[Finding] = []
        self._turn = threading.Lock()
        self._backed_up = time.monotonic()
        first = self._back_up if backs_up else None
        self.writer = Writer(self._write, name="coding file writer", first=first)

    def tell(self, warned: Callable[[Finding], None]) -> None:
        """Say who is told what went wrong beside the writing, also what did already."""
        with self._turn:
            self._warned = warned
            untold, self._untold = self._untold, []
        for finding in untold:
            warned(finding)

    def put(self, record: Record, coding: Coding) -> None:
        """Hand a record to the thread.

        Raises:
            StorageError: it holds what cannot be stored.
            ValueError: it is not the next one.
        """
        if record.seq != self._seq + 1:
            raise ValueError(f"record {record.seq} follows record {self._seq}")
        row = log.record_row(record, who=self.who, at_utc=utc_now(), prev_hash=self.head)
        writes = (*writes_for(record.change, coding), (log.INSERT, row.values()))
        self.writer.put(Entry(seq=record.seq, writes=writes))
        self._seq, self.head = record.seq, row.hash

    def lay_down(self) -> None:
        """Stop; entries that were not stored are lost.

        Raises:
            StorageError: the file could not be folded into one.
        """
        try:
            self.writer.stop()
            self.store.close()
        finally:
            self._lock.release()

    def _write(self, entries: tuple[Entry, ...]) -> None:
        self.store.write(entries)
        if time.monotonic() - self._backed_up >= BACKUP_EVERY_S:
            self._back_up()

    def _back_up(self) -> None:
        self._backed_up = time.monotonic()
        warning = self.store.try_back_up()
        if warning is None:
            return
        with self._turn:
            warned = self._warned
            if warned is None:
                self._untold.append(warning)
        if warned is not None:
            warned(warning)
