"""What the rule table suggests: outcome or what is still possible, needs, turns, its name."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QGridLayout, QHBoxLayout, QSizePolicy, QVBoxLayout, QWidget

from ssp_coder.domain.ruletable import TableReference
from ssp_coder.domain.verdict import Turn, Verdict
from ssp_coder.rules.own_class import outcome_names, verdict_names
from ssp_coder.ui.classify.words import (
    function_words,
    input_name,
    joined,
    left_open_words,
    outside_words,
    steady_words,
)
from ssp_coder.ui.kit.chip import Chip, ChipFace, Tag, TagKind
from ssp_coder.ui.kit.empty_state import EmptyState
from ssp_coder.ui.kit.panel import Panel, hairline
from ssp_coder.ui.kit.rating_row import point_text
from ssp_coder.ui.rate.flow import FlowLayout
from ssp_coder.ui.rate.lettering import lettering, short_lettering
from ssp_coder.ui.rate.words import provenance_tag
from ssp_coder.ui.theme.fonts import FontUse

if TYPE_CHECKING:
    from ssp_coder.domain.scheme import Scheme
    from ssp_coder.ui.theme.theme import Theme

NAMES_AT_FULL_SIZE = 4
"""More possible classes than this are a list, not a verdict."""

TURNS_SHOWN = 8
SHA_DIGITS = 8


class SuggestionPanel(Panel):
    """Shows a verdict, or why there is none to be seen; emits `place_wished` with an input's id."""

    place_wished = Signal(str)

    def __init__(self, theme: Theme, scheme: Scheme, parent: QWidget | None = None) -> None:
        super().__init__(theme, "", parent)
        self._scheme = scheme
        self._table = scheme.rules
        self.set_title(self.tr("Suggestion"))
        self._tag = Tag(theme, *provenance_tag(scheme.rules.provenance), self)
        self._tag.setToolTip(scheme.rules.provenance.source)
        self.add_to_title(self._tag)
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Maximum)

    def show_hidden(self, title: str, hint: str) -> None:
        """Show that there is nothing to be seen, and why."""
        self.set_note("")
        self._tag.hide()
        holder, column = self._holder()
        column.addWidget(EmptyState(self._theme, title, hint))
        self.set_body(holder)

    def show_verdict(self, verdict: Verdict) -> None:
        """Show what the table says."""
        self._tag.show()
        self.set_note("")
        self.set_body(self._build_verdict(verdict))

    def _holder(self) -> tuple[QWidget, QVBoxLayout]:
        px = self._theme.px
        holder = QWidget()
        column = QVBoxLayout(holder)
        column.setContentsMargins(px(14), px(10), px(14), px(12))
        column.setSpacing(px(8))
        return holder, column

    def _build_verdict(self, verdict: Verdict) -> QWidget:
        holder, column = self._holder()
        column.addLayout(self._build_head(verdict))
        if verdict.functions:
            column.addLayout(self._build_functions(verdict))
        if verdict.flags:
            column.addLayout(self._build_flags(verdict))
        if verdict.needs:
            column.addLayout(self._build_needs(verdict))
        if verdict.turns:
            column.addLayout(self._build_turns(verdict.turns))
        column.addLayout(self._build_tables((verdict.table, *verdict.parts)))
        return holder

    def _build_head(self, verdict: Verdict) -> QHBoxLayout:
        row = QHBoxLayout()
        row.setSpacing(self._theme.px(20))
        names = verdict_names(verdict, self._table)
        if len(names) > NAMES_AT_FULL_SIZE:
            row.addLayout(self._build_open(names), 1)
            return row
        for place, name in enumerate(names):
            if place:
                row.addWidget(short_lettering(self._theme, self.tr("or"), tone="second"))
            row.addLayout(self._build_name(verdict, name))
        row.addSpacing(self._theme.px(8))
        row.addLayout(self._build_beside(verdict, names), 1)
        return row

    def _build_name(self, verdict: Verdict, name: str) -> QVBoxLayout:
        column = QVBoxLayout()
        column.setSpacing(0)
        column.addWidget(short_lettering(self._theme, name, FontUse.VERDICT))
        words = self._fit_words(verdict, name)
        column.addWidget(short_lettering(self._theme, words, FontUse.TABLE, "second"))
        return column

    def _fit_words(self, verdict: Verdict, name: str) -> str:
        fit = next((fit for fit in verdict.fits if fit.subgroup == name), None)
        if fit is not None:
            return outside_words(fit)
        if verdict.secondary is not None and self._table.group(name).needs_secondary:
            return self.tr("with {0}").format(verdict.secondary)
        return str(self._table.group(name).title)

    def _build_open(self, names: tuple[str, ...]) -> QVBoxLayout:
        column = QVBoxLayout()
        column.setSpacing(self._theme.px(2))
        column.addWidget(lettering(self._theme, self.tr("Not determined yet"), FontUse.STEP_TITLE))
        words = self.tr("Still possible: {0}").format(", ".join(names))
        column.addWidget(lettering(self._theme, words, FontUse.BODY, "second"))
        return column

    def _build_beside(self, verdict: Verdict, names: tuple[str, ...]) -> QVBoxLayout:
        column = QVBoxLayout()
        column.setSpacing(self._theme.px(2))
        next_fit = next((f for f in verdict.fits if f.subgroup == verdict.runner_up), None)
        is_other = next_fit is not None and next_fit.subgroup not in names
        if next_fit is not None and is_other and verdict.margin is not None:
            words = self.tr("Next: {0}, {1}; penalty {2} above the best").format(
                next_fit.subgroup, outside_words(next_fit), f"{verdict.margin:.3g}"
            )
            column.addWidget(lettering(self._theme, words, FontUse.TABLE))
        if verdict.left_open:
            column.addWidget(lettering(self._theme, left_open_words(verdict), FontUse.TABLE))
        elif len(names) > 1 and not verdict.needs:
            words = self.tr("The table cannot tell {0} apart.").format(self.tr(" and ").join(names))
            column.addWidget(lettering(self._theme, words, FontUse.TABLE, "second"))
        if not verdict.exact:
            words = self.tr("So much is missing that more is listed than may be possible.")
            column.addWidget(lettering(self._theme, words, FontUse.TABLE, "second"))
        steady = steady_words(verdict, self._scheme)
        if steady:
            column.addWidget(lettering(self._theme, steady, FontUse.TABLE))
        column.addStretch(1)
        return column

    def _build_flags(self, verdict: Verdict) -> QHBoxLayout:
        row = QHBoxLayout()
        row.setSpacing(self._theme.px(6))
        for flag in verdict.flags:
            row.addWidget(Tag(self._theme, str(self._table.flag(flag).title), TagKind.WARN))
        row.addStretch(1)
        return row

    def _build_needs(self, verdict: Verdict) -> QVBoxLayout:
        column = QVBoxLayout()
        column.setSpacing(self._theme.px(2))
        title = self.tr("Would tell more")
        column.addWidget(lettering(self._theme, title, FontUse.CAPTION_STRONG, "second"))
        flow = FlowLayout(self._theme.px(2))
        for need in verdict.needs:
            chip = Chip(self._theme, ChipFace(text=input_name(need, self._scheme), icon="circle"))
            chip.clicked.connect(partial(self.place_wished.emit, need))
            flow.addWidget(chip)
        column.addLayout(flow)
        return column

    def _build_functions(self, verdict: Verdict) -> QVBoxLayout:
        column = QVBoxLayout()
        column.setSpacing(self._theme.px(2))
        title = self.tr("Classification functions, largest first")
        column.addWidget(lettering(self._theme, title, FontUse.CAPTION_STRONG, "second"))
        grid = QGridLayout()
        grid.setHorizontalSpacing(self._theme.px(16))
        grid.setColumnStretch(2, 1)
        for row, value in enumerate(verdict.functions):
            name = short_lettering(self._theme, value.group, FontUse.TABLE_STRONG)
            number = short_lettering(self._theme, function_words(value), FontUse.TABLE)
            grid.addWidget(name, row, 0)
            grid.addWidget(number, row, 1, Qt.AlignmentFlag.AlignRight)
        column.addLayout(grid)
        return column

    def _build_tables(self, tables: tuple[TableReference, ...]) -> QVBoxLayout:
        column = QVBoxLayout()
        column.setSpacing(self._theme.px(3))
        title = self.tr("Table") if len(tables) == 1 else self.tr("Tables put together")
        column.addWidget(lettering(self._theme, title, FontUse.CAPTION_STRONG, "second"))
        for table in tables:
            row = QHBoxLayout()
            tag = Tag(self._theme, *provenance_tag(table.provenance))
            tag.setToolTip(table.provenance.source)
            row.addWidget(lettering(self._theme, table_words(table), FontUse.TABLE), 1)
            row.addWidget(tag)
            column.addLayout(row)
        return column

    def _build_turns(self, turns: tuple[Turn, ...]) -> QVBoxLayout:
        column = QVBoxLayout()
        column.setSpacing(self._theme.px(3))
        title = self.tr("One point would turn it")
        column.addWidget(lettering(self._theme, title, FontUse.CAPTION_STRONG, "second"))
        grid = QGridLayout()
        grid.setHorizontalSpacing(self._theme.px(16))
        grid.setVerticalSpacing(self._theme.px(3))
        grid.setColumnStretch(2, 1)
        for place, turn in enumerate(turns[:TURNS_SHOWN]):
            self._add_turn(grid, 2 * place, turn)
        column.addLayout(grid)
        if len(turns) > TURNS_SHOWN:
            words = self.tr("and {0} more").format(len(turns) - TURNS_SHOWN)
            column.addWidget(lettering(self._theme, words, FontUse.TABLE, "hint"))
        return column

    def _add_turn(self, grid: QGridLayout, row: int, turn: Turn) -> None:
        change = f"{point_text(turn.from_value)} \N{RIGHTWARDS ARROW} {point_text(turn.to_value)}"
        name = joined(outcome_names(self._table, turn.groups, turn.subgroups))
        chip = short_lettering(
            self._theme, input_name(turn.input, self._scheme), FontUse.TABLE_STRONG
        )
        grid.addWidget(hairline(), row, 0, 1, 3)
        grid.addWidget(chip, row + 1, 0)
        grid.addWidget(short_lettering(self._theme, change, FontUse.TABLE), row + 1, 1)
        grid.addWidget(lettering(self._theme, name, FontUse.TABLE), row + 1, 2)


def table_words(table: TableReference) -> str:
    """Which table spoke: title, version and the beginning of its hash."""
    sha = f", {table.sha256[:SHA_DIGITS]}" if table.sha256 else ""
    return f"{table.title} {table.version}{sha}"
