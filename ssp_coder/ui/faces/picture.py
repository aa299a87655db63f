"""The picture with its covers, which are drawn, moved and resized by pointer or keys."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING

from PySide6.QtCore import QPointF, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QColor, QImage, QPainter, QPen
from PySide6.QtWidgets import QSizePolicy, QWidget

from ssp_coder.media.covering import clipped, cover
from ssp_coder.media.motion import Region
from ssp_coder.ui.kit.accessible import describe
from ssp_coder.ui.kit.painting import paint_ring
from ssp_coder.ui.theme.fonts import FontUse

if TYPE_CHECKING:
    from PySide6.QtGui import QMouseEvent, QPaintEvent, QResizeEvent

    from ssp_coder.media.frame import Picture
    from ssp_coder.ui.theme.theme import Theme

_LEAST = 0.012
_HANDLE = 9


@dataclass(frozen=True, slots=True, kw_only=True)
class Box:
    """One cover as it is painted.

    Attributes:
        number: the number of its patch.
        region: where it is.
        sure: whether its outline is whole; an unsure one is dashed.
    """

    number: int
    region: Region
    sure: bool = True


class _Grip(StrEnum):
    DRAW = "draw"
    MOVE = "move"
    LEFT_TOP = "left_top"
    RIGHT_TOP = "right_top"
    LEFT_BOTTOM = "left_bottom"
    RIGHT_BOTTOM = "right_bottom"


@dataclass(frozen=True, slots=True, kw_only=True)
class _Drag:
    grip: _Grip
    number: int
    region: Region | None
    start: QPointF


class CoverPicture(QWidget):
    """Paints a frame and the boxes that are covered in it.

    Signals:
        painted: ordinal of a frame that is on the screen now.
        box_chosen: number of the box that was pressed, None for the ground beside the boxes.
        box_drawn: a region drawn anew.
        box_placed: number and region of a box that was moved or resized.
        size_changed: device pixels that a picture can use.
    """

    painted = Signal(object)
    box_chosen = Signal(object)
    box_drawn = Signal(object)
    box_placed = Signal(object, object)
    size_changed = Signal(QSize)

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme = theme
        self._picture: Picture | None = None
        self._boxes: tuple[Box, ...] = ()
        self._chosen: int | None = None
        self._blurred = True
        self._words = ""
        self._drag: _Drag | None = None
        self._draft: Region | None = None
        self._noted: int | None = None
        self.setAttribute(Qt.WidgetAttribute.WA_OpaquePaintEvent)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Expanding)
        self.setMinimumSize(theme.px(320), theme.px(180))
        self.setCursor(Qt.CursorShape.CrossCursor)
        self.setMouseTracking(True)
        describe(self, self.tr("Picture with covers"))
        theme.changed.connect(self.update)

    @property
    def ordinal(self) -> int | None:
        """The frame that is painted, None before the first."""
        return None if self._picture is None else self._picture.ordinal

    def show_picture(self, picture: Picture, boxes: tuple[Box, ...]) -> None:
        """Paint a frame with its boxes."""
        self._picture, self._words = picture, ""
        self._take(boxes)

    def show_boxes(self, boxes: tuple[Box, ...], chosen: int | None) -> None:
        """Paint other boxes on the same frame."""
        self._chosen = chosen
        self._take(boxes)

    def show_words(self, words: str) -> None:
        """Say why there is no picture."""
        self._words = words
        self.update()

    def set_blurred(self, blurred: bool) -> None:
        """Show the picture as the clip will be, or only outlines around what is to be covered."""
        self._blurred = blurred
        self.update()

    def pixels(self) -> QSize:
        """Device pixels that a picture can use."""
        ratio = self.devicePixelRatioF()
        return QSize(max(1, round(self.width() * ratio)), max(1, round(self.height() * ratio)))

    def nudge(self, across: int, down: int) -> None:
        """Move the chosen box by hundredths of the picture."""
        box = self._chosen_box()
        if box is not None:
            self._place(box.number, _moved(box.region, across / 100, down / 100))

    def grow(self, across: int, down: int) -> None:
        """Make the chosen box wider and higher by hundredths of the picture, about its middle."""
        box = self._chosen_box()
        if box is None:
            return
        region = box.region
        wide = max(_LEAST, region.width + across / 100)
        high = max(_LEAST, region.height + down / 100)
        left = region.left + (region.width - wide) / 2
        top = region.top + (region.height - high) / 2
        self._place(box.number, clipped(left, top, left + wide, top + high))

    def sizeHint(self) -> QSize:  # noqa: N802, D102 - Qt's name
        return QSize(self._theme.px(760), self._theme.px(428))

    # ------------------------------------------------------------------ pointer

    def mousePressEvent(self, event: QMouseEvent) -> None:  # noqa: N802, D102 - Qt's name
        if event.button() is not Qt.MouseButton.LeftButton or self._picture is None:
            return
        self.setFocus(Qt.FocusReason.MouseFocusReason)
        at = event.position()
        grip, box = self._grip_at(at)
        number = 0 if box is None else box.number
        self.box_chosen.emit(None if box is None else box.number)
        self._drag = _Drag(
            grip=grip, number=number, region=None if box is None else box.region, start=at
        )

    def mouseMoveEvent(self, event: QMouseEvent) -> None:  # noqa: N802, D102 - Qt's name
        drag = self._drag
        if drag is None:
            self.setCursor(_CURSORS[self._grip_at(event.position())[0]])
            return
        self._draft = self._dragged(drag, event.position())
        self.update()

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:  # noqa: N802, D102 - Qt's name
        drag, draft = self._drag, self._draft
        self._drop_drag()
        if drag is None or draft is None or event.button() is not Qt.MouseButton.LeftButton:
            return
        if drag.grip is not _Grip.DRAW:
            self._place(drag.number, draft)
        elif min(draft.width, draft.height) >= _LEAST:
            self.box_drawn.emit(draft)

    def _grip_at(self, at: QPointF) -> tuple[_Grip, Box | None]:
        """What a press here would take hold of; the chosen box and small boxes come first."""
        chosen = self._chosen_box()
        if chosen is not None:
            reach = self._theme.px(_HANDLE)
            for grip, corner in self._corners(chosen.region):
                if (corner - at).manhattanLength() <= reach:
                    return grip, chosen
        under = [box for box in self._boxes if self._rect(box.region).contains(at)]
        if not under:
            return _Grip.DRAW, None
        best = chosen if chosen in under else min(under, key=_area)
        return _Grip.MOVE, best

    def _corners(self, region: Region) -> tuple[tuple[_Grip, QPointF], ...]:
        rect = self._rect(region)
        return (
            (_Grip.LEFT_TOP, rect.topLeft()),
            (_Grip.RIGHT_TOP, rect.topRight()),
            (_Grip.LEFT_BOTTOM, rect.bottomLeft()),
            (_Grip.RIGHT_BOTTOM, rect.bottomRight()),
        )

    def _dragged(self, drag: _Drag, at: QPointF) -> Region | None:
        stage = self._stage()
        if drag.region is None or drag.grip is _Grip.DRAW:
            return self._region(drag.start, at)
        if drag.grip is _Grip.MOVE:
            way = at - drag.start
            return _moved(drag.region, way.x() / stage.width(), way.y() / stage.height())
        opposite = {
            _Grip.LEFT_TOP: _Grip.RIGHT_BOTTOM,
            _Grip.RIGHT_TOP: _Grip.LEFT_BOTTOM,
            _Grip.LEFT_BOTTOM: _Grip.RIGHT_TOP,
            _Grip.RIGHT_BOTTOM: _Grip.LEFT_TOP,
        }[drag.grip]
        return self._region(dict(self._corners(drag.region))[opposite], at)

    def _place(self, number: int, region: Region | None) -> None:
        if region is not None and min(region.width, region.height) >= _LEAST:
            self.box_placed.emit(number, region)

    def _take(self, boxes: tuple[Box, ...]) -> None:
        if len(boxes) != len(self._boxes):
            describe(self, self.accessibleName(), self.tr("Covers: {0}").format(len(boxes)))
        self._boxes = boxes
        drag = self._drag
        if drag is not None and drag.number not in (0, *(box.number for box in boxes)):
            self._drop_drag()  # what is held is there no more
        self.update()

    def _drop_drag(self) -> None:
        self._drag = self._draft = None
        self.update()

    def _chosen_box(self) -> Box | None:
        return next((box for box in self._boxes if box.number == self._chosen), None)

    # ------------------------------------------------------------------ where

    def _stage(self) -> QRectF:
        """Where the picture is painted, whole and in the middle."""
        if self._picture is None:
            return QRectF(self.rect())
        height, width, _ = self._picture.rgb.shape
        room = self.size()
        size = QSize(width, height).scaled(room, Qt.AspectRatioMode.KeepAspectRatio)
        left, top = (room.width() - size.width()) / 2, (room.height() - size.height()) / 2
        return QRectF(left, top, size.width(), size.height())

    def _rect(self, region: Region) -> QRectF:
        stage = self._stage()
        return QRectF(
            stage.x() + region.left * stage.width(),
            stage.y() + region.top * stage.height(),
            region.width * stage.width(),
            region.height * stage.height(),
        )

    def _region(self, one: QPointF, other: QPointF) -> Region | None:
        stage = self._stage()
        across = sorted((at.x() - stage.x()) / stage.width() for at in (one, other))
        down = sorted((at.y() - stage.y()) / stage.height() for at in (one, other))
        return clipped(across[0], down[0], across[1], down[1])

    # ------------------------------------------------------------------ painting

    def resizeEvent(self, event: QResizeEvent) -> None:  # noqa: N802, D102 - Qt's name
        super().resizeEvent(event)
        self.size_changed.emit(self.pixels())

    def paintEvent(self, event: QPaintEvent) -> None:  # noqa: N802, D102 - Qt's name
        painter = QPainter(self)
        painter.fillRect(event.rect(), self._theme.colour("stage"))
        boxes = self._boxes_now()
        if self._picture is not None:
            self._paint_picture(painter, self._picture, boxes)
        for box in boxes:
            self._paint_box(painter, box)
        if self._words:
            painter.setPen(Qt.GlobalColor.white)
            painter.setFont(self._theme.font(FontUse.BODY))
            flags = Qt.AlignmentFlag.AlignCenter | Qt.TextFlag.TextWordWrap
            painter.drawText(self.rect().adjusted(24, 24, -24, -24), int(flags), self._words)
        if self.hasFocus():
            paint_ring(painter, self._theme, self.rect())
        painter.end()
        if self._picture is not None and self._picture.ordinal != self._noted:
            self._noted = self._picture.ordinal
            self.painted.emit(self._noted)

    def _boxes_now(self) -> tuple[Box, ...]:
        """The boxes with the one that is being dragged where it is now."""
        drag, draft = self._drag, self._draft
        if drag is None or draft is None:
            return self._boxes
        others = (box for box in self._boxes if box.number != drag.number)
        return (*others, Box(number=drag.number, region=draft))

    def _paint_picture(self, painter: QPainter, picture: Picture, boxes: tuple[Box, ...]) -> None:
        rgb = picture.rgb
        if self._blurred and boxes:
            rgb = rgb.copy()
            cover(rgb, [box.region for box in boxes])
        height, width, _ = rgb.shape
        image = QImage(rgb.data, width, height, 3 * width, QImage.Format.Format_RGB888)
        painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform)
        painter.drawImage(self._stage(), image)

    def _paint_box(self, painter: QPainter, box: Box) -> None:
        """A light line with a dark rim, to be seen on any ground; the chosen one has corners."""
        dragged = self._drag is not None and box.number == self._drag.number
        chosen = dragged or box.number == self._chosen
        rect = self._rect(box.region)
        px = self._theme.px
        painter.setBrush(Qt.BrushStyle.NoBrush)
        painter.setPen(QPen(QColor(0, 0, 0, 150), px(4) if chosen else px(3)))
        painter.drawRect(rect)
        style = Qt.PenStyle.SolidLine if box.sure else Qt.PenStyle.DashLine
        painter.setPen(QPen(Qt.GlobalColor.white, px(2) if chosen else 1, style))
        painter.drawRect(rect)
        if box.number != self._chosen:
            return
        side = px(8)
        painter.setBrush(self._theme.colour("accent"))
        painter.setPen(QPen(Qt.GlobalColor.white, 1))
        for _, corner in self._corners(box.region):
            painter.drawRect(QRectF(corner.x() - side / 2, corner.y() - side / 2, side, side))


_CURSORS = {
    _Grip.DRAW: Qt.CursorShape.CrossCursor,
    _Grip.MOVE: Qt.CursorShape.SizeAllCursor,
    _Grip.LEFT_TOP: Qt.CursorShape.SizeFDiagCursor,
    _Grip.RIGHT_BOTTOM: Qt.CursorShape.SizeFDiagCursor,
    _Grip.RIGHT_TOP: Qt.CursorShape.SizeBDiagCursor,
    _Grip.LEFT_BOTTOM: Qt.CursorShape.SizeBDiagCursor,
}


def _area(box: Box) -> float:
    return box.region.width * box.region.height


def _moved(region: Region, across: float, down: float) -> Region:
    """The region elsewhere, of the same size, kept within the picture."""
    return Region(
        left=min(max(0.0, region.left + across), 1 - region.width),
        top=min(max(0.0, region.top + down), 1 - region.height),
        width=region.width,
        height=region.height,
    )
