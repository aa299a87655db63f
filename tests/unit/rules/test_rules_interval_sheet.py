"""The interval sheet: what events say, what view was lost, what a coder marked directly."""

from __future__ import annotations

from dataclasses import replace

import pytest

from ssp_coder.domain.coding import EpisodeMark
from ssp_coder.domain.measures import RestRule
from ssp_coder.domain.procedure import EpisodeId
from ssp_coder.domain.time import Micros
from ssp_coder.editing.edits import EndSession
from ssp_coder.rules.interval_sheet import (
    Source,
    begun_directly,
    episode_sheets,
    may_be_direct,
    measured_persons,
)
from tests.builders import CAREGIVER, add, after, infant_scheme, s, with_episodes
from tests.fixtures.interval_sheets import (
    NEXT_ONE,
    REUNION,
    blind,
    cleared,
    coded,
    line,
    moving,
    row,
    seen_mark,
    sheet,
    signs,
)

MOVING, CRYING, SMILING = "locomotion_explore", "crying", "smiling"
LOOKING = "looking_c"


# --------------------------------------------------------------------------- from the events


def test_a_behaviour_is_in_every_interval_that_it_touches() -> None:
    assert line(coded(moving(14, 31)), MOVING) == "111000000000"


def test_the_score_is_the_number_of_intervals_and_not_of_bouts() -> None:
    value = coded(moving(1, 2), moving(3, 4), moving(40, 41))
    assert row(value, MOVING).raw == 2


def test_measures_are_not_mutually_exclusive() -> None:
    value = coded(moving(0, 20), add("play_explore.manipulation", 570, end=590))
    assert line(value, MOVING) == line(value, "manipulation_explore") == "110000000000"


def test_crying_is_any_distress_and_calm_is_not_crying() -> None:
    value = coded(add("distress.none", 570), add("distress.fuss", 590), add("distress.none", 620))
    assert line(value, CRYING) == "011100000000"


def test_episodes_are_counted_each_by_itself() -> None:
    value = coded(moving(170, 200))
    assert line(value, MOVING, REUNION) == "000000000001"
    assert line(value, MOVING, NEXT_ONE) == "110000000000"


def test_brief_acts_are_counted_one_by_one_where_they_begin() -> None:
    value = coded(
        add("affect.smile", 571),
        add("affect.smile", 572),
        add("distance_interaction.smile_across", 600),
        add("affect.smile", 749.9),
        add("affect.smile", 750),
    )
    assert line(value, SMILING) == "201000000001"
    assert row(value, SMILING).raw == 4
    assert line(value, SMILING, NEXT_ONE) == "100000000000"


def test_an_open_state_lasts_on() -> None:
    assert line(coded(moving(100, None)), MOVING) == "000000111111"


def test_a_lane_that_nobody_coded_says_nothing_and_not_zero() -> None:
    nothing = row(coded(), MOVING)
    assert signs(nothing.cells) == "?" * 12
    assert (nothing.raw, nothing.prorated, nothing.coded) == (None, None, 0)


def test_a_lane_coded_anywhere_in_the_session_says_zero() -> None:
    elsewhere = coded(add("play_explore.oral", 1200, end=1201))
    assert line(elsewhere, MOVING) == "0" * 12


def test_another_persons_acts_are_not_the_infants() -> None:
    assert line(coded(add("adult_acts.greet", 571, CAREGIVER)), SMILING) == "?" * 12


def test_shorter_episodes_are_prorated_to_twelve() -> None:
    value = after(coded(moving(0, 20)), EndSession(at_us=s(1230), frame=None))
    last = row(after(value, add("play_explore.locomotion", 1111, end=1112)), MOVING, "EP8")
    assert len(last.cells) == 8
    assert (last.raw, last.prorated) == (1, 1.5)


def test_the_last_interval_is_merged_when_shorter_than_half() -> None:
    ends = after(coded(), EndSession(at_us=s(1290 + 7), frame=None))
    assert sheet(ends, EpisodeId("EP8")).n_intervals == 12
    ends = after(coded(), EndSession(at_us=s(1290 + 7.5), frame=None))
    assert sheet(ends, EpisodeId("EP8")).n_intervals == 13


def test_a_dropped_rest_takes_what_is_in_it_along() -> None:
    scheme = infant_scheme()
    dropping = replace(scheme.ethogram.sampling, rest=RestRule.DROP)
    scheme = replace(scheme, ethogram=replace(scheme.ethogram, sampling=dropping))
    value = after(coded(), EndSession(at_us=s(1290 + 10), frame=None))
    value = after(value, add("affect.smile", 1295), add("play_explore.locomotion", 1292, end=1299))
    last = episode_sheets(value, scheme)[-1]
    assert last.n_intervals == 12
    assert {r.measure.id: r.raw for r in last.rows}[SMILING] == 0
    assert {r.measure.id: r.raw for r in last.rows}[MOVING] == 0


def test_an_episode_without_known_end_has_no_sheet() -> None:
    value = replace(with_episodes(), session_end=None)
    assert [s.plan.id for s in episode_sheets(value, infant_scheme())][-1] == "EP7"


def test_an_episode_that_did_not_take_place_has_no_sheet() -> None:
    missing = EpisodeMark(episode=NEXT_ONE, start_us=None)
    marks = tuple(missing if m.episode == NEXT_ONE else m for m in with_episodes().episodes)
    value = replace(with_episodes(), episodes=marks)
    assert NEXT_ONE not in [s.plan.id for s in episode_sheets(value, infant_scheme())]


# --------------------------------------------------------------------------- without view


def test_an_interval_wholly_without_view_is_missing_and_not_zero() -> None:
    value = coded(moving(0, 1), blind(15, 45))
    assert line(value, MOVING) == "1--000000000"
    found = row(value, MOVING)
    assert (found.raw, found.coded, found.left_open) == (1, 10, 0)


def test_intervals_without_view_leave_the_base_of_prorating() -> None:
    value = coded(moving(0, 1), blind(90, 180))
    assert row(value, MOVING).prorated == 2


def test_an_interval_partly_in_view_counts_as_it_was_seen() -> None:
    assert line(coded(moving(0, 1), blind(15.1, 45)), MOVING) == "10-000000000"


def test_what_was_coded_without_view_all_the_same_counts() -> None:
    assert line(coded(moving(16, 17), blind(15, 30)), MOVING) == "010000000000"


def test_two_stretches_without_view_that_meet_hide_together() -> None:
    assert line(coded(moving(0, 1), blind(15, 20), blind(20, 30)), MOVING) == "1-0000000000"
    assert line(coded(moving(0, 1), blind(15, 20), blind(21, 30)), MOVING) == "100000000000"


def test_a_group_that_cannot_be_seen_hides_only_itself() -> None:
    value = coded(
        moving(0, 1),
        add("gaze.to_c", 570),
        add("gaze.uncodable", 585),
        add("gaze.to_toy", 600),
    )
    assert line(value, LOOKING) == "1-0000000000"
    assert line(value, MOVING) == "100000000000"


def test_without_view_a_lane_that_nobody_coded_stays_missing() -> None:
    assert line(coded(blind(0, 30)), MOVING) == "--??????????"


# --------------------------------------------------------------------------- coded directly


def test_one_direct_mark_makes_the_whole_row_direct() -> None:
    value = coded(moving(0, 60), seen_mark(MOVING, 3))
    found = row(value, MOVING)
    assert found.source is Source.DIRECT
    assert signs(found.cells) == "??1?????????"
    assert signs(found.derived) == "111100000000"
    assert found.derived_raw == 4


def test_other_rows_and_episodes_stay_with_the_events() -> None:
    value = coded(moving(0, 300), seen_mark(MOVING, 3))
    assert row(value, "oral_behaviour").source is Source.DERIVED
    assert row(value, MOVING, NEXT_ONE).source is Source.DERIVED
    assert line(value, MOVING, NEXT_ONE) == "111111110000"


def test_a_direct_row_is_prorated_only_when_nothing_is_left_open() -> None:
    value = coded(*(seen_mark(MOVING, n, seen=n < 4) for n in range(1, 12)))
    assert row(value, MOVING).prorated is None
    assert row(value, MOVING).left_open == 1
    value = after(value, seen_mark(MOVING, 12, seen=False))
    assert row(value, MOVING).prorated == row(value, MOVING).raw == 3


def test_without_view_a_direct_row_need_not_be_marked() -> None:
    value = coded(blind(165, 180), *(seen_mark(MOVING, n) for n in range(1, 12)))
    found = row(value, MOVING)
    assert signs(found.cells) == "11111111111-"
    assert found.prorated == 12


def test_a_direct_mark_without_view_counts() -> None:
    assert line(coded(blind(0, 15), seen_mark(MOVING, 1)), MOVING) == "1???????????"


def test_clearing_all_marks_lets_the_events_tell_again() -> None:
    value = coded(moving(0, 60), seen_mark(MOVING, 3), seen_mark(MOVING, 4, seen=False))
    value = after(value, cleared(MOVING))
    assert row(value, MOVING).source is Source.DERIVED
    assert value.intervals == ()


def test_marks_behind_a_shortened_episode_do_not_count() -> None:
    value = coded(seen_mark(MOVING, 1), seen_mark(MOVING, 12))
    marks = tuple(
        replace(m, start_us=Micros(s(660))) if m.episode == NEXT_ONE else m for m in value.episodes
    )
    found = row(replace(value, episodes=marks), MOVING)
    assert len(found.cells) == 6
    assert (found.raw, found.beyond) == (1, 1)


def test_a_row_begun_directly_is_open_but_for_what_has_no_view() -> None:
    derived = row(coded(moving(0, 60), blind(165, 180)), MOVING)
    begun = begun_directly(derived, (False,) * 11 + (True,))
    assert signs(begun.cells) == "???????????-"
    assert begun.derived == derived.derived
    assert begun.source is Source.DIRECT


def test_only_lasting_behaviour_is_marked_by_interval() -> None:
    direct = {m.id for m in infant_scheme().ethogram.measures if not may_be_direct(m)}
    assert direct == {"smiling", "vocalisation"}


# --------------------------------------------------------------------------- places


def test_times_find_their_interval() -> None:
    found = sheet(coded())
    assert found.interval_at(s(570)) == 0
    assert found.interval_at(s("584.999999")) == 0
    assert found.interval_at(s(585)) == 1
    assert found.interval_at(s("749.999999")) == 11
    assert found.interval_at(s(750)) is None
    assert found.interval_at(s("569.999999")) is None
    assert found.span(1).start_us == s(585)


def test_the_rows_are_every_measure_with_every_person() -> None:
    scheme = infant_scheme()
    pairs = [(one.measure.id, one.subject) for one in measured_persons(scheme)]
    assert pairs == [(m.id, p) for m in scheme.ethogram.measures for p in m.subjects]


@pytest.mark.parametrize("measure", [m.id for m in infant_scheme().ethogram.measures])
def test_every_measure_of_the_bundled_scheme_can_be_counted(measure: str) -> None:
    codes = next(m.codes for m in infant_scheme().ethogram.measures if m.id == measure)
    for code in codes:
        kind = infant_scheme().ethogram.code(code).kind
        end = 580 if kind == "state" else None
        assert row(coded(add(code, 571, end=end)), measure).cells[0] == 1
