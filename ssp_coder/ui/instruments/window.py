"""The instrument browser: a window of its own, beside the coding."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QSize, Qt
from PySide6.QtWidgets import (
    QDialog,
    QHBoxLayout,
    QLabel,
    QListWidget,
    QListWidgetItem,
    QStackedWidget,
    QVBoxLayout,
    QWidget,
)

from ssp_coder.catalog.errors import CatalogError
from ssp_coder.domain.speaking import spoken_in
from ssp_coder.ui.instruments.codes import CodesPage
from ssp_coder.ui.instruments.contents import Part, entries_of, matching
from ssp_coder.ui.instruments.keys import KeysPage
from ssp_coder.ui.instruments.map_page import MapPage
from ssp_coder.ui.instruments.overview import OverviewPage
from ssp_coder.ui.instruments.procedure import ProcedurePage
from ssp_coder.ui.instruments.rules import RulesPage
from ssp_coder.ui.instruments.scales import ScalesPage
from ssp_coder.ui.instruments.seen import seen_points
from ssp_coder.ui.instruments.words import part_title
from ssp_coder.ui.keys.live import KeyTip
from ssp_coder.ui.keys.shortcuts import WindowKey, WindowKeys
from ssp_coder.ui.kit.accessible import describe
from ssp_coder.ui.kit.choice import ComboBox
from ssp_coder.ui.kit.empty_state import EmptyState
from ssp_coder.ui.kit.field import FieldWithError
from ssp_coder.ui.language.spoken import said_error
from ssp_coder.ui.theme.fonts import FontUse

if TYPE_CHECKING:
    from ssp_coder.domain.ruletable import RuleTable
    from ssp_coder.domain.scheme import Scheme
    from ssp_coder.ui.session import OpenSession
    from ssp_coder.ui.theme.theme import Theme

LIST_PX = 196
SIZE_PX = (1320, 800)
OWN = ""
"""Stands for the scheme embedded in the open coding, in the list of schemes."""

PART_ROLE = int(Qt.ItemDataRole.UserRole)
ITEM_ROLE = PART_ROLE + 1


@dataclass(frozen=True, slots=True, kw_only=True)
class Shelf:
    """Where instruments are looked for besides the bundled ones, and how they are worded.

    Attributes:
        folders: a lab's own, searched first.
        language: code of the language shown.
    """

    folders: tuple[Path, ...] = ()
    language: str = "en"


BUNDLED = Shelf()


class InstrumentsWindow(QDialog):
    """Lists the parts of a scheme at the left and shows one; typing a word finds items."""

    def __init__(
        self,
        theme: Theme,
        session: OpenSession | None = None,
        shelf: Shelf = BUNDLED,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent, Qt.WindowType.Window)
        self._shelf = shelf
        self._theme = theme
        self._session = session
        self._pages: dict[Part, QWidget] = {}
        self.schemes = ComboBox(theme, self)
        self.search = FieldWithError(theme, self.tr("Search the instrument"), self)
        self.list = QListWidget(self)
        self._stack = QStackedWidget(self)
        self._scheme: Scheme | None = None
        self._table: RuleTable | None = None
        self._build()
        self._fill_schemes()
        self.schemes.activated.connect(self._choose_scheme)
        self.search.text_edited.connect(self._find)
        self.list.currentItemChanged.connect(self._show_current)
        WindowKeys(self, (WindowKey(command="find_events", act=self._go_to_search),))
        KeyTip(self.search.edit, self.tr("Search the instrument"), "find_events")
        if session is not None:
            session.changed.connect(self._show_points)
        self._choose_scheme(self.schemes.currentIndex())
        self.list.setFocus()

    @property
    def scheme(self) -> Scheme | None:
        """The scheme shown, None when it cannot be read."""
        return self._scheme

    def show_scheme(self, scheme: Scheme) -> None:
        """Show a scheme, at the part that was in front."""
        part = self.current_part()
        self._scheme = scheme
        self._table = scheme.rules
        self._forget_pages(tuple(self._pages))
        self._entries = entries_of(scheme)
        self._find(self.search.text())
        self.show_part(part)

    def show_part(self, part: Part, item: str = "") -> None:
        """Bring a part to the front, and an item of it into view."""
        for row in range(self.list.count()):
            listed = self.list.item(row)
            if (listed.data(PART_ROLE), listed.data(ITEM_ROLE)) == (part.value, item):
                self.list.setCurrentRow(row)
                self._show(part, item)
                return
        self._show(part, item)

    def current_part(self) -> Part:
        """The part in front."""
        shown = self._stack.currentWidget()
        return next((part for part, page in self._pages.items() if page is shown), Part.OVERVIEW)

    def page(self, part: Part) -> QWidget:
        """The page of a part, made when it is asked for the first time."""
        if part not in self._pages:
            self._pages[part] = self._make(part)
            self._stack.addWidget(self._pages[part])
            self._show_points()
        return self._pages[part]

    def sizeHint(self) -> QSize:  # noqa: N802, D102 - Qt's name
        return QSize(*(self._theme.px(length) for length in SIZE_PX))

    def _build(self) -> None:
        px = self._theme.px
        self.setWindowTitle(self.tr("Instruments"))
        describe(self.schemes, self.tr("Scheme"))
        describe(self.list, self.tr("Parts of the instrument"))
        self.search.edit.setPlaceholderText(self.tr("Search"))
        self.list.setFont(self._theme.font(FontUse.BODY))
        self.list.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.list.setTextElideMode(Qt.TextElideMode.ElideRight)
        left = QWidget(self)
        left.setFixedWidth(px(LIST_PX))
        column = QVBoxLayout(left)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(px(6))
        label = QLabel(self.tr("Scheme"), left)
        label.setFont(self._theme.font(FontUse.CAPTION_STRONG))
        label.setProperty("tone", "second")
        column.addWidget(label)
        column.addWidget(self.schemes)
        column.addWidget(self.search)
        column.addWidget(self.list, 1)
        row = QHBoxLayout(self)
        row.setContentsMargins(px(10), px(10), px(10), px(10))
        row.setSpacing(px(10))
        row.addWidget(left)
        row.addWidget(self._stack, 1)
        self.resize(self.sizeHint())

    def _fill_schemes(self) -> None:
        from ssp_coder.catalog import available_schemes

        if self._session is not None:
            self.schemes.addItem(self.tr("of the open coding"), OWN)
        for summary in available_schemes(self._shelf.folders):
            title = summary.title.in_language(self._shelf.language)
            self.schemes.addItem(title, summary.id)
            if summary.usual and self._session is None:
                self.schemes.setCurrentIndex(self.schemes.count() - 1)

    def _choose_scheme(self, place: int) -> None:
        chosen = str(self.schemes.itemData(place))
        if chosen == OWN and self._session is not None:
            self.show_scheme(self._session.scheme)
            return
        from ssp_coder.catalog import load_scheme

        try:
            scheme = load_scheme(chosen, folders=self._shelf.folders)
        except CatalogError as error:
            self._show_problem(said_error(error))
            return
        self.show_scheme(spoken_in(scheme, self._shelf.language))

    def _show_problem(self, sentence: str) -> None:
        self._scheme = None
        self._forget_pages(tuple(self._pages))
        self.list.clear()
        page = EmptyState(self._theme, self.tr("This scheme cannot be read"), sentence)
        self._pages[Part.OVERVIEW] = page
        self._stack.addWidget(page)

    def _forget_pages(self, parts: tuple[Part, ...]) -> None:
        for part in parts:
            page = self._pages.pop(part, None)
            if page is not None:
                self._stack.removeWidget(page)
                page.deleteLater()

    def _make(self, part: Part) -> QWidget:
        theme, scheme, table = self._theme, self._scheme, self._table
        if scheme is None or table is None:
            return QWidget(self)
        if part is Part.RULES:
            return self._make_rules(scheme, table)
        if part is Part.MAP:
            return self._make_map(scheme, table)
        kind = {
            Part.OVERVIEW: OverviewPage,
            Part.PROCEDURE: ProcedurePage,
            Part.CODES: CodesPage,
            Part.SCALES: ScalesPage,
            Part.KEYS: KeysPage,
        }[part]
        return kind(theme, scheme, self)

    def _make_rules(self, scheme: Scheme, table: RuleTable) -> RulesPage:
        from ssp_coder.catalog.tables import available_rule_tables

        page = RulesPage(self._theme, scheme, table, self)
        own = (scheme.rules.id, self._table_words(scheme.rules))
        others = tuple(
            (
                summary.id,
                f"{summary.title.in_language(self._shelf.language)} {summary.version}",
            )
            for summary in available_rule_tables(self._shelf.folders)
            if summary.id != own[0] and summary.problem is None
        )
        page.set_tables((own, *others))
        page.table_chosen.connect(self._choose_table)
        return page

    def _make_map(self, scheme: Scheme, table: RuleTable) -> QWidget:
        if table.closed or len(table.inputs) < 2:
            title = self.tr("{0} has no map").format(table.title)
            hint = table.closed or self.tr("It reads fewer than two ratings.")
            return EmptyState(self._theme, title, hint)
        return MapPage(self._theme, scheme, table, self)

    def _table_words(self, table: RuleTable) -> str:
        return self.tr("{0} {1}, of this scheme").format(table.title, table.version)

    def _choose_table(self, table_id: str) -> None:
        if self._scheme is None:
            return
        if table_id == self._scheme.rules.id:
            self._table = self._scheme.rules
        else:
            from ssp_coder.catalog.tables import load_rule_table

            try:
                loaded = load_rule_table(table_id, folders=self._shelf.folders)
                self._table = spoken_in(loaded.table, self._shelf.language)
            except CatalogError as error:
                self.search.show_error(said_error(error))
                return
        self._forget_pages((Part.RULES, Part.MAP))
        self._show(Part.RULES, "")

    def _find(self, query: str) -> None:
        found = matching(self._entries, query) if self._scheme is not None else ()
        self.list.blockSignals(True)
        self.list.clear()
        for part in Part:
            inside = [entry for entry in found if entry.part is part]
            if inside or not query.strip():
                self._add_row(part_title(part), part, "")
            for entry in inside:
                self._add_row(entry.title, part, entry.item)
        self.list.blockSignals(False)
        nothing = bool(query.strip()) and not found
        if nothing:
            self.search.show_error(self.tr("Nothing found"))
        else:
            self.search.clear_error()

    def _add_row(self, words: str, part: Part, item: str) -> None:
        row = QListWidgetItem(f"{'       ' if item else '  '}{words}", self.list)
        row.setFont(self._theme.font(FontUse.TABLE if item else FontUse.LABEL_STRONG))
        row.setData(PART_ROLE, part.value)
        row.setData(ITEM_ROLE, item)
        row.setToolTip(words)
        row.setSizeHint(QSize(0, self._theme.px(24 if item else 30)))

    def _show_current(self, item: QListWidgetItem | None) -> None:
        if item is not None:
            self._show(Part(item.data(PART_ROLE)), str(item.data(ITEM_ROLE)))

    def _show(self, part: Part, item: str) -> None:
        page = self.page(part)
        self._stack.setCurrentWidget(page)
        if item and isinstance(page, ProcedurePage | CodesPage | ScalesPage | RulesPage):
            page.show_item(item)

    def _show_points(self, _changed: object = None) -> None:
        own = self._session is not None and self._scheme is self._session.scheme
        points: dict[str, float] = {}
        if own and self._session is not None:
            points = seen_points(self._session.coding, self._session.scheme)
        for page in self._pages.values():
            if isinstance(page, RulesPage | MapPage):
                page.show_points(points)

    def _go_to_search(self) -> None:
        self.search.setFocus(Qt.FocusReason.ShortcutFocusReason)
        self.search.edit.selectAll()
