"""What an event must satisfy before it may enter a coding."""

from __future__ import annotations

from ssp_coder.domain.coding import Coding, Event
from ssp_coder.domain.ethogram import Code, CodeId, CodeKind, ModifierId
from ssp_coder.domain.scheme import Scheme
from ssp_coder.domain.time import short_clock_text
from ssp_coder.editing.refusal import EditRefusedError, refuse


def known_code(scheme: Scheme, code_id: str) -> Code:
    """The code with this id.

    Raises:
        EditRefusedError: the ethogram has none.
    """
    if not scheme.ethogram.has_code(code_id):
        raise refuse(
            "event.unknown_code",
            f"ethogram {scheme.ethogram.id} has no code {code_id}",
            "check the spelling or choose another scheme",
        )
    return scheme.ethogram.code(CodeId(code_id))


def in_order(
    code: Code, modifiers: tuple[tuple[ModifierId, str], ...]
) -> tuple[tuple[ModifierId, str], ...]:
    """Modifier values in the code's order, without empty ones.

    Raises:
        EditRefusedError: the code does not take one of the modifiers.
    """
    chosen = {key: value for key, value in modifiers if value}
    unknown = [key for key in chosen if key not in code.modifiers]
    if unknown:
        raise refuse(
            "event.unknown_modifier", f"{code.id} takes no modifier {unknown[0]}", "leave it empty"
        )
    return tuple((key, chosen[key]) for key in code.modifiers if key in chosen)


def check_event(coding: Coding, event: Event, scheme: Scheme) -> None:
    """Refuse an event that lies outside the video or session, or that the scheme does not know.

    Raises:
        EditRefusedError: says which event and why.
    """
    code = known_code(scheme, event.code)
    group = scheme.ethogram.group(code.group)
    if event.subject not in group.subjects:
        raise refuse(
            "event.wrong_subject",
            f"{event.code} is not coded for {event.subject}",
            f"choose one of {', '.join(group.subjects)}",
        )
    _check_modifiers(event, scheme)
    _check_times(coding, event, code.kind)


def _check_modifiers(event: Event, scheme: Scheme) -> None:
    for modifier_id, value in event.modifiers:
        modifier = scheme.ethogram.modifier(modifier_id)
        if not modifier.has_value(value):
            allowed = ", ".join(choice.id for choice in modifier.values)
            raise refuse(
                "event.unknown_modifier_value",
                f"modifier {modifier_id} of {event.code} has no value {value!r}",
                f"use one of {allowed}",
            )


def _check_times(coding: Coding, event: Event, kind: CodeKind) -> None:
    start = short_clock_text(event.start_us, digits=3)
    if event.end_us is not None and event.end_us < event.start_us:
        raise refuse("event.ends_before_start", f"{event.code} at {start} ends before it starts")
    if kind is CodeKind.STATE and event.end_us == event.start_us:
        raise refuse(
            "event.no_length",
            f"{event.code} at {start} is a state and would have no length",
            "end it at a later frame",
        )
    last_us = max((media.end_us for media in coding.media), default=0)
    end_us = event.start_us if event.end_us is None else event.end_us
    if event.start_us < 0 or (last_us and end_us > last_us):
        raise refuse(
            "event.outside_video",
            f"{event.code} at {start} lies outside the video (0:00 to "
            f"{short_clock_text(last_us, digits=3)})",
            "check the time, or the video this coding belongs to",
        )
    if coding.session_end is not None:
        session_us = coding.session_end.at_us
        if event.start_us >= session_us or end_us > session_us:
            raise refuse(
                "event.after_session_end",
                f"{event.code} at {start} lies after the end of the session "
                f"({short_clock_text(session_us, digits=3)}); nothing there is scored",
                "move the session end if it is wrong",
            )


def overlap_error(event: Event, other: Event, scheme: Scheme) -> EditRefusedError:
    """The refusal that names two overlapping states of an exclusive group."""
    group = scheme.ethogram.group_of(event.code)
    return refuse(
        "event.overlap",
        f"{event.code} at {short_clock_text(event.start_us, digits=3)} overlaps {other.code} at "
        f"{short_clock_text(other.start_us, digits=3)}, and only one {group.id} holds at a time",
        "change the end of one of them",
    )
