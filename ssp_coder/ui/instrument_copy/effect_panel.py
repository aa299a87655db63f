"""Which of a folder's codings would get another suggestion."""

from __future__ import annotations

from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtWidgets import (
    QAbstractItemView,
    QFileDialog,
    QHBoxLayout,
    QHeaderView,
    QProgressBar,
    QTableWidget,
    QTableWidgetItem,
    QVBoxLayout,
    QWidget,
)

from ssp_coder.catalog.errors import CatalogError
from ssp_coder.catalog.placing import write_all
from ssp_coder.ui.background import BackgroundWork
from ssp_coder.ui.kit.accessible import describe
from ssp_coder.ui.kit.button import ButtonKind, PushButton
from ssp_coder.ui.kit.choice import CheckBox
from ssp_coder.ui.kit.field import FieldWithError
from ssp_coder.ui.language.spoken import said_error, said_sentence
from ssp_coder.ui.rate.lettering import IconLine, lettering
from ssp_coder.ui.theme.fonts import FontUse

if TYPE_CHECKING:
    from collections.abc import Callable

    from ssp_coder.catalog.versions import Version
    from ssp_coder.reporting.effects import Effects
    from ssp_coder.ui.theme.theme import Theme

COLUMNS = 4


class EffectPanel(QWidget):
    """Asks for a folder, looks at its codings in the background, and lists what it found."""

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme = theme
        self._versions: tuple[Version, Version] | None = None
        self._work: BackgroundWork | None = None
        self.effects: Effects | None = None
        self.folder = FieldWithError(theme, self.tr("Folder of codings"), self)
        self.browse = PushButton(theme, self.tr("Choose…"), ButtonKind.PLAIN, self)
        self.look = PushButton(theme, self.tr("Find out"), ButtonKind.PRIMARY, self)
        self.stop = PushButton(theme, self.tr("Stop"), ButtonKind.PLAIN, self)
        self.only_changed = CheckBox(theme, self.tr("Only those with another suggestion"), self)
        self.csv = PushButton(theme, self.tr("Save as CSV…"), ButtonKind.PLAIN, self)
        self.table = QTableWidget(0, COLUMNS, self)
        self.summary = lettering(theme, "", FontUse.BODY)
        self.hidden = IconLine(theme, "info", FontUse.TABLE, "second", self)
        self.trouble = IconLine(theme, "warning", FontUse.TABLE, "warn", self)
        self._progress = QProgressBar(self)
        self._build()
        self._connect()
        self._allow()

    def set_versions(self, versions: tuple[Version, Version] | None) -> None:
        """Say which two versions to ask; what was found for others goes."""
        self.cancel()
        self._versions = versions
        self.effects = None
        self._show_effects()
        self._allow()

    def start(self) -> None:
        """Look at the codings of the folder."""
        folder = Path(self.folder.text()).expanduser()
        if self._versions is None or self._work is not None:
            return
        if not self.folder.text() or not folder.is_dir():
            self.folder.show_error(self.tr("There is no such folder"))
            return
        self.folder.clear_error()
        self.effects = None
        self._show_effects()
        work = BackgroundWork(partial(_effects, *self._versions, folder), self)
        work.progressed.connect(self._show_progress)
        work.done.connect(self._take)
        work.failed.connect(self._fail)
        self._work = work
        self._progress.setValue(0)
        self._progress.show()
        self._allow()
        work.start()

    def cancel(self) -> None:
        """Stop looking; what was found so far goes."""
        if self._work is not None:
            self._work.cancel()
        self._end()

    def save(self, path: Path) -> None:
        """Write what was found as CSV."""
        from ssp_coder.reporting.effects import effects_csv

        if self.effects is None:
            return
        try:
            write_all({path: effects_csv(self.effects).encode()}, path.parent)
        except CatalogError as error:
            self.trouble.show_text(said_error(error))

    def _take(self, found: object) -> None:
        self._end()
        from ssp_coder.reporting.effects import Effects

        self.effects = found if isinstance(found, Effects) else None
        self._show_effects()
        self._allow()

    def _fail(self, sentence: str) -> None:
        self._end()
        self.trouble.show_text(sentence)

    def _end(self) -> None:
        if self._work is not None:
            self._work.deleteLater()
        self._work = None
        self._progress.hide()
        self._allow()

    def _allow(self) -> None:
        busy = self._work is not None
        self.stop.setVisible(busy)
        self.csv.setVisible(self.effects is not None)
        self.only_changed.setVisible(self.effects is not None)
        if self._versions is None:
            self.look.disable(self.tr("Choose two versions with rules that suggest a class"))
        elif busy:
            self.look.disable(self.tr("The codings are being looked at"))
        else:
            self.look.enable()

    def _show_progress(self, share: float) -> None:
        self._progress.setValue(round(share * 100))

    def _show_effects(self) -> None:
        found = self.effects
        self.summary.setText("")
        self.hidden.show_text("")
        self.trouble.show_text("")
        self.table.setRowCount(0)
        self.table.setVisible(found is not None)
        if found is None:
            return
        words = self.tr("{0} of {1} codings would get another suggestion")
        self.summary.setText(words.format(len(found.changed), len(found.told)))
        if found.hidden:
            words = self.tr("{0} not told: the coder's own class comes before any suggestion")
            self.hidden.show_text(words.format(found.hidden))
        self.trouble.show_text("\n".join(said_sentence(one) for one in found.left_out[:6]))
        self._fill(found)

    def _fill(self, found: Effects) -> None:
        shown = found.changed if self.only_changed.isChecked() else found.told
        self.table.setRowCount(len(shown))
        strong = self._theme.font(FontUse.TABLE_STRONG)
        for row, effect in enumerate(shown):
            for column, text in enumerate((effect.session, effect.coder, effect.then, effect.now)):
                item = QTableWidgetItem(text)
                item.setToolTip(effect.file)
                if effect.changed and column == COLUMNS - 1:
                    item.setFont(strong)
                self.table.setItem(row, column, item)

    def _refill(self, _only: bool) -> None:
        if self.effects is not None:
            self._fill(self.effects)

    def _choose_folder(self) -> None:
        name = QFileDialog.getExistingDirectory(
            self, self.tr("Folder of codings"), self.folder.text()
        )
        if name:
            self.folder.set_text(name)
            self.folder.clear_error()

    def _choose_csv(self) -> None:
        name, _ = QFileDialog.getSaveFileName(
            self, self.tr("Save as CSV"), "suggestions.csv", self.tr("Tables (*.csv)")
        )
        if name:
            self.save(Path(name))

    def _connect(self) -> None:
        self.browse.clicked.connect(self._choose_folder)
        self.look.clicked.connect(self.start)
        self.folder.edit.returnPressed.connect(self.start)
        self.stop.clicked.connect(self.cancel)
        self.only_changed.toggled.connect(self._refill)
        self.csv.clicked.connect(self._choose_csv)

    def _build(self) -> None:
        px = self._theme.px
        column = QVBoxLayout(self)
        column.setContentsMargins(px(10), px(10), px(10), px(10))
        column.setSpacing(px(8))
        row = QHBoxLayout()
        row.setSpacing(px(8))
        top = Qt.AlignmentFlag.AlignTop
        row.addWidget(self.folder, 1)
        for button in (self.browse, self.look, self.stop):
            row.addWidget(button, 0, top)
        column.addLayout(row)
        self.folder.edit.setPlaceholderText(self.tr("a folder with codings (.sspc), also below it"))
        self._progress.setTextVisible(False)
        self._progress.setFixedHeight(px(4))
        self._progress.hide()
        describe(self._progress, self.tr("Progress"))
        column.addWidget(self._progress)
        column.addWidget(self.summary)
        column.addWidget(self.hidden)
        self._build_table()
        column.addWidget(self.table, 1)
        column.addWidget(self.trouble)
        foot = QHBoxLayout()
        self.only_changed.setChecked(True)
        foot.addWidget(self.only_changed)
        foot.addStretch(1)
        foot.addWidget(self.csv)
        column.addLayout(foot)
        column.addStretch(0)

    def _build_table(self) -> None:
        table = self.table
        table.setFont(self._theme.font(FontUse.TABLE))
        table.setShowGrid(False)
        table.setTabKeyNavigation(False)
        table.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        table.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        table.verticalHeader().hide()
        table.verticalHeader().setDefaultSectionSize(self._theme.px(24))
        header = table.horizontalHeader()
        header.setDefaultAlignment(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter)
        header.setSectionResizeMode(QHeaderView.ResizeMode.Stretch)
        table.setHorizontalHeaderLabels(
            [self.tr("Session"), self.tr("Coder"), self.tr("Then"), self.tr("Now")]
        )
        describe(table, self.tr("Codings"))


def _effects(
    old: Version,
    new: Version,
    folder: Path,
    progress: Callable[[float], None],
    cancelled: Callable[[], bool],
) -> Effects:
    from ssp_coder.reporting.effects import coding_paths, effects_on_codings

    return effects_on_codings(old, new, coding_paths(folder), progress, cancelled)
