"""What events say of intervals, followed one change at a time."""

from __future__ import annotations

import pytest

from ssp_coder.domain.coding import Coding
from ssp_coder.domain.procedure import EpisodeId
from ssp_coder.rules.interval_sheet import measured_persons
from ssp_coder.rules.interval_tally import Blank, IntervalTally, MeasuredPerson
from tests.builders import CAREGIVER, add, infant_scheme
from tests.fixtures.interval_sheets import NEXT_ONE, REUNION, blind, coded, moving, signs

SCHEME = infant_scheme()
PERSONS = measured_persons(SCHEME)
UNMARKED = EpisodeId("EP8")


def person(measure: str) -> MeasuredPerson:
    return next(one for one in PERSONS if one.measure.id == measure)


MOVING, LOOKING, SMILING = person("locomotion_explore"), person("looking_c"), person("smiling")


def tally(value: Coding) -> IntervalTally:
    return IntervalTally(value, SCHEME, PERSONS)


def line(found: IntervalTally, who: MeasuredPerson = MOVING, episode: str = REUNION) -> str:
    return signs(found.cells(EpisodeId(episode), who))


def events(*edits: object):
    return coded(*edits).events


def test_a_new_event_is_counted() -> None:
    found = tally(coded())
    found.follow((), events(moving(0, 20)))
    assert line(found) == "110000000000"


def test_an_event_that_is_gone_is_not_counted_any_more() -> None:
    value = coded(moving(0, 20), moving(10, 40))
    found = tally(value)
    found.follow(value.events[:1], ())
    assert line(found) == "111000000000"
    found.follow(value.events[1:], ())
    assert line(found) == "?" * 12


def test_a_changed_event_is_gone_and_new() -> None:
    value = coded(moving(0, 20))
    found = tally(value)
    found.follow(value.events, events(moving(60, 80)))
    assert line(found) == "000011000000"


def test_two_events_in_one_interval_hold_it_until_both_are_gone() -> None:
    value = coded(moving(1, 2), moving(3, 4))
    found = tally(value)
    found.follow(value.events[:1], ())
    assert line(found)[0] == "1"


def test_an_event_over_several_episodes_is_counted_in_each() -> None:
    found = tally(coded(moving(-400, 400)))
    episodes = [plan.id for plan in SCHEME.procedure.episodes]
    touched = [name for name in episodes if "1" in line(found, MOVING, name)]
    assert touched == ["EP2", "EP3", "EP4", "EP5", "EP6", "EP7"]


def test_an_open_state_is_counted_to_the_end_of_the_session() -> None:
    found = tally(coded(moving(0, None)))
    assert [line(found, MOVING, name) for name in ("EP4", "EP5", "EP8")] == [
        "0" * 12,
        "1" * 12,
        "1" * 12,
    ]


def test_an_act_that_began_before_the_episode_is_counted_only_where_it_began() -> None:
    found = tally(coded(add("affect.smile", 569.9), add("affect.smile", 570)))
    assert line(found, SMILING) == "1" + "0" * 11
    assert line(found, SMILING, "EP4") == "0" * 11 + "1"


def test_a_lane_is_coded_by_any_of_its_codes_and_open_again_without() -> None:
    calm = events(add("distress.none", 571))
    found = tally(coded())
    crying = person("crying")
    assert line(found, crying) == "?" * 12
    found.follow((), calm)
    assert line(found, crying) == "0" * 12
    found.follow(calm, ())
    assert line(found, crying) == "?" * 12


def test_the_lane_of_another_person_is_another_lane() -> None:
    found = tally(coded(add("adult_acts.greet", 571, CAREGIVER)))
    assert all(line(found, one) == "?" * 12 for one in PERSONS)


def test_view_that_is_lost_hides_and_gives_back() -> None:
    lost = events(blind(0, 30))
    found = tally(coded(moving(100, 101)))
    found.follow((), lost)
    assert found.hidden(REUNION, MOVING) == (True, True, *[False] * 10)
    assert line(found) == "--0000100000"
    found.follow(lost, ())
    assert found.hidden(REUNION, MOVING) == (False,) * 12


def test_view_lost_until_the_end_hides_the_rest_of_the_episode() -> None:
    value = coded(moving(0, 1), add("procedure.view_lost", 640, "experimenter"))
    found = tally(value)
    assert line(found) == "10000" + "-" * 7
    assert line(found, MOVING, NEXT_ONE) == "-" * 12


def test_a_point_without_length_hides_nothing() -> None:
    found = tally(coded(moving(0, 1), blind(15, 15.000001)))
    assert Blank.NO_VIEW not in found.cells(REUNION, MOVING)


def test_only_its_own_group_is_hidden_by_a_group() -> None:
    found = tally(coded(moving(0, 1), add("gaze.uncodable", 570)))
    assert line(found, LOOKING) == "-" * 12
    assert line(found) == "1" + "0" * 11


@pytest.mark.parametrize(
    ("edit", "measures"),
    [
        (add("contact.held_by_c", 571), set()),
        (add("seeking.reach", 571), set()),
        (add("affect.laugh", 571), {"smiling", "vocalisation"}),
        (add("distress.cry", 571), {"crying"}),
    ],
)
def test_the_lines_that_may_differ_are_named(edit: object, measures: set[str]) -> None:
    changed = tally(coded()).follow((), events(edit))
    assert {PERSONS[at].measure.id for at in changed} == measures


def test_an_episode_that_is_not_marked_is_not_cut() -> None:
    found = IntervalTally(Coding(session="S", coder="c"), SCHEME, PERSONS)
    assert found.cut(UNMARKED) is None


def test_edges_are_those_of_the_episode() -> None:
    cut = tally(coded()).cut(REUNION)
    assert cut is not None
    assert cut.plan.id == REUNION
    assert (cut.edges[0], cut.edges[-1], len(cut.edges)) == (570_000_000, 750_000_000, 13)


def test_a_tally_without_lines_counts_nothing_and_does_not_mind() -> None:
    found = IntervalTally(coded(moving(0, 20)), SCHEME)
    assert found.follow((), events(blind(0, 30))) == frozenset()
