"""When a camera began, typed in."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from ssp_coder.domain.time import Micros, offset_text, parse_offset
from ssp_coder.ui.kit.button import PushButton
from ssp_coder.ui.kit.field import FieldWithError
from ssp_coder.ui.rate.lettering import lettering, short_lettering
from ssp_coder.ui.theme.fonts import FontUse

if TYPE_CHECKING:
    from ssp_coder.ui.theme.theme import Theme


class TypedPane(QWidget):
    """A field for the offset, and buttons that move it by one frame.

    Signals:
        typed: an offset in microseconds.
        mistyped: what stands in the field is no time.
    """

    typed = Signal(object)
    mistyped = Signal()

    def __init__(
        self, theme: Theme, place: int, frame_us: Micros, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self._theme = theme
        self._frame_us = frame_us
        self._offset_us: Micros | None = None
        self._camera = self.tr("Camera {0}").format(place + 1)
        self.field = FieldWithError(
            theme, self.tr("Time of the session at which {0} begins").format(self._camera), self
        )
        self.earlier = PushButton(theme, self.tr("1 frame earlier"), parent=self)
        self.later = PushButton(theme, self.tr("1 frame later"), parent=self)
        self._build()
        self.field.text_edited.connect(self._read)
        self.earlier.clicked.connect(partial(self._shift, -1))
        self.later.clicked.connect(partial(self._shift, 1))

    def show_offset(self, offset_us: Micros) -> None:
        """Show an offset; the text of one that was just typed stays as it is."""
        if offset_us == self._offset_us:
            return
        self._offset_us = offset_us
        self.field.set_text(offset_text(offset_us))
        self.field.clear_error()

    def forget(self) -> None:
        """Let the next offset replace whatever stands in the field."""
        self._offset_us = None

    def set_locked(self, reason: str) -> None:
        """Let nothing be typed, for a reason; an empty one lets it again."""
        self.field.set_read_only(bool(reason))
        for button in (self.earlier, self.later):
            if reason:
                button.disable(reason)
            else:
                button.enable()

    def _read(self, text: str) -> None:
        try:
            offset_us = parse_offset(text)
        except ValueError:
            self.field.show_error(
                self.tr("Like 3.2, −12.48 or 0:01:02.5")
                if text.strip()
                else self.tr("Write when it begins")
            )
            self.mistyped.emit()
            return
        self.field.clear_error()
        self._offset_us = offset_us
        self.typed.emit(offset_us)

    def _shift(self, frames: int) -> None:
        moved = Micros((self._offset_us or 0) + frames * self._frame_us)
        self.show_offset(moved)
        self.typed.emit(moved)

    def _build(self) -> None:
        px = self._theme.px
        words = self.tr("{0} begins at").format(self._camera)
        label = short_lettering(self._theme, words, FontUse.LABEL, "second")
        label.setBuddy(self.field.edit)
        self.field.setFixedWidth(px(250))
        row = QHBoxLayout()
        row.setSpacing(px(8))
        top = Qt.AlignmentFlag.AlignTop
        label.setContentsMargins(0, px(8), 0, 0)
        for widget in (label, self.field, self.earlier, self.later):
            row.addWidget(widget, 0, top)
        row.addStretch(1)
        hint = self.tr(
            "Time of camera 1 at which the first picture of {0} appears, as h:mm:ss.mmm or in "
            "seconds. With a minus it was started before camera 1."
        ).format(self._camera)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, px(8), 0, 0)
        column.setSpacing(px(4))
        column.addLayout(row)
        column.addWidget(lettering(self._theme, hint, FontUse.TABLE, "hint"))
        column.addStretch(1)
