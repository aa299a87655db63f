"""What a step did to events, in words."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QCoreApplication

from ssp_coder.domain.time import offset_text, short_clock_text

if TYPE_CHECKING:
    from collections.abc import Iterator

    from ssp_coder.domain.coding import Event
    from ssp_coder.domain.ethogram import ModifierId
    from ssp_coder.domain.scheme import Scheme
    from ssp_coder.editing import edits
    from ssp_coder.editing.change import Change


def tr(words: str) -> str:
    """Translate words of the history."""
    return QCoreApplication.translate("history", words)


def name_words(event: Event, scheme: Scheme) -> str:
    """Code and person of an event, ``Cry, infant``."""
    person = scheme.procedure.person(event.subject).title.within
    return f"{scheme.ethogram.code(event.code).title}, {person}"


def event_words(event: Event, scheme: Scheme) -> str:
    """Code, person and start of an event, ``Cry, infant, 12:03.20``."""
    return f"{name_words(event, scheme)}, {short_clock_text(event.start_us)}"


def several_words(events: tuple[Event, ...], scheme: Scheme) -> str:
    """One event by its name, more of them by their number."""
    if len(events) == 1:
        return event_words(events[0], scheme)
    return tr("{0} events").format(len(events))


def new_events(change: Change) -> tuple[Event, ...]:
    """The events that were not there before."""
    before = {event.id for event in change.removed}
    return tuple(event for event in change.added if event.id not in before)


def gone_events(change: Change) -> tuple[Event, ...]:
    """The events that are no longer there."""
    after = {event.id for event in change.added}
    return tuple(event for event in change.removed if event.id not in after)


def added_words(_edit: object, change: Change, scheme: Scheme) -> str:
    """Events came in by hand."""
    return tr("{0} added").format(several_words(new_events(change), scheme))


def deleted_words(_edit: object, change: Change, scheme: Scheme) -> str:
    """Events went."""
    return tr("{0} deleted").format(several_words(gone_events(change), scheme))


def imported_words(edit: edits.ImportEvents, _change: Change, _scheme: Scheme) -> str:
    """Events came in from a file."""
    return tr("{0} events imported from {1}").format(len(edit.events), edit.source)


def split_words(edit: edits.SplitEvent, change: Change, scheme: Scheme) -> str:
    """One state became two."""
    event = next((old for old in change.removed if old.id == edit.event), None)
    at = short_clock_text(edit.at_us)
    if event is None:
        return tr("State split at {0}").format(at)
    return tr("{0}: split at {1}").format(event_words(event, scheme), at)


def merged_words(edit: edits.MergeEvents, change: Change, scheme: Scheme) -> str:
    """Several states became one."""
    whole = next((new for new in change.added if new.id in edit.events), None)
    if whole is None:
        return tr("{0} events merged").format(len(edit.events))
    words = tr("{0}: merged from {1}")
    return words.format(event_words(whole, scheme), len(edit.events))


def changed_together_words(edit: edits.ChangeEvents, change: Change, scheme: Scheme) -> str:
    """Several events became others."""
    before = {event.id: event for event in change.removed}
    pairs = [(before[event.id], event) for event in change.added if event.id in before]
    if len(pairs) == 1:
        return _pair_words(*pairs[0], scheme)
    count = len(pairs) or len(edit.events)
    moved = {_moved_by(old, new) for old, new in pairs}
    by_us = next(iter(moved)) if len(moved) == 1 else None
    if by_us:
        seconds = offset_text(by_us)
        return tr("{0} events moved by {1}").format(count, seconds)
    return tr("{0} events changed").format(count)


def _moved_by(before: Event, after: Event) -> int | None:
    """By how much an event moved as a whole, None where that is not all that became of it."""
    by_us = after.start_us - before.start_us
    if before.end_us is not None and before.end_us + by_us != after.end_us:
        return None
    return by_us


def closed_words(edit: edits.CloseEvent, change: Change, scheme: Scheme) -> str:
    """A state ended."""
    event = next((event for event in change.added if event.id == edit.event), None)
    if event is None:
        return tr("end of state")
    when = short_clock_text(edit.at_us if event.end_us is None else event.end_us)
    return tr("{0}: ended at {1}").format(event_words(event, scheme), when)


def changed_words(edit: edits.ChangeEvent, change: Change, scheme: Scheme) -> str:
    """One event became another."""
    before = next((old for old in change.removed if old.id == edit.event.id), None)
    after = next((new for new in change.added if new.id == edit.event.id), edit.event)
    if before is None:
        return tr("{0} changed").format(event_words(after, scheme))
    return _pair_words(before, after, scheme)


def _pair_words(before: Event, after: Event, scheme: Scheme) -> str:
    what = ", ".join(_differences(before, after, scheme)) or tr("changed")
    return tr("{0}: {1}").format(event_words(before, scheme), what)


def _differences(before: Event, after: Event, scheme: Scheme) -> Iterator[str]:
    yield from _time_differences(before, after)
    if before.code != after.code:
        yield tr("now {0}").format(scheme.ethogram.code(after.code).title.within)
    if before.subject != after.subject:
        yield tr("now of {0}").format(scheme.procedure.person(after.subject).title.within)
    for modifier in dict.fromkeys(key for key, _ in (*before.modifiers, *after.modifiers)):
        if before.modifier(modifier) != after.modifier(modifier):
            yield _modifier_words(modifier, after.modifier(modifier), scheme)
    if before.comment != after.comment:
        yield tr("words changed") if after.comment else tr("words removed")


def _time_differences(before: Event, after: Event) -> Iterator[str]:
    moved = after.start_us - before.start_us
    start, end = short_clock_text(after.start_us), after.end_us
    if before.end_us is not None and end is not None and end - before.end_us == moved:
        if moved:
            yield tr("moved to {0}").format(start)
        return
    if moved:
        yield tr("start moved to {0}").format(start)
    if before.end_us == end:
        return
    if end is None:
        yield tr("open again")
    elif before.end_us is None:
        yield tr("ended at {0}").format(short_clock_text(end))
    else:
        old = short_clock_text(before.end_us)
        yield tr("end moved from {0} to {1}").format(old, short_clock_text(end))


def _modifier_words(modifier_id: ModifierId, value_id: str, scheme: Scheme) -> str:
    modifier = scheme.ethogram.modifier(modifier_id)
    if not value_id:
        return tr("without {0}").format(modifier.title.within)
    value = next((v.title.within for v in modifier.values if v.id == value_id), value_id)
    return f"{modifier.title.within} {value}"
