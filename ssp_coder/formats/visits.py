"""What was answered about the visit, as columns: once a coding, or once an episode."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence

from ssp_coder.domain.coding import Coding
from ssp_coder.domain.procedure import (
    NO,
    YES,
    EpisodeId,
    VisitField,
    VisitFieldId,
    VisitFieldKind,
    VisitRemark,
)
from ssp_coder.domain.scheme import Scheme
from ssp_coder.formats.columns import (
    Cell,
    Column,
    ColumnType,
    RowT,
    merged_levels,
    provenance_words,
)

VISIT_PREFIX = "visit_"
"""Begins the names of these columns, so that they meet no other."""

_TYPES = {
    VisitFieldKind.COUNT: ColumnType.INTEGER,
    VisitFieldKind.MONTHS: ColumnType.INTEGER,
    VisitFieldKind.DAYS: ColumnType.INTEGER,
    VisitFieldKind.SECONDS: ColumnType.INTEGER,
    VisitFieldKind.CHOICE: ColumnType.CATEGORY,
    VisitFieldKind.YES_NO: ColumnType.FLAG,
    VisitFieldKind.TEXT: ColumnType.TEXT,
}
_UNITS = {
    VisitFieldKind.MONTHS: "months",
    VisitFieldKind.DAYS: "days",
    VisitFieldKind.SECONDS: "s, whole",
}
_FLAGS: dict[Cell, Cell] = {YES: 1, NO: 0}


def visit_columns(
    schemes: Sequence[Scheme], of: Callable[[RowT], Coding]
) -> tuple[Column[RowT], ...]:
    """The questions that are asked once.

    Args:
        schemes: whose procedures ask.
        of: the coding that a row is about.
    """

    def answered(field: VisitFieldId) -> Callable[[RowT], Cell]:
        return lambda row: _cell(of(row), field, None)

    fields = _fields(schemes, lambda field: not field.episodes)
    return tuple(_column(same, answered(same[0].id), "empty: not answered") for same in fields)


def episode_visit_columns(
    schemes: Sequence[Scheme],
    of: Callable[[RowT], Coding],
    episode: Callable[[RowT], EpisodeId],
) -> tuple[Column[RowT], ...]:
    """The questions that are asked of some episodes.

    Args:
        schemes: whose procedures ask.
        of: the coding that a row is about.
        episode: the episode that a row is about.
    """

    def answered(field: VisitFieldId) -> Callable[[RowT], Cell]:
        return lambda row: _cell(of(row), field, episode(row))

    fields = _fields(schemes, lambda field: bool(field.episodes))
    unknown = "empty: not answered, or not asked of this episode"
    return tuple(_column(same, answered(same[0].id), unknown) for same in fields)


def _fields(
    schemes: Sequence[Scheme], wanted: Callable[[VisitField], bool]
) -> tuple[tuple[VisitField, ...], ...]:
    """The questions by their ids, each as the different schemes ask it."""
    asked = [field for scheme in schemes for field in scheme.procedure.visit_fields]
    found: dict[str, list[VisitField]] = {}
    for field in asked:
        if wanted(field):
            found.setdefault(field.id, []).append(field)
    return tuple(tuple(dict.fromkeys(same)) for same in found.values())


def _column(
    same: tuple[VisitField, ...], value: Callable[[RowT], Cell], missing: str
) -> Column[RowT]:
    first = same[0]
    is_flag = first.kind is VisitFieldKind.YES_NO
    chosen = merged_levels(*(((v.id, v.title.english) for v in field.values) for field in same))
    return Column(
        name=f"{VISIT_PREFIX}{first.id}",
        label=f"Visit: {' / '.join(dict.fromkeys(field.title.english for field in same))}",
        type=_TYPES[first.kind],
        value=_flag(value) if is_flag else value,
        unit=_UNITS.get(first.kind, ""),
        levels=(("1", "yes"), ("0", "no")) if is_flag else chosen,
        missing_code=missing,
        provenance=" / ".join(dict.fromkeys(provenance_words(f.provenance) for f in same)),
        note=" / ".join(dict.fromkeys(words for field in same for words in _remark_words(field))),
    )


def _cell(coding: Coding, field: VisitFieldId, episode: EpisodeId | None) -> Cell:
    answer = coding.visit_answer(field, episode)
    return None if answer is None else answer.value


def _flag(value: Callable[[RowT], Cell]) -> Callable[[RowT], Cell]:
    def cell(row: RowT) -> Cell:
        given = value(row)
        return None if given is None else _FLAGS.get(given, given)

    return cell


def _remark_words(field: VisitField) -> Iterator[str]:
    for remark in field.remarks:
        text = remark.text.english
        yield f"{_when(remark)}: {text} ({provenance_words(remark.provenance)})"


def _when(remark: VisitRemark) -> str:
    bounds = [
        f"{word} {bound}"
        for word, bound in (("below", remark.below), ("above", remark.above))
        if bound is not None
    ]
    return " or ".join((*bounds, *remark.answers))
