"""How settled events make room among agreed ones, edge by edge; and which indices are one."""

from __future__ import annotations

from dataclasses import replace

import pytest

from ssp_coder.agreement.consensus_indices import index_key, paired_indices
from ssp_coder.agreement.consensus_lanes import event_content, joined, lane_of
from ssp_coder.domain.coding import Event, IndexStrength
from ssp_coder.domain.time import SECOND_US
from tests.builders import CAREGIVER, INFANT, infant_scheme, s
from tests.unit.storage.storage_files import d_index

SCHEME = infant_scheme()
NONE, FUSS, CRY = "distress.none", "distress.fuss", "distress.cry"


def state(code: str, start: float, end: float | None, **fields: object) -> Event:
    end_us = None if end is None else s(end)
    return Event(id=0, code=code, subject=INFANT, start_us=s(start), end_us=end_us, **fields)


def put(agreed: list[Event], settled: list[Event]) -> list[tuple[str, float, float | None]]:
    return [
        (one.code, one.start_us / 1e6, None if one.end_us is None else one.end_us / 1e6)
        for one in joined(agreed, settled, SCHEME, SECOND_US)
    ]


@pytest.mark.parametrize(
    ("settled", "wanted"),
    [
        ((CRY, 20, 30), [(NONE, 0, 20), (CRY, 20, 30), (NONE, 30, 60)]),
        ((CRY, 0, 30), [(CRY, 0, 30), (NONE, 30, 60)]),
        ((CRY, 20, 60), [(NONE, 0, 20), (CRY, 20, 60)]),
        ((CRY, 20, 80), [(NONE, 0, 20), (CRY, 20, 80)]),
        ((CRY, 60, 80), [(NONE, 0, 60), (CRY, 60, 80)]),
        ((CRY, 0, 60), [(CRY, 0, 60)]),
        ((CRY, 20, 59.2), [(NONE, 0, 20), (CRY, 20, 60)]),
        ((CRY, 20, None), [(NONE, 0, 20), (CRY, 20, None)]),
    ],
)
def test_a_settled_state_among_one_that_was_agreed(settled, wanted) -> None:
    assert put([state(NONE, 0, 60)], [state(*settled)]) == wanted


def test_a_state_that_was_agreed_later_ends_one_that_was_settled() -> None:
    assert put([state(NONE, 30, 60)], [state(CRY, 20, 40)]) == [(CRY, 20, 30), (NONE, 30, 60)]


def test_two_settled_states_and_one_agreed_leave_each_its_onset() -> None:
    found = put([state(NONE, 0, 60)], [state(CRY, 10, 40), state(FUSS, 20, 30)])
    assert found == [(NONE, 0, 10), (CRY, 10, 20), (FUSS, 20, 30), (CRY, 30, 40), (NONE, 40, 60)]


def test_an_open_state_goes_on_after_the_one_within_it() -> None:
    found = put([state(NONE, 0, None)], [state(CRY, 10, 20)])
    assert found == [(NONE, 0, 10), (CRY, 10, 20), (NONE, 20, None)]


def test_a_cut_edge_brings_the_frame_and_lag_of_the_state_that_cut_it() -> None:
    cry = state(CRY, 10, 20, start_frame=250, end_frame=500, start_lag_us=9, end_lag_us=8)
    before, _cry, after = joined([state(NONE, 0, 60)], [cry], SCHEME, SECOND_US)
    assert (before.end_frame, before.end_lag_us) == (250, 9)
    assert (after.start_frame, after.start_lag_us) == (500, 8)


def test_moments_stand_beside_whatever_runs() -> None:
    reach = Event(id=4, code="seeking.reach", subject=INFANT, start_us=s(5), end_us=s(5))
    assert put([reach], [reach]) == [("seeking.reach", 5.0, 5.0)] * 2


def test_a_lane_is_a_group_and_a_person() -> None:
    here = Event(id=1, code="presence.in_room", subject=CAREGIVER, start_us=s(0), end_us=s(9))
    assert lane_of(here, SCHEME) == ("presence", CAREGIVER)
    assert lane_of(state(CRY, 0, 1), SCHEME) == ("distress", INFANT)


@pytest.mark.parametrize(
    "other",
    [{"id": 7}, {}],
)
def test_what_an_event_says_does_not_depend_on_its_number(other) -> None:
    one = state(CRY, 0, 1)
    assert event_content(one) == event_content(replace(one, **other))


@pytest.mark.parametrize(
    "other",
    [
        {"code": FUSS},
        {"start_us": s(0.5)},
        {"end_us": s(2)},
        {"start_frame": 3},
        {"end_lag_us": 5},
        {"modifiers": (("intensity", "low"),)},
    ],
)
def test_events_that_differ_in_anything_else_say_different_things(other) -> None:
    one = state(CRY, 0, 1)
    assert event_content(one) != event_content(replace(one, **other))


def indices(*given: tuple[float, dict]) -> list:
    return [d_index(at, id=n, **fields) for n, (at, fields) in enumerate(given, start=1)]


def matched(first: list, second: list) -> list[tuple[int | None, int | None]]:
    return [
        (one.first and one.first.id, one.second and one.second.id)
        for one in paired_indices(first, second, SECOND_US)
    ]


WEAK = {"strength": IndexStrength.WEAK}
THEME = {"theme": SCHEME.themes[1].id}


def test_indices_of_one_moment_are_a_pair_and_others_stand_alone() -> None:
    assert matched(indices((10, {}), (50, {})), indices((11, {}))) == [(1, 1), (2, None)]
    assert matched([], indices((11, {}))) == [(None, 1)]


def test_the_same_theme_is_paired_before_the_nearer_moment() -> None:
    assert matched(indices((10, {})), indices((10, THEME), (11, {}))) == [(1, 2), (None, 1)]


def test_the_same_strength_is_paired_before_the_nearer_moment() -> None:
    assert matched(indices((10, {})), indices((10, WEAK), (11, {}))) == [(1, 2), (None, 1)]


def test_another_theme_at_the_same_moment_is_still_one_thing_to_settle() -> None:
    (pair,) = paired_indices(indices((10, {})), indices((10, THEME)), SECOND_US)
    assert not pair.is_alike
    assert index_key(pair) == "index:1:1"


@pytest.mark.parametrize(
    ("fields", "alike"),
    [({}, True), ({"note": "x"}, True), (WEAK, False), (THEME, False), ({"present": ()}, False)],
)
def test_alike_are_indices_of_one_theme_strength_and_company(fields, alike) -> None:
    (pair,) = paired_indices(indices((10, {})), indices((10.5, fields)), SECOND_US)
    assert pair.is_alike is alike
    assert pair.at_us == s(10)
