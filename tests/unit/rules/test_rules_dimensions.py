"""Dimension scores: means of ratings, given only where every rating is there."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ssp_coder.catalog import load_scheme
from ssp_coder.domain.coding import Coding
from ssp_coder.domain.scale import NOT_RATED, Missing, Points, Rating, Score, SlotId
from ssp_coder.domain.scheme import Dimension, DimensionPart
from ssp_coder.domain.words import Origin, english
from ssp_coder.rules.dimensions import DimensionScore, dimension_score, dimension_scores
from tests.fixtures.rule_tables import OURS, RATINGS

INFANT = load_scheme("infant")
SEEKING, RESISTANCE = INFANT.dimensions
ratings = st.integers(1, 7).map(float)
rows = st.fixed_dictionaries(dict.fromkeys(RATINGS, ratings))


def scored(dimension: Dimension, row: dict[str, float]) -> DimensionScore:
    return dimension_score(dimension, {name: Points(value) for name, value in row.items()})


def dimension(*parts: tuple[str, bool], low: float = 1, high: float = 7) -> Dimension:
    return Dimension(
        id="small",
        title=english("Small"),
        parts=tuple(DimensionPart(input=name, turned=turned) for name, turned in parts),
        minimum=low,
        maximum=high,
        provenance=OURS,
    )


def coding(row: dict[str, Score]) -> Coding:
    return Coding(
        session="S1",
        coder="c01",
        ratings=tuple(Rating(slot=SlotId(name), score=row[name]) for name in sorted(row)),
    )


class TestTheBundledDimensions:
    def test_there_are_two(self) -> None:
        assert [one.id for one in INFANT.dimensions] == ["psa", "res_dim"]

    @given(rows)
    def test_proximity_against_avoidance_is_the_mean_with_avoidance_turned(
        self, row: dict[str, float]
    ) -> None:
        expected = (
            row["pcs_c_5"]
            + row["cm_c_5"]
            + (8 - row["avo_c_5"])
            + row["pcs_c_8"]
            + row["cm_c_8"]
            + (8 - row["avo_c_8"])
        ) / 6
        assert scored(SEEKING, row).value == pytest.approx(expected)

    @given(rows)
    def test_resistance_is_the_mean_of_both_reunions(self, row: dict[str, float]) -> None:
        expected = (row["res_c_5"] + row["res_c_8"]) / 2
        assert scored(RESISTANCE, row).value == pytest.approx(expected)

    @given(rows)
    def test_they_lie_within_one_and_seven(self, row: dict[str, float]) -> None:
        for one in INFANT.dimensions:
            value = scored(one, row).value
            assert value is not None
            assert 1 <= value <= 7
            assert (one.minimum, one.maximum) == (1, 7)

    def test_the_ends_are_reached(self) -> None:
        close = dict.fromkeys(RATINGS, 7.0) | {"avo_c_5": 1.0, "avo_c_8": 1.0}
        distant = dict.fromkeys(RATINGS, 1.0) | {"avo_c_5": 7.0, "avo_c_8": 7.0}
        assert scored(SEEKING, close).value == 7
        assert scored(SEEKING, distant).value == 1

    def test_they_are_called_ours_and_not_published(self) -> None:
        for one in INFANT.dimensions:
            assert one.provenance.origin is Origin.PROJECT_DEFAULT
            assert "not published" in one.provenance.source
            assert "not their factor scores" in one.provenance.source

    @pytest.mark.parametrize("name", ["dist_c_5", "dist_c_8", "srch_4", "dorg"])
    def test_nothing_but_the_four_scales_of_the_reunions_takes_part(self, name: str) -> None:
        assert all(part.input != name for one in INFANT.dimensions for part in one.parts)


class TestRefusal:
    @pytest.mark.parametrize("name", [part.input for part in SEEKING.parts])
    def test_one_part_that_is_missing_refuses_the_score(self, name: str) -> None:
        row = {one: 4.0 for one in RATINGS if one != name}
        found = scored(SEEKING, row)
        assert (found.value, found.lacking) == (None, (name,))

    @pytest.mark.parametrize("score", [NOT_RATED, Missing("NA_view"), Missing("NA_absent")])
    def test_whatever_has_no_number_is_lacking(self, score: Score) -> None:
        found = dimension_score(RESISTANCE, {"res_c_5": Points(1.0), "res_c_8": score})
        assert (found.value, found.lacking) == (None, ("res_c_8",))

    def test_all_that_is_lacking_is_named_in_order(self) -> None:
        assert scored(RESISTANCE, {}).lacking == ("res_c_5", "res_c_8")

    def test_what_is_no_part_is_not_missed(self) -> None:
        assert scored(RESISTANCE, {"res_c_5": 2.0, "res_c_8": 5.0}).value == 3.5


class TestAnyDimension:
    def test_a_turned_part_counts_from_the_other_end_of_its_range(self) -> None:
        turned = dimension(("a", True), low=0, high=12)
        assert scored(turned, {"a": 3.0}).value == 9

    def test_half_points_stay_halves(self) -> None:
        assert scored(dimension(("a", False), ("b", True)), {"a": 2.5, "b": 4.5}).value == 3

    @given(st.lists(ratings, min_size=1, max_size=6), st.booleans())
    def test_equal_parts_give_their_own_value(self, values: list[float], turned: bool) -> None:
        same = dimension(*((f"p{place}", turned) for place in range(len(values))))
        row = {f"p{place}": values[0] for place in range(len(values))}
        expected = 8 - values[0] if turned else values[0]
        assert scored(same, row).value == pytest.approx(expected)

    @given(ratings, ratings)
    def test_raising_a_part_raises_the_score_and_a_turned_one_lowers_it(
        self, low: float, high: float
    ) -> None:
        both = dimension(("a", False), ("b", True))
        low, high = sorted((low, high))
        first, raised, turned = (
            scored(both, {"a": a, "b": b}).value for a, b in ((low, low), (high, low), (low, high))
        )
        assert first is not None
        assert raised is not None
        assert turned is not None
        assert turned <= first <= raised


class TestOfACoding:
    def test_every_dimension_of_the_scheme_is_worked_out_from_its_ratings(self) -> None:
        row: dict[str, Score] = {name: Points(3.0) for name in RATINGS}
        found = dimension_scores(coding(row), INFANT)
        assert [one.dimension for one in found] == list(INFANT.dimensions)
        assert [one.value for one in found] == [pytest.approx((4 * 3 + 2 * 5) / 6), 3]

    def test_an_empty_coding_has_none(self) -> None:
        assert [one.value for one in dimension_scores(coding({}), INFANT)] == [None, None]

    def test_one_that_cannot_be_coded_costs_only_its_own_dimension(self) -> None:
        row: dict[str, Score] = {name: Points(3.0) for name in RATINGS}
        row["res_c_8"] = Missing("NA_view")
        seeking, resistance = dimension_scores(coding(row), INFANT)
        assert seeking.value is not None
        assert (resistance.value, resistance.lacking) == (None, ("res_c_8",))
