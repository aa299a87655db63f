"""The bar that refines the event just coded by a second key, without a dialog."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QWidget

from ssp_coder.domain.time import short_clock_text
from ssp_coder.ui.code.keysigns import cap_text
from ssp_coder.ui.kit.button import PushButton
from ssp_coder.ui.kit.marks import MarkIcon, MarkShape
from ssp_coder.ui.theme.fonts import FontUse

if TYPE_CHECKING:
    from ssp_coder.domain.coding import Event
    from ssp_coder.domain.scheme import Scheme
    from ssp_coder.ui.theme.theme import Theme


class ModifierBar(QFrame):
    """Shows the modifiers that an event can take; keeps its place when there is no event."""

    value_chosen = Signal(str, str)

    def __init__(self, theme: Theme, scheme: Scheme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme = theme
        self._scheme = scheme
        self._shown: Event | None = None
        self._row = QHBoxLayout(self)
        self._row.setContentsMargins(theme.px(10), theme.px(2), theme.px(10), theme.px(2))
        self._row.setSpacing(theme.px(6))
        self.setProperty("panel", True)
        self.setFixedHeight(theme.px(40))
        self._fill()

    def show_event(self, event: Event | None) -> None:
        """Offer the modifiers of an event, or say what the bar is for."""
        if event != self._shown:
            self._shown = event
            self._fill()

    def _fill(self) -> None:
        while (item := self._row.takeAt(0)) is not None:
            widget = item.widget()
            if widget is not None:
                widget.hide()
                widget.deleteLater()
        if self._shown is None:
            hint = QLabel(self.tr("A second key adds toward whom and how strong."))
            hint.setProperty("tone", "hint")
            hint.setFont(self._theme.font(FontUse.CAPTION))
            self._row.addWidget(hint)
        else:
            self._fill_event(self._shown)
        self._row.addStretch(1)

    def _fill_event(self, event: Event) -> None:
        code = self._scheme.ethogram.code(event.code)
        group = self._scheme.ethogram.group(code.group)
        self._row.addWidget(MarkIcon(self._theme, group.slot, MarkShape(group.shape), self))
        name = QLabel(str(code.short), self)
        name.setFont(self._theme.font(FontUse.TABLE_STRONG))
        self._row.addWidget(name)
        time = QLabel(short_clock_text(event.start_us), self)
        time.setFont(self._theme.font(FontUse.TABLE))
        time.setProperty("tone", "hint")
        self._row.addWidget(time)
        for modifier_id in code.modifiers:
            self._row.addSpacing(self._theme.px(6))
            modifier = self._scheme.ethogram.modifier(modifier_id)
            for value in modifier.values:
                button = PushButton(self._theme, str(value.title), parent=self)
                button.set_keys([cap_text(value.key)] if value.key else [])
                button.set_name(f"{modifier.title}: {value.title}")
                button.setCheckable(True)
                button.setChecked(event.modifier(modifier_id) == value.id)
                button.setFocusPolicy(Qt.FocusPolicy.TabFocus)
                button.clicked.connect(partial(self._choose, modifier_id, value.id))
                self._row.addWidget(button)

    def _choose(self, modifier: str, value: str) -> None:
        self.value_chosen.emit(modifier, value)
