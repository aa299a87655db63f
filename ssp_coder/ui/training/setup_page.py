"""The first time: a pseudonym, a folder of one's own, and a pack."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import (
    QFileDialog,
    QFrame,
    QHBoxLayout,
    QProgressBar,
    QVBoxLayout,
    QWidget,
)

from ssp_coder.domain.naming import LONGEST_ID, IdConcern, id_concern
from ssp_coder.training.logbook import SUFFIX
from ssp_coder.ui.background import BackgroundWork
from ssp_coder.ui.kit.accessible import describe
from ssp_coder.ui.kit.button import ButtonKind, PushButton
from ssp_coder.ui.kit.choice import RadioButton
from ssp_coder.ui.kit.field import FieldWithError
from ssp_coder.ui.rate.lettering import lettering
from ssp_coder.ui.theme.fonts import FontUse

if TYPE_CHECKING:
    from collections.abc import Callable

    from ssp_coder.ui.theme.theme import Theme

WIDTH_PX = 620
PACK_NAME = "pack_demonstration"
FOLDER_NAME = "ssp_coder_training"


def usual_folder() -> Path:
    """Where a training goes when nobody chose a place."""
    return Path.home() / FOLDER_NAME


def _folder_of(field: FieldWithError) -> Path:
    """The folder that was typed; a home may be written as ``~``."""
    try:
        return Path(field.text().strip()).expanduser()
    except RuntimeError:
        return Path(field.text().strip())


class SetUpPage(QWidget):
    """Asks who learns, where it is kept, and from which pack.

    Signals:
        chosen: pseudonym, `Path` of the logbook (there or not), `Path` of the pack.
    """

    chosen = Signal(str, object, object)

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme = theme
        self._work: BackgroundWork | None = None
        self.who = FieldWithError(theme, self.tr("Your pseudonym"), self)
        self.folder = FieldWithError(theme, self.tr("Your training folder"), self)
        self.browse = PushButton(theme, self.tr("Choose…"), ButtonKind.PLAIN, self)
        self.demonstration = RadioButton(theme, self.tr("Demonstration pack"), self)
        self.own = RadioButton(theme, self.tr("Pack from my trainer"), self)
        self.pack = FieldWithError(theme, self.tr("Folder of the pack"), self)
        self.browse_pack = PushButton(theme, self.tr("Choose…"), ButtonKind.PLAIN, self)
        self.begin = PushButton(theme, self.tr("Begin the training"), ButtonKind.PRIMARY, self)
        self.stop = PushButton(theme, self.tr("Cancel"), ButtonKind.QUIET, self)
        self._progress = QProgressBar(self)
        self._told = lettering(theme, "", FontUse.CAPTION, "second")
        self._trouble = lettering(theme, "", FontUse.BODY, "err")
        self._build()
        self.demonstration.setChecked(True)
        self.folder.set_text(str(usual_folder()))
        self.show_progress(None)
        self.show_trouble("")
        self._connect()
        self._show_pack_field()

    def show_who(self, who: str) -> None:
        """Put in a pseudonym that was used before."""
        if not self.who.text():
            self.who.set_text(who)

    def show_trouble(self, sentence: str) -> None:
        """Say what did not work; an empty text takes it away."""
        self._trouble.setText(sentence)
        self._trouble.setVisible(bool(sentence))

    def show_progress(self, share: float | None) -> None:
        """Show how far the making of the demonstration pack is; None hides it."""
        working = share is not None
        for shown in (self._progress, self._told, self.stop):
            shown.setVisible(working)
        for answer in (self.who, self.folder, self.browse, self.demonstration, self.own):
            answer.setEnabled(not working)
        if share is None:
            self.begin.enable()
            return
        self.begin.disable(self.tr("The demonstration pack is being made"))
        percent = round(share * 100)
        self._progress.setValue(percent)
        words = self.tr("Drawing the films of the demonstration pack, {0} %")
        self._told.setText(words.format(percent))

    def go_on(self) -> None:
        """Check the answers; make the demonstration pack where it is wanted, then tell."""
        self.show_trouble("")
        if not self._is_complete():
            return
        if self.own.isChecked():
            self._tell(_folder_of(self.pack))
            return
        self._make(_folder_of(self.folder) / PACK_NAME)

    def close_work(self) -> None:
        """Stop making the pack; nothing of a half made one is left behind."""
        work, self._work = self._work, None
        if work is not None:
            work.cancel()
            work.deleteLater()
            self.show_progress(None)

    def _is_complete(self) -> bool:
        for field in (self.who, self.folder, self.pack):
            field.clear_error()
        who = self.who.text().strip()
        if not who or id_concern(who).forbids:
            words = self.tr(
                "Up to {0} letters a to z, digits, point, dash or underscore; a letter or digit "
                "first"
            )
            self.who.show_error(words.format(LONGEST_ID))
            self.who.setFocus(Qt.FocusReason.OtherFocusReason)
            return False
        return self._are_folders_given()

    def _are_folders_given(self) -> bool:
        for field in (self.folder, self.pack):
            needed = field is self.folder or self.own.isChecked()
            if needed and not field.text().strip():
                field.show_error(self.tr("Choose a folder"))
                field.setFocus(Qt.FocusReason.OtherFocusReason)
                return False
        if not _folder_of(self.folder).is_absolute():
            self.folder.show_error(self.tr("Give the whole path of the folder"))
            self.folder.setFocus(Qt.FocusReason.OtherFocusReason)
            return False
        return True

    def _make(self, folder: Path) -> None:
        from ssp_coder.demonstration.pack import prepare_pack

        def work(told: Callable[[float], None], cancelled: Callable[[], bool]) -> object:
            return prepare_pack(folder, told, cancelled)

        self.show_progress(0.0)
        self._work = BackgroundWork(work, self)
        self._work.progressed.connect(self.show_progress)
        self._work.done.connect(self._made)
        self._work.failed.connect(self._failed)
        self._work.start()

    def _made(self, folder: object) -> None:
        self._let_go()
        if isinstance(folder, Path):
            self._tell(folder)

    def _failed(self, sentence: str) -> None:
        self._let_go()
        self.show_trouble(sentence)

    def _let_go(self) -> None:
        if self._work is not None:
            self._work.deleteLater()
        self._work = None
        self.show_progress(None)

    def _tell(self, pack: Path) -> None:
        who = self.who.text().strip()
        folder = _folder_of(self.folder)
        self.chosen.emit(who, folder / f"{who}{SUFFIX}", pack)

    def _doubt_name(self, who: str) -> None:
        """Say so when a pseudonym looks like what it is to hide; it may be used all the same."""
        doubts = {
            IdConcern.NAME: self.tr("Looks like a name: use a pseudonym, ids go into every export"),
            IdConcern.DATE: self.tr("Looks like a date: use none that could be a date of birth"),
        }
        self.who.set_note(doubts.get(id_concern(who.strip()), ""))

    def _choose_folder(self) -> None:
        name = QFileDialog.getExistingDirectory(self, self.tr("Your training folder"))
        if name:
            self.folder.set_text(name)

    def _choose_pack(self) -> None:
        name = QFileDialog.getExistingDirectory(self, self.tr("Folder of the pack"))
        if name:
            self.pack.set_text(name)

    def _show_pack_field(self) -> None:
        self._pack_row.setVisible(self.own.isChecked())

    def _connect(self) -> None:
        self.who.text_edited.connect(self._doubt_name)
        self.browse.clicked.connect(self._choose_folder)
        self.browse_pack.clicked.connect(self._choose_pack)
        self.own.toggled.connect(self._show_pack_field)
        self.begin.clicked.connect(self.go_on)
        self.stop.clicked.connect(self.close_work)

    def _build(self) -> None:
        px = self._theme.px
        middle = QFrame(self)
        middle.setMaximumWidth(px(WIDTH_PX))
        column = QVBoxLayout(middle)
        column.setSpacing(px(6))
        column.addWidget(lettering(self._theme, self.tr("Training"), FontUse.EMPTY_TITLE))
        about = self.tr(
            "Learn from explained sessions, code cases, compare with the reference, take a blind "
            "test. Everything you do is kept in a logbook in your folder."
        )
        column.addWidget(lettering(self._theme, about, FontUse.BODY, "second"))
        column.addSpacing(px(10))
        self._add(column, self.tr("Your pseudonym"), self.who)
        self._add(column, self.tr("Your training folder"), self._row(self.folder, self.browse))
        hint = self.tr("A logbook of this pseudonym that lies there is gone on with.")
        column.addWidget(lettering(self._theme, hint, FontUse.CAPTION, "hint"))
        column.addSpacing(px(6))
        column.addWidget(self._label(self.tr("Pack")))
        column.addWidget(self.demonstration)
        hint = self.tr("Eight drawn sessions of two minutes each; made here in about a minute.")
        words = lettering(self._theme, hint, FontUse.CAPTION, "hint")
        words.setContentsMargins(px(24), 0, 0, 0)
        column.addWidget(words)
        column.addWidget(self.own)
        self._pack_row = self._row(self.pack, self.browse_pack)
        column.addWidget(self._pack_row)
        column.addSpacing(px(10))
        column.addWidget(self._trouble)
        self._progress.setTextVisible(False)
        self._progress.setFixedHeight(px(6))
        describe(self._progress, self.tr("Progress of the demonstration pack"))
        column.addWidget(self._progress)
        column.addWidget(self._told)
        acts = QHBoxLayout()
        acts.addWidget(self.begin)
        acts.addWidget(self.stop)
        acts.addStretch(1)
        column.addLayout(acts)
        for button, words_ in (
            (self.browse, self.tr("Choose your training folder")),
            (self.browse_pack, self.tr("Choose the folder of the pack")),
        ):
            describe(button, words_)
        whole = QVBoxLayout(self)
        whole.addStretch(2)
        row = QHBoxLayout()
        row.addStretch(1)
        row.addWidget(middle, 4)
        row.addStretch(1)
        whole.addLayout(row)
        whole.addStretch(3)

    def _add(self, column: QVBoxLayout, title: str, field: QWidget) -> None:
        column.addWidget(self._label(title))
        column.addWidget(field)

    def _label(self, title: str) -> QWidget:
        return lettering(self._theme, title, FontUse.CAPTION_STRONG, "second")

    def _row(self, field: QWidget, button: QWidget) -> QWidget:
        box = QWidget(self)
        row = QHBoxLayout(box)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(self._theme.px(8))
        row.addWidget(field, 1)
        row.addWidget(button, 0, Qt.AlignmentFlag.AlignTop)
        return box
