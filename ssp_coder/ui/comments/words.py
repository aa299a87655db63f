"""Words and signs of comments: their kinds, and what they are about."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from PySide6.QtCore import QCoreApplication

from ssp_coder.domain.coding import CommentKind
from ssp_coder.domain.session import episode_id_at
from ssp_coder.domain.time import short_clock_text

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from ssp_coder.domain.coding import Comment, Event, EventId
    from ssp_coder.domain.scale import SlotId
    from ssp_coder.domain.scheme import Scheme
    from ssp_coder.domain.session import EpisodeSpan
    from ssp_coder.domain.time import Span


def tr(words: str) -> str:
    """Translate words about comments."""
    return QCoreApplication.translate("comments", words)


KIND_ICONS = {
    CommentKind.NOTE: "comment",
    CommentKind.FLAG: "flag",
    CommentKind.QUESTION: "question",
}
"""The sign of each kind, told apart by its shape."""


def kind_title(kind: CommentKind) -> str:
    """What a kind of comment is called."""
    return {
        CommentKind.NOTE: tr("Note"),
        CommentKind.FLAG: tr("Flag"),
        CommentKind.QUESTION: tr("Question"),
    }[kind]


MOST_PRESSING = (CommentKind.QUESTION, CommentKind.FLAG, CommentKind.NOTE)
"""The kinds in the order in which they want something done."""


def kind_icon(comments: Sequence[Comment]) -> str:
    """The sign of several comments: that of the most pressing kind that is open, else done."""
    kinds = {comment.kind for comment in comments if not comment.settled}
    return next((KIND_ICONS[kind] for kind in MOST_PRESSING if kind in kinds), "done")


def comment_lines(comments: Sequence[Comment]) -> tuple[str, ...]:
    """One line a comment, ``Question: a cry? (settled)``."""
    return tuple(_comment_line(comment) for comment in comments)


def _comment_line(comment: Comment) -> str:
    title = kind_title(comment.kind)
    line = tr("{0}: {1}").format(title, comment.words) if comment.words else title
    return tr("{0} (settled)").format(line) if comment.settled else line


@dataclass(frozen=True, slots=True, kw_only=True)
class About:
    """What a comment is about; nothing of it at all is the whole session.

    Attributes:
        span: where on the video it belongs; of an event where that lay when it was written.
    """

    event: EventId | None = None
    slot: SlotId | None = None
    span: Span | None = None


def about_of(comment: Comment) -> About:
    """What a comment is about."""
    return About(event=comment.event, slot=comment.slot, span=comment.span)


def about_words(
    about: About, event: Event | None, scheme: Scheme, spans: tuple[EpisodeSpan, ...]
) -> str:
    """What a comment is about, ``Cry, infant, 12:03.20, EP5``.

    Args:
        about: what it is about.
        event: that event as it is now, None when it is gone.
        scheme: whose words are used.
        spans: where the episodes lie.
    """
    return ", ".join(_about_parts(about, event, scheme, spans)) or tr("the whole session")


def _about_parts(
    about: About, event: Event | None, scheme: Scheme, spans: tuple[EpisodeSpan, ...]
) -> Iterator[str]:
    if event is not None:
        yield str(scheme.ethogram.code(event.code).title)
        yield scheme.procedure.person(event.subject).title.within
    elif about.event is not None:
        yield tr("an event deleted since")
    if about.slot is not None:
        # The rating pages are loaded when they are first needed.
        from ssp_coder.ui.rate.words import place_name

        yield place_name(scheme.slot(about.slot), scheme)
    start_us = about.span.start_us if about.span is not None else None
    if event is not None:
        yield short_clock_text(event.start_us)
        start_us = event.start_us
    elif about.span is not None:
        yield span_words(about.span)
    if start_us is not None:
        yield from filter(None, (episode_id_at(spans, start_us),))


def span_words(span: Span) -> str:
    """A moment, or from when to when."""
    start = short_clock_text(span.start_us)
    if span.length_us == 0:
        return start
    return tr("{0} to {1}").format(start, short_clock_text(span.end_us))
