"""The widget that paints frames and knows which one is on the screen."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, QPointF, QRect, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QAccessible, QImage, QKeyEvent, QPainter, QPen
from PySide6.QtWidgets import QSizePolicy, QWidget

from ssp_coder.domain.time import Micros, short_clock_text
from ssp_coder.ui.kit.accessible import describe, install_roles
from ssp_coder.ui.player.lens import STEP, Lens, share_of
from ssp_coder.ui.player.region_keys import belongs_to_drawing, region_after, takes
from ssp_coder.ui.theme.fonts import FontUse

if TYPE_CHECKING:
    from PySide6.QtGui import QMouseEvent, QPaintEvent, QResizeEvent, QWheelEvent

    from ssp_coder.media.frame import Picture
    from ssp_coder.ui.theme.theme import Theme

_DRAG_PX = 4
"""A pointer that moved less than this was held still."""


@dataclass(frozen=True, slots=True)
class Moment:
    """The frame on the screen: when it appears, its number in its file, and whose it is.

    Attributes:
        pts_us: from a view its own recording's time; from the player the session's time.
        camera: place of the camera among those of the session, 0 for the first.
    """

    pts_us: Micros
    ordinal: int
    camera: int = 0


class VideoView(QWidget):
    """Paints the newest picture: whole and never cropped, or nearer where the coder wants it.

    `moment` is the frame last *painted*, not the one last delivered: it is what the coder saw when
    a key went down.
    """

    ACCESSIBLE_ROLE = QAccessible.Role.Graphic

    painted = Signal(object)
    size_changed = Signal(QSize)
    clicked = Signal()
    lens_changed = Signal(object)
    region_drawn = Signal(object)

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        install_roles()
        self._theme = theme
        self._picture: Picture | None = None
        self._image: QImage | None = None
        self._words = ""
        self._moment: Moment | None = None
        self._lens = Lens()
        self._pressed: QPointF | None = None
        self._looked_at: Lens | None = None
        self._drawing = False
        self._drawn: QRectF | None = None
        self._region: QRectF | None = None
        self._rim: QPen | None = None
        self.setAttribute(Qt.WidgetAttribute.WA_OpaquePaintEvent)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Expanding)
        self.setMinimumSize(theme.px(240), theme.px(135))
        describe(self, self.tr("Video"))
        theme.changed.connect(self.update)

    @property
    def moment(self) -> Moment | None:
        """The frame last painted, None before the first."""
        return self._moment

    @property
    def lens(self) -> Lens:
        """How near the picture is seen."""
        return self._lens

    def show_picture(self, picture: Picture) -> None:
        """Paint a picture at the next repaint."""
        height, width, _ = picture.rgb.shape
        self._picture = picture
        self._image = QImage(
            picture.rgb.data, width, height, 3 * width, QImage.Format.Format_RGB888
        )
        self._words = ""
        self.update()

    def show_words(self, words: str) -> None:
        """Say something in place of a picture, such as why there is none."""
        if words != self._words:
            self._words = words
            self.update()

    def clear(self) -> None:
        """Forget picture, words and moment."""
        self._picture = self._image = self._moment = None
        self._words = ""
        self.update()

    def pixels(self) -> QSize:
        """The size in device pixels that a whole picture can use."""
        ratio = self.devicePixelRatioF() * self._lens.zoom
        return QSize(max(1, round(self.width() * ratio)), max(1, round(self.height() * ratio)))

    def set_lens(self, lens: Lens) -> None:
        """See the picture nearer, or whole again."""
        if lens != self._lens:
            nearer = lens.zoom != self._lens.zoom
            self._lens = lens
            self.update()
            if nearer:
                self.size_changed.emit(self.pixels())
            self.lens_changed.emit(lens)

    def go_nearer(self, factor: float) -> None:
        """See the picture so much nearer about the place that is looked at, or farther below 1."""
        self.set_lens(self._lens.nearer(factor, QPointF(self._lens.across, self._lens.down)))

    def show_rim(self, rim: QPen | None) -> None:
        """Paint a line around the view, which tells it from those beside and below it."""
        self._rim = rim
        self.update()

    def show_region(self, region: QRectF | None) -> None:
        """Outline a part of the picture, given in shares of it, or nothing."""
        self._region = region
        self.update()

    @property
    def wants_escape(self) -> bool:
        """Whether Escape gives up a drawing here, and does nothing else."""
        return self._drawing

    def draw_region(self) -> None:
        """Let the person draw a rectangle; `region_drawn` gives it in shares of the picture.

        By keyboard arrows move one, with Shift they size it, and Enter takes it. It gives None
        when Escape or a mere click gives the drawing up.
        """
        self._drawing, self._drawn = True, None
        self.setCursor(Qt.CursorShape.CrossCursor)
        self.setFocus(Qt.FocusReason.OtherFocusReason)

    def sizeHint(self) -> QSize:  # noqa: N802, D102 - Qt's name
        return QSize(self._theme.px(572), self._theme.px(400))

    def resizeEvent(self, event: QResizeEvent) -> None:  # noqa: N802, D102 - Qt's name
        super().resizeEvent(event)
        self.size_changed.emit(self.pixels())

    def event(self, event: QEvent) -> bool:  # noqa: D102 - Qt's name
        override = event.type() == QEvent.Type.ShortcutOverride
        if not (self._drawing and override and isinstance(event, QKeyEvent)):
            return super().event(event)
        if belongs_to_drawing(event.key()):
            event.accept()  # while a rectangle is drawn its keys carry out no command
            return True
        return super().event(event)

    def mousePressEvent(self, event: QMouseEvent) -> None:  # noqa: N802, D102 - Qt's name
        if event.button() is Qt.MouseButton.LeftButton:
            self._pressed, self._looked_at = event.position(), self._lens

    def mouseMoveEvent(self, event: QMouseEvent) -> None:  # noqa: N802, D102 - Qt's name
        if self._pressed is None or self._looked_at is None or not self._has_moved(event):
            return
        place = self._place()
        if self._drawing:
            start, here = share_of(place, self._pressed), share_of(place, event.position())
            self._drawn = QRectF(start, here).normalized()
            self.update()
        elif place.isValid():
            by = self._pressed - event.position()
            share = QPointF(by.x() / place.width(), by.y() / place.height())
            self.set_lens(self._looked_at.moved(share))

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:  # noqa: N802, D102 - Qt's name
        if self._pressed is None or event.button() is not Qt.MouseButton.LeftButton:
            return
        still = not self._has_moved(event)
        self._pressed = None
        if self._drawing:
            self._end_drawing(None if still else self._drawn)
        elif still:
            self.clicked.emit()

    def mouseDoubleClickEvent(self, _event: QMouseEvent) -> None:  # noqa: N802, D102 - Qt's name
        self.set_lens(Lens())

    def wheelEvent(self, event: QWheelEvent) -> None:  # noqa: N802, D102 - Qt's name
        if not event.modifiers() & Qt.KeyboardModifier.ControlModifier:
            super().wheelEvent(event)
            return
        turns = event.angleDelta().y() / 120
        place = self._place()
        if place.isValid():
            self.set_lens(self._lens.nearer(STEP**turns, share_of(place, event.position())))
        event.accept()

    def keyPressEvent(self, event: QKeyEvent) -> None:  # noqa: N802, D102 - Qt's name
        if not self._drawing or not belongs_to_drawing(event.key()):
            super().keyPressEvent(event)
        elif takes(event.key()):
            self._end_drawing(self._drawn)
        elif event.key() == Qt.Key.Key_Escape:
            self._end_drawing(None)
        else:
            sizing = bool(event.modifiers() & Qt.KeyboardModifier.ShiftModifier)
            self._drawn = region_after(self._drawn, event.key(), sizing=sizing)
            self.update()

    def paintEvent(self, event: QPaintEvent) -> None:  # noqa: N802, D102 - Qt's name
        painter = QPainter(self)
        painter.fillRect(event.rect(), self._theme.colour("stage"))
        if self._image is not None:
            painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform)
            painter.drawImage(self._place(), self._image)
        for region in (self._region, self._drawn):
            self._outline(painter, region)
        if self._words:
            painter.setPen(Qt.GlobalColor.white)
            painter.setFont(self._theme.font(FontUse.BODY))
            edge = min(24, self.width() // 12)
            box = self.rect().adjusted(edge, edge, -edge, -edge)
            flags = Qt.AlignmentFlag.AlignCenter | Qt.TextFlag.TextWordWrap
            painter.drawText(box, int(flags), self._words)
        if self._rim is not None:
            self._paint_rim(painter, self._rim)
        painter.end()
        self._note_painted()

    def _place(self) -> QRect:
        if self._image is None:
            return QRect()
        return self._lens.place(self._image.size(), self.size())

    def _paint_rim(self, painter: QPainter, rim: QPen) -> None:
        half = rim.widthF() / 2
        painter.setPen(rim)
        painter.setBrush(Qt.BrushStyle.NoBrush)
        painter.drawRect(QRectF(self.rect()).adjusted(half, half, -half, -half))

    def _outline(self, painter: QPainter, region: QRectF | None) -> None:
        place = self._place()
        if region is None or not place.isValid():
            return
        box = QRectF(
            place.left() + region.left() * place.width(),
            place.top() + region.top() * place.height(),
            region.width() * place.width(),
            region.height() * place.height(),
        )
        # Light over dark, so that the line is seen on every picture.
        for colour, style in (
            (Qt.GlobalColor.black, Qt.PenStyle.SolidLine),
            (Qt.GlobalColor.white, Qt.PenStyle.DashLine),
        ):
            painter.setPen(QPen(colour, self._theme.px(2), style))
            painter.drawRect(box)

    def _has_moved(self, event: QMouseEvent) -> bool:
        if self._pressed is None:
            return False
        return (event.position() - self._pressed).manhattanLength() >= _DRAG_PX

    def _end_drawing(self, region: QRectF | None) -> None:
        self._drawing, self._drawn = False, None
        self.unsetCursor()
        self.update()
        self.region_drawn.emit(region)

    def _note_painted(self) -> None:
        picture = self._picture
        if picture is None:
            return
        moment = Moment(picture.pts_us, picture.ordinal)
        if moment != self._moment:
            self._moment = moment
            self.setAccessibleDescription(short_clock_text(moment.pts_us, digits=3))
            self.painted.emit(moment)
