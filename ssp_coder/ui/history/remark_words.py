"""What a step did to comments and directly coded intervals, in words."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QCoreApplication

from ssp_coder.domain.coding import CommentKind
from ssp_coder.ui.history.judgement_words import before_in

if TYPE_CHECKING:
    from ssp_coder.domain.coding import Comment, IntervalMark
    from ssp_coder.domain.scheme import Scheme
    from ssp_coder.editing import edits
    from ssp_coder.editing.change import Change

LONGEST_WORDS = 40
MOST_MEASURES = 3


def tr(words: str) -> str:
    """Translate words of the history."""
    return QCoreApplication.translate("history", words)


def comment_words(edit: edits.PutComment, change: Change, _scheme: Scheme) -> str:
    """A comment was written, answered, settled or changed."""
    return _put_words(edit.comment, change)


def comments_words(edit: edits.PutComments, change: Change, _scheme: Scheme) -> str:
    """Several comments were answered or changed at once."""
    if len(edit.comments) == 1:
        return _put_words(edit.comments[0], change)
    before = (_comment_before(change, comment.id) for comment in edit.comments)
    pairs = tuple(zip(before, edit.comments, strict=True))
    answered = all(old is not None and new.answer not in ("", old.answer) for old, new in pairs)
    words = tr("{0} comments answered") if answered else tr("{0} comments changed")
    return words.format(len(pairs))


def _put_words(new: Comment, change: Change) -> str:
    before = _comment_before(change, new.id)
    if before is None:
        return _named(new)
    if new.settled != before.settled:
        words = tr("{0}, settled") if new.settled else tr("{0}, open again")
        return words.format(_named(new))
    if new.answer != before.answer:
        words = tr("{0}, answered") if new.answer else tr("{0}, answer removed")
        return words.format(_named(new))
    return tr("{0}, changed").format(_named(new))


def comment_gone_words(edit: edits.RemoveComment, change: Change, _scheme: Scheme) -> str:
    """A comment was removed."""
    before = _comment_before(change, edit.comment)
    if before is None:
        return tr("Comment {0} removed").format(edit.comment)
    return tr("{0}, removed").format(_named(before))


def interval_words(edit: edits.MarkInterval, _change: Change, scheme: Scheme) -> str:
    """One interval was coded directly."""
    return _marked_words(edit.mark, _measure(edit.mark.measure, scheme))


def intervals_words(edit: edits.MarkIntervals, _change: Change, scheme: Scheme) -> str:
    """Several intervals were coded directly: the measures of one interval, or how many marks."""
    marks = edit.marks
    if len({(mark.episode, mark.interval, mark.seen) for mark in marks}) != 1:
        return tr("{0} intervals coded directly").format(len(marks))
    titles = [_measure(mark.measure, scheme) for mark in marks]
    if len(titles) > MOST_MEASURES:
        return _marked_words(marks[0], tr("{0} measures").format(len(titles)))
    return _marked_words(marks[0], ", ".join(titles))


def _marked_words(mark: IntervalMark, what: str) -> str:
    words = (
        tr("{0} {1}, interval {2}: seen") if mark.seen else tr("{0} {1}, interval {2}: not seen")
    )
    return words.format(what, mark.episode, mark.interval + 1)


def intervals_gone_words(edit: edits.ClearIntervals, _change: Change, scheme: Scheme) -> str:
    """One interval, or all of a measure in an episode, are not coded again."""
    measure = _measure(edit.measure, scheme)
    if edit.interval is None:
        return tr("{0} {1}: all intervals cleared").format(measure, edit.episode)
    return tr("{0} {1}, interval {2} cleared").format(measure, edit.episode, edit.interval + 1)


def _measure(measure_id: str, scheme: Scheme) -> str:
    known = (str(m.title) for m in scheme.ethogram.measures if m.id == measure_id)
    return next(known, measure_id)


def _named(comment: Comment) -> str:
    kinds = {
        CommentKind.NOTE: tr("Note"),
        CommentKind.FLAG: tr("Flag"),
        CommentKind.QUESTION: tr("Question"),
    }
    words = " ".join(comment.words.split())
    if len(words) > LONGEST_WORDS:
        words = f"{words[:LONGEST_WORDS].rstrip()}…"
    return tr("{0}: {1}").format(kinds[comment.kind], words) if words else kinds[comment.kind]


def _comment_before(change: Change, comment_id: int) -> Comment | None:
    before: tuple[Comment, ...] = before_in(change, "comments") or ()
    return next((comment for comment in before if comment.id == comment_id), None)
