"""The files of a laboratory's folder by kind; a dot marks unsaved text."""

from __future__ import annotations

from pathlib import PurePosixPath
from typing import TYPE_CHECKING

from PySide6.QtCore import QCoreApplication, QSize, Qt, Signal
from PySide6.QtWidgets import QListWidget, QListWidgetItem, QWidget

from ssp_coder.ui.kit.accessible import describe
from ssp_coder.ui.theme.fonts import FontUse

if TYPE_CHECKING:
    from collections.abc import Collection, Sequence

    from ssp_coder.ui.theme.theme import Theme

_KINDS = {
    "schemas/schemes": "Schemes",
    "episodes": "Procedures",
    "schemas/ethograms": "Codes",
    "schemas/scales": "Scales",
    "schemas/rules": "Rule tables",
    "schemas/keymaps": "Key maps",
    "schemas/wordings": "Wordings",
}


def folder_words(path: str) -> str:
    """What the files in the folder of this path are."""
    below = str(PurePosixPath(path).parent)
    return QCoreApplication.translate("files", _KINDS.get(below, below))


ROW_PX = 22


class FileList(QListWidget):
    """Emits the path of the file that was chosen."""

    path_chosen = Signal(str)

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme = theme
        self.setFont(theme.font(FontUse.TABLE))
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setViewportMargins(theme.px(8), 0, 0, 0)
        describe(self, self.tr("Files"))
        theme.changed.connect(self._restyle)
        self.currentItemChanged.connect(self._choose)

    def show_paths(self, paths: Sequence[str]) -> None:
        """Show files under headings of their kinds; without a signal."""
        self.blockSignals(True)
        self.clear()
        heading = ""
        for path in paths:
            if folder_words(path) != heading:
                heading = folder_words(path)
                self.addItem(self._heading(heading))
            item = QListWidgetItem(PurePosixPath(path).stem)
            item.setData(Qt.ItemDataRole.UserRole, path)
            item.setToolTip(path)
            item.setSizeHint(QSize(0, self._theme.px(ROW_PX)))
            self.addItem(item)
        self.blockSignals(False)

    def choose(self, path: str) -> None:
        """Choose a file, as a click does."""
        for item in self._files():
            if item.data(Qt.ItemDataRole.UserRole) == path:
                self.setCurrentItem(item)

    def mark_unsaved(self, unsaved: Collection[str]) -> None:
        """Mark the files whose text is not saved."""
        for item in self._files():
            path = str(item.data(Qt.ItemDataRole.UserRole))
            stem = PurePosixPath(path).stem
            waits = path in unsaved
            item.setText(f"{stem} \N{BULLET}" if waits else stem)
            spoken = self.tr("{0}, not saved").format(stem) if waits else stem
            item.setData(Qt.ItemDataRole.AccessibleTextRole, spoken)

    def _files(self) -> list[QListWidgetItem]:
        items = [self.item(row) for row in range(self.count())]
        return [item for item in items if item.data(Qt.ItemDataRole.UserRole)]

    def _heading(self, words: str) -> QListWidgetItem:
        item = QListWidgetItem(words)
        item.setFlags(Qt.ItemFlag.NoItemFlags)
        item.setSizeHint(QSize(0, self._theme.px(ROW_PX + 4)))
        item.setTextAlignment(Qt.AlignmentFlag.AlignBottom)
        item.setFont(self._theme.font(FontUse.CAPTION_STRONG))
        item.setForeground(self._theme.colour("text2"))
        return item

    def _restyle(self) -> None:
        for row in range(self.count()):
            item = self.item(row)
            if not item.data(Qt.ItemDataRole.UserRole):
                item.setForeground(self._theme.colour("text2"))

    def _choose(self, item: QListWidgetItem | None, _before: object) -> None:
        path = None if item is None else item.data(Qt.ItemDataRole.UserRole)
        if path:
            self.path_chosen.emit(path)
