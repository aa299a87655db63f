"""The demonstration's codings as values, and an index of a film that was never drawn."""

from __future__ import annotations

from fractions import Fraction
from functools import lru_cache

from ssp_coder.catalog import load_scheme
from ssp_coder.demonstration.codings import coded_by, session_data
from ssp_coder.domain.coding import Coding
from ssp_coder.editing.apply import apply
from ssp_coder.formats.exportable import Exportable
from ssp_coder.media.index import FrameIndex, KeyFrame

FPS = 25
GOP = 50


@lru_cache(maxsize=3)
def demo_coded(who: str) -> Exportable:
    """A coding of the demonstration; ``you`` has nothing coded."""
    data = session_data()
    scheme = load_scheme(data.scheme)
    value = Coding(session=data.session, coder=who, media=())
    if who != "you":
        coded = coded_by(data, getattr(data, who), scheme, lambda at_us: at_us * FPS // 1_000_000)
        for edit in coded.edits:
            value = apply(value, edit, scheme)
    return Exportable(coding=value, scheme=scheme)


def film_index(seconds: int) -> FrameIndex:
    """Frames at 25 a second with a key frame every two seconds."""
    count = seconds * FPS
    return FrameIndex(
        stamps=tuple(range(count)),
        time_base=Fraction(1, FPS),
        last_ticks=1,
        keys=tuple(KeyFrame(ordinal=n, pts=n, dts=n) for n in range(0, count, GOP)),
    )
