"""One place of the workspace: a panel, or several as tabs."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, QObject, QPoint, Qt, Signal
from PySide6.QtGui import QMouseEvent
from PySide6.QtWidgets import (
    QApplication,
    QHBoxLayout,
    QStackedWidget,
    QTabBar,
    QVBoxLayout,
    QWidget,
)

from ssp_coder.ui.docks.box import PANEL_MIME
from ssp_coder.ui.kit.accessible import describe
from ssp_coder.ui.kit.painting import PANEL_RADIUS, Face, paint_face, painter_of
from ssp_coder.ui.theme.fonts import FontUse

if TYPE_CHECKING:
    from PySide6.QtGui import (
        QDragEnterEvent,
        QDragLeaveEvent,
        QDropEvent,
        QPaintEvent,
        QResizeEvent,
    )

    from ssp_coder.ui.docks.box import PanelBox
    from ssp_coder.ui.theme.theme import Theme


class Place(QWidget):
    """Shows one of its panels, with a tab for each where there are several.

    Signals:
        dropped: a panel was dropped here; its id.
    """

    dropped = Signal(str)

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme = theme
        self._boxes: list[PanelBox] = []
        self._aimed_at = False
        self._filling = False
        self._row = QWidget(self)
        self.tabs = QTabBar(self._row)
        self._seated: PanelBox | None = None
        self._pressed: QPoint | None = None
        self._stack = QStackedWidget(self)
        self.setAcceptDrops(True)
        self._build()

    @property
    def ground(self) -> QWidget:
        """What panels stand on here."""
        return self._stack

    @property
    def boxes(self) -> tuple[PanelBox, ...]:
        """The panels that are shown here, in the order of their tabs."""
        return tuple(self._boxes)

    def front(self) -> PanelBox | None:
        """The panel that is seen."""
        place = self._stack.currentIndex()
        return self._boxes[place] if 0 <= place < len(self._boxes) else None

    def show_boxes(self, boxes: list[PanelBox], front: PanelBox | None = None) -> None:
        """Show these panels in this order; what is here already is not built anew."""
        front = front or self.front()
        if boxes != self._boxes:
            self._filling = True
            self._unseat()
            for box in self._boxes:
                if box not in boxes and self._stack.indexOf(box) >= 0:
                    self._stack.removeWidget(box)
                    box.hide()
            for place, box in enumerate(boxes):
                if self._stack.indexOf(box) != place:
                    self._stack.insertWidget(place, box)
            self._boxes = list(boxes)
            self._fill_tabs()
            self._filling = False
        if front in self._boxes:
            self.bring_forward(front)
        self.setVisible(bool(boxes))
        self._show_front()

    def bring_forward(self, box: PanelBox | None) -> None:
        """Show a panel that is here in front of the others."""
        if box in self._boxes:
            self.tabs.setCurrentIndex(self._boxes.index(box))
            self._show_front()

    def resizeEvent(self, event: QResizeEvent) -> None:  # noqa: N802, D102 - Qt's name
        super().resizeEvent(event)
        self._seat()

    def eventFilter(self, _watched: QObject, event: QEvent) -> bool:  # noqa: N802, D102 - Qt's name
        if isinstance(event, QMouseEvent):
            self._follow_mouse(event)
        return False

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:  # noqa: N802, D102 - Qt's name
        if event.mimeData().hasFormat(PANEL_MIME):
            event.acceptProposedAction()
            self._aim(True)

    def dragLeaveEvent(self, _event: QDragLeaveEvent) -> None:  # noqa: N802, D102 - Qt's name
        self._aim(False)

    def dropEvent(self, event: QDropEvent) -> None:  # noqa: N802, D102 - Qt's name
        self._aim(False)
        event.acceptProposedAction()
        self.dropped.emit(bytes(event.mimeData().data(PANEL_MIME).data()).decode())

    def paintEvent(self, _event: QPaintEvent) -> None:  # noqa: N802, D102 - Qt's name
        if not self._row.isVisible() and not self._aimed_at:
            return
        tokens = self._theme.tokens
        border = tokens.accent if self._aimed_at else tokens.line
        painter = painter_of(self)
        face = Face(ground=tokens.panel, border=border, radius=PANEL_RADIUS)
        paint_face(painter, self.rect(), face)
        painter.end()

    def _aim(self, aimed_at: bool) -> None:
        self._aimed_at = aimed_at
        edge = 2 if aimed_at else 0
        self._column.setContentsMargins(edge, edge, edge, edge)
        self.update()

    def _fill_tabs(self) -> None:
        while self.tabs.count():
            self.tabs.removeTab(0)
        for box in self._boxes:
            self.tabs.addTab(box.spec.title)
        several = len(self._boxes) > 1
        if several:
            # The layout may remember the bar as it was without tabs: without any height.
            self.tabs.setMinimumHeight(self.tabs.sizeHint().height())
        self._row.setVisible(several)
        for box in self._boxes:
            box.set_under_tab(several)

    def _choose(self, place: int) -> None:
        if not self._filling and 0 <= place < len(self._boxes):
            self._show_front()

    def _show_front(self) -> None:
        place = self.tabs.currentIndex()
        if not 0 <= place < len(self._boxes):
            return
        if self._stack.currentIndex() != place:
            self._stack.setCurrentIndex(place)
        self._seat()

    def _seat(self) -> None:
        """Let the title row of the panel in front stand beside the tabs where there is room."""
        box = self.front()
        several = len(self._boxes) > 1
        if box is not None and several and self._has_room(box):
            if self._seated is not box:
                self._unseat()
                self._seated = box
                self._line.addWidget(box.give_head(), 1)
        else:
            self._unseat()

    def _unseat(self) -> None:
        if self._seated is not None:
            box, self._seated = self._seated, None
            box.take_head_back()

    def _has_room(self, box: PanelBox) -> bool:
        needed = self.tabs.sizeHint().width() + box.head.whole_width()
        return needed + self._theme.px(12) <= self.width()

    def _follow_mouse(self, event: QMouseEvent) -> None:
        """A tab can be dragged to another place; a double click gives it a window."""
        at = self.tabs.tabAt(event.position().toPoint())
        box = self._boxes[at] if 0 <= at < len(self._boxes) else None
        kind = event.type()
        if kind == QEvent.Type.MouseButtonDblClick and box is not None:
            box.window_wanted.emit(box.spec.id)
        elif kind == QEvent.Type.MouseButtonPress:
            left = event.button() is Qt.MouseButton.LeftButton
            self._pressed = event.position().toPoint() if left and box is not None else None
        elif kind == QEvent.Type.MouseButtonRelease:
            self._pressed = None
        elif kind == QEvent.Type.MouseMove and self._pressed is not None:
            far = (event.position().toPoint() - self._pressed).manhattanLength()
            front = self.front()
            if far >= QApplication.startDragDistance() and front is not None:
                self._pressed = None
                front.start_drag()

    def _build(self) -> None:
        px = self._theme.px
        self.tabs.setDrawBase(False)
        self.tabs.setExpanding(False)
        self.tabs.setUsesScrollButtons(True)
        self.tabs.setFont(self._theme.font(FontUse.LABEL))
        describe(self.tabs, self.tr("Panels in this place"))
        self._line = QHBoxLayout(self._row)
        self._line.setContentsMargins(px(4), 0, 0, 0)
        self._line.setSpacing(0)
        self._line.addWidget(self.tabs)
        self._row.setMinimumHeight(px(31))
        self.tabs.installEventFilter(self)
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, 0, 0, 0)
        self._column.setSpacing(0)
        self._column.addWidget(self._row)
        self._column.addWidget(self._stack, 1)
        self.tabs.currentChanged.connect(self._choose)
