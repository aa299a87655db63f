"""Carries out what the menus offer for the overviews of the recording in the timeline."""

from __future__ import annotations

from contextlib import suppress
from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QRectF

from ssp_coder.media.motion import WHOLE, Region
from ssp_coder.media.thumbnails import KEPT_ENDING
from ssp_coder.ui.overviews.lanes import KINDS, OverviewLanes
from ssp_coder.ui.timeline.model import LaneKind

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from ssp_coder.ui.main.window import MainWindow
    from ssp_coder.ui.main.workspace import Workspace
    from ssp_coder.ui.player.view import VideoView

LEAST_SHARE = 0.01
"""Project default: a region with a shorter side, of the picture's, was not meant."""


class OverviewBench(QObject):
    """Shows and hides overviews, remembers which, and goes from hint to hint."""

    def __init__(self, window: MainWindow) -> None:
        super().__init__(window)
        self._window = window
        self.lanes: OverviewLanes | None = None
        self._drawing: VideoView | None = None
        window.coding_opened.connect(self._take_workspace)

    def commands(self) -> dict[str, Callable[[], None]]:
        """What each command of the table does."""
        does: dict[str, Callable[[], None]] = {
            f"timeline_{kind}": partial(self._toggle, kind) for kind in KINDS
        }
        return does | {
            "motion_region": self._ask_for_region,
            "motion_whole": self._measure_whole,
            "hint_before": partial(self._go_to_hint, -1),
            "hint_after": partial(self._go_to_hint, 1),
            "keep_pictures": self._toggle_keeping,
        }

    def _take_workspace(self, workspace: Workspace) -> None:
        window = self._window
        panel = workspace.work.timeline_panel
        self.lanes = OverviewLanes(workspace.player, panel, window.cache_folder, workspace)
        self._drawing = None
        workspace.closed.connect(self._let_go)
        workspace.player.active_changed.connect(self._outline_region)
        panel.status.region_dropped.connect(self._measure_whole)
        self._show()

    def _let_go(self) -> None:
        if self.lanes is not None:
            self.lanes.stop()
            self.lanes = None

    def _toggle(self, kind: LaneKind) -> None:
        settings = self._window.settings
        settings.show_overview(kind, not settings.shows_overview(kind))
        self._show()

    def _show(self) -> None:
        settings = self._window.settings
        shown = [kind for kind in KINDS if settings.shows_overview(kind)]
        for kind in KINDS:
            action = self._window.actions_by_id[f"timeline_{kind}"]
            action.setCheckable(True)
            action.setChecked(kind in shown)
        keeping = self._window.actions_by_id["keep_pictures"]
        keeping.setCheckable(True)
        keeping.setChecked(settings.keeps_pictures)
        if self.lanes is not None:
            self.lanes.keeps_pictures = settings.keeps_pictures
            self.lanes.show_kinds(shown)

    def _ask_for_region(self) -> None:
        workspace = self._window.workspace
        if workspace is None or self._drawing is not None:
            return
        if not self._window.settings.shows_overview(LaneKind.MOTION):
            self._toggle(LaneKind.MOTION)
        self._drawing = workspace.player.view
        self._drawing.region_drawn.connect(self._take_region)
        self._drawing.draw_region()
        self._window.say(
            self.tr(
                "Draw a rectangle in the picture, or move one with the arrows and size it with "
                "Shift: motion is measured there. Enter takes it, Esc leaves it."
            )
        )

    def _take_region(self, drawn: object) -> None:
        view, self._drawing = self._drawing, None
        if view is not None:
            view.region_drawn.disconnect(self._take_region)
        if isinstance(drawn, QRectF) and (region := region_of(drawn)) is not None:
            self._measure(region)

    def _measure_whole(self) -> None:
        self._measure(WHOLE)

    def _measure(self, region: Region) -> None:
        if self.lanes is None:
            return
        self.lanes.measure(region)
        self._outline_region()

    def _outline_region(self) -> None:
        """Show where motion is measured, in the picture of the large camera."""
        workspace = self._window.workspace
        if workspace is None or self.lanes is None:
            return
        region = self.lanes.region
        box = QRectF(region.left, region.top, region.width, region.height)
        for camera in workspace.player.cameras:
            there = region != WHOLE and camera.place == workspace.player.active
            camera.view.show_region(box if there else None)

    def _go_to_hint(self, direction: int) -> None:
        workspace = self._window.workspace
        if workspace is None or self.lanes is None:
            return
        if not self._window.settings.shows_overview(LaneKind.MOTION):
            self._window.say(self.tr("Hints are found once View, Timeline: motion is switched on."))
            return
        if not self.lanes.measured:
            self._window.say(self.tr("Hints are found once motion is measured to the end."))
        elif not workspace.stage.moves.go_to_neighbour(self.lanes.hints, direction):
            self._window.say(self.tr("No further hint in this direction."))

    def _toggle_keeping(self) -> None:
        """Keep small pictures for the next sitting, or keep none and remove those there are."""
        settings = self._window.settings
        settings.keeps_pictures = not settings.keeps_pictures
        self._show()
        if settings.keeps_pictures:
            self._window.say(self.tr("Small pictures of recordings are kept on this computer."))
        else:
            gone = forget_pictures(self._window.cache_folder)
            words = self.tr("Small pictures are no longer kept; those of {0} were removed.")
            count = self.tr("1 recording") if gone == 1 else self.tr("{0} recordings").format(gone)
            self._window.say(words.format(count))


def forget_pictures(folder: Path | None) -> int:
    """Remove the small pictures kept in a folder; returns of how many recordings."""
    gone = 0
    for place in [] if folder is None else list(folder.glob(f"*{KEPT_ENDING}")):
        with suppress(OSError):  # held by another program: it is removed the next time
            place.unlink()
            gone += 1
    return gone


def region_of(drawn: QRectF) -> Region | None:
    """The part of the picture that was drawn; None where next to nothing lies inside it."""
    inside = drawn.intersected(QRectF(0, 0, 1, 1))
    if inside.width() < LEAST_SHARE or inside.height() < LEAST_SHARE:
        return None
    return Region(
        left=inside.left(), top=inside.top(), width=inside.width(), height=inside.height()
    )
