"""`ssp-coder selftest`: can coding times on this recording be trusted?"""

from __future__ import annotations

from argparse import ArgumentParser, ArgumentTypeError, Namespace
from pathlib import Path

from ssp_coder.cli.command import Command, ExitCode
from ssp_coder.cli.terminal import ProgressLine, say, say_json
from ssp_coder.reporting.selftests import selftest_json, selftest_lines


def count(text: str) -> int:
    """A whole number, 1 or more, as an argument."""
    if not text.isascii() or not text.isdecimal() or int(text) < 1:
        raise ArgumentTypeError(f"{text!r} is not a whole number of 1 or more")
    return int(text)


def _add_arguments(parser: ArgumentParser) -> None:
    parser.add_argument(
        "--video", metavar="FILE", required=True, type=Path, help="the recording to try"
    )
    parser.add_argument(
        "--stretch",
        metavar="FRAMES",
        type=count,
        help="read only so many frames from the start; without it the whole recording is read",
    )
    parser.add_argument("--json", action="store_true", help="one object with every count")


def _run(options: Namespace) -> ExitCode:
    from ssp_coder.media.indexing import Watch
    from ssp_coder.media.selftest import Verdict, run_selftest

    video: Path = options.video
    with ProgressLine(f"Testing {video.name}") as line:
        found = run_selftest(video, stretch=options.stretch, watch=Watch(progress=line.show))
    if options.json:
        say_json(selftest_json(found, video))
    else:
        say("\n".join(selftest_lines(found, video)))
    return ExitCode.OK if found.verdict is Verdict.TRUSTED else ExitCode.FINDINGS


COMMAND = Command(
    name="selftest",
    summary="say whether coding times on a recording can be trusted",
    example="ssp-coder selftest --video S001.mp4",
    add_arguments=_add_arguments,
    run=_run,
)
