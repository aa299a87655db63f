"""`ssp-coder compare`: a coding beside a reference coding."""

from __future__ import annotations

from argparse import ArgumentParser, Namespace
from pathlib import Path

from ssp_coder.agreement.compare import compare
from ssp_coder.agreement.comparison import DEFAULT_TOLERANCE_US
from ssp_coder.cli.command import Command, ExitCode, length
from ssp_coder.cli.reading import read_coding
from ssp_coder.cli.terminal import note, say, say_json
from ssp_coder.domain.time import SECOND_US
from ssp_coder.formats.writing import write_together
from ssp_coder.reporting.agreement_inputs import doubts_about
from ssp_coder.reporting.comparisons import comparison_csv, comparison_json, comparison_text


def _add_arguments(parser: ArgumentParser) -> None:
    parser.add_argument("coding", metavar="CODING.sspc", type=Path, help="the work to look at")
    parser.add_argument(
        "reference", metavar="REFERENCE.sspc", type=Path, help="what it is held against"
    )
    parser.add_argument(
        "--tolerance",
        metavar="SECONDS",
        type=length,
        default=DEFAULT_TOLERANCE_US,
        help="onsets so far apart are still the same moment "
        f"(project default: {DEFAULT_TOLERANCE_US / SECOND_US:g})",
    )
    parser.add_argument("--json", action="store_true", help="one object with everything")
    parser.add_argument("--csv", metavar="FILE", type=Path, help="also write the rows as CSV")
    parser.add_argument("--overwrite", action="store_true", help="replace FILE when it is there")


def _run(options: Namespace) -> ExitCode:
    own, reference = read_coding(options.coding), read_coding(options.reference)
    comparison = compare(
        own.coding, reference.coding, reference.scheme, tolerance_us=options.tolerance
    )
    if options.csv is not None:
        write_together({options.csv: comparison_csv(comparison)}, overwrite=options.overwrite)
    if options.json:
        say_json(comparison_json(comparison))
    else:
        say(comparison_text(comparison, reference.scheme).rstrip("\n"))
    doubts = tuple(doubts_about(own, reference, str(options.coding)))
    for finding in doubts:
        note(finding)
    return ExitCode.FINDINGS if doubts else ExitCode.OK


COMMAND = Command(
    name="compare",
    summary="compare a coding with a reference coding of the same session",
    example="ssp-coder compare S001.c01.sspc S001.reference.sspc --csv differences.csv",
    add_arguments=_add_arguments,
    run=_run,
)
