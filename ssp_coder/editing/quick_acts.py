"""Acts on what was coded last, one key each: take it back, move it, end it, code it again."""

from __future__ import annotations

from dataclasses import dataclass, replace

from ssp_coder.domain.coding import Event, EventId
from ssp_coder.domain.procedure import SubjectId
from ssp_coder.editing.edits import AddEvent, ChangeEvent, DeleteEvents, Edit
from ssp_coder.editing.history import Record, RecordKind
from ssp_coder.editing.holding import cut
from ssp_coder.editing.keys import Notice, Press, Situation, ended, floor_of, placed


@dataclass(frozen=True, slots=True, kw_only=True)
class Act:
    """What an act leads to; `edit` is None when there is nothing to do, and the notice says why.

    Attributes:
        event: the event it is about, None without one.
    """

    edit: Edit | None = None
    notice: Notice = Notice.NONE
    event: Event | None = None


class CodedHere:
    """The events coded one by one since the coding was opened, as they are now."""

    def __init__(self) -> None:
        """Begin with none."""
        self._order: list[EventId] = []
        self._now: dict[EventId, Event | None] = {}

    def follow(self, record: Record) -> None:
        """Take note of an edit, an undo or a redo.

        What was undone leaves its id to the next new event, which was perhaps not coded but copied.
        """
        before = {event.id for event in record.change.removed}
        if record.kind is RecordKind.EDIT:
            for event in record.change.added:
                if event.id in self._now and event.id not in before:
                    del self._now[event.id]
                    self._order.remove(event.id)
        for event_id in before & self._now.keys():
            self._now[event_id] = None
        if record.kind is RecordKind.EDIT and isinstance(record.edit, AddEvent):
            newest = max(event.id for event in record.change.added)
            self._order.append(newest)
            self._now[newest] = None
        for event in record.change.added:
            if event.id in self._now:
                self._now[event.id] = event

    def last(self) -> Event | None:
        """The event coded last that is still there."""
        kept = (self._now[event_id] for event_id in reversed(self._order))
        return next((event for event in kept if event is not None), None)


def take_back(coded: CodedHere, situation: Situation) -> Act:
    """Delete the event coded last, as the pass allows."""
    event = coded.last()
    if event is None:
        return Act(notice=Notice.NOTHING_CODED)
    if _is_outside(event, situation):
        return Act(notice=Notice.OUTSIDE, event=event)
    return Act(edit=DeleteEvents(events=(event.id,)), event=event)


def move_here(coded: CodedHere, press: Press, situation: Situation) -> Act:
    """Let the event coded last start at the painted frame, as the pass allows."""
    event = coded.last()
    if event is None:
        return Act(notice=Notice.NOTHING_CODED)
    if _is_outside(event, situation):
        return Act(notice=Notice.OUTSIDE, event=event)
    moved = replace(event, start_us=press.at_us, start_frame=press.frame, start_lag_us=0)
    return Act(edit=ChangeEvent(event=moved), event=event)


def end_here(subject: SubjectId, press: Press, situation: Situation) -> Act:
    """End the state of a person that was coded last of those that run here, as the pass allows.

    It runs here no more then, so that a second press ends the next one.
    """
    running = (
        state
        for state in situation.running.of_subject(subject, press.at_us)
        if state.start_us < press.at_us and not _is_outside(state, situation)
    )
    event = next(running, None)
    if event is None:
        return Act(notice=Notice.NOTHING_RUNS)
    place = placed(press, event, situation)
    return Act(edit=ended(event, place) if event.is_open else cut(event, place), event=event)


def same_again(coded: CodedHere, press: Press, situation: Situation) -> Act:
    """Code what was coded last once more, with its person and modifiers."""
    last = coded.last()
    if last is None:
        return Act(notice=Notice.NOTHING_CODED)
    if _is_outside(last, situation):
        return Act(notice=Notice.OUTSIDE, event=last)
    if situation.running.of_code(last.code, last.subject, press.at_us) is not None:
        return Act(notice=Notice.ALREADY_OPEN, event=last)
    group = situation.scheme.ethogram.group_of(last.code)
    place = placed(press, floor_of(group, last.subject, press, situation), situation)
    edit = AddEvent(
        code=last.code,
        subject=last.subject,
        at_us=place.at_us,
        frame=place.frame,
        lag_us=place.lag_us,
        modifiers=last.modifiers,
    )
    return Act(edit=edit, event=last)


def _is_outside(event: Event, situation: Situation) -> bool:
    """Whether the group of an event is not coded in the pass."""
    return not situation.is_armed(situation.scheme.ethogram.group_of(event.code).id)
