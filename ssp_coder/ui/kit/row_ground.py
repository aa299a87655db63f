"""The ground of a painted row of a list: chosen, under the mouse, marked, parted from the next."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtWidgets import QStyle

if TYPE_CHECKING:
    from PySide6.QtCore import QRect
    from PySide6.QtGui import QPainter
    from PySide6.QtWidgets import QStyleOptionViewItem

    from ssp_coder.ui.theme.theme import Theme

BAR_PX = 3


def is_chosen(option: QStyleOptionViewItem) -> bool:
    """Whether a row is selected."""
    return bool(option.state & QStyle.StateFlag.State_Selected)


def paint_ground(painter: QPainter, theme: Theme, option: QStyleOptionViewItem) -> None:
    """Fill a row that is selected, or else one that the mouse is over."""
    if is_chosen(option):
        painter.fillRect(option.rect, theme.colour("sel"))
    elif option.state & QStyle.StateFlag.State_MouseOver:
        painter.fillRect(option.rect, theme.colour("hover"))


def paint_bar(painter: QPainter, theme: Theme, area: QRect) -> None:
    """Mark a row at its left edge, so that it is not told by its ground alone."""
    bar = theme.px(BAR_PX)
    painter.fillRect(area.x(), area.y(), bar, area.height(), theme.colour("accent"))


def paint_hairline(painter: QPainter, theme: Theme, area: QRect) -> None:
    """Part a row from the next one."""
    painter.fillRect(area.x(), area.bottom(), area.width(), 1, theme.colour("line"))


def paint_parted_row(painter: QPainter, theme: Theme, option: QStyleOptionViewItem) -> None:
    """The ground of a row of several lines: filled and marked when chosen, parted from the next."""
    paint_ground(painter, theme, option)
    if is_chosen(option):
        paint_bar(painter, theme, option.rect)
    paint_hairline(painter, theme, option.rect)
