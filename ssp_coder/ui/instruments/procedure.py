"""The procedure: its picture, and the texts of the chosen episode."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from ssp_coder.ui.instruments.procedure_picture import ProcedurePicture
from ssp_coder.ui.instruments.sheet import Sheet
from ssp_coder.ui.instruments.words import (
    change_words,
    kind_words,
    length_words,
    present_words,
    rule_words,
)
from ssp_coder.ui.kit.panel import Panel
from ssp_coder.ui.rate.words import place_name

if TYPE_CHECKING:
    from ssp_coder.domain.procedure import EpisodePlan
    from ssp_coder.domain.scheme import Scheme
    from ssp_coder.ui.theme.theme import Theme


class ProcedurePage(QWidget):
    """The picture above, the chosen episode and the whole procedure in words below."""

    def __init__(self, theme: Theme, scheme: Scheme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._scheme = scheme
        procedure = scheme.procedure
        self.picture = ProcedurePicture(theme, scheme, self)
        self.episode = Sheet(theme, self.tr("The chosen episode"), self)
        self.whole = Sheet(theme, self.tr("The whole procedure"), self)
        drawn = Panel(theme, str(procedure.title), self)
        drawn.set_note(f"{procedure.id} {procedure.version}")
        drawn.set_body(self.picture)
        beside = QHBoxLayout()
        beside.setSpacing(theme.px(10))
        for title, sheet in (
            (self.tr("Episode"), self.episode),
            (self.tr("Whole procedure"), self.whole),
        ):
            panel = Panel(theme, title, self)
            panel.set_body(sheet)
            beside.addWidget(panel, 1)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(theme.px(10))
        column.addWidget(drawn)
        column.addLayout(beside, 1)
        self.picture.episode_chosen.connect(self.show_item)
        self._show_whole()
        self.show_item(self.picture.chosen())

    def show_item(self, episode: str) -> None:
        """Show the texts of an episode; an unknown id changes nothing."""
        plan = next((p for p in self._scheme.procedure.episodes if p.id == episode), None)
        if plan is not None:
            self.picture.set_chosen(episode)
            self._show_episode(plan)

    def _show_episode(self, plan: EpisodePlan) -> None:
        sheet = self.episode
        sheet.clear()
        sheet.add_title(f"{plan.id}  {plan.title}")
        sheet.add_source(plan.provenance)
        sheet.add_fact(self.tr("Kind"), kind_words(plan.kind))
        sheet.add_fact(self.tr("In the room"), present_words(plan, self._scheme.procedure))
        sheet.add_fact(self.tr("Planned length"), length_words(plan.planned_us))
        sheet.add_fact(self.tr("Starts"), str(plan.start_cue))
        sheet.add_fact(self.tr("Ends"), str(plan.end_cue))
        sheet.add_fact(self.tr("Length"), change_words(plan) or self.tr("as planned"))
        sheet.add_fact(self.tr("Note"), str(plan.note))
        rules = self._scheme.procedure.length_rules_of(plan.id)
        if rules:
            sheet.add_heading(self.tr("When it is cut short or extended"))
        for rule in rules:
            sheet.add_statement(rule_words(rule), rule.provenance)
            if str(rule.decided_by):
                sheet.add_text(self.tr("Decided by: {0}").format(rule.decided_by), "second")
        places = [slot for slot in self._scheme.slots if slot.episode == plan.id]
        sheet.add_heading(self.tr("Rated here"))
        if not places:
            sheet.add_text(self.tr("Nothing is rated in this episode."), "second")
        for slot in places:
            optional = "" if slot.required else self.tr(" (optional)")
            sheet.add_text(place_name(slot, self._scheme) + optional)

    def _show_whole(self) -> None:
        sheet, procedure = self.whole, self._scheme.procedure
        sheet.add_source(procedure.provenance)
        sheet.add_text(str(procedure.note))
        sheet.add_fact(self.tr("Ends"), str(procedure.session_end_cue))
        tolerance = length_words(procedure.length_tolerance_us)
        words = self.tr("A difference of more than {0} is called curtailed or extended")
        sheet.add_fact(self.tr("Lengths"), words.format(tolerance))
        whole = [slot for slot in self._scheme.slots if slot.episode is None]
        names = ", ".join(str(self._scheme.scale(slot.scale).title) for slot in whole)
        sheet.add_fact(self.tr("Rated once"), names)
        if procedure.numberings:
            sheet.add_heading(self.tr("Other numberings"))
        for numbering in procedure.numberings:
            pairs = ", ".join(f"{number} = {episode}" for number, episode in numbering.numbers)
            sheet.add_statement(f"{numbering.title}: {pairs}", numbering.provenance)
        if procedure.visit_fields:
            sheet.add_heading(self.tr("Asked about the visit"))
        for field in procedure.visit_fields:
            episodes = f" ({', '.join(field.episodes)})" if field.episodes else ""
            sheet.add_statement(f"{field.title}{episodes}", field.provenance)
            for remark in field.remarks:
                sheet.add_text(str(remark.text), "second")
