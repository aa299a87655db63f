"""A disputed item turned into something that does not count in the next version of a pack."""

from __future__ import annotations

from ssp_coder.domain.scale import SlotId
from ssp_coder.domain.time import Micros, Span
from ssp_coder.training.evaluation import LAG_PAIRING_US
from ssp_coder.training.feedback_items import FeedbackItem, ItemKind
from ssp_coder.training.packs import Exclusion

_RATINGS = frozenset((ItemKind.RATING, ItemKind.RATING_NEAR, ItemKind.UNRATED))


def exclusion_of(item: FeedbackItem, reason: str) -> Exclusion | None:
    """What leaves an item out, None for a class: a case without one is no case.

    Onsets around both events are left out as well, as far as two onsets count as one moment, so
    that nobody is told of the same dispute a moment earlier or later.

    Args:
        item: of a trainee's feedback.
        reason: why it does not count.
    """
    if item.kind in _RATINGS:
        return Exclusion(reason=reason, slot=SlotId(item.place))
    if item.row is None:
        return None
    events = [event for event in (item.row.own, item.row.reference) if event is not None]
    starts = [event.start_us for event in events]
    codes = {str(event.code) for event in events}
    return Exclusion(
        reason=reason,
        span=Span(
            start_us=Micros(max(0, min(starts) - LAG_PAIRING_US)),
            end_us=Micros(max(starts) + LAG_PAIRING_US),
        ),
        code=codes.pop() if len(codes) == 1 else "",
    )
