"""The Export page: what is written, where to, for which program, and what came of it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, QUrl
from PySide6.QtGui import QDesktopServices, QResizeEvent, QShowEvent
from PySide6.QtWidgets import (
    QAbstractItemView,
    QFileDialog,
    QHBoxLayout,
    QHeaderView,
    QLayout,
    QTableWidget,
    QTableWidgetItem,
    QVBoxLayout,
    QWidget,
)

from ssp_coder.formats.export import FORMATS, stem_of
from ssp_coder.formats.exportable import Exportable
from ssp_coder.ui.background import BackgroundWork
from ssp_coder.ui.export.plan import (
    ExportOrder,
    PlannedFile,
    files_in_the_way,
    pandas_snippet,
    planned_files,
    r_snippet,
    write_export,
)
from ssp_coder.ui.export.snippets import SnippetPanel
from ssp_coder.ui.export.titles import TITLES
from ssp_coder.ui.kit.accessible import describe
from ssp_coder.ui.kit.button import ButtonKind, PushButton
from ssp_coder.ui.kit.choice import CheckBox
from ssp_coder.ui.kit.field import FieldWithError
from ssp_coder.ui.kit.panel import Panel
from ssp_coder.ui.kit.stacking import is_narrow, stand
from ssp_coder.ui.rate.lettering import IconLine, lettering
from ssp_coder.ui.theme.fonts import FontUse

if TYPE_CHECKING:
    from ssp_coder.editing.document import Changed
    from ssp_coder.ui.session import OpenSession
    from ssp_coder.ui.theme.theme import Theme

FOLDER_NAME = "export"


class ExportPage(QWidget):
    """Writes the tables of this coding."""

    def __init__(self, theme: Theme, session: OpenSession, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme = theme
        self._session = session
        self._stale = True
        self._work: BackgroundWork | None = None
        self._written: Path | None = None
        self.table = QTableWidget(0, 3, self)
        self.folder = FieldWithError(theme, self.tr("Folder"), self)
        self.choose = PushButton(theme, self.tr("Choose…"), ButtonKind.PLAIN, self)
        self.for_excel = CheckBox(theme, self.tr("For Excel"), self)
        self.act = PushButton(theme, self.tr("Export"), ButtonKind.PRIMARY, self)
        self.overwrite = PushButton(theme, self.tr("Replace them"), ButtonKind.PLAIN, self)
        self.keep = PushButton(theme, self.tr("Leave them"), ButtonKind.PLAIN, self)
        self.show_folder = PushButton(theme, self.tr("Show folder"), ButtonKind.PLAIN, self)
        self.snippets = SnippetPanel(theme, self)
        self.result = IconLine(theme, "done", FontUse.BODY, "ok", self)
        self.trouble = IconLine(theme, "warning", FontUse.TABLE, "err", self)
        self._files = lettering(theme, "", FontUse.TABLE, "second")
        self._question = QWidget(self)
        self._asked = IconLine(theme, "warning", FontUse.BODY, "warn", self)
        self._busy = IconLine(theme, "clock", FontUse.TABLE, "second", self)
        self._build()
        self._connect()
        describe(self, self.tr("Export"))
        self._folder_taken = str(self._first_folder())
        self.folder.set_text(self._folder_taken)
        self._refresh()

    def main_action(self) -> tuple[str, Callable[[], None]]:
        """What the button in the step's header says and does."""
        return self.tr("Export"), self.export

    def export(self) -> None:
        """Write the tables; when other files are in the way, ask in place first."""
        self._take_folder()
        if self._work is not None or not self._folder_is_usable():
            return
        order = self._order()
        in_the_way = files_in_the_way(order)
        if in_the_way:
            names = ", ".join(in_the_way)
            words = self.tr("There already, with other content: {0}. Replace?").format(names)
            self._asked.show_text(words)
            self._question.show()
            self.keep.setFocus(Qt.FocusReason.OtherFocusReason)
            return
        self._write(order)

    def showEvent(self, event: QShowEvent) -> None:  # noqa: N802, D102 - Qt's name
        if self._stale:
            self._refresh()
        super().showEvent(event)

    def _order(self) -> ExportOrder:
        return ExportOrder(
            coding=self._session.coding,
            scheme=self._session.kept_scheme,
            folder=Path(self.folder.text().strip()),
            for_excel=self.for_excel.isChecked(),
        )

    def _first_folder(self) -> Path:
        file = self._session.file
        return (Path.home() if file is None else file.path.parent) / FOLDER_NAME

    def _folder_is_usable(self) -> bool:
        self._forget_result()
        text = self.folder.text().strip()
        if not text:
            self.folder.show_error(self.tr("Choose a folder"))
        elif not Path(text).is_absolute():
            self.folder.show_error(self.tr("Give the whole path of the folder"))
        elif Path(text).exists() and not Path(text).is_dir():
            self.folder.show_error(self.tr("This is a file; choose a folder"))
        else:
            self.folder.clear_error()
        return not self.folder.error()

    def _replace(self) -> None:
        self._question.hide()
        self._write(replace(self._order(), overwrite=True))

    def _leave(self) -> None:
        self._question.hide()
        self.act.setFocus(Qt.FocusReason.OtherFocusReason)

    def _write(self, order: ExportOrder) -> None:
        self._question.hide()
        self.act.disable(self.tr("The tables are being written"))
        self._busy.show_text(self.tr("Writing the tables"))
        work = BackgroundWork(lambda _p, _c: write_export(order), self)
        work.done.connect(self._show_written)
        work.failed.connect(self._fail)
        self.destroyed.connect(work.cancel)
        self._work = work
        work.start()

    def _show_written(self, paths: object) -> None:
        self._end()
        if not isinstance(paths, tuple) or not paths:
            return
        self._written = paths[0].parent
        words = self.tr("{0} files written to {1}").format(len(paths), self._written)
        self.result.show_text(words)
        self._files.setText("\n".join(path.name for path in paths))
        self._files.show()
        self.show_folder.show()

    def _fail(self, sentence: str) -> None:
        self._end()
        self.trouble.show_text(sentence)

    def _end(self) -> None:
        if self._work is not None:
            self._work.deleteLater()
        self._work = None
        self._busy.show_text("")
        self.act.enable()

    def _forget_result(self) -> None:
        self._question.hide()
        self.result.show_text("")
        self.trouble.show_text("")
        self._files.hide()
        self.show_folder.hide()

    def _open_folder(self) -> None:
        if self._written is not None:
            QDesktopServices.openUrl(QUrl.fromLocalFile(str(self._written)))

    def _choose_folder(self) -> None:
        name = QFileDialog.getExistingDirectory(
            self, self.tr("Where the tables go"), self.folder.text()
        )
        if name:
            self.folder.set_text(name)
            self._take_folder()

    def _take_folder(self) -> None:
        # Leaving the field commits it too, and must not take back a question that took the focus.
        if self.folder.text() == self._folder_taken:
            return
        self._folder_taken = self.folder.text()
        if self._folder_is_usable():
            self._show_snippets()

    def resizeEvent(self, event: QResizeEvent) -> None:  # noqa: N802, D102 - Qt's name
        stand(self._row, stacked=is_narrow(self.width(), self._theme.px))
        super().resizeEvent(event)

    def _refresh(self) -> None:
        self._stale = False
        self.table.setRowCount(0)
        right = Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter
        for row, file in enumerate(planned_files(self._session.coding, self._session.kept_scheme)):
            self.table.insertRow(row)
            count = QTableWidgetItem(f"{file.rows:,}")
            count.setTextAlignment(right)
            name = QTableWidgetItem(file.file)
            name.setFont(self._theme.font(FontUse.TABLE_STRONG))
            for column, item in enumerate((name, self._held(file), count)):
                self.table.setItem(row, column, item)
        self._show_snippets()

    def _held(self, file: PlannedFile) -> QTableWidgetItem:
        words = self.tr(TITLES[file.table])
        item = QTableWidgetItem(words)
        item.setToolTip(words)
        return item

    def _show_snippets(self) -> None:
        entry = Exportable(coding=self._session.coding, scheme=self._session.kept_scheme)
        stem, folder = stem_of((entry,)), Path(self.folder.text().strip())
        self.snippets.show_snippets(r_snippet(folder, stem), pandas_snippet(folder, stem))

    def _follow(self, _changed: Changed) -> None:
        self._stale = True
        if self.isVisible():
            self._refresh()

    def _connect(self) -> None:
        self._session.changed.connect(self._follow)
        self.act.clicked.connect(self.export)
        self.overwrite.clicked.connect(self._replace)
        self.keep.clicked.connect(self._leave)
        self.choose.clicked.connect(self._choose_folder)
        self.folder.committed.connect(self._take_folder)
        self.for_excel.toggled.connect(self._forget_result)
        self.show_folder.clicked.connect(self._open_folder)

    def _build(self) -> None:
        px = self._theme.px
        row = self._row = QHBoxLayout(self)
        row.setContentsMargins(px(10), px(4), px(10), px(4))
        row.setSpacing(px(10))
        left = QVBoxLayout()
        left.setSpacing(px(10))
        left.addWidget(self._tables_panel())
        left.addWidget(self._order_panel())
        left.addStretch(1)
        row.addLayout(left, 6)
        right = QVBoxLayout()
        right.addWidget(self.snippets)
        right.addStretch(1)
        row.addLayout(right, 5)

    def _tables_panel(self) -> Panel:
        panel = Panel(self._theme, self.tr("Tables"), self)
        table = self.table
        table.setFont(self._theme.font(FontUse.TABLE))
        table.setShowGrid(False)
        table.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        table.setSelectionMode(QAbstractItemView.SelectionMode.NoSelection)
        table.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        table.verticalHeader().hide()
        table.verticalHeader().setDefaultSectionSize(self._theme.px(26))
        table.setHorizontalHeaderLabels([self.tr("File"), self.tr("Holds"), self.tr("Rows")])
        header = table.horizontalHeader()
        header.setDefaultAlignment(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter)
        header.setSectionResizeMode(QHeaderView.ResizeMode.ResizeToContents)
        header.setSectionResizeMode(1, QHeaderView.ResizeMode.Stretch)
        table.setFixedHeight(self._theme.px(26 * len(FORMATS) + 34))
        describe(table, self.tr("Tables that are written"))
        panel.set_body(table)
        return panel

    def _order_panel(self) -> Panel:
        px = self._theme.px
        panel = Panel(self._theme, self.tr("Write to"), self)
        body = QWidget(panel)
        column = QVBoxLayout(body)
        column.setContentsMargins(px(12), px(10), px(12), px(12))
        column.setSpacing(px(6))
        line = QHBoxLayout()
        line.addWidget(self.folder, 1)
        line.addWidget(self.choose, 0, Qt.AlignmentFlag.AlignTop)
        column.addLayout(line)
        column.addWidget(self.for_excel)
        about = self.tr(
            "Adds a sign at the start so that Excel reads accents rightly, and an apostrophe "
            "before text that Excel would take for a formula. R and pandas need neither."
        )
        column.addWidget(lettering(self._theme, about, FontUse.CAPTION, "hint"))
        column.addLayout(self._buttons())
        column.addWidget(self._busy)
        self._busy.show_text("")
        column.addWidget(self._build_question())
        for widget in (self.trouble, self.result, self._files):
            column.addWidget(widget)
        shown = QHBoxLayout()
        shown.addWidget(self.show_folder)
        shown.addStretch(1)
        self.show_folder.set_icon_name("folder")
        column.addLayout(shown)
        self._forget_result()
        panel.set_body(body)
        return panel

    def _buttons(self) -> QLayout:
        line = QHBoxLayout()
        self.act.set_icon_name("export")
        line.addWidget(self.act)
        line.addStretch(1)
        return line

    def _build_question(self) -> QWidget:
        column = QVBoxLayout(self._question)
        column.setContentsMargins(0, 0, 0, 0)
        column.addWidget(self._asked)
        line = QHBoxLayout()
        line.setSpacing(self._theme.px(8))
        line.addWidget(self.overwrite)
        line.addWidget(self.keep)
        line.addStretch(1)
        column.addLayout(line)
        return self._question
