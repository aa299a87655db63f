"""A media time whose digits never shift."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QSize
from PySide6.QtWidgets import QLabel, QWidget

from ssp_coder.domain.time import short_clock_text
from ssp_coder.ui.kit.accessible import describe
from ssp_coder.ui.kit.painting import text_width
from ssp_coder.ui.theme.fonts import FontUse

if TYPE_CHECKING:
    from ssp_coder.ui.theme.theme import Theme


class TimeLabel(QLabel):
    """Media time in tabular figures, as wide as the longest time it may have to show."""

    def __init__(
        self,
        theme: Theme,
        use: FontUse = FontUse.MEDIA_TIME,
        digits: int = 3,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self._theme = theme
        self._use = use
        self._digits = digits
        self._longest = "00:00.000"
        self.setFont(theme.font(use))
        self.show_time(0)

    def show_time(self, time_us: int) -> None:
        """Show a media time in microseconds."""
        text = short_clock_text(time_us, digits=self._digits)
        if len(text) > len(self._longest):
            self._longest = "0" * len(text)
            self.updateGeometry()
        self.setText(text)
        describe(self, self.tr("Media time {0}").format(text))

    def sizeHint(self) -> QSize:  # noqa: N802, D102 - Qt's name
        hint = super().sizeHint()
        return QSize(text_width(self._theme.font(self._use), self._longest), hint.height())

    def minimumSizeHint(self) -> QSize:  # noqa: N802, D102 - Qt's name
        return self.sizeHint()
