"""The reference coding of a drawn case: marks, events, ratings, indices and class as edits."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from ssp_coder.demonstration.reading_off import events_of
from ssp_coder.domain.coding import Classification, Coding, CodingRole, DIndex, IndexId
from ssp_coder.domain.procedure import EpisodeId, SubjectId
from ssp_coder.domain.scale import Points, Rating, SlotId
from ssp_coder.domain.time import Span
from ssp_coder.editing.apply import apply
from ssp_coder.editing.edits import (
    Classify,
    Edit,
    EndSession,
    ImportEvents,
    LockCoding,
    MarkEpisode,
    PutDIndex,
    Rate,
)

if TYPE_CHECKING:
    from collections.abc import Iterator

    from ssp_coder.demonstration.cases import CaseIndex, DrawnCase, ReadOff
    from ssp_coder.domain.coding import Event, Media
    from ssp_coder.domain.scheme import Scheme
    from ssp_coder.domain.time import Micros

WHO = "reference"


def edits_of(case: DrawnCase, scheme: Scheme, codes: ReadOff) -> tuple[Edit, ...]:
    """Everything the reference's coder did, from an empty coding to the lock."""
    return (
        *_marks(case),
        ImportEvents(events=_framed(case, scheme, codes), source=f"{case.file.id}.toml"),
        EndSession(at_us=case.end_us, frame=_frame(case, case.end_us)),
        *_ratings(case),
        *(PutDIndex(index=_index(case, index)) for index in case.file.indices),
        _class(case),
        LockCoding(),
    )


def empty_reference(case: DrawnCase, media: tuple[Media, ...] = ()) -> Coding:
    """The coding that the edits begin with."""
    return Coding(session=case.file.session, coder=WHO, role=CodingRole.REFERENCE, media=media)


def reference_of(
    case: DrawnCase, scheme: Scheme, codes: ReadOff, media: tuple[Media, ...] = ()
) -> Coding:
    """The finished reference, in memory."""
    coding = empty_reference(case, media)
    for edit in edits_of(case, scheme, codes):
        coding = apply(coding, edit, scheme)
    return coding


def _frame(case: DrawnCase, time_us: Micros) -> int:
    return time_us // case.story.frame_us


def _marks(case: DrawnCase) -> Iterator[MarkEpisode]:
    for planned, (episode, start_us) in zip(case.file.episodes, case.starts, strict=True):
        yield MarkEpisode(
            episode=EpisodeId(episode),
            at_us=start_us,
            frame=_frame(case, start_us),
            reason=planned.reason,
        )


def _framed(case: DrawnCase, scheme: Scheme, codes: ReadOff) -> tuple[Event, ...]:
    return tuple(
        replace(
            event,
            start_frame=_frame(case, event.start_us),
            end_frame=None if event.end_us is None else _frame(case, event.end_us),
        )
        for event in events_of(case, scheme, codes)
    )


def _ratings(case: DrawnCase) -> Iterator[Rate]:
    """Every rating, with the rationale's words and the stretches of the film that show it."""
    for slot, points in case.file.ratings.items():
        notes = [note for note in case.file.notes if note.slot == slot]
        yield Rate(
            rating=Rating(
                slot=SlotId(slot),
                score=Points(points),
                note=" ".join(note.words for note in notes),
                clips=tuple(
                    Span(
                        start_us=case.at(note.episode, note.from_s),
                        end_us=case.at(note.episode, note.to_s),
                    )
                    for note in notes
                ),
            )
        )


def _index(case: DrawnCase, index: CaseIndex) -> DIndex:
    return DIndex(
        id=IndexId(0),
        theme=index.id,
        strength=index.strength,
        start_us=case.at(index.episode, index.from_s),
        end_us=case.at(index.episode, index.to_s),
        present=tuple(SubjectId(person) for person in index.present),
        ruled_out=index.ruled_out,
        note=index.note,
    )


def _class(case: DrawnCase) -> Classify:
    own = case.file.classification
    return Classify(
        classification=Classification(
            primary=own.primary,
            subgroup=own.sub,
            secondary=own.secondary,
            confidence=own.confidence,
            rationale=own.rationale,
            disagreement=own.disagreement,
        )
    )
