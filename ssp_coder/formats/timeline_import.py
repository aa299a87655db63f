"""An edit that brings the events of a file into a coding, or the reasons why it must not."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

from ssp_coder.domain.coding import Coding, Event, EventId
from ssp_coder.domain.finding import Finding, Severity
from ssp_coder.domain.scheme import Scheme
from ssp_coder.editing.apply import apply
from ssp_coder.editing.change import event_order
from ssp_coder.editing.checks import check_event
from ssp_coder.editing.edits import ImportEvents
from ssp_coder.editing.refusal import EditRefusedError
from ssp_coder.formats.errors import Faults, refusal
from ssp_coder.formats.overlaps import described, overlapping_pairs
from ssp_coder.formats.timeline_reading import TimelineImport, read_timeline, refuse_unless_named


def plan_import(coding: Coding, scheme: Scheme, path: Path) -> ImportEvents:
    """The edit that imports a timeline file; the coding itself is not touched.

    The file must be of the coding's session and of one coder. An event that the coding already
    holds is refused, so that a file read twice cannot double the events.

    Raises:
        FormatError: lists what is wrong with the file or against the coding, with lines.
    """
    return import_edit(coding, scheme, read_timeline(path, scheme))


def import_edit(coding: Coding, scheme: Scheme, timeline: TimelineImport) -> ImportEvents:
    """The edit for a timeline that was read already.

    Raises:
        FormatError: lists what does not fit the coding, with lines.
    """
    refuse_unless_named(timeline.session_ids, coding.session, "session", timeline.file)
    if len(timeline.coder_ids) > 1:
        raise refusal(
            "timeline.several_coders",
            f"holds the work of several coders ({', '.join(timeline.coder_ids)})",
            "keep the rows of one coder",
            place=timeline.file,
        )
    faults = Faults(timeline.file)
    _check_against(coding, scheme, timeline, faults)
    faults.refuse_if_any()
    edit = ImportEvents(events=timeline.events, source=timeline.file)
    try:
        apply(coding, edit, scheme)
    except EditRefusedError as error:
        finding = error.finding
        raise refusal(finding.code, finding.message, finding.remedy, place=timeline.file) from error
    return edit


def import_notes(coding: Coding, timeline: TimelineImport) -> tuple[Finding, ...]:
    """What a person should know before the import, besides what was passed over in the file."""
    others = [coder for coder in timeline.coder_ids if coder != coding.coder]
    if not others:
        return timeline.notes
    note = Finding(
        code="timeline.other_coder",
        message=f"the rows are of coder {others[0]}, the coding is of {coding.coder}",
        place=timeline.file,
        severity=Severity.NOTE,
    )
    return (*timeline.notes, note)


def _check_against(
    coding: Coding, scheme: Scheme, timeline: TimelineImport, faults: Faults
) -> None:
    held = {_bare(event) for event in coding.events}
    for event, line in zip(timeline.events, timeline.lines, strict=True):
        if _bare(event) in held:
            faults.add(
                "timeline.already_there",
                f"the coding already holds {described(event)}",
                "remove the row, or undo the earlier import",
                line=line,
            )
            continue
        try:
            check_event(coding, event, scheme)
        except EditRefusedError as error:
            finding = error.finding
            faults.add(finding.code, finding.message, finding.remedy, line=line)
    if not faults:
        _check_overlaps(coding, scheme, timeline, faults)


def _check_overlaps(
    coding: Coding, scheme: Scheme, timeline: TimelineImport, faults: Faults
) -> None:
    for own, line, read in _meetings(coding, scheme, timeline):
        faults.add(
            "timeline.overlap",
            f"{described(read)} overlaps {described(own)}, which the coding already holds",
            "change the end of one of them",
            line=line,
        )


def _meetings(
    coding: Coding, scheme: Scheme, timeline: TimelineImport
) -> Iterator[tuple[Event, int, Event]]:
    """Events of the coding that a row overlaps, with the row's line and event."""
    # Rows get ids beyond those of the coding, as the edit will give them.
    first = coding.next_event
    read = tuple(
        replace(event, id=EventId(first + place)) for place, event in enumerate(timeline.events)
    )
    for pair in overlapping_pairs(sorted((*coding.events, *read), key=event_order), scheme):
        own = [event for event in pair if event.id < first]
        rows = [event for event in pair if event.id >= first]
        if len(own) == 1:
            yield own[0], timeline.lines[rows[0].id - first], rows[0]


def _bare(event: Event) -> tuple[object, ...]:
    return event.code, event.subject, event.start_us, event.end_us, event.modifiers
