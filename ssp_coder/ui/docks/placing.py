"""Which panels there are, where they stand at first, and how large they are then."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable

    from PySide6.QtWidgets import QWidget

    from ssp_coder.ui.kit.title_row import TitleRow

LOW_PX = 700
"""In a lower room the board takes more of the side column, and the list less."""

SMALL_WIDTH_PX, SMALL_HEIGHT_PX = 860, 480
"""In a narrower or lower room everything beside the picture stands in tabs of one dock."""


class Zone(StrEnum):
    """Where a panel stands at first."""

    PICTURE = "picture"
    SIDE = "side"
    LIST = "list"
    FOOT = "foot"


class Room(StrEnum):
    """How much room there is for panels."""

    WIDE = "wide"
    LOW = "low"
    SMALL = "small"


@dataclass(frozen=True, slots=True, kw_only=True)
class PanelSpec:
    """A panel that can be docked.

    Attributes:
        make: gives its widget, best made on the one it is given, where it will stand; called
            when it is first seen where `late`, else at once.
        steps: in which steps it is shown at first.
        goes_along: in a window of its own it stays when the step changes.
        stays: it cannot be put away, and has a title bar only in a window of its own: the picture.
        lend: gives the title row where the widget itself has none to lend.
    """

    id: str
    title: str
    zone: Zone
    make: Callable[[QWidget], QWidget]
    steps: frozenset[str]
    goes_along: bool = True
    late: bool = False
    stays: bool = False
    lend: Callable[[], TitleRow] | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class FirstSizes:
    """Lengths of the first arrangement, in pixels."""

    side_width: int
    list_height: int
    foot_height: int


def room_of(width: int, height: int, px: Callable[[float], int]) -> Room:
    """How much room a workspace of this size has, at the font size in force."""
    if width < px(SMALL_WIDTH_PX) or height < px(SMALL_HEIGHT_PX):
        return Room.SMALL
    return Room.LOW if height < px(LOW_PX) else Room.WIDE


def first_sizes(width: int, height: int, px: Callable[[float], int]) -> FirstSizes:
    """Sizes at first.

    The board has a little more than half where the window is high enough; of more room the
    picture takes the most, then the timeline.
    """
    room = room_of(width, height, px)
    foot = min(round(height * 0.36), px(290) + max(0, height - px(830)) // 4)
    above = height - foot
    if room is Room.SMALL:
        return FirstSizes(side_width=width // 2, list_height=0, foot_height=round(height * 0.38))
    low = room is Room.LOW
    side = min(round(width * (0.51 if low else 0.55)), px(700) + max(0, width - px(1256)) // 4)
    share = 0.27 if low else 0.43
    return FirstSizes(side_width=side, list_height=round(above * share), foot_height=foot)
