"""A page of text that scrolls: headings, facts, and statements with where they come from."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, QObject, Qt
from PySide6.QtGui import QAccessible
from PySide6.QtWidgets import QHBoxLayout, QScrollArea, QVBoxLayout, QWidget

from ssp_coder.ui.instruments.words import source_words
from ssp_coder.ui.kit.accessible import describe, install_roles
from ssp_coder.ui.kit.chip import Tag
from ssp_coder.ui.kit.painting import RING, paint_ring, painter_of
from ssp_coder.ui.kit.panel import hairline
from ssp_coder.ui.rate.lettering import lettering, short_lettering
from ssp_coder.ui.rate.words import provenance_tag
from ssp_coder.ui.theme.fonts import FontUse

if TYPE_CHECKING:
    from ssp_coder.domain.words import Provenance
    from ssp_coder.ui.theme.theme import Theme

LABEL_PX = 128


class ReadingArea(QScrollArea):
    """The part of a sheet that takes the keys; told as a document to be read."""

    ACCESSIBLE_ROLE = QAccessible.Role.Document

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        install_roles()


class Sheet(QWidget):
    """Lines under one another; Up, Down, Page and Home keys scroll it."""

    def __init__(self, theme: Theme, name: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme = theme
        self._area = ReadingArea(self)
        self._area.setWidgetResizable(True)
        self._area.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self._area.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self._area.viewport().setAutoFillBackground(False)
        self._area.installEventFilter(self)
        describe(self._area, name)
        outer = QVBoxLayout(self)
        outer.setContentsMargins(RING, RING, RING, RING)
        outer.addWidget(self._area)
        self.setFocusProxy(self._area)
        theme.changed.connect(self.update)
        self.clear()

    def clear(self) -> None:
        """Take away all lines and go to the top."""
        px = self._theme.px
        inner = QWidget()
        self._column = QVBoxLayout(inner)
        self._column.setContentsMargins(px(12), px(8), px(14), px(12))
        self._column.setSpacing(px(5))
        self._column.setAlignment(Qt.AlignmentFlag.AlignTop)
        self._area.setWidget(inner)
        inner.setAutoFillBackground(False)
        self._area.verticalScrollBar().setValue(0)

    def add_title(self, words: str) -> None:
        """Add the name of what the sheet is about."""
        self._column.addWidget(lettering(self._theme, words, FontUse.STEP_TITLE))

    def add_heading(self, words: str) -> None:
        """Add the heading of a section, with a line above it."""
        self._column.addSpacing(self._theme.px(5))
        self._column.addWidget(hairline())
        self._column.addWidget(lettering(self._theme, words, FontUse.LABEL_STRONG))

    def add_text(self, words: str, tone: str = "") -> None:
        """Add a paragraph; nothing for an empty text."""
        if words:
            self._column.addWidget(lettering(self._theme, words, FontUse.BODY, tone))

    def add_fact(self, label: str, words: str) -> None:
        """Add a label with its value; nothing for an empty value."""
        if not words:
            return
        name = lettering(self._theme, label, FontUse.TABLE, "second")
        name.setFixedWidth(self._theme.px(LABEL_PX))
        row = QHBoxLayout()
        row.setSpacing(self._theme.px(8))
        row.addWidget(name, 0, Qt.AlignmentFlag.AlignTop)
        value = lettering(self._theme, words, FontUse.BODY)
        value.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        row.addWidget(value, 1)
        self._column.addLayout(row)

    def add_statement(self, words: str, provenance: Provenance, lead: str = "") -> None:
        """Add a sentence with its origin at the right; `lead` stands before it, as a point."""
        row = QHBoxLayout()
        row.setSpacing(self._theme.px(8))
        if lead:
            sign = short_lettering(self._theme, lead, FontUse.LABEL_STRONG)
            sign.setMinimumWidth(self._theme.px(20))
            row.addWidget(sign, 0, Qt.AlignmentFlag.AlignTop)
        row.addWidget(lettering(self._theme, words, FontUse.BODY), 1)
        tag = Tag(self._theme, *provenance_tag(provenance))
        tag.setToolTip(source_words(provenance))
        row.addWidget(tag, 0, Qt.AlignmentFlag.AlignTop)
        self._column.addLayout(row)

    def add_source(self, provenance: Provenance) -> None:
        """Add where the whole comes from: origin and source in full."""
        row = QHBoxLayout()
        row.setSpacing(self._theme.px(8))
        row.addWidget(Tag(self._theme, *provenance_tag(provenance)), 0, Qt.AlignmentFlag.AlignTop)
        words = lettering(self._theme, source_words(provenance), FontUse.CAPTION, "hint")
        row.addWidget(words, 1)
        self._column.addLayout(row)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:  # noqa: N802, D102 - Qt's name
        if event.type() in (QEvent.Type.FocusIn, QEvent.Type.FocusOut):
            self.update()
        return super().eventFilter(watched, event)

    def paintEvent(self, _event: object) -> None:  # noqa: N802, D102 - Qt's name
        if self._area.hasFocus():
            painter = painter_of(self)
            paint_ring(painter, self._theme, self.rect())
            painter.end()
