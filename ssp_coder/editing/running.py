"""Which states run at a time, kept up change by change so that no key press walks the coding."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Iterable
from itertools import accumulate

from ssp_coder.domain.coding import Event, EventId
from ssp_coder.domain.ethogram import CodeGroup, CodeId
from ssp_coder.domain.procedure import SubjectId
from ssp_coder.domain.time import Micros

_FOR_EVER = 1 << 62
"""Later than every media time: how far an open state reaches."""


class RunningStates:
    """The states of a coding by code and person; points are not among them."""

    def __init__(self, events: Iterable[Event] = ()) -> None:
        """Take the events of a coding, in any order."""
        self._tracks: dict[tuple[CodeId, SubjectId], _Track] = {}
        self._by_id: dict[EventId, Event] = {}
        lists: dict[tuple[CodeId, SubjectId], list[Event]] = {}
        for event in events:
            if event.end_us != event.start_us:
                lists.setdefault((event.code, event.subject), []).append(event)
                self._by_id[event.id] = event
        for key, listed in lists.items():
            self._tracks[key] = _Track(listed)

    def follow(self, removed: Iterable[Event], added: Iterable[Event]) -> None:
        """Take note of a change; an edited event is in both lists."""
        for event in removed:
            if self._by_id.pop(event.id, None) is not None:
                self._tracks[event.code, event.subject].remove(event)
        for event in added:
            if event.end_us != event.start_us:
                key = (event.code, event.subject)
                self._tracks.setdefault(key, _Track([])).add(event)
                self._by_id[event.id] = event

    def state(self, event_id: EventId) -> Event | None:
        """A state as it is now, None when it is gone."""
        return self._by_id.get(event_id)

    def of_code(self, code: CodeId, subject: SubjectId, at_us: Micros) -> Event | None:
        """The state of this code and person that covers a time, the latest begun, or None."""
        track = self._tracks.get((code, subject))
        return None if track is None else track.at(at_us)

    def of_group(self, group: CodeGroup, subject: SubjectId, at_us: Micros) -> Event | None:
        """The first state found of a group and person that covers a time, or None."""
        found = (self.of_code(code.id, subject, at_us) for code in group.codes)
        return next((event for event in found if event is not None), None)

    def of_subject(self, subject: SubjectId, at_us: Micros) -> tuple[Event, ...]:
        """The states of a person that cover a time, one of each code, the one coded last first."""
        found = [
            event
            for (_, person), track in self._tracks.items()
            if person == subject and (event := track.at(at_us)) is not None
        ]
        return tuple(sorted(found, key=lambda event: event.id, reverse=True))

    def codes_at(self, at_us: Micros) -> frozenset[tuple[CodeId, SubjectId]]:
        """Codes and persons of every state that covers a time: the buttons that are lit."""
        return frozenset(key for key, track in self._tracks.items() if track.covers(at_us))


class _Track:
    """States of one code and person by their starts, with how far all up to each one reach."""

    def __init__(self, events: list[Event]) -> None:
        self._events = sorted(events, key=lambda event: event.start_us)
        self._starts = [event.start_us for event in self._events]
        self._reach = list(accumulate(map(_end, self._events), max))

    def covers(self, at_us: Micros) -> bool:
        place = bisect_right(self._starts, at_us)
        return place > 0 and self._reach[place - 1] > at_us

    def at(self, at_us: Micros) -> Event | None:
        place = bisect_right(self._starts, at_us) - 1
        while place >= 0 and self._reach[place] > at_us:
            if _end(self._events[place]) > at_us:
                return self._events[place]
            place -= 1
        return None

    def add(self, event: Event) -> None:
        place = bisect_right(self._starts, event.start_us)
        self._events.insert(place, event)
        self._starts.insert(place, event.start_us)
        self._reach.insert(place, 0)
        self._measure(place)

    def remove(self, event: Event) -> None:
        place = bisect_left(self._starts, event.start_us)
        while self._events[place].id != event.id:
            place += 1
        del self._events[place], self._starts[place], self._reach[place]
        self._measure(place)

    def _measure(self, place: int) -> None:
        """Put the reaches right from a place on, as far as they differ."""
        before = self._reach[place - 1] if place else 0
        for at in range(place, len(self._events)):
            reach = max(before, _end(self._events[at]))
            if at > place and reach == self._reach[at]:
                return
            self._reach[at] = before = reach


def _end(event: Event) -> int:
    return _FOR_EVER if event.end_us is None else event.end_us
