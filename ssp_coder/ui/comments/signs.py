"""Comments as signs on the timeline."""

from __future__ import annotations

from typing import TYPE_CHECKING

from ssp_coder.ui.comments.words import KIND_ICONS, MOST_PRESSING, comment_lines
from ssp_coder.ui.timeline.model import Remark

if TYPE_CHECKING:
    from ssp_coder.ui.comments.rows import CommentRow


def remark_of(row: CommentRow) -> Remark | None:
    """The sign of a comment; None where it belongs to no moment."""
    if row.at_us is None:
        return None
    kind = row.comment.kind
    (line,) = comment_lines((row.comment,))
    return Remark(
        time_us=row.at_us,
        sign=KIND_ICONS[kind],
        words=f"{line}\n{row.about}",
        rank=MOST_PRESSING.index(kind),
    )
