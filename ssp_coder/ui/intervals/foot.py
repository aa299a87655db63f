"""Under the sheet: what can be done with the current cell, and where its row comes from."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QLabel, QVBoxLayout, QWidget

from ssp_coder.rules.interval_sheet import Source, may_be_direct
from ssp_coder.ui.intervals import words
from ssp_coder.ui.keys.words import caps
from ssp_coder.ui.kit.button import PushButton
from ssp_coder.ui.rate.flow import FlowLayout
from ssp_coder.ui.theme.fonts import FontUse

if TYPE_CHECKING:
    from ssp_coder.rules.interval_sheet import SheetRow
    from ssp_coder.ui.theme.theme import Theme


@dataclass(frozen=True, slots=True, kw_only=True)
class Footing:
    """What the foot is about.

    Attributes:
        row: the current row, or None without a sheet.
        interval: the current interval, None beside them.
        waiting: whether the row is offered for marking with nothing marked.
        guided: whether a person is led from interval to interval.
    """

    row: SheetRow | None
    interval: int | None
    waiting: bool
    guided: bool
    locked: bool

    @property
    def is_direct(self) -> bool:
        """Whether the row is marked by hand."""
        return self.row is not None and self.row.source is Source.DIRECT


class SheetFoot(QWidget):
    """Buttons with their keys and two lines of facts.

    Signals:
        acted: ``mark``, ``clear``, ``play``, ``switch``, or ``rest`` for all that is left open.
    """

    acted = Signal(str)

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme = theme
        self._acts: dict[PushButton, str] = {}
        self.play = self._button("play", self.tr("Play"), "Return")
        self.seen = self._button("mark", self.tr("Seen or not"), "Space")
        self.clear = self._button("clear", self.tr("Not coded"), "Del")
        self.rest = self._button("rest", self.tr("Rest not seen"), "Shift+Return")
        self.switch = self._button("switch", self.tr("Code directly"), "F2")
        self.advice = self._line("second")
        self.facts = self._line("hint")
        buttons = QWidget(self)
        flow = FlowLayout(theme.px(4), buttons)
        for button in self._acts:
            flow.addWidget(button)
        column = QVBoxLayout(self)
        column.setContentsMargins(theme.px(8), theme.px(4), theme.px(8), theme.px(6))
        column.setSpacing(theme.px(4))
        for part in (buttons, self.advice, self.facts):
            column.addWidget(part)

    def set_low(self, low: bool) -> None:
        """Leave the lines of facts out of a low panel; cells and headings tell them too."""
        self.advice.setVisible(not low)
        self.facts.setVisible(not low)

    def show_footing(self, footing: Footing) -> None:
        """Fit buttons and words to the current cell."""
        row = footing.row
        advice = "" if row is None else words.row_advice(row, waiting=footing.waiting)
        self.advice.setText(advice)
        closed = self.tr("This coding is closed against changes") if footing.locked else ""
        here = footing.interval is not None
        self._allow(self.play, here, self.tr("Choose an interval"))
        marks = footing.is_direct and here and not footing.locked
        for button in (self.seen, self.clear):
            self._allow(button, marks, closed or self.tr("The events tell this row"))
        self._allow(self.rest, here and not footing.locked, closed or self.tr("Choose an interval"))
        self.rest.setVisible(footing.guided)
        self.switch.setVisible(not footing.guided)
        counted = self.tr("Acts are counted one by one, so only events tell them")
        switches = row is not None and may_be_direct(row.measure) and not footing.locked
        self._allow(self.switch, switches, closed or counted)
        direct = self.tr("Take the events") if footing.is_direct else self.tr("Code directly")
        self.switch.set_words(direct)
        self.play.set_words(self.tr("Next interval") if footing.guided else self.tr("Play"))

    def _allow(self, button: PushButton, allowed: bool, reason: str) -> None:
        if allowed:
            button.enable()
        else:
            button.disable(reason)

    def _button(self, act: str, text: str, key: str) -> PushButton:
        button = PushButton(self._theme, text, parent=self)
        button.set_keys(caps(key))
        button.clicked.connect(self._tell)
        self._acts[button] = act
        return button

    def _tell(self) -> None:
        button = self.sender()
        if isinstance(button, PushButton):
            self.acted.emit(self._acts[button])

    def _line(self, tone: str) -> QLabel:
        line = QLabel("", self)
        line.setProperty("tone", tone)
        line.setFont(self._theme.font(FontUse.CAPTION))
        line.setWordWrap(True)
        return line
