"""The field in which a mark appears; it knows when the mark was painted and when a tap came."""

from __future__ import annotations

import time
from typing import TYPE_CHECKING

from PySide6.QtCore import QPointF, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QAccessible, QColor, QPen
from PySide6.QtWidgets import QSizePolicy, QWidget

from ssp_coder.ui.kit.accessible import describe, install_roles
from ssp_coder.ui.kit.painting import CENTRE, Ink, paint_ring, paint_text, painter_of
from ssp_coder.ui.theme.fonts import FontUse

if TYPE_CHECKING:
    from collections.abc import Callable

    from PySide6.QtGui import QKeyEvent, QMouseEvent, QPainter, QPaintEvent

    from ssp_coder.ui.theme.theme import Theme

_NS_PER_MS = 1_000_000
_MARK_PX, _HEIGHT_PX, _LEAST_PX = 26, 190, 100
_PASSED_ON = (Qt.Key.Key_Escape, Qt.Key.Key_Tab, Qt.Key.Key_Backtab)


class ReactionField(QWidget):
    """A dark picture in which a mark appears; any key but Esc and Tab, or the mouse, is a tap.

    The time of a mark is the end of its painting, and that of a tap when its key event is taken:
    the same two moments between which a coder's lag lies, so that what the program itself needs is
    measured with it.
    """

    ACCESSIBLE_ROLE = QAccessible.Role.Indicator

    tapped = Signal(object)
    """Milliseconds since the mark was painted; None while there is none."""

    def __init__(
        self,
        theme: Theme,
        parent: QWidget | None = None,
        monotonic_ns: Callable[[], int] = time.perf_counter_ns,
    ) -> None:
        super().__init__(parent)
        install_roles()
        self._theme = theme
        self._monotonic_ns = monotonic_ns
        self._shown = False
        self._painted_ns: int | None = None
        self._words = ""
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Expanding)
        self.setMinimumHeight(theme.px(_LEAST_PX))
        describe(self, self.tr("Field in which a mark appears"))
        theme.changed.connect(self.update)

    @property
    def mark_is_painted(self) -> bool:
        """Whether the mark can be seen."""
        return self._painted_ns is not None

    def show_mark(self) -> None:
        """Let the mark appear."""
        self._shown, self._painted_ns, self._words = True, None, ""
        self.update()

    def clear(self, words: str = "") -> None:
        """Take the mark away, and say something in its place."""
        self._shown, self._painted_ns, self._words = False, None, words
        self.setAccessibleDescription(words)
        self.update()

    def sizeHint(self) -> QSize:  # noqa: N802, D102 - Qt's name
        return QSize(self._theme.px(480), self._theme.px(_HEIGHT_PX))

    def keyPressEvent(self, event: QKeyEvent) -> None:  # noqa: N802, D102 - Qt's name
        if event.key() in _PASSED_ON:
            super().keyPressEvent(event)
        elif not event.isAutoRepeat():
            self._tap()

    def mousePressEvent(self, _event: QMouseEvent) -> None:  # noqa: N802, D102 - Qt's name
        self.setFocus(Qt.FocusReason.MouseFocusReason)
        self._tap()

    def paintEvent(self, _event: QPaintEvent) -> None:  # noqa: N802, D102 - Qt's name
        painter = painter_of(self)
        painter.fillRect(self.rect(), self._theme.colour("stage"))
        if self._words:
            font = self._theme.font(FontUse.BODY)
            ink = Ink(colour=QColor(Qt.GlobalColor.white), font=font, align=CENTRE)
            paint_text(painter, self.rect(), self._words, ink)
        if self._shown:
            self._paint_mark(painter)
        if self.hasFocus():
            paint_ring(painter, self._theme, self.rect())
        painter.end()
        if self._shown and self._painted_ns is None:
            self._painted_ns = self._monotonic_ns()

    def _paint_mark(self, painter: QPainter) -> None:
        side = self._theme.px(_MARK_PX)
        painter.setPen(QPen(Qt.GlobalColor.black, self._theme.px(2)))
        painter.setBrush(Qt.GlobalColor.white)
        painter.drawEllipse(QPointF(QRectF(self.rect()).center()), side, side)

    def _tap(self) -> None:
        since = self._painted_ns
        passed = None if since is None else (self._monotonic_ns() - since) / _NS_PER_MS
        self.tapped.emit(passed)
