"""Carries out the commands of the window: files, steps, looks."""

from __future__ import annotations

from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject
from PySide6.QtWidgets import QFileDialog, QMessageBox

from ssp_coder.domain.finding import DomainError
from ssp_coder.domain.speaking import spoken_in
from ssp_coder.media.errors import Abandoned, MediaError
from ssp_coder.ui.agreement.opener import AgreementDesk
from ssp_coder.ui.background import BackgroundWork
from ssp_coder.ui.cameras.opener import CameraBench
from ssp_coder.ui.clips.opener import ClipBench
from ssp_coder.ui.consensus.opener import ConsensusDesk
from ssp_coder.ui.guide.desk import GuideDesk
from ssp_coder.ui.handbook.opener import HandbookDesk
from ssp_coder.ui.instrument_copy.bench import InstrumentBench
from ssp_coder.ui.instruments.opener import InstrumentBrowser
from ssp_coder.ui.keys.desk import KeyDesk
from ssp_coder.ui.language.spoken import said_error, said_sentence
from ssp_coder.ui.main.arranging_desk import ArrangingDesk
from ssp_coder.ui.main.coding_desk import CodingDesk
from ssp_coder.ui.main.comment_desk import CommentDesk
from ssp_coder.ui.main.event_list import EventListDesk
from ssp_coder.ui.main.help import show_about, show_keys, topics
from ssp_coder.ui.main.judging import JudgingDesk
from ssp_coder.ui.main.moving import Moving
from ssp_coder.ui.main.opening import open_coding_file, without_collecting
from ssp_coder.ui.main.panel_desk import PanelDesk
from ssp_coder.ui.main.sound_desk import SoundDesk
from ssp_coder.ui.main.speech import Speech
from ssp_coder.ui.main.video_desk import VideoDesk
from ssp_coder.ui.main.workspace import PAGES
from ssp_coder.ui.overviews.bench import OverviewBench
from ssp_coder.ui.palette.desk import PaletteDesk
from ssp_coder.ui.session import OpenSession
from ssp_coder.ui.theme.tokens import Scheme
from ssp_coder.ui.trainer.opener import TrainerBench
from ssp_coder.ui.training.opener import TrainingDoor

if TYPE_CHECKING:
    from collections.abc import Callable

    from ssp_coder.storage.coding_file import CodingFile
    from ssp_coder.ui.main.window import MainWindow
    from ssp_coder.ui.main.workspace import Workspace

CODING_FILES = "Codings (*.sspc)"


class Desk(QObject):
    """Asks for files, opens and closes codings, and says in words what did not work."""

    def __init__(self, window: MainWindow) -> None:
        super().__init__(window)
        self._window = window
        self._work: BackgroundWork | None = None
        self.keys = KeyDesk(window)
        self.palette = PaletteDesk(window)
        self.judging = JudgingDesk(window)
        self.comments = CommentDesk(window)
        self.speech = Speech(window)
        self.bench = InstrumentBench(window)
        self.browser = InstrumentBrowser(window)
        self.handbook = HandbookDesk(window, topics)
        self.guide = GuideDesk(window)
        self.video = VideoDesk(window)
        self.sound = SoundDesk(window)
        self.clips = ClipBench(window)
        self.cameras = CameraBench(window)
        self.moving = Moving(window)
        self.arranging = ArrangingDesk(window)
        self.coding = CodingDesk(window)
        self.panels = PanelDesk(window)
        self.event_list = EventListDesk(window)
        self.overviews = OverviewBench(window)
        self.training = TrainingDoor(window)
        self.trainer = TrainerBench(window)
        self.agreement = AgreementDesk(window)
        self.consensus = ConsensusDesk(window)

    def commands(self) -> dict[str, Callable[[], None]]:
        """What each command of the table does."""
        window = self._window
        does: dict[str, Callable[[], None]] = {
            "new": self.new_session,
            "open": self.choose_coding,
            "demonstration": self.open_demonstration,
            "import": self._import,
            "copy": self._copy,
            "close": self._close,
            "quit": self._quit,
            "keys": partial(show_keys, window),
            "about": partial(show_about, window),
            "statistics": self._check_statistics,
        }
        for place, page in enumerate(PAGES, start=1):
            does[f"step_{place}"] = partial(window.show_page, page)
        for scheme in Scheme:
            does[f"scheme_{scheme.value}"] = partial(window.set_scheme, scheme)
        does |= self.keys.commands() | self.palette.commands() | self.judging.commands()
        does |= self.comments.commands()
        does |= self.coding.commands() | self.event_list.commands()
        does |= self.panels.commands()
        does |= self.overviews.commands() | self.cameras.commands() | self.arranging.commands()
        does |= self.speech.commands() | self.bench.commands() | self.browser.commands()
        does |= self.handbook.commands() | self.guide.commands() | self.training.commands()
        does |= self.video.commands() | self.sound.commands() | self.clips.commands()
        does |= self.agreement.commands() | self.consensus.commands() | self.trainer.commands()
        return does | self._coding_commands() | self._video_commands() | self.moving.commands()

    def _check_statistics(self) -> None:
        from ssp_coder.ui.dialogs.statistics_check import show_statistics_check

        show_statistics_check(self._window.theme, self._window)

    def open_path(self, path: Path) -> None:
        """Open a coding file into the window."""
        workspace = self._window.workspace
        there = None if workspace is None else workspace.session.file
        if there is not None and there.path == path.resolve():
            return
        try:
            with without_collecting():
                opened = open_coding_file(path, self._who())
        except DomainError as error:
            self._refuse(self.tr("This coding cannot be opened"), said_error(error))
            return
        self.show_file(opened.file, opened.notice)

    def show_file(self, file: CodingFile, notice: str = "") -> None:
        """Put an open coding file into the window and look for its video.

        While the coding in the window cannot be closed, the new one is let go again.
        """
        if not self._window.close_coding():
            file.close()
            return
        document = file.document()
        with without_collecting(), self._window.keys.resting():
            shown, findings = self.speech.as_shown(document.scheme)
            session = OpenSession(document, file, self._window, shown=shown)
            self._window.show_session(session)
        self._window.settings.note_opened(file.path)
        if not file.is_read_only:
            self._window.settings.who = file.coding.coder
        if notice:
            self._window.say(notice)
        for finding in (*findings, *file.findings):
            self._window.say(said_sentence(finding))
        self.video.show_videos()

    def choose_coding(self) -> None:
        """Ask for a coding file and open it."""
        name, _ = QFileDialog.getOpenFileName(
            self._window, self.tr("Open a coding"), "", self.tr(CODING_FILES)
        )
        if name:
            self.open_path(Path(name))

    def new_session(self) -> None:
        """Ask for videos and ids and make a new coding file."""
        from ssp_coder.catalog import available_schemes
        from ssp_coder.ui.dialogs.new_session import NewSessionDialog, create_session

        settings = self._window.settings
        folders = settings.instrument_folders
        schemes = spoken_in(available_schemes(folders), settings.instrument_language)
        dialog = NewSessionDialog(self._window.theme, schemes, self._window)
        dialog.set_coder(settings.who)
        wanted = dialog.result_value() if dialog.exec() else None
        dialog.deleteLater()
        if wanted is None or not self._window.close_coding():
            return
        try:
            file = create_session(wanted, folders)
        except (DomainError, MediaError, OSError) as error:
            self._refuse(self.tr("The coding was not created"), said_error(error))
            return
        for media, path in zip(file.coding.media, wanted.videos, strict=False):
            self._window.settings.note_video(media.fingerprint, path)
        self.show_file(file)

    def open_demonstration(self) -> None:
        """Make the demonstration session where it is not there yet, and open it."""
        if self._work is not None:
            return
        from ssp_coder.demonstration.session import default_folder, prepare

        self._window.start.show_progress(0.0)

        def make(progress: Callable[[float], None], cancelled: Callable[[], bool]) -> Path:
            def told(share: float) -> None:
                if cancelled():
                    raise Abandoned
                progress(share)

            return prepare(default_folder(), told).working

        work = BackgroundWork(make, self)
        work.progressed.connect(self._window.start.show_progress)
        work.done.connect(self._demonstration_ready)
        work.failed.connect(self._demonstration_failed)
        self._work = work
        work.start()

    def let_go(self, workspace: Workspace) -> bool:
        """Close a coding; when edits cannot be stored, offer a copy elsewhere."""
        if not workspace.settle_unrecorded():
            return False
        self.browser.close()
        try:
            workspace.close_session()
        except DomainError as error:
            return self._offer_copy(workspace, said_error(error))
        return True

    def stop_work(self) -> None:
        """Stop what runs in the background."""
        if self._work is not None:
            self._work.cancel()
            self._work = None

    def _offer_copy(self, workspace: Workspace, sentence: str) -> bool:
        box = QMessageBox(self._window)
        box.setWindowTitle(self.tr("Not everything is saved"))
        box.setText(sentence)
        save = box.addButton(self.tr("Save a copy elsewhere…"), QMessageBox.ButtonRole.AcceptRole)
        box.addButton(self.tr("Go on coding"), QMessageBox.ButtonRole.RejectRole)
        box.exec()
        if box.clickedButton() is save and self._copy_to(workspace):
            if workspace.session.file is not None:
                workspace.session.file.abandon()
            workspace.close_session()
            return True
        return False

    def _demonstration_ready(self, path: object) -> None:
        self._work = None
        self._window.start.show_progress(None)
        if isinstance(path, Path):
            self.open_path(path)

    def _demonstration_failed(self, sentence: str) -> None:
        self._work = None
        self._window.start.show_progress(None)
        self.guide.forget()
        self._refuse(self.tr("The demonstration could not be made"), sentence)

    def _import(self) -> None:
        workspace = self._window.workspace
        if workspace is None:
            return
        from ssp_coder.ui.dialogs.import_events import ImportEventsDialog

        name, _ = QFileDialog.getOpenFileName(
            self._window, self.tr("Import events"), "", self.tr("Timelines (*.csv)")
        )
        if name:
            dialog = ImportEventsDialog(
                self._window.theme, workspace.session, Path(name), self._window
            )
            dialog.exec()
            dialog.deleteLater()

    def _copy(self) -> None:
        if self._window.workspace is not None:
            self._copy_to(self._window.workspace)

    def _copy_to(self, workspace: Workspace) -> bool:
        file = workspace.session.file
        if file is None:
            return False
        name, _ = QFileDialog.getSaveFileName(
            self._window, self.tr("Save a copy"), file.path.name, self.tr(CODING_FILES)
        )
        if not name:
            return False
        try:
            file.save_elsewhere(Path(name))
        except DomainError as error:
            self._refuse(self.tr("The copy was not written"), said_error(error))
            return False
        self._window.say(self.tr("Copy written: {0}").format(Path(name).name))
        return True

    def _close(self) -> None:
        self._window.close_coding()

    def _quit(self) -> None:
        self._window.close()

    def _coding_commands(self) -> dict[str, Callable[[], None]]:
        return {
            "undo": self._window.with_coding(lambda w: w.session.undo()),
            "redo": self._window.with_coding(lambda w: w.session.redo()),
            "delete": self._window.with_coding(lambda w: w.work.delete_selected()),
            "act": self._window.with_coding(lambda w: w.act()),
            "zoom_session": self._window.with_coding(lambda w: w.work.timeline.show_session()),
            "zoom_episode": self._window.with_coding(lambda w: w.work.timeline.show_episode()),
        }

    def _video_commands(self) -> dict[str, Callable[[], None]]:
        return {
            "mute": self._window.with_coding(lambda w: w.player.speaker.toggle_mute()),
            "louder": self._window.with_coding(lambda w: w.player.speaker.change_volume(1)),
            "softer": self._window.with_coding(lambda w: w.player.speaker.change_volume(-1)),
        }

    def _who(self) -> str:
        return self._window.settings.who or "coder"

    def _refuse(self, title: str, sentence: str) -> None:
        QMessageBox.warning(self._window, title, sentence)
