"""Words for what the core says in codes: edits, states of episodes, lengths."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QT_TRANSLATE_NOOP, QCoreApplication

from ssp_coder.domain.session import EpisodeSpan, EpisodeStatus
from ssp_coder.domain.time import short_clock_text
from ssp_coder.editing import edits
from ssp_coder.editing.completeness import Step

if TYPE_CHECKING:
    from ssp_coder.domain.scale import SlotId
    from ssp_coder.domain.scheme import Scheme
    from ssp_coder.editing.edits import Edit


def tr(words: str) -> str:
    """Translate words of this module."""
    return QCoreApplication.translate("text", words)


def _noop(words: str) -> str:
    return str(QT_TRANSLATE_NOOP("text", words))


_EDIT_WORDS: dict[type, str] = {
    edits.CloseEvent: _noop("end of state"),
    edits.ChangeEvent: _noop("event change"),
    edits.ChangeEvents: _noop("change of events"),
    edits.AddEvents: _noop("copies"),
    edits.SplitEvent: _noop("split"),
    edits.MergeEvents: _noop("merge"),
    edits.DeleteEvents: _noop("deletion"),
    edits.ImportEvents: _noop("import"),
    edits.EndSession: _noop("session end"),
    edits.ClearSessionEnd: _noop("clearing of session end"),
    edits.PutDIndex: _noop("D index"),
    edits.RemoveDIndex: _noop("removal of a D index"),
    edits.Classify: _noop("class"),
    edits.ClearClassification: _noop("clearing of the class"),
    edits.PutComment: _noop("comment"),
    edits.PutComments: _noop("comments"),
    edits.RemoveComment: _noop("removal of a comment"),
    edits.MarkInterval: _noop("interval"),
    edits.MarkIntervals: _noop("intervals"),
    edits.ClearIntervals: _noop("clearing of intervals"),
    edits.AttachMedia: _noop("video"),
    edits.PlaceCamera: _noop("camera offset"),
    edits.BeginConsensus: _noop("beginning of the consensus"),
    edits.Settle: _noop("settlement"),
    edits.LockCoding: _noop("lock"),
    edits.UnlockCoding: _noop("unlock"),
}


def edit_words(edit: Edit, scheme: Scheme) -> str:
    """What an edit was, in a word or two for undo and redo; the history says more."""
    match edit:
        case edits.AddEvent(code=code):
            return str(scheme.ethogram.code(code).short)
        case edits.MarkEpisode(episode=episode) | edits.MarkEpisodeMissing(episode=episode):
            return episode
        case edits.RecordVisit(answer=answer):
            return str(scheme.procedure.visit_field(answer.field).title)
        case edits.Rate(rating=rating):
            return slot_words(rating.slot, scheme)
        case edits.ClearEpisode() | edits.ClearVisit() | edits.ClearRating():
            return tr("clearing of {0}").format(_cleared_words(edit, scheme))
        case _:
            return tr(_EDIT_WORDS[type(edit)])


def slot_words(slot: SlotId, scheme: Scheme) -> str:
    """A place to be rated in short, ``AVO EP8``."""
    sign = scheme.scale_of(slot).abbreviation
    where = scheme.slot(slot).episode
    return f"{sign} {where}" if where else sign


def _cleared_words(
    edit: edits.ClearEpisode | edits.ClearVisit | edits.ClearRating, scheme: Scheme
) -> str:
    if isinstance(edit, edits.ClearEpisode):
        return edit.episode
    if isinstance(edit, edits.ClearVisit):
        return str(scheme.procedure.visit_field(edit.field).title)
    return slot_words(edit.slot, scheme)


def step_title(step: Step) -> str:
    """The name of a step on the rail."""
    return {
        Step.PREPARE: tr("Prepare"),
        Step.CODE: tr("Code"),
        Step.RATE: tr("Rate"),
        Step.DISORGANIZATION: tr("D pass"),
        Step.CLASSIFY: tr("Classify"),
        Step.REVIEW: tr("Review"),
        Step.EXPORT: tr("Export"),
    }[step]


def status_words(status: EpisodeStatus) -> str:
    """How an episode went, in a word or two."""
    return {
        EpisodeStatus.UNMARKED: tr("not marked"),
        EpisodeStatus.MISSING: tr("did not take place"),
        EpisodeStatus.RUNNING: tr("end not marked"),
        EpisodeStatus.AS_PLANNED: tr("as planned"),
        EpisodeStatus.CURTAILED: tr("curtailed"),
        EpisodeStatus.EXTENDED: tr("extended"),
    }[status]


def length_words(span: EpisodeSpan) -> str:
    """Real length and its difference from the planned one, ``3:41 +0:41``."""
    length = span.length_us
    if length is None:
        return ""
    real = short_clock_text(length, digits=0)
    difference = length - span.plan.planned_us
    if span.status is EpisodeStatus.AS_PLANNED or difference == 0:
        return real
    sign = "+" if difference > 0 else "\N{MINUS SIGN}"
    return f"{real} {sign}{short_clock_text(abs(difference), digits=0)}"
