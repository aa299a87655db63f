"""Laws of the dimension scores: within their range, and turned parts mirror."""

from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ssp_coder.domain.scale import NOT_RATED, Missing, Points
from ssp_coder.domain.scheme import Dimension, DimensionPart
from ssp_coder.domain.words import Origin
from ssp_coder.rules.dimensions import dimension_score, dimension_scores
from tests.builders import after, coding, infant_scheme, rate

SCHEME = infant_scheme()
EACH = pytest.mark.parametrize("dimension", SCHEME.dimensions, ids=lambda one: one.id)
points = st.integers(2, 14).map(lambda halves: halves / 2)


@st.composite
def rows(draw: st.DrawFn, dimension: Dimension) -> dict[str, float]:
    return {part.input: draw(points) for part in dimension.parts}


def score(dimension: Dimension, row: dict[str, float]) -> float:
    found = dimension_score(dimension, {name: Points(value) for name, value in row.items()})
    assert found.lacking == ()
    assert found.value is not None
    return found.value


def all_turned(dimension: Dimension) -> Dimension:
    """The dimension seen from its other end."""
    parts = tuple(DimensionPart(input=p.input, turned=not p.turned) for p in dimension.parts)
    return replace(dimension, parts=parts)


@EACH
@given(data=st.data())
def test_a_score_lies_within_the_range_of_its_ratings(
    dimension: Dimension, data: st.DataObject
) -> None:
    found = score(dimension, data.draw(rows(dimension)))
    assert dimension.minimum <= found <= dimension.maximum


@EACH
@given(data=st.data())
def test_turning_every_part_mirrors_the_score(dimension: Dimension, data: st.DataObject) -> None:
    row = data.draw(rows(dimension))
    mirrored = score(all_turned(dimension), row)
    total = dimension.minimum + dimension.maximum
    assert score(dimension, row) + mirrored == pytest.approx(total)


@EACH
@given(data=st.data())
def test_mirrored_ratings_mirror_the_score(dimension: Dimension, data: st.DataObject) -> None:
    row = data.draw(rows(dimension))
    total = dimension.minimum + dimension.maximum
    mirrored = {name: total - value for name, value in row.items()}
    assert score(dimension, mirrored) == pytest.approx(total - score(dimension, row))


@EACH
@given(data=st.data(), step=st.floats(0.5, 3))
def test_a_part_moves_the_score_by_its_share_in_its_own_direction(
    dimension: Dimension, data: st.DataObject, step: float
) -> None:
    row = data.draw(rows(dimension))
    for part in dimension.parts:
        moved = score(dimension, row | {part.input: row[part.input] + step})
        expected = (-step if part.turned else step) / len(dimension.parts)
        assert moved - score(dimension, row) == pytest.approx(expected)


@EACH
@given(data=st.data())
def test_the_order_of_the_parts_does_not_matter(dimension: Dimension, data: st.DataObject) -> None:
    row = data.draw(rows(dimension))
    shuffled = tuple(data.draw(st.permutations(dimension.parts)))
    assert score(replace(dimension, parts=shuffled), row) == pytest.approx(score(dimension, row))


@EACH
@given(data=st.data())
def test_a_part_without_a_number_is_never_filled_in(
    dimension: Dimension, data: st.DataObject
) -> None:
    row = {name: Points(value) for name, value in data.draw(rows(dimension)).items()}
    gone = data.draw(st.lists(st.sampled_from(sorted(row)), min_size=1, unique=True))
    why = st.sampled_from([NOT_RATED, Missing("NA_view")])
    found = dimension_score(dimension, {**row, **{name: data.draw(why) for name in gone}})
    assert found.value is None
    assert found.lacking == tuple(p.input for p in dimension.parts if p.input in gone)


@given(st.data())
def test_a_coding_gives_what_its_ratings_give(data: st.DataObject) -> None:
    row = {}
    for dimension in SCHEME.dimensions:
        row |= {name: float(round(v)) for name, v in data.draw(rows(dimension)).items()}
    rated = after(coding(), *(rate(name, value) for name, value in row.items()))
    for found in dimension_scores(rated, SCHEME):
        own = {part.input: row[part.input] for part in found.dimension.parts}
        assert found.value == pytest.approx(score(found.dimension, own))


@EACH
def test_it_is_called_a_project_default_and_not_a_published_score(dimension: Dimension) -> None:
    assert dimension.provenance.origin is Origin.PROJECT_DEFAULT
    assert "not their factor scores" in dimension.provenance.source
