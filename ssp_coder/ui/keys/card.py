"""The key card: every key in force on one page, for the wall beside the screen."""

from __future__ import annotations

from dataclasses import dataclass, replace
from itertools import pairwise
from typing import TYPE_CHECKING

from PySide6.QtCore import QPointF, QRect, QRectF, Qt
from PySide6.QtGui import QColor, QFont, QFontMetricsF, QPainter, QPen

from ssp_coder.domain.ethogram import CodeKind
from ssp_coder.ui.keys.live import live_keys
from ssp_coder.ui.keys.words import SHIFT, caps, key_name, sign_words, tr
from ssp_coder.ui.kit.marks import MarkShape, paint_mark
from ssp_coder.ui.kit.painting import LEFT
from ssp_coder.ui.main.commands import COMMANDS, EPISODE_COMMANDS, Menu
from ssp_coder.ui.main.menus import menu_title, words_of
from ssp_coder.ui.theme.fonts import FontUse
from ssp_coder.ui.theme.tokens import Scheme, group_of, tokens_of

if TYPE_CHECKING:
    from collections.abc import Sequence

    from ssp_coder.domain.ethogram import CodeGroup
    from ssp_coder.domain.scheme import Keymap
    from ssp_coder.domain.scheme import Scheme as Coded
    from ssp_coder.ui.theme.theme import Theme

POINT = 10.0
"""The page is painted in tenths of a point, so that no size is rounded to a whole one."""

COLUMNS = 5
_MARGIN, _HEAD, _GUTTER = 24 * POINT, 31 * POINT, 14 * POINT
_TEXT, _TITLE, _ROW, _BLOCK_HEAD = 8.6, 9.4, 13.4, 16.5
_BLOCK_GAP = 6.0
_SMALLEST = 0.4
_LONG = 12
_FEWEST = 4
"""Only blocks of so many rows are parted, and no part is shorter than this."""
_TIGHTEST = 0.76
"""Long words are set so much smaller before their end is cut off."""

_TOP = Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignTop
_TOP_RIGHT = Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignTop


@dataclass(frozen=True, slots=True, kw_only=True)
class CardRow:
    """One line: caps of a key, and what it does; a code with its mark."""

    keys: tuple[str, ...]
    words: str
    mark: tuple[str, MarkShape] | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class CardBlock:
    """A group of codes or a menu, with its rows."""

    title: str
    rows: tuple[CardRow, ...]
    slot: str = ""

    @property
    def height(self) -> float:
        """In points, before the card is made to fit."""
        return _BLOCK_HEAD + _ROW * len(self.rows) + _BLOCK_GAP


@dataclass(frozen=True, slots=True, kw_only=True)
class Card:
    """What one page says."""

    title: str
    note: str
    blocks: tuple[CardBlock, ...]


def card_of(scheme: Coded | None, keymap: Keymap | None) -> Card:
    """The card of the keys in force.

    Args:
        scheme: of the open coding; without one the card has commands only.
        keymap: the keys of its codes.
    """
    codes: tuple[CardBlock, ...] = ()
    title = tr("Keys")
    if scheme is not None and keymap is not None:
        codes = tuple(_group_block(group, keymap) for group in scheme.ethogram.groups)
        title = tr("Keys: {0}").format(scheme.title)
    menus = tuple(_menu_block(menu) for menu in Menu)
    return Card(
        title=title,
        note=tr("Signs of a US keyboard, places count. {0} with Shift.").format(SHIFT),
        blocks=tuple(block for block in (*codes, *menus) if block.rows),
    )


def _group_block(group: CodeGroup, keymap: Keymap) -> CardBlock:
    rows = []
    for code in group.codes:
        sign = keymap.key_for(code.id)
        shape = MarkShape.BAR if code.kind is CodeKind.STATE else MarkShape(group.shape)
        if sign:
            mark = (group.slot, shape)
            rows.append(CardRow(keys=(sign_words(sign),), words=str(code.title), mark=mark))
    return CardBlock(title=str(group.title), rows=tuple(rows), slot=group.slot)


def _menu_block(menu: Menu) -> CardBlock:
    keys = live_keys()
    rows = [
        CardRow(keys=_short_caps(keys.shown(one.id)), words=words_of(one.words).rstrip("…"))
        for one in COMMANDS
        if one.menu is menu and keys.shown(one.id)
    ]
    first, last = keys.shown(EPISODE_COMMANDS[0]), keys.shown(EPISODE_COMMANDS[-1])
    if menu is Menu.GO and first and last:
        span = (*caps(first), "…", caps(last)[-1])
        rows.append(CardRow(keys=span, words=tr("Start of an episode")))
    return CardBlock(title=menu_title(menu), rows=tuple(rows))


def _short_caps(text: str) -> tuple[str, ...]:
    """The caps of a chord, with the sign for Shift that the keys of codes have."""
    return tuple(SHIFT if cap == key_name("Shift") else cap for cap in caps(text))


def flowed(
    blocks: Sequence[CardBlock], height: float, columns: int = COLUMNS
) -> tuple[float, tuple[tuple[CardBlock, ...], ...]]:
    """The blocks in columns, only long ones parted, and the scale at which they fit.

    Args:
        blocks: in the order in which they are read.
        height: of a column, in points.
        columns: how many there are.
    """
    tried = 1.0
    while tried > _SMALLEST:
        filled = _filled(blocks, height / tried)
        if len(filled) <= columns:
            return tried, filled
        tried -= 0.02
    return _SMALLEST, _filled(blocks, height / _SMALLEST)[:columns]


def _filled(blocks: Sequence[CardBlock], height: float) -> tuple[tuple[CardBlock, ...], ...]:
    columns: list[list[CardBlock]] = [[]]
    used = 0.0
    waiting = list(reversed(blocks))
    while waiting:
        block = waiting.pop()
        room = height - used
        if block.height - _BLOCK_GAP > room:
            first, rest = _parted(block, room)
            if rest is not None:
                waiting.append(rest)
                block = first
            elif columns[-1]:
                waiting.append(block)
                columns.append([])
                used = 0.0
                continue
        columns[-1].append(block)
        used += block.height
    return tuple(map(tuple, columns))


def _parted(block: CardBlock, room: float) -> tuple[CardBlock, CardBlock | None]:
    """A long block as what fits into the room and the rest; whole where that looks torn."""
    fitting = int((room - _BLOCK_HEAD) // _ROW)
    left = len(block.rows) - fitting
    if len(block.rows) < _LONG or fitting < _FEWEST or left < _FEWEST:
        return block, None
    rest = replace(block, title=tr("{0}, further").format(block.title), rows=block.rows[fitting:])
    return replace(block, rows=block.rows[:fitting]), rest


def paint_card(painter: QPainter, page: QRectF, card: Card, theme: Theme) -> None:
    """Paint a card in black and colour on white, whatever the colours of the window.

    Args:
        painter: its unit is a tenth of a point.
        page: the whole page.
        card: what it says.
        theme: for its typeface.
    """
    painting = _Painting(painter, theme)
    inner = page.adjusted(_MARGIN, _MARGIN, -_MARGIN, -_MARGIN)
    painting.heading(inner, card)
    body = inner.adjusted(0, _HEAD, 0, 0)
    scale, columns = flowed(card.blocks, body.height() / POINT)
    width = (body.width() - _GUTTER * (COLUMNS - 1)) / COLUMNS
    lefts = [body.x() + place * (width + _GUTTER) for place in range(COLUMNS)]
    for left, column in zip(lefts, columns, strict=False):
        top = body.y()
        for block in column:
            painting.block(QRectF(left, top, width, block.height * POINT * scale), block, scale)
            top += block.height * POINT * scale
    for left, right in pairwise(lefts[: len(columns)]):
        painting.rule((left + width + right) / 2, body)


class _Painting:
    """Strokes of one card."""

    def __init__(self, painter: QPainter, theme: Theme) -> None:
        self._painter = painter
        self._tokens = tokens_of(Scheme.LIGHT)
        self._families = theme.font(FontUse.BODY).families()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)

    def heading(self, rect: QRectF, card: Card) -> None:
        self._text(rect, card.title, self._font(15, strong=True), self._tokens.text)
        note = rect.adjusted(0, 5 * POINT, 0, 0)
        self._text(note, card.note, self._font(8), self._tokens.text2, _TOP_RIGHT)
        y = rect.y() + 23 * POINT
        self._line(QPointF(rect.x(), y), QPointF(rect.right(), y))

    def rule(self, x: float, body: QRectF) -> None:
        self._line(QPointF(x, body.y()), QPointF(x, body.bottom()))

    def block(self, rect: QRectF, block: CardBlock, scale: float) -> None:
        ink = group_of(block.slot, Scheme.LIGHT).text if block.slot else self._tokens.text
        head = QRectF(rect.x(), rect.y(), rect.width(), _BLOCK_HEAD * POINT * scale)
        self._text(head, block.title, self._font(_TITLE * scale, strong=True), ink)
        top = head.bottom()
        for row in block.rows:
            line = QRectF(rect.x(), top, rect.width(), _ROW * POINT * scale)
            self._row(line, row, scale)
            top = line.bottom()

    def words_font(self, words: str, room: float, scale: float) -> QFont:
        """The largest type in which words fit into a room, no smaller than can be read."""
        smaller = 1.0
        font = self._font(_TEXT * scale)
        while smaller > _TIGHTEST and QFontMetricsF(font).horizontalAdvance(words) > room:
            # A smaller type is not narrower by the same share, so each is measured.
            smaller = max(_TIGHTEST, smaller - 0.02)
            font = self._font(_TEXT * scale * smaller)
        return font

    def _row(self, rect: QRectF, row: CardRow, scale: float) -> None:
        x = rect.x()
        if row.mark is not None:
            self._mark(QRectF(x, rect.y(), 9 * POINT * scale, rect.height()), row.mark, scale)
            x += 13 * POINT * scale
        width = rect.right() - x - self._caps(rect, row.keys, scale)
        words = QRectF(x, rect.y(), width, rect.height())
        room = width - 5 * POINT * scale
        font = self.words_font(row.words, room, scale)
        shown = QFontMetricsF(font).elidedText(row.words, Qt.TextElideMode.ElideRight, room)
        self._text(words, shown, font, self._tokens.text, LEFT)

    def _mark(self, rect: QRectF, mark: tuple[str, MarkShape], scale: float) -> None:
        slot, shape = mark
        painter = self._painter
        painter.save()
        side = 9
        painter.translate(rect.x(), rect.center().y() - side * POINT * scale / 2)
        painter.scale(POINT * scale, POINT * scale)
        paint_mark(painter, QRect(0, 0, side, side), shape, group_of(slot, Scheme.LIGHT))
        painter.restore()

    def _caps(self, rect: QRectF, keys: tuple[str, ...], scale: float) -> float:
        """The caps at the right end; returns how wide they are."""
        font = self._font(7.6 * scale, strong=True)
        metrics = QFontMetricsF(font)
        unit = POINT * scale
        x = rect.right()
        for key in reversed(keys):
            width = max(12 * unit, metrics.horizontalAdvance(key) + 6 * unit)
            cap = QRectF(x - width, rect.center().y() - 5.6 * unit, width, 11.2 * unit)
            self._painter.setPen(QPen(QColor(self._tokens.ctl), 0.7 * unit))
            self._painter.setBrush(QColor(self._tokens.key))
            self._painter.drawRoundedRect(cap, 2.5 * unit, 2.5 * unit)
            self._painter.setPen(QColor(self._tokens.text))
            self._painter.setFont(font)
            self._painter.drawText(cap, Qt.AlignmentFlag.AlignCenter, key)
            x -= width + 2 * unit
        return rect.right() - x

    def _text(
        self, rect: QRectF, words: str, font: QFont, colour: str, align: Qt.AlignmentFlag = _TOP
    ) -> None:
        self._painter.setFont(font)
        self._painter.setPen(QColor(colour))
        self._painter.drawText(rect, align, words)

    def _line(self, first: QPointF, second: QPointF) -> None:
        self._painter.setPen(QPen(QColor(self._tokens.line), 0.6 * POINT))
        self._painter.drawLine(first, second)

    def _font(self, points: float, *, strong: bool = False) -> QFont:
        font = QFont(self._families)
        font.setPixelSize(max(1, round(points * POINT)))
        font.setWeight(QFont.Weight.DemiBold if strong else QFont.Weight.Normal)
        return font
