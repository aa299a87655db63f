"""The procedure as a picture: a band per episode in its planned length, a row per person."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from PySide6.QtCore import QRect, QSize, Qt, Signal
from PySide6.QtGui import (
    QAccessible,
    QColor,
    QFont,
    QFontMetrics,
    QKeyEvent,
    QMouseEvent,
    QPainter,
    QPen,
)
from PySide6.QtWidgets import QSizePolicy, QWidget

from ssp_coder.domain.procedure import EpisodeKind
from ssp_coder.ui.instruments.words import (
    change_words,
    count_words,
    length_words,
    present_words,
    tr,
)
from ssp_coder.ui.kit.accessible import describe, install_roles
from ssp_coder.ui.kit.painting import (
    CENTRE,
    RIGHT,
    RING,
    Face,
    Ink,
    hatch,
    paint_face,
    paint_ring,
    paint_text,
    painter_of,
    text_width,
)
from ssp_coder.ui.theme.fonts import FontUse

if TYPE_CHECKING:
    from ssp_coder.domain.procedure import EpisodePlan
    from ssp_coder.domain.scheme import Scheme
    from ssp_coder.ui.theme.theme import Theme

CUE_LINES = 5
NARROWEST_PX = 26
GAP_PX = 3
WRAPPED = Qt.TextFlag.TextWordWrap | Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignBottom


@dataclass(frozen=True, slots=True, kw_only=True)
class _Rows:
    """Upper edges of the picture's rows, in pixels."""

    cues: int
    band: int
    change: int
    persons: int
    rated: int
    axis: int
    bottom: int


class ProcedurePicture(QWidget):
    """Paints the episodes; a click, Left, Right, Home and End choose one."""

    ACCESSIBLE_ROLE = QAccessible.Role.List

    episode_chosen = Signal(str)

    def __init__(self, theme: Theme, scheme: Scheme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        install_roles()
        self._theme = theme
        self._scheme = scheme
        self._plans = scheme.procedure.episodes
        self._chosen = 0
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        theme.changed.connect(self.update)
        self._speak()

    def chosen(self) -> str:
        """The id of the chosen episode."""
        return str(self._plans[self._chosen].id)

    def set_chosen(self, episode: str) -> None:
        """Choose an episode, without a signal; an unknown id changes nothing."""
        ids = [str(plan.id) for plan in self._plans]
        if episode in ids:
            self._chosen = ids.index(episode)
            self._speak()
            self.update()

    def episode_rects(self) -> tuple[QRect, ...]:
        """The band of each episode, as wide as its share of the planned time."""
        rows = self._rows()
        left = self._label_width() + RING
        room = self.width() - left - 2 * RING
        lengths = tuple(plan.planned_us for plan in self._plans)
        rects, x = [], float(left)
        for width in proportional(lengths, room, self._theme.px(NARROWEST_PX)):
            end = round(x + width) - GAP_PX
            rects.append(QRect(round(x), rows.band, end - round(x), rows.change - rows.band))
            x += width
        return tuple(rects)

    def sizeHint(self) -> QSize:  # noqa: N802, D102 - Qt's name
        return QSize(self._theme.px(900), self._rows().bottom)

    def minimumSizeHint(self) -> QSize:  # noqa: N802, D102 - Qt's name
        return QSize(self._theme.px(560), self._rows().bottom)

    def keyPressEvent(self, event: QKeyEvent) -> None:  # noqa: N802, D102 - Qt's name
        last = len(self._plans) - 1
        target = {
            Qt.Key.Key_Left: self._chosen - 1,
            Qt.Key.Key_Right: self._chosen + 1,
            Qt.Key.Key_Home: 0,
            Qt.Key.Key_End: last,
        }.get(Qt.Key(event.key()))
        if target is None:
            super().keyPressEvent(event)
        elif 0 <= target <= last:
            self._choose(target)

    def mousePressEvent(self, event: QMouseEvent) -> None:  # noqa: N802, D102 - Qt's name
        place = event.position().toPoint()
        for index, rect in enumerate(self.episode_rects()):
            if rect.left() <= place.x() <= rect.right() + GAP_PX:
                self._choose(index)

    def paintEvent(self, _event: object) -> None:  # noqa: N802, D102 - Qt's name
        painter = painter_of(self)
        rows = self._rows()
        rects = self.episode_rects()
        self._paint_labels(painter, rows)
        for index, (plan, rect) in enumerate(zip(self._plans, rects, strict=True)):
            self._paint_episode(painter, plan, rect, chosen=index == self._chosen)
            self._paint_cue(painter, plan, rect)
            self._paint_change(painter, plan, rect)
            self._paint_rated(painter, plan, rect)
        self._paint_persons(painter, rects)
        self._paint_axis(painter, rects)
        if self.hasFocus():
            paint_ring(painter, self._theme, self.rect())
        painter.end()

    def _choose(self, index: int) -> None:
        if index != self._chosen:
            self._chosen = index
            self._speak()
            self.update()
            self.episode_chosen.emit(self.chosen())

    def _speak(self) -> None:
        plan = self._plans[self._chosen]
        parts = (
            f"{plan.id}, {plan.title}",
            tr("present: {0}").format(present_words(plan, self._scheme.procedure)),
            tr("planned {0}").format(length_words(plan.planned_us)),
            change_words(plan),
            count_words(self._ratings(plan)),
        )
        words = ", ".join(part for part in parts if part)
        describe(self, words, self.tr("Left and Right choose an episode"))

    def _ratings(self, plan: EpisodePlan) -> int:
        return sum(slot.episode == plan.id for slot in self._scheme.slots)

    def _line(self) -> int:
        return QFontMetrics(self._theme.font(FontUse.CAPTION)).height() + self._theme.px(3)

    def _label_width(self) -> int:
        font = self._theme.font(FontUse.TABLE)
        titles = [str(person.title) for person in self._scheme.procedure.persons]
        titles += [tr("Starts at"), tr("Rated"), tr("Planned time")]
        return max(text_width(font, title) for title in titles) + self._theme.px(18)

    def _rows(self) -> _Rows:
        px, line = self._theme.px, self._line()
        cues = RING + px(4)
        band = cues + CUE_LINES * line
        change = band + px(46)
        persons = change + line + px(4)
        rated = persons + len(self._scheme.procedure.persons) * px(22) + px(6)
        axis = rated + line + px(4)
        return _Rows(
            cues=cues,
            band=band,
            change=change,
            persons=persons,
            rated=rated,
            axis=axis,
            bottom=axis + line + px(6),
        )

    def _ink(self, use: FontUse, token: str, align: Qt.AlignmentFlag = RIGHT) -> Ink:
        return Ink(colour=self._theme.colour(token), font=self._theme.font(use), align=align)

    def _paint_labels(self, painter: QPainter, rows: _Rows) -> None:
        width = self._label_width() - self._theme.px(10)
        line, pitch = self._line(), self._theme.px(22)
        second = self._ink(FontUse.TABLE, "text2")
        paint_text(painter, QRect(0, rows.band - line, width, line), tr("Starts at"), second)
        for index, person in enumerate(self._scheme.procedure.persons):
            rect = QRect(0, rows.persons + index * pitch, width, pitch)
            paint_text(painter, rect, str(person.title), self._ink(FontUse.TABLE, "text"))
        paint_text(painter, QRect(0, rows.rated, width, line), tr("Rated"), second)
        paint_text(painter, QRect(0, rows.axis, width, line), tr("Planned time"), second)

    def _paint_episode(
        self, painter: QPainter, plan: EpisodePlan, rect: QRect, *, chosen: bool
    ) -> None:
        tokens, px = self._theme.tokens, self._theme.px
        ground = tokens.sel if chosen else tokens.alt
        border = tokens.accent if chosen else tokens.ctl
        paint_face(painter, rect, Face(ground=ground, border=border, radius=4))
        if plan.kind is EpisodeKind.SEPARATION and not chosen:
            painter.fillRect(rect.adjusted(2, 2, -2, -2), hatch(self._theme.colour("line"), 7))
        if plan.kind is EpisodeKind.REUNION:
            painter.fillRect(rect.left(), rect.top() + 2, px(4), rect.height() - 4, self._text())
        pad = px(9) if plan.kind is EpisodeKind.REUNION else px(5)
        roomy = rect.width() > px(70)
        inner = rect.adjusted(pad if roomy else 0, px(5), -px(4) if roomy else 0, -px(5))
        half = inner.height() // 2
        top = QRect(inner.x(), inner.y(), inner.width(), half)
        low = QRect(inner.x(), inner.y() + half, inner.width(), half)
        left = Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignLeft
        align = left if roomy else CENTRE
        name = str(plan.id) if roomy else str(plan.number)
        paint_text(painter, top, name, self._ink(FontUse.LABEL_STRONG, "text", align))
        if roomy:
            right = self._ink(FontUse.CAPTION, "text2", RIGHT)
            paint_text(painter, top, length_words(plan.planned_us), right)
            paint_text(painter, low, str(plan.title), self._ink(FontUse.TABLE, "text", left))

    def _text(self) -> QColor:
        return self._theme.colour("text")

    def _paint_cue(self, painter: QPainter, plan: EpisodePlan, rect: QRect) -> None:
        rows, px = self._rows(), self._theme.px
        painter.setPen(QPen(self._theme.colour("ctl"), 1))
        painter.drawLine(rect.left(), rows.cues + px(2), rect.left(), rect.top())
        if rect.width() < px(70):
            return
        place = QRect(
            rect.x() + px(5), rows.cues, rect.width() - px(6), rect.top() - rows.cues - px(4)
        )
        font = self._theme.font(FontUse.CAPTION)
        painter.setFont(font)
        painter.setPen(self._theme.colour("text2"))
        painter.drawText(place, int(WRAPPED), fitted(str(plan.start_cue), place, font))

    def _paint_change(self, painter: QPainter, plan: EpisodePlan, rect: QRect) -> None:
        words = change_words(plan)
        if not words:
            return
        px, line = self._theme.px, self._line()
        arrow = px(16)
        place = QRect(rect.x(), rect.bottom() + px(2), rect.width() - arrow - px(5), line)
        paint_text(painter, place, words, self._ink(FontUse.CAPTION, "text2", RIGHT))
        middle = place.center().y() + 1
        start, end = rect.right(), rect.right() - arrow
        if plan.may_extend:
            start, end = end, start
        back = px(4) if start > end else -px(4)
        painter.setPen(QPen(self._theme.colour("text"), 1.5))
        painter.drawLine(start, middle, end, middle)
        painter.drawLine(end, middle, end + back, middle - px(3))
        painter.drawLine(end, middle, end + back, middle + px(3))

    def _paint_persons(self, painter: QPainter, rects: tuple[QRect, ...]) -> None:
        rows, pitch, px = self._rows(), self._theme.px(22), self._theme.px
        for index, person in enumerate(self._scheme.procedure.persons):
            middle = rows.persons + index * pitch + pitch // 2
            painter.setPen(QPen(self._theme.colour("line"), 1))
            painter.drawLine(rects[0].left(), middle, rects[-1].right(), middle)
            for place, (plan, rect) in enumerate(zip(self._plans, rects, strict=True)):
                if person.id not in plan.present:
                    continue
                later = self._plans[place + 1 : place + 2]
                joins = bool(later) and person.id in later[0].present
                width = rect.width() + (GAP_PX + 1 if joins else 0)
                bar = QRect(rect.left(), middle - px(4), width, px(8))
                painter.fillRect(bar, self._theme.colour("text2"))

    def _paint_rated(self, painter: QPainter, plan: EpisodePlan, rect: QRect) -> None:
        count = self._ratings(plan)
        words = count_words(count) if rect.width() > self._theme.px(70) else str(count)
        ink = self._ink(FontUse.CAPTION, "text2", CENTRE)
        place = QRect(rect.x(), self._rows().rated, rect.width(), self._line())
        paint_text(painter, place, words if count else "\N{EN DASH}", ink)

    def _paint_axis(self, painter: QPainter, rects: tuple[QRect, ...]) -> None:
        rows, line = self._rows(), self._line()
        painter.setPen(QPen(self._theme.colour("ctl"), 1))
        painter.drawLine(rects[0].left(), rows.axis, rects[-1].right(), rows.axis)
        passed, free = 0, 0
        ends = [rect.left() for rect in rects] + [rects[-1].right()]
        lengths = [plan.planned_us for plan in self._plans] + [0]
        ink = self._ink(FontUse.RULER, "text2", CENTRE)
        for x, length in zip(ends, lengths, strict=True):
            painter.setPen(QPen(self._theme.colour("ctl"), 1))
            painter.drawLine(x, rows.axis, x, rows.axis + 3)
            words = length_words(passed)
            width = text_width(ink.font, words) + 4
            left = min(max(x - width // 2, rects[0].left()), self.width() - width - RING)
            if left >= free:
                paint_text(painter, QRect(left, rows.axis + 4, width, line), words, ink)
                free = left + width
            passed += length


def proportional(lengths: tuple[int, ...], room: float, least: float) -> tuple[float, ...]:
    """Widths in the proportions of lengths that fill `room`, none below `least`."""
    total = sum(lengths) or 1
    narrow = [length * room / total < least for length in lengths]
    long = sum(length for length, small in zip(lengths, narrow, strict=True) if not small) or 1
    left = max(0.0, room - least * sum(narrow))
    return tuple(
        least if small else length * left / long
        for length, small in zip(lengths, narrow, strict=True)
    )


def fitted(words: str, place: QRect, font: QFont) -> str:
    """As many words of a text as fit into a rectangle, with an ellipsis where some do not."""
    metrics = QFontMetrics(font)
    parts = words.split()
    for count in range(len(parts), 0, -1):
        tried = " ".join(parts[:count]) + ("" if count == len(parts) else "\N{HORIZONTAL ELLIPSIS}")
        if metrics.boundingRect(place, int(WRAPPED), tried).height() <= place.height():
            return tried
    return ""
