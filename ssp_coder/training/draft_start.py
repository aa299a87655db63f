"""A case of a draft begun from a reference: what the coding itself tells is filled in."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, date, datetime
from pathlib import Path

from ssp_coder.domain.coding import Coding, CodingRole
from ssp_coder.domain.scheme import Scheme
from ssp_coder.domain.time import Span
from ssp_coder.storage.coding_file import open_read_only
from ssp_coder.training.drafts import DraftCase
from ssp_coder.training.errors import training_error
from ssp_coder.training.packs import Consent, Origin, OriginKind, Rationale, Stage

_KINDS = {
    CodingRole.REFERENCE: OriginKind.EXPERT,
    CodingRole.CONSENSUS: OriginKind.CONSENSUS,
}


def case_from(reference: Path, number: int) -> DraftCase:
    """A practice case on a reference, named by a number only.

    Nobody consents by default: the trainer has to state it.

    Args:
        reference: a coding file of role reference or consensus.
        number: of the case in the pack.

    Raises:
        DomainError: it cannot be read, or has another role.
    """
    with open_read_only(reference) as file:
        coding, scheme = file.coding, file.scheme
    kind = _KINDS.get(coding.role)
    if kind is None:
        raise training_error(
            "no_reference",
            reference,
            f"its role is {coding.role.value}",
            "use a reference or consensus coding",
        )
    return DraftCase(
        id=f"case-{number:02d}",
        title=f"Case {number}",
        stage=Stage.PRACTICE,
        reference=reference,
        origin=Origin(
            kind=kind,
            who=coding.coder,
            on=_day_of(reference).isoformat(),
            codebook=f"{scheme.id} {scheme.version}",
        ),
        consent=Consent.NONE,
        consent_by="",
        notes=notes_of(coding, scheme),
    )


def notes_of(coding: Coding, scheme: Scheme) -> tuple[Rationale, ...]:
    """What the coder of a reference wrote down, as explanations: by place, then by time."""
    found = [*_of_ratings(coding), *_of_comments(coding), *_of_events(coding)]
    slots = {slot.id: place for place, slot in enumerate(scheme.slots)}
    return tuple(
        sorted(
            dict.fromkeys(found),
            key=lambda one: (
                one.slot is None,
                slots.get(one.slot, 0) if one.slot is not None else 0,
                -1 if one.span is None else one.span.start_us,
            ),
        )
    )


def _of_ratings(coding: Coding) -> Iterator[Rationale]:
    for rating in coding.ratings:
        if rating.note.strip():
            span = rating.clips[0] if rating.clips else None
            yield Rationale(words=rating.note.strip(), slot=rating.slot, span=span)


def _of_comments(coding: Coding) -> Iterator[Rationale]:
    spans = {
        event.id: Span(start_us=event.start_us, end_us=event.end_us or event.start_us)
        for event in coding.events
    }
    for comment in coding.comments:
        words = "\n".join(part.strip() for part in (comment.words, comment.answer) if part.strip())
        span = comment.span
        if span is None and comment.event is not None:
            span = spans.get(comment.event)
        if words:
            yield Rationale(words=words, slot=comment.slot, span=span)


def _of_events(coding: Coding) -> Iterator[Rationale]:
    for event in coding.events:
        if event.comment.strip():
            span = Span(start_us=event.start_us, end_us=event.end_us or event.start_us)
            yield Rationale(words=event.comment.strip(), span=span)


def _day_of(reference: Path) -> date:
    """The day on which the file was last written; a locked one is not written any more."""
    return datetime.fromtimestamp(reference.stat().st_mtime, UTC).astimezone().date()
