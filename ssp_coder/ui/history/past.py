"""The steps of an open coding, read from its log when they are shown."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime
from typing import TYPE_CHECKING

from PySide6.QtCore import QCoreApplication

from ssp_coder.domain.finding import DomainError
from ssp_coder.editing.edits import LockCoding, UnlockCoding
from ssp_coder.editing.history import RecordKind, Step
from ssp_coder.storage.past import BEGINNING, PastStep
from ssp_coder.ui.history.words import step_words

if TYPE_CHECKING:
    from ssp_coder.editing.history import Record
    from ssp_coder.ui.session import OpenSession

READ_AT_ONCE = 200
"""Rows of the log that are read together."""


def tr(words: str) -> str:
    """Translate words of the history."""
    return QCoreApplication.translate("history", words)


@dataclass(frozen=True, slots=True, kw_only=True)
class ToldStep:
    """A step as people read it.

    Attributes:
        seq: number of its row of the log; `BEGINNING` where the coding was made.
        when: when it was done, in local time; None where nobody knows.
        is_lock: whether it locked or unlocked the coding; undo goes no further than there.
    """

    seq: int
    words: str
    who: str
    when: datetime | None
    reason: str = ""
    is_lock: bool = False


class Past:
    """Reads steps in batches and keeps what was read."""

    def __init__(self, session: OpenSession) -> None:
        self._session = session
        self._told: dict[int, ToldStep] = {}

    def stacks(self) -> tuple[tuple[int, ...], tuple[int, ...]]:
        """Row numbers of steps in force, oldest first, and of undone ones, the next last."""
        file, history = self._session.file, self._session.document.history
        if file is not None and file.is_read_only:
            return file.done_when_opened, file.undone_when_opened
        return history.done, history.undone

    def told(self, seq: int) -> ToldStep:
        """What the step of a row number was."""
        if seq not in self._told:
            self._read(seq)
        return self._told[seq]

    def note(self, record: Record) -> None:
        """Keep a step that was just done; the disk need not be asked for it."""
        if record.kind is not RecordKind.EDIT:
            return
        step = Step(seq=record.seq, edit=record.edit, change=record.change)
        self._keep(
            PastStep(
                seq=record.seq,
                step=step,
                who=self._writer(),
                at_utc=datetime.now(UTC).isoformat(timespec="milliseconds"),
                reason=record.reason,
            )
        )

    def _writer(self) -> str:
        file = self._session.file
        return self._session.coding.coder if file is None else file.who

    def _read(self, seq: int) -> None:
        try:
            for past in self._steps_up_to(seq):
                self._keep(past)
        except (DomainError, LookupError) as error:
            self._told[seq] = ToldStep(seq=seq, words=str(error), who="", when=None)

    def _steps_up_to(self, seq: int) -> tuple[PastStep, ...]:
        file = self._session.file
        if file is not None:
            return file.past(max(BEGINNING, seq - READ_AT_ONCE + 1), seq)
        step = None if seq == BEGINNING else self._session.document.history.step(seq)
        return (PastStep(seq=seq, step=step, who=self._session.coding.coder, at_utc=""),)

    def _keep(self, past: PastStep) -> None:
        self._told[past.seq] = ToldStep(
            seq=past.seq,
            words=self._words(past),
            who=past.who,
            when=_local(past.at_utc),
            reason=past.reason,
            is_lock=past.step is not None and isinstance(past.step.edit, LockCoding | UnlockCoding),
        )

    def _words(self, past: PastStep) -> str:
        if past.step is None:
            return tr("Coding begun")
        return step_words(past.step.edit, past.step.change, self._session.scheme)


def _local(at_utc: str) -> datetime | None:
    return datetime.fromisoformat(at_utc).astimezone() if at_utc else None
