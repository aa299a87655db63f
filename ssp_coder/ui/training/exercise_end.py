"""What a sitting of exercises came to: each answer beside the reference's, nothing more."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QGridLayout, QHBoxLayout, QLabel, QScrollArea, QVBoxLayout, QWidget

from ssp_coder.ui.kit.button import ButtonKind, PushButton
from ssp_coder.ui.kit.panel import Panel
from ssp_coder.ui.theme.fonts import FontUse
from ssp_coder.ui.training.exercise_words import MARK_ICONS, kind_title, mark_words, verdict_words

if TYPE_CHECKING:
    from ssp_coder.ui.theme.theme import Theme
    from ssp_coder.ui.training.drill import Given


class ExerciseEnd(Panel):
    """The answers of a sitting; emits `left` when the person goes back to the list."""

    left = Signal()

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(theme, "", parent)
        self.set_title(self.tr("Answers of this sitting"))
        self.back = PushButton(theme, self.tr("To the list"), ButtonKind.PRIMARY, self)
        self.back.set_keys((self.tr("Enter"),))
        self.back.clicked.connect(self.left)
        self.rows: tuple[str, ...] = ()
        self._grid = QGridLayout()
        self._inner = QWidget(self)
        self._build()

    def show_given(self, given: tuple[Given, ...]) -> None:
        """Show all answers in their order."""
        while self._grid.count():
            item = self._grid.takeAt(0)
            widget = None if item is None else item.widget()
            if widget is not None:
                widget.deleteLater()
        self.set_note(self.tr("{0} answered").format(len(given)))
        self.rows = tuple(verdict_words(one) for one in given)
        for place, one in enumerate(given):
            self._add(place, one)
        self.back.setFocus(Qt.FocusReason.OtherFocusReason)

    def _add(self, place: int, one: Given) -> None:
        icon, tone = MARK_ICONS[one.answered.mark]
        sign = QLabel(self._inner)
        side = self._theme.px(16)
        sign.setPixmap(self._theme.pixmap(icon, tone, side, self.devicePixelRatioF()))
        sign.setToolTip(mark_words(one.answered))
        sign.setAccessibleName(mark_words(one.answered))
        words = (kind_title(one.exercise.kind), str(one.exercise.question), self.rows[place])
        self._grid.addWidget(sign, place, 0, Qt.AlignmentFlag.AlignTop)
        for column, text in enumerate(words, 1):
            label = QLabel(text, self._inner)
            label.setWordWrap(column > 1)
            label.setFont(self._theme.font(FontUse.TABLE))
            label.setProperty("tone", "" if column > 2 else "second")
            self._grid.addWidget(label, place, column, Qt.AlignmentFlag.AlignTop)

    def _build(self) -> None:
        px = self._theme.px
        self._grid.setHorizontalSpacing(px(14))
        self._grid.setVerticalSpacing(px(8))
        self._grid.setColumnStretch(2, 3)
        self._grid.setColumnStretch(3, 2)
        column = QVBoxLayout(self._inner)
        column.setContentsMargins(px(14), px(12), px(14), px(12))
        column.addLayout(self._grid)
        column.addStretch(1)
        scroll = QScrollArea(self)
        scroll.setWidgetResizable(True)
        scroll.setFrameShape(QScrollArea.Shape.NoFrame)
        scroll.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        scroll.setWidget(self._inner)
        scroll.viewport().setAutoFillBackground(False)
        self._inner.setAutoFillBackground(False)
        foot = QHBoxLayout()
        foot.setContentsMargins(px(14), px(6), px(14), px(10))
        foot.addStretch(1)
        foot.addWidget(self.back)
        body = QWidget(self)
        whole = QVBoxLayout(body)
        whole.setContentsMargins(0, 0, 0, 0)
        whole.addWidget(scroll, 1)
        whole.addLayout(foot)
        self.set_body(body)
