"""A drawn keyboard: what each key records, in the colour and mark of its group."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QRect, QSize, Qt, Signal
from PySide6.QtGui import QAccessible, QColor, QFontMetrics, QKeyEvent, QMouseEvent, QPainter
from PySide6.QtWidgets import QSizePolicy, QWidget

from ssp_coder.domain.ethogram import CodeKind
from ssp_coder.ui.code.keysigns import KEY_ROWS
from ssp_coder.ui.instruments.words import code_kind_words, tr
from ssp_coder.ui.kit.accessible import describe, install_roles
from ssp_coder.ui.kit.marks import MarkShape, paint_mark
from ssp_coder.ui.kit.painting import (
    LEFT,
    RING,
    Face,
    Ink,
    paint_face,
    paint_ring,
    paint_text,
    painter_of,
)
from ssp_coder.ui.theme.fonts import FontUse

if TYPE_CHECKING:
    from ssp_coder.domain.ethogram import Code, CodeGroup
    from ssp_coder.domain.scheme import Scheme
    from ssp_coder.ui.theme.theme import Theme

KEY_HEIGHT_PX = 78
OFFSETS = (0.0, 0.5, 0.75, 1.25)
"""How far each row of keys stands to the right, in widths of a key."""

COLUMNS = 13
SHIFT = "shift+"


class Keyboard(QWidget):
    """Arrow keys and clicks choose a key; `key_chosen` carries its sign on a US keyboard."""

    ACCESSIBLE_ROLE = QAccessible.Role.List

    key_chosen = Signal(str)

    def __init__(self, theme: Theme, scheme: Scheme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        install_roles()
        self._theme = theme
        self._scheme = scheme
        self._place = (1, 0)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        theme.changed.connect(self.update)
        self._speak()

    def chosen(self) -> str:
        """The sign of the chosen key."""
        row, column = self._place
        return KEY_ROWS[row][column]

    def codes_of(self, key: str) -> tuple[Code, ...]:
        """What a key records, alone and with Shift."""
        keymap, ethogram = self._scheme.keymap, self._scheme.ethogram
        found = (keymap.code_for(key), keymap.code_for(SHIFT + key))
        return tuple(ethogram.code(code) for code in found if code is not None)

    def words_of(self, key: str) -> str:
        """A key and what it records, in a sentence."""
        lines = []
        for sign in (key, SHIFT + key):
            code = self._scheme.keymap.code_for(sign)
            if code is not None:
                lines.append(self._code_words(sign, self._scheme.ethogram.code(code)))
        return "; ".join(lines) or tr("{0}: free").format(key.upper())

    def key_rect(self, row: int, column: int) -> QRect:
        """Where a key is drawn."""
        width = (self.width() - 2 * RING) / COLUMNS
        gap = self._theme.px(4)
        x = RING + (OFFSETS[row] + column) * width
        height = self._theme.px(KEY_HEIGHT_PX)
        return QRect(round(x), RING + row * height, round(width) - gap, height - gap)

    def sizeHint(self) -> QSize:  # noqa: N802, D102 - Qt's name
        px = self._theme.px
        return QSize(px(1000), len(KEY_ROWS) * px(KEY_HEIGHT_PX) + 2 * RING)

    def minimumSizeHint(self) -> QSize:  # noqa: N802, D102 - Qt's name
        return QSize(self._theme.px(700), self.sizeHint().height())

    def keyPressEvent(self, event: QKeyEvent) -> None:  # noqa: N802, D102 - Qt's name
        row, column = self._place
        target = {
            Qt.Key.Key_Left: (row, column - 1),
            Qt.Key.Key_Right: (row, column + 1),
            Qt.Key.Key_Up: (row - 1, column),
            Qt.Key.Key_Down: (row + 1, column),
        }.get(Qt.Key(event.key()))
        if target is None:
            super().keyPressEvent(event)
        elif 0 <= target[0] < len(KEY_ROWS):
            last = len(KEY_ROWS[target[0]]) - 1
            self._choose((target[0], min(max(target[1], 0), last)))

    def mousePressEvent(self, event: QMouseEvent) -> None:  # noqa: N802, D102 - Qt's name
        place = event.position().toPoint()
        for row, keys in enumerate(KEY_ROWS):
            for column in range(len(keys)):
                if self.key_rect(row, column).contains(place):
                    self._choose((row, column))

    def paintEvent(self, _event: object) -> None:  # noqa: N802, D102 - Qt's name
        painter = painter_of(self)
        for row, keys in enumerate(KEY_ROWS):
            for column, key in enumerate(keys):
                self._paint_key(painter, self.key_rect(row, column), key)
        if self.hasFocus():
            paint_ring(painter, self._theme, self.key_rect(*self._place).adjusted(-2, -2, 2, 2))
        painter.end()

    def _choose(self, place: tuple[int, int]) -> None:
        if place != self._place:
            self._place = place
            self._speak()
            self.update()
            self.key_chosen.emit(self.chosen())

    def _speak(self) -> None:
        describe(self, self.words_of(self.chosen()), self.tr("Arrow keys choose a key"))

    def _code_words(self, sign: str, code: Code) -> str:
        group = self._scheme.ethogram.group(code.group)
        shown = sign.replace(SHIFT, tr("Shift "))
        return f"{shown.upper()}: {code.title} ({group.title}, {code_kind_words(code)})"

    def _paint_key(self, painter: QPainter, rect: QRect, key: str) -> None:
        theme, px, tokens = self._theme, self._theme.px, self._theme.tokens
        chosen = key == self.chosen()
        codes = self.codes_of(key)
        ground = tokens.key if codes else tokens.panel
        border = tokens.accent if chosen else (tokens.ctl if codes else tokens.line)
        paint_face(painter, rect, Face(ground=ground, border=border, radius=5))
        token = "text" if codes else "text3"
        ink = Ink(colour=theme.colour(token), font=theme.font(FontUse.LABEL_STRONG), align=LEFT)
        sign = QRect(rect.x() + px(7), rect.y() + px(3), px(20), px(20))
        paint_text(painter, sign, key.upper(), ink)
        for line, code in enumerate(codes):
            shifted = self._scheme.keymap.code_for(key) != code.id
            self._paint_code(painter, self._line(rect, line), code, shifted)

    def _line(self, rect: QRect, line: int) -> QRect:
        px = self._theme.px
        height = QFontMetrics(self._theme.font(FontUse.CAPTION)).height() + px(3)
        top = rect.y() + px(23) + line * (height + px(2))
        return QRect(rect.x() + px(3), top, rect.width() - px(6), height)

    def _paint_code(self, painter: QPainter, rect: QRect, code: Code, shifted: bool) -> None:
        theme, px = self._theme, self._theme.px
        group = self._scheme.ethogram.group(code.group)
        colours = theme.group(group.slot)
        ground = QColor(colours.tint).name()
        paint_face(painter, rect, Face(ground=ground, radius=3))
        mark = QRect(rect.x() + px(3), rect.y(), px(10), rect.height())
        paint_mark(painter, mark, _shape(code, group), colours)
        words = f"\N{UPWARDS WHITE ARROW} {code.short}" if shifted else str(code.short)
        ink = Ink(colour=theme.colour("text"), font=theme.font(FontUse.CAPTION), align=LEFT)
        paint_text(painter, rect.adjusted(px(16), 0, -1, 0), words, ink)


def _shape(code: Code, group: CodeGroup) -> MarkShape:
    return MarkShape.BAR if code.kind is CodeKind.STATE else MarkShape(group.shape)
