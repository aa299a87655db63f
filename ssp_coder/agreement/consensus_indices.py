"""Which index of disorganization of a coding answers which one of another."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from ssp_coder.domain.coding import DIndex, IndexId
from ssp_coder.domain.time import Micros


@dataclass(frozen=True, slots=True, kw_only=True)
class IndexPair:
    """An index of either coding, or two of the same moment."""

    first: DIndex | None
    second: DIndex | None

    @property
    def is_alike(self) -> bool:
        """Whether both saw the same: one theme, one strength, the same persons present."""
        one, other = self.first, self.second
        if one is None or other is None:
            return False
        return (one.theme, one.strength, set(one.present)) == (
            other.theme,
            other.strength,
            set(other.present),
        )

    @property
    def at_us(self) -> Micros:
        """The earlier start."""
        return min(one.start_us for one in (self.first, self.second) if one is not None)


def paired_indices(
    first: Iterable[DIndex], second: Iterable[DIndex], tolerance_us: Micros
) -> tuple[IndexPair, ...]:
    """Every index of both codings, paired or alone, in order of time.

    Two answer each other when they overlap or lie no further apart than the tolerance; those of
    one theme and strength first, then those of one theme, then the nearest.
    """
    left, right = list(first), list(second)
    near = sorted(
        (
            (a.theme != b.theme, a.strength != b.strength, abs(a.start_us - b.start_us), a.id, b.id)
            for a in left
            for b in right
            if _is_near(a, b, tolerance_us)
        ),
    )
    partner: dict[IndexId, IndexId] = {}
    for *_unlike, one, other in near:
        if one not in partner and other not in partner.values():
            partner[one] = other
    by_id = {index.id: index for index in right}
    taken = set(partner.values())
    pairs = [
        IndexPair(first=a, second=by_id[partner[a.id]] if a.id in partner else None) for a in left
    ]
    pairs += [IndexPair(first=None, second=b) for b in right if b.id not in taken]
    return tuple(sorted(pairs, key=_order))


def index_key(pair: IndexPair) -> str:
    """What a pair is called by."""
    first, second = ("" if one is None else str(one.id) for one in (pair.first, pair.second))
    return f"index:{first}:{second}"


def _is_near(one: DIndex, other: DIndex, tolerance_us: Micros) -> bool:
    return (
        one.start_us <= other.end_us + tolerance_us and other.start_us <= one.end_us + tolerance_us
    )


def _order(pair: IndexPair) -> tuple[int, str]:
    return pair.at_us, index_key(pair)
