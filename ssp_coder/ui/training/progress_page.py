"""How a trainee's way went: curves, tendencies, exercises, and whether a certified coder drifts."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QGridLayout, QHBoxLayout, QScrollArea, QVBoxLayout, QWidget

from ssp_coder.domain.speaking import spoken_in
from ssp_coder.training.spacing import LATER
from ssp_coder.ui.background import BackgroundWork
from ssp_coder.ui.kit.accessible import describe
from ssp_coder.ui.kit.chip import Tag, TagKind
from ssp_coder.ui.kit.interval_chart import IntervalAxis
from ssp_coder.ui.kit.panel import Panel
from ssp_coder.ui.language.spoken import SPOKEN
from ssp_coder.ui.rate.lettering import lettering
from ssp_coder.ui.theme.fonts import FontUse
from ssp_coder.ui.training.curve_chart import CurveChart
from ssp_coder.ui.training.measure_words import measure_words
from ssp_coder.ui.training.progress_figures import ProgressFigures, progress_figures
from ssp_coder.ui.training.progress_words import (
    chart_picture,
    chart_state,
    chart_title,
    code_flags,
    code_rows,
    curve_line,
    curve_picture,
    estimate_line,
    limit_lines,
    ratio_scale,
    retention_rows,
)
from ssp_coder.ui.training.side_panels import TendencyPanel

if TYPE_CHECKING:
    from PySide6.QtGui import QShowEvent
    from PySide6.QtWidgets import QLabel

    from ssp_coder.training.bias import BiasPanel
    from ssp_coder.training.drift import Watch
    from ssp_coder.ui.theme.theme import Theme
    from ssp_coder.ui.training.desk import TrainingDesk


class CurvesPanel(Panel):
    """A chart for each statistic, two beside each other."""

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(theme, "", parent)
        self.set_title(self.tr("Learning curves"))
        self.set_note(self.tr("first attempts only; hollow: repeats, not counted"))
        self.charts: tuple[CurveChart, ...] = ()

    def show_curves(self, found: ProgressFigures) -> None:
        """Show all curves; the keyboard stays on the one that it was on."""
        held = next((place for place, one in enumerate(self.charts) if one.hasFocus()), None)
        px = self._theme.px
        body = QWidget(self)
        grid = _two_columns(self._theme, body)
        grid.setContentsMargins(px(14), px(10), px(14), px(12))
        charts = []
        for place, curve in enumerate(found.curves):
            name = measure_words(curve.measure, found.scheme)
            title = name[:1].upper() + name[1:]
            chart = CurveChart(self._theme, title, body)
            chart.show_picture(curve_picture(curve))
            charts.append(chart)
            cell = _stack(
                self._theme,
                body,
                lettering(self._theme, title, FontUse.LABEL_STRONG),
                lettering(self._theme, curve_line(curve), FontUse.TABLE, "second"),
                chart,
            )
            grid.addWidget(cell, place // 2, place % 2)
        words = self.tr(
            "Each dot looks back on the last cases; the band is the 95 % interval, "
            "the dashed line is to be reached."
        )
        if not charts:
            words = self.tr("A curve begins with the first case whose feedback was opened.")
        foot = lettering(self._theme, words, FontUse.TABLE, "second")
        grid.addWidget(foot, (len(charts) + 1) // 2, 0, 1, 2)
        grid.setRowStretch((len(charts) + 1) // 2 + 1, 1)
        self.charts = tuple(charts)
        self.set_body(body)
        if held is not None and held < len(charts):
            charts[held].setFocus(Qt.FocusReason.OtherFocusReason)


class CodesPanel(Panel):
    """How long each state lasts beside the reference."""

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(theme, "", parent)
        self.set_title(self.tr("How long you code each state"))
        self.set_note(self.tr("1 is as long as in the reference"))
        self.axis = IntervalAxis(theme, self.tr("Your time over the reference's"), self)
        self.flags = lettering(theme, "", FontUse.BODY)
        self.set_body(_stack(theme, self, self.axis, self.flags, inset=True))

    def show_bias(self, bias: BiasPanel | None, found: ProgressFigures) -> None:
        """Show the ratios, and in words those that are flagged."""
        rows = code_rows(bias, found.scheme)
        self.axis.show_rows(rows, ratio_scale(rows))
        self.axis.setVisible(bool(rows))
        flags = code_flags(bias, found.scheme)
        if not rows:
            flags = (self.tr("No state was coded long enough to tell."),)
        elif not flags:
            flags = (self.tr("No code is certainly used too much or too little."),)
        self.flags.setText("\n".join(flags))


class RetentionPanel(Panel):
    """How the exercises go, kind by kind."""

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(theme, "", parent)
        self.set_title(self.tr("Short exercises"))
        self.set_note(self.tr("answered as the reference"))
        self.axis = IntervalAxis(theme, self.tr("Exercises answered as the reference"), self)
        self.told = lettering(theme, "", FontUse.TABLE, "second")
        self.set_body(_stack(theme, self, self.axis, self.told, inset=True))

    def show_figures(self, found: ProgressFigures) -> None:
        """Show the kinds that were answered."""
        answered = [one for one in found.book.progress if one.first.n]
        self.axis.show_rows(retention_rows(answered))
        self.axis.setVisible(bool(answered))
        words = self.tr("None answered yet.")
        if answered:
            hours = round(LATER.total_seconds() / 3600)
            words = self.tr("Later: {0} hours or more after the answer before.").format(hours)
        self.told.setText(words)


class DriftPanel(Panel):
    """What the re-checks say, and what they cannot say."""

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(theme, "", parent)
        self.set_title(self.tr("Drift"))
        self.tag = Tag(theme, "", TagKind.NEUTRAL, self)
        self.add_to_title(self.tag)
        self.charts: tuple[CurveChart, ...] = ()
        self.limits: tuple[str, ...] = ()

    def show_watch(self, found: ProgressFigures) -> None:
        """Show the charts with their state, then their limits."""
        parts: list[QWidget] = []
        self.charts = ()
        if found.watch is None:
            self.tag.show_tag(self.tr("no re-check yet"), TagKind.NEUTRAL)
        else:
            parts += self._watched(found, found.watch)
        self.limits = () if found.setup is None else limit_lines(found.setup)
        parts += [lettering(self._theme, one, FontUse.TABLE, "second") for one in self.limits]
        if found.setup is not None:
            made = found.setup.simulated
            words = self.tr("Alarm levels: project default, by simulation ({0} runs, seed {1}).")
            said = words.format(f"{made.runs:,}", made.seed)
            parts.append(lettering(self._theme, said, FontUse.TABLE, "second"))
        self.set_body(_stack(self._theme, self, *parts, inset=True))

    def _watched(self, found: ProgressFigures, watched: Watch) -> list[QWidget]:
        alarmed = bool(watched.alarmed)
        words = self.tr("alarm") if alarmed else self.tr("no alarm")
        self.tag.show_tag(words, TagKind.WARN if alarmed else TagKind.NEUTRAL)
        said = self.tr("Last {0} re-checks: class {1}; onsets, F1 {2}").format(
            watched.rolling, estimate_line(watched.agreement), estimate_line(watched.events)
        )
        return [lettering(self._theme, said, FontUse.TABLE), self._charts(found, watched)]

    def _charts(self, found: ProgressFigures, watched: Watch) -> QWidget:
        """Each chart with its state, two beside each other."""
        holder = QWidget(self)
        grid = _two_columns(self._theme, holder)
        charts = []
        for place, one in enumerate(watched.charts):
            title = chart_title(one, found.scheme)
            parts: list[QWidget] = [
                lettering(self._theme, title, FontUse.LABEL_STRONG),
                lettering(self._theme, chart_state(one), FontUse.TABLE, "second"),
            ]
            if one.points:
                chart = CurveChart(self._theme, title, holder)
                chart.setFixedHeight(self._theme.px(84))
                chart.show_picture(chart_picture(one))
                parts.append(chart)
                charts.append(chart)
            grid.addWidget(_stack(self._theme, holder, *parts), place // 2, place % 2)
        self.charts = tuple(charts)
        return holder


class ProgressPage(QWidget):
    """Shows nobody else's way and compares with nobody."""

    def __init__(self, theme: Theme, desk: TrainingDesk, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme, self._desk = theme, desk
        self._work: BackgroundWork | None = None
        self._stale = True
        self.found = ProgressFigures()
        self.curves = CurvesPanel(theme, self)
        self.tendency = TendencyPanel(theme, self)
        self.codes = CodesPanel(theme, self)
        self.retention = RetentionPanel(theme, self)
        self.drift = DriftPanel(theme, self)
        self.trouble: QLabel = lettering(theme, "", FontUse.BODY, "err")
        self._build()
        desk.figures_changed.connect(self.refresh)
        desk.changed.connect(self.refresh)
        describe(self, self.tr("Progress"))
        self._show(self.found)

    def refresh(self) -> None:
        """Work everything out anew; while the page is hidden, when it is shown next."""
        self._stale = True
        if self.isVisible():
            self._begin()

    def shut(self) -> None:
        """Let the work go, as the window closes; twice is harmless."""
        if self._work is not None:
            self._work.cancel()
            self._work.deleteLater()
            self._work = None

    def showEvent(self, event: QShowEvent) -> None:  # noqa: N802, D102 - Qt's name
        super().showEvent(event)
        if self._stale and not event.spontaneous():
            self._begin()

    def _begin(self) -> None:
        self.shut()
        self._stale = False
        desk = self._desk
        pack, programme, entries = desk.pack, desk.programme, desk.entries
        if pack is None or programme is None:
            self._show(ProgressFigures())
            return
        figures, rule = desk.figures, desk.rule

        def work(_told: object, _cancelled: object) -> object:
            return progress_figures(figures, rule, (pack, programme, entries))

        self._work = BackgroundWork(work, self)
        self._work.done.connect(self._take)
        self._work.failed.connect(self._fail)
        self._work.start()

    def _take(self, found: object) -> None:
        self.shut()
        if isinstance(found, ProgressFigures):
            self._show(found)

    def _fail(self, words: str) -> None:
        self.shut()
        self.trouble.setText(words)
        self.trouble.show()

    def _show(self, found: ProgressFigures) -> None:
        scheme = None if found.scheme is None else spoken_in(found.scheme, SPOKEN.language)
        self.found = replace(found, scheme=scheme)
        self.trouble.hide()
        bias, certified = self._desk.way.bias, self._is_certified()
        self.curves.show_curves(self.found)
        self.tendency.show_bias(bias, scheme)
        self.codes.show_bias(bias, self.found)
        self.retention.show_figures(self.found)
        self.drift.show_watch(self.found)
        self.drift.setVisible(certified or found.watch is not None)

    def _is_certified(self) -> bool:
        programme = self._desk.programme
        return programme is not None and programme.certified is not None

    def _build(self) -> None:
        px = self._theme.px
        inner = QWidget(self)
        row = QHBoxLayout(inner)
        row.setContentsMargins(0, 0, px(4), 0)
        row.setSpacing(px(12))
        left, right = QVBoxLayout(), QVBoxLayout()
        left.setSpacing(px(12))
        right.setSpacing(px(12))
        left.addWidget(self.trouble)
        left.addWidget(self.drift)
        left.addWidget(self.curves)
        left.addStretch(1)
        for panel in (self.tendency, self.codes, self.retention):
            right.addWidget(panel)
        right.addStretch(1)
        row.addLayout(left, 3)
        row.addLayout(right, 2)
        scroll = QScrollArea(self)
        scroll.setWidgetResizable(True)
        scroll.setFrameShape(QScrollArea.Shape.NoFrame)
        scroll.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        scroll.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        scroll.setWidget(inner)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.addWidget(scroll)


def _two_columns(theme: Theme, holder: QWidget) -> QGridLayout:
    grid = QGridLayout(holder)
    grid.setContentsMargins(0, theme.px(4), 0, theme.px(4))
    grid.setHorizontalSpacing(theme.px(20))
    grid.setVerticalSpacing(theme.px(14))
    grid.setColumnStretch(0, 1)
    grid.setColumnStretch(1, 1)
    return grid


def _stack(theme: Theme, parent: QWidget, *widgets: QWidget, inset: bool = False) -> QWidget:
    body = QWidget(parent)
    column = QVBoxLayout(body)
    margins = (theme.px(14), theme.px(8), theme.px(14), theme.px(10)) if inset else (0, 0, 0, 0)
    column.setContentsMargins(*margins)
    column.setSpacing(theme.px(4))
    for widget in widgets:
        column.addWidget(widget)
    return body
