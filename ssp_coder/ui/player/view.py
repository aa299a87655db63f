"""The widget that paints frames and knows which one is on the screen."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from PySide6.QtCore import QRect, QSize, Qt, Signal
from PySide6.QtGui import QImage, QPainter
from PySide6.QtWidgets import QSizePolicy, QWidget

from ssp_coder.domain.time import Micros, short_clock_text
from ssp_coder.ui.kit.accessible import describe
from ssp_coder.ui.theme.fonts import FontUse

if TYPE_CHECKING:
    from PySide6.QtGui import QPaintEvent, QResizeEvent

    from ssp_coder.media.frame import Picture
    from ssp_coder.ui.theme.theme import Theme


@dataclass(frozen=True, slots=True)
class Moment:
    """The frame on the screen: its presentation time and its number in the file."""

    pts_us: Micros
    ordinal: int


class VideoView(QWidget):
    """Paints the newest picture, whole and never cropped.

    `moment` is the frame last *painted*, not the one last delivered: it is what the coder saw when
    a key went down.
    """

    painted = Signal(object)
    size_changed = Signal(QSize)

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme = theme
        self._picture: Picture | None = None
        self._image: QImage | None = None
        self._words = ""
        self._moment: Moment | None = None
        self.setAttribute(Qt.WidgetAttribute.WA_OpaquePaintEvent)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Expanding)
        self.setMinimumSize(theme.px(240), theme.px(135))
        describe(self, self.tr("Video"))
        theme.changed.connect(self.update)

    @property
    def moment(self) -> Moment | None:
        """The frame last painted, None before the first."""
        return self._moment

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
        self._words = words
        self.update()

    def clear(self) -> None:
        """Forget picture, words and moment."""
        self._picture = self._image = self._moment = None
        self._words = ""
        self.update()

    def pixels(self) -> QSize:
        """The size in device pixels that a picture can use."""
        ratio = self.devicePixelRatioF()
        return QSize(max(1, round(self.width() * ratio)), max(1, round(self.height() * ratio)))

    def sizeHint(self) -> QSize:  # noqa: N802, D102 - Qt's name
        return QSize(self._theme.px(572), self._theme.px(400))

    def resizeEvent(self, event: QResizeEvent) -> None:  # noqa: N802, D102 - Qt's name
        super().resizeEvent(event)
        self.size_changed.emit(self.pixels())

    def paintEvent(self, event: QPaintEvent) -> None:  # noqa: N802, D102 - Qt's name
        painter = QPainter(self)
        painter.fillRect(event.rect(), self._theme.colour("stage"))
        if self._image is not None:
            painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform)
            painter.drawImage(self._place(self._image), self._image)
        if self._words:
            painter.setPen(Qt.GlobalColor.white)
            painter.setFont(self._theme.font(FontUse.BODY))
            box = self.rect().adjusted(24, 24, -24, -24)
            flags = Qt.AlignmentFlag.AlignCenter | Qt.TextFlag.TextWordWrap
            painter.drawText(box, int(flags), self._words)
        painter.end()
        self._note_painted()

    def _place(self, image: QImage) -> QRect:
        size = image.size().scaled(self.size(), Qt.AspectRatioMode.KeepAspectRatio)
        place = QRect(0, 0, size.width(), size.height())
        place.moveCenter(self.rect().center())
        return place

    def _note_painted(self) -> None:
        picture = self._picture
        if picture is None:
            return
        moment = Moment(picture.pts_us, picture.ordinal)
        if moment != self._moment:
            self._moment = moment
            self.setAccessibleDescription(short_clock_text(moment.pts_us, digits=3))
            self.painted.emit(moment)
