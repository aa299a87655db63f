"""How long the agreement of two codings takes; ``python tests/benchmarks/bench_agreement.py``.

``--only pair`` (or ``typical``, ``units``, ``parts``) runs one part. All figures are seconds of the
processor, without imports.
"""

from __future__ import annotations

import argparse
import sys
import time
from collections.abc import Callable, Sequence
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[2]))

from ssp_coder.agreement.alignment import alignment_agreement
from ssp_coder.agreement.bootstrap import draws
from ssp_coder.agreement.kappa import kappa_of
from ssp_coder.agreement.onsets import onset_agreement
from ssp_coder.agreement.overlap_kappa import overlap_agreement
from ssp_coder.agreement.pair import PairAgreement, pair_agreement
from ssp_coder.agreement.protocol import USUAL_PROTOCOL
from ssp_coder.agreement.raster import tally, units_of
from ssp_coder.agreement.time_units import readings
from ssp_coder.agreement.tracks import Bouts, Stretch, bouts_from
from ssp_coder.domain.coding import Coding
from tests.agreement_codings import coded_twice, jittered_bouts
from tests.benchmarks.bars import Bar, at_most, conclude, say
from tests.builders import infant_scheme

MINUTES_83_US = 83 * 60 * 1_000_000
REPEATS = 3


def seconds(work: Callable[[], object], repeats: int = REPEATS) -> float:
    """Least processor seconds of a few runs, after one that is not counted."""
    work()
    times = []
    for _ in range(repeats):
        began = time.process_time()
        work()
        times.append(time.process_time() - began)
    return min(times)


def pair_seconds(codings: tuple[Coding, Coding]) -> float:
    """Everything of a pair, with nothing drawn beforehand."""

    def work() -> None:
        draws.cache_clear()
        read(pair_agreement(*codings, infant_scheme(), USUAL_PROTOCOL))

    return seconds(work)


def read(pair: PairAgreement) -> None:
    """Have also worked out what is only worked out when it is asked for."""
    for track in pair.tracks:
        for onsets in track.onsets:
            _ = onsets.lags, onsets.ends, onsets.lengths, onsets.counts.f1
        for interval in track.intervals:
            _ = interval.kappa
        for episode in track.episodes:
            _ = episode.time


def bench_pair() -> list[Bar]:
    return [
        at_most(
            "everything of a pair, 5,000 events each",
            pair_seconds(coded_twice(5_000, length_us=MINUTES_83_US)),
            1.0,
            unit=" s",
        )
    ]


def bench_typical() -> list[Bar]:
    return [
        at_most(
            "everything of a pair, 310 events each", pair_seconds(coded_twice(310)), 0.2, unit=" s"
        )
    ]


def crowded() -> tuple[Bouts, Bouts, Stretch]:
    a, b = (bouts_from(events) for events in jittered_bouts(10_000, MINUTES_83_US, codes=6))
    return a, b, Stretch(start_us=0, end_us=MINUTES_83_US)


def bench_units() -> list[Bar]:
    a, b, stretch = crowded()

    def work() -> None:
        units = units_of(a, b, stretch, USUAL_PROTOCOL.unit_us, 6)
        for first, second in readings(units, USUAL_PROTOCOL.tolerance_us):
            kappa_of(tally(first, second, units.k))

    return [
        at_most(
            "time-unit kappa, 2 x 10,000 events over 83 min, 1 s", seconds(work), 0.15, unit=" s"
        )
    ]


def bench_parts() -> list[Bar]:
    a, b = (bouts_from(events) for events in jittered_bouts(5_000, MINUTES_83_US, codes=6))
    parts: tuple[tuple[str, Callable[[], object], float], ...] = (
        ("alignment", lambda: alignment_agreement(a, b, 6, USUAL_PROTOCOL.alignment_us), 0.25),
        ("links by overlap", lambda: overlap_agreement(a, b, 6, USUAL_PROTOCOL.overlap), 0.15),
        (
            "onsets at three tolerances",
            lambda: onset_agreement(a, b, 6, (500_000, 1_000_000, 2_000_000)),
            0.25,
        ),
    )
    return [
        at_most(f"{name}, 5,000 events each, one track", seconds(work), limit, unit=" s")
        for name, work, limit in parts
    ]


PARTS: dict[str, Callable[[], list[Bar]]] = {
    "pair": bench_pair,
    "typical": bench_typical,
    "units": bench_units,
    "parts": bench_parts,
}


def main(arguments: Sequence[str]) -> int:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--only", choices=tuple(PARTS), help="one part")
    only = parser.parse_args(arguments).only
    bars: list[Bar] = []
    for name, bench in PARTS.items():
        if only in (None, name):
            say(f"{name} ..")
            bars += bench()
    return conclude(bars)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
