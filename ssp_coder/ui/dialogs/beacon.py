"""A light that flashes when a second begins, and a ball that arrives at it then."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QPointF, QRectF, QSize
from PySide6.QtGui import QPen
from PySide6.QtWidgets import QSizePolicy, QWidget

from ssp_coder.domain.time import SECOND_US
from ssp_coder.ui.kit.accessible import describe
from ssp_coder.ui.kit.painting import Face, face_rect, paint_face, painter_of

if TYPE_CHECKING:
    from PySide6.QtGui import QPainter, QPaintEvent

    from ssp_coder.ui.theme.theme import Theme

FLASH_US = 80_000
"""Project default: two or three frames of a screen."""
_HEIGHT, _LAMP, _BALL = 112, 22, 7


class Beacon(QWidget):
    """Shows a moment of an endless second; it moves only when it is told a new one."""

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme = theme
        self._time_us: int | None = None
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        describe(self, self.tr("A light that flashes once a second"))
        theme.changed.connect(self.update)

    @property
    def lit(self) -> bool:
        """Whether the light is on."""
        return self._time_us is not None and self._time_us % SECOND_US < FLASH_US

    def show_time(self, time_us: int | None) -> None:
        """Show a moment; None lets the light rest."""
        if time_us != self._time_us:
            self._time_us = time_us
            self.update()

    def sizeHint(self) -> QSize:  # noqa: N802, D102 - Qt's name
        return QSize(self._theme.px(480), self._theme.px(_HEIGHT))

    def paintEvent(self, _event: QPaintEvent) -> None:  # noqa: N802, D102 - Qt's name
        painter = painter_of(self)
        theme = self._theme
        face = Face(ground=theme.tokens.alt, border=theme.tokens.line)
        paint_face(painter, face_rect(self), face)
        self._paint_track(painter)
        self._paint_lamp(painter)
        if self._time_us is not None:
            self._paint_ball(painter, self._time_us)
        painter.end()

    def _middle(self) -> QPointF:
        return QRectF(self.rect()).center()

    def _paint_track(self, painter: QPainter) -> None:
        px, middle = self._theme.px, self._middle()
        painter.setPen(QPen(self._theme.colour("ctl"), px(1)))
        edge = px(20)
        painter.drawLine(QPointF(edge, middle.y()), QPointF(self.width() - edge, middle.y()))

    def _paint_lamp(self, painter: QPainter) -> None:
        px, theme = self._theme.px, self._theme
        side = px(_LAMP)
        painter.setPen(QPen(theme.colour("accent"), px(2)))
        painter.setBrush(theme.colour("accent" if self.lit else "panel"))
        painter.drawEllipse(self._middle(), side, side)

    def _paint_ball(self, painter: QPainter, time_us: int) -> None:
        """The ball is at the light when the second begins, half a second on at the right edge."""
        px, middle = self._theme.px, self._middle()
        half = (time_us + SECOND_US // 2) % SECOND_US / SECOND_US - 0.5
        reach = self.width() - 2 * px(20)
        # The rim keeps it apart from the light, whatever the colours.
        painter.setPen(QPen(self._theme.colour("panel"), px(2)))
        painter.setBrush(self._theme.colour("text"))
        painter.drawEllipse(QPointF(middle.x() + half * reach, middle.y()), px(_BALL), px(_BALL))
