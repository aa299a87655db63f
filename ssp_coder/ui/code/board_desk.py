"""From keys and buttons of the code board to edits at the frame on the screen."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import QStackedWidget, QVBoxLayout, QWidget

from ssp_coder.domain.ethogram import CodeId, ModifierId
from ssp_coder.domain.procedure import SubjectId
from ssp_coder.editing.holding import let_go
from ssp_coder.editing.keys import (
    BoardState,
    Hold,
    Notice,
    Press,
    Routed,
    Situation,
    bar_event,
    choose_modifier,
    route_code,
    route_key,
)
from ssp_coder.editing.quick_acts import (
    Act,
    CodedHere,
    end_here,
    move_here,
    same_again,
    take_back,
)
from ssp_coder.editing.running import RunningStates
from ssp_coder.ui.code.act_bar import ActBar
from ssp_coder.ui.code.board import CodeBoard
from ssp_coder.ui.code.board_words import notice_words
from ssp_coder.ui.code.modifier_bar import ModifierBar
from ssp_coder.ui.code.passes import Passes
from ssp_coder.ui.code.player_frames import PlayerFrames
from ssp_coder.ui.reaction.play_run import PlayRun

if TYPE_CHECKING:
    from ssp_coder.domain.coding import Event, EventId
    from ssp_coder.editing.document import Changed
    from ssp_coder.ui.player.stage import Stage
    from ssp_coder.ui.player.view import Moment
    from ssp_coder.ui.session import OpenSession
    from ssp_coder.ui.theme.theme import Theme

MOUSE = "mouse"
"""In place of a key: the button of the mouse."""


class BoardDesk(QObject):
    """Holds the code board with the bar of modifiers, and records what they ask for.

    It knows the states that run from the first `refresh` on.

    Attributes:
        view: the board over the bar, to be placed on a page.
    """

    said = Signal(str)
    """Why a press did nothing, or something the coder may not expect."""

    def __init__(self, theme: Theme, session: OpenSession, stage: Stage, parent: QWidget) -> None:
        super().__init__(parent)
        self._theme = theme
        self._session = session
        self._stage = stage
        self._state = BoardState(subject=session.scheme.procedure.focal_subject)
        self._running = RunningStates()
        self._coded = CodedHere()
        self._held: dict[str, EventId] = {}
        self._passes = Passes()
        self._lag_us = 0
        self._frames = PlayerFrames(stage.player)
        self._run = PlayRun(stage.player, self)
        self.view = QWidget(parent)
        self.board = CodeBoard(theme, session.scheme, session.keymap, self.view)
        self._column = QVBoxLayout(self.view)
        self._foot = QStackedWidget(self.view)
        self.bar = ModifierBar(theme, session.scheme, self._foot)
        self.acts = ActBar(theme, self._foot)
        self._build()
        self._connect()

    @property
    def bar_is_open(self) -> bool:
        """Whether the modifier bar offers something for an event."""
        return self._bar_event() is not None

    @property
    def subjects(self) -> tuple[SubjectId, ...]:
        """The persons whose behaviour can be coded, in the order of the board."""
        return self.board.subjects

    @property
    def passes(self) -> Passes:
        """The passes on offer and the one in force."""
        return self._passes

    @property
    def holds(self) -> bool:
        """Whether a state runs while its key is down."""
        return self._state.hold is Hold.WHILE_DOWN

    # ------------------------------------------------------------------ keys and buttons

    def take_key(self, key: str) -> None:
        """A code key went down; one that records nothing says nothing either."""
        known = self.bar_is_open or self._session.keymap.code_for(key) is not None
        press = self._press(key) if known else None
        if press is not None:
            self._take(route_key(press, self._state, self._situation()), key)

    def release_key(self, key: str) -> None:
        """A code key went up: what it held ends."""
        event_id = self._held.pop(key, None)
        event = None if event_id is None else self._running.state(event_id)
        press = None if event is None else self._press()
        if event is None or press is None:
            return
        end = let_go(event, press, self._situation())
        if end.edit is not None and self._session.submit(end.edit):
            self._say(end.notice, event.code)

    def release_all(self) -> None:
        """Let every key and button go that holds a state."""
        for key in tuple(self._held):
            self.release_key(key)

    def click_code(self, code: str) -> None:
        """The button of a code was used; it is not held, whatever keys do."""
        press = self._press()
        if press is not None:
            state = replace(self._state, hold=Hold.PRESS_PRESS)
            routed = route_code(CodeId(code), press, state, self._situation())
            self._take(replace(routed, state=replace(routed.state, hold=self._state.hold)))

    def press_code(self, code: str) -> None:
        """The mouse went down on a code that it holds."""
        press = self._press()
        if press is not None:
            self._take(route_code(CodeId(code), press, self._state, self._situation()), MOUSE)

    def release_code(self) -> None:
        """The mouse went up again."""
        self.release_key(MOUSE)

    def close_bar(self) -> None:
        """Close the modifier bar."""
        self._state = replace(self._state, bar_event=None)
        self.show_bar()

    # ------------------------------------------------------------------ acts on what was coded last

    def take_back(self) -> None:
        """Delete the event coded last."""
        if self._may_change():
            self._do(take_back(self._coded, self._situation()))

    def move_here(self) -> None:
        """Let the event coded last start at the frame on the screen."""
        press = self._press()
        if press is not None:
            self._do(move_here(self._coded, press, self._situation()))

    def end_here(self) -> None:
        """End the state of the chosen person that was coded last of those that run here."""
        press = self._press()
        if press is not None:
            self._do(end_here(self._state.subject, press, self._situation()))

    def same_again(self) -> None:
        """Code what was coded last once more."""
        press = self._press()
        if press is not None:
            self._do(same_again(self._coded, press, self._situation()))

    # ------------------------------------------------------------------ how the board works

    def choose_subject(self, place: int) -> None:
        """Code the behaviour of another person, by its place on the board from 0."""
        if place < len(self.subjects):
            self.board.show_subject(self.subjects[place])
            self._choose_subject(self.subjects[place])
        else:
            words = self.tr("There is no person {0} on the board; it has {1}")
            self.said.emit(words.format(place + 1, len(self.subjects)))

    def choose_next_subject(self) -> None:
        """Code the behaviour of the next person, after the last one of the first."""
        self.choose_subject((self.subjects.index(self.board.subject) + 1) % len(self.subjects))

    def set_hold(self, hold: Hold) -> None:
        """Let a state run while its key is down, or until the next press."""
        self.release_all()
        self._state = replace(self._state, hold=hold)
        self.board.set_held(hold is Hold.WHILE_DOWN)

    def set_passes(self, passes: Passes) -> None:
        """Let the groups of the pass in force be coded."""
        self.release_all()
        self._state = replace(self._state, bar_event=None)
        self._passes = passes
        self.board.show_passes(passes)
        self.follow()

    def set_lag(self, lag_us: int) -> None:
        """Take a reaction lag off what is coded while the video plays; 0 takes none off."""
        self._lag_us = lag_us

    # ------------------------------------------------------------------ what it shows

    def refresh(self) -> None:
        """Show the coding anew."""
        self._running = RunningStates(self._session.coding.events)
        self.follow()

    def show_moment(self, moment: Moment) -> None:
        """Follow the frame on the screen."""
        self.board.show_running(self._running.codes_at(moment.pts_us))
        self.show_bar()

    def follow(self) -> None:
        """Show what the coding is after a change."""
        moment = self._stage.player.moment
        if moment is not None:
            self.board.show_running(self._running.codes_at(moment.pts_us))
        self.show_bar()

    def show_bar(self) -> None:
        """Offer the modifiers of the event that was coded last, while it is near; else the acts."""
        event = self._bar_event()
        self.bar.show_event(event)
        self._foot.setCurrentWidget(self.acts if event is None else self.bar)

    def seat_foot(self, elsewhere: QVBoxLayout | None = None) -> None:
        """Place the bar with modifiers and acts under the board, or where that is not seen."""
        column = elsewhere or self._column
        if column.indexOf(self._foot) < 0:
            column.addWidget(self._foot)

    def lock(self) -> None:
        """Let codes be pressed or not, as the coding may be changed or not."""
        self.board.set_locked(self._session.read_only)
        self.acts.set_locked(self._session.read_only)

    # ------------------------------------------------------------------ within

    def _press(self, key: str = "") -> Press | None:
        """A press at the frame on the screen; None, and why, where nothing can be recorded."""
        if not self._may_change():
            return None
        player = self._stage.player
        moment = player.moment
        if moment is None:
            self._say(Notice.NO_PICTURE, None)
            return None
        return Press(
            key=key,
            at_us=moment.pts_us,
            frame=player.frame_at(moment.pts_us),
            meant_us=self._run.meant_us(self._lag_us),
        )

    def _may_change(self) -> bool:
        """Whether the coding may be changed; says why not."""
        session = self._session
        if session.read_only:
            self._say(Notice.LOCKED if session.coding.locked else Notice.READ_ONLY, None)
        return not session.read_only

    def _situation(self) -> Situation:
        session, current = self._session, self._passes.current
        return Situation(
            coding=session.coding,
            scheme=session.scheme,
            keymap=session.keymap,
            running=self._running,
            frames=self._frames,
            armed=None if current is None else frozenset(current.groups),
        )

    def _take(self, routed: Routed, source: str = "") -> None:
        self._say(routed.notice, routed.code)
        if routed.notice is not Notice.NONE:
            return
        if routed.edit is not None and not self._session.submit(routed.edit):
            return
        self._state = routed.state
        if routed.held is not None:
            self._hold(source, routed.held)
        self.show_bar()

    def _hold(self, source: str, event_id: EventId) -> None:
        """Let one source hold a state; what this ended in an exclusive group is held no more."""
        event = self._running.state(event_id)
        if event is None:
            return
        for other, held in tuple(self._held.items()):
            state = self._running.state(held)
            gone = state is None or (not state.is_open and self._exclude(state, event))
            if gone or held == event_id:
                del self._held[other]
        self._held[source] = event_id

    def _exclude(self, one: Event, other: Event) -> bool:
        """Whether only one of two states can hold at a time."""
        ethogram = self._session.scheme.ethogram
        group = ethogram.group_of(one.code)
        same = group.id == ethogram.group_of(other.code).id and one.subject == other.subject
        return group.exclusive and same

    def _do(self, act: Act) -> None:
        code = None if act.event is None else act.event.code
        self._say(act.notice, code)
        if act.edit is not None:
            self._session.submit(act.edit)

    def _say(self, notice: Notice, code: CodeId | None) -> None:
        current = self._passes.current
        name = "" if current is None else current.name
        words = notice_words(notice, code, self._session.scheme, name)
        if words:
            self.said.emit(words)

    def _note(self, changed: Changed) -> None:
        change = changed.record.change
        self._running.follow(change.removed, change.added)
        self._coded.follow(changed.record)
        # An undone event leaves its id to the next one, which another key may hold.
        gone = {event.id for event in change.removed} - {event.id for event in change.added}
        self._held = {key: held for key, held in self._held.items() if held not in gone}

    def _choose_subject(self, subject: str) -> None:
        self._state = replace(self._state, subject=SubjectId(subject), bar_event=None)
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

    def _connect(self) -> None:
        # Before any page hears of a change, so that the board knows of it when it is asked.
        self._session.changed.connect(self._note)
        self._session.keymap_changed.connect(self._show_keys)
        self.board.code_clicked.connect(self.click_code)
        self.board.code_pressed.connect(self.press_code)
        self.board.code_released.connect(self.release_code)
        self.board.subject_chosen.connect(self._choose_subject)
        self.bar.value_chosen.connect(self._choose_modifier)
        self.acts.take_back.clicked.connect(self.take_back)
        self.acts.move_here.clicked.connect(self.move_here)
        self.acts.end_here.clicked.connect(self.end_here)
        self.acts.same_again.clicked.connect(self.same_again)

    def _build(self) -> None:
        column = self._column
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(self._theme.px(4))
        column.addWidget(self.board, 1)
        self._foot.addWidget(self.acts)
        self._foot.addWidget(self.bar)
        self._foot.setFixedHeight(self.bar.height())
        column.addWidget(self._foot)
