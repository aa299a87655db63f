"""Comments in the order of their time, each with what it is about in words."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from ssp_coder.domain.session import EpisodeSpan, episode_spans
from ssp_coder.ui.comments.words import about_of, about_words

if TYPE_CHECKING:
    from ssp_coder.domain.coding import Coding, Comment, CommentKind, Event, EventId
    from ssp_coder.domain.scheme import Scheme
    from ssp_coder.domain.time import Micros
    from ssp_coder.editing.change import Change

_NEVER_US = 1 << 62
"""Comments that belong to no moment come last."""


@dataclass(frozen=True, slots=True, kw_only=True)
class CommentRow:
    """One comment as it is listed.

    Attributes:
        about: what it is about, in words.
        at_us: where on the video it is, or None.
    """

    comment: Comment
    about: str
    at_us: Micros | None


@dataclass(frozen=True, slots=True, kw_only=True)
class CommentFilter:
    """Which comments are listed.

    Attributes:
        kind: only these, or None for all.
        open_only: only those that are not settled.
    """

    kind: CommentKind | None = None
    open_only: bool = False

    def passes(self, comment: Comment) -> bool:
        """Whether a comment is listed."""
        right = self.kind is None or comment.kind is self.kind
        return right and not (self.open_only and comment.settled)


class CommentRows:
    """Makes the rows; of the events it knows only those that were commented on.

    A key press changes events and not comments, and must not wait for a walk through all events.
    """

    def __init__(self, scheme: Scheme) -> None:
        self._scheme = scheme
        self._events: dict[EventId, Event] = {}
        self._wanted: frozenset[EventId] = frozenset()
        self._spans: tuple[EpisodeSpan, ...] = ()
        self._comments: tuple[Comment, ...] = ()

    @property
    def open_count(self) -> int:
        """How many comments are not settled."""
        return sum(not comment.settled for comment in self._comments)

    @property
    def count(self) -> int:
        """How many comments there are."""
        return len(self._comments)

    def read(self, coding: Coding) -> None:
        """Look at a coding for the first time."""
        self._comments = coding.comments
        self._wanted = frozenset(c.event for c in coding.comments if c.event is not None)
        self._spans = episode_spans(coding, self._scheme.procedure)
        self._events = {e.id: e for e in coding.events if e.id in self._wanted}

    def follow(self, change: Change, coding: Coding) -> bool:
        """Look at what a change did; whether any row may be another now."""
        if change.areas & {"comments", "episodes", "session_end"}:
            self.read(coding)
            return True
        touched = False
        for event in change.removed:
            touched |= self._events.pop(event.id, None) is not None
        for event in change.added:
            if event.id in self._wanted:
                self._events[event.id] = event
                touched = True
        return touched

    def event_of(self, comment: Comment) -> Event | None:
        """The event that a comment is about, None where there is none or it is gone."""
        return None if comment.event is None else self._events.get(comment.event)

    def rows(self, wanted: CommentFilter) -> tuple[CommentRow, ...]:
        """The rows that pass, in order."""
        rows = (self._row(comment) for comment in self._comments if wanted.passes(comment))
        return tuple(sorted(rows, key=self._order))

    def _row(self, comment: Comment) -> CommentRow:
        event = self.event_of(comment)
        at_us = None if comment.span is None else comment.span.start_us
        if event is not None:
            at_us = event.start_us
        words = about_words(about_of(comment), event, self._scheme, self._spans)
        return CommentRow(comment=comment, about=words, at_us=at_us)

    def _order(self, row: CommentRow) -> tuple[int, int]:
        at_us = row.at_us
        if at_us is None and row.comment.slot is not None:
            at_us = self._start_of_place(row.comment)
        return (_NEVER_US if at_us is None else at_us, row.comment.id)

    def _start_of_place(self, comment: Comment) -> Micros | None:
        if comment.slot is None:
            return None
        episode = self._scheme.slot(comment.slot).episode
        return next((span.start_us for span in self._spans if span.plan.id == episode), None)
