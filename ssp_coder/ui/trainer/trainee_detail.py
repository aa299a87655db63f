"""One trainee: the logbook's state, the criteria, the tendencies, the watch for drift."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QSize
from PySide6.QtWidgets import QLabel, QVBoxLayout, QWidget

from ssp_coder.domain.finding import DomainError
from ssp_coder.domain.time import SECOND_US
from ssp_coder.training.references import pack_scheme
from ssp_coder.ui.kit.chip import Tag, TagKind
from ssp_coder.ui.kit.interval_axis import IntervalRow, difference_scale
from ssp_coder.ui.kit.interval_chart import IntervalAxis
from ssp_coder.ui.kit.panel import Panel
from ssp_coder.ui.language.spoken import said_error, said_sentence
from ssp_coder.ui.trainer.forms import caption, paragraph, scrolled
from ssp_coder.ui.trainer.words import (
    chart_state,
    chart_title,
    false_alarm_words,
    measure_words,
    share_words,
    signed,
    tendency_words,
)
from ssp_coder.ui.training.words import outcome_words

if TYPE_CHECKING:
    from ssp_coder.agreement.estimate import Estimate
    from ssp_coder.domain.scheme import Scheme
    from ssp_coder.training.bias import Bias, BiasPanel
    from ssp_coder.training.pass_rules import CriterionResult
    from ssp_coder.training.trainee_files import TraineeFile, TraineeStudy
    from ssp_coder.ui.theme.theme import Theme
    from ssp_coder.ui.trainer.trainees_desk import TraineesDesk

_OUTCOME_TAGS = {
    "passed": TagKind.OK,
    "not_passed": TagKind.WARN,
    "insufficient_evidence": TagKind.NEUTRAL,
}


class TraineeDetail(Panel):
    """Everything the trainer sees of one trainee, in one column."""

    def __init__(self, theme: Theme, desk: TraineesDesk, parent: QWidget | None = None) -> None:
        super().__init__(theme, parent=parent)
        self._desk = desk
        content = QWidget(self)
        self._parts = QVBoxLayout(content)
        side = theme.px(12)
        self._parts.setContentsMargins(side, side, side, side)
        self._parts.setSpacing(theme.px(6))
        self.faults = paragraph(theme, "", content, "err")
        self.state = paragraph(theme, "", content)
        self.outcome = Tag(theme, "", TagKind.NEUTRAL, content)
        self.criteria = IntervalAxis(theme, self.tr("Criteria"), content)
        self.scales = IntervalAxis(theme, self.tr("Tendencies in points"), content)
        self.others = paragraph(theme, "", content)
        self.drift = paragraph(theme, "", content)
        self._limits = paragraph(theme, "", content, "hint")
        self._titles: dict[QWidget, QLabel] = {
            self.criteria: caption(theme, self.tr("Criteria of the pass rule"), content),
            self.scales: caption(
                theme, self.tr("Own points minus the reference's, mean of cases"), content
            ),
            self.others: caption(theme, self.tr("Time of states and lag of onsets"), content),
            self.drift: caption(theme, self.tr("Watch for drift, re-checks only"), content),
        }
        for part in (self.faults, self.state, self.outcome):
            self._parts.addWidget(part)
        for widget, title in self._titles.items():
            self._parts.addSpacing(theme.px(6))
            self._parts.addWidget(title)
            self._parts.addWidget(widget)
        self._parts.addWidget(self._limits)
        self._parts.addStretch(1)
        self.set_body(scrolled(content, self))
        self.show_trainee(None)

    def sizeHint(self) -> QSize:  # noqa: N802, D102 - Qt's name
        return QSize(self._theme.px(360), self._theme.px(400))

    def show_trainee(self, one: TraineeFile | None) -> None:
        """Show a trainee, or that nobody is chosen."""
        study = None if one is None else one.study
        self.set_title(self.tr("Nobody chosen") if one is None else one.trainee)
        faults = () if one is None else one.findings
        self.faults.setText("\n".join(said_sentence(finding) for finding in faults))
        self.faults.setVisible(bool(faults))
        for part in (self.state, self.outcome, self.drift, self._limits):
            part.setVisible(study is not None)
        self._titles[self.drift].setVisible(study is not None)
        for widget in (self.criteria, self.scales, self.others):
            self._show(widget, shown=False)
        if study is None:
            if one is not None and not faults:
                self.state.setText(self.tr("The logbook tells nothing of this pack."))
                self.state.show()
            return
        scheme = self._scheme()
        self.state.setText(self._state_words(study))
        self._show_criteria(study, scheme)
        self._show_bias(study.bias, scheme)
        self._show_drift(study, scheme)

    def _scheme(self) -> Scheme | None:
        if self._desk.pack is None:
            return None
        try:
            return pack_scheme(self._desk.pack)
        except DomainError as error:
            self.faults.setText(said_error(error))
            self.faults.show()
            return None

    def _show(self, widget: QWidget, *, shown: bool) -> None:
        widget.setVisible(shown)
        self._titles[widget].setVisible(shown)

    def _state_words(self, study: TraineeStudy) -> str:
        row = study.row
        lines = [
            self.tr("{0} first attempts submitted, {1} repeats").format(row.submitted, row.repeats),
            self.tr("{0} items disputed, {1} rules unclear").format(row.disputes, row.unclear),
        ]
        if study.sealed:
            words = self.tr("{0} submissions wait for the form's end or the trainer's word")
            lines.append(words.format(study.sealed))
        pack = self._desk.pack
        if pack is not None and pack.enriched:
            lines.append(self.tr("Not at the natural base rate: no study's reliability"))
        return "\n".join(lines)

    def _show_criteria(self, study: TraineeStudy, scheme: Scheme | None) -> None:
        evaluation = study.row.evaluation
        if evaluation is None:
            self.outcome.show_tag(self.tr("no pass rule"), TagKind.NEUTRAL)
            return
        outcome = evaluation.outcome
        words = self.tr("Pass rule: {0}").format(outcome_words(outcome))
        self.outcome.show_tag(words, _OUTCOME_TAGS[outcome.value])
        self.criteria.show_rows([_criterion_row(one, scheme) for one in evaluation.results])
        self._show(self.criteria, shown=True)

    def _show_bias(self, bias: BiasPanel | None, scheme: Scheme | None) -> None:
        if bias is None:
            return
        rows = [_bias_row(_scale_title(str(one.scale), scheme), one.bias) for one in bias.scales]
        if rows:
            self.scales.show_rows(rows, difference_scale(rows))
            self._show(self.scales, shown=True)
        lines = []
        if scheme is not None:
            for one in bias.codes:
                words = (
                    f"{scheme.ethogram.code(one.code).title!s}: {self._times(one.bias.estimate)}"
                )
                lines.append(self._flagged(words, one.bias))
        lines.append(self._flagged(self._lag_words(bias), bias.lag))
        self.others.setText("\n".join(lines))
        self._show(self.others, shown=True)

    def _times(self, estimate: Estimate) -> str:
        """How many times as long as in the reference, with interval and n."""
        if estimate.value is None:
            return share_words(estimate)
        ends = ""
        if estimate.low is not None and estimate.high is not None:
            ends = self.tr(" ({0:.2f} to {1:.2f})").format(estimate.low, estimate.high)
        words = self.tr("{0} times as long{1}, n {2}")
        return words.format(f"{estimate.value:.2f}", ends, estimate.n)

    def _lag_words(self, bias: BiasPanel) -> str:
        value = bias.lag.estimate.value
        if value is None:
            return self.tr("Lag of onsets: no matched onset yet")
        words = self.tr("Lag of onsets: {0} s, n {1} cases")
        return words.format(signed(value / SECOND_US, 2), bias.lag.estimate.n)

    def _flagged(self, words: str, bias: Bias) -> str:
        way = tendency_words(bias.tendency)
        return f"\N{BLACK RIGHT-POINTING SMALL TRIANGLE} {words} ({way})" if way else words

    def _show_drift(self, study: TraineeStudy, scheme: Scheme | None) -> None:
        charts = [chart for chart in study.watch.charts if chart.points]
        lines = [f"{chart_title(one, scheme)}: {chart_state(one)}" for one in charts]
        if study.watch.agreement.n:
            words = self.tr("Same class in the last {0}: {1}").format(
                study.watch.agreement.n, share_words(study.watch.agreement)
            )
            lines.append(words)
        self.drift.setText("\n".join(lines) or self.tr("no re-check yet"))
        try:
            self._limits.setText(false_alarm_words(self._desk.drift()))
        except DomainError as error:
            self._limits.setText(said_error(error))


def _scale_title(scale: str, scheme: Scheme | None) -> str:
    scales = () if scheme is None else scheme.scales
    return next((str(one.abbreviation) for one in scales if one.id == scale), scale)


def _criterion_row(result: CriterionResult, scheme: Scheme | None) -> IntervalRow:
    criterion, estimate = result.criterion, result.estimate
    return IntervalRow(
        label=measure_words(criterion.measure, scheme),
        value=estimate.value,
        low=estimate.low,
        high=estimate.high,
        n=result.cases,
        criterion=criterion.threshold,
        words="" if estimate.value is not None else share_words(estimate),
        few=result.cases < criterion.cases,
        note=outcome_words(result.outcome),
    )


def _bias_row(label: str, bias: Bias) -> IntervalRow:
    estimate = bias.estimate
    way = tendency_words(bias.tendency)
    return IntervalRow(
        label=f"{label} \N{BLACK RIGHT-POINTING SMALL TRIANGLE} {way}" if way else label,
        value=estimate.value,
        low=estimate.low,
        high=estimate.high,
        n=estimate.n,
        words="" if estimate.value is not None else share_words(estimate),
    )
