"""The work of `ssp-coder agree`: codings read, compared, told and written."""

from __future__ import annotations

from argparse import Namespace
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import partial
from pathlib import Path

from ssp_coder.agreement.protocol import Protocol
from ssp_coder.cli.command import ExitCode
from ssp_coder.cli.schemes import chosen_scheme
from ssp_coder.cli.terminal import ProgressLine, note, say, say_json
from ssp_coder.domain.finding import DomainError, Finding
from ssp_coder.formats.agreement_table import AgreementRow
from ssp_coder.formats.dialect import FOR_EXCEL, PLAIN
from ssp_coder.formats.writing import write_together
from ssp_coder.reporting.agreement_csv import agreement_files
from ssp_coder.reporting.agreement_figures import pair_rows, study_rows
from ssp_coder.reporting.agreement_inputs import (
    Loaded,
    PairFiles,
    codings_in,
    files_of,
    listed_pairs,
    load,
    matched,
)
from ssp_coder.reporting.agreement_json import pair_json, study_json
from ssp_coder.reporting.agreement_making import pair_report, study_report
from ssp_coder.reporting.agreement_page import Block, page_html, page_text
from ssp_coder.reporting.agreement_pair import pair_blocks
from ssp_coder.reporting.agreement_study import study_blocks
from ssp_coder.training.training_codings import refuse_training


@dataclass(frozen=True, slots=True, kw_only=True)
class _Result:
    """A report in the forms in which it is told."""

    title: str
    blocks: tuple[Block, ...]
    json: dict[str, object]
    rows: tuple[AgreementRow, ...]
    doubts: tuple[Finding, ...]


def compare_codings(options: Namespace, protocol: Protocol) -> ExitCode:
    """Do what the arguments ask.

    Raises:
        DomainError: a file cannot be used, or the arguments do not go together.
    """
    result = _result(options, protocol)
    _write(options, result)
    if options.json:
        say_json(result.json)
    else:
        say(page_text(result.blocks).rstrip("\n"))
    for finding in result.doubts:
        note(finding)
    return ExitCode.FINDINGS if result.doubts else ExitCode.OK


def _result(options: Namespace, protocol: Protocol) -> _Result:
    paths: Sequence[Path] = options.codings
    if options.study is not None:
        if paths:
            raise _usage("give either two codings or --study, not both")
        return _listed_study(options, protocol)
    if len(paths) != 2:
        raise _usage(f"two codings are compared, but {len(paths)} are named")
    folders = [path.is_dir() for path in paths]
    if all(folders):
        return _folder_study(options, protocol)
    if any(folders):
        raise _usage("one is a folder and the other a file")
    return _pair(options, protocol)


def _usage(message: str) -> DomainError:
    return DomainError(
        Finding(
            code="agreement.usage",
            message=message,
            place="agree",
            remedy="name two codings, two folders of codings, or --study PAIRS.csv",
        )
    )


def _pair(options: Namespace, protocol: Protocol) -> _Result:
    files = PairFiles(session="", first=options.codings[0], second=options.codings[1])
    loaded = _load((files.first, files.second), options)
    with ProgressLine("Comparing the codings") as line:
        report = pair_report(files, loaded, protocol, watch=line.show)
    return _Result(
        title=report.title,
        blocks=tuple(pair_blocks(report)),
        json=pair_json(report),
        rows=pair_rows(report),
        doubts=report.doubts,
    )


def _listed_study(options: Namespace, protocol: Protocol) -> _Result:
    pairs = listed_pairs(options.study)
    refuse_training(files_of(pairs))
    return _study(pairs, _load(files_of(pairs), options), protocol)


def _folder_study(options: Namespace, protocol: Protocol) -> _Result:
    first, second = (codings_in(folder) for folder in options.codings)
    refuse_training((*first, *second))
    loaded = _load((*first, *second), options)
    found = matched(first, second, loaded)
    for finding in found.notes:
        note(finding)
    return _study(found.pairs, loaded, protocol)


def _load(files: Iterable[Path], options: Namespace) -> Loaded:
    with ProgressLine("Reading the codings") as line:
        loaded = load(files, partial(chosen_scheme, options), line.show_rows)
    for finding in loaded.notes:
        note(finding)
    return loaded


def _study(files: Sequence[PairFiles], loaded: Loaded, protocol: Protocol) -> _Result:
    with ProgressLine("Comparing the codings") as line:
        report = study_report(files, loaded, protocol, watch=line.show_rows)
    return _Result(
        title=report.title,
        blocks=tuple(study_blocks(report)),
        json=study_json(report),
        rows=study_rows(report.study),
        doubts=report.doubts,
    )


def _write(options: Namespace, result: _Result) -> None:
    files: dict[Path, bytes] = {}
    if options.csv is not None:
        folder: Path = options.csv
        folder.mkdir(parents=True, exist_ok=True)
        dialect = FOR_EXCEL if options.excel else PLAIN
        named = agreement_files(result.rows, dialect)
        files.update({folder / name: content for name, content in named.items()})
    if options.html is not None:
        files[options.html] = page_html(result.title, result.blocks).encode()
    if files:
        write_together(files, overwrite=options.overwrite)
