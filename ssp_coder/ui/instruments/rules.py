"""The rules: a matrix of the decision table, of the profiles, of the rules on top."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QStackedWidget, QVBoxLayout, QWidget

from ssp_coder.ui.instruments.functions import FunctionsView
from ssp_coder.ui.instruments.matrix import main_matrix, overlay_matrix, profile_matrix
from ssp_coder.ui.instruments.matrix_model import MatrixModel, range_words
from ssp_coder.ui.instruments.matrix_view import MatrixView, inner_cell
from ssp_coder.ui.instruments.sheet import Sheet
from ssp_coder.ui.kit.accessible import describe
from ssp_coder.ui.kit.chip import Tag
from ssp_coder.ui.kit.choice import ComboBox
from ssp_coder.ui.kit.panel import Panel
from ssp_coder.ui.kit.rating_row import point_text
from ssp_coder.ui.kit.segmented import Segment, SegmentedControl
from ssp_coder.ui.rate.lettering import IconLine
from ssp_coder.ui.rate.words import provenance_tag
from ssp_coder.ui.theme.fonts import FontUse

if TYPE_CHECKING:
    from collections.abc import Mapping

    from ssp_coder.domain.ruletable import RuleTable
    from ssp_coder.domain.scheme import Scheme
    from ssp_coder.ui.instruments.matrix import Matrix, Row
    from ssp_coder.ui.theme.theme import Theme

DETAIL_PX = 132


class MatrixSheet(QWidget):
    """A matrix, and under it the row that is current, in words."""

    def __init__(
        self, theme: Theme, matrix: Matrix, scheme: Scheme, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self._scheme = scheme
        self.model = MatrixModel(matrix, self)
        self.view = MatrixView(theme, self.model, scheme, self)
        self.detail = Sheet(theme, self.tr("The chosen row"), self)
        self.detail.setFixedHeight(theme.px(DETAIL_PX))
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(self.view, 1)
        column.addWidget(self.detail)
        self.view.row_chosen.connect(self._show_row)
        if matrix.rows:
            self.view.choose(matrix.rows[0].id)

    def _show_row(self, row_id: str) -> None:
        row = next(row for row in self.model.matrix.rows if row.id == row_id)
        sheet = self.detail
        sheet.clear()
        gives = f"{row.title}  \N{RIGHTWARDS ARROW}  {row.outcome}" if row.outcome else row.title
        sheet.add_title(gives)
        sheet.add_source(row.provenance)
        sheet.add_text(row.gist)
        every, either = self._conditions(row)
        sheet.add_fact(self.tr("All of"), ", ".join(every))
        sheet.add_fact(self.tr("And one of"), ", ".join(either))

    def _conditions(self, row: Row) -> tuple[list[str], list[str]]:
        every: list[str] = []
        either: list[str] = []
        for column, cell in zip(self.model.matrix.columns, row.cells, strict=True):
            if cell is not None:
                name = f"{column.sign} {column.place}".strip()
                (either if cell.either else every).append(f"{name} {range_words(cell)}")
                if cell.inner is not None:
                    either.append(f"{name} {range_words(inner_cell(cell.inner))}")
        return every, either


class RulesPage(QWidget):
    """One table at a time, view by view; `table_chosen` carries the id of another one."""

    table_chosen = Signal(str)

    def __init__(
        self, theme: Theme, scheme: Scheme, table: RuleTable, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self._theme = theme
        self._scheme = scheme
        self._table = table
        self.choice = ComboBox(theme, self)
        self.matrices: dict[str, MatrixSheet] = {}
        self._views: dict[str, QWidget] = {}
        self._stack = QStackedWidget(self)
        self._add_views()
        segments = [Segment(id=name, title=self._title(name)) for name in self._views]
        self.parts = SegmentedControl(theme, segments, self.tr("Part of the table"), self)
        self.legend = IconLine(theme, "info", FontUse.CAPTION, "second", self)
        self._build()
        self.parts.segment_chosen.connect(self.show_part)
        self.choice.activated.connect(self._choose_table)
        self.show_part(next(iter(self._views)))

    def set_tables(self, tables: tuple[tuple[str, str], ...]) -> None:
        """List the tables that can be read here, as pairs of id and title."""
        self.choice.clear()
        for table_id, title in tables:
            self.choice.addItem(title, table_id)
        self.choice.setCurrentIndex(self.choice.findData(self._table.id))

    def show_points(self, points: Mapping[str, float]) -> None:
        """Show a coding's ratings in the matrices; none takes them away."""
        for sheet in self.matrices.values():
            sheet.model.show_points(dict(points))
        words = self.tr("Bar: the range expected. Dashed, with or: one of these is enough.")
        if points:
            words += " " + self.tr("Dot, cross: your rating inside, outside.")
        shown = self.legend.isVisibleTo(self)
        self.legend.show_text(words)
        self.legend.setVisible(shown)

    def show_part(self, name: str) -> None:
        """Bring one view of the table to the front."""
        self.parts.set_chosen(name)
        self._stack.setCurrentWidget(self._views[name])
        self.legend.setVisible(name in self.matrices)

    def show_item(self, rule: str) -> None:
        """Go to a rule or profile by its id; an unknown id changes nothing."""
        for name, sheet in self.matrices.items():
            if any(row.id == rule for row in sheet.model.matrix.rows):
                self.show_part(name)
                sheet.view.choose(rule)
                return

    def _add_views(self) -> None:
        table, scheme = self._table, self._scheme
        for name, matrix in (
            ("main", main_matrix(table, scheme)),
            ("profiles", profile_matrix(table, scheme)),
            ("overlays", overlay_matrix(table, scheme)),
        ):
            if matrix.rows:
                sheet = MatrixSheet(self._theme, matrix, scheme, self)
                self.matrices[name] = sheet
                self._views[name] = sheet
        if table.functions or table.closed:
            self._views = {"functions": FunctionsView(self._theme, table, self)} | self._views
        self._views["about"] = self._build_about()
        for view in self._views.values():
            self._stack.addWidget(view)

    def _title(self, name: str) -> str:
        return {
            "main": self.tr("Main group"),
            "profiles": self.tr("Subgroups"),
            "overlays": self.tr("Rules on top"),
            "functions": self.tr("Functions"),
            "about": self.tr("Groups, D and remarks"),
        }[name]

    def _build(self) -> None:
        px = self._theme.px
        describe(self.choice, self.tr("Rule table"))
        self.choice.setMinimumWidth(px(300))
        self.set_tables(((self._table.id, f"{self._table.title} {self._table.version}"),))
        head = QHBoxLayout()
        head.setSpacing(px(10))
        head.addWidget(self.choice)
        head.addWidget(Tag(self._theme, *provenance_tag(self._table.provenance)))
        head.addStretch(1)
        head.addWidget(self.parts)
        panel = Panel(self._theme, "", self)
        body = QWidget(panel)
        inner = QVBoxLayout(body)
        inner.setContentsMargins(0, 0, 0, 0)
        inner.setSpacing(0)
        inner.addWidget(self._stack, 1)
        foot = QHBoxLayout()
        foot.setContentsMargins(px(10), px(4), px(10), px(6))
        foot.addWidget(self.legend, 1)
        inner.addLayout(foot)
        panel.set_body(body)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(px(8))
        column.addLayout(head)
        column.addWidget(panel, 1)
        self.show_points({})

    def _choose_table(self, place: int) -> None:
        chosen = str(self.choice.itemData(place))
        if chosen != self._table.id:
            self.table_chosen.emit(chosen)

    def _build_about(self) -> Sheet:
        sheet, table = Sheet(self._theme, self.tr("About the table"), self), self._table
        sheet.add_title(f"{table.title} {table.version}")
        sheet.add_source(table.provenance)
        for part in table.parts:
            words = self.tr("Put together with {0} {1}, {2}")
            sheet.add_statement(
                words.format(part.title, part.version, part.sha256[:8]), part.provenance
            )
        self._add_disorganization(sheet)
        sheet.add_heading(self.tr("Main groups"))
        for group in table.groups:
            words = f"{group.title}: {', '.join(group.subgroups)}" if group.subgroups else ""
            words = words or str(group.title)
            if group.needs_secondary:
                words = self.tr("{0}; the best-fitting subgroup is recorded too").format(words)
            if group.secure:
                words = self.tr("{0}; secure side of a two-way split").format(words)
            sheet.add_statement(words, group.provenance, group.id)
        if table.borderline_flag:
            sheet.add_heading(self.tr("Borderline"))
            words = self.tr("A lead of less than {0} over the next raises: {1}")
            flag = table.flag(table.borderline_flag)
            sheet.add_text(words.format(f"{table.borderline_margin:g}", flag.title))
        if table.flags:
            sheet.add_heading(self.tr("Remarks a suggestion may carry"))
            sheet.add_text("; ".join(str(flag.title) for flag in table.flags))
        sheet.add_heading(self.tr("Inputs"))
        for rule_input in table.inputs:
            ends = f"{point_text(rule_input.minimum)}\N{EN DASH}{point_text(rule_input.maximum)}"
            need = self.tr("needed") if rule_input.required else self.tr("optional")
            words = f"{rule_input.title}, {ends}, {need}. {rule_input.episode_weight_note}"
            sheet.add_fact(rule_input.id, words)
        return sheet

    def _add_disorganization(self, sheet: Sheet) -> None:
        rule = self._table.disorganization
        if rule is None:
            return
        sheet.add_heading(self.tr("Disorganization"))
        words = self.tr("Above {0} the class is {1}; below it is not; at exactly {0} you decide.")
        point = point_text(rule.decision_point)
        sheet.add_statement(str(rule.title), rule.provenance)
        sheet.add_text(words.format(point, rule.outcome))
