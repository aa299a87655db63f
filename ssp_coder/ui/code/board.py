"""The code board: every code of the chosen person as a button with its key."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, QObject, Qt, Signal
from PySide6.QtGui import QMouseEvent
from PySide6.QtWidgets import QFrame, QGridLayout, QHBoxLayout, QLabel, QScrollArea, QWidget

from ssp_coder.domain.ethogram import CodeGroup, CodeId, CodeKind
from ssp_coder.domain.procedure import SubjectId
from ssp_coder.ui.code.keysigns import cap_text
from ssp_coder.ui.code.passes import Passes
from ssp_coder.ui.code.passes_chooser import PassChooser
from ssp_coder.ui.kit.accessible import describe
from ssp_coder.ui.kit.code_button import CodeButton, CodeFace
from ssp_coder.ui.kit.marks import MarkIcon, MarkShape
from ssp_coder.ui.kit.panel import Panel
from ssp_coder.ui.kit.segmented import Segment, SegmentedControl
from ssp_coder.ui.theme.fonts import FontUse

if TYPE_CHECKING:
    from collections.abc import Iterable
    from collections.abc import Set as AbstractSet

    from ssp_coder.domain.scheme import Keymap, Scheme
    from ssp_coder.ui.theme.theme import Theme

COLUMNS = 5
"""Codes in a row; equal columns, so that places never shift."""

GROUP_WIDTH_PX = 104
"""Width of the column with the names of the groups; longer names take two lines."""


class CodeBoard(Panel):
    """Shows the codes of one person; emits the code that was used and the person chosen.

    Signals:
        code_clicked: a code was used and is not held.
        code_pressed: the mouse went down on a code that it holds; `code_released` follows.
    """

    code_clicked = Signal(str)
    code_pressed = Signal(str)
    code_released = Signal()
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
        self._held = False
        self._pressed: CodeButton | None = None
        self._click_done = False
        self._passes = Passes()
        self.set_title(self.tr("Code board"))
        self.chooser = PassChooser(theme, self)
        self.add_to_title(self.chooser)
        self._subjects = self._build_subjects()
        self.add_to_title(self._subjects)
        self._area = QScrollArea(self)
        self._area.setWidgetResizable(True)
        self._area.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self._area.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAsNeeded)
        self._area.viewport().setAutoFillBackground(False)
        self.set_body(self._area)
        self._fill()

    @property
    def subject(self) -> SubjectId:
        """The person whose codes are shown."""
        return self._subject

    @property
    def subjects(self) -> tuple[SubjectId, ...]:
        """The persons whose behaviour can be coded."""
        coded = {subject for group in self._scheme.ethogram.groups for subject in group.subjects}
        return tuple(p.id for p in self._scheme.procedure.persons if p.id in coded)

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

    def show_passes(self, passes: Passes) -> None:
        """Offer passes, and the codes of the groups of the one in force."""
        before, self._passes = self._passes.current, passes
        self.chooser.show_passes(passes)
        if passes.current != before:
            self._fill()
            self._light()

    def set_held(self, held: bool) -> None:
        """Let the mouse hold the codes it presses, or click them."""
        self._held = held

    def show_person_keys(self, keys: Iterable[str]) -> None:
        """Name the key that chooses each person, in their order."""
        for person, words in zip(self.subjects, keys, strict=False):
            self._subjects.part(person).setToolTip(words)

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

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:  # noqa: N802, D102 - Qt's name
        if self._held and isinstance(event, QMouseEvent) and isinstance(watched, CodeButton):
            self._heed_mouse(watched, event)
        return super().eventFilter(watched, event)

    def _heed_mouse(self, button: CodeButton, event: QMouseEvent) -> None:
        """A press is told when it begins; the click that Qt makes of it is passed over."""
        place = event.position().toPoint()
        if event.button() is not Qt.MouseButton.LeftButton:
            return
        presses = (QEvent.Type.MouseButtonPress, QEvent.Type.MouseButtonDblClick)
        if event.type() in presses and button.hitButton(place):
            self._pressed = button
            self.code_pressed.emit(self._code_of(button))
        elif event.type() is QEvent.Type.MouseButtonRelease and self._pressed is button:
            self._pressed = None
            self._click_done = button.hitButton(place)
            self.code_released.emit()

    def _code_of(self, button: CodeButton) -> CodeId:
        return next(code for code, other in self._buttons.items() if other is button)

    def _click(self, code: CodeId) -> None:
        if self._click_done:
            self._click_done = False
        else:
            self.code_clicked.emit(code)

    def _build_subjects(self) -> SegmentedControl:
        segments = [
            Segment(id=person, title=str(self._scheme.procedure.person(person).title))
            for person in self.subjects
        ]
        control = SegmentedControl(self._theme, segments, self.tr("Person"), self)
        control.set_chosen(self._subject)
        control.segment_chosen.connect(self._choose_subject)
        return control

    def _choose_subject(self, subject: str) -> None:
        self.show_subject(SubjectId(subject))
        self.subject_chosen.emit(subject)

    def _fill(self) -> None:
        if self._pressed is not None:
            self.code_released.emit()  # the button that the mouse holds goes
        self._buttons.clear()
        self._pressed, self._click_done = None, False
        px = self._theme.px
        body = QWidget(self._area.viewport())  # where it stands, not to be dressed twice
        grid = QGridLayout(body)
        grid.setContentsMargins(px(10), px(6), px(10), px(6))
        grid.setHorizontalSpacing(px(1))
        grid.setVerticalSpacing(px(1))
        row = 0
        for group in self._scheme.ethogram.groups:
            if self._subject in group.subjects and self._is_shown(group):
                row = self._add_group(grid, group, row)
        if not self._buttons:
            grid.addWidget(self._empty_label(), row, 0, 1, COLUMNS + 1)
        for column in range(1, COLUMNS + 1):
            grid.setColumnStretch(column, 1)
        grid.setRowStretch(row, 1)
        self._area.setWidget(body)
        body.setAutoFillBackground(False)

    def _is_armed(self, group: CodeGroup) -> bool:
        current = self._passes.current
        return current is None or group.id in current.groups

    def _is_shown(self, group: CodeGroup) -> bool:
        current = self._passes.current
        return current is None or current.greyed or group.id in current.groups

    def _add_group(self, grid: QGridLayout, group: CodeGroup, row: int) -> int:
        body = grid.parentWidget() or self
        grid.addWidget(self._group_label(group, body), row, 0)
        for place, code in enumerate(group.codes):
            shape = MarkShape.BAR if code.kind is CodeKind.STATE else MarkShape(group.shape)
            face = CodeFace(
                label=str(code.short),
                key=cap_text(self._keymap.key_for(code.id)),
                slot=group.slot,
                shape=shape,
            )
            button = CodeButton(self._theme, face, body)
            button.clicked.connect(partial(self._click, code.id))
            button.installEventFilter(self)
            self._buttons[code.id] = button
            self._tips[code.id] = f"{code.title}\n{code.hint}".strip()
            self._offer(code.id)
            grid.addWidget(button, row + place // COLUMNS, 1 + place % COLUMNS)
        return row + (len(group.codes) + COLUMNS - 1) // COLUMNS

    def _offer(self, code: CodeId) -> None:
        """Let a button be used or not; a click on it leaves the keys where they are."""
        button = self._buttons[code]
        usable = not self._locked and self._is_armed(self._scheme.ethogram.group_of(code))
        button.set_in_pass(usable, self.tr("the coding cannot be changed") if self._locked else "")
        if usable:
            button.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        button.setToolTip(self._tips[code])

    def _group_label(self, group: CodeGroup, body: QWidget) -> QWidget:
        box = QFrame(body)
        line = QHBoxLayout(box)
        armed = self._is_armed(group)
        line.setContentsMargins(0, 0, self._theme.px(6 if armed else 2), 0)
        line.setSpacing(self._theme.px(6 if armed else 4))
        line.addWidget(MarkIcon(self._theme, group.slot, MarkShape(group.shape), box))
        label = QLabel(str(group.title), box)
        label.setFont(self._theme.font(FontUse.CAPTION))
        label.setWordWrap(True)
        line.addWidget(label, 1)
        if not armed:
            label.setProperty("tone", "second")
            line.addWidget(LockSign(self._theme, self.tr("Not in this pass"), box))
        box.setFixedWidth(self._theme.px(GROUP_WIDTH_PX))
        return box

    def _empty_label(self) -> QLabel:
        """What to do where the pass hides every group of the person."""
        words = self.tr("The pass {0} has no codes for {1}. Choose another person or pass.")
        current = self._passes.current
        person = self._scheme.procedure.person(self._subject).title
        label = QLabel(words.format("" if current is None else current.name, person.within), self)
        label.setTextFormat(Qt.TextFormat.PlainText)
        label.setFont(self._theme.font(FontUse.BODY))
        label.setProperty("tone", "second")
        label.setWordWrap(True)
        return label

    def _light(self) -> None:
        for code, button in self._buttons.items():
            lit = (code, self._subject) in self._lit
            if lit != button.lit:
                button.set_lit(lit)
                button.setToolTip(self._tips[code])


class LockSign(QLabel):
    """A small lock beside the name of a group that is not coded in the pass."""

    def __init__(self, theme: Theme, words: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme = theme
        describe(self, words)
        self.setToolTip(words)
        theme.changed.connect(self._draw)
        self._draw()

    def _draw(self) -> None:
        side = self._theme.px(11)
        self.setPixmap(self._theme.pixmap("lock", "text2", side, self.devicePixelRatioF()))
