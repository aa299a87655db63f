"""The episode band: the whole session, real lengths above, planned lengths below."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QRect
from PySide6.QtGui import QPainter, QPen

from ssp_coder.domain.time import short_clock_text
from ssp_coder.ui.kit.painting import (
    CENTRE,
    Face,
    Ink,
    hatch,
    paint_face,
    paint_text,
    text_width,
)
from ssp_coder.ui.theme.fonts import FontUse
from ssp_coder.ui.timeline.model import EpisodeState
from ssp_coder.ui.timeline.time_scale import TimeScale

if TYPE_CHECKING:
    from ssp_coder.ui.theme.theme import Theme
    from ssp_coder.ui.timeline.model import EpisodeBlock, Scene

_MINUS = "\N{MINUS SIGN}"


class EpisodeBand:
    """Paints the band into its rectangle; it always shows the whole session.

    Missing episodes have no place in time, so they stand in a small reserve at the right end.
    """

    def __init__(self, theme: Theme, scene: Scene, rect: QRect) -> None:
        self._theme = theme
        self._scene = scene
        self._rect = rect
        margin = theme.px(8)
        room = max(1, rect.width() - 2 * margin - self._reserve())
        self.scale = TimeScale(
            start_us=0, length_us=scene.duration_us, left=rect.left() + margin, width=room
        )

    def block_rect(self, block: EpisodeBlock) -> QRect:
        """Where an episode's block stands."""
        px = self._theme.px
        top, height = self._rect.top() + px(7), px(22)
        if block.start_us is None:
            return self._missing_rect(block, top, height)
        end_us = self._scene.duration_us if block.end_us is None else block.end_us
        left = self.scale.x_of(block.start_us)
        return QRect(left, top, max(3, self.scale.x_of(end_us) - left), height)

    def block_at(self, x: int) -> EpisodeBlock | None:
        """The episode at a pixel of the band."""
        for block in self._scene.episodes:
            rect = self.block_rect(block)
            if rect.left() <= x <= rect.right():
                return block
        return None

    def paint(self, painter: QPainter) -> None:
        """Paint all blocks with their planned lengths."""
        painter.save()
        painter.setClipRect(self._rect)
        for index, block in enumerate(self._scene.episodes):
            if block.state is EpisodeState.MISSING:
                self._paint_missing(painter, block)
            else:
                self._paint_block(painter, block)
                self._paint_plan(painter, block, index % 2)
        painter.restore()

    def paint_view(self, painter: QPainter, view: TimeScale) -> None:
        """Paint the bracket over the stretch that the lanes show."""
        painter.setPen(QPen(self._theme.colour("text"), 2))
        top = self._rect.top() + 3
        left, right = self.scale.x_of(view.start_us), self.scale.x_of(view.end_us)
        painter.drawLine(left, top, right, top)
        painter.drawLine(left, top, left, top + 4)
        painter.drawLine(right, top, right, top + 4)

    def paint_playhead(self, painter: QPainter, time_us: int) -> None:
        """Paint the short playhead line of the band."""
        x = self.scale.x_of(time_us)
        painter.fillRect(x, self._rect.top() + 3, 2, self._theme.px(28), self._theme.colour("text"))

    def paint_current(self, painter: QPainter, time_us: int) -> None:
        """Tint the episode that the playhead is in; called before the blocks' words."""
        for block in self._scene.episodes:
            if block.start_us is not None and self._holds(block, time_us):
                tokens = self._theme.tokens
                paint_face(
                    painter, self.block_rect(block), Face(ground=tokens.sel, border=tokens.accent)
                )
                self._paint_overtime(painter, block)
                self._paint_words(painter, block)

    def _holds(self, block: EpisodeBlock, time_us: int) -> bool:
        if block.start_us is None:
            return False
        end_us = self._scene.duration_us if block.end_us is None else block.end_us
        return block.start_us <= time_us < end_us

    def _reserve(self) -> int:
        missing = [b for b in self._scene.episodes if b.state is EpisodeState.MISSING]
        return sum(self._missing_width(block) for block in missing) if missing else 0

    def _missing_width(self, block: EpisodeBlock) -> int:
        font = self._theme.font(FontUse.CAPTION)
        return text_width(font, self._missing_text(block)) + self._theme.px(16)

    def _missing_text(self, block: EpisodeBlock) -> str:
        return f"{block.title} {block.note}".strip()

    def _missing_rect(self, block: EpisodeBlock, top: int, height: int) -> QRect:
        left = self.scale.left + self.scale.width + self._theme.px(4)
        for other in self._scene.episodes:
            if other is block:
                break
            if other.state is EpisodeState.MISSING:
                left += self._missing_width(other)
        return QRect(left, top, self._missing_width(block) - self._theme.px(4), height)

    def _paint_missing(self, painter: QPainter, block: EpisodeBlock) -> None:
        rect = self.block_rect(block)
        paint_face(painter, rect, Face(border=self._theme.tokens.ctl, dashed=True, radius=3))
        font = self._theme.font(FontUse.CAPTION)
        ink = Ink(colour=self._theme.colour("text2"), font=font, align=CENTRE)
        paint_text(painter, rect, self._missing_text(block), ink)

    def _paint_block(self, painter: QPainter, block: EpisodeBlock) -> None:
        tokens = self._theme.tokens
        rect = self.block_rect(block)
        paint_face(painter, rect, Face(ground=tokens.panel, border=tokens.ctl, radius=3))
        self._paint_overtime(painter, block)
        self._paint_words(painter, block)

    def _paint_overtime(self, painter: QPainter, block: EpisodeBlock) -> None:
        if block.start_us is None or block.state is not EpisodeState.EXTENDED:
            return
        rect = self.block_rect(block)
        left = self.scale.x_of(block.start_us + block.planned_us)
        over = QRect(left, rect.top() + 1, rect.right() - left, rect.height() - 2)
        painter.fillRect(over, hatch(self._theme.colour("ctl"), 6))

    def _paint_words(self, painter: QPainter, block: EpisodeBlock) -> None:
        px = self._theme.px
        strong, plain = self._theme.font(FontUse.CAPTION_STRONG), self._theme.font(FontUse.CAPTION)
        whole = self.block_rect(block)
        left = min(px(4), max(1, (whole.width() - text_width(strong, block.title)) // 2))
        rect = whole.adjusted(left, 0, -1, 0)
        width = text_width(strong, block.title)
        if width > rect.width():
            return
        paint_text(painter, rect, block.title, Ink(colour=self._theme.colour("text"), font=strong))
        rest = rect.adjusted(width + px(6), 0, 0, 0)
        if rest.width() > px(24):
            paint_text(
                painter, rest, block.note, Ink(colour=self._theme.colour("text2"), font=plain)
            )

    def _paint_plan(self, painter: QPainter, block: EpisodeBlock, row: int) -> None:
        if block.start_us is None:
            return
        px = self._theme.px
        y = self._rect.top() + px(33) + row * px(4)
        if block.planned_us:
            left = self.scale.x_of(block.start_us)
            right = self.scale.x_of(block.start_us + block.planned_us)
            ink = self._theme.colour("text2")
            painter.fillRect(left, y, max(1, right - left), 2, ink)
            painter.fillRect(right - 1, y - 2, 2, 6, ink)
        if block.end_us is not None:
            self._paint_length(painter, block, block.end_us - block.start_us)

    def _paint_length(self, painter: QPainter, block: EpisodeBlock, length_us: int) -> None:
        px = self._theme.px
        rect = self.block_rect(block)
        place = QRect(rect.left() + 2, self._rect.top() + px(40), rect.width() - 2, px(14))
        font = self._theme.font(FontUse.RULER)
        real, difference = length_texts(length_us, block.planned_us)
        shown = f"{real} {difference}".strip()
        if text_width(font, shown) > place.width():
            shown = difference or real
        if text_width(font, shown) <= place.width() + px(4):
            wide = place.adjusted(0, 0, px(5), 0)
            paint_text(painter, wide, shown, Ink(colour=self._theme.colour("text2"), font=font))


def length_texts(length_us: int, planned_us: int) -> tuple[str, str]:
    """A real length and its difference from the plan; no text for under five seconds."""
    real = short_clock_text(length_us, digits=0)
    difference = length_us - planned_us
    if not planned_us or abs(difference) < 5_000_000:
        return real, ""
    sign = "+" if difference > 0 else _MINUS
    return real, sign + short_clock_text(abs(difference), digits=0)
