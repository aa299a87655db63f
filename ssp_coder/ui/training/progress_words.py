"""Words of the progress page: points of curves, tendencies of codes, what drift charts can see."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QCoreApplication

from ssp_coder.reporting.signs import percent
from ssp_coder.training.bias import Tendency
from ssp_coder.training.drift import ChartKind
from ssp_coder.ui.agreement.words import code_words, interval, said, why_words
from ssp_coder.ui.kit.interval_axis import IntervalRow, IntervalScale
from ssp_coder.ui.training.curve_chart import CurveDot, CurvePicture
from ssp_coder.ui.training.exercise_words import kind_title
from ssp_coder.ui.training.progress_figures import limits
from ssp_coder.ui.training.words import stage_title

if TYPE_CHECKING:
    from collections.abc import Iterable

    from ssp_coder.agreement.estimate import Estimate
    from ssp_coder.domain.scheme import Scheme
    from ssp_coder.training.bias import BiasPanel, CodeBias
    from ssp_coder.training.curves import Curve, CurvePoint, RepeatPoint
    from ssp_coder.training.drift import Chart, DriftFile
    from ssp_coder.training.spacing import KindProgress

_MOST_RATIO = 4.0
"""The axis of ratios shows up to so many times as long; what lies beyond stands at its end."""


def tr(words: str) -> str:
    """Translate words of this module."""
    return QCoreApplication.translate("progress", words)


def estimate_line(estimate: Estimate) -> str:
    """Value, interval and n in one line; why there is none where it is undefined."""
    ends = interval(estimate)
    words = tr("{0} ({1}), n = {2}") if ends else tr("{0}, n = {2}")
    return words.format(said(estimate), ends, estimate.n)


def curve_picture(curve: Curve) -> CurvePicture:
    """A curve as it is drawn; repeats stand between the cases as they were submitted."""
    events = [(point.submitted_at_utc, _dot(point, curve.look_back)) for point in curve.points]
    events += [(one.submitted_at_utc, _repeat(one)) for one in curve.repeats]
    events.sort(key=lambda event: event[0])
    lowest = min((p.estimate.value or 0.0 for p in curve.points), default=0.0)
    low = -1.0 if lowest < 0 else 0.0
    ticks = ((0.0, "0"), (0.5, "0.5"), (1.0, "1"))
    return CurvePicture(
        dots=tuple(dot for _, dot in events),
        low=low,
        ticks=ticks if low == 0 else ((-1.0, "\N{MINUS SIGN}1"), *ticks),
        criterion=curve.criterion,
    )


def curve_line(curve: Curve) -> str:
    """Where a curve ends, and what it has to reach."""
    parts = []
    if curve.points:
        parts.append(estimate_line(curve.points[-1].estimate))
    if curve.criterion is not None:
        parts.append(tr("line {0}").format(f"{curve.criterion:g}"))
    if curve.repeats:
        parts.append(tr("repeats: {0}").format(len(curve.repeats)))
    return "; ".join(parts)


def chart_picture(chart: Chart) -> CurvePicture:
    """A cumulative sum as it is drawn, against where it alarms."""
    top = max(chart.limit * 1.15, *(max(p.up, p.down) for p in chart.points), 0.0)
    return CurvePicture(
        dots=tuple(
            CurveDot(
                value=max(point.up, point.down),
                marked=point.alarm,
                words=tr("case {0}: {1} of {2}{3}").format(
                    place,
                    f"{max(point.up, point.down):.2f}",
                    f"{chart.limit:g}",
                    tr(", alarm") if point.alarm else "",
                ),
            )
            for place, point in enumerate(chart.points, 1)
        ),
        high=top,
        ticks=((0.0, "0"), (chart.limit, f"{chart.limit:g}")),
        criterion=chart.limit,
    )


def chart_title(chart: Chart, scheme: Scheme | None) -> str:
    """What a chart of drift watches."""
    if chart.kind is ChartKind.AGREEMENT or chart.scale is None:
        return tr("Agreement of the class")
    name = chart.scale if scheme is None else str(scheme.scale(chart.scale).title)
    return tr("Lean of {0}").format(name)


def chart_state(chart: Chart) -> str:
    """Whether a chart alarms."""
    if not chart.points:
        return tr("no case yet")
    last = chart.points[-1]
    if last.alarm:
        return tr("alarm at the last case: calibrate anew")
    words = tr("no alarm")
    if chart.alarms:
        words = tr("alarms before: {0}").format(len(chart.alarms))
    return words


def limit_lines(setup: DriftFile) -> tuple[str, ...]:
    """What the chart of agreement sees and what it does not, from the stored simulation."""
    lines = []
    for before, after, within, share in limits(setup):
        words = tr("A fall from {0} to {1} agreement is caught within {2} cases {3} of the time.")
        lines.append(words.format(percent(before), percent(after), within, percent(share)))
    for chart, words in (
        (
            ChartKind.AGREEMENT,
            tr("Class: with nothing changed, a false alarm in {0} of {1} cases."),
        ),
        (ChartKind.BIAS, tr("Scale: with nothing changed, a false alarm in {0} of {1} cases.")),
    ):
        row = setup.false_alarms(chart)
        if row is not None:
            share_words = tr("{0} of series").format(percent(row.share))
            lines.append(words.format(share_words, row.within))
    return tuple(lines)


def code_rows(bias: BiasPanel | None, scheme: Scheme | None) -> tuple[IntervalRow, ...]:
    """How long each state lasted beside the reference; pointed out is what the settings flag."""
    return tuple(_code_row(one, scheme) for one in (() if bias is None else bias.codes))


def ratio_scale(rows: Iterable[IntervalRow]) -> IntervalScale:
    """From nothing to as many times as long as any row, 1 is as long as in the reference."""
    ends = (value for row in rows for value in (row.value, row.high) if value is not None)
    high = 2.0 if max(ends, default=1.0) <= 2.0 else _MOST_RATIO
    ticks = tuple(float(tick) for tick in range(int(high) + 1))
    return IntervalScale(low=0.0, high=high, ticks=ticks)


def code_flags(bias: BiasPanel | None, scheme: Scheme | None) -> tuple[str, ...]:
    """The codes that are used too much or too little, each in a sentence."""
    lines = []
    for one in () if bias is None else bias.codes:
        value = one.bias.estimate.value
        if not one.bias.flagged or value is None:
            continue
        over = one.bias.tendency is Tendency.OVER
        words = (
            tr("{0}: over-used, {1} times as long.")
            if over
            else tr("{0}: under-used, {1} times as long.")
        )
        lines.append(words.format(_code_title(one, scheme), f"{value:.2f}"))
    return tuple(lines)


def retention_rows(progress: Iterable[KindProgress]) -> tuple[IntervalRow, ...]:
    """What was right at first sight, and what of it a day later, per kind of exercise."""
    rows = []
    for one in progress:
        title = kind_title(one.kind)
        rows.append(_share_row(tr("{0}, at first sight").format(title), one.first))
        rows.append(_share_row(tr("{0}, later").format(title), one.retained))
    return tuple(rows)


def _dot(point: CurvePoint, look_back: int) -> CurveDot:
    estimate = point.estimate
    words = tr("case {0}, {1}: last {2} cases {3}")
    return CurveDot(
        value=estimate.value,
        low=estimate.low,
        high=estimate.high,
        words=words.format(
            point.case, stage_title(point.stage), look_back, estimate_line(estimate)
        ),
    )


def _repeat(one: RepeatPoint) -> CurveDot:
    value = tr("no value") if one.value is None else f"{one.value:.2f}"
    words = tr("case {0} once more, not counted: {1}").format(one.case, value)
    return CurveDot(value=one.value, hollow=True, words=words)


def _code_row(one: CodeBias, scheme: Scheme | None) -> IntervalRow:
    estimate = one.bias.estimate
    title = _code_title(one, scheme)
    flagged = one.bias.flagged
    return IntervalRow(
        label=f"{title}  \N{BLACK LEFT-POINTING SMALL TRIANGLE}" if flagged else title,
        value=estimate.value,
        low=estimate.low,
        high=estimate.high,
        n=estimate.n,
        words=why_words(estimate) if estimate.value is None else f"× {estimate.value:.2f}",
        few=estimate.value is not None and estimate.low is None,
        note=tr("a tendency") if flagged else "",
    )


def _code_title(one: CodeBias, scheme: Scheme | None) -> str:
    return one.code if scheme is None else code_words(one.code, scheme)


def _share_row(label: str, estimate: Estimate) -> IntervalRow:
    return IntervalRow(
        label=label,
        value=estimate.value,
        low=estimate.low,
        high=estimate.high,
        n=estimate.n,
        words=tr("none yet") if estimate.value is None else percent(estimate.value),
    )
