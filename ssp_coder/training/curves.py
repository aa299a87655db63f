"""Learning curves: how a statistic went from case to case, first attempts only."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from ssp_coder.agreement.estimate import Estimate
from ssp_coder.training.evaluation import CaseFigures, first_attempts
from ssp_coder.training.measures import Measure, cases_of, in_case, measured, spread
from ssp_coder.training.packs import Stage
from ssp_coder.training.pass_rules import PassRule

LOOK_BACK = 10
"""Last cases that a point of a curve is worked out over (project default)."""


@dataclass(frozen=True, slots=True, kw_only=True)
class CurvePoint:
    """A curve after one more case.

    Attributes:
        value: of this case alone; None where a single case has none.
        estimate: over the last cases up to this one, with its interval.
    """

    case: str
    stage: Stage
    submitted_at_utc: str
    value: float | None
    estimate: Estimate


@dataclass(frozen=True, slots=True, kw_only=True)
class RepeatPoint:
    """A case coded once more; it is marked beside the curve and never part of it."""

    case: str
    submitted_at_utc: str
    value: float | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Curve:
    """One statistic over time.

    Attributes:
        criterion: the line to reach, None where no rule asks for the statistic.
        look_back: over how many cases each point looks back.
    """

    measure: Measure
    points: tuple[CurvePoint, ...]
    repeats: tuple[RepeatPoint, ...]
    criterion: float | None
    look_back: int


def learning_curve(
    measure: Measure,
    figures: Sequence[CaseFigures],
    *,
    criterion: float | None = None,
    look_back: int = LOOK_BACK,
) -> Curve:
    """The curve of one statistic over a trainee's submissions.

    Args:
        measure: the statistic.
        figures: of one trainee, in any order.
        criterion: the line to reach.
        look_back: a point is worked out over so many last cases.

    Raises:
        ValueError: a point would look back on no case.
    """
    if look_back < 1:
        raise ValueError(f"a curve cannot look back on {look_back} cases; give 1 or more")
    counted = cases_of(measure, first_attempts(figures))
    points = tuple(
        CurvePoint(
            case=one.sitting.case,
            stage=one.sitting.stage,
            submitted_at_utc=one.sitting.submitted_at_utc,
            value=in_case(measure, one),
            estimate=measured(measure, counted[max(0, place + 1 - look_back) : place + 1]),
        )
        for place, one in enumerate(counted)
    )
    repeats = sorted(
        (one for one in figures if one.sitting.is_repeat),
        key=lambda one: one.sitting.order,
    )
    return Curve(
        measure=measure,
        points=points,
        repeats=tuple(
            RepeatPoint(
                case=one.sitting.case,
                submitted_at_utc=one.sitting.submitted_at_utc,
                value=in_case(measure, one),
            )
            for one in repeats
        ),
        criterion=criterion,
        look_back=look_back,
    )


def curves_for(rule: PassRule, figures: Sequence[CaseFigures]) -> tuple[Curve, ...]:
    """One curve for each statistic that a pass rule asks for, with its line."""
    counted = first_attempts(figures)
    lines: dict[Measure, float] = {}
    for criterion in rule.criteria:
        for measure in spread(criterion.measure, counted) or (criterion.measure,):
            lines.setdefault(measure, criterion.threshold)
    return tuple(
        learning_curve(measure, figures, criterion=threshold)
        for measure, threshold in lines.items()
    )
