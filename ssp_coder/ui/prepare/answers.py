"""The controls with which a question about the visit is answered: a number, words, a choice."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QLabel, QWidget

from ssp_coder.domain.procedure import NO, YES, VisitFieldKind
from ssp_coder.editing.visits import MAXIMUM_NUMBER, MAXIMUM_WORDS, VisitPlace
from ssp_coder.ui.kit.accessible import describe
from ssp_coder.ui.kit.choice import ComboBox
from ssp_coder.ui.kit.field import FieldWithError
from ssp_coder.ui.theme.fonts import FontUse

if TYPE_CHECKING:
    from ssp_coder.ui.theme.theme import Theme

NUMBER_WIDTH, CHOICE_WIDTH = 76, 190


class AnswerField(QWidget):
    """One answer that is typed: a whole number or free text.

    Signals:
        answered: its `VisitPlace`, and the answer as it should become or None to leave it open.
        problem_changed: what is wrong with what was typed has changed; see `problem`.
    """

    answered = Signal(object, object)
    problem_changed = Signal()

    def __init__(
        self, theme: Theme, place: VisitPlace, name: str, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self._place = place
        self._value: int | str | None = None
        self.line = FieldWithError(theme, name, self)
        self.line.edit.setMaxLength(MAXIMUM_WORDS)
        self.line.tell_elsewhere()
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(theme.px(4))
        if place.field.kind.is_number:
            self.line.setFixedWidth(theme.px(NUMBER_WIDTH))
        row.addWidget(self.line)
        unit = _unit_words(self, place.field.kind)
        if unit:
            label = QLabel(unit, self)
            label.setFont(theme.font(FontUse.CAPTION))
            label.setProperty("tone", "hint")
            row.addWidget(label)
        if place.field.kind.is_number and place.episode is None:
            self.setFixedWidth(theme.px(CHOICE_WIDTH))
            row.addStretch(1)
        self.setFocusProxy(self.line)
        self.line.committed.connect(self._commit)

    def problem(self) -> str:
        """What is wrong with what was typed, empty when nothing is."""
        return self.line.error()

    def show_answer(self, value: int | str | None) -> None:
        """Show what is recorded; text that could not be taken stays until that changes."""
        if value != self._value:
            self._value = value
            self._show_text()

    def set_locked(self, locked: bool) -> None:
        """Let the answer be seen and not changed."""
        self.line.set_read_only(locked)

    def _commit(self, text: str) -> None:
        if self.line.edit.isReadOnly():
            return
        typed = text.strip()
        value, problem = self._read(typed) if typed else (None, "")
        self.line.show_error(problem)
        self.problem_changed.emit()
        if problem:
            return
        if value != self._value:
            self.answered.emit(self._place, value)
        self._show_text()

    def _read(self, typed: str) -> tuple[int | str | None, str]:
        field = self._place.field
        if not field.kind.is_number:
            return typed, ""
        low = field.minimum
        high = MAXIMUM_NUMBER if field.maximum is None else field.maximum
        if typed.isascii() and typed.isdecimal() and low <= int(typed) <= high:
            return int(typed), ""
        return None, self.tr("Write a whole number from {0} to {1}").format(low, high)

    def _show_text(self) -> None:
        self.line.set_text("" if self._value is None else str(self._value))
        self.line.clear_error()
        self.problem_changed.emit()


class AnswerChoice(ComboBox):
    """One answer that is chosen; its first line leaves the question open.

    Signals:
        answered: its `VisitPlace`, and the id of the answer or None to leave it open.
    """

    answered = Signal(object, object)

    def __init__(
        self, theme: Theme, place: VisitPlace, name: str, parent: QWidget | None = None
    ) -> None:
        super().__init__(theme, parent)
        self._place = place
        self._value: int | str | None = None
        self.addItem(self.tr("not answered"), None)
        if place.field.kind is VisitFieldKind.YES_NO:
            self.addItem(self.tr("Yes"), YES)
            self.addItem(self.tr("No"), NO)
        for value in place.field.values:
            self.addItem(str(value.title), value.id)
        self.setMinimumWidth(theme.px(CHOICE_WIDTH))
        describe(self, name)
        self.activated.connect(self._choose)

    def show_answer(self, value: int | str | None) -> None:
        """Show what is recorded."""
        self._value = value
        self.setCurrentIndex(max(0, self.findData(value)))

    def set_locked(self, locked: bool) -> None:
        """Let the answer be seen and not changed."""
        self.setEnabled(not locked)

    def _choose(self, index: int) -> None:
        value = self.itemData(index)
        if value != self._value:
            self.answered.emit(self._place, value)


def _unit_words(asker: QWidget, kind: VisitFieldKind) -> str:
    return {
        VisitFieldKind.MONTHS: asker.tr("months"),
        VisitFieldKind.DAYS: asker.tr("days"),
        VisitFieldKind.SECONDS: asker.tr("s"),
    }.get(kind, "")
