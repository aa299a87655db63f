"""Events read back from a timeline, all or none, with every fault named by line."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from pathlib import Path

from ssp_coder.domain.coding import Event, EventId
from ssp_coder.domain.ethogram import Code, CodeKind, ModifierId
from ssp_coder.domain.finding import Finding, Severity
from ssp_coder.domain.procedure import SubjectId
from ssp_coder.domain.scheme import Scheme
from ssp_coder.domain.time import Micros
from ssp_coder.formats import cells
from ssp_coder.formats.dialect import Row, Sheet, read_sheet, sheet_from_bytes
from ssp_coder.formats.errors import Faults, place_in, refusal
from ssp_coder.formats.guard import without_guard
from ssp_coder.formats.overlaps import find_overlaps
from ssp_coder.formats.timeline import NEEDED, SCHEMA_VERSION, modifier_columns, timeline_table


@dataclass(frozen=True, slots=True, kw_only=True)
class TimelineImport:
    """What a timeline file holds.

    Attributes:
        file: name of the file.
        events: ordered by start, numbered from 1 in that order.
        lines: the line of each event.
        session_ids: sessions named in the file, each once.
        coder_ids: coders named in the file, each once.
        notes: what was passed over, for the person to read.
    """

    file: str
    events: tuple[Event, ...]
    lines: tuple[int, ...]
    session_ids: tuple[str, ...]
    coder_ids: tuple[str, ...]
    notes: tuple[Finding, ...]


def read_timeline(path: Path, scheme: Scheme) -> TimelineImport:
    """Read a timeline file.

    An apostrophe before text is taken off only when the codebook beside the file says that it was
    put there for Excel.

    Raises:
        FormatError: lists what is wrong, up to twenty faults with their lines.
    """
    return _events_of(without_guard(read_sheet(path), path), scheme)


def timeline_from_text(text: str, scheme: Scheme, *, file: str = "timeline") -> TimelineImport:
    """Read a timeline that is already in memory.

    Raises:
        FormatError: as `read_timeline`.
    """
    return _events_of(sheet_from_bytes(text.encode("utf-8", "surrogatepass"), file), scheme)


def _events_of(sheet: Sheet, scheme: Scheme) -> TimelineImport:
    sheet.require(NEEDED)
    faults = Faults(sheet.file)
    reader = _EventReader(scheme, faults)
    found = [(row, event) for row in sheet.rows for event in reader.events_of(row)]
    faults.refuse_if_any()
    found.sort(key=lambda pair: pair[1].start_us)
    lines = tuple(row.line for row, _ in found)
    events = tuple(
        replace(event, id=EventId(number)) for number, (_, event) in enumerate(found, start=1)
    )
    # Several codings may stand in one file; only the states of one coding exclude each other.
    owners = tuple((row.cell("session_id"), row.cell("coder_id")) for row, _ in found)
    for owner in dict.fromkeys(owners):
        own = [place for place, other in enumerate(owners) if other == owner]
        find_overlaps([events[p] for p in own], [lines[p] for p in own], scheme, faults)
    faults.refuse_if_any()
    return TimelineImport(
        file=sheet.file,
        events=events,
        lines=lines,
        session_ids=_named(sheet, "session_id"),
        coder_ids=_named(sheet, "coder_id"),
        notes=tuple(_notes(sheet, scheme)),
    )


def _named(sheet: Sheet, column: str) -> tuple[str, ...]:
    return tuple(dict.fromkeys(row.cell(column) for row in sheet.rows if row.cell(column)))


def _notes(sheet: Sheet, scheme: Scheme) -> Iterator[Finding]:
    known = timeline_table((scheme,)).names()
    for column in sheet.columns:
        if column not in known:
            yield Finding(
                code="timeline.extra_column",
                message=f"column {column} is not part of the timeline and was passed over",
                place=place_in(sheet.file, line=1, column=column),
                severity=Severity.NOTE,
            )


class _EventReader:
    """Makes events of rows; what is wrong goes to the faults."""

    def __init__(self, scheme: Scheme, faults: Faults) -> None:
        self._scheme = scheme
        self._faults = faults
        self._codes: Mapping[tuple[str, str], Code] = {
            (code.group, code.name): code for code in scheme.ethogram.codes()
        }
        self._groups = tuple(group.id for group in scheme.ethogram.groups)
        self._modifiers = modifier_columns((scheme,))

    def events_of(self, row: Row) -> Iterator[Event]:
        """The event of a row, or nothing when it has faults."""
        before = len(self._faults)
        self._check_version(row)
        code = self._code(row)
        subject = self._subject(row, code)
        start_us = self._time(row, "start_s", needed=True)
        end_us = self._time(row, "stop_s", needed=False)
        frames = self._frame(row, "start_frame"), self._frame(row, "stop_frame")
        lags = self._lag(row, "start_lag_s"), self._lag(row, "stop_lag_s")
        modifiers = self._modifier_values(row, code)
        if len(self._faults) > before or code is None or start_us is None:
            return
        if not self._lasts_rightly(row, code, start_us, end_us):
            return
        is_point = code.kind is CodeKind.POINT
        yield Event(
            id=EventId(0),
            code=code.id,
            subject=subject,
            start_us=start_us,
            end_us=start_us if is_point else end_us,
            modifiers=modifiers,
            comment=row.cells.get("comment", ""),
            start_frame=frames[0],
            end_frame=frames[0] if is_point else frames[1],
            start_lag_us=lags[0],
            end_lag_us=lags[0] if is_point else lags[1],
        )

    def _fault(self, row: Row, column: str, message: str, remedy: str) -> None:
        self._faults.add("timeline.cell", message, remedy, line=row.line, column=column)

    def _check_version(self, row: Row) -> None:
        version = row.cell("schema_version")
        if version not in {"", str(SCHEMA_VERSION)}:
            self._fault(
                row,
                "schema_version",
                f"version {version!r} of the timeline is not known, only {SCHEMA_VERSION}",
                "read it with a newer version of the program",
            )

    def _code(self, row: Row) -> Code | None:
        group, name = row.cell("group"), row.cell("behaviour")
        code = self._codes.get((group, name))
        if group not in self._groups:
            known = ", ".join(self._groups)
            self._fault(row, "group", f"there is no group {group!r}", f"use one of {known}")
        elif code is None:
            known = ", ".join(name for owner, name in self._codes if owner == group)
            message = f"group {group} has no behaviour {name!r}"
            self._fault(row, "behaviour", message, f"use one of {known}")
        elif row.cell("type") not in {"", code.kind.value}:
            message = f"{code.id} is a {code.kind.value}, not a {row.cell('type')}"
            self._fault(row, "type", message, "correct it or choose another scheme")
        return code

    def _subject(self, row: Row, code: Code | None) -> SubjectId:
        subject = SubjectId(row.cell("subject"))
        if code is not None:
            allowed = self._scheme.ethogram.group(code.group).subjects
            if subject not in allowed:
                message = f"{code.id} is not coded for {subject!r}"
                self._fault(row, "subject", message, f"use one of {', '.join(allowed)}")
        return subject

    def _time(self, row: Row, column: str, *, needed: bool) -> Micros | None:
        text = row.cell(column)
        if not text and not needed:
            return None
        try:
            time_us = cells.seconds(text)
        except ValueError as error:
            self._fault(row, column, str(error), "write seconds with a point, such as 12.345")
            return None
        if time_us < 0:
            self._fault(row, column, f"{text} lies before the video", "check the time")
        return time_us

    def _lag(self, row: Row, column: str) -> int:
        """What was taken off; 0 where a file, such as one of an earlier version, is silent."""
        text = row.cell(column)
        if not text:
            return 0
        try:
            lag_us = cells.seconds(text)
        except ValueError as error:
            self._fault(row, column, str(error), "write seconds such as 0.24, or leave it empty")
            return 0
        if lag_us < 0:
            self._fault(row, column, f"a lag of {text} s is below 0", "write 0 or leave it empty")
        return lag_us

    def _frame(self, row: Row, column: str) -> int | None:
        text = row.cell(column)
        if not text:
            return None
        try:
            return cells.whole(text)
        except ValueError as error:
            self._fault(row, column, str(error), "write the frame's number or leave it empty")
            return None

    def _modifier_values(self, row: Row, code: Code | None) -> tuple[tuple[ModifierId, str], ...]:
        if code is None:
            return ()
        taken = [self._scheme.ethogram.modifier(key) for key in code.modifiers]
        for column in self._modifiers:
            if row.cell(column) and all(modifier.column != column for modifier in taken):
                message = f"{code.id} takes no {column}"
                self._fault(row, column, message, "leave the cell empty")
        values = []
        for modifier in taken:
            value = row.cell(modifier.column)
            if value and not modifier.has_value(value):
                known = ", ".join(choice.id for choice in modifier.values)
                message = f"{modifier.id} has no value {value!r}"
                self._fault(row, modifier.column, message, f"use one of {known}")
            if value:
                values.append((modifier.id, value))
        return tuple(values)

    def _lasts_rightly(self, row: Row, code: Code, start_us: Micros, end_us: Micros | None) -> bool:
        if end_us is None:
            return True
        start, stop = row.cell("start_s"), row.cell("stop_s")
        if end_us < start_us:
            message = f"the end {stop} lies before the onset {start}"
            self._fault(row, "stop_s", message, "correct one of the two")
        elif code.kind is CodeKind.POINT and end_us != start_us:
            message = f"{code.id} is a point, but ends at {stop} and not at {start}"
            self._fault(row, "stop_s", message, "leave the end empty")
        else:
            return True
        return False


def refuse_unless_named(names: tuple[str, ...], wanted: str, what: str, file: str) -> None:
    """Refuse a file that names more than one session or coder, or another session.

    Raises:
        FormatError: says which are in the file and which was expected.
    """
    others = [name for name in names if name != wanted]
    if others:
        raise refusal(
            f"timeline.other_{what}",
            f"holds {what} {', '.join(names)}, but the coding is of {what} {wanted}",
            f"keep only the rows of {what} {wanted}, or correct the column {what}_id",
            place=file,
        )
