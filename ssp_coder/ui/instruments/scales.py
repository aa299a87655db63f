"""The scales: a list, and the chosen one with its anchors, timing, confusions and places."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QSize, Qt
from PySide6.QtWidgets import QHBoxLayout, QListWidget, QListWidgetItem, QWidget

from ssp_coder.domain.scale import MissingKind, ScaleRole
from ssp_coder.domain.time import SECOND_US
from ssp_coder.ui.instruments.sheet import Sheet
from ssp_coder.ui.instruments.words import places_of
from ssp_coder.ui.kit.accessible import describe
from ssp_coder.ui.kit.panel import Panel
from ssp_coder.ui.kit.rating_row import point_text
from ssp_coder.ui.theme.fonts import FontUse

if TYPE_CHECKING:
    from ssp_coder.domain.scale import Scale
    from ssp_coder.domain.scheme import Scheme
    from ssp_coder.ui.theme.theme import Theme

LIST_PX = 280


class ScalesPage(QWidget):
    """The scales of a scheme by name; the chosen one in full."""

    def __init__(self, theme: Theme, scheme: Scheme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._scheme = scheme
        self.list = QListWidget(self)
        self.list.setFont(theme.font(FontUse.BODY))
        self.list.setSpacing(theme.px(1))
        self.list.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        describe(self.list, self.tr("Scales"))
        self.sheet = Sheet(theme, self.tr("The chosen scale"), self)
        for scale in scheme.scales:
            item = QListWidgetItem(f"{scale.abbreviation}   {scale.title}", self.list)
            item.setData(Qt.ItemDataRole.UserRole, str(scale.id))
            item.setToolTip(str(scale.gist))
            item.setSizeHint(QSize(0, theme.px(28)))
        self._names = Panel(theme, self.tr("Scales"), self)
        self._names.setFixedWidth(theme.px(LIST_PX))
        self._names.set_body(self.list)
        self._told = Panel(theme, " ", self)
        self._told.set_body(self.sheet)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(theme.px(10))
        row.addWidget(self._names)
        row.addWidget(self._told, 1)
        self.list.currentItemChanged.connect(self._show_current)
        self.list.setCurrentRow(0)

    def show_item(self, scale: str) -> None:
        """Choose a scale by its id; an unknown id changes nothing."""
        for row in range(self.list.count()):
            if self.list.item(row).data(Qt.ItemDataRole.UserRole) == scale:
                self.list.setCurrentRow(row)

    def _show_current(self, item: QListWidgetItem | None) -> None:
        if item is None:
            return
        chosen = item.data(Qt.ItemDataRole.UserRole)
        scale = next(scale for scale in self._scheme.scales if scale.id == chosen)
        self._told.set_title(f"{scale.abbreviation}  {scale.title}")
        self._told.set_note(self._range_words(scale))
        self.sheet.clear()
        self._show_head(scale)
        self._show_anchors(scale)
        self._show_rest(scale)

    def _show_head(self, scale: Scale) -> None:
        sheet = self.sheet
        sheet.add_text(str(scale.gist))
        sheet.add_source(scale.provenance)
        sheet.add_fact(self.tr("Kind"), self._role_words(scale.role))
        for line in places_of(scale, self._scheme):
            sheet.add_fact(self.tr("Rated"), line)
        if any(slot.required for slot in self._scheme.slots if slot.scale == scale.id):
            sheet.add_text(self.tr("* needed for a complete coding"), "hint")
        if scale.decision_point is not None:
            words = self.tr("exactly {0}: the coder decides, and says why")
            sheet.add_fact(self.tr("Decision"), words.format(point_text(scale.decision_point)))
        sheet.add_fact(self.tr("Other labs' names"), ", ".join(scale.aliases))
        sheet.add_text(str(scale.note))

    def _show_anchors(self, scale: Scale) -> None:
        self.sheet.add_heading(self.tr("Points"))
        for anchor in sorted(scale.anchors, key=lambda anchor: -anchor.point):
            lead = point_text(anchor.point)
            self.sheet.add_statement(str(anchor.text), anchor.provenance, lead)

    def _show_rest(self, scale: Scale) -> None:
        sheet = self.sheet
        if scale.hinges:
            sheet.add_heading(self.tr("Timing, shown as a fact and never a score"))
        for hinge in scale.hinges:
            seconds = f"{hinge.limit_us / SECOND_US:g} s"
            words = f"{hinge.text} ({seconds}; {', '.join(hinge.episodes)})"
            sheet.add_statement(words, hinge.provenance)
        if scale.confusions:
            sheet.add_heading(self.tr("Often confused"))
        for confusion in scale.confusions:
            sheet.add_text(str(confusion))
        sheet.add_heading(self.tr("Why a number may be missing"))
        for reason in scale.missing_reasons:
            sheet.add_fact(self._missing_words(reason.kind), f"{reason.title} ({reason.id})")
        codes = [str(c.title) for c in self._scheme.ethogram.codes() if scale.id in c.bears_on]
        if codes:
            sheet.add_heading(self.tr("Codes that bear on it"))
            sheet.add_text(", ".join(codes))

    def _range_words(self, scale: Scale) -> str:
        ends = (point_text(scale.minimum), point_text(scale.maximum), f"{scale.step:g}")
        return self.tr("{0} to {1}, steps of {2}").format(*ends)

    def _role_words(self, role: ScaleRole) -> str:
        return {
            ScaleRole.INTERACTIVE: self.tr("interactive behaviour"),
            ScaleRole.SEARCH: self.tr("search"),
            ScaleRole.DISORGANIZATION: self.tr("disorganization"),
            ScaleRole.CAREGIVER: self.tr("caregiver"),
        }[role]

    def _missing_words(self, kind: MissingKind) -> str:
        if kind is MissingKind.CANNOT_CODE:
            return self.tr("cannot be coded")
        return self.tr("not applicable")
