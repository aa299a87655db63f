"""The button on the board that says which pass is in force, and the menu to choose another."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import QRect, QSize, Qt, Signal
from PySide6.QtGui import QAction, QActionGroup, QFontMetrics
from PySide6.QtWidgets import QAbstractButton, QMenu, QSizePolicy, QWidget

from ssp_coder.ui.code.passes import ALL_GROUPS, Passes
from ssp_coder.ui.kit.accessible import describe
from ssp_coder.ui.kit.painting import (
    Face,
    Ink,
    face_rect,
    paint_face,
    paint_ring,
    paint_text,
    painter_of,
    text_width,
    with_ring,
)
from ssp_coder.ui.theme.fonts import FontUse

if TYPE_CHECKING:
    from ssp_coder.ui.theme.theme import Theme

WIDEST_PX = 150
"""Longer names of passes are cut; the tooltip and the menu show them whole."""


class PassChooser(QAbstractButton):
    """Shows the pass in force; its menu offers all of them and what can be done with them."""

    pass_chosen = Signal(str)
    new_wanted = Signal()
    edit_wanted = Signal()
    delete_wanted = Signal()
    back_wanted = Signal()

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme = theme
        self._passes = Passes()
        self._keys = ""
        self.menu = QMenu(self)
        self._choices = QActionGroup(self)
        self.setAttribute(Qt.WidgetAttribute.WA_Hover)
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        self.clicked.connect(self._open)
        theme.changed.connect(self.update)
        self.show_passes(self._passes)

    def show_passes(self, passes: Passes) -> None:
        """Offer these passes."""
        self._passes = passes
        self.setText(self._name())
        describe(self, self.tr("Pass: {0}").format(self._name()), self.tr("Opens a menu"))
        self._show_tip()
        self._fill_menu()
        self.updateGeometry()

    def show_keys(self, keys: str) -> None:
        """Name the keys that go from pass to pass."""
        self._keys = keys
        self._show_tip()

    def sizeHint(self) -> QSize:  # noqa: N802, D102 - Qt's name
        font, px = self._theme.font(FontUse.TABLE), self._theme.px
        width = min(px(WIDEST_PX), text_width(font, self.text()) + px(30))
        return with_ring(width, QFontMetrics(font).height() + px(9))

    def paintEvent(self, _event: object) -> None:  # noqa: N802, D102 - Qt's name
        painter = painter_of(self)
        rect, px, tokens = face_rect(self), self._theme.px, self._theme.tokens
        if self.hasFocus():
            paint_ring(painter, self._theme, self.rect())
            rect = rect.adjusted(1, 1, -1, -1)
        if self._passes.current is not None:
            paint_face(painter, rect, Face(ground=tokens.sel, border=tokens.accent))
        elif self.underMouse() or self.isDown():
            paint_face(painter, rect, Face(ground=tokens.hover, border=tokens.ctl))
        side = px(10)
        ink = Ink(colour=self._theme.colour("text"), font=self._theme.font(FontUse.TABLE))
        words = rect.adjusted(px(8), 0, -side - px(9), 0)
        paint_text(painter, words, self.text(), ink)
        place = QRect(rect.right() - side - px(5), rect.y(), side, rect.height())
        sign = self._theme.pixmap("chevron-down", "text2", side, self.devicePixelRatioF())
        painter.drawPixmap(place.x(), place.center().y() - side // 2, sign)
        painter.end()

    def _show_tip(self) -> None:
        words = self.tr("Which groups are coded: {0}").format(self._name())
        turning = self.tr("Next pass, pass before: {0}").format(self._keys)
        self.setToolTip(f"{words}\n{turning}" if self._keys else words)

    def _name(self) -> str:
        current = self._passes.current
        return self.tr("All groups") if current is None else current.name

    def _open(self) -> None:
        self.menu.popup(self.mapToGlobal(self.rect().bottomLeft()))

    def _fill_menu(self) -> None:
        self.menu.clear()
        self._add_pass(ALL_GROUPS, self.tr("All groups"))
        for one in self._passes.kept:
            self._add_pass(one.name, one.name)
        self.menu.addSeparator()
        self.menu.addAction(self.tr("New pass…")).triggered.connect(self.new_wanted)
        edit = self.menu.addAction(self.tr("Change this pass…"))
        edit.triggered.connect(self.edit_wanted)
        delete = self.menu.addAction(self.tr("Delete this pass"))
        delete.triggered.connect(self.delete_wanted)
        for action in (edit, delete):
            action.setEnabled(self._passes.current is not None)
        if self._passes.deleted is not None:
            name = _menu_words(self._passes.deleted.one.name)
            back = self.menu.addAction(self.tr("Bring back the pass {0}").format(name))
            back.triggered.connect(self.back_wanted)

    def _add_pass(self, name: str, words: str) -> None:
        action = QAction(_menu_words(words), self.menu)
        action.setCheckable(True)
        current = self._passes.current
        action.setChecked((ALL_GROUPS if current is None else current.name) == name)
        action.triggered.connect(partial(self._choose, name))
        self._choices.addAction(action)
        self.menu.addAction(action)

    def _choose(self, name: str, _checked: bool = False) -> None:
        self.pass_chosen.emit(name)


def _menu_words(name: str) -> str:
    """A name that a person gave, in a menu, where a single & would be a mnemonic."""
    return name.replace("&", "&&")
