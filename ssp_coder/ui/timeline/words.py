"""What the timeline says of a mark, to the pointer and to a screen reader."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QCoreApplication

from ssp_coder.domain.time import SECOND_US, short_clock_text

if TYPE_CHECKING:
    from ssp_coder.ui.timeline.model import EpisodeBlock, Mark, Scene


def mark_words(mark: Mark, scene: Scene) -> str:
    """What and when, in two or three lines."""
    lane = next((lane.title for lane in scene.lanes if lane.id == mark.lane), "")
    lines = (f"{lane}: {mark.label}".strip(": "), _when(mark), mark.detail)
    return "\n".join(line for line in lines if line)


def episode_words(block: EpisodeBlock) -> str:
    """The short and the long name of an episode."""
    return f"{block.title} {block.note}".strip()


def _when(mark: Mark) -> str:
    start = short_clock_text(mark.start_us)
    if mark.open:
        return QCoreApplication.translate("Timeline", "{0}, open").format(start)
    if mark.end_us is None:
        return start
    length = (mark.end_us - mark.start_us) / SECOND_US
    return f"{start}–{short_clock_text(mark.end_us)}, {length:.2f} s"
