"""Which stretch of each lane a change touches, so that nothing else is painted again."""

from __future__ import annotations

from typing import TYPE_CHECKING

from ssp_coder.ui.timeline.lane_marks import FOREVER_US, reach_of

if TYPE_CHECKING:
    from collections.abc import Iterable

    from ssp_coder.ui.timeline.lane_marks import MarkStore
    from ssp_coder.ui.timeline.model import Mark

Stretch = tuple[int, int]
"""From a time to a time, both in microseconds."""


def change_marks(
    store: MarkStore, removed_ids: Iterable[str], added: Iterable[Mark]
) -> dict[str, Stretch]:
    """Change the store, and tell from when to when each lane looks different now.

    Raises:
        KeyError: an id to remove is not held.
    """
    gone, new = tuple(removed_ids), tuple(added)
    ids = (*gone, *(mark.id for mark in new))
    moved = (*(mark for held in ids if (mark := store.get(held))), *new)
    before = {mark.lane: store.lane(mark.lane).coded_until() for mark in moved}
    store.change(gone, new)
    stretches: dict[str, Stretch] = {}
    for mark in moved:
        low, high = stretches.get(mark.lane, (mark.start_us, mark.start_us))
        stretches[mark.lane] = (min(low, mark.start_us), max(high, reach_of(mark)))
    for lane, until in before.items():
        now = store.lane(lane).coded_until()
        if now != until:
            # The hatch of what is not coded yet begins elsewhere, and reaches to the end.
            stretches[lane] = (min(stretches[lane][0], now, until), FOREVER_US)
    return stretches
