"""Writes the questions to the trainer as a table or a sheet, and reads the answers back."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QDialog, QFileDialog, QHBoxLayout, QVBoxLayout, QWidget

from ssp_coder.domain.finding import DomainError
from ssp_coder.formats.comments import question_rows
from ssp_coder.formats.errors import FormatError
from ssp_coder.formats.export import stem_of
from ssp_coder.formats.exportable import Exportable
from ssp_coder.formats.questions import plan_answers, questions_bytes
from ssp_coder.ui.background import BackgroundWork
from ssp_coder.ui.comments.sheet import pictures_of, sheet_html, sheet_words, write_pdf
from ssp_coder.ui.kit.button import ButtonKind, PushButton
from ssp_coder.ui.kit.choice import CheckBox
from ssp_coder.ui.kit.panel import hairline
from ssp_coder.ui.language.spoken import said_sentence
from ssp_coder.ui.rate.lettering import IconLine, lettering
from ssp_coder.ui.theme.fonts import FontUse

if TYPE_CHECKING:
    from collections.abc import Callable

    from ssp_coder.ui.player.open_video import OpenVideo
    from ssp_coder.ui.session import OpenSession
    from ssp_coder.ui.theme.theme import Theme

TABLE, PDF, HTML = ".csv", ".pdf", ".html"


class QuestionsDialog(QDialog):
    """Everything that goes to the trainer and comes back; nothing leaves the computer."""

    def __init__(
        self,
        theme: Theme,
        session: OpenSession,
        video: OpenVideo | None = None,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self._theme = theme
        self._session = session
        self._video = video
        self._work: BackgroundWork | None = None
        self.table_button = PushButton(theme, self.tr("Table (CSV)…"), ButtonKind.PRIMARY, self)
        self.pdf_button = PushButton(theme, self.tr("Sheet (PDF)…"), ButtonKind.PLAIN, self)
        self.html_button = PushButton(theme, self.tr("Sheet (HTML)…"), ButtonKind.PLAIN, self)
        self.read_button = PushButton(theme, self.tr("Read answers…"), ButtonKind.PLAIN, self)
        self.close_button = PushButton(theme, self.tr("Close"), ButtonKind.PLAIN, self)
        self.pictures = CheckBox(theme, self.tr("A picture of each moment on the sheet"), self)
        self.privacy = IconLine(theme, "warning", FontUse.TABLE, "warn", self)
        self.told = IconLine(theme, "done", FontUse.BODY, "ok", self)
        self.trouble = IconLine(theme, "warning", FontUse.TABLE, "err", self)
        self._count = lettering(theme, "", FontUse.PANEL_TITLE)
        self._build()
        self._connect()
        self._refresh()

    def write(self, path: Path) -> None:
        """Write the questions; the ending of the file says as what."""
        self._say("")
        if path.suffix == TABLE:
            self._try(lambda: path.write_bytes(questions_bytes((self._entry(),))), path)
        elif self.pictures.isChecked() and self._video is not None:
            self._gather_pictures(path, self._video)
        else:
            self._write_sheet(path, {})

    def read(self, path: Path) -> None:
        """Bring the answers of a table into the coding, all of them or none."""
        self._say("")
        try:
            plan = plan_answers(self._session.coding, path)
        except FormatError as error:
            self.trouble.show_text("\n".join(error.sentences()))
            return
        edit = plan.edit
        if edit is not None and not self._session.submit(edit, reason=path.name, cause=self):
            return
        words = [self.tr("{0} answers read from {1}").format(plan.count, path.name)]
        words += [said_sentence(finding) for finding in plan.notes]
        self._say("\n".join(words))
        self._refresh()

    def done(self, result: int) -> None:
        """Close; pictures that are still being gathered are let go."""
        if self._work is not None:
            self._work.cancel()
        super().done(result)

    def _entry(self) -> Exportable:
        return Exportable(coding=self._session.coding, scheme=self._session.kept_scheme)

    def _gather_pictures(self, path: Path, video: OpenVideo) -> None:
        entry = self._entry()
        self.setEnabled(False)
        work = BackgroundWork(lambda _progress, _cancelled: (path, pictures_of(entry, video)), self)
        work.done.connect(self._take_pictures)
        work.failed.connect(self._fail)
        self._work = work
        work.start()

    def _take_pictures(self, found: object) -> None:
        self._end()
        if isinstance(found, tuple):
            path, pictures = found
            self._write_sheet(path, pictures)

    def _fail(self, sentence: str) -> None:
        self._end()
        self.trouble.show_text(sentence)

    def _end(self) -> None:
        self.setEnabled(True)
        if self._work is not None:
            self._work.deleteLater()
        self._work = None

    def _write_sheet(self, path: Path, pictures: dict[tuple[str, str, int], bytes]) -> None:
        html = sheet_html(self._entry(), pictures)
        if path.suffix == PDF:
            self._try(lambda: write_pdf(html, path), path)
        else:
            self._try(lambda: path.write_text(html, "utf-8"), path)

    def _try(self, write: Callable[[], object], path: Path) -> None:
        try:
            write()
        except (DomainError, OSError) as error:
            self.trouble.show_text(str(error))
            return
        self._say(self.tr("Written: {0}").format(path.name))

    def _say(self, words: str) -> None:
        self.told.show_text(words)
        self.trouble.show_text("")

    def _refresh(self) -> None:
        count = sum(1 for _ in question_rows(self._entry()))
        self._count.setText(
            self.tr("Open questions: {0}").format(count)
            if count
            else self.tr("No question is open")
        )
        for button in (self.table_button, self.pdf_button, self.html_button):
            if count:
                button.enable()
            else:
                button.disable(self.tr("Ask something first"))
        if self._session.read_only:
            self.read_button.disable(self.tr("The coding cannot be changed"))
        self.pictures.setEnabled(self._video is not None and bool(count))

    def _show_privacy(self) -> None:
        self.privacy.show_text(sheet_words().pictures if self.pictures.isChecked() else "")

    def _ask_where(self, suffix: str) -> None:
        name = f"{stem_of((self._entry(),))}_questions{suffix}"
        file = self._session.file
        folder = Path.home() if file is None else file.path.parent
        chosen, _ = QFileDialog.getSaveFileName(
            self, self.tr("Write the questions"), str(folder / name), f"*{suffix}"
        )
        if chosen:
            path = Path(chosen)
            self.write(path if path.suffix == suffix else path.with_name(path.name + suffix))

    def _ask_table(self) -> None:
        self._ask_where(TABLE)

    def _ask_pdf(self) -> None:
        self._ask_where(PDF)

    def _ask_html(self) -> None:
        self._ask_where(HTML)

    def _ask_answers(self) -> None:
        chosen, _ = QFileDialog.getOpenFileName(
            self, self.tr("Read answers"), "", self.tr("Tables (*.csv)")
        )
        if chosen:
            self.read(Path(chosen))

    def _connect(self) -> None:
        self._session.refused.connect(self.trouble.show_text)
        self.table_button.clicked.connect(self._ask_table)
        self.pdf_button.clicked.connect(self._ask_pdf)
        self.html_button.clicked.connect(self._ask_html)
        self.read_button.clicked.connect(self._ask_answers)
        self.close_button.clicked.connect(self.reject)
        self.pictures.toggled.connect(self._show_privacy)

    def _build(self) -> None:
        px, theme = self._theme.px, self._theme
        self.setWindowTitle(self.tr("Questions to the trainer"))
        self.setMinimumWidth(px(520))
        column = QVBoxLayout(self)
        column.setContentsMargins(px(16), px(14), px(16), px(14))
        column.setSpacing(px(8))
        column.addWidget(self._count)
        about = self.tr(
            "The table has a column for the answers; filled in, it is read back here. "
            "The sheet is to be printed and has room to write."
        )
        column.addWidget(lettering(theme, about, FontUse.BODY, "second"))
        row = QHBoxLayout()
        row.setSpacing(px(8))
        for button in (self.table_button, self.pdf_button, self.html_button):
            row.addWidget(button)
        row.addStretch(1)
        column.addLayout(row)
        column.addWidget(self.pictures, 0, Qt.AlignmentFlag.AlignLeft)
        column.addWidget(self.privacy)
        column.addWidget(hairline(self))
        foot = QHBoxLayout()
        foot.addWidget(self.read_button)
        foot.addStretch(1)
        foot.addWidget(self.close_button)
        for line in (self.told, self.trouble, self.privacy):
            line.show_text("")
        column.addWidget(self.told)
        column.addWidget(self.trouble)
        column.addLayout(foot)
