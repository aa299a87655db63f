"""A window that compares in the background, shows pages of figures, and writes them to files."""

from __future__ import annotations

from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QSize, Qt
from PySide6.QtWidgets import (
    QDialog,
    QFileDialog,
    QHBoxLayout,
    QMenu,
    QProgressBar,
    QStackedWidget,
    QTabWidget,
    QVBoxLayout,
    QWidget,
)

from ssp_coder.agreement.protocol import USUAL_PROTOCOL, Protocol
from ssp_coder.ui.agreement.export import Form, page_of, writing_work
from ssp_coder.ui.agreement.figure_table import SORT_KEY, FigureTable
from ssp_coder.ui.agreement.protocol_form import ProtocolDialog
from ssp_coder.ui.agreement.words import protocol_words
from ssp_coder.ui.agreement.work import PairResult, StudyResult
from ssp_coder.ui.background import BackgroundWork
from ssp_coder.ui.keys.shortcuts import WindowKey, WindowKeys
from ssp_coder.ui.kit.accessible import describe
from ssp_coder.ui.kit.button import ButtonKind, PushButton
from ssp_coder.ui.kit.empty_state import EmptyState
from ssp_coder.ui.kit.panel import Panel
from ssp_coder.ui.language.spoken import said_sentence
from ssp_coder.ui.rate.lettering import IconLine, lettering
from ssp_coder.ui.theme.fonts import FontUse

if TYPE_CHECKING:
    from collections.abc import Sequence

    from ssp_coder.domain.finding import Finding
    from ssp_coder.ui.agreement.work import Shelf, Work
    from ssp_coder.ui.theme.theme import Theme

SIZE_PX = (1320, 800)
MOST_CONCERNS = 3
_STEPS = 1000


class ReportWindow(QDialog):
    """What the windows of a pair and of a study share; they say what is compared and shown."""

    def __init__(self, theme: Theme, shelf: Shelf, parent: QWidget | None = None) -> None:
        super().__init__(parent, Qt.WindowType.Window)
        self._theme = theme
        self.shelf = shelf
        self.protocol: Protocol = USUAL_PROTOCOL
        self.compared: PairResult | StudyResult | None = None
        self._work: BackgroundWork | None = None
        self.compare = PushButton(theme, self.tr("Compare"), ButtonKind.PRIMARY, self)
        self.stop = PushButton(theme, self.tr("Cancel"), parent=self)
        self.progress = QProgressBar(self)
        self.settings = PushButton(theme, self.tr("Protocol…"), parent=self)
        self.export = PushButton(theme, self.tr("Export…"), parent=self)
        self.facts = lettering(theme, "", FontUse.TABLE, "second")
        self.trouble = IconLine(theme, "warning", FontUse.BODY, "err", self)
        self.concern = IconLine(theme, "warning", FontUse.TABLE, "warn", self)
        self.tabs = QTabWidget(self)
        self.empty = EmptyState(theme, self.tr("Nothing compared yet"), self.empty_hint())
        self._stack = QStackedWidget(self)
        self._protocol_line = lettering(theme, "", FontUse.CAPTION, "second")
        self._stale: set[int] = set()
        self._connect()

    def empty_hint(self) -> str:
        """What to do first."""
        raise NotImplementedError

    def order(self) -> Work | None:
        """The work that was asked for; None while a field is wrong, which says so."""
        raise NotImplementedError

    def facts_of(self, result: PairResult | StudyResult) -> str:
        """Who and what was compared, in a sentence or two."""
        raise NotImplementedError

    def show_page(self, page: QWidget, result: PairResult | StudyResult) -> None:
        """Show what was compared on one page; it is asked for when the page is first seen."""
        raise NotImplementedError

    def begin(self) -> None:
        """Compare what the fields name."""
        if self._work is not None:
            return
        work = self.order()
        if work is not None:
            self._run(work, self._compared)

    def cancel_work(self) -> None:
        """Stop what runs; nothing of it stays."""
        if self._work is not None:
            self._work.cancel()
            self._work = None
            self._show_running(running=False)

    def set_protocol(self, protocol: Protocol) -> None:
        """Compare with these settings from now on."""
        self.protocol = protocol
        self._protocol_line.setText(protocol_words(protocol))
        self._protocol_line.setToolTip(protocol_words(protocol))

    def write(self, form: Form, place: Path) -> None:
        """Write the report in the background."""
        if self.compared is not None and self._work is None:
            self._run(writing_work(self.compared, form, place), self._written)

    def done(self, result: int) -> None:
        """Close; work that still runs is stopped."""
        self.cancel_work()
        super().done(result)

    def sizeHint(self) -> QSize:  # noqa: N802, D102 - Qt's name
        return QSize(*(self._theme.px(length) for length in SIZE_PX))

    def build(self, title: str, places: QWidget, pages: Sequence[tuple[str, QWidget]]) -> None:
        """Lay the window out; called once by each window.

        Args:
            title: of the window.
            places: fields that say what is compared.
            pages: titles and pages of the report.
        """
        px = self._theme.px
        self.setWindowTitle(title)
        describe(self.tabs, self.tr("Parts of the report"))
        describe(self.tabs.tabBar(), self.tr("Parts of the report"))
        self.tabs.tabBar().setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.tabs.setDocumentMode(True)
        self.tabs.tabBar().setExpanding(False)
        for name, page in pages:
            self.tabs.addTab(page, name)
        self._stack.addWidget(self.empty)
        self._stack.addWidget(self.tabs)
        column = QVBoxLayout(self)
        column.setContentsMargins(px(10), px(10), px(10), px(10))
        column.setSpacing(px(6))
        column.addWidget(self._build_order(places))
        for line in (self.trouble, self.concern, self.facts):
            column.addWidget(line)
        column.addWidget(self._stack, 1)
        self._say((), "")
        self.set_protocol(self.protocol)
        self._show_running(running=False)
        self.resize(self.sizeHint())

    def _build_order(self, places: QWidget) -> QWidget:
        px = self._theme.px
        panel = Panel(self._theme, "", self)
        body = QWidget(panel)
        column = QVBoxLayout(body)
        column.setContentsMargins(px(12), px(8), px(12), px(8))
        column.setSpacing(px(2))
        column.addWidget(places)
        self.progress.setRange(0, _STEPS)
        self.progress.setTextVisible(False)
        self.progress.setFixedWidth(px(160))
        self.progress.setFixedHeight(px(8))
        describe(self.progress, self.tr("Progress of the comparison"))
        line = QHBoxLayout()
        line.setSpacing(px(8))
        line.addWidget(self.settings)
        line.addWidget(self._protocol_line, 1)
        for part in (self.progress, self.stop, self.export, self.compare):
            line.addWidget(part)
        column.addLayout(line)
        panel.set_body(body)
        return panel

    def _connect(self) -> None:
        self.export.setMenu(self._export_menu())
        self.compare.set_keys(("Ctrl", "Enter"))
        self.compare.clicked.connect(self.begin)
        self.stop.clicked.connect(self.cancel_work)
        self.settings.clicked.connect(self.change_protocol)
        self.tabs.currentChanged.connect(self._show_current)
        WindowKeys(
            self,
            (
                WindowKey(command="act", act=self.begin),
                WindowKey(key="Ctrl+PgDown", act=partial(self._turn, 1)),
                WindowKey(key="Ctrl+PgUp", act=partial(self._turn, -1)),
                WindowKey(key="Ctrl+P", act=self.print_report),
                WindowKey(key=SORT_KEY, act=self._sort),
            ),
        )

    def _export_menu(self) -> QMenu:
        menu = QMenu(self)
        for form, words in (
            (Form.HTML, self.tr("Page (HTML)…")),
            (Form.PDF, self.tr("Page (PDF)…")),
            (Form.CSV, self.tr("All numbers (CSV with codebook)…")),
            (Form.JSON, self.tr("For programs (JSON)…")),
        ):
            menu.addAction(words).triggered.connect(partial(self._ask_and_write, form))
        menu.addSeparator()
        menu.addAction(f"{self.tr('Print…')}\tCtrl+P").triggered.connect(self.print_report)
        return menu

    def change_protocol(self) -> None:
        """Ask how agreement is to be worked out."""
        dialog = ProtocolDialog(self._theme, self.protocol, self)
        dialog.accepted.connect(partial(self._take_protocol, dialog))
        dialog.finished.connect(dialog.deleteLater)
        dialog.open()

    def print_report(self) -> None:
        """Print the report on paper."""
        if self.compared is None:
            return
        from PySide6.QtPrintSupport import QPrintDialog, QPrinter

        from ssp_coder.ui.agreement.paper import print_page, set_paper

        printer = QPrinter(QPrinter.PrinterMode.HighResolution)
        set_paper(printer)
        dialog = QPrintDialog(printer, self)
        if dialog.exec():
            print_page(page_of(self.compared)[1], printer)
        dialog.deleteLater()

    def _take_protocol(self, dialog: ProtocolDialog) -> None:
        self.set_protocol(dialog.protocol)
        if self.compared is not None or self._work is not None:
            self.cancel_work()
            self.begin()

    def _ask_and_write(self, form: Form) -> None:
        if form is Form.CSV:
            name = QFileDialog.getExistingDirectory(self, self.tr("Folder for the tables"))
        else:
            kinds = f"{form.value.upper()} (*.{form.value})"
            start = f"agreement.{form.value}"
            name, _ = QFileDialog.getSaveFileName(self, self.tr("Report"), start, kinds)
        if name:
            self.write(form, Path(name))

    def _run(self, job: Work, then: object) -> None:
        self.trouble.show_text("")
        work = BackgroundWork(job, self)
        work.progressed.connect(self._show_progress)
        work.done.connect(then)
        work.failed.connect(self._failed)
        self._work = work
        self._show_running(running=True)
        work.start()

    def _compared(self, result: object) -> None:
        self._end()
        if not isinstance(result, PairResult | StudyResult):
            return
        self.compared = result
        self._say((*result.notes, *result.report.doubts), "")
        self.facts.setText(self.facts_of(result))
        self._stale = set(range(self.tabs.count()))
        self._show_current(self.tabs.currentIndex())
        self._show_possible()
        self._stack.setCurrentWidget(self.tabs)

    def _show_current(self, place: int) -> None:
        """Fill a page that is seen for the first time since the comparison."""
        if self.compared is not None and place in self._stale:
            self._stale.discard(place)
            page = self.tabs.widget(place)
            if page is not None:
                self.show_page(page, self.compared)

    def _written(self, files: object) -> None:
        self._end()
        if isinstance(files, tuple) and files and self.compared is not None:
            names = ", ".join(path.name for path in files)
            told = self.tr("Written: {0}, in {1}").format(names, files[0].parent)
            self.facts.setText(f"{self.facts_of(self.compared)}\n{told}")

    def _failed(self, sentence: str) -> None:
        self._end()
        self.trouble.show_text(sentence)

    def _end(self) -> None:
        if self._work is not None:
            self._work.deleteLater()
        self._work = None
        self._show_running(running=False)

    def _show_progress(self, share: float) -> None:
        self.progress.setValue(round(share * _STEPS))

    def _show_running(self, *, running: bool) -> None:
        self.progress.setValue(0)
        self.progress.setVisible(running)
        shown, hidden = (self.stop, self.compare) if running else (self.compare, self.stop)
        had_focus = hidden.hasFocus()
        shown.show()
        if had_focus:
            shown.setFocus(Qt.FocusReason.OtherFocusReason)
        hidden.hide()
        self._show_possible()

    def _show_possible(self) -> None:
        """What can be pressed now, and why the rest cannot."""
        busy = self.tr("Wait until this is done, or cancel it")
        nothing = self.tr("There is nothing to export yet")
        if self._work is not None:
            self.settings.disable(busy)
            self.export.disable(busy)
            return
        self.settings.enable()
        if self.compared is None:
            self.export.disable(nothing)
        else:
            self.export.enable()

    def _say(self, findings: Sequence[Finding], trouble: str) -> None:
        """What speaks against the figures, or why there are none."""
        sentences = [said_sentence(finding) for finding in findings[:MOST_CONCERNS]]
        if len(findings) > MOST_CONCERNS:
            more = self.tr("{0} further notes are in the report.")
            sentences.append(more.format(len(findings) - MOST_CONCERNS))
        self.concern.show_text("\n".join(sentences))
        self.trouble.show_text(trouble)

    def _sort(self) -> None:
        """Sort the table that has the keyboard by the column that it is in."""
        table = self.focusWidget()
        if isinstance(table, FigureTable):
            table.sort_by_current()

    def _turn(self, step: int) -> None:
        count = self.tabs.count()
        if self._stack.currentWidget() is self.tabs and count:
            self.tabs.setCurrentIndex((self.tabs.currentIndex() + step) % count)
