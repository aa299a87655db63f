"""`ssp-coder verify`: does a coding file hold exactly what its log says was done?"""

from __future__ import annotations

from argparse import ArgumentParser, Namespace
from pathlib import Path

from ssp_coder.cli.command import Command, ExitCode
from ssp_coder.cli.terminal import ProgressLine, note, say
from ssp_coder.domain.finding import Finding
from ssp_coder.storage.snapshot import check_header
from ssp_coder.storage.verify import head_hash, verify


def _add_arguments(parser: ArgumentParser) -> None:
    parser.add_argument("codings", metavar="FILE.sspc", nargs="+", type=Path, help="codings")


def _run(options: Namespace) -> ExitCode:
    for path in options.codings:
        check_header(path)
    code = ExitCode.OK
    for path in options.codings:
        findings = _findings(path)
        for finding in findings:
            note(finding)
        if findings:
            code = ExitCode.FINDINGS
        else:
            say(f"{path}: holds what its log says; log ends with {head_hash(path)}")
    return code


def _findings(path: Path) -> tuple[Finding, ...]:
    with ProgressLine(f"Verifying {path.name}") as line:
        return verify(path, line.show_rows)


COMMAND = Command(
    name="verify",
    summary="replay the log of a coding file and compare every record with it",
    example="ssp-coder verify S001.c01.sspc",
    add_arguments=_add_arguments,
    run=_run,
)
