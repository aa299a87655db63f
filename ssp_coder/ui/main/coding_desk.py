"""The commands of the code board: passes, persons, holding, acts on the last code, reaction lag."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Qt
from PySide6.QtGui import QKeySequence
from PySide6.QtWidgets import QLabel

from ssp_coder.editing.completeness import Step
from ssp_coder.editing.keys import Hold
from ssp_coder.ui.keys.words import caps
from ssp_coder.ui.theme.fonts import FontUse

if TYPE_CHECKING:
    from collections.abc import Callable

    from ssp_coder.ui.code.board_desk import BoardDesk
    from ssp_coder.ui.code.passes import Pass, Passes
    from ssp_coder.ui.code.passes_dialog import PassDialog
    from ssp_coder.ui.main.window import MainWindow
    from ssp_coder.ui.main.workspace import Workspace
    from ssp_coder.ui.reaction.dialog import ReactionDialog
    from ssp_coder.ui.reaction.lag import ReactionLag

PERSONS = 4
"""So many persons have a command each."""

ROOM_FOR_BOTH_PX = 1_000
"""A narrower window shows either a message or what is in force in its status bar."""

_ACTS = ("take_back", "move_here", "end_here", "same_again")
_TURNS = ("next_pass", "pass_before")
_PERSONS = tuple(f"person_{place + 1}" for place in range(PERSONS))


class CodingDesk(QObject):
    """Keeps how a person codes and lets every opened coding follow it."""

    def __init__(self, window: MainWindow) -> None:
        super().__init__(window)
        self._window = window
        self._listens = False
        # Made with the window: a label that joins the bar during a message is drawn over it. It
        # stays beside a message where there is room.
        self._force = QLabel(window)
        self._force.setTextFormat(Qt.TextFormat.PlainText)
        self._force.setFont(window.theme.font(FontUse.CAPTION))
        self._force.setContentsMargins(window.theme.px(4), 0, window.theme.px(8), 0)
        self._force.setMinimumWidth(1)
        self._force.setObjectName("in_force")
        window.statusBar().addPermanentWidget(self._force)
        window.coding_opened.connect(self.take_workspace)

    @property
    def in_force(self) -> str:
        """What makes keys do something else than usual, as the status bar says it."""
        return self._force.text()

    def make_room(self, message: str) -> None:
        """Let what is in force give way to a message where there is not room for both."""
        narrow = self._window.width() < self._window.theme.px(ROOM_FOR_BOTH_PX)
        self._force.setHidden(narrow and bool(message))

    def commands(self) -> dict[str, Callable[[], None]]:
        """What each command of the table does."""
        does: dict[str, Callable[[], None]] = {
            "hold_keys": self._toggle_hold,
            "next_pass": partial(self._turn_pass, 1),
            "pass_before": partial(self._turn_pass, -1),
            "new_pass": self._ask_new_pass,
            "next_person": self._with_board(lambda board: board.choose_next_subject()),
            "reaction_lag": self._ask_for_lag,
        }
        for place, command in enumerate(_PERSONS):
            does[command] = partial(self._choose_person, place)
        does["take_back"] = self._with_board(lambda board: board.take_back())
        does["move_here"] = self._with_board(lambda board: board.move_here())
        does["end_here"] = self._with_board(lambda board: board.end_here())
        does["same_again"] = self._with_board(lambda board: board.same_again())
        return does

    def take_workspace(self, workspace: Workspace) -> None:
        """Let a coding that was put into the window be coded as the person wishes."""
        board, settings = workspace.work.coding, self._window.settings
        self._listen()
        board.said.connect(self._window.say)
        workspace.page_changed.connect(self._let_go)
        workspace.closed.connect(self._show_nothing)
        board.set_hold(settings.hold)
        scheme = workspace.session.scheme
        board.set_passes(settings.passes_of(scheme.id).fitting(scheme.ethogram))
        board.set_lag(self._lag_of(workspace).in_force_us)
        chooser = board.board.chooser
        chooser.pass_chosen.connect(self._choose_pass)
        chooser.new_wanted.connect(self._ask_new_pass)
        chooser.edit_wanted.connect(self._ask_change_pass)
        chooser.delete_wanted.connect(self._delete_pass)
        chooser.back_wanted.connect(self._bring_pass_back)
        self._show_keys()
        self._show_force()

    def pass_dialog(self, start: Pass | None = None) -> PassDialog | None:
        """The dialog that asks for a pass, ready to be shown; None without a coding."""
        from ssp_coder.ui.code.passes_dialog import PassDialog

        workspace = self._window.workspace
        if workspace is None:
            return None
        names = frozenset(one.name for one in workspace.work.coding.passes.kept if one != start)
        ethogram = workspace.session.scheme.ethogram
        return PassDialog(self._window.theme, ethogram, names, start, self._window)

    def lag_dialog(self) -> ReactionDialog | None:
        """The dialog of the person's reaction lag, ready to be shown; None without a coding."""
        from ssp_coder.ui.reaction.dialog import ReactionDialog

        workspace = self._window.workspace
        if workspace is None:
            return None
        dialog = ReactionDialog(self._window.theme, self._lag_of(workspace), self._window)
        dialog.lag_chosen.connect(self._keep_lag)
        return dialog

    # ------------------------------------------------------------------ keys

    def _listen(self) -> None:
        """Hear keys go up; once for the window, which has no keys yet when it makes this desk."""
        if not self._listens:
            self._listens = True
            self._window.keys.key_released.connect(self._release)
            self._window.keys.all_released.connect(self._release_all)
            for command in (*_ACTS, *_TURNS, *_PERSONS):
                self._window.actions_by_id[command].changed.connect(self._show_keys)

    def _release(self, key: str) -> None:
        if self._window.workspace is not None:
            self._window.workspace.work.coding.release_key(key)

    def _release_all(self) -> None:
        if self._window.workspace is not None:
            self._window.workspace.work.coding.release_all()

    def _let_go(self, _page: str) -> None:
        self._window.keys.release_all()

    def _show_keys(self) -> None:
        """Show on the board which keys do what its buttons do."""
        workspace = self._window.workspace
        if workspace is None:
            return
        desk = workspace.work.coding
        desk.acts.show_keys(self._caps_of(command) for command in _ACTS)
        desk.board.show_person_keys("+".join(self._caps_of(command)) for command in _PERSONS)
        turns = ("+".join(self._caps_of(command)) for command in _TURNS)
        desk.board.chooser.show_keys(", ".join(keys for keys in turns if keys))

    def _caps_of(self, command: str) -> tuple[str, ...]:
        """The keys of a command as they stand on key caps."""
        keys = self._window.actions_by_id[command].shortcut()
        return caps(keys.toString(QKeySequence.SequenceFormat.PortableText))

    def _with_board(self, do: Callable[[BoardDesk], object]) -> Callable[[], None]:
        """A command of the board, which is only there while the code step is in front."""

        def run() -> None:
            workspace = self._window.workspace
            if workspace is None:
                return
            if workspace.current == Step.CODE:
                do(workspace.work.coding)
            else:
                self._window.say(self.tr("That is done in the step Code"))

        return run

    # ------------------------------------------------------------------ persons and holding

    def _choose_person(self, place: int) -> None:
        self._with_board(lambda board: board.choose_subject(place))()

    def _toggle_hold(self) -> None:
        settings = self._window.settings
        held = settings.hold is Hold.WHILE_DOWN
        settings.hold = Hold.PRESS_PRESS if held else Hold.WHILE_DOWN
        if self._window.workspace is not None:
            self._window.workspace.work.coding.set_hold(settings.hold)
        self._show_force()
        if held:
            self._window.say(self.tr("A state runs until its key is pressed again"))
        else:
            self._window.say(self.tr("A state runs while its key is down"))

    # ------------------------------------------------------------------ passes

    def _turn_pass(self, direction: int) -> None:
        workspace = self._window.workspace
        if workspace is None:
            return
        passes = workspace.work.coding.passes
        if passes.kept:
            self._take_passes(workspace, passes.beside(direction))
        else:
            self._window.say(self.tr("There is no pass yet; make one with New pass"))

    def _choose_pass(self, name: str) -> None:
        workspace = self._window.workspace
        if workspace is not None:
            self._take_passes(workspace, workspace.work.coding.passes.choosing(name))

    def _ask_new_pass(self) -> None:
        self._ask_pass(None)

    def _ask_change_pass(self) -> None:
        workspace = self._window.workspace
        if workspace is not None and workspace.work.coding.passes.current is not None:
            self._ask_pass(workspace.work.coding.passes.current)

    def _ask_pass(self, start: Pass | None) -> None:
        dialog, workspace = self.pass_dialog(start), self._window.workspace
        if dialog is None or workspace is None:
            return
        workspace.player.pause()
        if dialog.exec():
            before = "" if start is None else start.name
            passes = workspace.work.coding.passes.keeping(dialog.result_value, before)
            self._take_passes(workspace, passes)
        dialog.deleteLater()

    def _delete_pass(self) -> None:
        workspace = self._window.workspace
        if workspace is not None:
            passes = workspace.work.coding.passes
            self._take_passes(workspace, passes.without(passes.in_force))
            told = self.tr("Pass {0} deleted; no event changed. The menu of passes brings it back")
            self._window.say(told.format(passes.in_force))

    def _bring_pass_back(self) -> None:
        workspace = self._window.workspace
        if workspace is not None:
            self._take_passes(workspace, workspace.work.coding.passes.brought_back())

    def _take_passes(self, workspace: Workspace, passes: Passes) -> None:
        workspace.work.coding.set_passes(passes)
        self._window.settings.keep_passes(workspace.session.scheme.id, passes)
        self._show_force()

    # ------------------------------------------------------------------ reaction lag

    def _lag_of(self, workspace: Workspace) -> ReactionLag:
        return self._window.settings.lag_of(workspace.session.coding.coder)

    def _ask_for_lag(self) -> None:
        workspace = self._window.workspace
        dialog = self.lag_dialog()
        if workspace is None or dialog is None:
            return
        workspace.player.pause()
        dialog.exec()
        dialog.deleteLater()

    def _keep_lag(self, lag: ReactionLag) -> None:
        workspace = self._window.workspace
        if workspace is not None:
            self._window.settings.keep_lag(workspace.session.coding.coder, lag)
            workspace.work.coding.set_lag(lag.in_force_us)
            self._show_force()

    # ------------------------------------------------------------------ what is in force

    def mark_hold(self) -> None:
        """Mark in the menu whether keys are held."""
        action = self._window.actions_by_id["hold_keys"]
        action.setCheckable(True)
        action.setChecked(self._window.settings.hold is Hold.WHILE_DOWN)

    def _show_force(self) -> None:
        """Say in the status bar what makes keys do something else than usual."""
        self.mark_hold()
        workspace = self._window.workspace
        if workspace is None:
            return
        passes, lag = workspace.work.coding.passes, self._lag_of(workspace)
        words = []
        if lag.in_force_us:
            words.append(self.tr("Lag {0} ms").format(lag.value_ms))
        if self._window.settings.hold is Hold.WHILE_DOWN:
            words.append(self.tr("Hold mode"))
        if passes.current is not None:
            told = self.tr("Pass {0} of {1}: {2}")
            words.append(told.format(passes.place, len(passes.kept), passes.current.name))
        self._say_in_force("   ".join(words))

    def _say_in_force(self, words: str) -> None:
        self._force.setText(words)
        self._force.setToolTip(words)
        self._window.show_status(self._window.statusBar().currentMessage())

    def _show_nothing(self) -> None:
        self._say_in_force("")
