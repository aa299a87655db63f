"""The rail of steps at the left, and at its foot what is still missing."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QAccessible
from PySide6.QtWidgets import QLabel, QMenu, QSizePolicy, QVBoxLayout, QWidget

from ssp_coder.ui.kit.accessible import describe, install_roles
from ssp_coder.ui.kit.button import ButtonKind, PushButton
from ssp_coder.ui.kit.rail_rows import GapRow, RailRow, RailStep, StepState
from ssp_coder.ui.theme.fonts import FontUse

if TYPE_CHECKING:
    from collections.abc import Iterable

    from ssp_coder.ui.theme.theme import Theme

__all__ = ["RailGap", "RailStep", "StepRail", "StepState"]

WIDE_PX = 184
NARROW_PX = 64
WIDEST_NARROW_PX = 112
"""Project default: the narrow form grows so far for long words; longer ones are cut off."""


@dataclass(frozen=True, slots=True, kw_only=True)
class RailGap:
    """One thing that is still missing, and the id that `missing_chosen` carries."""

    id: str
    text: str


class StepRail(QWidget):
    """Steps with their state; wide with words beside the circles, narrow with words below."""

    ACCESSIBLE_ROLE = QAccessible.Role.PageTabList

    step_chosen = Signal(str)
    missing_chosen = Signal(str)

    def __init__(
        self, theme: Theme, steps: Iterable[RailStep] = (), parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        install_roles()
        self._theme = theme
        self._steps: tuple[RailStep, ...] = ()
        self._gaps: tuple[RailGap, ...] = ()
        self._current = ""
        self._narrow = False
        self._rows: dict[str, RailRow] = {}
        self._gap_rows: list[GapRow] = []
        self._build()
        describe(self, self.tr("Steps"))
        self.set_steps(steps)

    def set_steps(self, steps: Iterable[RailStep]) -> None:
        """Show these steps; rows that stay the same are kept, so nothing jumps."""
        self._steps = tuple(steps)
        if tuple(self._rows) != tuple(step.id for step in self._steps):
            self._rebuild_rows()
        for step in self._steps:
            row = self._rows[step.id]
            row.show_step(step)
            row.set_current(step.id == self._current)
            row.setVisible(step.level == 0 or not self._narrow)
        self._fit_width()

    def set_current(self, step_id: str) -> None:
        """Mark the step that is open; an unknown id marks none."""
        self._current = step_id
        for row_id, row in self._rows.items():
            row.set_current(row_id == step_id)

    def current(self) -> str:
        """The id of the marked step, or an empty text."""
        return self._current

    def set_missing(self, gaps: Iterable[RailGap]) -> None:
        """Show what is still missing; each line jumps."""
        self._gaps = tuple(gaps)
        for row in self._gap_rows:
            row.deleteLater()
        self._gap_rows.clear()
        for gap in self._gaps:
            row = GapRow(self._theme, gap.text, self)
            row.setProperty("gap_id", gap.id)
            row.clicked.connect(self._gap_clicked)
            self._gap_box.addWidget(row)
            self._gap_rows.append(row)
        self._gap_button.set_words(self.tr("{0} open").format(len(self._gaps)))
        self._show_foot()

    def set_narrow(self, narrow: bool) -> None:
        """Use the form for small screens, 64 px or as wide as its words, or the 184 px form."""
        self._narrow = narrow
        self._fit_width()
        margin = self._theme.px(4 if narrow else 8)
        self._column.setContentsMargins(0, self._theme.px(12), margin, self._theme.px(8))
        for step in self._steps:
            self._rows[step.id].set_narrow(narrow)
            self._rows[step.id].setVisible(step.level == 0 or not narrow)
        self._show_foot()

    def add_foot(self, widget: QWidget) -> None:
        """Add a widget under the missing list, for instance the way to the handbook."""
        self._column.addWidget(widget)

    def row(self, step_id: str) -> RailRow:
        """The row of a step."""
        return self._rows[step_id]

    def missing_rows(self) -> tuple[GapRow, ...]:
        """The rows of the missing list, in order."""
        return tuple(self._gap_rows)

    def _build(self) -> None:
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Expanding)
        self._column = QVBoxLayout(self)
        self._column.setSpacing(0)
        self._row_box = QVBoxLayout()
        self._row_box.setSpacing(0)
        self._column.addLayout(self._row_box)
        self._column.addStretch(1)
        self._gap_title = QLabel(self.tr("Still missing"), self)
        self._gap_title.setFont(self._theme.font(FontUse.CAPTION_STRONG))
        self._gap_title.setProperty("tone", "hint")
        self._gap_title.setContentsMargins(self._theme.px(16), 0, 0, self._theme.px(4))
        self._column.addWidget(self._gap_title)
        self._gap_box = QVBoxLayout()
        self._gap_box.setSpacing(0)
        self._column.addLayout(self._gap_box)
        self._gap_button = PushButton(self._theme, "", ButtonKind.QUIET, self)
        self._gap_button.clicked.connect(self._show_gap_menu)
        self._column.addWidget(self._gap_button)
        self.set_narrow(False)

    def _fit_width(self) -> None:
        px = self._theme.px
        if not self._narrow:
            self.setFixedWidth(px(WIDE_PX))
            return
        words = (row.narrow_width() for row in self._rows.values() if row.step.level == 0)
        widest = max((px(NARROW_PX), *words))
        self.setFixedWidth(min(widest, px(WIDEST_NARROW_PX)))

    def _rebuild_rows(self) -> None:
        for row in self._rows.values():
            row.deleteLater()
        self._rows = {}
        for step in self._steps:
            row = RailRow(self._theme, step, self)
            row.set_narrow(self._narrow)
            row.clicked.connect(self._row_clicked)
            self._row_box.addWidget(row)
            self._rows[step.id] = row

    def _show_foot(self) -> None:
        wide = bool(self._gaps) and not self._narrow
        self._gap_title.setVisible(wide)
        for row in self._gap_rows:
            row.setVisible(wide)
        self._gap_button.setVisible(bool(self._gaps) and self._narrow)

    def _row_clicked(self) -> None:
        row = self.sender()
        if isinstance(row, RailRow):
            self.step_chosen.emit(row.step.id)

    def _gap_clicked(self) -> None:
        self.missing_chosen.emit(str(self.sender().property("gap_id")))

    def _show_gap_menu(self) -> None:
        menu = QMenu(self)
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        for gap in self._gaps:
            action = menu.addAction(gap.text)
            action.setProperty("gap_id", gap.id)
            action.triggered.connect(self._gap_clicked)
        menu.popup(self._gap_button.mapToGlobal(self._gap_button.rect().topRight()))
