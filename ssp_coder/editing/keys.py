"""What a key press or a click on the code board asks for: a pure function from state to edit."""

from __future__ import annotations

from dataclasses import dataclass, replace
from enum import StrEnum

from ssp_coder.domain.coding import Coding, Event, EventId
from ssp_coder.domain.ethogram import CodeGroup, CodeId, CodeKind, ModifierId
from ssp_coder.domain.procedure import SubjectId
from ssp_coder.domain.scheme import Keymap, Scheme
from ssp_coder.domain.time import Micros
from ssp_coder.editing.edits import AddEvent, ChangeEvent, CloseEvent, Edit

BAR_REACH_US = 5_000_000
"""Project default: the bar belongs to an event no further than this from the picture, so that a
key pressed later is a code again and never a modifier of something long past."""


class Notice(StrEnum):
    """Why a press led to no edit."""

    NONE = "none"
    UNBOUND = "unbound"
    ALREADY_OPEN = "already_open"


@dataclass(frozen=True, slots=True, kw_only=True)
class Press:
    """A key or button that went down while a frame was on the screen.

    Attributes:
        key: sign of the physical key on a US layout, ``shift+`` before it when Shift was held.
        at_us: pts of the frame last painted.
        frame: its ordinal, None when not known.
    """

    key: str
    at_us: Micros
    frame: int | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class BoardState:
    """What the code board remembers between presses.

    Attributes:
        subject: whose behaviour is coded where a group allows several persons.
        bar_event: the event whose modifiers the bar shows, or None when the bar is closed.
    """

    subject: SubjectId
    bar_event: EventId | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Routed:
    """What a press leads to; `edit` is None when there is nothing to record."""

    state: BoardState
    edit: Edit | None = None
    notice: Notice = Notice.NONE


def route_key(
    press: Press, state: BoardState, coding: Coding, scheme: Scheme, keymap: Keymap
) -> Routed:
    """The modifier bar wins while it is open; any other code key closes it.

    Args:
        press: the key.
        state: what the board remembers.
        coding: the coding as it is.
        scheme: what may be coded.
        keymap: which key records which code, the person's own keys included.
    """
    event = bar_event(state, coding, press.at_us)
    if event is not None:
        choice = _modifier_choice(press.key, event, scheme)
        if choice is not None:
            return Routed(state=state, edit=choose_modifier(event, *choice))
    code = keymap.code_for(press.key)
    if code is None:
        return Routed(state=state, notice=Notice.UNBOUND)
    return route_code(code, press, state, coding, scheme)


def route_code(
    code_id: CodeId, press: Press, state: BoardState, coding: Coding, scheme: Scheme
) -> Routed:
    """Record a code; a state that is not exclusive ends at its second press.

    An exclusive state that runs already is left alone.
    """
    code = scheme.ethogram.code(code_id)
    group = scheme.ethogram.group(code.group)
    subject = subject_for(group, state.subject)
    running = running_state(coding, code_id, subject, press.at_us)
    closed = replace(state, bar_event=None)
    if running is not None and group.exclusive:
        return Routed(state=closed, notice=Notice.ALREADY_OPEN)
    if running is not None and running.is_open:
        edit = CloseEvent(event=running.id, at_us=press.at_us, frame=press.frame)
        return Routed(state=closed, edit=edit)
    opens_bar = bool(code.modifiers) and code.kind is CodeKind.POINT
    after = replace(state, bar_event=coding.next_event if opens_bar else None)
    edit_new = AddEvent(code=code_id, subject=subject, at_us=press.at_us, frame=press.frame)
    return Routed(state=after, edit=edit_new)


def subject_for(group: CodeGroup, chosen: SubjectId) -> SubjectId:
    """The chosen person where the group allows it, else the group's first."""
    return chosen if chosen in group.subjects else group.subjects[0]


def running_state(coding: Coding, code: CodeId, subject: SubjectId, at_us: Micros) -> Event | None:
    """The state of this code and person that covers a time, or None."""
    for event in reversed(coding.events_before(at_us)):
        if event.code == code and event.subject == subject:
            covers = event.end_us is None or at_us < event.end_us
            return event if covers and event.end_us != event.start_us else None
    return None


def bar_event(state: BoardState, coding: Coding, at_us: Micros) -> Event | None:
    """The event of the open modifier bar; None when it is closed, or the event gone or far."""
    if state.bar_event is None:
        return None
    for event in coding.events_from(Micros(at_us - BAR_REACH_US)):
        if event.start_us > at_us + BAR_REACH_US:
            return None
        if event.id == state.bar_event:
            return event
    return None


def _modifier_choice(key: str, event: Event, scheme: Scheme) -> tuple[ModifierId, str] | None:
    for modifier_id in scheme.ethogram.code(event.code).modifiers:
        for value in scheme.ethogram.modifier(modifier_id).values:
            if value.key and value.key == key:
                return modifier_id, value.id
    return None


def choose_modifier(event: Event, modifier: ModifierId, value: str) -> ChangeEvent:
    """Set a modifier; choosing the value it has takes it back."""
    kept = tuple(pair for pair in event.modifiers if pair[0] != modifier)
    if (modifier, value) in event.modifiers:
        return ChangeEvent(event=replace(event, modifiers=kept))
    return ChangeEvent(event=replace(event, modifiers=(*kept, (modifier, value))))


def running_codes(coding: Coding, at_us: Micros) -> frozenset[tuple[CodeId, SubjectId]]:
    """Codes and persons of every state that covers a time: the buttons that are lit."""
    return frozenset(
        (event.code, event.subject)
        for event in coding.events_before(at_us)
        if event.end_us is None or at_us < event.end_us
    )
