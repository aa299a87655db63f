"""The saved indicator: always in the same place, never silent about an error."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QRect, QSize
from PySide6.QtGui import QAccessible, QFontMetrics
from PySide6.QtWidgets import QSizePolicy, QWidget

from ssp_coder.ui.kit.accessible import describe, install_roles
from ssp_coder.ui.kit.painting import Ink, paint_text, painter_of, text_width
from ssp_coder.ui.theme.fonts import FontUse

if TYPE_CHECKING:
    from ssp_coder.ui.theme.theme import Theme


class SavedIndicator(QWidget):
    """Says whether all edits are on disk: an icon with words, in a fixed place."""

    ACCESSIBLE_ROLE = QAccessible.Role.StatusBar

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        install_roles()
        self._theme = theme
        self._icon = ""
        self._text = ""
        self._icon_token = "text2"  # noqa: S105 - a colour token
        self._text_token = "text2"  # noqa: S105 - a colour token
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Fixed)
        theme.changed.connect(self.update)

    def text(self) -> str:
        """The words shown; empty while no file is open."""
        return self._text

    def show_saved(self, time: str) -> None:
        """Say that all edits are on disk since a time of day."""
        self._show("check", "ok", self.tr("Saved {0}").format(time), "text2")

    def show_saving(self) -> None:
        """Say that edits are on their way to disk."""
        self._show("clock", "text2", self.tr("Saving"), "text2")

    def show_error(self, text: str, held: int) -> None:
        """Say what went wrong and how many edits are held in memory.

        Args:
            text: what went wrong, for instance ``Disk full``.
            held: how many edits are not on disk.
        """
        edits = self.tr("1 edit") if held == 1 else self.tr("{0} edits").format(held)
        words = self.tr("{0}: kept in memory, {1}").format(text, edits)
        self._show("warning", "err", words, "err")

    def show_locked(self) -> None:
        """Say that the coding is locked."""
        self._show("lock", "text2", self.tr("Locked"), "text2")

    def show_read_only(self) -> None:
        """Say that the coding is open for reading only."""
        self._show("lock", "text2", self.tr("Read only"), "text2")

    def show_nothing(self) -> None:
        """Say nothing: no file is open."""
        self._show("", "text2", "", "text2")

    def sizeHint(self) -> QSize:  # noqa: N802, D102 - Qt's name
        font = self._theme.font(FontUse.TABLE)
        width = text_width(font, self._text or self.tr("Saved 00:00:00")) + self._theme.px(24)
        return QSize(width, QFontMetrics(font).height() + self._theme.px(8))

    def minimumSizeHint(self) -> QSize:  # noqa: N802, D102 - Qt's name
        return QSize(self._theme.px(60), self.sizeHint().height())

    def paintEvent(self, _event: object) -> None:  # noqa: N802, D102 - Qt's name
        painter = painter_of(self)
        side = self._theme.px(14)
        if self._icon:
            ratio = self.devicePixelRatioF()
            icon = self._theme.pixmap(self._icon, self._icon_token, side, ratio)
            painter.drawPixmap(0, (self.height() - side) // 2, icon)
        left = side + self._theme.px(6)
        words = QRect(left, 0, self.width() - left, self.height())
        ink = Ink(colour=self._theme.colour(self._text_token), font=self._theme.font(FontUse.TABLE))
        paint_text(painter, words, self._text, ink)
        painter.end()

    def _show(self, icon: str, icon_token: str, text: str, text_token: str) -> None:
        self._icon, self._icon_token = icon, icon_token
        self._text, self._text_token = text, text_token
        describe(self, text)
        self.setToolTip(text)
        self.updateGeometry()
        self.update()
