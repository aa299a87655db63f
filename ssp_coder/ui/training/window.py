"""The training window: stages and cases, lessons, exercises, progress, certificate."""

from __future__ import annotations

from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtWidgets import (
    QFileDialog,
    QHBoxLayout,
    QLabel,
    QMessageBox,
    QStackedWidget,
    QVBoxLayout,
    QWidget,
)

from ssp_coder.domain.finding import DomainError
from ssp_coder.training.packs import Stage
from ssp_coder.training.programme import Bar
from ssp_coder.ui.keys.shortcuts import WindowKey, WindowKeys
from ssp_coder.ui.kit.accessible import describe
from ssp_coder.ui.kit.button import ButtonKind, PushButton
from ssp_coder.ui.kit.step_rail import StepRail
from ssp_coder.ui.language.spoken import said_error
from ssp_coder.ui.rate.lettering import IconLine, short_lettering
from ssp_coder.ui.theme.fonts import FontUse
from ssp_coder.ui.training.case_panel import CaseAct
from ssp_coder.ui.training.cases_page import CasesPage, next_case
from ssp_coder.ui.training.feedback_page import FeedbackPage
from ssp_coder.ui.training.item_detail import JUDGEMENT_KEYS
from ssp_coder.ui.training.learn_page import LearnPage
from ssp_coder.ui.training.rail import EXERCISES, PROGRESS, ROWS, rail_rows
from ssp_coder.ui.training.setup_page import SetUpPage
from ssp_coder.ui.training.words import sealing_words

if TYPE_CHECKING:
    from collections.abc import Callable

    from PySide6.QtGui import QCloseEvent, QKeyEvent, QResizeEvent

    from ssp_coder.training.packs import Case
    from ssp_coder.ui.theme.theme import Theme
    from ssp_coder.ui.training.desk import TrainingDesk
    from ssp_coder.ui.training.lesson import Lesson

SIZE_PX = (1440, 900)
SMALLEST_PX = (900, 600)
NARROW_BELOW_PX = 1500


@dataclass(frozen=True, slots=True, kw_only=True)
class Host:
    """What the training needs of the main window.

    Attributes:
        let_go: closes a coding if it is open there; False when that is not possible.
        remember: keeps logbook and pack for the next start.
        who: pseudonym used last, may be empty.
        cache_folder: where what was worked out of videos is kept.
    """

    let_go: Callable[[Path], bool]
    remember: Callable[[Path, Path], None]
    who: str = ""
    cache_folder: Path | None = None


class TrainingWindow(QWidget):
    """A trainee's place of work; codings are coded in the main window.

    Signals:
        chapter_wanted: id of a chapter of the handbook, empty for its first page.
        closed: the window was closed.
    """

    chapter_wanted = Signal(str)
    closed = Signal()

    def __init__(
        self, theme: Theme, desk: TrainingDesk, host: Host, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent, Qt.WindowType.Window)
        self._theme, self._desk, self._host = theme, desk, host
        self._due: dict[object, int] = {}
        self._others: dict[str, QWidget] = {}
        self.rail = StepRail(theme, (), self)
        self.setup = SetUpPage(theme, self)
        self.cases = CasesPage(theme, desk, self)
        self.learn = LearnPage(theme, desk, host.cache_folder, self)
        self.feedback = FeedbackPage(theme, desk, host.cache_folder, self)
        self._stack = QStackedWidget(self)
        self._notice = IconLine(theme, "warning", FontUse.BODY, "warn", self)
        self.take_up = PushButton(theme, self.tr("Take up this version"), ButtonKind.PLAIN, self)
        self.dismiss = PushButton(theme, self.tr("Understood"), ButtonKind.QUIET, self)
        self.another = PushButton(theme, self.tr("Another training…"), ButtonKind.QUIET, self)
        self.sealing = PushButton(theme, self.tr("What sealing does"), ButtonKind.QUIET, self)
        self.book = PushButton(theme, self.tr("Handbook"), ButtonKind.QUIET, self)
        self._status = [short_lettering(theme, "", FontUse.CAPTION, "second") for _ in range(3)]
        self._build()
        self._connect()
        self._set_keys()
        self.setup.show_who(host.who)
        self._show(self.setup)

    def start(self, logbook: Path, pack: Path) -> None:
        """Go on with a training that was begun before; else ask anew, and say why."""
        try:
            self._desk.open_pack(pack)
            self._desk.open_logbook(logbook)
        except (DomainError, OSError) as error:
            self._desk.close()
            self.setup.show_trouble(said_error(error))
            self._show(self.setup)
            return
        self._begin()

    def show_row(self, row: str) -> None:
        """Bring a row of the rail to the front."""
        if self._desk.programme is None:
            return
        self._forget_lesson()
        if row in list(Stage):
            self.cases.show_stage(Stage(row))
            self._show(self.cases)
            self.cases.focus_next()
        else:
            self._show(self._other(row))
        self.rail.set_current(row)

    def go_on(self) -> None:
        """Do what is next for the case in front of the list."""
        programme = self._desk.programme
        if programme is None or self._stack.currentWidget() is not self.cases:
            return
        coming = next_case(programme, self.cases.stage)
        panel = None if coming is None else self.cases.panels[coming.case.id]
        if panel is not None and panel.buttons:
            list(panel.buttons.values())[-1].click()

    def do(self, act: CaseAct, case: Case) -> None:
        """Do something with a case."""
        self._say("")
        if act is CaseAct.CODE:
            self._code(case)
        elif act is CaseAct.SUBMIT:
            self._look_over(case)
        else:
            self._desk.open_lesson(case)

    def sizeHint(self) -> QSize:  # noqa: N802, D102 - Qt's name
        return QSize(*(self._theme.px(length) for length in SIZE_PX))

    def closeEvent(self, event: QCloseEvent) -> None:  # noqa: N802, D102 - Qt's name
        self.setup.close_work()
        self._forget_lesson()
        for page in self._others.values():
            shut = getattr(page, "shut", None)
            if shut is not None:
                shut()
        self._desk.close()
        super().closeEvent(event)
        self.closed.emit()

    def keyPressEvent(self, event: QKeyEvent) -> None:  # noqa: N802, D102 - Qt's name
        in_lesson = self._stack.currentWidget() in (self.learn, self.feedback)
        if event.key() == Qt.Key.Key_Escape and in_lesson:
            self._back_to_cases()
            return
        super().keyPressEvent(event)

    def resizeEvent(self, event: QResizeEvent) -> None:  # noqa: N802, D102 - Qt's name
        super().resizeEvent(event)
        self.rail.set_narrow(self.width() < self._theme.px(NARROW_BELOW_PX))

    # ------------------------------------------------------------------ acts

    def _choose(self, who: str, logbook: object, pack: object) -> None:
        if not isinstance(logbook, Path) or not isinstance(pack, Path):
            return
        try:
            self._desk.open_pack(pack)
            if logbook.exists():
                self._desk.open_logbook(logbook)
            else:
                self._desk.create_logbook(logbook, who)
            if self._entry_bar() is Bar.NOT_ENROLLED:
                self._desk.enrol()
        except (DomainError, OSError) as error:
            self._desk.close()
            self.setup.show_trouble(said_error(error))
            return
        self._host.remember(logbook, pack)
        self._begin()

    def _begin(self) -> None:
        programme = self._desk.programme
        if programme is None:
            return
        self._other(EXERCISES)
        self.rail.show()
        self.show_row(programme.stage.value)

    def _entry_bar(self) -> Bar | None:
        """Why nothing of the pack may be begun by this logbook, None when it may."""
        programme = self._desk.programme
        if programme is None or programme.enrolled or not programme.standings:
            return None
        return programme.standings[0].begin

    def _enrol(self) -> None:
        try:
            self._desk.enrol()
        except DomainError as error:
            self._say(said_error(error))

    def _code(self, case: Case) -> None:
        try:
            self._desk.begin(case)
        except DomainError as error:
            self._say(said_error(error))

    def _look_over(self, case: Case) -> None:
        programme = self._desk.programme
        path = None if programme is None else self._desk.file_of(programme.standing(case.id))
        if path is None or not self._host.let_go(path):
            return
        self._desk.look_over(case)

    def _submitted(self, case: str) -> None:
        self._say("")
        self.cases.focus_next()
        pack = self._desk.pack
        title = "" if pack is None else pack.case(case).title
        describe(self.cases, self.tr("{0} was submitted").format(title))

    def _show_lesson(self, lesson: Lesson) -> None:
        page = self.learn if lesson.feedback is None else self.feedback
        page.show_lesson(lesson)
        self._show(page)
        first = self.learn.list if page is self.learn else self.feedback.review.choice.list
        first.setFocus(Qt.FocusReason.OtherFocusReason)

    def _back_to_cases(self) -> None:
        lesson = self.learn.lesson or self.feedback.lesson
        stage = self.cases.stage if lesson is None else lesson.case.stage
        self.show_row(stage.value)

    def _forget_lesson(self) -> None:
        for page in (self.learn, self.feedback):
            if page.lesson is not None:
                page.forget()

    def _take_in_release(self) -> None:
        name, _ = QFileDialog.getOpenFileName(self, self.tr("Take in a release"))
        if not name:
            return
        try:
            self._desk.take_in(Path(name))
        except DomainError as error:
            self._say(said_error(error))

    def _give_word(self, word: str) -> None:
        self._say("")
        self._desk.give_word(word)

    def _export_disputes(self) -> None:
        kinds = self.tr("Tables (*.csv)")
        name, _ = QFileDialog.getSaveFileName(
            self, self.tr("Export disputes"), "disputes.csv", kinds
        )
        if name:
            self._desk.write_disputes(Path(name))

    def _tell_written(self, path: object) -> None:
        if isinstance(path, Path):
            self._status[2].setText(self.tr("Disputes written: {0}").format(path.name))

    def _choose_another(self) -> None:
        self._forget_lesson()
        self._desk.close()
        self._say("")
        self.rail.hide()
        self._show(self.setup)

    def _show_sealing(self) -> None:
        box = QMessageBox(self)
        box.setWindowTitle(self.tr("What sealing can and cannot prevent"))
        box.setText("\n\n".join(sealing_words()))
        box.exec()
        box.deleteLater()

    def _want_book(self) -> None:
        self.chapter_wanted.emit("")

    # ------------------------------------------------------------------ showing

    def _say(self, sentence: str) -> None:
        self._notice.show_text(sentence)
        other = self._entry_bar() is Bar.OTHER_PACK
        self.take_up.setVisible(other)
        self.dismiss.setVisible(bool(sentence) and not other)
        self._notice_box.setVisible(bool(sentence) or other)

    def _refresh(self) -> None:
        programme, pack, logbook = self._desk.programme, self._desk.pack, self._desk.logbook
        if programme is None or pack is None or logbook is None:
            return
        current = self.rail.current()
        self.rail.set_steps(rail_rows(programme, self._due))
        self.rail.set_current(current)
        self.cases.refresh()
        self._status[0].setText(self.tr("Trainee {0}").format(logbook.who))
        self._status[1].setText(self.tr("Pack {0}, version {1}").format(pack.title, pack.version))
        if self._entry_bar() is Bar.OTHER_PACK:
            self._say(self.tr("This pack is another version than the one you took up."))
        elif self.take_up.isVisibleTo(self):
            self._say("")

    def _show_due(self, due: object) -> None:
        if isinstance(due, dict):
            self._due = due
            self._refresh()

    def _show(self, page: QWidget) -> None:
        if self._stack.indexOf(page) < 0:
            self._stack.addWidget(page)
        self._stack.setCurrentWidget(page)
        self.another.setVisible(page is not self.setup)

    def _other(self, row: str) -> QWidget:
        """A page of its own, made when it is first asked for."""
        if row not in self._others:
            page = self._make(row)
            gap = self._theme.px(10)
            page.setContentsMargins(gap, gap, gap, gap)
            self._others[row] = page
        return self._others[row]

    def _make(self, row: str) -> QWidget:
        if row == EXERCISES:
            from ssp_coder.ui.training.exercises_page import ExercisesPage

            page = ExercisesPage(self._theme, self._desk, self)
            page.due_changed.connect(self._show_due)
            self._stack.addWidget(page)
            return page
        if row == PROGRESS:
            from ssp_coder.ui.training.progress_page import ProgressPage

            return ProgressPage(self._theme, self._desk, self)
        from ssp_coder.ui.training.certificate_page import CertificatePage

        return CertificatePage(self._theme, self._desk, self)

    # ------------------------------------------------------------------ building

    def _connect(self) -> None:
        desk = self._desk
        desk.changed.connect(self._refresh)
        desk.figures_changed.connect(self.feedback.refresh)
        desk.looked_over.connect(self.cases.ask)
        desk.submitted.connect(self._submitted)
        desk.lesson_ready.connect(self._show_lesson)
        desk.disputes_written.connect(self._tell_written)
        desk.trouble.connect(self._say)
        self.rail.step_chosen.connect(self.show_row)
        self.setup.chosen.connect(self._choose)
        self.cases.act_wanted.connect(self.do)
        self.cases.submit_wanted.connect(desk.submit)
        self.cases.release_wanted.connect(self._take_in_release)
        self.cases.word_given.connect(self._give_word)
        self.cases.disputes_wanted.connect(self._export_disputes)
        self.learn.left.connect(self._back_to_cases)
        self.feedback.left.connect(self._back_to_cases)
        self.feedback.chapter_wanted.connect(self.chapter_wanted)
        self.take_up.clicked.connect(self._enrol)
        self.dismiss.clicked.connect(partial(self._say, ""))
        self.another.clicked.connect(self._choose_another)
        self.sealing.clicked.connect(self._show_sealing)
        self.book.clicked.connect(self._want_book)

    def _set_keys(self) -> None:
        rows = (
            WindowKey(command=f"step_{place}", act=partial(self.show_row, row))
            for place, row in enumerate(ROWS, start=1)
        )
        judging = (
            WindowKey(key=JUDGEMENT_KEYS[judgement], act=act)
            for judgement, act in self.feedback.acts.items()
        )
        others = (
            WindowKey(command="act", act=self.go_on),
            WindowKey(command="help", act=self._want_book),
        )
        WindowKeys(self, (*rows, *judging, *others))

    def _build(self) -> None:
        px = self._theme.px
        self.setWindowTitle(self.tr("Training"))
        describe(self.rail, self.tr("Stages of the training"))
        for button, icon in ((self.another, "folder"), (self.sealing, "lock"), (self.book, "book")):
            button.set_icon_name(icon)
        self.rail.hide()
        self._notice_box = QWidget(self)
        notice = QHBoxLayout(self._notice_box)
        notice.setContentsMargins(px(16), px(8), px(16), 0)
        notice.addWidget(self._notice, 1)
        notice.addWidget(self.take_up)
        notice.addWidget(self.dismiss)
        self._notice_box.hide()
        for page in (self.setup, self.cases, self.learn, self.feedback):
            self._stack.addWidget(page)
        right = QVBoxLayout()
        right.setSpacing(0)
        right.addWidget(self._notice_box)
        right.addWidget(self._stack, 1)
        row = QHBoxLayout()
        row.setSpacing(0)
        row.addWidget(self.rail)
        row.addLayout(right, 1)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addLayout(row, 1)
        column.addLayout(self._status_line())
        self.setMinimumSize(*(px(length) for length in SMALLEST_PX))
        self.resize(self.sizeHint())

    def _status_line(self) -> QHBoxLayout:
        px = self._theme.px
        line = QHBoxLayout()
        line.setContentsMargins(px(14), px(2), px(14), px(4))
        line.setSpacing(px(20))
        for label in self._status:
            line.addWidget(label)
        line.addStretch(1)
        for button in (self.another, self.sealing, self.book):
            line.addWidget(button)
        counts: QLabel = short_lettering(
            self._theme, self.tr("First attempts only count"), FontUse.CAPTION, "second"
        )
        line.addWidget(counts)
        return line
