from __future__ import annotations

from collections import Counter

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ssp_coder.agreement.comparison import Difference, DifferenceKind, Totals
from ssp_coder.agreement.totals import (
    overall_totals,
    totals_by_code,
    totals_by_code_and_episode,
    totals_by_episode,
)
from ssp_coder.domain.ethogram import CodeId
from ssp_coder.domain.procedure import EpisodeId
from tests.fixtures.table_schemes import event, small_scheme, us

SCHEME = small_scheme()
KIND = DifferenceKind
CODES = ("seeking.reach", "seeking.lean")


def row(
    kind: KIND,
    code: str = "seeking.reach",
    own: str = "",
    *,
    episode: str | None = "S1",
    lag: int = 0,
) -> Difference:
    """A row of one kind; its own event has the code `own`, or the reference's."""
    has_reference, has_own = kind is not KIND.FALSE_ALARM, kind is not KIND.MISS
    return Difference(
        kind=kind,
        reference=event(code, 10) if has_reference else None,
        own=event(own or code, 10) if has_own else None,
        code=CodeId(code),
        episode=None if episode is None else EpisodeId(episode),
        at_us=us(10),
        lag_us=lag if has_reference and has_own else None,
    )


@st.composite
def rows(draw: st.DrawFn) -> list[Difference]:
    drawn = []
    for _ in range(draw(st.integers(0, 12))):
        kind = draw(st.sampled_from(KIND))
        code = draw(st.sampled_from(CODES))
        other = next(name for name in CODES if name != code)
        episode = draw(st.sampled_from(["S1", "R2", None]))
        own = other if kind is KIND.WRONG_CODE else ""
        drawn.append(row(kind, code, own, episode=episode, lag=draw(st.integers(-9, 9))))
    return drawn


def identities_hold(totals: Totals) -> bool:
    found = totals.matches + totals.misses + totals.wrong_codes
    made = totals.matches + totals.false_alarms + totals.taken_for
    return totals.n_reference == found and totals.n_own == made


@given(rows())
def test_events_are_counted_by_hand_alike(drawn: list[Difference]) -> None:
    reference = Counter(one.reference.code for one in drawn if one.reference)
    own = Counter(one.own.code for one in drawn if one.own)
    found = {totals.code: totals for totals in totals_by_code(drawn, SCHEME)}
    assert {code: totals.n_reference for code, totals in found.items() if totals.n_reference} == (
        reference
    )
    assert {code: totals.n_own for code, totals in found.items() if totals.n_own} == own


@given(rows())
def test_parts_of_every_total_add_up(drawn: list[Difference]) -> None:
    every = (
        overall_totals(drawn),
        *totals_by_code(drawn, SCHEME),
        *totals_by_episode(drawn, SCHEME),
        *totals_by_code_and_episode(drawn, SCHEME),
    )
    assert all(identities_hold(totals) for totals in every)


@given(rows())
def test_codes_over_episodes_are_the_codes_inside_episodes(drawn: list[Difference]) -> None:
    inside = [one for one in drawn if one.episode is not None]
    for totals in totals_by_code(inside, SCHEME):
        cells = [
            cell for cell in totals_by_code_and_episode(drawn, SCHEME) if cell.code == totals.code
        ]
        assert sum(cell.n_reference for cell in cells) == totals.n_reference
        assert sum(cell.n_own for cell in cells) == totals.n_own


def test_rows_outside_all_episodes_count_only_in_the_whole() -> None:
    drawn = [row(KIND.MISS, episode=None)]
    assert overall_totals(drawn).misses == 1
    assert [totals.misses for totals in totals_by_episode(drawn, SCHEME)] == [0, 0]
    assert totals_by_code_and_episode(drawn, SCHEME) == ()


def test_codes_are_listed_in_the_order_of_the_ethogram() -> None:
    drawn = [row(KIND.MISS, "seeking.lean"), row(KIND.MISS, "seeking.reach")]
    assert [totals.code for totals in totals_by_code(drawn, SCHEME)] == list(CODES)


def test_the_median_of_two_lags_lies_between_them() -> None:
    drawn = [row(KIND.MATCH, lag=100), row(KIND.MATCH, lag=-50)]
    assert overall_totals(drawn).median_lag_us == 25


def test_lags_of_wrong_codes_do_not_count() -> None:
    drawn = [row(KIND.MATCH, lag=10), row(KIND.WRONG_CODE, own="seeking.lean", lag=900)]
    assert overall_totals(drawn).median_lag_us == 10


@pytest.mark.parametrize(
    ("kinds", "agreement", "recall", "precision"),
    [
        ([], None, None, None),
        ([KIND.MATCH], 1, 1, 1),
        ([KIND.MISS], 0, 0, None),
        ([KIND.FALSE_ALARM], 0, None, 0),
        ([KIND.MATCH, KIND.MISS], 2 / 3, 1 / 2, 1),
        ([KIND.MATCH, KIND.FALSE_ALARM, KIND.FALSE_ALARM], 2 / 4, 1, 1 / 3),
    ],
)
def test_shares_are_undefined_where_there_is_nothing_to_share(
    kinds: list[DifferenceKind],
    agreement: float | None,
    recall: float | None,
    precision: float | None,
) -> None:
    totals = overall_totals([row(kind) for kind in kinds])
    assert totals.agreement == (None if agreement is None else pytest.approx(agreement))
    assert totals.recall == (None if recall is None else pytest.approx(recall))
    assert totals.precision == (None if precision is None else pytest.approx(precision))
