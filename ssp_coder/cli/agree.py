"""`ssp-coder agree`: how far codings agree, for a pair or a whole study."""

from __future__ import annotations

from argparse import ArgumentParser, Namespace
from pathlib import Path

from ssp_coder.agreement.protocol import USUAL_PROTOCOL
from ssp_coder.cli.command import Command, ExitCode
from ssp_coder.cli.schemes import add_scheme_arguments
from ssp_coder.cli.terminal import say
from ssp_coder.formats.protocol_file import protocol_template, read_protocol


def _add_arguments(parser: ArgumentParser) -> None:
    parser.add_argument(
        "codings",
        metavar="CODING",
        nargs="*",
        type=Path,
        help="two codings of one session, each .sspc or a timeline CSV; or two folders of codings, "
        "matched by session",
    )
    parser.add_argument(
        "--study",
        metavar="PAIRS.csv",
        type=Path,
        help="many pairs: columns session, a, b with paths from the folder of this file",
    )
    parser.add_argument(
        "--protocol", metavar="FILE.toml", type=Path, help="settings (default: project default)"
    )
    parser.add_argument(
        "--protocol-template",
        action="store_true",
        help="print a protocol to be changed, and nothing else",
    )
    parser.add_argument("--json", action="store_true", help="one object with everything")
    parser.add_argument(
        "--html", metavar="FILE", type=Path, help="also write the report with its figures"
    )
    parser.add_argument(
        "--csv", metavar="FOLDER", type=Path, help="also write every number, with a codebook"
    )
    parser.add_argument("--excel", action="store_true", help="write CSV that Excel opens rightly")
    parser.add_argument("--overwrite", action="store_true", help="replace files that are there")
    add_scheme_arguments(parser)


def _run(options: Namespace) -> ExitCode:
    if options.protocol_template:
        say(protocol_template().rstrip("\n"))
        return ExitCode.OK
    protocol = USUAL_PROTOCOL if options.protocol is None else read_protocol(options.protocol)
    # The statistics bring numpy, which no other command should wait for.
    from ssp_coder.cli.agree_work import compare_codings

    return compare_codings(options, protocol)


COMMAND = Command(
    name="agree",
    summary="tell how far two codings, or those of a study, agree: every statistic, with method",
    example="ssp-coder agree S001.reference.sspc S001.c01.sspc --html agreement.html",
    add_arguments=_add_arguments,
    run=_run,
)
