"""The map of outcomes: two ratings laid out, the others fixed beside it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtWidgets import (
    QFileDialog,
    QGridLayout,
    QHBoxLayout,
    QScrollArea,
    QVBoxLayout,
    QWidget,
)

from ssp_coder.domain.finding import DomainError
from ssp_coder.ui.instruments.axes import points_of, prototype, separating
from ssp_coder.ui.instruments.outcome_view import Legend, OutcomeView
from ssp_coder.ui.instruments.words import between_words, input_words
from ssp_coder.ui.kit.accessible import describe
from ssp_coder.ui.kit.button import PushButton
from ssp_coder.ui.kit.chip import Tag
from ssp_coder.ui.kit.choice import ComboBox
from ssp_coder.ui.kit.panel import Panel, hairline
from ssp_coder.ui.kit.rating_row import point_text
from ssp_coder.ui.language.spoken import said_error
from ssp_coder.ui.rate.lettering import lettering
from ssp_coder.ui.rate.words import provenance_tag
from ssp_coder.ui.theme.fonts import FontUse

if TYPE_CHECKING:
    from collections.abc import Mapping

    from ssp_coder.domain.ruletable import RuleExample, RuleInput, RuleTable
    from ssp_coder.domain.scheme import Scheme
    from ssp_coder.ui.theme.theme import Theme

SIDE_PX = 320
OWN, NOTHING = "own", "nothing"
"""Where the fixed inputs come from, beside the numbers of the table's examples."""


class MapPage(QWidget):
    """Works out the map anew when an axis or a fixed rating changes."""

    def __init__(
        self, theme: Theme, scheme: Scheme, table: RuleTable, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self._theme = theme
        self._scheme = scheme
        self._table = table
        self._points: dict[str, float] = {}
        self._fixed: dict[str, ComboBox] = {}
        self._quiet = False
        self.view = OutcomeView(theme, tuple(group.id for group in table.groups), self)
        self.readout = lettering(theme, "", FontUse.LABEL_STRONG)
        self.across = self._inputs(self.tr("Across"))
        self.upward = self._inputs(self.tr("Upward"))
        self.source = ComboBox(theme, self)
        self.save = PushButton(theme, self.tr("Save image…"), parent=self)
        describe(self.source, self.tr("The other ratings as in"))
        self._build()
        self.view.cell_chosen.connect(self.readout.setText)
        self.save.clicked.connect(self.save_image)
        self._fill_sources()
        first, second = separating(table, scheme)
        self.across.setCurrentIndex(self.across.findData(first))
        self.upward.setCurrentIndex(self.upward.findData(second))
        for box in (self.across, self.upward):
            box.currentIndexChanged.connect(self._work_out)
        self.source.currentIndexChanged.connect(self._take_source)
        self._take_source()

    def show_points(self, points: Mapping[str, float]) -> None:
        """Offer the ratings of a coding; none takes the offer away."""
        if dict(points) != self._points:
            was_own = self.source.currentData() == OWN
            self._points = dict(points)
            self._fill_sources()
            if was_own or points:
                self.source.setCurrentIndex(max(0, self.source.findData(OWN)))
            self._take_source()

    def fixed(self) -> dict[str, float]:
        """The ratings that are held, without the two of the axes; unknown ones are left out."""
        axes = (self.across.currentData(), self.upward.currentData())
        return {
            name: float(box.currentData())
            for name, box in self._fixed.items()
            if name not in axes and box.currentData() is not None
        }

    def save_image(self) -> None:
        """Ask for a file and write the map into it."""
        name, _ = QFileDialog.getSaveFileName(
            self, self.tr("Save the map"), f"{self._table.id}.png", self.tr("Pictures (*.png)")
        )
        if name and not self.view.grab().save(name):
            self.readout.setText(self.tr("The picture was not written: {0}").format(name))
        elif name:
            self.readout.setText(self.tr("Picture written: {0}").format(name))

    def _inputs(self, name: str) -> ComboBox:
        box = ComboBox(self._theme, self)
        describe(box, name)
        for rule_input in self._table.inputs:
            box.addItem(str(rule_input.title), rule_input.id)
        return box

    def _build(self) -> None:
        px = self._theme.px
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(px(10))
        drawn = Panel(self._theme, self.tr("Map of outcomes"), self)
        drawn.set_note(f"{self._table.title} {self._table.version}")
        drawn.add_to_title(Tag(self._theme, *provenance_tag(self._table.provenance)))
        body = QWidget(drawn)
        column = QVBoxLayout(body)
        column.setContentsMargins(px(12), px(8), px(12), px(8))
        column.addWidget(self.view, 1)
        foot = QHBoxLayout()
        foot.addWidget(self.readout, 1)
        foot.addWidget(self.save)
        column.addLayout(foot)
        drawn.set_body(body)
        side = Panel(self._theme, self.tr("Ratings"), self)
        side.setFixedWidth(px(SIDE_PX))
        side.set_body(self._build_side())
        row.addWidget(drawn, 1)
        row.addWidget(side)

    def _build_side(self) -> QWidget:
        px = self._theme.px
        inner = QWidget()
        column = QVBoxLayout(inner)
        column.setContentsMargins(px(12), px(8), px(12), px(10))
        column.setSpacing(px(4))
        for words, box in (
            (self.tr("Across"), self.across),
            (self.tr("Upward"), self.upward),
            (self.tr("The others as in"), self.source),
        ):
            column.addWidget(lettering(self._theme, words, FontUse.CAPTION_STRONG, "second"))
            column.addWidget(box)
        column.addSpacing(px(4))
        groups = tuple((group.id, str(group.title)) for group in self._table.groups)
        column.addWidget(Legend(self._theme, groups))
        column.addWidget(hairline())
        grid = QGridLayout()
        grid.setVerticalSpacing(px(2))
        grid.setColumnStretch(0, 1)
        for place, rule_input in enumerate(self._table.inputs):
            self._add_fixed(grid, place, rule_input)
        column.addLayout(grid)
        column.addStretch(1)
        area = QScrollArea(self)
        area.setWidgetResizable(True)
        area.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        area.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        area.viewport().setAutoFillBackground(False)
        area.setWidget(inner)
        inner.setAutoFillBackground(False)
        return area

    def _add_fixed(self, grid: QGridLayout, place: int, rule_input: RuleInput) -> None:
        box = ComboBox(self._theme)
        describe(box, str(rule_input.title))
        box.addItem("\N{EN DASH}", None)
        for value in points_of(rule_input):
            box.addItem(point_text(value), value)
        box.setMinimumWidth(self._theme.px(64))
        label = lettering(self._theme, input_words(rule_input, self._scheme), FontUse.TABLE)
        label.setToolTip(str(rule_input.title))
        grid.addWidget(label, place, 0)
        grid.addWidget(box, place, 1)
        box.currentIndexChanged.connect(self._work_out)
        self._fixed[rule_input.id] = box

    def _fill_sources(self) -> None:
        self._quiet = True
        self.source.clear()
        if self._points:
            self.source.addItem(self.tr("the open coding"), OWN)
        best = prototype(self._table)
        for place, example in enumerate(self._table.examples):
            self.source.addItem(self._example_words(example), place)
        self.source.addItem(self.tr("nothing rated"), NOTHING)
        if best is not None and not self._points:
            self.source.setCurrentIndex(self.source.findData(self._table.examples.index(best)))
        self._quiet = False

    def _example_words(self, example: RuleExample) -> str:
        groups = example.between or (example.subgroup or example.group,)
        return self.tr("example {0}").format(between_words(groups))

    def _take_source(self) -> None:
        if self._quiet:
            return
        chosen = self.source.currentData()
        values: Mapping[str, float] = self._points if chosen == OWN else {}
        if isinstance(chosen, int):
            values = dict(self._table.examples[chosen].values)
        self._quiet = True
        for rule_input in self._table.inputs:
            self._show_fixed(rule_input, values.get(rule_input.id))
        self._quiet = False
        self._work_out()

    def _show_fixed(self, rule_input: RuleInput, value: float | None) -> None:
        box = self._fixed[rule_input.id]
        points = points_of(rule_input)
        nearest = None if value is None else min(points, key=lambda point: abs(point - value))
        box.setCurrentIndex(0 if nearest is None else points.index(nearest) + 1)

    def _work_out(self) -> None:
        if self._quiet:
            return
        from ssp_coder.rules.map import outcome_map

        x, y = self.across.currentData(), self.upward.currentData()
        for name, box in self._fixed.items():
            box.setEnabled(name not in (x, y))
        if x == y:
            self.readout.setText(self.tr("Choose two different ratings."))
            return
        try:
            shown = outcome_map(self._table, x, y, self.fixed())
        except DomainError as error:
            self.readout.setText(said_error(error))
            return
        known = x in self._points and y in self._points and self.source.currentData() == OWN
        point = (self._points[x], self._points[y]) if known else None
        titles = (self.across.currentText(), self.upward.currentText())
        self.view.show_map(shown, titles, point)
        self.readout.setText(self.view.words())
