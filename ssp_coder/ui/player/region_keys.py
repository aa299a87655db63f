"""A rectangle in the picture by keyboard: arrows move it, with Shift they size it."""

from __future__ import annotations

from PySide6.QtCore import QRectF, Qt

FIRST_REGION = QRectF(0.3, 0.3, 0.4, 0.4)
"""Project default: the rectangle that the first key shows, in shares of the picture."""

STEP_SHARE = 0.02
"""Project default: a key moves or sizes by this share of the picture."""

SMALLEST_SHARE = 0.04
"""Project default: a key makes no side smaller than this."""

_WAYS = {
    Qt.Key.Key_Left: (-1, 0),
    Qt.Key.Key_Right: (1, 0),
    Qt.Key.Key_Up: (0, -1),
    Qt.Key.Key_Down: (0, 1),
}
_TAKING = (Qt.Key.Key_Return, Qt.Key.Key_Enter)


def belongs_to_drawing(key: int) -> bool:
    """Whether a key is for the rectangle while one is drawn."""
    return key in _WAYS or key in _TAKING or key == Qt.Key.Key_Escape


def takes(key: int) -> bool:
    """Whether a key takes the rectangle as it is."""
    return key in _TAKING


def region_after(region: QRectF | None, key: int, *, sizing: bool) -> QRectF | None:
    """The rectangle after an arrow; the first one where there was none yet."""
    way = _WAYS.get(Qt.Key(key))
    if way is None:
        return region
    if region is None:
        return QRectF(FIRST_REGION)
    across, down = (STEP_SHARE * part for part in way)
    if sizing:
        width = min(max(region.width() + across, SMALLEST_SHARE), 1 - region.left())
        height = min(max(region.height() + down, SMALLEST_SHARE), 1 - region.top())
        return QRectF(region.left(), region.top(), width, height)
    left = min(max(region.left() + across, 0.0), 1 - region.width())
    top = min(max(region.top() + down, 0.0), 1 - region.height())
    return QRectF(left, top, region.width(), region.height())
