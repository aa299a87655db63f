"""Where a comment is written: what it is about, its kind, its words. No dialog covers the work."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

import shiboken6
from PySide6.QtCore import QEvent, Qt, Signal
from PySide6.QtGui import QFontMetrics, QKeyEvent
from PySide6.QtWidgets import (
    QApplication,
    QFrame,
    QHBoxLayout,
    QPlainTextEdit,
    QSizePolicy,
    QVBoxLayout,
    QWidget,
)

from ssp_coder.domain.coding import Comment, CommentId, CommentKind
from ssp_coder.editing.edits import PutComment
from ssp_coder.ui.comments.words import KIND_ICONS, About, kind_title
from ssp_coder.ui.keys.words import caps
from ssp_coder.ui.kit.accessible import describe
from ssp_coder.ui.kit.button import ButtonKind, PushButton
from ssp_coder.ui.kit.segmented import Segment, SegmentedControl
from ssp_coder.ui.rate.lettering import IconLine
from ssp_coder.ui.theme.fonts import FontUse

if TYPE_CHECKING:
    from ssp_coder.ui.session import OpenSession
    from ssp_coder.ui.theme.theme import Theme

LONGEST_COMMENT = 4000
LINES = 2
NEW = CommentId(0)


@dataclass(frozen=True, slots=True, kw_only=True)
class Writing:
    """What is being written.

    Attributes:
        comment: as it was before; one with the id 0 is new.
        about: what it is about, in words.
        answers: whether the answer is written, and not the comment.
    """

    comment: Comment
    about: str
    answers: bool = False


class _Words(QPlainTextEdit):
    """Words; Ctrl+Enter keeps them and Esc leaves them."""

    kept = Signal()
    left = Signal()

    def event(self, event: QEvent) -> bool:
        """Claim Ctrl+Enter and Esc before the window's commands do."""
        mine = isinstance(event, QKeyEvent) and (_keeps(event) or _leaves(event))
        if mine and event.type() == QEvent.Type.ShortcutOverride:
            event.accept()
            return True
        return super().event(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:  # noqa: N802 - Qt's name
        if _keeps(event):
            self.kept.emit()
        elif _leaves(event):
            self.left.emit()
        else:
            super().keyPressEvent(event)


def _keeps(event: QKeyEvent) -> bool:
    enter = event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter)
    return enter and bool(event.modifiers() & Qt.KeyboardModifier.ControlModifier)


def _leaves(event: QKeyEvent) -> bool:
    return event.key() == Qt.Key.Key_Escape


class CommentEditor(QFrame):
    """Hidden until something is to be written; gives the keyboard back to where it was.

    What was typed and not kept is there again when the same is written about; what is still being
    written when the coding is closed is kept.

    Signals:
        opened: something is being written now.
        closed: nothing is being written any more.
    """

    opened = Signal()
    closed = Signal()

    def __init__(self, theme: Theme, session: OpenSession, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme = theme
        self._session = session
        self._writing: Writing | None = None
        self._before: QWidget | None = None
        self._drafts: dict[tuple[object, ...], tuple[str, CommentKind]] = {}
        self._about = IconLine(theme, "comment", FontUse.LABEL, "", self)
        kinds = tuple(Segment(id=kind.value, title=kind_title(kind)) for kind in CommentKind)
        self.kind = SegmentedControl(theme, kinds, self.tr("Kind of comment"), self)
        self.words = _Words(self)
        self.keep_button = PushButton(theme, self.tr("Keep"), ButtonKind.PRIMARY, self)
        self.leave_button = PushButton(theme, self.tr("Leave"), ButtonKind.PLAIN, self)
        self.trouble = IconLine(theme, "warning", FontUse.TABLE, "err", self)
        self._build()
        self._connect()
        self.hide()

    @property
    def writing(self) -> Writing | None:
        """What is being written, None while nothing is."""
        return self._writing

    def write_new(self, about: About, words: str, kind: CommentKind) -> None:
        """Begin a comment.

        Args:
            about: what it is about.
            words: that in words.
            kind: what is wanted with it.
        """
        comment = Comment(
            id=NEW, kind=kind, words="", event=about.event, slot=about.slot, span=about.span
        )
        self._open(Writing(comment=comment, about=words))
        self.kind.set_chosen(kind.value)

    def choose(self, kind: CommentKind) -> None:
        """Give the comment that is being written a kind, and go on with its words."""
        self.kind.set_chosen(kind.value)
        self.words.setFocus(Qt.FocusReason.ShortcutFocusReason)

    def write_again(self, comment: Comment, about: str) -> None:
        """Change the words or the kind of a comment."""
        self._open(Writing(comment=comment, about=about))

    def write_answer(self, comment: Comment, about: str) -> None:
        """Write what was answered to a comment."""
        self._open(Writing(comment=comment, about=about, answers=True))

    def keep(self) -> None:
        """Record what was written; when that is refused, say why and go on writing."""
        if self._writing is None:
            return
        length = len(self.words.toPlainText().strip())
        if length > LONGEST_COMMENT:
            words = self.tr("{0} characters are more than {1}; shorten it")
            self.trouble.show_text(words.format(length, LONGEST_COMMENT))
            return
        comment = self._wanted(self._writing)
        self._session.refused.connect(self.trouble.show_text)
        kept = self._session.submit(PutComment(comment=comment), cause=self)
        self._session.refused.disconnect(self.trouble.show_text)
        if kept:
            self._drafts.pop(_place(self._writing), None)
            self._close()

    def leave(self) -> None:
        """Stop writing; what was typed is there again when the same is written about."""
        if self._writing is None:
            return
        if self._has_typed(self._writing):
            words = self.words.toPlainText()
            self._drafts[_place(self._writing)] = (words, self._chosen_kind())
        self._close()

    def keyPressEvent(self, event: QKeyEvent) -> None:  # noqa: N802, D102 - Qt's name
        if _leaves(event):
            self.leave()
        elif _keeps(event):
            self.keep()
        else:
            super().keyPressEvent(event)

    def _open(self, writing: Writing) -> None:
        if self._writing is not None:
            self.leave()
        self._writing = writing
        self._before = QApplication.focusWidget()
        self.trouble.show_text("")
        words, kind = self._drafts.get(
            _place(writing), (self._first_words(writing), writing.comment.kind)
        )
        self._show_about(writing)
        self.kind.set_chosen(kind.value)
        self.kind.setVisible(not writing.answers)
        self.words.setPlainText(words)
        self.words.moveCursor(self.words.textCursor().MoveOperation.End)
        self.opened.emit()
        self.show()
        self.words.setFocus(Qt.FocusReason.ShortcutFocusReason)

    def _has_typed(self, writing: Writing) -> bool:
        words = self.words.toPlainText()
        return bool(words.strip()) and words != self._first_words(writing)

    def _keep_before_closing(self) -> None:
        if self._writing is not None and self._has_typed(self._writing):
            self.keep()

    def _close(self) -> None:
        self._writing = None
        before, self._before = self._before, None
        focus = QApplication.focusWidget()
        had_keyboard = focus is not None and self.isAncestorOf(focus)
        self.hide()
        if had_keyboard and before is not None and shiboken6.isValid(before):
            before.setFocus(Qt.FocusReason.OtherFocusReason)
        self.closed.emit()

    def _wanted(self, writing: Writing) -> Comment:
        words, comment = self.words.toPlainText().strip(), self._as_it_is(writing.comment)
        if writing.answers:
            return replace(comment, answer=words)
        return replace(comment, words=words, kind=self._chosen_kind())

    def _as_it_is(self, comment: Comment) -> Comment:
        """The comment with what became of it while it was written: answered, settled, moved."""
        coding = self._session.coding
        if comment.id == NEW:
            gone = comment.event is not None and all(e.id != comment.event for e in coding.events)
            return replace(comment, event=None) if gone else comment
        return next((other for other in coding.comments if other.id == comment.id), comment)

    def _chosen_kind(self) -> CommentKind:
        return CommentKind(self.kind.chosen() or CommentKind.NOTE)

    def _first_words(self, writing: Writing) -> str:
        return writing.comment.answer if writing.answers else writing.comment.words

    def _show_about(self, writing: Writing) -> None:
        if writing.answers:
            question = " ".join(writing.comment.words.split())
            line = self.tr("Answer to: {0}").format(question or writing.about)
            name = self.tr("Answer")
        elif writing.comment.id == NEW:
            line = self.tr("On {0}").format(writing.about)
            name = self.tr("Comment on {0}").format(writing.about)
        else:
            line = self.tr("Change what was said on {0}").format(writing.about)
            name = self.tr("Comment on {0}").format(writing.about)
        self._about.show_text(line)
        self.words.setPlaceholderText(name)
        describe(self.words, name, self.tr("Ctrl+Enter keeps it, Esc leaves it"))

    def _connect(self) -> None:
        self._session.closing.connect(self._keep_before_closing)
        self.words.kept.connect(self.keep)
        self.words.left.connect(self.leave)
        self.keep_button.clicked.connect(self.keep)
        self.leave_button.clicked.connect(self.leave)
        self.kind.segment_chosen.connect(self._choose_kind)

    def _choose_kind(self, kind: str) -> None:
        self.kind.set_chosen(kind)

    def _build(self) -> None:
        px = self._theme.px
        describe(self, self.tr("Comment"))
        for kind in CommentKind:
            part = self.kind.part(kind.value)
            part.setIcon(self._theme.icon(KIND_ICONS[kind]))
        column = QVBoxLayout(self)
        column.setContentsMargins(px(10), px(6), px(10), px(8))
        column.setSpacing(px(5))
        self._about.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Maximum)
        column.addWidget(self._about)
        describe(self.words, self.tr("Comment"))
        self.words.setTabChangesFocus(True)
        self.words.setFont(self._theme.font(FontUse.BODY))
        line = QFontMetrics(self._theme.font(FontUse.BODY)).lineSpacing()
        self.words.setFixedHeight(LINES * line + px(18))
        column.addWidget(self.words)
        column.addWidget(self.trouble)
        self.trouble.show_text("")
        row = QHBoxLayout()
        row.setSpacing(px(6))
        row.addWidget(self.kind)
        row.addStretch(1)
        self.leave_button.set_keys(("Esc",))
        self.keep_button.set_keys(caps("Ctrl+Return"))
        row.addWidget(self.leave_button)
        row.addWidget(self.keep_button)
        column.addLayout(row)
        column.addStretch(1)


def _place(writing: Writing) -> tuple[object, ...]:
    """What tells one draft from another."""
    comment = writing.comment
    if comment.id == NEW:
        return (NEW, comment.event, comment.slot, comment.span)
    return (comment.id, writing.answers)
