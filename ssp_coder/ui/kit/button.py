"""Buttons: one main act a page, plain ones beside it, quiet ones in headers."""

from __future__ import annotations

from enum import StrEnum
from typing import TYPE_CHECKING

from PySide6.QtCore import QRect, QSize, Qt
from PySide6.QtGui import QFontMetrics, QKeyEvent, QPainter
from PySide6.QtWidgets import QPushButton, QSizePolicy, QWidget

from ssp_coder.ui.kit.accessible import describe
from ssp_coder.ui.kit.keycap import CapLook, key_cap_size, paint_key_cap
from ssp_coder.ui.kit.painting import (
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
    from collections.abc import Iterable

    from ssp_coder.ui.theme.theme import Theme


class ButtonKind(StrEnum):
    """PRIMARY is the one main act; QUIET has no border until the pointer is over it."""

    PRIMARY = "primary"
    PLAIN = "plain"
    QUIET = "quiet"


class PushButton(QPushButton):
    """A button with optional icon and key caps; a checkable one is tinted while it is on."""

    def __init__(
        self,
        theme: Theme,
        text: str,
        kind: ButtonKind = ButtonKind.PLAIN,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(text, parent)
        self._theme = theme
        self._kind = kind
        self._icon_name = ""
        self._keys: tuple[str, ...] = ()
        self.setAttribute(Qt.WidgetAttribute.WA_Hover)
        self.setSizePolicy(QSizePolicy.Policy.Minimum, QSizePolicy.Policy.Fixed)
        self.setAutoDefault(False)
        describe(self, text)
        theme.changed.connect(self.update)

    def set_icon_name(self, name: str) -> None:
        """Show an icon of the theme before the words; a button without words shows it alone."""
        self._icon_name = name
        self._changed()

    def set_keys(self, keys: Iterable[str]) -> None:
        """Show the keys that do the same, for instance ``("Ctrl", "Z")``."""
        self._keys = tuple(keys)
        spoken = self.tr("Key {0}").format("+".join(self._keys)) if self._keys else ""
        describe(self, self.accessibleName(), spoken)
        self._changed()

    def set_name(self, name: str) -> None:
        """Say what an icon-only button does, to screen readers and in its tooltip."""
        describe(self, name, self.accessibleDescription())
        self.setToolTip(name)

    def set_words(self, text: str) -> None:
        """Show another text."""
        self.setText(text)
        describe(self, text, self.accessibleDescription())
        self._changed()

    def disable(self, reason: str) -> None:
        """Switch the button off and say why, and what would switch it on."""
        self.setEnabled(False)
        self.setToolTip(reason)
        self.setStatusTip(reason)

    def enable(self) -> None:
        """Switch the button on again."""
        self.setEnabled(True)
        self.setToolTip("")
        self.setStatusTip("")

    def keyPressEvent(self, event: QKeyEvent) -> None:  # noqa: N802, D102 - Qt's name
        # Where Space plays the video, Enter is the only key that can press it.
        plain = not event.modifiers() & ~Qt.KeyboardModifier.KeypadModifier
        if plain and event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            if not event.isAutoRepeat():
                self.click()
            return
        super().keyPressEvent(event)

    def sizeHint(self) -> QSize:  # noqa: N802, D102 - Qt's name
        px = self._theme.px
        font = self._theme.font(FontUse.LABEL)
        parts = [text_width(font, self.text())] if self.text() else []
        parts += [px(16)] if self._icon_name else []
        parts += [key_cap_size(self._theme, key).width() for key in self._keys]
        side = px(11) if self.text() else px(6)
        width = sum(parts) + px(6) * (len(parts) - 1) + 2 * side
        return with_ring(width, QFontMetrics(font).height() + px(11))

    def minimumSizeHint(self) -> QSize:  # noqa: N802, D102 - Qt's name
        return self.sizeHint()

    def paintEvent(self, _event: object) -> None:  # noqa: N802, D102 - Qt's name
        painter = painter_of(self)
        rect = face_rect(self)
        if self.hasFocus():
            paint_ring(painter, self._theme, self.rect())
            rect = rect.adjusted(1, 1, -1, -1)
        paint_face(painter, rect, self._face())
        self._paint_content(painter)
        painter.end()

    def _face(self) -> Face:
        tokens = self._theme.tokens
        quiet = self._kind is ButtonKind.QUIET
        if not self.isEnabled():
            return Face(border="" if quiet else tokens.line)
        if self._kind is ButtonKind.PRIMARY:
            ground = tokens.text if self.isDown() else tokens.accent
            return Face(ground=ground, border=tokens.text if self.underMouse() else ground)
        if self.isChecked() or self.isDown():
            return Face(ground=tokens.sel, border=tokens.accent)
        if self.underMouse():
            return Face(ground=tokens.hover, border=tokens.ctl)
        return Face() if quiet else Face(ground=tokens.panel, border=tokens.ctl)

    def _ink(self) -> str:
        if not self.isEnabled():
            return "text3"
        if self._kind is ButtonKind.PRIMARY:
            return "panel" if self.isDown() else "onacc"
        return "accent" if self.isChecked() and not self.text() else "text"

    def _paint_content(self, painter: QPainter) -> None:
        px = self._theme.px
        rect = face_rect(self)
        content = self.sizeHint().width() - 4 - 2 * (px(11) if self.text() else px(6))
        x = rect.x() + max(px(4), (rect.width() - content) // 2)
        if self._icon_name:
            side = px(16)
            ratio = self.devicePixelRatioF()
            icon = self._theme.pixmap(self._icon_name, self._ink(), side, ratio)
            painter.drawPixmap(x, rect.y() + (rect.height() - side) // 2, icon)
            x += side + px(6)
        if self.text():
            font = self._theme.font(FontUse.LABEL)
            width = min(text_width(font, self.text()), rect.right() - x) + 1
            words = QRect(x, rect.y(), width, rect.height())
            paint_text(
                painter, words, self.text(), Ink(colour=self._theme.colour(self._ink()), font=font)
            )
            x += width + px(6)
        self._paint_keys(painter, x)

    def _paint_keys(self, painter: QPainter, x: int) -> None:
        rect = face_rect(self)
        primary = self._kind is ButtonKind.PRIMARY and self.isEnabled()
        plain = CapLook.FLAT if self._kind is ButtonKind.QUIET else CapLook.RAISED
        look = CapLook.ON_ACCENT if primary else plain
        for key in self._keys:
            place = QRect(x, rect.y(), rect.width(), rect.height())
            paint_key_cap(painter, self._theme, place, (key, look))
            x += key_cap_size(self._theme, key).width() + self._theme.px(6)

    def _changed(self) -> None:
        self.updateGeometry()
        self.update()
