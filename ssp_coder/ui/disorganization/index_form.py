"""The form of one index of disorganization: what, when, how strong, who was there."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QGridLayout, QHBoxLayout, QVBoxLayout, QWidget

from ssp_coder.domain.coding import DIndex, IndexId, IndexStrength
from ssp_coder.domain.procedure import SubjectId
from ssp_coder.domain.time import MAXIMUM_US, Micros, Span, parse_time, short_clock_text
from ssp_coder.ui.keys.live import follow_caps
from ssp_coder.ui.kit.accessible import describe
from ssp_coder.ui.kit.button import ButtonKind, PushButton
from ssp_coder.ui.kit.choice import CheckBox, ComboBox
from ssp_coder.ui.kit.field import ErrorLine, FieldWithError
from ssp_coder.ui.kit.panel import Panel
from ssp_coder.ui.kit.segmented import Segment, SegmentedControl
from ssp_coder.ui.rate.flow import FlowLayout
from ssp_coder.ui.rate.lettering import short_lettering
from ssp_coder.ui.theme.fonts import FontUse

if TYPE_CHECKING:
    from ssp_coder.domain.scheme import Scheme
    from ssp_coder.ui.theme.theme import Theme

NEW_INDEX = IndexId(0)

TIME_PX = 100
"""Project default: room for a time."""

INDEX_COMMANDS = ("index_start", "index_end", "index_play")
"""Commands that do the same as the buttons of the form."""


class TimeField(FieldWithError):  # noqa: N818 - a field that can show an error, no exception
    """A media time; what a button puts in is kept to the microsecond unless somebody types."""

    def __init__(self, theme: Theme, name: str, parent: QWidget | None = None) -> None:
        super().__init__(theme, name, parent)
        self._exact: Micros | None = None
        self.text_edited.connect(self._typed)

    def show_time(self, time_us: Micros | None) -> None:
        """Show a time, or none."""
        self._exact = time_us
        self.set_text("" if time_us is None else short_clock_text(time_us, digits=3))
        self.clear_error()

    def time_us(self) -> Micros | None:
        """The time; None, with the reason under the field, when there is none to be read."""
        if self._exact is None:
            self._read()
        return self._exact

    def _typed(self, _text: str) -> None:
        self._exact = None
        self.clear_error()

    def _read(self) -> None:
        try:
            found = parse_time(self.text())
        except ValueError:
            self.show_error(self.tr("Not a time; write it like 9:44.2"))
            return
        if 0 <= found <= MAXIMUM_US:
            self._exact = found
        else:
            self.show_error(self.tr("Before the first frame"))


class IndexForm(Panel):
    """Emits `saved` with the whole `DIndex`, `cancelled`, or `play_wished` with its `Span`.

    The page says with `set_moment` which frame is on the screen and with the function given here
    who is in the room at a time; what the coder ticked is never overwritten.
    """

    saved = Signal(object)
    cancelled = Signal()
    play_wished = Signal(object)

    def __init__(
        self,
        theme: Theme,
        scheme: Scheme,
        present_at: Callable[[Micros], tuple[SubjectId, ...]],
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(theme, "", parent)
        self._scheme = scheme
        self._present_at = present_at
        self._moment = Micros(0)
        self._id = NEW_INDEX
        self._presence_is_own = False
        self._limit: Micros | None = None
        self._shown: tuple[object, ...] = ()
        self._build()
        self._connect()
        self.begin()

    def set_moment(self, us: Micros) -> None:
        """Take note of the frame on the screen."""
        self._moment = us

    def begin(self) -> None:
        """Show an empty form for a new index."""
        self._id = NEW_INDEX
        self.set_title(self.tr("New index"))
        self.theme_box.setCurrentIndex(0)
        self.start.show_time(None)
        self.end.show_time(None)
        self.strength.set_chosen(IndexStrength.WEAK.value)
        self._presence_is_own = False
        self._tick_present(())
        self._tick_ruled_out(())
        self.note_field.set_text("")
        self.save_button.set_words(self.tr("Add index"))
        self._begun()

    def edit(self, index: DIndex) -> None:
        """Show an index to be changed."""
        self._id = index.id
        self.set_title(self.tr("Index {0}").format(index.id))
        self.theme_box.setCurrentIndex(self.theme_box.findData(index.theme))
        self.start.show_time(index.start_us)
        self.end.show_time(index.end_us)
        self.strength.set_chosen(index.strength.value)
        self._presence_is_own = True
        self._tick_present(index.present)
        self._tick_ruled_out(index.ruled_out)
        self.note_field.set_text(index.note)
        self.save_button.set_words(self.tr("Save index"))
        self._begun()

    def start_here(self) -> None:
        """Let the index start with the frame on the screen."""
        self.start.show_time(self._moment)
        self._prefill()

    def end_here(self) -> None:
        """Let the index end with the frame on the screen."""
        self.end.show_time(self._moment)

    def play(self) -> None:
        """Ask for the index to be played as it stands in the form."""
        start, end = self.start.time_us(), self.end.time_us()
        if start is not None and end is not None and self._is_in_order(start, end):
            self.play_wished.emit(Span(start_us=start, end_us=end))

    def set_limit(self, end_us: Micros | None) -> None:
        """Say where the session ends; nothing after that is judged."""
        self._limit = end_us

    def show_refusal(self, sentence: str) -> None:
        """Say why the index was refused; what stands in the form stays."""
        self.end.show_error(sentence)

    @property
    def holds_unsaved(self) -> bool:
        """Whether something stands in the form that was neither saved nor cleared."""
        return self._content() != self._shown

    def keep_unsaved(self) -> None:
        """Say why another index does not come into the form now."""
        words = self.tr("Add this index or clear the form first; nothing of it is lost")
        if self._id != NEW_INDEX:
            words = self.tr("Save this index or clear the form first; nothing of it is lost")
        self.note_field.show_error(words)

    def save(self) -> bool:
        """Ask for the index to be recorded; False, with the reason in the form, if it stays."""
        self._save()
        return not self.holds_unsaved

    @property
    def edited_id(self) -> IndexId:
        """The index that is changed, `NEW_INDEX` for a new one."""
        return self._id

    def present(self) -> tuple[SubjectId, ...]:
        """Who is ticked as present."""
        return tuple(person for person, box in self.people.items() if box.isChecked())

    def _build(self) -> None:
        px = self._theme.px
        body = QWidget(self)
        grid = QGridLayout(body)
        grid.setContentsMargins(px(10), px(8), px(10), px(4))
        grid.setHorizontalSpacing(px(10))
        grid.setVerticalSpacing(px(4))
        self._build_fields(body)
        rows = (
            (self.tr("What"), self.theme_box),
            (self.tr("From"), self._build_times()),
            (self.tr("Strength"), self.strength),
            (self.tr("Present"), self._ticks(tuple(self.people.values()))),
            (self.tr("Ruled out"), self._ticks(tuple(self.explanations.values()))),
            (self.tr("Note"), self.note_field),
        )
        for row, (name, widget) in enumerate(rows):
            label = short_lettering(self._theme, name, FontUse.BODY, "second")
            label.setContentsMargins(0, px(6), 0, 0)
            label.setMinimumWidth(label.sizeHint().width())
            grid.addWidget(label, row, 0, Qt.AlignmentFlag.AlignTop)
            grid.addWidget(widget, row, 1)
        grid.setColumnStretch(1, 1)
        grid.addLayout(self._build_acts(), len(rows), 0, 1, 2)
        self.set_body(body)

    def _build_fields(self, body: QWidget) -> None:
        theme = self._theme
        self.theme_box = ComboBox(theme, body)
        self.theme_box.addItem(self.tr("Choose a theme"), None)
        for group in self._scheme.themes:
            self.theme_box.addItem(f"{group.id}  {group.title}", group.id)
        describe(self.theme_box, self.tr("Theme"))
        self.start = TimeField(theme, self.tr("Start"), body)
        self.end = TimeField(theme, self.tr("End"), body)
        self.start_button = PushButton(theme, self.tr("Start here"), parent=body)
        self.end_button = PushButton(theme, self.tr("End here"), parent=body)
        strengths = (
            Segment(id=IndexStrength.WEAK.value, title=self.tr("Weak")),
            Segment(id=IndexStrength.STRONG.value, title=self.tr("Strong")),
        )
        self.strength = SegmentedControl(theme, strengths, self.tr("Strength"), body)
        procedure = self._scheme.procedure
        self.people = {
            person.id: CheckBox(theme, str(person.title), body)
            for person in procedure.persons
            if person.id != procedure.focal_subject
        }
        self.explanations = {
            known.id: CheckBox(theme, str(known.title), body) for known in self._scheme.explanations
        }
        self.note_field = FieldWithError(theme, self.tr("Note"), body)

    def _build_times(self) -> QWidget:
        """Start and end, one under the other where both have no room in a line."""
        px = self._theme.px
        holder = QWidget(self)
        column = QVBoxLayout(holder)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(px(2))
        flow = FlowLayout(px(8))
        column.addLayout(flow)
        self._wrong_time = ErrorLine(self._theme, holder)
        column.addWidget(self._wrong_time)
        until = short_lettering(self._theme, self.tr("to"), FontUse.BODY, "second")
        until.setContentsMargins(0, px(6), 0, 0)
        halves = ((self.start, self.start_button), (until, self.end, self.end_button))
        for parts in halves:
            half = QWidget(holder)
            row = QHBoxLayout(half)
            row.setContentsMargins(0, 0, 0, 0)
            row.setSpacing(px(8))
            for part in parts:
                row.addWidget(part, 0, Qt.AlignmentFlag.AlignTop)
            flow.addWidget(half)
        for field in (self.start, self.end):
            field.setFixedWidth(px(TIME_PX))
            field.tell_elsewhere()
            field.error_changed.connect(self._show_wrong_time)
        return holder

    def _show_wrong_time(self) -> None:
        """Say in one line what is wrong with a time: the fields are as wide as a time."""
        self._wrong_time.show_text(self.start.error() or self.end.error())

    def _ticks(self, boxes: tuple[CheckBox, ...]) -> QWidget:
        holder = QWidget(self)
        flow = FlowLayout(self._theme.px(8), holder)
        for box in boxes:
            flow.addWidget(box)
        return holder

    def _build_acts(self) -> QHBoxLayout:
        self.save_button = PushButton(self._theme, "", ButtonKind.PRIMARY, self)
        self.cancel_button = PushButton(self._theme, self.tr("Clear form"), ButtonKind.QUIET, self)
        self.play_button = PushButton(self._theme, self.tr("Play it"), ButtonKind.QUIET, self)
        self.play_button.set_icon_name("play")
        buttons = (self.start_button, self.end_button, self.play_button)
        for button, command in zip(buttons, INDEX_COMMANDS, strict=True):
            follow_caps(button, command)
        row = QHBoxLayout()
        row.addWidget(self.play_button)
        row.addStretch(1)
        row.addWidget(self.cancel_button)
        row.addWidget(self.save_button)
        return row

    def _connect(self) -> None:
        self.start_button.clicked.connect(self.start_here)
        self.end_button.clicked.connect(self.end_here)
        self.play_button.clicked.connect(self.play)
        self.start.committed.connect(self._prefill)
        self.strength.segment_chosen.connect(self.strength.set_chosen)
        self.save_button.clicked.connect(self._save)
        self.cancel_button.clicked.connect(self.cancelled)
        for box in self.people.values():
            box.clicked.connect(self._own_presence)

    def _prefill(self, _text: str = "") -> None:
        """Tick who is in the room at the start, unless the coder ticked somebody."""
        start = self.start.time_us() if self.start.text().strip() else None
        if start is not None and not self._presence_is_own:
            self._tick_present(self._present_at(start))

    def _begun(self) -> None:
        self.note_field.clear_error()
        self._shown = self._content()

    def _content(self) -> tuple[object, ...]:
        return (
            self.theme_box.currentData(),
            self.start.text(),
            self.end.text(),
            self.strength.chosen(),
            self.present(),
            self._ruled_out(),
            self.note_field.text().strip(),
        )

    def _ruled_out(self) -> tuple[str, ...]:
        return tuple(key for key, box in self.explanations.items() if box.isChecked())

    def _own_presence(self) -> None:
        self._presence_is_own = True

    def _tick_present(self, present: tuple[SubjectId, ...]) -> None:
        for person, box in self.people.items():
            box.setChecked(person in present)

    def _tick_ruled_out(self, ruled_out: tuple[str, ...]) -> None:
        for explanation, box in self.explanations.items():
            box.setChecked(explanation in ruled_out)

    def _save(self) -> None:
        start, end = self.start.time_us(), self.end.time_us()
        theme = self.theme_box.currentData()
        if theme is None:
            self.theme_box.setFocus()
            self.note_field.show_error(self.tr("Choose a theme first"))
            return
        self.note_field.clear_error()
        if start is None or end is None:
            return
        if self._is_in_order(start, end):
            self.saved.emit(self._index(theme, start, end))

    def _is_in_order(self, start: Micros, end: Micros) -> bool:
        if end < start:
            self.end.show_error(self.tr("Before the start"))
            return False
        if self._limit is not None and end > self._limit:
            words = self.tr("After the end of the session, {0}")
            self.end.show_error(words.format(short_clock_text(self._limit, digits=3)))
            return False
        return True

    def _index(self, theme: str, start: Micros, end: Micros) -> DIndex:
        focal = self._scheme.procedure.focal_subject
        return DIndex(
            id=self._id,
            theme=theme,
            strength=IndexStrength(self.strength.chosen()),
            start_us=start,
            end_us=end,
            present=(focal, *self.present()),
            ruled_out=self._ruled_out(),
            note=self.note_field.text().strip(),
        )
