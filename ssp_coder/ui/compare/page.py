"""The Compare page: differences at the left; picture, numbers and paired lanes at the right."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtGui import QShowEvent
from PySide6.QtWidgets import (
    QFileDialog,
    QFrame,
    QSplitter,
    QStackedWidget,
    QVBoxLayout,
    QWidget,
)

from ssp_coder.domain.time import SECOND_US, Micros, Span
from ssp_coder.ui.code import feed
from ssp_coder.ui.compare.choice import ReferenceBar
from ssp_coder.ui.compare.difference_list import DifferenceList
from ssp_coder.ui.compare.pair_lanes import (
    PairWords,
    differing_lanes,
    lane_pairs,
    mark_ids,
    pair_marks,
)
from ssp_coder.ui.compare.reference import Concern, Reference, concerns_of
from ssp_coder.ui.compare.rows import DifferenceRow, RowOrder, difference_rows, sorted_rows
from ssp_coder.ui.compare.summary import SummaryPanel, signed
from ssp_coder.ui.compare.work import Compared, CompareWork
from ssp_coder.ui.kit.accessible import describe
from ssp_coder.ui.kit.empty_state import EmptyState
from ssp_coder.ui.kit.panel import Panel
from ssp_coder.ui.kit.segmented import Segment, SegmentedControl
from ssp_coder.ui.timeline.widget import Timeline

if TYPE_CHECKING:
    from collections.abc import Callable

    from ssp_coder.agreement.comparison import Comparison
    from ssp_coder.editing.document import Changed
    from ssp_coder.ui.session import OpenSession
    from ssp_coder.ui.theme.theme import Theme

LEAD_US = 2 * SECOND_US
"""How long before a difference the video is shown from."""
AROUND_US = 15 * SECOND_US
"""How much of the lanes is shown on each side of a difference."""

SHOWN_AREAS = frozenset(
    {"events", "ratings", "classification", "episodes", "session_end", "locked"}
)


class ComparePage(QWidget):
    """Holds this coding against a reference; every difference leads to its moment."""

    def __init__(self, theme: Theme, session: OpenSession, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme = theme
        self._session = session
        self._reference: Reference | None = None
        self._compared: Compared | None = None
        self._agreed: frozenset[Concern] = frozenset()
        self._rows: tuple[DifferenceRow, ...] = ()
        self._stale = False
        self._work = CompareWork(session.scheme, self)
        self.bar = ReferenceBar(theme, self)
        self.differences = DifferenceList(theme, self)
        self.summary = SummaryPanel(theme, session.scheme, self)
        self.timeline = Timeline(theme, self)
        self.timeline.set_locked(True)
        self.empty = EmptyState(
            theme,
            self.tr("No reference yet"),
            self.tr("A coding file, or a timeline CSV, of the same session"),
            self.tr("Choose a reference…"),
            self,
        )
        orders = (
            Segment(id=RowOrder.TIME.value, title=self.tr("by time")),
            Segment(id=RowOrder.KIND.value, title=self.tr("by kind")),
        )
        self.order = SegmentedControl(theme, orders, self.tr("Order"), self)
        self._left = QStackedWidget(self)
        self._list = Panel(theme, self.tr("Differences"), self)
        self._stage_box = QFrame(self)
        self._lanes = Panel(theme, "", self)
        self._build()
        self._connect()
        describe(self, self.tr("Compare"))

    def stage_place(self) -> QVBoxLayout:
        """Where the shared picture goes."""
        layout = self._stage_box.layout()
        if not isinstance(layout, QVBoxLayout):
            raise TypeError("the stage box has lost its layout")
        return layout

    def main_action(self) -> tuple[str, Callable[[], None]]:
        """What the button in the step's header says and does."""
        return self.tr("Choose a reference…"), self.choose_reference

    def set_moment(self, pts_us: int, _frame: int | None = None) -> None:
        """Follow the frame on the screen."""
        self.timeline.set_playhead(pts_us)

    def choose_reference(self) -> None:
        """Ask for a reference and compare with it."""
        file = self._session.file
        name, _ = QFileDialog.getOpenFileName(
            self,
            self.tr("Choose a reference"),
            "" if file is None else str(file.path.parent),
            self.tr("Codings and timelines (*.sspc *.csv)"),
        )
        if name:
            self.open_reference(Path(name))

    def open_reference(self, path: Path) -> None:
        """Read a reference in the background and compare with it."""
        self.bar.show_trouble("")
        self._work.load(path, self._session.coding)

    def compare_anyway(self) -> None:
        """Compare in spite of what speaks against it."""
        if self._reference is not None:
            self._agreed |= set(self._concerns(self._reference))
            self._compare()

    def choose_row(self, row: DifferenceRow) -> None:
        """Show a difference: its marks in the lanes, and the video shortly before it."""
        self.timeline.zoom_to(
            Span(
                start_us=Micros(max(0, row.at_us - AROUND_US)),
                end_us=Micros(row.at_us + AROUND_US),
            )
        )
        self.timeline.set_selected(mark_ids(row))
        self._session.jump_requested.emit(max(0, row.at_us - LEAD_US))

    def showEvent(self, event: QShowEvent) -> None:  # noqa: N802, D102 - Qt's name
        if self._stale:
            self._compare()
        super().showEvent(event)

    def _concerns(self, reference: Reference) -> tuple[Concern, ...]:
        return concerns_of(self._session.coding, self._session.scheme, reference)

    def _take_reference(self, reference: object) -> None:
        if not isinstance(reference, Reference):
            return
        self._reference = reference
        self._agreed &= {Concern.NOT_LOCKED}
        self.bar.show_reference(reference)
        self._forget_comparison()
        self._compare()

    def _compare(self, *_what: object) -> None:
        self._stale = False
        reference = self._reference
        if reference is None:
            return
        concerns = self._concerns(reference)
        open_concerns = set(concerns) - self._agreed - {Concern.OTHER_SCHEME}
        own = self._session.coding
        sentences = [self.bar.concern_words(c, own, reference) for c in concerns]
        self.bar.show_concerns(sentences, asking=bool(open_concerns))
        if open_concerns:
            self._forget_comparison()
            self.empty.show_texts(
                self.tr("Not compared yet"), self.tr("The warning above asks whether to")
            )
            return
        self._work.compare(own, reference, self.bar.tolerance_us)

    def _forget_comparison(self) -> None:
        self._compared = None
        self._left.setCurrentWidget(self.empty)
        self._lanes.hide()
        self.summary.setEnabled(False)
        self.bar.show_overall("")

    def _show(self, compared: object) -> None:
        if not isinstance(compared, Compared):
            return
        first = self._compared is None
        self._compared = compared
        self.bar.show_trouble("")
        self.bar.show_overall(self._overall_words(compared.comparison))
        self._rows = difference_rows(compared.comparison, self._session.scheme)
        self._list.set_note(str(len(self._rows)))
        self._left.setCurrentWidget(self._list)
        self._show_rows(self.order.chosen())
        self.summary.setEnabled(True)
        self.summary.show_comparison(compared.comparison)
        self._show_lanes(compared)
        self._lanes.show()
        if first:
            self.timeline.show_session()
            self.differences.setFocus(Qt.FocusReason.OtherFocusReason)

    def _overall_words(self, comparison: Comparison) -> str:
        total = comparison.overall
        if total.agreement is None:
            return self.tr("Neither coding has events")
        words = self.tr(
            "{0} events of the reference, {1} yours: {2} same, {3} missed, {4} not in the "
            "reference, {5} with another code. Agreement {6}, n = {7}."
        ).format(
            total.n_reference,
            total.n_own,
            total.matches,
            total.misses,
            total.false_alarms,
            total.wrong_codes,
            f"{total.agreement:.2f}",
            total.n_reference + total.n_own,
        )
        if total.median_lag_us is None:
            return words
        lag = signed(total.median_lag_us / SECOND_US, 2)
        return f"{words} {self.tr('Median lag {0} s.').format(lag)}"

    def _show_rows(self, order: str) -> None:
        self.order.set_chosen(order)
        self.differences.show_rows(sorted_rows(self._rows, RowOrder(order)))

    def _show_lanes(self, compared: Compared) -> None:
        scheme = self._session.scheme
        own, reference = compared.own, compared.reference
        words = PairWords(own=self.tr("you"), reference=self.tr("ref."), acts=self.tr("{0} acts"))
        wanted = differing_lanes(self._rows, scheme)
        duration = self._duration(compared)
        if duration != self.timeline.scene.duration_us:
            self.timeline.set_duration(duration)
        self.timeline.set_lanes(lane_pairs(own, reference, scheme, wanted, words))
        yardstick = reference if reference.episodes else own
        self.timeline.set_episodes(feed.blocks_of(yardstick, scheme))
        self.timeline.set_cues(feed.cues_of(yardstick, scheme))
        self.timeline.set_marks(pair_marks(own, reference, scheme))

    def _duration(self, compared: Compared) -> int:
        both = (compared.own, compared.reference)
        ends: list[int] = [media.duration_us for coding in both for media in coding.media[:1]]
        ends += [event.end_us or event.start_us for coding in both for event in coding.events]
        return max(ends, default=0) or SECOND_US

    def _find_row(self, mark: str) -> DifferenceRow | None:
        return next((row for row in self.differences.rows if mark in mark_ids(row)), None)

    def _select_mark(self, mark: str) -> None:
        row = self._find_row(mark)
        if row is not None:
            self.differences.select(row)
            self.timeline.set_selected(mark_ids(row))

    def _activate_mark(self, mark: str) -> None:
        row = self._find_row(mark)
        if row is not None:
            self.choose_row(row)

    def _follow(self, changed: Changed) -> None:
        if self._reference is None or not changed.record.change.areas & SHOWN_AREAS:
            return
        self._stale = True
        if self.isVisible():
            self._compare()

    def _fail(self, sentence: str) -> None:
        self.bar.show_trouble(sentence)

    def _connect(self) -> None:
        self._session.changed.connect(self._follow)
        self._work.loaded.connect(self._take_reference)
        self._work.compared.connect(self._show)
        self._work.failed.connect(self._fail)
        self.bar.choose_wished.connect(self.choose_reference)
        self.bar.anyway_wished.connect(self.compare_anyway)
        self.bar.tolerance_changed.connect(self._compare)
        self.empty.acted.connect(self.choose_reference)
        self.differences.row_chosen.connect(self.choose_row)
        self.order.segment_chosen.connect(self._show_rows)
        self.timeline.seek_requested.connect(self._session.jump_requested)
        self.timeline.mark_selected.connect(self._select_mark)
        self.timeline.mark_activated.connect(self._activate_mark)

    def _build(self) -> None:
        px = self._theme.px
        gap = px(10)
        column = QVBoxLayout(self)
        column.setContentsMargins(gap, px(4), gap, px(4))
        column.setSpacing(px(8))
        column.addWidget(self.bar)
        self.order.set_chosen(RowOrder.TIME.value)
        self._list.add_to_title(self.order)
        self._list.set_body(self.differences)
        self._left.addWidget(self.empty)
        self._left.addWidget(self._list)
        self.summary.setEnabled(False)
        box = QVBoxLayout(self._stage_box)
        box.setContentsMargins(1, 1, 1, 1)
        self._stage_box.setProperty("panel", True)
        upper = self._splitter(Qt.Orientation.Horizontal, (self._stage_box, self.summary))
        upper.setSizes([px(390), px(470)])
        self._lanes.set_body(self.timeline)
        describe(self._lanes, self.tr("Reference and you"))
        self._lanes.hide()
        right = self._splitter(Qt.Orientation.Vertical, (upper, self._lanes))
        right.setSizes([px(330), px(370)])
        whole = self._splitter(Qt.Orientation.Horizontal, (self._left, right))
        whole.setSizes([px(300), px(860)])
        whole.setStretchFactor(1, 1)
        column.addWidget(whole, 1)

    def _splitter(self, orientation: Qt.Orientation, parts: tuple[QWidget, ...]) -> QSplitter:
        splitter = QSplitter(orientation, self)
        splitter.setChildrenCollapsible(False)
        for part in parts:
            splitter.addWidget(part)
        return splitter
