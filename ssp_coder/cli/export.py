"""`ssp-coder export`: codings as CSV tables with a codebook."""

from __future__ import annotations

from argparse import ArgumentParser, Namespace
from pathlib import Path

from ssp_coder.cli.command import Command, ExitCode
from ssp_coder.cli.reading import read_coding
from ssp_coder.cli.terminal import say
from ssp_coder.formats.export import export_codings


def _add_arguments(parser: ArgumentParser) -> None:
    parser.add_argument(
        "codings",
        metavar="FILE.sspc",
        nargs="+",
        type=Path,
        help="codings; several are stacked in one file a table",
    )
    parser.add_argument(
        "--to", metavar="DIR", required=True, type=Path, help="folder, made when it is not there"
    )
    parser.add_argument(
        "--excel", action="store_true", help="write what Excel opens rightly, with text guarded"
    )
    parser.add_argument(
        "--overwrite", action="store_true", help="replace files that are there with other content"
    )


def _run(options: Namespace) -> ExitCode:
    codings = tuple(read_coding(path) for path in options.codings)
    written = export_codings(
        codings, options.to, for_excel=options.excel, overwrite=options.overwrite
    )
    for path in written:
        say(str(path))
    return ExitCode.OK


COMMAND = Command(
    name="export",
    summary="write events, scores, episodes, intervals, comments and codebook of codings as CSV",
    example="ssp-coder export S001.c01.sspc --to exports",
    add_arguments=_add_arguments,
    run=_run,
)
