"""Puts two codings and what differs into a timeline."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QCoreApplication

from ssp_coder.ui.code import feed
from ssp_coder.ui.pairs.frames import frames_of
from ssp_coder.ui.pairs.lanes import (
    PairWords,
    differing_lanes,
    lane_pairs,
    pair_marks,
    whole_length,
)

if TYPE_CHECKING:
    from ssp_coder.domain.coding import Coding
    from ssp_coder.domain.scheme import Scheme
    from ssp_coder.ui.pairs.items import PairItem, PairNames
    from ssp_coder.ui.pairs.pair_timeline import PairTimeline


def tr(words: str) -> str:
    """Translate words of this module."""
    return QCoreApplication.translate("pair_showing", words)


def show_lanes(
    timeline: PairTimeline,
    pair: tuple[Coding, Coding],
    scheme: Scheme,
    told: tuple[tuple[PairItem, ...], PairNames],
) -> None:
    """Show the lanes in which something differs; the view stays where it is.

    Args:
        timeline: where.
        pair: the own coding and the reference.
        scheme: of both.
        told: the items, and what the two codings are called.
    """
    own, reference = pair
    items, names = told
    words = PairWords(own=names.own, reference=names.reference, acts=tr("{0} acts"))
    length = whole_length(own, reference)
    if length != timeline.scene.duration_us:
        timeline.set_duration(length)
    wanted = differing_lanes(items, scheme)
    timeline.set_lanes(lane_pairs(own, reference, scheme, wanted, words))
    yardstick = reference if reference.episodes else own
    timeline.set_episodes(feed.blocks_of(yardstick, scheme))
    timeline.set_cues(feed.cues_of(yardstick, scheme))
    timeline.set_marks(pair_marks(own, reference, scheme))
    timeline.show_frames(frames_of(items, scheme))
