"""`ssp-coder consensus`: what two codings of a session leave to be settled."""

from __future__ import annotations

from argparse import ArgumentParser, Namespace
from pathlib import Path

from ssp_coder.cli.command import Command, ExitCode
from ssp_coder.cli.terminal import note, say
from ssp_coder.formats.writing import write_together


def _add_arguments(parser: ArgumentParser) -> None:
    parser.add_argument("first", metavar="FIRST.sspc", type=Path, help="whose times are taken")
    parser.add_argument("second", metavar="SECOND.sspc", type=Path, help="the other coding")
    parser.add_argument(
        "--consensus", metavar="FILE.sspc", type=Path, help="also say what was settled in it"
    )
    parser.add_argument("--csv", metavar="FILE", type=Path, help="write the list to a file")
    parser.add_argument("--overwrite", action="store_true", help="replace FILE when it is there")


def _run(options: Namespace) -> ExitCode:
    # Comparing brings numpy, which no other command should wait for.
    from ssp_coder.reporting.consensus_list import consensus_rows, rows_csv
    from ssp_coder.storage.consensus_file import read_sides

    sides = read_sides(options.first, options.second)
    for finding in sides.warnings:
        note(finding)
    rows = consensus_rows(sides, options.consensus)
    if options.csv is not None:
        write_together({options.csv: rows_csv(rows)}, overwrite=options.overwrite)
    else:
        say(rows_csv(rows).decode().rstrip("\n"))
    open_rows = sum(not row.settled for row in rows)
    return ExitCode.FINDINGS if open_rows else ExitCode.OK


COMMAND = Command(
    name="consensus",
    summary="list what two codings of a session leave to be settled, as CSV",
    example="ssp-coder consensus S001.c01.sspc S001.c02.sspc --consensus S001.c01+c02.sspc",
    add_arguments=_add_arguments,
    run=_run,
)
