"""How many events there are of each code, and how long its states last together."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtWidgets import (
    QAbstractItemView,
    QHeaderView,
    QTableWidget,
    QTableWidgetItem,
    QWidget,
)

from ssp_coder.domain.coding import Coding
from ssp_coder.domain.ethogram import CodeId, CodeKind
from ssp_coder.domain.scheme import Scheme
from ssp_coder.domain.time import Micros, short_clock_text
from ssp_coder.ui.kit.accessible import describe
from ssp_coder.ui.kit.marks import MarkShape, mark_icon
from ssp_coder.ui.theme.fonts import FontUse

if TYPE_CHECKING:
    from ssp_coder.ui.theme.theme import Theme


@dataclass(frozen=True, slots=True, kw_only=True)
class CodeCount:
    """Events of one code.

    Attributes:
        length_us: of its ended states together; None for points.
    """

    code: CodeId
    events: int
    length_us: Micros | None


def count_codes(coding: Coding, scheme: Scheme) -> tuple[CodeCount, ...]:
    """Counts of the codes that were used, in the ethogram's order."""
    events: dict[CodeId, int] = {}
    lengths: dict[CodeId, int] = {}
    for event in coding.events:
        events[event.code] = events.get(event.code, 0) + 1
        if event.end_us is not None:
            length = event.end_us - event.start_us
            lengths[event.code] = lengths.get(event.code, 0) + length
    return tuple(
        CodeCount(
            code=code.id,
            events=events[code.id],
            length_us=None if code.kind is CodeKind.POINT else Micros(lengths.get(code.id, 0)),
        )
        for code in scheme.ethogram.codes()
        if code.id in events
    )


class CountsTable(QTableWidget):
    """Code, number of events, length of its states."""

    def __init__(self, theme: Theme, scheme: Scheme, parent: QWidget | None = None) -> None:
        super().__init__(0, 3, parent)
        self._theme = theme
        self._scheme = scheme
        self._counts: tuple[CodeCount, ...] = ()
        self.setFont(theme.font(FontUse.TABLE))
        self.setShowGrid(False)
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.setTabKeyNavigation(False)
        self.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        self.verticalHeader().hide()
        self.verticalHeader().setDefaultSectionSize(theme.px(23))
        self.setHorizontalHeaderLabels([self.tr("Code"), self.tr("Events"), self.tr("Lasting")])
        header = self.horizontalHeader()
        header.setSectionResizeMode(QHeaderView.ResizeMode.ResizeToContents)
        header.setSectionResizeMode(0, QHeaderView.ResizeMode.Stretch)
        header.setDefaultAlignment(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter)
        describe(self, self.tr("Events per code"))
        theme.changed.connect(self._show)

    def show_counts(self, counts: Iterable[CodeCount]) -> None:
        """Show these counts."""
        self._counts = tuple(counts)
        self._show()

    def _show(self) -> None:
        self.setRowCount(0)
        right = Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter
        for row, count in enumerate(self._counts):
            self.insertRow(row)
            code = self._scheme.ethogram.code(count.code)
            group = self._scheme.ethogram.group_of(count.code)
            shape = MarkShape(group.shape) if code.kind is CodeKind.POINT else MarkShape.BAR
            name = QTableWidgetItem(f"{group.title}: {code.title}")
            name.setIcon(mark_icon(self._theme, group.slot, shape))
            name.setToolTip(name.text())
            length = "" if count.length_us is None else short_clock_text(count.length_us, digits=1)
            self.setItem(row, 0, name)
            for column, words in enumerate((str(count.events), length), start=1):
                item = QTableWidgetItem(words)
                item.setTextAlignment(right)
                self.setItem(row, column, item)
