"""The window in which a laboratory changes its own instruments, checked while it types."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QCloseEvent, QKeySequence, QShortcut
from PySide6.QtWidgets import (
    QHBoxLayout,
    QMessageBox,
    QSplitter,
    QVBoxLayout,
    QWidget,
)

from ssp_coder.catalog.drafting import PlacedFinding
from ssp_coder.catalog.errors import CatalogError
from ssp_coder.ui.instrument_copy.drafts import DraftShelf
from ssp_coder.ui.instrument_copy.file_list import FileList, folder_words
from ssp_coder.ui.instrument_copy.findings_list import FindingsList
from ssp_coder.ui.instrument_copy.live_check import Checked, LiveCheck
from ssp_coder.ui.instrument_copy.text_editor import TextEditor
from ssp_coder.ui.instrument_copy.trial_table import TrialTable
from ssp_coder.ui.keys.words import caps
from ssp_coder.ui.kit.accessible import describe
from ssp_coder.ui.kit.button import ButtonKind, PushButton
from ssp_coder.ui.kit.chip import Tag, TagKind
from ssp_coder.ui.kit.panel import Panel
from ssp_coder.ui.language.spoken import said_error
from ssp_coder.ui.rate.lettering import IconLine, lettering
from ssp_coder.ui.theme.fonts import FontUse

if TYPE_CHECKING:
    from pathlib import Path

    from ssp_coder.ui.theme.theme import Theme


class EditorWindow(QWidget):
    """Files at the left, the text in the middle, what is wrong and the examples at the right.

    Signals:
        saved: the path of a file that was written.
        comparison_wanted: the path of the file to be compared with what it was copied from.
    """

    saved = Signal(str)
    comparison_wanted = Signal(str)

    def __init__(self, theme: Theme, folder: Path, parent: QWidget | None = None) -> None:
        super().__init__(parent, Qt.WindowType.Window)
        self._theme = theme
        self.path = ""
        self._usable = True
        self.shelf = DraftShelf(theme, folder, self)
        self.check = LiveCheck(self)
        self.files = FileList(theme, self)
        self.editor = TextEditor(theme, self)
        self.findings = FindingsList(theme, self)
        self.trials = TrialTable(theme, self)
        self.state = Tag(theme, "", TagKind.NEUTRAL, self)
        self.save = PushButton(theme, self.tr("Save"), ButtonKind.PRIMARY, self)
        self.compare = PushButton(theme, self.tr("Compare with the original"), parent=self)
        self._text_panel = Panel(theme, self.tr("Text"), self)
        self._wrong = Panel(theme, self.tr("What is wrong"), self)
        self._examples = Panel(theme, self.tr("Examples"), self)
        self._none_wrong = IconLine(theme, "done", FontUse.TABLE, "ok", self)
        self._note = IconLine(theme, "info", FontUse.TABLE, "second", self)
        self._build()
        self._connect()
        self.show_files()

    def show_files(self) -> None:
        """List the files that are in the folder now."""
        self.files.show_paths(self.shelf.paths())
        self.files.mark_unsaved(self.shelf.unsaved())
        if self.path:
            self.files.choose(self.path)

    def open_path(self, path: str) -> None:
        """Show a file of the folder."""
        self.files.choose(path)

    def save_now(self) -> bool:
        """Write the text that is shown; False when that did not work."""
        return bool(self.path) and self._save(self.path)

    def closeEvent(self, event: QCloseEvent) -> None:  # noqa: N802, D102 - Qt's name
        if not self._may_close():
            event.ignore()
            return
        self.check.stop()
        super().closeEvent(event)

    def _save(self, path: str) -> bool:
        if self.shelf.was_changed_elsewhere(path) and not self._confirm_over(path):
            return False
        try:
            self.shelf.save(path)
        except CatalogError as error:
            self._note.show_text(said_error(error))
            return False
        self._show_saved_words()
        self.saved.emit(path)
        return True

    def _show_saved_words(self) -> None:
        words = self.tr("Saved.") if self._usable else self.tr("Saved. It cannot be used yet.")
        self._note.show_text(words)

    def _confirm_over(self, path: str) -> bool:
        answer = QMessageBox.question(
            self,
            self.tr("Changed elsewhere"),
            self.tr("{0} was changed by another program. Write over that?").format(path),
        )
        return answer == QMessageBox.StandardButton.Yes

    def _may_close(self) -> bool:
        waiting = self.shelf.unsaved()
        if not waiting:
            return True
        answer = QMessageBox.question(
            self,
            self.tr("Not everything is saved"),
            self.tr("Save {0}?").format(", ".join(waiting)),
            QMessageBox.StandardButton.SaveAll
            | QMessageBox.StandardButton.Discard
            | QMessageBox.StandardButton.Cancel,
        )
        if answer == QMessageBox.StandardButton.SaveAll:
            return all(self._save(path) for path in waiting)
        if answer == QMessageBox.StandardButton.Discard:
            self.check.stop()
            self.shelf.let_go()
            return True
        return False

    def _show_path(self, path: str) -> None:
        if path == self.path:
            return
        try:
            document = self.shelf.document(path)
        except (OSError, UnicodeDecodeError) as error:
            self._note.show_text(f"{path}: {error}")
            return
        self.path = path
        self.editor.show_document(document, path)
        self._text_panel.set_title(path.rpartition("/")[2])
        self._text_panel.set_note(folder_words(path))
        self._note.show_text("")
        self._show_unsaved()
        self.check.ask(path, self.shelf.drafts, at_once=True)

    def _follow(self, path: str) -> None:
        self._show_unsaved()
        if path == self.path and self.shelf.is_unsaved(path):
            self._note.show_text("")
        self.check.ask(self.path, self.shelf.drafts)

    def _show_unsaved(self) -> None:
        self.files.mark_unsaved(self.shelf.unsaved())
        if self.shelf.is_unsaved(self.path):
            self.save.enable()
        else:
            self.save.disable(self.tr("Everything is saved"))

    def _show_checking(self) -> None:
        self.state.show_tag(self.tr("Checking"), TagKind.NEUTRAL)

    def _show_checked(self, found: object) -> None:
        if not isinstance(found, Checked) or found.report.path != self.path:
            return
        report = found.report
        self._usable = report.usable
        own = [placed for placed in report.findings if placed.path == self.path]
        self.editor.show_findings(own)
        self.findings.show_findings(report.findings, self.path)
        self.findings.setVisible(bool(report.findings))
        count = len(report.findings)
        self._wrong.set_note(str(count) if count else "")
        words = "" if count else self.tr("Nothing is wrong with this file")
        self._none_wrong.show_text(words)
        if report.usable:
            self.state.show_tag(self.tr("Can be used"), TagKind.OK)
        else:
            self.state.show_tag(self.tr("Cannot be used yet"), TagKind.ERR)
        self._show_trials(found)

    def _show_trials(self, found: Checked) -> None:
        self._examples.setVisible(found.report.table is not None)
        self.trials.show_trials(found.trials)
        fine = sum(trial.comes_out for trial in found.trials)
        words = self.tr("{0} of {1} come out as stated").format(fine, len(found.trials))
        closed = found.report.table.closed if found.report.table else ""
        self._examples.set_note(closed or words)

    def _show_failure(self, sentence: str) -> None:
        self.state.show_tag(self.tr("Not checked"), TagKind.WARN)
        self._note.show_text(sentence)

    def _go_to(self, placed: object) -> None:
        if not isinstance(placed, PlacedFinding):
            return
        if placed.path != self.path:
            self.files.choose(placed.path)
        if placed.path == self.path:
            self.editor.go_to_line(placed.line)

    def _want_comparison(self) -> None:
        if self.path:
            self.comparison_wanted.emit(self.path)

    def _connect(self) -> None:
        self.files.path_chosen.connect(self._show_path)
        self.shelf.changed.connect(self._follow)
        self.check.begun.connect(self._show_checking)
        self.check.checked.connect(self._show_checked)
        self.check.failed.connect(self._show_failure)
        self.findings.finding_chosen.connect(self._go_to)
        self.save.clicked.connect(self.save_now)
        self.compare.clicked.connect(self._want_comparison)
        keys = QShortcut(QKeySequence(QKeySequence.StandardKey.Save), self)
        keys.activated.connect(self.save_now)

    def _build(self) -> None:
        px = self._theme.px
        self.setWindowTitle(self.tr("Instruments in {0}").format(self.shelf.folder.name))
        describe(self, self.windowTitle())
        column = QVBoxLayout(self)
        column.setContentsMargins(px(10), px(10), px(10), px(10))
        column.setSpacing(px(8))
        across = QSplitter(Qt.Orientation.Horizontal, self)
        across.setChildrenCollapsible(False)
        across.addWidget(self._files_panel())
        self._text_panel.set_body(self.editor)
        self._text_panel.add_to_title(self.state)
        across.addWidget(self._text_panel)
        across.addWidget(self._right())
        across.setSizes([px(190), px(620), px(370)])
        across.setStretchFactor(1, 1)
        column.addWidget(across, 1)
        column.addLayout(self._foot())
        self.resize(px(1200), px(720))

    def _files_panel(self) -> Panel:
        panel = Panel(self._theme, self.tr("Files"), self)
        panel.set_body(self.files)
        return panel

    def _right(self) -> QSplitter:
        px = self._theme.px
        right = QSplitter(Qt.Orientation.Vertical, self)
        right.setChildrenCollapsible(False)
        body = QWidget(self)
        box = QVBoxLayout(body)
        box.setContentsMargins(0, 0, 0, 0)
        self._none_wrong.setContentsMargins(px(10), px(8), px(10), px(8))
        self._none_wrong.show_text("")
        box.addWidget(self._none_wrong, 0, Qt.AlignmentFlag.AlignTop)
        box.addWidget(self.findings, 1)
        self._wrong.set_body(body)
        self._examples.set_body(self.trials)
        self._examples.hide()
        right.addWidget(self._wrong)
        right.addWidget(self._examples)
        right.setSizes([px(300), px(300)])
        return right

    def _foot(self) -> QHBoxLayout:
        row = QHBoxLayout()
        row.setSpacing(self._theme.px(8))
        folder = lettering(self._theme, str(self.shelf.folder), FontUse.CAPTION, "hint")
        folder.setToolTip(str(self.shelf.folder))
        row.addWidget(folder, 1)
        self._note.show_text("")
        row.addWidget(self._note, 1)
        row.addWidget(self.compare)
        self.save.set_keys(caps("Ctrl+S"))
        row.addWidget(self.save)
        return row
