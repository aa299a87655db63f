"""The indices of disorganization that were recorded, in the order of their time."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Signal, SignalInstance
from PySide6.QtWidgets import QHBoxLayout, QScrollArea, QVBoxLayout, QWidget

from ssp_coder.domain.coding import DIndex, IndexStrength
from ssp_coder.domain.time import SECOND_US, short_clock_text
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
    """One index: its time as a chip that jumps, its theme, and what goes with it."""

    jump_wished = Signal(object)
    edit_wished = Signal()
    remove_wished = Signal()

    def __init__(self, theme: Theme, scheme: Scheme, index: DIndex) -> None:
        super().__init__()
        self.index = index
        self._theme = theme
        px = theme.px
        column = QVBoxLayout(self)
        column.setContentsMargins(px(10), px(6), px(6), px(8))
        column.setSpacing(px(3))
        self.chip = Chip(theme, ChipFace(text=span_words(index), icon="clip"), self)
        self.chip.clicked.connect(partial(self.jump_wished.emit, index.start_us))
        self.edit_button = self._button(self.tr("Edit"), "", self.edit_wished)
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

    def set_locked(self, locked: bool) -> None:
        """Leave the buttons out that would change something."""
        self.edit_button.setVisible(not locked)
        self.remove_button.setVisible(not locked)

    def _button(self, words: str, name: str, signal: SignalInstance) -> PushButton:
        button = PushButton(self._theme, words, ButtonKind.QUIET, self)
        if name:
            button.set_name(name)
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
    """All indices; emits what the coder wants of one."""

    jump_wished = Signal(object)
    edit_wished = Signal(object)
    remove_wished = Signal(object)

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

    def _build_row(self, index: DIndex) -> IndexRow:
        row = IndexRow(self._theme, self._scheme, index)
        row.jump_wished.connect(self.jump_wished)
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
