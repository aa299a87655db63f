"""Who is in the room at many moments, without searching the whole coding for each."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterator

from ssp_coder.domain.coding import Coding, Event
from ssp_coder.domain.ethogram import GroupRole
from ssp_coder.domain.procedure import SubjectId
from ssp_coder.domain.scheme import Scheme
from ssp_coder.domain.session import EpisodeSpan, episode_at
from ssp_coder.domain.time import Micros


class PresenceTrack:
    """One person's presence; says the same as `ssp_coder.domain.session.is_present`."""

    def __init__(
        self,
        coding: Coding,
        scheme: Scheme,
        subject: SubjectId,
        spans: tuple[EpisodeSpan, ...],
    ) -> None:
        """Read the presence states of `subject`; `spans` are the coding's episodes."""
        self._subject = subject
        self._spans = spans
        self._present = {
            code.id: code.present
            for group in scheme.ethogram.groups
            if group.role is GroupRole.PRESENCE
            for code in group.codes
        }
        self._events = tuple(self._of_person(coding))
        self._starts = tuple(event.start_us for event in self._events)

    def _of_person(self, coding: Coding) -> Iterator[Event]:
        for event in coding.events:
            if event.subject == self._subject and event.code in self._present:
                yield event

    def at(self, time_us: Micros) -> bool | None:
        """Whether the person is in the room: as coded, else as planned, else None."""
        for event in reversed(self._events[: bisect_right(self._starts, time_us)]):
            if event.end_us is None or time_us < event.end_us:
                return self._present[event.code]
        span = episode_at(self._spans, time_us)
        return None if span is None else self._subject in span.plan.present
