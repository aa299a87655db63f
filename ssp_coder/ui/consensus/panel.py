"""Settles the item that is chosen: both answers, neither, another one, with a reason and names."""

from __future__ import annotations

from dataclasses import replace
from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QGridLayout, QHBoxLayout, QVBoxLayout, QWidget

from ssp_coder.agreement.consensus import answer_of, choices_of
from ssp_coder.domain.settlement import SettledFor
from ssp_coder.ui.agreement.shared_pages import scrolled
from ssp_coder.ui.consensus.own_answer import OwnAnswer
from ssp_coder.ui.consensus.own_wish import own_settlement, wish_for
from ssp_coder.ui.consensus.words import (
    answer_words,
    button_words,
    neither_words,
    reasons,
    settled_words,
    taken_words,
)
from ssp_coder.ui.kit.accessible import describe
from ssp_coder.ui.kit.button import ButtonKind, PushButton
from ssp_coder.ui.kit.choice import ComboBox
from ssp_coder.ui.kit.field import FieldWithError
from ssp_coder.ui.rate.lettering import IconLine, lettering, short_lettering
from ssp_coder.ui.theme.fonts import FontUse

if TYPE_CHECKING:
    from PySide6.QtWidgets import QLabel

    from ssp_coder.agreement.consensus import Draw, OpenItem
    from ssp_coder.domain.scheme import Scheme
    from ssp_coder.domain.settlement import Settlement
    from ssp_coder.ui.theme.theme import Theme

KEYS = {
    SettledFor.FIRST: "1",
    SettledFor.SECOND: "2",
    SettledFor.NEITHER: "0",
    SettledFor.OWN: "E",
}


class SettlingPanel(QWidget):
    """Shows one item and emits how it is settled.

    Signals:
        settled: a whole `Settlement`.
        undo_wanted: the last settlement is to be taken back.
    """

    settled = Signal(object)
    undo_wanted = Signal()

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme = theme
        self._found: Draw | None = None
        self._scheme: Scheme | None = None
        self._item: OpenItem | None = None
        self._locked = False
        self.progress = lettering(theme, "", FontUse.LABEL_STRONG)
        self.buttons = {taken: self._button(taken) for taken in SettledFor}
        self.answers = {taken: lettering(theme, "", FontUse.BODY) for taken in SettledFor}
        self.decision = IconLine(theme, "done", FontUse.TABLE, "ok", self)
        self.trouble = IconLine(theme, "warning", FontUse.TABLE, "err", self)
        self.reason = ComboBox(theme, self)
        self.words = FieldWithError(theme, self.tr("More on the reason"), self)
        self.who = FieldWithError(theme, self.tr("Decided by"), self)
        self.own = OwnAnswer(theme, self)
        self.undo = PushButton(theme, self.tr("Undo"), ButtonKind.QUIET, self)
        self._build()
        self.own.wanted.connect(self._take_own)
        self.own.left.connect(self._hide_own)
        self.undo.clicked.connect(self.undo_wanted)
        self.show_item(None, None)

    @property
    def names(self) -> tuple[str, str]:
        """What the two coders are called."""
        if self._found is None:
            return "", ""
        return self._found.first.coder, self._found.second.coder

    def take(self, found: Draw, scheme: Scheme, who: str) -> None:
        """Settle what two codings differ in."""
        self._found, self._scheme = found, scheme
        self.who.set_text(who)
        for taken, button in self.buttons.items():
            button.set_words(button_words(taken, self.names))

    def show_progress(self, done: int, of: int) -> None:
        """Say how much is settled."""
        self.progress.setText(self.tr("{0} of {1} settled").format(done, of))

    def show_locked(self, *, locked: bool) -> None:
        """Let nothing be settled any more, or again."""
        self._locked = locked
        for part in (self.reason, self.words, self.who, self.own):
            part.setEnabled(not locked)
        self._allow()

    def show_item(self, item: OpenItem | None, before: Settlement | None) -> None:
        """Show what both say of an item, and how it was settled."""
        self._item = item
        self._hide_own()
        self.say("")
        for field in (self.words, self.who):
            field.clear_error()
        self._show_answers()
        self.decision.show_text("" if before is None else self._decided(before))
        self._allow()

    def say(self, sentence: str) -> None:
        """Say what did not work."""
        self.trouble.show_text(sentence)

    def settle(self, taken: SettledFor) -> None:
        """Settle the item for somebody, or open the form for another answer."""
        item, found = self._item, self._found
        if item is None or found is None or not self.buttons[taken].isEnabled():
            return
        if taken is SettledFor.OWN:
            self._open_own()
            return
        self._emit(answer_of(found, item, taken))

    def mark(self, place: int) -> None:
        """Take the moment on the screen for the answer of one's own."""
        if not self.own.isHidden():
            self.own.mark(place)

    def _open_own(self) -> None:
        if self._item is None or self._found is None or self._scheme is None:
            return
        if self.own.isHidden():
            self.own.show_wish(wish_for(self._found, self._item, self._scheme))
            self.own.show()
            self.own.boxes[0].setFocus(Qt.FocusReason.OtherFocusReason)

    def _hide_own(self) -> None:
        """Hide the form; the keyboard goes to the button that opens it and nowhere else."""
        focus = self.focusWidget()
        if focus is not None and self.own.isAncestorOf(focus):
            self.buttons[SettledFor.OWN].setFocus(Qt.FocusReason.OtherFocusReason)
        self.own.hide()

    def _take_own(self) -> None:
        times = self.own.moments()
        if times is None or self._item is None or self._found is None:
            return
        self._emit(own_settlement(self._found, self._item, self.own.picked(), times))

    def _emit(self, settlement: Settlement) -> None:
        reason, who = self._reason(), self.who.text().strip()
        if not reason:
            self.words.show_error(self.tr("Say what the reason is."))
        if not who:
            self.who.show_error(self.tr("Say who decided."))
        if reason and who:
            self.words.clear_error()
            self.who.clear_error()
            self.settled.emit(replace(settlement, reason=reason, who=who))

    def _reason(self) -> str:
        usual, more = self.reason.currentText(), self.words.text().strip()
        if self.reason.currentIndex() == self.reason.count() - 1:
            return more
        return self.tr("{0}: {1}").format(usual, more) if more else usual

    def forget_words(self) -> None:
        """Empty what was said of one item only; the usual reason and the names stay."""
        self.words.set_text("")

    def _show_answers(self) -> None:
        item, found, scheme = self._item, self._found, self._scheme
        if item is None or found is None or scheme is None:
            for label in self.answers.values():
                label.setText("")
            return
        for taken in (SettledFor.FIRST, SettledFor.SECOND):
            self.answers[taken].setText(answer_words(found, item, taken, scheme))
        self.answers[SettledFor.NEITHER].setText(neither_words(item))
        self.answers[SettledFor.OWN].setText(self.tr("say what is right"))
        for taken, button in self.buttons.items():
            describe(button, self.answer_name(taken))

    def answer_name(self, taken: SettledFor) -> str:
        """What a button says to a screen reader."""
        words = taken_words(taken, self.names)
        return self.tr("{0}: {1}").format(words, self.answers[taken].text())

    def _allow(self) -> None:
        item, found = self._item, self._found
        possible = () if item is None or found is None else choices_of(found, item)
        for taken, button in self.buttons.items():
            if self._locked:
                button.disable(self.tr("The consensus is locked."))
            elif item is None:
                button.disable(self.tr("Choose a difference first."))
            elif taken not in possible:
                button.disable(self.tr("A class is always somebody's."))
            else:
                button.enable()

    def _decided(self, settlement: Settlement) -> str:
        words = settled_words(settlement, self.names)
        return self.tr("Settled for {0} ({1})").format(words, settlement.who)

    def _button(self, taken: SettledFor) -> PushButton:
        button = PushButton(self._theme, taken_words(taken, ("", "")), parent=self)
        button.set_keys((KEYS[taken],))
        button.clicked.connect(partial(self.settle, taken))
        return button

    def _build(self) -> None:
        px = self._theme.px
        for words in reasons():
            self.reason.addItem(words)
        describe(self.reason, self.tr("Reason"))
        body = QWidget()
        column = QVBoxLayout(body)
        column.setContentsMargins(px(10), px(6), px(10), px(8))
        column.setSpacing(px(6))
        head = QHBoxLayout()
        head.addWidget(self.progress, 1)
        head.addWidget(self.undo)
        column.addLayout(head)
        column.addWidget(self.decision)
        column.addLayout(self._answer_rows())
        column.addWidget(self.own)
        column.addWidget(self.trouble)
        column.addLayout(self._reason_rows())
        column.addStretch(1)
        whole = QVBoxLayout(self)
        whole.setContentsMargins(0, 0, 0, 0)
        whole.addWidget(scrolled(body))

    def _answer_rows(self) -> QGridLayout:
        grid = QGridLayout()
        grid.setHorizontalSpacing(self._theme.px(10))
        grid.setVerticalSpacing(self._theme.px(4))
        for row, taken in enumerate(SettledFor):
            grid.addWidget(self.buttons[taken], row, 0)
            grid.addWidget(self.answers[taken], row, 1)
        grid.setColumnStretch(1, 1)
        return grid

    def _reason_rows(self) -> QGridLayout:
        grid = QGridLayout()
        grid.setHorizontalSpacing(self._theme.px(10))
        grid.setVerticalSpacing(self._theme.px(4))
        rows = (
            (self.tr("Reason"), self.reason),
            (self.tr("In words"), self.words),
            (self.tr("Decided by"), self.who),
        )
        for row, (name, part) in enumerate(rows):
            label: QLabel = short_lettering(self._theme, name, FontUse.TABLE, "second")
            label.setBuddy(part)
            label.setContentsMargins(0, self._theme.px(7), 0, 0)
            grid.addWidget(label, row, 0, Qt.AlignmentFlag.AlignTop)
            grid.addWidget(part, row, 1)
        grid.setColumnStretch(1, 1)
        return grid
