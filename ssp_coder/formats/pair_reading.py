"""Timelines read to be compared: of this program or of another, with the scheme they share."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from ssp_coder.domain.coding import Coding
from ssp_coder.domain.finding import Finding, Severity
from ssp_coder.domain.scheme import Scheme
from ssp_coder.formats.dialect import Sheet, read_sheet
from ssp_coder.formats.errors import refusal
from ssp_coder.formats.exportable import Exportable
from ssp_coder.formats.foreign_timeline import events_of, foreign_timeline, scheme_found_in
from ssp_coder.formats.guard import without_guard
from ssp_coder.formats.timeline import NEEDED
from ssp_coder.formats.timeline_reading import TimelineImport, read_timeline


@dataclass(frozen=True, slots=True, kw_only=True)
class ReadTimelines:
    """Codings that were read from timelines.

    Attributes:
        codings: one a file, in the order of the files, with the scheme of all of them.
        notes: what a person should know.
    """

    codings: tuple[Exportable, ...]
    notes: tuple[Finding, ...]


def read_timelines(paths: Sequence[Path], scheme: Scheme) -> ReadTimelines:
    """Codings of timeline files, one coder and session a file.

    Files whose behaviours the scheme does not know at all get a scheme of the codes found in all
    of them together.

    Raises:
        FormatError: a file cannot be read; names file, line and remedy.
    """
    sheets = tuple(without_guard(read_sheet(path), path) for path in paths)
    if all(_is_of(sheet, scheme) for sheet in sheets):
        return _of_scheme(paths, scheme)
    timelines = tuple(foreign_timeline(sheet) for sheet in sheets)
    found = scheme_found_in(timelines, scheme)
    codings = tuple(
        Exportable(
            coding=Coding(
                session=timeline.session,
                coder=timeline.coder or name,
                events=events_of(timeline, found),
            ),
            scheme=found,
        )
        for name, timeline in zip(_names_of(paths), timelines, strict=True)
    )
    return ReadTimelines(codings=codings, notes=(_note(found, scheme, sheets),))


def read_timeline_coding(path: Path, scheme: Scheme) -> ReadTimelines:
    """The coding of one timeline file, which must be of this scheme.

    Raises:
        FormatError: it is not, or cannot be read.
    """
    return _of_scheme((path,), scheme)


def _is_of(sheet: Sheet, scheme: Scheme) -> bool:
    """Whether a sheet has the timeline's columns, and any behaviour of the scheme."""
    if any(name not in sheet.columns for name in NEEDED):
        return False
    known = {(code.group, code.name) for code in scheme.ethogram.codes()}
    used = {(row.cell("group"), row.cell("behaviour")) for row in sheet.rows}
    return not used or not used.isdisjoint(known)


def _of_scheme(paths: Sequence[Path], scheme: Scheme) -> ReadTimelines:
    read = tuple(read_timeline(path, scheme) for path in paths)
    codings = tuple(
        Exportable(coding=_coding(timeline, name), scheme=scheme)
        for name, timeline in zip(_names_of(paths), read, strict=True)
    )
    return ReadTimelines(
        codings=codings, notes=tuple(note for timeline in read for note in timeline.notes)
    )


def _names_of(paths: Sequence[Path]) -> Iterator[str]:
    """A name for each file; with its folder where two files are called alike."""
    alike = Counter(path.stem for path in paths)
    for path in paths:
        folder = f"{path.parent.name}/" if alike[path.stem] > 1 and path.parent.name else ""
        yield f"{folder}{path.stem}"


def _coding(timeline: TimelineImport, name: str) -> Coding:
    for what, names in (("sessions", timeline.session_ids), ("coders", timeline.coder_ids)):
        if len(names) > 1:
            raise refusal(
                f"timeline.several_{what}",
                f"holds the work of several {what} ({', '.join(names[:5])})",
                f"keep the rows of one of the {what}",
                place=timeline.file,
            )
    return Coding(
        session=next(iter(timeline.session_ids), ""),
        coder=next(iter(timeline.coder_ids), name),
        events=timeline.events,
    )


def _note(found: Scheme, scheme: Scheme, sheets: Sequence[Sheet]) -> Finding:
    groups = found.ethogram.groups
    exclusive = ", ".join(group.id for group in groups if group.exclusive)
    other = ", ".join(group.id for group in groups if not group.exclusive)
    return Finding(
        code="timeline.own_codes",
        message=f"the behaviours are not those of scheme {scheme.id}, so "
        f"{sum(len(group.codes) for group in groups)} codes were taken from the files; "
        f"one at a time: {exclusive or 'none'}; each on its own: {other or 'none'}",
        place=", ".join(sheet.file for sheet in sheets),
        severity=Severity.NOTE,
    )
