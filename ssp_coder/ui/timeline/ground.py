"""The static layer: labels, band, ruler, cues, overviews and closed marks of the visible span."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from PySide6.QtCore import QRect
from PySide6.QtGui import QColor, QFont, QFontMetrics, QPainter

from ssp_coder.domain.time import short_clock_text
from ssp_coder.ui.kit.marks import paint_mark
from ssp_coder.ui.kit.painting import CENTRE, RIGHT, Face, Ink, paint_face, paint_text, text_width
from ssp_coder.ui.theme.fonts import FontUse
from ssp_coder.ui.timeline.bars import LaneView, crowd_us, paint_marks, paint_not_coded
from ssp_coder.ui.timeline.lane_marks import FOREVER_US
from ssp_coder.ui.timeline.model import LaneKind
from ssp_coder.ui.timeline.overviews import paint_hints
from ssp_coder.ui.timeline.remarks import RemarkSigns
from ssp_coder.ui.timeline.time_scale import ticks

if TYPE_CHECKING:
    from ssp_coder.ui.theme.theme import Theme
    from ssp_coder.ui.timeline.band import EpisodeBand
    from ssp_coder.ui.timeline.lane_marks import MarkStore
    from ssp_coder.ui.timeline.layout import TimelineLayout
    from ssp_coder.ui.timeline.model import Lane, Scene
    from ssp_coder.ui.timeline.overviews import LaneOverviews
    from ssp_coder.ui.timeline.time_scale import TimeScale
    from ssp_coder.ui.timeline.touched import Stretch

_ICONS = {LaneKind.SOUND: "sound", LaneKind.PICTURES: "film", LaneKind.MOTION: "motion"}


@dataclass(frozen=True, slots=True, kw_only=True)
class Content:
    """What lies in the lanes: the marks that were coded, and overviews of the recording."""

    marks: MarkStore
    overviews: LaneOverviews


class GroundPainter:
    """Paints the static layer for one layout and one scale."""

    def __init__(
        self, theme: Theme, scene: Scene, layout: TimelineLayout, scale: TimeScale
    ) -> None:
        self._theme = theme
        self._scene = scene
        self._layout = layout
        self._scale = scale

    def paint(self, painter: QPainter, content: Content, band: EpisodeBand) -> None:
        """Paint everything that does not move with the playhead."""
        labels = self._layout.labels
        device = painter.device()
        painter.fillRect(0, 0, device.width(), device.height(), self._c("panel"))
        self._paint_after_end(painter, self._layout.body)
        for lane, rect in self._layout.lanes:
            self.paint_row(painter, lane, rect, content)
        self._paint_band_ground(painter)
        band.paint(painter)
        self._paint_ruler(painter)
        self._paint_cues(painter)
        RemarkSigns(self._theme, self._layout, self._scale, self._scene.remarks).paint(painter)
        painter.fillRect(labels.right(), labels.top(), 1, labels.height(), self._c("line"))

    def paint_row(self, painter: QPainter, lane: Lane, rect: QRect, content: Content) -> None:
        """Paint one lane with its label."""
        visible = rect.intersected(self._layout.body)
        if visible.isEmpty():
            return
        labels = self._layout.labels
        row = QRect(labels.left(), visible.top(), visible.right() + 1, visible.height())
        self._paint_part(painter, (lane, rect), content, visible)
        painter.save()
        painter.setClipRect(row)
        self._paint_label(painter, lane, rect)
        painter.fillRect(labels.left(), rect.bottom(), row.width(), 1, self._c("line"))
        painter.fillRect(labels.right(), rect.top(), 1, rect.height(), self._c("line"))
        painter.restore()

    def paint_stretch(
        self, painter: QPainter, lane: Lane, stretch: Stretch, content: Content
    ) -> QRect:
        """Paint what a change of a lane touches; gives the rectangle that was painted."""
        rect = self._layout.lane_rect(lane.id)
        if rect is None:
            return QRect()
        part = self._stretch_rect(rect, stretch).intersected(self._layout.body)
        if not part.isEmpty():
            self._paint_part(painter, (lane, rect), content, part)
        return part

    def _stretch_rect(self, rect: QRect, stretch: Stretch) -> QRect:
        """The pixels of a stretch, with those of the density strips and points it touches."""
        cell, margin = crowd_us(self._scale), self._theme.px(12)
        room = self._scale.time_of_pixels(margin)
        low = max(stretch[0] // cell * cell, self._scale.start_us - room)
        high = min((stretch[1] // cell + 2) * cell, self._scale.end_us + room)
        if high < low:
            return QRect()
        left, right = self._scale.x_of(low) - margin, self._scale.x_of(high) + margin
        return QRect(left, rect.top(), right - left + 1, rect.height())

    def _paint_part(
        self, painter: QPainter, row: tuple[Lane, QRect], content: Content, part: QRect
    ) -> None:
        lane, rect = row
        painter.save()
        painter.setClipRect(part)
        painter.fillRect(part, self._c("alt" if lane.locked else "panel"))
        if lane.kind.is_overview:
            content.overviews.paint(painter, self._theme, lane, rect, self._scale)
        if lane.kind is LaneKind.MOTION:
            xs = [self._scale.x_of(hint.time_us) for hint in self._scene.hints]
            paint_hints(painter, self._theme, rect, [x for x in xs if x >= rect.left()])
        self._paint_lane(painter, row, content.marks, part)
        self._paint_after_end(painter, part)
        painter.fillRect(part.left(), rect.bottom(), part.width(), 1, self._c("line"))
        painter.restore()

    def _c(self, token: str) -> QColor:
        return self._theme.colour(token)

    def _paint_lane(
        self, painter: QPainter, row: tuple[Lane, QRect], marks: MarkStore, part: QRect
    ) -> None:
        lane, rect = row
        view = LaneView(self._theme, lane, rect, self._scale)
        held = marks.lane(lane.id)
        until = held.coded_until()
        if lane.kind is LaneKind.STATE and until != FOREVER_US:
            paint_not_coded(painter, view, until, self._limit())
        # Whole density strips, or a part would be painted otherwise than the whole.
        cell, reach = crowd_us(self._scale), self._theme.px(14)
        first = self._scale.time_at(part.left() - reach) // cell - 1
        last = self._scale.time_at(part.right() + reach) // cell + 1
        paint_marks(painter, view, held.seen(first * cell, last * cell))

    def _limit(self) -> int:
        end_us = self._scene.end_us
        return self._scene.duration_us if end_us is None else end_us

    def _paint_label(self, painter: QPainter, lane: Lane, rect: QRect) -> None:
        px = self._theme.px
        label = QRect(0, rect.top(), self._layout.labels.width(), rect.height() - 1)
        painter.fillRect(label, self._c("panel"))
        side = px(13)
        sign = QRect(px(9), label.top(), side, label.height())
        folded = lane.id in self._scene.folded
        if folded:
            self._paint_icon(painter, sign, "chevron-right", min(side, label.height()))
        elif lane.kind in _ICONS:
            self._paint_icon(painter, sign, _ICONS[lane.kind], side)
        else:
            paint_mark(painter, sign, lane.shape, self._theme.group(lane.slot))
        words = label.adjusted(px(28), 0, -px(26 if lane.locked else 8), 0)
        ink = "text2" if lane.locked or folded else "text"
        font = self._theme.font(FontUse.RULER if folded else FontUse.TABLE)
        plain = Ink(colour=self._theme.colour(ink), font=font)
        paint_text(painter, words, lane.title, plain)
        if lane.note and not lane.locked and not folded:
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

    def _paint_icon(self, painter: QPainter, sign: QRect, name: str, side: int) -> None:
        icon = self._theme.pixmap(name, "text2", side, painter.device().devicePixelRatioF())
        painter.drawPixmap(sign.left(), sign.center().y() - side // 2, icon)

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
