"""Settling one difference after another: both codings over each other, the video, the answers."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import QDateTime, Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from ssp_coder.agreement.confusion import confusion
from ssp_coder.agreement.consensus import OpenItem
from ssp_coder.domain.coding import Coding
from ssp_coder.domain.finding import Severity
from ssp_coder.domain.settlement import SettledFor, Settlement
from ssp_coder.domain.time import Span
from ssp_coder.editing.completeness import open_work
from ssp_coder.editing.edits import LockCoding, Settle
from ssp_coder.ui.consensus.own_answer import END, START
from ssp_coder.ui.consensus.own_wish import Moment
from ssp_coder.ui.consensus.panel import KEYS, SettlingPanel
from ssp_coder.ui.consensus.picture import SessionPicture
from ssp_coder.ui.consensus.words import pair_items, settled_words
from ssp_coder.ui.keys.shortcuts import WindowKey, WindowKeys
from ssp_coder.ui.kit.button import ButtonKind, PushButton
from ssp_coder.ui.kit.saved import SavedIndicator
from ssp_coder.ui.language.spoken import said
from ssp_coder.ui.pairs.items import PairItem, PairNames, RowMark
from ssp_coder.ui.pairs.review import PairReview
from ssp_coder.ui.rate.lettering import IconLine, short_lettering
from ssp_coder.ui.session import OpenSession
from ssp_coder.ui.theme.fonts import FontUse

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from ssp_coder.ui.consensus.preparing import Opened
    from ssp_coder.ui.player.view import Moment as Shown
    from ssp_coder.ui.theme.theme import Theme

MOST_MISSING = 3


class WorkPage(QWidget):
    """Hosts the review of two codings and settles its items in the consensus.

    Signals:
        coding_wanted: the `Path` of the consensus is to be opened as a coding.
    """

    coding_wanted = Signal(object)

    def __init__(
        self,
        theme: Theme,
        opened: Opened,
        cache_folder: Path | None = None,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self._theme = theme
        self.settlements = opened.settlements
        self.found = opened.settlements.found
        self._sides = opened.prepared.sides
        self._scheme = opened.prepared.result.scheme
        self.session = OpenSession(opened.file.document(), opened.file, self, shown=self._scheme)
        self.review = PairReview(theme, self)
        self.picture = SessionPicture(theme, cache_folder, self)
        self.panel = SettlingPanel(theme, self)
        self.saved = SavedIndicator(theme, self)
        self.lock = PushButton(theme, self.tr("Lock"), ButtonKind.PRIMARY, self)
        self.open_coding = PushButton(theme, self.tr("Open as a coding"), parent=self)
        self.missing = IconLine(theme, "info", FontUse.TABLE, "second", self)
        self._build()
        self._connect()
        self._show_pair()
        self._add_keys()

    def open_videos(self, video_of: Callable[[str], str]) -> None:
        """Look for the videos of the session and show what is there."""
        files = [one.path for one in (self._sides.first, self._sides.second)]
        if self.session.file is not None:
            files.append(self.session.file.path)
        self.picture.open_media(self.session.coding.media, files, video_of)

    def begin(self) -> None:
        """Go to the first difference that is open."""
        open_items = self.settlements.open_items
        if open_items:
            self.review.choose(open_items[0].key)
        self.review.choice.list.setFocus()

    def undo(self) -> None:
        """Take the last settlement back and show its item again."""
        if self.settlements.can_undo and not self.session.read_only:
            item = _item_of(self.session.document.history.step_to_undo().edit)
            self.session.undo_one()
            self.review.choose(item)
            self._refresh()

    def redo(self) -> None:
        """Settle again what was taken back last."""
        history = self.session.document.history
        if history.can_redo and not self.session.read_only:
            item = _item_of(history.step_to_redo().edit)
            if item:
                self.session.redo_one()
                self.review.choose(item)
                self._refresh()

    def lock_consensus(self) -> None:
        """Close the consensus against every further change, once all is settled and complete."""
        if self.lock.isEnabled() and self.session.submit(LockCoding()):
            self._refresh()

    def close_session(self) -> None:
        """Let the file and the videos go.

        Raises:
            StorageError: not everything is on the disk; the page goes on as before.
        """
        self.session.close()
        self.settlements.leave()
        self.picture.close_video()

    def _settle(self, wanted: object) -> None:
        if not isinstance(wanted, Settlement):
            return
        self.panel.say("")
        edit = self.settlements.edit(wanted, settled_words(wanted, self.panel.names))
        if self.session.submit(edit):
            self.panel.forget_words()
            if wanted.taken is SettledFor.OWN:
                self.review.choice.list.setFocus()
            self._refresh()
            self._go_on(wanted.item)

    def _go_on(self, settled: str) -> None:
        """Choose the next open item of the list as it is shown; after the last one, the first."""
        listed = [item.id for item in self.review.choice.list.items]
        place = listed.index(settled) + 1 if settled in listed else 0
        in_force = self.settlements.in_force
        later = (one for one in (*listed[place:], *listed[:place]) if one not in in_force)
        waiting = {one.key for one in self.settlements.open_items}
        following = next((one for one in later if one in waiting), None)
        if following is None:
            self.review.choose(settled)
        else:
            self.review.choose(following)

    def _reach(self, item: object) -> None:
        """Show an item that was chosen; what belongs to no moment has no clip to go on with."""
        if isinstance(item, PairItem) and item.loop is None:
            self.picture.leave()
        self._show_item(item)

    def _show_item(self, item: object) -> None:
        source = item.source if isinstance(item, PairItem) else None
        if not isinstance(source, OpenItem):
            self.panel.show_item(None, None)
            return
        before = self.settlements.in_force.get(source.key)
        self.panel.show_item(source, None if before is None else before.settlement)

    def _refresh(self) -> None:
        """Show what is settled, in the rows, in the panel and beside the lock."""
        in_force = self.settlements.in_force
        names = self.panel.names
        self.review.set_marks(
            {
                key: RowMark(icon="done", words=settled_words(one.settlement, names))
                for key, one in in_force.items()
            }
        )
        self.panel.show_progress(len(in_force), len(self.found.items))
        self.panel.show_locked(locked=self.session.read_only)
        if self.settlements.can_undo and not self.session.read_only:
            self.panel.undo.enable()
        else:
            self.panel.undo.disable(self.tr("Nothing was settled yet"))
        self._show_item(self.review.current)
        self._allow_lock()
        self._show_saving()

    def _allow_lock(self) -> None:
        self.missing.show_text("")
        if self.session.read_only:
            self.lock.disable(self.tr("The consensus is locked."))
        elif self.settlements.open_items:
            count = len(self.settlements.open_items)
            self.lock.disable(self.tr("Differences still open: {0}").format(count))
        else:
            self._allow_complete()

    def _allow_complete(self) -> None:
        work = open_work(self.session.coding, self._scheme)
        errors = [one.finding for one in work if one.finding.severity is Severity.ERROR]
        if not errors:
            self.lock.enable()
            self.missing.show_text(self.tr("All is settled. Lock the consensus."))
            return
        self.lock.disable(self.tr("Something is missing that neither coder has"))
        told = "; ".join(said(one.message) for one in errors[:MOST_MISSING])
        if len(errors) > MOST_MISSING:
            told = self.tr("{0} and {1} more").format(told, len(errors) - MOST_MISSING)
        words = self.tr("All is settled. Still missing: {0}. Open it as a coding to complete it.")
        self.missing.show_text(words.format(told))

    def _show_saving(self) -> None:
        session = self.session
        if session.coding.locked and not session.unsaved:
            self.saved.show_locked()
        elif session.save_error:
            self.saved.show_error(session.save_error, session.unsaved)
        elif session.unsaved:
            self.saved.show_saving()
        else:
            self.saved.show_saved(QDateTime.currentDateTime().toString("HH:mm"))

    def _show_moment(self, moment: Shown) -> None:
        self.review.set_moment(moment.pts_us)
        frame = moment.ordinal if moment.camera == 0 else None
        self.panel.own.set_moment(Moment(at_us=moment.pts_us, frame=frame))

    def _loop(self, span: object) -> None:
        if isinstance(span, Span):
            self.picture.loop(span)

    def _show_pair(self) -> None:
        first, second = self.found.first, self.found.second
        names = PairNames(own=first.coder, reference=second.coder)
        self.panel.take(self.found, self._scheme, self.tr("{0}, {1}").format(*self.panel_names()))
        self.review.set_detail(self.panel, self.tr("Settlement"))
        items = pair_items(self.found, self._scheme)
        self.review.show_pair(first, second, self._scheme, items, names)
        self.review.show_cells(confusion(self.found.comparison.rows, self._scheme))
        self._refresh()

    def panel_names(self) -> tuple[str, str]:
        """What the two coders are called."""
        return self.found.first.coder, self.found.second.coder

    def _connect(self) -> None:
        review, player = self.review, self.picture.stage.player
        review.item_chosen.connect(self._reach)
        review.clip_wanted.connect(self._loop)
        review.clip_left.connect(self.picture.leave)
        review.seek_requested.connect(self.picture.go_to)
        player.moment_changed.connect(self._show_moment)
        player.loop_changed.connect(review.show_loop)
        self.panel.settled.connect(self._settle)
        self.panel.undo_wanted.connect(self.undo)
        self.session.refused.connect(self.panel.say)
        self.session.warned.connect(self.panel.say)
        self.session.saving_changed.connect(self._show_saving)
        self.lock.clicked.connect(self.lock_consensus)
        self.open_coding.clicked.connect(self._want_coding)

    def _want_coding(self) -> None:
        if self.session.file is not None:
            self.coding_wanted.emit(self.session.file.path)

    def _add_keys(self) -> None:
        moves, settle = self.picture.stage.moves, self.panel.settle
        steps = (("back_frame", -1), ("forward_frame", 1))
        WindowKeys(
            self,
            (
                *(WindowKey(key=KEYS[one], act=partial(settle, one)) for one in SettledFor),
                WindowKey(key="S", act=partial(self.panel.mark, START)),
                WindowKey(key="D", act=partial(self.panel.mark, END)),
                WindowKey(command="undo", act=self.undo),
                WindowKey(command="redo", act=self.redo),
                WindowKey(command="toggle", act=self.picture.toggle),
                WindowKey(command="act", act=self.lock_consensus),
                *(
                    WindowKey(command=name, act=partial(moves.step, by), over=button)
                    for name, by in steps
                    for button in self.panel.own.marks
                ),
            ),
        )

    def _build(self) -> None:
        px = self._theme.px
        coding: Coding = self.session.coding
        words = self.tr("{0}: consensus of {1} and {2}")
        title = short_lettering(
            self._theme, words.format(coding.session, *self.panel_names()), FontUse.STEP_TITLE
        )
        head = QHBoxLayout()
        head.setSpacing(px(10))
        head.addWidget(title)
        head.addWidget(self.saved)
        head.addWidget(self.missing, 1, Qt.AlignmentFlag.AlignVCenter)
        head.addStretch(0)
        head.addWidget(self.open_coding)
        head.addWidget(self.lock)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(px(6))
        column.addLayout(head)
        column.addWidget(self.review, 1)
        self.review.stage_place().addWidget(self.picture)


def _item_of(edit: object) -> str:
    return edit.settlement.item if isinstance(edit, Settle) else ""
