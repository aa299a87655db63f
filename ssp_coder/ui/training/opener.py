"""Opens the training window, one at a time, and codings from it in the main window."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QObject

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from ssp_coder.ui.main.window import MainWindow
    from ssp_coder.ui.training.desk import TrainingDesk
    from ssp_coder.ui.training.window import TrainingWindow


class TrainingDoor(QObject):
    """What the command of the training does; its window is loaded when it is first asked for."""

    def __init__(self, window: MainWindow) -> None:
        super().__init__(window)
        self._window = window
        self.shown: TrainingWindow | None = None
        self.desk: TrainingDesk | None = None

    def commands(self) -> dict[str, Callable[[], None]]:
        """What each command of the menu does."""
        return {"training": self.open}

    def open(self) -> None:
        """Show the training gone on with last, or ask for one; or bring it to the front."""
        if self.shown is None:
            self._make()
        if self.shown is not None:
            self.shown.show()
            self.shown.raise_()
            self.shown.activateWindow()

    def close(self) -> None:
        """Close the training window; everything in it is on the disk already."""
        if self.shown is not None:
            self.shown.close()

    def open_coding(self, path: Path) -> None:
        """Open an attempt in the main window, with the videos where the pack has them."""
        window = self._window
        desk = self.desk
        if desk is None or desk.pack is None or desk.logbook is None:
            return
        for case in desk.pack.cases:
            for media, video in zip(case.media, desk.pack.media_paths(case), strict=True):
                window.settings.note_video(media.fingerprint, video)
        window.settings.who = desk.logbook.who
        window.desk.open_path(path)
        window.raise_()
        window.activateWindow()

    def _make(self) -> None:
        from ssp_coder.ui.training.desk import TrainingDesk
        from ssp_coder.ui.training.window import Host, TrainingWindow

        window, settings = self._window, self._window.settings
        self.desk = TrainingDesk(
            self, folders=settings.instrument_folders, language=settings.instrument_language
        )
        host = Host(
            let_go=self._let_go,
            remember=settings.note_training,
            who=settings.who,
            cache_folder=window.cache_folder,
        )
        # No child of the main window: it must not lie over the coding that was opened from it.
        self.shown = TrainingWindow(window.theme, self.desk, host)
        self.shown.closed.connect(self._forget)
        self.shown.chapter_wanted.connect(self._open_book)
        self.desk.coding_wanted.connect(self.open_coding)
        known = settings.training
        if known is not None:
            self.shown.start(*known)

    def _let_go(self, path: Path) -> bool:
        """Close the coding in the main window if it is this one."""
        workspace = self._window.workspace
        file = None if workspace is None else workspace.session.file
        if file is None or file.path != path.resolve():
            return True
        return self._window.close_coding()

    def _open_book(self, chapter: str) -> None:
        if chapter:
            self._window.desk.handbook.open_chapter(chapter)
        else:
            self._window.desk.handbook.open("")

    def _forget(self) -> None:
        for gone in (self.shown, self.desk):
            if gone is not None:
                gone.deleteLater()
        self.shown = self.desk = None
