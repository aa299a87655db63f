"""The small choice of evidence, in its place and without a dialog."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from ssp_coder.ui.kit.accessible import describe
from ssp_coder.ui.rate.chip_choice import ChipChoice
from ssp_coder.ui.rate.clips import Offer, OfferKind
from ssp_coder.ui.rate.lettering import lettering
from ssp_coder.ui.rate.words import clip_words
from ssp_coder.ui.theme.fonts import FontUse

if TYPE_CHECKING:
    from ssp_coder.domain.scheme import Scheme
    from ssp_coder.ui.kit.chip import Chip
    from ssp_coder.ui.theme.theme import Theme

BY_DIGIT = 9


class EvidenceChoice(ChipChoice):
    """What can be tied as chips; a digit or Enter ties one, Escape leaves things as they are.

    Signals:
        clip_chosen: the `Clip` to be tied.
        dismissed: nothing is to be tied.
    """

    clip_chosen = Signal(object)

    def __init__(self, theme: Theme, scheme: Scheme, parent: QWidget | None = None) -> None:
        super().__init__(theme, parent)
        self._scheme = scheme
        self.chosen.connect(self.clip_chosen)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(theme.px(2))
        self._question = lettering(theme, "", FontUse.CAPTION)
        column.addWidget(self._question)
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
            self._add(offer.clip, self._words(number, offer)).show()
        question = self.tr("What justifies the rating?")
        none = self.tr("Nothing to tie here: go to the moment in the video, or select an event")
        self._question.setText(question if offers else none)
        self.show()
        if self._chips:
            self._chips[0][1].setFocus(Qt.FocusReason.OtherFocusReason)

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

    def _digits(self) -> int:
        return min(len(self._chips), BY_DIGIT)
