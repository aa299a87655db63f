"""Chips that filter a list of items by kind, each with its count."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from ssp_coder.ui.kit.accessible import describe
from ssp_coder.ui.kit.chip import Chip, ChipFace
from ssp_coder.ui.pairs.items import PairItem, PairKind, PairNames
from ssp_coder.ui.rate.flow import FlowLayout

if TYPE_CHECKING:
    from collections.abc import Iterable

    from ssp_coder.ui.theme.theme import Theme


class KindChips(QWidget):
    """One chip for each kind that occurs; several may be on, none means all.

    Signals:
        kinds_changed: the chips that are on are others.
    """

    kinds_changed = Signal()

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme = theme
        self._chips: dict[PairKind, Chip] = {}
        side = theme.px(6)
        column = QVBoxLayout(self)
        column.setContentsMargins(side, theme.px(4), side, theme.px(4))
        flow = FlowLayout(theme.px(2))
        column.addLayout(flow)
        for kind in PairKind:
            if kind is PairKind.SAME:
                continue
            chip = Chip(theme, ChipFace(text=""), self)
            chip.setCheckable(True)
            chip.toggled.connect(self._tell)
            chip.hide()
            flow.addWidget(chip)
            self._chips[kind] = chip
        describe(self, self.tr("Kinds"))

    @property
    def kinds(self) -> frozenset[PairKind]:
        """The kinds that are wanted, empty for all."""
        return frozenset(kind for kind, chip in self._chips.items() if chip.isChecked())

    def chip(self, kind: PairKind) -> Chip:
        """The chip of a kind."""
        return self._chips[kind]

    def show_counts(self, items: Iterable[PairItem], names: PairNames) -> None:
        """Show how many items there are of each kind; a kind without any has no chip."""
        counts = Counter(item.kind for item in items)
        for kind, chip in self._chips.items():
            chip.set_face(ChipFace(text=names.kind_words(kind), count=counts[kind]))
            chip.setVisible(counts[kind] > 0)
            if not counts[kind] and chip.isChecked():
                chip.setChecked(False)
        self.updateGeometry()

    def clear(self) -> None:
        """Want all kinds again."""
        for chip in self._chips.values():
            chip.setChecked(False)

    def _tell(self, _on: bool) -> None:
        self.kinds_changed.emit()
