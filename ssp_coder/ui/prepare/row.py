"""One line of the episode list: what starts it, when it started, how long it was."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QAccessible
from PySide6.QtWidgets import QFrame, QGridLayout, QLabel, QWidget

from ssp_coder.ui.kit.accessible import describe, install_roles
from ssp_coder.ui.kit.button import ButtonKind, PushButton
from ssp_coder.ui.kit.chip import Tag, TagKind
from ssp_coder.ui.theme.fonts import FontUse

if TYPE_CHECKING:
    from PySide6.QtGui import QFocusEvent, QKeyEvent, QMouseEvent

    from ssp_coder.ui.theme.theme import Theme


@dataclass(frozen=True, slots=True, kw_only=True)
class RowFace:
    """What a line shows.

    Attributes:
        time: start as words, empty when it is not marked.
        detail: real length beside the planned one.
        tag: state in a word, empty for none.
        kind: how the tag is painted.
    """

    title: str
    cue: str
    time: str = ""
    detail: str = ""
    tag: str = ""
    kind: TagKind = TagKind.NEUTRAL


class EpisodeRow(QFrame):
    """Emits that it was chosen, that it starts here, or that its start is to be shown."""

    ACCESSIBLE_ROLE = QAccessible.Role.ListItem

    chosen = Signal(str)
    mark_requested = Signal(str)
    jump_requested = Signal(str)

    def __init__(
        self, theme: Theme, row_id: str, face: RowFace, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        install_roles()
        self.row_id = row_id
        self._theme = theme
        self._title = QLabel(self)
        self._cue = QLabel(self)
        self._detail = QLabel(self)
        self._tag = Tag(theme, "", TagKind.NEUTRAL, self)
        self._time = PushButton(theme, "", ButtonKind.QUIET, self)
        self._mark = PushButton(theme, self.tr("Here"), ButtonKind.PLAIN, self)
        self._is_current = False
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self._build()
        theme.changed.connect(self._paint_ground)
        self._mark.clicked.connect(self._ask_mark)
        self._time.clicked.connect(self._ask_jump)
        self.show_face(face)

    def show_face(self, face: RowFace) -> None:
        """Show other words."""
        self._title.setText(face.title)
        self._cue.setText(face.cue)
        self._time.set_words(face.time)
        self._time.setVisible(bool(face.time))
        self._time.set_name(self.tr("Show the start of {0}").format(face.title))
        self._mark.set_name(self.tr("{0} starts here").format(face.title))
        self._detail.setText(face.detail)
        self._tag.show_tag(face.tag, face.kind)
        self._tag.setVisible(bool(face.tag))
        words = (face.title, face.cue, face.time, face.detail, face.tag)
        describe(self, ", ".join(word for word in words if word))

    def show_current(self, current: bool) -> None:
        """Paint this line as the one that Enter marks."""
        self._is_current = current
        self._paint_ground()

    def _paint_ground(self) -> None:
        ground = self._theme.tokens.sel if self._is_current else "transparent"
        self.setStyleSheet(f"EpisodeRow {{ background: {ground}; border-radius: 5px; }}")

    def set_locked(self, locked: bool) -> None:
        """Let the line be seen and not changed."""
        self._mark.setEnabled(not locked)

    def mousePressEvent(self, event: QMouseEvent) -> None:  # noqa: N802, D102 - Qt's name
        self.chosen.emit(self.row_id)
        super().mousePressEvent(event)

    def focusInEvent(self, event: QFocusEvent) -> None:  # noqa: N802, D102 - Qt's name
        self.chosen.emit(self.row_id)
        super().focusInEvent(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:  # noqa: N802, D102 - Qt's name
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self.mark_requested.emit(self.row_id)
        else:
            super().keyPressEvent(event)

    def _build(self) -> None:
        px = self._theme.px
        grid = QGridLayout(self)
        grid.setContentsMargins(px(8), px(3), px(6), px(3))
        grid.setHorizontalSpacing(px(8))
        grid.setVerticalSpacing(0)
        self._title.setFont(self._theme.font(FontUse.LABEL))
        for label in (self._cue, self._detail):
            label.setFont(self._theme.font(FontUse.CAPTION))
            label.setProperty("tone", "hint")
        self._cue.setWordWrap(True)
        grid.addWidget(self._title, 0, 0)
        grid.addWidget(self._cue, 1, 0)
        grid.addWidget(self._tag, 0, 1, Qt.AlignmentFlag.AlignRight)
        grid.addWidget(self._detail, 1, 1, Qt.AlignmentFlag.AlignRight)
        grid.addWidget(self._time, 0, 2, 2, 1)
        grid.addWidget(self._mark, 0, 3, 2, 1)
        grid.setColumnStretch(0, 1)

    def _ask_mark(self) -> None:
        self.mark_requested.emit(self.row_id)

    def _ask_jump(self) -> None:
        self.jump_requested.emit(self.row_id)
