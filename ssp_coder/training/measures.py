"""The closed list of statistics by which a trainee is judged, over the figures of several cases."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from enum import StrEnum

import numpy as np

from ssp_coder.agreement.comparison import ClassLevel
from ssp_coder.agreement.estimate import Estimate, Undefined, known, missing
from ssp_coder.agreement.icc import icc
from ssp_coder.agreement.kappa import kappa_of
from ssp_coder.agreement.protocol import USUAL_PROTOCOL
from ssp_coder.agreement.table import table_of
from ssp_coder.agreement.wilson import Z_95, share
from ssp_coder.domain.scale import ScaleId, SlotId
from ssp_coder.domain.time import SECOND_US, Micros
from ssp_coder.training.evaluation import CaseFigures, RatedPair

_SECOND = Micros(SECOND_US)
_NEAR = 1.0


class Statistic(StrEnum):
    """What may be asked of a trainee."""

    CLASS_SHARE = "class_share"
    """Share of cases whose class is the reference's, at a level."""
    CLASS_KAPPA = "class_kappa"
    ICC = "icc"
    """Absolute agreement of one coder, ICC(2,1), in one place to be rated."""
    WITHIN_ONE = "within_one"
    """Share of the reference's ratings that are at most one point off; one left out is not."""
    EVENT_F1 = "event_f1"
    """Twice the matched onsets over the onsets of both, at a tolerance."""
    CODE_RECALL = "code_recall"
    """Share of the reference's onsets of one code that were found, at a tolerance."""
    CODE_PRECISION = "code_precision"
    """Share of the trainee's onsets of one code that are in the reference, at a tolerance."""

    @property
    def of_class(self) -> bool:
        """Whether it needs a level."""
        return self in (Statistic.CLASS_SHARE, Statistic.CLASS_KAPPA)

    @property
    def of_rating(self) -> bool:
        """Whether it is told of one place to be rated."""
        return self in (Statistic.ICC, Statistic.WITHIN_ONE)

    @property
    def of_code(self) -> bool:
        """Whether it is told of one code."""
        return self in (Statistic.CODE_RECALL, Statistic.CODE_PRECISION)

    @property
    def by_case(self) -> bool:
        """Whether a single case has a value, as a row of passed cases needs."""
        return self not in (Statistic.CLASS_KAPPA, Statistic.ICC)


@dataclass(frozen=True, slots=True, kw_only=True)
class Measure:
    """A statistic and what it is of.

    Attributes:
        level: of a class.
        slot: the place to be rated; empty for all.
        scale: places of this scale only; empty for all.
        code: of the events; empty for all.
        tolerance_us: of onsets.
    """

    statistic: Statistic
    level: ClassLevel | None = None
    slot: str = ""
    scale: str = ""
    code: str = ""
    tolerance_us: Micros = _SECOND


def spread(measure: Measure, figures: Sequence[CaseFigures]) -> tuple[Measure, ...]:
    """One measure for each place to be rated that it stands for; places are never pooled."""
    if not measure.statistic.of_rating or measure.slot:
        return (measure,)
    slots = dict.fromkeys(
        slot for one in figures for slot, scale in _places(one) if measure.scale in ("", scale)
    )
    return tuple(replace(measure, slot=slot) for slot in slots)


def _places(one: CaseFigures) -> Iterator[tuple[SlotId, ScaleId]]:
    """What the reference rates, with its scale."""
    yield from ((pair.slot, pair.scale) for pair in one.ratings)
    yield from ((place.slot, place.scale) for place in one.unrated)


def measured(measure: Measure, figures: Sequence[CaseFigures]) -> Estimate:
    """The statistic over cases with its 95 % interval.

    Shares have the Wilson interval, kappa the one of its standard error, F1 that of resampled
    cases. The n of a recall is events of the reference, of a precision the trainee's, else cases or
    ratings.
    """
    match measure.statistic:
        case Statistic.CLASS_KAPPA:
            return _kappa(measure, figures)
        case Statistic.ICC:
            return _icc(measure, figures)
        case Statistic.EVENT_F1:
            return _resampled(measure, figures)
        case _:
            parts = [_parts(measure, one) for one in figures]
            return share(sum(x for x, _ in parts), sum(n for _, n in parts))


def in_case(measure: Measure, figures: CaseFigures) -> float | None:
    """The value of one case; None where it has none."""
    if not measure.statistic.by_case:
        return None
    x, n = _parts(measure, figures)
    return x / n if n else None


def cases_of(measure: Measure, figures: Sequence[CaseFigures]) -> tuple[CaseFigures, ...]:
    """The cases that say something on a measure."""
    return tuple(one for one in figures if _speaks(measure, one))


def positives(measure: Measure, figures: Sequence[CaseFigures]) -> int:
    """How often the rarest class of the references, or the code, occurs in them."""
    if measure.statistic.of_class:
        counts = Counter(pair[0] for pair in _classes(measure, figures))
        return min(counts.values(), default=0) if len(counts) > 1 else 0
    if measure.code:
        return sum(_parts(_recall(measure), one)[1] for one in figures)
    return len(cases_of(measure, figures))


def _recall(measure: Measure) -> Measure:
    return replace(measure, statistic=Statistic.CODE_RECALL)


def _speaks(measure: Measure, one: CaseFigures) -> bool:
    if measure.statistic.of_class:
        return bool(_classes(measure, (one,)))
    if measure.statistic.of_rating:
        return bool(_pairs(measure, (one,)) or _left_out(measure, one))
    return _parts(measure, one)[1] > 0


def _classes(measure: Measure, figures: Sequence[CaseFigures]) -> list[tuple[str, str]]:
    """Classes of the reference and own ones, where the reference has one."""
    if measure.level is None:
        return []
    found = [one.class_at(measure.level) for one in figures]
    return [(pair.reference, pair.own) for pair in found if pair is not None]


def _pairs(measure: Measure, figures: Sequence[CaseFigures]) -> list[RatedPair]:
    return [
        pair
        for one in figures
        for pair in one.ratings
        if measure.slot in ("", pair.slot) and measure.scale in ("", pair.scale)
    ]


def _left_out(measure: Measure, one: CaseFigures) -> int:
    """How many places the reference rates and the trainee did not."""
    return sum(
        measure.slot in ("", place.slot) and measure.scale in ("", place.scale)
        for place in one.unrated
    )


def _parts(measure: Measure, one: CaseFigures) -> tuple[int, int]:
    """What a share of one case is made of: so many of so many."""
    if measure.statistic is Statistic.CLASS_SHARE:
        classes = _classes(measure, (one,))
        return sum(reference == own for reference, own in classes), len(classes)
    if measure.statistic is Statistic.WITHIN_ONE:
        pairs = _pairs(measure, (one,))
        near = sum(abs(pair.difference) <= _NEAR for pair in pairs)
        return near, len(pairs) + _left_out(measure, one)
    tallies = [
        tally
        for tally in one.tallies
        if tally.tolerance_us == measure.tolerance_us and measure.code in ("", tally.code)
    ]
    matches = sum(tally.matches for tally in tallies)
    reference = sum(tally.n_reference for tally in tallies)
    if measure.statistic is Statistic.CODE_RECALL:
        return matches, reference
    own = sum(tally.n_own for tally in tallies)
    if measure.statistic is Statistic.CODE_PRECISION:
        return matches, own
    return 2 * matches, reference + own


def _icc(measure: Measure, figures: Sequence[CaseFigures]) -> Estimate:
    """Without a number for each case there is none: who leaves hard cases out would gain by it."""
    pairs = [(pair.reference, pair.own) for pair in _pairs(measure, figures)]
    if any(_left_out(measure, one) for one in figures):
        return missing(Undefined.TOO_FEW, len(pairs))
    return icc(np.array(pairs, dtype=np.float64).reshape(-1, 2)).icc_2_1


def _kappa(measure: Measure, figures: Sequence[CaseFigures]) -> Estimate:
    classes = _classes(measure, figures)
    if not classes:
        return missing(Undefined.NOTHING, 0)
    found = kappa_of(
        table_of(classes, tuple(dict.fromkeys(word for pair in classes for word in pair)))
    )
    value, error = found.kappa.value, found.se.value
    if value is None or error is None:
        return found.kappa
    return found.kappa.between(value - Z_95 * error, value + Z_95 * error)


def _resampled(measure: Measure, figures: Sequence[CaseFigures]) -> Estimate:
    """A ratio of sums over cases; its interval from resampled cases, with a fixed seed."""
    parts = np.array([_parts(measure, one) for one in figures], dtype=np.float64).reshape(-1, 2)
    parts = parts[parts[:, 1] > 0]
    n = len(parts)
    if not n:
        return missing(Undefined.NOT_USED, 0)
    value = known(float(parts[:, 0].sum() / parts[:, 1].sum()), n)
    if n == 1:
        return value
    chance = np.random.default_rng(USUAL_PROTOCOL.seed)
    weights = chance.multinomial(n, np.full(n, 1 / n), size=USUAL_PROTOCOL.resamples)
    sums = weights @ parts
    low, high = np.quantile(sums[:, 0] / sums[:, 1], (0.025, 0.975))
    return value.between(float(low), float(high))
