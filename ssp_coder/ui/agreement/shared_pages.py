"""Pages that the reports of a pair and of a study share: method, and all numbers."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import (
    QFrame,
    QHBoxLayout,
    QLabel,
    QPlainTextEdit,
    QScrollArea,
    QVBoxLayout,
    QWidget,
)

from ssp_coder.reporting.agreement_method import (
    CHECK,
    method_paragraph,
    seconds_words,
    settings_words,
    sources,
)
from ssp_coder.reporting.signs import minus
from ssp_coder.ui.agreement.figure_table import FigureColumn, FigureTable
from ssp_coder.ui.agreement.words import why_words
from ssp_coder.ui.kit.accessible import describe
from ssp_coder.ui.kit.button import PushButton
from ssp_coder.ui.kit.field import FieldWithError
from ssp_coder.ui.kit.interval_chart import IntervalAxis
from ssp_coder.ui.kit.panel import Panel
from ssp_coder.ui.rate.lettering import lettering, short_lettering
from ssp_coder.ui.theme.fonts import FontUse

if TYPE_CHECKING:
    from collections.abc import Sequence

    from ssp_coder.agreement.protocol import Protocol
    from ssp_coder.formats.agreement_table import AgreementRow
    from ssp_coder.reporting.agreement_method import Used
    from ssp_coder.ui.kit.interval_axis import IntervalRow
    from ssp_coder.ui.theme.theme import Theme


class Page(QWidget):
    """A page of a report: parts one below the other."""

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme = theme
        self.column = QVBoxLayout(self)
        self.column.setContentsMargins(0, theme.px(8), 0, 0)
        self.column.setSpacing(theme.px(8))

    def panel(self, title: str, body: QWidget) -> Panel:
        """A part with its title round it."""
        panel = Panel(self._theme, title, self)
        inner = QWidget(panel)
        column = QVBoxLayout(inner)
        px = self._theme.px
        column.setContentsMargins(px(10), px(4), px(10), px(8))
        column.addWidget(body)
        panel.set_body(inner)
        return panel

    def row(self, *parts: QWidget) -> QHBoxLayout:
        """Parts side by side, as wide as each other."""
        row = QHBoxLayout()
        row.setSpacing(self._theme.px(8))
        for part in parts:
            row.addWidget(part, 1)
        return row

    def caption(self, words: str) -> QLabel:
        """A small sentence under a figure."""
        return lettering(self._theme, words, FontUse.CAPTION, "second")


def scrolled(body: QWidget) -> QScrollArea:
    """A part that is scrolled when it is higher than its place; Tab brings its parts into view."""
    area = QScrollArea()
    area.setWidgetResizable(True)
    area.setFrameShape(QFrame.Shape.NoFrame)
    area.setFocusPolicy(Qt.FocusPolicy.NoFocus)
    area.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
    area.setWidget(body)
    # What is scrolled lies on the ground of the page, not on one of its own.
    body.setAutoFillBackground(False)
    area.viewport().setAutoFillBackground(False)
    return area


class IndexesPage(Page):
    """One time-based and one event-based index of each group, with their intervals."""

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(theme, parent)
        self.time = IntervalAxis(theme, self.tr("Kappa of time units"), self)
        self.events = IntervalAxis(theme, self.tr("Kappa of aligned events"), self)
        body = QWidget()
        column = QVBoxLayout(body)
        column.setContentsMargins(0, 0, 0, 0)
        self._left = self.panel(self.tr("Time units, no tolerance"), self.time)
        self._right = self.panel(self.tr("Aligned events"), self.events)
        row = self.row(self._left, self._right)
        for panel in (self._left, self._right):
            row.setAlignment(panel, Qt.AlignmentFlag.AlignTop)
        column.addLayout(row)
        self.note = self.caption("")
        column.addWidget(self.note)
        column.addStretch(1)
        self.column.addWidget(scrolled(body))

    def show_indexes(
        self, times: list[IntervalRow], events: list[IntervalRow], protocol: Protocol, note: str
    ) -> None:
        """Show an index a row; `note` says how the intervals came about."""
        self.time.show_rows(times)
        self.events.show_rows(events)
        self._left.set_note(self.tr("units of {0}").format(seconds_words(protocol.unit_us)))
        words = self.tr("lag up to {0}; n: tallies").format(seconds_words(protocol.alignment_us))
        self._right.set_note(words)
        self.note.setText(note)


class MethodPage(Page):
    """What was done, to paste into a paper, with its sources and settings."""

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(theme, parent)
        self.text = QPlainTextEdit(self)
        self.text.setReadOnly(True)
        self.text.setTabChangesFocus(True)
        self.text.setFont(theme.font(FontUse.BODY))
        describe(self.text, self.tr("Method, to paste into a paper"))
        self.copy_button = PushButton(theme, self.tr("Copy"), parent=self)
        self.copy_button.set_name(self.tr("Copy the method"))
        self.copied = short_lettering(theme, "", FontUse.CAPTION, "ok")
        self.settings = FigureTable(theme, self.tr("Settings"), self)
        self.settings.set_growing(1)
        line = QHBoxLayout()
        line.addWidget(self.copy_button)
        line.addWidget(self.copied)
        line.addStretch(1)
        self.column.addWidget(self.text, 3)
        self.column.addLayout(line)
        self.column.addWidget(self.settings, 4)
        self.copy_button.clicked.connect(self.copy)

    def show_method(self, protocol: Protocol, used: Used) -> None:
        """Show how this report came about."""
        found = sources(used)
        words = method_paragraph(protocol, used)
        named = f"\n\nSources: {'; '.join(found)}. {CHECK}" if found else ""
        self.text.setPlainText(words + named)
        self.copied.setText("")
        columns = (
            FigureColumn(title=self.tr("Setting"), text=lambda row: row[0], left=True),
            FigureColumn(title=self.tr("Value"), text=lambda row: row[1], left=True),
        )
        self.settings.show_rows(columns, settings_words(protocol))

    def copy(self) -> None:
        """Put the method on the clipboard."""
        QGuiApplication.clipboard().setText(self.text.toPlainText())
        self.copied.setText(self.tr("copied"))
        self.copied.adjustSize()


class NumbersPage(Page):
    """Every number, one a row."""

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(theme, parent)
        self._rows: Sequence[AgreementRow] = ()
        self.search = FieldWithError(theme, self.tr("Search the numbers"), self)
        self.search.edit.setPlaceholderText(self.tr("Search"))
        self.search.tell_elsewhere()
        self.search.setMaximumWidth(theme.px(320))
        self.count = short_lettering(theme, "", FontUse.CAPTION, "second")
        self.copy_button = PushButton(theme, self.tr("Copy table"), parent=self)
        self.table = FigureTable(theme, self.tr("All numbers"), self)
        line = QHBoxLayout()
        line.setSpacing(theme.px(8))
        line.addWidget(self.search, 1)
        line.addWidget(self.count)
        line.addStretch(1)
        line.addWidget(self.copy_button)
        self.column.addLayout(line)
        self.column.addWidget(self.table, 1)
        self.search.text_edited.connect(self._find)
        self.copy_button.clicked.connect(self.table.copy)

    def show_numbers(self, rows: Sequence[AgreementRow]) -> None:
        """Show all numbers of a report."""
        self._rows = rows
        self._find(self.search.text())

    def _find(self, words: str) -> None:
        wanted = words.casefold().split()
        found = [row for row in self._rows if _holds(row, wanted)] if wanted else self._rows
        self.table.show_rows(self._columns(), found)
        self.count.setText(self.tr("{0} of {1}").format(f"{len(found):,}", f"{len(self._rows):,}"))
        self.count.adjustSize()

    def _columns(self) -> tuple[FigureColumn, ...]:
        def text(title: str, name: str) -> FigureColumn:
            return FigureColumn(
                title=title, text=lambda row: str(getattr(row.figure, name)), left=True
            )

        def number(title: str, name: str) -> FigureColumn:
            return FigureColumn(
                title=title,
                text=lambda row: _number(getattr(row.figure.estimate, name)),
                order=lambda row: getattr(row.figure.estimate, name),
            )

        return (
            text(self.tr("Of"), "item"),
            text(self.tr("Code"), "code"),
            text(self.tr("Episode"), "episode"),
            text(self.tr("Statistic"), "statistic"),
            number(self.tr("Value"), "value"),
            number(self.tr("Low"), "low"),
            number(self.tr("High"), "high"),
            number(self.tr("n"), "n"),
            FigureColumn(
                title=self.tr("Undefined"),
                text=lambda row: why_words(row.figure.estimate),
                left=True,
            ),
            text(self.tr("Method"), "method"),
            FigureColumn(
                title=self.tr("Tolerance, s"),
                text=lambda row: _seconds(row.figure.tolerance_us),
                order=lambda row: row.figure.tolerance_us,
            ),
            text(self.tr("Interval"), "interval"),
        )


def _holds(row: AgreementRow, wanted: Sequence[str]) -> bool:
    one = row.figure
    words = f"{one.item} {one.code} {one.episode} {one.statistic} {one.method}".casefold()
    return all(word in words for word in wanted)


def _number(value: float | None) -> str:
    if value is None:
        return ""
    if isinstance(value, int):
        return f"{value:,}"
    text = f"{value:,.3f}"
    return text.lstrip("-") if round(value, 3) == 0 else minus(text)


def _seconds(time_us: int | None) -> str:
    return "" if time_us is None else f"{time_us / 1e6:g}"
