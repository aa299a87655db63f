"""The workspace that panels stand in: in places, in tabs, or in windows of their own."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QPoint, QRect, QSize, Qt, Signal
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QSplitter, QVBoxLayout, QWidget

from ssp_coder.ui.docks.box import PanelBox
from ssp_coder.ui.docks.memory import PanelArrangement
from ssp_coder.ui.docks.place import Place
from ssp_coder.ui.docks.placing import Room, Zone, first_sizes, room_of
from ssp_coder.ui.docks.screens import can_be_reached, no_larger, screen_of, screen_places
from ssp_coder.ui.docks.window import PanelWindow

if TYPE_CHECKING:
    from collections.abc import Iterable

    from PySide6.QtGui import QResizeEvent, QScreen, QShowEvent

    from ssp_coder.ui.docks.placing import PanelSpec
    from ssp_coder.ui.theme.theme import Theme

_WINDOW_PX = (420, 320)
_BORDERS = 3


class DockArea(QWidget):
    """Holds panels and shows those of a step.

    Until the person moves a border, sizes follow the room that there is.

    Signals:
        arranged: other panels are shown, or in other places.
        window_changed: a panel got a window of its own, or gave it back; its id.
        seen: a panel came into sight, or out of it; its id.
    """

    arranged = Signal()
    window_changed = Signal(str)
    seen = Signal(str)

    def __init__(
        self, theme: Theme, specs: Iterable[PanelSpec], parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self._theme = theme
        self._step = ""
        self._small = False
        self._own_sizes = False
        self._lengths: list[tuple[int, ...]] = [()] * _BORDERS
        self._windows: dict[str, PanelWindow] = {}
        self._fronts: dict[tuple[str, Zone], str] = {}
        self._places = {zone: Place(theme, self) for zone in Zone}
        self._right = QSplitter(Qt.Orientation.Vertical)
        self._upper = QSplitter(Qt.Orientation.Horizontal)
        self._whole = QSplitter(Qt.Orientation.Vertical, self)
        self._build()
        # Made where it will stand: a panel that changes its parent is dressed anew.
        self._boxes = {
            spec.id: PanelBox(theme, spec, self._places[spec.zone].ground) for spec in specs
        }
        self._zones = {box.spec.id: box.spec.zone for box in self.boxes}
        self._shown = self._shown_first()
        self._connect()

    @property
    def step(self) -> str:
        """The step whose panels are shown; empty while another page is in front."""
        return self._step

    @property
    def boxes(self) -> tuple[PanelBox, ...]:
        """All panels, shown or not."""
        return tuple(self._boxes.values())

    def __getitem__(self, panel: str) -> PanelBox:
        return self._boxes[panel]

    def __contains__(self, panel: object) -> bool:
        return panel in self._boxes

    def place_of(self, panel: str) -> Place:
        """The place that a panel has in the workspace, shown there or not."""
        return self._places[self._zone_now(panel)]

    def show_step(self, step: str) -> None:
        """Show the panels of a step; with an empty name only windows that go along stay."""
        if step == self._step:
            return
        self._note_fronts()
        self._step = step
        self._settle()

    def is_shown(self, panel: str) -> bool:
        """Whether a panel is shown in the step, be it behind another tab."""
        if panel in self._windows and self._boxes[panel].spec.goes_along:
            return any(panel in ids for ids in self._shown.values())
        return panel in self._shown.get(self._step, ())

    def show_panel(self, panel: str) -> None:
        """Show a panel in this step from now on, in front of its tabs."""
        self._shown.setdefault(self._step, set()).add(panel)
        self._settle()
        self.bring_forward(panel)

    def is_in_front(self, panel: str) -> bool:
        """Whether a panel is shown and no other tab hides it."""
        if not self.is_shown(panel):
            return False
        return panel in self._windows or self.place_of(panel).front() is self._boxes[panel]

    def bring_forward(self, panel: str) -> None:
        """Show a panel that is shown in front of its tabs."""
        if panel in self._windows:
            self._windows[panel].raise_()
        else:
            self.place_of(panel).bring_forward(self._boxes[panel])

    def put_away(self, panel: str) -> None:
        """Do not show a panel from now on: in this step, a window that goes along in all."""
        box = self._boxes[panel]
        if box.spec.stays:
            self.dock(panel)
            return
        everywhere = panel in self._windows and box.spec.goes_along
        for step in tuple(self._shown) if everywhere else (self._step,):
            self._shown.get(step, set()).discard(panel)
        self._settle()

    def has_window(self, panel: str) -> bool:
        """Whether a panel has a window of its own."""
        return panel in self._windows

    def window_of(self, panel: str) -> PanelWindow:
        """The window of a panel that has one."""
        return self._windows[panel]

    def give_window(self, panel: str, place: QRect | None = None) -> None:
        """Give a panel a window of its own, where it stood or at a place on the screens.

        As large as a screen it fills that screen.
        """
        if panel in self._windows:
            return
        box = self._boxes[panel]
        place = place or self._window_place(box)
        window = PanelWindow(box, self)
        window.closed.connect(self.put_away)
        self._windows[panel] = window
        self._settle()
        window.setGeometry(place)
        screen = screen_of(place)
        if screen is not None:
            window.setScreen(screen)
            window.setWindowState(window.windowState() | Qt.WindowState.WindowFullScreen)
        window.setVisible(self.is_shown(panel))
        self.window_changed.emit(panel)

    def dock(self, panel: str) -> None:
        """Put a panel that has a window back into its place."""
        window = self._windows.pop(panel, None)
        if window is None:
            return
        window.give_back()
        self._settle()
        self.bring_forward(panel)
        self.window_changed.emit(panel)

    def toggle_window(self, panel: str) -> None:
        """Give a panel a window, or put it back into its place."""
        if panel in self._windows:
            self.dock(panel)
        else:
            self.give_window(panel)

    def move_panel(self, panel: str, zone: Zone) -> None:
        """Let a panel stand in another place, as its last tab; the picture keeps its own."""
        if Zone.PICTURE in (zone, self._boxes[panel].spec.zone):
            return
        self._zones[panel] = zone
        self._boxes[panel] = self._boxes.pop(panel)
        self._settle()
        self.bring_forward(panel)

    def arrange_as_first(self) -> None:
        """Put every panel where it was at first."""
        for panel in tuple(self._windows):
            self.dock(panel)
        self._own_sizes = False
        self._lengths = [()] * _BORDERS
        self._fronts.clear()
        self._zones = {panel: box.spec.zone for panel, box in self._boxes.items()}
        self._shown = self._shown_first()
        self._settle()
        for place in self._places.values():
            if place.boxes:
                place.bring_forward(place.boxes[0])

    def arrangement(self) -> PanelArrangement:
        """Where everything stands, to be brought back in a later sitting."""
        self._note_lengths()
        return PanelArrangement(
            zones=tuple((panel, zone.value) for panel, zone in self._zones.items()),
            windows=tuple(
                (panel, _numbers(window.geometry())) for panel, window in self._windows.items()
            ),
            lengths=tuple(self._lengths) if self._own_sizes else (),
            shown=tuple((step, tuple(sorted(ids))) for step, ids in sorted(self._shown.items())),
        )

    def bring_back(self, arrangement: PanelArrangement) -> None:
        """Arrange panels as they were; what does not fit is dropped, and nothing said of it."""
        zones = dict(arrangement.zones)
        known = {zone.value for zone in Zone}
        if set(zones) != set(self._boxes) or not set(zones.values()) <= known:
            return
        for panel, box in self._boxes.items():
            pinned = box.spec.zone is Zone.PICTURE or zones[panel] == Zone.PICTURE
            self._zones[panel] = box.spec.zone if pinned else Zone(zones[panel])
        self._boxes = {panel: self._boxes[panel] for panel in zones}
        for step, ids in arrangement.shown:
            if step in self._shown:
                always = {box.spec.id for box in self.boxes if box.spec.stays}
                self._shown[step] = (set(ids) & set(self._boxes)) | always
        self._settle()
        self._size_as(arrangement.lengths)
        screens = screen_places()
        for panel, place in arrangement.windows:
            if panel in self._boxes and can_be_reached(QRect(*place), screens):
                self.give_window(panel, no_larger(QRect(*place), screens))

    def close_windows(self) -> None:
        """Take windows of panels from the screen; the coding is closed."""
        for window in self._windows.values():
            window.hide()

    def showEvent(self, event: QShowEvent) -> None:  # noqa: N802, D102 - Qt's name
        super().showEvent(event)
        self._fit()

    def resizeEvent(self, event: QResizeEvent) -> None:  # noqa: N802, D102 - Qt's name
        super().resizeEvent(event)
        self._fit()

    def _shown_first(self) -> dict[str, set[str]]:
        steps = {step for box in self.boxes for step in box.spec.steps}
        return {s: {box.spec.id for box in self.boxes if s in box.spec.steps} for s in steps}

    def _zone_now(self, panel: str) -> Zone:
        """In a small room lists are tabs of the side."""
        zone = self._zones[panel]
        return Zone.SIDE if self._small and zone is Zone.LIST else zone

    def _note_fronts(self) -> None:
        if self._step:
            for zone, place in self._places.items():
                front = place.front()
                if front is not None:
                    self._fronts[self._step, zone] = front.spec.id

    def _settle(self) -> None:
        """Let every place and window show what it is to show."""
        self._note_lengths()
        for panel, window in self._windows.items():
            wanted = self.is_shown(panel)
            if window.isVisible() != wanted:
                window.setVisible(wanted)
        if self._step:
            docked = [
                box
                for panel, box in self._boxes.items()
                if panel not in self._windows and self.is_shown(panel)
            ]
            for zone, place in self._places.items():
                here = [box for box in docked if self._zone_now(box.spec.id) is zone]
                front = self._boxes.get(self._fronts.pop((self._step, zone), ""))
                place.show_boxes(here, front)
            self._right.setVisible(self._holds_any(Zone.SIDE, Zone.LIST))
            self._upper.setVisible(self._holds_any(Zone.PICTURE, Zone.SIDE, Zone.LIST))
            self._size_as_first()
        self.arranged.emit()

    def _holds_any(self, *zones: Zone) -> bool:
        return any(self._places[zone].boxes for zone in zones)

    def _fit(self) -> None:
        """Follow the room that there is, as long as the person has not moved a border."""
        small = room_of(self.width(), self.height(), self._theme.px) is Room.SMALL
        if small != self._small:
            self._note_fronts()
            self._small = small
            for box in self.boxes:
                box.set_small(small)
            self._settle()
        else:
            self._size_as_first()

    def _size_as_first(self) -> None:
        """Place the borders that the person has not."""
        width, height = self.width(), self.height()
        sizes = first_sizes(width, height, self._theme.px)
        above = height - sizes.foot_height
        lines = (
            [above, sizes.foot_height],
            [width - sizes.side_width, sizes.side_width],
            [above - sizes.list_height, sizes.list_height],
        )
        for splitter, line, own in zip(self._splitters(), lines, self._lengths, strict=True):
            if not own:
                splitter.setSizes(line)

    def _size_as(self, lengths: tuple[tuple[int, ...], ...]) -> None:
        splitters = self._splitters()
        if len(lengths) != len(splitters) or any(len(line) not in (0, 2) for line in lengths):
            return
        self._own_sizes = True
        for place, (splitter, line) in enumerate(zip(splitters, lengths, strict=True)):
            if line and all(line):
                splitter.setSizes(list(line))
                self._lengths[place] = line

    def _splitters(self) -> tuple[QSplitter, ...]:
        return self._whole, self._upper, self._right

    def _window_place(self, box: PanelBox) -> QRect:
        """Where the panel stands now, a little aside; as large as at least a window needs."""
        least = QSize(self._theme.px(_WINDOW_PX[0]), self._theme.px(_WINDOW_PX[1]))
        corner = box.mapToGlobal(QPoint(self._theme.px(24), self._theme.px(24)))
        size = box.size().expandedTo(least) if box.isVisible() else least
        return QRect(corner if box.isVisible() else self.mapToGlobal(QPoint(40, 40)), size)

    def _pull_out(self, panel: str, at: QPoint) -> None:
        least = QSize(self._theme.px(_WINDOW_PX[0]), self._theme.px(_WINDOW_PX[1]))
        size = self._boxes[panel].size().expandedTo(least)
        self.give_window(panel, QRect(at - QPoint(40, 12), size))

    def _take_dropped(self, panel: str) -> None:
        zone = next(zone for zone, place in self._places.items() if place is self.sender())
        if panel in self._boxes:
            self.move_panel(panel, zone)

    def _dock_those_on(self, screen: QScreen) -> None:
        """A screen was taken away; its windows come back into the workspace."""
        for panel, window in tuple(self._windows.items()):
            if window.screen() is screen:
                self.dock(panel)

    def _keep_sizes(self) -> None:
        self._own_sizes = True
        self._note_lengths()

    def _note_lengths(self) -> None:
        """A border with nothing on one side says nothing of where the person wants it."""
        if self._own_sizes and self.isVisible():
            for place, splitter in enumerate(self._splitters()):
                if all(sizes := tuple(splitter.sizes())):
                    self._lengths[place] = sizes

    def _build(self) -> None:
        places = self._places
        for splitter in self._splitters():
            splitter.setChildrenCollapsible(False)
        self._right.addWidget(places[Zone.SIDE])
        self._right.addWidget(places[Zone.LIST])
        self._upper.addWidget(places[Zone.PICTURE])
        self._upper.addWidget(self._right)
        self._whole.addWidget(self._upper)
        self._whole.addWidget(places[Zone.FOOT])
        self._whole.setStretchFactor(0, 1)
        self._whole.setStretchFactor(1, 0)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.addWidget(self._whole)

    def _connect(self) -> None:
        for box in self.boxes:
            box.window_wanted.connect(self.toggle_window)
            box.away_wanted.connect(self.put_away)
            box.pulled_out.connect(self._pull_out)
            box.seen.connect(self.seen)
        for place in self._places.values():
            place.dropped.connect(self._take_dropped)
        for splitter in self._splitters():
            splitter.splitterMoved.connect(self._keep_sizes)
        application = QGuiApplication.instance()
        if isinstance(application, QGuiApplication):
            application.screenRemoved.connect(self._dock_those_on)


def _numbers(place: QRect) -> tuple[int, int, int, int]:
    return place.x(), place.y(), place.width(), place.height()
