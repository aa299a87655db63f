"""Laws of units on a continuum, of the accuracy model, of ratings and of classes over cases."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from ssp_coder.agreement.accuracy import Observers, accuracy_behind, expected_kappa
from ssp_coder.agreement.bland_altman import bland_altman
from ssp_coder.agreement.classes import label_agreement
from ssp_coder.agreement.continuum import Section, alpha_u, u_alpha
from ssp_coder.agreement.estimate import Estimate, known
from ssp_coder.agreement.kappa import kappa_of, specific_agreement
from ssp_coder.agreement.ratings import rating_agreement
from ssp_coder.agreement.table import table_of

LENGTH = 60
CODES = "abc"

steps = st.lists(
    st.tuples(st.integers(0, 5), st.integers(1, 9), st.sampled_from(CODES)), max_size=6
)


def line_of(drawn: Sequence[tuple[int, int, str]]) -> tuple[Section, ...]:
    """Units one after another, as far as they fit."""
    units, at = [], 0
    for gap, length, code in drawn:
        if at + gap + length <= LENGTH:
            units.append(Section(start=at + gap, length=length, code=code))
            at += gap + length
    return tuple(units)


lines = st.lists(steps.map(line_of), min_size=2, max_size=3)


def same(one: Estimate, other: Estimate) -> bool:
    if one.value is None or other.value is None:
        return one == other
    return one.n == other.n and one.value == pytest.approx(other.value, abs=1e-9)


@given(lines, st.randoms(use_true_random=False))
def test_it_does_not_matter_in_which_order_observers_come(observers: list, order: object) -> None:
    mixed = list(observers)
    order.shuffle(mixed)
    one, other = u_alpha(observers, LENGTH), u_alpha(mixed, LENGTH)
    assert same(one.nominal, other.nominal)
    assert same(one.binary, other.binary)
    assert same(alpha_u(observers, LENGTH).alpha, alpha_u(mixed, LENGTH).alpha)


@given(lines)
def test_it_does_not_matter_how_units_are_called(observers: list) -> None:
    names = dict(zip(CODES, "zxy", strict=True))
    renamed = [[replace(unit, code=names[unit.code]) for unit in one] for one in observers]
    assert same(u_alpha(observers, LENGTH).nominal, u_alpha(renamed, LENGTH).nominal)
    assert same(alpha_u(observers, LENGTH).alpha, alpha_u(renamed, LENGTH).alpha)


@given(lines)
def test_units_told_in_another_order_are_the_same_units(observers: list) -> None:
    turned = [tuple(reversed(one)) for one in observers]
    assert u_alpha(observers, LENGTH) == u_alpha(turned, LENGTH)
    assert alpha_u(observers, LENGTH) == alpha_u(turned, LENGTH)


@given(steps.map(line_of), st.integers(2, 4))
def test_observers_who_marked_the_same_agree_fully_or_it_is_undefined(
    line: tuple[Section, ...], count: int
) -> None:
    for found in (
        u_alpha([line] * count, LENGTH).nominal,
        u_alpha([line] * count, LENGTH).binary,
        alpha_u([line] * count, LENGTH).alpha,
    ):
        assert found.value is None or found.value == pytest.approx(1)


@given(lines)
def test_no_alpha_of_units_is_above_one(observers: list) -> None:
    for found in (u_alpha(observers, LENGTH).nominal, alpha_u(observers, LENGTH).alpha):
        assert found.value is None or found.value <= 1 + 1e-9


# ---------------------------------------------------------------- the accuracy model

rates = st.lists(st.integers(1, 20), min_size=2, max_size=6)
observers_ = st.sampled_from(list(Observers))


@given(rates, observers_, st.floats(0, 1), st.floats(0, 1))
def test_more_accurate_coders_have_a_larger_kappa(
    frequencies: list[int], who: Observers, one: float, other: float
) -> None:
    guessing = 1 / len(frequencies)
    low, high = sorted((guessing + share * (1 - guessing)) for share in (one, other))
    below, above = (expected_kappa(at, frequencies, who) for at in (low, high))
    assert below <= above + 1e-9


@given(rates, observers_)
def test_guessing_gives_no_kappa_and_certainty_a_whole_one(
    frequencies: list[int], who: Observers
) -> None:
    assert expected_kappa(1 / len(frequencies), frequencies, who) == pytest.approx(0, abs=1e-9)
    assert expected_kappa(1.0, frequencies, who) == pytest.approx(1)


@given(rates, observers_, st.floats(0, 1))
def test_the_accuracy_behind_a_kappa_gives_that_kappa(
    frequencies: list[int], who: Observers, kappa: float
) -> None:
    found = accuracy_behind(known(kappa, 50), frequencies, who).value
    assert found is not None
    assert 1 / len(frequencies) <= found <= 1
    assert expected_kappa(found, frequencies, who) == pytest.approx(kappa, abs=1e-6)


@given(rates, st.integers(2, 9), st.floats(0.3, 1))
def test_frequencies_may_come_in_any_unit(
    frequencies: list[int], unit: int, accuracy: float
) -> None:
    stretched = [unit * one for one in frequencies]
    for who in Observers:
        assert expected_kappa(accuracy, frequencies, who) == pytest.approx(
            expected_kappa(accuracy, stretched, who), abs=1e-9
        )


# ---------------------------------------------------------------- ratings

scores = st.lists(st.tuples(st.integers(1, 7), st.integers(1, 7)), min_size=1, max_size=25)


@given(scores)
def test_changing_coders_turns_the_bias_and_nothing_else(pairs: list[tuple[int, int]]) -> None:
    first, second = zip(*pairs, strict=True)
    one, other = rating_agreement(first, second, 1, 7), rating_agreement(second, first, 1, 7)
    assert one.bias.value == pytest.approx(-(other.bias.value or 0.0))
    assert (one.exact, one.within_one) == (other.exact, other.within_one)
    assert same(one.icc.icc_2_1, other.icc.icc_2_1)
    assert same(one.quadratic.kappa, other.quadratic.kappa)
    assert one.bubbles == tuple(zip(*other.bubbles, strict=True))


@given(scores)
def test_bubbles_hold_every_case_and_give_the_shares(pairs: list[tuple[int, int]]) -> None:
    found = rating_agreement(*zip(*pairs, strict=True), 1, 7)
    table = np.array(found.bubbles)
    assert table.sum() == found.n == len(pairs)
    assert found.exact.value == pytest.approx(np.trace(table) / found.n)
    near = sum(np.trace(table, offset=offset) for offset in (-1, 0, 1))
    assert found.within_one.value == pytest.approx(near / found.n)


@given(scores, st.integers(-3, 3))
def test_a_constant_added_to_one_coder_moves_the_bias_by_it(
    pairs: list[tuple[int, int]], shift: int
) -> None:
    first, second = (np.array(one, float) for one in zip(*pairs, strict=True))
    before, after = bland_altman(first, second), bland_altman(first, second + shift)
    assert before.bias.value is not None
    assert after.bias.value == pytest.approx(before.bias.value + shift)
    assert (before.sd.value is None) == (after.sd.value is None)
    if before.sd.value is not None:
        assert after.sd.value == pytest.approx(before.sd.value, abs=1e-9)


# ---------------------------------------------------------------- classes

cases = st.lists(
    st.tuples(st.sampled_from(["", *CODES]), st.sampled_from(["", *CODES])), max_size=20
)


@given(cases)
def test_every_case_is_counted_once_or_left_out(pairs: list[tuple[str, str]]) -> None:
    found = label_agreement(pairs, CODES, resamples=20)
    assert found.n + found.left_out == len(pairs)
    assert sum(map(sum, found.table)) == found.n
    for cell in found.small_cells:
        assert found.table[CODES.index(cell.reference)][CODES.index(cell.other)] == cell.n < 5


@given(cases)
def test_figures_are_those_of_the_complete_cases(pairs: list[tuple[str, str]]) -> None:
    found = label_agreement(pairs, CODES, resamples=20)
    table = table_of([pair for pair in pairs if all(pair)], CODES)
    assert same(found.kappa.kappa, kappa_of(table).kappa)
    for one, other in zip(found.specific, specific_agreement(table), strict=True):
        assert same(one, other)


@given(cases, st.randoms(use_true_random=False))
def test_it_does_not_matter_in_which_order_cases_come(
    pairs: list[tuple[str, str]], order: object
) -> None:
    mixed = list(pairs)
    order.shuffle(mixed)
    assert label_agreement(pairs, CODES, resamples=20) == label_agreement(
        mixed, CODES, resamples=20
    )
