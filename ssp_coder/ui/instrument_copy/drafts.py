"""The texts of a laboratory's folder while they are edited: each with its undo, saved or not."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal
from PySide6.QtGui import QTextDocument
from PySide6.QtWidgets import QPlainTextDocumentLayout

from ssp_coder.catalog.drafting import Drafts, instrument_paths
from ssp_coder.catalog.placing import write_all
from ssp_coder.ui.instrument_copy.highlight import TomlHighlighter

if TYPE_CHECKING:
    from pathlib import Path

    from ssp_coder.ui.theme.theme import Theme


class DraftShelf(QObject):
    """Documents by path below the folder, read when they are first looked at.

    Signals:
        changed: a text changed, or its being saved; carries the path.
    """

    changed = Signal(str)

    def __init__(self, theme: Theme, folder: Path, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.folder = folder
        self._theme = theme
        self._documents: dict[str, QTextDocument] = {}
        self._on_disk: dict[str, bytes] = {}

    def paths(self) -> tuple[str, ...]:
        """Paths of the data files there are."""
        return instrument_paths(self.folder)

    def document(self, path: str) -> QTextDocument:
        """The text of a file.

        Raises:
            OSError: it cannot be read.
            UnicodeDecodeError: it is not UTF-8.
        """
        if path not in self._documents:
            content = (self.folder / path).read_bytes()
            text = content.decode("utf-8-sig").replace("\r\n", "\n")
            document = QTextDocument(text, self)
            document.setDocumentLayout(QPlainTextDocumentLayout(document))
            document.setObjectName(path)
            document.setModified(False)
            TomlHighlighter(self._theme, document)
            document.contentsChange.connect(self._note_text)
            document.modificationChanged.connect(self._note_saved)
            self._documents[path] = document
            self._on_disk[path] = content
        return self._documents[path]

    def is_unsaved(self, path: str) -> bool:
        """Whether a file's text is not what was last saved."""
        return path in self._documents and self._documents[path].isModified()

    def unsaved(self) -> tuple[str, ...]:
        """Paths of files with unsaved text."""
        return tuple(path for path in self._documents if self.is_unsaved(path))

    def drafts(self) -> Drafts:
        """All texts as they stand now, as a value."""
        texts = tuple((path, doc.toPlainText()) for path, doc in self._documents.items())
        return Drafts(folder=self.folder, texts=texts)

    def was_changed_elsewhere(self, path: str) -> bool:
        """Whether another program wrote the file since it was read or saved here."""
        try:
            return (self.folder / path).read_bytes() != self._on_disk[path]
        except OSError:
            return False

    def save(self, path: str) -> None:
        """Write a text, whole or not at all, with the line ends the file had.

        Raises:
            CatalogError: it cannot be written.
        """
        document = self._documents[path]
        text = document.toPlainText()
        if b"\r\n" in self._on_disk[path]:
            text = text.replace("\n", "\r\n")
        content = text.encode()
        write_all({self.folder / path: content}, self.folder)
        self._on_disk[path] = content
        document.setModified(False)

    def let_go(self) -> None:
        """Give up all unsaved text: nothing counts as unsaved any more."""
        for document in self._documents.values():
            document.setModified(False)

    def _note_text(self, _position: int, removed: int, added: int) -> None:
        if removed or added:
            self._tell()

    def _note_saved(self, _modified: bool) -> None:
        self._tell()

    def _tell(self) -> None:
        sender = self.sender()
        if isinstance(sender, QTextDocument):
            self.changed.emit(sender.objectName())
