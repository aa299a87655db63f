"""Pairing of two lists of onsets, one to one: most pairs first, then least total lag.

For onsets in order of time an optimal pairing needs no two crossing pairs (uncrossing keeps both
within the tolerance and never adds to the total lag), so a dynamic programme over the few partners
within reach is exact (agreement reference, section 3.10).
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Sequence
from dataclasses import dataclass

_SKIP_FIRST = 0
_SKIP_SECOND = 1
_PAIR = 2


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
    # best[j]: value of the best pairing of the onsets so far with the first j of `second`.
    best = [0] * (len(second) + 1)
    known = 0
    rows = []
    for onset in first:
        low = bisect_left(second, onset - tolerance)
        high = bisect_right(second, onset + tolerance)
        for place in range(known + 1, high + 1):
            best[place] = best[known]
        known = max(known, high)
        worths = [worth - abs(onset - other) for other in second[low:high]]
        rows.append(_Reach(low, high, _extend(best, low, worths)))
    return _walk_back(rows, len(second))


def _extend(best: list[int], low: int, worths: Sequence[int]) -> bytes:
    """Bring `best` up to date for one more onset; its pair with ``low + k`` is worth worths[k]."""
    choices = bytearray(len(worths))
    diagonal = best[low]
    for step, worth in enumerate(worths):
        place = low + step + 1
        without, paired = best[place], diagonal + worth
        diagonal = without
        choice, value = _SKIP_FIRST, without
        if best[place - 1] > value:
            choice, value = _SKIP_SECOND, best[place - 1]
        if paired > value:
            choice, value = _PAIR, paired
        choices[step] = choice
        best[place] = value
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
