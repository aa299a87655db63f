"""Whether coding times on a video can be trusted: tried in the background, told in words."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import (
    QDialog,
    QProgressBar,
    QTableWidget,
    QTableWidgetItem,
    QVBoxLayout,
    QWidget,
)

from ssp_coder.media.indexing import Watch
from ssp_coder.media.selftest import SelfTest, Verdict, run_selftest
from ssp_coder.reporting.selftests import selftest_lines, trial_rows, verdict_lines
from ssp_coder.ui.background import BackgroundWork
from ssp_coder.ui.dialogs.found_table import button_row, show_columns
from ssp_coder.ui.kit.accessible import describe
from ssp_coder.ui.kit.button import ButtonKind, PushButton
from ssp_coder.ui.kit.chip import Tag, TagKind
from ssp_coder.ui.rate.lettering import lettering
from ssp_coder.ui.theme.fonts import FontUse

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from ssp_coder.media.index import FrameIndex
    from ssp_coder.ui.theme.theme import Theme

_KINDS = {
    Verdict.TRUSTED: TagKind.OK,
    Verdict.GAPS: TagKind.WARN,
    Verdict.NOT_TRUSTED: TagKind.ERR,
}
_PERCENT = 100


class SelfTestDialog(QDialog):
    """Tries one video and says what was found; closing it stops a test that still runs."""

    def __init__(
        self, theme: Theme, video: Path, index: FrameIndex | None, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self._theme = theme
        self._video = video
        self.found: SelfTest | None = None
        self.verdict = Tag(theme, self.tr("trying"), TagKind.NEUTRAL, self)
        self.sentence = lettering(theme, self._busy_words(), FontUse.LABEL)
        self.advice = lettering(theme, "", FontUse.TABLE, "second")
        self.progress = QProgressBar(self)
        self.table = QTableWidget(0, 2, self)
        self.copy_button = PushButton(theme, self.tr("Copy as text"), parent=self)
        self.close_button = PushButton(theme, self.tr("Stop"), ButtonKind.PRIMARY, self)
        self._build()
        self.copy_button.clicked.connect(self._copy)
        self.close_button.clicked.connect(self.reject)
        self._work = BackgroundWork(_tried(video, index), self)
        self._work.progressed.connect(self._show_progress)
        self._work.done.connect(self._show)
        self._work.failed.connect(self._fail)
        self._work.start()

    def done(self, result: int) -> None:
        """Close; a test that still runs is stopped."""
        self._work.cancel()
        super().done(result)

    def _busy_words(self) -> str:
        words = self.tr(
            "{0} is read from its start, then frames are sought, stepped to and read again."
        )
        return words.format(self._video.name)

    def _show_progress(self, share: float) -> None:
        self.progress.setValue(round(share * _PERCENT))

    def _show(self, found: object) -> None:
        if not isinstance(found, SelfTest):
            return
        self.found = found
        sentence, *advice = verdict_lines(found, self._video)
        self.sentence.setText(sentence)
        self.advice.setText("\n".join(line.strip() for line in advice))
        self.advice.setVisible(bool(advice))
        self.verdict.show_tag(self._verdict_word(found.verdict), _KINDS[found.verdict])
        for row in trial_rows(found):
            self._add_row(row)
        self.table.show()
        self._ended()
        self.copy_button.enable()

    def _verdict_word(self, verdict: Verdict) -> str:
        return {
            Verdict.TRUSTED: self.tr("trusted"),
            Verdict.GAPS: self.tr("trusted, damaged"),
            Verdict.NOT_TRUSTED: self.tr("not trusted"),
        }[verdict]

    def _fail(self, sentence: str) -> None:
        self.verdict.show_tag(self.tr("not tried"), TagKind.ERR)
        self.sentence.setText(sentence)
        self._ended()

    def _ended(self) -> None:
        self.progress.hide()
        self.close_button.set_words(self.tr("Close"))
        self.close_button.setFocus(Qt.FocusReason.OtherFocusReason)

    def _add_row(self, cells: tuple[str, str]) -> None:
        row = self.table.rowCount()
        self.table.insertRow(row)
        for column, words in enumerate(cells):
            self.table.setItem(row, column, QTableWidgetItem(words))

    def _copy(self) -> None:
        if self.found is not None:
            text = "\n".join(selftest_lines(self.found, self._video))
            QGuiApplication.clipboard().setText(text)

    def _build(self) -> None:
        px = self._theme.px
        self.setWindowTitle(self.tr("Check this video"))
        self.resize(px(640), px(380))
        describe(self.progress, self.tr("How much of the video is tried"))
        describe(self.table, self.tr("What was tried"))
        self.advice.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        self.advice.hide()
        show_columns(self.table, (self.tr("Tried"), self.tr("Found")), wide=(1,))
        self.copy_button.disable(self.tr("There is nothing to copy yet"))
        column = QVBoxLayout(self)
        column.setContentsMargins(px(16), px(16), px(16), px(16))
        column.setSpacing(px(8))
        column.addWidget(self.verdict, 0, Qt.AlignmentFlag.AlignLeft)
        for widget in (self.sentence, self.advice, self.progress):
            column.addWidget(widget)
        column.addWidget(self.table, 1)
        column.addStretch(0)
        column.addLayout(button_row(self._theme, self.copy_button, self.close_button))


def _tried(
    video: Path, index: FrameIndex | None
) -> Callable[[Callable[[float], None], Callable[[], bool]], object]:
    """The work of the background; it holds values only, no widget."""

    def work(progress: Callable[[float], None], cancelled: Callable[[], bool]) -> object:
        watch = Watch(progress=progress, cancelled=cancelled)
        return run_selftest(video, index=index, watch=watch)

    return work
