"""What a review of two codings lists: one difference in words, and the mark beside it."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING

from PySide6.QtCore import QCoreApplication

from ssp_coder.ui.kit.marks import ComparisonSign

if TYPE_CHECKING:
    from collections.abc import Iterable

    from ssp_coder.domain.coding import Event
    from ssp_coder.domain.time import Micros, Span


class PairKind(StrEnum):
    """How two codings stand to each other at a place."""

    MISSED = "missed"
    """In the reference, or second coding, only."""
    EXTRA = "extra"
    """In the own, or first, coding only."""
    OTHER_CODE = "other_code"
    TIMING = "timing"
    RATING = "rating"
    CLASS = "class"
    SAME = "same"
    """Both alike; listed only for a cell of a matrix."""

    @property
    def sign(self) -> ComparisonSign | None:
        """The sign in a circle, None where both are alike."""
        return _SIGNS.get(self)


class ItemOrder(StrEnum):
    """How items are sorted."""

    TIME = "time"
    WEIGHT = "weight"
    KIND = "kind"


_SIGNS = {
    PairKind.MISSED: ComparisonSign.MISSED,
    PairKind.EXTRA: ComparisonSign.EXTRA,
    PairKind.OTHER_CODE: ComparisonSign.OTHER_CODE,
    PairKind.TIMING: ComparisonSign.TIMING,
    PairKind.RATING: ComparisonSign.OTHER_CODE,
    PairKind.CLASS: ComparisonSign.OTHER_CODE,
}
_LETTERS = 20
"""Longest name in a chip or legend."""
_RANK = {kind: rank for rank, kind in enumerate(PairKind)}


@dataclass(frozen=True, slots=True, kw_only=True)
class PairItem:
    """One place at which two codings differ.

    Attributes:
        id: stable for the two codings; marks and the host name items by it.
        place: the time, or what was rated, in few words.
        own: what the own, or first, coding has, in words.
        reference: what the reference, or second coding, has.
        at_us: where to look, None for what belongs to no moment.
        loop: the stretch that shows it.
        own_event: the own event, if it is about one.
        reference_event: the reference's.
        source: what the item was made of, for the host.
    """

    id: str
    kind: PairKind
    place: str
    own: str
    reference: str
    at_us: Micros | None = None
    loop: Span | None = None
    weight: float = 1.0
    own_event: Event | None = None
    reference_event: Event | None = None
    source: object = None

    @property
    def events(self) -> tuple[Event, ...]:
        """The one or two events, none for ratings and classes."""
        return tuple(e for e in (self.own_event, self.reference_event) if e is not None)


@dataclass(frozen=True, slots=True, kw_only=True)
class RowMark:
    """What was decided on an item.

    Attributes:
        icon: name of the icon at the end of its row.
        words: what the icon means.
    """

    icon: str
    words: str


@dataclass(frozen=True, slots=True, kw_only=True)
class PairNames:
    """What the two codings are called in rows and lanes.

    Attributes:
        is_pair: whether both are of equal standing, so that neither misses what the other has.
    """

    own: str
    reference: str
    is_pair: bool = True

    def kind_words(self, kind: PairKind) -> str:
        """What a kind is called between these two."""
        if self.is_pair and kind is PairKind.MISSED:
            return tr("only {0}").format(_brief(self.reference))
        if self.is_pair and kind is PairKind.EXTRA:
            return tr("only {0}").format(_brief(self.own))
        return kind_words(kind)


def _brief(name: str) -> str:
    """A name that a chip has room for; of a longer one the middle goes, as ends tell ids apart."""
    half = _LETTERS // 2
    return name if len(name) <= _LETTERS else f"{name[:half]}\N{HORIZONTAL ELLIPSIS}{name[-half:]}"


def tr(words: str) -> str:
    """Translate words of this module."""
    return QCoreApplication.translate("pair_items", words)


def usual_names() -> PairNames:
    """Somebody's own coding against a reference."""
    return PairNames(own=tr("you"), reference=tr("ref."), is_pair=False)


def kind_words(kind: PairKind) -> str:
    """What a kind is called against a reference."""
    return {
        PairKind.MISSED: tr("missed"),
        PairKind.EXTRA: tr("not in reference"),
        PairKind.OTHER_CODE: tr("other code"),
        PairKind.TIMING: tr("timing"),
        PairKind.RATING: tr("rating"),
        PairKind.CLASS: tr("class"),
        PairKind.SAME: tr("same"),
    }[kind]


def sorted_items(items: Iterable[PairItem], order: ItemOrder) -> tuple[PairItem, ...]:
    """Items in an order; those of one kind or weight by time, what has no moment last."""
    by_time = sorted(items, key=_by_time)
    if order is ItemOrder.KIND:
        by_time.sort(key=_by_kind)
    elif order is ItemOrder.WEIGHT:
        by_time.sort(key=_by_weight)
    return tuple(by_time)


def _by_time(item: PairItem) -> tuple[bool, int, str]:
    return item.at_us is None, item.at_us or 0, item.id


def _by_kind(item: PairItem) -> int:
    return _RANK[item.kind]


def _by_weight(item: PairItem) -> float:
    return -item.weight
