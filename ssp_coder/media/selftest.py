"""Whether coding times on one recording can be trusted, found out on the recording itself.

The file is decoded once from its start, as any player would read it. That gives the truth: which
frame follows which, and what each of them looks like. Seeks, steps and repeated reads must then
give the very same pictures.
"""

from __future__ import annotations

import statistics
import time
from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING

from ssp_coder.media.errors import FrameMissing, MediaError
from ssp_coder.media.index import Addressing
from ssp_coder.media.indexing import UNWATCHED, Watch, build_index
from ssp_coder.media.reader import FrameReader
from ssp_coder.media.selftest_plan import Plan, plan_for
from ssp_coder.media.selftest_truth import Truth, digest_of, read_through

if TYPE_CHECKING:
    from collections.abc import Iterable
    from pathlib import Path

    from ssp_coder.media.frame import VideoFrame
    from ssp_coder.media.index import FrameIndex

SEEKS = 60
"""Project default: so many frames are sought in a random order."""

_READING = 0.7
"""Share of the progress that stands for reading the file from start to end."""
_STEP_CACHE_BYTES = 64 << 20


class Verdict(StrEnum):
    """Whether a coder may rely on times taken from the recording."""

    TRUSTED = "trusted"
    """Every frame that was tried was the right one."""
    GAPS = "gaps"
    """Every frame shown was the right one; some are damaged, and none is shown in their place."""
    NOT_TRUSTED = "not_trusted"
    """A wrong frame was shown, or frames are not where the index says."""


class Trial(StrEnum):
    """What was tried."""

    ORDER = "order"
    """Frames come out of the decoder with ascending time stamps."""
    INDEX = "index"
    """The index lists exactly the frames that the decoder gives, with their time stamps."""
    SEEKS = "seeks"
    """A frame sought out of order is that frame."""
    FORWARD = "forward"
    """Stepping forward shows each frame in turn."""
    BACKWARD = "backward"
    """Stepping backward does as well."""
    REREADS = "rereads"
    """A frame read again, from elsewhere, has the same pixels."""


@dataclass(frozen=True, slots=True, kw_only=True)
class TrialResult:
    """How one trial went.

    Attributes:
        trial: what was tried.
        tried: how many frames.
        right: how many of them were right.
        missing: how many could not be shown, which is said and not hidden.
        altered: how many were the right ones by their stamps, in a damaged recording, but looked
            otherwise than when read from the start: a decoder repairs damage by what it saw last.
        first_wrong: ordinal of the first frame that was wrong, None when none was.
        median_ms: median time for one frame in milliseconds, None where it says nothing.
        slowest_ms: the longest time, likewise.
    """

    trial: Trial
    tried: int
    right: int
    missing: int = 0
    altered: int = 0
    first_wrong: int | None = None
    median_ms: float | None = None
    slowest_ms: float | None = None

    @property
    def wrong(self) -> int:
        """How many frames were shown and were not the right ones."""
        return self.tried - self.right - self.missing - self.altered


@dataclass(frozen=True, slots=True, kw_only=True)
class SelfTest:
    """What the self-test found.

    Attributes:
        file: name of the recording without its folder.
        verdict: whether times can be trusted.
        results: every trial, in the order in which they were made.
        frame_count: frames in the index.
        read_count: frames read from the start in one go.
        whole: whether that was all of the recording.
        counted: whether frames are told apart by counting, because their stamps lie.
        damaged: places where reading from the start met damage.
        alike: sampled neighbours with the same picture, which no test can tell apart.
        seconds: how long the test took.
    """

    file: str
    verdict: Verdict
    results: tuple[TrialResult, ...]
    frame_count: int
    read_count: int
    whole: bool
    counted: bool
    damaged: int
    alike: int
    seconds: float

    def result(self, trial: Trial) -> TrialResult:
        """How `trial` went."""
        return next(result for result in self.results if result.trial is trial)


def run_selftest(
    path: Path,
    *,
    index: FrameIndex | None = None,
    stretch: int | None = None,
    seeks: int = SEEKS,
    watch: Watch = UNWATCHED,
) -> SelfTest:
    """Try seeks, steps and repeated reads on `path`.

    Args:
        path: the recording.
        index: its frame index if it is at hand.
        stretch: read only so many frames from the start, None for the whole recording.
        seeks: how many frames to seek in a random order.
        watch: progress and the wish to stop.

    Raises:
        MediaError: the recording is unusable.
        ValueError: a number below 1 was asked for.
        Abandoned: `watch` cancelled the work.
    """
    if seeks < 1 or (stretch is not None and stretch < 1):
        raise ValueError(f"{stretch} frames and {seeks} seeks; both must be 1 or more")
    began = time.perf_counter()
    frames = build_index(path) if index is None else index
    reach = frames.count if stretch is None else min(stretch, frames.count)
    plan = plan_for(frames, reach, seeks)
    reading = Watch(progress=lambda s: watch.report(s * _READING), cancelled=watch.cancelled)
    truth = read_through(path, frames, reach, plan.sampled, reading)
    if not truth.read_count:
        raise MediaError(
            "media.no_frames", path, "holds no frame that can be decoded", "copy it again"
        )
    results = (
        _order(truth),
        _listing(frames, truth, reach),
        *_shown(path, frames, plan, truth, watch),
    )
    return SelfTest(
        file=path.name,
        verdict=_verdict(results),
        results=results,
        frame_count=frames.count,
        read_count=truth.read_count,
        whole=reach == frames.count,
        counted=frames.addressing is Addressing.BY_COUNT,
        damaged=truth.damaged,
        alike=truth.alike(),
        seconds=time.perf_counter() - began,
    )


def _order(truth: Truth) -> TrialResult:
    return TrialResult(
        trial=Trial.ORDER,
        tried=truth.read_count,
        right=truth.read_count - len(truth.backward),
        first_wrong=min(truth.backward, default=None),
    )


def _listing(index: FrameIndex, truth: Truth, reach: int) -> TrialResult:
    """Frames that are listed and never came are missing; others than listed are wrong."""
    wrong = set(truth.unlisted)
    missing = min(reach, max(0, reach - truth.listed_count))
    beyond = truth.read_count - truth.listed_count - len(wrong)
    tried = reach + len(wrong) + max(0, beyond)
    return TrialResult(
        trial=Trial.INDEX,
        tried=tried,
        right=min(reach, truth.listed_count),
        missing=missing,
        first_wrong=min(wrong, default=index.count if beyond > 0 else None),
    )


def _verdict(results: Iterable[TrialResult]) -> Verdict:
    shown = [result for result in results if result.trial is not Trial.ORDER]
    if any(result.wrong for result in shown):
        return Verdict.NOT_TRUSTED
    lacking = any(result.missing or result.altered for result in shown)
    return Verdict.GAPS if lacking else Verdict.TRUSTED


# ------------------------------------------------------------------------------ shown frames


def _shown(
    path: Path, index: FrameIndex, plan: Plan, truth: Truth, watch: Watch
) -> tuple[TrialResult, ...]:
    visits = (
        (Trial.SEEKS, plan.sought, 1),
        (Trial.FORWARD, plan.forward, _STEP_CACHE_BYTES),
        (Trial.BACKWARD, plan.backward, _STEP_CACHE_BYTES),
        (Trial.REREADS, plan.again, 1),
    )
    total = sum(len(ordinals) for _, ordinals, _ in visits)
    done = 0
    results = []
    for trial, ordinals, cache_bytes in visits:
        tally = _Tally(truth, index)
        with FrameReader(path, index, cache_bytes=cache_bytes) as reader:
            for ordinal in ordinals:
                tally.visit(reader, ordinal)
                done += 1
                watch.report(_READING + (1 - _READING) * done / total)
        results.append(tally.result(trial))
    return tuple(results)


class _Tally:
    """Counts right, wrong and missing frames."""

    def __init__(self, truth: Truth, index: FrameIndex) -> None:
        self._truth = truth
        self._index = index
        self._others = frozenset(truth.digests.values())
        self._tried = self._right = self._missing = self._altered = 0
        self._first_wrong: int | None = None
        self._times_ms: list[float] = []

    def visit(self, reader: FrameReader, ordinal: int) -> None:
        """Read a frame and compare it with the truth."""
        self._tried += 1
        wanted = self._truth.digests.get(ordinal)
        began = time.perf_counter()
        try:
            frame = reader.frame(ordinal)
        except FrameMissing:
            self._missing += 1
            return
        self._times_ms.append((time.perf_counter() - began) * 1_000)
        digest = digest_of(frame.raw)
        if digest == wanted:
            self._right += 1
        elif wanted is None:
            self._missing += 1  # reading from the start never showed it, so nothing can be said
        elif digest not in self._others and self._is_repaired(ordinal, frame):
            self._altered += 1
        elif self._first_wrong is None:
            self._first_wrong = ordinal

    def _is_repaired(self, ordinal: int, frame: VideoFrame) -> bool:
        """Whether a frame that looks otherwise carries its own stamp in a damaged recording."""
        if not self._truth.damaged or self._index.addressing is Addressing.BY_COUNT:
            return False
        # Half pictures made whole carry no stamp of the file any more.
        return self._truth.interlaced or frame.raw.pts == self._index.stamps[ordinal]

    def result(self, trial: Trial) -> TrialResult:
        """The counts so far."""
        times = self._times_ms
        return TrialResult(
            trial=trial,
            tried=self._tried,
            right=self._right,
            missing=self._missing,
            altered=self._altered,
            first_wrong=self._first_wrong,
            median_ms=statistics.median(times) if times else None,
            slowest_ms=max(times, default=None),
        )
