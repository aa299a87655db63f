"""Asks what to copy, under which id and into which folder, and makes the copy."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QDialog, QFileDialog, QHBoxLayout, QVBoxLayout, QWidget

from ssp_coder.catalog.copying import copy_of, files_named, ids_for_all, ids_for_tables
from ssp_coder.catalog.errors import CatalogError
from ssp_coder.catalog.placing import taken, write_copy
from ssp_coder.ui.dialogs.form import Form
from ssp_coder.ui.instrument_copy.words import kind_words
from ssp_coder.ui.kit.accessible import describe
from ssp_coder.ui.kit.button import ButtonKind, PushButton
from ssp_coder.ui.kit.choice import CheckBox, ComboBox
from ssp_coder.ui.kit.field import FieldWithError
from ssp_coder.ui.language.spoken import said, said_error
from ssp_coder.ui.rate.lettering import IconLine, lettering
from ssp_coder.ui.theme.fonts import FontUse

if TYPE_CHECKING:
    from collections.abc import Sequence

    from ssp_coder.catalog.copying import InstrumentCopy
    from ssp_coder.catalog.shelf import ShelvedInstrument
    from ssp_coder.ui.theme.theme import Theme


class CopyDialog(QDialog):
    """What would be written is worked out while the person answers; nothing is there before."""

    def __init__(
        self,
        theme: Theme,
        instruments: Sequence[ShelvedInstrument],
        folder: Path | None = None,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self._theme = theme
        self._instruments = tuple(instruments)
        self._title_typed = False
        self.written: tuple[Path, ...] = ()
        self.what = ComboBox(theme, self)
        self.id = FieldWithError(theme, self.tr("New id"), self)
        self.title = FieldWithError(theme, self.tr("Title"), self)
        self.folder = FieldWithError(theme, self.tr("Folder"), self)
        self.browse = PushButton(theme, self.tr("Choose…"), ButtonKind.PLAIN, self)
        self.own_ids = CheckBox(theme, self.tr("Own ids for all instruments in it"), self)
        self.over = CheckBox(theme, self.tr("Replace the files that are there"), self)
        self.make = PushButton(theme, self.tr("Make the copy"), ButtonKind.PRIMARY, self)
        self._files = lettering(theme, "", FontUse.TABLE, "second")
        self._problem = IconLine(theme, "warning", FontUse.TABLE, "err", self)
        self._build()
        self._connect()
        if folder is not None:
            self.folder.set_text(str(folder))
        self._choose_what()

    def choose(self, path: str, folder: Path | None = None) -> None:
        """Choose the instrument at `path`, of a laboratory's folder or a bundled one."""
        for row, one in enumerate(self._instruments):
            if (one.path, one.folder) == (path, folder):
                self.what.setCurrentIndex(row)

    @property
    def place(self) -> Path | None:
        """The folder that was given."""
        return Path(self.folder.text()).expanduser() if self.folder.text().strip() else None

    @property
    def main_path(self) -> str:
        """Path of the copy below the folder, once it was made."""
        if not self.written or self.place is None:
            return ""
        return self.written[-1].relative_to(self.place).as_posix()

    def accept(self) -> None:
        """Write the copy; the dialog stays open when that does not work."""
        copy = self._copy()
        if copy is None or self.place is None:
            return
        over = frozenset(taken(copy, self.place)) if self.over.isChecked() else frozenset()
        try:
            self.written = write_copy(copy, self.place, over=over)
        except CatalogError as error:
            self._problem.show_text(said_error(error))
            return
        super().accept()

    def _one(self) -> ShelvedInstrument | None:
        row = self.what.currentIndex()
        return self._instruments[row] if 0 <= row < len(self._instruments) else None

    def _copy(self) -> InstrumentCopy | None:
        """The copy as far as the answers go; what is wrong is said beside them."""
        one = self._one()
        if one is None or not self.id.text():
            return None
        folders = () if one.folder is None else (one.folder,)
        try:
            files = files_named(one.path, folders=folders)
            chosen = ids_for_all if self.own_ids.isChecked() else ids_for_tables
            ids = chosen(files, self.id.text())
            return copy_of(one.path, new_ids=ids, title=self.title.text(), folders=folders)
        except CatalogError as error:
            self.id.show_error(said(error.finding.message))
            return None

    def _check(self) -> None:
        self.id.clear_error()
        self._problem.show_text("")
        copy = self._copy()
        in_the_way = taken(copy, self.place) if copy and self.place else ()
        self.over.setVisible(bool(in_the_way))
        self._show_files(copy, in_the_way)
        reason = self._missing(copy, in_the_way)
        if reason:
            self.make.disable(reason)
        else:
            self.make.enable()

    def _missing(self, copy: InstrumentCopy | None, in_the_way: Sequence[str]) -> str:
        if copy is None:
            return self.tr("Give an id that starts with a letter")
        if self.place is None:
            return self.tr("Choose a folder")
        if in_the_way and not self.over.isChecked():
            return self.tr("Files of these names are there already")
        return ""

    def _show_files(self, copy: InstrumentCopy | None, in_the_way: Sequence[str]) -> None:
        if copy is None:
            self._files.setText("")
            return
        names = [
            f"{file.path}{self.tr('  (is there already)') if file.path in in_the_way else ''}"
            for file in copy.files
        ]
        head = self.tr("{0} files, and the schemas with which an editor completes:")
        self._files.setText("\n".join((head.format(len(names)), *names)))

    def _choose_what(self) -> None:
        one = self._one()
        if one is not None:
            self.id.set_text(f"{one.id}-lab"[:64])
            if not self._title_typed:
                self.title.set_text(self.tr("{0}, our copy").format(one.title))
        self._check()

    def _type_title(self, _text: str) -> None:
        self._title_typed = True
        self._check()

    def _choose_folder(self) -> None:
        name = QFileDialog.getExistingDirectory(
            self, self.tr("Folder of your laboratory's instruments"), self.folder.text()
        )
        if name:
            self.folder.set_text(name)
            self._check()

    def _connect(self) -> None:
        self.what.currentIndexChanged.connect(self._choose_what)
        self.id.text_edited.connect(self._check)
        self.title.text_edited.connect(self._type_title)
        self.folder.text_edited.connect(self._check)
        self.over.toggled.connect(self._check)
        self.own_ids.toggled.connect(self._check)
        self.browse.clicked.connect(self._choose_folder)
        self.make.clicked.connect(self.accept)

    def _build(self) -> None:
        px = self._theme.px
        self.setWindowTitle(self.tr("Make a copy for my study"))
        self.setMinimumWidth(px(620))
        for one in self._instruments:
            where = "" if one.folder is None else f", {one.folder.name}"
            which = f"({one.id} {one.version}{where})"
            self.what.addItem(f"{kind_words(one.kind)}: {one.title} {which}")
        usual = next((row for row, one in enumerate(self._instruments) if one.usual), 0)
        self.what.setCurrentIndex(usual)
        describe(self.what, self.tr("What to copy"))
        column = QVBoxLayout(self)
        column.setContentsMargins(px(16), px(14), px(16), px(14))
        column.setSpacing(px(10))
        column.addLayout(self._form())
        self.own_ids.setChecked(True)
        self.own_ids.setToolTip(
            self.tr(
                "Otherwise scales and codes keep their id and, where this folder is searched, "
                "take the place of those that the program brings"
            )
        )
        column.addWidget(self.own_ids)
        column.addWidget(self._files)
        column.addWidget(self.over)
        self._problem.show_text("")
        column.addWidget(self._problem)
        column.addStretch(1)
        column.addLayout(self._foot())
        self.make.setDefault(True)

    def _form(self) -> Form:
        form = Form(self._theme)
        form.add(self.tr("What"), self.what)
        form.add(self.tr("New id"), self.id)
        form.add(self.tr("Title"), self.title)
        place = QWidget(self)
        row = QHBoxLayout(place)
        row.setContentsMargins(0, 0, 0, 0)
        row.addWidget(self.folder, 1)
        row.addWidget(self.browse, 0, Qt.AlignmentFlag.AlignTop)
        place.setFocusProxy(self.folder)
        form.add(self.tr("Folder"), place)
        self.folder.edit.setPlaceholderText(self.tr("a folder of your laboratory or study"))
        return form

    def _foot(self) -> QHBoxLayout:
        row = QHBoxLayout()
        row.setSpacing(self._theme.px(8))
        cancel = PushButton(self._theme, self.tr("Cancel"), ButtonKind.PLAIN, self)
        cancel.set_keys(("Esc",))
        cancel.clicked.connect(self.reject)
        row.addStretch(1)
        row.addWidget(cancel)
        row.addWidget(self.make)
        return row
