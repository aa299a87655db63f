"""`ssp-coder waveform`: how loud a video is in every hundredth of a second, as a table."""

from __future__ import annotations

import csv
from argparse import ArgumentParser, Namespace
from io import StringIO
from pathlib import Path
from typing import TYPE_CHECKING

from ssp_coder.cli.command import Command, ExitCode
from ssp_coder.cli.terminal import ProgressLine, say
from ssp_coder.domain.time import seconds_text

if TYPE_CHECKING:
    from ssp_coder.media.waveform import Envelope

COLUMNS = ("start_s", "lowest", "highest", "rms")


def _add_arguments(parser: ArgumentParser) -> None:
    parser.add_argument("video", metavar="VIDEO", type=Path, help="the recording")
    parser.add_argument("--csv", metavar="FILE", type=Path, required=True, help="the table")
    parser.add_argument("--force", action="store_true", help="replace FILE when it is there")


def _run(options: Namespace) -> ExitCode:
    from ssp_coder.media.indexing import Watch, build_index
    from ssp_coder.media.waveform import build_envelope
    from ssp_coder.media.writing import refuse_place, written_whole

    video: Path = options.video
    refuse_place(options.csv, overwrite=options.force)
    with ProgressLine(f"Reading {video.name}") as line:
        index = build_index(video, Watch(progress=line.show))
    with ProgressLine(f"Listening to {video.name}") as line:
        envelope = build_envelope(video, index, Watch(progress=line.show))
    with written_whole(options.csv, overwrite=options.force) as unfinished:
        unfinished.write_text(table(envelope), encoding="utf-8", newline="")
    say(f"{options.csv}: {envelope.count} rows, the loudest sound possible is 1")
    return ExitCode.OK


def table(envelope: Envelope) -> str:
    """One row a bucket, as shares of the loudest sound possible."""
    from ssp_coder.media.waveform import BUCKET_US, FULL_SCALE

    text = StringIO()
    writer = csv.writer(text)
    writer.writerow(COLUMNS)
    rows = zip(envelope.lowest, envelope.highest, envelope.rms, strict=True)
    for number, values in enumerate(rows, start=envelope.first):
        shares = (f"{int(value) / FULL_SCALE:.4f}" for value in values)
        writer.writerow((seconds_text(number * BUCKET_US), *shares))
    return text.getvalue()


COMMAND = Command(
    name="waveform",
    summary="write how loud a video is in every hundredth of a second",
    example="ssp-coder waveform S001.mp4 --csv loudness.csv",
    add_arguments=_add_arguments,
    run=_run,
)
