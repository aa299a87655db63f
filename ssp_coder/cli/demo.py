"""`ssp-coder demo`: a demonstration session in the window, or all of it without a screen."""

from __future__ import annotations

import os
from argparse import ArgumentParser, Namespace
from pathlib import Path
from typing import TYPE_CHECKING

from ssp_coder.cli.command import Command, ExitCode
from ssp_coder.cli.demo_results import write_results
from ssp_coder.cli.reading import read_coding
from ssp_coder.cli.terminal import ProgressLine, complain, say
from ssp_coder.cli.window import has_display, no_qt, open_window
from ssp_coder.domain.coding import Coding
from ssp_coder.domain.finding import DomainError, Finding
from ssp_coder.formats.exportable import Exportable
from ssp_coder.storage.coding_file import create

if TYPE_CHECKING:
    from ssp_coder.demonstration.session import DemoSession

JOURNEY = "journey"
"""Name of the coding that is made without a screen."""


def _add_arguments(parser: ArgumentParser) -> None:
    parser.add_argument(
        "--headless",
        action="store_true",
        help="without a screen: play, code by script, rate, classify, export, compare, picture",
    )
    parser.add_argument(
        "--into",
        metavar="DIR",
        type=Path,
        help="where the demonstration lies or is made (default: in your home folder)",
    )


def _run(options: Namespace) -> int:
    from ssp_coder.demonstration.session import default_folder, prepare

    headless: bool = options.headless
    if not headless and not has_display():
        complain("note: there is no display, so the same journey is made without one")
        headless = True
    folder: Path = (options.into or default_folder()).absolute()
    with ProgressLine("Making the demonstration session") as line:
        demo = prepare(folder, line.show)
    if headless:
        return make_journey(demo, folder)
    say(f"The demonstration session lies in {folder}")
    return open_window((demo.working,))


def make_journey(demo: DemoSession, into: Path) -> ExitCode:
    """Code the demonstration by script in the real window, then do all that follows.

    Args:
        demo: the session.
        into: folder for everything that is made.

    Raises:
        DomainError: a step did not do what it should.
    """
    script = read_coding(demo.trainee)
    coded = fresh_coding(script, into)
    pictures = coded_in_window(coded, script.coding, into)
    results = write_results(coded, demo.reference, into)
    say(f"Everything lies in {into}")
    for title, paths in (
        ("Video", (demo.video,)),
        ("Coding", (coded,)),
        ("Exports", results.exports),
        ("Suggested class", results.classification),
        ("Comparison with the reference", results.comparison),
        ("Screenshots", pictures),
    ):
        say(f"{title}: {', '.join(path.name for path in paths)}")
    return ExitCode.OK


def fresh_coding(script: Exportable, into: Path) -> Path:
    """An empty coding of the script's video under a name that is free."""
    from ssp_coder.demonstration.session import YOU

    path = into / f"{JOURNEY}.sspc"
    number = 1
    while path.exists():
        number += 1
        path = into / f"{JOURNEY}-{number}.sspc"
    start = Coding(session=script.coding.session, coder=YOU, media=script.coding.media)
    with create(path, coding=start, scheme=script.scheme, who=YOU):
        return path


def coded_in_window(coded: Path, script: Coding, into: Path) -> tuple[Path, ...]:
    """Code by script in the real window, which is drawn in memory only; returns the pictures.

    Raises:
        WindowError: PySide6 cannot be loaded.
        DomainError: the window did not do what the script asked.
    """
    os.environ["QT_QPA_PLATFORM"] = "offscreen"
    try:
        from ssp_coder.ui.journey import JourneyError, run_headless
    except ImportError as error:
        raise no_qt(error) from error
    try:
        return run_headless(coded, script, into)
    except JourneyError as error:
        raise DomainError(
            Finding(
                code="demo.journey",
                message=str(error),
                place=str(coded),
                remedy="try again; if it stays so, report it with this sentence",
            )
        ) from error


COMMAND = Command(
    name="demo",
    summary="code a demonstration session, drawn and bundled with the program",
    example="ssp-coder demo --headless --into demonstration",
    add_arguments=_add_arguments,
    run=_run,
)
