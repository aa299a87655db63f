"""Which part of a session is compared: bounds known to both, without what either could not see."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from itertools import chain

import numpy as np

from ssp_coder.agreement.protocol import Protocol, Window
from ssp_coder.agreement.tracks import Stretch, Times, Track
from ssp_coder.domain.coding import Coding, Event
from ssp_coder.domain.ethogram import CodeKind, GroupRole
from ssp_coder.domain.scheme import Scheme
from ssp_coder.domain.session import episode_spans

Pair = Sequence[Coding]
"""Codings of one session that are compared."""


def window_of(codings: Pair, scheme: Scheme, protocol: Protocol) -> Stretch:
    """What lies within the bounds, before anything is removed from it.

    Where more than one coding tells where the episodes lie, it is what they have in common: outside
    its own bounds a coder was not asked to code.
    """
    last_us = max((_end(event) for event in chain(*(one.events for one in codings))), default=0)
    told = codings if protocol.window is Window.EPISODES else ()
    bounds = [found for one in told if (found := _bounds(one, scheme, last_us))]
    if not bounds:
        return Stretch(start_us=0, end_us=last_us)
    start_us = max(start for start, _ in bounds)
    return Stretch(start_us=start_us, end_us=max(start_us, min(end for _, end in bounds)))


def _end(event: Event) -> int:
    # A point at the very end lies within the window, whose end is exclusive.
    return max(event.start_us + 1, event.end_us or 0)


def _bounds(coding: Coding, scheme: Scheme, last_us: int) -> tuple[int, int] | None:
    spans = [span for span in episode_spans(coding, scheme.procedure) if span.start_us is not None]
    if not spans:
        return None
    start_us = min(int(span.start_us or 0) for span in spans)
    end_us = coding.session_end.at_us if coding.session_end else last_us
    return start_us, max(start_us, end_us)


class Blindness:
    """What the coders could not see: of one lane, or of everything."""

    def __init__(self, codings: Pair, scheme: Scheme, window: Stretch) -> None:
        """Gather the stretches marked as unseen.

        Args:
            codings: what any of them marks is removed from all.
            scheme: says which codes mean that nothing can be seen.
            window: bounds; a state left open lasts to its end.
        """
        self._window = window
        self._by_lane: dict[tuple[str, str], list[tuple[int, int]]] = {}
        self._everywhere: list[tuple[int, int]] = []
        unseen = {code.id: code.group for code in scheme.ethogram.codes() if code.unseen}
        everywhere = {
            group.id for group in scheme.ethogram.groups if group.role is GroupRole.PROCEDURE
        }
        for event in chain(*(one.events for one in codings)):
            group = unseen.get(event.code)
            if group is None:
                continue
            end_us = window.end_us if event.end_us is None else event.end_us
            if group in everywhere:
                lane = self._everywhere
            else:
                lane = self._by_lane.setdefault((event.subject, group), [])
            lane.append((event.start_us, end_us))

    def stretch(self, subject: str = "", group: str = "") -> Stretch:
        """The window without what could not be seen of a lane; no lane is what hides all lanes."""
        spans = [*self._everywhere, *self._by_lane.get((subject, group), ())]
        return Stretch(
            start_us=self._window.start_us,
            end_us=self._window.end_us,
            blind=_merged(spans, self._window),
        )


def _merged(spans: Iterable[tuple[int, int]], window: Stretch) -> Times:
    """Spans clipped to the window, in order, those that overlap or touch as one."""
    merged: list[tuple[int, int]] = []
    for start, end in sorted(spans):
        low, high = max(start, window.start_us), min(end, window.end_us)
        if high <= low:
            continue
        if merged and low <= merged[-1][1]:
            merged[-1] = (merged[-1][0], max(merged[-1][1], high))
        else:
            merged.append((low, high))
    return np.array(merged, np.int64).reshape(-1, 2)


def stretch_of(
    a: Coding, b: Coding, scheme: Scheme, protocol: Protocol, *, track: Track | None = None
) -> Stretch:
    """What is compared of two codings; of a track also without what was unseen of it alone."""
    window = window_of((a, b), scheme, protocol)
    blindness = Blindness((a, b), scheme, window)
    return blindness.stretch(track.subject, track.group) if track else blindness.stretch()


def open_states(coding: Coding, scheme: Scheme) -> int:
    """How many states were never ended; they are taken to last to the end of the window."""
    return sum(
        event.is_open and scheme.ethogram.code(event.code).kind is CodeKind.STATE
        for event in coding.events
    )
