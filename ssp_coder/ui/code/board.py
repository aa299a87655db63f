"""The code board: every code of the chosen person as a button with its key."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QFrame, QGridLayout, QHBoxLayout, QLabel, QScrollArea, QWidget

from ssp_coder.domain.ethogram import CodeGroup, CodeId, CodeKind
from ssp_coder.domain.procedure import SubjectId
from ssp_coder.ui.code.keysigns import cap_text
from ssp_coder.ui.kit.code_button import CodeButton, CodeFace
from ssp_coder.ui.kit.marks import MarkIcon, MarkShape
from ssp_coder.ui.kit.panel import Panel
from ssp_coder.ui.kit.segmented import Segment, SegmentedControl
from ssp_coder.ui.theme.fonts import FontUse

if TYPE_CHECKING:
    from collections.abc import Set as AbstractSet

    from ssp_coder.domain.scheme import Keymap, Scheme
    from ssp_coder.ui.theme.theme import Theme

COLUMNS = 5
"""Codes in a row; equal columns, so that places never shift."""

GROUP_WIDTH_PX = 104
"""Width of the column with the names of the groups; longer names take two lines."""


class CodeBoard(Panel):
    """Shows the codes of one person; emits the code that was clicked and the person chosen."""

    code_clicked = Signal(str)
    subject_chosen = Signal(str)

    def __init__(
        self, theme: Theme, scheme: Scheme, keymap: Keymap, parent: QWidget | None = None
    ) -> None:
        super().__init__(theme, "", parent)
        self._theme = theme
        self._scheme = scheme
        self._keymap = keymap
        self._buttons: dict[CodeId, CodeButton] = {}
        self._tips: dict[CodeId, str] = {}
        self._lit: AbstractSet[tuple[CodeId, SubjectId]] = frozenset()
        self._subject = scheme.procedure.focal_subject
        self._locked = False
        self.set_title(self.tr("Code board"))
        self._subjects = self._build_subjects()
        self.add_to_title(self._subjects)
        self._area = QScrollArea(self)
        self._area.setWidgetResizable(True)
        self._area.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self._area.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self._area.viewport().setAutoFillBackground(False)
        self.set_body(self._area)
        self._fill()

    @property
    def subject(self) -> SubjectId:
        """The person whose codes are shown."""
        return self._subject

    def button(self, code: CodeId) -> CodeButton:
        """The button of a code of the person shown."""
        return self._buttons[code]

    def show_subject(self, subject: SubjectId) -> None:
        """Show the codes of another person, without a signal."""
        self._subject = subject
        self._subjects.set_chosen(subject)
        self._fill()
        self._light()

    def show_keys(self, keymap: Keymap) -> None:
        """Show the keys that record the codes now."""
        self._keymap = keymap
        self._fill()
        self._light()

    def show_running(self, running: AbstractSet[tuple[CodeId, SubjectId]]) -> None:
        """Light the states that run at the playhead."""
        if running != self._lit:
            self._lit = running
            self._light()

    def set_locked(self, locked: bool) -> None:
        """Let the buttons be seen and not used."""
        self._locked = locked
        for code in self._buttons:
            self._offer(code)

    def _build_subjects(self) -> SegmentedControl:
        coded = {subject for group in self._scheme.ethogram.groups for subject in group.subjects}
        segments = [
            Segment(id=person.id, title=str(person.title))
            for person in self._scheme.procedure.persons
            if person.id in coded
        ]
        control = SegmentedControl(self._theme, segments, self.tr("Person"), self)
        control.set_chosen(self._subject)
        control.segment_chosen.connect(self._choose_subject)
        return control

    def _choose_subject(self, subject: str) -> None:
        self.show_subject(SubjectId(subject))
        self.subject_chosen.emit(subject)

    def _fill(self) -> None:
        self._buttons.clear()
        px = self._theme.px
        body = QWidget()
        grid = QGridLayout(body)
        grid.setContentsMargins(px(10), px(6), px(10), px(6))
        grid.setHorizontalSpacing(px(1))
        grid.setVerticalSpacing(px(1))
        row = 0
        for group in self._scheme.ethogram.groups:
            if self._subject in group.subjects:
                row = self._add_group(grid, group, row)
        for column in range(1, COLUMNS + 1):
            grid.setColumnStretch(column, 1)
        grid.setRowStretch(row, 1)
        self._area.setWidget(body)
        body.setAutoFillBackground(False)

    def _add_group(self, grid: QGridLayout, group: CodeGroup, row: int) -> int:
        grid.addWidget(self._group_label(group), row, 0)
        for place, code in enumerate(group.codes):
            shape = MarkShape.BAR if code.kind is CodeKind.STATE else MarkShape(group.shape)
            face = CodeFace(
                label=str(code.short),
                key=cap_text(self._keymap.key_for(code.id)),
                slot=group.slot,
                shape=shape,
            )
            button = CodeButton(self._theme, face, self)
            button.clicked.connect(partial(self.code_clicked.emit, code.id))
            self._buttons[code.id] = button
            self._tips[code.id] = f"{code.title}\n{code.hint}".strip()
            self._offer(code.id)
            grid.addWidget(button, row + place // COLUMNS, 1 + place % COLUMNS)
        return row + (len(group.codes) + COLUMNS - 1) // COLUMNS

    def _offer(self, code: CodeId) -> None:
        """Let a button be used or not; a click on it leaves the keys where they are."""
        button = self._buttons[code]
        button.set_in_pass(not self._locked)
        if not self._locked:
            button.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        button.setToolTip(self._tips[code])

    def _group_label(self, group: CodeGroup) -> QWidget:
        box = QFrame(self)
        line = QHBoxLayout(box)
        line.setContentsMargins(0, 0, self._theme.px(6), 0)
        line.setSpacing(self._theme.px(6))
        line.addWidget(MarkIcon(self._theme, group.slot, MarkShape(group.shape), box))
        label = QLabel(str(group.title), box)
        label.setFont(self._theme.font(FontUse.CAPTION))
        label.setWordWrap(True)
        line.addWidget(label, 1)
        box.setFixedWidth(self._theme.px(GROUP_WIDTH_PX))
        return box

    def _light(self) -> None:
        for code, button in self._buttons.items():
            lit = (code, self._subject) in self._lit
            if lit != button.lit:
                button.set_lit(lit)
                button.setToolTip(self._tips[code])
