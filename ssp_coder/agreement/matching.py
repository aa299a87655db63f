"""Pairing of two lists of onsets, one to one, so that the pairs are worth most in all.

Where most pairs count first and then least total lag, an optimal pairing of onsets in order of time
needs no two crossing pairs (uncrossing keeps both within the tolerance and never adds to the total
lag), so a dynamic programme over the few partners within reach is exact (agreement reference,
section 3.10). An alignment has no crossing pairs by its nature (3.3).
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Callable, Sequence
from dataclasses import dataclass

_SKIP_FIRST = 0
_SKIP_SECOND = 1
_PAIR = 2

Worths = Callable[[int, int, int], Sequence[int]]
"""What each pair of a first onset, by place, with the second ones from low up to high is worth."""


@dataclass(frozen=True, slots=True)
class _Reach:
    """Choices made for one first onset: for the second onsets from `low` on."""

    low: int
    high: int
    choices: bytes


def pairs_within(
    first: Sequence[int], second: Sequence[int], tolerance: int
) -> tuple[tuple[int, int], ...]:
    """Places of paired onsets, in order of time.

    Args:
        first: onsets in ascending order.
        second: onsets in ascending order.
        tolerance: largest difference of a pair, included, in the onsets' unit.

    Raises:
        ValueError: the tolerance is negative.
    """
    if tolerance < 0:
        raise ValueError(f"a tolerance of {tolerance} is negative; give 0 or more")
    # One pair more outweighs any total lag.
    worth = tolerance * min(len(first), len(second)) + 1

    def worths(place: int, low: int, high: int) -> Sequence[int]:
        onset = first[place]
        return [worth - abs(onset - other) for other in second[low:high]]

    return heaviest_pairs(first, second, tolerance, worths)


def heaviest_pairs(
    first: Sequence[int], second: Sequence[int], tolerance: int, worths: Worths
) -> tuple[tuple[int, int], ...]:
    """Places of paired onsets without crossings that are worth most in all, in order of time.

    The work grows with the onsets times those within the tolerance. Of equal pairings the one is
    taken that leaves later onsets without partner, so that the order of the two lists does not
    matter unless onsets coincide.

    Args:
        first: onsets in ascending order.
        second: onsets in ascending order.
        tolerance: largest difference of a pair, included, in the onsets' unit.
        worths: what pairs are worth, above 0.
    """
    # best[j]: value of the best pairing of the onsets so far with the first j of `second`.
    best = [0] * (len(second) + 1)
    known = 0
    rows = []
    for place, onset in enumerate(first):
        low = bisect_left(second, onset - tolerance)
        high = bisect_right(second, onset + tolerance)
        for other in range(known + 1, high + 1):
            best[other] = best[known]
        known = max(known, high)
        later = bisect_right(second, onset)
        choices = _extend(best, low, worths(place, low, high), later - low) if low < high else b""
        rows.append(_Reach(low, high, choices))
    return _walk_back(rows, len(second))


def _extend(best: list[int], low: int, worths: Sequence[int], later: int) -> bytes:
    """Bring `best` up to date for one more onset; its pair with ``low + k`` is worth worths[k].

    From ``low + later`` on the second onsets are later than it.
    """
    choices = bytearray(len(worths))
    diagonal = before = best[low]
    for step, worth in enumerate(worths):
        place = low + step + 1
        without, paired = best[place], diagonal + worth
        diagonal = without
        choice, value = _SKIP_FIRST, without
        if before > value or (before == value and step >= later):
            choice, value = _SKIP_SECOND, before
        if paired > value:
            choice, value = _PAIR, paired
        choices[step] = choice
        best[place] = before = value
    return bytes(choices)


def _walk_back(rows: Sequence[_Reach], count: int) -> tuple[tuple[int, int], ...]:
    pairs = []
    place, left = len(rows) - 1, count
    while place >= 0:
        row = rows[place]
        left = min(left, row.high)
        choice = row.choices[left - 1 - row.low] if left > row.low else _SKIP_FIRST
        if choice == _SKIP_SECOND:
            left -= 1
            continue
        if choice == _PAIR:
            left -= 1
            pairs.append((place, left))
        place -= 1
    return tuple(reversed(pairs))
