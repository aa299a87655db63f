"""The questions about the visit: one line each, answered or left open."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QGridLayout, QHBoxLayout, QLabel, QScrollArea, QVBoxLayout, QWidget

from ssp_coder.domain.coding import VisitAnswer
from ssp_coder.domain.procedure import EpisodeId, VisitField, VisitFieldKind
from ssp_coder.editing.edits import ClearVisit, RecordVisit
from ssp_coder.editing.visits import VisitPlace
from ssp_coder.formats.columns import provenance_words
from ssp_coder.ui.prepare.answers import AnswerChoice, AnswerField
from ssp_coder.ui.prepare.remarks import RemarkLines
from ssp_coder.ui.rate.lettering import IconLine, lettering
from ssp_coder.ui.theme.fonts import FontUse

if TYPE_CHECKING:
    from ssp_coder.domain.coding import Coding
    from ssp_coder.editing.document import Changed
    from ssp_coder.ui.session import OpenSession
    from ssp_coder.ui.theme.theme import Theme


class VisitRow(QWidget):
    """One question with its hint, its answers and what to remember about them.

    Signals:
        answered: a `VisitPlace`, and the answer as it should become or None to leave it open.
    """

    answered = Signal(object, object)

    def __init__(self, theme: Theme, field: VisitField, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.field = field
        self.answers: dict[EpisodeId | None, AnswerField | AnswerChoice] = {}
        self.remarks = RemarkLines(theme, self)
        self.problem = IconLine(theme, "warning", FontUse.TABLE, "err", self)
        self.problem.show_text("")
        self._build(theme)

    def show_coding(self, coding: Coding, *, locked: bool) -> None:
        """Show the answers of a coding."""
        found = []
        for episode, control in self.answers.items():
            answer = coding.visit_answer(self.field.id, episode)
            control.show_answer(None if answer is None else answer.value)
            control.set_locked(locked)
            if answer is not None:
                found += [remark for remark in self.field.remarks if remark.holds(answer.value)]
        self.remarks.show_remarks(found)

    def _build(self, theme: Theme) -> None:
        px = theme.px
        grid = QGridLayout(self)
        grid.setContentsMargins(px(8), px(4), px(8), px(2))
        grid.setHorizontalSpacing(px(12))
        grid.setVerticalSpacing(px(1))
        title = lettering(theme, str(self.field.title), FontUse.LABEL)
        hint = lettering(theme, str(self.field.hint), FontUse.CAPTION, "hint")
        for label in (title, hint):
            label.setToolTip(provenance_words(self.field.provenance))
        grid.addWidget(title, 0, 0, Qt.AlignmentFlag.AlignBottom)
        grid.addWidget(hint, 1, 0, Qt.AlignmentFlag.AlignTop)
        if self.field.kind is VisitFieldKind.TEXT or self.field.episodes:
            grid.addLayout(self._build_answers(theme), 2, 0, 1, 2)
        else:
            grid.addLayout(self._build_answers(theme), 0, 1, 2, 1, Qt.AlignmentFlag.AlignRight)
        grid.addWidget(self.problem, 3, 0, 1, 2)
        grid.addWidget(self.remarks, 4, 0, 1, 2)
        grid.setColumnStretch(0, 1)

    def _build_answers(self, theme: Theme) -> QHBoxLayout:
        row = QHBoxLayout()
        row.setSpacing(theme.px(8))
        for episode in self.field.episodes or (None,):
            name = str(self.field.title) if episode is None else f"{self.field.title}, {episode}"
            if episode is not None:
                label = QLabel(episode, self)
                label.setFont(theme.font(FontUse.CAPTION))
                label.setProperty("tone", "second")
                row.addWidget(label)
            control = self._control(theme, VisitPlace(field=self.field, episode=episode), name)
            control.setToolTip(str(self.field.hint))
            control.answered.connect(self.answered)
            row.addWidget(control)
            self.answers[episode] = control
        if self.field.episodes and self.field.kind.is_number:
            row.addStretch(1)
        return row

    def _control(self, theme: Theme, place: VisitPlace, name: str) -> AnswerField | AnswerChoice:
        if self.field.kind in (VisitFieldKind.CHOICE, VisitFieldKind.YES_NO):
            return AnswerChoice(theme, place, name, self)
        control = AnswerField(theme, place, name, self)
        control.problem_changed.connect(self._show_problem)
        return control

    def _show_problem(self) -> None:
        fields = (one for one in self.answers.values() if isinstance(one, AnswerField))
        self.problem.show_text(next((one.problem() for one in fields if one.problem()), ""))


class VisitForm(QScrollArea):
    """All questions of the procedure about the visit; none of them has to be answered."""

    def __init__(self, theme: Theme, session: OpenSession, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._session = session
        self.rows = tuple(VisitRow(theme, field) for field in session.scheme.procedure.visit_fields)
        lines = QWidget()
        column = QVBoxLayout(lines)
        column.setContentsMargins(0, 0, 0, theme.px(6))
        column.setSpacing(theme.px(2))
        for row in self.rows:
            row.answered.connect(self._record)
            column.addWidget(row)
        column.addStretch(1)
        self.setWidgetResizable(True)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setWidget(lines)
        self.viewport().setAutoFillBackground(False)
        lines.setAutoFillBackground(False)
        session.changed.connect(self._follow)
        self.refresh()

    def refresh(self) -> None:
        """Show the answers as they are now."""
        for row in self.rows:
            row.show_coding(self._session.coding, locked=self._session.read_only)

    def answered_count(self) -> int:
        """How many questions have an answer, in whatever episode."""
        return len({answer.field for answer in self._session.coding.visit})

    def _follow(self, changed: Changed) -> None:
        if changed.record.change.areas & {"visit", "locked"}:
            self.refresh()

    def _record(self, place: VisitPlace, value: int | str | None) -> None:
        field, episode = place.field.id, place.episode
        if value is None:
            self._session.submit(ClearVisit(field=field, episode=episode), cause=self)
            return
        answer = VisitAnswer(field=field, value=value, episode=episode)
        self._session.submit(RecordVisit(answer=answer), cause=self)
