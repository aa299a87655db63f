"""The table of one tab: scales as rows, episodes as columns, a place where they meet."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, QObject, Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QGridLayout, QHBoxLayout, QLabel, QScrollArea, QVBoxLayout, QWidget

from ssp_coder.domain.procedure import EpisodeId
from ssp_coder.domain.scale import RatingSlot, Scale, SlotId
from ssp_coder.ui.kit.accessible import describe
from ssp_coder.ui.kit.painting import text_width
from ssp_coder.ui.rate.cell import RatingCell
from ssp_coder.ui.rate.lettering import lettering, short_lettering
from ssp_coder.ui.rate.plate import Plate
from ssp_coder.ui.rate.tabs import RatingTab
from ssp_coder.ui.theme.fonts import FontUse

if TYPE_CHECKING:
    from collections.abc import Mapping

    from ssp_coder.domain.scheme import Scheme
    from ssp_coder.ui.theme.theme import Theme

LABEL_WIDTH, NARROW_LABEL_WIDTH = 138, 114
FEW_COLUMNS, FEW_ROWS = 2, 3


class RatingTable(QScrollArea):
    """All places of a tab. Tab goes to the next place, Up and Down along a column, Enter inside.

    Signals:
        row_focused: the place that keys act on now.
        note_requested: the slash was pressed on a place.
    """

    row_focused = Signal(str)
    note_requested = Signal()

    def __init__(
        self, theme: Theme, scheme: Scheme, tab: RatingTab, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self._theme = theme
        self._scheme = scheme
        self.tab = tab
        self.cells: dict[SlotId, RatingCell] = {}
        self._plates: dict[str, list[Plate]] = {}
        self._lengths: dict[EpisodeId | None, QLabel] = {}
        self.setWidgetResizable(True)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.viewport().setAutoFillBackground(False)
        self._label_width = self._width_of_labels()
        inner = self._build()
        self.setWidget(inner)
        inner.setAutoFillBackground(False)

    def show_lengths(self, lengths: Mapping[EpisodeId, str]) -> None:
        """Show how long each episode really was."""
        for episode, label in self._lengths.items():
            words = "" if episode is None else lengths.get(episode, "")
            label.setText(words)

    def focus_slot(self, slot: SlotId) -> None:
        """Put the focus on a place and bring it into sight."""
        cell = self.cells[slot]
        cell.row.setFocus(Qt.FocusReason.OtherFocusReason)
        self.ensureWidgetVisible(cell, 0, self._theme.px(8))

    def tint_row(self, slot: SlotId | None) -> None:
        """Tint the row of the place that keys act on."""
        scale = next((s.scale for s in self.tab.slots if s.id == slot), None)
        for row, plates in self._plates.items():
            for plate in plates:
                plate.set_tinted(row == scale)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:  # noqa: N802, D102 - Qt's name
        cell = next((cell for cell in self.cells.values() if cell.row is watched), None)
        if cell is None:
            return super().eventFilter(watched, event)
        if event.type() is QEvent.Type.FocusIn:
            self.ensureWidgetVisible(cell, 0, self._theme.px(8))
            self.row_focused.emit(cell.slot.id)
        if event.type() is QEvent.Type.KeyPress and isinstance(event, QKeyEvent):
            return self._act(cell, event)
        return super().eventFilter(watched, event)

    def _act(self, cell: RatingCell, event: QKeyEvent) -> bool:
        moves = {
            Qt.Key.Key_Tab: self._beside(cell, 1),
            Qt.Key.Key_Backtab: self._beside(cell, -1),
            Qt.Key.Key_Down: self._below(cell, 1),
            Qt.Key.Key_Up: self._below(cell, -1),
        }
        if event.key() in moves:
            other = moves[Qt.Key(event.key())]
            if other is not None:
                self.focus_slot(other)
            return other is not None or event.key() in (Qt.Key.Key_Up, Qt.Key.Key_Down)
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            inner = cell.first_inner()
            if inner is not None:
                inner.setFocus(Qt.FocusReason.TabFocusReason)
            return True
        if event.key() == Qt.Key.Key_Slash:
            self.note_requested.emit()
            return True
        return False

    def _beside(self, cell: RatingCell, step: int) -> SlotId | None:
        order = list(self.cells)
        place = order.index(cell.slot.id) + step
        return order[place] if 0 <= place < len(order) else None

    def _below(self, cell: RatingCell, step: int) -> SlotId | None:
        column = [slot.id for slot in self.tab.slots if slot.episode == cell.slot.episode]
        place = column.index(cell.slot.id) + step
        return column[place] if 0 <= place < len(column) else None

    def _build(self) -> QWidget:
        inner = QWidget()
        grid = QGridLayout(inner)
        grid.setContentsMargins(0, 0, 0, 0)
        grid.setSpacing(0)
        grid.addWidget(Plate(self._theme, left=False, top=False), 0, 0)
        for column, episode in enumerate(self.tab.episodes, start=1):
            grid.addWidget(self._build_header(episode), 0, column)
            grid.setColumnStretch(column, 1)
        scales = self.tab.scales(self._scheme)
        grid.setRowStretch(len(scales) + 1, 1 if len(scales) <= FEW_ROWS else 0)
        for row, scale in enumerate(scales, start=1):
            grid.addWidget(self._build_label(scale), row, 0)
            grid.setRowStretch(row, 0 if len(scales) <= FEW_ROWS else 1)
            for column, episode in enumerate(self.tab.episodes, start=1):
                slot = self.tab.slot_at(scale.id, episode)
                grid.addWidget(self._build_place(scale, slot), row, column)
        grid.setColumnMinimumWidth(0, self._label_width)
        self.cells = {slot.id: self.cells[slot.id] for slot in self.tab.slots}
        return inner

    def _width_of_labels(self) -> int:
        """Wide enough that no word of a scale's name is cut, in whatever language it is."""
        px = self._theme.px
        wide = len(self.tab.episodes) <= FEW_COLUMNS
        font = self._theme.font(FontUse.LABEL_STRONG)
        titles = [str(self._scheme.scale(slot.scale).title) for slot in self.tab.slots]
        widest = max(text_width(font, word) for title in titles for word in title.split())
        return max(px(LABEL_WIDTH if wide else NARROW_LABEL_WIDTH), widest + px(12 + 8 + 2))

    def _build_header(self, episode: EpisodeId | None) -> QWidget:
        px = self._theme.px
        plate = Plate(self._theme, top=False)
        row = QHBoxLayout(plate)
        row.setContentsMargins(px(12), px(8), px(12), px(8))
        name, title = self.tr("Session"), ""
        if episode is not None:
            name, title = str(episode), str(self._scheme.procedure.episode(episode).title)
        row.addWidget(short_lettering(self._theme, name, FontUse.LABEL_STRONG))
        row.addWidget(lettering(self._theme, title, FontUse.BODY), 1)
        length = lettering(self._theme, "", FontUse.TABLE, "second")
        length.setWordWrap(False)
        self._lengths[episode] = length
        row.addWidget(length, 0)
        return plate

    def _build_label(self, scale: Scale) -> QWidget:
        px = self._theme.px
        plate = Plate(self._theme, left=False)
        plate.setFixedWidth(self._label_width)
        column = QVBoxLayout(plate)
        column.setContentsMargins(px(12), px(12), px(8), px(8))
        column.setSpacing(px(2))
        column.addWidget(lettering(self._theme, str(scale.title), FontUse.LABEL_STRONG))
        column.addWidget(lettering(self._theme, str(scale.gist), FontUse.CAPTION, "second"))
        column.addStretch(1)
        self._plates.setdefault(scale.id, []).append(plate)
        return plate

    def _build_place(self, scale: Scale, slot: RatingSlot | None) -> QWidget:
        if slot is None:
            plate = Plate(self._theme)
            describe(plate, self.tr("{0} is not rated here").format(str(scale.title)))
        else:
            plate = self._build_cell(slot)
        self._plates.setdefault(scale.id, []).append(plate)
        return plate

    def _build_cell(self, slot: RatingSlot) -> RatingCell:
        cell = RatingCell(self._theme, self._scheme, slot)
        cell.row.installEventFilter(self)
        self.cells[slot.id] = cell
        return cell
