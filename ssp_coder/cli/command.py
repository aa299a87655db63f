"""What a command of the command line is made of."""

from __future__ import annotations

from argparse import ArgumentParser, ArgumentTypeError, Namespace
from collections.abc import Callable
from dataclasses import dataclass
from enum import IntEnum

from ssp_coder.domain.time import Micros, micros, parse_time


class ExitCode(IntEnum):
    """What the shell is told."""

    OK = 0
    FINDINGS = 1
    """The work was done and found something that a person should look at."""
    UNUSABLE = 2
    """The arguments, or a file that they name, cannot be used; nothing was changed."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Command:
    """One command.

    Attributes:
        name: what is typed.
        summary: what it does, one sentence for the list of commands.
        example: a line that works, shown by ``--help``.
        add_arguments: declares its arguments.
        run: does it with the arguments read.
    """

    name: str
    summary: str
    example: str
    add_arguments: Callable[[ArgumentParser], None]
    run: Callable[[Namespace], int]


def moment(text: str) -> Micros:
    """A time of the video as an argument: ``12.5``, ``1:02.5`` or ``0:01:02.5``."""
    try:
        return parse_time(text)
    except ValueError as error:
        raise ArgumentTypeError(str(error)) from None


def length(text: str) -> Micros:
    """A length in seconds as an argument, 0 or more."""
    try:
        value = micros(text)
    except ValueError as error:
        raise ArgumentTypeError(str(error)) from None
    if value < 0:
        raise ArgumentTypeError(f"{text} seconds is negative; give 0 or more")
    return value
