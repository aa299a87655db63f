"""A frame that scrolls what is larger than the room it has."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, QObject, QSize, Qt, Signal
from PySide6.QtWidgets import QFrame, QScrollArea, QWidget

if TYPE_CHECKING:
    from collections.abc import Callable

    from PySide6.QtGui import QResizeEvent

_LEAST_PX = (96, 56)


class RoomyFrame(QScrollArea):
    """Gives its content at least the room that this needs; in a small room it scrolls.

    Otherwise it asks for as much room as its content does, so that nothing need scroll.
    """

    def __init__(self, px: Callable[[float], int], parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._px = px
        self._small = False
        self._content: QWidget | None = None
        self._ground = _Ground()
        self.setWidgetResizable(True)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.viewport().setAutoFillBackground(False)
        self.setWidget(self._ground)
        # A scroll area fills the ground of what it is given.
        self._ground.setAutoFillBackground(False)
        self._ground.room_changed.connect(self.updateGeometry)

    @property
    def ground(self) -> QWidget:
        """What to make the content on: a widget that changes its parent is dressed anew."""
        return self._ground

    def hold(self, content: QWidget) -> None:
        """Put a widget into the frame."""
        self._content = content
        self._ground.take(content)

    def set_small(self, small: bool) -> None:
        """Scroll rather than ask for room."""
        if small != self._small:
            self._small = small
            self.updateGeometry()

    def minimumSizeHint(self) -> QSize:  # noqa: N802, D102 - Qt's name
        if self._content is None or self._small:
            return QSize(self._px(_LEAST_PX[0]), self._px(_LEAST_PX[1]))
        return self._ground.minimumSizeHint()

    def sizeHint(self) -> QSize:  # noqa: N802, D102 - Qt's name
        return super().sizeHint() if self._content is None else self._ground.sizeHint()


class _Ground(QWidget):
    """Gives its content all of its room; without a layout, which would ask for its whole text."""

    room_changed = Signal()

    def __init__(self) -> None:
        super().__init__()
        self._content: QWidget | None = None

    def take(self, content: QWidget) -> None:
        """Hold a widget."""
        self._content = content
        if content.parentWidget() is not self:
            content.setParent(self)
        content.setGeometry(self.rect())
        self.updateGeometry()
        content.show()
        content.installEventFilter(self)

    def minimumSizeHint(self) -> QSize:  # noqa: N802 - Qt's name
        content = self._content
        if content is None:
            return QSize()
        return content.minimumSizeHint().expandedTo(content.minimumSize())

    def sizeHint(self) -> QSize:  # noqa: N802 - Qt's name
        return QSize() if self._content is None else self._content.sizeHint()

    def resizeEvent(self, _event: QResizeEvent) -> None:  # noqa: N802 - Qt's name
        if self._content is not None:
            self._content.setGeometry(self.rect())

    def eventFilter(self, _watched: QObject, event: QEvent) -> bool:  # noqa: N802 - Qt's name
        if event.type() == QEvent.Type.LayoutRequest:
            self.updateGeometry()
            self.room_changed.emit()
        return False
