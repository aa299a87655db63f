"""The steps of a coding as rows, newest on top; rows come and go one by one."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING

from PySide6.QtCore import (
    QAbstractListModel,
    QModelIndex,
    QObject,
    QPersistentModelIndex,
    Qt,
)

from ssp_coder.editing.history import RecordKind
from ssp_coder.storage.past import BEGINNING

if TYPE_CHECKING:
    from datetime import datetime

    from ssp_coder.editing.history import Record
    from ssp_coder.ui.history.past import Past, ToldStep

Index = QModelIndex | QPersistentModelIndex
ROOT = QModelIndex()

BATCH = 200
"""Rows that are added at a time."""

SEARCHED_AT_ONCE = 400
"""Steps that one look for words goes through at most, so that typing is never held up."""


class StepState(StrEnum):
    """Whether a step is in force."""

    DONE = "done"
    PRESENT = "present"
    """The last one in force: the coding is as it was after it."""
    UNDONE = "undone"


@dataclass(frozen=True, slots=True, kw_only=True)
class HistoryRow:
    """One row.

    Attributes:
        place: how many steps are in force after this one.
    """

    place: int
    told: ToldStep
    state: StepState


class HistoryModel(QAbstractListModel):
    """Shows the steps from the newest down to those that were looked at so far.

    The steps are places in one line: 0 is the beginning, then those in force, then the undone ones.
    Undo and redo move the present along that line and leave the rows where they are.
    """

    def __init__(self, past: Past, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._past = past
        done, undone = past.stacks()
        self._line: list[int] = [BEGINNING, *done, *reversed(undone)]
        self._present = len(done)
        self._rows: list[int] = []
        self._looked_down_to = len(self._line)
        self._wanted = ""
        # Whoever hears of new rows may ask for more at once; that has to wait until all have heard.
        self._changing = False
        while self._looked_down_to > self._present:
            self.fetchMore()

    @property
    def present(self) -> int:
        """The place that the coding is at: how many steps are in force."""
        return self._present

    @property
    def last(self) -> int:
        """The place after every step, also the undone ones."""
        return len(self._line) - 1

    def row_at(self, row: int) -> HistoryRow:
        """What a row shows."""
        place = self._rows[len(self._rows) - 1 - row]
        return HistoryRow(
            place=place, told=self._past.told(self._line[place]), state=self._state(place)
        )

    def row_of(self, place: int) -> int | None:
        """The row of a place, None when it is not shown."""
        found = bisect_left(self._rows, place)
        there = found < len(self._rows) and self._rows[found] == place
        return len(self._rows) - 1 - found if there else None

    def told_between(self, first: int, last: int) -> tuple[ToldStep, ...]:
        """The steps that lead from one place to a later one."""
        # From the last to the first: the log is read in batches that end at the step asked for.
        told = [self._past.told(seq) for seq in reversed(self._line[first + 1 : last + 1])]
        return tuple(reversed(told))

    def follow(self, record: Record) -> None:
        """Show what one more row of the log did."""
        self._past.note(record)
        if record.kind is RecordKind.EDIT:
            self._drop_undone()
            self._append(record.seq)
        else:
            self._move_present(-1 if record.kind is RecordKind.UNDO else 1)

    def search(self, words: str) -> None:
        """Show only steps that have these words in them; without any, all."""
        wanted = words.strip().casefold()
        if wanted == self._wanted:
            return
        self._wanted = wanted
        self._remove_from(0)
        self._looked_down_to = len(self._line)
        self.fetchMore()

    def rowCount(self, parent: Index = ROOT) -> int:  # noqa: N802, D102 - Qt's name
        return 0 if parent.isValid() else len(self._rows)

    def canFetchMore(self, parent: Index = ROOT) -> bool:  # noqa: N802, D102 - Qt's name
        return not parent.isValid() and self._looked_down_to > 0

    def fetchMore(self, parent: Index = ROOT) -> None:  # noqa: N802, D102 - Qt's name
        if self._changing or not self.canFetchMore(parent):
            return
        found: list[int] = []
        lowest = max(0, self._looked_down_to - (SEARCHED_AT_ONCE if self._wanted else BATCH))
        while self._looked_down_to > lowest and len(found) < BATCH:
            self._looked_down_to -= 1
            if self._fits(self._looked_down_to):
                found.append(self._looked_down_to)
        if found:
            self._insert(found, at=0)

    def data(  # noqa: D102 - Qt's name
        self, index: Index, role: int = Qt.ItemDataRole.DisplayRole
    ) -> object:
        if not index.isValid():
            return None
        if role == Qt.ItemDataRole.DisplayRole:
            return self.row_at(index.row()).told.words
        if role == Qt.ItemDataRole.UserRole:
            return self.row_at(index.row())
        if role in (Qt.ItemDataRole.ToolTipRole, Qt.ItemDataRole.AccessibleTextRole):
            return self._sentence(self.row_at(index.row()))
        return None

    def _sentence(self, row: HistoryRow) -> str:
        told = row.told
        states = {
            StepState.DONE: "",
            StepState.PRESENT: self.tr("the coding is here"),
            StepState.UNDONE: self.tr("undone"),
        }
        when = "" if told.when is None else whole_time(told.when)
        # An unlock says its reason itself.
        reason = "" if told.reason in told.words else told.reason
        parts = (told.words, states[row.state], when, told.who, reason)
        return ", ".join(part for part in parts if part)

    def _state(self, place: int) -> StepState:
        if place == self._present:
            return StepState.PRESENT
        return StepState.DONE if place < self._present else StepState.UNDONE

    def _fits(self, place: int) -> bool:
        if not self._wanted:
            return True
        told = self._past.told(self._line[place])
        return self._wanted in f"{told.words}\n{told.reason}\n{told.who}".casefold()

    def _drop_undone(self) -> None:
        self._remove_from(bisect_right(self._rows, self._present))
        del self._line[self._present + 1 :]
        self._looked_down_to = min(self._looked_down_to, len(self._line))

    def _append(self, seq: int) -> None:
        self._line.append(seq)
        self._present = self.last
        self._tell(self._present - 1)
        if self._fits(self._present):
            self._insert([self._present], at=len(self._rows))

    def _insert(self, places: list[int], *, at: int) -> None:
        """Put falling places before the one at an index of the rising list of those shown."""
        row = len(self._rows) - at
        self._changing = True
        self.beginInsertRows(ROOT, row, row + len(places) - 1)
        self._rows[at:at] = reversed(places)
        self.endInsertRows()
        self._changing = False

    def _remove_from(self, first: int) -> None:
        """Take away the top rows, from an index of the rising list of those shown."""
        if first < len(self._rows):
            self._changing = True
            self.beginRemoveRows(ROOT, 0, len(self._rows) - 1 - first)
            del self._rows[first:]
            self.endRemoveRows()
            self._changing = False

    def _move_present(self, by: int) -> None:
        before = self._present
        self._present += by
        self._tell(before)
        self._tell(self._present)

    def _tell(self, place: int) -> None:
        row = self.row_of(place)
        if row is not None:
            self.dataChanged.emit(self.index(row), self.index(row))


def whole_time(when: datetime) -> str:
    """Day and time to the second."""
    return when.strftime("%Y-%m-%d %H:%M:%S")
