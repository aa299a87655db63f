"""A discriminant table in words and numbers: coefficients, citation, fit, or why it is closed."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtWidgets import (
    QAbstractItemView,
    QHeaderView,
    QTableWidget,
    QTableWidgetItem,
    QVBoxLayout,
    QWidget,
)

from ssp_coder.ui.instruments.sheet import Sheet
from ssp_coder.ui.kit.accessible import describe
from ssp_coder.ui.theme.fonts import FontUse

if TYPE_CHECKING:
    from ssp_coder.domain.ruletable import Fit, RuleTable
    from ssp_coder.ui.theme.theme import Theme


class FunctionsView(QWidget):
    """Coefficients above, everything that vouches for them below."""

    def __init__(self, theme: Theme, table: RuleTable, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme = theme
        self._table = table
        self.sheet = Sheet(theme, self.tr("About the functions"), self)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        self.numbers: QTableWidget | None = None
        if table.functions:
            self.numbers = self._build_numbers()
            column.addWidget(self.numbers, 1)
        column.addWidget(self.sheet, 1)
        if table.closed:
            self._show_closed()
        self._show_about()

    def _build_numbers(self) -> QTableWidget:
        table = self._table
        titles = {rule_input.id: str(rule_input.title) for rule_input in table.inputs}
        used = [i.id for i in table.inputs if self._is_used(i.id)]
        view = QTableWidget(len(used) + 1, len(table.functions), self)
        view.setHorizontalHeaderLabels([function.group for function in table.functions])
        view.setVerticalHeaderLabels([self.tr("Constant"), *(titles[name] for name in used)])
        for column, function in enumerate(table.functions):
            weights = {term.input: term.weight for term in function.terms}
            values = [function.constant, *(weights.get(name) for name in used)]
            for row, value in enumerate(values):
                item = QTableWidgetItem("" if value is None else f"{value:.6g}")
                item.setTextAlignment(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
                view.setItem(row, column, item)
        view.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        view.setTabKeyNavigation(False)
        view.setFont(self._theme.font(FontUse.TABLE))
        view.horizontalHeader().setSectionResizeMode(QHeaderView.ResizeMode.Stretch)
        describe(view, self.tr("Coefficients"))
        return view

    def _is_used(self, name: str) -> bool:
        return any(term.input == name for f in self._table.functions for term in f.terms)

    def _show_closed(self) -> None:
        sheet, table = self.sheet, self._table
        sheet.add_title(self.tr("Closed: fill it in from the publication"))
        sheet.add_fact(self.tr("Why"), table.closed)
        sheet.add_heading(self.tr("What is needed"))
        for needed in (
            self.tr("Each variable with its definition, as the publication measured it"),
            self.tr("The constant and the weights of each group's function"),
            self.tr("The page and table where the numbers stand"),
            self.tr("The sum of all numbers, against typing errors"),
            self.tr("A worked case whose outcome the publication tells"),
        ):
            sheet.add_text(f"\N{BULLET} {needed}")

    def _show_about(self) -> None:
        sheet, table = self.sheet, self._table
        sheet.add_heading(self.tr("Where the numbers stand"))
        if table.citation is not None:
            sheet.add_fact(self.tr("Work"), table.citation.work)
            sheet.add_fact(self.tr("Page"), table.citation.page)
            sheet.add_fact(self.tr("Sample"), table.citation.sample)
        if table.functions:
            worked = sum(function.checksum for function in table.functions)
            sheet.add_fact(self.tr("Sum of numbers"), f"{worked:.6g}")
        if table.checksum is not None:
            sheet.add_fact(self.tr("Stated sum"), f"{table.checksum:.6g}")
        groups = ", ".join(f"{group.id} {group.title}" for group in table.groups)
        sheet.add_fact(self.tr("Groups"), groups)
        for case in table.cases:
            values = ", ".join(f"{name} {value:g}" for name, value in case.values)
            sheet.add_fact(self.tr("Worked case"), f"{values} \N{RIGHTWARDS ARROW} {case.group}")
        if table.fit is not None:
            self._show_fit(table.fit)

    def _show_fit(self, fit: Fit) -> None:
        sheet = self.sheet
        sheet.add_heading(self.tr("How the functions were fitted"))
        sheet.add_fact(self.tr("Method"), fit.method)
        sheet.add_fact(self.tr("Date"), fit.date)
        counts = ", ".join(f"{group} {count}" for group, count in fit.counts)
        sheet.add_fact(self.tr("Sessions"), f"{fit.cases}: {counts}")
        names = [group for group, _ in fit.counts]
        for group, row in fit.confusion:
            called = ", ".join(f"{n} {count}" for n, count in zip(names, row, strict=False))
            sheet.add_fact(self.tr("{0} was called").format(group), called)
        for warning in fit.warnings:
            sheet.add_text(warning, "warn")
