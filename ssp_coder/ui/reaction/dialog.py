"""My reaction lag: measured by tapping or typed, and whether it is taken off."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtWidgets import QDialog, QHBoxLayout, QSpinBox, QVBoxLayout, QWidget

from ssp_coder.ui.kit.accessible import describe
from ssp_coder.ui.kit.button import ButtonKind, PushButton
from ssp_coder.ui.kit.choice import CheckBox
from ssp_coder.ui.rate.lettering import lettering, short_lettering
from ssp_coder.ui.reaction.field import ReactionField
from ssp_coder.ui.reaction.lag import MOST_LAG_MS, ReactionLag
from ssp_coder.ui.reaction.trials import COUNTED, PRACTICE, TOO_LATE_MS, Exercise, Summary
from ssp_coder.ui.theme.fonts import FontUse

if TYPE_CHECKING:
    from collections.abc import Callable

    from ssp_coder.ui.theme.theme import Theme


class ReactionDialog(QDialog):
    """Lets a person tap as soon as a mark appears, and keep what that comes to."""

    lag_chosen = Signal(object)
    """A `ReactionLag`, when the person keeps it."""

    def __init__(
        self,
        theme: Theme,
        lag: ReactionLag,
        parent: QWidget | None = None,
        exercise: Callable[[], Exercise] = Exercise,
    ) -> None:
        """Show what is known of the person.

        Args:
            theme: colours and fonts.
            lag: the person's lag so far.
            parent: the window.
            exercise: makes the trials when they are begun.
        """
        super().__init__(parent)
        self._theme = theme
        self._lag = lag
        self._make = exercise
        self._exercise: Exercise | None = None
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.setTimerType(Qt.TimerType.PreciseTimer)
        self.field = ReactionField(theme, self)
        self.state = lettering(theme, "", FontUse.LABEL)
        self.value = QSpinBox(self)
        self.use = CheckBox(theme, self.tr("Take it off what I code while the video plays"))
        self.start_button = PushButton(theme, self.tr("Start"), parent=self)
        self.cancel_button = PushButton(theme, self.tr("Cancel"), parent=self)
        self.keep_button = PushButton(theme, self.tr("Keep"), ButtonKind.PRIMARY, self)
        self._build()
        self._connect()
        self._show_lag()

    @property
    def result_value(self) -> ReactionLag:
        """The lag as the dialog shows it."""
        return replace(self._lag, value_ms=self.value.value(), on=self.use.isChecked())

    def accept(self) -> None:
        """Keep the lag."""
        self.lag_chosen.emit(self.result_value)
        super().accept()

    def done(self, result: int) -> None:
        """End the exercise and close."""
        self._timer.stop()
        super().done(result)

    # ------------------------------------------------------------------ the exercise

    def _start(self) -> None:
        self._exercise = self._make()
        self.start_button.set_words(self.tr("Start again"))
        self.field.setFocus(Qt.FocusReason.OtherFocusReason)
        self._wait()

    def _wait(self, words: str = "") -> None:
        if self._exercise is not None:
            self.field.clear(words)
            self._tell(self._exercise)
            self._timer.start(self._exercise.next_wait_ms())

    def _turn(self) -> None:
        """The wait is over: show the mark, or take one away that nobody tapped."""
        if self._exercise is None:
            return
        if self.field.mark_is_painted:
            self._exercise.missed()
            self._wait(self.tr("Missed: tap as soon as the mark appears"))
        else:
            self.field.show_mark()
            self._timer.start(TOO_LATE_MS)

    def _take_tap(self, passed_ms: float | None) -> None:
        if self._exercise is None:
            return
        if not self._exercise.tapped(passed_ms):
            self._wait(self.tr("Too early: wait for the mark"))
        elif self._exercise.is_over:
            self._finish(self._exercise.summary())
        else:
            self._wait()

    def _finish(self, summary: Summary | None) -> None:
        self._exercise = None
        self._timer.stop()
        self.field.clear(self.tr("Done"))
        if summary is None:
            return
        centre = round(summary.centre)
        self._lag = ReactionLag(
            value_ms=centre,
            on=self.use.isChecked(),
            measured_ms=centre,
            count=summary.count,
            date=date.today().isoformat(),
        )
        self.value.setValue(min(centre, MOST_LAG_MS))
        self.state.setText(self._summary_words(summary))
        self.keep_button.setFocus(Qt.FocusReason.OtherFocusReason)

    # ------------------------------------------------------------------ words

    def _show_lag(self) -> None:
        lag = self._lag
        self.value.setValue(lag.value_ms)
        self.use.setChecked(lag.on)
        self.field.clear(self.tr("Press Start, then any key as soon as the mark appears"))
        if lag.measured_ms is None:
            self.state.setText(self.tr("Not measured yet"))
        else:
            words = self.tr("Measured on {0}: {1} ms, median of {2} taps")
            self.state.setText(words.format(lag.date, lag.measured_ms, lag.count))

    def _tell(self, exercise: Exercise) -> None:
        if exercise.practising:
            words = self.tr("Practice; the first {0} do not count").format(PRACTICE)
        else:
            words = self.tr("{0} of {1}").format(exercise.done, COUNTED)
        self.state.setText(words)

    def _summary_words(self, summary: Summary) -> str:
        words = [
            self.tr("Median {0} ms, half of the taps from {1} to {2} ms, n = {3}.").format(
                *(round(ms) for ms in (summary.centre, summary.quarter, summary.three_quarters)),
                summary.count,
            )
        ]
        if summary.outliers:
            listed = ", ".join(str(round(time)) for time in summary.outliers)
            words.append(self.tr("Far from the others: {0} ms.").format(listed))
        if summary.early or summary.missed:
            told = self.tr("Done again: {0} too early, {1} missed.")
            words.append(told.format(summary.early, summary.missed))
        return " ".join(words)

    def _how(self) -> str:
        return self.tr(
            "A mark appears {0} times after waits of different length. Press any key as soon as "
            "you see it; the first {1} are practice. It takes about a minute."
        ).format(PRACTICE + COUNTED, PRACTICE)

    def _what(self) -> str:
        return self.tr(
            "What it means: of what you code while the video plays, this much is taken off the "
            "time, as many times over as the video is faster, down to the start of a frame. Each "
            "event keeps how much was taken off. What you code at rest or frame by frame is never "
            "moved."
        )

    def _what_not(self) -> str:
        return self.tr(
            "What it does not mean: seeing a mark is simpler than recognising a behaviour, which "
            "takes longer and not always equally long. Type another value if you know better. "
            "Going back frame by frame is exact and needs no correction. How the lag is measured "
            "and taken off is a project default, not a published procedure."
        )

    # ------------------------------------------------------------------ layout

    def _connect(self) -> None:
        self._timer.timeout.connect(self._turn)
        self.field.tapped.connect(self._take_tap)
        self.start_button.clicked.connect(self._start)
        self.cancel_button.clicked.connect(self.reject)
        self.keep_button.clicked.connect(self.accept)

    def _build(self) -> None:
        px = self._theme.px
        self.setWindowTitle(self.tr("My reaction lag"))
        self.resize(px(600), min(px(600), self.screen().availableGeometry().height()))
        column = QVBoxLayout(self)
        column.setContentsMargins(px(16), px(16), px(16), px(16))
        column.setSpacing(px(10))
        column.addWidget(lettering(self._theme, self._how(), FontUse.BODY))
        column.addWidget(self.field, 1)
        column.addLayout(self._state_row())
        column.addLayout(self._setting())
        column.addWidget(self.use)
        for words in (self._what(), self._what_not()):
            column.addWidget(lettering(self._theme, words, FontUse.CAPTION, "second"))
        column.addLayout(self._foot())

    def _state_row(self) -> QHBoxLayout:
        row = QHBoxLayout()
        row.setSpacing(self._theme.px(8))
        row.addWidget(self.start_button, 0, Qt.AlignmentFlag.AlignTop)
        row.addWidget(self.state, 1)
        return row

    def _setting(self) -> QHBoxLayout:
        name = self.tr("My reaction lag")
        self.value.setRange(0, MOST_LAG_MS)
        self.value.setSingleStep(10)
        self.value.setSuffix(self.tr(" ms"))
        describe(self.value, name, self.tr("0 to {0} ms").format(MOST_LAG_MS))
        label = short_lettering(self._theme, name, FontUse.LABEL, "second")
        label.setBuddy(self.value)
        row = QHBoxLayout()
        row.setSpacing(self._theme.px(8))
        row.addWidget(label)
        row.addWidget(self.value)
        row.addStretch(1)
        return row

    def _foot(self) -> QHBoxLayout:
        row = QHBoxLayout()
        row.setSpacing(self._theme.px(8))
        row.addStretch(1)
        row.addWidget(self.cancel_button)
        row.addWidget(self.keep_button)
        return row
