"""How often the charts of drift alarm; run by hand: ``python tests/benchmarks/bench_drift.py``.

Recomputes every figure that ``schemas/training/drift.toml`` stores with its runs and its seed, and
holds the bars: true alarms in time, few false ones. With ``--runs`` fewer coders are drawn.
"""

from __future__ import annotations

import argparse
import sys
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[2]))

from ssp_coder.training.drift import ChartKind, SimulatedRow, drift_setup
from ssp_coder.training.drift_simulation import simulated_share
from tests.benchmarks.bars import Bar, at_least, at_most, conclude, say

MOST_FALSE = 5.0
DETECTED = {(ChartKind.AGREEMENT, 0.60): 80.0, (ChartKind.BIAS, 0.5): 75.0}


def bar_of(row: SimulatedRow, percent: float) -> Bar | None:
    """The bar that a row is held against, if there is one."""
    name = f"{row.chart.value}: {row.before:g} -> {row.after:g} within {row.within} cases"
    if row.is_stable:
        return at_most(f"{name}, false alarms", percent, MOST_FALSE, unit="%")
    limit = DETECTED.get((row.chart, row.after))
    return None if limit is None else at_least(f"{name}, alarms", percent, limit, unit="%")


def main() -> int:
    setup = drift_setup()
    arguments = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    arguments.add_argument("--runs", type=int, default=setup.simulated.runs)
    runs = arguments.parse_args().runs
    bars = []
    for row in setup.simulated.rows:
        share = simulated_share(setup, row, runs, setup.simulated.seed)
        same = "as stored" if round(share, 4) == row.share else f"stored {row.share:.4f}"
        say(
            f"{row.chart.value} {row.before:g} -> {row.after:g} in {row.within}: {share:.4f} {same}"
        )
        bars.append(bar_of(row, 100 * share))
    return conclude([bar for bar in bars if bar is not None])


if __name__ == "__main__":
    sys.exit(main())
