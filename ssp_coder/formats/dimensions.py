"""The part of the scores that is about dimensions: means of ratings, for analyses."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from ssp_coder.domain.scheme import Dimension, Scheme
from ssp_coder.formats.columns import (
    Cell,
    Column,
    ColumnType,
    number_text,
    provenance_words,
)
from ssp_coder.formats.score_row import ScoreRow
from ssp_coder.rules.dimensions import dimension_scores

_DIGITS = 4


def dimension_columns(schemes: Sequence[Scheme]) -> tuple[Column[ScoreRow], ...]:
    """One column a dimension of the schemes."""
    found: dict[str, list[Dimension]] = {}
    for scheme in schemes:
        for dimension in scheme.dimensions:
            same = found.setdefault(dimension.id, [])
            if dimension not in same:
                same.append(dimension)
    return tuple(_column(name, same) for name, same in found.items())


def _column(name: str, same: Sequence[Dimension]) -> Column[ScoreRow]:
    ranges = dict.fromkeys(f"{number_text(d.minimum)}-{number_text(d.maximum)}" for d in same)
    return Column(
        name=name,
        label=" / ".join(dict.fromkeys(d.title.english for d in same)),
        type=ColumnType.NUMBER,
        value=_of_dimension(name),
        unit=f"points {' / '.join(ranges)}",
        missing_code="empty: a rating that it is a mean of has no number",
        provenance=" / ".join(dict.fromkeys(provenance_words(d.provenance) for d in same)),
        note=" / ".join(dict.fromkeys(_made_of(d) for d in same)),
    )


def _made_of(dimension: Dimension) -> str:
    parts = []
    for part in dimension.parts:
        turned = f"{number_text(dimension.minimum + dimension.maximum)} - {part.input}"
        parts.append(turned if part.turned else part.input)
    return f"mean of {', '.join(parts)}; feeds no rule"


def _of_dimension(name: str) -> Callable[[ScoreRow], Cell]:
    def value(row: ScoreRow) -> Cell:
        for score in dimension_scores(row.coding, row.scheme):
            if score.dimension.id == name and score.value is not None:
                return round(score.value, _DIGITS)
        return None

    return value
