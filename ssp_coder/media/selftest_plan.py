"""Which frames the self-test looks at, and in which order."""

from __future__ import annotations

import random
from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from ssp_coder.media.index import FrameIndex

PLACES = 5
"""Project default: in so many places of the recording frames are stepped through."""
STEPS = 10
"""Project default: so many steps at each place, forward and backward."""
_SEED = 20_231


@dataclass(frozen=True, slots=True, kw_only=True)
class Plan:
    """Ordinals in the order in which they are visited.

    Attributes:
        sought: frames in random order, among them those where seeking goes wrong most easily.
        forward: runs of neighbours, ascending.
        backward: the same runs, descending.
        again: some of the sought frames, in yet another order.
    """

    sought: tuple[int, ...]
    forward: tuple[int, ...]
    backward: tuple[int, ...]
    again: tuple[int, ...]

    @property
    def sampled(self) -> frozenset[int]:
        """Every frame that is looked at."""
        return frozenset(self.sought) | frozenset(self.forward)


def plan_for(index: FrameIndex, reach: int, seeks: int) -> Plan:
    """What to visit among the first `reach` frames; the same recording gives the same plan."""
    chance = random.Random(_SEED)  # noqa: S311 - a sample, not a secret
    edges = _edges(index, reach)
    chosen = set(chance.sample(edges, min(len(edges), seeks // 3)))
    chosen.update((0, reach - 1))
    others = [ordinal for ordinal in _spread(reach, 4 * seeks) if ordinal not in chosen]
    chosen.update(chance.sample(others, min(len(others), max(0, seeks - len(chosen)))))
    sought = sorted(chosen)
    chance.shuffle(sought)
    again = sought[: max(1, len(sought) // 3)]
    chance.shuffle(again)
    forward = _runs(reach)
    return Plan(
        sought=tuple(sought), forward=forward, backward=tuple(reversed(forward)), again=tuple(again)
    )


def _edges(index: FrameIndex, reach: int) -> list[int]:
    """Key frames and their neighbours, where a seek may land one group of pictures away."""
    around = {key + side for key in index.key_frames for side in (-1, 0, 1)}
    return sorted(ordinal for ordinal in around if 0 <= ordinal < reach)


def _spread(reach: int, count: int) -> list[int]:
    """At most `count` ordinals, evenly over the frames."""
    return sorted({place * reach // count for place in range(count)})


def _runs(reach: int) -> tuple[int, ...]:
    length = min(reach, STEPS + 1)
    starts = {place * (reach - length) // max(1, PLACES - 1) for place in range(PLACES)}
    runs: dict[int, None] = {}
    for start in sorted(starts):
        runs.update(dict.fromkeys(range(start, start + length)))
    return tuple(runs)
