"""The drift check: what was found at several places, as a sentence, a drawing and a table."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QHBoxLayout, QTableWidget, QTableWidgetItem, QVBoxLayout, QWidget

from ssp_coder.domain.time import offset_text, short_clock_text
from ssp_coder.reporting.cameras import drift_words
from ssp_coder.ui.cameras.drift_plot import DriftPlot
from ssp_coder.ui.kit.accessible import describe
from ssp_coder.ui.kit.button import ButtonKind, PushButton
from ssp_coder.ui.kit.panel import Panel
from ssp_coder.ui.rate.lettering import lettering
from ssp_coder.ui.theme.fonts import FontUse

if TYPE_CHECKING:
    from ssp_coder.domain.time import Micros
    from ssp_coder.media.drift import Drift
    from ssp_coder.ui.theme.theme import Theme

_BODY_PX = 116


class DriftView(QWidget):
    """Shows how a camera moves against the session's time.

    Signals:
        place_chosen: session time of a place that the person wants to see.
        place_removed: session time of a place seen by eye that was no good.
    """

    place_chosen = Signal(object)
    place_removed = Signal(object)

    def __init__(self, theme: Theme, place: int, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme = theme
        self._place = place
        self._drift: Drift | None = None
        self.sentence = lettering(theme, "", FontUse.LABEL)
        self.plot = DriftPlot(theme, self)
        self.table = QTableWidget(0, 3, self)
        self.remove = PushButton(theme, self.tr("Remove place"), ButtonKind.QUIET, self)
        self._by_eye = False
        self._build()
        self.table.cellActivated.connect(self._choose)
        self.table.itemSelectionChanged.connect(self._offer)
        self.remove.clicked.connect(self._remove)
        self._delete = QShortcut(QKeySequence(QKeySequence.StandardKey.Delete), self.table)
        self._delete.setContext(Qt.ShortcutContext.WidgetShortcut)
        self._delete.activated.connect(self._remove)

    def show_drift(self, drift: Drift | None, offset_us: Micros, *, by_eye: bool) -> None:
        """Show what was found against an offset; None when nothing was looked for yet."""
        self._drift, self._by_eye = drift, by_eye
        words = self._nothing() if drift is None else drift_words(drift, offset_us, self._place)
        self.sentence.setText(words)
        self.plot.show_drift(drift, offset_us, words)
        self._body.setVisible(drift is not None)
        self._fill(offset_us)
        self._offer()

    def _nothing(self) -> str:
        return self.tr("Not checked: compare the sound, or find the same moment at two places.")

    def _fill(self, offset_us: Micros) -> None:
        sightings = () if self._drift is None else self._drift.sightings
        self.table.setRowCount(len(sightings))
        for row, seen in enumerate(sightings):
            frames = 0.0 if self._drift is None else self._drift.frame_us
            beside = (seen.offset_us - offset_us) / frames if frames else 0.0
            cells = (
                short_clock_text(seen.at_us, digits=1),
                offset_text(seen.offset_us),
                self.tr("{0} frames").format(_signed(beside)),
            )
            for column, words in enumerate(cells):
                item = QTableWidgetItem(words)
                item.setTextAlignment(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
                self.table.setItem(row, column, item)

    def _chosen(self) -> Micros | None:
        row = self.table.currentRow()
        drift = self._drift
        if drift is None or not 0 <= row < len(drift.sightings):
            return None
        return drift.sightings[row].at_us

    def _choose(self) -> None:
        at_us = self._chosen()
        if at_us is not None:
            self.place_chosen.emit(at_us)

    def _remove(self) -> None:
        at_us = self._chosen()
        if at_us is not None and self._by_eye:
            self.place_removed.emit(at_us)

    def _offer(self) -> None:
        self.remove.setVisible(self._by_eye)
        if self._chosen() is None or not self.table.selectedItems():
            self.remove.disable(self.tr("Choose a place in the table"))
        else:
            self.remove.enable()

    def _build(self) -> None:
        px = self._theme.px
        panel = Panel(self._theme, self.tr("Drift check"), self)
        panel.add_to_title(self.remove)
        inside = QWidget(panel)
        column = QVBoxLayout(inside)
        column.setContentsMargins(px(10), px(6), px(10), px(8))
        column.setSpacing(px(6))
        column.addWidget(self.sentence)
        self._body = QWidget(inside)
        row = QHBoxLayout(self._body)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(px(12))
        row.addWidget(self.plot, 3)
        row.addWidget(self.table, 2)
        column.addWidget(self._body)
        panel.set_body(inside)
        whole = QVBoxLayout(self)
        whole.setContentsMargins(0, 0, 0, 0)
        whole.addWidget(panel)
        self._build_table()

    def _build_table(self) -> None:
        px = self._theme.px
        describe(
            self.table,
            self.tr("Places that were checked"),
            self.tr("Enter shows a place in both pictures"),
        )
        self.table.setToolTip(self.tr("Enter or a double click shows a place in both pictures"))
        self.table.setHorizontalHeaderLabels(
            [self.tr("At"), self.tr("Begins at"), self.tr("Beside")]
        )
        self.table.setEditTriggers(QTableWidget.EditTrigger.NoEditTriggers)
        self.table.setSelectionBehavior(QTableWidget.SelectionBehavior.SelectRows)
        self.table.setSelectionMode(QTableWidget.SelectionMode.SingleSelection)
        self.table.setShowGrid(False)
        self.table.setTabKeyNavigation(False)
        self.table.setFont(self._theme.font(FontUse.TABLE))
        self.table.verticalHeader().hide()
        self.table.verticalHeader().setDefaultSectionSize(px(21))
        header = self.table.horizontalHeader()
        header.setDefaultAlignment(Qt.AlignmentFlag.AlignRight)
        header.setSectionResizeMode(header.ResizeMode.Stretch)
        header.setHighlightSections(False)
        self._body.setFixedHeight(px(_BODY_PX))


def _signed(frames: float) -> str:
    """A number of frames with its sign; what rounds to none has no sign."""
    text = f"{frames:+.1f}"
    return "0.0" if float(text) == 0 else text.replace("-", "\N{MINUS SIGN}")
