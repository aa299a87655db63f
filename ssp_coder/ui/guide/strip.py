"""The strip that says what to do next in the guided first run."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QWidget

from ssp_coder.ui.kit.accessible import describe
from ssp_coder.ui.kit.button import ButtonKind, PushButton
from ssp_coder.ui.kit.keycap import KeyCap
from ssp_coder.ui.theme.fonts import FontUse

if TYPE_CHECKING:
    from ssp_coder.ui.theme.theme import Theme


class GuideStrip(QFrame):
    """Says one thing to do with its keys; never takes the keyboard.

    Signals:
        skipped: the person goes on without doing it.
        ended: the person has enough.
    """

    skipped = Signal()
    ended = Signal()

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme = theme
        self._caps: list[KeyCap] = []
        self.number = QLabel(self)
        self.words = QLabel(self)
        self.skip = PushButton(theme, self.tr("Skip"), ButtonKind.QUIET, self)
        self.end = PushButton(theme, self.tr("End the guided run"), ButtonKind.PLAIN, self)
        self._keys = QWidget(self)
        self._line = QHBoxLayout(self._keys)
        self._build()
        self.skip.clicked.connect(self.skipped)
        self.end.clicked.connect(self.ended)

    def show_step(self, place: int, count: int, words: str, keys: tuple[str, ...]) -> None:
        """Ask for one thing.

        Args:
            place: from 1.
            count: how many there are.
            words: what to do.
            keys: what is printed on the keys to press; none hides them.
        """
        self.skip.show()
        self.number.setText(self.tr("Guided first run, {0} of {1}").format(place, count))
        self._show_words(words)
        self._show_keys(keys)

    def show_end(self, words: str) -> None:
        """Say that it is over."""
        self.number.setText(self.tr("Guided first run"))
        self._show_words(words)
        self._show_keys(())
        self.skip.hide()
        self.end.set_words(self.tr("Close"))

    def keys_shown(self) -> tuple[str, ...]:
        """What is printed on the keys."""
        return tuple(cap.text() for cap in self._caps)

    def _show_words(self, words: str) -> None:
        self.words.setText(words)
        describe(self, self.tr("Guided first run"), words)

    def _show_keys(self, keys: tuple[str, ...]) -> None:
        for cap in self._caps:
            cap.hide()
            cap.deleteLater()
        self._caps = [KeyCap(self._theme, key, parent=self._keys) for key in keys]
        for cap in self._caps:
            self._line.addWidget(cap)
        self._keys.setVisible(bool(keys))

    def _build(self) -> None:
        px = self._theme.px
        self.setProperty("panel", True)
        self.number.setFont(self._theme.font(FontUse.LABEL_STRONG))
        self.words.setFont(self._theme.font(FontUse.BODY))
        self.words.setWordWrap(True)
        self._line.setContentsMargins(0, 0, 0, 0)
        self._line.setSpacing(px(3))
        row = QHBoxLayout(self)
        row.setContentsMargins(px(12), px(6), px(12), px(6))
        row.setSpacing(px(12))
        row.addWidget(self.number)
        row.addWidget(self.words, 1)
        row.addWidget(self._keys)
        row.addWidget(self.skip)
        row.addWidget(self.end)
        for button in (self.skip, self.end):
            button.setFocusPolicy(Qt.FocusPolicy.TabFocus)
