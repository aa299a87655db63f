"""The line over the list that narrows it: words, a menu of wishes, and chips of those in force."""

from __future__ import annotations

from dataclasses import replace
from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, QObject, Qt, Signal
from PySide6.QtGui import QAction, QKeyEvent
from PySide6.QtWidgets import QHBoxLayout, QLineEdit, QMenu, QSizePolicy, QWidget

from ssp_coder.ui.code.table_columns import Column, column_name
from ssp_coder.ui.code.table_filter import SHOW_ALL, EventFilter
from ssp_coder.ui.kit.accessible import describe
from ssp_coder.ui.kit.button import ButtonKind, PushButton
from ssp_coder.ui.kit.chip import Chip, ChipFace
from ssp_coder.ui.rate.flow import FlowLayout
from ssp_coder.ui.theme.fonts import FontUse

if TYPE_CHECKING:
    from collections.abc import Iterable

    from ssp_coder.domain.scheme import Scheme
    from ssp_coder.ui.code.event_table import EventTable
    from ssp_coder.ui.theme.theme import Theme

NAMED_ON_A_CHIP = 2
"""So many choices a chip names; it counts the others."""


class FindLine(QWidget):
    """Field, filter menu and columns menu, for the title row of the list.

    Signals:
        filter_wanted: the filter as the person wishes it.
        list_wanted: the keyboard shall go to the list.
    """

    filter_wanted = Signal(object)
    list_wanted = Signal()

    def __init__(self, theme: Theme, scheme: Scheme, table: EventTable, parent: QWidget) -> None:
        super().__init__(parent)
        self._theme = theme
        self._scheme = scheme
        self._table = table
        self._filter = SHOW_ALL
        self.field = QLineEdit(self)
        self.filter_button = PushButton(theme, "", ButtonKind.QUIET, self)
        self.columns_button = PushButton(theme, "", ButtonKind.QUIET, self)
        self.chips = QWidget(parent)
        self._flow = FlowLayout(theme.px(4))
        self._build()

    @property
    def filter(self) -> EventFilter:
        """The filter shown."""
        return self._filter

    def show_filter(self, wanted: EventFilter) -> None:
        """Show a filter, without a signal."""
        self._filter = wanted
        if self.field.text().split() != wanted.text.split():
            self.field.setText(wanted.text)
        self.filter_button.setCheckable(True)
        self.filter_button.setChecked(not replace(wanted, text="").is_empty)
        self._show_chips()

    def focus_field(self) -> None:
        """Put the keyboard into the field."""
        self.field.setFocus(Qt.FocusReason.ShortcutFocusReason)
        self.field.selectAll()

    def filter_menu(self) -> QMenu:
        """The menu of wishes, as they are now."""
        menu = QMenu(self)
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        for group in self._scheme.ethogram.groups:
            part = menu.addMenu(str(group.title))
            self._add(part, self.tr("All of {0}").format(group.title), "groups", group.id)
            part.addSeparator()
            for code in group.codes:
                self._add(part, str(code.title), "codes", code.id)
        menu.addSeparator()
        persons = menu.addMenu(self.tr("Person"))
        for person in self._scheme.procedure.persons:
            self._add(persons, str(person.title), "subjects", person.id)
        episodes = menu.addMenu(self.tr("Episode"))
        for plan in self._scheme.procedure.episodes:
            self._add(episodes, f"{plan.id}  {plan.title}", "episodes", plan.id)
        self._add(episodes, self.tr("Outside all episodes"), "episodes", "")
        commented = menu.addAction(self.tr("With a comment"))
        commented.setCheckable(True)
        commented.setChecked(self._filter.commented)
        commented.toggled.connect(self._want_commented)
        menu.addSeparator()
        clear = menu.addAction(self.tr("Show all events"))
        clear.setEnabled(not self._filter.is_empty)
        clear.triggered.connect(self.clear)
        return menu

    def columns_menu(self) -> QMenu:
        """The menu of columns: which are shown, and by which rows are sorted."""
        menu = QMenu(self)
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        order = menu.addMenu(self.tr("Sort by"))
        now, _ = self._table.sorted_by()
        for column in Column:
            action = order.addAction(column_name(column))
            action.setCheckable(True)
            action.setChecked(column is now)
            action.triggered.connect(partial(self._table.want_order, column))
        menu.addSeparator()
        shown = self._table.shown_columns()
        for column in Column:
            action = menu.addAction(column_name(column))
            action.setCheckable(True)
            action.setChecked(column in shown)
            action.setEnabled(shown != (column,))
            action.toggled.connect(partial(self._show_column, column))
        return menu

    def clear(self) -> None:
        """Show all events again."""
        self.field.clear()
        self._want(SHOW_ALL)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:  # noqa: N802, D102 - Qt's name
        if event.type() != QEvent.Type.KeyPress or not isinstance(event, QKeyEvent):
            return super().eventFilter(watched, event)
        if event.key() == Qt.Key.Key_Escape:
            if self._filter.is_empty:
                self.list_wanted.emit()
            self.clear()
            return True
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_Down):
            self.list_wanted.emit()
            return True
        return super().eventFilter(watched, event)

    def _add(self, menu: QMenu, words: str, wish: str, value: str) -> QAction:
        action = menu.addAction(words)
        action.setCheckable(True)
        action.setChecked(value in getattr(self._filter, wish))
        action.toggled.connect(partial(self._turn, wish, value))
        return action

    def _turn(self, wish: str, value: str, _on: bool) -> None:
        self._want(self._filter.turned(wish, value))

    def _want_commented(self, on: bool) -> None:
        self._want(replace(self._filter, commented=on))

    def _want_text(self, text: str) -> None:
        self._want(replace(self._filter, text=" ".join(text.split())))

    def _drop(self, wish: str) -> None:
        self._want(self._filter.without(wish))

    def _want(self, wanted: EventFilter) -> None:
        if wanted != self._filter:
            self.filter_wanted.emit(wanted)

    def _show_column(self, column: Column, shown: bool) -> None:
        self._table.show_column(column, shown=shown)

    def _open_filter(self) -> None:
        self._open(self.filter_menu(), self.filter_button)

    def open_columns(self) -> None:
        """Open the menu of columns."""
        self._open(self.columns_menu(), self.columns_button)

    def _open(self, menu: QMenu, button: PushButton) -> None:
        self.filter_button.setChecked(not replace(self._filter, text="").is_empty)
        menu.popup(button.mapToGlobal(button.rect().bottomLeft()))

    def _show_chips(self) -> None:
        while (item := self._flow.takeAt(0)) is not None:
            if (chip := item.widget()) is not None:
                chip.hide()
                chip.deleteLater()
        for wish, words in self._wishes():
            chip = Chip(self._theme, ChipFace(text=words, removable=True), self.chips)
            chip.removed.connect(partial(self._drop, wish))
            chip.clicked.connect(self._open_filter)
            self._flow.addWidget(chip)
            chip.show()
        self.chips.setVisible(self._flow.count() > 0)

    def _wishes(self) -> list[tuple[str, str]]:
        """Each wish in force but the typed words, which stand in the field."""
        scheme, wanted = self._scheme, self._filter
        named = {
            "groups": [str(g.title) for g in scheme.ethogram.groups if g.id in wanted.groups],
            "codes": [str(c.title) for c in scheme.ethogram.codes() if c.id in wanted.codes],
            "subjects": [str(p.title) for p in scheme.procedure.persons if p.id in wanted.subjects],
            "episodes": [
                *(plan.id for plan in scheme.procedure.episodes if plan.id in wanted.episodes),
                *([self.tr("outside")] if "" in wanted.episodes else []),
            ],
            "commented": [self.tr("With a comment")] if wanted.commented else [],
        }
        return [(wish, _some(names)) for wish, names in named.items() if names]

    def _build(self) -> None:
        px = self._theme.px
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(px(2))
        self.field.setPlaceholderText(self.tr("Find in events"))
        self.field.setFont(self._theme.font(FontUse.TABLE))
        self.field.setClearButtonEnabled(True)
        self.field.setMaximumWidth(px(190))
        self.field.setMinimumWidth(px(90))
        self.field.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Fixed)
        describe(self.field, self.tr("Find in events"), self.tr("Esc shows all events again"))
        self.field.installEventFilter(self)
        self.field.textEdited.connect(self._want_text)
        self.field.textChanged.connect(self._note_cleared)
        self.filter_button.set_icon_name("filter")
        self.filter_button.set_name(self.tr("Filter the list"))
        self.filter_button.clicked.connect(self._open_filter)
        self.columns_button.set_icon_name("grid")
        self.columns_button.set_name(self.tr("Columns and order of the list"))
        self.columns_button.clicked.connect(self.open_columns)
        for widget in (self.field, self.filter_button, self.columns_button):
            row.addWidget(widget)
        self.chips.setLayout(self._flow)
        self.chips.setContentsMargins(px(8), px(2), px(8), px(2))
        self.chips.hide()

    def _note_cleared(self, text: str) -> None:
        if not text:
            self._want_text("")


def _some(names: Iterable[str]) -> str:
    """The first names, and how many more there are."""
    all_names = list(names)
    shown, more = all_names[:NAMED_ON_A_CHIP], len(all_names) - NAMED_ON_A_CHIP
    return ", ".join(shown) + (f" +{more}" if more > 0 else "")
