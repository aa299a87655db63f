"""The Rate page: tabs of places, the video, and the words of the focused scale."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtGui import QResizeEvent, QShowEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QTabBar, QVBoxLayout, QWidget

from ssp_coder.domain.coding import Coding, EventId
from ssp_coder.domain.procedure import EpisodeId
from ssp_coder.domain.scale import NOT_RATED, Points, Rating, RatingSlot, SlotId
from ssp_coder.domain.session import episode_spans
from ssp_coder.domain.time import short_clock_text
from ssp_coder.editing.document import Changed
from ssp_coder.editing.edits import ClearRating, Rate
from ssp_coder.ui.kit.accessible import describe
from ssp_coder.ui.rate.anchors import AnchorsPanel, ChosenPoint, ScaleView
from ssp_coder.ui.rate.aside import Aside
from ssp_coder.ui.rate.cell import CellState, RatingCell
from ssp_coder.ui.rate.enter import EnterPage
from ssp_coder.ui.rate.evidence import bearing_codes, nearest_evidence
from ssp_coder.ui.rate.lettering import IconLine, lettering
from ssp_coder.ui.rate.table import RatingTable
from ssp_coder.ui.rate.tabs import next_open, rating_tabs, tab_of
from ssp_coder.ui.rate.words import fact_lines, place_name, tab_title
from ssp_coder.ui.theme.fonts import FontUse

if TYPE_CHECKING:
    from ssp_coder.ui.session import OpenSession
    from ssp_coder.ui.theme.theme import Theme

SHOWN_AREAS = frozenset({"ratings", "events", "episodes", "session_end", "locked"})
WIDE, WIDE_ASIDE, NARROW_ASIDE = 1280, 384, 308


class RatePage(EnterPage):
    """Rates every place of the scheme but the one of disorganization."""

    def __init__(self, theme: Theme, session: OpenSession, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme = theme
        self._session = session
        self._tabs = rating_tabs(session.scheme)
        self._tables: dict[str, RatingTable] = {}
        self._table: RatingTable | None = None
        self._focused: SlotId | None = None
        self._playhead_us = 0
        self._stale = True
        self._build()
        describe(self, self.tr("Rate"))
        session.changed.connect(self._follow)
        self._bar.currentChanged.connect(self._show_tab)
        self._anchors.note_committed.connect(self._put_note)
        if self._tabs:
            self._show_tab(0)

    @property
    def focused_slot(self) -> SlotId | None:
        """The place that keys act on."""
        return self._focused

    @property
    def anchors(self) -> AnchorsPanel:
        """The words of the focused scale."""
        return self._anchors

    def cell(self, slot_id: str) -> RatingCell:
        """The place with this id; it must be on the tab that is shown."""
        table = self._table
        if table is None or slot_id not in table.cells:
            raise KeyError(f"{slot_id} is not on the tab that is shown")
        return table.cells[SlotId(slot_id)]

    def stage_place(self) -> QVBoxLayout:
        """Where the main window puts the video."""
        return self._aside.stage

    def set_moment(self, us: int, _frame: int | None = None) -> None:
        """Take note of the frame on the screen; evidence is looked for before it."""
        self._playhead_us = us

    def main_action(self) -> tuple[str, Callable[[], None]]:
        """What the button in the step's header says and does."""
        return self.tr("Next open"), self.go_to_next_open

    def go_to_next_open(self) -> None:
        """Go to the next place that a complete coding needs and that is not rated."""
        slot = next_open(self._tabs, self._session.coding, self._focused)
        if slot is None:
            self._say(self.tr("Every required place is rated"))
        else:
            self.show_slot(slot.id)

    def show_slot(self, slot_id: str) -> None:
        """Put the focus on a place; one that the page does not hold is left aside."""
        tab = tab_of(self._tabs, slot_id)
        if tab is None:
            return
        self._bar.setCurrentIndex(self._tabs.index(tab))
        if self._table is not None:
            self._focus(slot_id)
            self._table.focus_slot(SlotId(slot_id))

    def showEvent(self, event: QShowEvent) -> None:  # noqa: N802, D102 - Qt's name
        if self._stale:
            self._refresh()
        super().showEvent(event)
        if self._table is not None and self._focused is not None:
            self._table.focus_slot(self._focused)

    def resizeEvent(self, event: QResizeEvent) -> None:  # noqa: N802, D102 - Qt's name
        px = self._theme.px
        self._aside.setFixedWidth(px(WIDE_ASIDE if self.width() >= px(WIDE) else NARROW_ASIDE))
        super().resizeEvent(event)

    def _build(self) -> None:
        px = self._theme.px
        column = QVBoxLayout(self)
        column.setContentsMargins(px(10), 0, px(10), px(10))
        column.setSpacing(px(8))
        column.addLayout(self._build_bar())
        row = QHBoxLayout()
        row.setSpacing(px(10))
        self._frame = QFrame(self)
        self._frame.setProperty("panel", True)
        self._pages = QVBoxLayout(self._frame)
        self._pages.setContentsMargins(1, 1, 1, 1)
        row.addWidget(self._frame, 1)
        row.addWidget(self._build_aside())
        column.addLayout(row, 1)

    def _build_bar(self) -> QHBoxLayout:
        self._bar = QTabBar(self)
        self._bar.setDrawBase(False)
        self._bar.setExpanding(False)
        describe(self._bar, self.tr("Groups of ratings"))
        for tab in self._tabs:
            self._bar.addTab(tab_title(tab, self._session.scheme))
        self._locked = IconLine(self._theme, "lock", FontUse.TABLE, "second", self)
        self._said: QLabel = lettering(self._theme, "", FontUse.TABLE, "second")
        self._said.setAlignment(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
        row = QHBoxLayout()
        row.addWidget(self._bar)
        row.addWidget(self._said, 1)
        row.addWidget(self._locked)
        return row

    def _build_aside(self) -> QWidget:
        self._aside = Aside(self._theme, self)
        self._anchors = AnchorsPanel(self._theme, self._aside)
        self._aside.add_panel(self._anchors, 3)
        self._aside.setFixedWidth(self._theme.px(NARROW_ASIDE))
        return self._aside

    def _show_tab(self, index: int) -> None:
        tab = self._tabs[index]
        table = self._tables.get(tab.id)
        if table is None:
            table = self._tables[tab.id] = self._build_table(index)
        if self._table is not None:
            self._table.hide()
        self._table = table
        table.show()
        self._focused = next((slot.id for slot in tab.slots if slot.id == self._focused), None)
        self._focus(self._focused or tab.slots[0].id)
        self._refresh()

    def _build_table(self, index: int) -> RatingTable:
        table = RatingTable(self._theme, self._session.scheme, self._tabs[index], self._frame)
        table.row_focused.connect(self._focus)
        table.note_requested.connect(self._go_to_note)
        for cell in table.cells.values():
            cell.rating_wished.connect(self._rate)
            cell.clear_wished.connect(self._clear)
            cell.evidence_wished.connect(self._tie)
            cell.jump_wished.connect(self._session.jump_requested)
        self._pages.addWidget(table)
        return table

    def _follow(self, changed: Changed) -> None:
        if changed.record.change.areas & SHOWN_AREAS:
            self._stale = True
            if self.isVisible():
                self._refresh()

    def _refresh(self) -> None:
        self._stale = False
        self._show_counts()
        read_only = self._session.read_only
        locked = self.tr("Locked, nothing can be changed") if self._session.coding.locked else ""
        self._locked.show_text(locked or (self.tr("Open for reading only") if read_only else ""))
        if self._table is not None:
            self._table.show_lengths(self._lengths())
            for cell in self._table.cells.values():
                cell.show_state(self._state(cell.slot))
        self._show_anchors()

    def _show_counts(self) -> None:
        coding, scheme = self._session.coding, self._session.scheme
        for place, tab in enumerate(self._tabs):
            words = f"{tab_title(tab, scheme)}  {tab.rated(coding)}/{len(tab.slots)}"
            self._bar.setTabText(place, words)

    def _lengths(self) -> dict[EpisodeId, str]:
        coding, scheme = self._session.coding, self._session.scheme
        return {
            span.plan.id: short_clock_text(span.length_us, digits=0)
            for span in episode_spans(coding, scheme.procedure)
            if span.length_us is not None
        }

    def _state(self, slot: RatingSlot) -> CellState:
        coding, scheme = self._session.coding, self._session.scheme
        rating = coding.rating(slot.id)
        tied = rating.evidence if rating else ()
        events = {event.id: event for event in coding.events if event.id in tied} if tied else {}
        return CellState(
            rating=rating,
            clips=tuple(events[EventId(tie)] for tie in tied if tie in events),
            facts=fact_lines(coding, scheme, slot),
            can_tie=bool(bearing_codes(scheme, slot)),
            locked=self._session.read_only,
        )

    def _focus(self, slot_id: str) -> None:
        self._focused = SlotId(slot_id)
        self._said.clear()
        if self._table is not None:
            self._table.tint_row(self._focused)
        self._show_anchors()

    def _show_anchors(self) -> None:
        if self._focused is None or self._table is None:
            return
        coding, scheme = self._session.coding, self._session.scheme
        rating = coding.rating(self._focused)
        view = ScaleView(
            scale=scheme.scale_of(self._focused),
            slot=self._focused,
            chosen=chosen_points(coding, self._table.tab.slots, self._focused),
            note=None if rating is None else rating.note,
            locked=self._session.read_only,
        )
        self._anchors.show_scale(view)

    def _rate(self, rating: Rating) -> None:
        self._session.submit(Rate(rating=rating), cause=self)

    def _clear(self, slot_id: str) -> None:
        if self._session.coding.score(SlotId(slot_id)) is not NOT_RATED:
            self._session.submit(ClearRating(slot=SlotId(slot_id)), cause=self)

    def _tie(self, slot_id: str) -> None:
        coding, scheme = self._session.coding, self._session.scheme
        slot = scheme.slot(SlotId(slot_id))
        rating = coding.rating(slot.id)
        event = nearest_evidence(coding, scheme, slot, self._playhead_us)
        if rating is None:
            return
        if event is None:
            words = self.tr("No further event before the playhead bears on {0}")
            self._say(words.format(place_name(slot, scheme)))
            return
        self._said.clear()
        self._rate(replace(rating, evidence=(*rating.evidence, event.id)))

    def _put_note(self, slot_id: str, note: str) -> None:
        rating = self._session.coding.rating(SlotId(slot_id))
        if rating is not None:
            self._rate(replace(rating, note=note))

    def _go_to_note(self) -> None:
        self._anchors.note.edit.setFocus(Qt.FocusReason.ShortcutFocusReason)

    def _say(self, words: str) -> None:
        self._said.setText(words)


def chosen_points(
    coding: Coding, slots: tuple[RatingSlot, ...], current: SlotId
) -> tuple[ChosenPoint, ...]:
    """The points chosen on the scale of `current` in the places beside it."""
    scale = next((slot.scale for slot in slots if slot.id == current), None)
    found = []
    for slot in slots:
        score = coding.score(slot.id)
        if slot.scale == scale and isinstance(score, Points):
            place = str(slot.episode) if slot.episode is not None else ""
            found.append(ChosenPoint(place=place, point=score.value, current=slot.id == current))
    return tuple(found)
