"""Carries out what is done with the videos of a coding: find, show, arrange, check."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject
from PySide6.QtWidgets import QFileDialog, QMessageBox

from ssp_coder.media.whereabouts import Match, find_media, is_same
from ssp_coder.ui.main.opening import moved
from ssp_coder.ui.player.lens import STEP, Lens
from ssp_coder.ui.player.open_video import CameraSource

if TYPE_CHECKING:
    from collections.abc import Callable

    from ssp_coder.domain.coding import Media
    from ssp_coder.ui.main.window import MainWindow
    from ssp_coder.ui.main.workspace import Workspace
    from ssp_coder.ui.player.arrangement import Arrangement


class VideoDesk(QObject):
    """Finds the videos of the open coding and does what the video menu offers with them."""

    def __init__(self, window: MainWindow) -> None:
        super().__init__(window)
        self._window = window
        self._shown: tuple[Media, ...] = ()
        self._instead: dict[str, Path] = {}

    def commands(self) -> dict[str, Callable[[], None]]:
        """What each command of the table does."""
        with_coding = self._window.with_coding
        return {
            "locate": self._locate,
            "selftest": self._selftest,
            "next_camera": with_coding(_make_next_active),
            "arrange": with_coding(lambda w: w.stage.pictures.arrange(_arrangement_after(w))),
            "nearer": with_coding(lambda w: w.stage.view.go_nearer(STEP)),
            "farther": with_coding(lambda w: w.stage.view.go_nearer(1 / STEP)),
            "whole_picture": with_coding(lambda w: w.stage.view.set_lens(Lens())),
        }

    def take_workspace(self, workspace: Workspace) -> None:
        """Follow a coding that was put into the window."""
        self._shown, self._instead = (), {}
        pictures = workspace.stage.pictures
        pictures.arrange(self._window.settings.arrangement)
        pictures.arrangement_changed.connect(self._keep_arrangement)
        workspace.session.changed.connect(self._follow)

    def show_videos(self, at_us: int = 0) -> None:
        """Look for the videos of the open coding and show what is there, at a session time."""
        workspace = self._window.workspace
        if workspace is None or workspace.session.file is None:
            return
        media = workspace.session.coding.media
        self._shown = media
        workspace.stage.show_cameras(media)
        beside = workspace.session.file.path
        sources = tuple(self._source(one, beside) for one in media)
        workspace.player.open_cameras(sources, at_us)
        if not media:
            workspace.stage.view.show_words(
                self.tr("No video is attached to this coding. Video, Cameras adds one.")
            )

    def show_again(self) -> None:
        """Open the recordings anew; the coder stays where they are."""
        workspace = self._window.workspace
        if workspace is not None:
            workspace.stage.moves.leave_motion()
            self.show_videos(workspace.player.place_us)

    def _source(self, media: Media, coding_file: Path) -> CameraSource:
        instead = self._instead.get(media.fingerprint)
        if instead is not None:
            return CameraSource(path=instead, offset_us=media.offset_us)
        found = find_media(media, coding_file, self._window.settings.video_of)
        if found.match is Match.SAME:
            return CameraSource(path=found.path, offset_us=media.offset_us)
        if found.match is Match.DIFFERENT:
            words = self.tr(
                "A file named {0} is there, but it is not the video that was coded. "
                "Choose File, Find the video."
            )
        else:
            words = self.tr("{0} is not where it was. Choose File, Find the video.")
        return CameraSource(path=None, words=words.format(media.name))

    def _follow(self) -> None:
        """Show cameras that were added, removed or placed elsewhere by an edit or its undoing."""
        workspace = self._window.workspace
        if workspace is None or workspace.session.coding.media == self._shown:
            return
        before, media = self._shown, workspace.session.coding.media
        if _same_recordings(before, media):
            self._shown = media
            for camera, one in zip(workspace.player.cameras, media, strict=False):
                workspace.player.set_offset(camera.place, one.offset_us)
            return
        self.show_again()

    def _locate(self) -> None:
        workspace = self._window.workspace
        if workspace is None or workspace.session.file is None:
            return
        if not workspace.session.coding.media:
            words = self.tr("No video is attached to this coding. Video, Cameras adds one.")
            self._window.say(words)
            return
        name, _ = QFileDialog.getOpenFileName(self._window, self.tr("Find the video"))
        if not name:
            return
        path, media = Path(name), workspace.session.coding.media
        known = next((place for place, one in enumerate(media) if is_same(one, path)), None)
        if known is None:
            self._take_other(workspace, path)
            return
        self._instead.pop(media[known].fingerprint, None)
        self._window.settings.note_video(media[known].fingerprint, path)
        edit = moved(workspace.session.coding, workspace.session.file.path, path, known)
        if edit is not None and not workspace.session.read_only:
            workspace.session.submit(edit)
        self.show_again()

    def _take_other(self, workspace: Workspace, path: Path) -> None:
        """Show a file that is none of those coded, in place of the first that is not there."""
        media, cameras = workspace.session.coding.media, workspace.player.cameras
        pairs = zip(media, cameras, strict=False)
        gone = next((one for one, camera in pairs if camera.video is None), media[0])
        if self._confirm_other(gone.name, path.name):
            self._instead[gone.fingerprint] = path
            self.show_again()

    def _confirm_other(self, coded: str, chosen: str) -> bool:
        words = self.tr(
            "{1} is not the file that was coded ({0}): size or content differ. "
            "Times may not fit. Use it for this sitting all the same?"
        )
        answer = QMessageBox.question(
            self._window, self.tr("Another video"), words.format(coded, chosen)
        )
        return answer == QMessageBox.StandardButton.Yes

    def _selftest(self) -> None:
        workspace = self._window.workspace
        if workspace is None or workspace.player.lead.video is None:
            return
        from ssp_coder.ui.dialogs.selftest import SelfTestDialog

        workspace.player.pause()
        video = workspace.player.lead.video
        dialog = SelfTestDialog(self._window.theme, video.path, video.index, self._window)
        dialog.exec()
        dialog.deleteLater()

    def _keep_arrangement(self, arrangement: Arrangement) -> None:
        self._window.settings.arrangement = arrangement


def _make_next_active(workspace: Workspace) -> None:
    player = workspace.player
    shown = [camera.place for camera in player.cameras if camera.video is not None]
    later = [place for place in shown if place > player.active]
    player.make_active(later[0] if later else 0)


def _arrangement_after(workspace: Workspace) -> Arrangement:
    return workspace.stage.pictures.arrangement.next


def _same_recordings(before: tuple[Media, ...], after: tuple[Media, ...]) -> bool:
    return [one.fingerprint for one in before] == [one.fingerprint for one in after]
