"""The place in the bar that says where the picture lies, and what is under way with it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QCoreApplication, QSize, Qt, Signal
from PySide6.QtWidgets import QLabel, QSizePolicy, QStackedWidget, QVBoxLayout, QWidget

from ssp_coder.domain.time import short_clock_text
from ssp_coder.ui.kit.accessible import describe
from ssp_coder.ui.kit.chip import Chip, ChipFace
from ssp_coder.ui.player.moves import AGAIN_RATE, LoopPlan, Motion
from ssp_coder.ui.theme.fonts import FontUse

if TYPE_CHECKING:
    from PySide6.QtGui import QResizeEvent

    from ssp_coder.ui.theme.theme import Theme


def tr(words: str) -> str:
    """Translate words of this module."""
    return QCoreApplication.translate("motion", words)


def motion_words(motion: Motion) -> str:
    """What is under way, as a short line; empty while nothing is."""
    if motion.speed:
        words = tr("Back {0}×") if motion.speed < 0 else tr("Forward {0}×")
        return words.format(abs(motion.speed))
    if motion.again:
        return tr("Again at {0}×").format(f"{AGAIN_RATE:g}")
    return _loop_words(motion.loop)


def _loop_words(loop: LoopPlan) -> str:
    start, end = _ends(loop)
    if start and end:
        return tr("Loop {0} to {1}").format(start, end)
    if start:
        return tr("Loop from {0}").format(start)
    return tr("Loop up to {0}").format(end) if end else ""


def shorter_words(motion: Motion) -> tuple[str, ...]:
    """The same in ever fewer words, for where there is no room."""
    if motion.speed or motion.again or not motion.loop.is_begun:
        return (motion_words(motion),)
    few: tuple[str, ...] = ()
    if motion.loop.span is not None:
        few = tuple(tr("{0} to {1}").format(*_ends(motion.loop, digits)) for digits in (3, 1, 0))
    return (motion_words(motion), *few, tr("Loop"))


def _ends(loop: LoopPlan, digits: int = 3) -> tuple[str, ...]:
    times = (loop.start_us, loop.end_us)
    return tuple("" if time is None else short_clock_text(time, digits=digits) for time in times)


class MotionSign(QStackedWidget):
    """The episode; in its place what is under way, with a cross that ends it; or a refusal."""

    left = Signal()

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.title = QLabel(self)
        self.detail = QLabel(self)
        self.chip = Chip(theme, ChipFace(text=" ", removable=True), self)
        self._measure = Chip(theme, ChipFace(text=" "), self)
        self._measure.hide()
        self.refusal = QLabel(self)
        self._narrow = False
        self._motion = Motion()
        self._build(theme)
        self.chip.clicked.connect(self.left)
        self.chip.removed.connect(self.left)

    def show_motion(self, motion: Motion) -> None:
        """Show what is under way, or the episode when nothing is."""
        self._motion = motion
        self._choose()
        self._fit()

    def show_refusal(self, reason: str) -> None:
        """Say why a typed time is no place; an empty reason takes it away."""
        self.refusal.setText(reason)
        self.refusal.setToolTip(reason)
        self._choose()

    def set_narrow(self, narrow: bool) -> None:
        """Leave the episode out where there is no room; what is under way is still shown."""
        self._narrow = narrow
        self._choose()

    def minimumSizeHint(self) -> QSize:  # noqa: N802, D102 - Qt's name
        page, high = self.currentWidget(), super().minimumSizeHint().height()
        if page is self._row:
            return QSize(self._wide(shorter_words(self._motion)[-1]), high)
        return QSize(page.minimumSizeHint().width() if page is self._episode else 0, high)

    def resizeEvent(self, event: QResizeEvent) -> None:  # noqa: N802, D102 - Qt's name
        super().resizeEvent(event)
        self._fit()

    def _fit(self) -> None:
        """Say what is under way in as many words as there is room for."""
        if self._motion.is_plain:
            return
        all_words = shorter_words(self._motion)
        fitting = (words for words in all_words if self._wide(words) <= self.width())
        self.chip.set_face(self._face(next(fitting, all_words[-1])))
        describe(self.chip, all_words[0], tr("Delete ends it"))
        self.chip.setToolTip(tr("{0}. Esc ends it.").format(all_words[0]))

    def _face(self, words: str) -> ChipFace:
        loops = not self._motion.speed and not self._motion.again
        return ChipFace(text=words, icon="loop" if loops else "", removable=True)

    def _wide(self, words: str) -> int:
        """How wide a chip with these words is."""
        self._measure.set_face(self._face(words))
        return self._measure.sizeHint().width()

    def _choose(self) -> None:
        under_way = self._episode if self._motion.is_plain else self._row
        page: QWidget = self.refusal if self.refusal.text() else under_way
        self.setCurrentWidget(page)
        for label in (self.title, self.detail):
            label.setHidden(self._narrow)
        self.updateGeometry()

    def _build(self, theme: Theme) -> None:
        self.title.setFont(theme.font(FontUse.LABEL))
        self.detail.setFont(theme.font(FontUse.CAPTION))
        self.detail.setProperty("tone", "hint")
        self._episode = self._column(self.title, self.detail)
        self._row = self._column(self.chip)
        self.refusal.setFont(theme.font(FontUse.CAPTION))
        self.refusal.setProperty("tone", "err")
        self.refusal.setWordWrap(True)
        self.chip.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        for page in (self._episode, self._row, self.refusal):
            self.addWidget(page)
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Fixed)

    def _column(self, *widgets: QWidget) -> QWidget:
        page = QWidget(self)
        column = QVBoxLayout(page)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.setAlignment(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter)
        for widget in widgets:
            column.addWidget(widget)
        return page
