"""Chips that can be pressed, and tags that only say something."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING

from PySide6.QtCore import QPoint, QRect, QSize, Qt, Signal
from PySide6.QtGui import QAccessible, QFontMetrics, QKeyEvent, QMouseEvent, QPainter
from PySide6.QtWidgets import QAbstractButton, QSizePolicy, QWidget

from ssp_coder.ui.kit.accessible import describe, install_roles
from ssp_coder.ui.kit.painting import (
    CENTRE,
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


class TagKind(StrEnum):
    """What a tag says; ACCENT marks the chosen one."""

    OK = "ok"
    WARN = "warn"
    ERR = "err"
    NEUTRAL = "neutral"
    ACCENT = "accent"


_TAG_COLOURS = {
    TagKind.OK: ("oksoft", "ok"),
    TagKind.WARN: ("warnsoft", "warn"),
    TagKind.ERR: ("errsoft", "err"),
    TagKind.NEUTRAL: ("hover", "text2"),
    TagKind.ACCENT: ("accent", "onacc"),
}


class Tag(QWidget):
    """A word on a soft ground, for instance ``project default``."""

    ACCESSIBLE_ROLE = QAccessible.Role.StaticText

    def __init__(
        self,
        theme: Theme,
        text: str,
        kind: TagKind = TagKind.NEUTRAL,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        install_roles()
        self._theme = theme
        self._text = text
        self._kind = kind
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        describe(self, text)
        theme.changed.connect(self.update)

    def text(self) -> str:
        """The word shown."""
        return self._text

    def kind(self) -> TagKind:
        """The kind shown."""
        return self._kind

    def show_tag(self, text: str, kind: TagKind) -> None:
        """Show another word."""
        self._text, self._kind = text, kind
        describe(self, text)
        self.updateGeometry()
        self.update()

    def sizeHint(self) -> QSize:  # noqa: N802, D102 - Qt's name
        font = self._theme.font(FontUse.CAPTION_STRONG)
        px = self._theme.px
        return QSize(text_width(font, self._text) + px(13), QFontMetrics(font).height() + px(4))

    def paintEvent(self, _event: object) -> None:  # noqa: N802, D102 - Qt's name
        painter = painter_of(self)
        ground, ink = _TAG_COLOURS[self._kind]
        fill = self._theme.colour(ground).name()
        paint_face(painter, self.rect(), Face(ground=fill, radius=CHIP_RADIUS))
        use = FontUse.CAPTION if self._kind is TagKind.NEUTRAL else FontUse.CAPTION_STRONG
        font = self._theme.font(use)
        words = Ink(colour=self._theme.colour(ink), font=font, align=CENTRE)
        paint_text(painter, self.rect(), self._text, words)
        painter.end()


@dataclass(frozen=True, slots=True, kw_only=True)
class ChipFace:
    """What a chip shows: words, an icon before them, a count after them, a cross to remove it."""

    text: str
    icon: str = ""
    count: int | None = None
    removable: bool = False


class Chip(QAbstractButton):
    """A small button for evidence clips and filters; checkable ones are tinted while on.

    Emits `clicked`, and `removed` for a press on its cross, Delete or Backspace.
    """

    ACCESSIBLE_ROLE = QAccessible.Role.Button

    removed = Signal()

    def __init__(self, theme: Theme, face: ChipFace, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        install_roles()
        self._theme = theme
        self._face = face
        self.setAttribute(Qt.WidgetAttribute.WA_Hover)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        self.set_face(face)
        theme.changed.connect(self.update)

    @property
    def face(self) -> ChipFace:
        """What the chip shows."""
        return self._face

    def set_face(self, face: ChipFace) -> None:
        """Show other words."""
        self._face = face
        name = face.text if face.count is None else f"{face.text}, {face.count}"
        describe(self, name, self.tr("Delete removes it") if face.removable else "")
        self.updateGeometry()
        self.update()

    def sizeHint(self) -> QSize:  # noqa: N802, D102 - Qt's name
        px = self._theme.px
        font = self._theme.font(FontUse.TABLE)
        widest = self._theme.font(FontUse.TABLE_STRONG) if self.isCheckable() else font
        width = text_width(widest, self._face.text) + 2 * px(8)
        width += px(20) if self._face.icon else 0
        width += px(18) if self._face.removable else 0
        width += 0 if self._face.count is None else px(6) + text_width(font, str(self._face.count))
        return with_ring(width, QFontMetrics(font).height() + px(6))

    def paintEvent(self, _event: object) -> None:  # noqa: N802, D102 - Qt's name
        painter = painter_of(self)
        rect = face_rect(self)
        if self.hasFocus():
            paint_ring(painter, self._theme, self.rect(), CHIP_RADIUS)
            rect = rect.adjusted(1, 1, -1, -1)
        paint_face(painter, rect, self._ground())
        self._paint_content(painter)
        painter.end()

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:  # noqa: N802, D102 - Qt's name
        on_cross = self._face.removable and self._cross().contains(event.position().toPoint())
        if on_cross and event.button() is Qt.MouseButton.LeftButton:
            self.setDown(False)
            self.removed.emit()
            return
        super().mouseReleaseEvent(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:  # noqa: N802, D102 - Qt's name
        if self._face.removable and event.key() in (Qt.Key.Key_Delete, Qt.Key.Key_Backspace):
            self.removed.emit()
            return
        super().keyPressEvent(event)

    def _cross(self) -> QRect:
        rect = face_rect(self)
        side = self._theme.px(22)
        return QRect(rect.right() - side + 1, rect.y(), side, rect.height())

    def _ground(self) -> Face:
        tokens = self._theme.tokens
        if self.isChecked() or self.isDown():
            return Face(ground=tokens.sel, border=tokens.accent, radius=CHIP_RADIUS)
        if self.underMouse() and self.isEnabled():
            return Face(ground=tokens.hover, border=tokens.ctl, radius=CHIP_RADIUS)
        ground = tokens.panel if self.isEnabled() else ""
        return Face(ground=ground, border=tokens.line, radius=CHIP_RADIUS)

    def _paint_content(self, painter: QPainter) -> None:
        px = self._theme.px
        rect = face_rect(self)
        left, side, ratio = rect.x() + px(8), px(14), self.devicePixelRatioF()
        top = rect.y() + (rect.height() - side) // 2
        if self._face.icon:
            painter.drawPixmap(
                left, top, self._theme.pixmap(self._face.icon, "accent", side, ratio)
            )
            left += px(20)
        font = self._theme.font(FontUse.TABLE_STRONG if self.isChecked() else FontUse.TABLE)
        ink = "text" if self.isEnabled() else "text3"
        words = QRect(left, rect.y(), text_width(font, self._face.text) + 1, rect.height())
        paint_text(painter, words, self._face.text, Ink(colour=self._theme.colour(ink), font=font))
        if self._face.count is not None:
            plain = self._theme.font(FontUse.TABLE)
            place = QRect(words.right() + px(6), rect.y(), rect.width(), rect.height())
            count = Ink(colour=self._theme.colour("text3"), font=plain)
            paint_text(painter, place, str(self._face.count), count)
        if self._face.removable:
            small = px(12)
            centre = self._cross().center() - QPoint(small // 2, small // 2)
            painter.drawPixmap(centre, self._theme.pixmap("cross", "text", small, ratio))
