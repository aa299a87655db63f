"""The timeline of the open coding: what it shows, and what dragging on it changes."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal

from ssp_coder.domain.coding import EventId
from ssp_coder.domain.session import episode_spans
from ssp_coder.domain.time import Micros
from ssp_coder.editing.edits import ChangeEvent
from ssp_coder.ui.code import feed
from ssp_coder.ui.code.dragging import with_edge
from ssp_coder.ui.timeline.panel import TimelinePanel

if TYPE_CHECKING:
    from PySide6.QtWidgets import QWidget

    from ssp_coder.domain.coding import Event
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
        self.view = TimelinePanel(theme, parent)
        self.timeline = self.view.timeline
        self._connect()

    def refresh(self) -> None:
        """Show the coding anew; used when it is opened."""
        coding, scheme = self._session.coding, self._session.scheme
        self._used = feed.LanesInUse(scheme, coding.events)
        self._show_lanes()
        self.timeline.set_marks(feed.marks_of(coding.events, scheme))
        self.show_episodes()

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
        return self._stage.player.frame_start(time_us)

    def _show_lanes(self) -> None:
        words = self.tr("{0} acts")
        self.timeline.set_lanes(feed.lanes_in_use(self._session.scheme, self._used, words))

    def _tell_selected(self, mark: str) -> None:
        self.selected.emit((EventId(int(mark)),) if mark else ())

    def _activate(self, mark: str) -> None:
        self._tell_selected(mark)
        event = self._session.coding.event(EventId(int(mark)))
        self._session.jump_requested.emit(event.start_us)

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

    def _connect(self) -> None:
        self.timeline.seek_requested.connect(self._session.jump_requested)
        self.timeline.mark_selected.connect(self._tell_selected)
        self.timeline.mark_activated.connect(self._activate)
        self.timeline.edge_drag_finished.connect(self._drag_edge)
        self.view.set_frames(self.snap)
        self.timeline.frame_step_requested.connect(self._stage.moves.step)
        self._stage.player.loop_changed.connect(self.timeline.set_loop)
