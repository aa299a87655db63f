"""What a press on the code board meets, for tests: a coding, its states, frames of 25 a second."""

from __future__ import annotations

from ssp_coder.domain.coding import Coding
from ssp_coder.domain.ethogram import CodeId, GroupId
from ssp_coder.domain.time import Micros
from ssp_coder.editing.keys import Press, Situation
from ssp_coder.editing.running import RunningStates
from tests.builders import infant_scheme, s

FRAME_US = 40_000


class EvenFrames:
    """Frames of one length."""

    def after(self, time_us: Micros) -> Micros:
        return Micros((time_us // FRAME_US + 1) * FRAME_US)

    def number(self, time_us: Micros) -> int | None:
        return time_us // FRAME_US


def situation(value: Coding, armed: tuple[str, ...] | None = None) -> Situation:
    scheme = infant_scheme()
    return Situation(
        coding=value,
        scheme=scheme,
        keymap=scheme.keymap,
        running=RunningStates(value.events),
        frames=EvenFrames(),
        armed=None if armed is None else frozenset(map(GroupId, armed)),
    )


def press_at(at: float, code: str = "", meant: float | None = None) -> Press:
    """A press at a second; of the key of a code; with the second that was meant."""
    key = infant_scheme().keymap.key_for(CodeId(code)) if code else ""
    return Press(
        key=key,
        at_us=s(at),
        frame=round(at * 25),
        meant_us=None if meant is None else s(meant),
    )
