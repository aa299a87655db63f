"""Light highlighting of a data file: headings strong, comments and keys quieter than values."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from PySide6.QtGui import QFont, QSyntaxHighlighter, QTextCharFormat

if TYPE_CHECKING:
    from PySide6.QtGui import QTextDocument

    from ssp_coder.ui.theme.theme import Theme

_HEADING = re.compile(r"^\s*\[\[?[^\]\n]*\]\]?")
_KEY = re.compile(r"^\s*[\w.\"'+{}-]+(?=\s*=)")
_STRING = re.compile(r"\"(?:\\.|[^\"\\])*\"|'[^']*'")


class TomlHighlighter(QSyntaxHighlighter):
    """Marks headings, keys and comments of one text."""

    def __init__(self, theme: Theme, document: QTextDocument) -> None:
        super().__init__(document)
        self._theme = theme
        theme.changed.connect(self.rehighlight)

    def highlightBlock(self, text: str) -> None:  # noqa: N802, D102 - Qt's name
        heading = _HEADING.match(text)
        if heading is not None:
            self.setFormat(heading.start(), heading.end(), self._format("accent", strong=True))
        key = _KEY.match(text)
        if key is not None:
            self.setFormat(key.start(), key.end() - key.start(), self._format("text2"))
        comment = _comment_start(text)
        if comment >= 0:
            self.setFormat(comment, len(text) - comment, self._format("text3"))

    def _format(self, token: str, *, strong: bool = False) -> QTextCharFormat:
        form = QTextCharFormat()
        form.setForeground(self._theme.colour(token))
        if strong:
            form.setFontWeight(QFont.Weight.DemiBold)
        return form


def _comment_start(text: str) -> int:
    """Where a comment begins in a line, -1 when there is none."""
    without = _STRING.sub(lambda found: "s" * len(found.group()), text)
    return without.find("#")
