"""Every way a coder moves through a recording, over one player, so that no two work at once."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal

from ssp_coder.domain.time import Micros, Span
from ssp_coder.ui.player.clip_replay import ClipReplay
from ssp_coder.ui.player.moves import (
    NO_LOOP,
    LoopPlan,
    Motion,
    PlayPlaces,
    around_event,
    clip_stretch,
    neighbour,
    typed_place,
    within,
)
from ssp_coder.ui.player.shuttle import Shuttle
from ssp_coder.ui.player.slow_replay import SlowReplay

if TYPE_CHECKING:
    from collections.abc import Iterable

    from ssp_coder.ui.player.player import Player
    from ssp_coder.ui.player.view import Moment


class Movements(QObject):
    """Moves the player as one hand would: a new movement ends the one before it.

    Signals:
        motion_changed: a `Motion`, whenever another is under way.
        place_refused: why a typed time is no place of this recording.
        place_reached: a typed time was gone to.
    """

    motion_changed = Signal(object)
    place_refused = Signal(str)
    place_reached = Signal()

    def __init__(self, player: Player, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._player = player
        self._places = PlayPlaces()
        self._plan = NO_LOOP
        self._loop_on = False
        self._aim_us: int | None = None
        self.shuttle = Shuttle(player, self)
        self.again = SlowReplay(player, self)
        self.clip = ClipReplay(player, self)
        self.shuttle.changed.connect(self._tell)
        self.again.changed.connect(self._tell)
        player.loop_changed.connect(self._follow_loop)
        player.opened.connect(self._forget)
        player.moment_changed.connect(self._arrive)

    @property
    def motion(self) -> Motion:
        """What is under way now."""
        return Motion(
            speed=self.shuttle.speed,
            again=self.again.running,
            loop=self._plan if self._loop_on else NO_LOOP,
        )

    def toggle(self) -> None:
        """Play or pause; a shuttle or a slow replay rests where it is."""
        if self.shuttle.stop():
            return
        if self._player.playing:
            self._player.pause()
            return
        frame = self.frame()
        if frame is not None:
            self._note_start(frame)
        self._player.play()

    def step(self, frames: int) -> None:
        """Go some frames forward, or back when negative, and rest."""
        self.shuttle.stop()
        self._aim_us = None
        self._player.step(frames)

    def jump(self, by_us: int) -> None:
        """Go some time forward or back; playing goes on."""
        self._end_way_back()
        self._aim_us = None
        self._player.jump(by_us)

    def go_to(self, time_us: int) -> None:
        """Go to a time; playing goes on from there."""
        self._end_way_back()
        frame = self.frame()
        aim = Micros(min(max(0, time_us), max(0, self._player.end_us - 1)))
        self._aim_us = aim if frame is not None and not frame.holds(aim) else None
        self._player.seek(time_us)

    def go_to_neighbour(self, times: Iterable[int], direction: int) -> bool:
        """Go to the next of these times, or to the one before; quick presses add up.

        Returns whether there is one.
        """
        frame = self._frame_aimed_at()
        if frame is None:
            return False
        target = neighbour(times, frame, direction, playing=self._player.playing)
        if target is not None:
            self.go_to(target)
        return target is not None

    def go_to_typed(self, text: str) -> None:
        """Go to the time that a person typed, or say why it is none."""
        if self._player.video is None:
            self.place_refused.emit(self.tr("No video is open"))
            return
        try:
            time = typed_place(text, self._player.end_us)
        except ValueError as refusal:
            self.place_refused.emit(str(refusal))
            return
        self.go_to(time)
        self.place_reached.emit()

    def replay(self, before_us: int) -> None:
        """Play from some time before the frame on the screen."""
        player = self._player
        self.shuttle.stop()
        player.jump(-before_us)
        self._places = self._places.begun(player.frame_start(player.place_us))
        player.play()

    def show_again(self) -> None:
        """Show the last seconds again at half speed and rest where that was asked for."""
        self.shuttle.stop()
        self.again.press()

    def go_to_last_start(self) -> bool:
        """Rest where play was started last, and at the next press where that was left.

        Returns False while play was never started.
        """
        self._end_motion()
        frame = self._frame_aimed_at()
        if frame is None:
            return False
        self._player.pause()
        self._places, target = self._places.turned(frame)
        if target is not None:
            self.go_to(target)
        return self._places.begun_us is not None

    def press_shuttle(self, direction: int) -> None:
        """Go forward (1) or back (-1), faster at each press; 0 rests on the painted frame."""
        if direction == 0:
            if not self.shuttle.stop():
                self._player.pause()
            return
        self.again.stop()
        self.shuttle.press(direction)

    def start_loop(self) -> None:
        """Let a loop start with the frame on the screen."""
        frame = self.frame()
        if frame is not None:
            self._plan_loop(self.motion.loop.starting(frame))

    def end_loop(self) -> None:
        """Let a loop end with the frame on the screen."""
        frame = self.frame()
        if frame is not None:
            self._plan_loop(self.motion.loop.ending(frame))

    def loop_event(self, start_us: int) -> None:
        """Play from a little before a time to a little after it, over and over."""
        if self._player.video is not None:
            self.loop_over(around_event(start_us, self._player.end_us))

    def loop_over(self, stretch: Span) -> None:
        """Play a stretch over and over, as far as it lies in the recording."""
        if self._player.video is None:
            return
        span = within(stretch, self._player.end_us)
        self._end_motion()
        self._plan_loop(LoopPlan.over(span))
        self.go_to(span.start_us)
        self._player.play()

    def play_clip(self, clip: Span) -> None:
        """Play a clip once, from a little before it, and rest at its end; a loop is left."""
        if self._player.video is None:
            return
        self._end_motion()
        self.leave_loop()
        self._aim_us = None
        stretch = clip_stretch(clip, self._player.end_us)
        self._places = self._places.begun(self._player.frame_start(stretch.start_us))
        self.clip.play(stretch)

    def toggle_loop(self) -> bool:
        """Leave the loop, or take up the last one; False when none was ever set."""
        if self._loop_on:
            self.leave_loop()
            return True
        if self._plan.span is not None:
            self._plan_loop(self._plan)
        return self._plan.span is not None

    def leave_loop(self) -> bool:
        """Play on past the loop's end; False when there is none."""
        if not self._loop_on:
            return False
        self._loop_on = False
        if self._plan.span is None:
            self._plan = NO_LOOP
        self._player.set_loop(None)
        self._tell()
        return True

    def leave(self) -> bool:
        """Leave what is under way: a shuttle or slow replay, else a loop; False without any."""
        return self.leave_motion() or self.leave_loop()

    def leave_motion(self) -> bool:
        """Stop a shuttle or a slow replay; False when neither is under way."""
        return self.shuttle.stop() or self.again.stop()

    def frame(self) -> Span | None:
        """When the frame on the screen is shown, from its start to the next one's.

        Where no camera was on, it is the moment asked for; without a video there is none.
        """
        moment = self._player.moment
        if moment is None:
            here = self._player.place_us
            between = Span(start_us=here, end_us=Micros(here + 1))
            return None if self._player.video is None else between
        camera = self._player.cameras[moment.camera]
        end_us = moment.pts_us + 1
        if camera.video is not None and moment.ordinal < camera.video.index.count:
            end_us = max(end_us, camera.video.index.end_of(moment.ordinal) + camera.offset_us)
        return Span(start_us=moment.pts_us, end_us=Micros(end_us))

    def _frame_aimed_at(self) -> Span | None:
        """The frame on the screen, or the moment that was asked for and is still to come."""
        if self._aim_us is None:
            return self.frame()
        return Span(start_us=Micros(self._aim_us), end_us=Micros(self._aim_us + 1))

    def _note_start(self, frame: Span) -> None:
        """Note where play starts: from outside a loop with the loop, from the end anew."""
        loop = self._player.loop
        start_us = Micros(0) if frame.end_us >= self._player.end_us else frame.start_us
        if loop is not None and not loop.holds(start_us):
            start_us = loop.start_us
        self._places = self._places.begun(start_us)

    def _plan_loop(self, plan: LoopPlan) -> None:
        self._plan, self._loop_on = plan, plan.is_begun
        self._player.set_loop(plan.span)
        self._tell()

    def _end_way_back(self) -> None:
        if self.shuttle.speed < 0:
            self.shuttle.stop()

    def _end_motion(self) -> None:
        self.shuttle.stop()
        self.again.stop()

    def _follow_loop(self, span: Span | None) -> None:
        """The player has another loop, or ended it because somebody went elsewhere."""
        if span is not None:
            self._plan = LoopPlan.over(span)
        elif self._plan.span is None:
            return  # one end is set so far, of which the player knows nothing
        self._loop_on = span is not None
        self._tell()

    def _forget(self, _video: object) -> None:
        self._places, self._plan, self._loop_on = PlayPlaces(), NO_LOOP, False
        self._aim_us = None
        self._player.set_loop(None)
        self._tell()

    def _arrive(self, _moment: Moment) -> None:
        self._aim_us = None

    def _tell(self, *_what: object) -> None:
        self.motion_changed.emit(self.motion)
