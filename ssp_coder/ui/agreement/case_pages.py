"""Pages of the report of a study whose cases are sessions: ratings, classes, several coders."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QSplitter, QVBoxLayout, QWidget

from ssp_coder.agreement.comparison import ClassLevel
from ssp_coder.ui.agreement.bland_altman import BlandAltmanChart, Differences
from ssp_coder.ui.agreement.figure_table import FigureColumn, FigureTable
from ssp_coder.ui.agreement.shared_pages import scrolled
from ssp_coder.ui.agreement.study_pages import StudyPage
from ssp_coder.ui.agreement.words import (
    DASH,
    accuracy_words,
    icc_bands,
    kappa_bands,
    kappa_row,
    kappa_said,
    level_words,
    said,
    share,
    short,
    signed,
    signed_with_interval,
    slot_words,
    with_interval,
)
from ssp_coder.ui.kit.interval_axis import IntervalRow
from ssp_coder.ui.kit.interval_chart import IntervalAxis
from ssp_coder.ui.pairs.matrix import NO_MATRIX, ConfusionGrid, Matrix
from ssp_coder.ui.text import slot_words as slot_sign

if TYPE_CHECKING:
    from collections.abc import Callable

    from ssp_coder.agreement.classes import LabelAgreement
    from ssp_coder.agreement.estimate import Estimate
    from ssp_coder.agreement.study_cases import ScaleAgreement, SeveralCoders
    from ssp_coder.ui.agreement.work import StudyResult
    from ssp_coder.ui.theme.theme import Theme

ClassRow = tuple[ClassLevel, "LabelAgreement"]


class StudyRatingsPage(StudyPage):
    """Every scale in every episode, not pooled."""

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(theme, parent)
        self._result: StudyResult | None = None
        self.axis = IntervalAxis(theme, self.tr("ICC(2,1) of each scale"), self)
        self.chart = BlandAltmanChart(theme, self)
        self.table = FigureTable(theme, self.tr("Agreement per scale and episode"), self)
        self._chart_panel = self.panel(self.tr("Differences"), self.chart)
        axis = self.panel(self.tr("ICC(2,1), absolute agreement"), self.axis)
        body = QWidget()
        column = QVBoxLayout(body)
        column.setContentsMargins(0, 0, 0, 0)
        column.addWidget(axis)
        column.addStretch(1)
        upper = QSplitter(Qt.Orientation.Horizontal, self)
        upper.addWidget(scrolled(body))
        upper.addWidget(self._chart_panel)
        whole = QSplitter(Qt.Orientation.Vertical, self)
        whole.addWidget(upper)
        whole.addWidget(self.table)
        for splitter in (upper, whole):
            splitter.setChildrenCollapsible(False)
        self.note = self.caption("")
        self.column.addWidget(whole, 1)
        self.column.addWidget(self.note)
        self.table.row_current.connect(self._show_scale)
        self.axis.row_chosen.connect(self._go_to_row)

    def show_result(self, result: StudyResult) -> None:
        """Show the ratings of a study."""
        self._result = result
        scales, scheme = result.report.study.scales, result.scheme
        self.axis.show_rows(
            [
                _icc_row(slot_sign(one.slot.id, scheme), slot_words(one.slot.id, scheme), one)
                for one in scales
            ]
        )
        self.table.show_rows(self._columns(result), scales)
        vary = self.tr(
            "Coders vary by session, so ICC(1,1) fits; ICC(2,1) takes them for the same two."
        )
        few = self.tr("few: fewer than 10 cases")
        self.note.setText(f"{few}. {vary}" if result.report.study.pairs_vary else f"{few}.")
        if scales:
            self._show_scale(0)
        else:
            self._chart_panel.set_title(self.tr("Differences"))
            self._chart_panel.set_note("")
            self.chart.show_differences(None)

    def _show_scale(self, place: int) -> None:
        if self._result is None:
            return
        one, scheme = self._result.report.study.scales[place], self._result.scheme
        name = slot_words(one.slot.id, scheme)
        points = one.ratings.points
        self._chart_panel.set_title(name)
        self._chart_panel.set_note(self.tr("n = {0}").format(one.ratings.n))
        self.chart.show_differences(
            Differences(
                name=name,
                ends=(points[0], points[-1]),
                pairs=one.pairs,
                figures=one.ratings.differences,
            )
        )

    def _go_to_row(self, place: int) -> None:
        row = self.table.figures.row_of(place)
        self.table.setCurrentIndex(self.table.figures.index(row, 0))

    def _columns(self, result: StudyResult) -> tuple[FigureColumn, ...]:
        icc = icc_bands()
        return (
            FigureColumn(
                title=self.tr("Scale"),
                text=lambda row: slot_words(row.slot.id, result.scheme),
                left=True,
            ),
            _ratings_column(self.tr("ICC(2,1)"), lambda row: row.ratings.icc.icc_2_1, icc),
            _ratings_column(self.tr("ICC(3,1)"), lambda row: row.ratings.icc.icc_3_1, icc),
            _ratings_column(self.tr("ICC(1,1)"), lambda row: row.ratings.icc.icc_1_1, icc),
            FigureColumn(
                title=self.tr("Quadratic kappa"),
                text=lambda row: said(row.ratings.quadratic.kappa),
                order=lambda row: row.ratings.quadratic.kappa.value,
                hint=kappa_bands(),
            ),
            FigureColumn(
                title=self.tr("Equal"),
                text=lambda row: share(row.ratings.exact),
                order=lambda row: row.ratings.exact.value,
            ),
            FigureColumn(
                title=self.tr("Within 1"),
                text=lambda row: share(row.ratings.within_one),
                order=lambda row: row.ratings.within_one.value,
            ),
            FigureColumn(
                title=self.tr("Bias"),
                text=lambda row: signed_with_interval(row.ratings.bias),
                order=lambda row: row.ratings.bias.value,
                hint=self.tr("Second minus first coder, with the interval of a mean"),
            ),
            FigureColumn(title=self.tr("Limits of agreement"), text=_limits),
            FigureColumn(
                title=self.tr("n"),
                text=lambda row: self._count(row),
                order=lambda row: row.ratings.n,
            ),
        )

    def _count(self, row: ScaleAgreement) -> str:
        words = self.tr("{0}, few") if row.ratings.few else "{0}"
        return words.format(row.ratings.n)


class StudyClassesPage(StudyPage):
    """Classes at every level, with the table of the chosen one."""

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(theme, parent)
        self._rows: tuple[ClassRow, ...] = ()
        self.axis = IntervalAxis(theme, self.tr("Kappa of classes"), self)
        self.grid = ConfusionGrid(theme, self)
        self.table = FigureTable(theme, self.tr("Agreement on classes"), self)
        self.labels = FigureTable(theme, self.tr("Agreement on each class"), self)
        self.several = FigureTable(theme, self.tr("Three or more coders"), self)
        body = QWidget()
        column = QVBoxLayout(body)
        column.setContentsMargins(0, 0, 0, 0)
        column.addWidget(self.panel(self.tr("Kappa, cases drawn anew"), self.axis))
        column.addStretch(1)
        self._grid_panel = self.panel(self.tr("Cases"), scrolled(self.grid))
        self._several_panel = self.panel(self.tr("Three or more coders"), self.several)
        upper = QSplitter(Qt.Orientation.Horizontal, self)
        for part in (scrolled(body), self._grid_panel, self.labels):
            upper.addWidget(part)
        upper.setSizes([theme.px(520), theme.px(420), theme.px(400)])
        lower = QSplitter(Qt.Orientation.Horizontal, self)
        lower.addWidget(self.table)
        lower.addWidget(self._several_panel)
        lower.setSizes([theme.px(740), theme.px(560)])
        whole = QSplitter(Qt.Orientation.Vertical, self)
        whole.addWidget(upper)
        whole.addWidget(lower)
        for splitter in (upper, lower, whole):
            splitter.setChildrenCollapsible(False)
        self.column.addWidget(whole, 1)
        self.table.row_current.connect(self._show_level)

    def show_result(self, result: StudyResult) -> None:
        """Show the classes of a study."""
        study = result.report.study
        rows = [(level.level, level.figures) for level in study.classes]
        if study.disorganization is not None and study.disorganization.decision.n:
            rows.append((ClassLevel.D_DECISION, study.disorganization.decision))
        self._rows = tuple(rows)
        bands = kappa_bands()
        self.axis.show_rows(
            [kappa_row(level_words(level), found.kappa, bands) for level, found in rows]
        )
        self.table.show_rows(self._columns(), self._rows)
        self._several_panel.setVisible(bool(study.several))
        self.several.show_rows(self._several_columns(result), study.several)
        if rows:
            self._show_level(0)
        else:
            self._grid_panel.set_title(self.tr("Cases"))
            self._grid_panel.set_note("")
            self.grid.show_matrix(NO_MATRIX)
            self.labels.show_rows((), ())

    def _show_level(self, place: int) -> None:
        level, found = self._rows[place]
        self._grid_panel.set_title(level_words(level))
        note = self.tr("n = {0}; first coder down, second across")
        self._grid_panel.set_note(note.format(found.n))
        words = (self.tr("First coder"), self.tr("Second coder"))
        self.grid.show_matrix(_case_matrix(found, words))
        rows = [
            (label, estimate)
            for label, estimate in zip(found.labels, found.specific, strict=True)
            if estimate.is_defined
        ]
        self.labels.show_rows(
            (
                FigureColumn(title=self.tr("Class"), text=lambda row: _label(row[0]), left=True),
                FigureColumn(
                    title=self.tr("Specific agreement"),
                    text=lambda row: with_interval(row[1]),
                    order=lambda row: row[1].value,
                ),
                FigureColumn(
                    title=self.tr("n"),
                    text=lambda row: str(row[1].n),
                    order=lambda row: row[1].n,
                    hint=self.tr("Cases that either put there"),
                ),
            ),
            rows,
        )

    def _columns(self) -> tuple[FigureColumn, ...]:
        return (
            FigureColumn(title=self.tr("Level"), text=lambda row: level_words(row[0]), left=True),
            FigureColumn(
                title=self.tr("Agreement"),
                text=lambda row: share(row[1].agreement),
                order=lambda row: row[1].agreement.value,
            ),
            FigureColumn(
                title=self.tr("Kappa"),
                text=lambda row: kappa_said(row[1].kappa),
                order=lambda row: row[1].kappa.kappa.value,
                hint=kappa_bands(),
            ),
            FigureColumn(
                title=self.tr("Max"),
                text=lambda row: short(row[1].kappa.kappa_max),
                hint=self.tr("Largest kappa with these totals"),
            ),
            FigureColumn(
                title=self.tr("AC1"),
                text=lambda row: short(row[1].ac1),
                order=lambda row: row[1].ac1.value,
                hint=self.tr("Gwet's AC1, a companion figure"),
            ),
            FigureColumn(
                title=self.tr("Accuracy"),
                text=lambda row: short(row[1].accuracy),
                order=lambda row: row[1].accuracy.value,
                hint=accuracy_words(),
            ),
            FigureColumn(
                title=self.tr("n"), text=lambda row: str(row[1].n), order=lambda row: row[1].n
            ),
            FigureColumn(
                title=self.tr("Left out"),
                text=lambda row: str(row[1].left_out),
                order=lambda row: row[1].left_out,
                hint=self.tr("Cases that one of the two did not class"),
            ),
        )

    def _several_columns(self, result: StudyResult) -> tuple[FigureColumn, ...]:
        def name(row: SeveralCoders) -> str:
            if row.slot is not None:
                return slot_words(row.slot, result.scheme)
            return "" if row.level is None else level_words(row.level)

        return (
            FigureColumn(title=self.tr("Of"), text=name, left=True),
            FigureColumn(
                title=self.tr("Fleiss kappa"),
                text=lambda row: said(row.fleiss.kappa),
                order=lambda row: row.fleiss.kappa.value,
                hint=kappa_bands(),
            ),
            FigureColumn(title=self.tr("Cases"), text=lambda row: str(row.fleiss.n)),
            FigureColumn(title=self.tr("Coders"), text=lambda row: str(row.fleiss.raters)),
            FigureColumn(
                title=self.tr("Krippendorff alpha"),
                text=lambda row: said(row.alpha),
                order=lambda row: row.alpha.value,
            ),
        )


def _icc_row(sign: str, name: str, one: ScaleAgreement) -> IntervalRow:
    estimate = one.ratings.icc.icc_2_1
    return IntervalRow(
        label=sign,
        value=estimate.value,
        low=estimate.low,
        high=estimate.high,
        n=one.ratings.n,
        words="" if estimate.is_defined else said(estimate),
        few=one.ratings.few,
        note=f"{name}. {icc_bands()}",
    )


def _ratings_column(
    title: str, estimate: Callable[[ScaleAgreement], Estimate], hint: str
) -> FigureColumn:
    return FigureColumn(
        title=title,
        text=lambda row: with_interval(estimate(row)),
        order=lambda row: estimate(row).value,
        hint=hint,
    )


def _limits(row: ScaleAgreement) -> str:
    found = row.ratings.differences
    if found.lower.value is None or found.upper.value is None:
        return DASH
    return f"{signed(found.lower.value)} … {signed(found.upper.value)}"


def _case_matrix(found: LabelAgreement, coders: tuple[str, str]) -> Matrix:
    """The rows and columns that hold any case."""
    table = found.table
    used = range(len(found.labels))
    kept = [at for at in used if any(table[at]) or any(row[at] for row in table)]
    counts = {
        (i, j): table[row][column]
        for i, row in enumerate(kept)
        for j, column in enumerate(kept)
        if table[row][column]
    }
    return Matrix(
        labels=tuple(_label(found.labels[at]) for at in kept),
        counts=counts,
        down=coders[0],
        across=coders[1],
    )


def _label(label: str) -> str:
    return label.replace("_", " ")
