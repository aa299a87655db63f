"""What stands in the way of a pack, the trainer's word, and the building itself."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtWidgets import (
    QHBoxLayout,
    QLineEdit,
    QListWidget,
    QListWidgetItem,
    QProgressBar,
    QVBoxLayout,
    QWidget,
)

from ssp_coder.domain.finding import Severity
from ssp_coder.training.packs import Stage
from ssp_coder.training.sealing import SHORTEST_WORD
from ssp_coder.ui.kit.accessible import describe
from ssp_coder.ui.kit.button import ButtonKind, PushButton
from ssp_coder.ui.kit.field import FieldWithError
from ssp_coder.ui.kit.panel import Panel
from ssp_coder.ui.language.spoken import said_finding
from ssp_coder.ui.theme.fonts import FontUse
from ssp_coder.ui.trainer.forms import caption, padded, paragraph, retone, scrolled
from ssp_coder.ui.trainer.words import SEVERITY_ICONS
from ssp_coder.ui.training.words import sealing_words

if TYPE_CHECKING:
    from ssp_coder.domain.finding import Finding
    from ssp_coder.training.draft_checking import CheckedDraft
    from ssp_coder.training.drafts import PackDraft
    from ssp_coder.ui.theme.theme import Theme

_PERCENT = 100


class BuildPanel(QWidget):
    """The list of what was found in a draft, and what makes a pack of it.

    Signals:
        place_chosen: the place of the finding that was chosen.
        build_wanted: the trainer's word, empty to do without.
        cancel_wanted: the building is not wanted any more.
    """

    place_chosen = Signal(str)
    build_wanted = Signal(str)
    cancel_wanted = Signal()

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme = theme
        self._findings: tuple[Finding, ...] = ()
        self._why_not = self.tr("Open or begin a draft first")
        self.findings = QListWidget(self)
        self.word = FieldWithError(theme, self.tr("Trainer's word"), self)
        self.again = FieldWithError(theme, self.tr("The word once more"), self)
        self.build = PushButton(theme, self.tr("Build the pack…"), ButtonKind.PRIMARY, self)
        self.cancel = PushButton(theme, self.tr("Stop"), parent=self)
        self.progress = QProgressBar(self)
        self._state = paragraph(theme, "", self)
        self._word_state = paragraph(theme, "", self)
        self._panel = Panel(theme, self.tr("Before building"), self)
        self._build_panel()
        self.findings.currentRowChanged.connect(self._choose)
        self.build.clicked.connect(self._want)
        self.cancel.clicked.connect(self.cancel_wanted)
        self.show_nothing()
        self.show_busy(busy=False)

    def show_nothing(self) -> None:
        """There is no draft."""
        self._why_not = self.tr("Open or begin a draft first")
        self._list(())
        self._panel.set_note("")
        self._state.setText("")
        self.show_busy(busy=False)

    def show_draft(self, draft: PackDraft) -> None:
        """Another draft, which was not checked yet."""
        forms = any(case.stage is Stage.TEST for case in draft.cases)
        self._word_state.setText(
            self.tr("Without a word the test forms are sealed with the pack's own key.")
            if forms
            else self.tr("The pack has no test form: a word seals nothing yet.")
        )
        self._why_not = self.tr("The draft is being checked")
        self._panel.set_note(self.tr("checking"))

    def show_checked(self, result: CheckedDraft) -> None:
        """What was found in the draft as it is."""
        errors, others = len(result.errors), len(result.findings) - len(result.errors)
        self._why_not = self.tr("What is listed as wrong keeps it from being built")
        self._list(result.findings)
        if errors:
            self._panel.set_note(self.tr("{0} to mend, {1} to look at").format(errors, others))
        elif others:
            self._panel.set_note(self.tr("{0} to look at").format(others))
        else:
            self._panel.set_note(self.tr("nothing found"))
        if not errors:
            self._why_not = ""
        self.show_busy(busy=False)

    def show_pack_check(self, findings: tuple[Finding, ...]) -> None:
        """What was found in a pack that exists; the next check of the draft takes its place."""
        self._list(findings)
        self._panel.set_note(self.tr("of the pack: {0} found").format(len(findings)))

    def show_busy(self, *, busy: bool) -> None:
        """Whether something is being built or checked."""
        self.progress.setVisible(busy)
        self.cancel.setVisible(busy)
        if busy:
            self.build.disable(self.tr("Something is under way"))
        elif self._why_not:
            self.build.disable(self._why_not)
        else:
            self.build.enable()

    def show_progress(self, share: float) -> None:
        """The share done, 0 to 1."""
        self.progress.setValue(round(_PERCENT * share))

    def say(self, words: str, tone: str = "second") -> None:
        """Say what came of it."""
        self._state.setText(words)
        retone(self._state, tone)

    def forget_word(self) -> None:
        """Empty the fields of the word."""
        for field in (self.word, self.again):
            field.set_text("")
            field.clear_error()

    def _build_panel(self) -> None:
        theme, px = self._theme, self._theme.px
        describe(self.findings, self.tr("What was found in the draft"))
        describe(self.progress, self.tr("How far it is"))
        self.findings.setWordWrap(True)
        self.findings.setFont(theme.font(FontUse.TABLE))
        self.findings.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.findings.setVerticalScrollMode(QListWidget.ScrollMode.ScrollPerPixel)
        self.findings.setMinimumHeight(px(120))
        self.progress.setTextVisible(False)
        self.progress.setFixedHeight(px(8))
        for field in (self.word, self.again):
            field.edit.setEchoMode(QLineEdit.EchoMode.Password)
        body, column = padded(theme, self)
        column.addWidget(self.findings, 3)
        column.addWidget(caption(theme, self.tr("Trainer's word, may stay empty"), self))
        column.addWidget(self.word)
        column.addWidget(caption(theme, self.tr("The word once more"), self))
        column.addWidget(self.again)
        column.addWidget(self._word_state)
        row = QHBoxLayout()
        row.addWidget(self.build)
        row.addWidget(self.cancel)
        row.addStretch(1)
        column.addLayout(row)
        column.addWidget(self.progress)
        column.addWidget(self._state)
        self._panel.set_body(body)
        whole = QVBoxLayout(self)
        whole.setContentsMargins(0, 0, 0, 0)
        whole.setSpacing(px(10))
        whole.addWidget(self._panel, 3)
        whole.addWidget(self._sealing(), 2)

    def _sealing(self) -> Panel:
        panel = Panel(self._theme, self.tr("What sealing does"), self)
        body, column = padded(self._theme, panel)
        words = paragraph(self._theme, "\n\n".join(sealing_words()), body)
        words.setAlignment(Qt.AlignmentFlag.AlignTop)
        area = scrolled(words, body)
        area.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        column.addWidget(area)
        panel.set_body(body)
        return panel

    def _list(self, findings: tuple[Finding, ...]) -> None:
        self._findings = tuple(sorted(findings, key=_weight))
        self.findings.blockSignals(True)
        self.findings.clear()
        for finding in self._findings:
            icon, tone = SEVERITY_ICONS[finding.severity]
            words = f"{_short(finding.place)}: {said_finding(finding)}"
            item = QListWidgetItem(self._theme.icon(icon, tone), words, self.findings)
            item.setToolTip(words)
        self.findings.setIconSize(QSize(self._theme.px(14), self._theme.px(14)))
        self.findings.blockSignals(False)

    def _choose(self, row: int) -> None:
        if 0 <= row < len(self._findings):
            self.place_chosen.emit(self._findings[row].place)

    def _want(self) -> None:
        word = self.word.text()
        self.word.clear_error()
        self.again.clear_error()
        if word and len(word.strip()) < SHORTEST_WORD:
            self.word.show_error(self.tr("{0} signs or more").format(SHORTEST_WORD))
        elif word != self.again.text():
            self.again.show_error(self.tr("the two are not the same"))
        else:
            self.build_wanted.emit(word)


def _weight(finding: Finding) -> int:
    return tuple(Severity).index(finding.severity)


def _short(place: str) -> str:
    """The end of a path; other places as they are."""
    return place.replace("\\", "/").rpartition("/")[2] or place
