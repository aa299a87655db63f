"""Items of feedback on events: missed, invented, called otherwise, late, or ended elsewhere."""

from __future__ import annotations

from collections.abc import Iterator

from ssp_coder.agreement.comparison import Comparison, Difference, DifferenceKind
from ssp_coder.agreement.disagreement import event_key
from ssp_coder.domain.coding import Event
from ssp_coder.domain.time import SECOND_US
from ssp_coder.domain.words import NO_TEXT, Text
from ssp_coder.training.evaluation import leaves_out
from ssp_coder.training.feedback_items import FeedbackItem, ItemKind, Lesson
from ssp_coder.training.packs import Rationale

_KINDS = {
    DifferenceKind.MISS: ItemKind.MISS,
    DifferenceKind.FALSE_ALARM: ItemKind.FALSE_ALARM,
    DifferenceKind.WRONG_CODE: ItemKind.WRONG_CODE,
}


def event_items(comparison: Comparison, lesson: Lesson) -> Iterator[FeedbackItem]:
    """One item for each row that differs enough to be told."""
    for row in comparison.rows:
        kind = _kind(row, lesson)
        if kind is not None:
            yield _item(row, kind, lesson)


def _kind(row: Difference, lesson: Lesson) -> ItemKind | None:
    if row.kind is not DifferenceKind.MATCH:
        return _KINDS[row.kind]
    if abs(row.lag_us or 0) > lesson.settings.lag_s * SECOND_US:
        return ItemKind.LAG
    # Where states exclude each other an end is the onset of the next, which is told there.
    if lesson.scheme.ethogram.group_of(row.code).exclusive:
        return None
    return ItemKind.ENDS if _ends_differ(row, lesson) else None


def _ends_differ(row: Difference, lesson: Lesson) -> bool:
    """Whether the ends lie too far apart, or only one of the two saw an end."""
    if row.end_lag_us is None:
        return row.ends_apart
    return abs(row.end_lag_us) > lesson.settings.ends_s * SECOND_US


def _item(row: Difference, kind: ItemKind, lesson: Lesson) -> FeedbackItem:
    event = _told(row)
    at_us, last_us = _moments(row, kind)
    difference = row.end_lag_us if kind is ItemKind.ENDS else row.lag_us
    is_timing = kind in (ItemKind.LAG, ItemKind.ENDS)
    times = abs(difference) / SECOND_US if is_timing and difference is not None else 1.0
    return FeedbackItem(
        key=event_key(row),
        kind=kind,
        weight=lesson.weight(kind, times),
        at_us=row.at_us if kind is not ItemKind.ENDS else event.start_us,
        loop=lesson.loop(at_us, last_us),
        place=row.code,
        title=lesson.scheme.ethogram.code(row.code).title,
        own=_title(row.own, lesson),
        reference=_title(row.reference, lesson),
        own_value="" if row.own is None else row.own.code,
        reference_value="" if row.reference is None else row.reference.code,
        subject=event.subject,
        episode=row.episode,
        difference=difference,
        notes=lesson.notes(note for note in lesson.reference.notes if _explains(note, row)),
        chapter=lesson.chapter(kind),
        excluded=_reason(event, lesson),
        row=row,
    )


def _told(row: Difference) -> Event:
    """The event that the row is told by."""
    event = row.reference or row.own
    if event is None:
        raise ValueError(f"a row of {row.code} at {row.at_us} us has no event")
    return event


def _moments(row: Difference, kind: ItemKind) -> tuple[int, int]:
    """The first and last moment that a loop has to show."""
    events = [event for event in (row.reference, row.own) if event is not None]
    if kind is ItemKind.ENDS:
        times = [event.end_us for event in events if event.end_us is not None]
    else:
        times = [event.start_us for event in events]
    return min(times), max(times)


def _explains(note: Rationale, row: Difference) -> bool:
    """Whether a note is about the stretch in which one of the two saw something begin."""
    if note.span is None or note.slot is not None:
        return False
    return any(
        note.span.holds(event.start_us)
        or (note.span.length_us == 0 and note.span.start_us == event.start_us)
        for event in (row.reference, row.own)
        if event is not None
    )


def _reason(event: Event, lesson: Lesson) -> str:
    exclusions = lesson.reference.exclusions
    return next((one.reason for one in exclusions if leaves_out(one, event)), "")


def _title(event: Event | None, lesson: Lesson) -> Text:
    return NO_TEXT if event is None else lesson.scheme.ethogram.code(event.code).title
