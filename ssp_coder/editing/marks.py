"""What follows from marking episodes and the end of the session."""

from __future__ import annotations

from dataclasses import replace

from ssp_coder.domain.coding import Coding, EpisodeMark, SessionEnd
from ssp_coder.domain.procedure import EpisodeId, Procedure
from ssp_coder.domain.scheme import Scheme
from ssp_coder.domain.time import Micros, short_clock_text
from ssp_coder.editing.edits import (
    ClearEpisode,
    ClearSessionEnd,
    EndSession,
    MarkEpisode,
    MarkEpisodeMissing,
)
from ssp_coder.editing.events import end_states
from ssp_coder.editing.refusal import refuse


def mark_episode(coding: Coding, edit: MarkEpisode, scheme: Scheme) -> Coding:
    """See `MarkEpisode`; marks must follow each other in the procedure's order.

    Raises:
        EditRefusedError: the start lies outside the video, or before an earlier episode, after a
            later one, or after the end of the session.
    """
    _check_inside_video(coding, edit.at_us)
    _check_order(coding, edit, scheme.procedure)
    mark = EpisodeMark(
        episode=edit.episode,
        start_us=edit.at_us,
        start_frame=edit.frame,
        reason=edit.reason,
        note=edit.note,
    )
    return _with_mark(coding, mark, scheme.procedure)


def mark_missing(coding: Coding, edit: MarkEpisodeMissing, scheme: Scheme) -> Coding:
    """See `MarkEpisodeMissing`.

    Raises:
        EditRefusedError: no reason is given.
    """
    _known_place(scheme.procedure, edit.episode)
    if not edit.reason.strip():
        raise refuse(
            "episode.no_reason", f"{edit.episode} is marked missing without a reason", "say why"
        )
    mark = EpisodeMark(episode=edit.episode, start_us=None, reason=edit.reason, note=edit.note)
    return _with_mark(coding, mark, scheme.procedure)


def clear_episode(coding: Coding, edit: ClearEpisode, scheme: Scheme) -> Coding:
    """See `ClearEpisode`."""
    _known_place(scheme.procedure, edit.episode)
    kept = tuple(mark for mark in coding.episodes if mark.episode != edit.episode)
    return replace(coding, episodes=kept)


def end_session(coding: Coding, edit: EndSession) -> Coding:
    """See `EndSession`.

    Raises:
        EditRefusedError: the end lies outside the video, before an episode's start, or events
            start after it.
    """
    _check_inside_video(coding, edit.at_us)
    at = short_clock_text(edit.at_us, digits=3)
    late = [mark for mark in coding.episodes if mark.start_us and mark.start_us >= edit.at_us]
    if late:
        raise refuse(
            "session.ends_before_episode",
            f"the session cannot end at {at}, before {late[0].episode} starts",
            "move the episode or the end",
        )
    after = coding.events_from(edit.at_us)
    if after:
        raise refuse(
            "session.events_after_end",
            f"{len(after)} events start at or after {at}, the first is {after[0].code}",
            "nothing after the end is scored: delete or move them first",
        )
    events = end_states(coding.events, edit.at_us, edit.frame)
    end = SessionEnd(at_us=edit.at_us, frame=edit.frame)
    return replace(coding, events=events, session_end=end)


def clear_session_end(coding: Coding, _edit: ClearSessionEnd) -> Coding:
    """See `ClearSessionEnd`; states that ended there stay ended."""
    return replace(coding, session_end=None)


def _with_mark(coding: Coding, mark: EpisodeMark, procedure: Procedure) -> Coding:
    marks = {old.episode: old for old in coding.episodes} | {mark.episode: mark}
    ordered = tuple(marks[plan.id] for plan in procedure.episodes if plan.id in marks)
    return replace(coding, episodes=ordered)


def _known_place(procedure: Procedure, episode: EpisodeId) -> int:
    for place, plan in enumerate(procedure.episodes):
        if plan.id == episode:
            return place
    raise refuse("episode.unknown", f"procedure {procedure.id} has no episode {episode}")


def _check_order(coding: Coding, edit: MarkEpisode, procedure: Procedure) -> None:
    own = _known_place(procedure, edit.episode)
    at = short_clock_text(edit.at_us, digits=3)
    for mark in coding.episodes:
        if mark.start_us is None or mark.episode == edit.episode:
            continue
        there = short_clock_text(mark.start_us, digits=3)
        earlier = _known_place(procedure, mark.episode) < own
        wrong = mark.start_us >= edit.at_us if earlier else mark.start_us <= edit.at_us
        if wrong:
            raise refuse(
                "episode.out_of_order",
                f"{edit.episode} cannot start at {at}: {mark.episode} "
                f"{'starts before it, at' if earlier else 'follows it, at'} {there}",
                "move or clear the other mark first",
            )
    if coding.session_end is not None and edit.at_us >= coding.session_end.at_us:
        raise refuse(
            "episode.after_session_end",
            f"{edit.episode} cannot start at {at}, after the end of the session",
            "move the session end first",
        )


def _check_inside_video(coding: Coding, at_us: Micros) -> None:
    last_us = max((media.duration_us for media in coding.media), default=0)
    if at_us < 0 or (last_us and at_us > last_us):
        raise refuse(
            "mark.outside_video",
            f"{short_clock_text(at_us, digits=3)} lies outside the video",
            "check the time, or the video this coding belongs to",
        )
