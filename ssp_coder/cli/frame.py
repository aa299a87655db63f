"""`ssp-coder frame`: the exact frame on screen at a moment, as a picture."""

from __future__ import annotations

from argparse import ArgumentParser, Namespace
from pathlib import Path

from ssp_coder.cli.command import Command, ExitCode, moment
from ssp_coder.cli.terminal import ProgressLine, say
from ssp_coder.domain.finding import DomainError, Finding
from ssp_coder.domain.time import clock_text, seconds_text


def _add_arguments(parser: ArgumentParser) -> None:
    parser.add_argument("video", metavar="VIDEO", type=Path, help="the recording")
    parser.add_argument(
        "--at",
        metavar="SECONDS",
        required=True,
        type=moment,
        help="media time from the first frame: 12.5, 1:02.5 or 0:01:02.5",
    )
    parser.add_argument("--out", metavar="PNG", required=True, type=Path, help="the picture")
    parser.add_argument("--overwrite", action="store_true", help="replace PNG when it is there")


def _run(options: Namespace) -> ExitCode:
    from ssp_coder.media.indexing import Watch, build_index
    from ssp_coder.media.stills import write_still

    video: Path = options.video
    with ProgressLine(f"Reading {video.name}") as line:
        index = build_index(video, Watch(progress=line.show))
    if not 0 <= options.at < index.end_us:
        raise DomainError(
            Finding(
                code="frame.outside",
                message=f"{seconds_text(options.at)} s lies outside the video",
                place=str(video),
                remedy=f"name a time from 0 to before {seconds_text(index.end_us)} s",
            )
        )
    still = write_still(video, options.at, options.out, overwrite=options.overwrite, index=index)
    say(
        f"{still.file}: frame {still.ordinal}, on screen from {seconds_text(still.pts_us)} s "
        f"({clock_text(still.pts_us)}), {still.width} x {still.height}"
    )
    return ExitCode.OK


COMMAND = Command(
    name="frame",
    summary="write the exact frame on screen at a moment as a PNG",
    example="ssp-coder frame S001.mp4 --at 372.48 --out reunion.png",
    add_arguments=_add_arguments,
    run=_run,
)
