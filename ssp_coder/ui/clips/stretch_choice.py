"""A stretch from a time to a time."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from ssp_coder.domain.time import SECOND_US, Micros, Span
from ssp_coder.reporting.clip_wishes import Wish, stretch_wish
from ssp_coder.ui.clips.words import time_words, typed_time
from ssp_coder.ui.dialogs.form import Form
from ssp_coder.ui.kit.button import ButtonKind, PushButton
from ssp_coder.ui.kit.field import FieldWithError

if TYPE_CHECKING:
    from ssp_coder.ui.clips.material import Material
    from ssp_coder.ui.theme.theme import Theme

FIRST_LENGTH_US = 10 * SECOND_US
"""Project default: so much from the picture on the screen on, until something else is typed."""


class StretchChoice(QWidget):
    """Two fields for times of the session, and the loop where there is one."""

    changed = Signal()

    def __init__(self, theme: Theme, material: Material, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme = theme
        self._material = material
        self.start = FieldWithError(theme, self.tr("From"), self)
        self.end = FieldWithError(theme, self.tr("To"), self)
        self.here = PushButton(theme, self.tr("From the picture on"), ButtonKind.QUIET, self)
        self.loop = PushButton(theme, self.tr("The loop"), ButtonKind.QUIET, self)
        self._build()
        self.here.clicked.connect(self.take_here)
        self.loop.clicked.connect(self.take_loop)
        for field in (self.start, self.end):
            field.text_edited.connect(self._tell)
        if material.loop is None:
            self.loop.disable(self.tr("Nothing is played in a loop"))
            self.take_here()
        else:
            self.take_loop()

    def wishes(self) -> tuple[Wish, ...]:
        """One clip, none while a time is wrong."""
        start, end = typed_time(self.start.text()), typed_time(self.end.text())
        form = self.tr("Write it like 12.5, 1:02.5 or 0:01:02.5")
        _tell_error(self.start, form if start is None else "")
        _tell_error(self.end, form if end is None else "")
        if start is None or end is None:
            return ()
        if end <= start:
            _tell_error(self.end, self.tr("The end must come after the start"))
            return ()
        return (stretch_wish(Span(start_us=start, end_us=end), self._material.coded),)

    def note(self) -> str:
        """Nothing to say beside the list."""
        return ""

    def take_here(self) -> None:
        """Begin with the picture on the screen."""
        start = self._material.moment_us
        self._take(Span(start_us=start, end_us=Micros(start + FIRST_LENGTH_US)))

    def take_loop(self) -> None:
        """Take what is played over and over."""
        if self._material.loop is not None:
            self._take(self._material.loop)

    def _take(self, span: Span) -> None:
        self.start.set_text(_typed(span.start_us))
        self.end.set_text(_typed(span.end_us))
        self.changed.emit()

    def _tell(self) -> None:
        self.changed.emit()

    def _build(self) -> None:
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(self._theme.px(4))
        form = Form(self._theme)
        form.add(self.tr("From"), self.start)
        form.add(self.tr("To"), self.end)
        column.addLayout(form)
        line = QHBoxLayout()
        line.setSpacing(self._theme.px(4))
        line.addWidget(self.here)
        line.addWidget(self.loop)
        line.addStretch(1)
        column.addLayout(line)
        column.addStretch(1)


def _tell_error(field: FieldWithError, error: str) -> None:
    if error:
        field.show_error(error)
    else:
        field.clear_error()


def _typed(time_us: int) -> str:
    """A time to the microsecond, so that the frame on the screen stays the first one."""
    whole, rest = divmod(time_us, SECOND_US)
    fraction = f".{rest:06d}".rstrip("0").rstrip(".") if rest else ""
    return f"{time_words(whole * SECOND_US).partition('.')[0]}{fraction}"
