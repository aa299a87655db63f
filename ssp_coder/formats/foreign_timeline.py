"""Timelines of other programs: events by column names that are usual, codes as they are found."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace

from ssp_coder.domain.coding import Event, EventId
from ssp_coder.domain.ethogram import (
    Code,
    CodeGroup,
    CodeId,
    CodeKind,
    Ethogram,
    GroupId,
    GroupRole,
)
from ssp_coder.domain.procedure import Person, SubjectId
from ssp_coder.domain.scheme import Scheme
from ssp_coder.domain.time import Micros
from ssp_coder.domain.words import Origin, Provenance, english
from ssp_coder.formats import cells
from ssp_coder.formats.dialect import Row, Sheet
from ssp_coder.formats.errors import Faults, place_in, refusal

FOUND = "found_in_files"
"""Id of a scheme whose codes were taken from the files."""
_ONE_GROUP = "behaviours"
_ONE_SUBJECT = "subject"
_USUAL_NAMES = {
    "behaviour": ("behaviour", "behavior", "code"),
    "start_s": ("start_s", "start", "onset_s", "onset", "begin_s", "begin"),
    "stop_s": ("stop_s", "stop", "end_s", "end", "offset_s", "offset"),
    "subject": ("subject",),
    "group": ("group",),
    "session_id": ("session_id", "session", "observation_id"),
    "coder_id": ("coder_id", "coder", "observer"),
}
_NEEDED = ("behaviour", "start_s", "stop_s")
_FOUND_IN = Provenance(origin=Origin.LAB, source="the columns of the files compared")


@dataclass(frozen=True, slots=True, kw_only=True)
class ForeignEvent:
    """One row.

    Attributes:
        end_us: None where the cell is empty: a moment, or a state that was left open.
    """

    subject: str
    group: str
    name: str
    start_us: Micros
    end_us: Micros | None
    line: int

    @property
    def code(self) -> CodeId:
        """Id of the code."""
        return CodeId(f"{self.group}.{self.name}")

    @property
    def lasts(self) -> bool:
        """Whether it has a length."""
        return self.end_us is not None and self.end_us > self.start_us


@dataclass(frozen=True, slots=True, kw_only=True)
class ForeignTimeline:
    """The rows of one file, ordered by onset.

    Attributes:
        session: named in the file, empty when it names none.
        coder: as well.
    """

    file: str
    session: str
    coder: str
    rows: tuple[ForeignEvent, ...]


def foreign_timeline(sheet: Sheet) -> ForeignTimeline:
    """The events of a sheet whose columns have usual names, such as those of an event logger.

    Raises:
        FormatError: a column is missing, or cells cannot be read; lists them by line.
    """
    columns = _columns(sheet)
    missing = [name for name in _NEEDED if name not in columns]
    if missing:
        raise refusal(
            "timeline.missing_column",
            f"has no column for {', '.join(missing)}",
            "the first line must name behaviour, start_s and stop_s, and may name subject, group, "
            "session_id and coder_id",
            place=place_in(sheet.file, line=1),
        )
    faults = Faults(sheet.file)
    rows = [row for row in (_event(row, columns, faults) for row in sheet.rows) if row is not None]
    faults.refuse_if_any()
    return ForeignTimeline(
        file=sheet.file,
        session=_only(sheet, columns, "session_id"),
        coder=_only(sheet, columns, "coder_id"),
        rows=tuple(sorted(rows, key=lambda row: (row.start_us, row.line))),
    )


def scheme_found_in(timelines: Sequence[ForeignTimeline], like: Scheme) -> Scheme:
    """A scheme with the codes of the files: nothing to rate, no episodes.

    A group is exclusive when none of its states share time in any file, per subject.

    Args:
        timelines: the files.
        like: a scheme that gives what files of events say nothing about.

    Raises:
        FormatError: two groups have a code of the same full name.
    """
    groups = _groups(timelines)
    _refuse_ambiguous(groups, timelines)
    told = "\n".join(f"{code.id} {code.kind} {group.exclusive}" for group, code in _codes(groups))
    return replace(
        like,
        id=FOUND,
        version="1.0.0",
        title=english("codes found in the files"),
        procedure=replace(like.procedure, persons=_persons(timelines), episodes=()),
        ethogram=Ethogram(
            id=FOUND,
            version="1.0.0",
            title=english("codes found in the files"),
            groups=groups,
            modifiers=(),
            provenance=_FOUND_IN,
        ),
        scales=(),
        slots=(),
        counts=(),
        dimensions=(),
        files=(),
        sha256=hashlib.sha256(told.encode("utf-8", "surrogatepass")).hexdigest(),
    )


def events_of(timeline: ForeignTimeline, scheme: Scheme) -> tuple[Event, ...]:
    """The rows as events of the scheme that was found in them."""
    return tuple(
        Event(
            id=EventId(number),
            code=row.code,
            subject=SubjectId(row.subject),
            start_us=row.start_us,
            end_us=row.start_us
            if scheme.ethogram.code(row.code).kind is CodeKind.POINT
            else row.end_us,
        )
        for number, row in enumerate(timeline.rows, start=1)
    )


def _columns(sheet: Sheet) -> dict[str, str]:
    """Which column of the sheet holds what."""
    plain = {re.sub(r"\W+", "_", name.casefold()).strip("_"): name for name in sheet.columns}
    found = {}
    for meaning, names in _USUAL_NAMES.items():
        name = next((plain[name] for name in names if name in plain), None)
        if name is not None:
            found[meaning] = name
    return found


def _event(row: Row, columns: dict[str, str], faults: Faults) -> ForeignEvent | None:
    before = len(faults)
    name = row.cell(columns["behaviour"])
    if not name:
        column = columns["behaviour"]
        faults.add("timeline.no_code", "the cell is empty", "name it", line=row.line, column=column)
    start_us = _time(row, columns["start_s"], faults, needed=True)
    end_us = _time(row, columns["stop_s"], faults, needed=False)
    if start_us is not None and end_us is not None and end_us < start_us:
        faults.add(
            "timeline.ends_early",
            "the end lies before the onset",
            "correct one of the two",
            line=row.line,
            column=columns["stop_s"],
        )
    if len(faults) > before or start_us is None:
        return None
    group, name = _split(name, row.cell(columns.get("group", "")))
    return ForeignEvent(
        subject=row.cell(columns.get("subject", "")) or _ONE_SUBJECT,
        group=group,
        name=name,
        start_us=start_us,
        end_us=end_us,
        line=row.line,
    )


def _time(row: Row, column: str, faults: Faults, *, needed: bool) -> Micros | None:
    text = row.cell(column)
    if not needed and text.casefold() in {"", "na", "nan"}:
        return None
    try:
        time_us = cells.seconds(text)
    except ValueError as error:
        remedy = "write seconds with a point, such as 12.345"
        faults.add("timeline.not_a_time", str(error), remedy, line=row.line, column=column)
        return None
    if time_us < 0:
        fact = f"{text} lies before the video"
        faults.add("timeline.negative", fact, "check the time", line=row.line, column=column)
    return time_us


def _split(name: str, group: str) -> tuple[str, str]:
    """Group and name of a behaviour; without a group column what stands before a point."""
    if group:
        return group, name.removeprefix(f"{group}.")
    before, point, after = name.partition(".")
    return (before.strip(), after.strip()) if point and before and after else (_ONE_GROUP, name)


def _only(sheet: Sheet, columns: dict[str, str], meaning: str) -> str:
    column = columns.get(meaning, "")
    names = tuple(dict.fromkeys(row.cell(column) for row in sheet.rows if row.cell(column)))
    if len(names) > 1:
        what = "sessions" if meaning == "session_id" else "coders"
        raise refusal(
            f"timeline.several_{what}",
            f"holds the work of several {what} ({', '.join(names[:5])})",
            f"keep the rows of one of the {what}",
            place=sheet.file,
        )
    return names[0] if names else ""


def _refuse_ambiguous(groups: Sequence[CodeGroup], timelines: Sequence[ForeignTimeline]) -> None:
    """Codes are known by group and name, joined by a point; a point in a name may mislead."""
    by_code: dict[CodeId, GroupId] = {}
    for group, code in _codes(groups):
        other = by_code.setdefault(code.id, group.id)
        if other != group.id:
            raise refusal(
                "timeline.ambiguous_code",
                f"{code.id} is a behaviour of group {other} and one of group {group.id}",
                "rename one of the two",
                place=", ".join(timeline.file for timeline in timelines),
            )


def _persons(timelines: Sequence[ForeignTimeline]) -> tuple[Person, ...]:
    names = dict.fromkeys(row.subject for timeline in timelines for row in timeline.rows)
    return tuple(
        Person(id=SubjectId(name), letter=name[:1].lower(), title=english(name)) for name in names
    )


def _groups(timelines: Sequence[ForeignTimeline]) -> tuple[CodeGroup, ...]:
    rows = [row for timeline in timelines for row in timeline.rows]
    lasting = {row.code for row in rows if row.lasts}
    names = sorted({row.group for row in rows})
    return tuple(
        CodeGroup(
            id=GroupId(name),
            title=english(name),
            exclusive=not any(_overlap(name, timeline, lasting) for timeline in timelines),
            role=GroupRole.BEHAVIOUR,
            subjects=tuple(
                SubjectId(one) for one in dict.fromkeys(r.subject for r in rows if r.group == name)
            ),
            slot="grey",
            shape="circle",
            codes=tuple(_group_codes(name, rows, lasting)),
        )
        for name in names
    )


def _group_codes(group: str, rows: Iterable[ForeignEvent], lasting: set[CodeId]) -> Iterator[Code]:
    for name in sorted({row.name for row in rows if row.group == group}):
        code = CodeId(f"{group}.{name}")
        yield Code(
            id=code,
            name=name,
            group=GroupId(group),
            kind=CodeKind.STATE if code in lasting else CodeKind.POINT,
            title=english(name),
            short=english(name),
            provenance=_FOUND_IN,
        )


def _overlap(group: str, timeline: ForeignTimeline, lasting: set[CodeId]) -> bool:
    """Whether two states of a group share time in one subject."""
    ends: dict[str, float] = {}
    for row in timeline.rows:
        if row.group != group or row.code not in lasting:
            continue
        if row.start_us < ends.get(row.subject, 0):
            return True
        end = float("inf") if row.end_us is None else row.end_us
        ends[row.subject] = max(end, ends.get(row.subject, 0))
    return False


def _codes(groups: Iterable[CodeGroup]) -> Iterator[tuple[CodeGroup, Code]]:
    for group in groups:
        for code in group.codes:
            yield group, code
