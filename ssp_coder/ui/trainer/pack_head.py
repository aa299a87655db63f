"""What a draft says of the pack as a whole: name, version, pass rule, exercises."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QFileDialog, QWidget

from ssp_coder.domain.finding import DomainError
from ssp_coder.training.rule_files import available_pass_rules
from ssp_coder.ui.instruments.words import source_words
from ssp_coder.ui.kit.accessible import describe
from ssp_coder.ui.kit.button import ButtonKind, PushButton
from ssp_coder.ui.kit.choice import CheckBox, ComboBox
from ssp_coder.ui.kit.field import FieldWithError
from ssp_coder.ui.kit.panel import Panel
from ssp_coder.ui.language.spoken import said_error
from ssp_coder.ui.trainer.forms import FieldGrid, choose_value, padded, paragraph, scrolled

if TYPE_CHECKING:
    from ssp_coder.training.drafts import PackDraft
    from ssp_coder.training.pass_rules import PassRule
    from ssp_coder.ui.theme.theme import Theme


class PackHead(Panel):
    """Shows the head of a draft.

    Signals:
        head_changed: the other `PackDraft`.
    """

    head_changed = Signal(object)

    def __init__(
        self,
        theme: Theme,
        folders: tuple[Path, ...] = (),
        language: str = "en",
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(theme, self.tr("Pack"), parent)
        self._draft: PackDraft | None = None
        self._language = language
        self._rules: dict[str, PassRule] = {}
        self.id = FieldWithError(theme, self.tr("Id"), self)
        self.version = FieldWithError(theme, self.tr("Version"), self)
        self.title_field = FieldWithError(theme, self.tr("Title"), self)
        self.made_by = FieldWithError(theme, self.tr("Made by"), self)
        self.rule = ComboBox(theme, self)
        self.enriched = CheckBox(theme, self.tr("Rare classes chosen more often"), self)
        self.exercises = PushButton(theme, self.tr("Choose exercises…"), parent=self)
        self.no_exercises = PushButton(theme, self.tr("None"), ButtonKind.QUIET, self)
        self._source = paragraph(theme, "", self)
        self._base_rate = paragraph(theme, "", self)
        self._file = paragraph(theme, "", self)
        self._build()
        self._fill_rules(folders)
        for field in (self.id, self.version, self.title_field, self.made_by):
            field.committed.connect(self._commit)
        self.rule.activated.connect(self._commit)
        self.enriched.clicked.connect(self._commit)
        self.exercises.clicked.connect(self._choose_exercises)
        self.no_exercises.clicked.connect(self._leave_exercises)

    def show_draft(self, draft: PackDraft | None) -> None:
        """Show the head of a draft, without a signal."""
        self.setEnabled(draft is not None)
        if draft is None or draft == self._draft:
            return
        before, self._draft = self._draft, draft
        for field, was, text in (
            (self.id, before and before.id, draft.id),
            (self.version, before and before.version, draft.version),
            (self.title_field, before and before.title, draft.title),
            (self.made_by, before and before.made_by, draft.made_by),
        ):
            if was != text:  # what is being typed into another field stays
                field.set_text(text)
        if draft.pass_rule and self.rule.findData(draft.pass_rule) < 0:
            self.rule.addItem(draft.pass_rule, draft.pass_rule)
        choose_value(self.rule, draft.pass_rule)
        self.enriched.setChecked(draft.enriched)
        self._show_words(draft)

    def settle(self) -> None:
        """Take in what is being typed."""
        self._commit()

    def _build(self) -> None:
        theme = self._theme
        describe(self.rule, self.tr("Pass rule"))
        grid = FieldGrid(theme, self)
        grid.add((self.tr("Id"), self.id, 7), (self.tr("Version"), self.version, 5))
        grid.add((self.tr("Title"), self.title_field, 12))
        grid.add((self.tr("Made by"), self.made_by, 12))
        grid.add((self.tr("Pass rule"), self.rule, 12))
        grid.add_wide(self._source)
        grid.add_wide(self.enriched)
        grid.add_wide(self._base_rate)
        grid.add((self.tr("Short exercises"), self.exercises, 8), ("", self.no_exercises, 4))
        grid.add_wide(self._file)
        grid.stretch()
        body, column = padded(theme, self)
        column.addWidget(scrolled(grid, self))
        self.set_body(body)

    def _fill_rules(self, folders: tuple[Path, ...]) -> None:
        self.rule.addItem(self.tr("No pass rule"), "")
        try:
            rules = available_pass_rules(folders)
        except DomainError as error:
            self._source.setText(said_error(error))
            return
        for rule in rules:
            self._rules[rule.id] = rule
            self.rule.addItem(rule.title.in_language(self._language), rule.id)

    def _show_words(self, draft: PackDraft) -> None:
        rule = self._rules.get(draft.pass_rule)
        words = self.tr("Nobody can be certified by a pack without a pass rule.")
        if rule is not None:
            kind = self.tr("A convention, no finding.") if rule.convention else ""
            note = rule.note.in_language(self._language)
            source = self.tr("Source: {0}").format(source_words(rule.provenance))
            words = "\n".join(part for part in (kind, note, source) if part)
        self._source.setText(words)
        self._base_rate.setText(
            self.tr("Not at the natural base rate: its figures are no study's reliability.")
            if draft.enriched
            else ""
        )
        self._base_rate.setVisible(draft.enriched)
        self._file.setText("" if draft.exercises is None else draft.exercises.name)
        self.no_exercises.setEnabled(draft.exercises is not None)

    def _commit(self, _value: object = None) -> None:
        if self._draft is not None:
            self._tell(
                replace(
                    self._draft,
                    id=self.id.text().strip(),
                    version=self.version.text().strip(),
                    title=self.title_field.text().strip(),
                    made_by=self.made_by.text().strip(),
                    pass_rule=str(self.rule.currentData() or ""),
                    enriched=self.enriched.isChecked(),
                )
            )

    def _choose_exercises(self) -> None:
        name, _ = QFileDialog.getOpenFileName(
            self, self.tr("Choose exercises"), "", self.tr("Exercises (*.toml)")
        )
        if name and self._draft is not None:
            self._tell(replace(self._draft, exercises=Path(name)))

    def _leave_exercises(self) -> None:
        if self._draft is not None:
            self._tell(replace(self._draft, exercises=None))

    def _tell(self, draft: PackDraft) -> None:
        if draft != self._draft:
            self._draft = draft
            self._show_words(draft)
            self.head_changed.emit(draft)
