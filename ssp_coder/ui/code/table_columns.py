"""The columns of the list of events: what each shows of an event and how it is sorted by it."""

from __future__ import annotations

from dataclasses import dataclass, field
from enum import IntEnum
from operator import attrgetter
from typing import TYPE_CHECKING

from PySide6.QtCore import QCoreApplication

from ssp_coder.domain.session import EpisodeSpan, episode_at
from ssp_coder.domain.time import SECOND_US, short_clock_text

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from ssp_coder.domain.coding import Comment, Event, EventId
    from ssp_coder.domain.scheme import Scheme

    Key = Callable[[Event], tuple[object, ...]]


class Column(IntEnum):
    """The columns of the table."""

    START = 0
    END = 1
    LENGTH = 2
    EPISODE = 3
    SUBJECT = 4
    GROUP = 5
    CODE = 6
    DETAIL = 7
    COMMENT = 8


EDITABLE = frozenset(set(Column) - {Column.EPISODE, Column.GROUP})
"""Columns whose cells a person may type into."""

HIDDEN_AT_FIRST = (Column.END, Column.GROUP)
"""Project default: the length says where an event ends, and the mark of a code its group."""

RIGHT = frozenset({Column.START, Column.END, Column.LENGTH})
"""Columns of numbers, which stand to the right."""


def tr(words: str) -> str:
    """Words of the list in the language of the window."""
    return QCoreApplication.translate("event_list", words)


def column_title(column: Column) -> str:
    """What stands above a column."""
    titles = {
        Column.START: tr("Start"),
        Column.END: tr("End"),
        Column.LENGTH: tr("Length s"),
        Column.EPISODE: tr("Ep."),
        Column.SUBJECT: tr("Person"),
        Column.GROUP: tr("Group"),
        Column.CODE: tr("Code"),
        Column.DETAIL: tr("Detail"),
        Column.COMMENT: tr("Comment"),
    }
    return titles[column]


def column_name(column: Column) -> str:
    """The full name of a column, for menus and for the ear."""
    names = {Column.LENGTH: tr("Length in seconds"), Column.EPISODE: tr("Episode")}
    return names.get(column, column_title(column))


def modifier_words(event: Event, scheme: Scheme) -> tuple[str, ...]:
    """Each modifier that is set, in short words."""
    words = []
    for modifier_id, value_id in event.modifiers:
        modifier = scheme.ethogram.modifier(modifier_id)
        title = next((v.title.within for v in modifier.values if v.id == value_id), value_id)
        words.append(f"{modifier.title.within} {title}")
    return tuple(words)


def event_detail(event: Event, scheme: Scheme) -> str:
    """Person, where it is not the infant, and modifiers, in short words."""
    words = modifier_words(event, scheme) if event.modifiers else ()
    if event.subject != scheme.procedure.focal_subject:
        words = (scheme.procedure.person(event.subject).title.within, *words)
    return ", ".join(words)


def length_text(event: Event) -> str:
    """Seconds with two digits, ``open`` for a running state, nothing for a point."""
    if event.end_us is None:
        return tr("open")
    if event.end_us == event.start_us:
        return ""
    return f"{(event.end_us - event.start_us) / SECOND_US:.2f}"


@dataclass(frozen=True, slots=True, kw_only=True)
class Surroundings:
    """What of a coding besides its events the list shows.

    Attributes:
        spans: where the episodes lie.
        remarked: what was said about events in comments, flags and questions.
    """

    spans: tuple[EpisodeSpan, ...] = ()
    remarked: Mapping[EventId, tuple[Comment, ...]] = field(default_factory=dict)

    def episode_of(self, event: Event) -> str:
        """The id of the episode in which an event starts, empty outside all of them."""
        span = episode_at(self.spans, event.start_us)
        return "" if span is None else span.plan.id

    def place_of(self, event: Event) -> int:
        """The place of that episode in the procedure, below 0 outside all of them."""
        span = episode_at(self.spans, event.start_us)
        return -1 if span is None else self.spans.index(span)

    def has_comment(self, event: Event) -> bool:
        """Whether anything was said about an event."""
        return bool(event.comment) or event.id in self.remarked


NOTHING_AROUND = Surroundings()


class EventWords:
    """An event in words; what only its code, person and modifiers decide is worked out once."""

    def __init__(self, scheme: Scheme) -> None:
        self._scheme = scheme
        self._titles: dict[str, tuple[str, str, str]] = {}
        self._persons = {p.id: str(p.title) for p in scheme.procedure.persons}
        self._details: dict[object, str] = {}
        self._searched: dict[object, str] = {}

    def text(self, event: Event, column: Column, around: Surroundings) -> str:
        """What a cell shows."""
        if column is Column.START:
            return short_clock_text(event.start_us)
        if column is Column.END:
            over = event.end_us is not None and event.end_us != event.start_us
            return short_clock_text(event.end_us or 0) if over else ""
        if column is Column.LENGTH:
            return length_text(event)
        if column is Column.EPISODE:
            return around.episode_of(event)
        return self.words(event, column)

    def words(self, event: Event, column: Column) -> str:
        """What a cell of words shows, which does not depend on where the event lies."""
        if column is Column.SUBJECT:
            return self._persons.get(event.subject, event.subject)
        if column is Column.GROUP:
            return self._title(event)[1]
        if column is Column.CODE:
            return self._title(event)[0]
        if column is Column.DETAIL:
            return self._detail(event)
        return event.comment

    def sentence(self, event: Event) -> str:
        """The whole event, for the ear and the tooltip."""
        _, group, title = self._title(event)
        parts = [
            f"{group}: {title}",
            short_clock_text(event.start_us, digits=3),
            event_detail(event, self._scheme),
            event.comment,
        ]
        return ", ".join(part for part in parts if part)

    def search(self, words: tuple[str, ...]) -> Callable[[Event], bool]:
        """Tests whether all of these words, in small letters, stand somewhere in an event.

        Events of one code, person and modifiers are searched once, their comments each.
        """
        known: dict[object, bool] = {}

        def holds(event: Event) -> bool:
            if event.comment:
                text = f"{self._text_searched(event)} {event.comment.casefold()}"
                return all(word in text for word in words)
            key = (event.code, event.subject, event.modifiers)
            found = known.get(key)
            if found is None:
                text = self._text_searched(event)
                found = known[key] = all(word in text for word in words)
            return found

        return holds

    def _text_searched(self, event: Event) -> str:
        key = (event.code, event.subject, event.modifiers)
        text = self._searched.get(key)
        if text is None:
            parts = (*self._title(event), self._persons.get(event.subject, ""), self._detail(event))
            text = self._searched[key] = " ".join(parts).casefold()
        return text

    def _detail(self, event: Event) -> str:
        if not event.modifiers:
            return ""
        text = self._details.get(event.modifiers)
        if text is None:
            text = self._details[event.modifiers] = ", ".join(modifier_words(event, self._scheme))
        return text

    def _title(self, event: Event) -> tuple[str, str, str]:
        titles = self._titles.get(event.code)
        if titles is None:
            code = self._scheme.ethogram.code(event.code)
            group = self._scheme.ethogram.group(code.group)
            titles = self._titles[event.code] = (str(code.short), str(group.title), str(code.title))
        return titles


def sort_key(column: Column, words: EventWords, around: Surroundings) -> Key:
    """By what rows are ordered; two events never have the same key."""
    if column is Column.START:
        return attrgetter("start_us", "id")
    if column is Column.END:
        return lambda event: (event.end_us is None, event.end_us or 0, event.start_us, event.id)
    if column is Column.LENGTH:
        return lambda event: (event.end_us is None, _length(event), event.start_us, event.id)
    if column is Column.EPISODE:
        return lambda event: (around.place_of(event), event.start_us, event.id)

    def by_words(event: Event) -> tuple[object, ...]:
        text = words.words(event, column)
        return (not text, text.casefold(), event.start_us, event.id)

    return by_words


def _length(event: Event) -> int:
    return 0 if event.end_us is None else event.end_us - event.start_us
