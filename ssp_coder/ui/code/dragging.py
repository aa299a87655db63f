"""An event with one edge moved to a frame."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from ssp_coder.domain.coding import Event
    from ssp_coder.domain.time import Micros


def with_edge(event: Event, edge: str, at_us: Micros, frame: int | None) -> Event:
    """The event with its ``start`` or ``end`` at a time, with the number of the frame there.

    A point keeps no length: both its edges move.
    """
    if event.end_us == event.start_us:
        return replace(event, start_us=at_us, end_us=at_us, start_frame=frame, end_frame=frame)
    if edge == "start":
        return replace(event, start_us=at_us, start_frame=frame)
    return replace(event, end_us=at_us, end_frame=frame)
