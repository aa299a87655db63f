"""The self-test of a recording in words, and as values for programs."""

from __future__ import annotations

import shlex
from collections.abc import Iterator
from dataclasses import asdict
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from ssp_coder.media.selftest import SelfTest, TrialResult

_TRIALS = {
    "order": "frames in order of time",
    "index": "frames where the index says",
    "seeks": "seeks in random order",
    "forward": "steps forward",
    "backward": "steps backward",
    "rereads": "frames read again",
}


def selftest_json(found: SelfTest, video: Path) -> dict[str, object]:
    """Everything that was counted, with the sentences that a person would read."""
    results = [{**asdict(result), "wrong": result.wrong} for result in found.results]
    verdict, *advice = verdict_lines(found, video)
    return {**asdict(found), "results": results, "sentence": verdict, "advice": advice}


def selftest_lines(found: SelfTest, video: Path) -> Iterator[str]:
    """The verdict first, then what it rests on."""
    yield from verdict_lines(found, video)
    yield ""
    read = "the whole recording" if found.whole else f"the first {found.read_count} frames"
    yield f"Read {read}, {found.frame_count} frames in the index, in {found.seconds:.1f} s."
    for trial, counts in trial_rows(found):
        yield f"  {trial:<30}{counts}"
    if found.damaged:
        yield f"  Reading from the start met damage in {found.damaged} places."
    if found.alike:
        yield f"  {found.alike} of the frames tried look exactly like the next one."


def trial_rows(found: SelfTest) -> tuple[tuple[str, str], ...]:
    """What was tried and how it went, a row each."""
    return tuple((_TRIALS[result.trial.value], _counts(result)) for result in found.results)


def _counts(result: TrialResult) -> str:
    text = f"{result.right} of {result.tried} right"
    if result.missing:
        text += f", {result.missing} cannot be shown"
    if result.altered:
        text += f", {result.altered} spoilt by damage"
    if result.first_wrong is not None:
        text += f", the first wrong one is frame {result.first_wrong}"
    if result.median_ms is not None and result.slowest_ms is not None:
        text += f" (median {result.median_ms:.1f} ms, slowest {result.slowest_ms:.0f} ms)"
    return text


def verdict_lines(found: SelfTest, video: Path) -> tuple[str, ...]:
    """The verdict in one sentence, and what to do where something is to be done."""
    from ssp_coder.media.selftest import Verdict

    if found.verdict is Verdict.NOT_TRUSTED:
        return (
            f"Coding times on {found.file} cannot be trusted, because {_reason(found)}.",
            "Make a clean copy, and code the copy:",
            f"  {reencode_line(video)}",
        )
    if found.verdict is Verdict.GAPS:
        return (
            f"Coding times on {found.file} can be trusted, but it is damaged: {_lacking(found)}.",
            "Copy the recording again from the camera if you still can; no other frame is ever "
            "shown in place of a damaged one.",
        )
    if found.counted:
        return (
            f"Coding times on {found.file} can be trusted: its time stamps are wrong, so frames "
            "are counted, and every frame tried was the right one.",
            "Times assume an even frame rate; for sound exactly in step, code a clean copy:",
            f"  {reencode_line(video, rhythm='cfr')}",
        )
    return (f"Coding times on {found.file} can be trusted: every frame tried was the right one.",)


def _lacking(found: SelfTest) -> str:
    lost = max(result.missing for result in found.results)
    altered = max(result.altered for result in found.results)
    words = []
    if lost:
        words.append(f"{_frames(lost)} cannot be shown")
    if altered:
        words.append(f"{_frames(altered)} may look spoilt in different ways")
    return ", and ".join(words)


def _frames(number: int) -> str:
    return "1 frame" if number == 1 else f"{number} frames"


def _reason(found: SelfTest) -> str:
    worst = next(r for r in found.results if r.wrong and r.trial.value != "order")
    place = "" if worst.first_wrong is None else f", first at frame {worst.first_wrong}"
    if worst.trial.value == "index":
        return f"{worst.wrong} frames are not where the index has them{place}"
    return (
        f"{worst.wrong} of {worst.tried} {_TRIALS[worst.trial.value]} showed a picture other than "
        f"reading from the start shows{place}"
    )


def reencode_line(video: Path, *, rhythm: str = "vfr") -> str:
    """A line for ffmpeg that writes every frame anew with clean time stamps.

    Args:
        video: the recording.
        rhythm: ``vfr`` keeps the times of the frames, ``cfr`` spaces them evenly.
    """
    clean = video.with_name(f"{video.stem}-clean.mp4")
    return (
        f"ffmpeg -i {shlex.quote(str(video))} -map 0:v:0 -map 0:a? -fps_mode {rhythm} "
        f"-c:v libx264 -crf 16 -g 30 -c:a aac {shlex.quote(str(clean))}"
    )
