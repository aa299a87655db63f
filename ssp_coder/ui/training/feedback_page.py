"""Feedback on a submission: both codings over each other, each difference explained and judged."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QFrame, QHBoxLayout, QScrollArea, QVBoxLayout, QWidget

from ssp_coder.domain.coding import Coding
from ssp_coder.domain.finding import DomainError
from ssp_coder.training.deeds import ItemJudged
from ssp_coder.training.feedback_items import FeedbackItem
from ssp_coder.ui.kit.button import ButtonKind, PushButton
from ssp_coder.ui.language.spoken import said_error
from ssp_coder.ui.pairs.making import items_of_feedback
from ssp_coder.ui.pairs.review import PairReview
from ssp_coder.ui.rate.lettering import lettering
from ssp_coder.ui.theme.fonts import FontUse
from ssp_coder.ui.training.item_detail import JUDGEMENT_KEYS, ItemDetail
from ssp_coder.ui.training.lesson import WayGone
from ssp_coder.ui.training.picture import CasePicture
from ssp_coder.ui.training.side_panels import SidePanels
from ssp_coder.ui.training.verdicts import VerdictStrip
from ssp_coder.ui.training.words import mark_of

if TYPE_CHECKING:
    from pathlib import Path

    from PySide6.QtGui import QHideEvent, QResizeEvent

    from ssp_coder.domain.time import Span
    from ssp_coder.training.deeds import Judgement
    from ssp_coder.ui.pairs.items import PairItem
    from ssp_coder.ui.theme.theme import Theme
    from ssp_coder.ui.training.desk import TrainingDesk
    from ssp_coder.ui.training.lesson import Lesson

SIDE_PX = 320
LIST_PX = 250
GAP_PX = 10


class FeedbackPage(QWidget):
    """Shows one lesson that holds a submission; judgements go to the logbook at once.

    Signals:
        left: the person wants the list of cases.
        chapter_wanted: id of a chapter of the handbook.
    """

    left = Signal()
    chapter_wanted = Signal(str)

    def __init__(
        self,
        theme: Theme,
        desk: TrainingDesk,
        cache_folder: Path | None = None,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self._theme = theme
        self._desk = desk
        self.lesson: Lesson | None = None
        self._title = lettering(theme, "", FontUse.STEP_TITLE)
        self._classes = lettering(theme, "", FontUse.BODY, "second")
        self._trouble = lettering(theme, "", FontUse.BODY, "err")
        self.back = PushButton(theme, self.tr("All cases"), ButtonKind.PLAIN, self)
        self.review = PairReview(theme, self)
        self.picture = CasePicture(theme, cache_folder, self)
        self.detail = ItemDetail(theme, self)
        self.strip = VerdictStrip(theme, self)
        self.side = SidePanels(theme, self)
        self._arranged_by_hand = False
        self._build()
        self._connect()

    def show_lesson(self, lesson: Lesson) -> None:
        """Show the feedback of a submission."""
        if lesson.feedback is None or lesson.coding is None or self._desk.pack is None:
            return
        self.lesson = lesson
        reference, scheme = lesson.reference, lesson.reference.scheme
        self._title.setText(lesson.case.title)
        self._classes.setText(self._class_words(lesson.coding, reference.coding))
        self._trouble.hide()
        feedback = lesson.feedback
        told = (*feedback.items, *feedback.left_out)
        self.review.show_pair(
            lesson.coding, reference.coding, scheme, items_of_feedback(told, scheme)
        )
        self.review.show_cells(feedback.cells)
        if not self._arranged_by_hand:
            self._arrange()
        words = self.tr("Choose a difference in the list.")
        self.detail.show_nothing(words if told else self.tr("Nothing differs."))
        self.strip.show_lesson(lesson)
        self._show_marks()
        self.refresh()
        self.picture.open(self._desk.pack, lesson.case)

    def refresh(self) -> None:
        """Show what all submissions say together now."""
        pack, lesson = self._desk.pack, self.lesson
        if pack is None or lesson is None:
            return
        titles = {case.id: case.title for case in pack.cases}
        self.side.show_way(self._desk.way, lesson.reference.scheme, titles)

    def judge(self, judgement: Judgement, comment: str = "") -> None:
        """Write down what the trainee says to the current item."""
        lesson, item = self.lesson, self.detail.item
        if lesson is None or lesson.attempt is None or item is None or self._desk.pack is None:
            return
        deed = ItemJudged(
            pack=self._desk.pack.id,
            case=lesson.case.id,
            attempt=lesson.attempt.number,
            item=item.key,
            judgement=judgement,
            comment=comment,
        )
        try:
            self._desk.append(deed)
        except DomainError as error:
            self._trouble.setText(said_error(error))
            self._trouble.show()
            return
        self.detail.show_judgement(deed)
        self._show_marks()

    def press(self, judgement: Judgement) -> None:
        """Judge by key, while the feedback is in front."""
        if self.isVisible() and not self.detail.comment.hasFocus():
            self.detail.judge(judgement)

    def forget(self) -> None:
        """Let the reference go out of sight and out of memory."""
        self.detail.keep_comment()
        lesson, self.lesson = self.lesson, None
        self.picture.close_video()
        if lesson is None:
            return
        nothing = Coding(session="", coder="")
        self.review.show_pair(nothing, nothing, lesson.reference.scheme, ())
        self.review.show_cells(())
        self.detail.show_nothing("")
        self.strip.clear()
        self.side.show_way(WayGone(), None, {})
        for label in (self._title, self._classes, self._trouble):
            label.clear()

    def hideEvent(self, event: QHideEvent) -> None:  # noqa: N802, D102 - Qt's name
        self.picture.leave()
        super().hideEvent(event)

    def resizeEvent(self, event: QResizeEvent) -> None:  # noqa: N802, D102 - Qt's name
        super().resizeEvent(event)
        if not self._arranged_by_hand:
            self._arrange()

    def _arrange(self) -> None:
        """Give the list the width it needs, and the lanes more than half of the height."""
        px, review = self._theme.px, self.review
        width = self.width() - px(SIDE_PX) - 3 * px(GAP_PX)
        review.whole.setSizes([px(LIST_PX), max(1, width - px(LIST_PX))])
        height = max(2, review.height())
        review.middle.setSizes([height * 11 // 20, height * 9 // 20])
        review.below.setSizes([width // 2, width // 2])

    def _note_hand(self, *_where: object) -> None:
        self._arranged_by_hand = True

    def _show_item(self, pair: PairItem) -> None:
        lesson = self.lesson
        if lesson is None or not isinstance(pair.source, FeedbackItem):
            return
        number = 0 if lesson.attempt is None else lesson.attempt.number
        said = self._desk.judgement(lesson.case.id, number, pair.source.key)
        self.detail.show_item(pair, pair.source, said)

    def _show_marks(self) -> None:
        lesson = self.lesson
        if lesson is None or lesson.attempt is None:
            return
        said = self._desk.judgements(lesson.case.id, lesson.attempt.number)
        self.review.set_marks({item: mark_of(one) for item, one in said.items()})

    def _class_words(self, own: Coding, reference: Coding) -> str:
        words = self.tr("You: {0}. Reference: {1}. Feedback after submission.")
        return words.format(self._class_of(own), self._class_of(reference))

    def _class_of(self, coding: Coding) -> str:
        given = coding.classification
        if given is None:
            return self.tr("no class")
        return given.subgroup or given.primary

    def _loop(self, span: Span) -> None:
        self.picture.loop(span)
        self.review.show_loop(span)

    def _end_loop(self) -> None:
        self.picture.leave()
        self.review.show_loop(None)

    def _connect(self) -> None:
        self.review.item_chosen.connect(self._show_item)
        self.review.clip_wanted.connect(self._loop)
        self.review.clip_left.connect(self._end_loop)
        self.review.seek_requested.connect(self.picture.go_to)
        self.picture.moment_changed.connect(self.review.set_moment)
        self.detail.judged.connect(self.judge)
        self.detail.chapter_wanted.connect(self.chapter_wanted)
        self.back.clicked.connect(self.left)
        for splitter in (self.review.whole, self.review.middle, self.review.below):
            splitter.splitterMoved.connect(self._note_hand)
        self.acts = {judgement: partial(self.press, judgement) for judgement in JUDGEMENT_KEYS}

    def _build(self) -> None:
        gap = self._theme.px(GAP_PX)
        self.review.stage_place().addWidget(self.picture)
        self.review.set_detail(self.detail, self.tr("Difference"))
        head = QHBoxLayout()
        head.setSpacing(self._theme.px(14))
        self.back.set_icon_name("chevron-left")
        self._title.setWordWrap(False)
        head.addWidget(self._title)
        head.addWidget(self._classes, 1)
        head.addWidget(self.back)
        left = QVBoxLayout()
        left.setSpacing(gap)
        left.addWidget(self.review, 1)
        left.addWidget(self.strip)
        aside = QScrollArea(self)
        aside.setWidgetResizable(True)
        aside.setFrameShape(QFrame.Shape.NoFrame)
        aside.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        aside.setFixedWidth(self._theme.px(SIDE_PX))
        aside.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        aside.setWidget(self.side)
        row = QHBoxLayout()
        row.setSpacing(gap)
        row.addLayout(left, 1)
        row.addWidget(aside)
        column = QVBoxLayout(self)
        column.setContentsMargins(gap, gap, gap, gap)
        column.setSpacing(gap)
        column.addLayout(head)
        column.addWidget(self._trouble)
        column.addLayout(row, 1)
