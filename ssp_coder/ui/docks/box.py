"""One panel with its title row and its frame, wherever it stands."""

from __future__ import annotations

from typing import TYPE_CHECKING, cast

from PySide6.QtCore import QEvent, QMimeData, QObject, QPoint, Qt, Signal
from PySide6.QtGui import QCursor, QDrag, QMouseEvent
from PySide6.QtWidgets import QApplication, QVBoxLayout, QWidget

from ssp_coder.ui.docks.buttons import PanelButtons
from ssp_coder.ui.kit.accessible import describe
from ssp_coder.ui.kit.painting import PANEL_RADIUS, Face, paint_face, painter_of
from ssp_coder.ui.kit.roomy import RoomyFrame
from ssp_coder.ui.kit.title_row import TitleRow

if TYPE_CHECKING:
    from collections.abc import Callable

    from PySide6.QtGui import QHideEvent, QPaintEvent, QShowEvent

    from ssp_coder.ui.docks.placing import PanelSpec
    from ssp_coder.ui.theme.theme import Theme

PANEL_MIME = "application/x-ssp-coder-panel"


class PanelBox(QWidget):
    """Holds a panel; its title row is the panel's own where that has one to lend.

    Signals:
        window_wanted: the person wants the panel in a window, or back; its id.
        away_wanted: the person does not want to see the panel now; its id.
        pulled_out: the title row was dragged to where no place took it; id and place.
        seen: the panel came into sight, or out of it; its id.
    """

    window_wanted = Signal(str)
    away_wanted = Signal(str)
    pulled_out = Signal(str, QPoint)
    seen = Signal(str)

    def __init__(self, theme: Theme, spec: PanelSpec, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.spec = spec
        self._theme = theme
        self._content: QWidget | None = None
        self._in_window = False
        self._under_tab = False
        self._head_given = False
        self._pressed: QPoint | None = None
        self._buttons = PanelButtons(theme, self)
        self._column = QVBoxLayout(self)
        self._column.setSpacing(0)
        self._frame = RoomyFrame(theme.px, self)
        self.head = TitleRow(theme, spec.title, self)
        self._take_head(self.head)
        if not spec.stays:
            self._column.addWidget(self._frame, 1)
        describe(self, spec.title)
        self._buttons.window_wanted.connect(self._ask_window)
        self._buttons.away_wanted.connect(self._ask_away)
        theme.changed.connect(self.update)
        if not spec.late:
            self.content()
        self._dress()
        # Seen only where a place or a window shows it.
        self.hide()

    @property
    def buttons(self) -> PanelButtons:
        """The buttons in the title row."""
        return self._buttons

    @property
    def is_made(self) -> bool:
        """Whether the panel itself is there already."""
        return self._content is not None

    def content(self) -> QWidget:
        """The panel, made now if it was not yet."""
        if self._content is None:
            content = self.spec.make(self if self.spec.stays else self._frame.ground)
            lend = self.spec.lend or getattr(content, "lend_title", None)
            if lend is not None:
                self._take_head(cast("Callable[[], TitleRow]", lend)())
            self._content = content
            if self.spec.stays:
                self._column.addWidget(content, 1)
            else:
                self._frame.hold(content)
            content.show()
            self._dress()
        return self._content

    def set_small(self, small: bool) -> None:
        """Scroll rather than ask for room."""
        self._frame.set_small(small)

    def set_in_window(self, in_window: bool) -> None:
        """Take note that the panel has a window of its own."""
        self._in_window = in_window
        self._dress()

    def set_under_tab(self, under_tab: bool) -> None:
        """Leave out what the tab over the panel shows."""
        self._under_tab = under_tab
        self._dress()

    def give_head(self) -> TitleRow:
        """The title row, to stand beside the tabs."""
        self._head_given = True
        self._column.removeWidget(self.head)
        self._dress()
        self.head.show()
        return self.head

    def take_head_back(self) -> None:
        """The title row stands over the panel again."""
        self._head_given = False
        self._column.insertWidget(0, self.head)
        self._dress()

    def showEvent(self, event: QShowEvent) -> None:  # noqa: N802, D102 - Qt's name
        super().showEvent(event)
        self.content()
        self.seen.emit(self.spec.id)

    def hideEvent(self, event: QHideEvent) -> None:  # noqa: N802, D102 - Qt's name
        super().hideEvent(event)
        self.seen.emit(self.spec.id)

    def paintEvent(self, _event: QPaintEvent) -> None:  # noqa: N802, D102 - Qt's name
        if self.spec.stays and not self._in_window:
            return
        tokens = self._theme.tokens
        painter = painter_of(self)
        radius = 0 if self._in_window else PANEL_RADIUS
        face = Face(ground=tokens.panel, border=tokens.line, radius=radius)
        paint_face(painter, self.rect(), face)
        painter.end()

    def eventFilter(self, _watched: QObject, event: QEvent) -> bool:  # noqa: N802, D102 - Qt's name
        if isinstance(event, QMouseEvent):
            self._follow_mouse(event)
        return False

    def start_drag(self) -> None:
        """Let the person drop the panel on another place, or on none: into a window."""
        drag = QDrag(self)
        mime = QMimeData()
        mime.setData(PANEL_MIME, self.spec.id.encode())
        drag.setMimeData(mime)
        if drag.exec(Qt.DropAction.MoveAction) is Qt.DropAction.IgnoreAction:
            self.pulled_out.emit(self.spec.id, QCursor.pos())

    def _follow_mouse(self, event: QMouseEvent) -> None:
        kind = event.type()
        if kind == QEvent.Type.MouseButtonDblClick:
            self._ask_window()
        elif kind == QEvent.Type.MouseButtonPress:
            left = event.button() is Qt.MouseButton.LeftButton
            self._pressed = event.globalPosition().toPoint() if left else None
        elif kind == QEvent.Type.MouseButtonRelease:
            self._pressed = None
        elif kind == QEvent.Type.MouseMove and self._pressed is not None:
            far = (event.globalPosition().toPoint() - self._pressed).manhattanLength()
            if far >= QApplication.startDragDistance() and not self._in_window:
                self._pressed = None
                self.start_drag()

    def _take_head(self, head: TitleRow) -> None:
        if head is not self.head:
            self._column.removeWidget(self.head)
            self.head.hide()
            self.head.deleteLater()
            self.head = head
        if not self._head_given:
            self._column.insertWidget(0, head)
        head.end_with(self._buttons)
        head.installEventFilter(self)

    def _ask_window(self) -> None:
        self.window_wanted.emit(self.spec.id)

    def _ask_away(self) -> None:
        self.away_wanted.emit(self.spec.id)

    def _dress(self) -> None:
        spec, in_window = self.spec, self._in_window
        under_tab = self._under_tab and not in_window
        bare = spec.stays and not in_window
        self._buttons.show_panel(spec.title, in_window=in_window, stays=spec.stays)
        self.head.show_title(not under_tab)
        if not self._head_given:
            self.head.setVisible(not bare and not (under_tab and not self.head.has_acts))
        edge = 0 if bare else 1
        self._column.setContentsMargins(edge, edge, edge, edge)
        self.update()
