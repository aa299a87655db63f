"""The kinds of exercises with what is due, and where a sitting begins."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QGridLayout, QLabel, QVBoxLayout, QWidget

from ssp_coder.reporting.signs import percent
from ssp_coder.training.exercises import ExerciseKind
from ssp_coder.ui.agreement.words import share
from ssp_coder.ui.kit.button import ButtonKind, PushButton
from ssp_coder.ui.kit.chip import Tag, TagKind
from ssp_coder.ui.kit.panel import Panel
from ssp_coder.ui.theme.fonts import FontUse
from ssp_coder.ui.training.drill import SITTING, ExerciseBook, now
from ssp_coder.ui.training.exercise_words import kind_title, lags_words

if TYPE_CHECKING:
    from ssp_coder.training.spacing import KindProgress
    from ssp_coder.ui.theme.theme import Theme
    from ssp_coder.ui.training.drill import Lags


class ExerciseList(Panel):
    """A row for each kind; emits `begin_wanted` with the kind, or None for all of them."""

    begin_wanted = Signal(object)

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(theme, "", parent)
        self.set_title(self.tr("Short exercises"))
        self.buttons: dict[ExerciseKind | None, PushButton] = {}
        self.closed = QLabel(self)

    def show_book(self, book: ExerciseBook, lags: Lags) -> None:
        """Show what there is; the keyboard stays on the row that it was on."""
        held = [kind for kind, one in self.buttons.items() if one.hasFocus()]
        self.buttons = {}
        self.set_body(self._rows(book, lags))
        for kind in held:
            self.focus_kind(kind)

    def focus_kind(self, kind: ExerciseKind | None) -> None:
        """Put the keyboard on the row of a kind."""
        button = self.buttons.get(kind) or self.buttons.get(None)
        if button is not None:
            button.setFocus(Qt.FocusReason.OtherFocusReason)

    def _rows(self, book: ExerciseBook, lags: Lags) -> QWidget:
        px = self._theme.px
        body = QWidget(self)
        column = QVBoxLayout(body)
        column.setContentsMargins(px(16), px(12), px(16), px(14))
        column.setSpacing(px(12))
        column.addWidget(
            self._words(
                self.tr(
                    "{0} exercises are a sitting; stop whenever you like. What was answered "
                    "otherwise than the reference comes back sooner."
                ).format(SITTING)
            )
        )
        grid = QGridLayout()
        grid.setHorizontalSpacing(px(16))
        grid.setVerticalSpacing(px(8))
        grid.setColumnStretch(4, 1)
        heads = (self.tr("Kind"), self.tr("Now"), self.tr("As the reference at first sight"), "")
        for place, words in enumerate(heads):
            grid.addWidget(self._words(words), 0, place)
        self._add_row(grid, book, None, "")
        for one in book.progress:
            self._add_row(grid, book, one.kind, self._first(one))
        column.addLayout(grid)
        if lags.values:
            column.addWidget(self._words(self.tr("Onsets: {0}").format(lags_words(lags))))
        self.closed = self._words(
            self.tr("{0} more open when their cases were coded and may be seen.").format(
                book.closed
            )
        )
        self.closed.setVisible(book.closed > 0)
        column.addWidget(self.closed)
        column.addStretch(1)
        return body

    def _add_row(
        self, grid: QGridLayout, book: ExerciseBook, kind: ExerciseKind | None, first: str
    ) -> None:
        line = grid.rowCount()
        title = self.tr("All kinds") if kind is None else kind_title(kind)
        name = QLabel(title, self)
        name.setFont(self._theme.font(FontUse.LABEL_STRONG if kind is None else FontUse.LABEL))
        due, new = book.due_now(kind, now()), book.new(kind)
        words = self.tr("{0} due, {1} new").format(due, new)
        tag = Tag(self._theme, words, TagKind.ACCENT if due else TagKind.NEUTRAL)
        look = ButtonKind.PRIMARY if kind is None else ButtonKind.PLAIN
        begin = PushButton(self._theme, self.tr("Begin"), look, self)
        if not due and not new:
            begin.set_words(self.tr("Begin early"))
        begin.set_name(self.tr("{0}: {1}").format(begin.text(), title))
        begin.setProperty("kind", kind)
        begin.clicked.connect(self._begin)
        self.buttons[kind] = begin
        grid.addWidget(name, line, 0)
        grid.addWidget(tag, line, 1, Qt.AlignmentFlag.AlignLeft)
        grid.addWidget(self._words(first), line, 2)
        grid.addWidget(begin, line, 3)

    def _first(self, one: KindProgress) -> str:
        if one.first.value is None:
            return self.tr("none answered")
        words = self.tr("{0}, n = {1}").format(share(one.first), one.first.n)
        if one.retained.value is None:
            return words
        later = self.tr("{0}; later {1}, n = {2}")
        return later.format(words, percent(one.retained.value), one.retained.n)

    def _words(self, words: str) -> QLabel:
        label = QLabel(words, self)
        label.setFont(self._theme.font(FontUse.TABLE))
        label.setProperty("tone", "second")
        label.setWordWrap(len(words) > 40)
        return label

    def _begin(self) -> None:
        button = self.sender()
        for kind, one in self.buttons.items():
            if one is button:
                self.begin_wanted.emit(kind)
                return
