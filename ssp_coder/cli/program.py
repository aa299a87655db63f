"""Reads the command line, does what it asks, and says what is wrong in one sentence each."""

from __future__ import annotations

import argparse
import io
import os
import sys
from collections.abc import Sequence
from pathlib import Path
from typing import NoReturn

import ssp_coder
from ssp_coder.catalog.errors import CatalogError
from ssp_coder.cli import (
    agree,
    cameras,
    check,
    classify,
    clip,
    compare,
    consensus,
    demo,
    double_code,
    export,
    frame,
    import_events,
    keys,
    motion,
    new,
    pack,
    probe,
    questions,
    refit,
    rules,
    selftest,
    sheet,
    sync,
    train,
    verify,
    waveform,
)
from ssp_coder.cli.command import Command, ExitCode
from ssp_coder.cli.terminal import complain
from ssp_coder.cli.window import open_window
from ssp_coder.domain.finding import DomainError
from ssp_coder.formats.errors import FormatError
from ssp_coder.media.errors import MediaError

COMMANDS: tuple[Command, ...] = (
    new.COMMAND,
    import_events.COMMAND,
    export.COMMAND,
    questions.COMMAND,
    classify.COMMAND,
    compare.COMMAND,
    agree.COMMAND,
    consensus.COMMAND,
    pack.COMMAND,
    train.COMMAND,
    double_code.COMMAND,
    refit.COMMAND,
    check.COMMAND,
    rules.COMMAND,
    verify.COMMAND,
    frame.COMMAND,
    probe.COMMAND,
    selftest.COMMAND,
    clip.COMMAND,
    motion.COMMAND,
    cameras.COMMAND,
    sync.COMMAND,
    waveform.COMMAND,
    sheet.COMMAND,
    keys.COMMAND,
    demo.COMMAND,
)
_DESCRIPTION = """Code the Strange Situation Procedure from video.

Without arguments, or with a coding file alone, the window opens:

  ssp-coder
  ssp-coder S001.c01.sspc"""
_EPILOG = """'ssp-coder COMMAND --help' shows the arguments of a command with an example.
Exit code: 0 all is well, 1 something was found, 2 the arguments or a file cannot be used."""


class _Parser(argparse.ArgumentParser):
    """A parser that complains in one line."""

    def error(self, message: str) -> NoReturn:
        """Leave with the complaint."""
        complain(f"{message}; '{self.prog} --help' shows what can be given")
        raise SystemExit(ExitCode.UNUSABLE)


def main(argv: Sequence[str] | None = None) -> int:
    """Do what the command line asks.

    Args:
        argv: the arguments; those of the process by default.

    Returns:
        The exit code: 0 all is well, 1 something was found, 2 unusable.
    """
    arguments = sys.argv[1:] if argv is None else list(argv)
    if isinstance(sys.stdout, io.TextIOWrapper):
        # A terminal that lacks a letter shows its number instead of stopping the program.
        sys.stdout.reconfigure(errors="backslashreplace")
    try:
        code = _run(arguments)
        sys.stdout.flush()
    except BrokenPipeError:
        _forget_stdout()
        code = ExitCode.FINDINGS
    except (DomainError, MediaError, OSError) as error:
        for sentence in sentences_of(error):
            complain(sentence)
        code = ExitCode.UNUSABLE
    except KeyboardInterrupt:
        complain("stopped as you asked; what was not finished is not there")
        code = ExitCode.UNUSABLE
    return int(code)


def sentences_of(error: Exception) -> tuple[str, ...]:
    """What is wrong, one sentence a fault, each with file, place and remedy."""
    if isinstance(error, FormatError):
        return error.sentences()
    if isinstance(error, CatalogError):
        return tuple(finding.sentence() for finding in error.findings)
    if isinstance(error, OSError) and error.filename is not None:
        reason = error.strerror or error
        return (f"{error.filename}: {reason}; check the name, its folder and its permissions",)
    return (str(error),)


def _run(arguments: list[str]) -> int:
    if _asks_for_window(arguments):
        return open_window(tuple(Path(argument) for argument in arguments))
    try:
        options = parser().parse_args(arguments)
    except SystemExit as leaving:
        return int(leaving.code or ExitCode.OK)
    command: Command = options.command
    return command.run(options)


def _asks_for_window(arguments: list[str]) -> bool:
    """Whether there is nothing but a file to open, if that."""
    if not arguments:
        return True
    names = {command.name for command in COMMANDS}
    first = arguments[0]
    if len(arguments) > 1 or first in names or first.startswith("-"):
        return False
    return Path(first).suffix == ".sspc" or Path(first).is_file()


def parser() -> argparse.ArgumentParser:
    """The parser of all commands."""
    top = _Parser(
        prog="ssp-coder",
        description=_DESCRIPTION,
        epilog=_EPILOG,
        formatter_class=argparse.RawDescriptionHelpFormatter,
        allow_abbrev=False,
    )
    top.add_argument("--version", action="version", version=f"ssp-coder {ssp_coder.__version__}")
    several = top.add_subparsers(title="commands", metavar="COMMAND", required=True)
    for command in COMMANDS:
        one = several.add_parser(
            command.name,
            help=command.summary,
            description=f"{command.summary[0].upper()}{command.summary[1:]}.",
            epilog=f"example:\n  {command.example}",
            formatter_class=argparse.RawDescriptionHelpFormatter,
            allow_abbrev=False,
        )
        one.set_defaults(command=command)
        command.add_arguments(one)
    return top


def _forget_stdout() -> None:
    """Whoever read the output has gone; the interpreter must not complain of it at the end."""
    nowhere = os.open(os.devnull, os.O_WRONLY)
    os.dup2(nowhere, sys.stdout.fileno())
    os.close(nowhere)
