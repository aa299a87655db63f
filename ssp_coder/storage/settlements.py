"""What was settled in an open consensus, as its log has it, and the edit that settles the next."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass

from ssp_coder.agreement.consensus import Draw, OpenItem
from ssp_coder.agreement.consensus_lanes import event_content
from ssp_coder.domain.coding import (
    Coding,
    Comment,
    CommentId,
    CommentKind,
    DIndex,
    Event,
    EventId,
    IndexId,
)
from ssp_coder.domain.settlement import Settlement
from ssp_coder.domain.time import Span
from ssp_coder.editing.change import Change
from ssp_coder.editing.document import Changed, Document
from ssp_coder.editing.edits import Settle
from ssp_coder.editing.history import RecordKind
from ssp_coder.storage.coding_file import CodingFile


@dataclass(frozen=True, slots=True, kw_only=True)
class Settled:
    """A settlement that is in force.

    Attributes:
        comment: number of the comment that tells of it.
        index: number of the index of disorganization that it put, None for none.
    """

    settlement: Settlement
    comment: CommentId
    index: IndexId | None = None


class Settlements:
    """Follows the log of an open consensus; what is undone is open again."""

    def __init__(self, document: Document, found: Draw) -> None:
        """Read what was settled in earlier sittings."""
        self.found = found
        self._document = document
        self._by_item: dict[str, list[Settled]] = {}
        for seq in document.history.done:
            step = document.history.step(seq)
            if isinstance(step.edit, Settle):
                self._take(step.edit, step.change)
        self.leave = document.subscribe(self._follow)

    @property
    def in_force(self) -> dict[str, Settled]:
        """The last settlement of each item that has one."""
        return {item: all_of_it[-1] for item, all_of_it in self._by_item.items() if all_of_it}

    @property
    def open_items(self) -> tuple[OpenItem, ...]:
        """What is still to be settled, in the order of the items."""
        settled = self.in_force
        return tuple(item for item in self.found.items if item.key not in settled)

    @property
    def can_undo(self) -> bool:
        """Whether the last step settled something; the beginning is never taken back."""
        history = self._document.history
        return history.can_undo and isinstance(history.step_to_undo().edit, Settle)

    def edit(self, settlement: Settlement, words: str) -> Settle:
        """The edit that settles an item, or settles it anew.

        Args:
            settlement: what is decided.
            words: what is said of it to people.
        """
        in_force = self.in_force
        before = in_force.get(settlement.item)
        outcome = self.found.outcome(
            {item: one.settlement for item, one in in_force.items()}, settlement
        )
        return Settle(
            settlement=settlement,
            comment=self._comment(settlement, words, before),
            removed=_numbers(self._document.coding, outcome.removed),
            added=outcome.added,
            classification=outcome.classification,
            gone_index=_still_there(self._document.coding, before),
        )

    def _comment(self, settlement: Settlement, words: str, before: Settled | None) -> Comment:
        item = self.found.item(settlement.item)
        at_us = None if item is None else item.at_us
        there = {one.id for one in self._document.coding.comments}
        known = before is not None and before.comment in there
        return Comment(
            id=before.comment if before is not None and known else CommentId(0),
            kind=CommentKind.NOTE,
            words=words,
            slot=settlement.slot,
            span=None if at_us is None else Span(start_us=at_us, end_us=at_us),
            settled=True,
        )

    def _follow(self, changed: Changed) -> None:
        record = changed.record
        if not isinstance(record.edit, Settle):
            return
        if record.kind is RecordKind.UNDO:
            self._by_item[record.edit.settlement.item].pop()
        else:
            self._take(record.edit, record.change)

    def _take(self, edit: Settle, change: Change) -> None:
        settled = Settled(
            settlement=edit.settlement,
            comment=edit.comment.id or _new_comment(change),
            index=_new_index(change) if edit.settlement.index is not None else None,
        )
        self._by_item.setdefault(edit.settlement.item, []).append(settled)


def settled_in(file: CodingFile) -> dict[str, Settlement]:
    """What was settled in a consensus that is only looked at, by item; what was undone is not."""
    found: dict[str, Settlement] = {}
    done = frozenset(file.done_when_opened)
    for past in file.past(min(done, default=1), max(done, default=0)):
        if past.seq in done and past.step is not None and isinstance(past.step.edit, Settle):
            found[past.step.edit.settlement.item] = past.step.edit.settlement
    return found


def _new_comment(change: Change) -> CommentId:
    for field in change.fields:
        if field.name == "comments":
            comments: tuple[Comment, ...] = field.after
            return comments[-1].id
    return CommentId(0)


def _new_index(change: Change) -> IndexId | None:
    for field in change.fields:
        if field.name == "d_indices":
            before: tuple[DIndex, ...] = field.before
            after: tuple[DIndex, ...] = field.after
            known = {index.id for index in before}
            return next((index.id for index in after if index.id not in known), None)
    return None


def _still_there(coding: Coding, before: Settled | None) -> IndexId | None:
    if before is None or all(index.id != before.index for index in coding.d_indices):
        return None
    return before.index


def _numbers(coding: Coding, gone: tuple[Event, ...]) -> tuple[EventId, ...]:
    """Which events of the coding say this; one that was changed by hand since stays."""
    left = Counter(event_content(event) for event in gone)
    found = []
    for event in coding.events if gone else ():
        if left[event_content(event)]:
            left[event_content(event)] -= 1
            found.append(event.id)
    return tuple(found)
