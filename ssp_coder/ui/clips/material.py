"""What clips can be made of: an open coding, its cameras, and where the coder stands in it."""

from __future__ import annotations

import shutil
import sys
from collections.abc import Iterable
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING

from ssp_coder.domain.time import Micros, Span
from ssp_coder.formats.exportable import Exportable
from ssp_coder.media.clip_batch import Way, ending_of
from ssp_coder.media.errors import MediaError
from ssp_coder.reporting.clip_names import InTheWay, free_place
from ssp_coder.reporting.clip_orders import (
    Manner,
    Recording,
    begins_early_us,
    estimated_bytes,
    plan_clip,
    stems_of,
)
from ssp_coder.ui.language.spoken import said_error

if TYPE_CHECKING:
    from ssp_coder.domain.coding import EventId
    from ssp_coder.domain.scheme import Scheme
    from ssp_coder.media.clips import ClipPlan
    from ssp_coder.reporting.clip_wishes import Wish

_AT_THE_START = Micros(0)


@dataclass(frozen=True, slots=True, kw_only=True)
class Material:
    """What the dialog starts from.

    Attributes:
        coded: the coding, with the scheme as it keeps it.
        shown: the scheme in the words of the screen.
        recordings: the cameras that are open, the first one first.
        folder: where clips go unless another folder is chosen.
        pattern: how files are called.
        moment_us: session time on the screen.
        loop: the stretch that is played over and over, None for none.
        selected: the events selected in the table.
    """

    coded: Exportable
    shown: Scheme
    recordings: tuple[Recording, ...]
    folder: Path
    pattern: str
    moment_us: Micros = _AT_THE_START
    loop: Span | None = None
    selected: tuple[EventId, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Target:
    """Where clips go and how they are called."""

    folder: Path
    pattern: str


@dataclass(frozen=True, slots=True, kw_only=True)
class PlannedClip:
    """One line of the list before anything is written.

    Attributes:
        early_us: by how much a copy begins before the time asked for; 0 when it is none.
        size: bytes, about.
        trouble: why it cannot be made, empty when it can.
    """

    wish: Wish
    plan: ClipPlan
    early_us: Micros = _AT_THE_START
    size: int = 0
    trouble: str = ""

    @property
    def length_us(self) -> Micros:
        """How long it will be, from frame to frame."""
        frames = self.plan.frames()
        index = self.plan.index
        exact = index.end_of(frames[-1]) - index.times_us[frames[0]]
        return Micros(exact + self.early_us)


def planned_clips(
    wishes: tuple[Wish, ...], recording: Recording, manner: Manner, target: Target, session: str
) -> tuple[PlannedClip, ...]:
    """What would be written for some wishes.

    Raises:
        DomainError: the pattern of the names has a field that there is not.
    """
    ending = ending_of(manner.way, recording.video.suffix)
    stems = stems_of(target.pattern, wishes, recording, session)
    return tuple(
        _planned(wish, recording, manner, target.folder / f"{stem}{ending}")
        for wish, stem in zip(wishes, stems, strict=True)
    )


def _planned(wish: Wish, recording: Recording, manner: Manner, place: Path) -> PlannedClip:
    plan = plan_clip(recording, wish, place, manner)
    try:
        return PlannedClip(
            wish=wish,
            plan=plan,
            early_us=begins_early_us(plan) if manner.way is Way.COPY else Micros(0),
            size=estimated_bytes(plan, recording, manner.way),
        )
    except MediaError as error:
        return PlannedClip(wish=wish, plan=plan, trouble=said_error(error))
    except OSError as error:
        gone = MediaError(
            "media.gone",
            recording.video,
            f"cannot be read any more ({error.strerror or error})",
            "bring the recording back to its folder",
        )
        return PlannedClip(wish=wish, plan=plan, trouble=str(gone))


def free_bytes(folder: Path) -> int:
    """What is free on the disk of a folder, which need not be there yet.

    Where the disk does not tell, as much as anybody could need.
    """
    there = next((place for place in (folder, *folder.parents) if place.is_dir()), folder)
    try:
        return shutil.disk_usage(there).free
    except OSError:
        return sys.maxsize


def taken(plans: Iterable[ClipPlan]) -> tuple[ClipPlan, ...]:
    """The clips whose name a file or folder has already."""
    return tuple(plan for plan in plans if plan.place.exists())


def settled(plans: Iterable[ClipPlan], answer: InTheWay) -> tuple[ClipPlan, ...]:
    """The clips after it was decided what becomes of names that are taken.

    Folders are never replaced: a clip whose name a folder has is numbered.
    """
    wanted = tuple(plans)
    reserved = {plan.place for plan in wanted}
    done: list[ClipPlan] = []
    for plan in wanted:
        if not plan.place.exists():
            done.append(plan)
        elif answer is InTheWay.REPLACE and plan.place.is_file():
            done.append(replace(plan, overwrite=True))
        elif answer is not InTheWay.LEAVE_OUT:
            free = free_place(plan.place, reserved)
            reserved.add(free)
            done.append(replace(plan, place=free))
    return tuple(done)
