"""Laws of a second reading: any table, timeline or rating against slow exact arithmetic."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from ssp_coder.agreement.alpha import Level, alpha
from ssp_coder.agreement.continuum import Section, alpha_u
from ssp_coder.agreement.estimate import Estimate
from ssp_coder.agreement.fleiss import fleiss
from ssp_coder.agreement.gwet import ac1, ac1_of_counts, ac2
from ssp_coder.agreement.icc import icc
from ssp_coder.agreement.ipf import expected, linked_kappa
from ssp_coder.agreement.kappa import (
    kappa_of,
    linear_weights,
    pabak,
    quadratic_weights,
    scott_pi,
    specific_agreement,
)
from ssp_coder.agreement.overlap_kappa import overlap_agreement
from ssp_coder.agreement.tracks import bouts_from
from tests.unit.agreement import slow_statistics as slow

NEAR = 1e-9


def square_tables(smallest: int = 2, largest: int = 5) -> st.SearchStrategy[list[list[int]]]:
    return st.integers(smallest, largest).flatmap(
        lambda k: st.lists(
            st.lists(st.integers(0, 30), min_size=k, max_size=k), min_size=k, max_size=k
        )
    )


def means(found: Estimate, value: float | None) -> None:
    """The same value, or both undefined."""
    assert (found.value is None) == (value is None)
    if value is not None:
        assert found.value == pytest.approx(value, abs=NEAR)


@given(table=square_tables())
def test_every_statistic_of_a_table_is_that_of_exact_fractions(table: list[list[int]]) -> None:
    assume(any(map(any, table)))
    k = len(table)
    found = kappa_of(table)
    means(found.p_o, float(slow.observed(table)))
    means(found.p_e, float(slow.chance(table)))
    means(found.kappa, slow.kappa(table))
    means(found.kappa_max, slow.kappa_max(table))
    means(scott_pi(table), slow.scott_pi(table))
    means(pabak(table), slow.pabak(table))
    for one, value in zip(specific_agreement(table), slow.specific_agreement(table), strict=True):
        means(one, value)
    for weights, printed in (
        (linear_weights(k), slow.linear(k)),
        (quadratic_weights(k), slow.quadratic(k)),
    ):
        means(kappa_of(table, weights).kappa, slow.kappa(table, printed))
        means(ac2(table, weights).ac, slow.gwet(table, printed)[0])
    means(ac1(table).ac, slow.gwet(table)[0])


@given(table=square_tables())
def test_errors_of_a_table_are_those_of_the_printed_sums(table: list[list[int]]) -> None:
    assume(any(map(any, table)))
    found = kappa_of(table).se
    if found.value is not None:
        # A root of nearly nothing is known to half as many digits.
        assert found.value == pytest.approx(slow.kappa_se(table), abs=1e-6)
    assert ac1(table).se.value == pytest.approx(slow.gwet(table)[1], abs=1e-6)


@st.composite
def linked_tables(draw: st.DrawFn) -> list[list[int]]:
    table = draw(square_tables(2, 5))
    table[-1][-1] = 0
    return table


@given(table=linked_tables())
def test_chance_of_linked_events_is_where_fitting_by_rounds_ends(table: list[list[int]]) -> None:
    # Rounds come near slowly where hardly anything is linked.
    linked = sum(map(sum, (row[:-1] for row in table[:-1])))
    assume(linked >= 5)
    fitted, n = slow.fitted(table), sum(map(sum, table))
    assert np.abs(expected(table) - np.array(fitted)).max() < 1e-6 * n
    value, largest, p_o = slow.linked_kappa(table)
    found = linked_kappa(table)
    assert found.p_o.value == pytest.approx(p_o)
    if value is not None and found.kappa.value is not None:
        assert found.kappa.value == pytest.approx(value, abs=1e-5)
        assert found.kappa_max.value == pytest.approx(largest, abs=1e-5)


events = st.lists(
    st.tuples(st.integers(0, 60), st.integers(0, 20), st.integers(0, 2)), max_size=7
).map(lambda drawn: sorted((on, on + size, code) for on, size, code in drawn))


@given(a=events, b=events, overlap=st.sampled_from([0.5, 0.6, 0.9, 1.0]))
def test_events_that_may_overlap_each_other_are_linked_as_pair_by_pair(
    a: list, b: list, overlap: float
) -> None:
    found = overlap_agreement(bouts_from(a), bouts_from(b), 3, overlap)
    assert found.table.tolist() == slow.linked_table(a, b, 3, overlap)
    assert found.table.sum() == len(a) + len(b)
    assert len(found.pairs) + len(found.alone_a()) == len(a)


values = st.one_of(st.none(), st.integers(0, 4))
ratings = st.integers(2, 4).flatmap(
    lambda raters: st.lists(
        st.lists(values, min_size=6, max_size=6), min_size=raters, max_size=raters
    )
)


@given(rows=ratings, level=st.sampled_from(list(Level)))
def test_alpha_is_that_of_listing_every_pair(rows: list, level: Level) -> None:
    table = np.array([[np.nan if one is None else one for one in row] for row in rows])
    means(alpha(table, level), slow.alpha(rows, level.value))


@given(rows=ratings)
def test_ac1_of_many_raters_is_that_of_listing_every_pair(rows: list) -> None:
    used = sorted({one for row in rows for one in row if one is not None})
    units = list(zip(*rows, strict=True))
    assume(len(used) > 1)
    assume(any(sum(one is not None for one in unit) > 1 for unit in units))
    counts = [[unit.count(code) for code in used] for unit in units]
    means(ac1_of_counts(counts), slow.ac1_of_raters(rows))


@given(rows=st.lists(st.lists(st.integers(0, 3), min_size=4, max_size=4), min_size=1, max_size=8))
def test_fleiss_kappa_is_that_of_exact_fractions(rows: list[list[int]]) -> None:
    counts = [[row.count(code) for code in range(4)] for row in rows]
    whole, single = slow.fleiss(counts)
    found = fleiss(counts)
    means(found.kappa, whole)
    for one, value in zip(found.by_category, single, strict=True):
        means(one, value)


sections = st.lists(
    st.tuples(st.integers(0, 5), st.integers(1, 8), st.sampled_from("ab")), max_size=4
)


def laid_out(drawn: list[tuple[int, int, str]]) -> list[tuple[int, int, str]]:
    found, at = [], 0
    for gap, size, code in drawn:
        found.append((at + gap, size, code))
        at += gap + size
    return found


@given(observers=st.lists(sections.map(laid_out), min_size=2, max_size=4))
def test_the_older_alpha_of_units_is_that_of_whole_numbers(observers: list) -> None:
    length = 60
    found = alpha_u(
        [
            [Section(start=start, length=size, code=code) for start, size, code in units]
            for units in observers
        ],
        length,
    )
    for one in found.by_code:
        met, by_chance = slow.alpha_u(observers, length, one.code)
        assert one.observed == pytest.approx(float(met))
        assert one.expected == pytest.approx(float(by_chance))


@given(seed=st.integers(0, 10_000), spread=st.floats(0.5, 2))
def test_quadratic_kappa_comes_to_the_icc_of_absolute_agreement_in_many_cases(
    seed: int, spread: float
) -> None:
    drawn = np.random.default_rng(seed)
    true = drawn.integers(1, 8, 3_000)
    both = np.clip(np.rint(true[:, None] + drawn.normal(0, spread, (3_000, 2))), 1, 7)
    table = np.zeros((7, 7))
    np.add.at(table, tuple(both.astype(int).T - 1), 1)
    weighted = kappa_of(table, quadratic_weights(7)).kappa.value
    assert weighted == pytest.approx(icc(both).icc_2_1.value, abs=1e-3)
