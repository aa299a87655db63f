"""`ssp-coder sheet`: a sheet of small pictures, to see at a glance what a video holds."""

from __future__ import annotations

from argparse import ArgumentParser, Namespace
from pathlib import Path

from ssp_coder.cli.command import Command, ExitCode
from ssp_coder.cli.selftest import count
from ssp_coder.cli.terminal import ProgressLine, say
from ssp_coder.domain.finding import DomainError, Finding

_COUNT = 40


def _add_arguments(parser: ArgumentParser) -> None:
    parser.add_argument("video", metavar="VIDEO", type=Path, help="the recording")
    parser.add_argument("--out", metavar="PNG", type=Path, required=True, help="the sheet")
    parser.add_argument(
        "--count",
        metavar="NUMBER",
        type=count,
        default=_COUNT,
        help=f"at most so many pictures; {_COUNT} unless told",
    )
    parser.add_argument("--force", action="store_true", help="replace PNG when it is there")


def _run(options: Namespace) -> ExitCode:
    from ssp_coder.media.contact_sheet import sheet_png
    from ssp_coder.media.indexing import Watch, build_index
    from ssp_coder.media.thumbnails import build_thumbnails
    from ssp_coder.media.writing import refuse_place, written_whole

    video: Path = options.video
    refuse_place(options.out, overwrite=options.force)
    with ProgressLine(f"Reading {video.name}") as line:
        index = build_index(video, Watch(progress=line.show))
    with ProgressLine(f"Looking through {video.name}") as line:
        strip = build_thumbnails(video, index, options.count, Watch(progress=line.show))
    if not strip:
        raise DomainError(
            Finding(
                code="sheet.none",
                message="no key frame can be shown",
                place=str(video),
                remedy="copy the recording again",
            )
        )
    with written_whole(options.out, overwrite=options.force) as unfinished:
        unfinished.write_bytes(sheet_png(strip))
    say(f"{options.out}: {len(strip)} key frames")
    return ExitCode.OK


COMMAND = Command(
    name="sheet",
    summary="write a sheet of small pictures from a video",
    example="ssp-coder sheet S001.mp4 --out sheet.png",
    add_arguments=_add_arguments,
    run=_run,
)
