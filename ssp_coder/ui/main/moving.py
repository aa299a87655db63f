"""The commands that move through the recording: what each key of the hand on the video does."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject
from PySide6.QtWidgets import QInputDialog

from ssp_coder.domain.time import SECOND_US
from ssp_coder.ui.player.moves import MOST_STEP_FRAMES, nearest

if TYPE_CHECKING:
    from collections.abc import Callable

    from ssp_coder.ui.main.window import MainWindow
    from ssp_coder.ui.main.workspace import Workspace
    from ssp_coder.ui.player.movements import Movements


class Moving(QObject):
    """Lets the commands of the table move the open recording."""

    def __init__(self, window: MainWindow) -> None:
        super().__init__(window)
        self._window = window

    def commands(self) -> dict[str, Callable[[], None]]:
        """What each command of the table does."""
        return self._steps() | self._places() | self._speeds() | self._loops()

    def leave(self, *, bar_open: bool) -> bool:
        """Esc ends what moves, and after an open bar of the board also a loop.

        Returns whether the key was used up.
        """
        workspace = self._window.workspace
        if workspace is None:
            return False
        moves = workspace.stage.moves
        return moves.leave_motion() or (not bar_open and moves.leave_loop())

    def _steps(self) -> dict[str, Callable[[], None]]:
        second = SECOND_US
        return {
            "toggle": self._move(lambda moves: moves.toggle()),
            "replay": self._window.with_coding(lambda w: w.replay()),
            "again": self._move(lambda moves: moves.show_again()),
            "last_start": self._go_to_last_start,
            "back_frame": self._move(lambda moves: moves.step(-1)),
            "forward_frame": self._move(lambda moves: moves.step(1)),
            "back_frames": partial(self._step_several, -1),
            "forward_frames": partial(self._step_several, 1),
            "back_second": self._move(lambda moves: moves.jump(-second)),
            "forward_second": self._move(lambda moves: moves.jump(second)),
            "back_five": self._move(lambda moves: moves.jump(-5 * second)),
            "forward_five": self._move(lambda moves: moves.jump(5 * second)),
            "back_ten": self._move(lambda moves: moves.jump(-10 * second)),
            "forward_ten": self._move(lambda moves: moves.jump(10 * second)),
            "several": self._window.with_coding(lambda _workspace: self._ask_several()),
        }

    def _places(self) -> dict[str, Callable[[], None]]:
        return {
            "to_time": self._window.with_coding(lambda w: w.stage.transport.time_entry.ask()),
            "to_start": self._move(lambda moves: moves.go_to(0)),
            "to_end": self._window.with_coding(lambda w: w.stage.moves.go_to(w.player.end_us)),
            "event_before": self._window.with_coding(lambda w: w.go_to_event(-1)),
            "event_after": self._window.with_coding(lambda w: w.go_to_event(1)),
            "episode_before": self._window.with_coding(lambda w: w.go_to_episode_beside(-1)),
            "episode_after": self._window.with_coding(lambda w: w.go_to_episode_beside(1)),
        }

    def _speeds(self) -> dict[str, Callable[[], None]]:
        return {
            "slower": partial(self._change_rate, -1),
            "faster": partial(self._change_rate, 1),
            "normal_rate": self._normal_rate,
            "shuttle_back": self._move(lambda moves: moves.press_shuttle(-1)),
            "shuttle_stop": self._move(lambda moves: moves.press_shuttle(0)),
            "shuttle_forward": self._move(lambda moves: moves.press_shuttle(1)),
        }

    def _loops(self) -> dict[str, Callable[[], None]]:
        return {
            "loop_start": self._move(lambda moves: moves.start_loop()),
            "loop_end": self._move(lambda moves: moves.end_loop()),
            "loop": self._toggle_loop,
            "loop_event": self._loop_event,
        }

    def _go_to_last_start(self) -> None:
        workspace = self._window.workspace
        if workspace is not None and not workspace.stage.moves.go_to_last_start():
            self._window.say(self.tr("Nothing was played yet."))

    def _step_several(self, direction: int) -> None:
        workspace = self._window.workspace
        if workspace is not None:
            workspace.stage.moves.step(direction * self._window.settings.step_frames)

    def _ask_several(self) -> None:
        """Ask how many frames several are; remembered for later sittings."""
        settings = self._window.settings
        asking = QInputDialog(self._window)
        asking.setWindowTitle(self.tr("Several frames"))
        asking.setLabelText(self.tr("Frames that Several frames back and forward go:"))
        asking.setInputMode(QInputDialog.InputMode.IntInput)
        asking.setIntRange(2, MOST_STEP_FRAMES)
        asking.setIntValue(settings.step_frames)
        if asking.exec():
            settings.step_frames = asking.intValue()
        asking.deleteLater()

    def _change_rate(self, by: int) -> None:
        workspace = self._window.workspace
        if workspace is not None:
            workspace.player.change_rate(by)
            self._say_rate(workspace)

    def _normal_rate(self) -> None:
        workspace = self._window.workspace
        if workspace is not None:
            workspace.player.set_rate(1.0)
            self._say_rate(workspace)

    def _say_rate(self, workspace: Workspace) -> None:
        self._window.say(self.tr("Speed {0}×").format(f"{workspace.player.rate:g}"))

    def _toggle_loop(self) -> None:
        workspace = self._window.workspace
        if workspace is not None and not workspace.stage.moves.toggle_loop():
            self._window.say(self.tr("Set where the loop starts and where it ends first."))

    def _loop_event(self) -> None:
        """Loop around the selected event, or the one nearest to the frame on the screen."""
        workspace = self._window.workspace
        if workspace is None or workspace.player.moment is None:
            return
        events = workspace.session.coding.events
        chosen = set(workspace.work.table.selected_events())
        starts = tuple(event.start_us for event in events if not chosen or event.id in chosen)
        start = nearest(starts, workspace.player.moment.pts_us)
        if start is None:
            self._window.say(self.tr("There is no event to loop yet."))
        else:
            workspace.stage.moves.loop_event(start)

    def _move(self, do: Callable[[Movements], object]) -> Callable[[], None]:
        return self._window.with_coding(lambda workspace: do(workspace.stage.moves))
