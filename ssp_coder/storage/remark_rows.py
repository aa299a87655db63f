"""Comments and directly coded intervals as rows of tables, and back."""

from __future__ import annotations

from ssp_coder.domain.coding import Comment, CommentKind, IntervalMark
from ssp_coder.domain.time import Span
from ssp_coder.storage.table import Row, Table


def _comment_row(comment: Comment) -> Row:
    span = comment.span
    return (
        comment.id,
        str(comment.kind),
        comment.words,
        comment.event,
        comment.slot,
        None if span is None else span.start_us,
        None if span is None else span.end_us,
        comment.answer,
        int(comment.settled),
    )


def comment_from(row: Row) -> Comment:
    """The comment of a row."""
    identity, kind, words, event, slot, start_us, end_us, answer, settled = row
    return Comment(
        id=identity,
        kind=CommentKind(kind),
        words=words,
        event=event,
        slot=slot,
        span=None if start_us is None else Span(start_us=start_us, end_us=end_us),
        answer=answer,
        settled=bool(settled),
    )


def _interval_row(mark: IntervalMark) -> Row:
    place = "/".join(map(str, mark.place))
    return (place, *mark.place, int(mark.seen))


def interval_from(row: Row) -> IntervalMark:
    """The mark of a row."""
    _, episode, measure, subject, number, seen = row
    return IntervalMark(
        episode=episode, measure=measure, subject=subject, interval=number, seen=bool(seen)
    )


COMMENT = Table(
    name="comment",
    fields=frozenset(("comments",)),
    rows=lambda coding: tuple(map(_comment_row, coding.comments)),
    select="SELECT id, kind, words, event, slot, start_us, end_us, answer, settled FROM comment"
    " ORDER BY id",
    insert="INSERT INTO comment VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)",
    delete="DELETE FROM comment WHERE id = ?",
)
INTERVAL_MARK = Table(
    name="interval_mark",
    fields=frozenset(("intervals",)),
    rows=lambda coding: tuple(map(_interval_row, coding.intervals)),
    select="SELECT place, episode, measure, subject, number, seen FROM interval_mark"
    " ORDER BY episode, measure, subject, number",
    insert="INSERT INTO interval_mark VALUES (?, ?, ?, ?, ?, ?)",
    delete="DELETE FROM interval_mark WHERE place = ?",
)
