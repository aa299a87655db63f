"""`ssp-coder selftest`: can times on this recording be trusted, and are the statistics right?"""

from __future__ import annotations

from argparse import ArgumentParser, ArgumentTypeError, Namespace
from pathlib import Path

from ssp_coder.cli.command import Command, ExitCode
from ssp_coder.cli.terminal import ProgressLine, complain, say, say_json
from ssp_coder.reporting.selftests import selftest_json, selftest_lines

_BUNDLED = Path()
"""Stands for the worked examples that come with the program; told apart by identity."""


def count(text: str) -> int:
    """A whole number, 1 or more, as an argument."""
    if not text.isascii() or not text.isdecimal() or int(text) < 1:
        raise ArgumentTypeError(f"{text!r} is not a whole number of 1 or more")
    return int(text)


def _add_arguments(parser: ArgumentParser) -> None:
    tried = parser.add_mutually_exclusive_group(required=True)
    tried.add_argument("--video", metavar="FILE", type=Path, help="the recording to try")
    tried.add_argument(
        "--examples",
        metavar="FILE",
        nargs="?",
        type=Path,
        const=_BUNDLED,
        help="work out the statistics of a file of worked examples again; the bundled one if no "
        "file is named",
    )
    parser.add_argument(
        "--stretch",
        metavar="FRAMES",
        type=count,
        help="read only so many frames of the recording from the start; without it all are read",
    )
    parser.add_argument("--json", action="store_true", help="one object with every result")


def _run(options: Namespace) -> ExitCode:
    return _try_statistics(options) if options.video is None else _try_video(options)


def _try_statistics(options: Namespace) -> ExitCode:
    from ssp_coder.agreement.examples import bundled_examples, read_examples, run_examples
    from ssp_coder.reporting.examples import example_lines, examples_json

    if options.stretch is not None:
        complain("--stretch is for a recording; leave it out, or name one with --video")
        return ExitCode.UNUSABLE
    path: Path = bundled_examples() if options.examples is _BUNDLED else options.examples
    results = run_examples(read_examples(path))
    if options.json:
        say_json({"file": path.name} | examples_json(results))
    else:
        say("\n".join(example_lines(results)))
    return ExitCode.OK if all(one.passed for one in results) else ExitCode.FINDINGS


def _try_video(options: Namespace) -> ExitCode:
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
    summary="say whether times on a recording can be trusted, or check the statistics",
    example="ssp-coder selftest --video S001.mp4",
    add_arguments=_add_arguments,
    run=_run,
)
