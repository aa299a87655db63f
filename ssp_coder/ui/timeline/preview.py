"""The small picture above the pointer: what lies there, before the exact frame is on the screen."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QPoint, QRect, QSize, Qt
from PySide6.QtWidgets import QWidget

from ssp_coder.domain.time import short_clock_text
from ssp_coder.ui.kit.accessible import describe
from ssp_coder.ui.kit.painting import CENTRE, Face, Ink, paint_face, paint_text, painter_of
from ssp_coder.ui.theme.fonts import FontUse

if TYPE_CHECKING:
    from PySide6.QtGui import QPaintEvent

    from ssp_coder.ui.theme.theme import Theme
    from ssp_coder.ui.timeline.strip import SmallPicture

_PICTURE = QSize(160, 90)
_PAD_PX = 4
_LINE_PX = 16


class Preview(QWidget):
    """A picture with the time pointed at; where the picture is of another moment it says which."""

    def __init__(self, theme: Theme, parent: QWidget) -> None:
        super().__init__(parent)
        self._over = parent
        self._theme = theme
        self._picture: SmallPicture | None = None
        self._time_us = 0
        self.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.hide()
        describe(self, self.tr("Picture at the pointer"))

    def show_at(self, above: QPoint, time_us: int, picture: SmallPicture | None) -> None:
        """Stand above a point of the parent, as far as there is room for it."""
        self._time_us, self._picture = time_us, picture
        size = self.sizeHint()
        room = self._over.rect()
        left = min(max(room.left(), above.x() - size.width() // 2), room.right() - size.width())
        top = max(room.top(), above.y() - size.height() - self._theme.px(6))
        self.setGeometry(QRect(QPoint(left, top), size))
        self.setAccessibleDescription(" ".join(self.lines()))
        self.show()
        self.raise_()
        self.update()

    def lines(self) -> tuple[str, ...]:
        """The time pointed at, and that of the picture."""
        time = short_clock_text(self._time_us)
        if self._picture is None:
            return (time,)
        shown = short_clock_text(self._picture.at_us)
        return (time, self.tr("picture of {0}").format(shown))

    def sizeHint(self) -> QSize:  # noqa: N802, D102 - Qt's name
        px = self._theme.px
        pad, lines = px(_PAD_PX), px(_LINE_PX) * len(self.lines())
        if self._picture is None:
            return QSize(px(76), lines + 2 * pad)
        shown = self._shown()
        wide = max(shown.width(), px(128))
        return QSize(wide + 2 * pad, shown.height() + lines + 2 * pad)

    def paintEvent(self, _event: QPaintEvent) -> None:  # noqa: N802, D102 - Qt's name
        painter = painter_of(self)
        px, tokens = self._theme.px, self._theme.tokens
        painter.fillRect(self.rect(), self._theme.colour("panel"))
        paint_face(painter, self.rect(), Face(ground=tokens.panel, border=tokens.ctl, radius=0))
        top = px(_PAD_PX)
        if self._picture is not None:
            place = QRect(QPoint(0, top), self._shown())
            place.moveLeft((self.width() - place.width()) // 2)
            painter.setRenderHint(painter.RenderHint.SmoothPixmapTransform)
            painter.drawImage(place, self._picture.image)
            top = place.bottom() + 1
        uses = (("text", FontUse.CAPTION_STRONG), ("text2", FontUse.RULER))
        for line, (token, use) in zip(self.lines(), uses, strict=False):
            ink = Ink(colour=self._theme.colour(token), font=self._theme.font(use), align=CENTRE)
            paint_text(painter, QRect(0, top, self.width(), px(_LINE_PX)), line, ink)
            top += px(_LINE_PX)
        painter.end()

    def _shown(self) -> QSize:
        if self._picture is None:
            return QSize()
        px = self._theme.px
        most = QSize(px(_PICTURE.width()), px(_PICTURE.height()))
        return self._picture.image.size().scaled(most, Qt.AspectRatioMode.KeepAspectRatio)
