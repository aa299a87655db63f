"""Which scheme a command works with."""

from __future__ import annotations

from argparse import ArgumentParser, Namespace
from pathlib import Path

from ssp_coder.catalog import available_schemes, load_scheme
from ssp_coder.domain.finding import DomainError, Finding
from ssp_coder.domain.scheme import Scheme


def add_scheme_arguments(parser: ArgumentParser) -> None:
    """Declare how a scheme is chosen."""
    parser.add_argument(
        "--scheme",
        metavar="ID",
        help="what to code with; by default the scheme whose file says that it is the usual one",
    )
    parser.add_argument(
        "--instruments",
        metavar="FOLDER",
        type=Path,
        action="append",
        default=[],
        help="a folder of your own with episodes and schemas, searched before the bundled ones",
    )


def chosen_scheme(options: Namespace) -> Scheme:
    """The scheme that the arguments name, or the usual one.

    Raises:
        DomainError: it is not known, or its files are wrong.
    """
    folders: tuple[Path, ...] = tuple(options.instruments)
    known = _known(folders)
    chosen: str = options.scheme if options.scheme is not None else usual_scheme(folders)
    if chosen not in known:
        raise DomainError(
            Finding(
                code="scheme.unknown",
                message="there is no such scheme",
                place=f"--scheme {chosen}",
                remedy=f"use one of {', '.join(known)}, or name its folder with --instruments",
            )
        )
    return load_scheme(chosen, folders=folders)


def usual_scheme(folders: tuple[Path, ...] = ()) -> str:
    """Id of the scheme that says of itself that it is the usual one; a folder's own goes first.

    Raises:
        DomainError: there is none, or one place has several, so that one has to be named.
    """
    usual = [summary for summary in available_schemes(folders) if summary.usual]
    ids = [summary.id for summary in usual if summary.folder == usual[0].folder]
    if len(ids) == 1:
        return ids[0]
    raise DomainError(
        Finding(
            code="scheme.not_named",
            message="several schemes are the usual one" if ids else "no scheme is the usual one",
            place="--scheme",
            remedy=f"name one of {', '.join(ids or _known(folders))}",
        )
    )


def _known(folders: tuple[Path, ...]) -> tuple[str, ...]:
    return tuple(summary.id for summary in available_schemes(folders))
