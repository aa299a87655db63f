"""The Rate page: tabs of places, the video, and the words of the focused scale."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QResizeEvent, QShowEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QTabBar, QVBoxLayout, QWidget

from ssp_coder.domain.coding import Coding
from ssp_coder.domain.procedure import EpisodeId
from ssp_coder.domain.scale import NOT_RATED, Points, Rating, RatingSlot, SlotId
from ssp_coder.domain.session import episode_spans
from ssp_coder.domain.time import short_clock_text
from ssp_coder.editing.document import Changed
from ssp_coder.editing.edits import ClearRating, Rate
from ssp_coder.ui.keys.live import live_keys
from ssp_coder.ui.keys.words import chord_words
from ssp_coder.ui.kit.accessible import describe
from ssp_coder.ui.rate.anchors import AnchorsPanel, ChosenPoint, ScaleView
from ssp_coder.ui.rate.aside import Aside
from ssp_coder.ui.rate.cell import CellState, RatingCell
from ssp_coder.ui.rate.clips import Clip, Hand, clips_of, next_clip, offers
from ssp_coder.ui.rate.enter import EnterPage
from ssp_coder.ui.rate.lettering import IconLine, lettering
from ssp_coder.ui.rate.table import RatingTable
from ssp_coder.ui.rate.tabs import next_open, rating_tabs, tab_of
from ssp_coder.ui.rate.words import clip_words, fact_lines, tab_title
from ssp_coder.ui.theme.fonts import FontUse

if TYPE_CHECKING:
    from ssp_coder.ui.session import OpenSession
    from ssp_coder.ui.theme.theme import Theme

SHOWN_AREAS = frozenset({"ratings", "events", "episodes", "session_end", "locked"})
WIDE, WIDE_ASIDE, NARROW_ASIDE = 1280, 384, 308
ROOMY = 900
"""In a narrower page the row of tabs leaves no room to name the keys."""
EVIDENCE_COMMANDS = ("evidence_add", "evidence_play")


class RatePage(EnterPage):
    """Rates every place of the scheme but the one of disorganization.

    Signals:
        clip_wanted: a `Span` of the video that justifies a rating, to be played.
    """

    clip_wanted = Signal(object)

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
        self._hand: Callable[[], Hand] = Hand
        self._shown: dict[SlotId, Clip] = {}
        self._build()
        describe(self, self.tr("Rate"))
        live_keys().changed.connect(self._show_hint)
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
        """Take note of the frame on the screen; evidence is looked for around it."""
        self._playhead_us = us

    def take_hand(self, hand: Callable[[], Hand]) -> None:
        """Ask this from now on what is selected and looped elsewhere."""
        self._hand = hand

    def add_evidence(self) -> None:
        """Ask what justifies the rating of the place that keys act on."""
        if self._focused is not None:
            self._offer(self._focused)

    def play_evidence(self) -> None:
        """Play the next piece of evidence of the place that keys act on, going round."""
        if self._focused is None:
            return
        clips = self._clips(self._focused)
        place = next_clip(clips, self._shown.get(self._focused))
        if place is None:
            self._say(self.tr("No evidence is tied to this place yet"))
        else:
            self._play(clips[place])

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
        if self._said.text() == self._hint:
            self._show_hint()

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
        self._hint = ""
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
            cell.evidence_wished.connect(self._offer)
            cell.clip_wished.connect(self._play)
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
        return CellState(
            rating=coding.rating(slot.id),
            clips=self._clips(slot.id),
            facts=fact_lines(coding, scheme, slot),
            locked=self._session.read_only,
        )

    def _focus(self, slot_id: str) -> None:
        self._focused = SlotId(slot_id)
        self._show_hint()
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

    def _clips(self, slot: SlotId) -> tuple[Clip, ...]:
        coding = self._session.coding
        return clips_of(coding, coding.rating(slot))

    def _offer(self, slot_id: str) -> None:
        coding, scheme = self._session.coding, self._session.scheme
        slot = scheme.slot(SlotId(slot_id))
        if coding.rating(slot.id) is None:
            self._say(self.tr("Rate first: evidence belongs to a rating"))
        elif self._table is not None:
            found = offers(coding, scheme, slot, self._playhead_us, self._hand())
            self._table.cells[slot.id].offer_evidence(found)

    def _play(self, clip: Clip) -> None:
        slot = self._slot_of(clip)
        clips = self._clips(slot)
        self._shown[slot] = clip
        words = self.tr("Clip {0} of {1}: {2}")
        name = clip_words(clip, self._session.scheme)
        self._say(words.format(clips.index(clip) + 1, len(clips), name))
        self.clip_wanted.emit(clip.span)

    def _slot_of(self, clip: Clip) -> SlotId:
        """The place whose chip was pressed, else the one that keys act on."""
        cell = self.sender()
        if isinstance(cell, RatingCell) and clip in cell.state.clips:
            return cell.slot.id
        return SlotId(self._focused or "")

    def _put_note(self, slot_id: str, note: str) -> None:
        rating = self._session.coding.rating(SlotId(slot_id))
        if rating is not None:
            self._rate(replace(rating, note=note))

    def _go_to_note(self) -> None:
        self._anchors.note_field.edit.setFocus(Qt.FocusReason.ShortcutFocusReason)

    def _say(self, words: str) -> None:
        self._said.setText(words)

    def _show_hint(self) -> None:
        """Which keys there are here besides the digits, where the row has room to say it."""
        add, play = (chord_words(live_keys().shown(name)) for name in EVIDENCE_COMMANDS)
        words = self.tr("{0} evidence \N{MIDDLE DOT} {1} play it \N{MIDDLE DOT} / note")
        shown = not self._session.read_only and self.width() >= self._theme.px(ROOMY)
        self._hint = words.format(add, play) if shown else ""
        self._said.setText(self._hint)


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
