"""One changing quantity over time: keys, and what lies between them."""

from __future__ import annotations

from bisect import bisect_right
from dataclasses import dataclass
from typing import Generic, TypeVar

from ssp_coder.domain.time import Micros

Value = TypeVar("Value")


@dataclass(frozen=True, slots=True, kw_only=True)
class Key(Generic[Value]):
    """From `start_us` on the quantity goes to `value`, arriving `length_us` later."""

    start_us: Micros
    length_us: Micros
    value: Value


@dataclass(frozen=True, slots=True, kw_only=True)
class Blend(Generic[Value]):
    """What a channel holds at one time: between `before` (weight 0) and `after` (weight 1)."""

    before: Value
    after: Value
    weight: float
    index: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Channel(Generic[Value]):
    """Keys in order of time; the first stands for everything before it."""

    keys: tuple[Key[Value], ...]
    starts: tuple[int, ...]

    def at(self, time_us: int) -> Blend[Value]:
        """The blend at `time_us`, with a soft start and a soft stop in between."""
        index = max(0, bisect_right(self.starts, time_us) - 1)
        key = self.keys[index]
        before = self.keys[max(0, index - 1)].value
        passed = time_us - key.start_us
        if passed >= key.length_us:
            return Blend(before=before, after=key.value, weight=1.0, index=index)
        return Blend(
            before=before, after=key.value, weight=ease(passed / key.length_us), index=index
        )


def channel(first: Value, keys: list[Key[Value]]) -> Channel[Value]:
    """A channel that holds `first` until the first of `keys`, which may come unsorted."""
    opening = Key(start_us=Micros(0), length_us=Micros(0), value=first)
    ordered = (opening, *sorted(keys, key=lambda key: key.start_us))
    return Channel(keys=ordered, starts=tuple(key.start_us for key in ordered))


def ease(part: float) -> float:
    """Smooth step: 0 to 1 with no speed at either end; outside it stays 0 or 1."""
    clipped = min(1.0, max(0.0, part))
    return clipped * clipped * (3.0 - 2.0 * clipped)


def mix(before: float, after: float, weight: float) -> float:
    """The number that lies `weight` of the way from `before` to `after`."""
    return before + (after - before) * weight
