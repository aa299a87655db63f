"""What follows from answering the procedure's questions about the visit."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace

from ssp_coder.domain.coding import Coding, VisitAnswer
from ssp_coder.domain.procedure import (
    NO,
    YES,
    EpisodeId,
    Procedure,
    VisitField,
    VisitFieldId,
    VisitFieldKind,
    VisitRemark,
)
from ssp_coder.domain.scheme import Scheme
from ssp_coder.editing.edits import ClearVisit, RecordVisit
from ssp_coder.editing.refusal import EditRefusedError, refuse

MAXIMUM_WORDS = 2000
MAXIMUM_NUMBER = 1_000_000_000


@dataclass(frozen=True, slots=True, kw_only=True)
class VisitPlace:
    """One thing that may be answered: a question, of one episode where it is asked of several."""

    field: VisitField
    episode: EpisodeId | None


def visit_places(procedure: Procedure) -> tuple[VisitPlace, ...]:
    """Everything that may be answered, in the procedure's order."""
    return tuple(
        VisitPlace(field=field, episode=episode)
        for field in procedure.visit_fields
        for episode in (field.episodes or (None,))
    )


def visit_remarks(coding: Coding, procedure: Procedure) -> Iterator[tuple[VisitPlace, VisitRemark]]:
    """What to remember about the visit as it was answered; open questions call for nothing."""
    for place in visit_places(procedure):
        answer = coding.visit_answer(place.field.id, place.episode)
        for remark in place.field.remarks if answer is not None else ():
            if answer is not None and remark.holds(answer.value):
                yield place, remark


def record_visit(coding: Coding, edit: RecordVisit, scheme: Scheme) -> Coding:
    """See `RecordVisit`; answers are kept in the procedure's order.

    Raises:
        EditRefusedError: there is no such question, it is not asked of this episode, or the answer
            is not one that it allows.
    """
    answer = edit.answer
    field = _known_field(scheme.procedure, answer.field)
    _check_episode(field, answer.episode)
    _check_value(field, answer.value)
    given = {old.place: old for old in coding.visit} | {answer.place: answer}
    return replace(coding, visit=_in_order(given, scheme.procedure))


def clear_visit(coding: Coding, edit: ClearVisit) -> Coding:
    """See `ClearVisit`."""
    cleared = (edit.field, edit.episode or "")
    return replace(coding, visit=tuple(old for old in coding.visit if old.place != cleared))


def _in_order(
    given: dict[tuple[str, str], VisitAnswer], procedure: Procedure
) -> tuple[VisitAnswer, ...]:
    keys = ((place.field.id, place.episode or "") for place in visit_places(procedure))
    return tuple(given[key] for key in keys if key in given)


def _known_field(procedure: Procedure, field: VisitFieldId) -> VisitField:
    try:
        return procedure.visit_field(field)
    except KeyError:
        raise refuse(
            "visit.unknown_field", f"procedure {procedure.id} does not ask for {field}"
        ) from None


def _check_episode(field: VisitField, episode: EpisodeId | None) -> None:
    if episode in (field.episodes or (None,)):
        return
    asked = ", ".join(field.episodes) if field.episodes else "the whole visit"
    raise refuse(
        "visit.unknown_episode",
        f"{field.id} is not asked of {episode or 'the whole visit'}",
        f"answer it for {asked}",
        place=field.id,
    )


def _check_value(field: VisitField, value: int | str) -> None:
    if field.kind.is_number:
        _check_number(field, value)
    elif not isinstance(value, str):
        raise _wrong(field, f"{field.id} is answered in words, not with {value}", "write words")
    elif field.kind is VisitFieldKind.TEXT:
        _check_words(field, value)
    else:
        _check_choice(field, value)


def _check_number(field: VisitField, value: int | str) -> None:
    if not isinstance(value, int) or isinstance(value, bool):
        raise _wrong(field, f"{value!r} is no whole number", "write a whole number")
    highest = MAXIMUM_NUMBER if field.maximum is None else field.maximum
    if not field.minimum <= value <= highest:
        raise _wrong(
            field,
            f"{value} outside {field.minimum}..{highest} in {field.id}",
            "check the number, or leave it open",
        )


def _check_words(field: VisitField, value: str) -> None:
    if not value.strip():
        raise _wrong(field, f"{field.id} has no words", "leave it open instead")
    if len(value) > MAXIMUM_WORDS:
        raise _wrong(
            field, f"{field.id} has {len(value)} characters", f"use at most {MAXIMUM_WORDS}"
        )


def _check_choice(field: VisitField, value: str) -> None:
    is_yes_no = field.kind is VisitFieldKind.YES_NO
    known = (YES, NO) if is_yes_no else tuple(choice.id for choice in field.values)
    if value not in known:
        raise _wrong(
            field, f"{field.id} cannot be answered {value!r}", f"use one of {', '.join(known)}"
        )


def _wrong(field: VisitField, message: str, remedy: str) -> EditRefusedError:
    return refuse("visit.unfit_answer", message, remedy, place=field.id)
