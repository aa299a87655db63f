"""The handbook's window: chapters at the left, what they say at the right."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QSize, Qt
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import (
    QDialog,
    QHBoxLayout,
    QListWidget,
    QListWidgetItem,
    QVBoxLayout,
    QWidget,
)

from ssp_coder.domain.handbook import About
from ssp_coder.ui.handbook.pages import BookPage, found
from ssp_coder.ui.instruments.sheet import Sheet
from ssp_coder.ui.keys.live import live_keys
from ssp_coder.ui.keys.words import chord_words
from ssp_coder.ui.kit.accessible import describe
from ssp_coder.ui.kit.field import FieldWithError
from ssp_coder.ui.kit.panel import Panel
from ssp_coder.ui.theme.fonts import FontUse

if TYPE_CHECKING:
    from ssp_coder.domain.scheme import Scheme
    from ssp_coder.ui.theme.theme import Theme

SIZE_PX = (940, 640)
LIST_PX = 260
PAGE_ROLE = int(Qt.ItemDataRole.UserRole)


class HandbookWindow(QDialog):
    """Shows one page of the handbook; typing a word keeps the pages that hold it."""

    def __init__(
        self,
        theme: Theme,
        pages: tuple[BookPage, ...],
        scheme: Scheme | None,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent, Qt.WindowType.Window)
        self._theme = theme
        self._pages = pages
        self._scheme = scheme
        self.search = FieldWithError(theme, self.tr("Search the handbook"), self)
        self.list = QListWidget(self)
        self.sheet = Sheet(theme, self.tr("The chosen chapter"), self)
        self._told = Panel(theme, " ", self)
        self._build()
        self.search.text_edited.connect(self._find)
        self.list.currentItemChanged.connect(self._show_current)
        QShortcut(QKeySequence.StandardKey.Find, self, self._go_to_search)
        self._find("")
        self.list.setFocus()

    @property
    def shown(self) -> BookPage | None:
        """The page in front, None when the search finds none."""
        item = self.list.currentItem()
        return None if item is None else self._page(item)

    def show_page(self, page: str) -> None:
        """Show what helps with a page of the window; without any, the handbook's first."""
        self._show_row([one.page for one in self._pages], page)

    def show_chapter(self, chapter: str) -> None:
        """Show a page by its own id; the handbook's first where there is none."""
        self._show_row([one.id for one in self._pages], chapter)

    def _show_row(self, names: list[str], wanted: str) -> None:
        """End a search, then show the first row of a name; the first of all without one."""
        self.search.set_text("")
        self._find("")
        self.list.setCurrentRow(names.index(wanted) if wanted in names else 0)

    def _page(self, item: QListWidgetItem) -> BookPage:
        chosen = item.data(PAGE_ROLE)
        return next(page for page in self._pages if page.id == chosen)

    def _find(self, query: str) -> None:
        before = self.shown
        self.list.clear()
        hits = found(self._pages, query)
        for page in hits:
            item = QListWidgetItem(page.title, self.list)
            item.setData(PAGE_ROLE, page.id)
            item.setToolTip(page.title)
            item.setSizeHint(QSize(0, self._theme.px(30)))
        ids = [page.id for page in hits]
        self.list.setCurrentRow(ids.index(before.id) if before and before.id in ids else 0)
        if not hits:
            self.search.show_error(self.tr("No chapter holds these words"))
            self._told.set_title(self.tr("Nothing found"))
            self.sheet.clear()
        else:
            self.search.clear_error()

    def _show_current(self, item: QListWidgetItem | None) -> None:
        if item is None:
            return
        page = self._page(item)
        self._told.set_title(page.title)
        self.sheet.clear()
        for passage in page.passages:
            self.sheet.add_heading(str(passage.heading))
            self.sheet.add_statement(str(passage.text), passage.provenance)
        if page.lines:
            self.sheet.add_heading(self.tr("In the program"))
            for line in page.lines:
                self.sheet.add_text(line)
        self._show_scheme(page.about)

    def _show_scheme(self, about: About) -> None:
        if self._scheme is None or about is About.NOTHING:
            return
        {
            About.CODES: self._show_codes,
            About.SCALES: self._show_scales,
            About.THEMES: self._show_themes,
            About.GROUPS: self._show_groups,
        }[about](self._scheme)
        more = self.tr("More on each: Instruments, Read the instruments.")
        key = chord_words(live_keys().shown("instruments"))
        self.sheet.add_text(f"{more} ({key})" if key else more, "hint")

    def _show_codes(self, scheme: Scheme) -> None:
        for group in scheme.ethogram.groups:
            self.sheet.add_heading(str(group.title))
            for code in group.codes:
                self.sheet.add_fact(str(code.short), str(code.hint) or str(code.title))

    def _show_scales(self, scheme: Scheme) -> None:
        for scale in scheme.scales:
            self.sheet.add_heading(f"{scale.title} ({scale.abbreviation})")
            self.sheet.add_statement(str(scale.gist), scale.provenance)
            for confusion in scale.confusions:
                self.sheet.add_text(str(confusion), "second")

    def _show_themes(self, scheme: Scheme) -> None:
        self.sheet.add_heading(self.tr("Thematic groups"))
        for theme in scheme.themes:
            self.sheet.add_statement(str(theme.title), theme.provenance, theme.id)
        self.sheet.add_heading(self.tr("Explanations to rule out"))
        for explanation in scheme.explanations:
            self.sheet.add_text(str(explanation.title))

    def _show_groups(self, scheme: Scheme) -> None:
        self.sheet.add_heading(self.tr("Subgroups"))
        for profile in scheme.rules.profiles:
            self.sheet.add_statement(str(profile.gist), profile.provenance, profile.id)

    def _go_to_search(self) -> None:
        self.search.edit.setFocus()
        self.search.edit.selectAll()

    def _build(self) -> None:
        px = self._theme.px
        self.setWindowTitle(self.tr("Handbook"))
        self.resize(px(SIZE_PX[0]), px(SIZE_PX[1]))
        self.search.edit.setPlaceholderText(self.tr("Search the handbook"))
        self.list.setFont(self._theme.font(FontUse.BODY))
        self.list.setSpacing(px(1))
        self.list.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        describe(self.list, self.tr("Chapters"))
        left = QWidget(self)
        left.setFixedWidth(px(LIST_PX))
        column = QVBoxLayout(left)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(px(8))
        column.addWidget(self.search)
        column.addWidget(self.list, 1)
        self._told.set_body(self.sheet)
        row = QHBoxLayout(self)
        row.setContentsMargins(px(12), px(12), px(12), px(12))
        row.setSpacing(px(10))
        row.addWidget(left)
        row.addWidget(self._told, 1)
