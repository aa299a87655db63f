"""What becomes of a rest at the end of an episode: four rules, each on the same episodes."""

from __future__ import annotations

from itertools import pairwise

import pytest

from ssp_coder.domain.measures import USUAL_SAMPLING, RestRule
from ssp_coder.domain.time import Micros, Span
from ssp_coder.domain.words import Origin
from ssp_coder.rules.intervals import interval_edges
from tests.fixtures.rule_schemes import FIFTEEN_S, at


def lengths(episode_s: float, rest: RestRule) -> list[float]:
    """Lengths of the intervals in seconds."""
    span = Span(start_us=at(7), end_us=at(7 + episode_s))
    edges = interval_edges(span, FIFTEEN_S, rest)
    return [(right - left) / 1e6 for left, right in pairwise(edges)]


@pytest.mark.parametrize("rest", RestRule)
def test_without_a_rest_all_rules_agree(rest: RestRule) -> None:
    assert lengths(45, rest) == [15, 15, 15]


@pytest.mark.parametrize(
    ("rest", "short", "long"),
    [
        (RestRule.OWN, [15, 15, 1], [15, 15, 7.5]),
        (RestRule.MERGE, [15, 16], [15, 22.5]),
        (RestRule.DROP, [15, 15], [15, 15]),
        (RestRule.OWN_FROM_HALF, [15, 16], [15, 15, 7.5]),
    ],
)
def test_a_rest_is_kept_merged_or_dropped(
    rest: RestRule, short: list[float], long: list[float]
) -> None:
    assert lengths(31, rest) == short
    assert lengths(37.5, rest) == long


def test_just_under_half_an_interval_is_merged() -> None:
    assert lengths(37.499999, RestRule.OWN_FROM_HALF) == [15, 22.499999]


@pytest.mark.parametrize("rest", [RestRule.OWN, RestRule.MERGE, RestRule.OWN_FROM_HALF])
def test_an_episode_shorter_than_an_interval_is_one(rest: RestRule) -> None:
    assert lengths(4, rest) == [4]


def test_an_episode_shorter_than_an_interval_is_none_when_rests_are_dropped() -> None:
    assert lengths(4, RestRule.DROP) == []


@pytest.mark.parametrize("rest", RestRule)
def test_an_empty_episode_has_no_interval(rest: RestRule) -> None:
    span = Span(start_us=at(7), end_us=at(7))
    assert interval_edges(span, FIFTEEN_S, rest) == (at(7),)


def test_an_interval_needs_a_length() -> None:
    with pytest.raises(ValueError, match="give a positive one"):
        interval_edges(Span(start_us=Micros(0), end_us=at(9)), 0, RestRule.OWN)


def test_the_usual_sampling_says_how_far_each_part_may_be_trusted() -> None:
    assert USUAL_SAMPLING.interval_us == FIFTEEN_S
    assert USUAL_SAMPLING.interval_from.origin is Origin.VERIFIED
    assert USUAL_SAMPLING.rest is RestRule.OWN_FROM_HALF
    assert USUAL_SAMPLING.rest_from.origin is Origin.PROJECT_DEFAULT
    assert USUAL_SAMPLING.full_intervals == 12
    assert USUAL_SAMPLING.full_from.origin is Origin.LITERATURE
    assert USUAL_SAMPLING.full_from.confidence == 0.9
