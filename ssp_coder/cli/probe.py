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
from ssp_coder.domain.time import SECOND_US, clock_text, seconds_text

if TYPE_CHECKING:
    from ssp_coder.media.probe import MediaFacts, SoundFacts

_DAMAGE = {"media.damaged", "media.incomplete"}


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
    turned = f", turned by {facts.rotation} degrees" if facts.rotation else ""
    halves = "interlaced, two half pictures a frame" if facts.interlaced else "whole frames"
    yield facts.file
    yield f"  length    {clock_text(facts.duration_us)}, {facts.frame_count} frames"
    yield f"  rhythm    {_rhythm(facts)}"
    yield f"  start     first picture at {seconds_text(facts.start_offset_us)} s of its own clock"
    yield f"  picture   {facts.width} x {facts.height}{turned}, {facts.codec}, {halves}"
    yield f"  sound     {_sound(facts.sound)}"
    yield f"  seeking   at most {facts.key_gap_us / SECOND_US:.1f} s from one key frame to the next"
    yield f"  damage    {_damage(facts)}"
    yield f"  file      {facts.container}, {facts.size_bytes} bytes"
    for warning in facts.warnings:
        yield f"  note      {warning_words(warning)}"


def _rhythm(facts: MediaFacts) -> str:
    if facts.fps is None:
        return "a single frame"
    rhythm = "even (constant rate)" if facts.constant_rate else "uneven (variable rate)"
    return f"{float(facts.fps):.3f} frames/s, {rhythm}"


def _sound(sound: SoundFacts | None) -> str:
    if sound is None:
        return "none"
    channels = {1: "mono", 2: "stereo"}.get(sound.channels, f"{sound.channels} channels")
    words = f"{sound.codec}, {sound.rate} Hz, {channels}"
    if sound.duration_us is not None:
        words += f", {clock_text(sound.duration_us)} long"
    if sound.start_us is not None:
        words += f", starts at {seconds_text(sound.start_us)} s"
    return words


def _damage(facts: MediaFacts) -> str:
    kinds = {warning.code for warning in facts.warnings} & _DAMAGE
    found = "found, see the notes" if kinds else "none found near the start"
    return f"{found}; 'ssp-coder selftest' reads all of it"


COMMAND = Command(
    name="probe",
    summary="say what a video file is, and what to know before coding it",
    example="ssp-coder probe S001.mp4",
    add_arguments=_add_arguments,
    run=_run,
)
