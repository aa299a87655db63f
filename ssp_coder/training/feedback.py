"""What a trainee is told after a submission: every difference, where it shows, and why.

An item has the moment to look at, what both said, the reference's reasons, what the scale says of
both points and the chapter of the handbook that helps.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path

from ssp_coder.agreement.compare import compare
from ssp_coder.agreement.comparison import Comparison, Difference
from ssp_coder.agreement.confusion import Cell, confusion
from ssp_coder.domain.coding import Coding
from ssp_coder.domain.handbook import Handbook
from ssp_coder.domain.time import SECOND_US, Micros
from ssp_coder.training.evaluation import leaves_out
from ssp_coder.training.feedback_classes import class_items
from ssp_coder.training.feedback_events import event_items
from ssp_coder.training.feedback_items import FeedbackFile, FeedbackItem, Lesson
from ssp_coder.training.feedback_ratings import rating_items
from ssp_coder.training.packs import Exclusion, Reference
from ssp_coder.training.teaching_files import read_teaching_file, teaching_path


class Order(StrEnum):
    """How the list of items is ordered."""

    TIME = "time"
    WEIGHT = "weight"


@dataclass(frozen=True, slots=True, kw_only=True)
class Feedback:
    """Everything that is told of one submission.

    Attributes:
        items: what counts, in order of time; what belongs to no moment comes last.
        left_out: items that the trainer excluded, each with the reason.
        cells: the confusion matrices, without what was excluded.
        comparison: what it was made from.
    """

    items: tuple[FeedbackItem, ...]
    left_out: tuple[FeedbackItem, ...]
    cells: tuple[Cell, ...]
    comparison: Comparison

    def item(self, key: str) -> FeedbackItem | None:
        """The item with this key, excluded ones as well."""
        return next((one for one in (*self.items, *self.left_out) if one.key == key), None)


def feedback_settings(folders: tuple[Path, ...] = ()) -> FeedbackFile:
    """What is told, and its weights.

    Raises:
        TeachingFileError: the file is wrong.
    """
    return read_teaching_file(teaching_path("feedback", folders), FeedbackFile).record


def feedback_on(
    coding: Coding, reference: Reference, settings: FeedbackFile, handbook: Handbook | None = None
) -> Feedback:
    """Hold a submission against its reference.

    Args:
        coding: the trainee's, from the snapshot.
        reference: an opened one.
        settings: limits and weights.
        handbook: names the chapter that helps with an item.

    Raises:
        ComparisonError: the two were not made with one scheme.
    """
    pairing_us = Micros(round(settings.pairing_s * SECOND_US))
    comparison = compare(coding, reference.coding, reference.scheme, tolerance_us=pairing_us)
    return feedback(comparison, Lesson(reference=reference, settings=settings, handbook=handbook))


def feedback(comparison: Comparison, lesson: Lesson) -> Feedback:
    """The items of a comparison; one of a wide tolerance tells late onsets from misses."""
    found = sorted(
        (
            *event_items(comparison, lesson),
            *rating_items(comparison, lesson),
            *class_items(comparison, lesson),
        ),
        key=_by_time,
    )
    counted = [row for row in comparison.rows if not _is_left_out(row, lesson.reference.exclusions)]
    return Feedback(
        items=tuple(item for item in found if not item.excluded),
        left_out=tuple(item for item in found if item.excluded),
        cells=confusion(counted, lesson.scheme),
        comparison=comparison,
    )


def ordered(items: Iterable[FeedbackItem], order: Order) -> tuple[FeedbackItem, ...]:
    """Items by time, or the weightiest first and those of one weight by time."""
    by_time = sorted(items, key=_by_time)
    if order is Order.TIME:
        return tuple(by_time)
    return tuple(sorted(by_time, key=lambda item: -item.weight))


def items_of(cell: Cell, items: Iterable[FeedbackItem]) -> tuple[FeedbackItem, ...]:
    """The items that a cell stands for; its matches without a remark have none."""
    rows = set(cell.rows)
    return tuple(item for item in items if item.row in rows)


def _is_left_out(row: Difference, exclusions: Iterable[Exclusion]) -> bool:
    event = row.reference or row.own
    return event is not None and any(leaves_out(one, event) for one in exclusions)


def _by_time(item: FeedbackItem) -> tuple[bool, int, str]:
    return item.at_us is None, item.at_us or 0, item.key
