"""The first page: the demonstration, a new session, an existing coding, recent files."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import (
    QFrame,
    QHBoxLayout,
    QLabel,
    QProgressBar,
    QVBoxLayout,
    QWidget,
)

from ssp_coder.editing.completeness import Step
from ssp_coder.ui.keys.live import follow_caps
from ssp_coder.ui.kit.accessible import describe
from ssp_coder.ui.kit.button import ButtonKind, PushButton
from ssp_coder.ui.kit.panel import Panel, hairline
from ssp_coder.ui.start.picture import DrawnRoom
from ssp_coder.ui.start.reading_ahead import ReadingAhead
from ssp_coder.ui.text import step_title
from ssp_coder.ui.theme.fonts import FontUse

if TYPE_CHECKING:
    from pathlib import Path

    from PySide6.QtGui import QHideEvent, QShowEvent

    from ssp_coder.ui.theme.theme import Theme

WIDTH_PX = 860


class StartPage(QWidget):
    """Emits what the person wants to begin with."""

    demonstration_requested = Signal()
    guide_requested = Signal()
    new_requested = Signal()
    open_requested = Signal()
    instruments_requested = Signal()
    training_requested = Signal()
    recent_chosen = Signal(object)

    def __init__(
        self, theme: Theme, recent: tuple[Path, ...] = (), parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self._theme = theme
        self.guide = PushButton(theme, self.tr("Guided first run"), ButtonKind.PLAIN, self)
        self.demonstration = PushButton(
            theme, self.tr("Open demonstration"), ButtonKind.PRIMARY, self
        )
        self.new = self._choice("film", self.tr("New session"), "new")
        self.open = self._choice("folder", self.tr("Open a coding"), "open")
        self.training = self._choice("person", self.tr("Training"), "training")
        self.instruments = self._choice("book", self.tr("Read the instruments"), "instruments")
        self._progress = QProgressBar(self)
        self._progress_words = QLabel(self)
        self._lock = QLabel(self)
        self.reading_ahead = ReadingAhead(self)
        self._recent_box = QVBoxLayout()
        self._recent_head = QLabel(self.tr("Recent"), self)
        self._recent: list[PushButton] = []
        self._build()
        self.demonstration.clicked.connect(self.demonstration_requested)
        self.guide.clicked.connect(self.guide_requested)
        self.new.clicked.connect(self.new_requested)
        self.open.clicked.connect(self.open_requested)
        self.instruments.clicked.connect(self.instruments_requested)
        self.training.clicked.connect(self.training_requested)
        self.show_recent(recent)
        self.show_progress(None)
        self._draw_lock()
        theme.changed.connect(self._draw_lock)

    def showEvent(self, event: QShowEvent) -> None:  # noqa: N802, D102 - Qt's name
        super().showEvent(event)
        self.reading_ahead.go_on()

    def hideEvent(self, event: QHideEvent) -> None:  # noqa: N802, D102 - Qt's name
        super().hideEvent(event)
        self.reading_ahead.rest()

    def show_recent(self, recent: tuple[Path, ...]) -> None:
        """List coding files opened before."""
        for button in self._recent:
            button.hide()
            button.deleteLater()
        self._recent = []
        self._recent_head.setVisible(bool(recent))
        for path in recent:
            button = PushButton(self._theme, path.name, ButtonKind.QUIET, self)
            button.setToolTip(str(path))
            button.set_icon_name("clock")
            button.clicked.connect(partial(self.recent_chosen.emit, path))
            self._recent_box.addWidget(button, 0, Qt.AlignmentFlag.AlignLeft)
            self._recent.append(button)

    def show_progress(self, share: float | None) -> None:
        """Show how far the making of the demonstration is, from 0 to 1; None hides it."""
        working = share is not None
        self._progress.setVisible(working)
        self._progress_words.setVisible(working)
        if share is None:
            self.demonstration.enable()
            self.guide.enable()
            return
        for button in (self.demonstration, self.guide):
            button.disable(self.tr("The demonstration is being made"))
        percent = round(share * 100)
        self._progress.setValue(percent)
        words = self.tr("Drawing the demonstration film, {0} %").format(percent)
        self._progress_words.setText(words)

    def _choice(self, icon: str, words: str, command: str) -> PushButton:
        button = PushButton(self._theme, words, ButtonKind.QUIET, self)
        button.set_icon_name(icon)
        follow_caps(button, command)
        return button

    def _build(self) -> None:
        px = self._theme.px
        middle = QFrame(self)
        middle.setMaximumWidth(px(WIDTH_PX))
        column = QVBoxLayout(middle)
        column.setSpacing(px(12))
        column.addWidget(self._label(self.tr("Nothing open yet"), FontUse.EMPTY_TITLE))
        hint = self._label(
            self.tr("Start with the demonstration session, or with a video of your own."),
            FontUse.BODY,
            "second",
        )
        column.addWidget(hint)
        column.addSpacing(px(8))
        cards = QHBoxLayout()
        cards.setSpacing(px(14))
        cards.addWidget(self._demonstration_card(), 1)
        cards.addWidget(self._choices_card(), 1)
        column.addLayout(cards)
        column.addSpacing(px(8))
        column.addWidget(self._steps_line())
        column.addWidget(self._recent_head)
        self._recent_head.setFont(self._theme.font(FontUse.CAPTION_STRONG))
        self._recent_head.setProperty("tone", "second")
        self._recent_box.setSpacing(0)
        column.addLayout(self._recent_box)
        outer = QHBoxLayout(self)
        outer.addStretch(1)
        place = QVBoxLayout()
        place.addStretch(2)
        place.addWidget(middle)
        place.addStretch(3)
        outer.addLayout(place, 8)
        outer.addStretch(1)

    def _demonstration_card(self) -> QWidget:
        px = self._theme.px
        card = Panel(self._theme, "", self)
        body = QWidget(card)
        column = QVBoxLayout(body)
        column.setContentsMargins(0, 0, 0, px(14))
        column.setSpacing(px(6))
        column.addWidget(DrawnRoom(self._theme, body))
        words = QVBoxLayout()
        words.setContentsMargins(px(16), px(8), px(16), 0)
        words.setSpacing(px(6))
        words.addWidget(self._label(self.tr("Demonstration session"), FontUse.PANEL_TITLE))
        about = self._label(
            self.tr("Drawn figures, eight episodes in two minutes, with a reference coding."),
            FontUse.BODY,
            "second",
        )
        words.addWidget(about)
        words.addSpacing(px(4))
        for button in (self.demonstration, self.guide):
            words.addWidget(button, 0, Qt.AlignmentFlag.AlignLeft)
        self._progress.setTextVisible(False)
        self._progress.setFixedHeight(px(6))
        describe(self._progress, self.tr("Progress of the demonstration film"))
        words.addWidget(self._progress)
        self._progress_words.setFont(self._theme.font(FontUse.CAPTION))
        self._progress_words.setProperty("tone", "hint")
        words.addWidget(self._progress_words)
        column.addLayout(words)
        column.addStretch(1)
        card.set_body(body)
        return card

    def _choices_card(self) -> QWidget:
        px = self._theme.px
        card = Panel(self._theme, "", self)
        body = QWidget(card)
        column = QVBoxLayout(body)
        column.setContentsMargins(px(8), px(8), px(8), px(8))
        column.setSpacing(px(4))
        for button, words in (
            (self.new, self.tr("Choose a video; one file holds all you code")),
            (self.open, self.tr("Go on with an .sspc file")),
            (self.training, self.tr("Explained sessions, practice, a blind test")),
            (self.instruments, self.tr("Procedure, codes, scales and rules, with their sources")),
        ):
            column.addStretch(1)
            column.addWidget(button, 0, Qt.AlignmentFlag.AlignLeft)
            hint = self._label(words, FontUse.CAPTION, "hint")
            hint.setContentsMargins(px(34), 0, 0, 0)
            column.addWidget(hint)
            column.addStretch(1)
            column.addWidget(hairline(body))
        safe = self._label(
            self.tr("Videos stay where they are. The program uses no network."),
            FontUse.CAPTION,
            "second",
        )
        row = QHBoxLayout()
        row.setContentsMargins(px(8), px(6), px(8), px(2))
        row.addWidget(self._lock)
        row.addWidget(safe, 1)
        column.addLayout(row)
        card.set_body(body)
        return card

    def _draw_lock(self) -> None:
        side, ratio = self._theme.px(14), self.devicePixelRatioF()
        self._lock.setPixmap(self._theme.pixmap("lock", "text2", side, ratio))

    def _steps_line(self) -> QWidget:
        words = "  \N{EM DASH}  ".join(step_title(step) for step in Step)
        return self._label(words, FontUse.CAPTION, "second")

    def _label(self, words: str, use: FontUse, tone: str = "") -> QLabel:
        label = QLabel(words, self)
        label.setFont(self._theme.font(use))
        label.setWordWrap(True)
        if tone:
            label.setProperty("tone", tone)
        return label
