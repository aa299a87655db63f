"""The fields of several selected events: what is filled in is changed in all of them at once."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QComboBox, QWidget

from ssp_coder.domain.ethogram import CodeId
from ssp_coder.domain.procedure import SubjectId
from ssp_coder.domain.time import parse_offset
from ssp_coder.ui.code.form_row import FormRow
from ssp_coder.ui.kit.button import ButtonKind, PushButton
from ssp_coder.ui.kit.field import FieldWithError

if TYPE_CHECKING:
    from collections.abc import Callable

    from ssp_coder.domain.coding import Event
    from ssp_coder.domain.ethogram import Code, ModifierId
    from ssp_coder.domain.scheme import Scheme
    from ssp_coder.ui.code.table_typed import TypedEvent
    from ssp_coder.ui.theme.theme import Theme

AS_IT_IS = None
"""The choice that changes nothing."""


class ManyForm(FormRow):
    """Says how many events are selected and emits them as the coder wants them, as one wish.

    Signals:
        changed: all events that differ from what they were.
        delete_requested: ids of all of them.
    """

    changed = Signal(object)
    delete_requested = Signal(object)

    def __init__(
        self, theme: Theme, scheme: Scheme, typed: TypedEvent, parent: QWidget | None = None
    ) -> None:
        super().__init__(theme, parent)
        self._scheme = scheme
        self._typed = typed
        self._events: tuple[Event, ...] = ()
        self._asked: FieldWithError | None = None
        self._shift = FieldWithError(theme, self.tr("Shift by"), self)
        self._comment = FieldWithError(theme, self.tr("Comment"), self)
        self._code = self.choice(self.tr("Code"))
        self._subject = self.choice(self.tr("Person"))
        self._modifiers = {
            modifier.id: self.choice(str(modifier.title)) for modifier in scheme.ethogram.modifiers
        }
        self._delete = PushButton(theme, "", ButtonKind.QUIET, self)
        self._delete.set_icon_name("trash")
        self._delete.clicked.connect(self._ask_delete)
        self._build()
        self._shift.committed.connect(self._commit_shift)
        self._comment.committed.connect(self._commit_comment)
        self._code.activated.connect(self._commit_code)
        self._subject.activated.connect(self._commit_subject)
        for key, box in self._modifiers.items():
            box.activated.connect(self._committer(key))

    @property
    def events_shown(self) -> tuple[Event, ...]:
        """The events that are changed together."""
        return self._events

    def show_events(self, events: tuple[Event, ...], *, locked: bool = False) -> None:
        """Offer what all of these events can be changed to."""
        self._events = events
        self.setEnabled(bool(events) and not locked)
        for field in (self._shift, self._comment):
            field.clear_error()
            field.set_text("")
        self.refusal.say("")
        self._delete.set_name(self.tr("Delete these {0} events").format(len(events)))
        used = {event.code for event in events}
        codes = [self._scheme.ethogram.code(code) for code in used]
        persons = {event.subject for event in events}
        self._offer_codes(codes, persons)
        self._offer_persons(codes)
        for key, box in self._modifiers.items():
            self._offer_values(key, box, codes)

    def show_refusal(self, sentence: str) -> None:
        """Say why the last wish was refused; the typed text stays, choices go back."""
        if self._asked is not None:
            self._asked.show_error(sentence)
            return
        for box in (self._code, self._subject, *self._modifiers.values()):
            box.setCurrentIndex(0)
        self.refusal.say(sentence)

    def _offer_codes(self, codes: list[Code], persons: set[SubjectId]) -> None:
        box = self._code
        box.clear()
        box.addItem(self.tr("keep"), AS_IT_IS)
        kinds = {code.kind for code in codes}
        for group in self._scheme.ethogram.groups:
            for other in group.codes:
                if {other.kind} == kinds and persons <= set(group.subjects):
                    box.addItem(f"{group.title}: {other.title}", other.id)
        box.setEnabled(box.count() > 1)

    def _offer_persons(self, codes: list[Code]) -> None:
        box = self._subject
        box.clear()
        box.addItem(self.tr("keep"), AS_IT_IS)
        groups = {code.group for code in codes}
        common = [set(self._scheme.ethogram.group(group).subjects) for group in groups]
        for person in self._scheme.procedure.persons:
            if common and all(person.id in subjects for subjects in common):
                box.addItem(str(person.title), person.id)
        box.setEnabled(box.count() > 2)

    def _offer_values(self, key: ModifierId, box: QComboBox, codes: list[Code]) -> None:
        box.clear()
        taken = bool(codes) and all(key in code.modifiers for code in codes)
        box.setEnabled(taken)
        box.addItem(self.tr("keep"), AS_IT_IS)
        if not taken:
            return
        box.addItem(self.tr("not set"), "")
        for value in self._scheme.ethogram.modifier(key).values:
            box.addItem(str(value.title), value.id)

    def _commit_shift(self, text: str) -> None:
        if not text.strip():
            self._shift.clear_error()
            return
        try:
            by_us = parse_offset(text)
        except ValueError:
            words = self.tr("{0} is no time to shift by; write it like +0.5 or −1:02")
            self._shift.show_error(words.format(text.strip()))
            return
        self._shift.clear_error()
        self._wish(lambda event: self._typed.shifted(event, by_us), self._shift)

    def _commit_comment(self, text: str) -> None:
        if text.strip():
            self._wish(lambda event: replace(event, comment=text.strip()), self._comment)

    def _commit_code(self, _place: int) -> None:
        code = self._code.currentData()
        if code is AS_IT_IS:
            return
        takes = self._scheme.ethogram.code(CodeId(code)).modifiers

        def coded(event: Event) -> Event:
            kept = tuple(pair for pair in event.modifiers if pair[0] in takes)
            return replace(event, code=CodeId(code), modifiers=kept)

        self._wish(coded)

    def _commit_subject(self, _place: int) -> None:
        subject = self._subject.currentData()
        if subject is not AS_IT_IS:
            self._wish(lambda event: replace(event, subject=SubjectId(subject)))

    def _committer(self, key: ModifierId) -> Callable[[int], None]:
        def commit(_place: int) -> None:
            value = self._modifiers[key].currentData()
            if value is not AS_IT_IS:
                self._wish(lambda event: self._with_modifier(event, key, str(value)))

        return commit

    def _with_modifier(self, event: Event, key: ModifierId, value: str) -> Event:
        chosen = dict(event.modifiers) | {key: value}
        order = self._scheme.ethogram.code(event.code).modifiers
        kept = tuple((name, chosen[name]) for name in order if chosen.get(name))
        return replace(event, modifiers=kept)

    def _wish(self, wanted: Callable[[Event], Event], asked: FieldWithError | None = None) -> None:
        self._asked = asked
        self.refusal.say("")
        pairs = ((event, wanted(event)) for event in self._events)
        differing = tuple(new for old, new in pairs if new != old)
        if differing:
            self.changed.emit(differing)

    def _ask_delete(self) -> None:
        if self._events:
            self.delete_requested.emit(tuple(event.id for event in self._events))

    def _build(self) -> None:
        self._shift.edit.setPlaceholderText(self.tr("+0.5"))
        self._comment.edit.setPlaceholderText(self.tr("keep"))
        fields: list[tuple[str, QWidget, int]] = [
            (self.tr("Shift by"), self._shift, 2),
            (self.tr("Code"), self._code, 4),
            (self.tr("Person"), self._subject, 2),
        ]
        fields += [
            (str(self._scheme.ethogram.modifier(key).title), box, 2)
            for key, box in self._modifiers.items()
        ]
        fields += [(self.tr("Comment"), self._comment, 3)]
        self.lay_out(fields, self._delete)
