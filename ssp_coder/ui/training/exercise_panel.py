"""An exercise beside its clip: the question, what can be answered, and what was right."""

from __future__ import annotations

from itertools import pairwise
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QLabel, QScrollArea, QVBoxLayout, QWidget

from ssp_coder.training.exercises import ExerciseKind
from ssp_coder.ui.kit.accessible import describe
from ssp_coder.ui.kit.button import ButtonKind, PushButton
from ssp_coder.ui.kit.panel import Panel
from ssp_coder.ui.kit.rating_row import RatingRow, RatingScale, point_text
from ssp_coder.ui.theme.fonts import FontUse
from ssp_coder.ui.training.exercise_lags import LagStrip
from ssp_coder.ui.training.exercise_words import (
    MARK_ICONS,
    kind_title,
    lags_words,
    verdict_words,
)

if TYPE_CHECKING:
    from ssp_coder.training.exercises import Exercise
    from ssp_coder.ui.theme.theme import Theme
    from ssp_coder.ui.training.drill import Drill, Given, Lags

DIGITS = range(1, 10)
"""Keys of the choices; those beyond the ninth have none of their own."""


class ExercisePanel(Panel):
    """Asks one exercise; shows the verdict when it is told to.

    Signals:
        answer_wanted: the answer in the form of `Exercise.answer`.
        mark_wanted: the moment on the screen is the onset.
        again_wanted: the clip once more.
        next_wanted: the next exercise.
        stop_wanted: the end of the sitting.
    """

    answer_wanted = Signal(str)
    mark_wanted = Signal()
    again_wanted = Signal()
    next_wanted = Signal()
    stop_wanted = Signal()

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(theme, "", parent)
        self._exercise: Exercise | None = None
        self.row: RatingRow | None = None
        self.choices: tuple[PushButton, ...] = ()
        self.question = _text(theme, FontUse.STEP_TITLE, self)
        self.trouble = _text(theme, FontUse.BODY, self)
        self.trouble.setProperty("tone", "err")
        self.answers = QWidget(self)
        self.answer_button = PushButton(theme, self.tr("Answer"), ButtonKind.PRIMARY, self)
        self.mark_button = PushButton(theme, self.tr("It begins here"), ButtonKind.PRIMARY, self)
        self.hint = _text(theme, FontUse.TABLE, self)
        self.sign = QLabel(self)
        self.verdict = _text(theme, FontUse.LABEL_STRONG, self)
        self.explanation = _text(theme, FontUse.BODY, self)
        self.source = _text(theme, FontUse.TABLE, self)
        self.strip = LagStrip(theme, self)
        self.lags = _text(theme, FontUse.TABLE, self)
        self.again_button = PushButton(theme, self.tr("Clip again"), parent=self)
        self.next_button = PushButton(theme, self.tr("Next"), ButtonKind.PRIMARY, self)
        self.stop_button = PushButton(theme, self.tr("Stop"), ButtonKind.QUIET, self)
        self._build()
        self._connect()

    def ask(self, drill: Drill, lags: Lags) -> None:
        """Show the question that the drill is at."""
        exercise = drill.exercise
        if exercise is None:
            return
        self._exercise = exercise
        self.set_title(kind_title(exercise.kind))
        self.set_note(self.tr("{0} of {1}").format(drill.number, drill.count))
        self.question.setText(str(exercise.question))
        self._offer(exercise)
        onset = exercise.onset_us is not None
        self.mark_button.setVisible(onset)
        self.hint.setVisible(onset)
        self.answer_button.setVisible(self.row is not None)
        self.answer_button.disable(self.tr("Choose a point first"))
        self._show_verdict(visible=False)
        self._show_lags(lags, visible=onset and bool(lags.values))
        last = drill.number == drill.count
        self.next_button.set_words(self.tr("To the end") if last else self.tr("Next"))
        self.show_trouble("")
        self.focus_first()

    def show_given(self, given: Given, lags: Lags) -> None:
        """Show how an answer lies to the right one, and why."""
        icon, tone = MARK_ICONS[given.answered.mark]
        side = self._theme.px(18)
        self.sign.setPixmap(self._theme.pixmap(icon, tone, side, self.devicePixelRatioF()))
        self.verdict.setText(verdict_words(given))
        self.explanation.setText(str(given.exercise.explanation))
        self.source.setText(self.tr("Source: {0}").format(given.exercise.source))
        self._close_answers(given)
        self._show_verdict(visible=True)
        self._show_lags(lags, visible=given.answered.lag_us is not None)
        self.next_button.setFocus(Qt.FocusReason.OtherFocusReason)

    def show_trouble(self, words: str) -> None:
        """Say what does not work, or that nothing is wrong."""
        self.trouble.setText(words)
        self.trouble.setVisible(bool(words))

    def pick(self, digit: int) -> None:
        """What a digit chooses: the point, or the answer with this number."""
        if self.row is not None:
            self._show_point(float(digit))
        elif digit <= len(self.choices) and self.choices[digit - 1].isEnabled():
            self.choices[digit - 1].click()

    def focus_first(self) -> None:
        """Put the keyboard where an answer is given."""
        if self.row is not None:
            self.row.setFocus(Qt.FocusReason.OtherFocusReason)
        elif self.choices:
            self.choices[0].setFocus(Qt.FocusReason.OtherFocusReason)
        else:
            self.mark_button.setFocus(Qt.FocusReason.OtherFocusReason)

    # ------------------------------------------------------------------ within

    def _build(self) -> None:
        px = self._theme.px
        inner = QWidget(self)
        column = QVBoxLayout(inner)
        column.setContentsMargins(px(14), px(12), px(14), px(12))
        column.setSpacing(px(10))
        told = QHBoxLayout()
        told.setSpacing(px(8))
        told.addWidget(self.sign, 0, Qt.AlignmentFlag.AlignTop)
        told.addWidget(self.verdict, 1)
        for widget in (self.question, self.trouble, self.answers):
            column.addWidget(widget)
        column.addWidget(self.answer_button, 0, Qt.AlignmentFlag.AlignLeft)
        column.addWidget(self.mark_button, 0, Qt.AlignmentFlag.AlignLeft)
        column.addWidget(self.hint)
        column.addLayout(told)
        for widget in (self.explanation, self.source, self.strip, self.lags):
            column.addWidget(widget)
        column.addStretch(1)
        scroll = QScrollArea(self)
        scroll.setWidgetResizable(True)
        scroll.setFrameShape(QScrollArea.Shape.NoFrame)
        scroll.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        scroll.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        scroll.setMinimumWidth(px(340))
        scroll.setWidget(inner)
        scroll.viewport().setAutoFillBackground(False)
        inner.setAutoFillBackground(False)
        body = QWidget(self)
        whole = QVBoxLayout(body)
        whole.setContentsMargins(0, 0, 0, 0)
        whole.setSpacing(0)
        whole.addWidget(scroll, 1)
        whole.addLayout(self._foot())
        self.set_body(body)
        for label in (self.source, self.hint, self.lags):
            label.setProperty("tone", "second")
        self.hint.setText(
            self.tr("Press while it plays, or stop, find the frame with the arrow keys, and press.")
        )

    def _foot(self) -> QHBoxLayout:
        px = self._theme.px
        foot = QHBoxLayout()
        foot.setContentsMargins(px(14), px(6), px(14), px(10))
        foot.setSpacing(px(8))
        foot.addWidget(self.stop_button)
        foot.addStretch(1)
        foot.addWidget(self.again_button)
        foot.addWidget(self.next_button)
        return foot

    def _connect(self) -> None:
        self.answer_button.clicked.connect(self._answer_point)
        self.mark_button.clicked.connect(self.mark_wanted)
        self.again_button.clicked.connect(self.again_wanted)
        self.next_button.clicked.connect(self.next_wanted)
        self.stop_button.clicked.connect(self.stop_wanted)
        enter = self.tr("Enter")
        self.answer_button.set_keys((enter,))
        self.mark_button.set_keys((enter,))
        self.next_button.set_keys((enter,))
        self.again_button.set_keys(("R",))
        self.stop_button.set_keys((self.tr("Esc"),))

    def _offer(self, exercise: Exercise) -> None:
        """Put the choices in place of the last ones."""
        fresh = QWidget(self.answers.parentWidget())
        column = QVBoxLayout(fresh)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(self._theme.px(6))
        self.row, self.choices = None, ()
        scale = points_of(exercise)
        if scale is not None:
            self.row = RatingRow(self._theme, scale, fresh)
            self.row.point_chosen.connect(self._show_point)
            self.row.cleared.connect(self._clear_point)
            column.addWidget(self.row)
        else:
            self.choices = tuple(
                self._choice(fresh, place) for place in range(len(exercise.choices))
            )
            for button in self.choices:
                column.addWidget(button, 0, Qt.AlignmentFlag.AlignLeft)
        holder = self.answers.parentWidget()
        layout = None if holder is None else holder.layout()
        if layout is not None:
            layout.replaceWidget(self.answers, fresh)
        self.answers.hide()
        self.answers.deleteLater()
        self.answers = fresh
        fresh.setVisible(scale is not None or bool(self.choices))
        describe(fresh, self.tr("Answers"))

    def _choice(self, parent: QWidget, place: int) -> PushButton:
        choice = self._given().choices[place]
        button = PushButton(self._theme, str(choice.title), parent=parent)
        button.setProperty("answer", choice.id)
        if place + 1 in DIGITS:
            button.set_keys((str(place + 1),))
        button.clicked.connect(self._answer_choice)
        return button

    def confirm(self) -> None:
        """What Enter does where no button has the keyboard: answer, mark, or go on."""
        for button in (self.answer_button, self.mark_button, self.next_button):
            if button.isVisible():
                button.click()
                return

    def _given(self) -> Exercise:
        if self._exercise is None:
            raise ValueError("no exercise is asked")
        return self._exercise

    def _answer_choice(self) -> None:
        button = self.sender()
        if isinstance(button, PushButton):
            self.answer_wanted.emit(str(button.property("answer")))

    def _show_point(self, point: float) -> None:
        row, scale = self.row, points_of(self._given())
        if row is None or scale is None or point not in scale.points:
            return
        row.show_rated(point)
        self.answer_button.enable()

    def _clear_point(self) -> None:
        if self.row is not None:
            self.row.show_not_rated()
            self.answer_button.disable(self.tr("Choose a point first"))

    def _answer_point(self) -> None:
        if self.row is not None and self.row.point is not None:
            self.answer_wanted.emit(point_text(self.row.point))

    def _close_answers(self, given: Given) -> None:
        self.answer_button.hide()
        self.mark_button.hide()
        self.hint.hide()
        if self.row is not None:
            self.row.set_locked(True)
        for button in self.choices:
            chosen = button.property("answer") == given.answer
            button.setCheckable(chosen)
            button.setChecked(chosen)
            button.disable(self.tr("It is answered"))

    def _show_verdict(self, *, visible: bool) -> None:
        for widget in (self.sign, self.verdict, self.explanation, self.source, self.next_button):
            widget.setVisible(visible)

    def _show_lags(self, lags: Lags, *, visible: bool) -> None:
        self.strip.show_lags(lags)
        self.lags.setText(lags_words(lags))
        self.strip.setVisible(visible)
        self.lags.setVisible(visible)


def points_of(exercise: Exercise) -> RatingScale | None:
    """The choices as a row of points; None where they are no such row."""
    if exercise.kind is not ExerciseKind.SCALE_POINT or len(exercise.choices) < 2:
        return None
    points = sorted(float(choice.id) for choice in exercise.choices)
    step = points[1] - points[0]
    if any(b - a != step for a, b in pairwise(points)):
        return None
    return RatingScale(
        name=str(exercise.question), minimum=points[0], maximum=points[-1], step=step
    )


def _text(theme: Theme, use: FontUse, parent: QWidget) -> QLabel:
    label = QLabel(parent)
    label.setFont(theme.font(use))
    label.setWordWrap(True)
    label.setTextFormat(Qt.TextFormat.PlainText)
    return label
