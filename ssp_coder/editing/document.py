"""The open coding: takes edits, keeps history, feeds the journal, tells listeners."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Protocol

from ssp_coder.domain.coding import Coding
from ssp_coder.domain.scheme import Scheme
from ssp_coder.editing.apply import apply
from ssp_coder.editing.change import Change, difference, with_change
from ssp_coder.editing.edits import Edit
from ssp_coder.editing.history import History, Record, RecordKind


class Journal(Protocol):
    """Where records are made durable."""

    def append(self, record: Record, coding: Coding) -> None:
        """Take a record for storing; returns at once, durability is told elsewhere.

        Args:
            record: the next row of the log.
            coding: the value of the coding after it.
        """


@dataclass(frozen=True, slots=True, kw_only=True)
class Changed:
    """Told to listeners after each record.

    Attributes:
        coding: the value after the record.
        record: what was done; its change names what differs.
        cause: whoever submitted, so that it need not refresh itself.
    """

    coding: Coding
    record: Record
    cause: object = None


class NoJournal:
    """A journal for codings that are not kept, such as a preview."""

    def append(self, record: Record, coding: Coding) -> None:
        """Forget the record."""


Listener = Callable[[Changed], None]


class Document:
    """An open coding. All methods belong to the thread that made it."""

    def __init__(
        self,
        *,
        coding: Coding,
        scheme: Scheme,
        journal: Journal | None = None,
        history: History | None = None,
    ) -> None:
        """Open `coding`; without a journal nothing is kept."""
        self.coding = coding
        self.scheme = scheme
        self.history = history or History()
        self._journal = journal or NoJournal()
        self._listeners: list[Listener] = []

    def subscribe(self, listener: Listener) -> Callable[[], None]:
        """Call `listener` after each record; the returned function ends that."""
        self._listeners.append(listener)
        return lambda: self._listeners.remove(listener)

    def submit(self, edit: Edit, *, reason: str = "", cause: object = None) -> Change:
        """Apply an edit.

        Returns:
            What differs; an empty change when the edit asked for what was so already, which is
            neither stored nor undoable.

        Raises:
            EditRefusedError: the edit would make the coding wrong; nothing changed.
        """
        after = apply(self.coding, edit, self.scheme)
        change = difference(self.coding, after)
        if not change.is_empty:
            seq = self.history.last_seq + 1
            record = Record(
                seq=seq, kind=RecordKind.EDIT, target=seq, edit=edit, change=change, reason=reason
            )
            self._take(record, after, cause)
        return change

    def undo(self, *, cause: object = None) -> Change | None:
        """Take the last edit back; None when there is none.

        A locked coding can be unlocked but not undone.
        """
        if not self.history.can_undo or self.coding.locked:
            return None
        step = self.history.step_to_undo()
        return self._turn(RecordKind.UNDO, step.seq, step.edit, step.change.reversed(), cause)

    def redo(self, *, cause: object = None) -> Change | None:
        """Do the last undone edit again; None when there is none."""
        if not self.history.can_redo or self.coding.locked:
            return None
        step = self.history.step_to_redo()
        return self._turn(RecordKind.REDO, step.seq, step.edit, step.change, cause)

    def _turn(
        self, kind: RecordKind, target: int, edit: Edit, change: Change, cause: object
    ) -> Change:
        after = with_change(self.coding, change)
        seq = self.history.last_seq + 1
        record = Record(seq=seq, kind=kind, target=target, edit=edit, change=change)
        self._take(record, after, cause)
        return change

    def _take(self, record: Record, after: Coding, cause: object) -> None:
        self._journal.append(record, after)
        self.coding = after
        self.history.take(record)
        changed = Changed(coding=after, record=record, cause=cause)
        for listener in tuple(self._listeners):
            listener(changed)
