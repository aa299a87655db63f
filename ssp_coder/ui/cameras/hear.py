"""When a camera began, proposed from what it and camera 1 heard."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QProgressBar, QVBoxLayout, QWidget

from ssp_coder.media.indexing import Watch
from ssp_coder.media.syncing import Certainty, SoundOffset, propose_offset
from ssp_coder.reporting.cameras import sound_lines
from ssp_coder.ui.background import BackgroundWork
from ssp_coder.ui.kit.accessible import describe
from ssp_coder.ui.kit.button import PushButton
from ssp_coder.ui.kit.chip import Tag, TagKind
from ssp_coder.ui.rate.lettering import lettering
from ssp_coder.ui.theme.fonts import FontUse

if TYPE_CHECKING:
    from collections.abc import Callable

    from ssp_coder.ui.player.open_video import OpenVideo
    from ssp_coder.ui.theme.theme import Theme

_KINDS = {
    Certainty.SURE: TagKind.OK,
    Certainty.UNSURE: TagKind.WARN,
    Certainty.NONE: TagKind.ERR,
}
_PERCENT = 100


class HearPane(QWidget):
    """Compares the sound of two recordings in the background and says what was found.

    Signals:
        heard: a `SoundOffset`.
        look_wished: the person wants to see both pictures at what is proposed.
    """

    heard = Signal(object)
    look_wished = Signal()

    def __init__(
        self,
        theme: Theme,
        place: int,
        videos: tuple[OpenVideo, OpenVideo],
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self._theme = theme
        self._place = place
        self._videos = videos
        self._work: BackgroundWork | None = None
        self.certainty = Tag(theme, "", TagKind.NEUTRAL, self)
        self.sentence = lettering(theme, "", FontUse.LABEL)
        self.advice = lettering(theme, "", FontUse.TABLE, "second")
        self.progress = QProgressBar(self)
        self.compare = PushButton(theme, self.tr("Compare the sound"), parent=self)
        self.stop_button = PushButton(theme, self.tr("Stop"), parent=self)
        self.look = PushButton(theme, self.tr("Look at both pictures"), parent=self)
        self._build()
        self.compare.clicked.connect(self.start)
        self.stop_button.clicked.connect(self.stop)
        self.look.clicked.connect(self.look_wished)
        self._show_idle()

    @property
    def runs(self) -> bool:
        """Whether the sound is being compared."""
        return self._work is not None

    def start(self) -> None:
        """Begin to compare; once more from the start when it was done already."""
        if self._work is not None or self._silent():
            return
        work = BackgroundWork(partial(_compared, self._videos), self)
        work.progressed.connect(self._show_progress)
        work.done.connect(self._take)
        work.failed.connect(self._fail)
        self._work = work
        self.certainty.hide()
        self.sentence.setText(self.tr("The sound of both cameras is compared over their length."))
        self.advice.hide()
        self.progress.setValue(0)
        self._show_work(True)
        work.start()

    def stop(self) -> None:
        """Stop comparing; nothing is told after this."""
        if self._work is not None:
            self._work.cancel()
            self._work = None
            self._show_idle()

    def show_found(self, found: SoundOffset) -> None:
        """Say what was found."""
        self._show_work(False)
        sentence, *advice = sound_lines(found, self._place)
        self.certainty.show_tag(self._certainty_word(found.certainty), _KINDS[found.certainty])
        self.certainty.show()
        self.sentence.setText(sentence)
        self.advice.setText("\n".join(advice))
        self.advice.setVisible(bool(advice))
        self.compare.set_words(self.tr("Compare again"))
        self.look.setVisible(found.certainty is not Certainty.NONE)

    def _take(self, found: object) -> None:
        self._work = None
        if isinstance(found, SoundOffset):
            self.show_found(found)
            self.heard.emit(found)

    def _fail(self, sentence: str) -> None:
        self._work = None
        self._show_work(False)
        self.certainty.show_tag(self.tr("not compared"), TagKind.ERR)
        self.certainty.show()
        self.sentence.setText(sentence)

    def _show_progress(self, share: float) -> None:
        self.progress.setValue(round(share * _PERCENT))

    def _show_idle(self) -> None:
        self._show_work(False)
        self.certainty.hide()
        self.advice.hide()
        self.look.hide()
        silent = self._silent()
        if silent:
            words = self.tr("{0} has no sound. Set the offset by hand.").format(silent)
            self.sentence.setText(words)
            self.compare.disable(words)
        else:
            self.sentence.setText(
                self.tr("Both cameras have sound. What both heard tells how far they are apart.")
            )

    def _show_work(self, runs: bool) -> None:
        self.progress.setVisible(runs)
        self.stop_button.setVisible(runs)
        self.compare.setVisible(not runs)
        if runs:
            self.look.hide()

    def _silent(self) -> str:
        """Which camera has no sound; empty when both have."""
        for place, video in zip((0, self._place), self._videos, strict=True):
            if not video.tracks:
                return self.tr("Camera {0}").format(place + 1)
        return ""

    def _certainty_word(self, certainty: Certainty) -> str:
        return {
            Certainty.SURE: self.tr("sure"),
            Certainty.UNSURE: self.tr("not to be trusted alone"),
            Certainty.NONE: self.tr("nothing found"),
        }[certainty]

    def _build(self) -> None:
        px = self._theme.px
        describe(self.progress, self.tr("How much of the sound is compared"))
        self.advice.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        acts = QHBoxLayout()
        acts.setSpacing(px(8))
        for button in (self.compare, self.stop_button, self.look):
            acts.addWidget(button)
        acts.addStretch(1)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, px(8), 0, 0)
        column.setSpacing(px(6))
        column.addWidget(self.certainty, 0, Qt.AlignmentFlag.AlignLeft)
        for widget in (self.sentence, self.advice, self.progress):
            column.addWidget(widget)
        column.addLayout(acts)
        column.addStretch(1)


def _compared(
    videos: tuple[OpenVideo, OpenVideo],
    progress: Callable[[float], None],
    cancelled: Callable[[], bool],
) -> object:
    """The work of the background; it holds values only, no widget."""
    first, second = ((video.path, video.index) for video in videos)
    return propose_offset(first, second, Watch(progress=progress, cancelled=cancelled))
