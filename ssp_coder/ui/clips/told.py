"""What came of an export of clips, in words."""

from __future__ import annotations

from typing import TYPE_CHECKING

from ssp_coder.media.clip_batch import Way
from ssp_coder.ui.clips.words import count_words, tr

if TYPE_CHECKING:
    from ssp_coder.ui.clips.writing import ClipOrder, WrittenClips


def counts(found: WrittenClips) -> str:
    """So many of so many."""
    return tr("{0} of {1} written").format(found.written, len(found.outcomes))


def result_words(found: WrittenClips, order: ClipOrder) -> str:
    """What lies where."""
    counted = count_words(found.written, pictures=order.way is Way.PICTURE)
    words = tr("{0} written to {1}").format(counted, order.folder)
    if found.list_place is None:
        return words
    return words + tr(", with {0}").format(found.list_place.name)


def trouble_words(found: WrittenClips) -> str:
    """What went wrong and what to do, empty when nothing did."""
    failed = [outcome.trouble for outcome in found.outcomes if outcome.trouble]
    words = failed[:1]
    if len(failed) > 1:
        words.append(tr("{0} more failed, see the list.").format(len(failed) - 1))
    if found.list_trouble:
        words.append(found.list_trouble)
    if found.stopped:
        words.append(tr("Stopped. What was begun is gone; what was written stays."))
    return " ".join(words)
