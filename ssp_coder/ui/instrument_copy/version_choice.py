"""Chooses one version of a scheme or an instrument: from the list, or from a file."""

from __future__ import annotations

from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QFileDialog, QHBoxLayout, QWidget

from ssp_coder.catalog.errors import CatalogError
from ssp_coder.catalog.versions import version_in_file, version_of_scheme, version_on_path
from ssp_coder.ui.instrument_copy.words import kind_words
from ssp_coder.ui.kit.accessible import describe
from ssp_coder.ui.kit.button import ButtonKind, PushButton
from ssp_coder.ui.kit.choice import ComboBox
from ssp_coder.ui.language.spoken import said_error
from ssp_coder.ui.rate.lettering import IconLine, short_lettering
from ssp_coder.ui.theme.fonts import FontUse

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from ssp_coder.catalog.shelf import ShelvedInstrument
    from ssp_coder.catalog.versions import Version
    from ssp_coder.domain.scheme import Scheme
    from ssp_coder.ui.theme.theme import Theme


@dataclass(frozen=True, slots=True, kw_only=True)
class VersionOption:
    """A version that may be chosen.

    Attributes:
        kind: the word of its data file for what it is.
        load: reads it.
    """

    kind: str
    words: str
    load: Callable[[], Version]


def options_of(
    instruments: Sequence[ShelvedInstrument], coded_with: Scheme | None = None
) -> tuple[VersionOption, ...]:
    """What there is: the scheme of the open coding, a laboratory's, the bundled ones."""
    options = []
    if coded_with is not None:
        words = f"Open coding: {coded_with.title} ({coded_with.id} {coded_with.version})"
        load = partial(version_of_scheme, coded_with)
        options.append(VersionOption(kind="scheme", words=words, load=load))
    for one in instruments:
        where = "Program" if one.folder is None else one.folder.name
        words = f"{where}: {kind_words(one.kind)}, {one.title} ({one.id} {one.version})"
        folders = () if one.folder is None else (one.folder,)
        load = partial(version_on_path, one.path, folders=folders)
        options.append(VersionOption(kind=one.kind, words=words, load=load))
    return tuple(options)


class VersionChoice(QWidget):
    """A label, a list, and a button for a file.

    Signals:
        chosen: another version was chosen; see `version`.
    """

    chosen = Signal()

    def __init__(
        self,
        theme: Theme,
        words: str,
        options: Sequence[VersionOption],
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self._theme = theme
        self._options = list(options)
        self.version: Version | None = None
        self.list = ComboBox(theme, self)
        self.file = PushButton(theme, self.tr("File…"), ButtonKind.PLAIN, self)
        self.problem = IconLine(theme, "warning", FontUse.TABLE, "err", self)
        self._build(words)
        self.list.currentIndexChanged.connect(self._load)
        self.file.clicked.connect(self._choose_file)

    def choose(self, row: int) -> None:
        """Choose a version of the list."""
        if self.list.currentIndex() == row:
            self._load()
        else:
            self.list.setCurrentIndex(row)

    def reload(self) -> None:
        """Read the chosen version again."""
        self._load()

    def add_file(self, path: Path) -> None:
        """Put a file into the list and choose it."""
        option = VersionOption(kind="", words=str(path), load=partial(version_in_file, path))
        self._options.append(option)
        self.list.addItem(option.words)
        self.list.setCurrentIndex(len(self._options) - 1)

    def row_of(self, words: str) -> int:
        """The first row whose words hold these, -1 when none does."""
        found = (row for row, option in enumerate(self._options) if words in option.words)
        return next(found, -1)

    def _load(self, _row: int = 0) -> None:
        row = self.list.currentIndex()
        self.version = None
        self.problem.show_text("")
        if 0 <= row < len(self._options):
            try:
                self.version = self._options[row].load()
            except CatalogError as error:
                self.problem.show_text(said_error(error))
        self.chosen.emit()

    def _choose_file(self) -> None:
        name, _ = QFileDialog.getOpenFileName(
            self, self.tr("Choose a data file"), "", self.tr("Data files (*.toml)")
        )
        if name:
            self.add_file(Path(name))

    def _build(self, words: str) -> None:
        px = self._theme.px
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(px(8))
        label = short_lettering(self._theme, words, FontUse.LABEL, "second")
        label.setBuddy(self.list)
        label.setMinimumWidth(px(64))
        row.addWidget(label)
        for option in self._options:
            self.list.addItem(option.words)
        self.list.setCurrentIndex(-1)
        self.list.setMinimumWidth(px(160))
        describe(self.list, words)
        row.addWidget(self.list, 1)
        row.addWidget(self.file)
        self.file.set_name(self.tr("{0}: choose a file").format(words))
        self.problem.show_text("")
        row.addWidget(self.problem)
