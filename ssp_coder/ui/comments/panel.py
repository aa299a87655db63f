"""The panel of comments: which are listed, the list, and what is done with one."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from PySide6.QtWidgets import QHBoxLayout, QStackedWidget, QVBoxLayout, QWidget

from ssp_coder.domain.coding import CommentKind
from ssp_coder.editing.edits import PutComment, RemoveComment
from ssp_coder.ui.comments.comment_list import CommentList
from ssp_coder.ui.comments.editor import CommentEditor
from ssp_coder.ui.comments.rows import CommentFilter, CommentRow, CommentRows
from ssp_coder.ui.comments.words import KIND_ICONS
from ssp_coder.ui.kit.accessible import describe
from ssp_coder.ui.kit.button import ButtonKind, PushButton
from ssp_coder.ui.kit.choice import ComboBox
from ssp_coder.ui.kit.empty_state import EmptyState
from ssp_coder.ui.kit.panel import Panel

if TYPE_CHECKING:
    from ssp_coder.editing.document import Changed
    from ssp_coder.ui.session import OpenSession
    from ssp_coder.ui.theme.theme import Theme

ROOM_FOR_BOTH_PX = 260
"""In a lower panel there is no room to write beside the list."""

FILTERS = (
    CommentFilter(),
    CommentFilter(open_only=True),
    CommentFilter(kind=CommentKind.QUESTION, open_only=True),
    CommentFilter(kind=CommentKind.QUESTION),
    CommentFilter(kind=CommentKind.FLAG),
    CommentFilter(kind=CommentKind.NOTE),
)
"""What can be listed, in the order in which it is offered."""


class CommentPanel(Panel):
    """Lists comments in the order of time; they are read, answered, settled and removed here."""

    def __init__(self, theme: Theme, session: OpenSession, parent: QWidget | None = None) -> None:
        super().__init__(theme, "", parent)
        self.set_title(self.tr("Comments"))
        self._session = session
        self._rows = CommentRows(session.scheme)
        self._filter = CommentFilter()
        self.kinds = ComboBox(theme, self)
        self.list = CommentList(theme, self)
        self.answer_button = self._button(self.tr("Answer"), "pencil")
        self.settle_button = self._button(self.tr("Settle"), "check")
        self.edit_button = self._button(self.tr("Edit"), "pencil")
        self.remove_button = self._button("", "trash")
        self.editor = CommentEditor(theme, session, self)
        self.empty = EmptyState(
            theme, self.tr("No comments"), self.tr("Coding, Comment… writes one"), parent=self
        )
        self._stack = QStackedWidget(self)
        self._foot = QWidget(self)
        self._build()
        self._connect()
        self.refresh()

    def refresh(self) -> None:
        """Show the coding anew; used when it is opened."""
        self._rows.read(self._session.coding)
        self._show_rows()

    def show_filter(self, wanted: CommentFilter) -> None:
        """List only some."""
        self._filter = wanted
        self.kinds.setCurrentIndex(FILTERS.index(wanted) if wanted in FILTERS else -1)
        self._show_rows()

    def go_to(self, row: CommentRow) -> None:
        """Show what a comment is about."""
        if row.at_us is not None:
            self._session.jump_requested.emit(row.at_us)
        elif row.comment.slot is not None:
            self._session.slot_requested.emit(str(row.comment.slot))

    def answer(self) -> None:
        """Write the answer to the comment that the keyboard is on."""
        row = self.list.current()
        if row is not None and not self._session.read_only:
            self.editor.write_answer(row.comment, row.about)

    def settle(self) -> None:
        """Say that nothing is left to be done about it, or that something is."""
        row = self.list.current()
        if row is not None:
            turned = replace(row.comment, settled=not row.comment.settled)
            self._session.submit(PutComment(comment=turned), cause=self)

    def edit(self) -> None:
        """Change the comment that the keyboard is on."""
        row = self.list.current()
        if row is not None and not self._session.read_only:
            self.editor.write_again(row.comment, row.about)

    def remove(self) -> None:
        """Remove the comment that the keyboard is on; undo brings it back."""
        row = self.list.current()
        if row is not None:
            self._session.submit(RemoveComment(comment=row.comment.id), cause=self)

    def _follow(self, changed: Changed) -> None:
        change = changed.record.change
        if self._rows.follow(change, changed.coding):
            self._show_rows()
        if "locked" in change.areas:
            self._allow()

    def _show_rows(self) -> None:
        self.list.comments.show_rows(self._rows.rows(self._filter))
        self.list.scheduleDelayedItemsLayout()
        count, open_count = self._rows.count, self._rows.open_count
        words = self.tr("{0}, {1} open").format(count, open_count) if open_count else str(count)
        self.set_note(words)
        self._show_empty()
        self._allow()

    def _show_empty(self) -> None:
        if self._rows.count:
            words = self.tr("No comment of this kind"), self.tr("Choose All to see the others")
        else:
            words = (
                self.tr("No comments"),
                self.tr(
                    "Coding, Comment… writes one about the selected event, the loop "
                    "or the frame on the screen"
                ),
            )
        self.empty.show_texts(*words)
        shown = self.list.comments.rowCount() > 0
        self._stack.setCurrentWidget(self.list if shown else self.empty)

    def _allow(self) -> None:
        row = self.list.current()
        locked = self._session.read_only
        for button in (self.answer_button, self.settle_button, self.edit_button):
            self._allow_button(button, row, locked=locked)
        self._allow_button(self.remove_button, row, locked=locked)
        settled = row is not None and row.comment.settled
        self.settle_button.set_words(self.tr("Open again") if settled else self.tr("Settle"))

    def _allow_button(self, button: PushButton, row: CommentRow | None, *, locked: bool) -> None:
        if locked:
            button.disable(self.tr("The coding cannot be changed"))
        elif row is None:
            button.disable(self.tr("Choose a comment first"))
        else:
            button.enable()

    def _make_room(self) -> None:
        """In a low panel the place to write stands where the list was, so that nothing grows."""
        writing = self.editor.writing is not None
        room = self.height() >= self._theme.px(ROOM_FOR_BOTH_PX)
        self._stack.setVisible(room or not writing)
        self._foot.setVisible(not writing)

    def _choose_filter(self, place: int) -> None:
        self._filter = FILTERS[place]
        self._show_rows()

    def _connect(self) -> None:
        self._session.changed.connect(self._follow)
        self.editor.opened.connect(self._make_room)
        self.editor.closed.connect(self._make_room)
        self.kinds.activated.connect(self._choose_filter)
        self.list.chosen.connect(self.go_to)
        self.list.edit_wished.connect(self.edit)
        self.list.remove_wished.connect(self.remove)
        self.list.current_changed.connect(self._allow)
        self.answer_button.clicked.connect(self.answer)
        self.settle_button.clicked.connect(self.settle)
        self.edit_button.clicked.connect(self.edit)
        self.remove_button.clicked.connect(self.remove)

    def _button(self, words: str, icon: str) -> PushButton:
        button = PushButton(self._theme, words, ButtonKind.QUIET, self)
        button.set_icon_name(icon)
        return button

    def _build(self) -> None:
        px, theme = self._theme.px, self._theme
        names = (
            self.tr("All"),
            self.tr("Open"),
            self.tr("Open questions"),
            self.tr("Questions"),
            self.tr("Flags"),
            self.tr("Notes"),
        )
        for words, wanted in zip(names, FILTERS, strict=True):
            if wanted.kind is None:
                self.kinds.addItem(words)
            else:
                self.kinds.addItem(theme.icon(KIND_ICONS[wanted.kind]), words)
        describe(self.kinds, self.tr("Which comments are listed"))
        self.remove_button.set_name(self.tr("Remove this comment"))
        body = QWidget(self)
        column = QVBoxLayout(body)
        column.setContentsMargins(px(6), px(4), px(6), px(4))
        column.setSpacing(px(4))
        self.add_to_title(self.kinds)
        self._stack.addWidget(self.list)
        self._stack.addWidget(self.empty)
        column.addWidget(self._stack, 1)
        foot = QHBoxLayout(self._foot)
        foot.setContentsMargins(0, 0, 0, 0)
        foot.setSpacing(px(2))
        for button in (self.answer_button, self.settle_button, self.edit_button):
            foot.addWidget(button)
        foot.addStretch(1)
        foot.addWidget(self.remove_button)
        column.addWidget(self._foot)
        column.addWidget(self.editor)
        self.set_body(body)
