"""`ssp-coder probe`: what a video file is, and what to know before coding it."""

from __future__ import annotations

from argparse import ArgumentParser, Namespace
from collections.abc import Iterator
from dataclasses import asdict
from pathlib import Path
from typing import TYPE_CHECKING

from ssp_coder.cli.command import Command, ExitCode
from ssp_coder.cli.media_words import warning_words
from ssp_coder.cli.terminal import ProgressLine, say, say_json
from ssp_coder.domain.time import clock_text

if TYPE_CHECKING:
    from ssp_coder.media.probe import MediaFacts


def _add_arguments(parser: ArgumentParser) -> None:
    parser.add_argument("video", metavar="VIDEO", type=Path, help="the recording")
    parser.add_argument("--json", action="store_true", help="one object with every fact")


def _run(options: Namespace) -> ExitCode:
    from ssp_coder.media.indexing import Watch, build_index
    from ssp_coder.media.probe import probe

    video: Path = options.video
    with ProgressLine(f"Reading {video.name}") as line:
        index = build_index(video, Watch(progress=line.show))
    facts = probe(video, index)
    if options.json:
        say_json(facts_json(facts))
    else:
        say("\n".join(fact_lines(facts)))
    return ExitCode.OK


def facts_json(facts: MediaFacts) -> dict[str, object]:
    """The facts for programs; the frame rate as a fraction, times in microseconds."""
    return {**asdict(facts), "fps": None if facts.fps is None else str(facts.fps)}


def fact_lines(facts: MediaFacts) -> Iterator[str]:
    """The facts for reading."""
    rhythm = "even" if facts.constant_rate else "uneven"
    rate = "a single frame" if facts.fps is None else f"{float(facts.fps):.3f} frames/s, {rhythm}"
    turned = f", turned by {facts.rotation} degrees" if facts.rotation else ""
    yield facts.file
    yield f"  length    {clock_text(facts.duration_us)}, {facts.frame_count} frames"
    yield f"  rhythm    {rate}"
    yield f"  picture   {facts.width} x {facts.height}{turned}, {facts.codec}"
    yield f"  sound     {'yes' if facts.has_sound else 'none'}"
    yield f"  file      {facts.container}, {facts.size_bytes} bytes"
    for warning in facts.warnings:
        yield f"  note      {warning_words(warning)}"


COMMAND = Command(
    name="probe",
    summary="say what a video file is, and what to know before coding it",
    example="ssp-coder probe S001.mp4",
    add_arguments=_add_arguments,
    run=_run,
)
