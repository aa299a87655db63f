"""Opens the windows in which instruments are copied, changed and compared, one of each."""

from __future__ import annotations

from pathlib import Path, PurePosixPath
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject
from PySide6.QtWidgets import QFileDialog

if TYPE_CHECKING:
    from collections.abc import Callable

    from ssp_coder.catalog.shelf import ShelvedInstrument
    from ssp_coder.ui.instrument_copy.compare_window import CompareWindow
    from ssp_coder.ui.instrument_copy.editor_window import EditorWindow
    from ssp_coder.ui.main.window import MainWindow


class InstrumentBench(QObject):
    """What the menu of instruments does; everything is loaded when it is first asked for."""

    def __init__(self, window: MainWindow) -> None:
        super().__init__(window)
        self._window = window
        self.editor: EditorWindow | None = None
        self.comparison: CompareWindow | None = None

    def commands(self) -> dict[str, Callable[[], None]]:
        """What each command of the menu does."""
        return {
            "instruments_copy": self.make_copy,
            "instruments_edit": self.choose_folder,
            "instruments_compare": self.compare,
        }

    def make_copy(self) -> None:
        """Ask what to copy and where to, and open the copy."""
        from ssp_coder.ui.instrument_copy.copy_dialog import CopyDialog

        settings = self._window.settings
        dialog = CopyDialog(
            self._window.theme, self._shelf(), settings.instrument_folder, self._window
        )
        if not dialog.exec() or dialog.place is None:
            return
        settings.instrument_folder = dialog.place
        words = self.tr("{0} files written; new sessions can be coded with them")
        self._window.say(words.format(len(dialog.written)))
        self.edit(dialog.place, dialog.main_path)

    def choose_folder(self) -> None:
        """Open the laboratory's folder; ask for it when none is known."""
        folder = self._window.settings.instrument_folder
        if folder is None or not folder.is_dir():
            name = QFileDialog.getExistingDirectory(
                self._window, self.tr("Folder of your laboratory's instruments")
            )
            folder = Path(name) if name else None
        if folder is not None:
            self.edit(folder)

    def edit(self, folder: Path, path: str = "") -> None:
        """Open a laboratory's folder in the editor, at a file where one is named."""
        from ssp_coder.ui.instrument_copy.editor_window import EditorWindow

        there = self.editor
        if there is not None and not (there.isVisible() and there.shelf.folder == folder.resolve()):
            if not there.close():
                return
            there.deleteLater()
            there = None
        if there is None:
            there = EditorWindow(self._window.theme, folder.resolve(), self._window)
            there.comparison_wanted.connect(self._compare_with_original)
            there.saved.connect(self._reload)
            self.editor = there
        there.show_files()
        paths = there.shelf.paths()
        if path or (not there.path and paths):
            there.open_path(path or paths[0])
        _bring_up(there)

    def compare(self) -> None:
        """Open the comparison with nothing chosen; the open coding's scheme is in the list."""
        _bring_up(self._comparison())

    def compare_open_coding(self) -> None:
        """Compare what the open coding was coded with and what the program brings now."""
        workspace = self._window.workspace
        if workspace is None:
            return
        scheme = workspace.session.scheme
        comparison = self._comparison()
        wanted = [
            row
            for row, one in enumerate(self._shelf())
            if one.is_scheme and one.folder is None and one.id == scheme.id
        ]
        if wanted:
            comparison.choose(0, wanted[0] + 1)
        _bring_up(comparison)

    def close_all(self) -> bool:
        """Close the windows; False when a person keeps unsaved text open."""
        windows = (self.editor, self.comparison)
        return all(window.close() for window in windows if window is not None)

    def _compare_with_original(self, path: str) -> None:
        from ssp_coder.catalog.copying import ancestor_of

        if self.editor is None:
            return
        folder = self.editor.shelf.folder
        ancestor = ancestor_of(self.editor.shelf.document(path).toPlainText())
        comparison = self._comparison()
        ahead = 1 if self._window.workspace is not None else 0
        shelf = self._shelf()
        new = _row(shelf, lambda one: (one.path, one.folder) == (path, folder))
        kind = PurePosixPath(path).parent
        old = _row(
            shelf,
            lambda one: (
                ancestor is not None
                and one.folder is None
                and one.id == ancestor.id
                and PurePosixPath(one.path).parent == kind
            ),
        )
        comparison.choose(-1 if old < 0 else old + ahead, -1 if new < 0 else new + ahead)
        _bring_up(comparison)

    def _comparison(self) -> CompareWindow:
        from ssp_coder.ui.instrument_copy.compare_window import CompareWindow
        from ssp_coder.ui.instrument_copy.version_choice import options_of

        workspace = self._window.workspace
        scheme = None if workspace is None else workspace.session.scheme
        if self.comparison is not None:
            self.comparison.close()
            self.comparison.deleteLater()
        options = options_of(self._shelf(), scheme)
        self.comparison = CompareWindow(self._window.theme, options, self._window)
        return self.comparison

    def _reload(self, _path: str) -> None:
        if self.comparison is not None and self.comparison.isVisible():
            self.comparison.reload()

    def _shelf(self) -> tuple[ShelvedInstrument, ...]:
        from ssp_coder.catalog.shelf import instruments_on_shelf

        folders = self._window.settings.instrument_folders
        if self.editor is not None and self.editor.shelf.folder not in folders:
            folders = (self.editor.shelf.folder, *folders)
        return instruments_on_shelf(folders)


def _row(shelf: tuple[ShelvedInstrument, ...], fits: Callable[[ShelvedInstrument], bool]) -> int:
    return next((row for row, one in enumerate(shelf) if fits(one)), -1)


def _bring_up(window: EditorWindow | CompareWindow) -> None:
    window.show()
    window.raise_()
    window.activateWindow()
