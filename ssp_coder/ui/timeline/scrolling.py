"""The scroll bars of the timeline: one through time, one through the lanes."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QCoreApplication, QRect, Qt
from PySide6.QtWidgets import QScrollBar

from ssp_coder.ui.kit.accessible import describe
from ssp_coder.ui.timeline.layout import BAND_PX, RULER_PX, lanes_height

if TYPE_CHECKING:
    from ssp_coder.ui.timeline.time_scale import TimeScale
    from ssp_coder.ui.timeline.widget import Timeline

BAR_PX = 10

_UNIT_US = 1_000
"""A scroll bar counts in 32 bits; thousandths of a second suffice for 500 hours."""


class ScrollBars:
    """Keeps two bars at the edges of a timeline and tells what room they leave."""

    def __init__(self, timeline: Timeline) -> None:
        self._timeline = timeline
        self.time = QScrollBar(Qt.Orientation.Horizontal, timeline)
        self.lanes = QScrollBar(Qt.Orientation.Vertical, timeline)
        describe(self.time, QCoreApplication.translate("Timeline", "Scroll in time"))
        describe(self.lanes, QCoreApplication.translate("Timeline", "Scroll lanes"))

    def area(self) -> QRect:
        """What the bars leave of the timeline."""
        bar = self._timeline.theme.px(BAR_PX)
        side = bar if self.lanes.isVisibleTo(self._timeline) else 0
        return self._timeline.rect().adjusted(0, 0, -side, -bar)

    def make_room(self) -> None:
        """Offer to scroll the lanes that do not fit."""
        room = self._room()
        spare = lanes_height(self._timeline.theme, self._timeline.scene) - room
        self.lanes.setVisible(spare > 0)
        self.lanes.setRange(0, max(0, spare))
        self.lanes.setPageStep(max(1, room))

    def place(self, body: QRect) -> None:
        """Put both bars beside the lanes."""
        timeline = self._timeline
        bar = timeline.theme.px(BAR_PX)
        self.lanes.setGeometry(timeline.width() - bar, body.top(), bar, self._room())
        self.time.setGeometry(body.left(), timeline.height() - bar, body.width(), bar)

    def show_scale(self, scale: TimeScale, duration_us: int) -> None:
        """Show where in the recording the view lies, without a signal."""
        self.time.blockSignals(True)
        self.time.setRange(0, (duration_us - scale.length_us) // _UNIT_US)
        self.time.setPageStep(max(1, scale.length_us // _UNIT_US))
        self.time.setSingleStep(max(1, scale.length_us // _UNIT_US // 10))
        self.time.setValue(scale.start_us // _UNIT_US)
        self.time.blockSignals(False)

    def start_us(self) -> int:
        """Where the view was scrolled to."""
        return self.time.value() * _UNIT_US

    def _room(self) -> int:
        px = self._timeline.theme.px
        return max(0, self._timeline.height() - px(BAR_PX) - px(BAND_PX) - px(RULER_PX))
