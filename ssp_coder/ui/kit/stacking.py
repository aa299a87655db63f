"""Columns of a page that stand one under the other where they have no room side by side."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtWidgets import QBoxLayout

if TYPE_CHECKING:
    from collections.abc import Callable

STACKED_BELOW_PX = 760
"""Project default: a page that is narrower shows its columns one under the other."""


def is_narrow(width: int, px: Callable[[float], int]) -> bool:
    """Whether a page so wide has no room for columns side by side."""
    return width < px(STACKED_BELOW_PX)


def stand(row: QBoxLayout, *, stacked: bool) -> None:
    """Let the parts of a row stand under one another, or side by side again."""
    ways = QBoxLayout.Direction
    way = ways.TopToBottom if stacked else ways.LeftToRight
    if row.direction() != way:
        row.setDirection(way)
