"""The axis of intervals as a widget: read by eye, pointer, keys and screen reader."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, QPointF, QRect, QSize, Qt, Signal
from PySide6.QtGui import QAccessible, QFocusEvent, QHelpEvent, QKeyEvent, QMouseEvent
from PySide6.QtWidgets import QSizePolicy, QToolTip, QWidget

from ssp_coder.ui.kit.accessible import describe, install_roles
from ssp_coder.ui.kit.interval_axis import (
    IntervalPainting,
    IntervalRow,
    IntervalScale,
    coefficient_scale,
    row_words,
)
from ssp_coder.ui.kit.painting import RING, paint_ring, painter_of

if TYPE_CHECKING:
    from collections.abc import Sequence

    from ssp_coder.ui.theme.theme import Theme


class IntervalAxis(QWidget):
    """Rows of statistics on one axis; Up and Down walk the rows, Enter or a click chooses one."""

    row_chosen = Signal(int)

    ACCESSIBLE_ROLE = QAccessible.Role.Chart

    def __init__(self, theme: Theme, name: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        install_roles()
        self._theme = theme
        self._name = name
        self._painting = IntervalPainting(theme)
        self._rows: tuple[IntervalRow, ...] = ()
        self._scale = IntervalScale()
        self._current = 0
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        theme.changed.connect(self.update)
        self._say()

    @property
    def rows(self) -> tuple[IntervalRow, ...]:
        """The rows shown."""
        return self._rows

    @property
    def current(self) -> int:
        """The place of the row that keys are at."""
        return self._current

    def show_rows(self, rows: Sequence[IntervalRow], scale: IntervalScale | None = None) -> None:
        """Show statistics; without a scale they are coefficients up to 1."""
        self._rows = tuple(rows)
        self._scale = coefficient_scale(self._rows) if scale is None else scale
        self._current = min(self._current, max(0, len(self._rows) - 1))
        self._say()
        self.updateGeometry()
        self.update()

    def words_of(self, place: int) -> str:
        """A row as it is spoken."""
        return row_words(self._rows[place], self._scale)

    def sizeHint(self) -> QSize:  # noqa: N802, D102 - Qt's name
        size = self._painting.size(self._rows, self._scale)
        return size + QSize(4 * RING, 4 * RING)

    def minimumSizeHint(self) -> QSize:  # noqa: N802, D102 - Qt's name
        return QSize(self._theme.px(280), self.sizeHint().height())

    def paintEvent(self, _event: object) -> None:  # noqa: N802, D102 - Qt's name
        painter = painter_of(self)
        if self.hasFocus() and self._rows:
            painter.fillRect(self._row_rect(self._current), self._theme.colour("sel"))
        self._painting.paint(painter, self._area(), self._rows, self._scale)
        if self.hasFocus():
            paint_ring(painter, self._theme, self.rect())
        painter.end()

    def keyPressEvent(self, event: QKeyEvent) -> None:  # noqa: N802, D102 - Qt's name
        steps = {Qt.Key.Key_Up: -1, Qt.Key.Key_Down: 1}
        if event.key() in steps and self._rows:
            self._go_to(self._current + steps[Qt.Key(event.key())])
        elif event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and self._rows:
            self.row_chosen.emit(self._current)
        else:
            super().keyPressEvent(event)

    def mousePressEvent(self, event: QMouseEvent) -> None:  # noqa: N802, D102 - Qt's name
        place = self._place_at(event.position())
        if place is None:
            super().mousePressEvent(event)
            return
        self._go_to(place)
        self.row_chosen.emit(place)

    def focusInEvent(self, event: QFocusEvent) -> None:  # noqa: N802, D102 - Qt's name
        super().focusInEvent(event)
        self.update()

    def focusOutEvent(self, event: QFocusEvent) -> None:  # noqa: N802, D102 - Qt's name
        super().focusOutEvent(event)
        self.update()

    def event(self, event: QEvent) -> bool:  # noqa: D102 - Qt's name
        if event.type() == QEvent.Type.ToolTip and isinstance(event, QHelpEvent):
            place = self._place_at(QPointF(event.pos()))
            QToolTip.showText(
                event.globalPos(), "" if place is None else self.words_of(place), self
            )
            return True
        return super().event(event)

    def _area(self) -> QRect:
        return self.rect().adjusted(2 * RING, 2 * RING, -2 * RING, -2 * RING)

    def _row_rect(self, place: int) -> QRect:
        area, height = self._area(), self._painting.row_height
        top = area.y() + self._painting.head_height + place * height
        return QRect(area.x(), top, area.width(), height)

    def _place_at(self, at: QPointF) -> int | None:
        place = self._painting.row_at(at.y(), self._area().y())
        return place if 0 <= place < len(self._rows) else None

    def _go_to(self, place: int) -> None:
        self._current = min(max(0, place), len(self._rows) - 1)
        self._say()
        self.update()

    def _say(self) -> None:
        spoken = self.words_of(self._current) if self._rows else self.tr("no figures")
        describe(self, self._name, spoken)
