"""Cells with room around their words, and boxes to tick painted as the look."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, QPoint, QRect, QSize, Qt
from PySide6.QtGui import QPainter
from PySide6.QtWidgets import QApplication, QStyle, QStyledItemDelegate, QStyleOptionViewItem

from ssp_coder.ui.kit.painting import CHIP_RADIUS, Face, paint_face

if TYPE_CHECKING:
    from PySide6.QtCore import QObject

    from ssp_coder.ui.theme.theme import Theme

_ROOM = 14
_TICKED = (Qt.CheckState.Checked, Qt.CheckState.Checked.value)

Index = QModelIndex | QPersistentModelIndex


class BoxPainter(QStyledItemDelegate):
    """Paints a cell as Qt does, and its box as the check boxes beside the list."""

    def __init__(self, theme: Theme, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._theme = theme

    def sizeHint(self, option: QStyleOptionViewItem, index: Index) -> QSize:  # noqa: N802, D102 - Qt's name
        return super().sizeHint(option, index) + QSize(self._theme.px(_ROOM), 0)

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:  # noqa: D102 - Qt's name
        super().paint(painter, option, index)
        state = index.data(Qt.ItemDataRole.CheckStateRole)
        if state is None:
            return
        usable = bool(index.flags() & Qt.ItemFlag.ItemIsUserCheckable)
        usable = usable and bool(index.flags() & Qt.ItemFlag.ItemIsEnabled)
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        box = self._box(option, index)
        selected = bool(option.state & QStyle.StateFlag.State_Selected)
        painter.fillRect(
            box.adjusted(-2, -2, 2, 2), self._theme.colour("sel" if selected else "panel")
        )
        self._paint_box(painter, box, ticked=state in _TICKED, usable=usable)
        painter.restore()

    def _paint_box(self, painter: QPainter, box: QRect, *, ticked: bool, usable: bool) -> None:
        tokens = self._theme.tokens
        face = Face(ground=tokens.panel, border=tokens.ctl, radius=CHIP_RADIUS - 1)
        if not usable:
            face = Face(border=tokens.line, radius=CHIP_RADIUS - 1)
        elif ticked:
            face = Face(ground=tokens.accent, border=tokens.accent, radius=CHIP_RADIUS - 1)
        paint_face(painter, box, face)
        if ticked:
            side = box.width() - 2
            tick = self._theme.pixmap(
                "check", "onacc" if usable else "text3", side, painter.device().devicePixelRatioF()
            )
            painter.drawPixmap(box.topLeft() + QPoint(1, 1), tick)

    def _box(self, option: QStyleOptionViewItem, index: Index) -> QRect:
        shown = QStyleOptionViewItem(option)
        self.initStyleOption(shown, index)
        style = QApplication.style() if shown.widget is None else shown.widget.style()
        part = QStyle.SubElement.SE_ItemViewItemCheckIndicator
        return style.subElementRect(part, shown, shown.widget)
