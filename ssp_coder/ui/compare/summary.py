"""Counts per code and episode, ratings and classes of a comparison, as tables."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtWidgets import (
    QAbstractItemView,
    QHBoxLayout,
    QHeaderView,
    QStackedWidget,
    QTableWidget,
    QTableWidgetItem,
    QVBoxLayout,
    QWidget,
)

from ssp_coder.agreement.comparison import ClassAgreement, ClassLevel, Comparison, Totals
from ssp_coder.domain.scale import NOT_RATED, Missing, Points, Score
from ssp_coder.domain.time import SECOND_US
from ssp_coder.formats.scores import slot_label
from ssp_coder.ui.kit.accessible import describe
from ssp_coder.ui.kit.marks import MarkShape, mark_icon
from ssp_coder.ui.kit.panel import Panel, hairline
from ssp_coder.ui.kit.rating_row import point_text
from ssp_coder.ui.kit.segmented import Segment, SegmentedControl
from ssp_coder.ui.theme.fonts import FontUse

if TYPE_CHECKING:
    from PySide6.QtGui import QIcon

    from ssp_coder.domain.scheme import Scheme
    from ssp_coder.ui.theme.theme import Theme

MINUS = "\N{MINUS SIGN}"
DASH = "\N{EN DASH}"


def signed(value: float, digits: int = 0) -> str:
    """A number with its sign; a difference of nothing has none."""
    text = f"{abs(value):.{digits}f}"
    if float(text) == 0:
        return text
    return f"{'+' if value > 0 else MINUS}{text}"


class SummaryTable(QTableWidget):
    """A table of words; the first column takes the room, the others are numbers."""

    def __init__(
        self, theme: Theme, headings: Sequence[tuple[str, str]], name: str, parent: QWidget
    ) -> None:
        super().__init__(0, len(headings), parent)
        self._theme = theme
        self.setFont(theme.font(FontUse.TABLE))
        self.setShowGrid(False)
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.setTabKeyNavigation(False)
        self.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        self.verticalHeader().hide()
        self.verticalHeader().setDefaultSectionSize(theme.px(23))
        header = self.horizontalHeader()
        header.setMinimumSectionSize(theme.px(30))
        header.setFont(theme.font(FontUse.CAPTION))
        side, top = theme.px(4), theme.px(3)
        header.setStyleSheet(f"QHeaderView::section {{ padding: {top}px {side}px; }}")
        for column, (words, meaning) in enumerate(headings):
            item = QTableWidgetItem(words)
            item.setToolTip(meaning)
            side = Qt.AlignmentFlag.AlignRight if column else Qt.AlignmentFlag.AlignLeft
            item.setTextAlignment(side | Qt.AlignmentFlag.AlignVCenter)
            self.setHorizontalHeaderItem(column, item)
        header.setSectionResizeMode(QHeaderView.ResizeMode.ResizeToContents)
        header.setSectionResizeMode(0, QHeaderView.ResizeMode.Stretch)
        describe(self, name)

    def show_rows(self, rows: Iterable[tuple[str, ...]]) -> None:
        """Show these rows and no others."""
        self.setRowCount(0)
        for row, cells in enumerate(rows):
            self.insertRow(row)
            for column, words in enumerate(cells):
                item = QTableWidgetItem(words)
                item.setToolTip(words)
                if column:
                    side = Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter
                    item.setTextAlignment(side)
                self.setItem(row, column, item)

    def set_mark(self, row: int, icon: QIcon, title: str) -> None:
        """Put a mark before the name of a row, and its whole title behind it."""
        item = self.item(row, 0)
        if item is not None:
            item.setIcon(icon)
            item.setToolTip(title)


class SummaryPanel(Panel):
    """One of four tables at a time, or the matrices of the codes."""

    def __init__(
        self,
        theme: Theme,
        scheme: Scheme,
        matrices: QWidget,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(theme, "", parent)
        self._scheme = scheme
        self._matrices = matrices
        counts = self._count_headings()
        pair = ((self.tr("Ref."), self.tr("Reference")), (self.tr("You"), self.tr("You")))
        self.codes = SummaryTable(
            theme, ((self.tr("Code"), ""), *counts), self.tr("Per code"), self
        )
        self.episodes = SummaryTable(
            theme, ((self.tr("Episode"), ""), *counts), self.tr("Per episode"), self
        )
        difference = (self.tr("Diff."), self.tr("Yours minus the reference's"))
        self.ratings = SummaryTable(
            theme, ((self.tr("Rated"), ""), *pair, difference), self.tr("Ratings"), self
        )
        self.classes = SummaryTable(
            theme, ((self.tr("Class"), ""), *pair, ("", "")), self.tr("Classes"), self
        )
        segments = (
            Segment(id="codes", title=self.tr("Codes")),
            Segment(id="episodes", title=self.tr("Episodes")),
            Segment(id="ratings", title=self.tr("Ratings")),
            Segment(id="classes", title=self.tr("Class")),
            Segment(id="matrix", title=self.tr("Matrix")),
        )
        self.chooser = SegmentedControl(theme, segments, self.tr("Numbers"), self)
        self._stack = QStackedWidget(self)
        for table in (self.codes, self.episodes, self.ratings, self.classes, matrices):
            self._stack.addWidget(table)
        self.set_body(self._build())
        describe(self, self.tr("Numbers"))
        self.chooser.segment_chosen.connect(self.show_table)
        self.show_table("codes")

    def _build(self) -> QWidget:
        """The choice above the tables: beside a title five words had no room."""
        px = self._theme.px
        body = QWidget(self)
        column = QVBoxLayout(body)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        row = QHBoxLayout()
        row.setContentsMargins(px(6), px(2), px(6), px(2))
        row.addWidget(self.chooser)
        row.addStretch(1)
        column.addLayout(row)
        column.addWidget(hairline(body))
        column.addWidget(self._stack, 1)
        return body

    def show_table(self, name: str) -> None:
        """Bring a table to the front: codes, episodes, ratings, classes or matrix."""
        tables = {
            "codes": self.codes,
            "episodes": self.episodes,
            "ratings": self.ratings,
            "classes": self.classes,
            "matrix": self._matrices,
        }
        self.chooser.set_chosen(name)
        self._stack.setCurrentWidget(tables[name])

    def show_comparison(self, comparison: Comparison) -> None:
        """Show the numbers of a comparison."""
        ethogram = self._scheme.ethogram
        self.codes.show_rows(
            (str(ethogram.code(total.code).short) if total.code else "", *self._counts(total))
            for total in comparison.by_code
        )
        for row, total in enumerate(comparison.by_code):
            if total.code is not None:
                group = ethogram.group_of(total.code)
                icon = mark_icon(self._theme, group.slot, MarkShape(group.shape))
                self.codes.set_mark(row, icon, f"{group.title}: {ethogram.code(total.code).title}")
        self.episodes.show_rows(
            (total.episode or "", *self._counts(total)) for total in comparison.by_episode
        )
        self._show_ratings(comparison)
        self.classes.show_rows(self._class_row(entry) for entry in comparison.classes)

    def _show_ratings(self, comparison: Comparison) -> None:
        rows = []
        for entry in comparison.ratings:
            if entry.reference is NOT_RATED and entry.own is NOT_RATED:
                continue
            difference = entry.difference
            words = DASH if difference is None else signed(difference, _digits(difference))
            rows.append(
                (
                    slot_label(entry.slot, self._scheme),
                    self._score(entry.reference),
                    self._score(entry.own),
                    words,
                )
            )
        self.ratings.show_rows(rows)

    def _score(self, score: Score) -> str:
        if isinstance(score, Points):
            return point_text(score.value)
        if isinstance(score, Missing):
            return self.tr("cannot be coded")
        return self.tr("not rated")

    def _class_row(self, entry: ClassAgreement) -> tuple[str, ...]:
        verdict = {True: self.tr("same"), False: self.tr("differs"), None: DASH}[entry.agrees]
        return (
            self._level(entry.level),
            self._class(entry.reference),
            self._class(entry.own),
            verdict,
        )

    def _class(self, name: str) -> str:
        return name.replace("_", " ") or DASH

    def _level(self, level: ClassLevel) -> str:
        return {
            ClassLevel.PRIMARY: self.tr("Primary"),
            ClassLevel.SUBGROUP: self.tr("Subgroup"),
            ClassLevel.SECONDARY: self.tr("Secondary"),
            ClassLevel.THREE_WAY: self.tr("Three classes"),
            ClassLevel.FOUR_WAY: self.tr("Four classes"),
            ClassLevel.SECURE_TWO_WAY: self.tr("Secure or not"),
            ClassLevel.D_TWO_WAY: self.tr("Disorganized or not"),
            ClassLevel.D_DECISION: self.tr("Own word on D"),
        }[level]

    def _counts(self, total: Totals) -> tuple[str, ...]:
        lag = total.median_lag_us
        agreement = total.agreement
        return (
            str(total.n_reference),
            str(total.n_own),
            str(total.matches),
            str(total.misses),
            str(total.false_alarms),
            str(total.wrong_codes),
            DASH if agreement is None else f"{agreement:.2f}",
            DASH if lag is None else signed(lag / SECOND_US, 1),
        )

    def _count_headings(self) -> tuple[tuple[str, str], ...]:
        return (
            (self.tr("Ref."), self.tr("Events of the reference")),
            (self.tr("You"), self.tr("Your events")),
            (self.tr("Same"), self.tr("Same code, onsets within the tolerance")),
            (self.tr("Miss"), self.tr("In the reference only")),
            (self.tr("Extra"), self.tr("In your coding only")),
            (self.tr("Other"), self.tr("You gave another code")),
            (self.tr("Agr."), self.tr("Twice the same over the events of both")),
            (self.tr("Lag s"), self.tr("Median onset, yours minus the reference's, of the same")),
        )


def _digits(difference: float) -> int:
    return 0 if difference == int(difference) else 1
