"""The D pass: the video first, indices with their times, the score, the decision."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent, QResizeEvent, QShowEvent
from PySide6.QtWidgets import QHBoxLayout, QSizePolicy, QVBoxLayout, QWidget

from ssp_coder.domain.coding import DIndex
from ssp_coder.domain.procedure import SubjectId
from ssp_coder.domain.scale import NOT_RATED, Points, Rating, ScaleRole, SlotId
from ssp_coder.domain.session import is_present
from ssp_coder.domain.time import Micros
from ssp_coder.editing.document import Changed
from ssp_coder.editing.edits import Classify, ClearRating, PutDIndex, Rate, RemoveDIndex
from ssp_coder.ui.dialogs.unrecorded import Unrecorded
from ssp_coder.ui.disorganization.index_form import IndexForm
from ssp_coder.ui.disorganization.index_list import IndexList
from ssp_coder.ui.disorganization.score import ScorePanel
from ssp_coder.ui.kit.accessible import describe
from ssp_coder.ui.kit.stacking import is_narrow, stand
from ssp_coder.ui.rate.anchors import AnchorsPanel, ChosenPoint, ScaleView
from ssp_coder.ui.rate.enter import EnterPage
from ssp_coder.ui.rate.lettering import IconLine
from ssp_coder.ui.theme.fonts import FontUse

if TYPE_CHECKING:
    from ssp_coder.ui.session import OpenSession
    from ssp_coder.ui.theme.theme import Theme

SHOWN_AREAS = frozenset(
    {"d_indices", "ratings", "classification", "visit", "session_end", "locked"}
)
WIDE, WIDE_ASIDE, NARROW_ASIDE = 1280, 420, 372
STACKED_ASIDE = 420
"""Project default: so high are indices and score where they stand under the form."""

NO_LIMIT = 16_777_215
"""Qt's own: a widget may be as wide as it likes."""


class DPassPage(EnterPage):
    """Records indices and the score of disorganization.

    Signals:
        classify_requested: the coder wants to go on to the own class, where D is decided while
            there is no class yet.
        clip_wanted: the `Span` of an index, to be played.
    """

    classify_requested = Signal()
    clip_wanted = Signal(object)

    def __init__(self, theme: Theme, session: OpenSession, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme = theme
        self._session = session
        self._stale = True
        slots = session.scheme.slots_of_role(ScaleRole.DISORGANIZATION)
        self._slot = slots[0] if slots else None
        self._build()
        describe(self, self.tr("D pass"))
        self._connect()
        self._refresh()

    @property
    def form(self) -> IndexForm:
        """The form of a new or changed index."""
        return self._form

    @property
    def indices(self) -> IndexList:
        """The indices recorded."""
        return self._list

    @property
    def score(self) -> ScorePanel | None:
        """The score with the decision, None when the scheme does not rate disorganization."""
        return self._score

    def stage_place(self) -> QVBoxLayout:
        """Where the main window puts the video."""
        return self._stage

    def set_moment(self, us: int, _frame: int | None = None) -> None:
        """Take note of the frame on the screen; an index starts and ends there."""
        self._form.set_moment(Micros(us))

    def start_index(self) -> None:
        """Let the index in the form start with the frame on the screen."""
        if not self._session.read_only:
            self._form.start_here()

    def end_index(self) -> None:
        """Let the index in the form end with the frame on the screen."""
        if not self._session.read_only:
            self._form.end_here()

    def play_index(self) -> None:
        """Play the index in the form."""
        if not self._session.read_only:
            self._form.play()

    def main_action(self) -> tuple[str, Callable[[], None]]:
        """What the button in the step's header says and does."""
        return self.tr("Next open"), self.go_to_next_open

    def go_to_next_open(self) -> None:
        """Go to the score, the only place here that a complete coding needs."""
        if self._slot is not None:
            self.show_slot(self._slot.id)

    def show_slot(self, slot_id: str) -> None:
        """Put the focus on the score; another place is left aside."""
        if self._score is not None and self._slot is not None and slot_id == self._slot.id:
            self._score.cell.row.setFocus(Qt.FocusReason.OtherFocusReason)

    def unrecorded(self) -> Unrecorded | None:
        """The index in the form, as long as it is not among those recorded."""
        if not self._form.holds_unsaved:
            return None
        return Unrecorded(
            title=self.tr("An index is not recorded"),
            words=self.tr("The index in the form of the D pass is not recorded yet."),
            record=None if self._session.read_only else self._form.save,
            discard=self._form.begin,
        )

    def keyPressEvent(self, event: QKeyEvent) -> None:  # noqa: N802, D102 - Qt's name
        if event.key() == Qt.Key.Key_Slash:
            self._anchors.note_field.edit.setFocus(Qt.FocusReason.ShortcutFocusReason)
            return
        super().keyPressEvent(event)

    def showEvent(self, event: QShowEvent) -> None:  # noqa: N802, D102 - Qt's name
        if self._stale:
            self._refresh()
        super().showEvent(event)
        if not event.spontaneous():
            self._form.start_button.setFocus(Qt.FocusReason.OtherFocusReason)

    def resizeEvent(self, event: QResizeEvent) -> None:  # noqa: N802, D102 - Qt's name
        px = self._theme.px
        beside = self._form.minimumSizeHint().width() + px(NARROW_ASIDE) + px(30)
        stacked = is_narrow(self.width(), px) or self.width() <= beside
        stand(self._row, stacked=stacked)
        if stacked:
            self._aside.setMinimumSize(0, px(STACKED_ASIDE))
            self._aside.setMaximumWidth(NO_LIMIT)
            self._form.setMinimumHeight(self._form.heightForWidth(self.width() - px(20)))
        else:
            self._aside.setMinimumHeight(0)
            self._form.setMinimumHeight(0)
            self._aside.setFixedWidth(px(WIDE_ASIDE if self.width() >= px(WIDE) else NARROW_ASIDE))
        super().resizeEvent(event)

    def _build(self) -> None:
        px = self._theme.px
        scheme = self._session.scheme
        column = QVBoxLayout(self)
        column.setContentsMargins(px(10), px(4), px(10), px(10))
        column.setSpacing(px(6))
        self._locked = IconLine(self._theme, "lock", FontUse.TABLE, "second", self)
        column.addWidget(self._locked)
        row = self._row = QHBoxLayout()
        row.setSpacing(px(10))
        self._form = IndexForm(self._theme, scheme, self._present_at, self)
        self._form.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Maximum)
        left = QVBoxLayout()
        left.setSpacing(px(10))
        self._stage = QVBoxLayout()
        left.addLayout(self._stage, 1)
        left.addWidget(self._form)
        row.addLayout(left, 1)
        row.addWidget(self._build_aside())
        column.addLayout(row, 1)

    def _build_aside(self) -> QWidget:
        scheme = self._session.scheme
        self._aside = QWidget(self)
        column = QVBoxLayout(self._aside)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(self._theme.px(10))
        self._list = IndexList(self._theme, scheme, self._aside)
        column.addWidget(self._list, 1)
        self._score: ScorePanel | None = None
        self._anchors = AnchorsPanel(self._theme, self._aside)
        self._anchors.setVisible(self._slot is not None)
        if self._slot is not None:
            self._score = ScorePanel(self._theme, scheme, self._slot, self._aside)
            column.addWidget(self._score)
            column.addWidget(self._anchors, 1)
        return self._aside

    def _connect(self) -> None:
        self._session.changed.connect(self._follow)
        self._session.refused.connect(self._show_refusal)
        self._form.saved.connect(self._put)
        self._form.cancelled.connect(self._form.begin)
        self._form.play_wished.connect(self.clip_wanted)
        self._list.play_wished.connect(self.clip_wanted)
        self._list.edit_wished.connect(self._edit)
        self._list.emptied.connect(self._go_to_form)
        self._list.remove_wished.connect(self._remove)
        self._anchors.note_committed.connect(self._put_note)
        if self._score is not None:
            self._score.rating_wished.connect(self._rate)
            self._score.clear_wished.connect(self._clear)
            self._score.decision_wished.connect(self._decide)
            self._score.classify_requested.connect(self.classify_requested)

    def _follow(self, changed: Changed) -> None:
        if changed.record.change.areas & SHOWN_AREAS:
            self._stale = True
            if self.isVisible():
                self._refresh()

    def _refresh(self) -> None:
        self._stale = False
        coding, read_only = self._session.coding, self._session.read_only
        reading = self.tr("Open for reading only") if read_only else ""
        locked = self.tr("Locked, nothing can be changed")
        self._locked.show_text(locked if coding.locked else reading)
        self._list.show_indices(coding.d_indices, locked=read_only)
        self._form.setVisible(not read_only)
        self._form.set_limit(None if coding.session_end is None else coding.session_end.at_us)
        edited = self._form.edited_id
        if edited and all(index.id != edited for index in coding.d_indices):
            self._form.begin()
        if self._score is not None and self._slot is not None:
            self._score.show_coding(coding, locked=read_only)
            self._show_anchors(self._slot.id)

    def _show_anchors(self, slot: SlotId) -> None:
        scheme = self._session.scheme
        rating = self._session.coding.rating(slot)
        chosen: tuple[ChosenPoint, ...] = ()
        if rating is not None and isinstance(rating.score, Points):
            word = self.tr("chosen")
            chosen = (ChosenPoint(place=word, point=rating.score.value, current=True),)
        view = ScaleView(
            scale=scheme.scale_of(slot),
            slot=slot,
            chosen=chosen,
            note=None if rating is None else rating.note,
            locked=self._session.read_only,
        )
        self._anchors.show_scale(view)

    def _present_at(self, us: Micros) -> tuple[SubjectId, ...]:
        coding, scheme = self._session.coding, self._session.scheme
        people = (person.id for person in scheme.procedure.persons)
        return tuple(p for p in people if is_present(coding, scheme, p, us))

    def _put(self, index: DIndex) -> None:
        if self._session.submit(PutDIndex(index=index), cause=self):
            self._form.begin()

    def _edit(self, index: DIndex) -> None:
        if not self._form.holds_unsaved:
            self._form.edit(index)
        elif self._form.edited_id != index.id:
            self._form.keep_unsaved()
        self._form.theme_box.setFocus(Qt.FocusReason.OtherFocusReason)

    def _go_to_form(self) -> None:
        self._form.start_button.setFocus(Qt.FocusReason.OtherFocusReason)

    def _remove(self, index_id: int) -> None:
        found = next(i.id for i in self._session.coding.d_indices if i.id == index_id)
        self._session.submit(RemoveDIndex(index=found), cause=self)

    def _rate(self, rating: Rating) -> None:
        self._session.submit(Rate(rating=rating), cause=self)

    def _clear(self, slot_id: str) -> None:
        if self._session.coding.score(SlotId(slot_id)) is not NOT_RATED:
            self._session.submit(ClearRating(slot=SlotId(slot_id)), cause=self)

    def _put_note(self, slot_id: str, note: str) -> None:
        rating = self._session.coding.rating(SlotId(slot_id))
        if rating is not None:
            self._rate(replace(rating, note=note))

    def _decide(self) -> None:
        own = self._session.coding.classification
        if own is None or self._score is None:
            return
        form = self._score.decision
        decided = replace(own, d_decision=form.decision, d_reason=form.reason)
        self._session.submit(Classify(classification=decided), cause=self)

    def _show_refusal(self, sentence: str) -> None:
        if self.isVisible():
            self._form.show_refusal(sentence)
