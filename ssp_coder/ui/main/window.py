"""The main window: menu bar, rail of steps, the open coding, status bar."""

from __future__ import annotations

from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import (
    QApplication,
    QHBoxLayout,
    QLabel,
    QMainWindow,
    QMenuBar,
    QStackedWidget,
    QWidget,
)

from ssp_coder import __version__
from ssp_coder.editing.completeness import Step
from ssp_coder.ui.code.key_filter import KeyFilter
from ssp_coder.ui.kit.rail_rows import RailStep, StepState
from ssp_coder.ui.kit.saved import SavedIndicator
from ssp_coder.ui.kit.step_rail import RailGap, StepRail
from ssp_coder.ui.language.spoken import said
from ssp_coder.ui.main.commands import Needs
from ssp_coder.ui.main.desk import Desk
from ssp_coder.ui.main.menus import Actions
from ssp_coder.ui.main.workspace import COMPARE, PAGES, Workspace
from ssp_coder.ui.start.page import StartPage
from ssp_coder.ui.text import step_title
from ssp_coder.ui.theme.fonts import FontUse
from ssp_coder.ui.theme.tokens import Scheme

if TYPE_CHECKING:
    from collections.abc import Callable

    from PySide6.QtGui import QCloseEvent, QKeyEvent, QResizeEvent

    from ssp_coder.ui.main.settings import Settings
    from ssp_coder.ui.session import OpenSession
    from ssp_coder.ui.theme.theme import Theme

NARROW_BELOW_PX = 1400
"""Windows narrower than this show the rail with icons over words."""

SMALL_BELOW_PX = 960
"""Windows narrower than this leave the session's name to their title."""

LOW_BELOW_PX = 480
"""Lower windows leave the status bar out; it comes for what there is to say."""

SHOWN_GAPS = 6


class MainWindow(QMainWindow):
    """Shows the start page, or one open coding."""

    coding_opened = Signal(object)

    def __init__(self, theme: Theme, settings: Settings, cache_folder: Path | None = None) -> None:
        super().__init__()
        self.theme = theme
        self.settings = settings
        self.cache_folder = cache_folder
        self.workspace: Workspace | None = None
        self.desk = Desk(self)
        self.start = StartPage(theme, settings.recent, self)
        self.rail = StepRail(theme, (), self)
        self.saved = SavedIndicator(theme, self)
        self._session_name = QLabel(self)
        self._stack = QStackedWidget(self)
        self._status = [QLabel(self) for _ in range(4)]
        self.menus = QMenuBar(self)
        self.keys = KeyFilter(self, self._codes_by_key)
        self.actions_by_id = Actions(self, self.menus, self._commands())
        self.desk.speech.mark_language()
        self.desk.sound.mark_step_sound()
        self._build()
        self._connect()
        self.show_start()

    def show_session(self, session: OpenSession) -> None:
        """Put an open coding into the window, in place of another."""
        self.close_coding()
        workspace = Workspace(self.theme, session, self.cache_folder, self._stack)
        self.workspace = workspace
        self._stack.addWidget(workspace)
        self._stack.setCurrentWidget(workspace)
        self.rail.show()
        workspace.page_changed.connect(self._show_page)
        workspace.work_changed.connect(self._show_missing)
        workspace.versions_wanted.connect(self.desk.bench.compare_open_coding)
        workspace.player.cameras_changed.connect(self._allow)
        self.desk.keys.take_workspace(workspace)
        self.desk.video.take_workspace(workspace)
        self.desk.sound.take_workspace(workspace)
        workspace.player.trouble.connect(self.say)
        workspace.player.speaker.set_volume(self.settings.volume)
        workspace.player.speaker.volume_changed.connect(self._keep_volume)
        session.refused.connect(self.say)
        session.warned.connect(self.say)
        session.saving_changed.connect(self._show_saving)
        session.changed.connect(self._follow)
        names = tuple(plan.id for plan in session.scheme.procedure.episodes)
        self.actions_by_id.add_episodes(self, names, workspace.go_to_episode)
        self._show_page(workspace.current)
        self._show_missing()
        self._show_saving()
        self._show_names()
        self._allow()
        self.coding_opened.emit(workspace)

    def _keep_volume(self, volume: float) -> None:
        """Remember how loud; that it was switched off for now is not remembered."""
        self.settings.volume = volume

    def show_start(self) -> None:
        """Show the start page."""
        self.start.show_recent(self.settings.recent)
        self._stack.setCurrentWidget(self.start)
        self.rail.hide()
        self.saved.show_nothing()
        self._session_name.setText("")
        self.setWindowTitle(self.tr("ssp_coder"))
        for label in self._status:
            label.setText("")
        self._status[0].setText(self.tr("No file open"))
        self._status[3].setText(self.tr("Version {0}").format(__version__))
        self._allow()

    def close_coding(self) -> bool:
        """Close the open coding after everything is on disk; False when that is not possible."""
        workspace = self.workspace
        if workspace is None:
            return True
        if not self.desk.let_go(workspace):
            return False
        self.workspace = None
        self._stack.removeWidget(workspace)
        workspace.deleteLater()
        if workspace.session.parent() is self:
            workspace.session.deleteLater()  # it holds every event of the coding
        self.show_start()
        return True

    def with_coding(self, do: Callable[[Workspace], object]) -> Callable[[], None]:
        """A command that does something with the open coding, and nothing without one."""

        def run() -> None:
            if self.workspace is not None:
                do(self.workspace)

        return run

    def say(self, sentence: str) -> None:
        """Tell the person something in the status bar, where it stays for a while."""
        self.statusBar().showMessage(sentence, 12_000)

    def show_page(self, page: str) -> None:
        """Bring a page of the open coding to the front."""
        if self.workspace is not None:
            self.workspace.show_page(page)

    def set_scheme(self, scheme: Scheme) -> None:
        """Change the colours and remember it."""
        self.settings.scheme = scheme
        self.theme.set_scheme(scheme)

    def closeEvent(self, event: QCloseEvent) -> None:  # noqa: N802, D102 - Qt's name
        self.settings.geometry = self.saveGeometry()
        if not self.desk.bench.close_all() or not self.desk.consensus.close():
            event.ignore()
            return
        if not self.close_coding():
            event.ignore()
            return
        self.desk.stop_work()
        self.desk.browser.close()
        self.desk.handbook.close()
        self.desk.trainer.close()
        self.desk.training.close()
        self.desk.agreement.close()
        application = QApplication.instance()
        if application is not None:
            application.removeEventFilter(self.keys)
        super().closeEvent(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:  # noqa: N802, D102 - Qt's name
        escaped = event.key() == Qt.Key.Key_Escape
        desk = self.desk
        if not (escaped and (desk.panels.leave_alone() or desk.moving.leave(bar_open=False))):
            super().keyPressEvent(event)

    def resizeEvent(self, event: QResizeEvent) -> None:  # noqa: N802, D102 - Qt's name
        super().resizeEvent(event)
        width, px = self.width(), self.theme.px
        self.rail.set_narrow(width < px(NARROW_BELOW_PX))
        self._session_name.setVisible(width >= px(SMALL_BELOW_PX))
        self.show_status(self.statusBar().currentMessage())

    def show_status(self, message: str) -> None:
        """A low window shows the status bar only while it says something that matters now."""
        high = self.height() >= self.theme.px(LOW_BELOW_PX)
        matters = bool(message or self.desk.coding.in_force)
        self.desk.coding.make_room(message)
        self._make_room(message)
        self.statusBar().setVisible(high or matters)

    def _make_room(self, message: str) -> None:
        """Labels give way to a message: those at the left always, others where it is long.

        Qt hides those at the left by itself, but not in a bar that was out of sight.
        """
        bar = self.statusBar()
        room = bar.width() - sum(label.sizeHint().width() for label in self._status[2:])
        fits = bar.fontMetrics().horizontalAdvance(message) + self.theme.px(40) <= room
        for place, label in enumerate(self._status):
            label.setVisible(not message or (fits and place > 1))
        bar.setToolTip(message)

    def _codes_by_key(self) -> bool:
        return self.workspace is not None and self.workspace.current == Step.CODE

    def _take_key(self, key: str) -> None:
        if self.workspace is not None:
            self.workspace.work.take_key(key)

    def _take_escape(self) -> None:
        if self.workspace is None:
            return
        work = self.workspace.work
        if not work.bar_is_open and self.desk.panels.leave_alone():
            return
        if not self.desk.moving.leave(bar_open=work.bar_is_open):
            work.close_bar()

    def _follow(self, _changed: object) -> None:
        self._show_names()

    def _show_names(self) -> None:
        if self.workspace is None:
            return
        session = self.workspace.session
        coding = session.coding
        self._session_name.setText(coding.session)
        self.setWindowTitle(self.tr("{0} - ssp_coder").format(coding.session))
        role = {"independent": "", "reference": self.tr(", reference")}.get(
            coding.role, self.tr(", consensus")
        )
        self._status[0].setText(self.tr("Coder {0}{1}").format(coding.coder, role))
        scheme = session.scheme
        self._status[1].setText(self.tr("Scheme {0} {1}").format(scheme.title, scheme.version))
        self._status[2].setText(self.tr("{0} events").format(len(coding.events)))
        self._status[3].setText(self.tr("Research use. Not for decisions about a child."))

    def _show_saving(self) -> None:
        if self.workspace is None:
            return
        session = self.workspace.session
        if session.save_error:
            self.saved.show_error(session.save_error, session.unsaved)
        elif session.unsaved:
            self.saved.show_saving()
        elif session.coding.locked:
            self.saved.show_locked()
        elif session.read_only:
            self.saved.show_read_only()
        else:
            self.saved.show_saved(datetime.now().astimezone().strftime("%H:%M:%S"))

    def _show_page(self, page: str) -> None:
        self.rail.set_current(page)
        self._allow()

    def _show_missing(self) -> None:
        if self.workspace is None:
            return
        missing = self.workspace.missing
        open_steps = {work.step for work in missing if work.finding.severity != "note"}
        self.rail.set_steps(self._rail_steps(open_steps))
        self.rail.set_current(self.workspace.current)
        listed = [work for work in missing if work.finding.severity != "note"]
        gaps = [
            RailGap(id=str(place), text=said(work.finding.message))
            for place, work in enumerate(listed[:SHOWN_GAPS])
        ]
        if len(listed) > SHOWN_GAPS:
            more = self.tr("{0} more").format(len(listed) - SHOWN_GAPS)
            gaps.append(RailGap(id="more", text=more))
        self.rail.set_missing(gaps)

    def _rail_steps(self, open_steps: set[Step]) -> list[RailStep]:
        steps = []
        for place, page in enumerate(PAGES):
            if page == COMPARE:
                title, state = self.tr("Compare"), StepState.OPEN
                steps.append(RailStep(id=page, title=title, state=state, icon="compare"))
                continue
            step = Step(page)
            steps.append(
                RailStep(
                    id=page,
                    title=step_title(step),
                    state=self._state_of(step, open_steps),
                    detail=str(place + 1),
                )
            )
        return steps

    def _state_of(self, step: Step, open_steps: set[Step]) -> StepState:
        workspace = self.workspace
        if workspace is None:
            return StepState.OPEN
        coding = workspace.session.coding
        if step is Step.REVIEW:
            return StepState.DONE if coding.locked else StepState.OPEN
        if step is Step.EXPORT:
            return StepState.OPEN
        ended = coding.session_end is not None
        if step not in open_steps and (ended or step is not Step.CODE):
            return StepState.DONE
        begun = {
            Step.PREPARE: bool(coding.episodes),
            Step.CODE: bool(coding.events),
            Step.RATE: bool(coding.ratings),
            Step.DISORGANIZATION: bool(coding.d_indices),
            Step.CLASSIFY: coding.classification is not None,
        }
        return StepState.HALF if begun[step] else StepState.OPEN

    def _choose_missing(self, gap: str) -> None:
        if self.workspace is None:
            return
        if gap == "more":
            self.workspace.show_page(Step.REVIEW)
            return
        listed = [w for w in self.workspace.missing if w.finding.severity != "note"]
        if int(gap) < len(listed):
            self.workspace.show_work(listed[int(gap)])

    def _allow(self, *_what: object) -> None:
        there, workspace = {Needs.NOTHING}, self.workspace
        if workspace is not None:
            there.add(Needs.CODING)
            if workspace.player.video is not None:
                # Nobody moves through a video that cannot be seen: other pages leave it out.
                there |= {Needs.VIDEO, Needs.PICTURE} if workspace.shows_video else {Needs.VIDEO}
        self.actions_by_id.allow(frozenset(there))

    def _commands(self) -> dict[str, Callable[[], None]]:
        return self.desk.commands()

    def _connect(self) -> None:
        self.start.demonstration_requested.connect(self.desk.open_demonstration)
        self.start.guide_requested.connect(self.desk.guide.start)
        self.start.new_requested.connect(self.desk.new_session)
        self.start.open_requested.connect(self.desk.choose_coding)
        self.start.instruments_requested.connect(self.desk.browser.open)
        self.start.training_requested.connect(self.desk.training.open)
        self.start.recent_chosen.connect(self.desk.open_path)
        self.statusBar().messageChanged.connect(self.show_status)
        self.rail.step_chosen.connect(self.show_page)
        self.rail.missing_chosen.connect(self._choose_missing)
        self.keys.key_pressed.connect(self._take_key)
        self.keys.escape_pressed.connect(self._take_escape)
        application = QApplication.instance()
        if application is not None:
            application.installEventFilter(self.keys)

    def _build_top(self) -> QWidget:
        px = self.theme.px
        top = QWidget(self)
        line = QHBoxLayout(top)
        line.setContentsMargins(0, 0, px(12), 0)
        line.setSpacing(px(16))
        self.menus.setStyleSheet("QMenuBar { border-bottom: none; }")
        line.addWidget(self.menus)
        line.addStretch(1)
        self._session_name.setFont(self.theme.font(FontUse.PANEL_TITLE))
        line.addWidget(self._session_name)
        line.addStretch(1)
        line.addWidget(self.saved)
        line.addWidget(self.desk.palette.button(top))
        return top

    def _build(self) -> None:
        px = self.theme.px
        middle = QWidget(self)
        row = QHBoxLayout(middle)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(0)
        row.addWidget(self.rail)
        row.addWidget(self._stack, 1)
        self._stack.addWidget(self.start)
        self.setCentralWidget(middle)
        self.setMenuWidget(self._build_top())
        bar = self.statusBar()
        bar.setSizeGripEnabled(False)
        bar.setContentsMargins(px(10), 0, px(10), 0)
        for label in self._status:
            label.setFont(self.theme.font(FontUse.CAPTION))
            label.setContentsMargins(px(4), 0, px(8), 0)
        for label in self._status[:2]:
            bar.addWidget(label)
        for label in self._status[2:]:
            bar.addPermanentWidget(label)
        self.resize(px(1440), px(900))
        self.setMinimumSize(px(640), px(340))
