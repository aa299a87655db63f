"""The fields of the selected event, always in the same place under the table."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QComboBox, QWidget

from ssp_coder.domain.coding import Event
from ssp_coder.domain.ethogram import CodeId, CodeKind, ModifierId
from ssp_coder.domain.time import SECOND_US, Micros, short_clock_text
from ssp_coder.ui.code.form_row import FormRow
from ssp_coder.ui.code.table_typed import TypedEvent
from ssp_coder.ui.keys.live import KeyTip
from ssp_coder.ui.kit.button import ButtonKind, PushButton
from ssp_coder.ui.kit.field import FieldWithError

if TYPE_CHECKING:
    from ssp_coder.domain.scheme import Scheme
    from ssp_coder.ui.kit.choice import ComboBox
    from ssp_coder.ui.theme.theme import Theme


class EventForm(FormRow):
    """Shows one event and emits the event as the coder wants it, or the wish to delete it.

    A time typed in full is kept to the microsecond; a field that was not touched changes nothing.
    """

    changed = Signal(object)
    delete_requested = Signal(object)

    def __init__(
        self,
        theme: Theme,
        scheme: Scheme,
        typed: TypedEvent | None = None,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(theme, parent)
        self._scheme = scheme
        self._typed = typed or TypedEvent(scheme)
        self._event: Event | None = None
        self._start = FieldWithError(theme, self.tr("Start"), self)
        self._end = FieldWithError(theme, self.tr("End"), self)
        self._comment = FieldWithError(theme, self.tr("Comment"), self)
        self._code = self._chooser(self.tr("Code"))
        self._modifiers = {
            modifier.id: self._chooser(str(modifier.title))
            for modifier in scheme.ethogram.modifiers
        }
        self._delete = PushButton(theme, "", ButtonKind.QUIET, self)
        self._delete.set_icon_name("trash")
        self._delete.set_name(self.tr("Delete this event"))
        KeyTip(self._delete, self.tr("Delete this event"), "delete")
        self._build()
        self._start.committed.connect(self._commit)
        self._end.committed.connect(self._commit)
        self._comment.committed.connect(self._commit)
        self._delete.clicked.connect(self._ask_delete)
        self.show_event(None)

    @property
    def event_shown(self) -> Event | None:
        """The event shown, None when none is selected."""
        return self._event

    def show_event(self, event: Event | None, *, locked: bool = False) -> None:
        """Show an event, or empty fields."""
        self._event = event
        self.setEnabled(event is not None and not locked)
        for field in (self._start, self._end, self._comment):
            field.clear_error()
        self._code.clear()
        if event is None:
            for field in (self._start, self._end, self._comment):
                field.set_text("")
                field.set_note("")
            for box in self._modifiers.values():
                box.clear()
            return
        self._fill(event)

    def show_refusal(self, sentence: str) -> None:
        """Say why the last wish was refused; the typed text stays, choices are as they were."""
        self._end.show_error(sentence)
        if self._event is not None:
            self._show_choices(self._event)

    def _fill(self, event: Event) -> None:
        code = self._scheme.ethogram.code(event.code)
        self._start.set_text(short_clock_text(event.start_us, digits=3))
        is_point = code.kind is CodeKind.POINT
        shown = event.end_us if not is_point else None
        self._end.set_text("" if shown is None else short_clock_text(shown, digits=3))
        self._end.set_read_only(is_point)
        self._start.set_note(self._lag_words(event.start_lag_us))
        self._end.set_note("" if is_point else self._lag_words(event.end_lag_us))
        self._comment.set_text(event.comment)
        self._show_choices(event)

    def _show_choices(self, event: Event) -> None:
        code = self._scheme.ethogram.code(event.code)
        self._code.clear()
        for other in self._scheme.ethogram.group(code.group).codes:
            if other.kind is code.kind:
                self._code.addItem(str(other.title), other.id)
        self._code.setCurrentIndex(self._code.findData(event.code))
        for modifier_id, box in self._modifiers.items():
            self._fill_modifier(modifier_id, box, event)

    def _lag_words(self, lag_us: int) -> str:
        """How much of the coder's reaction lag was taken off an edge; empty where none was."""
        seconds = f"{lag_us / SECOND_US:.2f}"
        return self.tr("Lag {0} s").format(seconds) if lag_us else ""

    def _fill_modifier(self, modifier_id: ModifierId, box: QComboBox, event: Event) -> None:
        box.clear()
        taken = modifier_id in self._scheme.ethogram.code(event.code).modifiers
        box.setEnabled(taken)
        if not taken:
            return
        box.addItem(self.tr("not set"), "")
        for value in self._scheme.ethogram.modifier(modifier_id).values:
            box.addItem(str(value.title), value.id)
        box.setCurrentIndex(max(0, box.findData(event.modifier(modifier_id))))

    def _chooser(self, name: str) -> ComboBox:
        box = self.choice(name)
        box.activated.connect(self._commit)
        return box

    def _build(self) -> None:
        fields: list[tuple[str, QWidget, int]] = [
            (self.tr("Start"), self._start, 3),
            (self.tr("End"), self._end, 3),
            (self.tr("Code"), self._code, 4),
        ]
        fields += [
            (str(self._scheme.ethogram.modifier(key).title), box, 3)
            for key, box in self._modifiers.items()
        ]
        fields += [(self.tr("Comment"), self._comment, 3)]
        self.lay_out(fields, self._delete)

    def _commit(self, *_what: object) -> None:
        event = self._event
        if event is None:
            return
        start = self._read(self._start, event.start_us)
        end = self._read(self._end, event.end_us)
        if start is None or _WRONG in (start, end):
            return
        wanted = replace(
            event,
            code=CodeId(str(self._code.currentData())),
            start_us=start,
            end_us=end,
            start_frame=event.start_frame if start == event.start_us else None,
            end_frame=event.end_frame if end == event.end_us else None,
            modifiers=self._chosen_modifiers(),
            comment=self._comment.text().strip(),
        )
        if wanted != event:
            self.changed.emit(wanted)

    def _chosen_modifiers(self) -> tuple[tuple[ModifierId, str], ...]:
        return tuple(
            (key, str(box.currentData()))
            for key, box in self._modifiers.items()
            if box.currentData()
        )

    def _read(self, field: FieldWithError, old: Micros | None) -> Micros | None:
        """The time in a field; the old one, exact, when the text still shows it."""
        text = field.text().strip()
        if old is not None and text == short_clock_text(old, digits=3):
            return old
        if not text:
            return old
        try:
            time = self._typed.time(text)
        except ValueError as error:
            field.show_error(str(error))
            return _WRONG
        field.clear_error()
        return time

    def _ask_delete(self) -> None:
        if self._event is not None:
            self.delete_requested.emit((self._event.id,))


_WRONG = Micros(-1)
