"""One place to be rated: its points, what the chosen one means, evidence and timed facts."""

from __future__ import annotations

from dataclasses import dataclass, replace
from functools import partial
from itertools import pairwise
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QVBoxLayout, QWidget

from ssp_coder.domain.scale import Missing, MissingKind, Points, Rating, RatingSlot, Scale
from ssp_coder.ui.keys.live import KeyTip
from ssp_coder.ui.kit.button import ButtonKind, PushButton
from ssp_coder.ui.kit.chip import Chip, ChipFace
from ssp_coder.ui.kit.painting import RING
from ssp_coder.ui.kit.rating_row import RatingLook, RatingRow, RatingScale, point_text
from ssp_coder.ui.rate.clips import Clip, Offer, with_clip, without_clip
from ssp_coder.ui.rate.evidence_choice import EvidenceChoice
from ssp_coder.ui.rate.flow import FlowLayout
from ssp_coder.ui.rate.lettering import IconLine, lettering
from ssp_coder.ui.rate.plate import Plate
from ssp_coder.ui.rate.reasons import NOT_RATED_CHOICE, ReasonChoice
from ssp_coder.ui.rate.words import clip_words, place_name, point_words
from ssp_coder.ui.theme.fonts import FontUse

if TYPE_CHECKING:
    from ssp_coder.domain.scheme import Scheme
    from ssp_coder.ui.theme.theme import Theme


@dataclass(frozen=True, slots=True, kw_only=True)
class CellState:
    """What a place shows.

    Attributes:
        rating: None while nobody has rated.
        clips: the evidence tied to the rating, in the order of its time.
        facts: sentences with times.
        can_tie: whether evidence is tied to this place at all.
        locked: whether nothing may be changed.
    """

    rating: Rating | None = None
    clips: tuple[Clip, ...] = ()
    facts: tuple[str, ...] = ()
    can_tie: bool = True
    locked: bool = False


class RatingCell(Plate):
    """Shows one place and emits what the coder wants of it; it changes nothing by itself.

    Signals:
        rating_wished: the whole `Rating` as it should become.
        clear_wished: the place shall be not rated again.
        evidence_wished: the coder wants to tie evidence; `offer_evidence` shows what there is.
        clip_wished: a `Clip` to be played.
    """

    rating_wished = Signal(object)
    clear_wished = Signal(str)
    evidence_wished = Signal(str)
    clip_wished = Signal(object)

    def __init__(self, theme: Theme, scheme: Scheme, slot: RatingSlot, *, framed: bool = True):
        super().__init__(theme, left=framed, top=framed)
        self.slot = slot
        self._scheme = scheme
        self._scale: Scale = scheme.scale(slot.scale)
        self._state: CellState | None = None
        name = place_name(slot, scheme)
        points = RatingScale(
            name=name,
            minimum=self._scale.minimum,
            maximum=self._scale.maximum,
            step=self._scale.step,
        )
        self.row = RatingRow(theme, points, self)
        self.reasons = ReasonChoice(theme, self._scale, self)
        self.choice = EvidenceChoice(theme, scheme, self)
        self._build(name, framed=framed)
        self._connect()
        self.show_state(CellState())

    @property
    def state(self) -> CellState:
        """What is shown."""
        return self._state or CellState()

    def show_state(self, state: CellState) -> None:
        """Show a rating with all that belongs to it."""
        if state == self._state:
            return
        before, self._state = self._state, state
        self.row.set_locked(state.locked)
        self._show_score()
        for line, text in zip(self._facts, (*state.facts, "", "", ""), strict=False):
            line.show_text(text)
        self._note.show_text(state.rating.note if state.rating else "")
        if before is None or before.clips != state.clips or before.locked != state.locked:
            self._show_clips()
        self._show_buttons()

    def chips(self) -> tuple[Chip, ...]:
        """The evidence shown, one chip an event."""
        return tuple(self._chips)

    def first_inner(self) -> QWidget | None:
        """What Enter on the row leads to: the first chip, else the button that adds one."""
        choices: list[QWidget] = [*self._chips, self.add_button, self.more_button]
        return next((w for w in choices if w.isVisibleTo(self) and w.isEnabled()), None)

    def offer_evidence(self, offers: tuple[Offer, ...]) -> None:
        """Ask in place which of these shall be tied."""
        if self.state.rating is not None and not self.state.locked:
            self.reasons.hide()
            self.choice.offer(offers)
            if not offers:
                self.add_button.setFocus(Qt.FocusReason.OtherFocusReason)

    def words(self) -> str:
        """The sentence under the row."""
        return f"{self._status.text()}{self._words.text()}"

    def fact_words(self) -> tuple[str, ...]:
        """The timed facts shown."""
        return tuple(line.text() for line in self._facts if line.text())

    def choose_missing(self) -> None:
        """Ask why the place has no number."""
        if not self.state.locked:
            self.choice.hide()
            self.reasons.ask(is_rated=self.state.rating is not None)

    def keyPressEvent(self, event: QKeyEvent) -> None:  # noqa: N802, D102 - Qt's name
        # A row that does not apply takes no keys itself; this one opens it again.
        is_silent = self.row.look is RatingLook.NOT_APPLICABLE and not self.state.locked
        if is_silent and event.key() in (Qt.Key.Key_Backspace, Qt.Key.Key_Delete):
            self._wish_clear()
            return
        super().keyPressEvent(event)

    def _build(self, name: str, *, framed: bool) -> None:
        px = self._theme.px
        column = QVBoxLayout(self)
        side = px(8) if framed else 0
        column.setContentsMargins(side, px(8) if framed else 0, side, px(8) if framed else 0)
        column.setSpacing(px(3))
        column.addWidget(self.row, 0, Qt.AlignmentFlag.AlignLeft)
        self._status = IconLine(self._theme, "circle", FontUse.LABEL, "warn", self)
        self._cannot = IconLine(self._theme, "cross", FontUse.LABEL, "", self)
        self._words = lettering(self._theme, "", FontUse.TABLE)
        self._words.setIndent(RING)
        for widget in (self._status, self._cannot, self._words, self.reasons):
            column.addWidget(widget)
        self.reasons.hide()
        column.addLayout(self._build_clips(name))
        column.addWidget(self.choice)
        self._facts = [IconLine(self._theme, "clock", parent=self) for _ in range(3)]
        self._note = IconLine(self._theme, "comment", parent=self)
        for line in (*self._facts, self._note):
            column.addWidget(line)
        column.addStretch(1)

    def _build_clips(self, name: str) -> FlowLayout:
        self._flow = FlowLayout(self._theme.px(2))
        self._chips: list[Chip] = []
        self.add_button = PushButton(self._theme, "", ButtonKind.QUIET, self)
        self.add_button.set_icon_name("plus")
        self._add_tip = KeyTip(self.add_button, "", "evidence_add")
        self.add_button.set_name(self.tr("Add evidence to {0}").format(name))
        self.more_button = PushButton(self._theme, "", ButtonKind.QUIET, self)
        self.more_button.set_icon_name("more")
        self.more_button.set_name(self.tr("No number for {0}").format(name))
        self._flow.addWidget(self.add_button)
        self._flow.addWidget(self.more_button)
        return self._flow

    def _connect(self) -> None:
        self.row.point_chosen.connect(self._wish_point)
        self.row.cannot_code_requested.connect(self.choose_missing)
        self.row.cleared.connect(self._wish_clear)
        self.reasons.reason_chosen.connect(self._wish_reason)
        self.reasons.dismissed.connect(self._leave_reasons)
        self.choice.clip_chosen.connect(self._wish_tied)
        self.choice.dismissed.connect(self._leave_choice)
        self.add_button.clicked.connect(self._wish_evidence)
        self.more_button.clicked.connect(self.choose_missing)

    def _show_score(self) -> None:
        rating = self.state.rating
        status = cannot = words = ""
        match rating.score if rating else None:
            case Points(value):
                self.row.show_rated(value)
                words = point_words(self._scale, value)
            case Missing(reason):
                cannot, words = self._show_missing(reason)
            case None:
                self.row.show_not_rated()
                status, words = self.tr("Not rated yet"), self._hint()
        self._status.show_text(status)
        self._cannot.show_text(cannot)
        self._words.setText(words)
        self._words.setProperty("tone", "second" if status or cannot else "")
        self._words.style().polish(self._words)

    def _show_missing(self, reason_id: str) -> tuple[str, str]:
        reason = self._scale.missing_reason(reason_id)
        title = str(reason.title)
        if reason.kind is MissingKind.NOT_APPLICABLE:
            self.row.show_not_applicable(title)
            return "", ""
        self.row.show_cannot_code(title)
        return self.tr("Cannot be coded"), title

    def _hint(self) -> str:
        if self.state.locked:
            return ""
        low, high = point_text(self._scale.minimum), point_text(self._scale.maximum)
        key = "X" if self._scale.allows(0) else "0"
        words = (
            self.tr("Press {0}\N{EN DASH}{1}, or {2} for cannot be coded")
            if self._scale.step >= 1
            else self.tr("Press {0}\N{EN DASH}{1}, then . for a half; {2} for cannot be coded")
        )
        return words.format(low, high, key)

    def _show_clips(self) -> None:
        if any(chip.hasFocus() for chip in self._chips):
            self.row.setFocus(Qt.FocusReason.OtherFocusReason)
        self._flow.removeWidget(self.add_button)
        self._flow.removeWidget(self.more_button)
        self._flow.clear()
        self._chips = [self._chip(clip) for clip in self.state.clips]
        for chip in self._chips:
            self._flow.addWidget(chip)
        self._flow.addWidget(self.add_button)
        self._flow.addWidget(self.more_button)
        self._set_tab_order()

    def _chip(self, clip: Clip) -> Chip:
        face = ChipFace(
            text=clip_words(clip, self._scheme), icon="clip", removable=not self.state.locked
        )
        chip = Chip(self._theme, face, self)
        chip.clicked.connect(partial(self.clip_wished.emit, clip))
        chip.removed.connect(partial(self._wish_untied, clip))
        chip.show()
        return chip

    def _set_tab_order(self) -> None:
        chain = [self.row, *self._chips, self.add_button, self.more_button]
        for earlier, later in pairwise(chain):
            QWidget.setTabOrder(earlier, later)

    def _show_buttons(self) -> None:
        state = self.state
        self.more_button.setVisible(not state.locked)
        self.add_button.setVisible(state.can_tie and not state.locked)
        if state.rating is None:
            self.add_button.disable(self.tr("Rate first: evidence belongs to a rating"))
        else:
            self.add_button.enable()
            self._add_tip.show_words(self.add_button.accessibleName())

    def _wish_point(self, point: float) -> None:
        self._wish_score(Points(point))

    def _wish_reason(self, reason: str) -> None:
        self._leave_reasons()
        if reason == NOT_RATED_CHOICE:
            self._wish_clear()
        else:
            self._wish_score(Missing(reason))

    def _leave_reasons(self) -> None:
        self.row.setFocus(Qt.FocusReason.OtherFocusReason)
        self.reasons.hide()

    def _wish_score(self, score: Points | Missing) -> None:
        old = self.state.rating
        wished = (
            Rating(slot=self.slot.id, score=score) if old is None else replace(old, score=score)
        )
        self.reasons.hide()
        self.rating_wished.emit(wished)

    def _leave_choice(self) -> None:
        self.row.setFocus(Qt.FocusReason.OtherFocusReason)
        self.choice.hide()

    def _wish_tied(self, clip: Clip) -> None:
        self._leave_choice()
        if self.state.rating is not None:
            self.rating_wished.emit(with_clip(self.state.rating, clip))

    def _wish_untied(self, clip: Clip) -> None:
        if self.state.rating is not None:
            self.rating_wished.emit(without_clip(self.state.rating, clip))

    def _wish_clear(self) -> None:
        self.clear_wished.emit(self.slot.id)

    def _wish_evidence(self) -> None:
        self.evidence_wished.emit(self.slot.id)
