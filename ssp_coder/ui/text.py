"""Words for what the core says in codes: edits, states of episodes, lengths."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QCoreApplication

from ssp_coder.domain.session import EpisodeSpan, EpisodeStatus
from ssp_coder.domain.time import short_clock_text
from ssp_coder.editing import edits
from ssp_coder.editing.completeness import Step

if TYPE_CHECKING:
    from ssp_coder.domain.scheme import Scheme
    from ssp_coder.editing.edits import Edit


def tr(words: str) -> str:
    """Translate words of this module."""
    return QCoreApplication.translate("text", words)


_EDIT_WORDS: dict[type, str] = {
    edits.CloseEvent: "end of state",
    edits.ChangeEvent: "event change",
    edits.DeleteEvents: "deletion",
    edits.ImportEvents: "import",
    edits.EndSession: "session end",
    edits.ClearSessionEnd: "clearing of session end",
    edits.ClearRating: "clearing of a rating",
    edits.PutDIndex: "D index",
    edits.RemoveDIndex: "removal of a D index",
    edits.Classify: "class",
    edits.ClearClassification: "clearing of the class",
    edits.AttachMedia: "video",
    edits.PlaceCamera: "camera offset",
    edits.LockCoding: "lock",
    edits.UnlockCoding: "unlock",
}


def edit_words(edit: Edit, scheme: Scheme) -> str:
    """What an edit was, for undo and redo."""
    match edit:
        case edits.AddEvent(code=code):
            return str(scheme.ethogram.code(code).short)
        case edits.MarkEpisode(episode=episode) | edits.MarkEpisodeMissing(episode=episode):
            return episode
        case edits.ClearEpisode(episode=episode):
            return tr("clearing of {0}").format(episode)
        case edits.RecordVisit() | edits.ClearVisit():
            return _visit_words(edit, scheme)
        case edits.Rate(rating=rating):
            sign = scheme.scale_of(rating.slot).abbreviation
            where = scheme.slot(rating.slot).episode
            return f"{sign} {where}" if where else sign
        case _:
            return tr(_EDIT_WORDS[type(edit)])


def _visit_words(edit: edits.RecordVisit | edits.ClearVisit, scheme: Scheme) -> str:
    if isinstance(edit, edits.RecordVisit):
        return str(scheme.procedure.visit_field(edit.answer.field).title)
    return tr("clearing of {0}").format(scheme.procedure.visit_field(edit.field).title)


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
