"""The small choice of where copies of events go: another person, or another code."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QMenu, QWidget

from ssp_coder.editing.shifting import other_codes, other_subjects
from ssp_coder.ui.kit.accessible import describe

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from PySide6.QtGui import QAction

    from ssp_coder.domain.coding import Event
    from ssp_coder.domain.ethogram import Code, CodeId
    from ssp_coder.domain.procedure import SubjectId
    from ssp_coder.domain.scheme import Scheme


@dataclass(frozen=True, slots=True, kw_only=True)
class CopyTarget:
    """What copies become; None leaves code or person as they are."""

    code: CodeId | None = None
    subject: SubjectId | None = None


class CopyMenu(QMenu):
    """Offers what the scheme allows; emits what was chosen."""

    chosen = Signal(object)

    def __init__(self, scheme: Scheme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._scheme = scheme
        self._targets: dict[QAction, CopyTarget] = {}
        describe(self, self.tr("Copy to"))
        self.triggered.connect(self._tell)

    def offer(self, events: Sequence[Event]) -> bool:
        """Offer persons and codes for copies of events; whether there are any."""
        for subject in other_subjects(events, self._scheme):
            title = str(self._scheme.procedure.person(subject).title)
            self._add(self, self.tr("For {0}").format(title), CopyTarget(subject=subject))
        if self._targets:
            self.addSeparator()
        self._offer_codes(other_codes(events, self._scheme))
        return bool(self._targets)

    def offer_codes(self, codes: Sequence[Code], subject: SubjectId) -> bool:
        """Offer codes for a person, without groups; whether there are any."""
        for code in codes:
            self._add(self, str(code.title), CopyTarget(code=code.id, subject=subject))
        return bool(self._targets)

    def targets(self) -> tuple[CopyTarget, ...]:
        """What can be chosen, from the top."""
        return tuple(self._targets.values())

    def _offer_codes(self, codes: Iterable[Code]) -> None:
        groups: dict[str, QMenu] = {}
        for code in codes:
            group = self._scheme.ethogram.group(code.group)
            if group.id not in groups:
                groups[group.id] = self.addMenu(str(group.title))
            self._add(groups[group.id], str(code.title), CopyTarget(code=code.id))

    def _add(self, menu: QMenu, words: str, target: CopyTarget) -> None:
        self._targets[menu.addAction(words.replace("&", "&&"))] = target

    def _tell(self, action: QAction) -> None:
        if action in self._targets:
            self.chosen.emit(self._targets[action])
