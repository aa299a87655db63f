"""`ssp-coder import`: events from a timeline CSV into a coding."""

from __future__ import annotations

from argparse import ArgumentParser, Namespace
from pathlib import Path

from ssp_coder.cli.command import Command, ExitCode
from ssp_coder.cli.terminal import note, say
from ssp_coder.formats.timeline_import import import_edit, import_notes
from ssp_coder.formats.timeline_reading import TimelineImport, read_timeline
from ssp_coder.storage.coding_file import open_for_writing, open_read_only


def _add_arguments(parser: ArgumentParser) -> None:
    parser.add_argument(
        "events", metavar="EVENTS.csv", type=Path, help="events in the columns that export writes"
    )
    parser.add_argument(
        "--into", metavar="FILE.sspc", required=True, type=Path, help="the coding that takes them"
    )
    parser.add_argument(
        "--by", metavar="ID", help="who does it, for the log (default: the coding's coder)"
    )


def _run(options: Namespace) -> ExitCode:
    timeline, who = _examined(options)
    with open_for_writing(options.into, who) as file:
        # Somebody may have coded since the file was looked at, so the edit is made anew.
        edit = import_edit(file.coding, file.scheme, timeline)
        file.document().submit(edit)
    say(f"{options.into}: {len(edit.events)} events imported from {timeline.file}")
    return ExitCode.OK


def _examined(options: Namespace) -> tuple[TimelineImport, str]:
    """The events, and who imports; the coding is only read until all of them are known to fit."""
    with open_read_only(options.into) as file:
        timeline = read_timeline(options.events, file.scheme)
        import_edit(file.coding, file.scheme, timeline)
        for finding in import_notes(file.coding, timeline):
            note(finding)
        return timeline, options.by or file.coding.coder


COMMAND = Command(
    name="import",
    summary="bring the events of a timeline CSV into a coding, all of them or none",
    example="ssp-coder import S001.c01_events.csv --into S001.c01.sspc",
    add_arguments=_add_arguments,
    run=_run,
)
