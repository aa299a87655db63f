"""The book of sheets: counted once, followed change by change, and rows offered for marking."""

from __future__ import annotations

import pytest

from ssp_coder.editing.apply import apply
from ssp_coder.editing.change import Change, difference
from ssp_coder.editing.edits import DeleteEvents
from ssp_coder.rules.interval_sheet import Source, episode_sheets
from ssp_coder.ui.intervals.book import SheetBook
from tests.builders import add, infant_scheme, mark
from tests.fixtures.interval_sheets import (
    NEXT_ONE,
    REUNION,
    blind,
    cleared,
    coded,
    moving,
    seen_mark,
    signs,
)

MOVING = "locomotion_explore"


class Desk:
    """A coding that changes, and the book that follows it."""

    def __init__(self, value):
        self.coding, self.book = value, SheetBook(infant_scheme())
        self.line = next(at for at, one in enumerate(self.book.persons) if one.measure.id == MOVING)
        self.book.sheet(value, REUNION)

    def do(self, edit) -> frozenset[int] | None:
        after = apply(self.coding, edit, infant_scheme())
        change = difference(self.coding, after)
        self.coding = after
        return self.book.follow(change)

    def row(self, episode=REUNION):
        return self.book.row(self.coding, episode, self.line)

    def names(self, lines: frozenset[int] | None) -> set[str]:
        assert lines is not None
        return {self.book.persons[line].measure.id for line in lines}


@pytest.fixture
def desk() -> Desk:
    return Desk(coded(moving(0, 20)))


def test_the_lines_are_the_measures_of_the_scheme(desk: Desk):
    assert [one.measure for one in desk.book.persons] == list(infant_scheme().ethogram.measures)


def test_a_sheet_is_what_the_whole_coding_says(desk: Desk):
    for sheet in episode_sheets(desk.coding, infant_scheme()):
        assert desk.book.sheet(desk.coding, sheet.plan.id) == sheet


def test_an_event_names_the_lines_of_its_group(desk: Desk):
    lines = desk.do(add("play_explore.oral", 600, end=610))
    assert desk.names(lines) == {
        MOVING,
        "manipulation_explore",
        "visual_explore",
        "oral_behaviour",
    }


def test_an_event_that_no_measure_counts_names_no_line(desk: Desk):
    assert desk.do(add("contact.held_by_c", 600)) == frozenset()


def test_view_lost_names_every_line(desk: Desk):
    assert desk.do(blind(0, 30)) == frozenset(range(len(desk.book.persons)))


def test_a_group_that_cannot_be_seen_names_its_own_lines(desk: Desk):
    names = desk.names(desk.do(add("gaze.uncodable", 600)))
    assert names == {"looking_c", "looking_s", "looking_toys", "looking_door"}


def test_a_mark_names_its_line_and_clearing_names_it_again(desk: Desk):
    assert desk.names(desk.do(seen_mark("crying", 2))) == {"crying"}
    assert desk.names(desk.do(cleared("crying"))) == {"crying"}


@pytest.mark.parametrize("edit", [mark("EP6", 760), mark("EP2", 31)])
def test_moved_episodes_are_cut_anew(desk: Desk, edit: object):
    assert desk.do(edit) is None
    sheet = desk.book.sheet(desk.coding, REUNION)
    assert sheet == next(
        one for one in episode_sheets(desk.coding, infant_scheme()) if one.plan.id == REUNION
    )


def test_after_forgetting_everything_is_named(desk: Desk):
    desk.book.forget()
    assert desk.do(moving(40, 50)) is None
    assert signs(desk.row().cells) == "111100000000"


def test_an_empty_change_names_nothing(desk: Desk):
    assert desk.book.follow(Change()) == frozenset()


def test_rows_follow_events_that_come_and_go(desk: Desk):
    desk.do(moving(170, 200))
    assert signs(desk.row().cells) == "110000000001"
    assert signs(desk.row(NEXT_ONE).cells) == "110000000000"
    desk.do(DeleteEvents(events=(desk.coding.events[0].id,)))
    assert signs(desk.row().cells) == "000000000001"


def test_a_wanted_row_is_open_in_every_episode_until_it_is_marked(desk: Desk):
    desk.book.want_direct(desk.line, wanted=True)
    for episode in (REUNION, NEXT_ONE):
        assert desk.book.is_waiting(desk.coding, episode, desk.line)
        assert desk.row(episode).source is Source.DIRECT
        assert signs(desk.row(episode).cells) == "?" * 12
    desk.do(seen_mark(MOVING, 1))
    assert not desk.book.is_waiting(desk.coding, REUNION, desk.line)
    assert desk.book.is_waiting(desk.coding, NEXT_ONE, desk.line)


def test_a_wanted_row_keeps_what_the_events_say_for_comparison(desk: Desk):
    desk.book.want_direct(desk.line, wanted=True)
    assert signs(desk.row().derived) == "110000000000"
    assert desk.row().raw is None
    assert desk.row().derived_raw == 2


def test_a_row_no_longer_wanted_says_what_the_events_say(desk: Desk):
    desk.book.want_direct(desk.line, wanted=True)
    desk.book.want_direct(desk.line, wanted=False)
    assert desk.row().source is Source.DERIVED
    assert not desk.book.is_waiting(desk.coding, REUNION, desk.line)


def test_a_wanted_row_without_view_need_not_be_marked_there(desk: Desk):
    desk.do(blind(0, 15))
    desk.book.want_direct(desk.line, wanted=True)
    assert signs(desk.row().cells) == "-" + "?" * 11


def test_the_sheet_and_its_rows_agree_about_wanted_rows(desk: Desk):
    desk.book.want_direct(desk.line, wanted=True)
    sheet = desk.book.sheet(desk.coding, REUNION)
    assert sheet is not None
    assert sheet.rows[desk.line] == desk.row()
