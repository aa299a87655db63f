"""What `ssp-coder pack` and `ssp-coder train` share: works, arguments, the logbook at work."""

from __future__ import annotations

from argparse import ArgumentParser, Namespace
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

from ssp_coder.cli.command import ExitCode
from ssp_coder.cli.terminal import note, say
from ssp_coder.training.logbook import Logbook
from ssp_coder.training.pack_file import read_pack
from ssp_coder.training.packs import Pack
from ssp_coder.training.working import resume

Work = Callable[[Namespace], ExitCode]
Works = tuple[tuple[str, str, Callable[[ArgumentParser], None], Work], ...]
"""Of each work its name, what it does, what declares its arguments and what does it."""


def add_works(
    parser: ArgumentParser, works: Works, first: Callable[[ArgumentParser], None] | None = None
) -> None:
    """Declare the works of a command.

    Args:
        parser: of the command.
        works: in the order of the list.
        first: declares what every work takes before its own arguments.
    """
    several = parser.add_subparsers(title="what", metavar="WHAT", required=True)
    for name, summary, add_arguments, work in works:
        whole = f"{summary[0].upper()}{summary[1:]}."
        one = several.add_parser(name, help=summary, description=whole, allow_abbrev=False)
        one.set_defaults(work=work)
        if first is not None:
            first(one)
        add_arguments(one)


def run_work(options: Namespace) -> ExitCode:
    """Do the work that was named."""
    work: Work = options.work
    return work(options)


def pack_argument(parser: ArgumentParser) -> None:
    """Declare the pack."""
    parser.add_argument("pack", metavar="FOLDER", type=Path, help="the training pack")


def case_arguments(parser: ArgumentParser) -> None:
    """Declare the pack and one of its cases."""
    pack_argument(parser)
    parser.add_argument("case", metavar="CASE", help="id of a case, as 'train status' lists it")


@contextmanager
def at_work(options: Namespace) -> Iterator[tuple[Logbook, Pack]]:
    """The open logbook with its pack; what a crash interrupted is brought to an end first.

    Raises:
        DomainError: the pack or the logbook cannot be used.
    """
    pack = read_pack(options.pack)
    with Logbook.open(options.logbook) as book:
        for finding in book.findings:
            note(finding)
        resumed = resume(book, pack)
        for done in resumed.done:
            say(f"the interrupted submission of {done.case} was completed")
        for finding in resumed.failed:
            note(finding)
        yield book, pack
