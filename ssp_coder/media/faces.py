"""Looking for faces in the frames of a clip, and what a person has to look at afterwards.

No detector finds every face, and none at hand was tested on infants or on faces seen from the side
of a playroom. What is found here is a first proposal of what to cover; the flags say where a person
must look, and `ssp_coder.media.faces_review` keeps account of that.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from enum import StrEnum
from itertools import groupby
from typing import TYPE_CHECKING, Protocol

from ssp_coder.domain.time import SECOND_US
from ssp_coder.media.clips import ClipPlan
from ssp_coder.media.covering import Covering, Patch
from ssp_coder.media.errors import FrameMissing
from ssp_coder.media.faces_tracking import Look, Sighting, followed, resting
from ssp_coder.media.indexing import UNWATCHED, Watch
from ssp_coder.media.reader import FrameReader

if TYPE_CHECKING:
    from collections.abc import Iterator

    import numpy as np
    from numpy.typing import NDArray

    from ssp_coder.media.index import FrameIndex

EVERY = 2
"""Project default: faces are looked for in every second frame and followed in between."""
SURE = 0.7
"""Project default: a face that never scored as much is covered and flagged."""
JOINED_US = SECOND_US // 2
"""Project default: flags of a kind with less between them become one."""

_CACHE_BYTES = 32 << 20


class FlagKind(StrEnum):
    """Why a stretch must be looked at by a person."""

    NOT_SEARCHED = "not_searched"
    """Nothing looked for faces here."""
    NO_FACE = "no_face"
    """No face was found."""
    FEWER = "fewer"
    """Fewer faces were found than elsewhere in the clip."""
    UNSURE = "unsure"
    """Something that may be a face; it is covered."""
    TAKEN_AWAY = "taken_away"
    """A person took a cover away."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Flag:
    """A stretch that a person must look at.

    Attributes:
        kind: why.
        first: ordinal of its first frame.
        last: ordinal of its last frame.
    """

    kind: FlagKind
    first: int
    last: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Searched:
    """What was found in a clip.

    Attributes:
        covering: what is proposed to be covered.
        flags: where a person must look, in order of time.
        finder: what looked for faces, empty for nothing.
    """

    covering: Covering
    flags: tuple[Flag, ...]
    finder: str = ""


class FaceFinder(Protocol):
    """Something that finds faces in a picture."""

    @property
    def name(self) -> str:
        """What it is called in reports."""

    def find(self, rgb: NDArray[np.uint8]) -> tuple[Sighting, ...]:
        """The faces in an upright picture."""


def search_faces(
    plan: ClipPlan, finder: FaceFinder, watch: Watch = UNWATCHED, every: int = EVERY
) -> Searched:
    """Look for faces in a planned clip and follow them from frame to frame.

    Args:
        plan: the clip; what it covers already is not considered.
        finder: what finds faces.
        watch: progress and the wish to stop.
        every: looks at every so many frames, and at the first and last in any case.

    Raises:
        MediaError: the recording is unusable or the stretch lies outside.
        ValueError: `every` is below 1.
        Abandoned: `watch` cancelled the work.
    """
    frames = plan.frames()
    looks = tuple(_looks(plan, finder, _looked_at(frames, every), watch))
    seen = Covering(first=frames[0], last=frames[-1], patches=followed(looks, plan.index, frames))
    return Searched(
        covering=replace(seen, patches=tuple(resting(patch) for patch in seen.patches)),
        flags=flags_of(seen, plan.index),
        finder=finder.name,
    )


def unsearched(plan: ClipPlan) -> Searched:
    """The same where nothing can look for faces: the whole clip is flagged.

    Raises:
        MediaError: the stretch lies outside the recording.
    """
    frames = plan.frames()
    flag = Flag(kind=FlagKind.NOT_SEARCHED, first=frames[0], last=frames[-1])
    return Searched(covering=Covering(first=frames[0], last=frames[-1]), flags=(flag,))


def _looked_at(frames: range, every: int) -> tuple[int, ...]:
    if every < 1:
        raise ValueError(f"faces cannot be looked for in every {every} frames; ask for 1 or more")
    return tuple(sorted({*frames[::every], frames[-1]}))


def _looks(
    plan: ClipPlan, finder: FaceFinder, ordinals: tuple[int, ...], watch: Watch
) -> Iterator[Look]:
    """What is seen in each frame; a damaged one, which no clip shows, is passed over."""
    with FrameReader(plan.video, plan.index, cache_bytes=_CACHE_BYTES) as reader:
        for done, ordinal in enumerate(ordinals, start=1):
            try:
                rgb = reader.frame(ordinal).to_rgb()
            except FrameMissing:
                continue
            finally:
                watch.report(done / len(ordinals))
            yield Look(ordinal=ordinal, sightings=finder.find(rgb))


def flags_of(covering: Covering, index: FrameIndex) -> tuple[Flag, ...]:
    """The stretches of a searched clip that a person must look at.

    Where a cover is only held before or after its face was seen, the face counts as not found.

    Args:
        covering: what was found, each patch standing where its face was seen.
        index: the frame index of the recording.
    """
    counts = {ordinal: len(_seen_at(covering, ordinal)) for ordinal in covering.frames}
    usual = max(_sure_at(covering, ordinal) for ordinal in covering.frames)

    def few(ordinal: int) -> FlagKind | None:
        if not counts[ordinal]:
            return FlagKind.NO_FACE
        return FlagKind.FEWER if counts[ordinal] < usual else None

    unsure = (
        Flag(kind=FlagKind.UNSURE, first=patch.first, last=patch.last)
        for patch in covering.patches
        if not _is_sure(patch)
    )
    return _joined((*_runs(covering.frames, few), *unsure), index)


def _sure_at(covering: Covering, ordinal: int) -> int:
    return sum(_is_sure(patch) for patch in _seen_at(covering, ordinal))


def _seen_at(covering: Covering, ordinal: int) -> tuple[Patch, ...]:
    return tuple(
        patch
        for patch in covering.patches_at(ordinal)
        if patch.stands[0].ordinal <= ordinal <= patch.stands[-1].ordinal
    )


def _is_sure(patch: Patch) -> bool:
    return patch.score >= SURE


def _runs(frames: range, kind_of: Callable[[int], FlagKind | None]) -> Iterator[Flag]:
    for kind, run in groupby(frames, key=kind_of):
        ordinals = list(run)
        if kind is not None:
            yield Flag(kind=kind, first=ordinals[0], last=ordinals[-1])


def _joined(flags: tuple[Flag, ...], index: FrameIndex) -> tuple[Flag, ...]:
    """Flags in order of time, those of a kind that lie close together as one."""
    done: list[Flag] = []
    for kind in FlagKind:
        of_kind = sorted((flag for flag in flags if flag.kind is kind), key=_first_of)
        for flag in of_kind:
            before = done[-1] if done and done[-1].kind is kind else None
            if before and index.times_us[flag.first] - index.end_of(before.last) < JOINED_US:
                last = max(before.last, flag.last)
                done[-1] = Flag(kind=kind, first=before.first, last=last)
            else:
                done.append(flag)
    return tuple(sorted(done, key=_first_of))


def _first_of(flag: Flag) -> int:
    return flag.first
