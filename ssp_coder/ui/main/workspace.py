"""An open coding on the screen: its pages, the shared picture, and what moves them."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Protocol, cast

from PySide6.QtCore import QSize, QTimer, Signal
from PySide6.QtWidgets import QHBoxLayout, QLabel, QStackedWidget, QVBoxLayout, QWidget

from ssp_coder.domain.session import episode_spans
from ssp_coder.domain.time import SECOND_US
from ssp_coder.editing.completeness import OpenWork, Step, open_work
from ssp_coder.ui.code.page import WorkPage
from ssp_coder.ui.code.panels import PICTURE
from ssp_coder.ui.dialogs.unrecorded import settle
from ssp_coder.ui.keys.live import follow_caps
from ssp_coder.ui.kit.button import ButtonKind, PushButton
from ssp_coder.ui.kit.roomy import RoomyFrame
from ssp_coder.ui.player.stage import Stage
from ssp_coder.ui.text import edit_words, step_title
from ssp_coder.ui.theme.fonts import FontUse

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from PySide6.QtGui import QResizeEvent

    from ssp_coder.editing.document import Changed
    from ssp_coder.ui.dialogs.unrecorded import Unrecorded
    from ssp_coder.ui.player.player import Player
    from ssp_coder.ui.player.view import Moment
    from ssp_coder.ui.rate.clips import Hand
    from ssp_coder.ui.session import OpenSession
    from ssp_coder.ui.theme.theme import Theme

COMPARE = "compare"
"""The page beside the steps that lays a reference coding over this one."""

PAGES = (*(step.value for step in Step), COMPARE)
"""Ids of the pages, in the order of the rail."""

LOW_PX = 790
"""In a lower window the workspace leaves its header out; its acts are in the menu."""

HEADLESS_PX = 460
"""In a window lower than this no page has a header."""

LEAD_IN_US = 2 * SECOND_US
"""So much before the frame on the screen one key plays from."""

WORK_DELAY_MS = 120
"""What is missing is listed this long after the last edit, so that no key press waits for it."""


class _TakesStage(Protocol):
    def stage_place(self) -> QVBoxLayout: ...


class _HoldsUnrecorded(Protocol):
    def unrecorded(self) -> Unrecorded | None: ...


class _TakesMoment(Protocol):
    def set_moment(self, pts_us: int, frame: int | None) -> None: ...


@dataclass(frozen=True, slots=True, kw_only=True)
class PageWords:
    """Title and note of the step header."""

    title: str
    note: str


class PageStack(QStackedWidget):
    """Asks for the room of the page in front only; a large page behind it makes none scroll."""

    def minimumSizeHint(self) -> QSize:  # noqa: N802, D102 - Qt's name
        page = self.currentWidget()
        return QSize() if page is None else page.minimumSizeHint()


class Workspace(QWidget):
    """Shows one page at a time; pages after the first are made when they are first shown."""

    page_changed = Signal(str)
    work_changed = Signal()
    versions_wanted = Signal()
    closed = Signal()

    def __init__(
        self,
        theme: Theme,
        session: OpenSession,
        cache_folder: Path | None = None,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self.session = session
        self._theme = theme
        self._pages: dict[str, QWidget] = {}
        self._current = ""
        self._compact = False
        self._missing: tuple[OpenWork, ...] = ()
        self.stage = Stage(theme, cache_folder, self)
        self._room = RoomyFrame(theme.px, self)
        self._room.set_small(True)
        self._stack = PageStack(self._room.ground)
        self.work = WorkPage(theme, session, self.stage, self._stack)
        self._header = QWidget(self)
        self._title = QLabel(self)
        self._note = QLabel(self)
        self._undo = PushButton(theme, self.tr("Undo"), ButtonKind.QUIET, self)
        self._act = PushButton(theme, "", ButtonKind.PLAIN, self)
        self._work_timer = QTimer(self)
        self._work_timer.setSingleShot(True)
        self._work_timer.setInterval(WORK_DELAY_MS)
        self._build()
        self._connect()
        self._keep_work()
        self._show_undo()
        self.show_page(Step.PREPARE if self._missing_in(Step.PREPARE) else Step.CODE)

    @property
    def player(self) -> Player:
        """The player of the shared picture."""
        return self.stage.player

    @property
    def current(self) -> str:
        """The id of the page in front."""
        return self._current

    @property
    def shows_video(self) -> bool:
        """Whether the page in front has a place for the picture."""
        return self.work.picture_floats or hasattr(self._stack.currentWidget(), "stage_place")

    @property
    def missing(self) -> tuple[OpenWork, ...]:
        """What the coding still lacks."""
        return self._missing

    def page(self, page_id: str) -> QWidget:
        """A page, made when it is asked for the first time."""
        if page_id in (Step.PREPARE, Step.CODE):
            return self.work
        if page_id not in self._pages:
            page = self._make(page_id)
            self._pages[page_id] = page
            self._stack.addWidget(page)
        return self._pages[page_id]

    def show_page(self, page_id: str) -> None:
        """Bring a page to the front; the picture moves to it where it has a place for it."""
        page = self.page(page_id)
        self._current = str(page_id)
        if page is self.work:
            self.work.show_prepare(page_id == Step.PREPARE)
        else:
            self.work.step_aside()
        self._stack.setCurrentWidget(page)
        self._place_picture()
        if page is self.work:
            page.setFocus()
        self._show_header(page)
        self._tell_moment(self.player.moment)
        self.page_changed.emit(self._current)

    def _follow_window(self, panel: str) -> None:
        if panel == PICTURE:
            self._place_picture()
            self.page_changed.emit(self._current)

    def _place_picture(self) -> None:
        """Move the picture to the page in front, unless it has a window of its own."""
        front, floats = self._stack.currentWidget(), self.work.picture_floats
        page = self.work if floats else front
        if front is not self.work and hasattr(front, "stage_place"):
            # A place that the picture has left is not kept empty.
            holder = cast("_TakesStage", front).stage_place().parentWidget()
            if holder is not None:
                holder.setVisible(not floats)
        if hasattr(page, "stage_place"):
            cast("_TakesStage", page).stage_place().addWidget(self.stage)
            self.stage.show()
        else:
            self.stage.moves.leave_motion()
            self.player.pause()

    def put_below(self, widget: QWidget) -> None:
        """Place a widget under whatever page is in front."""
        column, gap = cast("QVBoxLayout", self.layout()), self._theme.px(10)
        row = QHBoxLayout()
        row.setContentsMargins(gap, 0, gap, 0)
        row.addWidget(widget)
        column.addLayout(row)

    def resizeEvent(self, event: QResizeEvent) -> None:  # noqa: N802, D102 - Qt's name
        super().resizeEvent(event)
        compact = event.size().height() < self._theme.px(LOW_PX)
        if compact != self._compact:
            self._compact = compact
            self.work.set_compact(compact)
        self._show_header(self._stack.currentWidget())

    def show_work(self, work: OpenWork) -> None:
        """Go to where something is missing."""
        self.show_page(work.step)
        page = self.page(work.step)
        if work.slot is not None and hasattr(page, "show_slot"):
            page.show_slot(work.slot)
        if work.at_us is not None:
            self.stage.moves.go_to(work.at_us)
        elif work.step is Step.PREPARE and work.finding.place:
            self.work.prepare.choose(work.finding.place)

    def act(self) -> None:
        """The main act of the page in front."""
        page = self._stack.currentWidget()
        if page is self.work and self._current != Step.PREPARE:
            self.show_page(Step.RATE)
            return
        action = self._main_action(page)
        if action is not None:
            action[1]()

    def go_to_event(self, direction: int) -> None:
        """Show the start of the next event, or of the one before."""
        starts = (event.start_us for event in self.session.coding.events)
        self.stage.moves.go_to_neighbour(starts, direction)

    def go_to_episode_beside(self, direction: int) -> None:
        """Show the start of the next episode, or of this one, or of the one before."""
        spans = episode_spans(self.session.coding, self.session.scheme.procedure)
        starts = (span.start_us for span in spans if span.start_us is not None)
        self.stage.moves.go_to_neighbour(starts, direction)

    def go_to_episode(self, place: int) -> None:
        """Show the start of an episode, by its place in the procedure from 0."""
        spans = episode_spans(self.session.coding, self.session.scheme.procedure)
        if place < len(spans):
            start = spans[place].start_us
            if start is not None:
                self.stage.moves.go_to(start)

    def replay(self) -> None:
        """Play from two seconds before the frame on the screen."""
        self.stage.moves.replay(LEAD_IN_US)

    def settle_unrecorded(self) -> bool:
        """Ask about judgements that were begun and not recorded; False to stay with one."""
        for page_id, page in tuple(self._pages.items()):
            found = _unrecorded(page)
            if found is not None and not settle(found, self):
                self.show_page(page_id)
                return False
        return True

    def close_session(self) -> None:
        """Let the file go and stop the picture; when the file cannot be closed, nothing stops."""
        self.session.close()
        self.closed.emit()
        self._work_timer.stop()
        self.stage.moves.leave_motion()
        self.player.close()

    def _make(self, page_id: str) -> QWidget:
        theme, session = self._theme, self.session
        # Imported when first shown: a coder who marks episodes need not wait for the other pages.
        if page_id == Step.RATE:
            from ssp_coder.ui.rate.page import RatePage

            rate = RatePage(theme, session, self._stack)
            rate.clip_wanted.connect(self.stage.moves.play_clip)
            rate.take_hand(self._hand)
            return rate
        if page_id == Step.DISORGANIZATION:
            from ssp_coder.ui.disorganization.page import DPassPage

            d_pass = DPassPage(theme, session, self._stack)
            d_pass.classify_requested.connect(self._show_classify)
            d_pass.clip_wanted.connect(self.stage.moves.play_clip)
            return d_pass
        if page_id == Step.CLASSIFY:
            from ssp_coder.ui.classify.page import ClassifyPage

            page = ClassifyPage(theme, session, self._stack)
            page.place_requested.connect(self._show_slot)
            return page
        return self._make_last(page_id)

    def _make_last(self, page_id: str) -> QWidget:
        theme, session = self._theme, self.session
        if page_id == Step.REVIEW:
            from ssp_coder.ui.review.page import ReviewPage

            page = ReviewPage(theme, session, self._stack)
            page.settle_before_locking(self.settle_unrecorded)
            page.work_chosen.connect(self.show_work)
            page.versions_wanted.connect(self.versions_wanted)
            return page
        if page_id == Step.EXPORT:
            from ssp_coder.ui.export.page import ExportPage

            return ExportPage(theme, session, self._stack)
        from ssp_coder.ui.compare.page import ComparePage

        compare = ComparePage(theme, session, self._stack)
        self.player.loop_changed.connect(compare.show_loop)
        return compare

    def _hand(self) -> Hand:
        from ssp_coder.ui.rate.clips import Hand

        return Hand(selected=self.work.table.selected_events(), loop=self.player.loop)

    def _show_classify(self) -> None:
        self.show_page(Step.CLASSIFY)

    def _show_slot(self, slot: str) -> None:
        for work in open_work(self.session.coding, self.session.scheme):
            if work.slot == slot:
                self.show_work(work)
                return
        self.show_page(Step.RATE)
        page = self.page(Step.RATE)
        if hasattr(page, "show_slot"):
            page.show_slot(slot)

    def _missing_in(self, step: Step) -> bool:
        return any(work.step is step for work in self._missing)

    def _follow(self, changed: Changed) -> None:
        self._work_timer.start()
        self._show_undo()
        if "locked" in changed.record.change.areas:
            self._show_header(self._stack.currentWidget())

    def _keep_work(self) -> None:
        missing = open_work(self.session.coding, self.session.scheme)
        if missing != self._missing:
            self._missing = missing
            self.work_changed.emit()

    def _show_undo(self) -> None:
        history = self.session.document.history
        if history.can_undo and not self.session.read_only:
            words = edit_words(history.taken_back_next()[-1].edit, self.session.scheme)
            self._undo.set_words(self.tr("Undo {0}").format(words))
            self._undo.enable()
        else:
            self._undo.set_words(self.tr("Undo"))
            self._undo.disable(self.tr("Nothing to undo"))

    def _show_header(self, page: QWidget | None) -> None:
        low = self._compact and page is self.work
        self._header.setVisible(not low and self.height() >= self._theme.px(HEADLESS_PX))
        words = self._words()
        self._title.setText(words.title)
        self._note.setText(words.note)
        if page is self.work and self._current != Step.PREPARE:
            action: tuple[str, Callable[[], None]] | None = (self.tr("Go on to rating"), self.act)
        else:
            action = self._main_action(page)
        self._act.setVisible(action is not None)
        if action is not None:
            self._act.set_words(action[0])

    def _main_action(self, page: QWidget | None) -> tuple[str, Callable[[], None]] | None:
        source = self.work.prepare if page is self.work else page
        if source is None or not hasattr(source, "main_action"):
            return None
        return cast("tuple[str, Callable[[], None]] | None", source.main_action())

    def _words(self) -> PageWords:
        notes = {
            Step.PREPARE.value: self.tr("Mark where each episode starts, by its cue"),
            Step.CODE.value: self.tr("The time of an event is the frame you see"),
            Step.RATE.value: self.tr("Best instance in the episode sets the score"),
            Step.DISORGANIZATION.value: self.tr("Judged in the caregiver's presence"),
            Step.CLASSIFY.value: self.tr("Your class first"),
            Step.REVIEW.value: self.tr("Check, then lock"),
            Step.EXPORT.value: self.tr("Tables for R, SPSS and pandas"),
            COMPARE: self.tr("Your coding against a reference"),
        }
        title = self.tr("Compare") if self._current == COMPARE else step_title(Step(self._current))
        return PageWords(title=title, note=notes[self._current])

    def _tell_moment(self, moment: Moment | None) -> None:
        if moment is None:
            return
        self.work.show_moment(moment)
        page = self._stack.currentWidget()
        if page is not self.work and hasattr(page, "set_moment"):
            frame = self.player.frame_at(moment.pts_us)
            cast("_TakesMoment", page).set_moment(moment.pts_us, frame)

    def _show_length(self) -> None:
        if self.player.end_us:
            self.work.show_duration(self.player.end_us)

    def _connect(self) -> None:
        self._work_timer.timeout.connect(self._keep_work)
        self.session.changed.connect(self._follow)
        self.session.jump_requested.connect(self.stage.moves.go_to)
        self.session.clip_requested.connect(self.stage.moves.loop_over)
        self.session.clip_left.connect(self.stage.moves.leave)
        self.session.slot_requested.connect(self._show_slot)
        self.player.cameras_changed.connect(self._show_length)
        self.player.moment_changed.connect(self._tell_moment)
        self._undo.clicked.connect(self.session.undo)
        self.work.panels.window_changed.connect(self._follow_window)
        self._act.clicked.connect(self.act)

    def _build(self) -> None:
        px = self._theme.px
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        self._build_header()
        column.addWidget(self._header)
        self._stack.addWidget(self.work)
        self._room.hold(self._stack)
        column.addWidget(self._room, 1)
        column.addSpacing(px(4))
        self._undo.set_icon_name("undo")
        follow_caps(self._undo, "undo")
        follow_caps(self._act, "act")

    def _build_header(self) -> None:
        px, theme = self._theme.px, self._theme
        row = QHBoxLayout(self._header)
        row.setContentsMargins(px(16), px(6), px(10), px(6))
        row.setSpacing(px(12))
        self._title.setFont(theme.font(FontUse.STEP_TITLE))
        self._note.setProperty("tone", "second")
        row.addWidget(self._title)
        row.addWidget(self._note)
        row.addStretch(1)
        row.addWidget(self._undo)
        row.addWidget(self._act)


def _unrecorded(page: QWidget) -> Unrecorded | None:
    if not hasattr(page, "unrecorded"):
        return None
    return cast("_HoldsUnrecorded", page).unrecorded()
