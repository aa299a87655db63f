"""Export of clips: what, how and where are chosen, the list shown, the clips written."""

from __future__ import annotations

import threading
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, QUrl
from PySide6.QtGui import QDesktopServices
from PySide6.QtWidgets import QDialog, QHBoxLayout, QProgressBar, QVBoxLayout, QWidget

from ssp_coder.media.clip_batch import Way
from ssp_coder.reporting.clip_names import InTheWay, safe_name
from ssp_coder.ui.background import BackgroundWork
from ssp_coder.ui.clips.how import HowPanel
from ssp_coder.ui.clips.looking import Looking, Review
from ssp_coder.ui.clips.material import Target, free_bytes, planned_clips, settled, taken
from ssp_coder.ui.clips.question import TakenQuestion
from ssp_coder.ui.clips.table import ClipTable
from ssp_coder.ui.clips.told import counts, result_words, trouble_words
from ssp_coder.ui.clips.what import WhatPanel
from ssp_coder.ui.clips.where import WherePanel
from ssp_coder.ui.clips.words import count_words, length_words, size_words
from ssp_coder.ui.clips.writing import ClipOrder, WrittenClips, stoppable
from ssp_coder.ui.kit.accessible import describe
from ssp_coder.ui.kit.button import ButtonKind, PushButton
from ssp_coder.ui.kit.panel import Panel
from ssp_coder.ui.rate.lettering import IconLine
from ssp_coder.ui.theme.fonts import FontUse

if TYPE_CHECKING:
    from ssp_coder.media.clips import ClipPlan
    from ssp_coder.ui.clips.material import Material, PlannedClip
    from ssp_coder.ui.theme.theme import Theme

_FINE = 1_000


class ClipDialog(QDialog):
    """Writes clips of one coding; nothing is written before the list was seen."""

    def __init__(
        self,
        theme: Theme,
        material: Material,
        review: Review | None = None,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self._theme = theme
        self._material = material
        self._looking = Looking(review)
        self._order: ClipOrder | None = None
        self._work: BackgroundWork | None = None
        self._stop = threading.Event()
        self.written: WrittenClips | None = None
        self.what = WhatPanel(theme, material, self)
        self.how = HowPanel(theme, material, self)
        self.where = WherePanel(theme, material, self)
        self.table = ClipTable(theme, self)
        self.list_panel = Panel(theme, self.tr("Clips"), self)
        self.note = IconLine(theme, "info", FontUse.TABLE, "second", self)
        self.question = TakenQuestion(theme, self)
        self.progress = QProgressBar(self)
        self.outcome = IconLine(theme, "done", FontUse.BODY, "ok", self)
        self.trouble = IconLine(theme, "warning", FontUse.BODY, "err", self)
        self.open_button = PushButton(theme, self.tr("Open folder"), parent=self)
        self.again_button = PushButton(theme, self.tr("Write others"), parent=self)
        self.write_button = PushButton(theme, "", ButtonKind.PRIMARY, self)
        self.close_button = PushButton(theme, self.tr("Close"), parent=self)
        self._build()
        self._connect()
        self.show_list()
        self.what.setFocus(Qt.FocusReason.OtherFocusReason)

    @property
    def target(self) -> Target | None:
        """Folder and pattern as they stand now, None while one is wrong."""
        return self.where.target()

    def show_list(self) -> None:
        """List what would be written now."""
        target, wishes = self.where.target(), self.what.wishes()
        clips: tuple[PlannedClip, ...] = ()
        if target is not None:
            session = self._material.coded.coding.session
            clips = planned_clips(wishes, self.how.recording, self.how.manner(), target, session)
        self.table.show_planned(clips, self.how.way)
        self._show_sum()

    def write(self) -> None:
        """Write the clips of the list; where names are taken, ask first."""
        if self._work is not None or not self.write_button.isEnabled():
            return
        plans = tuple(clip.plan for clip in self.table.chosen())
        in_the_way = taken(plans)
        if in_the_way:
            self.write_button.hide()
            self.question.ask(tuple(plan.place.name for plan in in_the_way))
            self._freeze(True)
        else:
            self._begin(plans)

    def reject(self) -> None:
        """Stop the writing; close when nothing is written."""
        if self._work is None:
            super().reject()
        else:
            self._stop.set()
            self.close_button.disable(self.tr("The clip being written is dropped"))

    def done(self, result: int) -> None:
        """Close; what is being written is stopped and leaves nothing behind."""
        self._stop.set()
        if self._work is not None:
            self._work.cancel()
        super().done(result)

    def _show_sum(self) -> None:
        chosen = self.table.chosen()
        pictures = self.how.way is Way.PICTURE
        counted = count_words(len(chosen), pictures=pictures)
        parts = [counted]
        if not pictures:
            length = sum(clip.length_us for clip in chosen)
            parts.append(self.tr("{0} in all").format(length_words(length)))
        parts.append(self.tr("about {0}").format(size_words(sum(c.size for c in chosen))))
        self.list_panel.set_note("  ·  ".join(parts) if chosen else "")
        self.note.show_text(self._note_words())
        if chosen:
            self.write_button.set_words(self.tr("Write {0}").format(counted))
            self.write_button.enable()
        else:
            self.write_button.set_words(self.tr("Write"))
            self.write_button.disable(self.tr("Nothing is chosen that can be written"))

    def _answer(self, answer: InTheWay) -> None:
        self._back()
        plans = settled((clip.plan for clip in self.table.chosen()), answer)
        if plans:
            self._begin(plans)

    def _back(self) -> None:
        self.question.hide()
        self.write_button.show()
        self._freeze(False)
        self.write_button.setFocus(Qt.FocusReason.OtherFocusReason)

    def _begin(self, plans: tuple[ClipPlan, ...]) -> None:
        target = self.where.target()
        covered = self._looking.covered(plans, self) if self.how.blurs else plans
        if target is None or covered is None:
            self._show_sum()
            return
        session = safe_name(self._material.coded.coding.session)
        self._order = ClipOrder(
            plans=covered,
            way=self.how.way,
            recording=self.how.recording,
            folder=target.folder,
            list_name=f"{session}-clips",
        )
        self._stop = threading.Event()
        work = BackgroundWork(stoppable(self._order, self._stop), self)
        work.progressed.connect(self._show_progress)
        work.done.connect(self._show_written)
        work.failed.connect(self._fail)
        self._work = work
        self._show_busy(covered)
        work.start()

    def _note_words(self) -> str:
        """What should be known before writing; the most pressing alone."""
        chosen = self.table.chosen()
        target = self.where.target()
        needed = sum(clip.size for clip in chosen)
        free = needed if target is None else free_bytes(target.folder)
        if needed > free:
            words = self.tr("About {0} are needed, and {1} are free in that folder")
            return words.format(size_words(needed), size_words(free))
        plans = [clip.plan for clip in chosen] if self.how.blurs else []
        return self._looking.words(plans) or self.what.note()

    def _show_busy(self, plans: tuple[ClipPlan, ...]) -> None:
        self._freeze(True)
        self.table.show_writing(tuple(plan.place.name for plan in plans))
        self.note.show_text("")
        self.progress.setRange(0, len(plans) * _FINE)
        self.progress.setValue(0)
        self.progress.setFormat(self.tr("0 of {0}").format(len(plans)))
        self.progress.show()
        self.write_button.hide()
        self.close_button.set_words(self.tr("Stop"))
        self.close_button.setFocus(Qt.FocusReason.OtherFocusReason)

    def _show_progress(self, done: float) -> None:
        self.progress.setValue(round(done * _FINE))
        whole = self.progress.maximum() // _FINE
        self.progress.setFormat(self.tr("{0} of {1}").format(int(done), whole))
        self.table.show_progress(done)

    def _show_written(self, found: object) -> None:
        self._ended()
        if not isinstance(found, WrittenClips) or self._order is None:
            return
        self.written = found
        self.table.show_outcomes(found.outcomes, self._order.recording)
        self.list_panel.set_note(counts(found))
        if found.written:
            self.outcome.show_text(result_words(found, self._order))
            self.open_button.show()
        self.trouble.show_text(trouble_words(found))
        self.again_button.show()

    def _fail(self, sentence: str) -> None:
        self._ended()
        self.trouble.show_text(sentence)
        self.again_button.show()

    def _ended(self) -> None:
        if self._work is not None:
            self._work.deleteLater()
        self._work = None
        self.progress.hide()
        self.close_button.enable()
        self.close_button.set_words(self.tr("Close"))
        self.close_button.setFocus(Qt.FocusReason.OtherFocusReason)

    def _again(self) -> None:
        for widget in (self.open_button, self.again_button):
            widget.hide()
        self.outcome.show_text("")
        self.trouble.show_text("")
        self.write_button.show()
        self._freeze(False)
        self.show_list()

    def _freeze(self, frozen: bool) -> None:
        """What was chosen cannot be changed while it is asked about, written or shown."""
        for panel in (self.what, self.how, self.where):
            panel.setEnabled(not frozen)
        self.table.set_frozen(frozen)

    def _open_folder(self) -> None:
        if self._order is not None:
            QDesktopServices.openUrl(QUrl.fromLocalFile(str(self._order.folder)))

    def _connect(self) -> None:
        for panel in (self.what, self.how, self.where):
            panel.changed.connect(self.show_list)
        self.table.choice_changed.connect(self._show_sum)
        self.question.answered.connect(self._answer)
        self.question.taken_back.connect(self._back)
        self.write_button.clicked.connect(self.write)
        self.close_button.clicked.connect(self.reject)
        self.open_button.clicked.connect(self._open_folder)
        self.again_button.clicked.connect(self._again)

    def _build(self) -> None:
        px = self._theme.px
        self.setWindowTitle(self.tr("Export clips"))
        self.resize(px(1080), px(660))
        describe(self.progress, self.tr("How much is written"))
        if not self._looking.possible:
            self.how.refuse_blur(self.tr("Faces cannot be covered here"))
        column = QVBoxLayout(self)
        column.setContentsMargins(px(12), px(12), px(12), px(12))
        column.setSpacing(px(10))
        row = QHBoxLayout()
        row.setSpacing(px(10))
        row.addLayout(self._left(), 0)
        row.addLayout(self._right(), 1)
        column.addLayout(row, 1)
        column.addWidget(self._privacy())
        for widget in (self.question, self.progress, self.outcome, self.trouble):
            column.addWidget(widget)
        column.addLayout(self._foot())
        for hidden in (self.question, self.progress, self.open_button, self.again_button):
            hidden.hide()
        for line in (self.note, self.outcome, self.trouble):
            line.show_text("")

    def _left(self) -> QVBoxLayout:
        px = self._theme.px
        left = QVBoxLayout()
        left.setSpacing(px(10))
        left.addWidget(self.what)
        left.addWidget(self.how)
        left.addStretch(1)
        for panel in (self.what, self.how):
            panel.setFixedWidth(px(380))
        return left

    def _right(self) -> QVBoxLayout:
        px = self._theme.px
        right = QVBoxLayout()
        right.setSpacing(px(10))
        body = QWidget(self.list_panel)
        inside = QVBoxLayout(body)
        inside.setContentsMargins(0, 0, 0, 0)
        inside.setSpacing(0)
        inside.addWidget(self.table, 1)
        inside.addWidget(self.note)
        self.note.setContentsMargins(px(10), px(4), px(10), px(4))
        self.list_panel.set_body(body)
        right.addWidget(self.list_panel, 1)
        right.addWidget(self.where)
        return right

    def _privacy(self) -> QWidget:
        line = IconLine(self._theme, "lock", FontUse.TABLE, "second", self)
        words = self.tr("Clips show a child. They leave the lab only with the family's consent.")
        line.show_text(words)
        return line

    def _foot(self) -> QHBoxLayout:
        row = QHBoxLayout()
        row.setSpacing(self._theme.px(8))
        self.open_button.set_icon_name("folder")
        self.write_button.set_icon_name("film")
        row.addWidget(self.open_button)
        row.addWidget(self.again_button)
        row.addStretch(1)
        row.addWidget(self.write_button)
        row.addWidget(self.close_button)
        return row
