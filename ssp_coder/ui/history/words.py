"""What each step of the log was, in one line."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QCoreApplication

from ssp_coder.domain.time import offset_text, short_clock_text
from ssp_coder.editing import edits
from ssp_coder.ui.history import event_words as of_events
from ssp_coder.ui.history import judgement_words as of_judgements
from ssp_coder.ui.history import remark_words, settling_words
from ssp_coder.ui.history.judgement_words import before_in

if TYPE_CHECKING:
    from ssp_coder.domain.coding import EpisodeMark, SessionEnd
    from ssp_coder.domain.procedure import VisitFieldId
    from ssp_coder.domain.scheme import Scheme
    from ssp_coder.editing.change import Change
    from ssp_coder.editing.edits import Edit

Says = Callable[[Any, "Change", "Scheme"], str]
"""Words for edits of one type; each takes the edit of its own type."""


def tr(words: str) -> str:
    """Translate words of the history."""
    return QCoreApplication.translate("history", words)


def step_words(edit: Edit, change: Change, scheme: Scheme) -> str:
    """What a step was, with what it changed, ``Rating AVO EP8: 4 → 5``."""
    return _SAYS[type(edit)](edit, change, scheme)


def _episode_marked(edit: edits.MarkEpisode, change: Change, _scheme: Scheme) -> str:
    before = _mark_before(edit.episode, change)
    now = short_clock_text(edit.at_us)
    if before is None or before.start_us is None:
        return tr("{0} starts at {1}").format(edit.episode, now)
    if before.start_us != edit.at_us:
        old = short_clock_text(before.start_us)
        return tr("Start of {0} moved from {1} to {2}").format(edit.episode, old, now)
    return tr("Reason or note of {0}").format(edit.episode)


def _episode_missing(edit: edits.MarkEpisodeMissing, _change: Change, _scheme: Scheme) -> str:
    return tr("{0} did not take place: {1}").format(edit.episode, edit.reason)


def _episode_cleared(edit: edits.ClearEpisode, _change: Change, _scheme: Scheme) -> str:
    return tr("Mark of {0} taken back").format(edit.episode)


def _mark_before(episode: str, change: Change) -> EpisodeMark | None:
    before: tuple[EpisodeMark, ...] = before_in(change, "episodes") or ()
    return next((mark for mark in before if mark.episode == episode), None)


def _session_ended(edit: edits.EndSession, change: Change, _scheme: Scheme) -> str:
    before: SessionEnd | None = before_in(change, "session_end")
    now = short_clock_text(edit.at_us)
    if before is None:
        return tr("Session ends at {0}").format(now)
    old = short_clock_text(before.at_us)
    return tr("Session end moved from {0} to {1}").format(old, now)


def _session_end_cleared(_edit: object, _change: Change, _scheme: Scheme) -> str:
    return tr("Session end taken back")


def _visit_answered(edit: edits.RecordVisit, _change: Change, scheme: Scheme) -> str:
    answer = edit.answer
    field = scheme.procedure.visit_field(answer.field)
    chosen = (str(v.title) for v in field.values if v.id == answer.value)
    return tr("{0}: {1}").format(
        _question(answer.field, answer.episode, scheme), next(chosen, str(answer.value))
    )


def _visit_cleared(edit: edits.ClearVisit, _change: Change, scheme: Scheme) -> str:
    return tr("{0}: left open again").format(_question(edit.field, edit.episode, scheme))


def _question(field: VisitFieldId, episode: str | None, scheme: Scheme) -> str:
    title = str(scheme.procedure.visit_field(field).title)
    return f"{title} {episode}" if episode else title


def _videos_attached(edit: edits.AttachMedia, _change: Change, _scheme: Scheme) -> str:
    names = ", ".join(media.name for media in edit.media)
    return tr("Video: {0}").format(names) if names else tr("No video")


def _camera_placed(edit: edits.PlaceCamera, _change: Change, _scheme: Scheme) -> str:
    words = tr("Camera {0} begins at {1}")
    return words.format(edit.camera + 1, offset_text(edit.offset_us))


def _locked(_edit: object, _change: Change, _scheme: Scheme) -> str:
    return tr("Locked")


def _unlocked(edit: edits.UnlockCoding, _change: Change, _scheme: Scheme) -> str:
    return tr("Unlocked: {0}").format(edit.reason)


_SAYS: dict[type, Says] = {
    edits.AddEvent: of_events.added_words,
    edits.CloseEvent: of_events.closed_words,
    edits.ChangeEvent: of_events.changed_words,
    edits.ChangeEvents: of_events.changed_together_words,
    edits.AddEvents: of_events.added_words,
    edits.SplitEvent: of_events.split_words,
    edits.MergeEvents: of_events.merged_words,
    edits.DeleteEvents: of_events.deleted_words,
    edits.ImportEvents: of_events.imported_words,
    edits.MarkEpisode: _episode_marked,
    edits.MarkEpisodeMissing: _episode_missing,
    edits.ClearEpisode: _episode_cleared,
    edits.EndSession: _session_ended,
    edits.ClearSessionEnd: _session_end_cleared,
    edits.Rate: of_judgements.rated_words,
    edits.ClearRating: of_judgements.unrated_words,
    edits.PutDIndex: of_judgements.index_words,
    edits.RemoveDIndex: of_judgements.index_gone_words,
    edits.Classify: of_judgements.class_words,
    edits.ClearClassification: of_judgements.class_gone_words,
    edits.RecordVisit: _visit_answered,
    edits.ClearVisit: _visit_cleared,
    edits.PutComment: remark_words.comment_words,
    edits.PutComments: remark_words.comments_words,
    edits.RemoveComment: remark_words.comment_gone_words,
    edits.MarkInterval: remark_words.interval_words,
    edits.MarkIntervals: remark_words.intervals_words,
    edits.ClearIntervals: remark_words.intervals_gone_words,
    edits.AttachMedia: _videos_attached,
    edits.PlaceCamera: _camera_placed,
    edits.BeginConsensus: settling_words.begun_words,
    edits.Settle: settling_words.settled_words,
    edits.LockCoding: _locked,
    edits.UnlockCoding: _unlocked,
}
