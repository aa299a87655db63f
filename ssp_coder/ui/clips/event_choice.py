"""Which events become clips, and how much is shown before and after them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from ssp_coder.domain.session import episode_id_at, episode_spans
from ssp_coder.domain.time import SECOND_US, Micros, Span
from ssp_coder.reporting.clip_wishes import AFTER_US, BEFORE_US, Wish, wishes_of
from ssp_coder.ui.clips.words import typed_length
from ssp_coder.ui.dialogs.form import Form
from ssp_coder.ui.kit.accessible import describe
from ssp_coder.ui.kit.choice import CheckBox, ComboBox
from ssp_coder.ui.kit.field import FieldWithError
from ssp_coder.ui.rate.lettering import short_lettering
from ssp_coder.ui.theme.fonts import FontUse

if TYPE_CHECKING:
    from ssp_coder.domain.coding import Event
    from ssp_coder.ui.clips.material import Material
    from ssp_coder.ui.theme.theme import Theme

ANY = ""


class EventChoice(QWidget):
    """The events selected in the table, or all of a code, a person and an episode."""

    changed = Signal()

    def __init__(self, theme: Theme, material: Material, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme = theme
        self._material = material
        self._spans = episode_spans(material.coded.coding, material.shown.procedure)
        self.selected = CheckBox(theme, self._selected_words(), self)
        self.code = ComboBox(theme, self)
        self.person = ComboBox(theme, self)
        self.episode = ComboBox(theme, self)
        self.before = FieldWithError(theme, self.tr("Seconds before"), self)
        self.after = FieldWithError(theme, self.tr("Seconds after"), self)
        self._fill()
        self._build()
        self._connect()
        self._show_selected()

    def wishes(self) -> tuple[Wish, ...]:
        """A clip for each event that is chosen and has an end, none while a margin is wrong."""
        margins = self._margins()
        if margins is None:
            return ()
        chosen = (event for event in self._chosen() if event.end_us is not None)
        return wishes_of(self._material.coded, chosen, margins)

    def note(self) -> str:
        """What is wrong with a margin, or how many events are left out for want of an end."""
        if self.before.error() or self.after.error():
            return self.tr("Before and after an event: seconds, 0 or more")
        running = sum(event.end_us is None for event in self._chosen())
        if not running:
            return ""
        if running == 1:
            return self.tr("1 event has no end yet and is left out")
        return self.tr("{0} events have no end yet and are left out").format(running)

    def _chosen(self) -> tuple[Event, ...]:
        events = self._material.coded.coding.events
        if self.selected.isChecked():
            return tuple(event for event in events if event.id in self._material.selected)
        return tuple(event for event in events if self._passes(event))

    def _passes(self, event: Event) -> bool:
        code, person = self.code.currentData(), self.person.currentData()
        episode = self.episode.currentData()
        return (
            code in (ANY, event.code)
            and person in (ANY, event.subject)
            and episode in (ANY, episode_id_at(self._spans, event.start_us))
        )

    def _margins(self) -> Span | None:
        before, after = typed_length(self.before.text()), typed_length(self.after.text())
        for field, value in ((self.before, before), (self.after, after)):
            if value is None:
                field.show_error(self.tr("Seconds, 0 or more"))
            else:
                field.clear_error()
        if before is None or after is None:
            return None
        return Span(start_us=Micros(-before), end_us=after)

    def _selected_words(self) -> str:
        return self.tr("Only those selected in the table ({0})").format(
            len(self._material.selected)
        )

    def _fill(self) -> None:
        coding, shown = self._material.coded.coding, self._material.shown
        self.code.addItem(self.tr("every code ({0})").format(len(coding.events)), ANY)
        for code in shown.ethogram.codes():
            number = sum(event.code == code.id for event in coding.events)
            if number:
                self.code.addItem(f"{code.title} ({number})", code.id)
        self.person.addItem(self.tr("anybody"), ANY)
        for person in shown.procedure.persons:
            if any(event.subject == person.id for event in coding.events):
                self.person.addItem(str(person.title), person.id)
        self.episode.addItem(self.tr("the whole session"), ANY)
        for span in self._spans:
            if span.start_us is not None:
                self.episode.addItem(f"{span.plan.number}  {span.plan.title}", span.plan.id)
        self.before.set_text(_seconds(BEFORE_US))
        self.after.set_text(_seconds(AFTER_US))
        if self._material.selected:
            self.selected.setChecked(True)
        else:
            self.selected.setEnabled(False)
            self.selected.setToolTip(self.tr("No event is selected in the table"))

    def _show_selected(self) -> None:
        for box in (self.code, self.person, self.episode):
            box.setEnabled(not self.selected.isChecked())
        self.changed.emit()

    def _tell(self) -> None:
        self.changed.emit()

    def _connect(self) -> None:
        self.selected.toggled.connect(self._show_selected)
        for box in (self.code, self.person, self.episode):
            box.currentIndexChanged.connect(self._tell)
        for field in (self.before, self.after):
            field.text_edited.connect(self._tell)

    def _build(self) -> None:
        px = self._theme.px
        describe(self.code, self.tr("Code"))
        describe(self.person, self.tr("Of whom"))
        describe(self.episode, self.tr("In which episode"))
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(px(6))
        column.addWidget(self.selected)
        form = Form(self._theme)
        form.add(self.tr("Code"), self.code)
        form.add(self.tr("Of"), self.person)
        form.add(self.tr("In"), self.episode)
        form.add(self.tr("Shown"), self._margin_line())
        column.addLayout(form)
        column.addStretch(1)

    def _margin_line(self) -> QWidget:
        box = QWidget(self)
        line = QHBoxLayout(box)
        line.setContentsMargins(0, 0, 0, 0)
        line.setSpacing(self._theme.px(6))
        for field, words in (
            (self.before, self.tr("s before")),
            (self.after, self.tr("s after")),
        ):
            field.tell_elsewhere()
            field.setFixedWidth(self._theme.px(56))
            line.addWidget(field)
            line.addWidget(short_lettering(self._theme, words, FontUse.BODY, "second"))
        line.addStretch(1)
        return box


def _seconds(time_us: int) -> str:
    return f"{time_us / SECOND_US:g}"
