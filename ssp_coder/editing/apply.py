"""The one function through which a coding changes."""

from __future__ import annotations

from dataclasses import replace

from ssp_coder.domain.coding import Coding
from ssp_coder.domain.scheme import Scheme, UnlockPolicy
from ssp_coder.editing import (
    cameras,
    comments,
    edits,
    events,
    intervals,
    judgements,
    marks,
    rearranging,
    settling,
    visits,
)
from ssp_coder.editing.edits import Edit
from ssp_coder.editing.refusal import refuse


def apply(coding: Coding, edit: Edit, scheme: Scheme) -> Coding:
    """The coding after an edit; the given one stays as it was.

    Raises:
        EditRefusedError: the edit would make the coding wrong.
    """
    if isinstance(edit, edits.UnlockCoding):
        if not edit.reason.strip():
            raise refuse("coding.unlock_reason", "unlocking needs a reason", "say why")
        if scheme.unlock is UnlockPolicy.NEVER:
            raise refuse(
                "coding.unlock_forbidden",
                f"the coding of {coding.session} by {coding.coder} is locked for good, "
                f"as scheme {scheme.id} {scheme.version} says",
                "code the session anew in another file if it has to change",
            )
        return replace(coding, locked=False)
    if coding.locked:
        raise refuse(
            "coding.locked",
            f"the coding of {coding.session} by {coding.coder} is locked",
            "unlock it with a reason, where the study allows it",
        )
    if isinstance(edit, edits.LockCoding):
        return replace(coding, locked=True)
    return _apply_open(coding, edit, scheme)


def _apply_open(coding: Coding, edit: Edit, scheme: Scheme) -> Coding:
    match edit:
        case edits.AddEvent():
            return events.add_event(coding, edit, scheme)
        case edits.CloseEvent():
            return events.close_event(coding, edit, scheme)
        case edits.ChangeEvent():
            return events.change_event(coding, edit, scheme)
        case edits.DeleteEvents():
            return events.delete_events(coding, edit, scheme)
        case edits.ImportEvents():
            return events.import_events(coding, edit, scheme)
        case _:
            return _apply_rearranging(coding, edit, scheme)


def _apply_rearranging(coding: Coding, edit: Edit, scheme: Scheme) -> Coding:
    match edit:
        case edits.ChangeEvents():
            return rearranging.change_events(coding, edit, scheme)
        case edits.AddEvents():
            return rearranging.add_events(coding, edit, scheme)
        case edits.SplitEvent():
            return rearranging.split_event(coding, edit, scheme)
        case edits.MergeEvents():
            return rearranging.merge_events(coding, edit, scheme)
        case _:
            return _apply_marks(coding, edit, scheme)


def _apply_marks(coding: Coding, edit: Edit, scheme: Scheme) -> Coding:
    match edit:
        case edits.MarkEpisode():
            return marks.mark_episode(coding, edit, scheme)
        case edits.MarkEpisodeMissing():
            return marks.mark_missing(coding, edit, scheme)
        case edits.ClearEpisode():
            return marks.clear_episode(coding, edit, scheme)
        case edits.EndSession():
            return marks.end_session(coding, edit)
        case edits.ClearSessionEnd():
            return marks.clear_session_end(coding, edit)
        case _:
            return _apply_judgement(coding, edit, scheme)


def _apply_judgement(coding: Coding, edit: Edit, scheme: Scheme) -> Coding:
    match edit:
        case edits.Rate():
            return judgements.rate(coding, edit, scheme)
        case edits.ClearRating():
            return judgements.clear_rating(coding, edit)
        case edits.PutDIndex():
            return judgements.put_d_index(coding, edit, scheme)
        case edits.RemoveDIndex():
            return judgements.remove_d_index(coding, edit)
        case edits.Classify():
            return judgements.classify(coding, edit, scheme)
        case _:
            return _apply_remarks(coding, edit, scheme)


def _apply_remarks(coding: Coding, edit: Edit, scheme: Scheme) -> Coding:
    match edit:
        case edits.PutComment() | edits.PutComments():
            return comments.put(coding, edit, scheme)
        case edits.RemoveComment():
            return comments.remove_comment(coding, edit)
        case edits.MarkInterval():
            return intervals.mark_interval(coding, edit, scheme)
        case edits.MarkIntervals():
            return intervals.mark_intervals(coding, edit, scheme)
        case edits.ClearIntervals():
            return intervals.clear_intervals(coding, edit)
        case _:
            return _apply_surroundings(coding, edit, scheme)


def _apply_surroundings(coding: Coding, edit: Edit, scheme: Scheme) -> Coding:
    match edit:
        case edits.ClearClassification():
            return replace(coding, classification=None)
        case edits.AttachMedia():
            return cameras.attach(coding, edit)
        case edits.PlaceCamera():
            return cameras.place(coding, edit)
        case edits.RecordVisit():
            return visits.record_visit(coding, edit, scheme)
        case edits.ClearVisit():
            return visits.clear_visit(coding, edit)
        case _:
            return _apply_consensus(coding, edit, scheme)


def _apply_consensus(coding: Coding, edit: Edit, scheme: Scheme) -> Coding:
    match edit:
        case edits.BeginConsensus():
            return settling.begin_consensus(coding, edit, scheme)
        case edits.Settle():
            return settling.settle(coding, edit, scheme)
        case _:
            raise TypeError(f"{type(edit).__name__} is not an edit")
