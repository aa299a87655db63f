"""What lies on disk: name, size, saved or not, hash of the log, and a check of all of it."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QGridLayout, QHBoxLayout, QLabel, QProgressBar, QVBoxLayout, QWidget

from ssp_coder.ui.background import BackgroundWork
from ssp_coder.ui.kit.accessible import describe
from ssp_coder.ui.kit.button import ButtonKind, PushButton
from ssp_coder.ui.kit.panel import Panel
from ssp_coder.ui.language.spoken import said_sentence
from ssp_coder.ui.rate.lettering import IconLine, lettering, short_lettering
from ssp_coder.ui.review.checking import check_file
from ssp_coder.ui.theme.fonts import FontUse

if TYPE_CHECKING:
    from ssp_coder.ui.session import OpenSession
    from ssp_coder.ui.theme.theme import Theme

SHOWN_HASH = 16
MOST_SHOWN = 8


class FilePanel(Panel):
    """Facts of the coding file, and the button that checks it."""

    def __init__(self, theme: Theme, session: OpenSession, parent: QWidget | None = None) -> None:
        super().__init__(theme, "", parent)
        self.set_title(self.tr("File"))
        self._session = session
        self._work: BackgroundWork | None = None
        self.check = PushButton(theme, self.tr("Check the file"), ButtonKind.PLAIN, self)
        self._facts = {name: lettering(theme, "", FontUse.TABLE) for name in self._names()}
        self._progress = QProgressBar(self)
        self._result = IconLine(theme, "check", FontUse.TABLE, "ok", self)
        self._trouble = IconLine(theme, "warning", FontUse.TABLE, "err", self)
        self._build()
        self.check.clicked.connect(self.start_check)
        self.refresh()

    def refresh(self) -> None:
        """Show the facts as they are now."""
        file = self._session.file
        if file is None:
            self._facts["name"].setText(self.tr("not kept in a file"))
            self.check.disable(self.tr("This coding is not kept in a file"))
            return
        self._facts["name"].setText(file.path.name)
        self._facts["name"].setToolTip(str(file.path))
        self._facts["folder"].setText(str(file.path.parent))
        self._facts["saved"].setText(self._saved_words())
        self._facts["hash"].setText(file.head[:SHOWN_HASH])
        self._facts["hash"].setToolTip(file.head)
        if self._work is None:
            self.check.enable()

    def start_check(self) -> None:
        """Read the file back in the background and compare it with its own log."""
        file = self._session.file
        if file is None or self._work is not None:
            return
        if not file.flush():
            self._fail(self.tr("Not everything is on disk yet, so it was not checked"))
            return
        self._result.show_text("")
        self._trouble.show_text("")
        self._progress.setValue(0)
        self._progress.show()
        self.check.disable(self.tr("The file is being checked"))
        work = BackgroundWork(partial(check_file, file.path), self)
        work.progressed.connect(self._show_progress)
        work.done.connect(self._show_findings)
        work.failed.connect(self._fail)
        self.destroyed.connect(work.cancel)
        self._work = work
        work.start()

    def _show_progress(self, share: float) -> None:
        self._progress.setValue(round(share * 100))

    def _show_findings(self, findings: object) -> None:
        self._end()
        found = findings if isinstance(findings, tuple) else ()
        if not found:
            edits = self._session.document.history.last_seq
            words = self.tr("The file is sound: its log of {0} steps gives exactly this coding")
            self._result.show_text(words.format(edits))
            return
        lines = [said_sentence(finding) for finding in found[:MOST_SHOWN]]
        if len(found) > MOST_SHOWN:
            lines.append(self.tr("and {0} more").format(len(found) - MOST_SHOWN))
        self._trouble.show_text("\n".join(lines))

    def _fail(self, sentence: str) -> None:
        self._end()
        self._trouble.show_text(sentence)

    def _end(self) -> None:
        if self._work is not None:
            self._work.deleteLater()
        self._work = None
        self._progress.hide()
        self.check.enable()

    def _saved_words(self) -> str:
        session = self._session
        if session.save_error:
            words = self.tr("{0} edits are not on disk: {1}")
            return words.format(session.unsaved, session.save_error)
        if session.unsaved:
            return self.tr("saving")
        return self.tr("every edit is on disk")

    def _names(self) -> dict[str, str]:
        return {
            "name": self.tr("Name"),
            "folder": self.tr("Folder"),
            "saved": self.tr("Saved"),
            "hash": self.tr("Log hash"),
        }

    def _build(self) -> None:
        px = self._theme.px
        body = QWidget(self)
        column = QVBoxLayout(body)
        column.setContentsMargins(px(12), px(8), px(12), px(10))
        column.setSpacing(px(6))
        grid = QGridLayout()
        grid.setHorizontalSpacing(px(12))
        grid.setVerticalSpacing(px(3))
        grid.setColumnStretch(1, 1)
        for row, (name, words) in enumerate(self._names().items()):
            label = short_lettering(self._theme, words, FontUse.TABLE, "second")
            grid.addWidget(label, row, 0, Qt.AlignmentFlag.AlignTop)
            self._facts[name].setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
            grid.addWidget(self._facts[name], row, 1)
            describe(self._facts[name], words)
        column.addLayout(grid)
        self._progress.setTextVisible(False)
        self._progress.setFixedHeight(px(4))
        self._progress.hide()
        describe(self._progress, self.tr("Progress of the check"))
        line = QHBoxLayout()
        line.addWidget(self.check)
        line.addStretch(1)
        column.addLayout(line)
        for widget in (self._progress, self._result, self._trouble):
            column.addWidget(widget)
        self._result.show_text("")
        self._trouble.show_text("")
        column.addStretch(1)
        self.set_body(body)

    def fact(self, name: str) -> QLabel:
        """The label that shows a fact: name, folder, saved or hash."""
        return self._facts[name]
