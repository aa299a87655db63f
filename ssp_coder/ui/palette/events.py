"""Events that fit typed letters, nearest to the frame on the screen first."""

from __future__ import annotations

from bisect import bisect_left
from typing import TYPE_CHECKING

from ssp_coder.domain.ethogram import CodeKind
from ssp_coder.domain.time import short_clock_text
from ssp_coder.ui.code.table_columns import event_detail
from ssp_coder.ui.kit.marks import MarkShape
from ssp_coder.ui.palette.entry import Entry, EntryKind
from ssp_coder.ui.palette.matching import BEGINS_WORD, fit, fold

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from ssp_coder.domain.coding import Coding, Event
    from ssp_coder.domain.ethogram import CodeId
    from ssp_coder.domain.scheme import Scheme

FEWEST_LETTERS = 2
MOST_EVENTS = 6
REACH = 4_000
"""Project default: events looked at for each typed letter, so that a coding of any length answers
at once; those nearest to the frame on the screen."""


def event_entries(
    typed: str, coding: Coding, scheme: Scheme, at_us: int, reason: str = ""
) -> tuple[Entry, ...]:
    """A few events by code or by comment.

    Args:
        typed: the letters; fewer than two find none.
        coding: what is open.
        scheme: in the words in which it is shown.
        at_us: the frame on the screen.
        reason: why no event can be gone to now.
    """
    letters = fold(typed).strip()
    if len(letters) < FEWEST_LETTERS:
        return ()
    codes = frozenset(code.id for code in scheme.ethogram.codes() if _means(typed, code.id, scheme))
    found: list[Entry] = []
    for event in _outward(coding.events, at_us):
        if event.code in codes or (event.comment and letters in fold(event.comment)):
            found.append(_entry(event, scheme, reason))
            if len(found) == MOST_EVENTS:
                break
    return tuple(found)


def _means(typed: str, code_id: CodeId, scheme: Scheme) -> bool:
    code = scheme.ethogram.code(code_id)
    fits = (fit(typed, str(text)) for text in (code.title, code.short))
    return any(one is not None and one.score >= BEGINS_WORD for one in fits)


def _outward(events: Sequence[Event], at_us: int) -> Iterator[Event]:
    """Events by their distance from a time, no more than a few thousand."""
    after = bisect_left(events, at_us, key=_start)
    before = after - 1
    for _ in range(REACH):
        if before < 0 and after >= len(events):
            return
        forward = before < 0 or (
            after < len(events)
            and events[after].start_us - at_us <= at_us - events[before].start_us
        )
        yield events[after if forward else before]
        after, before = (after + 1, before) if forward else (after, before - 1)


def _start(event: Event) -> int:
    return event.start_us


def _entry(event: Event, scheme: Scheme, reason: str) -> Entry:
    code = scheme.ethogram.code(event.code)
    group = scheme.ethogram.group_of(event.code)
    shape = MarkShape.BAR if code.kind is CodeKind.STATE else MarkShape(group.shape)
    aside = (event_detail(event, scheme), event.comment)
    return Entry(
        id=f"event:{event.id}",
        kind=EntryKind.EVENT,
        title=f"{short_clock_text(event.start_us)} {code.short}",
        detail=", ".join(words for words in aside if words),
        reason=reason,
        mark=(group.slot, shape),
    )
