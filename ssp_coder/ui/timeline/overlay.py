"""The moving layers: open states, selection, hover, the dragged edge and the playhead."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QLineF, QRect, Qt
from PySide6.QtGui import QFontMetrics, QPainter, QPen

from ssp_coder.domain.time import short_clock_text
from ssp_coder.ui.kit.painting import CENTRE, Face, Ink, paint_face, paint_text, text_width
from ssp_coder.ui.theme.fonts import FontUse
from ssp_coder.ui.timeline.bars import LaneView, paint_not_coded, paint_one
from ssp_coder.ui.timeline.model import LaneKind

if TYPE_CHECKING:
    from collections.abc import Iterable

    from ssp_coder.domain.time import Span
    from ssp_coder.ui.theme.theme import Theme
    from ssp_coder.ui.timeline.lane_marks import MarkStore
    from ssp_coder.ui.timeline.layout import TimelineLayout
    from ssp_coder.ui.timeline.magnets import Hold
    from ssp_coder.ui.timeline.model import Cue, Mark
    from ssp_coder.ui.timeline.time_scale import TimeScale


class OverlayPainter:
    """Paints what moves, above the static layer."""

    def __init__(
        self, theme: Theme, layout: TimelineLayout, scale: TimeScale, playhead_us: int
    ) -> None:
        self._theme = theme
        self._layout = layout
        self._scale = scale
        self._playhead_us = playhead_us

    def paint_open(self, painter: QPainter, area: QRect, marks: MarkStore, limit_us: int) -> None:
        """Paint open states up to the playhead, and from there the hatch of the not coded."""
        painter.save()
        painter.setClipRect(self._layout.body, Qt.ClipOperation.IntersectClip)
        for lane, rect in self._layout.lanes:
            if lane.kind.is_overview or not rect.intersects(area):
                continue
            mark = marks.lane(lane.id).open_mark()
            if mark is None:
                continue
            view = LaneView(self._theme, lane, rect, self._scale)
            coded = max(self._playhead_us, mark.start_us)
            if lane.kind is LaneKind.STATE:
                paint_not_coded(painter, view, coded, limit_us)
            self._paint_open_bar(painter, view, mark)
        painter.restore()

    def paint_cues(self, painter: QPainter, cues: Iterable[Cue]) -> None:
        """Paint the dashed lines of the cues through all lanes."""
        body = self._layout.body
        painter.setPen(QPen(self._theme.colour("text2"), 1, Qt.PenStyle.DashLine))
        for cue in cues:
            x = self._scale.x_of(cue.time_us)
            if body.left() <= x <= body.right():
                painter.drawLine(QLineF(x + 0.5, body.top(), x + 0.5, body.bottom()))

    def paint_loop(self, painter: QPainter, loop: Span) -> None:
        """Paint the stretch that is played again and again: a bar on the ruler, edges below."""
        ruler, body = self._layout.ruler, self._layout.body
        painter.save()
        painter.setClipRect(ruler.united(body), Qt.ClipOperation.IntersectClip)
        left, right = self._scale.x_of(loop.start_us), self._scale.x_of(loop.end_us)
        ink = self._theme.colour("accent")
        painter.fillRect(left, ruler.bottom() - 3, max(2, right - left), 4, ink)
        painter.setPen(QPen(ink, 1, Qt.PenStyle.DotLine))
        for x in (left, right):
            painter.drawLine(QLineF(x + 0.5, ruler.top() + 2, x + 0.5, body.bottom()))
        painter.restore()

    def paint_hover(self, painter: QPainter, mark: Mark) -> None:
        """Paint the ring of the mark under the pointer."""
        rect = self.ring_rect(mark)
        if rect is None:
            return
        painter.save()
        painter.setClipRect(self._layout.body, Qt.ClipOperation.IntersectClip)
        painter.setBrush(Qt.BrushStyle.NoBrush)
        painter.setPen(QPen(self._theme.colour("ctl"), 2))
        painter.drawRoundedRect(rect.adjusted(1, 1, -1, -1), 3, 3)
        painter.restore()

    def ring_rect(self, mark: Mark) -> QRect | None:
        """The outer rectangle of a mark's ring, or None when its lane is not shown."""
        for lane, rect in self._layout.lanes:
            if lane.id == mark.lane:
                view = LaneView(self._theme, lane, rect, self._scale)
                box = view.mark_rect(mark, self._playhead_us)
                edges = QRect(rect.left() - 20, rect.top(), rect.width() + 40, rect.height())
                return box.adjusted(-3, -3, 3, 3).intersected(edges)
        return None

    def paint_dragged(self, painter: QPainter, hold: Hold) -> None:
        """Paint the line of an edge that is being dragged, with its time.

        The line is whole where something drew the edge, dashed where it stands free.
        """
        x = self._scale.x_of(hold.time_us)
        body = self._layout.body
        style = Qt.PenStyle.SolidLine if hold.drawn else Qt.PenStyle.DashLine
        painter.setPen(QPen(self._theme.colour("accent"), 2 if hold.drawn else 1, style))
        painter.drawLine(QLineF(x + 0.5, body.top(), x + 0.5, body.bottom()))
        self._paint_flag(painter, hold.time_us, self._theme.tokens.accent, "onacc")

    def paint_band(self, painter: QPainter, rect: QRect) -> None:
        """Paint the rubber band: an outline that hides nothing below it."""
        painter.save()
        painter.setClipRect(self._layout.body, Qt.ClipOperation.IntersectClip)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing, on=False)
        painter.setBrush(Qt.BrushStyle.NoBrush)
        for token, style in (("panel", Qt.PenStyle.SolidLine), ("accent", Qt.PenStyle.DashLine)):
            painter.setPen(QPen(self._theme.colour(token), 1, style))
            painter.drawRect(rect.adjusted(0, 0, -1, -1))
        painter.restore()

    def paint_playhead(self, painter: QPainter) -> None:
        """Paint the playhead's line through the lanes and its time on the ruler."""
        x = self._scale.x_of(self._playhead_us)
        body = self._layout.body
        if not body.left() <= x <= body.right():
            return
        colour = self._theme.colour("text")
        top = self._layout.ruler.bottom() - 2
        painter.fillRect(x, top, 2, body.bottom() - top + 1, colour)
        self._paint_flag(painter, self._playhead_us, self._theme.tokens.text, "panel")

    def flag_rect(self, time_us: int) -> QRect:
        """Where the time of the playhead stands on the ruler; never outside it."""
        ruler = self._layout.ruler
        font = self._theme.font(FontUse.CAPTION_STRONG)
        wide = text_width(font, short_clock_text(time_us)) + self._theme.px(10)
        high = min(ruler.height() - 2, QFontMetrics(font).height() + 3)
        left = self._scale.x_of(time_us) - wide // 2
        left = max(ruler.left(), min(left, ruler.right() - wide))
        return QRect(left, ruler.top() + 1, wide, high)

    def _paint_flag(self, painter: QPainter, time_us: int, ground: str, token: str) -> None:
        rect = self.flag_rect(time_us)
        paint_face(painter, rect, Face(ground=ground, radius=3))
        font = self._theme.font(FontUse.CAPTION_STRONG)
        ink = Ink(colour=self._theme.colour(token), font=font, align=CENTRE)
        paint_text(painter, rect, short_clock_text(time_us), ink)

    def _paint_open_bar(self, painter: QPainter, view: LaneView, mark: Mark) -> None:
        if mark.start_us > self._playhead_us:
            return
        # An open state has no end edge: its outline's right side lies under the playhead.
        rect = view.mark_rect(mark, self._playhead_us).adjusted(0, 0, 2, 0)
        if rect.right() >= view.rect.left():
            paint_one(painter, view, mark, rect)
