"""Opens the dialog of the cameras from the menu."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QObject

from ssp_coder.ui.main.settings import cache_folder

if TYPE_CHECKING:
    from collections.abc import Callable

    from ssp_coder.ui.cameras.dialog import CamerasDialog
    from ssp_coder.ui.main.window import MainWindow
    from ssp_coder.ui.main.workspace import Workspace


class CameraBench(QObject):
    """What the video menu offers about cameras; loaded when it is asked for."""

    def __init__(self, window: MainWindow) -> None:
        super().__init__(window)
        self._window = window

    def commands(self) -> dict[str, Callable[[], None]]:
        """What each command does."""
        return {"cameras": self.open}

    def open(self) -> None:
        """Show the cameras of the open coding."""
        workspace = self._window.workspace
        if workspace is None:
            return
        workspace.player.pause()
        dialog = self.dialog_of(workspace)
        if dialog is not None:
            dialog.exec()
            dialog.deleteLater()

    def dialog_of(self, workspace: Workspace) -> CamerasDialog | None:
        """The dialog on the open coding; None where it has no file to lie beside."""
        from ssp_coder.ui.cameras.dialog import CamerasDialog
        from ssp_coder.ui.cameras.shelf import VideoShelf

        file, settings = workspace.session.file, self._window.settings
        if file is None:
            return None
        shelf = VideoShelf(
            coding_path=file.path,
            remembered=settings.video_of,
            remember=settings.note_video,
            cache_folder=cache_folder(),
        )
        dialog = CamerasDialog(self._window.theme, workspace.session, shelf, self._window)
        dialog.video_found.connect(self._window.desk.video.show_again)
        return dialog
