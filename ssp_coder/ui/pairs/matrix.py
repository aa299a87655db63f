"""A painted confusion matrix whose cells can be chosen: the reference down, the other across."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING

from PySide6.QtCore import QPoint, QRect, QSize, Qt, Signal
from PySide6.QtGui import (
    QAccessible,
    QFontMetrics,
    QHelpEvent,
    QKeyEvent,
    QMouseEvent,
    QPainter,
    QPen,
)
from PySide6.QtWidgets import QSizePolicy, QToolTip, QWidget

from ssp_coder.ui.kit.accessible import describe, install_roles
from ssp_coder.ui.kit.painting import (
    CENTRE,
    CHIP_RADIUS,
    LEFT,
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
    from PySide6.QtCore import QEvent

    from ssp_coder.ui.theme.theme import Theme

Place = tuple[int, int]
"""Row and column of a cell."""

LEAST_CELL_PX = 24
LARGEST_CELL_PX = 60
_LONGEST_LABEL_PX = 96
_GAP_PX = 3
_EMPTY = "\N{MIDDLE DOT}"


@dataclass(frozen=True, slots=True, kw_only=True)
class Matrix:
    """A square table of counts.

    Attributes:
        labels: of the rows from the top, and of the columns from the left.
        counts: what stands in each cell that holds anything.
        down: who is read in rows.
        across: who is read in columns.
        has_nothing: whether the last row and column mean that one of the two has nothing; where
            they meet nothing can be counted.
    """

    labels: tuple[str, ...]
    counts: Mapping[Place, int]
    down: str
    across: str
    has_nothing: bool = False

    @property
    def side(self) -> int:
        """How many rows and columns there are."""
        return len(self.labels)

    @property
    def n(self) -> int:
        """Everything counted."""
        return sum(self.counts.values())

    @property
    def alike(self) -> int:
        """What both called the same."""
        return sum(count for (row, column), count in self.counts.items() if row == column)

    def count(self, place: Place) -> int:
        """What stands in a cell."""
        return self.counts.get(place, 0)

    def is_void(self, place: Place) -> bool:
        """Whether nothing can be counted in a cell."""
        return self.has_nothing and place == (self.side - 1, self.side - 1)


NO_MATRIX = Matrix(labels=(), counts={}, down="", across="")


class ConfusionGrid(QWidget):
    """Paints a `Matrix`; arrows move, Enter or a click chooses a cell, Esc gives the choice up.

    Signals:
        cell_chosen: row and column, None when none is chosen any more.
        place_reached: the middle of the cell that the keyboard came to.
    """

    ACCESSIBLE_ROLE = QAccessible.Role.Table

    cell_chosen = Signal(object)
    place_reached = Signal(QPoint)

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        install_roles()
        self._theme = theme
        self._matrix = NO_MATRIX
        self._place: Place = (0, 0)
        self._chosen: Place | None = None
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Expanding)
        self._speak()
        theme.changed.connect(self.update)

    @property
    def matrix(self) -> Matrix:
        """What is shown."""
        return self._matrix

    @property
    def chosen(self) -> Place | None:
        """The cell that was chosen."""
        return self._chosen

    @property
    def wants_escape(self) -> bool:
        """Whether Escape gives up a choice here, and nothing else."""
        return self._chosen is not None

    def show_matrix(self, matrix: Matrix) -> None:
        """Show another matrix; a choice is kept where labels are the same and it holds anything."""
        held = self._chosen is not None and bool(matrix.count(self._chosen))
        if matrix.labels != self._matrix.labels or not held:
            self._chosen = None
        self._matrix = matrix
        last = max(0, matrix.side - 1)
        self._place = (min(self._place[0], last), min(self._place[1], last))
        self.updateGeometry()
        self._speak()
        self.update()

    def show_chosen(self, place: Place | None) -> None:
        """Show a cell as chosen, without a signal."""
        self._chosen = place
        if place is not None:
            self._place = place
        self._speak()
        self.update()

    def words(self, place: Place | None = None) -> str:
        """A cell in words, the current one when none is given."""
        row, column = self._place if place is None else place
        matrix = self._matrix
        if not matrix.side:
            return ""
        if matrix.is_void((row, column)):
            return self.tr("Where neither has anything nothing is counted")
        words = self.tr("{0}: {1}; {2}: {3}; {4}")
        labels = matrix.labels
        count = matrix.count((row, column))
        return words.format(matrix.down, labels[row], matrix.across, labels[column], count)

    def cell_rect(self, place: Place) -> QRect:
        """Where a cell is drawn."""
        left, top = self._origin()
        side_x, side_y = self._cell_size()
        gap = self._theme.px(_GAP_PX)
        x, y = left + place[1] * side_x, top + place[0] * side_y
        return QRect(x, y, side_x - gap, side_y - gap)

    def sizeHint(self) -> QSize:  # noqa: N802, D102 - Qt's name
        return self._size_with(self._theme.px(40))

    def minimumSizeHint(self) -> QSize:  # noqa: N802, D102 - Qt's name
        return self._size_with(self._theme.px(LEAST_CELL_PX + _GAP_PX))

    def keyPressEvent(self, event: QKeyEvent) -> None:  # noqa: N802, D102 - Qt's name
        row, column = self._place
        target = {
            Qt.Key.Key_Left: (row, column - 1),
            Qt.Key.Key_Right: (row, column + 1),
            Qt.Key.Key_Up: (row - 1, column),
            Qt.Key.Key_Down: (row + 1, column),
        }.get(Qt.Key(event.key()))
        if target is not None and not event.modifiers():
            self._go(target)
        elif event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_Space):
            self._choose(self._place)
        elif event.key() == Qt.Key.Key_Escape and self._chosen is not None:
            self._choose(self._chosen)
        else:
            super().keyPressEvent(event)

    def mousePressEvent(self, event: QMouseEvent) -> None:  # noqa: N802, D102 - Qt's name
        place = self._place_at(event.position().toPoint())
        if place is not None and event.button() is Qt.MouseButton.LeftButton:
            self._go(place)
            self._choose(place)

    def event(self, event: QEvent) -> bool:  # noqa: D102 - Qt's name
        if isinstance(event, QHelpEvent):
            place = self._place_at(event.pos())
            QToolTip.showText(event.globalPos(), "" if place is None else self.words(place), self)
            return True
        return super().event(event)

    def paintEvent(self, _event: object) -> None:  # noqa: N802, D102 - Qt's name
        painter = painter_of(self)
        for row in range(self._matrix.side):
            for column in range(self._matrix.side):
                self._paint_cell(painter, (row, column))
        self._paint_labels(painter)
        if self.hasFocus():
            paint_ring(painter, self._theme, self.rect())
        painter.end()

    def _go(self, place: Place) -> None:
        side = self._matrix.side
        if 0 <= place[0] < side and 0 <= place[1] < side:
            self._place = place
            self._speak()
            self.update()
            self.place_reached.emit(self.cell_rect(place).center())

    def _choose(self, place: Place) -> None:
        """Choose a cell that holds anything; choosing it once more gives it up."""
        if not self._matrix.count(place):
            return
        self._chosen = None if place == self._chosen else place
        self._speak()
        self.update()
        self.cell_chosen.emit(self._chosen)

    def _speak(self) -> None:
        words = self.words()
        if words and self._place == self._chosen:
            words = self.tr("{0}, chosen").format(words)
        name = self.tr("Confusion matrix")
        describe(
            self,
            f"{name}: {words}" if words else name,
            self.tr("Arrow keys move, Enter lists a cell, Esc lists all"),
        )

    def _place_at(self, point: QPoint) -> Place | None:
        side = range(self._matrix.side)
        places = ((row, column) for row in side for column in side)
        return next((place for place in places if self.cell_rect(place).contains(point)), None)

    # ------------------------------------------------------------------ measure

    def _row_label_width(self) -> int:
        font = self._theme.font(FontUse.CAPTION)
        widest = max((text_width(font, label) for label in self._matrix.labels), default=0)
        return min(widest, self._theme.px(_LONGEST_LABEL_PX)) + self._theme.px(8)

    def _lies_down(self) -> bool:
        """Whether the labels of the columns fit across their cells."""
        font = self._theme.font(FontUse.CAPTION)
        room = self._room_across() - self._theme.px(4)
        return all(text_width(font, label) <= room for label in self._matrix.labels)

    def _room_across(self) -> int:
        side = max(1, self._matrix.side)
        width = (self.width() - 2 * RING - self._row_label_width()) // side
        return min(width, self._theme.px(LARGEST_CELL_PX))

    def _head_height(self) -> int:
        line = QFontMetrics(self._theme.font(FontUse.CAPTION)).height()
        return line + self._theme.px(4) if self._lies_down() else self._row_label_width()

    def _origin(self) -> tuple[int, int]:
        return RING + self._row_label_width(), RING + self._head_height()

    def _cell_size(self) -> tuple[int, int]:
        side = max(1, self._matrix.side)
        height = (self.height() - 2 * RING - self._head_height()) // side
        px = self._theme.px
        least = px(LEAST_CELL_PX)
        across = max(least, self._room_across())
        return across, max(least, min(height, px(44)))

    def _size_with(self, cell: int) -> QSize:
        label = self._row_label_width()
        side = 2 * RING + label + self._matrix.side * cell
        return QSize(side, side)

    # ------------------------------------------------------------------ paint

    def _paint_cell(self, painter: QPainter, place: Place) -> None:
        rect, tokens = self.cell_rect(place), self._theme.tokens
        count, is_alike = self._matrix.count(place), place[0] == place[1]
        if self._matrix.is_void(place):
            painter.fillRect(rect, hatch(self._theme.colour("line"), 6))
            return
        ground, border, ink = tokens.alt, "", "text3"
        if count:
            ground = tokens.sel if is_alike else tokens.errsoft
            border = "" if is_alike else tokens.err
            ink = "text" if is_alike else "err"
        paint_face(painter, rect, Face(ground=ground, border=border, radius=CHIP_RADIUS))
        use = FontUse.TABLE_STRONG if count else FontUse.TABLE
        words = str(count) if count else _EMPTY
        font = self._theme.font(use)
        paint_text(
            painter, rect, words, Ink(colour=self._theme.colour(ink), font=font, align=CENTRE)
        )
        self._paint_state(painter, rect, place)

    def _paint_state(self, painter: QPainter, rect: QRect, place: Place) -> None:
        """Frame the chosen cell; underline the one the keyboard stands on."""
        painter.setBrush(Qt.BrushStyle.NoBrush)
        if place == self._chosen:
            painter.setPen(QPen(self._theme.colour("accent"), 2))
            painter.drawRoundedRect(rect.adjusted(1, 1, -1, -1), CHIP_RADIUS, CHIP_RADIUS)
        if place == self._place and self.hasFocus():
            painter.setPen(QPen(self._theme.colour("accent"), 1, Qt.PenStyle.DashLine))
            painter.drawRoundedRect(rect.adjusted(-1, -1, 1, 1), CHIP_RADIUS, CHIP_RADIUS)

    def _paint_labels(self, painter: QPainter) -> None:
        font = self._theme.font(FontUse.CAPTION)
        ink = self._theme.colour("text2")
        left, top = self._origin()
        gap = self._theme.px(4)
        metrics, lies = QFontMetrics(font), self._lies_down()
        for place, label in enumerate(self._matrix.labels):
            cell = self.cell_rect((place, place))
            row = QRect(RING, cell.top(), left - RING - gap, cell.height())
            shown = metrics.elidedText(label, Qt.TextElideMode.ElideRight, row.width())
            paint_text(painter, row, shown, Ink(colour=ink, font=font, align=RIGHT))
            if lies:
                head = QRect(cell.left(), RING, cell.width(), top - RING - gap)
                paint_text(painter, head, label, Ink(colour=ink, font=font, align=CENTRE))
                continue
            painter.save()
            painter.translate(cell.center().x() - metrics.height() // 2, top - gap)
            painter.rotate(-90)
            room = QRect(0, 0, top - RING - gap, metrics.height())
            shown = metrics.elidedText(label, Qt.TextElideMode.ElideRight, room.width())
            paint_text(painter, room, shown, Ink(colour=ink, font=font, align=LEFT))
            painter.restore()
