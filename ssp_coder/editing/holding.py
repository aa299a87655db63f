"""What happens when a key goes up that a state was held with."""

from __future__ import annotations

from dataclasses import dataclass, replace

from ssp_coder.domain.coding import Event
from ssp_coder.editing.edits import ChangeEvents, Edit
from ssp_coder.editing.keys import Notice, Place, Press, Situation, ended, placed


@dataclass(frozen=True, slots=True, kw_only=True)
class LetGo:
    """What the end of a hold leads to; `edit` is None when the state has ended already."""

    edit: Edit | None = None
    notice: Notice = Notice.NONE


def let_go(held: Event, press: Press, situation: Situation) -> LetGo:
    """End a held state at the painted frame, without a follower.

    A state lasts a frame at least: where the key went down and up during one frame, or the picture
    was moved back meanwhile, it ends with the frame it began at, and the notice says so. A state
    that another one ended already is left alone.

    Args:
        held: the state as it is now.
        press: the key that went up, and the frame on the screen.
        situation: what it meets.
    """
    place = placed(press, held, situation)
    short = place.at_us <= held.start_us
    if short:
        end_us = situation.frames.after(held.start_us)
        place = Place(at_us=end_us, frame=situation.frames.number(end_us))
    notice = Notice.ONE_FRAME if short else Notice.NONE
    if held.is_open:
        return LetGo(edit=replace(ended(held, place), held=True), notice=notice)
    if held.end_us is not None and held.end_us <= place.at_us:
        return LetGo()
    return LetGo(edit=replace(cut(held, place), held=True), notice=notice)


def cut(event: Event, place: Place) -> ChangeEvents:
    """The edit that lets a state which has an end already end earlier, with the lag of that."""
    shorter = replace(event, end_us=place.at_us, end_frame=place.frame, end_lag_us=place.lag_us)
    return ChangeEvents(events=(shorter,), by_hand=False)
