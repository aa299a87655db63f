"""What follows from recording and removing comments."""

from __future__ import annotations

from dataclasses import replace

from ssp_coder.domain.coding import Coding, Comment, CommentId, CommentKind
from ssp_coder.domain.scheme import Scheme
from ssp_coder.editing.edits import PutComment, PutComments, RemoveComment
from ssp_coder.editing.lookup import known_event
from ssp_coder.editing.refusal import refuse


def put(coding: Coding, edit: PutComment | PutComments, scheme: Scheme) -> Coding:
    """One comment, or several at once."""
    if isinstance(edit, PutComments):
        return put_comments(coding, edit, scheme)
    return put_comment(coding, edit, scheme)


def put_comment(coding: Coding, edit: PutComment, scheme: Scheme) -> Coding:
    """See `PutComment`.

    Raises:
        EditRefusedError: it says nothing, it is about an unknown event or place, or there is none
            with its id.
    """
    comment = edit.comment
    if not comment.words.strip() and comment.kind is not CommentKind.FLAG:
        raise refuse("comment.no_words", "the comment says nothing", "write what it is about")
    if comment.slot is not None and not scheme.has_slot(comment.slot):
        raise refuse("comment.unknown_slot", f"scheme {scheme.id} rates no place {comment.slot}")
    if comment.id:
        return _replaced(coding, comment)
    if comment.event is not None:
        known_event(coding, comment.event, None if comment.span is None else comment.span.start_us)
    new = replace(comment, id=coding.next_comment)
    return replace(
        coding,
        comments=(*coding.comments, new),
        next_comment=CommentId(coding.next_comment + 1),
    )


def put_comments(coding: Coding, edit: PutComments, scheme: Scheme) -> Coding:
    """See `PutComments`.

    Raises:
        EditRefusedError: a comment has no id or is named twice, or as for one comment; none was
            taken.
    """
    ids = {comment.id for comment in edit.comments}
    if len(ids) != len(edit.comments):
        raise refuse("comment.named_twice", "a comment is put twice in one step", "name it once")
    if 0 in ids:
        raise refuse("comment.unknown", "a comment has no id yet", "record it by itself first")
    for comment in edit.comments:
        coding = put_comment(coding, PutComment(comment=comment), scheme)
    return coding


def _replaced(coding: Coding, comment: Comment) -> Coding:
    if all(other.id != comment.id for other in coding.comments):
        raise refuse("comment.unknown", f"there is no comment {comment.id}")
    comments = tuple(comment if other.id == comment.id else other for other in coding.comments)
    return replace(coding, comments=comments)


def remove_comment(coding: Coding, edit: RemoveComment) -> Coding:
    """See `RemoveComment`.

    Raises:
        EditRefusedError: there is no such comment.
    """
    kept = tuple(comment for comment in coding.comments if comment.id != edit.comment)
    if len(kept) == len(coding.comments):
        raise refuse("comment.unknown", f"there is no comment {edit.comment}")
    return replace(coding, comments=kept)
