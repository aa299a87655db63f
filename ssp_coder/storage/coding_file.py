"""One session coded by one coder, in one file: created, opened, appended to, closed."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from types import TracebackType
from typing import Self

from ssp_coder.domain.coding import Coding
from ssp_coder.domain.finding import Finding, Severity
from ssp_coder.domain.scheme import Scheme
from ssp_coder.editing.document import Document
from ssp_coder.editing.history import History, Record, Step
from ssp_coder.storage.connection import connect_for_writing
from ssp_coder.storage.contents import Contents, read_contents
from ssp_coder.storage.creation import already_there, write_new
from ssp_coder.storage.errors import Holder, StorageError, storage_error
from ssp_coder.storage.lock import Lock
from ssp_coder.storage.log import read_log
from ssp_coder.storage.migration import back_up_earlier, present_form
from ssp_coder.storage.past import PastStep, past_steps, waiting_rows
from ssp_coder.storage.pen import Pen
from ssp_coder.storage.schema import FORMAT, format_of
from ssp_coder.storage.snapshot import check_header, snapshot, told_as_damage
from ssp_coder.storage.store import Connect, Store
from ssp_coder.storage.writer import Told

_PATIENCE_S = 10.0


class CodingFile:
    """An open coding file; also the journal of its document.

    Attributes:
        path: where it lies.
        coding: the value after the last record.
        scheme: what it was made with, from the file itself.
        history: what can be undone and redone, over all sittings.
        done_when_opened: row numbers of the steps in force then, oldest first.
        undone_when_opened: row numbers of the steps undone then, the next to redo last.
        findings: what is worth telling about opening it.
    """

    def __init__(
        self, *, path: Path, contents: Contents, pen: Pen | None, findings: tuple[Finding, ...] = ()
    ) -> None:
        """Without a pen it is read-only; use `create`, `open_for_writing`, `open_read_only`."""
        self.path = path
        self.coding = contents.coding
        self.scheme = contents.scheme
        self.findings = findings
        self.history = History(
            done=contents.done if pen else (),
            undone=contents.undone if pen else (),
            last_seq=contents.last_seq,
            fetch=self._step,
        )
        self.done_when_opened = contents.done
        self.undone_when_opened = contents.undone
        self._head_read = contents.head
        self._pen = pen
        self._document: Document | None = None

    @property
    def is_read_only(self) -> bool:
        """Whether records are refused; true once it was closed."""
        return self._pen is None

    @property
    def pending(self) -> int:
        """Records that are not known to be on the disk."""
        return 0 if self._pen is None else self._pen.writer.pending

    @property
    def head(self) -> str:
        """Hash of the last row of the log, which stands for the whole history of the coding."""
        return self._head_read if self._pen is None else self._pen.head

    def tell(
        self,
        *,
        on_saved: Callable[[int], None],
        on_failed: Callable[[int, str], None],
        on_warning: Callable[[Finding], None] = lambda _finding: None,
    ) -> None:
        """Say who is told what happens; all are called in the writer's thread and must not wait.

        Args:
            on_saved: the record of this number is on the disk.
            on_failed: it is not, for this reason; it is kept in memory and tried again.
            on_warning: something else went wrong, such as a backup; also what did already.
        """
        if self._pen is not None:
            self._pen.writer.told = Told(saved=on_saved, failed=on_failed)
            self._pen.tell(on_warning)

    def document(self) -> Document:
        """The open coding, to be edited by the thread that calls this; always the same one."""
        if self._document is None:
            self._document = Document(
                coding=self.coding, scheme=self.scheme, journal=self, history=self.history
            )
        return self._document

    def append(self, record: Record, coding: Coding) -> None:
        """Take a record for storing; returns at once, `tell` says when it is durable.

        Args:
            record: the next row of the log.
            coding: the value of the coding after it.

        Raises:
            StorageError: the file is read-only, or the record holds what cannot be stored.
        """
        if self._pen is None:
            raise _read_only(self.path)
        self._pen.put(record, coding)
        self.coding = coding

    @property
    def who(self) -> str:
        """Id of whoever writes, for the log; empty when it is read-only."""
        return "" if self._pen is None else self._pen.who

    def past(self, first: int, last: int) -> tuple[PastStep, ...]:
        """The steps of the log from row `first` to row `last`, also those not on the disk yet.

        Rows that undo or redo a step are left out; `BEGINNING` is the first.

        Raises:
            StorageError: the log cannot be read.
        """
        if self._pen is None:
            with snapshot(self.path) as copy, told_as_damage(self.path), present_form(copy):
                rows = {row.seq: row for row in read_log(copy, first=first, last=last)}
        else:
            # Looked at before the file, so that a row that is stored meanwhile is not missed.
            waiting = waiting_rows(self._pen.writer.waiting())
            rows = {row.seq: row for row in waiting if first <= row.seq <= last}
            rows |= {row.seq: row for row in self._pen.store.log_rows(first, last)}
        return past_steps(tuple(rows[seq] for seq in sorted(rows)), str(self.path))

    def flush(self, timeout_s: float = _PATIENCE_S) -> bool:
        """Wait until all is on the disk; False when an attempt failed or the time is over."""
        return self._pen is None or self._pen.writer.flush(timeout_s)

    def save_elsewhere(self, path: Path) -> None:
        """Write a complete copy, with the records that could not be stored here.

        Raises:
            StorageError: there is a file already, or the copy cannot be written.
        """
        if path.exists():
            raise already_there(path)
        if self._pen is None:
            raise _read_only(self.path)
        self._pen.store.copy_to(path, self._pen.writer.waiting())

    def close(self, timeout_s: float = _PATIENCE_S) -> None:
        """Store what is pending, fold all into one file and let others write; twice is harmless.

        Raises:
            StorageError: records are not on the disk (the file stays open, so that a copy can be
                saved elsewhere), or the file could not be folded.
        """
        if not self.flush(timeout_s):
            raise storage_error(
                "unsaved",
                self.path,
                f"{self.pending} changes are not on the disk yet",
                "make room on the disk, or save a copy elsewhere",
            )
        self.abandon()

    def abandon(self) -> None:
        """Close without waiting; pending records are lost.

        Raises:
            StorageError: the file could not be folded.
        """
        pen, self._pen = self._pen, None
        if pen is not None:
            self._head_read = pen.head
            pen.lay_down()

    def _step(self, seq: int) -> Step:
        if self._pen is None:
            raise _read_only(self.path)
        return self._pen.store.step(seq)

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self.close()


def create(path: Path, *, coding: Coding, scheme: Scheme, who: str) -> CodingFile:
    """Make a new coding file and open it for writing.

    Args:
        path: where; nothing may be there yet.
        coding: the beginning, usually no more than session, coder, role and media.
        scheme: embedded with all its files.
        who: id of the coder, for the log.

    Raises:
        StorageError: there is a file already, or the folder cannot be written.
    """
    path = path.resolve()
    lock = _lock(path, who)
    try:
        write_new(path, coding=coding, scheme=scheme, who=who)
        return _open(path, who, lock, connect_for_writing)
    except BaseException:
        lock.release()
        raise


def open_for_writing(path: Path, who: str, *, connect: Connect = connect_for_writing) -> CodingFile:
    """Open a coding file to go on coding.

    Args:
        path: the file.
        who: id of the coder, for the log.
        connect: opens its database.

    Raises:
        InUseError: somebody else has it open, and who.
        StorageError: it is damaged, newer than this program, or cannot be written.
    """
    path = path.resolve()
    if check_header(path) > FORMAT:
        raise storage_error(
            "newer",
            path,
            "it was made by a newer version of the program",
            "update the program, or open it read-only",
        )
    lock = _lock(path, who)
    try:
        return _open(path, who, lock, connect)
    except BaseException:
        lock.release()
        raise


def open_read_only(path: Path) -> CodingFile:
    """Open what is on the disk now, to be looked at; also while somebody else codes.

    Raises:
        StorageError: it is damaged or no coding file.
    """
    path = path.resolve()
    findings: tuple[Finding, ...] = ()
    with snapshot(path) as copy:
        if check_header(path) > FORMAT:
            findings = (_made_by_newer(path),)
        with told_as_damage(path), present_form(copy):
            contents = read_contents(path, copy)
    return CodingFile(path=path, contents=contents, pen=None, findings=findings)


def _open(path: Path, who: str, lock: Lock, connect: Connect) -> CodingFile:
    with snapshot(path) as copy:
        with told_as_damage(path), present_form(copy):
            contents = read_contents(path, copy)
        is_earlier = format_of(copy) < FORMAT
        migrated = back_up_earlier(path, copy) if is_earlier else None
    worth_telling = (_left_open(path, lock.left_by), migrated)
    store = Store(path, head=contents.head, connect=connect)
    last = (contents.last_seq, contents.head)
    backs_up = contents.last_seq > 0 and not is_earlier
    return CodingFile(
        path=path,
        contents=contents,
        pen=Pen(who=who, lock=lock, store=store, last=last, backs_up=backs_up),
        findings=tuple(finding for finding in worth_telling if finding is not None),
    )


def _lock(path: Path, who: str) -> Lock:
    if not who.strip():
        raise storage_error("no_coder", path, "nobody is named as its coder", "enter a coder id")
    return Lock(path, who)


def _read_only(path: Path) -> StorageError:
    return storage_error("read_only", path, "it is open read-only", "open it for coding")


def _left_open(path: Path, holder: Holder | None) -> Finding | None:
    if holder is None:
        return None
    return Finding(
        code="storage.recovered",
        message=f"the sitting of {holder.words()} ended without closing the file",
        place=str(path),
        remedy="everything that was shown as saved is there",
        severity=Severity.NOTE,
    )


def _made_by_newer(path: Path) -> Finding:
    return Finding(
        code="storage.newer",
        message="it was made by a newer version of the program and can only be looked at",
        place=str(path),
        remedy="update the program to go on coding",
        severity=Severity.WARNING,
    )
