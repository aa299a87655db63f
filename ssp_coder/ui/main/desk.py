"""Carries out the commands of the window: files, steps, looks."""

from __future__ import annotations

from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject
from PySide6.QtWidgets import QFileDialog, QMessageBox

from ssp_coder.domain.finding import DomainError
from ssp_coder.domain.speaking import spoken_in
from ssp_coder.domain.time import SECOND_US
from ssp_coder.media.errors import MediaError
from ssp_coder.ui.background import BackgroundWork
from ssp_coder.ui.instrument_copy.bench import InstrumentBench
from ssp_coder.ui.instruments.opener import InstrumentBrowser
from ssp_coder.ui.main.help import show_about, show_help, show_keys
from ssp_coder.ui.main.media_place import Match
from ssp_coder.ui.main.opening import moved, open_coding_file, place_of_video, same_video
from ssp_coder.ui.main.speech import Speech
from ssp_coder.ui.main.workspace import PAGES
from ssp_coder.ui.session import OpenSession
from ssp_coder.ui.theme.tokens import Scheme

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
        self.speech = Speech(window)
        self.bench = InstrumentBench(window)
        self.browser = InstrumentBrowser(window)

    def commands(self) -> dict[str, Callable[[], None]]:
        """What each command of the table does."""
        window = self._window
        does: dict[str, Callable[[], None]] = {
            "new": self.new_session,
            "open": self.choose_coding,
            "demonstration": self.open_demonstration,
            "import": self._import,
            "copy": self._copy,
            "locate": self._locate,
            "close": self._close,
            "quit": self._quit,
            "help": partial(show_help, window),
            "keys": partial(show_keys, window),
            "about": partial(show_about, window),
        }
        for place, page in enumerate(PAGES, start=1):
            does[f"step_{place}"] = partial(window.show_page, page)
        for scheme in Scheme:
            does[f"scheme_{scheme.value}"] = partial(window.set_scheme, scheme)
        does |= self.speech.commands() | self.bench.commands() | self.browser.commands()
        return does | self._coding_commands() | self._video_commands()

    def open_path(self, path: Path) -> None:
        """Open a coding file into the window."""
        workspace = self._window.workspace
        there = None if workspace is None else workspace.session.file
        if there is not None and there.path == path.resolve():
            return
        try:
            opened = open_coding_file(path, self._who())
        except DomainError as error:
            self._refuse(self.tr("This coding cannot be opened"), str(error))
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
        shown, findings = self.speech.as_shown(document.scheme)
        session = OpenSession(document, file, self._window, shown=shown)
        self._window.show_session(session)
        self._window.settings.note_opened(file.path)
        if not file.is_read_only:
            self._window.settings.who = file.coding.coder
        if notice:
            self._window.say(notice)
        for finding in (*findings, *file.findings):
            self._window.say(finding.sentence())
        self._show_video()

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
        if not dialog.exec():
            return
        wanted = dialog.result_value()
        if wanted is None or not self._window.close_coding():
            return
        try:
            file = create_session(wanted, folders)
        except (DomainError, MediaError, OSError) as error:
            self._refuse(self.tr("The coding was not created"), str(error))
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
        work = BackgroundWork(
            lambda progress, _cancelled: prepare(default_folder(), progress).working, self
        )
        work.progressed.connect(self._window.start.show_progress)
        work.done.connect(self._demonstration_ready)
        work.failed.connect(self._demonstration_failed)
        self._work = work
        work.start()

    def let_go(self, workspace: Workspace) -> bool:
        """Close a coding; when edits cannot be stored, offer a copy elsewhere."""
        self.browser.close()
        try:
            workspace.close_session()
        except DomainError as error:
            return self._offer_copy(workspace, str(error))
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
        self._refuse(self.tr("The demonstration could not be made"), sentence)

    def _show_video(self) -> None:
        workspace = self._window.workspace
        if workspace is None or workspace.session.file is None:
            return
        coding = workspace.session.coding
        if not coding.media:
            workspace.stage.view.show_words(self.tr("No video is attached to this coding."))
            return
        found = place_of_video(coding, workspace.session.file.path, self._window.settings)
        name = coding.media[0].name
        if found.match is Match.SAME and found.path is not None:
            workspace.player.open(found.path)
        elif found.match is Match.DIFFERENT:
            words = self.tr(
                "A file named {0} is there, but it is not the video that was coded. "
                "Choose File, Find the video."
            )
            workspace.stage.view.show_words(words.format(name))
        else:
            words = self.tr("{0} is not where it was. Choose File, Find the video.")
            workspace.stage.view.show_words(words.format(name))

    def _locate(self) -> None:
        workspace = self._window.workspace
        if workspace is None or workspace.session.file is None:
            return
        name, _ = QFileDialog.getOpenFileName(self._window, self.tr("Find the video"))
        if not name or not workspace.session.coding.media:
            return
        path = Path(name)
        media = workspace.session.coding.media[0]
        if not same_video(media, path) and not self._confirm_other(media.name, path.name):
            return
        self._window.settings.note_video(media.fingerprint, path)
        edit = moved(workspace.session.coding, workspace.session.file.path, path)
        if edit is not None and same_video(media, path):
            workspace.session.submit(edit)
        workspace.player.open(path)

    def _confirm_other(self, coded: str, chosen: str) -> bool:
        words = self.tr(
            "{1} is not the file that was coded ({0}): size or content differ. "
            "Times may not fit. Use it for this sitting all the same?"
        )
        answer = QMessageBox.question(
            self._window, self.tr("Another video"), words.format(coded, chosen)
        )
        return answer == QMessageBox.StandardButton.Yes

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
            self._refuse(self.tr("The copy was not written"), str(error))
            return False
        self._window.say(self.tr("Copy written: {0}").format(Path(name).name))
        return True

    def _still(self) -> None:
        workspace = self._window.workspace
        if workspace is None or workspace.player.video is None or workspace.player.moment is None:
            return
        from ssp_coder.media.stills import write_still

        name, _ = QFileDialog.getSaveFileName(
            self._window, self.tr("Save this frame"), "", self.tr("Pictures (*.png)")
        )
        if not name:
            return
        moment = workspace.player.moment
        try:
            still = write_still(
                workspace.player.video.path, moment.pts_us, Path(name), overwrite=True
            )
        except (MediaError, OSError) as error:
            self._refuse(self.tr("The picture was not written"), str(error))
            return
        self._window.say(self.tr("Frame {0} written").format(still.ordinal))

    def _selftest(self) -> None:
        workspace = self._window.workspace
        if workspace is None or workspace.player.video is None:
            return
        from ssp_coder.ui.dialogs.selftest import SelfTestDialog

        workspace.player.pause()
        video = workspace.player.video
        dialog = SelfTestDialog(self._window.theme, video.path, video.index, self._window)
        dialog.exec()
        dialog.deleteLater()

    def _close(self) -> None:
        self._window.close_coding()

    def _quit(self) -> None:
        self._window.close()

    def _coding_commands(self) -> dict[str, Callable[[], None]]:
        return {
            "undo": self._with(lambda w: w.session.undo()),
            "redo": self._with(lambda w: w.session.redo()),
            "delete": self._with(lambda w: w.work.delete_selected()),
            "act": self._with(lambda w: w.act()),
            "zoom_session": self._with(lambda w: w.work.timeline.show_session()),
            "zoom_episode": self._with(lambda w: w.work.timeline.show_episode()),
        }

    def _video_commands(self) -> dict[str, Callable[[], None]]:
        second = SECOND_US
        return {
            "toggle": self._with(lambda w: w.player.toggle()),
            "replay": self._with(lambda w: w.replay()),
            "back_frame": self._with(lambda w: w.player.step(-1)),
            "forward_frame": self._with(lambda w: w.player.step(1)),
            "back_second": self._with(lambda w: w.player.jump(-second)),
            "forward_second": self._with(lambda w: w.player.jump(second)),
            "back_ten": self._with(lambda w: w.player.jump(-10 * second)),
            "forward_ten": self._with(lambda w: w.player.jump(10 * second)),
            "to_start": self._with(lambda w: w.player.seek(0)),
            "to_end": self._with(lambda w: w.player.seek(w.player.end_us)),
            "event_before": self._with(lambda w: w.go_to_event(-1)),
            "event_after": self._with(lambda w: w.go_to_event(1)),
            "slower": self._with(lambda w: w.player.change_rate(-1)),
            "faster": self._with(lambda w: w.player.change_rate(1)),
            "normal_rate": self._with(lambda w: w.player.set_rate(1.0)),
            "mute": self._with(lambda w: w.player.speaker.toggle_mute()),
            "louder": self._with(lambda w: w.player.speaker.change_volume(1)),
            "softer": self._with(lambda w: w.player.speaker.change_volume(-1)),
            "still": self._still,
            "selftest": self._selftest,
        }

    def _with(self, do: Callable[[Workspace], object]) -> Callable[[], None]:
        def run() -> None:
            if self._window.workspace is not None:
                do(self._window.workspace)

        return run

    def _who(self) -> str:
        return self._window.settings.who or "coder"

    def _refuse(self, title: str, sentence: str) -> None:
        QMessageBox.warning(self._window, title, sentence)
