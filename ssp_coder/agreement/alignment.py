"""Alignment of two coders' events of a track, and kappa of it (agreement reference, 3.3).

Events keep their order. Of all alignments the cheapest is taken: a pair of the same code costs
nothing, of different codes 1, an event without partner 0.8; a lag breaks ties (1e-6 a second).
Costs are whole numbers, so that two nearly equal alignments are told apart exactly.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from ssp_coder.agreement.linked import LinkedAgreement, linked_agreement
from ssp_coder.agreement.matching import heaviest_pairs
from ssp_coder.agreement.tracks import Bouts

SUBSTITUTION = 10**12
"""Cost of a pair of different codes (project default); a microsecond of lag costs 1."""
GAP = 8 * 10**11
"""Cost of an event without partner: two cost more than one substitution (project default)."""


@dataclass(frozen=True, slots=True)
class Onsets:
    """Events in order of their onsets, as plain lists.

    Attributes:
        times: onsets in microseconds.
        codes: places in the track's codes.
    """

    times: Sequence[int]
    codes: Sequence[int]


def onsets_of(bouts: Bouts) -> Onsets:
    """The onsets of bouts."""
    return Onsets(bouts.starts.tolist(), bouts.codes.tolist())


def alignment_agreement(a: Bouts, b: Bouts, codes: int, tolerance_us: int) -> LinkedAgreement:
    """Agreement of aligned events.

    Args:
        a: events of the first coder or reference.
        b: events of the second.
        codes: number of codes of the track.
        tolerance_us: largest lag of a pair, included.
    """
    return linked_agreement(a, b, codes, aligned(onsets_of(a), onsets_of(b), tolerance_us))


def aligned(a: Onsets, b: Onsets, tolerance_us: int) -> tuple[tuple[int, int], ...]:
    """Places of aligned events, in order of time.

    The cheapest alignment is the one whose pairs save most against leaving all events without
    partner; a pair saves two gaps less what it costs itself.

    Raises:
        ValueError: the tolerance is negative, or so large that a pair costs more than it saves.
    """
    if not 0 <= tolerance_us < 2 * GAP - SUBSTITUTION:
        raise ValueError(f"a tolerance of {tolerance_us} us is not from 0 up to a week")

    def saved(place: int, low: int, high: int) -> Sequence[int]:
        onset, code = a.times[place], a.codes[place]
        return [
            2 * GAP - abs(onset - other) - (SUBSTITUTION if own != code else 0)
            for other, own in zip(b.times[low:high], b.codes[low:high], strict=True)
        ]

    return heaviest_pairs(a.times, b.times, tolerance_us, saved)
