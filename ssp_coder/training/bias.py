"""Which way a trainee errs: points per scale, time per state, lag of onsets, over several cases.

A case is one independent observation: differences within a case are averaged first. A tendency is
flagged where it is more than chance after Holm's correction (over the scales, and over the states),
its 95 % interval excludes none, and it is large enough to matter.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from enum import StrEnum
from math import comb, exp, isclose, log, sqrt
from pathlib import Path
from statistics import fmean, median, stdev
from typing import Annotated, TypeVar

from msgspec import Meta

from ssp_coder.agreement.estimate import Estimate, Undefined, known, missing
from ssp_coder.agreement.quantiles import upper_t
from ssp_coder.catalog.record_base import FileHead
from ssp_coder.domain.ethogram import CodeId
from ssp_coder.domain.scale import ScaleId
from ssp_coder.domain.time import SECOND_US
from ssp_coder.training.evaluation import CaseFigures
from ssp_coder.training.teaching_files import read_teaching_file, teaching_path

Key = TypeVar("Key", bound=str)

_FEWEST_ORDERED = 6
"""From so many cases on, order statistics have a 95 % interval of the median."""


class Basis(StrEnum):
    """How an interval was made."""

    STUDENT = "student"
    """Student's t over cases."""
    ORDER = "order"
    """Order statistics of the cases' medians, without assuming a shape."""


class Tendency(StrEnum):
    """Which way."""

    NONE = "none"
    OVER = "over"
    """Too many points, too much time, too late."""
    UNDER = "under"


class BiasFile(
    FileHead, frozen=True, kw_only=True, forbid_unknown_fields=True, tag="bias", tag_field="kind"
):
    """``bias.toml``: when a tendency is pointed out."""

    minimum_cases: Annotated[int, Meta(ge=2, le=1000)]
    points: Annotated[float, Meta(gt=0)]
    lag_s: Annotated[float, Meta(gt=0)]
    ratio: Annotated[float, Meta(gt=1)]
    minimum_s: Annotated[float, Meta(ge=0)]
    family_error: Annotated[float, Meta(gt=0, lt=1)]


@dataclass(frozen=True, slots=True, kw_only=True)
class Bias:
    """One tendency over cases.

    Attributes:
        estimate: points, microseconds, or how many times as long as in the reference.
        p: of no tendency, before correction; None where it was not tested.
        corrected: after Holm's correction.
        tendency: the way it is flagged, `NONE` while it is not.
    """

    estimate: Estimate
    basis: Basis
    p: float | None
    corrected: float | None
    tendency: Tendency

    @property
    def flagged(self) -> bool:
        """Whether it is to be pointed out."""
        return self.tendency is not Tendency.NONE


@dataclass(frozen=True, slots=True, kw_only=True)
class ScaleBias:
    """Own points minus the reference's on one scale, over all its places."""

    scale: ScaleId
    bias: Bias


@dataclass(frozen=True, slots=True, kw_only=True)
class CodeBias:
    """How much of a state there is beside the reference."""

    code: CodeId
    reference_us: int
    own_us: int
    bias: Bias


@dataclass(frozen=True, slots=True, kw_only=True)
class BiasPanel:
    """All tendencies of a trainee.

    Attributes:
        scales: every scale that was rated.
        codes: every state long enough to be judged.
        lag: median lag of onsets, own minus the reference's.
        onsets: how many matched onsets the lag rests on.
        settings: version of the settings it was flagged by.
    """

    scales: tuple[ScaleBias, ...]
    codes: tuple[CodeBias, ...]
    lag: Bias
    onsets: int
    settings: str


@dataclass(frozen=True, slots=True, kw_only=True)
class _Tested:
    """A mean over cases with its interval and p."""

    estimate: Estimate
    p: float | None


def bias_settings(folders: tuple[Path, ...] = ()) -> BiasFile:
    """When a tendency is pointed out.

    Raises:
        TeachingFileError: the file is wrong.
    """
    return read_teaching_file(teaching_path("bias", folders), BiasFile).record


def bias_of(figures: Sequence[CaseFigures], settings: BiasFile) -> BiasPanel:
    """The tendencies over cases, each of which counts once.

    Args:
        figures: of one trainee; the caller chooses which attempts.
        settings: limits and correction.
    """
    return BiasPanel(
        scales=_scales(figures, settings),
        codes=_codes(figures, settings),
        lag=_lag(figures, settings),
        onsets=sum(len(one.lags_us) for one in figures),
        settings=settings.version,
    )


def holm(p: Sequence[float]) -> tuple[float, ...]:
    """P values corrected for their number, in the order given (Holm's step-down method)."""
    order = sorted(range(len(p)), key=lambda place: p[place])
    corrected = [0.0] * len(p)
    largest = 0.0
    for rank, place in enumerate(order):
        largest = max(largest, min(1.0, (len(p) - rank) * p[place]))
        corrected[place] = largest
    return tuple(corrected)


def _scales(figures: Sequence[CaseFigures], settings: BiasFile) -> tuple[ScaleBias, ...]:
    by_scale: dict[ScaleId, list[float]] = {}
    for one in figures:
        in_case: dict[ScaleId, list[float]] = {}
        for pair in one.ratings:
            in_case.setdefault(pair.scale, []).append(pair.difference)
        for scale, differences in in_case.items():
            by_scale.setdefault(scale, []).append(fmean(differences))
    tested = {scale: _over_cases(values, settings) for scale, values in by_scale.items()}
    biases = _flagged(tested, settings, settings.points)
    return tuple(ScaleBias(scale=scale, bias=bias) for scale, bias in biases.items())


def _codes(figures: Sequence[CaseFigures], settings: BiasFile) -> tuple[CodeBias, ...]:
    """Ratios on the scale of logarithms, so that double and half are equally far from alike."""
    reference: dict[CodeId, int] = {}
    own: dict[CodeId, int] = {}
    ratios: dict[CodeId, list[float]] = {}
    for one in figures:
        for budget in one.budgets:
            code = budget.code
            reference[code] = reference.get(code, 0) + budget.reference_us
            own[code] = own.get(code, 0) + budget.own_us
            # One second more on both sides keeps a state that one of them lacks in the sum.
            ratio = (budget.own_us + SECOND_US) / (budget.reference_us + SECOND_US)
            ratios.setdefault(code, []).append(log(ratio))
    tested = {
        code: _over_cases(ratios[code], settings)
        for code, lasted in reference.items()
        if lasted >= settings.minimum_s * SECOND_US
    }
    return tuple(
        CodeBias(
            code=code,
            reference_us=reference[code],
            own_us=own[code],
            bias=_as_ratio(bias),
        )
        for code, bias in _flagged(tested, settings, log(settings.ratio)).items()
    )


def _lag(figures: Sequence[CaseFigures], settings: BiasFile) -> Bias:
    medians = sorted(median(one.lags_us) for one in figures if one.lags_us)
    n = len(medians)
    if n < _FEWEST_ORDERED:
        tested, basis = _over_cases(medians, settings), Basis.STUDENT
    else:
        at = _order_place(n)
        estimate = known(median(medians), n).between(medians[at], medians[n - 1 - at])
        tested, basis = _Tested(estimate=estimate, p=None), Basis.ORDER
    return Bias(
        estimate=tested.estimate,
        basis=basis,
        p=tested.p,
        corrected=None,
        tendency=_tendency(tested.estimate, settings.lag_s * SECOND_US),
    )


def _order_place(n: int) -> int:
    """The place from either end whose values hold the median in at least 95 % of samples."""
    tail = 0.0
    for place in range(n // 2):
        tail += comb(n, place) / 2**n
        if 2 * tail > 0.05:
            return place - 1
    return n // 2 - 1


def _over_cases(values: Sequence[float], settings: BiasFile) -> _Tested:
    """The mean of independent cases with Student's interval."""
    n = len(values)
    if not n:
        return _Tested(estimate=missing(Undefined.NOTHING, 0), p=None)
    mean = fmean(values)
    estimate = known(mean, n)
    if n < settings.minimum_cases:
        return _Tested(estimate=estimate, p=None)
    error = stdev(values) / sqrt(n)
    if isclose(error, 0.0, abs_tol=1e-12):
        p = 1.0 if isclose(mean, 0.0, abs_tol=1e-12) else 0.0
        return _Tested(estimate=estimate.between(mean, mean), p=p)
    half = upper_t(n - 1) * error
    p = _two_sided(abs(mean) / error, n - 1)
    return _Tested(estimate=estimate.between(mean - half, mean + half), p=p)


def _two_sided(t: float, freedom: int) -> float:
    from scipy.special import stdtr

    return 2 * float(stdtr(freedom, -t))


def _flagged(tested: Mapping[Key, _Tested], settings: BiasFile, limit: float) -> dict[Key, Bias]:
    ps = {key: one.p for key, one in tested.items() if one.p is not None}
    corrected = dict(zip(ps, holm(tuple(ps.values())), strict=True))
    found = {}
    for key, one in tested.items():
        p = corrected.get(key)
        sure = p is not None and p < settings.family_error
        found[key] = Bias(
            estimate=one.estimate,
            basis=Basis.STUDENT,
            p=one.p,
            corrected=p,
            tendency=_tendency(one.estimate, limit) if sure else Tendency.NONE,
        )
    return found


def _tendency(estimate: Estimate, limit: float) -> Tendency:
    if estimate.value is None or estimate.low is None or estimate.high is None:
        return Tendency.NONE
    if estimate.low > 0 and estimate.value >= limit:
        return Tendency.OVER
    if estimate.high < 0 and estimate.value <= -limit:
        return Tendency.UNDER
    return Tendency.NONE


def _as_ratio(bias: Bias) -> Bias:
    """The same, from logarithms back to how many times."""
    given = bias.estimate
    if given.value is None:
        return bias
    estimate = known(exp(given.value), given.n)
    if given.low is not None and given.high is not None:
        estimate = estimate.between(exp(given.low), exp(given.high))
    return replace(bias, estimate=estimate)
