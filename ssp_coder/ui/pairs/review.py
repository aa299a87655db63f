"""Two codings over each other: the list at the left; lanes, picture and what is said of an item."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QFrame, QSplitter, QVBoxLayout, QWidget

from ssp_coder.domain.time import SECOND_US, Micros, Span
from ssp_coder.ui.keys.shortcuts import WindowKey, WindowKeys
from ssp_coder.ui.kit.accessible import describe
from ssp_coder.ui.kit.panel import Panel
from ssp_coder.ui.pairs.aside import Aside
from ssp_coder.ui.pairs.choosing import ItemChoice
from ssp_coder.ui.pairs.items import PairItem, PairNames, RowMark, usual_names
from ssp_coder.ui.pairs.lanes import mark_ids
from ssp_coder.ui.pairs.pair_timeline import PairTimeline, SignLegend
from ssp_coder.ui.pairs.showing import show_lanes

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from ssp_coder.agreement.confusion import Cell
    from ssp_coder.domain.coding import Coding
    from ssp_coder.domain.scheme import Scheme
    from ssp_coder.ui.pairs.group_matrices import GroupMatrices
    from ssp_coder.ui.theme.theme import Theme

AROUND_US = 15 * SECOND_US
"""How much of the lanes is shown on each side of an item."""
NEXT_KEY, EARLIER_KEY = "Alt+PgDown", "Alt+PgUp"


class PairReview(QWidget):
    """Shows two codings over each other; it plays nothing and decides nothing itself.

    Up and Down go through the list; Enter or a click shows an item in the video; the keys for the
    next and the earlier item do both from anywhere in the review; Esc ends the loop, then lists
    all again.

    Signals:
        item_chosen: the `PairItem` that became the current one, by mouse, key or mark.
        clip_wanted: the stretch (`Span`) to go to the start of and to loop.
        clip_left: the loop is to end.
        cell_chosen: the `Cell` whose events are listed, None for all.
        seek_requested: a time in microseconds that was clicked in the lanes.
    """

    item_chosen = Signal(object)
    clip_wanted = Signal(object)
    clip_left = Signal()
    cell_chosen = Signal(object)
    seek_requested = Signal(object)

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme = theme
        self._scheme: Scheme | None = None
        self._looping = False
        self._sized = False
        self.choice = ItemChoice(theme, self)
        self.timeline = PairTimeline(theme, self)
        self.legend = SignLegend(theme, self)
        self.lanes = Panel(theme, self.tr("Timelines"), self)
        self.aside = Aside(theme, self)
        self.stage_box = QFrame(self)
        self.whole = QSplitter(Qt.Orientation.Horizontal, self)
        self.middle = QSplitter(Qt.Orientation.Vertical, self)
        self.below = QSplitter(Qt.Orientation.Horizontal, self)
        self._build()
        self._connect()
        next_item = WindowKey(key=NEXT_KEY, act=self._go_next)
        WindowKeys(self, (next_item, WindowKey(key=EARLIER_KEY, act=self._go_back)))
        describe(self, self.tr("Two codings"))

    @property
    def items(self) -> tuple[PairItem, ...]:
        """All items given, in the order given."""
        return self.choice.items

    @property
    def current(self) -> PairItem | None:
        """The item that is chosen."""
        return self.choice.list.current

    @property
    def matrices(self) -> GroupMatrices:
        """The confusion matrices."""
        return self.aside.matrices

    def show_pair(
        self,
        own: Coding,
        reference: Coding,
        scheme: Scheme,
        items: Iterable[PairItem],
        names: PairNames | None = None,
    ) -> None:
        """Show two codings and what differs; the chosen item stays where it is still there."""
        called = names or usual_names()
        self._scheme = scheme
        self.choice.show_items(tuple(items), scheme, called)
        self.legend.set_names(called)
        show_lanes(self.timeline, (own, reference), scheme, (self.choice.items, called))
        self._give_room()
        describe(self.lanes, self.tr("{0} and {1}").format(called.reference, called.own))

    def show_cells(self, cells: Iterable[Cell]) -> None:
        """Show who called what how; without cells there is no matrix. Comes after `show_pair`."""
        if self._scheme is not None:
            self.aside.show_cells(tuple(cells), self._scheme, self.choice.names)
            self.choice.show_cell(self.matrices.chosen)

    def set_detail(self, widget: QWidget, title: str) -> None:
        """Put the host's words on an item beside the picture, under a title."""
        self.aside.set_detail(widget, title)

    def take_matrices(self) -> GroupMatrices:
        """Hand the matrices to a host that has another place for them; choices still filter."""
        return self.aside.take_matrices()

    def stage_place(self) -> QVBoxLayout:
        """Where the host puts its picture."""
        layout = self.stage_box.layout()
        if not isinstance(layout, QVBoxLayout):
            raise TypeError("the stage box has lost its layout")
        return layout

    def set_marks(self, marks: Mapping[str, RowMark]) -> None:
        """Show what was decided, by ids of items; rows stay where they are."""
        self.choice.list.set_marks(marks)

    def select(self, item_id: str) -> None:
        """Make an item the current one and bring it into sight, without a signal."""
        self.choice.bring_back(item_id)
        if self.choice.list.select(item_id) and self.current is not None:
            self._show_in_lanes(self.current)

    def choose(self, item_id: str) -> None:
        """Make an item the current one, as a person does: with its signals and its clip."""
        self.select(item_id)
        item = self.current
        if item is not None and item.id == item_id:
            self.item_chosen.emit(item)
            self._play(item)

    def go_on(self, direction: int) -> None:
        """Choose the next (1) or earlier (-1) item of the list as it is shown."""
        item = self.choice.list.neighbour(direction)
        if item is not None:
            self.choose(item.id)

    def take_keyboard(self) -> None:
        """Let the keys go to the list."""
        self.choice.list.setFocus(Qt.FocusReason.OtherFocusReason)

    def set_moment(self, pts_us: int, _frame: int | None = None) -> None:
        """Follow the frame on the screen."""
        self.timeline.set_playhead(pts_us)

    def show_loop(self, loop: Span | None) -> None:
        """Show the stretch that the host plays over and over, or that none is any more."""
        self._looping = loop is not None
        self.timeline.set_loop(loop)
        self._tell_escape()

    def keyPressEvent(self, event: QKeyEvent) -> None:  # noqa: N802, D102 - Qt's name
        if event.key() == Qt.Key.Key_Escape and self._leave():
            return
        super().keyPressEvent(event)

    def _give_room(self) -> None:
        """Give the lanes the room they need, at most half; later on a person gives it."""
        if self._sized:
            return
        self._sized = True
        high = self.height()
        wanted = self.timeline.sizeHint().height() + self._theme.px(56)
        lanes = min(wanted, high // 2)
        self.middle.setSizes([lanes, high - lanes])

    def _leave(self) -> bool:
        """End the loop, else list everything again; False when there is nothing to end."""
        if self._looping:
            self._looping = False
            self._tell_escape()
            self.clip_left.emit()
            return True
        if self.choice.is_filtered:
            self._list_all()
            return True
        return False

    def _list_all(self) -> None:
        had_cell = self.choice.cell is not None
        self.matrices.clear_choice()
        self.choice.clear()
        if had_cell:
            self.cell_chosen.emit(None)

    def _go_next(self) -> None:
        self.go_on(1)

    def _go_back(self) -> None:
        self.go_on(-1)

    def _reach(self, item: PairItem) -> None:
        self._show_in_lanes(item)
        self.item_chosen.emit(item)

    def _play(self, item: PairItem) -> None:
        if item.loop is not None:
            self._looping = True
            self._tell_escape()
            self.clip_wanted.emit(item.loop)

    def _show_in_lanes(self, item: PairItem) -> None:
        if item.at_us is not None:
            around = Span(
                start_us=Micros(max(0, item.at_us - AROUND_US)),
                end_us=Micros(item.at_us + AROUND_US),
            )
            self.timeline.zoom_to(around)
        self.timeline.set_selected(mark_ids(item))

    def _show_cell(self, cell: Cell | None) -> None:
        self.choice.show_cell(cell)
        self.cell_chosen.emit(cell)

    def _select_mark(self, mark: str) -> None:
        item = self.choice.item_of_mark(mark)
        if item is not None and self.choice.list.select(item.id):
            self.timeline.set_selected(mark_ids(item))
            self.item_chosen.emit(item)

    def _activate_mark(self, mark: str) -> None:
        item = self.choice.item_of_mark(mark)
        if item is not None:
            self.choose(item.id)

    def _tell_escape(self) -> None:
        self.choice.list.wants_escape = self._looping or self.choice.is_filtered

    def _connect(self) -> None:
        self.choice.list.item_reached.connect(self._reach)
        self.choice.list.item_wanted.connect(self._play)
        self.choice.filter_changed.connect(self._tell_escape)
        self.choice.all_wanted.connect(self._list_all)
        self.matrices.cell_chosen.connect(self._show_cell)
        self.timeline.seek_requested.connect(self.seek_requested)
        self.timeline.mark_selected.connect(self._select_mark)
        self.timeline.mark_activated.connect(self._activate_mark)

    def _build(self) -> None:
        px = self._theme.px
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        box = QVBoxLayout(self.stage_box)
        box.setContentsMargins(1, 1, 1, 1)
        self.stage_box.setProperty("panel", True)
        self.lanes.add_to_title(self.legend)
        self.lanes.set_body(self.timeline)
        self._fill(self.below, (self.stage_box, self.aside), (px(400), px(470)))
        self._fill(self.middle, (self.lanes, self.below), (px(330), px(370)))
        self._fill(self.whole, (self.choice, self.middle), (px(300), px(860)))
        self.middle.setStretchFactor(1, 1)
        self.whole.setStretchFactor(1, 1)
        column.addWidget(self.whole)

    def _fill(
        self, splitter: QSplitter, parts: tuple[QWidget, ...], sizes: tuple[int, ...]
    ) -> None:
        splitter.setChildrenCollapsible(False)
        for part in parts:
            splitter.addWidget(part)
        splitter.setSizes(list(sizes))
