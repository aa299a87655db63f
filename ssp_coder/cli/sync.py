"""`ssp-coder sync`: how far two cameras are apart, proposed from their sound."""

from __future__ import annotations

from argparse import ArgumentParser, Namespace
from collections.abc import Iterator
from dataclasses import asdict
from pathlib import Path
from typing import TYPE_CHECKING

from ssp_coder.cli.command import Command, ExitCode
from ssp_coder.cli.terminal import ProgressLine, say, say_json
from ssp_coder.domain.time import clock_text, seconds_text

if TYPE_CHECKING:
    from ssp_coder.media.index import FrameIndex
    from ssp_coder.media.syncing import SoundOffset

_TOLD_DRIFT_US = 20_000
"""Project default: half a frame over the whole length is worth telling."""


def _add_arguments(parser: ArgumentParser) -> None:
    parser.add_argument("first", metavar="A", type=Path, help="a recording with sound")
    parser.add_argument("second", metavar="B", type=Path, help="another camera's recording")
    parser.add_argument("--json", action="store_true", help="one object with every comparison")


def _run(options: Namespace) -> ExitCode:
    from ssp_coder.media.indexing import Watch
    from ssp_coder.media.syncing import Certainty, propose_offset

    first, second = _indexed(options.first), _indexed(options.second)
    with ProgressLine("Comparing the sound") as line:
        found = propose_offset(first, second, Watch(progress=line.show))
    if options.json:
        words = list(sync_lines(found, options.first, options.second))
        say_json({**asdict(found), "agreeing": found.agreeing, "sentences": words})
    else:
        say("\n".join(sync_lines(found, options.first, options.second)))
    return ExitCode.OK if found.certainty is Certainty.SURE else ExitCode.FINDINGS


def _indexed(video: Path) -> tuple[Path, FrameIndex]:
    from ssp_coder.media.indexing import Watch, build_index

    with ProgressLine(f"Reading {video.name}") as line:
        return video, build_index(video, Watch(progress=line.show))


def sync_lines(found: SoundOffset, first: Path, second: Path) -> Iterator[str]:
    """The proposal in words, with what it rests on and what to do."""
    from ssp_coder.media.syncing import Certainty

    if found.certainty is Certainty.NONE:
        yield f"No sound was found that both {first.name} and {second.name} have."
        yield "Find a moment that both cameras show, such as a door closing, and set it by hand."
        return
    sure = "Sure" if found.certainty is Certainty.SURE else "Not sure, check it by eye"
    yield (
        f"{sure}: time 0 of {first.name} is time {seconds_text(found.offset_at(0))} s of "
        f"{second.name}."
    )
    yield (
        f"{found.agreeing} of {len(found.windows)} places agree, over "
        f"{clock_text(found.common_us)} that both have."
    )
    yield from _drift_lines(found, second)


def _drift_lines(found: SoundOffset, second: Path) -> Iterator[str]:
    if found.drift_ppm is None:
        yield "Whether the clocks drift apart cannot be told from this."
    elif abs(found.drift_us) < _TOLD_DRIFT_US:
        yield f"No drift to speak of: {found.drift_us / 1_000:.0f} ms over that length."
    else:
        way = "later" if found.drift_us > 0 else "earlier"
        yield (
            f"The clocks drift: at the end, moments are {abs(found.drift_us) / 1_000:.0f} ms {way} "
            f"in {second.name} than at the start ({found.drift_ppm:+.0f} parts per million)."
        )
        yield "One offset fits only the middle; take times from one of the two cameras throughout."


COMMAND = Command(
    name="sync",
    summary="propose the offset between two cameras from their sound",
    example="ssp-coder sync S001-front.mp4 S001-side.mp4",
    add_arguments=_add_arguments,
    run=_run,
)
