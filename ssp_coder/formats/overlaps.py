"""States of one exclusive group and subject that share time, in rows of a file."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

from ssp_coder.domain.coding import Event
from ssp_coder.domain.scheme import Scheme
from ssp_coder.domain.time import seconds_text
from ssp_coder.editing.events import overlaps
from ssp_coder.formats.errors import Faults

_REMEDY = "change the end of one of them"


def find_overlaps(
    events: Sequence[Event], lines: Sequence[int], scheme: Scheme, faults: Faults
) -> None:
    """Report overlapping exclusive states within one file, naming both lines."""
    line_of = {id(event): line for event, line in zip(events, lines, strict=True)}
    for earlier, later in overlapping_pairs(events, scheme):
        faults.add(
            "timeline.overlap",
            f"{described(later)} overlaps {described(earlier)} of line {line_of[id(earlier)]}, "
            f"and only one {scheme.ethogram.code(later.code).group} holds at a time",
            _REMEDY,
            line=line_of[id(later)],
        )


def overlapping_pairs(events: Iterable[Event], scheme: Scheme) -> Iterator[tuple[Event, Event]]:
    """Pairs of overlapping states of events ordered by start; each with the longest before it."""
    longest: dict[tuple[str, str], Event] = {}
    for event in events:
        code = scheme.ethogram.code(event.code)
        if event.end_us == event.start_us or not scheme.ethogram.group(code.group).exclusive:
            continue
        lane = code.group, event.subject
        before = longest.get(lane)
        if before is not None and overlaps(before, event):
            yield before, event
        if before is None or _ends_later(event, before):
            longest[lane] = event


def _ends_later(event: Event, other: Event) -> bool:
    if other.end_us is None:
        return False
    return event.end_us is None or event.end_us > other.end_us


def described(event: Event) -> str:
    """Code and onset of an event."""
    return f"{event.code} at {seconds_text(event.start_us)} s"
