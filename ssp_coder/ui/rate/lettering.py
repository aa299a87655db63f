"""Lines of text as the pages that judge use them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QHBoxLayout, QLabel, QSizePolicy, QWidget

from ssp_coder.ui.kit.painting import RING
from ssp_coder.ui.theme.fonts import FontUse

if TYPE_CHECKING:
    from ssp_coder.ui.theme.theme import Theme

_TOKENS = {"": "text", "second": "text2", "hint": "text3"}


def lettering(theme: Theme, text: str, use: FontUse = FontUse.BODY, tone: str = "") -> QLabel:
    """A plain-text label that wraps.

    Args:
        theme: where the font comes from.
        text: the words; never read as markup.
        use: what the text is for.
        tone: "second", "hint", "ok", "warn", "err" or empty.
    """
    label = QLabel(text)
    label.setTextFormat(Qt.TextFormat.PlainText)
    label.setFont(theme.font(use))
    label.setWordWrap(True)
    label.setMinimumWidth(1)
    if tone:
        label.setProperty("tone", tone)
    return label


def short_lettering(theme: Theme, text: str, use: FontUse = FontUse.BODY, tone: str = "") -> QLabel:
    """A label for a word or a number, kept on one line."""
    label = lettering(theme, text, use, tone)
    label.setWordWrap(False)
    label.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
    return label


class IconLine(QWidget):
    """A small icon and words that wrap beside it."""

    def __init__(
        self,
        theme: Theme,
        icon: str,
        use: FontUse = FontUse.CAPTION,
        tone: str = "second",
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self._theme = theme
        self._icon = icon
        self._token = _TOKENS.get(tone, tone)
        self._sign = QLabel(self)
        self._words = lettering(theme, "", use, tone)
        row = QHBoxLayout(self)
        row.setContentsMargins(RING, 0, 0, 0)
        row.setSpacing(theme.px(5))
        row.addWidget(self._sign, 0, Qt.AlignmentFlag.AlignTop)
        row.addWidget(self._words, 1)
        theme.changed.connect(self._draw_icon)
        self._draw_icon()

    def text(self) -> str:
        """The words shown."""
        return self._words.text()

    def show_text(self, text: str) -> None:
        """Show words; without any the line is not there."""
        self._words.setText(text)
        # Shown before it is put anywhere, it would flash up as a window of its own.
        if self.parent() is not None or not text:
            self.setVisible(bool(text))

    def _draw_icon(self) -> None:
        side = self._theme.px(14)
        ratio = self.devicePixelRatioF()
        self._sign.setPixmap(self._theme.pixmap(self._icon, self._token, side, ratio))
