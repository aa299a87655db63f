"""The workspace of the prepare and code steps: picture, board or episode list, table, timeline."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFrame, QSplitter, QStackedWidget, QVBoxLayout, QWidget

from ssp_coder.ui.code.board_desk import BoardDesk
from ssp_coder.ui.code.table_desk import TableDesk
from ssp_coder.ui.code.timeline_desk import TimelineDesk
from ssp_coder.ui.prepare.panel import PreparePanel

if TYPE_CHECKING:
    from PySide6.QtGui import QKeyEvent

    from ssp_coder.domain.coding import EventId
    from ssp_coder.editing.document import Changed
    from ssp_coder.ui.code.board import CodeBoard
    from ssp_coder.ui.code.event_table import EventTable
    from ssp_coder.ui.player.stage import Stage
    from ssp_coder.ui.player.view import Moment
    from ssp_coder.ui.session import OpenSession
    from ssp_coder.ui.theme.theme import Theme
    from ssp_coder.ui.timeline.panel import TimelinePanel
    from ssp_coder.ui.timeline.widget import Timeline


class WorkPage(QWidget):
    """Where episodes are marked and behaviour is coded, at the frame on the screen.

    Attributes:
        coding: keys and buttons that record codes.
        events: the list of events.
        line: the timeline.
    """

    def __init__(
        self, theme: Theme, session: OpenSession, stage: Stage, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self._theme = theme
        self._session = session
        self._stage = stage
        self.prepare = PreparePanel(theme, session)
        self.coding = BoardDesk(theme, session, stage, self)
        self.events = TableDesk(theme, session, self)
        self.line = TimelineDesk(theme, session, stage, self)
        self._side = QStackedWidget(self)
        self._stage_box = QFrame(self)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self._build()
        self._connect()
        self.refresh()

    @property
    def board(self) -> CodeBoard:
        """The code board."""
        return self.coding.board

    @property
    def table(self) -> EventTable:
        """The list of events."""
        return self.events.table

    @property
    def timeline_panel(self) -> TimelinePanel:
        """The timeline with its header."""
        return self.line.view

    @property
    def timeline(self) -> Timeline:
        """The timeline itself."""
        return self.line.timeline

    def stage_place(self) -> QVBoxLayout:
        """Where the picture stands while this page is in front."""
        return self._stage_layout

    def show_prepare(self, prepare: bool) -> None:
        """Show the list of episodes, or the code board with the table."""
        self._side.setCurrentIndex(0 if prepare else 1)

    def set_compact(self, compact: bool) -> None:
        """Give the board and the list more of a low window."""
        self.events.set_compact(compact)
        self.timeline.set_compact(compact)
        px = self._theme.px
        self._coding_split.setSizes([px(330), px(120)] if compact else [px(340), px(220)])

    def keyPressEvent(self, event: QKeyEvent) -> None:  # noqa: N802, D102 - Qt's name
        enter = event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter)
        if enter and self._side.currentIndex() == 0:
            self.prepare.mark_current()
        else:
            super().keyPressEvent(event)

    def refresh(self) -> None:
        """Show the coding anew; used when it is opened."""
        self.events.refresh()
        self.line.refresh()
        self.coding.show_bar()
        self._lock()

    def show_duration(self, duration_us: int) -> None:
        """Tell the timeline how long the recording is."""
        self.line.show_duration(duration_us)

    def show_moment(self, moment: Moment) -> None:
        """Follow the frame on the screen."""
        self.line.show_moment(moment)
        self.prepare.set_moment(moment.pts_us, self._stage.player.frame_at(moment.pts_us))
        self.coding.show_moment(moment)

    def take_key(self, key: str) -> None:
        """A code key went down."""
        self.coding.take_key(key)

    def close_bar(self) -> None:
        """Close the modifier bar."""
        self.coding.close_bar()

    @property
    def bar_is_open(self) -> bool:
        """Whether the modifier bar offers something for an event."""
        return self.coding.bar_is_open

    def delete_selected(self) -> None:
        """Delete the events selected in the table."""
        self.events.delete_selected()

    def jump_to_event(self, event_id: EventId) -> None:
        """Show the moment of an event."""
        self.events.jump_to_event(event_id)

    def _follow(self, changed: Changed) -> None:
        change = changed.record.change
        self.events.follow(changed)
        self.line.follow(changed)
        if change.removed or change.added:
            self.line.show_selected(self.table.selected_events())
        if "locked" in change.areas:
            self._lock()
        self.coding.follow()

    def _lock(self) -> None:
        self.coding.lock()
        self.prepare.refresh()

    def _connect(self) -> None:
        self._session.changed.connect(self._follow)
        self.events.selected.connect(self.line.show_selected)
        self.line.selected.connect(self.events.show_selected)

    def _build(self) -> None:
        gap = self._theme.px(10)
        self._stage_layout = QVBoxLayout(self._stage_box)
        self._stage_layout.setContentsMargins(0, 0, 0, 0)
        coding = QSplitter(Qt.Orientation.Vertical)
        coding.setChildrenCollapsible(False)
        coding.addWidget(self.coding.view)
        coding.addWidget(self.events.view)
        coding.setStretchFactor(0, 3)
        coding.setStretchFactor(1, 2)
        coding.setSizes([self._theme.px(340), self._theme.px(220)])
        self._coding_split = coding
        self._side.addWidget(self.prepare)
        self._side.addWidget(coding)
        upper = QSplitter(Qt.Orientation.Horizontal)
        upper.setChildrenCollapsible(False)
        upper.addWidget(self._stage_box)
        upper.addWidget(self._side)
        upper.setSizes([self._theme.px(610), self._theme.px(640)])
        whole = QSplitter(Qt.Orientation.Vertical)
        whole.setChildrenCollapsible(False)
        whole.addWidget(upper)
        whole.addWidget(self.line.view)
        whole.setStretchFactor(0, 1)
        whole.setStretchFactor(1, 0)
        whole.setSizes([self._theme.px(520), self._theme.px(290)])
        layout = QVBoxLayout(self)
        layout.setContentsMargins(gap, 0, gap, 0)
        layout.addWidget(whole)
