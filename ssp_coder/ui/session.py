"""The open coding inside the window: document, file on disk, and what became of each edit."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal

from ssp_coder.editing.document import Changed, Document
from ssp_coder.editing.refusal import EditRefusedError
from ssp_coder.ui.language.spoken import said_error, said_sentence

if TYPE_CHECKING:
    from ssp_coder.domain.coding import Coding
    from ssp_coder.domain.finding import Finding
    from ssp_coder.domain.scheme import Keymap, Scheme
    from ssp_coder.editing.edits import Edit
    from ssp_coder.storage.coding_file import CodingFile


class OpenSession(QObject):
    """What pages show and change. They read `coding` and `scheme` and call `submit`.

    `scheme` may be worded otherwise than the one that the coding keeps: in another language, or
    with a lab's licensed text. What is written into a file is made from `kept_scheme`.

    Signals:
        changed: a `Changed`, after each edit, undo and redo.
        refused: one sentence, when an edit was not possible; nothing changed.
        warned: one sentence, when something about the file went wrong; coding goes on.
        saving_changed: what is durable has changed; see `unsaved` and `save_error`.
        jump_requested: media time in microseconds that a page wants to see.
        clip_requested: a stretch (`Span`) that a page wants to see over and over.
        clip_left: that is enough of it.
        slot_requested: id of a place to be rated that a panel wants to see.
        keymap_changed: other keys record codes now.
        closing: the file is about to be let go; what is still being typed can be recorded.
    """

    changed = Signal(object)
    refused = Signal(str)
    warned = Signal(str)
    saving_changed = Signal()
    keymap_changed = Signal()
    closing = Signal()
    # Not an int: Qt would cut it to 32 bits, 35 minutes of microseconds.
    jump_requested = Signal(object)
    clip_requested = Signal(object)
    clip_left = Signal()
    slot_requested = Signal(str)
    _saved = Signal(int)
    _failed = Signal(int, str)

    def __init__(
        self,
        document: Document,
        file: CodingFile | None = None,
        parent: QObject | None = None,
        *,
        shown: Scheme | None = None,
    ) -> None:
        super().__init__(parent)
        self.document = document
        self._shown = shown or document.scheme
        self._keymap = self._shown.keymap
        self.file = file
        self.save_error = ""
        self._saved_seq = document.history.last_seq
        self._leave = document.subscribe(self._tell)
        self._saved.connect(self._note_saved)
        self._failed.connect(self._note_failed)
        if file is not None:
            file.tell(on_saved=self._saved.emit, on_failed=self._failed.emit, on_warning=self._warn)

    @property
    def coding(self) -> Coding:
        """The coding as it is now."""
        return self.document.coding

    @property
    def scheme(self) -> Scheme:
        """The scheme it is coded with, in the words in which it is shown."""
        return self._shown

    @property
    def kept_scheme(self) -> Scheme:
        """The scheme as the coding keeps it, for whatever leaves the program."""
        return self.document.scheme

    @property
    def keymap(self) -> Keymap:
        """Which key records which code: the scheme's, with the person's own keys laid over."""
        return self._keymap

    def set_keymap(self, keymap: Keymap) -> None:
        """Let other keys record codes; what the coding keeps stays as it is."""
        if keymap != self._keymap:
            self._keymap = keymap
            self.keymap_changed.emit()

    @property
    def unsaved(self) -> int:
        """How many edits are not on disk yet."""
        if self.file is None:
            return 0
        return self.document.history.last_seq - self._saved_seq

    @property
    def read_only(self) -> bool:
        """Whether nothing can be changed: the coding is locked or another program has the file."""
        return self.coding.locked or (self.file is not None and self.file.is_read_only)

    def submit(self, edit: Edit, *, reason: str = "", cause: object = None) -> bool:
        """Apply an edit; False, and `refused`, when it is not possible."""
        if self.file is not None and self.file.is_read_only:
            self.refused.emit(self.tr("This coding is open for reading only"))
            return False
        try:
            self.document.submit(edit, reason=reason, cause=cause)
        except EditRefusedError as error:
            self.refused.emit(said_error(error))
            return False
        return True

    def undo(self) -> None:
        """Take the last edit back; of a held state its end and its beginning together."""
        for _step in self.document.history.taken_back_next():
            self.document.undo()

    def redo(self) -> None:
        """Do again what was undone last."""
        for _step in self.document.history.done_again_next():
            self.document.redo()

    def undo_one(self) -> None:
        """Take exactly one edit back, as the history counts them."""
        self.document.undo()

    def redo_one(self) -> None:
        """Do exactly one undone edit again."""
        self.document.redo()

    def close(self) -> None:
        """Wait until everything is on disk and let the file go.

        Raises:
            StorageError: not everything is on disk; the session goes on as before.
        """
        self.closing.emit()
        if self.file is not None:
            self.file.close()
        self._leave()

    def _tell(self, changed: Changed) -> None:
        self.changed.emit(changed)
        self.saving_changed.emit()

    def _warn(self, finding: Finding) -> None:
        self.warned.emit(said_sentence(finding))

    def _note_saved(self, seq: int) -> None:
        self._saved_seq = max(self._saved_seq, seq)
        self.save_error = ""
        self.saving_changed.emit()

    def _note_failed(self, _seq: int, why: str) -> None:
        self.save_error = why
        self.saving_changed.emit()
