"""From keys and buttons of the code board to edits at the frame on the screen."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QObject
from PySide6.QtWidgets import QVBoxLayout, QWidget

from ssp_coder.domain.ethogram import CodeId, ModifierId
from ssp_coder.domain.procedure import SubjectId
from ssp_coder.editing.keys import (
    BoardState,
    Notice,
    Press,
    Routed,
    bar_event,
    choose_modifier,
    route_code,
    route_key,
    running_codes,
)
from ssp_coder.ui.code.board import CodeBoard
from ssp_coder.ui.code.modifier_bar import ModifierBar

if TYPE_CHECKING:
    from collections.abc import Callable

    from ssp_coder.domain.coding import Event
    from ssp_coder.ui.player.stage import Stage
    from ssp_coder.ui.player.view import Moment
    from ssp_coder.ui.session import OpenSession
    from ssp_coder.ui.theme.theme import Theme


class BoardDesk(QObject):
    """Holds the code board with the bar of modifiers, and records what they ask for.

    Attributes:
        view: the board over the bar, to be placed on a page.
    """

    def __init__(self, theme: Theme, session: OpenSession, stage: Stage, parent: QWidget) -> None:
        super().__init__(parent)
        self._theme = theme
        self._session = session
        self._stage = stage
        self._state = BoardState(subject=session.scheme.procedure.focal_subject)
        self.board = CodeBoard(theme, session.scheme, session.keymap)
        self.bar = ModifierBar(theme, session.scheme)
        self.view = QWidget(parent)
        self._build()
        self.board.code_clicked.connect(self.click_code)
        self.board.subject_chosen.connect(self._choose_subject)
        self.bar.value_chosen.connect(self._choose_modifier)
        session.keymap_changed.connect(self._show_keys)

    @property
    def bar_is_open(self) -> bool:
        """Whether the modifier bar offers something for an event."""
        return self._bar_event() is not None

    def take_key(self, key: str) -> None:
        """A code key went down."""
        press = self._press(key)
        if press is not None:
            state, session = self._state, self._session
            self._route(
                lambda: route_key(press, state, session.coding, session.scheme, session.keymap)
            )

    def click_code(self, code: str) -> None:
        """The button of a code was pressed."""
        press = self._press()
        if press is not None:
            state, coding = self._state, self._session.coding
            self._route(
                lambda: route_code(CodeId(code), press, state, coding, self._session.scheme)
            )

    def close_bar(self) -> None:
        """Close the modifier bar."""
        self._state = BoardState(subject=self._state.subject)
        self.show_bar()

    def show_moment(self, moment: Moment) -> None:
        """Follow the frame on the screen."""
        self.board.show_running(running_codes(self._session.coding, moment.pts_us))
        self.show_bar()

    def follow(self) -> None:
        """Show what the coding is after a change."""
        moment = self._stage.player.moment
        if moment is not None:
            self.board.show_running(running_codes(self._session.coding, moment.pts_us))
        self.show_bar()

    def show_bar(self) -> None:
        """Offer the modifiers of the event that was coded last, while it is near."""
        self.bar.show_event(self._bar_event())

    def lock(self) -> None:
        """Let codes be pressed or not, as the coding may be changed or not."""
        self.board.set_locked(self._session.read_only)

    def _press(self, key: str = "") -> Press | None:
        moment = self._stage.player.moment
        if moment is None or self._session.read_only:
            return None
        return Press(key=key, at_us=moment.pts_us, frame=self._stage.player.frame_at(moment.pts_us))

    def _route(self, route: Callable[[], Routed]) -> None:
        routed = route()
        if routed.notice is not Notice.NONE:
            return
        if routed.edit is not None and not self._session.submit(routed.edit):
            return
        self._state = routed.state
        self.show_bar()

    def _choose_subject(self, subject: str) -> None:
        self._state = BoardState(subject=SubjectId(subject))
        self.show_bar()

    def _choose_modifier(self, modifier: str, value: str) -> None:
        event = self._bar_event()
        if event is not None:
            self._session.submit(choose_modifier(event, ModifierId(modifier), value))

    def _bar_event(self) -> Event | None:
        moment = self._stage.player.moment
        if moment is None:
            return None
        return bar_event(self._state, self._session.coding, moment.pts_us)

    def _show_keys(self) -> None:
        self.board.show_keys(self._session.keymap)

    def _build(self) -> None:
        column = QVBoxLayout(self.view)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(self._theme.px(4))
        column.addWidget(self.board, 1)
        column.addWidget(self.bar)
