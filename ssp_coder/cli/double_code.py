"""`ssp-coder double-code`: draw the sessions that are coded twice, and by whom."""

from __future__ import annotations

import secrets
from argparse import ArgumentParser, ArgumentTypeError, Namespace
from fractions import Fraction
from pathlib import Path

from ssp_coder.cli.command import Command, ExitCode
from ssp_coder.cli.terminal import note, say
from ssp_coder.formats.writing import write_together
from ssp_coder.training.double_coding import USUAL_SHARE, plan_double_coding
from ssp_coder.training.double_coding_files import KEY_FILE, plan_files, read_sessions
from ssp_coder.training.errors import TrainingError

_SEEDS = 10**9


def _percent(text: str) -> Fraction:
    try:
        share = Fraction(text) / 100
    except (ValueError, ZeroDivisionError):
        raise ArgumentTypeError(f"{text!r} is no percentage; give a number such as 20") from None
    if not 0 < share <= 1:
        raise ArgumentTypeError(f"{text} % is no share of the sessions; give above 0 up to 100")
    return share


def _add_arguments(parser: ArgumentParser) -> None:
    parser.add_argument(
        "sessions",
        metavar="SESSIONS.csv",
        type=Path,
        help="columns session and coder, and wave and site if there are several",
    )
    parser.add_argument("folder", metavar="FOLDER", type=Path, help="where the lists go")
    parser.add_argument(
        "--percent",
        metavar="N",
        type=_percent,
        default=USUAL_SHARE,
        help="share of the sessions of each wave; 20 unless told (project default)",
    )
    parser.add_argument(
        "--seed",
        metavar="N",
        type=int,
        help="the same number draws the same sessions; drawn by chance unless told, and kept in "
        f"{KEY_FILE}, as whoever knows it can work out the plan",
    )
    parser.add_argument("--overwrite", action="store_true", help="replace lists that are there")


def _run(options: Namespace) -> ExitCode:
    sessions = read_sessions(options.sessions)
    seed = secrets.randbelow(_SEEDS) if options.seed is None else options.seed
    try:
        plan = plan_double_coding(sessions, share=options.percent, seed=seed)
    except TrainingError as error:
        for finding in error.findings[1:]:
            note(finding)
        raise
    options.folder.mkdir(parents=True, exist_ok=True)
    files = plan_files(plan)
    write_together(
        {options.folder / name: content for name, content in files.items()},
        overwrite=options.overwrite,
    )
    for finding in plan.findings:
        note(finding)
    say(
        f"{options.folder}: {len(plan.twice)} of {len(plan.sessions)} sessions are coded twice; "
        f"{len(plan.coders)} lists for the coders, {KEY_FILE} for you alone"
    )
    return ExitCode.OK


COMMAND = Command(
    name="double-code",
    summary="draw the sessions that are coded twice, without telling the coders which",
    example="ssp-coder double-code sessions.csv plan --percent 20 --seed 7",
    add_arguments=_add_arguments,
    run=_run,
)
