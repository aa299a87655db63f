"""`ssp-coder train`: a trainee's way through a training pack, without a window."""

from __future__ import annotations

from argparse import ArgumentParser, Namespace
from pathlib import Path

from ssp_coder.cli.command import Command, ExitCode
from ssp_coder.cli.terminal import note, say, say_json
from ssp_coder.cli.train_feedback import (
    disputes_arguments,
    feedback_arguments,
    judge,
    judge_arguments,
    list_disputes,
    show_feedback,
)
from ssp_coder.cli.training_desk import (
    Works,
    add_works,
    at_work,
    case_arguments,
    pack_argument,
    run_work,
)
from ssp_coder.domain.finding import Severity
from ssp_coder.training.barring import WHY
from ssp_coder.training.errors import training_error
from ssp_coder.training.handing_in import check_follows, check_work
from ssp_coder.training.logbook import Logbook, read_logbook
from ssp_coder.training.pack_file import read_pack
from ssp_coder.training.programme import Standing, programme_of
from ssp_coder.training.releases import take_in
from ssp_coder.training.working import begin_case, case_of, enrol, submit, what_is_open


def _add_arguments(parser: ArgumentParser) -> None:
    add_works(parser, _WORKS, _logbook_argument)


def _logbook_argument(parser: ArgumentParser) -> None:
    parser.add_argument("logbook", metavar="NAME.ssptrain", type=Path, help="your own record")


def _enrol_arguments(parser: ArgumentParser) -> None:
    pack_argument(parser)
    parser.add_argument(
        "--trainee", metavar="ID", help="your pseudonym; needed while there is no logbook"
    )


def _enrol(options: Namespace) -> ExitCode:
    pack = read_pack(options.pack)
    path: Path = options.logbook
    with Logbook.open(path) if path.exists() else _new(path, options.trainee) as book:
        if options.trainee not in {None, book.who}:
            raise training_error(
                "other_trainee",
                path,
                f"is the logbook of {book.who}",
                "leave --trainee out, or name a new logbook",
            )
        enrol(book, pack)
        say(f"{path}: {book.who} is enrolled for {pack.label}")
    return ExitCode.OK


def _new(path: Path, trainee: str | None) -> Logbook:
    return Logbook.create(path, trainee or "")


def _status_arguments(parser: ArgumentParser) -> None:
    pack_argument(parser)
    parser.add_argument("--json", action="store_true", help="one object with everything")


def _status(options: Namespace) -> ExitCode:
    pages, pack = read_logbook(options.logbook), read_pack(options.pack)
    programme = programme_of(pack, pages.entries)
    if options.json:
        say_json(
            {
                "trainee": pages.who,
                "pack": pack.label,
                "stage": programme.stage.value,
                "cases": [_standing_json(standing) for standing in programme.shown],
                "head": pages.head,
            }
        )
        return ExitCode.OK
    say(f"{pages.who}, {pack.label}: next comes {programme.stage.value}")
    for standing in programme.shown:
        say(f"  {standing.case.id}  {standing.case.title}: {_words(standing)}")
    return ExitCode.OK


def _standing_json(standing: Standing) -> dict[str, object]:
    return {
        "case": standing.case.id,
        "state": standing.state.value,
        "begin": None if standing.begin is None else standing.begin.value,
        "see": None if standing.see is None else standing.see.value,
        "attempts": [
            {
                "number": attempt.number,
                "file": attempt.file,
                "repeat": attempt.is_repeat,
                "submitted": attempt.submitted_at_utc or None,
            }
            for attempt in standing.attempts
        ],
    }


def _words(standing: Standing) -> str:
    words = standing.state.value
    bar = standing.begin if standing.last is None else standing.see
    if bar is not None and not (standing.last and standing.last.submitted is None):
        words += f" ({WHY[bar][0]})"
    if standing.attempts and standing.attempts[-1].is_repeat:
        words += ", a repeat, which does not count"
    return words


def _begin(options: Namespace) -> ExitCode:
    with at_work(options) as (book, pack):
        say(f"{begin_case(book, pack, case_of(pack, options.case))}")
    return ExitCode.OK


def _submit_arguments(parser: ArgumentParser) -> None:
    case_arguments(parser)
    parser.add_argument(
        "--incomplete", action="store_true", help="submit although something is still to be done"
    )


def _submit(options: Namespace) -> ExitCode:
    with at_work(options) as (book, pack):
        case = case_of(pack, options.case)
        last = programme_of(pack, book.entries).standing(case.id).last
        path = begin_case(book, pack, case) if last is None else book.folder / last.file
        is_done = last is not None and last.submitted is not None
        if not is_done and not options.incomplete and _tell_open_work(path):
            return ExitCode.FINDINGS
        done = submit(book, pack, case, path)
        say(f"{book.folder / done.snapshot}: submitted; log ends with {done.head}")
    return ExitCode.OK


def _tell_open_work(path: Path) -> bool:
    missing = [one.finding for one in what_is_open(path)]
    missing = [finding for finding in missing if finding.severity is not Severity.NOTE]
    for finding in missing:
        note(finding)
    return bool(missing)


def _release_arguments(parser: ArgumentParser) -> None:
    pack_argument(parser)
    parser.add_argument("release", metavar="FILE", type=Path, help="the trainer's release")


def _release(options: Namespace) -> ExitCode:
    with at_work(options) as (book, pack):
        deed = take_in(book, pack, options.release)
        say(f"form {deed.form}: {deed.kind.value} released by {deed.trainer}")
    return ExitCode.OK


def _check_arguments(parser: ArgumentParser) -> None:
    parser.add_argument(
        "--since",
        metavar="HASH",
        help="the hash that an earlier check ended with; the logbook has to go on from there",
    )


def _check(options: Namespace) -> ExitCode:
    pages = read_logbook(options.logbook)
    findings = check_work(pages)
    if options.since is not None:
        findings += check_follows(pages, options.since)
    for finding in findings:
        note(finding)
    if findings:
        return ExitCode.FINDINGS
    say(f"{options.logbook}: {len(pages.entries)} entries, ends with {pages.head}")
    return ExitCode.OK


_WORKS: Works = (
    ("enrol", "take up a training pack, with a new logbook if need be", _enrol_arguments, _enrol),
    ("status", "list the cases, what may be done and why not", _status_arguments, _status),
    ("begin", "make the coding file of a case, or say where it lies", case_arguments, _begin),
    ("submit", "lock the coding of a case and keep a copy of it", _submit_arguments, _submit),
    (
        "feedback",
        "hold what was submitted against the reference",
        feedback_arguments,
        show_feedback,
    ),
    ("judge", "say what you think of an item of the feedback", judge_arguments, judge),
    ("disputes", "list the items that you do not agree with", disputes_arguments, list_disputes),
    ("release", "take in a trainer's release", _release_arguments, _release),
    ("check", "see whether a logbook and its copies are unaltered", _check_arguments, _check),
)

COMMAND = Command(
    name="train",
    summary="work through a training pack: begin, submit, feedback, progress",
    example="ssp-coder train begin anna.ssptrain spring-pack case-03",
    add_arguments=_add_arguments,
    run=run_work,
)
