"""Faces in a clip covered, after a person has looked through the whole of it."""

from __future__ import annotations

from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QSize, Qt
from PySide6.QtWidgets import (
    QDialog,
    QFileDialog,
    QHBoxLayout,
    QProgressBar,
    QStackedWidget,
    QVBoxLayout,
    QWidget,
)

from ssp_coder.domain.time import short_clock_text
from ssp_coder.media.errors import MediaError
from ssp_coder.media.faces import Searched, search_faces, unsearched
from ssp_coder.media.faces_centerface import CENTERFACE, INSTALLATION
from ssp_coder.media.faces_model import YUNET
from ssp_coder.media.faces_review import Review
from ssp_coder.media.indexing import Watch
from ssp_coder.ui.background import BackgroundWork
from ssp_coder.ui.faces.bench import ReviewBench
from ssp_coder.ui.faces.shelf import ModelShelf, user_shelf
from ssp_coder.ui.kit.accessible import describe
from ssp_coder.ui.kit.button import ButtonKind, PushButton
from ssp_coder.ui.kit.choice import CheckBox
from ssp_coder.ui.rate.lettering import IconLine, lettering
from ssp_coder.ui.theme.fonts import FontUse

if TYPE_CHECKING:
    from collections.abc import Callable

    from ssp_coder.media.clips import ClipPlan
    from ssp_coder.media.covering import Covering
    from ssp_coder.ui.player.open_video import OpenVideo
    from ssp_coder.ui.theme.theme import Theme

_PERCENT = 100
_ROOM = 48


class FaceReviewDialog(QDialog):
    """Looks for faces in a planned clip, then lets a person look through it and decide.

    It is accepted only after every flagged stretch was looked at and the person confirmed to have
    looked at the whole clip. Then `covering` belongs into the plan.
    """

    def __init__(
        self,
        theme: Theme,
        video: OpenVideo,
        plan: ClipPlan,
        parent: QWidget | None = None,
        shelf: ModelShelf | None = None,
    ) -> None:
        super().__init__(parent)
        self._theme = theme
        self._plan = plan
        self._shelf = user_shelf() if shelf is None else shelf
        self._work: BackgroundWork | None = None
        self._warned = False
        self.bench = ReviewBench(
            theme, video, Review.of(unsearched(plan)), plan.overlay.offset_us, self
        )
        self.caution = IconLine(theme, "warning", FontUse.TABLE, "second", self)
        self.model_line = lettering(theme, "", FontUse.TABLE, "second")
        self.model_button = PushButton(theme, self.tr("Use a face model…"), parent=self)
        self.progress = QProgressBar(self)
        self.stop_button = PushButton(theme, self.tr("Stop, and draw by hand"), parent=self)
        self.confirmed = CheckBox(theme, self.tr("I have looked at the whole clip"), self)
        self.cancel_button = PushButton(theme, self.tr("Cancel"), parent=self)
        self.accept_button = PushButton(
            theme, self.tr("Use these covers"), ButtonKind.PRIMARY, self
        )
        self._pages = QStackedWidget(self)
        self._build()
        self._connect()
        self._show_open()
        self._begin()

    @property
    def covering(self) -> Covering | None:
        """What is to be covered in the clip; None unless the person confirmed it."""
        if self.result() != QDialog.DialogCode.Accepted:
            return None
        return self.bench.review.covering

    @property
    def searching(self) -> bool:
        """Whether faces are being looked for."""
        return self._work is not None

    def accept(self) -> None:
        """Close with the covers; nothing happens before everything was looked at and confirmed."""
        if self.accept_button.isEnabled():
            super().accept()

    def reject(self) -> None:
        """Close without covers; what would be lost is said first, and lost the second time."""
        if self.bench.touched and not self._warned:
            self._warned = True
            words = self.tr(
                "Leaving loses your covers and what you looked at. Cancel again to leave."
            )
            self.left_words.setText(words)
            return
        super().reject()

    def done(self, result: int) -> None:
        """Close; a search that still runs is stopped, and the recording let go."""
        self._stop_work()
        self.bench.close_frames()
        super().done(result)

    # ------------------------------------------------------------------ searching

    def _begin(self) -> None:
        """Search if there is a model, else say how to get one."""
        if self._shelf.is_filled:
            self._search()
        else:
            words = self.tr(
                "No face model is on this computer, so every cover is drawn by hand. The line "
                "\u201c{0}\u201d fetches {1}; or choose {2} ({3}) from {4}."
            )
            yunet = YUNET.file_name, YUNET.licence, YUNET.source
            self._show_bench(words.format(INSTALLATION, CENTERFACE.name, *yunet))

    def _search(self) -> None:
        self._pages.setCurrentIndex(0)
        self.progress.setValue(0)
        self.stop_button.setFocus(Qt.FocusReason.OtherFocusReason)
        self._work = BackgroundWork(partial(_searched, self._plan, self._shelf), self)
        self._work.progressed.connect(self._show_progress)
        self._work.done.connect(self._show_found)
        self._work.failed.connect(self._fail)
        self._show_open()
        self._work.start()

    def _show_progress(self, share: float) -> None:
        self.progress.setValue(round(share * _PERCENT))

    def _show_found(self, found: object) -> None:
        self._work = None
        if isinstance(found, Searched):
            self.bench.show_review(Review.of(found, self.bench.review.covering))
            self._show_bench(self._finder_words(found.finder))

    def _finder_words(self, finder: str) -> str:
        """What looked for faces, where another model could; nothing where a person chose it."""
        if finder != CENTERFACE.name:
            return ""
        words = self.tr(
            "{0} looked for faces. To have YuNet look instead, choose {1} ({2}) from {3}."
        )
        return words.format(finder, YUNET.file_name, YUNET.licence, YUNET.source)

    def _fail(self, sentence: str) -> None:
        self._work = None
        self._show_bench(sentence)

    def _give_up(self) -> None:
        self._stop_work()
        if self.bench.review.finder:
            self._show_bench(self.tr("The search was stopped. The covers are as before it."))
        else:
            self._show_bench(self.tr("The search was stopped. Every cover is drawn by hand."))

    def _stop_work(self) -> None:
        work, self._work = self._work, None
        if work is not None:
            work.cancel()

    def _show_bench(self, words: str) -> None:
        self.model_line.setText(words)
        self._model_row.setVisible(bool(words))
        self._pages.setCurrentIndex(1)
        self.bench.picture.setFocus(Qt.FocusReason.OtherFocusReason)
        self._show_open()

    def _choose_model(self) -> None:
        title = self.tr("Choose {0}").format(YUNET.file_name)
        name, _ = QFileDialog.getOpenFileName(self, title, "", self.tr("Face model (*.onnx)"))
        if name:
            self.use_model(Path(name))

    def use_model(self, file: Path) -> None:
        """Take a model file to its place and search with it, or say why not."""
        try:
            self._shelf.adopt(file)
        except MediaError as error:
            self._show_bench(str(error))
        else:
            self._search()

    # ------------------------------------------------------------------ confirming

    def _show_open(self) -> None:
        """Offer the confirmation and the end only when nothing is left to look at."""
        left = len(self.bench.review.open)
        ready = not left and not self.searching
        self.confirmed.setEnabled(ready)
        if not ready:
            self.confirmed.setChecked(False)
        if self.searching:
            self.accept_button.disable(self.tr("Faces are still being looked for"))
        elif left:
            words = self.tr("Stretches that nobody has looked at: {0}").format(left)
            self.accept_button.disable(words)
        elif not self.confirmed.isChecked():
            self.accept_button.disable(self.tr("Confirm first that you looked at the whole clip"))
        else:
            self.accept_button.enable()
        self._tell_left()

    def _tell_left(self) -> None:
        self.left_words.setText(self._left_words(len(self.bench.review.open)))

    def _left_words(self, left: int) -> str:
        if self.searching:
            return ""
        if left:
            return self.tr("{0} left to look at").format(left)
        unseen = self.bench.unseen_us
        if unseen:
            words = self.tr("Every stretch was looked at; {0} of the clip was never on the screen")
            return words.format(short_clock_text(unseen, digits=1))
        return self.tr("The whole clip was on the screen")

    def _changed(self) -> None:
        """What was confirmed was another clip."""
        self._warned = False
        self.confirmed.setChecked(False)
        self._show_open()

    # ------------------------------------------------------------------ building

    def _connect(self) -> None:
        self.bench.changed.connect(self._changed)
        self.bench.seen.connect(self._tell_left)
        self.confirmed.toggled.connect(self._show_open)
        self.stop_button.clicked.connect(self._give_up)
        self.model_button.clicked.connect(self._choose_model)
        self.cancel_button.clicked.connect(self.reject)
        self.accept_button.clicked.connect(self.accept)

    def _build(self) -> None:
        px = self._theme.px
        self.setWindowFlag(Qt.WindowType.WindowMaximizeButtonHint)
        self.setWindowTitle(self.tr("Cover faces in {0}").format(self._plan.place.name))
        self.caution.show_text(
            self.tr(
                "No detector finds every face, and none used here was tested on infants. "
                "You decide what leaves the lab."
            )
        )
        self._pages.addWidget(self._search_page())
        self._pages.addWidget(self.bench)
        column = QVBoxLayout(self)
        column.setContentsMargins(px(14), px(12), px(14), px(12))
        column.setSpacing(px(8))
        column.addWidget(self.caution)
        column.addWidget(self._model_line())
        column.addWidget(self._pages, 1)
        column.addLayout(self._foot())
        self.resize(self._fitting(QSize(px(1240), px(760))))

    def _fitting(self, size: QSize) -> QSize:
        room = self.screen().availableSize() - QSize(_ROOM, _ROOM)
        return size.boundedTo(room)

    def _search_page(self) -> QWidget:
        px = self._theme.px
        page = QWidget(self)
        describe(self.progress, self.tr("How much of the clip is searched"))
        self.progress.setFixedWidth(px(420))
        column = QVBoxLayout(page)
        column.setSpacing(px(10))
        column.addStretch(1)
        words = self.tr("Looking for faces in {0}").format(self._plan.video.name)
        title = lettering(self._theme, words, FontUse.PANEL_TITLE)
        title.setAlignment(Qt.AlignmentFlag.AlignCenter)
        column.addWidget(title)
        column.addWidget(self.progress, 0, Qt.AlignmentFlag.AlignHCenter)
        column.addWidget(self.stop_button, 0, Qt.AlignmentFlag.AlignHCenter)
        column.addStretch(1)
        return page

    def _model_line(self) -> QWidget:
        self._model_row = QWidget(self)
        row = QHBoxLayout(self._model_row)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(self._theme.px(8))
        row.addWidget(self.model_line, 1)
        row.addWidget(self.model_button)
        self._model_row.hide()
        return self._model_row

    def _foot(self) -> QHBoxLayout:
        row = QHBoxLayout()
        row.setSpacing(self._theme.px(8))
        self.left_words = lettering(self._theme, "", FontUse.TABLE, "second")
        self.left_words.setWordWrap(False)
        row.addWidget(self.left_words)
        row.addStretch(1)
        for widget in (self.confirmed, self.cancel_button, self.accept_button):
            row.addWidget(widget)
        return row


def _searched(
    plan: ClipPlan,
    shelf: ModelShelf,
    progress: Callable[[float], None],
    cancelled: Callable[[], bool],
) -> object:
    """The work of the background; it holds values only, no widget."""
    return search_faces(plan, shelf.finder(), Watch(progress=progress, cancelled=cancelled))
