"""Strong Kleene logic."""

from __future__ import annotations

import pytest

from ssp_coder.domain.verdict import Truth
from ssp_coder.rules.truth import all_of, any_of, negation

YES, NO, UNKNOWN = Truth.YES, Truth.NO, Truth.UNKNOWN


@pytest.mark.parametrize(
    ("truths", "expected"),
    [
        ((), YES),
        ((YES, YES), YES),
        ((YES, UNKNOWN), UNKNOWN),
        ((UNKNOWN, NO), NO),
        ((NO, UNKNOWN), NO),
        ((YES, NO), NO),
    ],
)
def test_all_of_is_no_as_soon_as_one_is_no(truths: tuple[Truth, ...], expected: Truth) -> None:
    assert all_of(truths) is expected


@pytest.mark.parametrize(
    ("truths", "expected"),
    [
        ((), NO),
        ((NO, NO), NO),
        ((NO, UNKNOWN), UNKNOWN),
        ((UNKNOWN, YES), YES),
        ((YES, UNKNOWN), YES),
        ((NO, YES), YES),
    ],
)
def test_any_of_is_yes_as_soon_as_one_is_yes(truths: tuple[Truth, ...], expected: Truth) -> None:
    assert any_of(truths) is expected


@pytest.mark.parametrize(("truth", "opposite"), [(YES, NO), (NO, YES), (UNKNOWN, UNKNOWN)])
def test_the_opposite_of_unknown_is_unknown(truth: Truth, opposite: Truth) -> None:
    assert negation(truth) is opposite


@pytest.mark.parametrize("truth", list(Truth))
def test_a_truth_refuses_to_be_a_bool(truth: Truth) -> None:
    with pytest.raises(TypeError, match="three-valued"):
        bool(truth)
