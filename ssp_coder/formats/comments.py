"""One row a comment, flag or question: what it is about, its words, what was answered."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

from ssp_coder.domain.coding import Coding, Comment, CommentKind, Event
from ssp_coder.domain.procedure import EpisodeId
from ssp_coder.domain.scheme import Scheme
from ssp_coder.domain.session import EpisodeSpan, episode_id_at, episode_spans
from ssp_coder.domain.time import Micros
from ssp_coder.formats.columns import RECORDED, Cell, Column, ColumnType, Table
from ssp_coder.formats.exportable import Exportable, identity_columns
from ssp_coder.formats.scores import slot_label

COMMENTS_TABLE = "comments"
ID_COLUMN = "comment_id"
WORDS_COLUMN = "words"
ANSWER_COLUMN = "answer"

_NEVER_US = 1 << 62
_KIND_LEVELS = (
    (CommentKind.NOTE.value, "a remark"),
    (CommentKind.FLAG.value, "worth another look"),
    (CommentKind.QUESTION.value, "for the trainer or the group to answer"),
)
_FREE_WORDS = "free words; look through them before they leave the lab, they may name somebody"


@dataclass(frozen=True, slots=True, kw_only=True)
class CommentRow:
    """One comment of one coding.

    Attributes:
        event: the event it is about as it is now; None where there is none or it was deleted.
        episode: id of the episode it belongs to, or None.
    """

    coding: Coding
    scheme: Scheme
    comment: Comment
    event: Event | None
    episode: EpisodeId | None = None

    @property
    def start_us(self) -> Micros | None:
        """Where on the video it begins."""
        if self.event is not None:
            return self.event.start_us
        return None if self.comment.span is None else self.comment.span.start_us

    @property
    def end_us(self) -> Micros | None:
        """Where on the video it ends; None while the event it is about is open."""
        if self.event is not None:
            return self.event.end_us
        return None if self.comment.span is None else self.comment.span.end_us


def comment_rows(entry: Exportable) -> Iterator[CommentRow]:
    """The rows of one coding in the order of time, those that belong to no moment last."""
    coding, scheme = entry.coding, entry.scheme
    wanted = {comment.event for comment in coding.comments}
    events = {event.id: event for event in coding.events if event.id in wanted}
    spans = episode_spans(coding, scheme.procedure)
    starts = {span.plan.id: span.start_us for span in spans}
    rows = []
    for comment in coding.comments:
        event = None if comment.event is None else events.get(comment.event)
        row = CommentRow(coding=coding, scheme=scheme, comment=comment, event=event)
        rows.append(replace(row, episode=_episode_of(row, spans)))
    yield from sorted(rows, key=lambda row: _order(row, starts))


def _episode_of(row: CommentRow, spans: tuple[EpisodeSpan, ...]) -> EpisodeId | None:
    if row.comment.slot is not None:
        return row.scheme.slot(row.comment.slot).episode
    return None if row.start_us is None else episode_id_at(spans, row.start_us)


def question_rows(entry: Exportable) -> Iterator[CommentRow]:
    """The questions of one coding that are not settled, in the order of time."""
    for row in comment_rows(entry):
        if row.comment.kind is CommentKind.QUESTION and not row.comment.settled:
            yield row


def about_text(row: CommentRow) -> str:
    """What a comment is about, in English: a code, a place to be rated, a stretch, the session."""
    if row.event is not None:
        person = row.scheme.procedure.person(row.event.subject).title.english.lower()
        return f"{row.scheme.ethogram.code(row.event.code).title.english}, {person}"
    if row.comment.slot is not None:
        return slot_label(row.comment.slot, row.scheme)
    if row.comment.event is not None:
        return "an event deleted since"
    return "the video" if row.comment.span is not None else "the whole session"


def comments_table(_schemes: Sequence[Scheme]) -> Table[CommentRow]:
    """The columns of the comments."""
    return Table(
        name=COMMENTS_TABLE,
        columns=(
            *identity_columns(lambda row: row.coding),
            *_what_columns(),
            *_where_columns(),
            *_word_columns(),
        ),
    )


def _what_columns() -> tuple[Column[CommentRow], ...]:
    return (
        Column(
            name=ID_COLUMN,
            label="Number of the comment, never reused within a coding",
            type=ColumnType.INTEGER,
            value=lambda row: row.comment.id,
            note="answers are read back by it: leave it as it is",
        ),
        Column(
            name="kind",
            label="What is wanted with it",
            type=ColumnType.CATEGORY,
            value=lambda row: row.comment.kind.value,
            levels=_KIND_LEVELS,
            provenance=RECORDED,
        ),
        _words("about", "What it is about", about_text),
        Column(
            name="event_id",
            label="Event it is about",
            type=ColumnType.INTEGER,
            value=lambda row: row.comment.event,
            missing_code="empty: about no event",
            note="the event may have been deleted since",
        ),
        Column(
            name="slot",
            label="Place to be rated it is about",
            type=ColumnType.CATEGORY,
            value=lambda row: row.comment.slot,
            missing_code="empty: about no rating",
        ),
    )


def _where_columns() -> tuple[Column[CommentRow], ...]:
    return (
        Column(
            name="episode",
            label="Episode",
            type=ColumnType.CATEGORY,
            value=lambda row: row.episode,
            missing_code="empty: outside the episodes, or about the whole session",
        ),
        Column(
            name="start_s",
            label="Where it begins on the video",
            type=ColumnType.SECONDS,
            value=lambda row: row.start_us,
            unit="s",
            missing_code="empty: belongs to no moment",
        ),
        Column(
            name="stop_s",
            label="Where it ends on the video",
            type=ColumnType.SECONDS,
            value=lambda row: row.end_us,
            unit="s",
            missing_code="empty: belongs to no moment, or the event has no end",
        ),
        Column(
            name="start_clock",
            label="Where it begins, as on the screen",
            type=ColumnType.CLOCK,
            value=lambda row: row.start_us,
            unit="hh:mm:ss.mmm",
            missing_code="empty: belongs to no moment",
        ),
    )


def _word_columns() -> tuple[Column[CommentRow], ...]:
    return (
        _words(WORDS_COLUMN, "What was said", lambda row: row.comment.words),
        _words(ANSWER_COLUMN, "What was answered", lambda row: row.comment.answer),
        Column(
            name="settled",
            label="Whether nothing is left to be done about it",
            type=ColumnType.FLAG,
            value=lambda row: int(row.comment.settled),
            levels=(("1", "settled"), ("0", "open")),
            provenance=RECORDED,
        ),
    )


def _words(name: str, label: str, value: Callable[[CommentRow], Cell]) -> Column[CommentRow]:
    free = name in (WORDS_COLUMN, ANSWER_COLUMN)
    return Column(
        name=name,
        label=label,
        type=ColumnType.TEXT,
        value=value,
        provenance=RECORDED,
        note=_FREE_WORDS if free else "",
    )


def _order(row: CommentRow, starts: Mapping[EpisodeId, Micros | None]) -> tuple[int, int]:
    at_us = row.start_us
    if at_us is None and row.episode is not None:
        at_us = starts.get(row.episode)
    return (_NEVER_US if at_us is None else at_us, row.comment.id)
