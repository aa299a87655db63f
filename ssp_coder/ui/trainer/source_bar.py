"""Which pack and which logbooks the pages on trainees show, and the trainer's word for them."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtWidgets import QFileDialog, QHBoxLayout, QLineEdit, QProgressBar, QWidget

from ssp_coder.domain.finding import DomainError
from ssp_coder.ui.kit.accessible import describe
from ssp_coder.ui.kit.button import PushButton
from ssp_coder.ui.kit.field import FieldWithError
from ssp_coder.ui.language.spoken import said_error
from ssp_coder.ui.trainer.forms import paragraph, retone

if TYPE_CHECKING:
    from ssp_coder.ui.theme.theme import Theme
    from ssp_coder.ui.trainer.trainees_desk import TraineesDesk

_PERCENT = 100
WORD_PX = 230


class SourceBar(QWidget):
    """One row above the pages; what does not work is said in it."""

    def __init__(self, theme: Theme, desk: TraineesDesk, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme = theme
        self._desk = desk
        self.pack = PushButton(theme, self.tr("Choose a pack…"), parent=self)
        self.folder = PushButton(theme, self.tr("Choose the logbooks…"), parent=self)
        self.again = PushButton(theme, self.tr("Read again"), parent=self)
        self.word = FieldWithError(theme, self.tr("Trainer's word"), self)
        self.progress = QProgressBar(self)
        self.state = paragraph(theme, "", self)
        self._build()
        self.pack.clicked.connect(self.choose_pack)
        self.folder.clicked.connect(self.choose_folder)
        self.again.clicked.connect(desk.read)
        self.word.edit.returnPressed.connect(self._give_word)
        desk.changed.connect(self.refresh)
        desk.trouble.connect(self.say)
        desk.reading.busy_changed.connect(self._show_busy)
        desk.reading.progressed.connect(self._show_progress)
        self.refresh()

    def refresh(self) -> None:
        """Show what was chosen."""
        pack, folder = self._desk.pack, self._desk.folder
        self.pack.set_words(self.tr("Choose a pack…") if pack is None else pack.label)
        self.folder.set_words(self.tr("Choose the logbooks…") if folder is None else folder.name)
        sealed = pack is not None and pack.seal.has_word
        self.word.setVisible(sealed)
        self.word.edit.setPlaceholderText(
            self.tr("in use until the window closes")
            if self._desk.has_word
            else self.tr("Trainer's word, Enter")
        )
        self._show_busy()
        if pack is None or folder is None:
            self._tell(self.tr("Choose the pack and the folder in which the logbooks lie."))
        else:
            broken = sum(bool(one.findings) for one in self._desk.files)
            words = self.tr("{0} logbooks").format(len(self._desk.files))
            if broken:
                words = f"{words}, {self.tr('{0} with faults').format(broken)}"
            self._tell(words)

    def say(self, words: str) -> None:
        """Say what did not work."""
        self._tell(words, "err")

    def choose_pack(self) -> None:
        """Ask for the folder of a pack."""
        name = QFileDialog.getExistingDirectory(self, self.tr("Choose a pack"))
        if name:
            self.open_pack(Path(name))

    def open_pack(self, folder: Path) -> None:
        """Open a pack, or say why it cannot be."""
        self.word.set_text("")
        try:
            self._desk.open_pack(folder)
        except DomainError as error:
            self.say(said_error(error))

    def choose_folder(self) -> None:
        """Ask for the folder of the logbooks."""
        name = QFileDialog.getExistingDirectory(self, self.tr("Choose the logbooks"))
        if name:
            self._desk.choose_folder(Path(name))

    def _build(self) -> None:
        px = self._theme.px
        self.pack.set_icon_name("folder")
        self.folder.set_icon_name("person")
        self.again.set_keys(("F5",))
        self.word.edit.setEchoMode(QLineEdit.EchoMode.Password)
        self.word.setFixedWidth(px(WORD_PX))
        self.progress.setTextVisible(False)
        self.progress.setFixedSize(px(120), px(8))
        describe(self.progress, self.tr("How far the reading is"))
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(px(8))
        for widget in (self.pack, self.folder, self.again, self.word, self.progress):
            row.addWidget(widget)
        row.addWidget(self.state, 1)

    def _give_word(self) -> None:
        word = self.word.text()
        self.word.set_text("")
        self._desk.give_word(word)

    def _show_busy(self) -> None:
        busy = self._desk.reading.busy
        self.progress.setVisible(busy)
        ready = self._desk.pack is not None and self._desk.folder is not None
        self.again.setEnabled(ready and not busy)

    def _show_progress(self, share: float) -> None:
        self.progress.setValue(round(_PERCENT * share))

    def _tell(self, words: str, tone: str = "second") -> None:
        self.state.setText(words)
        retone(self.state, tone)
