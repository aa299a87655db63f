"""Clips written in the background, with a list beside them."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from ssp_coder.media.clip_batch import Outcome, Way, write_batch
from ssp_coder.media.errors import MediaError
from ssp_coder.media.indexing import Watch
from ssp_coder.reporting.clip_list import list_text, write_list
from ssp_coder.reporting.clip_names import free_place
from ssp_coder.ui.language.spoken import said_error

if TYPE_CHECKING:
    import threading
    from collections.abc import Callable

    from ssp_coder.media.clips import ClipPlan
    from ssp_coder.reporting.clip_orders import Recording

_STEPS = 100


@dataclass(frozen=True, slots=True, kw_only=True)
class ClipOrder:
    """What is to be written.

    Attributes:
        list_name: name of the list without its ending; a number is added where it is taken.
    """

    plans: tuple[ClipPlan, ...]
    way: Way
    recording: Recording
    folder: Path
    list_name: str


@dataclass(frozen=True, slots=True, kw_only=True)
class WrittenClips:
    """What came of an order.

    Attributes:
        list_place: the list of what was written, None when nothing was.
        list_trouble: why there is no list, empty when there is one or nothing to list.
    """

    outcomes: tuple[Outcome, ...]
    list_place: Path | None = None
    list_trouble: str = ""

    @property
    def written(self) -> int:
        """How many clips lie in their place."""
        return sum(outcome.clip is not None for outcome in self.outcomes)

    @property
    def stopped(self) -> bool:
        """Whether some were not tried any more, though nothing failed."""
        untried = any(not o.clip and not o.trouble for o in self.outcomes)
        return untried and not any(o.trouble for o in self.outcomes)


def write_order(
    order: ClipOrder, progress: Callable[[float], None], stopped: Callable[[], bool]
) -> WrittenClips:
    """Write the clips, then the list of those that were written.

    Args:
        order: what is to be written.
        progress: is told how many clips are done, with the share of the next one.
        stopped: once it says yes, the clip being written is dropped and no other begun.

    Raises:
        MediaError: the folder cannot be made.
    """
    _make_folder(order.folder)
    watch = Watch(progress=_in_steps(progress), cancelled=stopped)
    outcomes = write_batch(order.plans, order.way, watch)
    if not any(outcome.clip for outcome in outcomes):
        return WrittenClips(outcomes=outcomes)
    place = free_place(order.folder / f"{order.list_name}.csv")
    try:
        write_list(place, list_text(outcomes, order.recording, order.way))
    except MediaError as error:
        return WrittenClips(outcomes=outcomes, list_trouble=said_error(error))
    return WrittenClips(outcomes=outcomes, list_place=place)


def stoppable(
    order: ClipOrder, stop: threading.Event
) -> Callable[[Callable[[float], None], Callable[[], bool]], object]:
    """The order as work for the background; stopped by hand it still tells what was written."""

    def work(progress: Callable[[float], None], cancelled: Callable[[], bool]) -> object:
        return write_order(order, progress, lambda: stop.is_set() or cancelled())

    return work


def _in_steps(progress: Callable[[float], None]) -> Callable[[float], None]:
    """Tells only what a person can see: whole hundredths of a clip, not every frame."""
    told = -1

    def tell(done: float) -> None:
        nonlocal told
        step = int(done * _STEPS)
        if step != told:
            told = step
            progress(done)

    return tell


def _make_folder(folder: Path) -> None:
    try:
        folder.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise MediaError(
            "media.unwritable",
            folder,
            f"cannot be made ({error.strerror or error})",
            "choose another folder, or ask for the right to write there",
        ) from error
