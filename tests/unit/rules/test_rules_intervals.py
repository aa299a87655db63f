"""Partial-interval counts: edges, the odd last interval, touching, prorating."""

from __future__ import annotations

import pytest

from ssp_coder.domain.ethogram import CodeId
from ssp_coder.domain.time import Micros, Span
from ssp_coder.rules.intervals import IntervalCount, interval_count, interval_edges
from tests.fixtures.rule_schemes import FIFTEEN_S, at, event

CRY = frozenset({CodeId("distress.cry")})


def span(start_s: float, end_s: float) -> Span:
    return Span(start_us=at(start_s), end_us=at(end_s))


def cries(*bouts: tuple[float, float | None], length_s: float = 180) -> IntervalCount:
    events = [event("distress.cry", 100 + start, end and 100 + end) for start, end in bouts]
    return interval_count(events, span(100, 100 + length_s), CRY, FIFTEEN_S)


def test_a_full_episode_of_three_minutes_has_twelve_intervals() -> None:
    assert cries().n_intervals == 12


def test_no_event_of_the_code_counts_nothing() -> None:
    assert cries() == IntervalCount(raw=0, n_intervals=12, prorated=0.0)


def test_a_state_counts_in_every_interval_it_touches() -> None:
    assert cries((14.9, 30.1)).raw == 3


def test_a_state_that_ends_at_an_edge_does_not_touch_the_next_interval() -> None:
    assert cries((0, 15)).raw == 1


def test_a_state_that_starts_at_an_edge_counts_in_the_interval_that_starts_there() -> None:
    assert cries((15, 15.000001)).raw == 1
    assert cries((14, 15), (15, 16)).raw == 2


def test_two_bouts_in_one_interval_count_once() -> None:
    assert cries((1, 2), (3, 4)).raw == 1


def test_a_point_counts_in_its_interval_and_not_at_the_end_of_the_episode() -> None:
    assert cries((15, 15)).raw == 1
    assert cries((180, 180)).raw == 0


def test_what_lies_outside_the_episode_counts_only_as_far_as_it_reaches_in() -> None:
    assert cries((-50, 0)).raw == 0
    assert cries((-50, 1)).raw == 1
    assert cries((179, 400)).raw == 1
    assert cries((180, 400)).raw == 0


def test_a_state_without_an_end_lasts_to_the_end_of_the_episode() -> None:
    assert cries((150, None)).raw == 2


def test_other_codes_do_not_count() -> None:
    other = event("distress.fuss", 100, 200)
    assert interval_count([other], span(100, 280), CRY, FIFTEEN_S).raw == 0


@pytest.mark.parametrize(
    ("length_s", "n_intervals"),
    [(180, 12), (187.4, 12), (187.5, 13), (194.9, 13), (172.5, 12), (172.4, 11), (7, 1), (2, 1)],
)
def test_a_rest_of_at_least_half_an_interval_is_one_of_its_own(
    length_s: float, n_intervals: int
) -> None:
    assert cries(length_s=length_s).n_intervals == n_intervals


def test_a_shorter_rest_is_merged_with_its_neighbour() -> None:
    assert interval_edges(span(0, 35), FIFTEEN_S) == (0, at(15), at(35))
    assert cries((32, 34), length_s=35) == IntervalCount(raw=1, n_intervals=2, prorated=6.0)


def test_a_shorter_episode_is_prorated_to_twelve_intervals() -> None:
    assert cries((0, 45), length_s=90) == IntervalCount(raw=3, n_intervals=6, prorated=6.0)


def test_a_longer_episode_is_prorated_to_twelve_intervals() -> None:
    assert cries((0, 60), length_s=360) == IntervalCount(raw=4, n_intervals=24, prorated=2.0)


def test_another_base_than_twelve_can_be_asked_for() -> None:
    events = [event("distress.cry", 0, 15)]
    assert interval_count(events, span(0, 30), CRY, FIFTEEN_S, 4).prorated == 2.0


def test_an_empty_span_has_no_interval_and_no_prorated_count() -> None:
    assert cries(length_s=0) == IntervalCount(raw=0, n_intervals=0, prorated=None)


@pytest.mark.parametrize("interval_us", [0, -1])
def test_an_interval_without_length_is_refused(interval_us: int) -> None:
    with pytest.raises(ValueError, match="positive"):
        interval_count([], span(0, 30), CRY, interval_us)


def test_counting_by_microsecond_agrees_with_the_definition() -> None:
    tiny_span = Span(start_us=Micros(3), end_us=Micros(20))
    edges = interval_edges(tiny_span, 5)
    for start in range(24):
        for end in range(start, 24):
            one = event("distress.cry", start / 1e6, end / 1e6)
            moments = range(start, end) if end > start else (start,)
            touched = {
                place
                for place in range(len(edges) - 1)
                if any(edges[place] <= moment < edges[place + 1] for moment in moments)
            }
            assert interval_count([one], tiny_span, CRY, 5).raw == len(touched)
