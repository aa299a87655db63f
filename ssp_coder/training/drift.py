"""Whether a certified coder drifts: cumulative sums over the re-checks, with known false alarms."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from enum import StrEnum
from math import log
from pathlib import Path
from statistics import fmean
from typing import Annotated

from msgspec import Meta, Struct, field

from ssp_coder.agreement.comparison import ClassLevel
from ssp_coder.agreement.estimate import Estimate
from ssp_coder.catalog.record_base import FileHead, Share, Words
from ssp_coder.domain.scale import ScaleId
from ssp_coder.training.evaluation import CaseFigures, first_attempts
from ssp_coder.training.measures import Measure, Statistic, measured
from ssp_coder.training.packs import Stage
from ssp_coder.training.teaching_files import read_teaching_file, teaching_path

_ROUNDING = 1e-9
_Rate = Annotated[float, Meta(gt=0, lt=1)]
_Above = Annotated[float, Meta(gt=0)]
_Number = Annotated[int, Meta(ge=1)]


class ChartKind(StrEnum):
    """What a cumulative sum is taken over."""

    AGREEMENT = "agreement"
    """Whether a class is the reference's."""
    BIAS = "bias"
    """Own points minus the reference's."""


class AgreementSetup(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """Chart over agreement, tuned for two rates of disagreement."""

    level: ClassLevel
    stable: _Rate
    drifted: _Rate
    alarm: _Above


class BiasSetup(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """Chart over signed differences; `spread` is the standard deviation it was simulated with."""

    slack: Annotated[float, Meta(ge=0)]
    alarm: _Above
    spread: _Above


class SimulatedRow(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """How often a chart alarms within so many cases when `before` becomes `after`."""

    chart: ChartKind
    before: float = field(name="from")
    after: float = field(name="to")
    within: _Number
    share: Share

    @property
    def is_stable(self) -> bool:
        """Whether nothing changes, so that every alarm is false."""
        return self.before == self.after


class Simulated(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """Stored results of a simulation."""

    runs: _Number
    seed: int
    rows: tuple[SimulatedRow, ...]


class DriftFile(
    FileHead, frozen=True, kw_only=True, forbid_unknown_fields=True, tag="drift", tag_field="kind"
):
    """``drift.toml``: the charts and what is known of them."""

    note: Words
    rolling: _Number
    agreement: AgreementSetup
    bias: BiasSetup
    simulated: Simulated

    def false_alarms(self, chart: ChartKind) -> SimulatedRow | None:
        """How often a chart alarms though nothing changes; None where that is not stored."""
        found = (row for row in self.simulated.rows if row.chart is chart and row.is_stable)
        return next(found, None)


@dataclass(frozen=True, slots=True, kw_only=True)
class ChartPoint:
    """A chart after one case; after an alarm it starts again at 0.

    Attributes:
        up: the sum toward disagreement, or toward too many points.
        down: the sum toward too few points; 0 in a chart of agreement.
    """

    case: str
    up: float
    down: float
    alarm: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Chart:
    """One cumulative sum.

    Attributes:
        scale: the scale of a chart of bias, None of a chart of agreement.
        limit: where it alarms.
    """

    kind: ChartKind
    scale: ScaleId | None
    limit: float
    points: tuple[ChartPoint, ...]

    @property
    def alarms(self) -> tuple[str, ...]:
        """The cases at which it alarmed; each opens a task to calibrate anew."""
        return tuple(point.case for point in self.points if point.alarm)


@dataclass(frozen=True, slots=True, kw_only=True)
class Watch:
    """Everything that is watched of one coder.

    Attributes:
        charts: agreement first, then one per scale.
        agreement: class agreement over the last cases.
        events: event F1 over the last cases.
        rolling: how many cases these look back.
    """

    charts: tuple[Chart, ...]
    agreement: Estimate
    events: Estimate
    rolling: int

    @property
    def alarmed(self) -> tuple[Chart, ...]:
        """The charts that alarmed at the last case they hold."""
        return tuple(chart for chart in self.charts if chart.points and chart.points[-1].alarm)


def drift_setup(folders: tuple[Path, ...] = ()) -> DriftFile:
    """The charts that coders are watched with.

    Raises:
        TeachingFileError: the file is wrong.
    """
    return read_drift_setup(teaching_path("drift", folders))


def read_drift_setup(path: Path) -> DriftFile:
    """The charts of a file.

    Raises:
        TeachingFileError: the file is wrong; the finding names file, line and remedy.
    """
    file = read_teaching_file(path, DriftFile)
    if file.record.agreement.drifted <= file.record.agreement.stable:
        raise file.refusal(
            ("agreement", "drifted"),
            "a drifted coder disagrees no more than a stable one",
            "give drifted a higher rate than stable",
        )
    return file.record


def steps(setup: AgreementSetup) -> tuple[float, float]:
    """What agreement and disagreement add to the chart: logarithms of the likelihood ratio."""
    return (
        log((1 - setup.drifted) / (1 - setup.stable)),
        log(setup.drifted / setup.stable),
    )


def agreement_chart(setup: AgreementSetup, outcomes: Iterable[tuple[str, bool]]) -> Chart:
    """The chart over cases and whether their class was the reference's, in order of time."""
    agreed, differed = steps(setup)
    up, points = 0.0, []
    for case, agrees in outcomes:
        up = max(0.0, up + (agreed if agrees else differed))
        alarm = up >= setup.alarm - _ROUNDING
        points.append(ChartPoint(case=case, up=up, down=0.0, alarm=alarm))
        up = 0.0 if alarm else up
    return Chart(kind=ChartKind.AGREEMENT, scale=None, limit=setup.alarm, points=tuple(points))


def bias_chart(
    setup: BiasSetup, differences: Iterable[tuple[str, float]], scale: ScaleId | None = None
) -> Chart:
    """The chart over cases and their signed differences in points, in order of time."""
    up = down = 0.0
    points = []
    for case, difference in differences:
        up = max(0.0, up + difference - setup.slack)
        down = max(0.0, down - difference - setup.slack)
        alarm = max(up, down) >= setup.alarm - _ROUNDING
        points.append(ChartPoint(case=case, up=up, down=down, alarm=alarm))
        if alarm:
            up = down = 0.0
    return Chart(kind=ChartKind.BIAS, scale=scale, limit=setup.alarm, points=tuple(points))


def watch(figures: Sequence[CaseFigures], setup: DriftFile) -> Watch:
    """All charts over a coder's re-checks, first attempts only, in the order of submission."""
    counted = first_attempts(figures, (Stage.UPKEEP,))
    level = setup.agreement.level
    classes = [(one.sitting.case, one.class_at(level)) for one in counted]
    outcomes = [(case, bool(pair.agrees)) for case, pair in classes if pair is not None]
    last = counted[-setup.rolling :]
    return Watch(
        charts=(
            agreement_chart(setup.agreement, outcomes),
            *(
                bias_chart(setup.bias, differences, scale)
                for scale, differences in _differences(counted).items()
            ),
        ),
        agreement=measured(Measure(statistic=Statistic.CLASS_SHARE, level=level), last),
        events=measured(Measure(statistic=Statistic.EVENT_F1), last),
        rolling=setup.rolling,
    )


def _differences(figures: Iterable[CaseFigures]) -> dict[ScaleId, list[tuple[str, float]]]:
    """The mean difference of each case on each scale."""
    found: dict[ScaleId, list[tuple[str, float]]] = {}
    for one in figures:
        in_case: dict[ScaleId, list[float]] = {}
        for pair in one.ratings:
            in_case.setdefault(pair.scale, []).append(pair.difference)
        for scale, values in in_case.items():
            found.setdefault(scale, []).append((one.sitting.case, fmean(values)))
    return found
