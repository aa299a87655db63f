"""What a step did to a consensus, in words."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QCoreApplication

from ssp_coder.domain.time import short_clock_text
from ssp_coder.ui.text import slot_words

if TYPE_CHECKING:
    from ssp_coder.domain.scheme import Scheme
    from ssp_coder.editing import edits
    from ssp_coder.editing.change import Change


def tr(words: str) -> str:
    """Translate words of the history."""
    return QCoreApplication.translate("history", words)


def begun_words(edit: edits.BeginConsensus, _change: Change, _scheme: Scheme) -> str:
    """What two codings have alike was taken over."""
    words = tr("Consensus of {0} and {1} begun: {2} events, {3} ratings alike")
    agreed = edit.agreed
    return words.format(
        edit.first.coder, edit.second.coder, len(agreed.events), len(agreed.ratings)
    )


def settled_words(edit: edits.Settle, _change: Change, scheme: Scheme) -> str:
    """A disagreement was settled, where, why and by whom."""
    span, slot = edit.comment.span, edit.comment.slot
    said, who = edit.comment.words, edit.settlement.who
    if slot is None and span is not None:
        return tr("Settled at {0}: {1} ({2})").format(short_clock_text(span.start_us), said, who)
    place = tr("class") if slot is None else slot_words(slot, scheme)
    return tr("Settled, {0}: {1} ({2})").format(place, said, who)
