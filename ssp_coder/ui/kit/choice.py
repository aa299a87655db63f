"""Check boxes, radio buttons and drop-down lists of Qt, painted as the look."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QPoint, QPointF, QRect, QSize, Qt
from PySide6.QtGui import QFontMetrics, QPainter
from PySide6.QtWidgets import QCheckBox, QComboBox, QRadioButton, QSizePolicy, QWidget

from ssp_coder.ui.kit.accessible import describe
from ssp_coder.ui.kit.painting import (
    CHIP_RADIUS,
    Face,
    Ink,
    face_rect,
    paint_face,
    paint_ring,
    paint_text,
    painter_of,
    text_width,
    with_ring,
)
from ssp_coder.ui.theme.fonts import FontUse

if TYPE_CHECKING:
    from ssp_coder.ui.theme.theme import Theme


class CheckBox(QCheckBox):
    """A box with a tick and its words."""

    def __init__(self, theme: Theme, text: str, parent: QWidget | None = None) -> None:
        super().__init__(text, parent)
        self._theme = theme
        self.setAttribute(Qt.WidgetAttribute.WA_Hover)
        describe(self, text)
        theme.changed.connect(self.update)

    def sizeHint(self) -> QSize:  # noqa: N802, D102 - Qt's name
        return _choice_size(self._theme, self.text())

    def hitButton(self, pos: QPoint) -> bool:  # noqa: N802, D102 - Qt's name
        return self.rect().contains(pos)

    def paintEvent(self, _event: object) -> None:  # noqa: N802, D102 - Qt's name
        painter = painter_of(self)
        box = _indicator(self._theme, self)
        face = _indicator_face(self._theme, self, checked=self.isChecked())
        paint_face(painter, box, face)
        if self.isChecked():
            side, ratio = box.width() - 2, self.devicePixelRatioF()
            tick = self._theme.pixmap("check", _sign_token(self), side, ratio)
            painter.drawPixmap(box.topLeft() + QPoint(1, 1), tick)
        _paint_words(painter, self._theme, self)
        painter.end()


class RadioButton(QRadioButton):
    """A ring with a dot and its words."""

    def __init__(self, theme: Theme, text: str, parent: QWidget | None = None) -> None:
        super().__init__(text, parent)
        self._theme = theme
        self.setAttribute(Qt.WidgetAttribute.WA_Hover)
        describe(self, text)
        theme.changed.connect(self.update)

    def sizeHint(self) -> QSize:  # noqa: N802, D102 - Qt's name
        return _choice_size(self._theme, self.text())

    def hitButton(self, pos: QPoint) -> bool:  # noqa: N802, D102 - Qt's name
        return self.rect().contains(pos)

    def paintEvent(self, _event: object) -> None:  # noqa: N802, D102 - Qt's name
        painter = painter_of(self)
        box = _indicator(self._theme, self)
        plain = _indicator_face(self._theme, self, checked=False)
        border = self._theme.tokens.accent if self.isChecked() else plain.border
        face = Face(ground=plain.ground, border=border, radius=box.width() / 2)
        paint_face(painter, box, face)
        if self.isChecked():
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(self._theme.colour("accent" if self.isEnabled() else "text3"))
            painter.drawEllipse(QPointF(box.center()) + QPointF(0.5, 0.5), 4, 4)
        _paint_words(painter, self._theme, self)
        painter.end()


class ComboBox(QComboBox):
    """A drop-down list; give it its spoken name with `describe`."""

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme = theme
        self.setAttribute(Qt.WidgetAttribute.WA_Hover)
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Fixed)
        theme.changed.connect(self.update)

    def sizeHint(self) -> QSize:  # noqa: N802, D102 - Qt's name
        font = self._theme.font(FontUse.BODY)
        px = self._theme.px
        texts = [self.itemText(index) for index in range(self.count())]
        widest = max((text_width(font, text) for text in texts), default=px(40))
        return with_ring(widest + px(38), QFontMetrics(font).height() + px(11))

    def minimumSizeHint(self) -> QSize:  # noqa: N802, D102 - Qt's name
        return QSize(self._theme.px(64), self.sizeHint().height())

    def paintEvent(self, _event: object) -> None:  # noqa: N802, D102 - Qt's name
        painter = painter_of(self)
        rect = face_rect(self)
        tokens, px = self._theme.tokens, self._theme.px
        if self.hasFocus():
            paint_ring(painter, self._theme, self.rect())
            rect = rect.adjusted(1, 1, -1, -1)
        ground = tokens.hover if self.underMouse() else tokens.panel
        usable = self.isEnabled()
        face = Face(ground=ground, border=tokens.ctl) if usable else Face(border=tokens.line)
        paint_face(painter, rect, face)
        token = "text" if usable else "text3"
        ink = Ink(colour=self._theme.colour(token), font=self._theme.font(FontUse.BODY))
        side = px(12)
        paint_text(painter, rect.adjusted(px(9), 0, -side - px(12), 0), self.currentText(), ink)
        sign = self._theme.pixmap("chevron-down", token, side, self.devicePixelRatioF())
        top = rect.y() + (rect.height() - side) // 2
        painter.drawPixmap(rect.right() - side - px(7), top, sign)
        painter.end()


def _choice_size(theme: Theme, text: str) -> QSize:
    font = theme.font(FontUse.BODY)
    width = theme.px(16) + theme.px(8) + text_width(font, text) + theme.px(4)
    return with_ring(width, max(theme.px(20), QFontMetrics(font).height() + theme.px(4)))


def _indicator(theme: Theme, widget: QWidget) -> QRect:
    side = theme.px(15)
    face = face_rect(widget)
    return QRect(face.x() + 2, face.y() + (face.height() - side) // 2, side, side)


def _indicator_face(theme: Theme, widget: QWidget, *, checked: bool) -> Face:
    tokens = theme.tokens
    if not widget.isEnabled():
        return Face(border=tokens.line, radius=CHIP_RADIUS - 1)
    if checked:
        return Face(ground=tokens.accent, border=tokens.accent, radius=CHIP_RADIUS - 1)
    ground = tokens.hover if widget.underMouse() else tokens.panel
    return Face(ground=ground, border=tokens.ctl, radius=CHIP_RADIUS - 1)


def _sign_token(widget: QWidget) -> str:
    return "onacc" if widget.isEnabled() else "text3"


def _paint_words(painter: QPainter, theme: Theme, widget: QCheckBox | QRadioButton) -> None:
    left = _indicator(theme, widget).right() + theme.px(8)
    words = widget.rect().adjusted(left, 0, 0, 0)
    token = "text" if widget.isEnabled() else "text3"
    ink = Ink(colour=theme.colour(token), font=theme.font(FontUse.BODY))
    paint_text(painter, words, widget.text(), ink)
    if widget.hasFocus():
        paint_ring(painter, theme, widget.rect())
