"""What follows from beginning a consensus and from settling a disagreement."""

from __future__ import annotations

from dataclasses import replace

from ssp_coder.domain.coding import Coding, CodingRole, EventId, IndexId
from ssp_coder.domain.scheme import Scheme
from ssp_coder.domain.settlement import Settlement
from ssp_coder.editing.comments import put_comment
from ssp_coder.editing.edits import (
    AddEvents,
    BeginConsensus,
    Classify,
    ClearRating,
    ImportEvents,
    PutComment,
    PutDIndex,
    Rate,
    RemoveDIndex,
    Settle,
)
from ssp_coder.editing.events import import_events
from ssp_coder.editing.judgements import (
    classify,
    clear_rating,
    put_d_index,
    rate,
    remove_d_index,
)
from ssp_coder.editing.lookup import known_events
from ssp_coder.editing.rearranging import add_events
from ssp_coder.editing.refusal import refuse


def begin_consensus(coding: Coding, edit: BeginConsensus, scheme: Scheme) -> Coding:
    """See `BeginConsensus`.

    Raises:
        EditRefusedError: it is no consensus, holds something already, or what was agreed does not
            fit.
    """
    _check_consensus(coding)
    if coding.events or coding.ratings or coding.comments:
        raise refuse(
            "consensus.begun",
            f"the consensus of {coding.session} holds something already",
            "begin a consensus in a file of its own",
        )
    agreed = edit.agreed
    coding = replace(
        coding,
        episodes=agreed.episodes,
        session_end=agreed.session_end,
        visit=agreed.visit,
        intervals=agreed.intervals,
    )
    coding = import_events(coding, ImportEvents(events=agreed.events, source=""), scheme)
    for rating in agreed.ratings:
        coding = rate(coding, Rate(rating=rating), scheme)
    for index in agreed.d_indices:
        fresh = replace(index, id=IndexId(0))
        coding = put_d_index(coding, PutDIndex(index=fresh), scheme)
    if agreed.classification is not None:
        coding = classify(coding, Classify(classification=agreed.classification), scheme)
    return put_comment(coding, PutComment(comment=edit.comment), scheme)


def settle(coding: Coding, edit: Settle, scheme: Scheme) -> Coding:
    """See `Settle`.

    Raises:
        EditRefusedError: it is no consensus, nobody or no reason is named, or what was decided
            does not fit.
    """
    _check_consensus(coding)
    settled = edit.settlement
    if not settled.reason.strip():
        raise refuse("settlement.no_reason", "a settlement has no reason", "say why")
    if not settled.who.strip():
        raise refuse("settlement.nobody", "nobody is named who settled it", "say who decided")
    coding = _with_events(coding, edit, scheme)
    coding = _with_judgements(coding, settled, scheme)
    coding = _with_index(coding, edit, scheme)
    if edit.classification is not None:
        coding = classify(coding, Classify(classification=edit.classification), scheme)
    return put_comment(coding, PutComment(comment=edit.comment), scheme)


def _check_consensus(coding: Coding) -> None:
    if coding.role is not CodingRole.CONSENSUS:
        raise refuse(
            "consensus.other_role",
            f"the coding of {coding.session} by {coding.coder} is no consensus",
            "settle disagreements in a consensus; the codings of both stay as they are",
        )


def _with_events(coding: Coding, edit: Settle, scheme: Scheme) -> Coding:
    gone: set[EventId] = {event.id for event in known_events(coding, edit.removed)}
    if gone:
        kept = tuple(event for event in coding.events if event.id not in gone)
        coding = replace(coding, events=kept)
    return add_events(coding, AddEvents(events=edit.added), scheme) if edit.added else coding


def _with_judgements(coding: Coding, settled: Settlement, scheme: Scheme) -> Coding:
    if settled.slot is None:
        return coding
    if settled.rating is None:
        return clear_rating(coding, ClearRating(slot=settled.slot))
    return rate(coding, Rate(rating=settled.rating), scheme)


def _with_index(coding: Coding, edit: Settle, scheme: Scheme) -> Coding:
    if edit.gone_index is not None:
        coding = remove_d_index(coding, RemoveDIndex(index=edit.gone_index))
    index = edit.settlement.index
    if index is None:
        return coding
    return put_d_index(coding, PutDIndex(index=replace(index, id=IndexId(0))), scheme)
