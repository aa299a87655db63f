"""Finding events: always the right one, and in a long coding without looking at all of them."""

from __future__ import annotations

from dataclasses import replace
from random import Random

import pytest

from ssp_coder.domain.coding import Coding, Comment, CommentKind, Event
from ssp_coder.domain.time import Span
from ssp_coder.editing import edits
from ssp_coder.editing.document import Document
from ssp_coder.editing.edits import Edit
from ssp_coder.editing.lookup import NEARBY, known_event, known_events, lane_neighbours
from ssp_coder.editing.refusal import EditRefusedError
from tests.builders import CAREGIVER, INFANT, add, after, coding, infant_scheme, s
from tests.fixtures.watched_events import FEW_READS, MANY, Watched, long_coding

END = MANY - 10


@pytest.fixture(scope="module")
def long() -> Coding:
    return long_coding()


def press(value: Coding, edit: Edit) -> int:
    """How many fields of events an edit reads."""
    document = Document(coding=value, scheme=infant_scheme())
    Watched.reads = 0
    assert not document.submit(edit).is_empty
    return Watched.reads


PRESSES = {
    "a point": lambda _: add("seeking.reach", END + 0.5),
    "a state that ends another": lambda _: add("distress.none", END + 0.5),
    "the end of an open state": lambda _: edits.CloseEvent(event=MANY - 1, at_us=s(MANY + 3)),
    "a modifier": lambda value: edits.ChangeEvent(
        event=replace(value.events[-1], modifiers=(("toward", "c"),))
    ),
    "a key let go": lambda value: edits.ChangeEvents(
        events=(replace(value.events[-4], end_us=s(MANY - 3)),)
    ),
    "a split": lambda _: edits.SplitEvent(event=MANY - 3, at_us=s(MANY - 3.5)),
    "a comment on what runs": lambda value: edits.PutComment(
        comment=Comment(
            id=0,
            kind=CommentKind.FLAG,
            words="",
            event=MANY - 3,
            span=Span(start_us=value.events[-4].start_us, end_us=s(MANY)),
        )
    ),
}


@pytest.mark.parametrize("what", PRESSES)
def test_what_a_key_does_looks_at_few_events_of_many(long: Coding, what: str) -> None:
    assert press(long, PRESSES[what](long)) < FEW_READS


def test_the_count_would_show_a_walk_through_all(long: Coding) -> None:
    Watched.reads = 0
    long.event(long.events[-1].id)
    assert Watched.reads >= MANY


@pytest.mark.parametrize("away", [0, 1, NEARBY - 1, NEARBY, NEARBY + 1, 5_000])
def test_an_event_is_found_however_far_it_is_from_where_it_is_looked_for(
    long: Coding, away: int
) -> None:
    wanted = long.events[6_000]
    for near in (long.events[6_000 - away], long.events[6_000 + away]):
        assert known_event(long, wanted.id, near.start_us) is wanted
        assert known_events(long, (wanted.id,), (near.start_us,)) == (wanted,)


def test_several_come_in_the_order_asked_for(long: Coding) -> None:
    wanted = (long.events[40], long.events[3], long.events[15_000])
    ids = tuple(event.id for event in wanted)
    assert known_events(long, ids) == wanted
    assert known_events(long, ids, (s(0), s(0), s(0))) == wanted


@pytest.mark.parametrize("near", [None, s(0), s(40)])
def test_one_that_is_not_there_is_refused_by_number(long: Coding, near) -> None:
    with pytest.raises(EditRefusedError, match="there is no event 99999"):
        known_event(long, 99_999, near)
    with pytest.raises(EditRefusedError, match="there is no event 99999"):
        known_events(long, (1, 99_999), () if near is None else (near, near))


def by_looking_at_all(value: Coding, event: Event) -> tuple[Event | None, Event | None]:
    group = infant_scheme().ethogram.group_of(event.code)
    lane = [
        other
        for other in value.events
        if infant_scheme().ethogram.group_of(other.code) == group
        and other.subject == event.subject
        and other.end_us != other.start_us
        and other.id != event.id
    ]
    before = [other for other in lane if other.start_us <= event.start_us]
    following = [other for other in lane if other.start_us > event.start_us]
    return (before or [None])[-1], (following or [None])[0]


@pytest.mark.parametrize("seed", range(20))
def test_neighbours_in_a_lane_are_those_that_a_walk_through_all_finds(seed: int) -> None:
    chance = Random(seed)
    value = coding()
    for _ in range(30):
        code, person = chance.choice(
            [
                ("distress.cry", INFANT),
                ("distress.none", INFANT),
                ("gaze.to_c", INFANT),
                ("seeking.reach", INFANT),
                ("presence.in_room", CAREGIVER),
            ]
        )
        value = after(value, add(code, chance.randrange(60), person))
    for event in value.events:
        expected = by_looking_at_all(value, event)
        assert lane_neighbours(value.events, event, infant_scheme()) == expected
        assert lane_neighbours(list(value.events), event, infant_scheme()) == expected
