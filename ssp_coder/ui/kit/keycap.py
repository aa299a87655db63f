"""Key caps: every key is shown where it acts."""

from __future__ import annotations

from enum import StrEnum
from typing import TYPE_CHECKING

from PySide6.QtCore import QRect, QSize
from PySide6.QtGui import QAccessible, QColor, QFontMetrics, QPainter
from PySide6.QtWidgets import QSizePolicy, QWidget

from ssp_coder.ui.kit.accessible import describe, install_roles
from ssp_coder.ui.kit.painting import (
    CENTRE,
    CHIP_RADIUS,
    Face,
    Ink,
    paint_face,
    paint_text,
    painter_of,
    text_width,
)
from ssp_coder.ui.theme.fonts import FontUse

if TYPE_CHECKING:
    from ssp_coder.ui.theme.theme import Theme


class CapLook(StrEnum):
    """Raised acts here and now; flat is a reminder; on_accent sits on a filled button."""

    RAISED = "raised"
    FLAT = "flat"
    ON_ACCENT = "on_accent"


def key_cap_size(theme: Theme, text: str) -> QSize:
    """The size of a cap: square for one letter, wider for a word."""
    font = theme.font(FontUse.CAPTION_STRONG)
    height = QFontMetrics(font).height() + theme.px(3)
    return QSize(max(height, text_width(font, text) + theme.px(9)), height)


def paint_key_cap(painter: QPainter, theme: Theme, rect: QRect, cap: tuple[str, CapLook]) -> None:
    """Paint a cap, vertically centred in a rectangle at its left.

    Args:
        painter: on the widget, with smooth edges.
        theme: the theme in force.
        rect: where the cap stands.
        cap: the text on it and its look.
    """
    text, look = cap
    size = key_cap_size(theme, text)
    box = QRect(rect.x(), rect.y() + (rect.height() - size.height()) // 2, *size.toTuple())
    tokens = theme.tokens
    ground, border, ink = {
        CapLook.RAISED: (tokens.key, tokens.ctl, tokens.text),
        CapLook.FLAT: (tokens.alt, tokens.line, tokens.text2),
        CapLook.ON_ACCENT: (tokens.accent, tokens.onacc, tokens.onacc),
    }[look]
    if look is CapLook.RAISED:
        paint_face(painter, box, Face(ground=border, border=border, radius=CHIP_RADIUS))
        paint_face(
            painter,
            box.adjusted(0, 0, 0, -1),
            Face(ground=ground, border=border, radius=CHIP_RADIUS),
        )
    else:
        paint_face(painter, box, Face(ground=ground, border=border, radius=CHIP_RADIUS))
    font = theme.font(FontUse.CAPTION_STRONG)
    paint_text(painter, box, text, Ink(colour=QColor(ink), font=font, align=CENTRE))


class KeyCap(QWidget):
    """One key, standing alone beside a word."""

    ACCESSIBLE_ROLE = QAccessible.Role.StaticText

    def __init__(
        self,
        theme: Theme,
        text: str,
        look: CapLook = CapLook.RAISED,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        install_roles()
        self._theme = theme
        self._text = text
        self._look = look
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        describe(self, text)
        theme.changed.connect(self.update)

    def text(self) -> str:
        """The text on the cap."""
        return self._text

    def set_text(self, text: str) -> None:
        """Show another key."""
        self._text = text
        describe(self, text)
        self.updateGeometry()
        self.update()

    def sizeHint(self) -> QSize:  # noqa: N802, D102 - Qt's name
        return key_cap_size(self._theme, self._text)

    def paintEvent(self, _event: object) -> None:  # noqa: N802, D102 - Qt's name
        painter = painter_of(self)
        paint_key_cap(painter, self._theme, self.rect(), (self._text, self._look))
        painter.end()
