"""How often the charts of drift alarm, by drawing many coders: true alarms and false ones."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from ssp_coder.training.drift import ChartKind, DriftFile, SimulatedRow, steps

_ROUNDING = 1e-9


def simulated_share(setup: DriftFile, row: SimulatedRow, runs: int, seed: int) -> float:
    """The share of coders whose chart alarms within the row's cases.

    The chart begins at 0 with the first case of the changed coder, as after a certificate.

    Args:
        setup: the charts.
        row: which chart, and what the coders became.
        runs: how many coders are drawn.
        seed: of the generator.
    """
    chance = np.random.default_rng(seed)
    alarm = setup.agreement.alarm if row.chart is ChartKind.AGREEMENT else setup.bias.alarm
    sums = np.zeros((2, runs))
    reached = np.zeros(runs, dtype=np.bool_)
    for _case in range(row.within):
        sums = np.maximum(0.0, sums + _added(setup, row, chance, runs))
        reached |= (sums >= alarm - _ROUNDING).any(axis=0)
    return float(reached.mean())


def _added(
    setup: DriftFile, row: SimulatedRow, chance: np.random.Generator, runs: int
) -> NDArray[np.float64]:
    """What one case adds to both sums of each coder; a chart of agreement has only one."""
    if row.chart is ChartKind.AGREEMENT:
        agreed, differed = steps(setup.agreement)
        up = np.where(chance.random(runs) < row.after, agreed, differed)
        return np.stack((up, np.zeros(runs)))
    drawn = chance.normal(row.after, setup.bias.spread, runs)
    return np.stack((drawn, -drawn)) - setup.bias.slack
