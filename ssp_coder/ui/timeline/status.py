"""What is being worked out for the timeline, quietly, with a way to stop it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QFontMetrics
from PySide6.QtWidgets import QHBoxLayout, QLabel, QSizePolicy, QWidget

from ssp_coder.ui.kit.accessible import describe
from ssp_coder.ui.kit.button import ButtonKind, PushButton
from ssp_coder.ui.kit.chip import Chip, ChipFace
from ssp_coder.ui.theme.fonts import FontUse

if TYPE_CHECKING:
    from ssp_coder.ui.theme.theme import Theme

_WORDS_PX = 210


class WorkStatus(QWidget):
    """A few words and one button in the header of the timeline, or nothing at all.

    What narrows the motion lane stands beside it as a chip that can be taken away.
    """

    stop_requested = Signal()
    resume_requested = Signal()
    region_dropped = Signal()

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme = theme
        self._stopped = False
        self.words = QLabel(self)
        self.words.setFont(theme.font(FontUse.CAPTION))
        self.words.setProperty("tone", "second")
        self.button = PushButton(theme, self.tr("Stop"), ButtonKind.QUIET, self)
        self.region = Chip(theme, ChipFace(text=self.tr("Motion in a region"), removable=True))
        self.region.setToolTip(self.tr("Take it away to measure the whole picture"))
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(theme.px(4))
        for part in (self.region, self.words, self.button):
            row.addWidget(part)
            part.hide()
        self.setSizePolicy(QSizePolicy.Policy.Maximum, QSizePolicy.Policy.Preferred)
        self.button.clicked.connect(self._press)
        self.region.removed.connect(self.region_dropped)
        self.region.clicked.connect(self.region_dropped)
        describe(self, self.tr("Work on the timeline"))

    def show_progress(self, words: str) -> None:
        """Say what is being worked out and how far it is."""
        self._stopped = False
        self._say(words)
        self.button.set_words(self.tr("Stop"))
        self.button.show()

    def show_stopped(self, words: str) -> None:
        """Say that the work was stopped; the button goes on with it."""
        self._stopped = True
        self._say(words)
        self.button.set_words(self.tr("Go on"))
        self.button.show()

    def show_words(self, words: str) -> None:
        """Say something that needs no button; nothing when empty."""
        self._stopped = False
        self._say(words)
        self.button.hide()

    def show_region(self, words: str) -> None:
        """Say which part of the picture the motion is measured in; empty for all of it."""
        self.region.setVisible(bool(words))
        self.region.setToolTip(words)

    def _say(self, words: str) -> None:
        most = self._theme.px(_WORDS_PX)
        metrics = QFontMetrics(self.words.font())
        shown = metrics.elidedText(words, Qt.TextElideMode.ElideRight, most)
        self.words.setText(shown)
        self.words.setToolTip(words if shown != words else "")
        self.words.setVisible(bool(words))
        describe(self.words, words)

    def _press(self) -> None:
        if self._stopped:
            self.resume_requested.emit()
        else:
            self.stop_requested.emit()
