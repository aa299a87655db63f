"""Shows what a timeline file would bring into the coding, then imports all of it or nothing."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtWidgets import (
    QAbstractItemView,
    QDialog,
    QHBoxLayout,
    QHeaderView,
    QTableWidget,
    QTableWidgetItem,
    QVBoxLayout,
    QWidget,
)

from ssp_coder.domain.time import short_clock_text
from ssp_coder.ui.background import BackgroundWork
from ssp_coder.ui.dialogs.import_preview import ImportPreview, preview_import
from ssp_coder.ui.kit.accessible import describe
from ssp_coder.ui.kit.button import ButtonKind, PushButton
from ssp_coder.ui.kit.marks import MarkShape, mark_icon
from ssp_coder.ui.kit.panel import Panel
from ssp_coder.ui.language.spoken import said, said_finding
from ssp_coder.ui.rate.lettering import IconLine, lettering
from ssp_coder.ui.theme.fonts import FontUse

if TYPE_CHECKING:
    from collections.abc import Iterable
    from pathlib import Path

    from ssp_coder.ui.session import OpenSession
    from ssp_coder.ui.theme.theme import Theme


class ImportEventsDialog(QDialog):
    """Reads the file in the background; what is wrong is listed, and then nothing is imported."""

    def __init__(
        self, theme: Theme, session: OpenSession, path: Path, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self._theme = theme
        self._session = session
        self._path = path
        self.preview: ImportPreview | None = None
        self.act = PushButton(theme, self.tr("Import"), ButtonKind.PRIMARY, self)
        self.table = QTableWidget(0, 2, self)
        self._heading = lettering(theme, "", FontUse.PANEL_TITLE)
        self._about = lettering(theme, "", FontUse.BODY, "second")
        self._notes = IconLine(theme, "info", FontUse.TABLE, "second", self)
        self._refusal = IconLine(theme, "warning", FontUse.TABLE, "err", self)
        self._panel = Panel(theme, self.tr("Events in the file"), self)
        coding, scheme = session.coding, session.scheme
        self._work = BackgroundWork(lambda _p, _c: preview_import(coding, scheme, path), self)
        self._build()
        self._connect()
        self._work.start()

    def accept(self) -> None:
        """Import everything; the dialog stays open when that is refused."""
        if self.preview is None or self.preview.edit is None:
            return
        if self._session.submit(self.preview.edit, reason=self._path.name, cause=self):
            super().accept()

    def done(self, result: int) -> None:
        """Close; a file still being read is let go."""
        self._work.cancel()
        super().done(result)

    def _show(self, preview: object) -> None:
        if not isinstance(preview, ImportPreview):
            return
        self.preview = preview
        if preview.faults:
            self._show_faults(preview)
        else:
            self._show_counts(preview)
        self._notes.show_text("  ".join(said(note.message) + "." for note in preview.notes))

    def _show_counts(self, preview: ImportPreview) -> None:
        if preview.edit is None:
            return
        events = preview.edit.events
        self._heading.setText(self.tr("{0} events can be imported").format(len(events)))
        self._about.setText(self._stretch_words(preview))
        self.table.setHorizontalHeaderLabels([self.tr("Code"), self.tr("Events")])
        ethogram = self._session.scheme.ethogram
        for code_id, count in preview.counts:
            code, group = ethogram.code(code_id), ethogram.group_of(code_id)
            name = QTableWidgetItem(f"{group.title}: {code.title}")
            name.setIcon(mark_icon(self._theme, group.slot, MarkShape(group.shape)))
            number = QTableWidgetItem(str(count))
            number.setTextAlignment(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
            self._add_row((name, number))
        self.act.set_words(self.tr("Import {0} events").format(len(events)))
        if self._session.read_only:
            self.act.disable(self.tr("This coding is locked or open for reading only"))
            self._refusal.show_text(self.act.toolTip())
        elif not events:
            self.act.disable(self.tr("The file holds no events"))
        else:
            self.act.enable()
            self.act.setFocus(Qt.FocusReason.OtherFocusReason)

    def _stretch_words(self, preview: ImportPreview) -> str:
        if preview.edit is None or not preview.edit.events:
            return ""
        first = short_clock_text(preview.edit.events[0].start_us)
        last = short_clock_text(preview.edit.events[-1].start_us)
        already = len(self._session.coding.events)
        words = self.tr("From {0} to {1}. The coding holds {2} events now; all or none are taken.")
        return words.format(first, last, already)

    def _show_faults(self, preview: ImportPreview) -> None:
        self._heading.setText(self.tr("This file cannot be imported"))
        words = self.tr("Nothing was changed. Mend these in the file and import it again.")
        self._about.setText(words)
        self._panel.set_title(self.tr("What is wrong"))
        self._panel.set_note(str(len(preview.faults)))
        self.table.setHorizontalHeaderLabels([self.tr("Where"), self.tr("What, and what to do")])
        header = self.table.horizontalHeader()
        header.setSectionResizeMode(0, QHeaderView.ResizeMode.ResizeToContents)
        header.setSectionResizeMode(1, QHeaderView.ResizeMode.Stretch)
        self.table.setWordWrap(True)
        for fault in preview.faults:
            what = said_finding(fault)
            place = QTableWidgetItem(fault.place.removeprefix(f"{preview.file}, "))
            place.setToolTip(fault.place)
            self._add_row((place, QTableWidgetItem(what)))
        rows = self.table.verticalHeader()
        rows.setSectionResizeMode(QHeaderView.ResizeMode.ResizeToContents)
        self.act.disable(self.tr("The file has faults"))
        self.table.setFocus(Qt.FocusReason.OtherFocusReason)

    def _add_row(self, items: Iterable[QTableWidgetItem]) -> None:
        row = self.table.rowCount()
        self.table.insertRow(row)
        for column, item in enumerate(items):
            self.table.setItem(row, column, item)

    def _show_refusal(self, sentence: str) -> None:
        self._refusal.show_text(sentence)

    def _connect(self) -> None:
        self._work.done.connect(self._show)
        self._work.failed.connect(self._show_refusal)
        self._session.refused.connect(self._show_refusal)
        self.act.clicked.connect(self.accept)

    def _build(self) -> None:
        px = self._theme.px
        self.setWindowTitle(self.tr("Import events"))
        self.resize(px(620), px(520))
        column = QVBoxLayout(self)
        column.setContentsMargins(px(16), px(14), px(16), px(14))
        column.setSpacing(px(8))
        self._heading.setText(self.tr("Reading {0}").format(self._path.name))
        self._build_table()
        for widget in (self._heading, self._about):
            column.addWidget(widget)
        column.addWidget(self._panel, 1)
        for line in (self._notes, self._refusal):
            line.show_text("")
            column.addWidget(line)
        column.addLayout(self._foot())
        self.act.disable(self.tr("The file is being read"))

    def _build_table(self) -> None:
        table = self.table
        table.setFont(self._theme.font(FontUse.TABLE))
        table.setShowGrid(False)
        table.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        table.setTabKeyNavigation(False)
        table.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        table.verticalHeader().hide()
        table.verticalHeader().setDefaultSectionSize(self._theme.px(24))
        header = table.horizontalHeader()
        header.setDefaultAlignment(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter)
        header.setSectionResizeMode(0, QHeaderView.ResizeMode.Stretch)
        header.setSectionResizeMode(1, QHeaderView.ResizeMode.ResizeToContents)
        table.setHorizontalHeaderLabels(["", ""])
        describe(table, self.tr("What is in the file"))
        self._panel.set_body(table)

    def _foot(self) -> QHBoxLayout:
        row = QHBoxLayout()
        row.setSpacing(self._theme.px(8))
        cancel = PushButton(self._theme, self.tr("Cancel"), ButtonKind.PLAIN, self)
        cancel.set_keys(("Esc",))
        cancel.clicked.connect(self.reject)
        row.addStretch(1)
        row.addWidget(cancel)
        row.addWidget(self.act)
        self.act.setDefault(True)
        return row
