"""What a key press or a click on the code board asks for: a pure function from state to edit."""

from __future__ import annotations

from bisect import bisect_left
from dataclasses import dataclass, replace
from enum import StrEnum
from typing import Protocol

from ssp_coder.domain.coding import Coding, Event, EventId
from ssp_coder.domain.ethogram import CodeGroup, CodeId, CodeKind, GroupId, ModifierId
from ssp_coder.domain.procedure import SubjectId
from ssp_coder.domain.scheme import Keymap, Scheme
from ssp_coder.domain.time import Micros
from ssp_coder.editing.edits import AddEvent, ChangeEvent, CloseEvent, Edit
from ssp_coder.editing.running import RunningStates

BAR_REACH_US = 5_000_000
"""Project default: the bar belongs to an event no further than this from the picture, so that a
key pressed later is a code again and never a modifier of something long past."""


class Notice(StrEnum):
    """What the coder should be told about a press; most of them led to no edit."""

    NONE = "none"
    UNBOUND = "unbound"
    ALREADY_OPEN = "already_open"
    OUTSIDE = "outside"
    NOTHING_RUNS = "nothing_runs"
    NOTHING_CODED = "nothing_coded"
    ONE_FRAME = "one_frame"
    NO_PICTURE = "no_picture"
    LOCKED = "locked"
    READ_ONLY = "read_only"


class Hold(StrEnum):
    """How long a state runs that a key starts: until the next press, or while it is down."""

    PRESS_PRESS = "press"
    WHILE_DOWN = "hold"


class Frames(Protocol):
    """What the board must know about the frames of the video."""

    def after(self, time_us: Micros) -> Micros:
        """When the frame after the one on at a time appears; later than the time."""

    def number(self, time_us: Micros) -> int | None:
        """The number of the frame on at a time, None when it is not known."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Press:
    """A key or button that went down while a frame was on the screen.

    Attributes:
        key: sign of the physical key on a US layout, ``shift+`` before it when Shift was held.
        at_us: pts of the frame last painted.
        frame: its ordinal, None when not known.
        meant_us: start of the frame that the coder reacted to, when the personal reaction lag is
            taken off; None when it is not.
    """

    key: str
    at_us: Micros
    frame: int | None = None
    meant_us: Micros | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class BoardState:
    """What the code board remembers between presses.

    Attributes:
        subject: whose behaviour is coded where a group allows several persons.
        bar_event: the event whose modifiers the bar shows, or None when the bar is closed.
        hold: how long a state runs that a key starts.
    """

    subject: SubjectId
    bar_event: EventId | None = None
    hold: Hold = Hold.PRESS_PRESS


@dataclass(frozen=True, slots=True, kw_only=True)
class Situation:
    """What a press meets.

    Attributes:
        keymap: which key records which code, the person's own keys included.
        running: the states of the coding, kept up with it.
        armed: groups of the pass in force, None while all groups may be coded.
    """

    coding: Coding
    scheme: Scheme
    keymap: Keymap
    running: RunningStates
    frames: Frames
    armed: frozenset[GroupId] | None = None

    def is_armed(self, group: GroupId) -> bool:
        """Whether codes of a group may be recorded now."""
        return self.armed is None or group in self.armed


@dataclass(frozen=True, slots=True, kw_only=True)
class Place:
    """Where an edge is put.

    Attributes:
        lag_us: how much earlier than the painted frame that is.
    """

    at_us: Micros
    frame: int | None
    lag_us: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class Routed:
    """What a press leads to; `edit` is None when there is nothing to record.

    Attributes:
        held: the state that ends when the key goes up, None when nothing does.
        code: the code that the notice is about.
    """

    state: BoardState
    edit: Edit | None = None
    notice: Notice = Notice.NONE
    held: EventId | None = None
    code: CodeId | None = None


def route_key(press: Press, state: BoardState, situation: Situation) -> Routed:
    """The modifier bar wins while it is open; any other code key closes it."""
    event = bar_event(state, situation.coding, press.at_us)
    if event is not None:
        choice = _modifier_choice(press.key, event, situation.scheme)
        if choice is not None:
            return Routed(state=state, edit=choose_modifier(event, *choice))
    code = situation.keymap.code_for(press.key)
    if code is None:
        return Routed(state=state, notice=Notice.UNBOUND)
    return route_code(code, press, state, situation)


def route_code(code_id: CodeId, press: Press, state: BoardState, situation: Situation) -> Routed:
    """Record a code, as long as its group belongs to the pass.

    A state that runs already is ended by a second press when it is open and not exclusive; while
    keys are held an open one is taken over, so that it ends when this key goes up.
    """
    code = situation.scheme.ethogram.code(code_id)
    group = situation.scheme.ethogram.group(code.group)
    if not situation.is_armed(group.id):
        return Routed(state=state, notice=Notice.OUTSIDE, code=code_id)
    closed = replace(state, bar_event=None)
    subject = subject_for(group, state.subject)
    if code.kind is CodeKind.POINT:
        after = replace(state, bar_event=situation.coding.next_event) if code.modifiers else closed
        return Routed(state=after, edit=_added(code_id, subject, placed(press, None, situation)))
    running = situation.running.of_code(code_id, subject, press.at_us)
    if running is not None:
        return _met(running, press, closed, situation)
    place = placed(press, floor_of(group, subject, press, situation), situation)
    held = situation.coding.next_event if state.hold is Hold.WHILE_DOWN else None
    return Routed(state=closed, edit=_added(code_id, subject, place), held=held)


def _met(running: Event, press: Press, state: BoardState, situation: Situation) -> Routed:
    """A press of the key of a state that runs."""
    if state.hold is Hold.WHILE_DOWN and running.is_open:
        return Routed(state=state, held=running.id)
    exclusive = situation.scheme.ethogram.group_of(running.code).exclusive
    if exclusive or not running.is_open:
        return Routed(state=state, notice=Notice.ALREADY_OPEN, code=running.code)
    return Routed(state=state, edit=ended(running, placed(press, running, situation)))


def placed(press: Press, floor: Event | None, situation: Situation) -> Place:
    """The painted frame, or the earlier one that was meant; never on or before a state's start.

    Args:
        press: the key.
        floor: the state whose start stays before this edge, None when there is none.
        situation: what it meets.
    """
    at_us = press.at_us
    if press.meant_us is not None and press.meant_us < at_us:
        at_us = press.meant_us
        if floor is not None and at_us <= floor.start_us:
            at_us = min(press.at_us, situation.frames.after(floor.start_us))
    frame = press.frame if at_us == press.at_us else situation.frames.number(at_us)
    return Place(at_us=at_us, frame=frame, lag_us=press.at_us - at_us)


def ended(event: Event, place: Place) -> CloseEvent:
    """The edit that ends an open state."""
    return CloseEvent(event=event.id, at_us=place.at_us, frame=place.frame, lag_us=place.lag_us)


def floor_of(
    group: CodeGroup, subject: SubjectId, press: Press, situation: Situation
) -> Event | None:
    """The state that a new one would end, which must keep a frame at least."""
    if press.meant_us is None or not group.exclusive:
        return None
    return situation.running.of_group(group, subject, press.at_us)


def _added(code: CodeId, subject: SubjectId, place: Place) -> AddEvent:
    return AddEvent(
        code=code, subject=subject, at_us=place.at_us, frame=place.frame, lag_us=place.lag_us
    )


def subject_for(group: CodeGroup, chosen: SubjectId) -> SubjectId:
    """The chosen person where the group allows it, else the group's first."""
    return chosen if chosen in group.subjects else group.subjects[0]


def bar_event(state: BoardState, coding: Coding, at_us: Micros) -> Event | None:
    """The event of the open modifier bar; None when it is closed, or the event gone or far."""
    if state.bar_event is None:
        return None
    events = coding.events
    first = bisect_left(events, at_us - BAR_REACH_US, key=lambda event: event.start_us)
    for place in range(first, len(events)):
        event = events[place]
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
