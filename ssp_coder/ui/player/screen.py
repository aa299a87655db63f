"""The pictures of all cameras in one place: one large, the others small, or all alike."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import QSize, Signal
from PySide6.QtGui import QPainter, QPen
from PySide6.QtWidgets import QSizePolicy, QWidget

from ssp_coder.domain.coding import MOST_CAMERAS
from ssp_coder.ui.kit.accessible import describe
from ssp_coder.ui.player.arrangement import Arrangement, places
from ssp_coder.ui.player.view import VideoView

if TYPE_CHECKING:
    from PySide6.QtGui import QPaintEvent, QResizeEvent

    from ssp_coder.ui.theme.theme import Theme

SMALL_PX = 176
_RIM_PX = 2


class Screen(QWidget):
    """Lays the views out; a click on a small one asks for it to be the large one."""

    active_wanted = Signal(int)
    arrangement_changed = Signal(object)

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme = theme
        self._shown: tuple[int, ...] = (0,)
        self._active = 0
        self._arrangement = Arrangement.BOTTOM_RIGHT
        self.views = tuple(VideoView(theme, self) for _ in range(MOST_CAMERAS))
        self.setMinimumSize(self.views[0].minimumSize())
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Expanding)
        for place, view in enumerate(self.views):
            view.setMinimumSize(1, 1)
            view.clicked.connect(partial(self.active_wanted.emit, place))
        self.show_cameras(("",))
        theme.changed.connect(self._lay_out)

    @property
    def arrangement(self) -> Arrangement:
        """Where the small pictures lie."""
        return self._arrangement

    @property
    def count(self) -> int:
        """How many cameras are shown."""
        return len(self._shown)

    def show_cameras(self, names: tuple[str, ...]) -> None:
        """Show so many cameras, with the names of their recordings."""
        self._shown = tuple(range(max(1, min(len(names), len(self.views)))))
        alone = len(names) < 2
        for place, view in enumerate(self.views):
            view.setVisible(place in self._shown)
            if place < len(names):
                words = self.tr("Camera {0}: {1}").format(place + 1, names[place])
                describe(view, self.tr("Video") if alone else words)
                view.setToolTip("" if alone else words)
        self.show_active(self._active if self._active in self._shown else 0)

    def show_active(self, place: int) -> None:
        """Let a camera be the large one."""
        self._active = place
        self._lay_out()

    def arrange(self, arrangement: Arrangement) -> None:
        """Lay the small pictures elsewhere."""
        if arrangement is not self._arrangement:
            self._arrangement = arrangement
            self._lay_out()
            self.arrangement_changed.emit(arrangement)

    def sizeHint(self) -> QSize:  # noqa: N802, D102 - Qt's name
        return self.views[0].sizeHint()

    def resizeEvent(self, event: QResizeEvent) -> None:  # noqa: N802, D102 - Qt's name
        super().resizeEvent(event)
        self._lay_out()

    def paintEvent(self, event: QPaintEvent) -> None:  # noqa: N802, D102 - Qt's name
        painter = QPainter(self)
        painter.fillRect(event.rect(), self._theme.colour("stage"))
        painter.end()

    def _lay_out(self) -> None:
        places_now = places(
            self.rect(),
            self._shown,
            self._active,
            self._arrangement,
            self._theme.px(SMALL_PX),
        )
        self.views[self._active].lower()
        for place, rect in places_now.items():
            self.views[place].show_rim(self._rim(place))
            self.views[place].setGeometry(rect)
        self.update()

    def _rim(self, place: int) -> QPen | None:
        """What sets a picture off from the one below it, or the large one off among equals."""
        if len(self._shown) < 2:
            return None
        alike = self._arrangement is Arrangement.ALIKE
        if place == self._active:
            return QPen(self._theme.colour("accent"), _RIM_PX) if alike else None
        return QPen(self._theme.colour("stage" if alike else "ctl"), 1)
