"""What a row of the list of comments says, and when it has to be made anew."""

from __future__ import annotations

from dataclasses import replace

import pytest

from ssp_coder.domain.coding import Coding, Comment, CommentId, CommentKind, EventId
from ssp_coder.domain.scale import SlotId
from ssp_coder.domain.session import episode_spans
from ssp_coder.domain.time import Span
from ssp_coder.editing import edits
from ssp_coder.editing.change import difference
from ssp_coder.editing.edits import PutComment
from ssp_coder.ui.comments.rows import CommentFilter, CommentRows
from ssp_coder.ui.comments.words import About, about_of, about_words, span_words
from tests.builders import add, after, coding, infant_scheme, mark, s, with_episodes

ALL = CommentFilter()


def at(seconds: float, end: float | None = None) -> Span:
    return Span(start_us=s(seconds), end_us=s(seconds if end is None else end))


def put(words: str = "why?", **fields: object) -> PutComment:
    given = {"id": CommentId(0), "kind": CommentKind.QUESTION, "words": words}
    return PutComment(comment=Comment(**(given | fields)))


def read(value: Coding) -> CommentRows:
    rows = CommentRows(infant_scheme())
    rows.read(value)
    return rows


def numbers(rows: CommentRows, wanted: CommentFilter = ALL) -> list[int]:
    return [row.comment.id for row in rows.rows(wanted)]


def followed(rows: CommentRows, before: Coding, edit: object) -> tuple[bool, Coding]:
    now = after(before, edit)
    return rows.follow(difference(before, now), now), now


def test_a_comment_on_a_rating_stands_where_its_episode_begins() -> None:
    value = after(
        with_episodes(),
        put(span=at(1200)),
        put(slot=SlotId("avo_c_8")),
        put(span=at(900)),
        put(slot=SlotId("avo_c_5")),
    )
    assert numbers(read(value)) == [4, 3, 2, 1]


def test_a_comment_on_a_rating_of_an_unmarked_episode_comes_last() -> None:
    value = after(coding(), put(slot=SlotId("avo_c_8")), put(span=at(900)))
    assert numbers(read(value)) == [2, 1]


def test_comments_on_the_same_moment_keep_the_order_in_which_they_were_written() -> None:
    value = after(coding(), put(span=at(5)), put(span=at(5)), put(span=at(5)))
    assert numbers(read(value)) == [1, 2, 3]


@pytest.mark.parametrize(
    ("wanted", "shown"),
    [
        (CommentFilter(), [1, 2, 3]),
        (CommentFilter(kind=CommentKind.FLAG), [2]),
        (CommentFilter(open_only=True), [1, 2]),
        (CommentFilter(kind=CommentKind.QUESTION, open_only=True), [1]),
        (CommentFilter(kind=CommentKind.NOTE), []),
    ],
)
def test_a_filter_keeps_what_fits_kind_and_state(wanted: CommentFilter, shown: list[int]) -> None:
    value = after(coding(), put(), put(kind=CommentKind.FLAG), put(settled=True))
    assert numbers(read(value), wanted) == shown


def test_all_and_open_ones_are_counted() -> None:
    rows = read(after(coding(), put(), put(settled=True)))
    assert (rows.count, rows.open_count) == (2, 1)


def test_an_event_that_nobody_commented_on_touches_no_row() -> None:
    value = after(coding(), add("distress.cry", 5), put(event=EventId(1), span=at(5)))
    rows = read(value)
    touched, value = followed(rows, value, add("seeking.reach", 7))
    assert not touched
    assert rows.event_of(value.comments[0]) == value.events[0]


def test_a_change_of_a_commented_event_touches_its_row() -> None:
    value = after(coding(), add("seeking.reach", 5), put(event=EventId(1), span=at(5)))
    rows = read(value)
    moved = replace(value.events[0], start_us=s(9), end_us=s(9))
    touched, value = followed(rows, value, edits.ChangeEvent(event=moved))
    assert touched
    assert rows.rows(ALL)[0].at_us == s(9)


def test_a_deleted_event_leaves_the_moment_and_one_brought_back_is_known_again() -> None:
    value = after(coding(), add("seeking.reach", 5), put(event=EventId(1), span=at(5)))
    rows = read(value)
    gone = after(value, edits.DeleteEvents(events=(EventId(1),)))
    assert rows.follow(difference(value, gone), gone)
    assert rows.rows(ALL)[0].about == "an event deleted since, 0:05.00"
    assert rows.follow(difference(gone, value), value)
    assert rows.rows(ALL)[0].about == "Reach, infant, 0:05.00"


def test_an_episode_that_moves_touches_the_rows() -> None:
    value = after(coding(), mark("EP1", 0), put(span=at(5)))
    rows = read(value)
    touched, value = followed(rows, value, mark("EP2", 4))
    assert touched
    assert rows.rows(ALL)[0].about == "0:05.00, EP2"


def test_a_rating_touches_no_row() -> None:
    from tests.builders import rate

    value = after(coding(), put(slot=SlotId("avo_c_8")))
    touched, _ = followed(read(value), value, rate("avo_c_8", 5))
    assert not touched


def test_a_stretch_is_named_by_both_its_ends_and_a_moment_by_one() -> None:
    assert span_words(at(5, 9)) == "0:05.00 to 0:09.00"
    assert span_words(at(5)) == "0:05.00"


def test_what_a_comment_is_about_is_taken_over_whole() -> None:
    comment = put(event=EventId(3), slot=SlotId("avo_c_8"), span=at(5)).comment
    assert about_of(comment) == About(event=EventId(3), slot=SlotId("avo_c_8"), span=at(5))


def test_an_event_in_words_has_code_person_time_and_episode() -> None:
    value = after(with_episodes(), add("distress.cry", 600))
    scheme = infant_scheme()
    spans = episode_spans(value, scheme.procedure)
    about = About(event=EventId(1), span=at(1))
    assert about_words(about, value.events[0], scheme, spans) == "Cry, infant, 10:00.00, EP5"
