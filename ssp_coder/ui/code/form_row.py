"""A row of fields with captions; one line under all of them says what is wrong."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, QObject, Qt
from PySide6.QtGui import QPalette
from PySide6.QtWidgets import QGridLayout, QLabel, QSizePolicy, QWidget

from ssp_coder.ui.kit.accessible import describe
from ssp_coder.ui.kit.choice import ComboBox
from ssp_coder.ui.kit.field import ErrorLine, FieldWithError
from ssp_coder.ui.theme.fonts import FontUse

if TYPE_CHECKING:
    from collections.abc import Iterable

    from ssp_coder.ui.theme.theme import Theme


class RefusalLine(ErrorLine):
    """Lies over the lines of narrow fields and has the width of their row for its sentence."""

    def __init__(self, theme: Theme, row: QWidget) -> None:
        super().__init__(theme, row)
        self._row = row
        self._fields: tuple[FieldWithError, ...] = ()
        self._own = ""
        self.setAutoFillBackground(True)
        self.hide()
        row.installEventFilter(self)
        theme.changed.connect(self._colour)
        self._colour()

    def follow(self, fields: Iterable[FieldWithError]) -> None:
        """Say what is wrong in any of these fields."""
        self._fields = tuple(fields)
        for field in self._fields:
            field.error_changed.connect(self._show)

    def say(self, sentence: str) -> None:
        """Say something that no field of text is to blame for, or take it away."""
        self._own = sentence
        self._show()

    def eventFilter(self, _watched: QObject, event: QEvent) -> bool:  # noqa: N802, D102 - Qt's name
        if event.type() in (QEvent.Type.Resize, QEvent.Type.LayoutRequest):
            self._place()
        return False

    def _show(self) -> None:
        errors = (field.error() for field in self._fields)
        self.show_text(next((error for error in errors if error), self._own))
        self.setVisible(bool(self.text))
        self._place()
        self.raise_()

    def _place(self) -> None:
        if not self.text or not self._fields:
            return
        place, high = self._fields[0].geometry(), self.sizeHint().height()
        edges = self._row.contentsRect()
        wide = edges.width() - 2 * place.x()
        self.setGeometry(place.x(), place.bottom() + 1 - high, wide, high)

    def _colour(self) -> None:
        palette = QPalette(self.palette())
        palette.setColor(QPalette.ColorRole.Window, self._theme.colour("panel"))
        self.setPalette(palette)


class _Choice(ComboBox):
    def __init__(self, theme: Theme, name: str, parent: QWidget) -> None:
        super().__init__(theme, parent)
        self._name = name
        self.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Fixed)
        self.setToolTip(name)
        describe(self, name)
        self.currentTextChanged.connect(self._tell)

    def _tell(self, text: str) -> None:
        self.setToolTip(f"{self._name}: {text}" if text else self._name)


class FormRow(QWidget):
    """Fields side by side under their captions, as wide as their share of the row."""

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme = theme
        self._captions: list[QLabel] = []
        self.refusal = RefusalLine(theme, self)

    def set_compact(self, compact: bool) -> None:
        """Leave out the captions where the window is low; fields keep their spoken names."""
        for caption in self._captions:
            caption.setVisible(not compact)

    def choice(self, name: str) -> ComboBox:
        """A drop-down list that takes its share; its tip tells a text that has no room."""
        return _Choice(self._theme, name, self)

    def lay_out(self, fields: list[tuple[str, QWidget, int]], last: QWidget) -> None:
        """Place fields, each with its caption and its share of the width, and what comes last."""
        px = self._theme.px
        grid = QGridLayout(self)
        grid.setContentsMargins(px(10), px(4), px(6), px(2))
        grid.setHorizontalSpacing(px(6))
        grid.setVerticalSpacing(0)
        for column, (words, widget, share) in enumerate(fields):
            label = QLabel(words, self)
            label.setFont(self._theme.font(FontUse.CAPTION))
            label.setProperty("tone", "hint")
            label.setBuddy(widget)
            self._captions.append(label)
            if not widget.toolTip():
                widget.setToolTip(words)
            widget.setMinimumWidth(px(64))
            grid.addWidget(label, 0, column)
            grid.addWidget(widget, 1, column, Qt.AlignmentFlag.AlignTop)
            grid.setColumnStretch(column, share)
        grid.addWidget(last, 1, len(fields), Qt.AlignmentFlag.AlignTop)
        self.refusal.follow(w for _, w, _ in fields if isinstance(w, FieldWithError))
