"""The list of clips: what each will be, how far it is, and what it became."""

from __future__ import annotations

from enum import IntEnum
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import (
    QAbstractItemView,
    QHeaderView,
    QTableWidget,
    QTableWidgetItem,
    QWidget,
)

from ssp_coder.domain.time import SECOND_US
from ssp_coder.media.clip_batch import Way
from ssp_coder.ui.clips.boxes import BoxPainter
from ssp_coder.ui.clips.words import length_words, size_words, time_words
from ssp_coder.ui.kit.accessible import describe
from ssp_coder.ui.theme.fonts import FontUse

if TYPE_CHECKING:
    from ssp_coder.media.clip_batch import Outcome
    from ssp_coder.reporting.clip_orders import Recording
    from ssp_coder.ui.clips.material import PlannedClip
    from ssp_coder.ui.theme.theme import Theme

ROW_PX = 24
_PERCENT = 100
_LOOKED_AT = 200
"""Rows that say how wide a column is: all of a long list would take seconds at each key typed."""
_WIDEST_STATE_PX = 220
_READ = Qt.ItemFlag.ItemIsEnabled | Qt.ItemFlag.ItemIsSelectable


class Column(IntEnum):
    """The columns, in order."""

    NAME = 0
    START = 1
    LENGTH = 2
    REALLY = 3
    SIZE = 4
    FRAMES = 5
    STATE = 6


_AT_FIRST = (Column.START, Column.LENGTH, Column.SIZE)
_CENTRE = Qt.AlignmentFlag.AlignCenter
_LEFT = Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter
_RIGHT = Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter

_ALIGNED = {Column.NAME: _LEFT, Column.FRAMES: _CENTRE, Column.STATE: _LEFT}


class ClipTable(QTableWidget):
    """Planned clips with a box each to leave one out; later what was written."""

    choice_changed = Signal()

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(0, len(Column), parent)
        self._theme = theme
        self._clips: tuple[PlannedClip, ...] = ()
        self._left_out: set[str] = set()
        self._done = 0
        self._build()
        self.itemChanged.connect(self._note_choice)

    def show_planned(self, clips: tuple[PlannedClip, ...], way: Way) -> None:
        """List what would be written; what was left out of an earlier list stays left out."""
        self.blockSignals(True)
        self._clips = clips
        self.setRowCount(len(clips))
        for row, clip in enumerate(clips):
            self._show_clip(row, clip)
        self.blockSignals(False)
        columns = {Column.START, Column.SIZE}
        columns |= set() if way is Way.PICTURE else {Column.LENGTH}
        columns |= {Column.REALLY} if way is Way.COPY else set()
        columns |= {Column.STATE} if any(clip.trouble for clip in clips) else set()
        self._show_columns(columns)

    def set_frozen(self, frozen: bool) -> None:
        """Whether the list is only to be read."""
        self.blockSignals(True)
        for row in range(self.rowCount()):
            item = self.item(row, Column.NAME)
            if item is not None and not (row < len(self._clips) and self._clips[row].trouble):
                item.setFlags(_READ if frozen else _READ | Qt.ItemFlag.ItemIsUserCheckable)
        self.blockSignals(False)

    def keyPressEvent(self, event: QKeyEvent) -> None:  # noqa: N802, D102 - Qt's name
        item = self.item(self.currentRow(), Column.NAME)
        if event.key() == Qt.Key.Key_Space and item is not None:
            self._turn(item)
        else:
            super().keyPressEvent(event)

    def _turn(self, item: QTableWidgetItem) -> None:
        """Tick the box of a row or take the tick away, whichever cell of it is current."""
        usable = item.flags() & Qt.ItemFlag.ItemIsUserCheckable
        if usable and item.flags() & Qt.ItemFlag.ItemIsEnabled:
            ticked = item.checkState() is Qt.CheckState.Checked
            item.setCheckState(Qt.CheckState.Unchecked if ticked else Qt.CheckState.Checked)

    def chosen(self) -> tuple[PlannedClip, ...]:
        """The clips that can be made and are not left out."""
        return tuple(
            clip
            for clip in self._clips
            if not clip.trouble and clip.wish.name not in self._left_out
        )

    def show_writing(self, names: tuple[str, ...]) -> None:
        """List the files that are about to be written, without boxes."""
        self.blockSignals(True)
        self._done = 0
        self.setRowCount(0)
        self.setRowCount(len(names))
        for row, name in enumerate(names):
            self._put(row, Column.NAME, name).setFlags(_READ)
            self._put(row, Column.STATE, self.tr("waiting"))
        self.blockSignals(False)
        self._show_columns({Column.STATE})

    def show_progress(self, done: float) -> None:
        """So many clips are done, with the share of the next one behind the point."""
        whole = int(done)
        for row in range(self._done, min(whole, self.rowCount())):
            self._put(row, Column.STATE, self.tr("done"))
        self._done = whole
        if whole < self.rowCount():
            share = f"{round((done - whole) * _PERCENT)} %"
            self.scrollToItem(self._put(whole, Column.STATE, share))

    def show_outcomes(self, outcomes: tuple[Outcome, ...], recording: Recording) -> None:
        """Say of each clip what it became, exact to the frame."""
        self.blockSignals(True)
        for row, outcome in enumerate(outcomes):
            self._show_outcome(row, outcome, recording)
        self.blockSignals(False)
        self._show_columns({Column.START, Column.LENGTH, Column.FRAMES, Column.STATE})
        self.scrollToTop()

    def _show_outcome(self, row: int, outcome: Outcome, recording: Recording) -> None:
        clip = outcome.clip
        if clip is None:
            words = outcome.trouble.removeprefix(f"{outcome.plan.place.name} ")
            state = self._put(row, Column.STATE, words or self.tr("not written"))
            state.setForeground(self._theme.colour("err"))
            return
        last = clip.first_ordinal + clip.frame_count + clip.lost - 1
        self._put(row, Column.START, time_words(clip.start_us + recording.offset_us))
        self._put(row, Column.LENGTH, length_words(clip.end_us - clip.start_us))
        one = clip.first_ordinal == last
        frames = str(last) if one else f"{clip.first_ordinal} – {last}"
        self._put(row, Column.FRAMES, frames)
        lost = self.tr("written, {0} damaged frames left out").format(clip.lost)
        self._put(row, Column.STATE, lost if clip.lost else self.tr("written"))

    def _show_clip(self, row: int, clip: PlannedClip) -> None:
        name = self._put(row, Column.NAME, clip.plan.place.name)
        wanted = clip.wish.name not in self._left_out and not clip.trouble
        name.setCheckState(Qt.CheckState.Checked if wanted else Qt.CheckState.Unchecked)
        start_us = max(0, clip.plan.span.start_us) + clip.plan.overlay.offset_us
        self._put(row, Column.START, time_words(start_us))
        if clip.trouble:
            name.setFlags(name.flags() & ~Qt.ItemFlag.ItemIsEnabled)
            self._put(row, Column.STATE, clip.trouble)
            for column in (Column.LENGTH, Column.REALLY, Column.SIZE):
                self._put(row, column, "")
            return
        self._put(row, Column.STATE, "")
        self._put(row, Column.LENGTH, length_words(clip.length_us))
        self._put(row, Column.REALLY, self._really_words(start_us, clip.early_us))
        self._put(row, Column.SIZE, size_words(clip.size))

    def _really_words(self, start_us: int, early_us: int) -> str:
        words = time_words(start_us - early_us)
        return f"{words} ({early_us / SECOND_US:.3f})" if early_us else words

    def _put(self, row: int, column: Column, words: str) -> QTableWidgetItem:
        item = QTableWidgetItem(words)
        item.setToolTip(words)
        item.setTextAlignment(_ALIGNED.get(column, _RIGHT))
        self.setItem(row, column, item)
        return item

    def _note_choice(self, item: QTableWidgetItem) -> None:
        if item.column() != Column.NAME or item.row() >= len(self._clips):
            return
        name = self._clips[item.row()].wish.name
        if item.checkState() is Qt.CheckState.Checked:
            self._left_out.discard(name)
        else:
            self._left_out.add(name)
        self.choice_changed.emit()

    def _show_columns(self, columns: set[Column]) -> None:
        """Show these columns beside the names, each as wide as its words."""
        for column in set(Column) - {Column.NAME}:
            self.setColumnHidden(column, column not in columns)
            if column in columns:
                self.resizeColumnToContents(column)
        widest = self._theme.px(_WIDEST_STATE_PX)
        if Column.STATE in columns and self.columnWidth(Column.STATE) > widest:
            self.setColumnWidth(Column.STATE, widest)

    def _headings(self) -> dict[Column, str]:
        return {
            Column.NAME: self.tr("File"),
            Column.START: self.tr("Begins"),
            Column.LENGTH: self.tr("Length"),
            Column.REALLY: self.tr("Really (s early)"),
            Column.SIZE: self.tr("About"),
            Column.FRAMES: self.tr("Frames"),
            Column.STATE: self.tr("State"),
        }

    def _build(self) -> None:
        for column, words in self._headings().items():
            heading = QTableWidgetItem(words)
            heading.setTextAlignment(_ALIGNED.get(column, _RIGHT))
            self.setHorizontalHeaderItem(column, heading)
        describe(self, self.tr("Clips"))
        self.setFont(self._theme.font(FontUse.TABLE))
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        self.setShowGrid(False)
        self.setWordWrap(False)
        self.setTextElideMode(Qt.TextElideMode.ElideMiddle)
        self.setItemDelegate(BoxPainter(self._theme, self))
        self.setTabKeyNavigation(False)
        self.verticalHeader().hide()
        self.verticalHeader().setDefaultSectionSize(self._theme.px(ROW_PX))
        header = self.horizontalHeader()
        header.setResizeContentsPrecision(_LOOKED_AT)
        header.setMinimumSectionSize(self._theme.px(48))
        header.setSectionResizeMode(Column.NAME, QHeaderView.ResizeMode.Stretch)
        self._show_columns(set(_AT_FIRST))
