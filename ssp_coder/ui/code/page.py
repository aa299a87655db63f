"""The workspace of the prepare and code steps: picture, board or episode list, table, timeline."""

from __future__ import annotations

from typing import TYPE_CHECKING, cast

from PySide6.QtCore import Qt
from PySide6.QtGui import QAccessible
from PySide6.QtWidgets import QApplication, QFrame, QVBoxLayout, QWidget

from ssp_coder.editing.completeness import Step
from ssp_coder.ui.code.board_desk import BoardDesk
from ssp_coder.ui.code.key_filter import is_typing
from ssp_coder.ui.code.panels import BOARD, EPISODES, LATE, PICTURE, TakesMoment, WorkPanels
from ssp_coder.ui.code.table_desk import TableDesk
from ssp_coder.ui.code.timeline_desk import TimelineDesk
from ssp_coder.ui.docks.area import DockArea
from ssp_coder.ui.docks.walk import PanelWalk
from ssp_coder.ui.kit.accessible import describe, install_roles
from ssp_coder.ui.kit.empty_words import EmptyWords

if TYPE_CHECKING:
    from PySide6.QtGui import QKeyEvent

    from ssp_coder.domain.coding import EventId
    from ssp_coder.editing.document import Changed
    from ssp_coder.ui.code.board import CodeBoard
    from ssp_coder.ui.code.event_table import EventTable
    from ssp_coder.ui.player.stage import Stage
    from ssp_coder.ui.player.view import Moment
    from ssp_coder.ui.prepare.panel import PreparePanel
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

    ACCESSIBLE_ROLE = QAccessible.Role.Grouping

    def __init__(
        self, theme: Theme, session: OpenSession, stage: Stage, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self._theme = theme
        self._session = session
        self._stage = stage
        self._stage_box = QFrame(self)
        self._stage_layout = QVBoxLayout(self._stage_box)
        self._below = QVBoxLayout()
        self.panels = DockArea(
            theme, WorkPanels(theme, session, stage, self).specs(self._stage_box), self
        )
        # Not in the Tab order: it shows no focus, its panels do; code gives it the keys.
        self.setFocusPolicy(Qt.FocusPolicy.ClickFocus)
        describe(self, self.tr("Coding workspace"))
        install_roles()
        self._build()
        self._connect()
        self.walk = PanelWalk(self.panels)
        EmptyWords(theme, self.table, self._no_events)
        self.refresh()

    def make_board(self, ground: QWidget) -> QWidget:
        """The code board, made where it will stand."""
        self.coding = BoardDesk(self._theme, self._session, self._stage, ground)
        return self.coding.view

    def make_list(self, ground: QWidget) -> QWidget:
        """The list of events, made where it will stand."""
        self.events = TableDesk(self._theme, self._session, ground, self._stage)
        return self.events.view

    def make_timeline(self, ground: QWidget) -> QWidget:
        """The timeline, made where it will stand."""
        self.line = TimelineDesk(self._theme, self._session, self._stage, ground)
        return self.line.view

    @property
    def prepare(self) -> PreparePanel:
        """The list of episodes, made when it is first asked for."""
        return cast("PreparePanel", self.panels[EPISODES].content())

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
        self.panels.show_step(Step.PREPARE if prepare else Step.CODE)

    def step_aside(self) -> None:
        """Another page is in front; windows of panels that go along stay."""
        self.panels.show_step("")

    @property
    def picture_floats(self) -> bool:
        """Whether the picture has a window of its own, beside whatever page is in front."""
        return self.panels.has_window(PICTURE)

    def set_compact(self, compact: bool) -> None:
        """Give the board and the list more of a low window."""
        self.events.set_compact(compact)
        self.timeline.set_compact(compact)

    def keyPressEvent(self, event: QKeyEvent) -> None:  # noqa: N802, D102 - Qt's name
        enter = event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter)
        # A field lets Enter through after it has taken what was typed.
        typed = is_typing(QApplication.focusWidget())
        if enter and self.panels.step == Step.PREPARE and not typed:
            self.prepare.mark_current()
        else:
            super().keyPressEvent(event)

    def refresh(self) -> None:
        """Show the coding anew; used when it is opened."""
        self.events.refresh()
        self.line.refresh()
        self.coding.refresh()
        self._lock()

    def show_duration(self, duration_us: int) -> None:
        """Tell the timeline how long the recording is."""
        self.line.show_duration(duration_us)

    def show_moment(self, moment: Moment) -> None:
        """Follow the frame on the screen."""
        self.line.show_moment(moment)
        if self.panels[EPISODES].is_made:
            self.prepare.set_moment(moment.pts_us, self._stage.player.frame_at(moment.pts_us))
        self.coding.show_moment(moment)
        for panel in LATE:
            self._tell(panel, moment)

    def _tell(self, panel: str, moment: Moment | None) -> None:
        """Let a panel that was made when it was first seen follow the picture while it is seen."""
        box = self.panels[panel]
        if moment is None or not box.isVisible() or not hasattr(box.content(), "set_moment"):
            return
        frame = self._stage.player.frame_at(moment.pts_us)
        cast("TakesMoment", box.content()).set_moment(moment.pts_us, frame)

    def _no_events(self) -> str:
        if self._session.coding.events:
            return self.tr("No event passes the filter. Esc in its field clears it.")
        return self.tr("No events yet. A key of the code board records at the frame you see.")

    def _seat_bar(self, *_what: object) -> None:
        """Keys of the modifier bar work wherever the board is, so the bar is always seen."""
        coding = self.panels.step == Step.CODE
        hidden = coding and not self.panels.is_in_front(BOARD)
        self.coding.seat_foot(self._below if hidden else None)

    def _tell_seen(self, panel: str) -> None:
        if panel in LATE:
            self._tell(panel, self._stage.player.moment)

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
        """Delete the selected events, also those that the list does not show now."""
        events = self.line.selected_events()
        if events:
            self.events.delete(events)

    def jump_to_event(self, event_id: EventId) -> None:
        """Show the moment of an event."""
        self.events.jump_to_event(event_id)

    def _follow(self, changed: Changed) -> None:
        change = changed.record.change
        self.events.follow(changed)
        self.line.follow(changed)
        if "locked" in change.areas:
            self._lock()
        self.coding.follow()

    def _lock(self) -> None:
        self.coding.lock()
        if self.panels[EPISODES].is_made:
            self.prepare.refresh()

    def _connect(self) -> None:
        self._session.changed.connect(self._follow)
        self.panels.seen.connect(self._tell_seen)
        self.panels.seen.connect(self._seat_bar)
        self.panels.arranged.connect(self._seat_bar)
        self.events.selected.connect(self.line.show_selected)
        self.line.selected.connect(self.events.show_selected)

    def _build(self) -> None:
        gap = self._theme.px(10)
        self._stage_layout.setContentsMargins(0, 0, 0, 0)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(gap, 0, gap, 0)
        layout.addWidget(self.panels, 1)
        layout.addLayout(self._below)
