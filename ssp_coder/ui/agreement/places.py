"""Where codings lie: a file or a folder that is typed, dropped or chosen."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QFileDialog, QHBoxLayout, QWidget

from ssp_coder.ui.kit.button import PushButton
from ssp_coder.ui.kit.field import FieldWithError
from ssp_coder.ui.rate.lettering import short_lettering
from ssp_coder.ui.theme.fonts import FontUse

if TYPE_CHECKING:
    from PySide6.QtGui import QDragEnterEvent, QDropEvent

    from ssp_coder.ui.theme.theme import Theme


@dataclass(frozen=True, slots=True, kw_only=True)
class Sought:
    """What is chosen at a place.

    Attributes:
        name: what stands before the field.
        kinds: filter of the file dialog, empty for a folder.
    """

    name: str
    kinds: str = ""


class PathField(QWidget):
    """A name, a field with the path, and a button that asks for it."""

    changed = Signal()

    def __init__(self, theme: Theme, sought: Sought, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._sought = sought
        self.field = FieldWithError(theme, sought.name, self)
        self.choose = PushButton(theme, self.tr("Choose…"), parent=self)
        self.choose.set_name(self.tr("Choose {0}").format(sought.name))
        self.choose.set_icon_name("folder")
        px = theme.px
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(px(8))
        label = short_lettering(theme, sought.name, FontUse.TABLE, "second")
        label.setContentsMargins(0, px(7), 0, 0)
        label.setBuddy(self.field)
        top = Qt.AlignmentFlag.AlignTop
        row.addWidget(label, 0, top)
        row.addWidget(self.field, 1, top)
        row.addWidget(self.choose, 0, top)
        self.setAcceptDrops(True)
        self.choose.clicked.connect(self.ask)
        self.field.text_edited.connect(self._edited)

    @property
    def path(self) -> Path | None:
        """What is named, None when nothing is."""
        words = self.field.text().strip()
        return Path(words) if words else None

    def set_path(self, path: Path | None) -> None:
        """Name a file or folder."""
        self.field.set_text("" if path is None else str(path))
        self.field.setToolTip("" if path is None else str(path))
        self._edited("")

    def ask(self) -> None:
        """Ask for it with a dialog."""
        name, kinds = self._sought.name, self._sought.kinds
        start = "" if self.path is None else str(self.path)
        if kinds:
            chosen, _ = QFileDialog.getOpenFileName(self, name, start, kinds)
        else:
            chosen = QFileDialog.getExistingDirectory(self, name, start)
        if chosen:
            self.set_path(Path(chosen))

    def refuse_missing(self) -> bool:
        """Whether there is nothing there; it is said under the field."""
        path = self.path
        if path is None:
            self.field.show_error(self.tr("Choose one."))
        elif not _is_there(path):
            self.field.show_error(self.tr("There is nothing there."))
        else:
            return False
        return True

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:  # noqa: N802, D102 - Qt's name
        if event.mimeData().hasUrls():
            event.acceptProposedAction()

    def dropEvent(self, event: QDropEvent) -> None:  # noqa: N802, D102 - Qt's name
        urls = event.mimeData().urls()
        if urls and urls[0].isLocalFile():
            self.set_path(Path(urls[0].toLocalFile()))
            event.acceptProposedAction()

    def _edited(self, _words: str) -> None:
        self.field.clear_error()
        self.changed.emit()


def _is_there(path: Path) -> bool:
    try:
        return path.exists()
    except OSError:  # for instance a name longer than any disk takes
        return False
