"""The words that the pointer is told on the timeline."""

from __future__ import annotations

from typing import TYPE_CHECKING

from ssp_coder.ui.timeline.overviews import hint_at
from ssp_coder.ui.timeline.remarks import remark_words
from ssp_coder.ui.timeline.words import episode_words, hint_words, label_words, mark_words

if TYPE_CHECKING:
    from PySide6.QtCore import QPoint

    from ssp_coder.ui.timeline.widget import Timeline


def tip_at(timeline: Timeline, place: QPoint) -> str:
    """What and when, for the mark, remark, hint, lane label or episode under a pixel."""
    layout, scene = timeline.layout_now(), timeline.scene
    mark = timeline.hits().mark_at(place, timeline.marks)
    if mark is not None:
        return mark_words(mark, scene)
    remarks = timeline.remarks_at(place)
    if remarks:
        return remark_words(remarks)
    hint = hint_at(place, layout, timeline.scale_now(), scene.hints)
    if hint is not None:
        return hint_words(hint)
    found = layout.lane_at(place.y())
    if found is not None and place.x() < layout.body.left():
        return label_words(found[0], scene)
    block = timeline.band_now().block_at(place.x())
    return episode_words(block) if block is not None and layout.band.contains(place) else ""
