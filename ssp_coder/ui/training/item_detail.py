"""What is told of one difference: both sides, why, what the scale says; and the trainee's word."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QLineEdit, QVBoxLayout, QWidget

from ssp_coder.training.deeds import Judgement
from ssp_coder.ui.instruments.sheet import Sheet
from ssp_coder.ui.kit.accessible import describe
from ssp_coder.ui.kit.button import ButtonKind, PushButton
from ssp_coder.ui.kit.rating_row import point_text
from ssp_coder.ui.pairs.items import PairKind
from ssp_coder.ui.rate.lettering import lettering
from ssp_coder.ui.theme.fonts import FontUse
from ssp_coder.ui.training.words import judgement_words

if TYPE_CHECKING:
    from ssp_coder.domain.scale import Anchor
    from ssp_coder.training.deeds import ItemJudged
    from ssp_coder.training.feedback_items import FeedbackItem
    from ssp_coder.ui.pairs.items import PairItem
    from ssp_coder.ui.theme.theme import Theme

JUDGEMENT_KEYS = {Judgement.AGREE: "A", Judgement.DISPUTE: "D", Judgement.UNCLEAR: "U"}
"""Plain keys while the feedback is in front and no text is typed."""


class ItemDetail(QWidget):
    """Tells one item and takes the trainee's word on it.

    Signals:
        judged: a `Judgement` and the comment.
        chapter_wanted: id of a chapter of the handbook.
    """

    judged = Signal(object, str)
    chapter_wanted = Signal(str)

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme = theme
        self._item: FeedbackItem | None = None
        self._said: ItemJudged | None = None
        self._lines: list[str] = []
        self._head = lettering(theme, "", FontUse.PANEL_TITLE)
        self.sheet = Sheet(theme, self.tr("Explanation"), self)
        self.buttons = {
            judgement: self._button(judgement)
            for judgement in (Judgement.AGREE, Judgement.DISPUTE, Judgement.UNCLEAR)
        }
        self.comment = QLineEdit(self)
        self.book = PushButton(theme, self.tr("Handbook"), ButtonKind.QUIET, self)
        self._build()
        self.comment.editingFinished.connect(self.keep_comment)
        self.book.clicked.connect(self._want_chapter)
        self.show_nothing(self.tr("Choose a difference in the list."))

    @property
    def item(self) -> FeedbackItem | None:
        """The item that is told."""
        return self._item

    def show_nothing(self, words: str) -> None:
        """Tell no item."""
        self._item = self._said = None
        self._clear("")
        self._add(words)
        self._acts.setVisible(False)

    def show_item(self, pair: PairItem, item: FeedbackItem, said: ItemJudged | None) -> None:
        """Tell an item and what was said of it."""
        if self._item is not None and self._item.key != item.key:
            self.keep_comment()
            self.comment.clear()
        self._item = item
        self._clear(_headline(self, pair))
        if item.title and str(item.title) not in (pair.own, pair.reference):
            self._add(str(item.title))
        if item.excluded:
            self._add(self.tr("Does not count: {0}").format(item.excluded))
        for note in item.notes:
            self._add(note.words)
        if not item.notes:
            self._add(self.tr("The trainer left no explanation here."))
        self._add_anchors(self.tr("Reference"), item.reference_anchors)
        self._add_anchors(self.tr("You"), item.own_anchors)
        self._acts.setVisible(True)
        self.book.setVisible(bool(item.chapter))
        self.show_judgement(said)

    def show_judgement(self, said: ItemJudged | None) -> None:
        """Show the trainee's last word on the item."""
        self._said = said
        self._light()
        if not self.comment.hasFocus() or not self.comment.text():
            self.comment.setText("" if said is None else said.comment)
        words = self.tr("Not judged yet") if said is None else judgement_words(said.judgement)
        describe(self, self.tr("Difference"), words)

    def judge(self, judgement: Judgement) -> None:
        """Give the trainee's word on the item, with the comment that stands there."""
        if self._item is not None:
            self.judged.emit(judgement, self.comment.text().strip())

    def keep_comment(self) -> None:
        """Write down a comment that was changed after the judgement."""
        said = self._said
        if said is not None and self.comment.text().strip() != said.comment:
            self.judge(said.judgement)

    def text(self) -> str:
        """Everything told, line by line."""
        return "\n".join((self._head.text(), *self._lines))

    def _want_chapter(self) -> None:
        if self._item is not None and self._item.chapter:
            self.chapter_wanted.emit(self._item.chapter)

    def _add_anchors(self, whose: str, anchors: tuple[Anchor, ...]) -> None:
        for anchor in anchors:
            self._add(f"{whose}, {point_text(anchor.point)}: {anchor.text}")

    def _add(self, words: str) -> None:
        self._lines.append(words)
        self.sheet.add_text(words)

    def _clear(self, head: str) -> None:
        self._head.setText(head)
        self._head.setVisible(bool(head))
        self._lines = []
        self.sheet.clear()

    def _button(self, judgement: Judgement) -> PushButton:
        words = {
            Judgement.AGREE: self.tr("Agree"),
            Judgement.DISPUTE: self.tr("Dispute"),
            Judgement.UNCLEAR: self.tr("Unclear rule"),
        }[judgement]
        button = PushButton(self._theme, words, ButtonKind.PLAIN, self)
        button.set_keys((JUDGEMENT_KEYS[judgement],))
        button.setCheckable(True)
        button.clicked.connect(partial(self._press, judgement))
        return button

    def _press(self, judgement: Judgement, _checked: object = None) -> None:
        # What is checked is what was written down, not what was pressed.
        self._light()
        self.judge(judgement)

    def _light(self) -> None:
        for judgement, button in self.buttons.items():
            button.setChecked(self._said is not None and self._said.judgement is judgement)

    def _build(self) -> None:
        px = self._theme.px
        self._head.setContentsMargins(px(14), px(10), px(14), 0)
        self._acts = QWidget(self)
        acts = QVBoxLayout(self._acts)
        acts.setContentsMargins(px(14), px(6), px(14), px(10))
        acts.setSpacing(px(6))
        self.book.set_icon_name("book")
        # In two lines, so that the list beside the picture keeps its width on a small screen.
        agree, dispute, unclear = self.buttons.values()
        for first, second in ((agree, dispute), (unclear, self.book)):
            row = QHBoxLayout()
            row.setSpacing(px(6))
            row.addWidget(first)
            row.addWidget(second)
            row.addStretch(1)
            acts.addLayout(row)
        self.comment.setPlaceholderText(self.tr("Comment for the trainer"))
        describe(self.comment, self.tr("Comment for the trainer"))
        acts.addWidget(self.comment)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(self._head)
        column.addWidget(self.sheet, 1)
        column.addWidget(self._acts)


def _headline(detail: ItemDetail, pair: PairItem) -> str:
    """The difference in a few words, the reference's side first."""
    if pair.kind is PairKind.MISSED:
        return detail.tr("Missed: {0}").format(pair.reference)
    if pair.kind is PairKind.EXTRA:
        return detail.tr("Not in the reference: {0}").format(pair.own)
    if pair.kind is PairKind.TIMING:
        return detail.tr("Timing: {0}").format(pair.own)
    if pair.kind in (PairKind.RATING, PairKind.CLASS):
        words = detail.tr("{0}: {1}, not {2}")
        return words.format(pair.place, pair.reference, pair.own)
    return detail.tr("{0}, not {1}").format(pair.reference, pair.own)
