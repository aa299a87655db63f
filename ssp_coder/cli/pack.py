"""`ssp-coder pack`: training packs built, checked and released by a trainer."""

from __future__ import annotations

import getpass
from argparse import ArgumentParser, Namespace
from pathlib import Path

from ssp_coder.cli.command import Command, ExitCode
from ssp_coder.cli.terminal import ProgressLine, complain, note, say
from ssp_coder.cli.training_desk import Works, add_works, run_work
from ssp_coder.domain.finding import DomainError, Finding
from ssp_coder.training.building import build_pack
from ssp_coder.training.checking import check_pack
from ssp_coder.training.deeds import ReleaseKind
from ssp_coder.training.draft_file import read_draft
from ssp_coder.training.errors import TrainingError
from ssp_coder.training.pack_file import read_pack
from ssp_coder.training.packs import Pack
from ssp_coder.training.releases import ReleaseWish, make_release, write_release
from ssp_coder.training.sealing import WHAT_SEALING_DOES


def _add_arguments(parser: ArgumentParser) -> None:
    add_works(parser, _WORKS)


def _build_arguments(parser: ArgumentParser) -> None:
    parser.add_argument("draft", metavar="DRAFT.toml", type=Path, help="what belongs into it")
    parser.add_argument("folder", metavar="FOLDER", type=Path, help="a new folder for the pack")
    parser.add_argument(
        "--seal-tests",
        action="store_true",
        help="seal the test forms with a word that only you know; it is asked for",
    )
    _word_argument(parser)


def _word_argument(parser: ArgumentParser) -> None:
    parser.add_argument(
        "--word-file",
        metavar="FILE",
        type=Path,
        help="read the trainer's word from the first line of a file instead of asking",
    )


def _build(options: Namespace) -> ExitCode:
    word = _new_word(options) if options.seal_tests or options.word_file else ""
    draft = read_draft(options.draft, word=word)
    with ProgressLine("Building the pack") as line:
        try:
            pack = build_pack(draft, options.folder, line.show, warned=note)
        except TrainingError as error:
            for finding in error.findings[1:]:
                note(finding)
            raise
    _tell(pack)
    return ExitCode.OK


def _tell(pack: Pack) -> None:
    say(f"{pack.folder}: {pack.label}, {len(pack.cases)} cases, scheme {pack.scheme}")
    for case in pack.cases:
        form = f" ({case.form})" if case.form else ""
        say(f"  {case.id}  {case.stage.value}{form}  {case.title}")
    if pack.enriched:
        say("  not at natural base rate: its figures are no study's reliability")
    for sentence in WHAT_SEALING_DOES:
        complain(f"note: {sentence}")


def _check_arguments(parser: ArgumentParser) -> None:
    parser.add_argument("folder", metavar="FOLDER", type=Path, help="the pack")


def _check(options: Namespace) -> ExitCode:
    with ProgressLine("Checking the pack") as line:
        findings = check_pack(options.folder, line.show)
    for finding in findings:
        note(finding)
    if findings:
        return ExitCode.FINDINGS
    pack = read_pack(options.folder)
    say(f"{options.folder}: {pack.label} is as it was built; {pack.sha256}")
    return ExitCode.OK


def _release_arguments(parser: ArgumentParser) -> None:
    parser.add_argument("folder", metavar="FOLDER", type=Path, help="the pack")
    parser.add_argument(
        "what",
        choices=[kind.value for kind in ReleaseKind],
        help="feedback: to see the references of a finished form; take: to take a form",
    )
    parser.add_argument("--form", metavar="ID", required=True, help="the test form")
    parser.add_argument("--for", metavar="ID", required=True, dest="trainee", help="the trainee")
    parser.add_argument("--by", metavar="ID", required=True, dest="trainer", help="the trainer")
    parser.add_argument("--out", metavar="FILE", required=True, type=Path, help="a new file")
    _word_argument(parser)


def _release(options: Namespace) -> ExitCode:
    pack = read_pack(options.folder)
    wish = ReleaseWish(
        form=options.form,
        kind=ReleaseKind(options.what),
        trainee=options.trainee,
        trainer=options.trainer,
    )
    word = _word(options) if pack.seal.has_word else ""
    write_release(make_release(pack, wish, word), options.out)
    say(f"{options.out}: {options.what}, form {wish.form}, for {wish.trainee}")
    return ExitCode.OK


def _new_word(options: Namespace) -> str:
    """The word for a new pack; what nobody can see is typed twice."""
    word = _word(options)
    if options.word_file is None and getpass.getpass("The same word again: ") != word:
        raise _no_word("the two words differ", "begin anew", "the trainer's word")
    return word


def _word(options: Namespace) -> str:
    """The trainer's word, which never stands on the command line where others could read it."""
    path: Path | None = options.word_file
    if path is None:
        word = getpass.getpass("The trainer's word: ")
        if not word.strip():
            raise _no_word("is empty", "type the trainer's word", "the trainer's word")
        return word
    try:
        lines = path.read_text("utf-8-sig").splitlines()
    except UnicodeDecodeError as error:
        raise _no_word("is not UTF-8 text", "save it as UTF-8", str(path)) from error
    if not lines or not lines[0].strip():
        raise _no_word("the first line is empty", "write the trainer's word there", str(path))
    return lines[0].strip()


def _no_word(message: str, remedy: str, place: str) -> DomainError:
    return DomainError(Finding(code="pack.no_word", message=message, place=place, remedy=remedy))


_WORKS: Works = (
    ("build", "make a pack from locked references", _build_arguments, _build),
    ("check", "see whether a pack is whole and as it was built", _check_arguments, _check),
    ("release", "let one trainee see or take a test form", _release_arguments, _release),
)

COMMAND = Command(
    name="pack",
    summary="build, check and release packs of reference codings for training",
    example="ssp-coder pack build spring.toml spring-pack --seal-tests",
    add_arguments=_add_arguments,
    run=run_work,
)
