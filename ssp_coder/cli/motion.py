"""`ssp-coder motion`: how much the picture moves over time, and hints where to look."""

from __future__ import annotations

import csv
from argparse import ArgumentParser, ArgumentTypeError, Namespace
from collections.abc import Iterator, Sequence
from io import StringIO
from math import isnan
from pathlib import Path
from typing import TYPE_CHECKING

from ssp_coder.cli.command import Command, ExitCode, length
from ssp_coder.cli.terminal import ProgressLine, say
from ssp_coder.domain.time import Micros, clock_text, seconds_text

if TYPE_CHECKING:
    from ssp_coder.media.hints import Hint
    from ssp_coder.media.index import FrameIndex
    from ssp_coder.media.motion import Motion, Region

COLUMNS = ("start_s", "frames", "motion", "motion_region", "brightness")
_BUCKET_US = Micros(1_000_000)
_HINTS = {"scene": "the picture is another one", "light": "the room becomes"}


def region(text: str) -> Region:
    """A part of the picture as an argument: ``left,top,width,height`` in shares from 0 to 1."""
    from ssp_coder.media.motion import Region

    try:
        left, top, width, height = (float(part) for part in text.split(","))
        return Region(left=left, top=top, width=width, height=height)
    except ValueError as error:
        raise ArgumentTypeError(
            f"{text!r} is no part of the picture ({error}); write it like 0.6,0,0.4,0.5"
        ) from None


def _add_arguments(parser: ArgumentParser) -> None:
    parser.add_argument("video", metavar="VIDEO", type=Path, help="the recording")
    parser.add_argument("--csv", metavar="FILE", type=Path, help="write the values as a table")
    parser.add_argument(
        "--region",
        metavar="LEFT,TOP,WIDTH,HEIGHT",
        type=region,
        help="also measure this part, in shares of the upright picture, such as that of the door",
    )
    rhythm = parser.add_mutually_exclusive_group()
    rhythm.add_argument(
        "--every",
        metavar="SECONDS",
        type=length,
        default=_BUCKET_US,
        help="one row for so much time; 1 unless told",
    )
    rhythm.add_argument("--frames", action="store_true", help="one row a frame")
    parser.add_argument("--force", action="store_true", help="replace FILE when it is there")


def _run(options: Namespace) -> ExitCode:
    from ssp_coder.media.hints import hints
    from ssp_coder.media.indexing import Watch, build_index
    from ssp_coder.media.motion import WHOLE, build_motion
    from ssp_coder.media.writing import refuse_place, written_whole

    video: Path = options.video
    if options.csv is not None:
        refuse_place(options.csv, overwrite=options.force)
    with ProgressLine(f"Reading {video.name}") as line:
        index = build_index(video, Watch(progress=line.show))
    with ProgressLine(f"Measuring {video.name}") as line:
        motion = build_motion(video, index, options.region or WHOLE, Watch(progress=line.show))
    if options.csv is not None:
        rows = _rows(motion, index, 0 if options.frames else max(1, options.every))
        if options.region is None:
            rows = ((*row[:3], "", *row[4:]) for row in rows)
        with written_whole(options.csv, overwrite=options.force) as unfinished:
            unfinished.write_text(table(rows), encoding="utf-8", newline="")
        say(str(options.csv))
    say("\n".join(hint_lines(hints(motion, index))))
    return ExitCode.OK


def _rows(motion: Motion, index: FrameIndex, bucket_us: int) -> Iterator[Sequence[str]]:
    from ssp_coder.media.motion import bucketed

    if bucket_us:
        for bucket in bucketed(motion, index, bucket_us):
            values = (bucket.energy, bucket.region_energy, bucket.brightness)
            yield seconds_text(bucket.start_us), str(bucket.frames), *map(_number, values)
        return
    columns = (motion.energy, motion.region_energy, motion.brightness)
    for ordinal, values in enumerate(zip(*columns, strict=True)):
        yield seconds_text(index.times_us[ordinal]), "1", *map(_number, values)


def _number(value: float) -> str:
    """Four digits, or nothing where nothing was measured."""
    return "" if isnan(value) else f"{value:.4f}"


def table(rows: Iterator[Sequence[str]]) -> str:
    """The rows as CSV with a head."""
    text = StringIO()
    writer = csv.writer(text)
    writer.writerow(COLUMNS)
    writer.writerows(rows)
    return text.getvalue()


def hint_lines(found: Sequence[Hint]) -> Iterator[str]:
    """The hints, labelled as such."""
    hints = "1 hint" if len(found) == 1 else f"{len(found)} hints"
    yield f"{hints} where to look. They are no coded events and may be wrong."
    for hint in found:
        words = _HINTS[hint.kind.value]
        if hint.kind.value == "light":
            words += " brighter" if hint.strength > 0 else " darker"
        yield f"  {clock_text(hint.at_us)}  {words} ({hint.strength:+.2f})"


COMMAND = Command(
    name="motion",
    summary="measure how much the picture moves over time, with hints where to look",
    example="ssp-coder motion S001.mp4 --csv motion.csv --region 0.7,0.1,0.3,0.6",
    add_arguments=_add_arguments,
    run=_run,
)
