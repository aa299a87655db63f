"""Dimension scores: means of ratings, some of them turned round.

They are composites of the project after an idea in the literature, not factor scores of any
publication; each scheme says so where it lists them.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from ssp_coder.domain.coding import Coding
from ssp_coder.domain.scale import Points, Score, SlotId
from ssp_coder.domain.scheme import Dimension, Scheme


@dataclass(frozen=True, slots=True, kw_only=True)
class DimensionScore:
    """One dimension of one coding.

    Attributes:
        value: the mean, within the range of the parts; None while a part has no number.
        lacking: ids of the parts without a number.
    """

    dimension: Dimension
    value: float | None
    lacking: tuple[str, ...]


def dimension_scores(coding: Coding, scheme: Scheme) -> tuple[DimensionScore, ...]:
    """Every dimension of the scheme, from a coding's ratings."""
    return tuple(
        dimension_score(
            dimension,
            {part.input: coding.score(SlotId(part.input)) for part in dimension.parts},
        )
        for dimension in scheme.dimensions
    )


def dimension_score(dimension: Dimension, scores: Mapping[str, Score]) -> DimensionScore:
    """A dimension from scores by input id; one that is not there has no number."""
    values = []
    lacking = []
    for part in dimension.parts:
        score = scores.get(part.input)
        if not isinstance(score, Points):
            lacking.append(part.input)
        elif part.turned:
            values.append(dimension.minimum + dimension.maximum - score.value)
        else:
            values.append(score.value)
    return DimensionScore(
        dimension=dimension,
        value=None if lacking else sum(values) / len(values),
        lacking=tuple(lacking),
    )
