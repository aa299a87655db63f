"""Which marks are selected, and how a person adds to them by pointer and keys."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable

    from ssp_coder.ui.timeline.lane_marks import MarkStore
    from ssp_coder.ui.timeline.model import Mark


class Selection:
    """The ids of the selected marks, and the two ends of the range that is being extended.

    What is told from outside is silent; the widget reports what its methods for persons gave.
    """

    def __init__(self, marks: MarkStore) -> None:
        self._marks = marks
        self.ids: frozenset[str] = frozenset()
        self._anchor = ""
        self._reached = ""

    def __contains__(self, mark_id: object) -> bool:
        return mark_id in self.ids

    def __len__(self) -> int:
        return len(self.ids)

    def show(self, mark_ids: Iterable[str]) -> bool:
        """Take a selection from outside; whether it differs from the one before."""
        ids = frozenset(mark_ids)
        if ids == self.ids:
            return False
        self.ids = ids
        if self._anchor not in ids:
            self._anchor = self._reached = next(iter(ids)) if len(ids) == 1 else ""
        return True

    def drop(self, gone: Iterable[str]) -> None:
        """Forget those of the marks that are not held any more."""
        lost = {mark_id for mark_id in gone if mark_id in self.ids and mark_id not in self._marks}
        if lost:
            self.ids -= lost

    def marks(self) -> tuple[Mark, ...]:
        """The selected marks that are held, in no order."""
        return tuple(mark for held in self.ids if (mark := self._marks.get(held)) is not None)

    def only(self) -> Mark | None:
        """The selected mark where there is exactly one."""
        return self._marks.get(next(iter(self.ids))) if len(self.ids) == 1 else None

    def reached(self) -> Mark | None:
        """The mark that was selected last, from which keys go on."""
        held = self._marks.get(self._reached)
        if held is not None and held.id in self.ids:
            return held
        return min(self.marks(), key=_order, default=None)

    def choose(self, mark: Mark) -> None:
        """Select one mark instead of all others."""
        self.ids = frozenset((mark.id,))
        self._anchor = self._reached = mark.id

    def turn(self, mark: Mark) -> None:
        """Add a mark, or take it out again."""
        self.ids ^= {mark.id}
        self._anchor = self._reached = mark.id

    def extend(self, mark: Mark) -> None:
        """Select all marks of the lane from the one chosen first to this one."""
        anchor = self._marks.get(self._anchor)
        if anchor is None or anchor.lane != mark.lane:
            self.choose(mark)
            return
        run = self._marks.lane(mark.lane).run(anchor, mark)
        self.ids = frozenset(held.id for held in run)
        self._reached = mark.id

    def choose_more(self) -> None:
        """Select the whole lane of what is selected; when it is selected already, everything."""
        lanes = {mark.lane for mark in self.marks()}
        ids = frozenset(mark.id for lane in lanes for mark in self._marks.lane(lane))
        self.ids = ids if ids != self.ids else frozenset(mark.id for mark in self._marks)


def _order(mark: Mark) -> tuple[int, str]:
    return (mark.start_us, mark.id)
