"""Where clips go and how they are called."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QFileDialog, QGridLayout, QWidget

from ssp_coder.domain.finding import DomainError
from ssp_coder.reporting.clip_names import FIELDS, refuse_pattern
from ssp_coder.ui.clips.material import Target
from ssp_coder.ui.kit.button import PushButton
from ssp_coder.ui.kit.field import FieldWithError
from ssp_coder.ui.kit.panel import Panel
from ssp_coder.ui.language.spoken import said
from ssp_coder.ui.rate.lettering import lettering, short_lettering
from ssp_coder.ui.theme.fonts import FontUse

if TYPE_CHECKING:
    from ssp_coder.ui.clips.material import Material
    from ssp_coder.ui.theme.theme import Theme

_AT_TOP = Qt.AlignmentFlag.AlignTop | Qt.AlignmentFlag.AlignRight


class WherePanel(Panel):
    """A folder and a pattern."""

    changed = Signal()

    def __init__(self, theme: Theme, material: Material, parent: QWidget | None = None) -> None:
        super().__init__(theme, "", parent)
        self.set_title(self.tr("Where"))
        self.folder = FieldWithError(theme, self.tr("Folder"), self)
        self.choose = PushButton(theme, self.tr("Choose…"), parent=self)
        self.pattern = FieldWithError(theme, self.tr("Names"), self)
        self.folder.set_text(str(material.folder))
        self.pattern.set_text(material.pattern)
        self._build(theme)
        self.choose.clicked.connect(self._choose_folder)
        for field in (self.folder, self.pattern):
            field.text_edited.connect(self._tell)

    def target(self) -> Target | None:
        """Folder and pattern, None while one of them is wrong; the field says why."""
        folder = self.folder.text().strip()
        wrong = (self._wrong_folder(folder), self._wrong_pattern())
        for field, words in zip((self.folder, self.pattern), wrong, strict=True):
            if words:
                field.show_error(words)
            else:
                field.clear_error()
        if any(wrong):
            return None
        return Target(folder=Path(folder), pattern=self.pattern.text())

    def _wrong_folder(self, folder: str) -> str:
        if not folder:
            return self.tr("Choose a folder")
        if not Path(folder).is_absolute():
            return self.tr("Give the whole path of the folder")
        if Path(folder).exists() and not Path(folder).is_dir():
            return self.tr("This is a file; choose a folder")
        return ""

    def _wrong_pattern(self) -> str:
        try:
            refuse_pattern(self.pattern.text())
        except DomainError as error:
            return said(error.finding.message)
        return ""

    def _choose_folder(self) -> None:
        name = QFileDialog.getExistingDirectory(
            self, self.tr("Where the clips go"), self.folder.text()
        )
        if name:
            self.folder.set_text(name)
            self.changed.emit()

    def _tell(self) -> None:
        self.changed.emit()

    def _build(self, theme: Theme) -> None:
        px = theme.px
        body = QWidget(self)
        grid = QGridLayout(body)
        grid.setContentsMargins(px(12), px(8), px(12), px(8))
        grid.setHorizontalSpacing(px(8))
        grid.setVerticalSpacing(px(2))
        grid.setColumnStretch(1, 1)
        rows = ((self.tr("Folder"), self.folder), (self.tr("Names"), self.pattern))
        for row, (words, field) in enumerate(rows):
            label = short_lettering(theme, words, FontUse.LABEL, "second")
            label.setContentsMargins(0, px(8), 0, 0)
            label.setBuddy(field)
            grid.addWidget(label, row, 0, _AT_TOP)
            grid.addWidget(field, row, 1)
        grid.addWidget(self.choose, 0, 2, _AT_TOP)
        fields = "  ".join(f"{{{field}}}" for field in FIELDS)
        grid.addWidget(lettering(theme, fields, FontUse.CAPTION, "hint"), 2, 1, 1, 2)
        self.set_body(body)
