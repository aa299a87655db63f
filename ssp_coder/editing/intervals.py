"""What follows from coding intervals directly."""

from __future__ import annotations

from dataclasses import replace

from ssp_coder.domain.coding import Coding, IntervalMark
from ssp_coder.domain.measures import MeasureKind
from ssp_coder.domain.scheme import Scheme
from ssp_coder.editing.edits import ClearIntervals, MarkInterval, MarkIntervals
from ssp_coder.editing.refusal import refuse

MOST_INTERVALS = 1_000
"""An episode with more is a mistake in a file, never an episode."""


def mark_interval(coding: Coding, edit: MarkInterval, scheme: Scheme) -> Coding:
    """See `MarkInterval`.

    Raises:
        EditRefusedError: the scheme has no such episode or measure, the measure is not told of that
            person or not by intervals, or the number is impossible.
    """
    return _marked(coding, (edit.mark,), scheme)


def mark_intervals(coding: Coding, edit: MarkIntervals, scheme: Scheme) -> Coding:
    """See `MarkIntervals`.

    Raises:
        EditRefusedError: an interval is named twice, or as for one mark; none was taken.
    """
    if len({mark.place for mark in edit.marks}) != len(edit.marks):
        raise refuse(
            "interval.named_twice", "an interval is marked twice in one step", "name it once"
        )
    return _marked(coding, edit.marks, scheme)


def _marked(coding: Coding, marks: tuple[IntervalMark, ...], scheme: Scheme) -> Coding:
    for mark in marks:
        _check(mark, scheme)
    places = {mark.place for mark in marks}
    kept = (other for other in coding.intervals if other.place not in places)
    return replace(coding, intervals=_ordered([*kept, *marks]))


def _check(mark: IntervalMark, scheme: Scheme) -> None:
    procedure = scheme.procedure
    if all(plan.id != mark.episode for plan in procedure.episodes):
        raise refuse("interval.unknown_episode", f"{procedure.id} has no episode {mark.episode}")
    _check_measure(mark, scheme)
    if not 0 <= mark.interval < MOST_INTERVALS:
        raise refuse(
            "interval.impossible",
            f"interval {mark.interval} is outside 0..{MOST_INTERVALS - 1}",
        )


def _check_measure(mark: IntervalMark, scheme: Scheme) -> None:
    ethogram = scheme.ethogram
    measure = next((one for one in ethogram.measures if one.id == mark.measure), None)
    if measure is None:
        raise refuse(
            "interval.unknown_measure", f"ethogram {ethogram.id} has no measure {mark.measure}"
        )
    if mark.subject not in measure.subjects:
        raise refuse(
            "interval.other_person", f"measure {mark.measure} is not told of {mark.subject}"
        )
    if measure.kind is not MeasureKind.INTERVAL:
        raise refuse(
            "interval.counted", f"{mark.measure} is counted act by act, so code its acts as events"
        )


def clear_intervals(coding: Coding, edit: ClearIntervals) -> Coding:
    """See `ClearIntervals`."""
    kept = tuple(mark for mark in coding.intervals if not _is_meant(mark, edit))
    return replace(coding, intervals=kept)


def _is_meant(mark: IntervalMark, edit: ClearIntervals) -> bool:
    same = (mark.episode, mark.measure, mark.subject) == (edit.episode, edit.measure, edit.subject)
    return same and edit.interval in (None, mark.interval)


def _ordered(marks: list[IntervalMark]) -> tuple[IntervalMark, ...]:
    return tuple(sorted(marks, key=lambda mark: mark.place))
