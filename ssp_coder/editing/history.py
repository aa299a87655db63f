"""What can be undone and redone, also after the coding was opened again."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from enum import StrEnum

from ssp_coder.domain.coding import Event
from ssp_coder.editing.change import Change
from ssp_coder.editing.edits import AddEvent, ChangeEvents, CloseEvent, Edit


class RecordKind(StrEnum):
    """What a row of the log is."""

    EDIT = "edit"
    UNDO = "undo"
    REDO = "redo"


@dataclass(frozen=True, slots=True, kw_only=True)
class Record:
    """One row of the log.

    Attributes:
        seq: number of the row, from 1 without gaps.
        target: for undo and redo the row of the edit they concern; for an edit its own row.
        edit: the edit; for undo and redo the one they concern.
        change: what this row did to the coding; for an undo the reversed change of the edit.
        reason: the coder's words, may be empty.
    """

    seq: int
    kind: RecordKind
    target: int
    edit: Edit
    change: Change
    reason: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Step:
    """An edit that can be undone or redone, with what it did."""

    seq: int
    edit: Edit
    change: Change


def _no_earlier_step(seq: int) -> Step:
    raise LookupError(f"no step {seq} is stored")


class History:
    """Two stacks of steps; those of earlier sittings are fetched when they are needed."""

    def __init__(
        self,
        *,
        done: Iterable[int] = (),
        undone: Iterable[int] = (),
        last_seq: int = 0,
        fetch: Callable[[int], Step] = _no_earlier_step,
    ) -> None:
        """Start from row numbers; `fetch` reads the step of a row number."""
        self._done = list(done)
        self._undone = list(undone)
        self._steps: dict[int, Step] = {}
        self._fetch = fetch
        self.last_seq = last_seq

    @property
    def can_undo(self) -> bool:
        """Whether a step can be undone."""
        return bool(self._done)

    @property
    def can_redo(self) -> bool:
        """Whether an undone step can be done again."""
        return bool(self._undone)

    @property
    def done(self) -> tuple[int, ...]:
        """Row numbers of the edits that can be undone, oldest first."""
        return tuple(self._done)

    @property
    def undone(self) -> tuple[int, ...]:
        """Row numbers of the edits that can be redone, the next one last."""
        return tuple(self._undone)

    def step_to_undo(self) -> Step:
        """The step that an undo takes back.

        Raises:
            IndexError: there is none.
        """
        return self.step(self._done[-1])

    def step_to_redo(self) -> Step:
        """The step that a redo does again.

        Raises:
            IndexError: there is none.
        """
        return self.step(self._undone[-1])

    def taken_back_next(self) -> tuple[Step, ...]:
        """The steps that belong together and are undone next, the latest first.

        That is one, or the end of a held state and its beginning where nothing came between.
        """
        steps = tuple(self.step(seq) for seq in reversed(self._done[-2:]))
        return steps if len(steps) > 1 and _ends(steps[0], steps[1]) else steps[:1]

    def done_again_next(self) -> tuple[Step, ...]:
        """The steps that belong together and are redone next, the earliest first."""
        steps = tuple(self.step(seq) for seq in reversed(self._undone[-2:]))
        return steps if len(steps) > 1 and _ends(steps[1], steps[0]) else steps[:1]

    def take(self, record: Record) -> None:
        """Note a new row of the log."""
        self.last_seq = record.seq
        if record.kind is RecordKind.EDIT:
            step = Step(seq=record.seq, edit=record.edit, change=record.change)
            self._steps[record.seq] = step
        move(record.kind, record.seq, self._done, self._undone)

    def step(self, seq: int) -> Step:
        """The step of a row number, fetched when it is of an earlier sitting.

        Raises:
            LookupError: no such step is stored.
        """
        if seq not in self._steps:
            self._steps[seq] = self._fetch(seq)
        return self._steps[seq]


def _ends(last: Step, first: Step) -> bool:
    """Whether a step let the key of a state go that the other step began."""
    match last.edit:
        case (
            CloseEvent(event=event, held=True) | ChangeEvents(events=(Event(id=event),), held=True)
        ):
            begun = {new.id for new in first.change.added} - {
                old.id for old in first.change.removed
            }
            return isinstance(first.edit, AddEvent) and event in begun
        case _:
            return False


def move(kind: RecordKind, seq: int, done: list[int], undone: list[int]) -> None:
    """Move row numbers between the stacks of done and undone edits, as one row of the log does."""
    if kind is RecordKind.EDIT:
        done.append(seq)
        undone.clear()
    elif kind is RecordKind.UNDO:
        undone.append(done.pop())
    else:
        done.append(undone.pop())
