"""Short exercises: the list of kinds, a sitting beside its clip, and what it came to."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QSplitter, QStackedWidget, QVBoxLayout, QWidget

from ssp_coder.domain.finding import DomainError
from ssp_coder.domain.speaking import spoken_in
from ssp_coder.training.exercises import onset_answer
from ssp_coder.ui.background import BackgroundWork
from ssp_coder.ui.keys.shortcuts import WindowKey, WindowKeys
from ssp_coder.ui.kit.accessible import describe
from ssp_coder.ui.kit.empty_state import EmptyState
from ssp_coder.ui.language.spoken import SPOKEN, said_error
from ssp_coder.ui.training.drill import NO_EXERCISES, Drill, ExerciseBook, lags_of, now, read_book
from ssp_coder.ui.training.exercise_end import ExerciseEnd
from ssp_coder.ui.training.exercise_list import ExerciseList
from ssp_coder.ui.training.exercise_panel import DIGITS, ExercisePanel
from ssp_coder.ui.training.exercise_stage import ExerciseStage

if TYPE_CHECKING:
    from PySide6.QtGui import QHideEvent, QKeyEvent, QShowEvent

    from ssp_coder.training.exercises import ExerciseKind
    from ssp_coder.ui.theme.theme import Theme
    from ssp_coder.ui.training.desk import TrainingDesk
    from ssp_coder.ui.training.drill import Lags


class ExercisesPage(QWidget):
    """Goes through what is due and writes each answer into the logbook at once.

    Signals:
        due_changed: how many exercises of each kind are due, a dict.
    """

    due_changed = Signal(object)

    def __init__(self, theme: Theme, desk: TrainingDesk, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme, self._desk = theme, desk
        self._reading: BackgroundWork | None = None
        self._kind: ExerciseKind | None = None
        self.book = NO_EXERCISES
        self.drill: Drill | None = None
        self.pages = QStackedWidget(self)
        self.empty = EmptyState(theme, self.tr("No exercises"), "", parent=self)
        self.list = ExerciseList(theme, self)
        self.ask = QSplitter(Qt.Orientation.Horizontal, self)
        self.clip = ExerciseStage(theme, self)
        self.panel = ExercisePanel(theme, self)
        self.end = ExerciseEnd(theme, self)
        self._build()
        self._connect()
        describe(self, self.tr("Short exercises"))
        self.refresh()

    def refresh(self) -> None:
        """Read the exercises and answers anew; a sitting goes on while its training is open."""
        desk = self._desk
        pack, programme = desk.pack, desk.programme
        if pack is None or programme is None:
            self._leave_sitting()
            self._take_book(NO_EXERCISES)
            return
        self._let_reading_go()
        entries = desk.entries

        def work(_told: object, _cancelled: object) -> object:
            return read_book(pack, programme, entries)

        self._reading = BackgroundWork(work, self)
        self._reading.done.connect(self._take_book)
        self._reading.failed.connect(self._fail)
        self._reading.start()

    def show_kind(self, kind: ExerciseKind | None) -> None:
        """Put the keyboard on a kind; a sitting under way is not left."""
        self._kind = kind
        self.list.focus_kind(kind)

    def begin(self, kind: ExerciseKind | None = None) -> None:
        """Begin a sitting of a kind, of all without one."""
        exercises = self.book.sitting(kind, now())
        if not exercises:
            return
        self._kind = kind
        self.drill = Drill(spoken_in(exercises, SPOKEN.language))
        self.pages.setCurrentWidget(self.ask)
        self._ask()

    def stop(self) -> None:
        """End the sitting; what was answered is shown, and stays answered."""
        drill, self.drill = self.drill, None
        self.clip.close()
        if drill is None or not drill.given:
            self._to_list()
            return
        self.end.show_given(drill.given)
        self.pages.setCurrentWidget(self.end)
        self.end.back.setFocus(Qt.FocusReason.OtherFocusReason)

    def shut(self) -> None:
        """Let videos and reading go, as the window closes; twice is harmless."""
        self._let_reading_go()
        self.clip.close()

    def keyPressEvent(self, event: QKeyEvent) -> None:  # noqa: N802, D102 - Qt's name
        asking = self.pages.currentWidget() is self.ask
        if asking and event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            if not event.isAutoRepeat():
                self.panel.confirm()
        elif asking and event.key() == Qt.Key.Key_Escape:
            self.stop()
        else:
            super().keyPressEvent(event)

    def hideEvent(self, event: QHideEvent) -> None:  # noqa: N802, D102 - Qt's name
        super().hideEvent(event)
        if not event.spontaneous():
            self.clip.close()

    def showEvent(self, event: QShowEvent) -> None:  # noqa: N802, D102 - Qt's name
        super().showEvent(event)
        if not event.spontaneous() and self.drill is not None:
            self._show_clip()

    # ------------------------------------------------------------------ within

    def _build(self) -> None:
        px = self._theme.px
        listed = QWidget(self)
        middle = QHBoxLayout(listed)
        middle.setContentsMargins(0, 0, 0, 0)
        middle.addWidget(self.list, 3)
        middle.addStretch(1)
        self._listed = listed
        self.ask.addWidget(self.clip.stage)
        self.ask.addWidget(self.panel)
        self.ask.setSizes([px(820), px(420)])
        self.ask.setStretchFactor(0, 1)
        self.ask.setChildrenCollapsible(False)
        for page in (self.empty, listed, self.ask, self.end):
            self.pages.addWidget(page)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.addWidget(self.pages)

    def _connect(self) -> None:
        self._desk.changed.connect(self.refresh)
        self.list.begin_wanted.connect(self.begin)
        self.end.left.connect(self._to_list)
        self.clip.ready.connect(self._clip_ready)
        self.clip.unready.connect(self.panel.show_trouble)
        panel = self.panel
        panel.answer_wanted.connect(self.answer)
        panel.mark_wanted.connect(self.mark)
        panel.again_wanted.connect(self.clip.again)
        panel.next_wanted.connect(self.go_on)
        panel.stop_wanted.connect(self.stop)
        frames = {"back_frame": self._back, "forward_frame": self._on}
        WindowKeys(
            self.ask,
            (
                *(WindowKey(key=str(n), act=partial(panel.pick, n)) for n in DIGITS),
                WindowKey(command="toggle", act=self._play_or_mark),
                WindowKey(key="R", act=self.clip.again),
                *(WindowKey(command=c, act=a, over=panel.mark_button) for c, a in frames.items()),
                *(WindowKey(command=c, act=a, over=panel.next_button) for c, a in frames.items()),
            ),
        )

    def _back(self) -> None:
        self.clip.step(-1)

    def _on(self) -> None:
        self.clip.step(1)

    def _play_or_mark(self) -> None:
        """Space: the onset is now, where one is asked for and the clip plays; else play or rest."""
        if self.panel.mark_button.isVisible() and self.clip.playing:
            self.mark()
        else:
            self.clip.toggle()

    def mark(self) -> None:
        """Answer that the onset is the frame on the screen."""
        drill, at_us = self.drill, self.clip.frame_us
        exercise = None if drill is None else drill.exercise
        if exercise is None or exercise.onset_us is None:
            return
        if at_us is None or not exercise.clip.holds(at_us):
            self.panel.show_trouble(self.tr("The picture is not inside the clip; press R."))
            return
        self.answer(onset_answer(at_us))

    def answer(self, answer: str) -> None:
        """Answer the exercise that is asked; the logbook has it before it is told."""
        drill, pack = self.drill, self._desk.pack
        if drill is None or pack is None:
            return
        try:
            given = drill.judged(answer)
            if given is None:
                return
            self._desk.append(given.deed(pack.id))
        except DomainError as error:
            self.panel.show_trouble(said_error(error))
            return
        drill.take(given)
        self.panel.show_trouble("")
        self.panel.show_given(given, self._lags())
        onset_us = given.exercise.onset_us
        if onset_us is None:
            self.clip.again()
        else:
            self.clip.show_moment(onset_us)

    def go_on(self) -> None:
        """Ask the next exercise, or end the sitting."""
        if self.drill is None or not self.drill.is_answered:
            return
        self.drill.go_on()
        if self.drill.exercise is None:
            self.stop()
        else:
            self._ask()

    def _ask(self) -> None:
        if self.drill is None:
            return
        self.panel.ask(self.drill, self._lags())
        self.drill.asked()
        self._show_clip()

    def _show_clip(self) -> None:
        drill, pack = self.drill, self._desk.pack
        if drill is None or drill.exercise is None or pack is None:
            return
        self.clip.show_clip(pack, pack.case(drill.exercise.case), drill.exercise.clip)

    def _clip_ready(self) -> None:
        if self.drill is not None and not self.drill.is_answered:
            self.drill.asked()

    def _lags(self) -> Lags:
        pack = self._desk.pack
        return lags_of(self._desk.entries, "" if pack is None else pack.id)

    def _to_list(self) -> None:
        self._show_list()
        self.list.focus_kind(self._kind)

    def _show_list(self) -> None:
        if self.book.planned:
            self.list.show_book(self.book, self._lags())
            self.pages.setCurrentWidget(self._listed)
            return
        title = self.tr("No exercises yet") if self.book.closed else self.tr("No exercises")
        hint = self.tr("This pack has none.")
        if self.book.closed:
            words = self.tr("{0} open when their cases were coded and may be seen.")
            hint = words.format(self.book.closed)
        elif self._desk.pack is None:
            hint = self.tr("Open a training pack first.")
        self.empty.show_texts(title, hint)
        self.pages.setCurrentWidget(self.empty)

    def _leave_sitting(self) -> None:
        """Nothing of a sitting is there for whoever sits down next."""
        self.drill, self._kind = None, None
        self.clip.close()
        self.pages.setCurrentWidget(self._listed)
        self.end.show_given(())

    def _take_book(self, book: object) -> None:
        self._let_reading_go()
        if not isinstance(book, ExerciseBook):
            return
        self.book = book
        moment = now()
        self.due_changed.emit({kind: book.due_now(kind, moment) for kind in book.kinds})
        if self.drill is None and self.pages.currentWidget() is not self.end:
            self._show_list()

    def _fail(self, words: str) -> None:
        self._let_reading_go()
        self.book = NO_EXERCISES
        self.due_changed.emit({})
        self.empty.show_texts(self.tr("The exercises cannot be read"), words)
        if self.drill is None:
            self.pages.setCurrentWidget(self.empty)

    def _let_reading_go(self) -> None:
        if self._reading is not None:
            self._reading.cancel()
            self._reading.deleteLater()
            self._reading = None
