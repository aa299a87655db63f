"""The timeline of the open coding: what it shows, and what dragging on it changes."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal

from ssp_coder.domain.coding import EventId
from ssp_coder.domain.session import episode_spans
from ssp_coder.domain.time import Micros
from ssp_coder.editing.edits import ChangeEvent, DeleteEvents
from ssp_coder.ui.code import feed
from ssp_coder.ui.code.arranging import Arranging
from ssp_coder.ui.code.dragging import with_edge
from ssp_coder.ui.comments.rows import CommentFilter, CommentRows
from ssp_coder.ui.comments.signs import remark_of
from ssp_coder.ui.timeline.keys import select_more, select_neighbour
from ssp_coder.ui.timeline.panel import TimelinePanel

if TYPE_CHECKING:
    from PySide6.QtWidgets import QWidget

    from ssp_coder.editing.document import Changed
    from ssp_coder.ui.player.stage import Stage
    from ssp_coder.ui.player.view import Moment
    from ssp_coder.ui.session import OpenSession
    from ssp_coder.ui.theme.theme import Theme


class TimelineDesk(QObject):
    """Holds the timeline.

    Attributes:
        view: the panel, to be placed on a page.

    Signals:
        selected: ids of the events that the person selected.
    """

    selected = Signal(object)

    def __init__(self, theme: Theme, session: OpenSession, stage: Stage, parent: QWidget) -> None:
        super().__init__(parent)
        self._session = session
        self._stage = stage
        self._used = feed.LanesInUse(session.scheme)
        self._comments = CommentRows(session.scheme)
        self.view = TimelinePanel(theme, parent)
        self.timeline = self.view.timeline
        self.arranging = Arranging(session, stage, self.selected_events, self.timeline)
        self._connect()

    def refresh(self) -> None:
        """Show the coding anew; used when it is opened."""
        coding, scheme = self._session.coding, self._session.scheme
        self._used = feed.LanesInUse(scheme, coding.events)
        self._show_lanes()
        self.timeline.set_marks(feed.marks_of(coding.events, scheme))
        self.timeline.set_locked(self._session.read_only)
        self.show_episodes()
        self._comments.read(coding)
        self._show_comments()

    def follow(self, changed: Changed) -> None:
        """Let marks follow a change."""
        change = changed.record.change
        if change.removed or change.added:
            if self._used.follow(change.removed, change.added):
                self._show_lanes()
            removed = tuple(str(event.id) for event in change.removed)
            added = feed.marks_of(change.added, self._session.scheme)
            self.timeline.apply_change(removed, added)
        if change.areas & {"episodes", "session_end"}:
            self.show_episodes()
        if self._comments.follow(change, changed.coding):
            self._show_comments()
        if "locked" in change.areas:
            self.timeline.set_locked(self._session.read_only)

    def show_selected(self, events: tuple[EventId, ...]) -> None:
        """Select events that were selected elsewhere."""
        self.timeline.set_selected(tuple(str(event) for event in events))

    def show_moment(self, moment: Moment) -> None:
        """Follow the frame on the screen."""
        self.timeline.set_playhead(moment.pts_us)

    def show_duration(self, duration_us: int) -> None:
        """Tell the timeline how long the recording is."""
        if duration_us != self.timeline.scene.duration_us:
            self.timeline.set_duration(duration_us)

    def show_episodes(self) -> None:
        """Show episodes, cues and the end of the session."""
        coding, scheme = self._session.coding, self._session.scheme
        self.timeline.set_episodes(feed.blocks_of(coding, scheme))
        self.timeline.set_cues(feed.cues_of(coding, scheme))
        self.timeline.set_end(None if coding.session_end is None else coding.session_end.at_us)
        self._stage.show_episodes(episode_spans(coding, scheme.procedure))

    def snap(self, time_us: int) -> int:
        """Start of the frame that shows at a time."""
        return self.arranging.frames.start(time_us)

    def selected_events(self) -> tuple[EventId, ...]:
        """Ids of the selected events, smallest first."""
        return tuple(sorted(EventId(int(mark)) for mark in self.timeline.selected()))

    def ask_where_to_copy(self) -> None:
        """Offer persons and codes for copies of the selected events."""
        self.arranging.ask_where_to_copy(self.timeline.mapToGlobal(self.timeline.menu_place()))

    def select(self, direction: int, *, extend: bool = False) -> None:
        """Select the event before or after in its lane, instead of the selection or beside it."""
        select_neighbour(self.timeline, direction, extend=extend)

    def select_more(self) -> None:
        """Select the whole lane of what is selected, then everything."""
        select_more(self.timeline)

    def _show_lanes(self) -> None:
        words = self.tr("{0} acts")
        self.timeline.set_lanes(feed.lanes_in_use(self._session.scheme, self._used, words))

    def _show_comments(self) -> None:
        rows = self._comments.rows(CommentFilter(open_only=True))
        self.timeline.set_remarks(remark for row in rows if (remark := remark_of(row)) is not None)

    def _tell_selected(self, mark: str) -> None:
        self.selected.emit((EventId(int(mark)),) if mark else ())

    def _tell_several(self, _marks: tuple[str, ...]) -> None:
        self.selected.emit(self.selected_events())

    def _show_copies(self, events: tuple[EventId, ...]) -> None:
        self.show_selected(events)
        self.selected.emit(events)

    def _activate(self, mark: str) -> None:
        self._tell_selected(mark)
        event = self._session.coding.event(EventId(int(mark)))
        self._session.jump_requested.emit(event.start_us)

    def _drag_edge(self, mark: str, edge: str, at_us: int) -> None:
        event = self._session.coding.event(EventId(int(mark)))
        frame = self._stage.player.frame_at(at_us)
        self._session.submit(ChangeEvent(event=with_edge(event, edge, Micros(at_us), frame)))

    def _move_marks(self, marks: tuple[str, ...], delta_us: int) -> None:
        events = tuple(EventId(int(mark)) for mark in marks)
        self.arranging.move_by(events, delta_us, to_frames=self.timeline.is_snapping)

    def _copy_marks(self, marks: tuple[str, ...], delta_us: int, lane: str) -> None:
        events = tuple(EventId(int(mark)) for mark in marks)
        self.arranging.copy_to_lane(events, lane, delta_us, to_frames=self.timeline.is_snapping)

    def _delete(self, marks: tuple[str, ...]) -> None:
        events = tuple(sorted(EventId(int(mark)) for mark in marks))
        self._session.submit(DeleteEvents(events=events))

    def _connect(self) -> None:
        self.timeline.seek_requested.connect(self._session.jump_requested)
        self.timeline.mark_selected.connect(self._tell_selected)
        self.timeline.mark_activated.connect(self._activate)
        self.timeline.marks_selected.connect(self._tell_several)
        self.timeline.edge_drag_finished.connect(self._drag_edge)
        self.timeline.marks_moved.connect(self._move_marks)
        self.timeline.marks_copied.connect(self._copy_marks)
        self.timeline.delete_requested.connect(self._delete)
        self.arranging.copied.connect(self._show_copies)
        self.view.set_frames(self.snap)
        self.timeline.frame_step_requested.connect(self._stage.moves.step)
        self._stage.player.loop_changed.connect(self.timeline.set_loop)
