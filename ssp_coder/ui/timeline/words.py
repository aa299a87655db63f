"""What the timeline says of a mark, to the pointer and to a screen reader."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QCoreApplication

from ssp_coder.domain.time import SECOND_US, short_clock_text
from ssp_coder.ui.timeline.model import LaneKind

if TYPE_CHECKING:
    from ssp_coder.ui.timeline.model import EpisodeBlock, HintMark, Lane, Mark, Scene
    from ssp_coder.ui.timeline.selection import Selection


def mark_words(mark: Mark, scene: Scene) -> str:
    """What and when, in two or three lines."""
    lane = next((lane.title for lane in scene.lanes if lane.id == mark.lane), "")
    lines = (f"{lane}: {mark.label}".strip(": "), _when(mark), mark.detail)
    return "\n".join(line for line in lines if line)


def timeline_words(selection: Selection, scene: Scene, count: int) -> str:
    """How many marks there are, and what is selected, to a screen reader."""
    parts = [
        QCoreApplication.translate("Timeline", "Timeline"),
        QCoreApplication.translate("Timeline", "{0} marks").format(count),
    ]
    if scene.remarks:
        remarks = QCoreApplication.translate("Timeline", "{0} comments on moments")
        parts.append(remarks.format(len(scene.remarks)))
    mark = selection.only()
    if mark is not None:
        parts.append(mark_words(mark, scene).replace("\n", ", "))
    elif len(selection):
        selected = QCoreApplication.translate("Timeline", "{0} selected")
        parts.append(selected.format(len(selection)))
    return ", ".join(parts)


def episode_words(block: EpisodeBlock) -> str:
    """The short and the long name of an episode."""
    return f"{block.title} {block.note}".strip()


def hint_words(hint: HintMark) -> str:
    """What changed in the picture, and that nobody coded it."""
    note = QCoreApplication.translate("Timeline", "hint from the picture, not a coded event")
    return f"{hint.label}\n{short_clock_text(hint.time_us)}\n{note}"


def label_words(lane: Lane, scene: Scene) -> str:
    """The whole name of a lane, and what a click on it does."""
    words = QCoreApplication.translate("Timeline", "click to fold")
    if lane.id in scene.folded:
        words = QCoreApplication.translate("Timeline", "click to unfold")
    name = f"{lane.title}, {lane.note}" if lane.note else lane.title
    return "\n".join(line for line in (name, _meaning(lane.kind), words) if line)


def _meaning(kind: LaneKind) -> str:
    """How an overview of the recording is to be read."""
    meanings = {
        LaneKind.SOUND: QCoreApplication.translate(
            "Timeline", "how loud it is; quiet sounds are drawn larger than they are"
        ),
        LaneKind.PICTURES: QCoreApplication.translate(
            "Timeline", "key frames, each where its moment lies"
        ),
        LaneKind.MOTION: QCoreApplication.translate(
            "Timeline",
            "how much the picture changes, beside its own liveliest moments: a hint, not coded",
        ),
    }
    return meanings.get(kind, "")


def _when(mark: Mark) -> str:
    start = short_clock_text(mark.start_us)
    if mark.open:
        return QCoreApplication.translate("Timeline", "{0}, open").format(start)
    if mark.end_us is None:
        return start
    length = (mark.end_us - mark.start_us) / SECOND_US
    return f"{start}–{short_clock_text(mark.end_us)}, {length:.2f} s"
