"""Where the pictures of several cameras lie: one large and the others small, or all alike."""

from __future__ import annotations

from enum import StrEnum

from PySide6.QtCore import QRect


class Arrangement(StrEnum):
    """Where the small pictures lie, in the order in which a key goes through them."""

    BOTTOM_RIGHT = "bottom_right"
    TOP_RIGHT = "top_right"
    TOP_LEFT = "top_left"
    BOTTOM_LEFT = "bottom_left"
    BESIDE = "beside"
    """In a column of their own, so that nothing covers the large one."""
    ALIKE = "alike"
    """All of one size."""

    @property
    def next(self) -> Arrangement:
        """The one that comes after this one, the first after the last."""
        all_of_them = tuple(Arrangement)
        return all_of_them[(all_of_them.index(self) + 1) % len(all_of_them)]


_SHAPE = (16, 9)
_MARGIN_PX = 8
_GAP_PX = 4
_SMALL_SHARE = 3
"""A small picture takes a third of the width at most."""


def places(
    room: QRect, shown: tuple[int, ...], active: int, arrangement: Arrangement, small_px: int
) -> dict[int, QRect]:
    """Where each picture lies; the active one lies lowest where others cover a corner of it.

    Args:
        room: where all of them lie.
        shown: places of the cameras that are shown.
        active: the one that is large.
        arrangement: where the small ones lie.
        small_px: how wide a small one is where there is room.
    """
    others = tuple(place for place in shown if place != active)
    if not others:
        return {active: room}
    if arrangement is Arrangement.ALIKE:
        return dict(zip(shown, _grid(room, len(shown)), strict=True))
    wide = max(1, min(small_px, room.width() // _SMALL_SHARE))
    if arrangement is Arrangement.BESIDE:
        return _beside(room, others, active, wide)
    return {active: room, **_corner(room, others, arrangement, wide)}


def _grid(room: QRect, count: int) -> list[QRect]:
    """Two beside each other where it is wide enough, else below each other; more in two rows."""
    one_row = count == 2 and room.width() * 9 >= room.height() * 16
    columns = 2 if one_row or count > 2 else 1
    rows = -(-count // columns)
    wide = (room.width() - _GAP_PX * (columns - 1)) // columns
    high = (room.height() - _GAP_PX * (rows - 1)) // rows
    return [
        QRect(
            room.left() + place % columns * (wide + _GAP_PX),
            room.top() + place // columns * (high + _GAP_PX),
            max(1, wide),
            max(1, high),
        )
        for place in range(count)
    ]


def _beside(room: QRect, others: tuple[int, ...], active: int, wide: int) -> dict[int, QRect]:
    left = room.right() + 1 - wide
    large = QRect(room.left(), room.top(), max(1, left - _GAP_PX - room.left()), room.height())
    high = min(_height(wide), (room.height() - _GAP_PX * (len(others) - 1)) // len(others))
    stack = len(others) * high + (len(others) - 1) * _GAP_PX
    top = room.top() + (room.height() - stack) // 2
    small = {
        place: QRect(left, top + at * (high + _GAP_PX), wide, max(1, high))
        for at, place in enumerate(others)
    }
    return {active: large, **small}


def _corner(
    room: QRect, others: tuple[int, ...], arrangement: Arrangement, wide: int
) -> dict[int, QRect]:
    spare = room.height() - 2 * _MARGIN_PX - _GAP_PX * (len(others) - 1)
    high = max(1, min(_height(wide), spare // len(others)))
    on_the_left = arrangement in (Arrangement.TOP_LEFT, Arrangement.BOTTOM_LEFT)
    on_top = arrangement in (Arrangement.TOP_LEFT, Arrangement.TOP_RIGHT)
    left = room.left() + _MARGIN_PX if on_the_left else room.right() + 1 - _MARGIN_PX - wide
    stack = len(others) * high + (len(others) - 1) * _GAP_PX
    top = room.top() + _MARGIN_PX if on_top else room.bottom() + 1 - _MARGIN_PX - stack
    return {
        place: QRect(left, top + at * (high + _GAP_PX), wide, high)
        for at, place in enumerate(others)
    }


def _height(wide: int) -> int:
    return wide * _SHAPE[1] // _SHAPE[0]
