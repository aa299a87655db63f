"""A key press in a long coding with many comments waits neither for comments nor for events."""

from __future__ import annotations

from dataclasses import replace

import pytest

from ssp_coder.domain.coding import Comment, CommentKind
from ssp_coder.editing.edits import ChangeEvent
from ssp_coder.ui.comments.panel import CommentPanel
from ssp_coder.ui.intervals.panel import IntervalPanel
from tests.builders import STANDARD_STARTS, add, after, infant_scheme, mark, s
from tests.fixtures.interval_sheets import E, seen_mark
from tests.fixtures.watched_events import FEW_READS, Watched, long_coding
from tests.ui.pages import session_of


class WatchedComment(Comment):
    """A comment that counts how often one of its fields is read."""

    reads = 0

    def __getattribute__(self, name: str) -> object:
        WatchedComment.reads += 1
        return super().__getattribute__(name)


@pytest.fixture
def session(theme, qtbot):
    """A long coding with 500 comments; comments and intervals are on the screen."""
    comments = tuple(
        WatchedComment(id=n, kind=CommentKind.NOTE, words="w", event=n) for n in range(1, 501)
    )
    plans = infant_scheme().procedure.episodes
    marks = (mark(plan.id, at) for plan, at in zip(plans, STANDARD_STARTS, strict=True))
    session = session_of(after(replace(long_coding(), comments=comments), *marks))
    sheet, panel = IntervalPanel(theme, session), CommentPanel(theme, session)
    sheet.set_moment(s(600), None)
    for widget in (sheet, panel):
        qtbot.addWidget(widget)
        widget.resize(600, 400)
        widget.show()
    yield session
    for widget in (sheet, panel):
        widget.close()


@pytest.mark.parametrize(
    "edit",
    [
        add("seeking.reach", 600.5),
        add("distress.none", 600.5),
        add("procedure.view_lost", 602, E),
        seen_mark("crying", 1),
    ],
)
def test_a_press_reads_no_comment_and_few_events(session, edit):
    Watched.reads = WatchedComment.reads = 0
    assert session.submit(edit)
    assert WatchedComment.reads == 0
    assert Watched.reads < FEW_READS


def test_the_comments_are_read_when_one_of_their_events_changes(session):
    WatchedComment.reads = 0
    event = session.coding.events[1]
    assert session.submit(ChangeEvent(event=replace(event, comment="seen twice")))
    assert WatchedComment.reads > 500
