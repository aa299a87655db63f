"""Which places stand together on one tab of the Rate page, from the scheme alone."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from ssp_coder.domain.coding import Coding
from ssp_coder.domain.procedure import EpisodeId, EpisodeKind, SubjectId
from ssp_coder.domain.scale import NOT_RATED, RatingSlot, Scale, ScaleId, ScaleRole, SlotId
from ssp_coder.domain.scheme import Scheme


class TabKind(StrEnum):
    """What the places of a tab have in common."""

    REUNIONS = "reunions"
    BEFORE = "before"
    TOWARD = "toward"
    SEPARATIONS = "separations"
    CAREGIVER = "caregiver"
    OTHER = "other"


@dataclass(frozen=True, slots=True, kw_only=True)
class RatingTab:
    """Places that are rated on one page.

    Attributes:
        toward: the person all of them are directed to, or None.
        slots: in the scheme's order, at least one.
    """

    kind: TabKind
    toward: SubjectId | None
    slots: tuple[RatingSlot, ...]

    @property
    def id(self) -> str:
        """A name that no other tab of the scheme has."""
        return f"{self.kind.value}:{self.toward or ''}"

    @property
    def episodes(self) -> tuple[EpisodeId | None, ...]:
        """The columns, in the order of the places; None is the whole session."""
        return tuple(dict.fromkeys(slot.episode for slot in self.slots))

    @property
    def is_required(self) -> bool:
        """Whether a complete coding needs any of the places."""
        return any(slot.required for slot in self.slots)

    def scales(self, scheme: Scheme) -> tuple[Scale, ...]:
        """The rows, in the order of the places."""
        return tuple(
            scheme.scale(scale) for scale in dict.fromkeys(slot.scale for slot in self.slots)
        )

    def slot_at(self, scale: ScaleId, episode: EpisodeId | None) -> RatingSlot | None:
        """The place where a row and a column meet, or None."""
        return next((s for s in self.slots if s.scale == scale and s.episode == episode), None)

    def rated(self, coding: Coding) -> int:
        """How many of the places have a number or a reason for its absence."""
        return sum(coding.score(slot.id) is not NOT_RATED for slot in self.slots)


def rating_tabs(scheme: Scheme) -> tuple[RatingTab, ...]:
    """All tabs of a scheme: those a complete coding needs first, then in the scheme's order.

    The scale of disorganization has a page of its own and is left out.
    """
    met = {
        slot.toward
        for slot in scheme.slots
        if _role(scheme, slot) is ScaleRole.INTERACTIVE and _is_reunion(scheme, slot)
    }
    found: dict[tuple[TabKind, SubjectId | None], list[RatingSlot]] = {}
    for slot in scheme.slots:
        if _role(scheme, slot) is not ScaleRole.DISORGANIZATION:
            kind = _kind(scheme, slot, is_met=slot.toward in met)
            toward = slot.toward if kind in _DIRECTED else None
            found.setdefault((kind, toward), []).append(slot)
    tabs = [
        RatingTab(kind=kind, toward=toward, slots=tuple(slots))
        for (kind, toward), slots in found.items()
    ]
    return tuple(sorted(tabs, key=lambda tab: not tab.is_required))


_DIRECTED = (TabKind.REUNIONS, TabKind.BEFORE, TabKind.TOWARD)


def tab_of(tabs: tuple[RatingTab, ...], slot_id: str) -> RatingTab | None:
    """The tab that holds a place, or None."""
    return next((tab for tab in tabs if any(slot.id == slot_id for slot in tab.slots)), None)


def next_open(
    tabs: tuple[RatingTab, ...], coding: Coding, current: SlotId | None
) -> RatingSlot | None:
    """The next required place without a rating after `current`, going round; None when all are."""
    required = [slot for tab in tabs for slot in tab.slots if slot.required or slot.id == current]
    place = next((i for i, slot in enumerate(required) if slot.id == current), -1)
    turned = required[place + 1 :] + required[: place + 1]
    return next((s for s in turned if s.required and coding.score(s.id) is NOT_RATED), None)


def _role(scheme: Scheme, slot: RatingSlot) -> ScaleRole:
    return scheme.scale(slot.scale).role


def _is_reunion(scheme: Scheme, slot: RatingSlot) -> bool:
    plan = scheme.slot_episode(slot)
    return plan is not None and plan.kind is EpisodeKind.REUNION


def _kind(scheme: Scheme, slot: RatingSlot, *, is_met: bool) -> TabKind:
    role, plan = _role(scheme, slot), scheme.slot_episode(slot)
    if role is ScaleRole.CAREGIVER:
        return TabKind.CAREGIVER
    if plan is None:
        return TabKind.OTHER
    if role is ScaleRole.SEARCH:
        return TabKind.SEPARATIONS if plan.kind is EpisodeKind.SEPARATION else TabKind.OTHER
    if plan.kind is EpisodeKind.REUNION:
        return TabKind.REUNIONS
    return TabKind.BEFORE if is_met else TabKind.TOWARD
