"""What a person typed into a cell, as the event they want; it says what cannot be understood."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, TypeVar

from PySide6.QtCore import QCoreApplication

from ssp_coder.domain.ethogram import CodeId, CodeKind, ModifierId
from ssp_coder.domain.procedure import SubjectId
from ssp_coder.domain.time import Micros, micros, parse_time, short_clock_text
from ssp_coder.ui.code.table_columns import Column, modifier_words

if TYPE_CHECKING:
    from ssp_coder.domain.coding import Event
    from ssp_coder.domain.scheme import Scheme

Id = TypeVar("Id")

FRAME_SIGN = "#"
"""Before a number it makes it the number of a frame."""


def tr(words: str) -> str:
    """Words of the list in the language of the window."""
    return QCoreApplication.translate("event_list", words)


@dataclass(frozen=True, slots=True, kw_only=True)
class Frames:
    """The frames of the recording.

    Attributes:
        number_at: number of the frame that shows at a time, None where that is not known.
        time_of: when a frame appears, None where there is no such frame.
    """

    number_at: Callable[[int], int | None]
    time_of: Callable[[int], Micros | None]


def _unknown(_asked: int) -> None:
    return None


NO_FRAMES = Frames(number_at=_unknown, time_of=_unknown)


class TypedEvent:
    """Turns the text of a cell into an event, and an event into the text that is typed over."""

    def __init__(self, scheme: Scheme, frames: Frames = NO_FRAMES) -> None:
        self._scheme = scheme
        self.frames = frames

    def shown(self, event: Event, column: Column) -> str:
        """The text that stands in an open cell: times to the millisecond, words in full."""
        if column in (Column.START, Column.END, Column.LENGTH):
            return _time_shown(event, column)
        if column is Column.SUBJECT:
            return str(self._scheme.procedure.person(event.subject).title)
        if column is Column.CODE:
            return str(self._scheme.ethogram.code(event.code).title)
        if column is Column.DETAIL:
            return ", ".join(modifier_words(event, self._scheme))
        return event.comment

    def offers(self, event: Event, column: Column) -> tuple[str, ...]:
        """Words that complete what is typed."""
        if column is Column.CODE:
            return tuple(str(code.title) for code in self._scheme.ethogram.codes())
        if column is Column.SUBJECT:
            group = self._scheme.ethogram.group_of(event.code)
            return tuple(str(self._scheme.procedure.person(p).title) for p in group.subjects)
        if column is Column.DETAIL:
            return tuple(names[0] for names in self._modifiers(event).values())
        return ()

    def read(self, event: Event, column: Column, text: str) -> Event:
        """The event as the person wants it.

        Raises:
            ValueError: the text cannot be understood; the message says why, in the language of
                the window.
        """
        text = text.strip()
        if text == self.shown(event, column):
            return event
        readers = {
            Column.START: self._read_start,
            Column.END: self._read_end,
            Column.LENGTH: self._read_length,
            Column.SUBJECT: self._read_subject,
            Column.CODE: self._read_code,
            Column.DETAIL: self._read_modifiers,
            Column.COMMENT: self._read_comment,
        }
        return readers[column](event, text)

    def time(self, text: str) -> Micros:
        """A moment typed as a time or as the number of a frame.

        Raises:
            ValueError: it is neither, or there is no such frame.
        """
        if text.startswith(FRAME_SIGN):
            number = text.removeprefix(FRAME_SIGN).strip()
            found = self.frames.time_of(int(number)) if number.isdecimal() else None
            if found is None:
                raise ValueError(tr("The video has no frame {0}").format(number))
            return found
        try:
            return parse_time(text)
        except ValueError:
            raise ValueError(
                tr("{0} is no time; write it like 12.5, 1:02.5 or as a frame, #375").format(text)
            ) from None

    def shifted(self, event: Event, by_us: int) -> Event:
        """The event so much later, or earlier where it is below 0."""
        if not by_us:
            return event
        moved = self._start_at(event, Micros(event.start_us + by_us))
        if event.end_us is None or event.end_us == event.start_us:
            return moved
        return self._end_at(moved, Micros(event.end_us + by_us))

    def _start_at(self, event: Event, time: Micros) -> Event:
        frame = self.frames.number_at(time)
        moved = replace(event, start_us=time, start_frame=frame, start_lag_us=0)
        if event.end_us == event.start_us:
            return replace(moved, end_us=time, end_frame=frame, end_lag_us=0)
        return moved

    def _end_at(self, event: Event, time: Micros) -> Event:
        frame = self.frames.number_at(time)
        return replace(event, end_us=time, end_frame=frame, end_lag_us=0)

    def _read_start(self, event: Event, text: str) -> Event:
        return self._start_at(event, self.time(text))

    def _read_end(self, event: Event, text: str) -> Event:
        return self._end_at(event, self.time(text))

    def _read_length(self, event: Event, text: str) -> Event:
        return self._end_at(event, Micros(event.start_us + _length(text)))

    def _read_subject(self, event: Event, text: str) -> Event:
        return replace(event, subject=SubjectId(one_of(self._persons(), text)))

    def _read_comment(self, event: Event, text: str) -> Event:
        return replace(event, comment=text)

    def _read_code(self, event: Event, text: str) -> Event:
        code = self._scheme.ethogram.code(CodeId(one_of(self._codes(), text)))
        if code.kind is not self._scheme.ethogram.code(event.code).kind:
            words = (
                tr("{0} lasts; this event is a moment")
                if code.kind is CodeKind.STATE
                else tr("{0} is a moment; this event lasts")
            )
            raise ValueError(words.format(code.title))
        kept = tuple((key, value) for key, value in event.modifiers if key in code.modifiers)
        return replace(event, code=code.id, modifiers=kept)

    def _read_modifiers(self, event: Event, text: str) -> Event:
        known = self._modifiers(event)
        parts = [part.strip() for part in text.split(",") if part.strip()]
        code = self._scheme.ethogram.code(event.code)
        if parts and not known:
            raise ValueError(tr("{0} takes no modifiers").format(code.title))
        chosen = dict(one_of(known, part) for part in parts)
        if len(chosen) < len(parts):
            raise ValueError(tr("A modifier is named twice"))
        kept = tuple((key, chosen[key]) for key in code.modifiers if key in chosen)
        return replace(event, modifiers=kept)

    def _persons(self) -> Mapping[str, tuple[str, ...]]:
        return {p.id: (str(p.title), p.id) for p in self._scheme.procedure.persons}

    def _codes(self) -> Mapping[str, tuple[str, ...]]:
        codes = self._scheme.ethogram.codes()
        return {code.id: (str(code.title), str(code.short), code.name) for code in codes}

    def _modifiers(self, event: Event) -> Mapping[tuple[ModifierId, str], tuple[str, ...]]:
        found = {}
        for key in self._scheme.ethogram.code(event.code).modifiers:
            modifier = self._scheme.ethogram.modifier(key)
            for value in modifier.values:
                words = f"{modifier.title.within} {value.title.within}"
                found[key, value.id] = (words, str(value.title))
        return found


def one_of(choices: Mapping[Id, tuple[str, ...]], text: str) -> Id:
    """The choice that a person means: named in full, by its beginning, or by a part of it.

    Raises:
        ValueError: none is meant, or more than one.
    """
    wanted = text.casefold()
    for fits in (_equals, str.startswith, str.__contains__):
        found = [
            key
            for key, names in choices.items()
            if any(fits(name.casefold(), wanted) for name in names)
        ]
        if len(found) == 1 and wanted:
            return found[0]
        if found and wanted:
            meant = ", ".join(choices[key][0] for key in found[:3])
            raise ValueError(tr("{0} may be {1}; write more of it").format(text, meant))
    offered = ", ".join(names[0] for names in list(choices.values())[:4])
    raise ValueError(tr("{0} is not known; for example {1}").format(text or "–", offered))


def _time_shown(event: Event, column: Column) -> str:
    if column is Column.START:
        return short_clock_text(event.start_us, digits=3)
    if event.end_us is None:
        return ""
    if column is Column.END:
        return short_clock_text(event.end_us, digits=3)
    return _seconds(event.end_us - event.start_us)


def _equals(name: str, wanted: str) -> bool:
    return name == wanted


def _length(text: str) -> Micros:
    try:
        length = micros(text.replace(",", "."))
    except ValueError:
        raise ValueError(
            tr("{0} is no number of seconds; write it like 12.5").format(text)
        ) from None
    if length <= 0:
        raise ValueError(tr("A state needs some length; this one would have none"))
    return length


def _seconds(length_us: int) -> str:
    whole = f"{length_us // 1_000}".rjust(4, "0")
    return f"{whole[:-3]}.{whole[-3:]}"
