"""One case as the trainee may know of it: its state, why not yet, and what can be done."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import QCoreApplication, Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QLabel, QVBoxLayout, QWidget

from ssp_coder.training.packs import Stage
from ssp_coder.training.programme import Bar, CaseState
from ssp_coder.ui.kit.accessible import describe
from ssp_coder.ui.kit.button import ButtonKind, PushButton
from ssp_coder.ui.kit.chip import Tag, TagKind
from ssp_coder.ui.kit.panel import Panel
from ssp_coder.ui.rate.lettering import lettering, short_lettering
from ssp_coder.ui.theme.fonts import FontUse
from ssp_coder.ui.training.words import STATE_ICONS, bar_words, state_words

if TYPE_CHECKING:
    from ssp_coder.training.programme import Standing
    from ssp_coder.ui.theme.theme import Theme


class CaseAct(StrEnum):
    """What can be done with a case."""

    STUDY = "study"
    CODE = "code"
    SUBMIT = "submit"
    FEEDBACK = "feedback"


@dataclass(frozen=True, slots=True, kw_only=True)
class Offer:
    """An act as a button.

    Attributes:
        main: whether it is what is next for this case.
    """

    act: CaseAct
    words: str
    main: bool = False


class CasePanel(Panel):
    """A case in the list of its stage.

    Signals:
        act_wanted: a `CaseAct` and the `Case`.
    """

    act_wanted = Signal(object, object)

    def __init__(self, theme: Theme, standing: Standing, parent: QWidget | None = None) -> None:
        super().__init__(theme, "", parent)
        self.standing = standing
        self.is_next = False
        self._has_word = False
        self._sign = QLabel(self)
        self._title = lettering(theme, standing.case.title, FontUse.LABEL_STRONG)
        self._words = lettering(theme, "", FontUse.CAPTION, "second")
        self._tag = Tag(theme, self.tr("next"), TagKind.ACCENT, self)
        self._acts = QHBoxLayout()
        self._form = short_lettering(theme, standing.case.form, FontUse.CAPTION, "hint")
        self.buttons: dict[CaseAct, PushButton] = {}
        self._build()
        self.show_standing(standing, is_next=False)
        theme.changed.connect(self._draw_sign)

    def show_standing(self, standing: Standing, *, is_next: bool, has_word: bool = False) -> None:
        """Show where the trainee stands with the case now.

        Args:
            standing: what the programme says of it.
            is_next: whether it is the one to go on with.
            has_word: whether the trainer's word was given in this sitting.
        """
        shown = (self.standing, self.is_next, self._has_word)
        if (standing, is_next, has_word) != shown or not self.buttons:
            self.standing, self.is_next, self._has_word = standing, is_next, has_word
            self._offer(offers_of(standing, has_word=has_word))
        words = self.state_words()
        self._words.setText(words)
        self._tag.setVisible(is_next)
        self._draw_sign()
        describe(self, f"{standing.case.title}: {words}")

    def state_words(self) -> str:
        """State, attempts and what is waited for, in a line."""
        standing = self.standing
        parts = [state_words(standing.state)]
        why = None
        if standing.state is CaseState.CLOSED:
            why = standing.begin if standing.case.stage is not Stage.LEARN else standing.see
        elif standing.state is CaseState.WAITING:
            why = standing.see
        if why is not None:
            parts.append(bar_words(why))
        count = len(standing.attempts)
        if count > 1:
            parts.append(self.tr("{0} attempts, the first counts").format(count))
        return "; ".join(parts)

    def _offer(self, offers: tuple[Offer, ...]) -> None:
        had_focus = any(button.hasFocus() for button in self.buttons.values())
        while self.buttons:
            _, button = self.buttons.popitem()
            self._acts.removeWidget(button)
            button.hide()
            button.deleteLater()
        for offer in offers:
            kind = ButtonKind.PRIMARY if offer.main and self.is_next else ButtonKind.PLAIN
            button = PushButton(self._theme, offer.words, kind, self)
            describe(button, f"{offer.words}, {self.standing.case.title}")
            button.clicked.connect(partial(self._want, offer.act))
            self._acts.addWidget(button)
            self.buttons[offer.act] = button
            if had_focus and offer.main:
                button.show()
                button.setFocus(Qt.FocusReason.OtherFocusReason)

    def _want(self, act: CaseAct, _checked: object = None) -> None:
        self.act_wanted.emit(act, self.standing.case)

    def _draw_sign(self) -> None:
        icon, token = STATE_ICONS[self.standing.state]
        side, ratio = self._theme.px(16), self.devicePixelRatioF()
        self._sign.setPixmap(self._theme.pixmap(icon, token, side, ratio))

    def _build(self) -> None:
        px = self._theme.px
        body = QWidget(self)
        row = QHBoxLayout(body)
        row.setContentsMargins(px(14), px(9), px(10), px(9))
        row.setSpacing(px(12))
        row.addWidget(self._sign)
        words = QVBoxLayout()
        words.setSpacing(px(1))
        head = QHBoxLayout()
        head.setSpacing(px(8))
        self._title.setWordWrap(False)
        for widget in (self._title, self._form, self._tag):
            head.addWidget(widget)
        head.addStretch(1)
        words.addLayout(head)
        words.addWidget(self._words)
        row.addLayout(words, 1)
        self._acts.setSpacing(px(8))
        row.addLayout(self._acts)
        self.set_body(body)


def tr(words: str) -> str:
    """Translate words of this module."""
    return QCoreApplication.translate("case_panel", words)


def offers_of(standing: Standing, *, has_word: bool = False) -> tuple[Offer, ...]:
    """What can be done with a case where the trainee stands, the main act last."""
    if standing.case.stage is Stage.LEARN and not standing.attempts:
        return _to_learn(standing)
    if standing.state is CaseState.WAITING and standing.see is Bar.NEEDS_TRAINER and has_word:
        return (Offer(act=CaseAct.FEEDBACK, words=tr("See feedback")),)
    return {
        CaseState.CLOSED: (),
        CaseState.READY: (_code(tr("Code case"), main=True),),
        CaseState.BEGUN: (
            Offer(act=CaseAct.SUBMIT, words=tr("Submit…")),
            _code(tr("Go on coding"), main=True),
        ),
        CaseState.SUBMITTING: (
            Offer(act=CaseAct.SUBMIT, words=tr("Finish submitting"), main=True),
        ),
        CaseState.WAITING: (),
        CaseState.FEEDBACK: (Offer(act=CaseAct.FEEDBACK, words=tr("See feedback"), main=True),),
        CaseState.DONE: _done(standing),
    }[standing.state]


def _to_learn(standing: Standing) -> tuple[Offer, ...]:
    if standing.state is CaseState.READY:
        return (Offer(act=CaseAct.STUDY, words=tr("Study"), main=True),)
    if standing.state is not CaseState.DONE:
        return ()
    again = Offer(act=CaseAct.STUDY, words=tr("Study again"))
    if standing.begin is not None:
        return (again,)
    return (_code(tr("Code it yourself")), again)


def _done(standing: Standing) -> tuple[Offer, ...]:
    see = Offer(act=CaseAct.FEEDBACK, words=tr("See feedback"))
    if standing.begin is not None:
        return (see,)
    return (_code(tr("Code once more")), see)


def _code(words: str, *, main: bool = False) -> Offer:
    return Offer(act=CaseAct.CODE, words=words, main=main)
