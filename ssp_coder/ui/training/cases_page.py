"""The cases of one stage: what is next, what waits, and the trainer's releases for test forms."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLineEdit, QScrollArea, QVBoxLayout, QWidget

from ssp_coder.training.packs import Stage
from ssp_coder.training.programme import Bar, CaseState
from ssp_coder.ui.kit.button import ButtonKind, PushButton
from ssp_coder.ui.kit.field import FieldWithError
from ssp_coder.ui.kit.panel import Panel
from ssp_coder.ui.rate.lettering import lettering
from ssp_coder.ui.theme.fonts import FontUse
from ssp_coder.ui.training.case_panel import CaseAct, CasePanel
from ssp_coder.ui.training.submit_panel import SubmitPanel
from ssp_coder.ui.training.words import stage_rule, stage_title

if TYPE_CHECKING:
    from PySide6.QtGui import QHideEvent

    from ssp_coder.editing.completeness import OpenWork
    from ssp_coder.training.packs import Case
    from ssp_coder.training.programme import Programme, Standing
    from ssp_coder.ui.theme.theme import Theme
    from ssp_coder.ui.training.desk import TrainingDesk

WIDTH_PX = 860
_WAITS_FOR_TRAINER = frozenset((Bar.NEEDS_TRAINER, Bar.FORM_TAKEN, Bar.FORM_NOT_RELEASED))
_NEXT = (CaseState.SUBMITTING, CaseState.FEEDBACK, CaseState.BEGUN, CaseState.READY)


def next_case(programme: Programme, stage: Stage) -> Standing | None:
    """The case of a stage that is to be gone on with, None when there is nothing to do."""
    shown = [one for one in programme.shown if one.case.stage is stage]
    for state in _NEXT:
        for standing in shown:
            if standing.state is state:
                return standing
    return None


class CasesPage(QWidget):
    """Lists the cases of a stage; nothing of a reference is in it.

    Signals:
        act_wanted: a `CaseAct` and the `Case`.
        submit_wanted: the `Case`, after the person was asked.
        release_wanted: a trainer's release is to be taken in.
        word_given: the trainer's word.
        disputes_wanted: the disputes are to be written to a file.
    """

    act_wanted = Signal(object, object)
    submit_wanted = Signal(object)
    release_wanted = Signal()
    word_given = Signal(str)
    disputes_wanted = Signal()

    def __init__(self, theme: Theme, desk: TrainingDesk, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme = theme
        self._desk = desk
        self._stage = Stage.LEARN
        self.panels: dict[str, CasePanel] = {}
        self._title = lettering(theme, "", FontUse.STEP_TITLE)
        self._rule = lettering(theme, "", FontUse.BODY, "second")
        self._empty = lettering(theme, "", FontUse.BODY, "second")
        self.submitting = SubmitPanel(theme, self)
        self.release = PushButton(theme, self.tr("Take in a release…"), ButtonKind.PLAIN, self)
        self.word = FieldWithError(theme, self.tr("Trainer's word"), self)
        self.disputes = PushButton(theme, self.tr("Export disputes…"), ButtonKind.QUIET, self)
        self._trainer = Panel(theme, self.tr("For the trainer"), self)
        self._column = QVBoxLayout()
        self._build()
        self._connect()

    @property
    def stage(self) -> Stage:
        """The stage shown."""
        return self._stage

    def show_stage(self, stage: Stage) -> None:
        """Show the cases of another stage."""
        if stage is not self._stage:
            self.submitting.hide()
        self._stage = stage
        self.refresh()

    def refresh(self) -> None:
        """Show where the trainee stands now; panels of the same cases stay where they are."""
        programme = self._desk.programme
        self._title.setText(stage_title(self._stage))
        self._rule.setText(stage_rule(self._stage))
        shown = [] if programme is None else [s for s in programme.shown if self._is_here(s)]
        coming = None if programme is None else next_case(programme, self._stage)
        if [one.case.id for one in shown] != list(self.panels):
            self._fill(shown)
        for standing in shown:
            is_next = coming is not None and coming.case.id == standing.case.id
            self.panels[standing.case.id].show_standing(
                standing, is_next=is_next, has_word=self._desk.word is not None
            )
        self._empty.setText(self._empty_words())
        self._empty.setVisible(not shown)
        self._show_trainer(shown)
        if programme is not None and not any(s.state in _NEXT for s in shown):
            self.submitting.hide()

    def ask(self, case: Case, lacks: tuple[OpenWork, ...]) -> None:
        """Ask whether a case is to be submitted; not of who went elsewhere in the meantime."""
        if not self.isVisible() or case.stage is not self._stage:
            return
        self.submitting.ask(case, lacks)
        self._scroll.ensureWidgetVisible(self.submitting)

    def hideEvent(self, event: QHideEvent) -> None:  # noqa: N802, D102 - Qt's name
        if not event.spontaneous():
            self.submitting.hide()
        super().hideEvent(event)

    def focus_next(self) -> None:
        """Put the keyboard on what is next."""
        for panel in self.panels.values():
            if panel.is_next and panel.buttons:
                list(panel.buttons.values())[-1].setFocus(Qt.FocusReason.OtherFocusReason)
                return

    def _is_here(self, standing: Standing) -> bool:
        return standing.case.stage is self._stage

    def _empty_words(self) -> str:
        if self._stage is Stage.UPKEEP:
            return self.tr(
                "There is no case to code. One may come at any time once you are certified."
            )
        return self.tr("The pack has no case of this stage.")

    def _show_trainer(self, shown: list[Standing]) -> None:
        bars = {bar for one in shown for bar in (one.begin, one.see) if bar is not None}
        wanted = self._stage is Stage.TEST and bool(bars & _WAITS_FOR_TRAINER)
        self._trainer.setVisible(wanted)
        self.word.setVisible(wanted and Bar.NEEDS_TRAINER in bars)
        self.disputes.setVisible(bool(self._desk.said_anything))

    def _fill(self, shown: list[Standing]) -> None:
        for panel in self.panels.values():
            self._column.removeWidget(panel)
            panel.hide()
            panel.deleteLater()
        self.panels = {}
        for standing in shown:
            panel = CasePanel(self._theme, standing, self._inside)
            panel.act_wanted.connect(self.act_wanted)
            self._column.addWidget(panel)
            panel.show()
            self.panels[standing.case.id] = panel

    def _code(self, case: object) -> None:
        self.act_wanted.emit(CaseAct.CODE, case)

    def _give_word(self, word: str) -> None:
        if word.strip():
            self.word.set_text("")
            self.word_given.emit(word.strip())
            self.refresh()

    def _connect(self) -> None:
        self.submitting.submit_wanted.connect(self.submit_wanted)
        self.submitting.coding_wanted.connect(self._code)
        self.release.clicked.connect(self.release_wanted)
        self.word.committed.connect(self._give_word)
        self.disputes.clicked.connect(self.disputes_wanted)

    def _build(self) -> None:
        px = self._theme.px
        self._inside = QWidget(self)
        self._inside.setMaximumWidth(px(WIDTH_PX))
        column = QVBoxLayout(self._inside)
        column.setContentsMargins(px(16), px(12), px(16), px(12))
        column.setSpacing(px(8))
        head = QHBoxLayout()
        self._title.setWordWrap(False)
        head.addWidget(self._title)
        head.addStretch(1)
        head.addWidget(self.disputes)
        column.addLayout(head)
        column.addWidget(self._rule)
        column.addSpacing(px(4))
        self.submitting.hide()
        column.addWidget(self.submitting)
        column.addWidget(self._empty)
        self._column.setSpacing(px(8))
        column.addLayout(self._column)
        column.addWidget(self._trainer)
        self._trainer.set_body(self._trainer_body())
        column.addStretch(1)
        self._scroll = QScrollArea(self)
        self._scroll.setWidgetResizable(True)
        self._scroll.setFrameShape(QFrame.Shape.NoFrame)
        self._scroll.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self._scroll.setWidget(self._inside)
        whole = QVBoxLayout(self)
        whole.setContentsMargins(0, 0, 0, 0)
        whole.addWidget(self._scroll)

    def _trainer_body(self) -> QWidget:
        px = self._theme.px
        body = QWidget(self._trainer)
        row = QHBoxLayout(body)
        row.setContentsMargins(px(14), px(10), px(14), px(10))
        row.setSpacing(px(10))
        row.addWidget(self.release, 0, Qt.AlignmentFlag.AlignTop)
        self.word.edit.setEchoMode(QLineEdit.EchoMode.Password)
        self.word.edit.setPlaceholderText(self.tr("Trainer's word, then Enter"))
        row.addWidget(self.word, 1)
        row.addStretch(1)
        return body
