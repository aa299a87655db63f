"""What a step did to ratings, indices of disorganization and the class, in words."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QCoreApplication

from ssp_coder.domain.scale import Points
from ssp_coder.domain.time import short_clock_text
from ssp_coder.ui.kit.rating_row import point_text
from ssp_coder.ui.text import slot_words

if TYPE_CHECKING:
    from ssp_coder.domain.coding import Classification, DIndex
    from ssp_coder.domain.scale import Rating, SlotId
    from ssp_coder.domain.scheme import Scheme
    from ssp_coder.editing import edits
    from ssp_coder.editing.change import Change


def tr(words: str) -> str:
    """Translate words of the history."""
    return QCoreApplication.translate("history", words)


def before_in(change: Change, field: str) -> Any:  # its type is that of the field of `Coding`
    """What a field of the coding was before a change, or None when it did not change."""
    return next((f.before for f in change.fields if f.name == field), None)


def score_words(rating: Rating, scheme: Scheme) -> str:
    """A score in short: the number, or why there is none."""
    if isinstance(rating.score, Points):
        return point_text(rating.score.value)
    return scheme.scale_of(rating.slot).missing_reason(rating.score.reason).title.within


def rated_words(edit: edits.Rate, change: Change, scheme: Scheme) -> str:
    """A place was rated, or what goes with its rating changed."""
    rating, place = edit.rating, slot_words(edit.rating.slot, scheme)
    before = _rating_before(change, rating.slot)
    new = score_words(rating, scheme)
    if before is None:
        return tr("Rating {0}: {1}").format(place, new)
    if before.score != rating.score:
        return tr("Rating {0}: {1} → {2}").format(place, score_words(before, scheme), new)
    if before.note != rating.note:
        return tr("Note on rating {0}").format(place)
    return tr("Evidence for rating {0}").format(place)


def unrated_words(edit: edits.ClearRating, change: Change, scheme: Scheme) -> str:
    """A rating was taken back."""
    before = _rating_before(change, edit.slot)
    place = slot_words(edit.slot, scheme)
    if before is None:
        return tr("Rating {0} taken back").format(place)
    return tr("Rating {0} taken back, it was {1}").format(place, score_words(before, scheme))


def index_words(edit: edits.PutDIndex, _change: Change, _scheme: Scheme) -> str:
    """An index of disorganization was recorded or changed."""
    words = tr("D index {0} changed") if edit.index.id else tr("D index {0} recorded")
    return words.format(_index_name(edit.index))


def index_gone_words(edit: edits.RemoveDIndex, change: Change, _scheme: Scheme) -> str:
    """An index of disorganization was removed."""
    before: tuple[DIndex, ...] = before_in(change, "d_indices") or ()
    gone = next((index for index in before if index.id == edit.index), None)
    name = str(edit.index) if gone is None else _index_name(gone)
    return tr("D index {0} removed").format(name)


def class_words(edit: edits.Classify, change: Change, _scheme: Scheme) -> str:
    """The coder's class was recorded, or what goes with it changed."""
    new = class_name(edit.classification)
    before: Classification | None = before_in(change, "classification")
    if before is None:
        return tr("Class: {0}").format(new)
    if class_name(before) != new:
        return tr("Class: {0} → {1}").format(class_name(before), new)
    if before.confidence != edit.classification.confidence:
        return tr("Class {0}: how certain").format(new)
    return tr("Class {0}: words").format(new)


def class_gone_words(_edit: object, change: Change, _scheme: Scheme) -> str:
    """The class was taken back."""
    before: Classification | None = before_in(change, "classification")
    if before is None:
        return tr("Class taken back")
    return tr("Class {0} taken back").format(class_name(before))


def class_name(own: Classification) -> str:
    """A class as people write it, with the one behind it."""
    name = own.subgroup or own.primary
    return f"{name}/{own.secondary}" if own.secondary else name


def _rating_before(change: Change, slot: SlotId) -> Rating | None:
    before: tuple[Rating, ...] = before_in(change, "ratings") or ()
    return next((rating for rating in before if rating.slot == slot), None)


def _index_name(index: DIndex) -> str:
    return f"{index.theme}, {short_clock_text(index.start_us)}"
