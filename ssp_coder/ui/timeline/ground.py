"""The static layer: labels, band, ruler, cues, sound and all closed marks of the visible span."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QRect
from PySide6.QtGui import QColor, QFont, QFontMetrics, QPainter

from ssp_coder.domain.time import short_clock_text
from ssp_coder.ui.kit.marks import paint_mark
from ssp_coder.ui.kit.painting import CENTRE, RIGHT, Face, Ink, paint_face, paint_text, text_width
from ssp_coder.ui.theme.fonts import FontUse
from ssp_coder.ui.timeline.bars import LaneView, paint_marks, paint_not_coded
from ssp_coder.ui.timeline.lane_marks import FOREVER_US
from ssp_coder.ui.timeline.model import LaneKind
from ssp_coder.ui.timeline.time_scale import ticks

if TYPE_CHECKING:
    from collections.abc import Mapping

    from ssp_coder.ui.theme.theme import Theme
    from ssp_coder.ui.timeline.band import EpisodeBand
    from ssp_coder.ui.timeline.lane_marks import MarkStore
    from ssp_coder.ui.timeline.layout import TimelineLayout
    from ssp_coder.ui.timeline.model import Lane, Scene, Waveform
    from ssp_coder.ui.timeline.time_scale import TimeScale


class GroundPainter:
    """Paints the static layer for one layout and one scale."""

    def __init__(
        self, theme: Theme, scene: Scene, layout: TimelineLayout, scale: TimeScale
    ) -> None:
        self._theme = theme
        self._scene = scene
        self._layout = layout
        self._scale = scale

    def paint(
        self,
        painter: QPainter,
        marks: MarkStore,
        waveforms: Mapping[str, Waveform],
        band: EpisodeBand,
    ) -> None:
        """Paint everything that does not move with the playhead."""
        labels = self._layout.labels
        device = painter.device()
        painter.fillRect(0, 0, device.width(), device.height(), self._c("panel"))
        self._paint_after_end(painter, self._layout.body)
        for lane, rect in self._layout.lanes:
            self.paint_row(painter, lane, rect, marks)
            if lane.id in waveforms:
                self._paint_sound(painter, rect, waveforms[lane.id])
        self._paint_band_ground(painter)
        band.paint(painter)
        self._paint_ruler(painter)
        self._paint_cues(painter)
        painter.fillRect(labels.right(), labels.top(), 1, labels.height(), self._c("line"))

    def paint_row(self, painter: QPainter, lane: Lane, rect: QRect, marks: MarkStore) -> None:
        """Paint one lane with its label, after a change of its marks alone."""
        visible = rect.intersected(self._layout.body)
        if visible.isEmpty():
            return
        row = QRect(
            self._layout.labels.left(), visible.top(), visible.right() + 1, visible.height()
        )
        painter.save()
        painter.setClipRect(row)
        painter.fillRect(visible, self._c("alt" if lane.locked else "panel"))
        painter.setClipRect(visible)
        self._paint_lane(painter, lane, rect, marks)
        self._paint_after_end(painter, visible)
        painter.setClipRect(row)
        self._paint_label(painter, lane, rect)
        bottom = self._layout.labels
        painter.fillRect(bottom.left(), rect.bottom(), row.width(), 1, self._c("line"))
        painter.fillRect(bottom.right(), rect.top(), 1, rect.height(), self._c("line"))
        painter.restore()

    def _c(self, token: str) -> QColor:
        return self._theme.colour(token)

    def _paint_lane(self, painter: QPainter, lane: Lane, rect: QRect, marks: MarkStore) -> None:
        view = LaneView(self._theme, lane, rect, self._scale)
        held = marks.lane(lane.id)
        until = held.coded_until()
        if lane.kind is LaneKind.STATE and until != FOREVER_US:
            paint_not_coded(painter, view, until, self._limit())
        reach = self._scale.time_of_pixels(self._theme.px(14))
        paint_marks(
            painter,
            view,
            held.between(self._scale.start_us - reach, self._scale.end_us + reach),
        )

    def _limit(self) -> int:
        end_us = self._scene.end_us
        return self._scene.duration_us if end_us is None else end_us

    def _paint_label(self, painter: QPainter, lane: Lane, rect: QRect) -> None:
        px = self._theme.px
        label = QRect(0, rect.top(), self._layout.labels.width(), rect.height() - 1)
        painter.fillRect(label, self._c("panel"))
        side = px(13)
        sign = QRect(px(9), label.top(), side, label.height())
        if lane.kind is LaneKind.SOUND:
            icon = self._theme.pixmap("sound", "text2", side, painter.device().devicePixelRatioF())
            painter.drawPixmap(sign.left(), label.center().y() - side // 2, icon)
        else:
            paint_mark(painter, sign, lane.shape, self._theme.group(lane.slot))
        words = label.adjusted(px(28), 0, -px(26 if lane.locked else 8), 0)
        ink = "text2" if lane.locked else "text"
        font = self._theme.font(FontUse.TABLE)
        plain = Ink(colour=self._theme.colour(ink), font=font)
        paint_text(painter, words, lane.title, plain)
        if lane.note and not lane.locked:
            note = self._theme.font(FontUse.CAPTION)
            hint = Ink(colour=self._theme.colour("text2"), font=note, align=RIGHT)
            left = words.left() + text_width(font, lane.title) + px(6)
            paint_text(
                painter,
                QRect(left, words.top(), words.right() - left, words.height()),
                lane.note,
                hint,
            )
        if lane.locked:
            icon = self._theme.pixmap("lock", "text2", px(12), painter.device().devicePixelRatioF())
            painter.drawPixmap(label.right() - px(20), label.center().y() - px(6), icon)

    def _paint_sound(self, painter: QPainter, rect: QRect, waveform: Waveform) -> None:
        middle = rect.center().y()
        half = rect.height() / 2 - 3
        colour = self._c("wave")
        step = waveform.step_us
        for x in range(rect.left(), rect.right() + 1):
            first = max(0, self._scale.time_at(x) // step)
            last = max(first + 1, self._scale.time_at(x + 1) // step)
            loudest = max(waveform.peaks[first:last], default=0.0)
            height = max(1, round(loudest * half))
            painter.fillRect(x, middle - height, 1, 2 * height, colour)

    def _paint_after_end(self, painter: QPainter, area: QRect) -> None:
        if self._scene.end_us is None:
            return
        left = max(self._scale.x_of(self._scene.end_us), area.left())
        if left > area.right():
            return
        painter.fillRect(left, area.top(), area.right() - left + 1, area.height(), self._c("hover"))
        painter.fillRect(left, area.top(), 1, area.height(), self._c("ctl"))

    def _paint_band_ground(self, painter: QPainter) -> None:
        px = self._theme.px
        labels, ruler = self._layout.labels, self._layout.ruler
        whole = QRect(labels.left(), labels.top(), ruler.right() + 1, ruler.bottom() + 1)
        painter.fillRect(whole, self._c("panel"))
        words = QRect(px(8), labels.top() + px(4), labels.width() - px(10), px(18))
        title = Ink(colour=self._theme.colour("text"), font=self._theme.font(FontUse.TABLE_STRONG))
        paint_text(painter, words, self._theme.tr("Episodes"), title)
        hint = Ink(colour=self._theme.colour("text2"), font=self._theme.font(FontUse.CAPTION))
        under = words.translated(0, px(16))
        paint_text(painter, under, self._theme.tr("real, planned below"), hint)
        for y in (ruler.top(), ruler.bottom()):
            painter.fillRect(labels.left(), y, whole.width(), 1, self._c("line"))

    def _paint_ruler(self, painter: QPainter) -> None:
        ruler, px = self._layout.ruler, self._theme.px
        painter.save()
        painter.setClipRect(ruler)
        font = self._theme.font(FontUse.RULER)
        marks = ticks(self._scale, text_width(font, "00:00.00") + px(28))
        painter.setPen(self._c("ctl"))
        for time_us in marks.small:
            x = self._scale.x_of(time_us)
            painter.drawLine(x, ruler.bottom() - px(3), x, ruler.bottom() - 1)
        for time_us in marks.labelled:
            x = self._scale.x_of(time_us)
            painter.setPen(self._c("ctl"))
            painter.drawLine(x, ruler.bottom() - px(7), x, ruler.bottom() - 1)
            place = QRect(x + px(4), ruler.top() + 1, px(70), ruler.height() - px(3))
            text = short_clock_text(time_us, digits=marks.digits)
            paint_text(painter, place, text, Ink(colour=self._theme.colour("text2"), font=font))
        self._paint_end_label(painter)
        painter.restore()

    def _paint_end_label(self, painter: QPainter) -> None:
        if self._scene.end_us is None:
            return
        ruler = self._layout.ruler
        left = max(self._scale.x_of(self._scene.end_us), ruler.left())
        if left > ruler.right():
            return
        place = QRect(left, ruler.top() + 1, ruler.right() - left + 1, ruler.height() - 2)
        painter.fillRect(place, self._c("hover"))
        ink = Ink(colour=self._theme.colour("text2"), font=self._theme.font(FontUse.RULER))
        words = place.adjusted(self._theme.px(6), 0, 0, 0)
        paint_text(painter, words, self._theme.tr("after the end"), ink)

    def _fitting(self, label: str, room: int, font: QFont) -> tuple[str, int]:
        """The whole label where it fits before the next cue, else its first word, else nothing."""
        for words in (label, label.split(" ", 1)[0]):
            wide = text_width(font, words) + self._theme.px(10)
            if wide <= room:
                return words, wide
        return "", 0

    def _paint_cues(self, painter: QPainter) -> None:
        font = self._theme.font(FontUse.RULER)
        ruler, body = self._layout.ruler, self._layout.body
        painter.save()
        painter.setClipRect(ruler.united(body))
        places = [self._scale.x_of(cue.time_us) for cue in self._scene.cues]
        ends = [*places[1:], body.right() + 1]
        for cue, x, next_x in zip(self._scene.cues, places, ends, strict=False):
            label, wide = self._fitting(cue.label, next_x - x - 2, font)
            if not label or x + wide < body.left() or x > body.right():
                continue
            height = QFontMetrics(font).height() + 1
            box = QRect(x, ruler.top() + 1, wide, min(height, ruler.height() - 3))
            paint_face(painter, box, Face(ground=self._theme.tokens.text2, radius=2))
            ink = Ink(colour=self._theme.colour("panel"), font=font, align=CENTRE)
            paint_text(painter, box, label, ink)
        painter.restore()
