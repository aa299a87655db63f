"""The workspace of the prepare and code steps: picture, board or episode list, table, timeline."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFrame, QSplitter, QStackedWidget, QVBoxLayout, QWidget

from ssp_coder.domain.coding import EventId
from ssp_coder.domain.ethogram import CodeId, ModifierId
from ssp_coder.domain.procedure import SubjectId
from ssp_coder.domain.session import episode_spans
from ssp_coder.domain.time import Micros
from ssp_coder.editing.edits import ChangeEvent, DeleteEvents
from ssp_coder.editing.keys import (
    BoardState,
    Notice,
    Press,
    Routed,
    bar_event,
    choose_modifier,
    route_code,
    route_key,
    running_codes,
)
from ssp_coder.editing.refusal import EditRefusedError
from ssp_coder.ui.code import feed
from ssp_coder.ui.code.board import CodeBoard
from ssp_coder.ui.code.dragging import with_edge
from ssp_coder.ui.code.event_form import EventForm
from ssp_coder.ui.code.event_table import EventTable
from ssp_coder.ui.code.events_model import EventsModel
from ssp_coder.ui.code.modifier_bar import ModifierBar
from ssp_coder.ui.kit.panel import Panel
from ssp_coder.ui.prepare.panel import PreparePanel
from ssp_coder.ui.timeline.panel import TimelinePanel

if TYPE_CHECKING:
    from collections.abc import Callable

    from PySide6.QtGui import QKeyEvent

    from ssp_coder.domain.coding import Event
    from ssp_coder.editing.document import Changed
    from ssp_coder.ui.player.stage import Stage
    from ssp_coder.ui.player.view import Moment
    from ssp_coder.ui.session import OpenSession
    from ssp_coder.ui.theme.theme import Theme


class WorkPage(QWidget):
    """Where episodes are marked and behaviour is coded, at the frame on the screen."""

    def __init__(
        self, theme: Theme, session: OpenSession, stage: Stage, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self._theme = theme
        self._session = session
        self._stage = stage
        self._state = BoardState(subject=session.scheme.procedure.focal_subject)
        self._used = feed.LanesInUse(session.scheme)
        self.prepare = PreparePanel(theme, session)
        self.board = CodeBoard(theme, session.scheme)
        self.bar = ModifierBar(theme, session.scheme)
        self.model = EventsModel(theme, session.scheme, self)
        self.table = EventTable(theme, self.model)
        self.form = EventForm(theme, session.scheme)
        self.timeline_panel = TimelinePanel(theme, self)
        self.timeline = self.timeline_panel.timeline
        self._events_panel = Panel(theme, self.tr("Events"))
        self._side = QStackedWidget(self)
        self._stage_box = QFrame(self)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self._build()
        self._connect()
        self.refresh()

    def stage_place(self) -> QVBoxLayout:
        """Where the picture stands while this page is in front."""
        return self._stage_layout

    def show_prepare(self, prepare: bool) -> None:
        """Show the list of episodes, or the code board with the table."""
        self._side.setCurrentIndex(0 if prepare else 1)

    def set_compact(self, compact: bool) -> None:
        """Give the board and the list more of a low window."""
        self.table.horizontalHeader().setVisible(not compact)
        self.form.set_compact(compact)
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
        coding, scheme = self._session.coding, self._session.scheme
        self.model.show_coding(coding)
        self._used = feed.LanesInUse(scheme, coding.events)
        self._show_lanes()
        self.timeline.set_marks(feed.marks_of(coding.events, scheme))
        self._show_episodes()
        self._show_bar()
        self._show_count()
        self._lock()

    def show_duration(self, duration_us: int) -> None:
        """Tell the timeline how long the recording is."""
        if duration_us != self.timeline.scene.duration_us:
            self.timeline.set_duration(duration_us)

    def show_moment(self, moment: Moment) -> None:
        """Follow the frame on the screen."""
        self.timeline.set_playhead(moment.pts_us)
        self.prepare.set_moment(moment.pts_us, self._stage.player.frame_at(moment.pts_us))
        self.board.show_running(running_codes(self._session.coding, moment.pts_us))
        self._show_bar()

    def take_key(self, key: str) -> None:
        """A code key went down."""
        press = self._press(key)
        if press is not None:
            state = self._state
            self._route(lambda: route_key(press, state, self._session.coding, self._session.scheme))

    def close_bar(self) -> None:
        """Close the modifier bar."""
        self._state = BoardState(subject=self._state.subject)
        self._show_bar()

    @property
    def bar_is_open(self) -> bool:
        """Whether the modifier bar offers something for an event."""
        return self._bar_event() is not None

    def delete_selected(self) -> None:
        """Delete the events selected in the table."""
        events = self.table.selected_events()
        if events:
            self._session.submit(DeleteEvents(events=events))

    def jump_to_event(self, event_id: EventId) -> None:
        """Show the moment of an event."""
        self._session.jump_requested.emit(self._session.coding.event(event_id).start_us)

    def _press(self, key: str = "") -> Press | None:
        moment = self._stage.player.moment
        if moment is None or self._session.read_only:
            return None
        return Press(key=key, at_us=moment.pts_us, frame=self._stage.player.frame_at(moment.pts_us))

    def _route(self, route: Callable[[], Routed]) -> None:
        routed = route()
        if routed.notice is not Notice.NONE:
            return
        if routed.edit is not None and not self._session.submit(routed.edit):
            return
        self._state = routed.state
        self._show_bar()

    def _click_code(self, code: str) -> None:
        press = self._press()
        if press is not None:
            state, coding = self._state, self._session.coding
            self._route(
                lambda: route_code(CodeId(code), press, state, coding, self._session.scheme)
            )

    def _choose_subject(self, subject: str) -> None:
        self._state = BoardState(subject=SubjectId(subject))
        self._show_bar()

    def _choose_modifier(self, modifier: str, value: str) -> None:
        event = self._bar_event()
        if event is not None:
            self._session.submit(choose_modifier(event, ModifierId(modifier), value))

    def _change_event(self, event: Event) -> None:
        try:
            self._session.document.submit(ChangeEvent(event=event), cause=self.form)
        except EditRefusedError as error:
            self.form.show_refusal(str(error))

    def _drag_edge(self, mark: str, edge: str, at_us: int) -> None:
        event = self._session.coding.event(EventId(int(mark)))
        frame = self._stage.player.frame_at(at_us)
        self._session.submit(ChangeEvent(event=with_edge(event, edge, Micros(at_us), frame)))
        self._refresh_mark(event)

    def _refresh_mark(self, event: Event) -> None:
        """Put a mark back whose drag was refused."""
        now = self._session.coding.event(event.id)
        if now == event:
            mark = feed.mark_of(event, self._session.scheme)
            self.timeline.apply_change((mark.id,), (mark,))

    def _follow(self, changed: Changed) -> None:
        change = changed.record.change
        self.table.show_change(change, changed.coding)
        if change.removed or change.added:
            if self._used.follow(change.removed, change.added):
                self._show_lanes()
            removed = tuple(str(event.id) for event in change.removed)
            added = feed.marks_of(change.added, self._session.scheme)
            self.timeline.apply_change(removed, added)
            self._show_count()
            self._select_from_table(self.table.selected_events())
        if change.areas & {"episodes", "session_end"}:
            self._show_episodes()
        if "locked" in change.areas:
            self._lock()
        moment = self._stage.player.moment
        if moment is not None:
            self.board.show_running(running_codes(changed.coding, moment.pts_us))
        self._show_bar()

    def _show_lanes(self) -> None:
        words = self.tr("{0} acts")
        self.timeline.set_lanes(feed.lanes_in_use(self._session.scheme, self._used, words))

    def _show_episodes(self) -> None:
        coding, scheme = self._session.coding, self._session.scheme
        self.timeline.set_episodes(feed.blocks_of(coding, scheme))
        self.timeline.set_cues(feed.cues_of(coding, scheme))
        self.timeline.set_end(None if coding.session_end is None else coding.session_end.at_us)
        self._stage.show_episodes(episode_spans(coding, scheme.procedure))

    def _show_bar(self) -> None:
        self.bar.show_event(self._bar_event())

    def _bar_event(self) -> Event | None:
        moment = self._stage.player.moment
        if moment is None:
            return None
        return bar_event(self._state, self._session.coding, moment.pts_us)

    def _show_count(self) -> None:
        self._events_panel.set_note(str(len(self._session.coding.events)))

    def _lock(self) -> None:
        self.board.set_locked(self._session.read_only)
        self.prepare.refresh()

    def _select_from_table(self, events: tuple[EventId, ...]) -> None:
        self.timeline.set_selected(tuple(str(event) for event in events))
        self._show_selected(events)

    def _select_from_timeline(self, mark: str) -> None:
        events = (EventId(int(mark)),) if mark else ()
        self.table.show_selected(events)
        self._show_selected(events)

    def _show_selected(self, events: tuple[EventId, ...]) -> None:
        shown = None
        if len(events) == 1:
            shown = next((e for e in self._session.coding.events if e.id == events[0]), None)
        if shown is not None or self.form.event_shown is not None:
            self.form.show_event(shown, locked=self._session.read_only)

    def _snap(self, time_us: int) -> int:
        return self._stage.player.frame_start(time_us)

    def _connect(self) -> None:
        self._session.changed.connect(self._follow)
        self.board.code_clicked.connect(self._click_code)
        self.board.subject_chosen.connect(self._choose_subject)
        self.bar.value_chosen.connect(self._choose_modifier)
        self.table.selected.connect(self._select_from_table)
        self.table.jump_requested.connect(self.jump_to_event)
        self.table.delete_requested.connect(self._delete)
        self.form.changed.connect(self._change_event)
        self.form.delete_requested.connect(self._delete)
        self.timeline.seek_requested.connect(self._session.jump_requested)
        self.timeline.mark_selected.connect(self._select_from_timeline)
        self.timeline.mark_activated.connect(self._activate_mark)
        self.timeline.edge_drag_finished.connect(self._drag_edge)
        self.timeline_panel.set_frames(self._snap)
        self.timeline.frame_step_requested.connect(self._stage.moves.step)
        self._stage.player.loop_changed.connect(self.timeline.set_loop)

    def _delete(self, events: tuple[EventId, ...]) -> None:
        self._session.submit(DeleteEvents(events=events))

    def _activate_mark(self, mark: str) -> None:
        self._select_from_timeline(mark)
        self.jump_to_event(EventId(int(mark)))

    def _build(self) -> None:
        gap = self._theme.px(10)
        self._stage_layout = QVBoxLayout(self._stage_box)
        self._stage_layout.setContentsMargins(0, 0, 0, 0)
        events = QWidget()
        column = QVBoxLayout(events)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(self.table, 1)
        column.addWidget(self.form)
        self._events_panel.set_body(events)
        coding = QSplitter(Qt.Orientation.Vertical)
        coding.setChildrenCollapsible(False)
        board = QWidget()
        board_column = QVBoxLayout(board)
        board_column.setContentsMargins(0, 0, 0, 0)
        board_column.setSpacing(self._theme.px(4))
        board_column.addWidget(self.board, 1)
        board_column.addWidget(self.bar)
        coding.addWidget(board)
        coding.addWidget(self._events_panel)
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
        whole.addWidget(self.timeline_panel)
        whole.setStretchFactor(0, 1)
        whole.setStretchFactor(1, 0)
        whole.setSizes([self._theme.px(520), self._theme.px(290)])
        layout = QVBoxLayout(self)
        layout.setContentsMargins(gap, 0, gap, 0)
        layout.addWidget(whole)
