"""`ssp-coder check`: are data files and codings as they should be?"""

from __future__ import annotations

from argparse import ArgumentParser, Namespace
from collections.abc import Iterable, Iterator
from pathlib import Path

from ssp_coder.catalog import check_bundled, check_paths
from ssp_coder.cli.command import Command, ExitCode
from ssp_coder.cli.terminal import note, say
from ssp_coder.domain.finding import DomainError, Finding, Severity
from ssp_coder.editing.completeness import open_work
from ssp_coder.storage.coding_file import open_read_only
from ssp_coder.storage.verify import verify

_CODINGS = "*.sspc"


def _add_arguments(parser: ArgumentParser) -> None:
    parser.add_argument(
        "paths",
        metavar="PATH",
        nargs="*",
        type=Path,
        help="a TOML data file, a coding, or a folder of them",
    )
    parser.add_argument(
        "--bundled",
        action="store_true",
        help="check what the program brings along; so it does when nothing is named",
    )


def _run(options: Namespace) -> ExitCode:
    from ssp_coder.training.teaching_checks import bundled_teaching_files, teaching_findings

    paths: tuple[Path, ...] = tuple(options.paths)
    _refuse_missing(paths)
    findings = [finding for path in paths for finding in _findings(path)]
    if options.bundled or not paths:
        findings += check_bundled()
        findings += [one for path in bundled_teaching_files() for one in teaching_findings(path)]
    for finding in findings:
        note(finding)
    names = [str(path) for path in paths]
    if options.bundled or not paths:
        names.append("bundled data files")
    say(f"{', '.join(names)}: {_summary(findings)}")
    grave = any(finding.severity is not Severity.NOTE for finding in findings)
    return ExitCode.FINDINGS if grave else ExitCode.OK


def _refuse_missing(paths: tuple[Path, ...]) -> None:
    for path in paths:
        if not path.exists():
            raise DomainError(
                Finding(
                    code="file.missing",
                    message="there is no such file or folder",
                    place=str(path),
                    remedy="correct the name",
                )
            )


def _findings(path: Path) -> Iterator[Finding]:
    if not path.is_dir():
        yield from coding_findings(path) if path.match(_CODINGS) else _data_findings(path)
        return
    codings = sorted(path.rglob(_CODINGS))
    for coding in codings:
        yield from coding_findings(coding)
    if not codings or any(path.rglob("*.toml")):
        yield from _data_findings(path)


def _data_findings(path: Path) -> Iterator[Finding]:
    """What is wrong with a data file or with those of a folder, instruments and the training's."""
    from ssp_coder.training.teaching_checks import is_teaching_file, teaching_findings

    files = sorted(path.rglob("*.toml")) if path.is_dir() else [path]
    teaching = [file for file in files if is_teaching_file(file)]
    for file in teaching:
        yield from teaching_findings(file)
    if not teaching or len(teaching) < len(files):
        marks = tuple(f"{file}:" for file in teaching)
        for finding in check_paths((path,)):
            if not marks or not finding.place.startswith(marks):
                yield finding


def coding_findings(path: Path) -> Iterator[Finding]:
    """What is wrong with a coding file, and as a note what it still lacks."""
    wrong = verify(path)
    yield from wrong
    if wrong:
        return
    with open_read_only(path) as file:
        lacking = [work.finding.message for work in open_work(file.coding, file.scheme)]
    if lacking:
        yield Finding(
            code="coding.unfinished",
            message=f"not finished yet: {', '.join(lacking)}",
            place=str(path),
            severity=Severity.NOTE,
        )


def _summary(findings: Iterable[Finding]) -> str:
    kinds = [finding.severity for finding in findings]
    counts = (
        (kinds.count(Severity.ERROR), "error", "errors"),
        (kinds.count(Severity.WARNING), "warning", "warnings"),
        (kinds.count(Severity.NOTE), "note", "notes"),
    )
    told = [f"{count} {one if count == 1 else many}" for count, one, many in counts if count]
    return ", ".join(told) or "nothing to complain of"


COMMAND = Command(
    name="check",
    summary="check data files and codings, and say file, line and remedy of each mistake",
    example="ssp-coder check my-lab",
    add_arguments=_add_arguments,
    run=_run,
)
