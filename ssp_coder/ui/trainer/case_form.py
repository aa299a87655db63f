"""One case of a draft: its statement, its explanations, what is left out of it."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from typing import TYPE_CHECKING

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QStackedWidget, QWidget

from ssp_coder.training.packs import Consent, Stage
from ssp_coder.ui.kit.accessible import describe
from ssp_coder.ui.kit.choice import ComboBox
from ssp_coder.ui.kit.field import FieldWithError
from ssp_coder.ui.kit.panel import Panel
from ssp_coder.ui.kit.segmented import Segment, SegmentedControl
from ssp_coder.ui.trainer.forms import FieldGrid, choose_value, padded, paragraph, scrolled
from ssp_coder.ui.trainer.remarks import (
    RemarkForm,
    exclusion_of,
    rationale_of,
    remark_of,
)
from ssp_coder.ui.trainer.words import consent_words, origin_words
from ssp_coder.ui.training.words import stage_title

if TYPE_CHECKING:
    from ssp_coder.domain.scheme import Scheme
    from ssp_coder.training.drafts import DraftCase
    from ssp_coder.ui.theme.theme import Theme

STATEMENT, NOTES, LEFT_OUT = "statement", "notes", "left_out"


class CaseForm(Panel):
    """Shows one case; what is changed is told with the id that the case had.

    Signals:
        case_changed: the id and the other `DraftCase`.
    """

    case_changed = Signal(str, object)

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(theme, self.tr("Case"), parent)
        self._case: DraftCase | None = None
        self._taken: frozenset[str] = frozenset()
        self.parts = SegmentedControl(
            theme,
            (
                Segment(id=STATEMENT, title=self.tr("Statement")),
                Segment(id=NOTES, title=self.tr("Explanations")),
                Segment(id=LEFT_OUT, title=self.tr("Left out")),
            ),
            self.tr("Part of the case"),
            self,
        )
        self.id = FieldWithError(theme, self.tr("Id"), self)
        self.title_field = FieldWithError(theme, self.tr("Title"), self)
        self.stage = ComboBox(theme, self)
        self.form = FieldWithError(theme, self.tr("Test form"), self)
        self.consent = ComboBox(theme, self)
        self.consent_by = FieldWithError(theme, self.tr("Stated by"), self)
        self.who = FieldWithError(theme, self.tr("Reference by"), self)
        self.day = FieldWithError(theme, self.tr("Settled on"), self)
        self.codebook = FieldWithError(theme, self.tr("Codebook"), self)
        self.notes = RemarkForm(theme, self.tr("Explanations"), with_code=False, parent=self)
        self.left_out = RemarkForm(theme, self.tr("Left out"), with_code=True, parent=self)
        self._origin = paragraph(theme, "", self)
        self._stack = QStackedWidget(self)
        self._build()
        self._connect()
        self.show_case(None, frozenset())

    def show_case(self, case: DraftCase | None, taken: frozenset[str]) -> None:
        """Show a case, without a signal.

        Args:
            case: None while there is none.
            taken: ids of all cases of the draft.
        """
        self._taken = taken
        self.setEnabled(case is not None)
        if case == self._case:
            return
        self._case = case
        self.set_note("" if case is None else case.reference.name)
        if case is None:
            return
        for field, text in (
            (self.id, case.id),
            (self.title_field, case.title),
            (self.form, case.form),
            (self.consent_by, case.consent_by),
            (self.who, case.origin.who),
            (self.day, case.origin.on),
            (self.codebook, case.origin.codebook),
        ):
            field.set_text(text)
            field.clear_error()
        choose_value(self.stage, case.stage.value)
        choose_value(self.consent, case.consent.value)
        self._show_states(case)
        self.notes.show_remarks(tuple(remark_of(one) for one in case.notes))
        self.left_out.show_remarks(tuple(remark_of(one) for one in case.exclusions))

    def show_scheme(self, scheme: Scheme | None) -> None:
        """Offer the places and codes of a scheme."""
        self.notes.show_scheme(scheme)
        self.left_out.show_scheme(scheme)

    def show_part(self, part: str) -> None:
        """Bring a part of the case to the front."""
        self.parts.set_chosen(part)
        self._stack.setCurrentIndex((STATEMENT, NOTES, LEFT_OUT).index(part))

    def settle(self) -> None:
        """Take in what is being typed."""
        self._commit()
        self.notes.settle()
        self.left_out.settle()

    def _build(self) -> None:
        theme = self._theme
        for stage in Stage:
            self.stage.addItem(stage_title(stage), stage.value)
        for consent in (
            Consent.NONE,
            Consent.TRAINING,
            Consent.SYNTHETIC,
            Consent.WITHIN_LAB,
        ):
            self.consent.addItem(consent_words(consent), consent.value)
        describe(self.stage, self.tr("Stage"))
        describe(self.consent, self.tr("Consent"))
        self.day.edit.setPlaceholderText("2026-05-17")
        self.add_to_title(self.parts)
        grid = FieldGrid(theme, self)
        grid.add((self.tr("Id"), self.id, 5), (self.tr("Title"), self.title_field, 7))
        grid.add((self.tr("Stage"), self.stage, 5), (self.tr("Test form"), self.form, 7))
        grid.add((self.tr("Consent"), self.consent, 7), (self.tr("Stated by"), self.consent_by, 5))
        grid.add(
            (self.tr("Reference by"), self.who, 4),
            (self.tr("Settled on"), self.day, 3),
            (self.tr("Codebook"), self.codebook, 5),
        )
        grid.add_wide(self._origin)
        grid.stretch()
        self._stack.addWidget(scrolled(grid, self))
        self._stack.addWidget(scrolled(self.notes, self))
        self._stack.addWidget(scrolled(self.left_out, self))
        body, column = padded(theme, self)
        column.addWidget(self._stack)
        self.set_body(body)
        self.show_part(STATEMENT)

    def _connect(self) -> None:
        self.parts.segment_chosen.connect(self.show_part)
        for field in (
            self.id,
            self.title_field,
            self.form,
            self.consent_by,
            self.who,
            self.day,
            self.codebook,
        ):
            field.committed.connect(self._commit)
        self.stage.activated.connect(self._choose_stage)
        self.consent.activated.connect(self._commit)
        self.notes.remarks_changed.connect(self._change_notes)
        self.left_out.remarks_changed.connect(self._change_left_out)

    def _show_states(self, case: DraftCase) -> None:
        """A form belongs to tests only; without a statement the consent is marked."""
        test = case.stage is Stage.TEST
        self.form.setEnabled(test)
        self.form.edit.setPlaceholderText("" if test else self.tr("for tests only"))
        needed = "" if case.consent_by.strip() else self.tr("name who states it")
        self.consent_by.show_error(needed if case.consent is not Consent.NONE else "")
        self._origin.setText(origin_words(case.origin.kind))

    def _choose_stage(self, _place: int) -> None:
        if self.stage.currentData() == Stage.TEST.value and not self.form.text().strip():
            self.form.set_text("a")
        self._commit()

    def _commit(self, _value: object = None) -> None:
        case = self._case
        if case is None:
            return
        stage = Stage(str(self.stage.currentData()))
        self._tell(
            replace(
                case,
                id=self._fitting_id(case),
                title=self.title_field.text().strip(),
                stage=stage,
                form=self.form.text().strip() if stage is Stage.TEST else "",
                consent=Consent(str(self.consent.currentData())),
                consent_by=self.consent_by.text().strip(),
                origin=replace(
                    case.origin,
                    who=self.who.text().strip(),
                    on=self._fitting_day(case),
                    codebook=self.codebook.text().strip(),
                ),
            )
        )

    def _fitting_id(self, case: DraftCase) -> str:
        """The id that was typed; one that cannot be taken is said at its field and left aside."""
        wanted = self.id.text().strip()
        if wanted and (wanted == case.id or wanted not in self._taken):
            self.id.clear_error()
            return wanted
        self.id.show_error(self.tr("every case needs an id of its own"))
        return case.id

    def _fitting_day(self, case: DraftCase) -> str:
        """The day that was typed, as the draft writes it; one that is none is left aside."""
        try:
            day = date.fromisoformat(self.day.text().strip()).isoformat()
        except ValueError:
            self.day.show_error(self.tr("write it like 2026-05-17"))
            return case.origin.on
        self.day.clear_error()
        self.day.set_text(day)
        return day

    def _change_notes(self, remarks: object) -> None:
        if self._case is not None and isinstance(remarks, tuple):
            self._tell(replace(self._case, notes=tuple(rationale_of(one) for one in remarks)))

    def _change_left_out(self, remarks: object) -> None:
        if self._case is not None and isinstance(remarks, tuple):
            self._tell(replace(self._case, exclusions=tuple(exclusion_of(one) for one in remarks)))

    def _tell(self, case: DraftCase) -> None:
        before = self._case
        if before is None or case == before:
            return
        self._case = case
        self._show_states(case)
        self.case_changed.emit(before.id, case)
