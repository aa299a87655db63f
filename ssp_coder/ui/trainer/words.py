"""Words of the trainer's desk for what the core says in codes."""

from __future__ import annotations

from enum import StrEnum
from typing import TYPE_CHECKING

from PySide6.QtCore import QCoreApplication, QDateTime, QLocale, Qt

from ssp_coder.domain.finding import Severity
from ssp_coder.domain.time import short_clock_text
from ssp_coder.reporting.signs import minus, percent
from ssp_coder.training.bias import Tendency
from ssp_coder.training.deeds import ReleaseKind
from ssp_coder.training.drift import ChartKind
from ssp_coder.training.measures import Statistic
from ssp_coder.training.packs import Consent, OriginKind
from ssp_coder.ui.agreement.words import level_words, why_words
from ssp_coder.ui.text import slot_words

if TYPE_CHECKING:
    from ssp_coder.agreement.estimate import Estimate
    from ssp_coder.domain.scheme import Scheme
    from ssp_coder.domain.time import Span
    from ssp_coder.training.drift import Chart, DriftFile, SimulatedRow
    from ssp_coder.training.measures import Measure
    from ssp_coder.training.trainee_files import TraineeFile

DASH = "\N{EN DASH}"
_FEW = 10
"""A share of fewer cases is called so (agreement reference, 3.14)."""


class Page(StrEnum):
    """The pages of the desk."""

    PACKS = "packs"
    TRAINEES = "trainees"
    RELEASES = "releases"
    DISPUTES = "disputes"
    RECHECKS = "rechecks"


def tr(words: str) -> str:
    """Translate words of this module."""
    return QCoreApplication.translate("trainer_words", words)


def page_title(page: Page) -> str:
    """The name of a page."""
    return {
        Page.PACKS: tr("Packs"),
        Page.TRAINEES: tr("Trainees"),
        Page.RELEASES: tr("Releases"),
        Page.DISPUTES: tr("Disputes"),
        Page.RECHECKS: tr("Re-checks"),
    }[page]


PAGE_ICONS = {
    Page.PACKS: "folder",
    Page.TRAINEES: "person",
    Page.RELEASES: "lock",
    Page.DISPUTES: "flag",
    Page.RECHECKS: "clock",
}


def consent_words(consent: Consent) -> str:
    """What the family agreed to."""
    return {
        Consent.NONE: tr("Not stated"),
        Consent.WITHIN_LAB: tr("Within the laboratory, no training"),
        Consent.TRAINING: tr("Training of coders"),
        Consent.SYNTHETIC: tr("Drawn film, shows nobody"),
    }[consent]


def origin_words(kind: OriginKind) -> str:
    """How a reference came about."""
    return {
        OriginKind.EXPERT: tr("Expert reference"),
        OriginKind.CONSENSUS: tr("Consensus"),
    }[kind]


SEVERITY_ICONS = {
    Severity.ERROR: ("warning", "err"),
    Severity.WARNING: ("warning", "warn"),
    Severity.NOTE: ("info", "text2"),
}


def release_words(kind: ReleaseKind) -> str:
    """What a release allows."""
    return {
        ReleaseKind.FEEDBACK: tr("See the references of a finished form"),
        ReleaseKind.TAKE: tr("Take the form, or take it once more"),
    }[kind]


def share_words(estimate: Estimate) -> str:
    """``82 %, 52 to 95``, or why there is no value; n is told apart."""
    if estimate.value is None:
        return tr("undefined: {0}").format(why_words(estimate))
    value = percent(estimate.value)
    if estimate.low is None or estimate.high is None:
        return value
    low, high = (f"{100 * end:.0f}" for end in (estimate.low, estimate.high))
    return tr("{0}, {1} to {2}").format(value, low, high)


def is_few(estimate: Estimate) -> bool:
    """Whether a value rests on so few cases that this is said beside it."""
    return 0 < estimate.n < _FEW


def measure_words(measure: Measure, scheme: Scheme | None) -> str:
    """What is measured of what."""
    head = {
        Statistic.CLASS_SHARE: tr("Same class"),
        Statistic.CLASS_KAPPA: tr("Kappa of the class"),
        Statistic.ICC: tr("ICC(2,1)"),
        Statistic.WITHIN_ONE: tr("Within one point"),
        Statistic.EVENT_F1: tr("Onsets, F1"),
        Statistic.CODE_RECALL: tr("Onsets found"),
        Statistic.CODE_PRECISION: tr("Onsets in the reference"),
    }[measure.statistic]
    if measure.level is not None:
        return f"{head}, {level_words(measure.level)}"
    place = _place_words(measure, scheme)
    return f"{place}, {head}" if place else head


def _place_words(measure: Measure, scheme: Scheme | None) -> str:
    if measure.slot and scheme is not None:
        from ssp_coder.domain.scale import SlotId

        return slot_words(SlotId(measure.slot), scheme)
    return measure.slot or measure.scale or measure.code


def tendency_words(tendency: Tendency) -> str:
    """Which way a trainee errs."""
    return {
        Tendency.NONE: "",
        Tendency.OVER: tr("over"),
        Tendency.UNDER: tr("under"),
    }[tendency]


def flag_count(one: TraineeFile) -> str:
    """How many tendencies are pointed out, a dash before there is any figure."""
    bias = None if one.study is None else one.study.bias
    if bias is None:
        return DASH
    flagged = [*(s.bias for s in bias.scales), *(c.bias for c in bias.codes), bias.lag]
    count = sum(bias.flagged for bias in flagged)
    return tr("none") if not count else str(count)


def drift_words(one: TraineeFile) -> str:
    """Whether a chart alarmed at the last re-check."""
    if one.study is None or not any(chart.points for chart in one.study.watch.charts):
        return tr("none yet")
    alarmed = one.study.watch.alarmed
    return tr("alarm: calibrate anew") if alarmed else tr("no alarm")


def chart_title(chart: Chart, scheme: Scheme | None) -> str:
    """What a chart watches."""
    if chart.kind is ChartKind.AGREEMENT or chart.scale is None:
        return tr("Class")
    if scheme is None:
        return str(chart.scale)
    return str(next((s.title for s in scheme.scales if s.id == chart.scale), chart.scale))


def chart_state(chart: Chart) -> str:
    """Where a chart stands against its limit, and where it alarmed."""
    if not chart.points:
        return tr("no case yet")
    last = chart.points[-1]
    level = f"{max(last.up, last.down):.2f}"
    words = tr("{0} of {1}, n {2}").format(level, f"{chart.limit:g}", len(chart.points))
    return words if not chart.alarms else f"{words}; {tr('alarms: {0}').format(len(chart.alarms))}"


def false_alarm_words(setup: DriftFile) -> str:
    """How often a chart alarms though nothing changes, from the stored simulation."""
    row = setup.false_alarms(ChartKind.AGREEMENT)
    if row is None:
        return ""
    return tr(
        "A chart alarms falsely in {0} of series of {1} stable cases "
        "({2} simulated series, seed {3})."
    ).format(_exact(row), row.within, setup.simulated.runs, setup.simulated.seed)


def _exact(row: SimulatedRow) -> str:
    return f"{100 * row.share:.1f} %"


def signed(value: float, decimals: int = 1) -> str:
    """A difference with its sign."""
    return minus(f"{value:+.{decimals}f}")


def day_words(at_utc: str) -> str:
    """The day and time of a moment as the person's computer writes them."""
    moment = QDateTime.fromString(at_utc, Qt.DateFormat.ISODateWithMs)
    if not moment.isValid():
        return DASH
    return QLocale().toString(moment.toLocalTime(), QLocale.FormatType.ShortFormat)


def span_words(span: Span | None) -> str:
    """A stretch of the video, a dash for none."""
    if span is None:
        return DASH
    start = short_clock_text(span.start_us, digits=1)
    if span.end_us == span.start_us:
        return start
    return f"{start}{DASH}{short_clock_text(span.end_us, digits=1)}"
