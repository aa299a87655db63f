"""A few choices side by side, one of them chosen."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtGui import QAccessible, QFontMetrics, QKeyEvent
from PySide6.QtWidgets import QAbstractButton, QHBoxLayout, QSizePolicy, QWidget

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
from ssp_coder.ui.theme.fonts import FontUse

if TYPE_CHECKING:
    from collections.abc import Iterable

    from ssp_coder.ui.theme.theme import Theme


@dataclass(frozen=True, slots=True, kw_only=True)
class Segment:
    """One choice: its id, its words."""

    id: str
    title: str


class SegmentedControl(QWidget):
    """One choice of a few; Left and Right move between them."""

    ACCESSIBLE_ROLE = QAccessible.Role.Grouping

    segment_chosen = Signal(str)

    def __init__(
        self, theme: Theme, segments: Iterable[Segment], name: str, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        install_roles()
        self._chosen = ""
        self._parts: dict[str, _SegmentButton] = {}
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(0)
        for segment in segments:
            part = _SegmentButton(theme, segment, self)
            part.clicked.connect(self._part_clicked)
            row.addWidget(part)
            self._parts[segment.id] = part
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        describe(self, name)

    def chosen(self) -> str:
        """The id of the chosen segment, or an empty text."""
        return self._chosen

    def set_chosen(self, segment_id: str) -> None:
        """Show a segment as chosen, without a signal; an unknown id chooses none."""
        self._chosen = segment_id
        for part_id, part in self._parts.items():
            part.setChecked(part_id == segment_id)

    def part(self, segment_id: str) -> QAbstractButton:
        """The button of a segment."""
        return self._parts[segment_id]

    def keyPressEvent(self, event: QKeyEvent) -> None:  # noqa: N802, D102 - Qt's name
        step = {Qt.Key.Key_Left: -1, Qt.Key.Key_Right: 1}.get(Qt.Key(event.key()))
        ids = tuple(self._parts)
        if step is None or self._chosen not in ids:
            super().keyPressEvent(event)
            return
        index = ids.index(self._chosen) + step
        if 0 <= index < len(ids):
            self._parts[ids[index]].setFocus(Qt.FocusReason.TabFocusReason)
            self._choose(ids[index])

    def _part_clicked(self) -> None:
        part = self.sender()
        if isinstance(part, _SegmentButton):
            self._choose(part.segment.id)

    def _choose(self, segment_id: str) -> None:
        self.set_chosen(segment_id)
        self.segment_chosen.emit(segment_id)


class _SegmentButton(QAbstractButton):
    ACCESSIBLE_ROLE = QAccessible.Role.RadioButton

    def __init__(self, theme: Theme, segment: Segment, parent: QWidget) -> None:
        super().__init__(parent)
        self._theme = theme
        self.segment = segment
        self.setCheckable(True)
        self.setAttribute(Qt.WidgetAttribute.WA_Hover)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        describe(self, segment.title)
        theme.changed.connect(self.update)

    def sizeHint(self) -> QSize:  # noqa: N802 - Qt's name
        font = self._theme.font(FontUse.TABLE_STRONG)
        px = self._theme.px
        width = text_width(font, self.segment.title) + px(18)
        return with_ring(width, QFontMetrics(font).height() + px(9))

    def keyPressEvent(self, event: QKeyEvent) -> None:  # noqa: N802 - Qt's name
        if event.key() in (Qt.Key.Key_Left, Qt.Key.Key_Right):
            event.ignore()  # the control moves, not Qt's own search for a neighbour
            return
        super().keyPressEvent(event)

    def paintEvent(self, _event: object) -> None:  # noqa: N802 - Qt's name
        painter = painter_of(self)
        tokens = self._theme.tokens
        rect = face_rect(self)
        if self.hasFocus():
            paint_ring(painter, self._theme, self.rect())
            rect = rect.adjusted(1, 1, -1, -1)
        if self.isChecked() or self.isDown():
            paint_face(painter, rect, Face(ground=tokens.sel, border=tokens.accent))
        elif self.underMouse():
            paint_face(painter, rect, Face(ground=tokens.hover))
        use = FontUse.TABLE_STRONG if self.isChecked() else FontUse.TABLE
        token = "text" if self.isEnabled() else "text3"
        ink = Ink(colour=self._theme.colour(token), font=self._theme.font(use), align=CENTRE)
        paint_text(painter, rect, self.segment.title, ink)
        painter.end()
