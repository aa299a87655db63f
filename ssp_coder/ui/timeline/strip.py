"""The strip of pictures: small key frames, each where its moment lies."""

from __future__ import annotations

from bisect import bisect_left, bisect_right, insort
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from PySide6.QtCore import QRect, Qt
from PySide6.QtGui import QPixmap

if TYPE_CHECKING:
    from PySide6.QtGui import QImage, QPainter

    from ssp_coder.ui.timeline.time_scale import TimeScale

_GAP_PX = 1


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class SmallPicture:
    """A small picture and when it appears."""

    at_us: int
    image: QImage


class PictureStrip:
    """Small pictures in order of time, and how they stand in a lane."""

    def __init__(self) -> None:
        self._pictures: list[SmallPicture] = []
        self._scaled: dict[int, QPixmap] = {}
        self._size = (0, 1.0)

    def __len__(self) -> int:
        return len(self._pictures)

    def add(self, picture: SmallPicture) -> None:
        """Put a picture in its place; one of the same moment is replaced."""
        place = bisect_left(self._pictures, picture.at_us, key=_moment)
        if place < len(self._pictures) and self._pictures[place].at_us == picture.at_us:
            del self._pictures[place]
            self._scaled.pop(picture.at_us, None)
        insort(self._pictures, picture, key=_moment)

    def clear(self) -> None:
        """Hold no picture any more."""
        self._pictures.clear()
        self._scaled.clear()

    def shift(self, by_us: int) -> None:
        """Move all pictures in time, because the camera was placed elsewhere."""
        self._pictures = [replace(one, at_us=one.at_us + by_us) for one in self._pictures]
        self._scaled.clear()

    def nearest(self, time_us: int) -> SmallPicture | None:
        """The picture nearest in time, the earlier of two; None while there is none."""
        place = bisect_right(self._pictures, time_us, key=_moment)
        around = self._pictures[max(0, place - 1) : place + 1]
        return min(around, key=lambda picture: abs(picture.at_us - time_us), default=None)

    def chosen(self, scale: TimeScale, slot_us: int) -> tuple[SmallPicture, ...]:
        """The pictures to be shown: one for each `slot_us` of time, and the one just before.

        The slots are fixed in time, so that pictures stay what they are while the view scrolls.
        """
        first = max(0, bisect_right(self._pictures, scale.start_us, key=_moment) - 1)
        last = bisect_left(self._pictures, scale.end_us, key=_moment)
        slots: dict[int, SmallPicture] = {}
        for picture in self._pictures[first:last]:
            slots.setdefault(picture.at_us // max(1, slot_us), picture)
        return tuple(slots.values())

    def paint(self, painter: QPainter, rect: QRect, scale: TimeScale) -> None:
        """Paint as many pictures as fit, each with its left edge at its moment.

        The one that began before the view stands at the left edge of the lane.
        """
        if not self._pictures:
            return
        ratio = painter.device().devicePixelRatioF()
        self._fit(rect.height() - 2, ratio)
        size = self._pictures[0].image.size()
        wide = max(1, round(size.width() * (rect.height() - 2) / size.height()))
        shown = self.chosen(scale, scale.time_of_pixels(wide + _GAP_PX))
        lefts = [max(rect.left(), scale.x_of(picture.at_us)) for picture in shown]
        ends = [*lefts[1:], rect.right() + 2]
        for picture, left, end in zip(shown, lefts, ends, strict=True):
            room = min(wide, end - left - _GAP_PX)
            if room > 0:
                pixmap = self._pixmap(picture)
                part = QRect(0, 0, round(room * ratio), pixmap.height())
                place = QRect(left, rect.top() + 1, room, rect.height() - 2)
                painter.drawPixmap(place, pixmap, part)

    def _fit(self, height: int, ratio: float) -> None:
        if self._size != (height, ratio):
            self._size = (height, ratio)
            self._scaled.clear()

    def _pixmap(self, picture: SmallPicture) -> QPixmap:
        held = self._scaled.get(picture.at_us)
        if held is None:
            height, ratio = self._size
            smooth = Qt.TransformationMode.SmoothTransformation
            held = QPixmap.fromImage(
                picture.image.scaledToHeight(max(1, round(height * ratio)), smooth)
            )
            self._scaled[picture.at_us] = held
        return held


def _moment(picture: SmallPicture) -> int:
    return picture.at_us
