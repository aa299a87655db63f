"""Makes the items of a review: of two codings that were compared, and of a trainee's feedback."""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING

from PySide6.QtCore import QCoreApplication

from ssp_coder.agreement.comparison import ClassLevel, Difference, DifferenceKind
from ssp_coder.agreement.disagreement import (
    Disagreement,
    DisagreementKind,
    event_key,
    stretch_around,
)
from ssp_coder.domain.coding import DDecision
from ssp_coder.domain.scale import Missing, Points
from ssp_coder.domain.time import SECOND_US, short_clock_text
from ssp_coder.training.feedback import feedback_settings
from ssp_coder.training.feedback_items import FeedbackFile, FeedbackItem, ItemKind
from ssp_coder.ui.code.table_columns import event_detail
from ssp_coder.ui.kit.rating_row import point_text
from ssp_coder.ui.pairs.items import PairItem, PairKind
from ssp_coder.ui.text import slot_words

if TYPE_CHECKING:
    from collections.abc import Iterable

    from ssp_coder.domain.coding import Event
    from ssp_coder.domain.scale import Score, SlotId
    from ssp_coder.domain.scheme import Scheme

_KINDS = {
    ItemKind.MISS: PairKind.MISSED,
    ItemKind.FALSE_ALARM: PairKind.EXTRA,
    ItemKind.WRONG_CODE: PairKind.OTHER_CODE,
    ItemKind.LAG: PairKind.TIMING,
    ItemKind.ENDS: PairKind.TIMING,
    ItemKind.RATING: PairKind.RATING,
    ItemKind.RATING_NEAR: PairKind.RATING,
    ItemKind.UNRATED: PairKind.RATING,
    ItemKind.CLASS: PairKind.CLASS,
    ItemKind.SUBGROUP: PairKind.CLASS,
    ItemKind.SECONDARY: PairKind.CLASS,
    ItemKind.D_DECISION: PairKind.CLASS,
}
_OF_KIND = {
    DisagreementKind.MISSED: ItemKind.MISS,
    DisagreementKind.EXTRA: ItemKind.FALSE_ALARM,
    DisagreementKind.OTHER_CODE: ItemKind.WRONG_CODE,
    DisagreementKind.TIMING: ItemKind.ENDS,
}
_OF_LEVEL = {
    ClassLevel.SUBGROUP: ItemKind.SUBGROUP,
    ClassLevel.SECONDARY: ItemKind.SECONDARY,
    ClassLevel.D_DECISION: ItemKind.D_DECISION,
}
_ROW_KINDS = {
    DifferenceKind.MISS: PairKind.MISSED,
    DifferenceKind.FALSE_ALARM: PairKind.EXTRA,
    DifferenceKind.WRONG_CODE: PairKind.OTHER_CODE,
    DifferenceKind.MATCH: PairKind.SAME,
}


def tr(words: str) -> str:
    """Translate words of this module."""
    return QCoreApplication.translate("pair_making", words)


@cache
def usual_settings() -> FeedbackFile:
    """The weights that order a list (project default)."""
    return feedback_settings()


def items_of_disagreements(found: Iterable[Disagreement], scheme: Scheme) -> tuple[PairItem, ...]:
    """The items of what two codings differ in; `source` is the disagreement."""
    settings = usual_settings()
    return tuple(_of_disagreement(one, scheme, settings) for one in found)


def items_of_feedback(found: Iterable[FeedbackItem], scheme: Scheme) -> tuple[PairItem, ...]:
    """The items of a trainee's feedback; `source` is the item of feedback."""
    return tuple(_of_feedback(one, scheme) for one in found)


def item_of_row(row: Difference, scheme: Scheme) -> PairItem:
    """A row of a comparison as an item, also one that both have alike; `source` is the row."""
    own, reference = _row_words(row, scheme)
    return PairItem(
        id=event_key(row),
        kind=_ROW_KINDS[row.kind],
        place=short_clock_text(row.at_us, digits=1),
        own=own,
        reference=reference,
        at_us=row.at_us,
        loop=stretch_around(row.at_us),
        own_event=row.own,
        reference_event=row.reference,
        source=row,
    )


def event_words(event: Event | None, scheme: Scheme) -> str:
    """Code in short, with person and modifiers."""
    if event is None:
        return tr("nothing")
    short = str(scheme.ethogram.code(event.code).short)
    detail = event_detail(event, scheme)
    return f"{short}, {detail}" if detail else short


def score_words(score: Score, slot: SlotId, scheme: Scheme) -> str:
    """Points, or why there are none."""
    if isinstance(score, Points):
        return point_text(score.value)
    if isinstance(score, Missing):
        reasons = scheme.scale_of(slot).missing_reasons
        titles = (str(one.title) for one in reasons if one.id == score.reason)
        return next(titles, tr("cannot be coded"))
    return tr("not rated")


def level_words(level: ClassLevel) -> str:
    """A level of the class in a list."""
    words = {
        ClassLevel.SUBGROUP: tr("Subgroup"),
        ClassLevel.SECONDARY: tr("Secondary"),
        ClassLevel.D_DECISION: tr("D"),
    }
    return words.get(level, tr("Class"))


def class_words(name: str) -> str:
    """A class, or the coder's word on disorganization."""
    decisions = {DDecision.YES.value: tr("yes"), DDecision.NO.value: tr("no")}
    return decisions.get(name, name) or tr("none")


def timing_words(lag_us: int, *, of_end: bool) -> str:
    """How much earlier or later than the reference something was seen."""
    seconds = f"{abs(lag_us) / SECOND_US:.1f}"
    if of_end:
        words = tr("ends {0} s late") if lag_us > 0 else tr("ends {0} s early")
    else:
        words = tr("{0} s late") if lag_us > 0 else tr("{0} s early")
    return words.format(seconds)


def _of_disagreement(one: Disagreement, scheme: Scheme, settings: FeedbackFile) -> PairItem:
    own, reference = _sides(one, scheme)
    row = one.row
    return PairItem(
        id=one.key,
        kind=PairKind(one.kind.value),
        place=_place(one, scheme),
        own=own,
        reference=reference,
        at_us=one.at_us,
        loop=one.loop,
        weight=_weight(one, settings),
        own_event=None if row is None else row.own,
        reference_event=None if row is None else row.reference,
        source=one,
    )


def _weight(one: Disagreement, settings: FeedbackFile) -> float:
    return settings.weights.of(_lesson_kind(one, settings)) * one.weight


def _lesson_kind(one: Disagreement, settings: FeedbackFile) -> ItemKind:
    """The kind that a trainee would be told of."""
    if one.rating is not None:
        if one.rating.difference is None:
            return ItemKind.UNRATED
        is_large = abs(one.rating.difference) >= settings.rating_from
        return ItemKind.RATING if is_large else ItemKind.RATING_NEAR
    if one.at_level is not None:
        return _OF_LEVEL.get(one.at_level.level, ItemKind.CLASS)
    return _OF_KIND[one.kind]


def _sides(one: Disagreement, scheme: Scheme) -> tuple[str, str]:
    if one.row is not None:
        own, reference = _row_words(one.row, scheme)
        if one.kind is DisagreementKind.TIMING:
            own = _end_words(one.row)
        return own, reference
    if one.rating is not None:
        slot = one.rating.slot
        return (
            score_words(one.rating.own, slot, scheme),
            score_words(one.rating.reference, slot, scheme),
        )
    level = one.at_level
    return ("", "") if level is None else (class_words(level.own), class_words(level.reference))


def _place(one: Disagreement, scheme: Scheme) -> str:
    if one.rating is not None:
        return slot_words(one.rating.slot, scheme)
    if one.at_level is not None:
        return level_words(one.at_level.level)
    return "" if one.at_us is None else short_clock_text(one.at_us, digits=1)


def _row_words(row: Difference, scheme: Scheme) -> tuple[str, str]:
    return event_words(row.own, scheme), event_words(row.reference, scheme)


def _end_words(row: Difference) -> str:
    if row.end_lag_us is not None:
        return timing_words(row.end_lag_us, of_end=True)
    is_open = row.own is not None and row.own.is_open
    return tr("without end") if is_open else tr("ended, reference not")


def _of_feedback(one: FeedbackItem, scheme: Scheme) -> PairItem:
    own, reference = _feedback_sides(one, scheme)
    row = one.row
    return PairItem(
        id=one.key,
        kind=_KINDS[one.kind],
        place=_feedback_place(one, scheme),
        own=own,
        reference=reference,
        at_us=one.at_us,
        loop=one.loop,
        weight=one.weight,
        own_event=None if row is None else row.own,
        reference_event=None if row is None else row.reference,
        source=one,
    )


def _feedback_sides(one: FeedbackItem, scheme: Scheme) -> tuple[str, str]:
    if one.row is None:
        if _KINDS[one.kind] is PairKind.RATING:
            unrated = tr("not rated")
            return str(one.own) or unrated, str(one.reference) or unrated
        return class_words(one.own_value), class_words(one.reference_value)
    own, reference = _row_words(one.row, scheme)
    if one.kind is ItemKind.ENDS:
        return _end_words(one.row), reference
    if one.difference is not None and one.kind is ItemKind.LAG:
        own = timing_words(round(one.difference), of_end=False)
    return own, reference


def _feedback_place(one: FeedbackItem, scheme: Scheme) -> str:
    if one.row is not None:
        return short_clock_text(one.row.at_us, digits=1)
    if _KINDS[one.kind] is PairKind.RATING:
        return next(
            (slot_words(slot.id, scheme) for slot in scheme.slots if slot.id == one.place),
            one.place,
        )
    return level_words(ClassLevel(one.place))
