"""Buttons of all classes of a rule table, group by group; one of them is chosen."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtGui import QAccessible, QFontMetrics, QKeyEvent
from PySide6.QtWidgets import QAbstractButton, QGridLayout, QHBoxLayout, QSizePolicy, QWidget

from ssp_coder.ui.kit.accessible import describe, install_roles
from ssp_coder.ui.kit.painting import (
    CENTRE,
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
from ssp_coder.ui.rate.lettering import short_lettering
from ssp_coder.ui.theme.fonts import FontUse

if TYPE_CHECKING:
    from ssp_coder.domain.ruletable import RuleTable
    from ssp_coder.ui.theme.theme import Theme


class ClassButton(QAbstractButton):
    """One class; filled while it is chosen."""

    ACCESSIBLE_ROLE = QAccessible.Role.RadioButton

    def __init__(self, theme: Theme, name: str, title: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        install_roles()
        self._theme = theme
        self.name = name
        self.setCheckable(True)
        self.setAttribute(Qt.WidgetAttribute.WA_Hover)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        describe(self, title)
        self.setToolTip(title)
        theme.changed.connect(self.update)

    def sizeHint(self) -> QSize:  # noqa: N802, D102 - Qt's name
        px = self._theme.px
        font = self._theme.font(FontUse.LABEL_STRONG)
        return with_ring(text_width(font, self.name) + px(16), QFontMetrics(font).height() + px(11))

    def keyPressEvent(self, event: QKeyEvent) -> None:  # noqa: N802, D102 - Qt's name
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self.click()
            return
        super().keyPressEvent(event)

    def nextCheckState(self) -> None:  # noqa: N802, D102 - Qt's name
        self.setChecked(self.isChecked())

    def paintEvent(self, _event: object) -> None:  # noqa: N802, D102 - Qt's name
        painter = painter_of(self)
        rect = face_rect(self)
        if self.hasFocus():
            paint_ring(painter, self._theme, self.rect())
            rect = rect.adjusted(1, 1, -1, -1)
        paint_face(painter, rect, self._face())
        use = FontUse.LABEL_STRONG if self.isChecked() else FontUse.BODY
        ink = Ink(
            colour=self._theme.colour("onacc" if self.isChecked() else "text"),
            font=self._theme.font(use),
            align=CENTRE,
        )
        paint_text(painter, rect, self.name, ink)
        painter.end()

    def _face(self) -> Face:
        tokens = self._theme.tokens
        if self.isChecked():
            return Face(ground=tokens.accent, border=tokens.accent)
        if not self.isEnabled():
            return Face(border=tokens.line)
        ground = tokens.hover if self.underMouse() else tokens.panel
        return Face(ground=ground, border=tokens.ctl)


class ClassButtons(QWidget):
    """A row for each group with subgroups and one for the rest; emits `class_chosen`."""

    class_chosen = Signal(str)

    def __init__(self, theme: Theme, table: RuleTable, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme = theme
        self._buttons: dict[str, ClassButton] = {}
        grid = QGridLayout(self)
        grid.setContentsMargins(0, 0, 0, 0)
        grid.setHorizontalSpacing(theme.px(8))
        grid.setVerticalSpacing(theme.px(2))
        grid.setColumnStretch(1, 1)
        rows = [
            (str(g.title), tuple((n, f"{n}, {g.title}") for n in g.subgroups))
            for g in table.groups
            if g.subgroups
        ]
        rest = tuple((g.id, f"{g.id}, {g.title}") for g in table.groups if not g.subgroups)
        rows += [(self.tr("Other"), rest)] if rest else []
        for row, (title, classes) in enumerate(rows):
            grid.addWidget(short_lettering(theme, title, FontUse.BODY, "second"), row, 0)
            grid.addLayout(self._build_row(classes), row, 1)
        describe(self, self.tr("Your class"))

    def button(self, name: str) -> ClassButton:
        """The button of a subgroup, or of a group without any."""
        return self._buttons[name]

    def show_chosen(self, name: str) -> None:
        """Fill the button of a class; an unknown name fills none."""
        for known, button in self._buttons.items():
            button.setChecked(known == name)

    def focus_chosen(self) -> None:
        """Put the keyboard on the class that is chosen, on the first where none is."""
        buttons = tuple(self._buttons.values())
        for button in buttons:
            if button.isChecked():
                button.setFocus(Qt.FocusReason.OtherFocusReason)
                return
        if buttons:
            buttons[0].setFocus(Qt.FocusReason.OtherFocusReason)

    def _build_row(self, classes: tuple[tuple[str, str], ...]) -> QHBoxLayout:
        row = QHBoxLayout()
        row.setSpacing(self._theme.px(1))
        for name, title in classes:
            button = ClassButton(self._theme, name, title, self)
            button.clicked.connect(self._tell)
            self._buttons[name] = button
            row.addWidget(button)
        return row

    def _tell(self) -> None:
        pressed = self.sender()
        if isinstance(pressed, ClassButton):
            self.class_chosen.emit(pressed.name)
