"""The panel of the interval sheet: an episode, its measures by interval, what they add up to."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QStackedWidget, QVBoxLayout, QWidget

from ssp_coder.domain.session import EpisodeSpan, episode_id_at, episode_spans
from ssp_coder.domain.time import SECOND_US
from ssp_coder.ui.intervals import words
from ssp_coder.ui.intervals.book import SheetBook
from ssp_coder.ui.intervals.foot import Footing, SheetFoot
from ssp_coder.ui.intervals.guide import Guide
from ssp_coder.ui.intervals.marking import Marking, Place
from ssp_coder.ui.intervals.sheet_model import SheetModel
from ssp_coder.ui.intervals.sheet_view import SheetView
from ssp_coder.ui.kit.accessible import describe
from ssp_coder.ui.kit.button import PushButton
from ssp_coder.ui.kit.choice import ComboBox
from ssp_coder.ui.kit.empty_state import EmptyState
from ssp_coder.ui.kit.panel import Panel

if TYPE_CHECKING:
    from PySide6.QtGui import QHideEvent, QResizeEvent, QShowEvent

    from ssp_coder.domain.procedure import EpisodeId
    from ssp_coder.domain.time import Micros
    from ssp_coder.editing.document import Changed
    from ssp_coder.rules.interval_sheet import SheetRow
    from ssp_coder.ui.session import OpenSession
    from ssp_coder.ui.theme.theme import Theme


_LOW_PX = 300
"""Below this height the sheet has the room of the facts under it."""


class IntervalPanel(Panel):
    """Shows and marks the intervals of one episode; it follows the frame on the screen.

    Signals:
        loop_requested: a `Span` to play over and over.
        play_requested: a `Span` to play once; the picture rests at its end.
    """

    loop_requested = Signal(object)
    play_requested = Signal(object)

    def __init__(self, theme: Theme, session: OpenSession, parent: QWidget | None = None) -> None:
        super().__init__(theme, "", parent)
        self.set_title(self.tr("Intervals"))
        self._session = session
        self._book = SheetBook(session.scheme)
        self._marking = Marking(session, self._book)
        self._spans: tuple[EpisodeSpan, ...] = ()
        self._episode: EpisodeId | None = None
        self._entered: EpisodeId | None = None
        self._here_us: Micros | None = None
        self._low_px = theme.px(_LOW_PX)
        self.guide = Guide(self)
        self.chooser = ComboBox(theme)
        self.guided = PushButton(theme, self.tr("Guided"))
        self.model = SheetModel(session.scheme, len(self._book.persons), self)
        self.view = SheetView(theme, self.model, session.scheme)
        self.foot = SheetFoot(theme)
        self._empty = EmptyState(theme, "", "")
        self._pages = QStackedWidget()
        self._build()
        self._connect()

    @property
    def episode(self) -> EpisodeId | None:
        """The episode whose sheet is shown."""
        return self._episode

    def set_moment(self, pts_us: Micros, frame: int | None) -> None:  # noqa: ARG002 - as all panels
        """Follow the frame on the screen; its episode is shown when the playhead enters it."""
        self._here_us = pts_us
        if not self.isVisible():
            return
        entered = episode_id_at(self._spans, pts_us)
        if entered is not None and entered != self._entered and not self.guide.running:
            self.show_episode(entered)
        self._entered = entered
        self._show_here()

    def show_episode(self, episode: EpisodeId) -> None:
        """Show the sheet of an episode."""
        if episode != self._episode:
            self.guide.stop()
            self._episode = episode
            self._show_sheet()

    def resizeEvent(self, event: QResizeEvent) -> None:  # noqa: N802, D102 - Qt's name
        super().resizeEvent(event)
        self.foot.set_low(self.height() < self._low_px)

    def showEvent(self, event: QShowEvent) -> None:  # noqa: N802, D102 - Qt's name
        super().showEvent(event)
        self._refresh()

    def hideEvent(self, event: QHideEvent) -> None:  # noqa: N802, D102 - Qt's name
        self.guide.stop()
        self._book.forget()
        super().hideEvent(event)

    # ------------------------------------------------------------------ showing

    def _refresh(self) -> None:
        """Show the coding anew."""
        self._spans = episode_spans(self._session.coding, self._session.scheme.procedure)
        if self._here_us is not None:
            self._entered = episode_id_at(self._spans, self._here_us)
        if self._episode is None:
            self._episode = self._entered or self._spans[0].plan.id
        self._show_sheet()

    def _show_sheet(self) -> None:
        coding, episode = self._session.coding, self._episode
        sheet = None if episode is None else self._book.sheet(coding, episode)
        self.model.show_sheet(sheet)
        self.view.fit()
        self.chooser.setCurrentIndex(self.chooser.findData(episode))
        ready = sheet is not None and sheet.n_intervals > 0 and bool(sheet.rows)
        self._pages.setCurrentIndex(0 if ready else 1)
        if sheet is None:
            title = self.tr("Start or end of {0} is not marked").format(episode or "")
            self._empty.show_texts(title, self.tr("Prepare, the first step, marks episodes"))
        elif not ready:
            title = self.tr("Nothing to count here")
            hint = self.tr("The ethogram names no measures, or the episode holds no interval")
            self._empty.show_texts(title, hint)
        else:
            sampling = self._session.scheme.ethogram.sampling
            self.foot.facts.setText(words.sampling_words(sheet, sampling))
            if self.view.chosen()[1] is None:
                self.view.choose(max(0, self.view.chosen()[0]), 0)
        self._show_here()
        self._show_foot()

    def _show_here(self) -> None:
        sheet, here = self.model.sheet, self._here_us
        if sheet is None or here is None:
            self.view.show_interval(None)
        else:
            self.view.show_interval(sheet.interval_at(here))

    def _show_foot(self) -> None:
        row, interval = self._current()
        line, coding, episode = self.view.chosen()[0], self._session.coding, self._episode
        waiting = (
            row is not None and episode is not None and self._book.is_waiting(coding, episode, line)
        )
        footing = Footing(
            row=row,
            interval=interval,
            waiting=waiting,
            guided=self.guide.running,
            locked=self._session.read_only,
        )
        self.foot.show_footing(footing)
        self.guided.setChecked(self.guide.running)
        self.view.wants_escape = self.guide.running
        ready = self._pages.currentIndex() == 0
        self.guided.setEnabled(ready and not self._session.read_only)

    def _follow(self, changed: Changed) -> None:
        if not self.isVisible():
            return
        change = changed.record.change
        rows = self._book.follow(change)
        if rows is None:
            self.guide.stop()
            self._refresh()
            return
        self._show_lines(rows)
        if rows or "locked" in change.areas:
            self._show_foot()

    def _show_lines(self, lines: frozenset[int]) -> None:
        if self._episode is not None and self.model.sheet is not None:
            for line in lines:
                row = self._book.row(self._session.coding, self._episode, line)
                self.model.show_row(line, row)

    # ------------------------------------------------------------------ acting

    def _act(self, act: str) -> None:
        row, interval = self._current()
        line, episode = self.view.chosen()[0], self._episode
        if row is None or episode is None:
            return
        if act == "play" and interval is not None:
            self._play(interval)
        if act == "play" or self._session.read_only:
            return
        if act == "switch":
            self._marking.switch(episode, line, row)
            self._show_lines(frozenset({line}))
            self._show_foot()
        elif interval is not None:
            self._act_on(act, Place(episode=episode, line=line, interval=interval), row)

    def _act_on(self, act: str, place: Place, row: SheetRow) -> None:
        if act == "mark":
            self._marking.mark(place, row)
        elif act == "clear":
            self._marking.clear(place, row)
        elif act == "rest" and self.guide.running:
            self._finish_interval(place)

    def _finish_interval(self, place: Place) -> None:
        """Say of all rows marked by hand that nothing else was seen, and go on."""
        if self.model.sheet is not None:
            self._marking.say_rest_not_seen(place.episode, self.model.sheet, place.interval)
        self.guide.go_on()

    def _play(self, interval: int) -> None:
        if self.guide.running:
            self.guide.go_on()
        elif self.model.sheet is not None:
            self.loop_requested.emit(self.model.sheet.span(interval))

    def _choose_episode(self) -> None:
        self.show_episode(self.chooser.currentData())

    def _choose_cell(self, _line: int, _interval: object) -> None:
        self._show_foot()

    def _jump(self) -> None:
        """Show the start of the interval that was clicked."""
        _, interval = self._current()
        if interval is not None and self.model.sheet is not None:
            self._session.jump_requested.emit(self.model.sheet.span(interval).start_us)

    def _lead(self, wanted: bool) -> None:
        sheet, (_, interval) = self.model.sheet, self._current()
        if not wanted or sheet is None:
            self.guide.stop()
        else:
            self.guide.start(sheet, interval or 0)
            self.view.setFocus()
        self._show_foot()

    def _reach(self, interval: int) -> None:
        self.view.choose(max(0, self.view.chosen()[0]), interval)

    def _current(self) -> tuple[SheetRow | None, int | None]:
        line, interval = self.view.chosen()
        return (self.model.row_at(line) if line >= 0 else None), interval

    # ------------------------------------------------------------------ building

    def _build(self) -> None:
        for plan in self._session.scheme.procedure.episodes:
            self.chooser.addItem(f"{plan.id} {plan.title}", plan.id)
        describe(self.chooser, self.tr("Episode of the sheet"))
        self.guided.setCheckable(True)
        self.guided.set_icon_name("play")
        self.guided.setToolTip(
            self.tr("Play {0} s, rest for the ticks, go on").format(
                self._session.scheme.ethogram.sampling.interval_us // SECOND_US
            )
        )
        self.add_to_title(self.chooser)
        self.add_to_title(self.guided)
        sheet = QWidget()
        column = QVBoxLayout(sheet)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(self.view, 1)
        column.addWidget(self.foot)
        self._pages.addWidget(sheet)
        self._pages.addWidget(self._empty)
        self.set_body(self._pages)

    def _connect(self) -> None:
        self._session.changed.connect(self._follow)
        self.chooser.activated.connect(self._choose_episode)
        self.guided.clicked.connect(self._lead)
        self.view.acted.connect(self._act)
        self.view.cell_chosen.connect(self._choose_cell)
        self.view.clicked.connect(self._jump)
        self.view.escaped.connect(self.guide.stop)
        self.foot.acted.connect(self._act)
        self.guide.interval_reached.connect(self._reach)
        self.guide.play_requested.connect(self.play_requested)
        self.guide.ended.connect(self._show_foot)
