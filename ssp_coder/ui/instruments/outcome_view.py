"""A map of outcomes over two ratings, painted: letter, colour and hatch in every cell."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QPointF, QRect, QSize, Qt, Signal
from PySide6.QtGui import (
    QAccessible,
    QColor,
    QFontMetrics,
    QKeyEvent,
    QMouseEvent,
    QPainter,
    QPen,
    QPolygonF,
)
from PySide6.QtWidgets import QSizePolicy, QWidget

from ssp_coder.ui.classify.words import joined
from ssp_coder.ui.instruments.words import tr
from ssp_coder.ui.kit.accessible import describe, install_roles
from ssp_coder.ui.kit.painting import (
    CENTRE,
    RING,
    Ink,
    hatch,
    paint_ring,
    paint_text,
    painter_of,
    text_width,
)
from ssp_coder.ui.kit.rating_row import point_text
from ssp_coder.ui.theme.fonts import FontUse

if TYPE_CHECKING:
    from ssp_coder.rules.map import Cell, OutcomeMap
    from ssp_coder.ui.theme.theme import Theme

GROUND_SLOTS = ("blue", "orange", "rose", "sky", "yellow", "grey")
"""Grounds of main groups in the table's order: without red and green, which would praise."""

LARGEST_CELL_PX = 112


class OutcomeView(QWidget):
    """Paints an `OutcomeMap`; arrow keys and the pointer read out a cell."""

    ACCESSIBLE_ROLE = QAccessible.Role.Table

    cell_chosen = Signal(str)

    def __init__(
        self, theme: Theme, groups: tuple[str, ...], parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        install_roles()
        self._theme = theme
        self._groups = groups
        self._map: OutcomeMap | None = None
        self._titles = ("", "")
        self._place = (0, 0)
        self._point: tuple[float, float] | None = None
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Expanding)
        self.setMouseTracking(True)
        describe(self, self.tr("Map of outcomes"))
        theme.changed.connect(self.update)

    def show_map(
        self,
        shown: OutcomeMap,
        titles: tuple[str, str],
        point: tuple[float, float] | None = None,
    ) -> None:
        """Show a map with the titles of its axes, and a coding's place on it where given."""
        self._map, self._titles, self._point = shown, titles, point
        columns, rows = len(shown.xs), len(shown.ys)
        self._place = (min(self._place[0], columns - 1), min(self._place[1], rows - 1))
        self._speak()
        self.update()

    def words(self) -> str:
        """The chosen cell in words."""
        if self._map is None:
            return ""
        column, row = self._place
        where = self.tr("{0}: {1}; {2}: {3}").format(
            self._titles[0],
            point_text(self._map.xs[column]),
            self._titles[1],
            point_text(self._map.ys[row]),
        )
        return f"{where}  \N{RIGHTWARDS ARROW}  {cell_words(self._map.rows[row][column])}"

    def cell_rect(self, column: int, row: int) -> QRect:
        """Where a cell is drawn; row 0, the lowest value, is at the bottom."""
        side_x, side_y = self._cell_size()
        left, bottom = self._origin()
        return QRect(left + column * side_x, bottom - (row + 1) * side_y, side_x, side_y)

    def sizeHint(self) -> QSize:  # noqa: N802, D102 - Qt's name
        px = self._theme.px
        return QSize(px(620), px(480))

    def minimumSizeHint(self) -> QSize:  # noqa: N802, D102 - Qt's name
        px = self._theme.px
        return QSize(px(380), px(320))

    def keyPressEvent(self, event: QKeyEvent) -> None:  # noqa: N802, D102 - Qt's name
        column, row = self._place
        target = {
            Qt.Key.Key_Left: (column - 1, row),
            Qt.Key.Key_Right: (column + 1, row),
            Qt.Key.Key_Up: (column, row + 1),
            Qt.Key.Key_Down: (column, row - 1),
        }.get(Qt.Key(event.key()))
        if target is None:
            super().keyPressEvent(event)
        else:
            self._choose(target)

    def mouseMoveEvent(self, event: QMouseEvent) -> None:  # noqa: N802, D102 - Qt's name
        if self._map is None:
            return
        place = event.position().toPoint()
        for row in range(len(self._map.ys)):
            for column in range(len(self._map.xs)):
                if self.cell_rect(column, row).contains(place):
                    self._choose((column, row))

    def mousePressEvent(self, event: QMouseEvent) -> None:  # noqa: N802, D102 - Qt's name
        self.mouseMoveEvent(event)

    def paintEvent(self, _event: object) -> None:  # noqa: N802, D102 - Qt's name
        painter = painter_of(self)
        painter.fillRect(self.rect(), self._theme.colour("panel"))
        if self._map is not None:
            for row, cells in enumerate(self._map.rows):
                for column, cell in enumerate(cells):
                    self._paint_cell(painter, self.cell_rect(column, row), cell)
            self._paint_axes(painter, self._map)
            self._paint_point(painter, self._map)
            chosen = self.cell_rect(*self._place)
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.setPen(QPen(self._theme.colour("text"), 2))
            painter.drawRect(chosen.adjusted(1, 1, -2, -2))
        if self.hasFocus():
            paint_ring(painter, self._theme, self.rect())
        painter.end()

    def _choose(self, place: tuple[int, int]) -> None:
        if self._map is None or place == self._place:
            return
        if 0 <= place[0] < len(self._map.xs) and 0 <= place[1] < len(self._map.ys):
            self._place = place
            self._speak()
            self.update()
            self.cell_chosen.emit(self.words())

    def _speak(self) -> None:
        describe(self, self.words(), self.tr("Arrow keys read out the cells"))

    def _line(self) -> int:
        return QFontMetrics(self._theme.font(FontUse.TABLE)).height()

    def _origin(self) -> tuple[int, int]:
        left = RING + self._theme.px(10) + 2 * self._line()
        return left, self.height() - RING - 2 * self._line() - self._theme.px(12)

    def _cell_size(self) -> tuple[int, int]:
        left, bottom = self._origin()
        columns = 1 if self._map is None else len(self._map.xs)
        rows = 1 if self._map is None else len(self._map.ys)
        px = self._theme.px
        width = (self.width() - left - px(8)) // columns
        height = (bottom - px(8)) // rows
        return min(width, px(LARGEST_CELL_PX)), min(height, px(LARGEST_CELL_PX))

    def _colour(self, group: str) -> QColor:
        place = self._groups.index(group) if group in self._groups else len(self._groups)
        return QColor(self._theme.group(GROUND_SLOTS[place % len(GROUND_SLOTS)]).tint)

    def _paint_cell(self, painter: QPainter, rect: QRect, cell: Cell) -> None:
        theme = self._theme
        self._paint_ground(painter, rect, cell)
        painter.setPen(QPen(theme.colour("panel"), 1))
        painter.setBrush(Qt.BrushStyle.NoBrush)
        painter.drawRect(rect.adjusted(0, 0, -1, -1))
        if cell.left_open and len(cell.groups) > 1:
            self._paint_parts(painter, rect, cell.groups)
        else:
            self._paint_letters(painter, rect, cell)

    def _paint_ground(self, painter: QPainter, rect: QRect, cell: Cell) -> None:
        if len(cell.groups) == 1:
            painter.fillRect(rect, self._colour(cell.groups[0]))
        elif not cell.left_open:
            painter.fillRect(rect, self._theme.colour("alt"))
            painter.fillRect(rect, hatch(self._theme.colour("ctl"), 7))

    def _paint_letters(self, painter: QPainter, rect: QRect, cell: Cell) -> None:
        theme = self._theme
        use = FontUse.STEP_TITLE if len(cell.groups) == 1 else FontUse.LABEL_STRONG
        ink = Ink(colour=theme.colour("text"), font=theme.font(use), align=CENTRE)
        upper = rect.adjusted(1, 0, -1, -rect.height() // 3) if cell.subgroups else rect
        words = " ".join(cell.groups)
        if len(cell.groups) > 1:
            width = text_width(ink.font, words) + theme.px(8)
            ground = QRect(rect.center().x() - width // 2, upper.y() + 4, width, upper.height() - 6)
            painter.fillRect(ground, theme.colour("alt"))
        paint_text(painter, upper, words, ink)
        if cell.subgroups and len(cell.groups) == 1:
            lower = QRect(rect.x() + 1, rect.center().y() + 1, rect.width() - 2, self._line())
            ink = Ink(colour=theme.colour("text"), font=theme.font(FontUse.CAPTION), align=CENTRE)
            paint_text(painter, lower, " ".join(cell.subgroups), ink)

    def _paint_parts(self, painter: QPainter, rect: QRect, groups: tuple[str, ...]) -> None:
        """Slanted strips, one a group, each with its letter."""
        theme, count = self._theme, len(groups)
        width, slant = rect.width() / count, rect.width() / (2 * count)
        ink = Ink(colour=theme.colour("text"), font=theme.font(FontUse.PANEL_TITLE), align=CENTRE)
        painter.save()
        painter.setClipRect(rect)
        for place, group in enumerate(groups):
            left = rect.x() + place * width
            strip = QPolygonF(
                [
                    QPointF(left + (slant / 2 if place else -slant), rect.top()),
                    QPointF(rect.right() + slant, rect.top()),
                    QPointF(rect.right() + slant, rect.bottom() + 1),
                    QPointF(left - (slant / 2 if place else slant), rect.bottom() + 1),
                ]
            )
            painter.setBrush(self._colour(group))
            painter.setPen(QPen(theme.colour("text2"), 1, Qt.PenStyle.DashLine))
            painter.drawPolygon(strip)
            letter = QRect(round(left), rect.y(), round(width), rect.height())
            paint_text(painter, letter, group, ink)
        painter.restore()
        painter.setPen(QPen(theme.colour("panel"), 1))
        painter.setBrush(Qt.BrushStyle.NoBrush)
        painter.drawRect(rect.adjusted(0, 0, -1, -1))

    def _paint_axes(self, painter: QPainter, shown: OutcomeMap) -> None:
        theme, px, line = self._theme, self._theme.px, self._line()
        left, bottom = self._origin()
        number = Ink(colour=theme.colour("text"), font=theme.font(FontUse.TABLE), align=CENTRE)
        for column, value in enumerate(shown.xs):
            rect = self.cell_rect(column, 0)
            place = QRect(rect.x(), bottom + px(3), rect.width(), line)
            paint_text(painter, place, point_text(value), number)
        for row, value in enumerate(shown.ys):
            rect = self.cell_rect(0, row)
            width = line + px(2)
            place = QRect(left - width - px(2), rect.y(), width, rect.height())
            paint_text(painter, place, point_text(value), number)
        title = Ink(
            colour=theme.colour("text"), font=theme.font(FontUse.TABLE_STRONG), align=CENTRE
        )
        wide = self.cell_rect(len(shown.xs) - 1, 0).right() - left
        below = QRect(left, bottom + px(5) + line, wide, line + px(2))
        paint_text(painter, below, self._titles[0], title)
        top = self.cell_rect(0, len(shown.ys) - 1).top()
        painter.save()
        painter.translate(RING + px(2), bottom)
        painter.rotate(-90)
        paint_text(painter, QRect(0, 0, bottom - top, line + px(2)), self._titles[1], title)
        painter.restore()

    def _paint_point(self, painter: QPainter, shown: OutcomeMap) -> None:
        if self._point is None:
            return
        x, y = self._point
        if x not in shown.xs or y not in shown.ys:
            return
        rect = self.cell_rect(shown.xs.index(x), shown.ys.index(y))
        centre = QPointF(rect.right() - self._theme.px(9), rect.top() + self._theme.px(9))
        painter.setPen(QPen(self._theme.colour("panel"), 1.5))
        painter.setBrush(self._theme.colour("text"))
        painter.drawEllipse(centre, self._theme.px(5), self._theme.px(5))


class Legend(QWidget):
    """The groups with their grounds, and what split and hatched cells mean."""

    def __init__(
        self, theme: Theme, groups: tuple[tuple[str, str], ...], parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self._theme = theme
        self._groups = groups
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        words = ", ".join(f"{name}: {title}" for name, title in groups)
        describe(self, self.tr("Signs of the map: {0}").format(words))
        theme.changed.connect(self.update)

    def sizeHint(self) -> QSize:  # noqa: N802, D102 - Qt's name
        font = self._theme.font(FontUse.TABLE)
        height = QFontMetrics(font).height() + self._theme.px(6)
        return QSize(self._theme.px(200), (len(self._groups) + 2) * height)

    def paintEvent(self, _event: object) -> None:  # noqa: N802, D102 - Qt's name
        painter = painter_of(self)
        theme, px = self._theme, self._theme.px
        height = self.sizeHint().height() // (len(self._groups) + 2)
        ink = Ink(colour=theme.colour("text"), font=theme.font(FontUse.TABLE))
        strong = Ink(
            colour=theme.colour("text"), font=theme.font(FontUse.TABLE_STRONG), align=CENTRE
        )
        signs = [
            *self._groups,
            ("/", tr("strips: the table leaves it open")),
            ("", tr("hatched: possible, a rating is missing")),
        ]
        widest = max(text_width(strong.font, name) for name, _ in signs) + px(12)
        for line, (name, words) in enumerate(signs):
            box = QRect(0, line * height + 2, widest, height - 4)
            slot = GROUND_SLOTS[line % len(GROUND_SLOTS)]
            is_group = line < len(self._groups)
            ground = QColor(theme.group(slot).tint) if is_group else theme.colour("alt")
            painter.fillRect(box, ground)
            if not name:
                painter.fillRect(box, hatch(theme.colour("ctl"), 6))
            paint_text(painter, box, name, strong)
            place = QRect(widest + px(8), line * height, self.width() - widest - px(8), height)
            paint_text(painter, place, words, ink)
        painter.end()


def cell_words(cell: Cell) -> str:
    """What a table says in a cell: one group, left open between some, or still possible."""
    names = joined(cell.groups)
    if cell.left_open:
        listed = ", ".join(cell.groups[:-1])
        names = tr("left open between {0} and {1}").format(listed, cell.groups[-1])
    elif len(cell.groups) > 1:
        names = tr("possible: {0}").format(names)
    if not cell.subgroups:
        return names
    return tr("{0}; best fit {1}").format(names, joined(cell.subgroups))
