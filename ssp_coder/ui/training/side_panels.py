"""Beside the feedback: the way to the criterion, tendencies, and the classes of all cases."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING

from PySide6.QtWidgets import QVBoxLayout, QWidget

from ssp_coder.agreement.comparison import ClassLevel
from ssp_coder.domain.time import SECOND_US
from ssp_coder.reporting.signs import minus
from ssp_coder.training.bias import Tendency
from ssp_coder.training.evaluation import first_attempts
from ssp_coder.training.pass_rules import Outcome
from ssp_coder.ui.agreement.words import why_words
from ssp_coder.ui.kit.chip import Tag, TagKind
from ssp_coder.ui.kit.interval_axis import IntervalRow, difference_scale
from ssp_coder.ui.kit.interval_chart import IntervalAxis
from ssp_coder.ui.kit.panel import Panel
from ssp_coder.ui.pairs.matrix import ConfusionGrid, Matrix
from ssp_coder.ui.rate.lettering import lettering
from ssp_coder.ui.theme.fonts import FontUse
from ssp_coder.ui.training.measure_words import measure_words, short_measure_words
from ssp_coder.ui.training.words import outcome_words

if TYPE_CHECKING:
    from ssp_coder.domain.scheme import Scheme
    from ssp_coder.training.bias import Bias, BiasPanel
    from ssp_coder.training.evaluation import CaseFigures
    from ssp_coder.training.pass_rules import CriterionResult, Evaluation
    from ssp_coder.ui.theme.theme import Theme
    from ssp_coder.ui.training.lesson import WayGone

_TAGS = {
    Outcome.PASSED: TagKind.OK,
    Outcome.NOT_PASSED: TagKind.NEUTRAL,
    Outcome.INSUFFICIENT: TagKind.WARN,
}


class WayPanel(Panel):
    """Each criterion of the pass rule with value, interval, n and its line."""

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(theme, self.tr("Criterion"), parent)
        self.axis = IntervalAxis(theme, self.tr("Way to the criterion"), self)
        self.tag = Tag(theme, "", TagKind.NEUTRAL, self)
        self._rule = lettering(theme, "", FontUse.CAPTION, "second")
        self.add_to_title(self.tag)
        self.set_body(_column(theme, self, self.axis, self._rule))

    def show_evaluation(self, evaluation: Evaluation | None, scheme: Scheme | None) -> None:
        """Show how far the trainee is."""
        if evaluation is None:
            self.axis.show_rows(())
            self.axis.hide()
            self.tag.hide()
            self._rule.setText(self.tr("No criterion can be told yet."))
            return
        self.axis.show()
        self.tag.show()
        self.tag.show_tag(outcome_words(evaluation.outcome), _TAGS[evaluation.outcome])
        rows = tuple(self._interval_of(result, scheme) for result in evaluation.results)
        self.axis.show_rows(rows)
        rule = evaluation.rule
        needed = max((one.cases for one in rule.criteria), default=0)
        kind = self.tr("convention") if rule.convention else self.tr("laboratory's own")
        words = self.tr("{0}: on {1} cases; {2}. Dashed: the line to reach.")
        self._rule.setText(words.format(rule.title, needed, kind))

    def _interval_of(self, result: CriterionResult, scheme: Scheme | None) -> IntervalRow:
        estimate = result.estimate
        return IntervalRow(
            label=short_measure_words(result.criterion.measure, scheme),
            value=estimate.value,
            low=estimate.low,
            high=estimate.high,
            n=estimate.n,
            criterion=result.criterion.threshold,
            words=why_words(estimate) if result.cases else self.tr("no case yet"),
            few=result.outcome is Outcome.INSUFFICIENT,
            note=f"{measure_words(result.criterion.measure, scheme)}: "
            f"{outcome_words(result.outcome)}",
        )


class TendencyPanel(Panel):
    """Signed differences from the reference on each scale, over cases."""

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(theme, self.tr("You against the reference"), parent)
        self.axis = IntervalAxis(theme, self.tr("You minus the reference, in points"), self)
        self._flags = lettering(theme, "", FontUse.BODY)
        self.set_body(_column(theme, self, self.axis, self._flags))

    def show_bias(self, bias: BiasPanel | None, scheme: Scheme | None) -> None:
        """Show what leans which way; pointed out is only what the settings flag."""
        rows, flags = [], []
        for one in () if bias is None else bias.scales:
            name = one.scale if scheme is None else scheme.scale(one.scale).abbreviation
            title = one.scale if scheme is None else str(scheme.scale(one.scale).title)
            rows.append(self._interval_of(name, one.bias))
            if one.bias.flagged and one.bias.estimate.value is not None:
                size = f"{abs(one.bias.estimate.value):.1f}"
                flags.append(self._leaning(one.bias.tendency).format(title, size))
        self.axis.show_rows(rows, difference_scale(rows))
        self.axis.setVisible(bool(rows))
        if bias is not None and bias.lag.flagged and bias.lag.estimate.value is not None:
            seconds = f"{abs(bias.lag.estimate.value) / SECOND_US:.1f}"
            late = bias.lag.tendency is Tendency.OVER
            words = self.tr("Onsets {0} s late.") if late else self.tr("Onsets {0} s early.")
            flags.append(words.format(seconds))
        if not rows:
            flags.append(self.tr("Nothing rated in both yet."))
        elif not flags:
            flags = [self.tr("No tendency is certain.")]
        self._flags.setText("\n".join(flags))

    def flags(self) -> str:
        """What is pointed out."""
        return self._flags.text()

    def _leaning(self, tendency: Tendency) -> str:
        if tendency is Tendency.OVER:
            return self.tr("{0}: too high by about {1} points.")
        return self.tr("{0}: too low by about {1} points.")

    def _interval_of(self, name: str, bias: Bias) -> IntervalRow:
        estimate = bias.estimate
        flagged = self.tr("a tendency") if bias.flagged else ""
        value = estimate.value
        shown = f"{value:+.1f}" if value is not None and bias.flagged else ""
        return IntervalRow(
            label=f"{name}  \N{BLACK LEFT-POINTING SMALL TRIANGLE}" if bias.flagged else name,
            value=value,
            low=estimate.low,
            high=estimate.high,
            n=estimate.n,
            words=why_words(estimate) if value is None else minus(shown),
            few=value is not None and estimate.low is None,
            note=flagged,
        )


class ClassPanel(Panel):
    """The classes of all first attempts against the reference's."""

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(theme, self.tr("Class"), parent)
        self.grid = ConfusionGrid(theme, self)
        self._cases = lettering(theme, "", FontUse.CAPTION, "second")
        self._by_cell: dict[tuple[int, int], tuple[str, ...]] = {}
        self.grid.setMinimumHeight(theme.px(150))
        self.set_body(_column(theme, self, self.grid, self._cases))
        self.grid.cell_chosen.connect(self._tell)

    def show_figures(self, figures: tuple[CaseFigures, ...], titles: dict[str, str]) -> None:
        """Show the classes; `titles` names the cases by their ids."""
        pairs = [
            (at.reference, at.own, titles.get(one.sitting.case, one.sitting.case))
            for one in first_attempts(figures)
            for at in (one.class_at(ClassLevel.FOUR_WAY),)
            if at is not None
        ]
        names = sorted({name for pair in pairs for name in pair[:2] if name})
        nothing = any(not own for _, own, _ in pairs)
        labels = (*names, *((self.tr("none"),) if nothing else ()))
        places = {name: place for place, name in enumerate(names)} | {"": len(names)}
        held: dict[tuple[int, int], list[str]] = {}
        for reference, own, case in pairs:
            held.setdefault((places[reference], places[own]), []).append(case)
        self._by_cell = {place: tuple(cases) for place, cases in held.items()}
        self.grid.show_matrix(
            Matrix(
                labels=labels,
                counts=Counter({place: len(cases) for place, cases in held.items()}),
                down=self.tr("reference"),
                across=self.tr("you"),
                has_nothing=nothing,
            )
        )
        self.grid.setVisible(bool(pairs))
        self.set_note(self.tr("first attempts: {0}").format(len(pairs)))
        self._tell(None)

    def _tell(self, place: object) -> None:
        cases = self._by_cell.get(place, ()) if isinstance(place, tuple) else ()
        words = ", ".join(cases) or self.tr("Reference down, you across")
        self._cases.setText(words)


class SidePanels(QWidget):
    """The three panels under each other."""

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.way = WayPanel(theme, self)
        self.tendency = TendencyPanel(theme, self)
        self.classes = ClassPanel(theme, self)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(theme.px(10))
        for panel in (self.way, self.tendency, self.classes):
            column.addWidget(panel)
        column.addStretch(1)

    def show_way(self, way: WayGone, scheme: Scheme | None, titles: dict[str, str]) -> None:
        """Show what all submissions say together."""
        self.way.show_evaluation(way.evaluation, scheme)
        self.tendency.show_bias(way.bias, scheme)
        self.classes.show_figures(way.figures, titles)


def _column(theme: Theme, parent: QWidget, *widgets: QWidget) -> QWidget:
    body = QWidget(parent)
    column = QVBoxLayout(body)
    column.setContentsMargins(theme.px(14), theme.px(8), theme.px(14), theme.px(10))
    column.setSpacing(theme.px(6))
    for widget in widgets:
        column.addWidget(widget)
    return body
