"""The rows of the step rail."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING

from PySide6.QtCore import QRect, QRectF, QSize, Qt
from PySide6.QtGui import QAccessible, QFontMetrics, QPainter, QPen
from PySide6.QtWidgets import QAbstractButton, QSizePolicy, QWidget

from ssp_coder.ui.kit.accessible import describe, install_roles
from ssp_coder.ui.kit.painting import (
    CENTRE,
    FIELD_RADIUS,
    RIGHT,
    Face,
    Ink,
    paint_face,
    paint_ring,
    paint_text,
    painter_of,
    text_width,
)
from ssp_coder.ui.theme.fonts import FontUse

if TYPE_CHECKING:
    from ssp_coder.ui.theme.theme import Theme


class StepState(StrEnum):
    """How far a step is: an empty, a half or a ticked circle."""

    OPEN = "open"
    HALF = "half"
    DONE = "done"


@dataclass(frozen=True, slots=True, kw_only=True)
class RailStep:
    """One row of the rail.

    Args:
        id: what `step_chosen` carries.
        title: one noun.
        state: the circle before it.
        detail: small text at the right, a key number or a share such as ``46 %``.
        level: 0 for a step, 1 for a part of the step above it.
        icon: an icon in place of the circle, for pages that are not steps.
    """

    id: str
    title: str
    state: StepState = StepState.OPEN
    detail: str = ""
    level: int = 0
    icon: str = ""


def paint_state(painter: QPainter, theme: Theme, rect: QRect, state: StepState) -> None:
    """Paint a step's circle: empty, half, or filled with a tick."""
    side = min(rect.width(), rect.height())
    if state is StepState.DONE:
        ratio = painter.device().devicePixelRatioF()
        painter.drawPixmap(rect.topLeft(), theme.pixmap("done", "ok", side, ratio))
        return
    ring = QRectF(rect.x() + 1.5, rect.y() + 1.5, side - 3, side - 3)
    painter.setBrush(Qt.BrushStyle.NoBrush)
    painter.setPen(QPen(theme.colour("ctl" if state is StepState.OPEN else "line"), 1.6))
    painter.drawEllipse(ring)
    if state is StepState.HALF:
        painter.setPen(QPen(theme.colour("accent"), 2.4))
        painter.drawArc(ring, 90 * 16, -200 * 16)


class RailRow(QAbstractButton):
    """One step of the rail."""

    ACCESSIBLE_ROLE = QAccessible.Role.PageTab

    def __init__(self, theme: Theme, step: RailStep, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        install_roles()
        self._theme = theme
        self._step = step
        self._current = False
        self._narrow = False
        self.setAttribute(Qt.WidgetAttribute.WA_Hover)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        theme.changed.connect(self.update)
        self.show_step(step)

    @property
    def step(self) -> RailStep:
        """The step shown."""
        return self._step

    def show_step(self, step: RailStep) -> None:
        """Show another state or detail of the step."""
        self._step = step
        self._tell()

    def set_current(self, current: bool) -> None:
        """Mark the row as the open step."""
        self._current = current
        self._tell()

    def set_narrow(self, narrow: bool) -> None:
        """Put the word under the circle, or beside it."""
        self._narrow = narrow
        self.updateGeometry()
        self._tell()

    def narrow_width(self) -> int:
        """How wide a rail has to be for the word under the circle, also while it is current."""
        word = text_width(self._theme.font(FontUse.CAPTION_STRONG), self._step.title)
        return word + self._theme.px(16)

    def sizeHint(self) -> QSize:  # noqa: N802, D102 - Qt's name
        px = self._theme.px
        if self._narrow:
            height = px(26) + QFontMetrics(self._theme.font(FontUse.CAPTION)).height() + px(6)
            return QSize(px(60), height)
        line = QFontMetrics(self._theme.font(FontUse.BODY)).height()
        return QSize(px(176), line + px(18 if self._step.level == 0 else 8))

    def paintEvent(self, _event: object) -> None:  # noqa: N802, D102 - Qt's name
        painter = painter_of(self)
        tokens = self._theme.tokens
        plate = self.rect().adjusted(self._theme.px(4 if self._narrow else 8), 1, -1, -1)
        if self._current and self._step.level == 0:
            paint_face(painter, plate, Face(ground=tokens.panel, border=tokens.line))
            painter.fillRect(0, plate.y() + 5, 3, plate.height() - 10, self._theme.colour("accent"))
        elif self.underMouse():
            paint_face(painter, plate, Face(ground=tokens.hover))
        if self.hasFocus():
            paint_ring(painter, self._theme, plate, FIELD_RADIUS)
        if self._narrow:
            self._paint_narrow(painter, plate)
        else:
            self._paint_wide(painter, plate)
        painter.end()

    def _paint_sign(self, painter: QPainter, rect: QRect) -> None:
        if not self._step.icon:
            paint_state(painter, self._theme, rect, self._step.state)
            return
        token = "text" if self._current else "text2"
        ratio = self.devicePixelRatioF()
        icon = self._theme.pixmap(self._step.icon, token, rect.width(), ratio)
        painter.drawPixmap(rect.topLeft(), icon)

    def _paint_wide(self, painter: QPainter, plate: QRect) -> None:
        px = self._theme.px
        side = px(16)
        left = plate.x() + px(8) + self._step.level * px(26)
        self._paint_sign(painter, QRect(left, plate.y() + (plate.height() - side) // 2, side, side))
        detail_font = self._theme.font(FontUse.CAPTION)
        detail = QFontMetrics(detail_font).horizontalAdvance(self._step.detail)
        words = plate.adjusted(left - plate.x() + side + px(8), 0, -detail - px(12), 0)
        paint_text(painter, words, self._step.title, self._ink(FontUse.BODY, FontUse.LABEL_STRONG))
        place = plate.adjusted(0, 0, -px(8), 0)
        hint = Ink(colour=self._theme.colour("text3"), font=detail_font, align=RIGHT)
        paint_text(painter, place, self._step.detail, hint)

    def _paint_narrow(self, painter: QPainter, plate: QRect) -> None:
        px = self._theme.px
        side = px(16)
        left = plate.center().x() - side // 2 + 1
        self._paint_sign(painter, QRect(left, plate.y() + px(6), side, side))
        words = plate.adjusted(1, px(24), -1, -px(2))
        ink = self._ink(FontUse.CAPTION, FontUse.CAPTION_STRONG)
        centred = Ink(colour=ink.colour, font=ink.font, align=CENTRE)
        paint_text(painter, words, self._step.title, centred)

    def _ink(self, plain: FontUse, strong: FontUse) -> Ink:
        font = self._theme.font(strong if self._current else plain)
        colour = self._theme.colour("text" if self._current else "text2")
        return Ink(colour=colour, font=font)

    def _tell(self) -> None:
        state = {
            StepState.OPEN: self.tr("open"),
            StepState.HALF: self.tr("under way"),
            StepState.DONE: self.tr("done"),
        }[self._step.state]
        parts = [self._step.title] if self._step.icon else [self._step.title, state]
        parts += [self._step.detail] if self._step.detail else []
        parts += [self.tr("current")] if self._current else []
        describe(self, ", ".join(parts))
        self.setToolTip(self._step.title if self._narrow else "")
        self.update()


class GapRow(QAbstractButton):
    """One line of what is missing, with the sign that it jumps."""

    ACCESSIBLE_ROLE = QAccessible.Role.Button

    def __init__(self, theme: Theme, text: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        install_roles()
        self._theme = theme
        self.setText(text)
        self.setAttribute(Qt.WidgetAttribute.WA_Hover)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.setToolTip(text)
        describe(self, self.tr("Missing: {0}").format(text))
        theme.changed.connect(self.update)

    def sizeHint(self) -> QSize:  # noqa: N802, D102 - Qt's name
        line = QFontMetrics(self._theme.font(FontUse.TABLE)).height()
        return QSize(self._theme.px(160), max(line + self._theme.px(8), self._theme.px(24)))

    def paintEvent(self, _event: object) -> None:  # noqa: N802, D102 - Qt's name
        painter = painter_of(self)
        px = self._theme.px
        plate = self.rect().adjusted(px(8), 0, 0, 0)
        if self.underMouse():
            paint_face(painter, plate, Face(ground=self._theme.tokens.hover))
        if self.hasFocus():
            paint_ring(painter, self._theme, plate)
        side = px(12)
        words = plate.adjusted(px(8), 0, -side - px(10), 0)
        ink = Ink(colour=self._theme.colour("text"), font=self._theme.font(FontUse.TABLE))
        paint_text(painter, words, self.text(), ink)
        sign = self._theme.pixmap("chevron-right", "text2", side, self.devicePixelRatioF())
        top = plate.y() + (plate.height() - side) // 2
        painter.drawPixmap(plate.right() - side - px(4), top, sign)
        painter.end()
