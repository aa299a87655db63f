"""The timeline with its header: what to show, the legend, snap and follow."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QRect, QSize, Qt
from PySide6.QtGui import QAccessible, QFontMetrics, QPainter
from PySide6.QtWidgets import QLabel, QSizePolicy, QVBoxLayout, QWidget

from ssp_coder.ui.kit.accessible import describe, install_roles
from ssp_coder.ui.kit.button import ButtonKind, PushButton
from ssp_coder.ui.kit.marks import MarkShape, paint_bar, paint_mark
from ssp_coder.ui.kit.painting import Ink, hatch, paint_text, painter_of, text_width
from ssp_coder.ui.kit.panel import hairline
from ssp_coder.ui.kit.segmented import Segment, SegmentedControl
from ssp_coder.ui.kit.title_row import TitleRow
from ssp_coder.ui.theme.fonts import FontUse
from ssp_coder.ui.timeline.status import WorkStatus
from ssp_coder.ui.timeline.widget import SnapTo, Timeline

if TYPE_CHECKING:
    from ssp_coder.ui.theme.theme import Theme

_SESSION, _EPISODE, _SELECTION = "session", "episode", "selection"


class TimelinePanel(QWidget):
    """A header over a timeline; the timeline itself is `timeline`."""

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme = theme
        self._frames: SnapTo | None = None
        self.timeline = Timeline(theme, self)
        column = self._column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        self._head = self._build_header()
        column.addWidget(self._head)
        column.addWidget(hairline(self))
        column.addWidget(self.timeline, 1)
        self.zoom.segment_chosen.connect(self._show)
        self.snap.toggled.connect(self._apply_snap)
        self.follow.toggled.connect(self.timeline.set_follow)
        self.timeline.view_changed.connect(self._forget_zoom)
        describe(self, self.tr("Timeline"))

    def lend_title(self) -> TitleRow:
        """Give the header to a dock as its title row."""
        self._column.removeWidget(self._head)
        return self._head

    def set_frames(self, snap: SnapTo | None) -> None:
        """Give the times of frames: the playhead has no other, edges none while snap is on."""
        self._frames = snap
        self.timeline.set_frames(snap)
        self._apply_snap()

    def _build_header(self) -> TitleRow:
        row = TitleRow(self._theme, self.tr("Timeline"), self)
        show = QLabel(self.tr("Show"), self)
        show.setFont(self._theme.font(FontUse.CAPTION))
        show.setProperty("tone", "second")
        self.zoom = SegmentedControl(self._theme, self._segments(), self.tr("Show"), self)
        self.zoom.set_chosen(_SESSION)
        self.snap = self._toggle(self.tr("Snap"), "snap")
        self.follow = self._toggle(self.tr("Follow"), "chevron-right")
        self.snap.setToolTip(
            self.tr(
                "Dragged edges stick to the playhead, cues and edges nearby, else to frames.\n"
                "Hold Alt to place one freely."
            )
        )
        self.follow.setToolTip(self.tr("Turn the page when the playhead leaves the view"))
        self.status = WorkStatus(self._theme, self)
        legend = Legend(self._theme, self)
        right: tuple[QWidget, ...] = (self.status, legend, self.snap, self.follow)
        left: tuple[QWidget, ...] = (show, self.zoom)
        for part in left:
            row.add_left(part)
        for part in right:
            row.add(part)
        return row

    def _segments(self) -> tuple[Segment, ...]:
        return (
            Segment(id=_SESSION, title=self.tr("Session")),
            Segment(id=_EPISODE, title=self.tr("Episode")),
            Segment(id=_SELECTION, title=self.tr("Selection")),
        )

    def _toggle(self, text: str, icon: str) -> PushButton:
        button = PushButton(self._theme, text, ButtonKind.QUIET, self)
        button.set_icon_name(icon)
        button.setCheckable(True)
        button.setChecked(True)
        return button

    def _show(self, segment_id: str) -> None:
        if segment_id == _SESSION:
            self.timeline.show_session()
        elif segment_id == _EPISODE:
            self.timeline.show_episode()
        else:
            self.timeline.show_selection()
        self.zoom.set_chosen(segment_id)  # the view that was asked for keeps its name

    def _apply_snap(self) -> None:
        snapping = self.snap.isChecked()
        self.timeline.set_snapping(snapping)
        self.timeline.set_snap(self._frames if snapping else None)

    def _forget_zoom(self) -> None:
        whole = self.timeline.view().length_us >= self.timeline.scene.duration_us
        self.zoom.set_chosen(_SESSION if whole else "")


class Legend(QWidget):
    """What a point, a state and the hatch mean."""

    ACCESSIBLE_ROLE = QAccessible.Role.StaticText

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        install_roles()
        self._theme = theme
        self._words = (self.tr("point"), self.tr("state"), self.tr("not coded yet"))
        self.setSizePolicy(QSizePolicy.Policy.Maximum, QSizePolicy.Policy.Fixed)
        describe(self, self.tr("Legend: {0}").format(", ".join(self._words)))
        theme.changed.connect(self.update)

    def sizeHint(self) -> QSize:  # noqa: N802, D102 - Qt's name
        font = self._theme.font(FontUse.CAPTION)
        wide = sum(text_width(font, word) + self._theme.px(36) for word in self._words)
        return QSize(wide, QFontMetrics(font).height() + self._theme.px(6))

    def minimumSizeHint(self) -> QSize:  # noqa: N802, D102 - Qt's name
        return self.sizeHint()

    def paintEvent(self, _event: object) -> None:  # noqa: N802, D102 - Qt's name
        painter = painter_of(self)
        px = self._theme.px
        font = self._theme.font(FontUse.CAPTION)
        ink = Ink(colour=self._theme.colour("text2"), font=font)
        left = 0
        for index, word in enumerate(self._words):
            sign = QRect(left, (self.height() - px(12)) // 2, px(16), px(12))
            self._paint_sign(painter, sign, index)
            place = QRect(left + px(20), 0, text_width(font, word) + 2, self.height())
            paint_text(painter, place, word, ink)
            left = place.right() + px(14)
        painter.end()

    def _paint_sign(self, painter: QPainter, rect: QRect, index: int) -> None:
        grey = self._theme.group("grey")
        if index == 0:
            paint_mark(painter, rect, MarkShape.TRIANGLE_UP, grey)
        elif index == 1:
            paint_bar(painter, rect, grey)
        else:
            painter.setPen(Qt.PenStyle.NoPen)
            painter.fillRect(rect, self._theme.colour("alt"))
            painter.fillRect(rect, hatch(self._theme.colour("wave"), 6))
