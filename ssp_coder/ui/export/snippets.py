"""Lines for R and Python that read the tables, to be copied."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtGui import QFont, QGuiApplication
from PySide6.QtWidgets import QPlainTextEdit, QVBoxLayout, QWidget

from ssp_coder.ui.kit.accessible import describe
from ssp_coder.ui.kit.button import ButtonKind, PushButton
from ssp_coder.ui.kit.panel import Panel
from ssp_coder.ui.kit.segmented import Segment, SegmentedControl
from ssp_coder.ui.theme.fonts import FontUse

if TYPE_CHECKING:
    from ssp_coder.ui.theme.theme import Theme

FIXED_FONTS = ("DejaVu Sans Mono", "Menlo", "Consolas", "monospace")


class SnippetPanel(Panel):
    """Shows the lines of one language and copies them."""

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(theme, "", parent)
        self.set_title(self.tr("Read the tables"))
        self._texts: dict[str, str] = {"r": "", "pandas": ""}
        segments = (Segment(id="r", title="R"), Segment(id="pandas", title="pandas"))
        self.language = SegmentedControl(theme, segments, self.tr("Language"), self)
        self.copy = PushButton(theme, self.tr("Copy"), ButtonKind.QUIET, self)
        self.lines = QPlainTextEdit(self)
        self._build(theme)
        self.language.segment_chosen.connect(self._choose)
        self.copy.clicked.connect(self._copy)
        self.language.set_chosen("r")

    def show_snippets(self, r_lines: str, pandas_lines: str) -> None:
        """Show these lines."""
        self._texts = {"r": r_lines, "pandas": pandas_lines}
        self.lines.setPlainText(self._texts[self.language.chosen()])

    def _choose(self, language: str) -> None:
        self.language.set_chosen(language)
        self.lines.setPlainText(self._texts[language])
        self.copy.set_words(self.tr("Copy"))

    def _copy(self) -> None:
        QGuiApplication.clipboard().setText(self.lines.toPlainText())
        self.copy.set_words(self.tr("Copied"))

    def _build(self, theme: Theme) -> None:
        self.add_to_title(self.language)
        self.add_to_title(self.copy)
        body = QWidget(self)
        column = QVBoxLayout(body)
        margin = theme.px(10)
        column.setContentsMargins(margin, theme.px(6), margin, margin)
        self.lines.setReadOnly(True)
        font = QFont(theme.font(FontUse.TABLE))
        font.setFamilies(list(FIXED_FONTS))
        self.lines.setFont(font)
        self.lines.setTabChangesFocus(True)
        self.lines.setLineWrapMode(QPlainTextEdit.LineWrapMode.NoWrap)
        self.lines.setMinimumHeight(theme.px(190))
        describe(self.lines, self.tr("Lines to copy"))
        column.addWidget(self.lines)
        self.set_body(body)
