"""Making a pack: references chosen, every case stated, the draft checked, the pack built."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QFileDialog, QHBoxLayout, QVBoxLayout, QWidget

from ssp_coder.domain.finding import DomainError
from ssp_coder.training.drafts import PackDraft
from ssp_coder.training.packs import Pack
from ssp_coder.ui.kit.button import ButtonKind, PushButton
from ssp_coder.ui.kit.panel import Panel
from ssp_coder.ui.kit.saved import SavedIndicator
from ssp_coder.ui.kit.title_row import SmallButton
from ssp_coder.ui.language.spoken import said_error
from ssp_coder.ui.trainer.build_panel import BuildPanel
from ssp_coder.ui.trainer.case_form import CaseForm
from ssp_coder.ui.trainer.draft_desk import DraftDesk, PackCheck
from ssp_coder.ui.trainer.forms import padded, paragraph
from ssp_coder.ui.trainer.pack_head import PackHead
from ssp_coder.ui.trainer.row_table import RowTable, TableRow
from ssp_coder.ui.trainer.words import DASH, consent_words
from ssp_coder.ui.training.words import stage_title

if TYPE_CHECKING:
    from collections.abc import Callable

    from ssp_coder.training.drafts import DraftCase
    from ssp_coder.ui.theme.theme import Theme

HEAD_PX = 292
BUILD_PX = 312


class PacksPage(QWidget):
    """The draft at work; its file is written with every change.

    Signals:
        pack_built: the folder of a pack that was made.
    """

    pack_built = Signal(object)

    def __init__(
        self,
        theme: Theme,
        desk: DraftDesk,
        head: PackHead,
        who: Callable[[], str],
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self._theme = theme
        self._desk = desk
        self._who = who
        self.head = head
        self.new = PushButton(theme, self.tr("New draft…"), parent=self)
        self.open = PushButton(theme, self.tr("Open a draft…"), parent=self)
        self.check = PushButton(theme, self.tr("Check a pack…"), ButtonKind.QUIET, self)
        self.saved = SavedIndicator(theme, self)
        self.path_words = paragraph(theme, "", self)
        titles = [self.tr("Title"), self.tr("Stage"), self.tr("Form"), self.tr("Consent")]
        self.cases = RowTable(theme, self.tr("Cases of the pack"), titles, (0,), self)
        self.add = PushButton(theme, self.tr("Add references…"), parent=self)
        self.up = SmallButton(theme, "chevron-up", self)
        self.down = SmallButton(theme, "chevron-down", self)
        self.remove = SmallButton(theme, "trash", self)
        self.form = CaseForm(theme, self)
        self.panel = Panel(theme, self.tr("Cases"), self)
        self.building = BuildPanel(theme, self)
        self._build()
        self._connect()
        self.refresh()

    def refresh(self) -> None:
        """Show the draft as it is."""
        draft = self._desk.draft
        self.head.show_draft(draft)
        self.path_words.setText(
            self.tr("Begin a draft, or open one.")
            if self._desk.path is None
            else self._desk.path.name
        )
        self._allow_changes()
        if draft is None:
            self.building.show_nothing()
        else:
            self.cases.show_rows([self._row(case) for case in draft.cases])
            self.panel.set_note(str(len(draft.cases)) if draft.cases else "")
            self.building.show_draft(draft)
            self.building.show_busy(busy=self._desk.errands.busy)
        self._show_case(self.cases.key)

    def settle(self) -> None:
        """Take in what is being typed."""
        self.head.settle()
        self.form.settle()

    def move_up(self) -> None:
        """Move the chosen case a place up."""
        self._desk.move_case(self.cases.key, -1)

    def move_down(self) -> None:
        """Move the chosen case a place down."""
        self._desk.move_case(self.cases.key, 1)

    def choose_draft(self) -> None:
        """Ask for a draft and open it."""
        if not self._can_leave():
            return
        name, _ = QFileDialog.getOpenFileName(
            self, self.tr("Open a draft"), "", self.tr("Drafts of packs (*.toml)")
        )
        if name:
            self.open_draft(Path(name))

    def open_draft(self, path: Path) -> None:
        """Open a draft, or say why it cannot be."""
        try:
            self._desk.open(path)
        except DomainError as error:
            self.say(said_error(error))

    def begin_draft(self) -> None:
        """Ask for a new file and begin a draft in it."""
        if not self._can_leave():
            return
        name, _ = QFileDialog.getSaveFileName(
            self, self.tr("New draft"), "pack.toml", self.tr("Drafts of packs (*.toml)")
        )
        if not name:
            return
        path = Path(name) if Path(name).suffix else Path(f"{name}.toml")
        if path != Path(name) and path.exists():  # nobody was asked whether to replace it
            self.say(self.tr("{0} is there already: choose another name").format(path.name))
            return
        try:
            self._desk.begin(path, self._who())
        except DomainError as error:
            self.say(said_error(error))

    def _can_leave(self) -> bool:
        """Take in what is being typed; False while something of this draft is under way."""
        self.settle()
        if self._desk.errands.busy:
            self.say(self.tr("Something is under way"))
            return False
        return True

    def say(self, words: str) -> None:
        """Say what did not work."""
        self.building.say(words, "err")

    def _build(self) -> None:
        px = self._theme.px
        self.up.set_name(self.tr("Case up"))
        self.down.set_name(self.tr("Case down"))
        self.remove.set_name(self.tr("Leave the case out"))
        self.up.set_keys(("Alt", "Up"))
        self.down.set_keys(("Alt", "Down"))
        self.add.set_icon_name("plus")
        for widget in (self.add, self.up, self.down, self.remove):
            self.panel.add_to_title(widget)
        self.path_words.setWordWrap(False)
        bar = QHBoxLayout()
        bar.setSpacing(px(8))
        for button in (self.new, self.open):
            bar.addWidget(button)
        bar.addWidget(self.path_words)
        bar.addWidget(self.saved)
        bar.addStretch(1)
        bar.addWidget(self.check)
        body, column = padded(self._theme, self)
        column.setContentsMargins(0, 0, 0, 0)
        column.addWidget(self.cases)
        self.panel.set_body(body)
        middle = QVBoxLayout()
        middle.setSpacing(px(10))
        middle.addWidget(self.panel, 2)
        middle.addWidget(self.form, 3)
        self.head.setFixedWidth(px(HEAD_PX))
        self.building.setFixedWidth(px(BUILD_PX))
        row = QHBoxLayout()
        row.setSpacing(px(10))
        row.addWidget(self.head)
        row.addLayout(middle, 1)
        row.addWidget(self.building)
        whole = QVBoxLayout(self)
        whole.setContentsMargins(0, 0, 0, 0)
        whole.setSpacing(px(8))
        whole.addLayout(bar)
        whole.addLayout(row, 1)

    def _connect(self) -> None:
        desk = self._desk
        desk.changed.connect(self.refresh)
        desk.checked.connect(self._show_checked)
        desk.saved.connect(self.saved.show_saved)
        desk.trouble.connect(self.say)
        desk.built.connect(self._show_built)
        desk.pack_checked.connect(self._show_pack_check)
        desk.errands.busy_changed.connect(self._show_busy)
        desk.errands.progressed.connect(self.building.show_progress)
        self.new.clicked.connect(self.begin_draft)
        self.open.clicked.connect(self.choose_draft)
        self.check.clicked.connect(self._choose_pack)
        self.add.clicked.connect(self._choose_references)
        self.up.clicked.connect(self.move_up)
        self.down.clicked.connect(self.move_down)
        self.remove.clicked.connect(self._remove)
        self.cases.row_chosen.connect(self._show_case)
        self.form.case_changed.connect(self._change_case)
        self.head.head_changed.connect(self._change_head)
        self.building.place_chosen.connect(self._go_to)
        self.building.build_wanted.connect(self._choose_place)
        self.building.cancel_wanted.connect(self._stop)

    def _allow_changes(self) -> None:
        """Let cases be added, moved and left out, or say why not."""
        buttons = (self.add, self.up, self.down, self.remove)
        why = ""
        if self._desk.draft is None:
            why = self.tr("Open or begin a draft first")
        elif self._desk.errands.busy:
            why = self.tr("Something is under way")
        for button in buttons:
            if why:
                button.disable(why)
            else:
                button.enable()
                button.setToolTip(button.accessibleName())

    def _row(self, case: DraftCase) -> TableRow:
        stated = case.consent.allows_training and bool(case.consent_by.strip())
        return TableRow(
            key=case.id,
            cells=(
                case.title or case.id,
                stage_title(case.stage),
                case.form or DASH,
                consent_words(case.consent),
            ),
            icon="check" if stated else "warning",
            tone="ok" if stated else "err",
            tip=f"{case.id}, {case.reference}",
        )

    def _show_case(self, key: str) -> None:
        draft = self._desk.draft
        cases = () if draft is None else draft.cases
        case = next((one for one in cases if one.id == key), None)
        self.form.show_case(case, frozenset(one.id for one in cases))

    def _show_checked(self) -> None:
        result = self._desk.result
        if result is not None:
            self.form.show_scheme(self._desk.scheme)
            self.building.show_checked(result)
            self._show_busy()

    def _show_busy(self) -> None:
        busy = self._desk.errands.busy
        self.building.show_busy(busy=busy)
        self._allow_changes()
        for button in (self.new, self.open, self.check):
            button.setEnabled(not busy)

    def _change_case(self, before: str, case: object) -> None:
        from ssp_coder.training.drafts import DraftCase

        if isinstance(case, DraftCase):
            renamed = before == self.cases.key and case.id != before
            self._desk.change_case(before, case)
            if renamed:
                self.cases.choose(case.id)

    def _change_head(self, head: object) -> None:
        """The cases stay those of the desk: the head knows them as they were."""
        draft = self._desk.draft
        if isinstance(head, PackDraft) and draft is not None:
            self._desk.change(replace(head, cases=draft.cases))

    def _remove(self) -> None:
        if self.cases.key:
            self._desk.remove_case(self.cases.key)

    def _go_to(self, place: str) -> None:
        """Show the case that a finding is about."""
        draft = self._desk.draft
        for case in () if draft is None else draft.cases:
            if place in (f"case {case.id}", str(case.reference), case.id):
                self.cases.choose(case.id)

    def _choose_references(self) -> None:
        names, _ = QFileDialog.getOpenFileNames(
            self, self.tr("Add references"), "", self.tr("Codings (*.sspc)")
        )
        if names:
            self._desk.add(tuple(Path(name) for name in names))

    def _choose_place(self, word: str) -> None:
        draft = self._desk.draft
        if draft is None or self._desk.path is None:
            return
        start = self._desk.path.parent / f"{draft.id}-{draft.version}"
        name, _ = QFileDialog.getSaveFileName(
            self, self.tr("New folder for the pack"), str(start), ""
        )
        if name:
            self.building.say("")
            self._desk.build(Path(name), word)

    def _stop(self) -> None:
        self._desk.errands.cancel()
        self.building.say(self.tr("Stopped; nothing was written"))

    def _choose_pack(self) -> None:
        name = QFileDialog.getExistingDirectory(self, self.tr("Check a pack"))
        if name:
            self.building.say("")
            self._desk.check_pack(Path(name))

    def _show_built(self, pack: object) -> None:
        if isinstance(pack, Pack):
            self.building.forget_word()
            words = self.tr("{0} built with {1} cases in {2}")
            self.building.say(words.format(pack.label, len(pack.cases), pack.folder.name), "ok")
            self.pack_built.emit(pack.folder)

    def _show_pack_check(self, check: object) -> None:
        if not isinstance(check, PackCheck):
            return
        self.building.show_pack_check(check.findings)
        if check.findings:
            words = self.tr("{0} is not as it was built: see the list")
        else:
            words = self.tr("{0} is whole and as it was built")
        self.building.say(words.format(check.folder.name), "err" if check.findings else "ok")
