"""The small choice of evidence, in its place and without a dialog."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, QObject, Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QVBoxLayout, QWidget

from ssp_coder.ui.kit.accessible import describe
from ssp_coder.ui.kit.chip import Chip, ChipFace
from ssp_coder.ui.rate.clips import Clip, Offer, OfferKind
from ssp_coder.ui.rate.flow import FlowLayout
from ssp_coder.ui.rate.lettering import lettering
from ssp_coder.ui.rate.words import clip_words
from ssp_coder.ui.theme.fonts import FontUse

if TYPE_CHECKING:
    from ssp_coder.domain.scheme import Scheme
    from ssp_coder.ui.theme.theme import Theme

BY_DIGIT = 9


class EvidenceChoice(QWidget):
    """What can be tied as chips; a digit or Enter ties one, Escape leaves things as they are.

    Signals:
        clip_chosen: the `Clip` to be tied.
        dismissed: nothing is to be tied.
    """

    clip_chosen = Signal(object)
    dismissed = Signal()

    def __init__(self, theme: Theme, scheme: Scheme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme = theme
        self._scheme = scheme
        self._chips: list[tuple[Clip, Chip]] = []
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(theme.px(2))
        self._question = lettering(theme, "", FontUse.CAPTION)
        column.addWidget(self._question)
        self._flow = FlowLayout(theme.px(2))
        column.addLayout(self._flow)
        describe(self, self.tr("What justifies the rating?"), self.tr("Escape leaves it as it is"))
        self.hide()

    def chips(self) -> tuple[Chip, ...]:
        """What is offered, in order."""
        return tuple(chip for _, chip in self._chips)

    def offer(self, offers: tuple[Offer, ...]) -> None:
        """Show what can be tied and put the focus on the first of it."""
        self._flow.clear()
        self._chips = []
        for number, offer in enumerate(offers, start=1):
            chip = Chip(self._theme, ChipFace(text=self._words(number, offer)), self)
            chip.clicked.connect(self._chosen)
            chip.installEventFilter(self)
            self._flow.addWidget(chip)
            self._chips.append((offer.clip, chip))
            chip.show()
        question = self.tr("What justifies the rating?")
        none = self.tr("Nothing to tie here: go to the moment in the video, or select an event")
        self._question.setText(question if offers else none)
        self.show()
        if self._chips:
            self._chips[0][1].setFocus(Qt.FocusReason.OtherFocusReason)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:  # noqa: N802, D102 - Qt's name
        if event.type() is QEvent.Type.KeyPress and isinstance(event, QKeyEvent):
            return self._act(watched, event)
        return super().eventFilter(watched, event)

    def _words(self, number: int, offer: Offer) -> str:
        words = clip_words(offer.clip, self._scheme)
        known = {
            OfferKind.SELECTED: self.tr("selected: {0}").format(words),
            OfferKind.LOOP: self.tr("loop: {0}").format(words),
            OfferKind.LAST: self.tr("last 5 s: {0}").format(words),
            OfferKind.EPISODE: words,
        }
        sign = f"{number}  " if number <= BY_DIGIT else ""
        return f"{sign}{known[offer.kind]}"

    def _act(self, watched: QObject, event: QKeyEvent) -> bool:
        number = event.key() - Qt.Key.Key_1.value
        if event.key() == Qt.Key.Key_Escape:
            self.dismissed.emit()
        elif event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self._choose(watched)
        elif 0 <= number < min(len(self._chips), BY_DIGIT):
            self._choose(self._chips[number][1])
        else:
            return False
        return True

    def _chosen(self) -> None:
        self._choose(self.sender())

    def _choose(self, pressed: QObject) -> None:
        for clip, chip in self._chips:
            if chip is pressed:
                self.clip_chosen.emit(clip)
                return
