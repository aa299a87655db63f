"""Whether the statistics come out as published: worked out in the background, listed."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import (
    QDialog,
    QTableWidget,
    QTableWidgetItem,
    QVBoxLayout,
    QWidget,
)

from ssp_coder.agreement.examples import (
    ExampleResult,
    StatisticResult,
    bundled_examples,
    counts_of,
    read_examples,
    run_example,
)
from ssp_coder.media.errors import Abandoned
from ssp_coder.reporting.examples import example_lines, value_text
from ssp_coder.ui.background import BackgroundWork
from ssp_coder.ui.dialogs.found_table import button_row, show_columns
from ssp_coder.ui.kit.accessible import describe
from ssp_coder.ui.kit.button import ButtonKind, PushButton
from ssp_coder.ui.kit.chip import Tag, TagKind
from ssp_coder.ui.rate.lettering import lettering
from ssp_coder.ui.theme.fonts import FontUse

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from ssp_coder.ui.theme.theme import Theme

_EXAMPLE, _EXPECTED, _GOT = 0, 2, 3


class StatisticsCheck(QDialog):
    """Works out the worked examples again and lists what was expected and what came out."""

    def __init__(self, theme: Theme, file: Path | None = None, parent: QWidget | None = None):
        super().__init__(parent)
        self._theme = theme
        self.results: tuple[ExampleResult, ...] = ()
        self.verdict = Tag(theme, self.tr("working it out"), TagKind.NEUTRAL, self)
        self.sentence = lettering(
            theme,
            self.tr("Tables and results from publications are worked out again."),
            FontUse.LABEL,
        )
        self.table = QTableWidget(0, 5, self)
        self.origin = lettering(theme, "", FontUse.CAPTION, "second")
        self.copy_button = PushButton(theme, self.tr("Copy as text"), parent=self)
        self.close_button = PushButton(theme, self.tr("Close"), ButtonKind.PRIMARY, self)
        self._build()
        self.copy_button.clicked.connect(self._copy)
        self.close_button.clicked.connect(self.reject)
        self.table.currentCellChanged.connect(self._show_origin)
        self._work = BackgroundWork(_worked_out(file), self)
        self._work.done.connect(self._show)
        self._work.failed.connect(self._fail)
        self._work.start()

    def done(self, result: int) -> None:
        """Close; work that still runs is stopped."""
        self._work.cancel()
        super().done(result)

    def _show(self, results: object) -> None:
        if not isinstance(results, tuple):
            return
        self.results = results
        passed, failed = counts_of(self.results)
        if failed:
            self.verdict.show_tag(self.tr("not right"), TagKind.ERR)
            words = self.tr("{0} of {1} examples do not come out as they should.")
            self.sentence.setText(words.format(failed, passed + failed))
        else:
            self.verdict.show_tag(self.tr("right"), TagKind.OK)
            words = self.tr("All {0} examples come out as they should.")
            self.sentence.setText(words.format(passed))
        for one in self.results:
            self._add_example(one)
        self.table.setCurrentCell(0, _EXAMPLE)
        self.table.show()
        self.copy_button.enable()

    def _fail(self, sentence: str) -> None:
        self.verdict.show_tag(self.tr("not worked out"), TagKind.ERR)
        self.sentence.setText(sentence)

    def _add_example(self, example: ExampleResult) -> None:
        if example.reason:
            reason = self.tr("cannot be read: {0}").format(example.reason)
            self._add_row((example.id, "", "", reason), (reason, example.source))
        for one in example.statistics:
            cells = (example.id, one.statistic, *self._values(one))
            within = self.tr("within {0}").format(f"{one.tolerance:g}")
            self._add_row(cells, (within, example.source), one.passed)

    def _values(self, one: StatisticResult) -> tuple[str, str]:
        undefined = self.tr("undefined")
        return value_text(one.expected, undefined), value_text(one.got, undefined)

    def _add_row(
        self, cells: tuple[str, ...], origin: tuple[str, str], passed: bool = False
    ) -> None:
        row = self.table.rowCount()
        self.table.insertRow(row)
        verdict = QTableWidgetItem(self.tr("as expected") if passed else self.tr("differs"))
        token = "ok" if passed else "err"
        verdict.setIcon(self._theme.icon("check" if passed else "cross", token=token))
        verdict.setForeground(self._theme.colour(token))
        items = (*(QTableWidgetItem(words) for words in cells), verdict)
        for column, item in enumerate(items):
            item.setToolTip(" · ".join(filter(None, origin)))
            self.table.setItem(row, column, item)

    def _show_origin(self, row: int) -> None:
        """Say of the row in front where its numbers come from, and how near they must be."""
        item = self.table.item(row, _EXAMPLE)
        self.origin.setText("" if item is None else item.toolTip())

    def _copy(self) -> None:
        QGuiApplication.clipboard().setText("\n".join(example_lines(self.results)))

    def _build(self) -> None:
        px = self._theme.px
        self.setWindowTitle(self.tr("Check the statistics"))
        self.resize(px(860), px(560))
        describe(self.table, self.tr("What was worked out"))
        titles = (
            self.tr("Example"),
            self.tr("Statistic"),
            self.tr("Expected"),
            self.tr("Worked out"),
            self.tr("Result"),
        )
        show_columns(self.table, titles, wide=(_EXPECTED, _GOT))
        self.copy_button.disable(self.tr("There is nothing to copy yet"))
        column = QVBoxLayout(self)
        column.setContentsMargins(px(16), px(16), px(16), px(16))
        column.setSpacing(px(8))
        column.addWidget(self.verdict, 0, Qt.AlignmentFlag.AlignLeft)
        column.addWidget(self.sentence)
        column.addWidget(self.table, 1)
        column.addWidget(self.origin)
        column.addLayout(button_row(self._theme, self.copy_button, self.close_button))


def show_statistics_check(theme: Theme, parent: QWidget) -> None:
    """Open the check of the statistics over a window."""
    dialog = StatisticsCheck(theme, parent=parent)
    dialog.finished.connect(dialog.deleteLater)
    dialog.open()


def _worked_out(
    file: Path | None,
) -> Callable[[Callable[[float], None], Callable[[], bool]], object]:
    """The work of the background; it holds values only, no widget."""

    def work(progress: Callable[[float], None], cancelled: Callable[[], bool]) -> object:
        rows = read_examples(bundled_examples() if file is None else file)
        results = []
        for place, row in enumerate(rows, start=1):
            if cancelled():
                raise Abandoned
            results.append(run_example(row, place))
            progress(place / len(rows))
        return tuple(results)

    return work
