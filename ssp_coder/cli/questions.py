"""`ssp-coder questions`: what coders ask the trainer, written out, and the answers read back."""

from __future__ import annotations

from argparse import ArgumentParser, Namespace
from pathlib import Path

from ssp_coder.cli.command import Command, ExitCode
from ssp_coder.cli.reading import read_coding
from ssp_coder.cli.terminal import note, say
from ssp_coder.domain.finding import DomainError, Finding
from ssp_coder.formats.comments import question_rows
from ssp_coder.formats.exportable import Exportable
from ssp_coder.formats.questions import AnswerPlan, plan_answers, questions_bytes
from ssp_coder.formats.writing import write_together
from ssp_coder.reporting.questions import question_sheet
from ssp_coder.storage.coding_file import open_for_writing, open_read_only


def _add_arguments(parser: ArgumentParser) -> None:
    parser.add_argument(
        "codings", metavar="FILE.sspc", nargs="+", type=Path, help="codings with questions"
    )
    parser.add_argument(
        "--to", metavar="CSV", type=Path, help="write the open questions, with room for answers"
    )
    parser.add_argument(
        "--sheet", metavar="HTML", type=Path, help="write them as a sheet to be printed"
    )
    parser.add_argument(
        "--answers", metavar="CSV", type=Path, help="read the answers of such a file into FILE.sspc"
    )
    parser.add_argument(
        "--by", metavar="ID", help="who reads them in, for the log (default: the coding's coder)"
    )
    parser.add_argument(
        "--overwrite", action="store_true", help="replace files that are there with other content"
    )


def _run(options: Namespace) -> ExitCode:
    if options.answers is not None:
        return _read_answers(options)
    codings = tuple(read_coding(path) for path in options.codings)
    files = {}
    if options.to is not None:
        files[options.to] = questions_bytes(codings)
    if options.sheet is not None:
        files[options.sheet] = question_sheet(codings).encode()
    for path, content in files.items():
        write_together({path: content}, overwrite=options.overwrite)
        say(str(path))
    if not files:
        _list(codings)
    return ExitCode.OK


def _list(codings: tuple[Exportable, ...]) -> None:
    for entry in codings:
        for row in question_rows(entry):
            words = " ".join(row.comment.words.split())
            where = row.episode or "-"
            say(f"{entry.coding.session} {entry.coding.coder} {row.comment.id} {where}: {words}")


def _read_answers(options: Namespace) -> ExitCode:
    if len(options.codings) != 1 or options.to is not None or options.sheet is not None:
        raise DomainError(
            Finding(
                code="questions.one_coding",
                message="answers are read into one coding at a time, and nothing is written then",
                place="questions",
                remedy="give --answers and one FILE.sspc",
            )
        )
    path: Path = options.codings[0]
    plan, who = _examined(path, options)
    if plan.edit is not None:
        with open_for_writing(path, who) as file:
            # Somebody may have coded since the file was looked at, so the plan is made anew.
            plan = plan_answers(file.coding, options.answers)
            if plan.edit is not None:
                file.document().submit(plan.edit)
    say(f"{path}: {plan.count} answers read from {options.answers.name}")
    return ExitCode.OK


def _examined(path: Path, options: Namespace) -> tuple[AnswerPlan, str]:
    """What would be done, and who does it; the coding is only read until all is known to fit."""
    with open_read_only(path) as file:
        plan = plan_answers(file.coding, options.answers)
        for finding in plan.notes:
            note(finding)
        return plan, options.by or file.coding.coder


COMMAND = Command(
    name="questions",
    summary="list or write out the questions to the trainer, or read the answers back",
    example="ssp-coder questions S001.c01.sspc --to questions.csv --sheet questions.html",
    add_arguments=_add_arguments,
    run=_run,
)
