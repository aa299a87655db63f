"""What is done with the selected events as a whole: move, split, merge, copy."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QPoint, Signal

from ssp_coder.domain.coding import EventId
from ssp_coder.domain.time import SECOND_US, Micros
from ssp_coder.editing.edits import AddEvents, ChangeEvents, MergeEvents, SplitEvent
from ssp_coder.editing.shifting import (
    Place,
    Shift,
    copied,
    end_moved,
    moved,
    rearranged,
    start_moved,
)
from ssp_coder.ui.code.copy_menu import CopyMenu, CopyTarget
from ssp_coder.ui.code.feed import targets_in
from ssp_coder.ui.code.frames import Frames

if TYPE_CHECKING:
    from collections.abc import Callable

    from PySide6.QtWidgets import QWidget

    from ssp_coder.domain.coding import Event
    from ssp_coder.ui.player.stage import Stage
    from ssp_coder.ui.session import OpenSession

    Edge = Callable[[Event, Shift], Event]
    """Moves one edge of an event, or both."""


class Arranging(QObject):
    """Turns wishes about the selected events into edits, one step of undo each.

    Signals:
        copied: ids of the events that were added as copies.
    """

    copied = Signal(object)

    def __init__(
        self,
        session: OpenSession,
        stage: Stage,
        selected: Callable[[], tuple[EventId, ...]],
        parent: QWidget,
    ) -> None:
        super().__init__(parent)
        self._session = session
        self._stage = stage
        self._selected = selected
        self._over = parent
        self.menu: CopyMenu | None = None
        self.frames = Frames(stage.player)

    # ------------------------------------------------------------------ moving

    def move_frames(self, step: int) -> None:
        """Move the selected events a frame earlier (-1) or later (+1)."""
        self._move_on(moved, lambda at: self.frames.beside(at, step), step)

    def move_seconds(self, step: int) -> None:
        """Move the selected events a second earlier (-1) or later (+1)."""
        delta_us = step * SECOND_US
        if self._fits(delta_us):
            self._move_on(moved, lambda at: self.frames.nearest(at + delta_us), step)
        else:
            self._say(self._at_the_end())

    def move_start(self, step: int) -> None:
        """Move the starts of the selected events by a frame."""
        self._move_on(start_moved, lambda at: self.frames.beside(at, step), step)

    def move_end(self, step: int) -> None:
        """Move the ends of the selected states by a frame."""
        self._move_on(end_moved, lambda at: self.frames.beside(at, step), step)

    def start_here(self) -> None:
        """Let the selected events start at the frame on the screen."""
        self._move_here(start_moved)

    def end_here(self) -> None:
        """Let the selected states end at the frame on the screen."""
        self._move_here(end_moved)

    def move_by(self, events: tuple[EventId, ...], delta_us: int, *, to_frames: bool) -> bool:
        """Move events by a time, each edge onto the nearest frame where asked for."""
        return self._submit_moved(events, moved, self._by(delta_us, to_frames=to_frames))

    # ------------------------------------------------------------------ splitting and merging

    def split(self) -> None:
        """Split the selected state that runs at the frame on the screen."""
        at = self._here()
        if at is None:
            return
        running = [
            event
            for event in self._chosen()
            if event.start_us < at.at_us and (event.end_us is None or at.at_us < event.end_us)
        ]
        if len(running) == 1:
            edit = SplitEvent(event=running[0].id, at_us=at.at_us, frame=at.frame)
            self._session.submit(edit)
        elif running:
            self._say(self.tr("Several selected states run here; select the one to split"))
        else:
            self._say(self.tr("Select a state that runs at this frame to split it"))

    def merge(self) -> None:
        """Make one state of the selected ones."""
        events = self._selected()
        if len(events) < 2:
            self._say(self.tr("Select two states or more of one code to merge them"))
        else:
            self._session.submit(MergeEvents(events=events))

    # ------------------------------------------------------------------ copying

    def ask_where_to_copy(self, at: QPoint) -> None:
        """Offer persons and codes for copies of the selected events, at a place on the screen."""
        events = self._chosen()
        if not events:
            self._say(self.tr("Select the events to copy first"))
            return
        menu = self._new_menu()
        if not menu.offer(events):
            self._say(self.tr("The scheme offers no other person or code for these events"))
            return
        ids = tuple(event.id for event in events)
        menu.chosen.connect(lambda target: self.copy(ids, target, self._stay))
        menu.popup(at)

    def copy_to_lane(
        self, events: tuple[EventId, ...], lane: str, delta_us: int, *, to_frames: bool
    ) -> None:
        """Copy events into a lane; where it holds several codes a menu asks which."""
        chosen = self._events(events)
        target = targets_in(lane, chosen, self._session.scheme)
        shift = self._by(delta_us, to_frames=to_frames)
        if target.plain is not None:
            self.copy(events, CopyTarget(subject=target.plain), shift)
            return
        menu = self._new_menu()
        if target.subject is None or not menu.offer_codes(target.codes, target.subject):
            self._say(self.tr("This lane takes no copies of these events"))
            return
        menu.chosen.connect(lambda wanted: self.copy(events, wanted, shift))
        menu.popup(self._over.cursor().pos())

    def copy(self, events: tuple[EventId, ...], target: CopyTarget, shift: Shift) -> None:
        """Add copies of events, all or none."""
        ethogram = self._session.scheme.ethogram
        copies = tuple(
            copied(
                event,
                ethogram.code(target.code or event.code),
                target.subject or event.subject,
                shift,
            )
            for event in self._events(events)
        )
        first = self._session.coding.next_event
        if copies and self._session.submit(AddEvents(events=copies)):
            self.copied.emit(tuple(EventId(first + place) for place in range(len(copies))))

    # ------------------------------------------------------------------ parts

    def _move(self, edge: Edge, shift: Shift) -> None:
        events = self._selected()
        if not events:
            self._say(self.tr("Select the events to move first"))
            return
        self._submit_moved(events, edge, shift)

    def _move_on(self, edge: Edge, shift: Shift, step: int) -> None:
        """Move edges earlier (-1) or later (+1); none where one of them has nowhere to go.

        The others would go on without it: an event would become shorter each time.
        """
        stuck = False

        def tried(at_us: Micros) -> Place:
            nonlocal stuck
            place = shift(at_us)
            stuck = stuck or (place.at_us - at_us) * step <= 0
            return place

        for event in self._chosen():
            edge(event, tried)
        if stuck:
            self._say(self._at_the_end())
        else:
            self._move(edge, shift)

    def _fits(self, delta_us: int) -> bool:
        """Whether the selected events lie in the recording when they are moved by a time."""
        last_us = self._stage.player.end_us if self.frames.known else None
        return all(
            at_us + delta_us >= 0 and (last_us is None or at_us + delta_us <= last_us)
            for event in self._chosen()
            for at_us in (event.start_us, event.end_us)
            if at_us is not None
        )

    def _at_the_end(self) -> str:
        return self.tr("The recording ends there; nothing was moved")

    def _move_here(self, edge: Edge) -> None:
        at = self._here()
        if at is not None:
            self._move(edge, lambda _time: at)

    def _submit_moved(self, events: tuple[EventId, ...], edge: Edge, shift: Shift) -> bool:
        session = self._session
        new = rearranged(session.coding, events, lambda event: edge(event, shift), session.scheme)
        return bool(new) and session.submit(ChangeEvents(events=new))

    def _by(self, delta_us: int, *, to_frames: bool) -> Shift:
        if not delta_us:
            return self._stay
        if to_frames:
            return lambda at: self.frames.nearest(at + delta_us)
        return lambda at: self.frames.place(at + delta_us)

    def _stay(self, at_us: Micros) -> Place:
        return self.frames.place(at_us)

    def _here(self) -> Place | None:
        moment = self._stage.player.moment
        if moment is None:
            self._say(self.tr("There is no frame on the screen yet"))
            return None
        return self.frames.place(moment.pts_us)

    def _chosen(self) -> tuple[Event, ...]:
        return self._events(self._selected())

    def _events(self, ids: tuple[EventId, ...]) -> tuple[Event, ...]:
        wanted = frozenset(ids)
        return tuple(event for event in self._session.coding.events if event.id in wanted)

    def _new_menu(self) -> CopyMenu:
        if self.menu is not None:
            self.menu.deleteLater()
        self.menu = CopyMenu(self._session.scheme, self._over)
        return self.menu

    def _say(self, words: str) -> None:
        self._session.refused.emit(words)
