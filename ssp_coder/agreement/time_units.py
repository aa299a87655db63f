"""Time-unit kappa of a track, without and with a tolerance (agreement reference, 3.2)."""

from __future__ import annotations

from dataclasses import dataclass, replace

import numpy as np

from ssp_coder.agreement.estimate import Estimate, Undefined, known, missing
from ssp_coder.agreement.kappa import Kappa, specific_agreement
from ssp_coder.agreement.protocol import Protocol
from ssp_coder.agreement.raster import UnitCodes, Units, tallies
from ssp_coder.agreement.session_kappa import (
    kappa_with_interval,
    resampled_margins,
    session_kappa,
    with_interval,
)
from ssp_coder.agreement.table import Floats

_EXACT, _FORTH, _BACK = 0, 1, 2


@dataclass(frozen=True, slots=True, kw_only=True)
class TimeAgreement:
    """Agreement of two coders on a track, unit by unit.

    The intervals are from resampled blocks of the session, and so approximate. There is no standard
    error: units of one session are not independent.

    Attributes:
        units: the codes of both, unit by unit.
        tolerance_us: largest distance at which the other's code still counts, 0 in `exact`.
        tables: units by pair of codes, shape (3, k, k): exact, A to B, B to A; `none` is last.
        exact: without a tolerance.
        forth: each unit of A sought in B.
        back: each unit of B sought in A.
        mean: mean of these two.
        by_code: specific agreement of each code without a tolerance, `none` last.
    """

    units: Units
    tolerance_us: int
    tables: Floats
    exact: Kappa
    forth: Kappa
    back: Kappa
    mean: Estimate
    by_code: tuple[Estimate, ...]

    @property
    def seconds(self) -> Floats:
        """Seconds by pair of codes without a tolerance, shape (k, k)."""
        seconds: Floats = self.tables[_EXACT] * self.units.unit_us / 1e6
        return seconds


def time_agreement(units: Units, protocol: Protocol) -> TimeAgreement:
    """Agreement of two coders on a track, with intervals.

    A tolerance that is no whole number of units is cut to one.
    """
    blocks = _block_tables(units, protocol)
    tables = blocks.sum(axis=0)
    exact, forth, back = (session_kappa(table) for table in tables)
    found = TimeAgreement(
        units=units,
        tolerance_us=protocol.tolerance_us,
        tables=tables,
        exact=exact,
        forth=forth,
        back=back,
        mean=mean_of(forth.kappa, back.kappa),
        by_code=specific_agreement(tables[_EXACT]),
    )
    return _with_intervals(found, blocks, protocol) if exact.n else found


def answers(own: UnitCodes, other: UnitCodes, reach: int) -> UnitCodes:
    """What the other coder is taken to say, unit by unit.

    Args:
        own: codes of the coder whose units are sought.
        other: codes of the one in whom they are sought.
        reach: units to either side in which they are.

    Returns:
        The own code where the other has it within reach, else the other's.
    """
    answered = other.copy()
    differ = np.flatnonzero((own != other) & (own >= 0))
    for code in np.unique(own[differ]):
        at = differ[own[differ] == code]
        seen = np.concatenate(([0], np.cumsum(other == code)))
        near = seen[np.minimum(at + reach + 1, len(own))] > seen[np.maximum(at - reach, 0)]
        answered[at[near]] = code
    return answered


def readings(units: Units, tolerance_us: int) -> tuple[tuple[UnitCodes, UnitCodes], ...]:
    """Pairs of codes to tally: exact, A sought in B, B sought in A."""
    reach = tolerance_us // units.unit_us
    return (
        (units.a, units.b),
        (units.a, answers(units.a, units.b, reach)),
        (answers(units.b, units.a, reach), units.b),
    )


def mean_of(first: Estimate, second: Estimate) -> Estimate:
    """Mean of two estimates of the same units; undefined when either is."""
    if first.value is None or second.value is None:
        return missing(first.undefined or second.undefined or Undefined.NOTHING, first.n)
    return known((first.value + second.value) / 2, first.n)


def _block_tables(units: Units, protocol: Protocol) -> Floats:
    """Counts of each block, shape (blocks, 3, k, k)."""
    block = units.blocks(protocol.block_us)
    shape = (int(block[-1]) + 1 if len(block) else 1, units.k)
    return np.stack(
        [tallies(a, b, block, shape) for a, b in readings(units, protocol.tolerance_us)], axis=1
    )


def _with_intervals(found: TimeAgreement, blocks: Floats, protocol: Protocol) -> TimeAgreement:
    """The same with intervals; codes that neither used are left out of the work."""
    used = np.flatnonzero((blocks.sum(axis=(0, 1)) + blocks.sum(axis=(0, 1)).T).any(axis=0))
    if len(used) < 2:
        return found
    drawn = resampled_margins(blocks[:, :, used][..., used], protocol.resamples, protocol.seed)
    exact, forth, back = drawn.kappas().T
    specific = dict(zip(used.tolist(), drawn.specific()[:, _EXACT].T, strict=True))
    return replace(
        found,
        exact=kappa_with_interval(found.exact, exact),
        forth=kappa_with_interval(found.forth, forth),
        back=kappa_with_interval(found.back, back),
        mean=with_interval(found.mean, (forth + back) / 2),
        by_code=tuple(
            with_interval(one, specific[place]) if place in specific else one
            for place, one in enumerate(found.by_code)
        ),
    )
