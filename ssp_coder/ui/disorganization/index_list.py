"""The indices of disorganization that were recorded, in the order of their time."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Signal, SignalInstance
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QHBoxLayout, QScrollArea, QVBoxLayout, QWidget

from ssp_coder.domain.coding import DIndex, IndexStrength
from ssp_coder.domain.time import SECOND_US, Span, short_clock_text
from ssp_coder.ui.kit.accessible import describe
from ssp_coder.ui.kit.button import ButtonKind, PushButton
from ssp_coder.ui.kit.chip import Chip, ChipFace, Tag, TagKind
from ssp_coder.ui.kit.empty_state import EmptyState
from ssp_coder.ui.kit.panel import Panel, hairline
from ssp_coder.ui.rate.lettering import lettering, short_lettering
from ssp_coder.ui.theme.fonts import FontUse

if TYPE_CHECKING:
    from ssp_coder.domain.scheme import Scheme
    from ssp_coder.ui.theme.theme import Theme


class IndexRow(QWidget):
    """One index: its time as a chip that plays it, its theme, and what goes with it.

    On any part of it F2 edits and Delete removes.
    """

    play_wished = Signal(object)
    edit_wished = Signal()
    remove_wished = Signal()

    def __init__(self, theme: Theme, scheme: Scheme, index: DIndex) -> None:
        super().__init__()
        self.index = index
        self._theme = theme
        self._locked = False
        px = theme.px
        column = QVBoxLayout(self)
        column.setContentsMargins(px(10), px(6), px(6), px(8))
        column.setSpacing(px(3))
        self.chip = Chip(theme, ChipFace(text=span_words(index), icon="clip"), self)
        span = Span(start_us=index.start_us, end_us=index.end_us)
        self.chip.clicked.connect(partial(self.play_wished.emit, span))
        self.chip.setToolTip(self.tr("Plays it; F2 edits, Delete removes"))
        self.edit_button = self._button(
            self.tr("Edit"), self.tr("Edit index {0}").format(index.id), self.edit_wished
        )
        self.remove_button = self._button(
            "", self.tr("Remove index {0}").format(index.id), self.remove_wished
        )
        self.remove_button.set_icon_name("trash")
        row = QHBoxLayout()
        row.setSpacing(px(8))
        row.addWidget(short_lettering(theme, index.theme, FontUse.LABEL_STRONG))
        row.addWidget(self.chip)
        row.addStretch(1)
        row.addWidget(self.edit_button)
        row.addWidget(self.remove_button)
        column.addLayout(row)
        column.addLayout(self._build_words(scheme))
        describe(self, f"{index.theme}, {span_words(index)}")
        describe(self.chip, self.chip.face.text, self.tr("Plays it; F2 edits, Delete removes"))

    def keyPressEvent(self, event: QKeyEvent) -> None:  # noqa: N802, D102 - Qt's name
        if self._locked or event.modifiers():
            super().keyPressEvent(event)
        elif event.key() == Qt.Key.Key_F2:
            self.edit_wished.emit()
        elif event.key() in (Qt.Key.Key_Delete, Qt.Key.Key_Backspace):
            self.remove_wished.emit()
        else:
            super().keyPressEvent(event)

    def set_locked(self, locked: bool) -> None:
        """Leave the buttons out that would change something."""
        self._locked = locked
        self.edit_button.setVisible(not locked)
        self.remove_button.setVisible(not locked)

    def _button(self, words: str, name: str, signal: SignalInstance) -> PushButton:
        button = PushButton(self._theme, words, ButtonKind.QUIET, self)
        if name and not words:
            button.set_name(name)
        elif name:
            describe(button, name)
        button.clicked.connect(signal)
        return button

    def _build_words(self, scheme: Scheme) -> QVBoxLayout:
        index, theme = self.index, self._theme
        column = QVBoxLayout()
        column.setSpacing(theme.px(3))
        title = next((str(t.title) for t in scheme.themes if t.id == index.theme), index.theme)
        column.addWidget(lettering(theme, title, FontUse.TABLE))
        strong = index.strength is IndexStrength.STRONG
        line = QHBoxLayout()
        line.setSpacing(theme.px(8))
        kind = TagKind.ACCENT if strong else TagKind.NEUTRAL
        line.addWidget(Tag(theme, self.tr("strong") if strong else self.tr("weak"), kind, self))
        line.addWidget(lettering(theme, self._circumstances(scheme), FontUse.CAPTION, "second"), 1)
        column.addLayout(line)
        if index.note:
            column.addWidget(lettering(theme, index.note, FontUse.CAPTION, "second"))
        return column

    def _circumstances(self, scheme: Scheme) -> str:
        people = {person.id: str(person.title) for person in scheme.procedure.persons}
        others = [people[p] for p in self.index.present if p != scheme.procedure.focal_subject]
        known = {known.id: str(known.title) for known in scheme.explanations}
        ruled_out = [known[name] for name in self.index.ruled_out if name in known]
        parts = [self.tr("present: {0}").format(", ".join(others) or self.tr("nobody else"))]
        if ruled_out:
            parts.append(self.tr("ruled out: {0}").format(", ".join(ruled_out)))
        return "; ".join(parts)


class IndexList(Panel):
    """All indices; emits what the coder wants of one.

    Signals:
        play_wished: the `Span` of one, to be seen.
        edit_wished: the `DIndex` to be changed.
        remove_wished: the id of the one to be removed.
        emptied: the row that had the focus was the last.
    """

    play_wished = Signal(object)
    edit_wished = Signal(object)
    remove_wished = Signal(object)
    emptied = Signal()

    def __init__(self, theme: Theme, scheme: Scheme, parent: QWidget | None = None) -> None:
        super().__init__(theme, "", parent)
        self._scheme = scheme
        self._shown: tuple[tuple[DIndex, ...], bool] | None = None
        self.set_title(self.tr("Indices"))
        self._area = QScrollArea(self)
        self._area.setWidgetResizable(True)
        self._area.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self._area.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.set_body(self._area)

    def rows(self) -> tuple[IndexRow, ...]:
        """The indices shown, in their order."""
        inner = self._area.widget()
        return tuple(inner.findChildren(IndexRow)) if inner is not None else ()

    def show_indices(self, indices: tuple[DIndex, ...], *, locked: bool) -> None:
        """Show these indices."""
        if (indices, locked) == self._shown:
            return
        self._shown = (indices, locked)
        focused = self._focused_place()
        self.set_note(str(len(indices)))
        inner = QWidget()
        column = QVBoxLayout(inner)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        for index in indices:
            row = self._build_row(index)
            row.set_locked(locked)
            column.addWidget(row)
            column.addWidget(hairline(inner))
        if not indices:
            column.addWidget(self._build_empty())
        column.addStretch(1)
        self._area.setWidget(inner)
        inner.setAutoFillBackground(False)
        if focused is not None:
            self._focus(focused)

    def _focused_place(self) -> int | None:
        """Which row has the focus, as it would be lost with the rows that go."""
        for place, row in enumerate(self.rows()):
            if row.isAncestorOf(self.focusWidget() or self):
                return place
        return None

    def _focus(self, place: int) -> None:
        """Put the focus on a row, or on the last one where there are fewer now."""
        rows = self.rows()
        if rows:
            rows[min(place, len(rows) - 1)].chip.setFocus(Qt.FocusReason.OtherFocusReason)
        else:
            self.emptied.emit()

    def _build_row(self, index: DIndex) -> IndexRow:
        row = IndexRow(self._theme, self._scheme, index)
        row.play_wished.connect(self.play_wished)
        row.edit_wished.connect(partial(self.edit_wished.emit, index))
        row.remove_wished.connect(partial(self.remove_wished.emit, index.id))
        return row

    def _build_empty(self) -> QWidget:
        px = self._theme.px
        holder = QWidget()
        column = QVBoxLayout(holder)
        column.setContentsMargins(px(12), px(12), px(12), px(12))
        words = self.tr("Find the moment, then press Start here")
        column.addWidget(EmptyState(self._theme, self.tr("No index recorded"), words))
        return holder


def span_words(index: DIndex) -> str:
    """When an index happened, and for how long, ``9:44.2, 3.5 s``."""
    length = (index.end_us - index.start_us) / SECOND_US
    return f"{short_clock_text(index.start_us, digits=1)}, {length:.1f} s"
