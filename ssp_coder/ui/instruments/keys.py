"""The key map: a drawn keyboard, the chosen key in words, and the codes that have no key."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtWidgets import QVBoxLayout, QWidget

from ssp_coder.ui.code.keysigns import cap_text
from ssp_coder.ui.instruments.keyboard import Keyboard
from ssp_coder.ui.instruments.sheet import Sheet
from ssp_coder.ui.kit.panel import Panel
from ssp_coder.ui.rate.lettering import lettering
from ssp_coder.ui.theme.fonts import FontUse

if TYPE_CHECKING:
    from ssp_coder.domain.scheme import Scheme
    from ssp_coder.ui.theme.theme import Theme


class KeysPage(QWidget):
    """The keyboard above, the groups with their keys below."""

    def __init__(self, theme: Theme, scheme: Scheme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._scheme = scheme
        self.keyboard = Keyboard(theme, scheme, self)
        self.chosen = lettering(theme, "", FontUse.LABEL_STRONG)
        self.groups = Sheet(theme, self.tr("Keys by group"), self)
        drawn = Panel(theme, str(scheme.keymap.title), self)
        drawn.set_note(
            self.tr("{0} {1}; signs of a US keyboard, places count").format(
                scheme.keymap.id, scheme.keymap.version
            )
        )
        body = QWidget(drawn)
        inner = QVBoxLayout(body)
        inner.setContentsMargins(theme.px(10), theme.px(8), theme.px(10), theme.px(8))
        inner.addWidget(self.keyboard)
        inner.addWidget(self.chosen)
        drawn.set_body(body)
        listed = Panel(theme, self.tr("By group"), self)
        listed.set_body(self.groups)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(theme.px(10))
        column.addWidget(drawn)
        column.addWidget(listed, 1)
        self.keyboard.key_chosen.connect(self._show_key)
        self._show_key(self.keyboard.chosen())
        self._show_groups()

    def _show_key(self, key: str) -> None:
        self.chosen.setText(self.keyboard.words_of(key))

    def _show_groups(self) -> None:
        without: list[str] = []
        for group in self._scheme.ethogram.groups:
            pairs = []
            for code in group.codes:
                key = self._scheme.keymap.key_for(code.id)
                if key:
                    pairs.append(f"{cap_text(key)} {code.title}")
                else:
                    without.append(str(code.title))
            self.groups.add_fact(str(group.title), "   ".join(pairs))
        self.groups.add_fact(self.tr("Without a key"), ", ".join(without))
